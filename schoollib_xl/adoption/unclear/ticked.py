"""A log that ticks in columns of their own whether a book was lent or came back: put together as one column."""

import re
from collections.abc import Mapping, Sequence

from schoollib_xl.adoption.forms.words import BORROWED, LOST, RENEWED, RETURNED
from schoollib_xl.ledgers.numerals import TICKS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.sheets.reading.tidy import shown

_ACTIONS: Mapping[str, str] = {
    **dict.fromkeys(("借", "借出", "借书", "借阅", "外借", "出借", "借出册数", "借书册数", "借出数"), BORROWED),
    **dict.fromkeys(("还", "归还", "还书", "还回", "还入", "归还册数", "还书册数", "归还数"), RETURNED),
    **dict.fromkeys(("续", "续借"), RENEWED),
    **dict.fromkeys(("丢", "丢失", "遗失"), LOST),
}
_TICK = re.compile(rf"[{''.join(TICKS)}vVyY1是○●◯*+]+(?:\.0)?")
_IN_BRACKETS = re.compile(r"\(.*\)")


def join_ticks(grid: Grid) -> dict[int, int]:
    """Write what is ticked into the first of the columns, under 操作; where a row ticks both, the ticks say of each
    loan whether it came back. Each column that was put into another (from 1), and that one.
    """
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        actions = _actions(row)
        if not {BORROWED, RETURNED} <= set(actions.values()) or not _has_day(row):
            continue
        body = [cells for cells in grid[index + 1 :] if any(_at(cells, at) for at in actions)]
        rows = [cells for cells in body if _actions(cells) != actions]
        ticked = [[at for at in actions if _at(cells, at)] for cells in rows]
        if not rows or not all(_TICK.fullmatch(_at(cells, at)) for cells in rows for at in actions if _at(cells, at)):
            continue
        headers = [row, *(cells for cells in body if _actions(cells) == actions)]
        if any(len(at) > 1 for at in ticked) and not any(_is_only_back(at, actions) for at in ticked):
            return _as_outcome(headers, rows, actions)
        return _as_actions(headers, rows, actions)
    return {}


def _actions(row: Sequence[CellValue]) -> dict[int, str]:
    """What each column (from 0) ticks."""
    texts = {at: _IN_BRACKETS.sub("", plain_header(value)) for at, value in enumerate(row) if isinstance(value, str)}
    return {at: _ACTIONS[text] for at, text in texts.items() if text in _ACTIONS}


def _has_day(row: Sequence[CellValue]) -> bool:
    return any(isinstance(value, str) and re.search("日期|时间", plain_header(value)) for value in row)


def _at(cells: Sequence[CellValue], at: int) -> str:
    return shown(cells[at]).strip() if at < len(cells) else ""


def _is_only_back(ticked: Sequence[int], actions: Mapping[int, str]) -> bool:
    """Whether a row ticks that a book came back, and not that it was lent."""
    return bool(ticked) and BORROWED not in {actions[at] for at in ticked}


def _as_actions(
    headers: Sequence[list[CellValue]], rows: Sequence[list[CellValue]], actions: Mapping[int, str]
) -> dict[int, int]:
    first = min(actions)
    for header in headers:
        for at in actions:
            header[at] = "操作" if at == first else f"操作({actions[at]})"
    for cells in rows:
        said = "".join(actions[at] for at in actions if _at(cells, at))
        _clear(cells, actions)
        cells[first] = said
    return {at + 1: first + 1 for at in actions if at != first}


def _as_outcome(
    headers: Sequence[list[CellValue]], rows: Sequence[list[CellValue]], actions: Mapping[int, str]
) -> dict[int, int]:
    back = next(at for at, action in actions.items() if action == RETURNED)
    others = [at for at, action in actions.items() if action == BORROWED]
    for header in headers:
        header[back] = "归还情况"
        for at in others:
            header[at] = "归还情况(借)"
    for cells in rows:
        if _at(cells, back):
            cells[back] = TICKS[0]
        _clear(cells, others)
    return {at + 1: back + 1 for at in others}


def _clear(cells: list[CellValue], columns: Sequence[int] | Mapping[int, str]) -> None:
    cells += [""] * (max(columns) + 1 - len(cells))
    for at in columns:
        cells[at] = ""
