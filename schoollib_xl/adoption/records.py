"""The rows of a table as records: values by field, and in words what has no field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from schoollib_xl.adoption.cells import CellReader
from schoollib_xl.adoption.journal import Journal, Place, Unread
from schoollib_xl.adoption.kinds import BOOKS, Kind
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.tables import FoundTable, Line, is_personal, is_row_number
from schoollib_xl.adoption.texts import text_of

ONLY_A_NUMBER = "只有预先编好的号，没有内容"


@dataclass
class Record:
    """One row of a source: its values by field and the words that belong in 备注. `text` is the row as it read."""

    place: Place
    table: FoundTable
    values: dict[str, Any]
    notes: list[str]
    text: str

    def get(self, name: str) -> Any:
        """The value of a field, None where the row or its table does not have it."""
        return self.values.get(name)

    @property
    def remarks(self) -> str | None:
        """备注: what stood there, then what found no other place."""
        return "；".join(filter(None, [self.values.get("remarks"), *self.notes])) or None


def read_records(table: FoundTable, names: OwnNames, journal: Journal) -> Iterator[Record]:
    """The records of a table; rows that are none are settled in the journal."""
    _hide_personal(table, journal)
    for non_entries in table.non_entries:
        place = Place(table.file, table.sheet, non_entries.line.row)
        journal.aside(place, non_entries.reason, non_entries.line.text, non_entries.is_record)
    if table.kind is None:
        return
    reader = _TableReader(table, table.kind, names, journal)
    for line in table.lines:
        yield from reader.read(line)


def _hide_personal(table: FoundTable, journal: Journal) -> None:
    """Blank what a library need not know of a person, so that it is neither taken over nor reported."""
    hidden = [at for at, header in table.headers.items() if is_personal(header) and at not in table.columns.values()]
    if not hidden:
        return
    named = "、".join(table.headers[at] for at in hidden)
    journal.assumed.append(
        f"《{table.file}》{table.sheet} 的“{named}”是个人信息，图书室用不着，没有接收，也没有写进报告。"
    )
    for line in (*table.lines, *(one.line for one in table.non_entries if one.reason != "表头")):
        for at in hidden:
            if at <= len(line.cells):
                line.cells[at - 1] = ""


class _TableReader:
    def __init__(self, table: FoundTable, kind: Kind, names: OwnNames, journal: Journal) -> None:
        self._table = table
        self._journal = journal
        self._readers = {
            name: (at, CellReader(kind.by_name[name], prices=kind is BOOKS)) for name, at in table.columns.items()
        }
        spare = {at: header for at, header in table.headers.items() if at not in table.columns.values()}
        self._kept = {
            at: header
            for at, header in spare.items()
            if not is_row_number(header) and not names.is_refused(table.file, table.sheet, header)
        }
        self._counting = [at for at, header in spare.items() if is_row_number(header)]
        # Cells under no header at all are kept like those under a strange one.
        width = max((len(line.cells) for line in table.lines), default=0)
        self._kept |= {at: f"第{at}列" for at in range(1, width + 1) if at not in table.headers}

    def read(self, line: Line) -> Iterator[Record]:
        """The row as a record; nothing where it holds but a number that was written beforehand."""
        place = Place(self._table.file, self._table.sheet, line.row)
        if self._is_only_numbered(line):
            self._journal.aside(place, ONLY_A_NUMBER, line.text, is_record=False)
            return
        values: dict[str, Any] = {}
        notes: list[str] = []
        for name, (at, reader) in self._readers.items():
            if at > len(line.cells):
                continue
            read = reader.read(line.cells[at - 1])
            header = self._table.headers.get(at, name)
            self._journal.took(place, header, read)
            values[name] = read.value
            if read.verbatim:
                notes.append(f"{header}原记 {read.verbatim}")
                self._journal.unread.append(Unread(place, header, read.verbatim))
        notes += self._spare_texts(place, line)
        yield Record(place, self._table, values, notes, line.text)

    def _spare_texts(self, place: Place, line: Line) -> Iterator[str]:
        for at, header in self._kept.items():
            if at > len(line.cells):
                continue
            read = text_of(line.cells[at - 1])
            self._journal.took(place, header, read)
            if text := read.value or read.verbatim:
                yield f"{header}：{text}"

    def _is_only_numbered(self, line: Line) -> bool:
        """Whether nothing but numbers written beforehand stand in the row (a row of blanks is none at all)."""
        numbering = {self._table.columns.get(name) for name in _NUMBERING} | set(self._counting)
        return all(at in numbering for at, value in enumerate(line.cells, 1) if str(value).strip())


_NUMBERING: Sequence[str] = ("accession_no", "loan_no", "reader_no", "incident_no", "periodical_no", "barcode")
