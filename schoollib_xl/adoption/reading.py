"""The rows of a table read as records, each cell by what its column holds and what stands round it."""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from schoollib_xl.adoption.bare_rows import MAY_BE_RECORDS, BareRows, class_heading
from schoollib_xl.adoption.cells import CellReader
from schoollib_xl.adoption.headers import FilledLine, is_row_number
from schoollib_xl.adoption.journal import Journal, SourceRow, Unread, ValueChange
from schoollib_xl.adoption.kinds import BOOKS, LOANS, TELLING, WITHDRAWALS, TableKind
from schoollib_xl.adoption.numbers_below import FURTHER_COPY, NumbersBelow
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.register_rows import RegisterRows, second_field, two_days_in
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.adoption.texts import text_of
from schoollib_xl.adoption.transforms import (
    CLASS_FROM_HEADING,
    DAY_FROM_TITLE,
    DITTO,
    END_IN_WORDS,
    RENEWED_IN_WORDS,
    SHORT_YEAR,
    TWO_DAYS,
    YEAR_FROM_PLACE,
    Read,
    Step,
)
from schoollib_xl.adoption.words import END_COLUMNS, End, end_in, renewals_in
from schoollib_xl.adoption.years import Heading, YearGiver, clock_of, day_over
from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.sheets.cells import CellValue

_OF_A_CLASS = "大类的小标题"
# Lists whose rows may number several copies; they are told apart later.
_OF_SEVERAL = (BOOKS, LOANS, WITHDRAWALS)
_ONLY_DAYS = re.compile(r"(\d{1,3})\s*天?")
_END_DAYS = frozenset({"returned_on", "due_on"})
# Days of what lists tell of, which has happened; a loan is due no later than a school year hence.
_GONE_BY = _END_DAYS | {"lent_on", "happened_on", "accessioned_on", "withdrawn_on", "issued_on"}
_LONGEST_LOAN = timedelta(days=366)


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


class _TableReader:
    def __init__(self, table: FoundTable, kind: TableKind, journal: Journal, as_of: date) -> None:
        self._table = table
        self._as_of = as_of
        self._journal = journal
        # The day of a return without its year is told by the day of the loan, which is read first.
        columns = sorted(table.columns.items(), key=lambda item: item[0] in _END_DAYS)
        self._readers = {
            name: (at, CellReader(kind.by_name[name], kind is BOOKS, kind in _OF_SEVERAL, kind in TELLING))
            for name, at in columns
        }
        spare = {at: header for at, header in table.headers.items() if at not in table.fields_by_column}
        self._kept = {
            at: header
            for at, header in spare.items()
            if not (is_row_number(header) or at in table.counting)
            and at not in table.personal
            and at not in table.of_school
            and not table.own.is_refused(header)
        }
        counting = (at for at, header in spare.items() if is_row_number(header) or at in table.counting)
        self._bare = BareRows(table, kind, counting)
        self._below = NumbersBelow(table, self._bare)
        self._class_at = table.columns.get("class_no") if kind is BOOKS else None
        self._clock_at = table.columns.get("happened_on") if "happened_at" not in table.columns else None
        self._is_classed = kind is not BOOKS or bool({"class_no", "call_no"} & table.columns.keys())
        self._class_over = ""
        self._day_over = day_over(table.heading) if kind is BOOKS else None
        self._rows = RegisterRows(table)
        self._days = {
            name: YearGiver(_heading(table), self._first_day(name))
            for name in (*table.columns, *(_END_DAYS if kind is LOANS else ()))
            if _is_day(kind, name)
        }
        # Cells under no header at all are kept like those under a strange one.
        width = max((len(line.cells) for line in table.lines), default=0)
        self._kept |= {at: f"第{at}列" for at in range(1, width + 1) if at not in table.headers}

    def read(self, line: FilledLine) -> Iterator[Record]:
        """The row as a record, where it is one."""
        place = self._table.place_of(line)
        if self._below.holds(line):
            self._journal.merged(place, FURTHER_COPY, line.text)
            return
        if why := self._why_none(line):
            self._journal.aside(place, why, line.text, is_record=why in MAY_BE_RECORDS)
            return
        values: dict[str, Any] = {}
        notes: list[str] = []
        unread: dict[str, str] = {}
        until = ""
        for name, (at, reader) in self._readers.items():
            if at > len(line.cells):
                continue
            header, cell = self._table.header_of(name, name), line.cells[at - 1]
            if name == "lent_on" and (days := two_days_in(cell)):
                cell, until = days
            read = self._dated(name, cell, self._read(name, reader, cell), values)
            self._journal.took(place, header, read)
            values[name] = read.value
            if read.verbatim:
                unread[name] = read.verbatim
        if until:
            self._until(until, place, values, unread)
        if END_COLUMNS & unread.keys():
            notes += self._ended(line, place, values, unread)
        notes += self._renewed(place, values, unread)
        for name, text in unread.items():
            header = self._table.header_of(name, name)
            notes.append(f"{header}原记 {text}")
            self._journal.unread.append(Unread(place, header, text))
        self._below.complete(line, values)
        self._from_the_same_cells(line, values)
        self._rows.complete(values)
        self._from_above(place, values, unread)
        notes += self._spare_texts(place, line)
        yield Record(self._table, line, values, notes, frozenset(unread))

    def _why_none(self, line: FilledLine) -> str:
        """Why the row is no record: the class of those below it, or nothing but a number; '' where it is one."""
        if not self._is_classed and (letter := class_heading(line)):
            self._class_over = letter
            return _OF_A_CLASS
        return self._bare.why(line)

    def _until(self, text: str, place: SourceRow, values: dict[str, Any], unread: dict[str, str]) -> None:
        """Take the second of two days in one cell for the end of the loan, or the day the book was due."""
        name = second_field(self._table, values)
        read = self._dated(name, text, self._read(name, CellReader(LOANS.by_name[name], prices=False), text), values)
        if values.get(name) is not None:
            return
        values[name], values["two_days"] = read.value, name
        if read.verbatim:
            unread["lent_on"] = text
        said = f"{LOANS.by_name[name].header} {read.value}"
        self._journal.did(TWO_DAYS, place, self._table.header_of("lent_on"), text, said)

    def _ended(
        self, line: FilledLine, place: SourceRow, values: dict[str, Any], unread: dict[str, str]
    ) -> Iterator[str]:
        """Settle how the loan ended by the words in its columns; what these say beside that. A word nobody
        understands becomes `unclear_end`, unless another column tells.
        """
        for name in [name for name in END_COLUMNS if name in unread]:
            text = unread[name]
            end = end_in(text)
            if end is None:
                values["unclear_end"] = text
                continue
            del unread[name]
            day = self._day_of(end, line.cell(self._table.columns[name]), values)
            values["returned_on"] = values.get("returned_on") or day
            values["outcome"] = values.get("outcome") or end.outcome
            said = f"{end.outcome or '没还'}{f'，{day.isoformat()}' if day else ''}"
            header = self._table.header_of(name, name)
            self._journal.did(END_IN_WORDS, place, header, text, said)
            if not end.is_whole or (end.day and not day):
                yield f"{header}原记 {text}"
        if values.get("returned_on") or values.get("outcome"):
            values.pop("unclear_end", None)

    def _renewed(self, place: SourceRow, values: dict[str, Any], unread: dict[str, str]) -> Iterator[str]:
        """Settle how often the loan was renewed by the words of its column, which stay in 备注. Words nobody
        understands become `unclear_renewal`.
        """
        text = unread.get("renewals", "")
        times = renewals_in(text) if text else None
        if times is None:
            values["unclear_renewal"] = text
            return
        del unread["renewals"]
        values["renewals"] = times or None
        header = self._table.header_of("renewals", "renewals")
        self._journal.did(RENEWED_IN_WORDS, place, header, text, f"{times} 次")
        if times:
            yield f"{header}原记 {text}"

    def _day_of(self, end: End, cell: CellValue, values: dict[str, Any]) -> date | None:
        """The day a text says beside its word; none of a number such as 10.1, which may be 10 October."""
        if not end.day or not isinstance(cell, str) or "returned_on" not in self._readers:
            return None
        reader = self._readers["returned_on"][1]
        day: date | None = self._dated("returned_on", end.day, self._read("returned_on", reader, end.day), values).value
        return day

    def _read(self, name: str, reader: CellReader, cell: CellValue) -> Read:
        """The cell; a year of two figures that makes a day to come of one gone by may as well be a day: 27-3-5."""
        read = reader.read(cell)
        guessed = next((step.before for step in read.steps if step.transform is SHORT_YEAR), "")
        if not guessed or name not in _GONE_BY:
            return read
        earliest = read.value - _LONGEST_LOAN if name == "due_on" else read.value
        return Read(verbatim=guessed) if earliest > self._as_of else read

    def _first_day(self, name: str) -> date | None:
        """The first full day of a column, for the rows above it."""
        if name not in self._readers:
            return None
        at, reader = self._readers[name]
        days = (self._read(name, reader, line.cell(at)).value for line in self._table.lines)
        return next((day for day in days if day), None)

    def _dated(self, name: str, cell: CellValue, read: Read, values: dict[str, Any]) -> Read:
        """The cell; where it is a day without its year, with that."""
        giver = self._days.get(name)
        if giver is None or (read.value is None and not read.verbatim):
            return read
        if read.value is not None:
            giver.saw(read.value)
            return read
        if name == "due_on" and (match := _ONLY_DAYS.fullmatch(read.verbatim)):
            # Under 还书期限 stand the days of a loan as often as the day it ends.
            values["lending_days"] = int(match[1])
            return Read()
        day = giver.complete(cell, values.get("lent_on") if name in _END_DAYS else None)
        if day is None:
            return read
        giver.saw(day)
        return Read(day, (Step(YEAR_FROM_PLACE, read.verbatim, day.isoformat()),))

    def _from_the_same_cells(self, line: FilledLine, values: dict[str, Any]) -> None:
        """What a cell says beside what its column holds: the time of an event, the book number of a call number."""
        if self._clock_at:
            values["happened_at"] = clock_of(line.cell(self._clock_at))
        if self._class_at and not values.get("book_no"):
            _, _, book_no = line.said(self._class_at).partition("/")
            values["book_no"] = book_no.strip() or None

    def _from_above(self, place: SourceRow, values: dict[str, Any], unread: Collection[str]) -> None:
        """What stands over the row and is said of every one: the class of its books, the day they came in."""
        if self._class_over:
            values["class_no"] = self._class_over
            self._journal.did(CLASS_FROM_HEADING, place, "分类号", "", self._class_over)
        if self._day_over and values.get("accessioned_on") is None and "accessioned_on" not in unread:
            values["accessioned_on"] = self._day_over
            self._journal.did(DAY_FROM_TITLE, place, "登记日期", "", self._day_over.isoformat())

    def _spare_texts(self, place: SourceRow, line: FilledLine) -> Iterator[str]:
        for at, header in self._kept.items():
            read = text_of(line.cell(at))
            self._journal.took(place, header, read)
            if text := read.value or read.verbatim:
                yield f"{header}：{text}"


def _heading(table: FoundTable) -> Heading:
    return Heading.of(f"{table.heading} {table.file}")


def _is_day(kind: TableKind, name: str) -> bool:
    return kind.by_name[name].kind is Kind.DATE
