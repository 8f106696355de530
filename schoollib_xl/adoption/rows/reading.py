"""The rows of a table read as records, each cell by what its column holds and what stands round it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schoollib_xl.adoption.forms.bare_rows import A_HEADING, MAY_BE_RECORDS, BareRows, class_heading, class_named
from schoollib_xl.adoption.forms.deliveries import delivery_above, delivery_in
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import is_row_number
from schoollib_xl.adoption.forms.kinds import BOOKS, LOANS, TELLING, WITHDRAWALS
from schoollib_xl.adoption.forms.said_round import told_round
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import ABOVE, FoundTable
from schoollib_xl.adoption.forms.words import END_COLUMNS, End, end_under, renewals_in
from schoollib_xl.adoption.forms.years import clock_of
from schoollib_xl.adoption.journal import Journal, SourceRow, Unread, ValueChange
from schoollib_xl.adoption.rows.cells import CellReader
from schoollib_xl.adoption.rows.numbers_below import FURTHER_COPY, NumbersBelow
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.register_rows import RegisterRows, second_field, two_days_in
from schoollib_xl.adoption.rows.row_days import END_DAYS, RowDays
from schoollib_xl.adoption.rows.texts import text_of, title_and_author
from schoollib_xl.adoption.transforms import (
    AUTHOR_APART,
    CLASS_FROM_HEADING,
    DITTO,
    END_IN_WORDS,
    RENEWED_IN_WORDS,
    SAID_ROUND,
    TWO_DAYS,
)
from schoollib_xl.ledgers.schema import Field
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.texts import call_number

_OF_A_CLASS = "大类的小标题"
_OF_A_DELIVERY = "一批书的小标题"
# Lists whose rows may number several copies; they are told apart later.
_OF_SEVERAL = (BOOKS, LOANS, WITHDRAWALS)
_CONTINUED = re.compile(r"[(（]续[)）表]?|续[上前]?[页表]|接上页")


def read_records(table: FoundTable, journal: Journal, as_of: date) -> Iterator[Record]:
    """The records of a table as of a day, by which what lists tell of has happened; rows that are none are settled in
    the journal.
    """
    for line, reason, is_record in table.non_entries:
        journal.aside(table.place_of(line), reason, line.text, is_record)
    if table.kind is None:
        return
    reader = _TableReader(table, table.kind, journal, as_of)
    for at, times in table.dittos_by_column.items():
        change = ValueChange(DITTO, table.headers.get(at, f"第{at}列"), "〃", f"上一行的内容（{times} 格）")
        journal.note(change, table.place_of(table.lines[0]), times)
    for line in table.lines:
        yield from reader.read(line)


@dataclass
class _Row:
    """A row while it is read: the values of its fields, the texts that could not be read, what goes into 备注."""

    line: FilledLine
    place: SourceRow
    values: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class _TableReader:
    def __init__(self, table: FoundTable, kind: TableKind, journal: Journal, as_of: date) -> None:
        self._table = table
        self._journal = journal
        # The day of a return without its year is told by the day of the loan, which is read first.
        columns = sorted(table.columns.items(), key=lambda item: item[0] in END_DAYS)
        self._readers = {
            name: (at, CellReader(kind.by_name[name], kind is BOOKS, kind in _OF_SEVERAL, kind in TELLING))
            for name, at in columns
        }
        spare = {at: header for at, header in table.headers.items() if at not in table.fields_by_column}
        counting = {at for at, header in spare.items() if is_row_number(header) or at in table.counting}
        self._bare = BareRows(table, kind, counting)
        self._below = NumbersBelow(table, self._bare)
        self._class_at = table.columns.get("class_no") if kind is BOOKS else None
        self._clock_at = table.columns.get("happened_on") if "happened_at" not in table.columns else None
        self._is_classed = kind is not BOOKS or bool({"class_no", "call_no"} & table.columns.keys())
        self._class_over = "" if self._is_classed else class_named(table.sheet)
        above = (one.line.text for one in table.non_entries if one.reason == ABOVE)
        self._told_over = over.told if kind is BOOKS and (over := delivery_above(above)) else []
        self._told = [(kind.by_name[name], value) for name, value in told_round(table) if value]
        self._told_first = [one for one in self._told if one[0].name not in table.columns]
        self._rows = RegisterRows(table)
        self._days = RowDays(table, kind, self._readers, as_of)
        dropped = counting | table.personal | table.of_school
        self._kept = {at: text for at, text in spare.items() if at not in dropped and not table.own.is_refused(text)}
        # Cells under no header at all are kept like those under a strange one.
        width = max((len(line.cells) for line in table.lines), default=0)
        self._kept |= {at: f"第{at}列" for at in range(1, width + 1) if at not in table.headers}

    def read(self, line: FilledLine) -> Iterator[Record]:
        """The row as a record, where it is one."""
        if self._below.holds(line):
            self._journal.merged(self._table.place_of(line), FURTHER_COPY, line.text)
        elif why := self._why_none(line):
            self._journal.aside(self._table.place_of(line), why, line.text, is_record=why in MAY_BE_RECORDS)
        else:
            self._days.at(line)
            yield self._record(_Row(line, self._table.place_of(line)))

    def _record(self, row: _Row) -> Record:
        self._from_round(row, self._told_first)
        self._read_columns(row)
        self._end(row)
        self._renew(row)
        for name, text in row.unread.items():
            row.notes.append(f"{self._header(name)}原记 {text}")
            self._journal.unread.append(Unread(row.place, self._header(name), text))
        self._below.complete(row.line, row.values)
        self._from_the_same_cells(row)
        self._rows.complete(row.values)
        self._end_with_all(row)
        self._from_above(row)
        self._keep_spare(row)
        return Record(self._table, row.line, row.values, row.notes, frozenset(row.unread))

    def _header(self, name: str) -> str:
        return self._table.header_of(name, name)

    def _why_none(self, line: FilledLine) -> str:
        """Why the row is no record: the class of those below it, or nothing but a number; '' where it is one."""
        if not self._is_classed and (letter := class_heading(line.alone)):
            self._class_over = letter
            return _OF_A_CLASS
        delivery = delivery_in(line, self._table.columns) if self._table.kind is BOOKS else None
        why = _OF_A_DELIVERY if delivery and delivery.is_certain else self._bare.why(line)
        if delivery or (why == A_HEADING and not _CONTINUED.search(line.text)):
            # 2022年新书导读 may be a book: of it nothing is said of those below.
            self._told_over = delivery.told if delivery and why else []
        return why

    def _read_columns(self, row: _Row) -> None:
        until = ""
        for name, (at, reader) in self._readers.items():
            if at > len(row.line.cells):
                continue
            cell = row.line.cell(at)
            if name == "lent_on" and (days := two_days_in(cell)):
                cell, until = days
            read = self._days.read(name, reader, cell, row.values)
            self._journal.took(row.place, self._header(name), read)
            row.values[name] = read.value
            if read.verbatim:
                row.unread[name] = read.verbatim
        if until:
            self._until(until, row)

    def _until(self, text: str, row: _Row) -> None:
        """Take the second of two days in one cell for the end of the loan, or the day the book was due."""
        name = second_field(self._table, row.values)
        read = self._days.said(name, text, row.values)
        if row.values.get(name) is not None:
            return
        row.values[name], row.values["two_days"] = read.value, name
        if read.verbatim:
            row.unread["lent_on"] = text
        said = f"{LOANS.by_name[name].header} {read.value}"
        self._journal.did(TWO_DAYS, row.place, self._header("lent_on"), text, said)

    def _end(self, row: _Row) -> None:
        """Settle how the loan ended by the words in its columns; what these say beside that stays in 备注. A word
        nobody understands becomes `unclear_end`, unless another column tells.
        """
        told = [name for name in END_COLUMNS if name in row.unread]
        for name in told:
            text = row.unread[name]
            end = end_under(self._header(name), text)
            if end is None:
                row.values["unclear_end"] = text
                continue
            day = self._day_of(end, row.line.cell(self._table.columns[name]), row.values)
            row.values["returned_on"] = row.values.get("returned_on") or day
            row.values["outcome"] = row.values.get("outcome") or end.outcome
            said = f"{end.outcome or '没还'}{f'，{day.isoformat()}' if day else ''}"
            self._journal.did(END_IN_WORDS, row.place, self._header(name), text, said)
            if end.day and not day:
                # That the copy is back is told, the day is not.
                continue
            del row.unread[name]
            if not end.is_whole:
                row.notes.append(f"{self._header(name)}原记 {text}")
        if told and (row.values.get("returned_on") or row.values.get("outcome")):
            row.values.pop("unclear_end", None)

    def _end_with_all(self, row: _Row) -> None:
        """End a loan of which its own line says nothing by what stands below and is said of all above it."""
        if below := self._rows.end_below(row.line, row.values):
            day = self._days.said("returned_on", below.end.day, row.values).value
            row.values |= {"returned_on": day, "outcome": below.end.outcome}
            header = LOANS.by_name["returned_on"].header
            self._journal.did(END_IN_WORDS, row.place, header, below.line.alone, str(day or below.end.outcome))

    def _renew(self, row: _Row) -> None:
        """Settle how often the loan was renewed by the words of its column, which stay in 备注. Words nobody
        understands become `unclear_renewal`.
        """
        text = row.unread.get("renewals", "")
        times = renewals_in(text) if text else None
        if times is None:
            row.values["unclear_renewal"] = text
            return
        del row.unread["renewals"]
        row.values["renewals"] = times or None
        self._journal.did(RENEWED_IN_WORDS, row.place, self._header("renewals"), text, f"{times} 次")
        if times:
            row.notes.append(f"{self._header('renewals')}原记 {text}")

    def _day_of(self, end: End, cell: CellValue, values: dict[str, Any]) -> date | None:
        """The day a text says beside its word; none of a number such as 10.1, which may be 10 October."""
        is_told = end.day and isinstance(cell, str)
        return self._days.said("returned_on", end.day, values).value if is_told else None

    def _from_the_same_cells(self, row: _Row) -> None:
        """What a cell says beside what its column holds: the time of an event, the book number of a call number, who
        wrote the book behind its title.
        """
        if self._clock_at:
            row.values["happened_at"] = clock_of(row.line.cell(self._clock_at))
        if self._class_at and not row.values.get("book_no"):
            row.values["book_no"] = call_number(row.line.said(self._class_at))[1] or None

        title, author = row.values.get("title"), row.values.get("author")
        is_both = "/" in self._header("title")
        if self._table.kind is BOOKS and title and (apart := title_and_author(title, author, is_headed=is_both)):
            row.values["title"], row.values["author"] = apart[0], author or apart[1]
            self._journal.did(AUTHOR_APART, row.place, self._header("title"), title, "，".join(apart))

    def _from_above(self, row: _Row) -> None:
        """What stands round the rows and is said of every one: the class of the books, the day they came in or went."""
        if self._class_over:
            row.values["class_no"] = self._class_over
            self._journal.did(CLASS_FROM_HEADING, row.place, "分类号", "", self._class_over)
        self._from_round(row, self._told_over)
        self._from_round(row, self._told)

    def _from_round(self, row: _Row, told: Sequence[tuple[Field, Any]]) -> None:
        for field_of, value in told:
            if row.values.get(field_of.name) is None and field_of.name not in row.unread:
                row.values[field_of.name] = value
                self._journal.did(SAID_ROUND, row.place, field_of.header, "", str(value))

    def _keep_spare(self, row: _Row) -> None:
        """Keep in 备注 what stands under headers that are no field's."""
        for at, header in self._kept.items():
            read = text_of(row.line.cell(at))
            self._journal.took(row.place, header, read)
            if text := read.value or read.verbatim:
                row.notes.append(f"{header}：{text}")
