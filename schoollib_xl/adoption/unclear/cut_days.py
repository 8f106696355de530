"""Days typed as numbers, which lost their last nought: 9.1 between 9.8 and 9.12 of a register in order is 10 September,
and so is 9.1 as the return of what was lent on 9.8.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import EVENTS, LOANS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import month_and_day
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.years import AMBIGUOUS_DAY

TOLD = (
    "日期存成了数、末尾的 0 看不见的 {count} 格（第一处{first}）：照上下行的先后、借还的先后定的是哪一天；"
    "不对的，在旧表里改成 9月10日 这样的文字再接收。"
)
# Fewer days beside do not tell that a register is in order.
_FEWEST = 3
_MONTHS = 12
_MonthDay = tuple[int, int]


def settle_cut_days(tables: Iterable[FoundTable]) -> list[str]:
    """Write out the days of registers that only one reading fits, in the order of the lines, then of lending and
    return; a sentence on them.
    """
    found: list[str] = []
    for table in tables:
        if table.kind in (LOANS, EVENTS):
            lent = table.columns.get("lent_on") or table.columns.get("happened_on") or 0
            found += _by_order(table, lent)
            found += _by_loan(table, lent, table.columns.get("returned_on", 0))
    return of_many(TOLD, found)


def _by_order(table: FoundTable, at: int) -> Iterator[str]:
    days = [_day(line.cell(at)) for line in table.lines]
    known = [day for day in days if day]
    if len(known) < _FEWEST or not all(_is_after(one, other, known[0]) for one, other in pairwise(known)):
        return
    for index, line in enumerate(table.lines):
        if readings := _readings(line.cell(at)):
            before = next((days[n] for n in range(index - 1, -1, -1) if days[n]), None)
            after = next((days[n] for n in range(index + 1, len(days)) if days[n]), None)
            fitting = [one for one in readings if _is_between(before, one, after, known[0])]
            yield from _written(table, line, at, fitting)
            days[index] = _day(line.cell(at))


def _by_loan(table: FoundTable, lent: int, back: int) -> Iterator[str]:
    for line in table.lines:
        if day := _day(line.cell(lent)):
            fitting = [one for one in _readings(line.cell(back)) if _is_after(day, one, day)]
            yield from _written(table, line, back, fitting)


def _written(table: FoundTable, line: FilledLine, at: int, fitting: Sequence[_MonthDay]) -> Iterator[str]:
    if len(fitting) == 1:
        month, day = fitting[0]
        text = f"{month}月{day}日"
        yield f"{table.place_of(line)}“{line.said(at)}”定为 {text}"
        line.cells[at - 1] = text


def _day(cell: CellValue) -> _MonthDay | None:
    """The month and day of a cell; None where it is no day, or may be of two."""
    if isinstance(cell, date):
        return cell.month, cell.day
    return None if _readings(cell) else month_and_day(cleaned(shown(cell)).translate(PUNCTUATION))


def _readings(cell: CellValue) -> Sequence[_MonthDay]:
    """The two days a number may be of; none of other cells."""
    text = shown(cell)
    if not isinstance(cell, float) or not AMBIGUOUS_DAY.fullmatch(text):
        return ()
    month, day = map(int, text.split("."))
    return [one for one in ((month, day), (month, day * 10)) if month_and_day(f"{one[0]}月{one[1]}日")]


def _is_after(one: _MonthDay, other: _MonthDay, first: _MonthDay) -> bool:
    """Whether a day is not before another in a year that begins with the month of the first."""
    return _since(one, first) <= _since(other, first)


def _is_between(before: _MonthDay | None, one: _MonthDay, after: _MonthDay | None, first: _MonthDay) -> bool:
    return (before is None or _is_after(before, one, first)) and (after is None or _is_after(one, after, first))


def _since(day: _MonthDay, first: _MonthDay) -> _MonthDay:
    return (day[0] - first[0]) % _MONTHS, day[1]
