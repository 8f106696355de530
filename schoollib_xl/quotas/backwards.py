"""Lines of 校历, 开放时间 and 借阅轮流表 that end before they begin: no day and no minute is counted from them."""

from collections.abc import Iterator

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.quotas.shortfall import NotComputed, Obstacle


def backward_lines(library: Library) -> Iterator[NotComputed]:
    """The lines of each of these sheets that nothing could be counted from, told together."""
    days = [cell(row, "ends_on") for row in library[CalendarRow] if row.ends_on < row.starts_on]
    openings = [cell(row, "ends_at") for row in library[OpeningRow] if row.ends_at <= row.starts_at]
    turns = [
        cell(row, "ends_at")
        for row in library[TurnRow]
        if row.starts_at and row.ends_at and row.ends_at <= row.starts_at
    ]
    for cells in (days, openings, turns):
        if cells:
            yield _told(cells)


def _told(cells: list[Cell]) -> NotComputed:
    return NotComputed(Obstacle.ROW_BACKWARDS, (SHEETS[cells[0].row_type].name,), tuple(cells))
