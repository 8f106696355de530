"""The year of a day that is written without it, or with two figures of it: one rule for her workbook and old lists."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.done import DONE, PAUSE
from schoollib_xl.ledgers.schema import LINES_PER_SHEET
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow, LedgerTable
from schoollib_xl.sheets.reading.texts import PUNCTUATION

# As a number 3.1 may be 3.10.
AMBIGUOUS_DAY = re.compile(r"\d{1,2}\.[123]")
# The days that end what began on another of the same row.
_BEGUN: Mapping[type[Any], Mapping[str, str]] = {LoanRow: {"returned_on": "lent_on", "due_on": "lent_on"}}


def is_out_of_reach(day: date, until: date) -> bool:
    """Whether a day, the year of which has two figures, lies so far behind the last one that nothing gone by can be of
    it: 27-3-5 may as well be a day.
    """
    return day - until > PAUSE


def with_years(tables: Iterable[LedgerTable[Any]], as_of: date) -> Iterator[LedgerTable[Any]]:
    """The tables, days of what was done with the year that the day above tells where they have none; those that two
    figures of a year make days to come are not read.
    """
    for table in tables:
        row_type = table.declared.row_type
        fields = {*DONE.get(row_type, "").split(), *_BEGUN.get(row_type, ())}
        cells = [one for one in table.flaws if one.flaw in (Flaw.NOT_A_DATE, Flaw.TEXT_DATE) and one.field in fields]
        yield _read_again(table, cells, as_of) if cells else table


def _read_again(table: LedgerTable[Any], cells: Sequence[FlawedCell], as_of: date) -> LedgerTable[Any]:
    begun = _BEGUN.get(table.declared.row_type, {})
    columns = {name: _DatedColumn(table, name, as_of) for name in {cell.field for cell in cells}}
    told = defaultdict[int, dict[str, date | None]](dict)
    flaws: dict[tuple[int, str], FlawedCell] = {}
    # The day on which a loan began tells the year in which it ended.
    for cell in sorted(cells, key=lambda cell: cell.field in begun):
        values = _values(table.row_at(cell.line)) | told[cell.line]
        earlier = values.get(begun.get(cell.field, ""))
        again = columns[cell.field].again(cell, earlier, ends=cell.field in begun)
        if again:
            told[cell.line][cell.field] = again.taken
            flaws[cell.line, cell.field] = again
    return _changed(table, told).changed(flaws=[flaws.get((cell.line, cell.field), cell) for cell in table.flaws])


class _DatedColumn:
    """The days of one column by their lines, those that can be."""

    def __init__(self, table: LedgerTable[Any], name: str, as_of: date) -> None:
        days = [(row.line, day) for row in table.rows if (day := getattr(row, name))]
        days += [(row.line, day) for row in table.incomplete if (day := row.values.get(name))]
        self.until = as_of
        # Books that are judged on an earlier day go on after it, without a long pause.
        for day in sorted(day for _, day in days):
            self.until = self.until if is_out_of_reach(day, self.until) else max(self.until, day)
        self._days = sorted((line, day) for line, day in days if not is_out_of_reach(day, self.until))

    def again(self, cell: FlawedCell, earlier: date | None, *, ends: bool) -> FlawedCell | None:
        """The cell as it is read by what stands round it; None where that tells nothing else."""
        # Most books are read without these, which `re` compiles when they are first asked.
        from schoollib_xl.sheets.reading.dates import day_after, day_near, month_and_day, typed_moment

        text = cell.text.strip().translate(PUNCTUATION)
        if cell.flaw is Flaw.TEXT_DATE:
            moment = typed_moment(text)
            is_short = moment is not None and not moment.has_full_year
            is_left = is_short and is_out_of_reach(cell.taken, self.until)
            return cell._replace(flaw=Flaw.NOT_A_DATE, taken=None) if is_left else None
        found = None if AMBIGUOUS_DAY.fullmatch(text) else month_and_day(text)
        near = self._near(cell.line) if not ends else earlier
        day = (day_after if ends else day_near)(near, *found) if found and near else None
        return cell._replace(flaw=Flaw.TEXT_DATE, taken=day) if day else None

    def _near(self, line: int) -> date | None:
        """The day above a line, else the first below it, on its sheet."""
        at = bisect_left(self._days, (line,))
        beside = self._days[max(0, at - 1) : at + 1]
        return next((day for other, day in beside if other // LINES_PER_SHEET == line // LINES_PER_SHEET), None)


def _changed(table: LedgerTable[Any], told: Mapping[int, Mapping[str, date | None]]) -> LedgerTable[Any]:
    """The table with these values; a row that lacks one it cannot do without is an incomplete one."""
    rows: list[Any] = []
    incomplete: list[IncompleteRow] = []
    required = [field.name for field in table.declared.fields if not (field.nullable or field.column.may_wait)]
    waiting = {field.name: field.blank for field in table.declared.fields if field.column.may_wait}
    for row in [*table.rows, *table.incomplete]:
        if row.line not in told:
            (incomplete if isinstance(row, IncompleteRow) else rows).append(row)
            continue
        values = {**_values(row), **told[row.line]}
        if any(values[name] is None for name in required):
            incomplete.append(IncompleteRow(row.line, values))
        else:
            blanks = {name: blank for name, blank in waiting.items() if values[name] is None}
            rows.append(table.declared.row_type(**(values | blanks)))
    by_line = attrgetter("line")
    return table.changed(rows=sorted(rows, key=by_line), incomplete=sorted(incomplete, key=by_line))


def _values(row: Any) -> dict[str, Any]:
    values: dict[str, Any] = row.values if isinstance(row, IncompleteRow) else row._asdict()
    return values
