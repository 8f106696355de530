"""What is to be written: the rows of a set of ledgers by sheet and part, with the cells that are written raw."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, SHEETS, DeclaredSheet
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.sheets.building.body import WrittenLine
from schoollib_xl.sheets.building.prompts import setting_rows
from schoollib_xl.sheets.building.totals import RunningTotal, agreeing_lines
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.layout import HEADER_ROW, LedgerSheet

_LINE = attrgetter("line")
RawCell = tuple[type[Any], int, str, CellValue]


class Contents:
    """A set of ledgers as it will stand in a workbook. A raw cell is written just as it is, in place of what its
    row holds; its line may be one that has no row.

    Raises ValueError where two rows of a sheet have the same line.
    """

    def __init__(self, ledger_set: LedgerSet, raw: Iterable[RawCell] = ()) -> None:
        self.school = ledger_set.school
        self._rows = {sheet.row_type: _in_line_order(sheet, ledger_set) for sheet in ALL_SHEETS}
        self._raw: dict[type[Any], dict[int, dict[int, CellValue]]] = defaultdict(dict)
        for row_type, line, field, cell in raw:
            self._raw[row_type].setdefault(line, {})[SHEETS[row_type].positions[field] - 1] = cell

    @property
    def has_raw_headers(self) -> bool:
        return any(HEADER_ROW in lines for lines in self._raw.values())

    def rows(self, declared: DeclaredSheet) -> Sequence[Any]:
        """The rows of a sheet, by line."""
        return self._rows[declared.row_type]

    def pages(self) -> Iterator[LedgerSheet]:
        """Every sheet of the workbook, in order; a ledger longer than a sheet continues on the next."""
        for declared in ALL_SHEETS:
            last_line = max(self._last_lines(declared), default=1)
            parts, last_row = divmod(last_line, LINES_PER_SHEET)
            for part in range(parts):
                yield LedgerSheet(declared, part, LINES_PER_SHEET - 1)
            yield LedgerSheet(declared, parts, last_row)

    def lines(self, page: LedgerSheet) -> Iterator[WrittenLine]:
        """The lines of one page."""
        base, rows, raw = page.part * LINES_PER_SHEET, self.rows(page.declared), self._raw[page.declared.row_type]
        first, end = (bisect_left(rows, bound, key=_LINE) for bound in (base, base + LINES_PER_SHEET))
        written = (WrittenLine(row.line - base, row[1:], raw.get(row.line, {})) for row in islice(rows, first, end))
        return merge(written, self._lines_without_row(page), key=attrgetter("number")) if raw else written

    def formula_lines(self, total: RunningTotal) -> frozenset[int]:
        """The lines of a running total that can hold its formula; none where raw cells upset its sums."""
        declared = next(sheet for sheet in ALL_SHEETS if sheet.row_type is total.row_type)
        touched = {column for cells in self._raw[total.row_type].values() for column in cells}
        if touched & {declared.positions[name] - 1 for name in total.takes}:
            return frozenset()
        return agreeing_lines(total, self.rows(declared))

    def _last_lines(self, declared: DeclaredSheet) -> Iterator[int]:
        yield from (row.line for row in self.rows(declared)[-1:])
        yield from self._raw[declared.row_type]

    def _lines_without_row(self, page: LedgerSheet) -> Iterator[WrittenLine]:
        base, blank = page.part * LINES_PER_SHEET, (None,) * len(page.declared.fields)
        raw: Mapping[int, Mapping[int, CellValue]] = self._raw[page.declared.row_type]
        known = {row.line for row in self.rows(page.declared)}
        for line in sorted(raw.keys() - known):
            if line // LINES_PER_SHEET == page.part:
                yield WrittenLine(line - base, blank, raw[line])


def _in_line_order(declared: DeclaredSheet, ledger_set: LedgerSet) -> Sequence[Any]:
    rows = ledger_set.rows.get(declared.row_type, [])
    if declared.row_type is SettingRow and not rows:
        rows = setting_rows(ledger_set.school)
    ordered = sorted(rows, key=_LINE)
    if len({row.line for row in ordered}) < len(ordered):
        raise ValueError(f"two rows of {declared.name} have the same line")
    return ordered
