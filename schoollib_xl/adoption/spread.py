"""One value on several columns, put together: month and day of a paper register, surname and given name."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.words import DITTO_MARKS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.sheets.reading.tidy import shown

_MONTH = re.compile(r"(.{0,5})月份?")
_ENDS_LIKE_A_DATE = ("日期", "时间", "日")
_SURNAMES, _GIVEN_NAMES = ("姓", "姓氏"), ("名", "名字")
_NUMBER = re.compile(r"(\d{1,4})(?:\.0)?\s*[年月日号]?")


class _Parts(NamedTuple):
    """A date on several columns (from 0) below one header row."""

    header: int
    name: str
    year: int | None
    month: int
    day: int
    is_grouped: bool

    @property
    def others(self) -> list[int]:
        """The columns beside the month."""
        return [at for at in (self.year, self.day) if at is not None]


def join_spread(grid: Grid) -> dict[int, int]:
    """Put together what stands on several columns; each column that was put into another (from 1), and that one."""
    joined: dict[int, int] = {}
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        texts = [plain_header(value) if isinstance(value, str) else "" for value in row]
        for parts in list(_dates(grid, index, texts)):
            _join_date(grid, parts)
            joined |= {at + 1: parts.month + 1 for at in parts.others}
        joined |= _join_names(grid, index, texts)
        if joined:
            break
    return joined


def _dates(grid: Grid, index: int, texts: Sequence[str]) -> Iterator[_Parts]:
    for at, text in enumerate(texts[:-1]):
        match = _MONTH.fullmatch(text)
        if match and texts[at + 1] in (f"{match[1]}日", f"{match[1]}号", "日", "号"):
            year = at - 1 if at and texts[at - 1] in (f"{match[1]}年", "年") else None
            group = "" if match[1] else _group(grid, index, at if year is None else year)
            yield _Parts(index, _name(match[1] or group), year, at, at + 1, bool(group))


def _group(grid: Grid, index: int, at: int) -> str:
    """The header over a group of columns, which stands above its first column."""
    above = grid[index - 1] if index else []
    texts = [plain_header(value) if isinstance(value, str) else "" for value in above]
    own = texts[at] if at < len(texts) else ""
    return own if sum(map(bool, texts)) > 1 else ""


def _name(group: str) -> str:
    return group if group.endswith(_ENDS_LIKE_A_DATE) else f"{group}日期"


def _join_date(grid: Grid, parts: _Parts) -> None:
    """Write each date into its month's column; a month or year that is not written again is the one above."""
    grid[parts.header][parts.month] = f"{parts.name}(月)"
    for at in parts.others:
        grid[parts.header][at] = f"{parts.name}({'日' if at == parts.day else '年'})"
    if parts.is_grouped:
        # The group's own name stands in the header below now, on the columns that hold the date.
        grid[parts.header - 1][parts.month if parts.year is None else parts.year] = ""
    above = dict.fromkeys((at for at in (parts.month, parts.year) if at is not None), "")
    for row in grid[parts.header + 1 :]:
        row += [""] * (parts.day + 1 - len(row))
        day = _number(row[parts.day])
        said = {at: _said(row[at], above[at]) for at in above}
        if not day or not all(said.values()):
            continue
        above |= said
        year = f"{said[parts.year]}年" if parts.year is not None else ""
        row[parts.month] = f"{year}{said[parts.month]}月{day}日"
        for at in parts.others:
            row[at] = ""


def _said(value: CellValue, above: str) -> str:
    text = shown(value).strip()
    return above if not text or text in DITTO_MARKS else _number(value)


def _number(value: CellValue) -> str:
    """The number of a cell that holds nothing else; '' for others."""
    match = _NUMBER.fullmatch(shown(value).strip())
    return match[1] if match else ""


def _join_names(grid: Grid, index: int, texts: Sequence[str]) -> dict[int, int]:
    surname = next((at for at, text in enumerate(texts) if text in _SURNAMES), None)
    given = next((at for at, text in enumerate(texts) if text in _GIVEN_NAMES), None)
    if surname is None or given is None:
        return {}
    grid[index][surname], grid[index][given] = "姓名(姓)", "姓名(名)"
    for row in grid[index + 1 :]:
        if max(surname, given) < len(row):
            row[surname], row[given] = f"{shown(row[surname]).strip()}{shown(row[given]).strip()}", ""
    return {given + 1: surname + 1}
