"""Days with the year behind them, 9/15/2025, 15/9/2025 or 9/15/25: which figure is the month, the whole list tells."""

import re
from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import day_of
from schoollib_xl.sheets.reading.texts import cleaned

_TURNED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d{2})(\s.*)?")
_MOST_MONTHS = 12
_READ = "{where} 的日期把年份写在后面：照 {first}，都当作“{order}”读；不是的话，在旧表里写成 2025-9-15 这样再接收一次。"
_MONTH_FIRST, _DAY_FIRST = "月/日/年", "日/月/年"


def settle_turned_days(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Write the days of each list with the year first, where they can be read but one way; a sentence on each."""
    for table in tables:
        days = {field.name for field in table.kind.fields if field.kind is Kind.DATE} if table.kind else set()
        columns = [at for name, at in table.columns.items() if name in days]
        found = [match for line in table.lines for at in columns if (match := _turned(line.cell(at)))]
        if all(map(_may_begin_with_the_year, found)):
            continue
        telling = [match for match in found if _order(match)]
        orders = set(map(_order, telling))
        # Where no figure is above twelve nobody knows; where one is on either side, two hands wrote it.
        if len(orders) != 1:
            continue
        (order,) = orders
        for line in table.lines:
            for at in columns:
                if (match := _turned(line.cell(at))) and (day := _day(match, order)):
                    line.cells[at - 1] = day
        yield _READ.format(where=table.name, first=telling[0][0], order=order)


def _turned(value: CellValue) -> re.Match[str] | None:
    return _TURNED.fullmatch(cleaned(value)) if isinstance(value, str) else None


def _may_begin_with_the_year(match: re.Match[str]) -> bool:
    """Whether the first figure may be the year: 25/9/15, not 9/15/25."""
    return len(match[1]) == len(match[4]) and day_of(2000 + int(match[1]), int(match[3]), int(match[4])) is not None


def _order(match: re.Match[str]) -> str | None:
    """Which figure comes first, where one of the two can be no month."""
    first, second = (int(match[group]) > _MOST_MONTHS for group in (1, 3))
    return None if first is second else _DAY_FIRST if first else _MONTH_FIRST


def _day(match: re.Match[str], order: str | None) -> str | None:
    month, day = (match[1], match[3]) if order == _MONTH_FIRST else (match[3], match[1])
    found = day_of(int(match[4]) % 100 + 2000, int(month), int(day))
    # Which century two figures are of is told where days are read.
    return f"{match[4]}-{month}-{day}{match[5] or ''}" if found else None
