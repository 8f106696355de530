"""One value on several columns, put together: month and day, surname and given name, a price as 元 | 角 | 分."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.ledgers.numerals import squeezed
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.reading.dittos import DITTO_MARKS
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.sheets.reading.tidy import shown

_MONTH = re.compile(r"(.{0,5})月份?")
_ENDS_LIKE_A_DATE = ("日期", "时间", "日")
_SURNAMES, _GIVEN_NAMES = ("姓", "姓氏", "SURNAME", "LASTNAME"), ("名", "名字", "FIRSTNAME", "GIVENNAME")
_NUMBER = re.compile(r"(\d{1,4})(?:\.0)?\s*[年月日号]?")
_UNITS = "万千百十元角分"
_HEADER = re.compile(rf"(.*?)\(?([{_UNITS}拾佰仟圆块毛]|角分)\)?")
_PLAIN = str.maketrans("拾佰仟圆块毛", "十百千元元角")
_PRICES = re.compile(r"单价|定价|价格|原价|书价|价")
_SUMS = re.compile(r"金额|总|合计|小计|码洋|实洋")
# What stands in a column of a paper ledger for nought.
_NOUGHTS = frozenset({"", "-", "—", "－", "–", "/", "整", "正", "0"})
_FIGURE = re.compile(r"(\d+)(?:\.0+)?")
# So many of the rows must have one figure each in the columns beside a price before these are taken for its 角 and 分.
_MOST = 0.8
_PRICE, _SUM = "单价", "金额"


class _Parts(NamedTuple):
    """A date on several columns (from 0) below one header row."""

    header: int
    name: str
    year: int | None
    month: int
    day: int
    is_grouped: bool

    @property
    def first(self) -> int:
        """The column the whole date is written to: over it stands what the date is of."""
        return self.month if self.year is None else self.year

    @property
    def columns(self) -> dict[int, str]:
        """Each column with its unit."""
        year = {} if self.year is None else {self.year: "年"}
        return {**year, self.month: "月", self.day: "日"}


class _Split(NamedTuple):
    """A sum on columns (from 0) below one header row: what the sum is, and each column with its unit."""

    header: int
    name: str
    columns: dict[int, str]

    @property
    def first(self) -> int:
        """The column the whole sum is written to."""
        return min(self.columns)


def join_spread(grid: Grid) -> dict[int, int]:
    """Put together what stands on several columns; each column that was put into another (from 1), and that one."""
    joined: dict[int, int] = {}
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        texts = [plain_header(value) if isinstance(value, str) else "" for value in row]
        for parts in list(_dates(grid, index, texts)):
            _join_date(grid, parts)
            joined |= {at + 1: parts.first + 1 for at in parts.columns if at != parts.first}
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
    """Write each date into the first of its columns; a month or year that is not written again is the one above."""
    headers = [grid[parts.header][at] for at in parts.columns]
    for row in grid[parts.header : parts.header + 2]:
        # Over two header rows 年, 月 and 日 may be merged with those below them.
        if [row[at] for at in parts.columns if at < len(row)] == headers:
            for at, unit in parts.columns.items():
                row[at] = parts.name if at == parts.first else f"{parts.name}({unit})"
    if parts.is_grouped:
        # The group's own name stands in the header below now, on the columns that hold the date.
        grid[parts.header - 1][parts.first] = ""
    above = dict.fromkeys((at for at in parts.columns if at != parts.day), "")
    for row in grid[parts.header + 1 :]:
        row += [""] * (parts.day + 1 - len(row))
        day = _number(row[parts.day])
        said = {at: _said(row[at], above[at]) for at in above}
        if not day or not all(said.values()):
            continue
        above |= said
        row[parts.first] = "".join(f"{number}{parts.columns[at]}" for at, number in said.items()) + f"{day}日"
        for at in parts.columns:
            row[at] = row[at] if at == parts.first else ""


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


def join_prices(grid: Grid) -> dict[int, int]:
    """Put together the sums that stand on several columns, as 12元5角0分 in the first of them; each column that was
    put into another (from 1), and that one.
    """
    headers = [[_header(value) for value in row] for row in grid[:HEADER_DEPTH]]
    # Columns without a header are guessed at only where no unit stands anywhere.
    for splits in (_splits, _unnamed):
        for index, texts in enumerate(headers):
            if found := list(splits(grid, index, texts)):
                for split in found:
                    _join(grid, split)
                return {at + 1: one.first + 1 for one in found for at in one.columns if at != one.first}
    return {}


def _header(value: CellValue) -> str:
    """A header without its blanks; its unit, which is elsewhere left out, is what tells here."""
    return squeezed(value) if isinstance(value, str) else ""


def _splits(grid: Grid, index: int, texts: Sequence[str]) -> Iterator[_Split]:
    """The sums whose units stand in this row."""
    told = {at: (match[1], match[2].translate(_PLAIN)) for at, text in enumerate(texts) if (match := _unit(text))}
    is_priced = any(_PRICES.search(text) for at, text in enumerate(texts) if at not in told)
    for run in _runs({at: unit for at, (_, unit) in told.items()}):
        first = min(run)
        group = told[first][0] or _price_group(grid, index, list(run))
        is_price = _PRICES.search(group) if group else not is_priced
        name = _PRICE if is_price and not _SUMS.search(group) else group or _SUM
        is_priced = True
        yield _Split(index, name, run)


def _unit(text: str) -> re.Match[str] | None:
    match = _HEADER.fullmatch(text)
    return match if match and (not match[1] or _PRICES.search(match[1]) or _SUMS.search(match[1])) else None


def _runs(units: dict[int, str]) -> Iterator[dict[int, str]]:
    """Columns side by side whose units fall, from 元 or more to less than 元."""
    run: dict[int, str] = {}
    for at, unit in units.items():
        if run and (at - 1 not in run or _UNITS.index(unit[0]) <= _UNITS.index(run[at - 1][-1])):
            yield from [run] if _is_whole(run) else []
            run = {}
        run[at] = unit
    yield from [run] if _is_whole(run) else []


def _is_whole(run: dict[int, str]) -> bool:
    return "元" in run.values() and "".join(run.values()) in _UNITS and len(run) > 1


def _price_group(grid: Grid, index: int, columns: Sequence[int]) -> str:
    """The header over the columns, which stands above the first of them."""
    above = [_header(value) for value in grid[index - 1]] if index else []
    return above[columns[0]] if columns[0] < len(above) and sum(map(bool, above)) > 1 else ""


def _unnamed(grid: Grid, index: int, texts: Sequence[str]) -> Iterator[_Split]:
    """A price with two columns under no header beside it that hold one figure each: its 角 and 分."""
    for at in [at for at, text in enumerate(texts) if _PRICES.search(text) and not _SUMS.search(text)]:
        if sum(map(bool, texts)) == 1 or any(texts[at + 1 : at + 3]):
            continue
        rows = [row for row in grid[index + 1 :] if at < len(row) and shown(row[at]).strip()]
        split = [row for row in rows if _figure(row[at]) and all(_is_digit(row, beside) for beside in (at + 1, at + 2))]
        if split and len(split) >= _MOST * len(rows):
            yield _Split(index, texts[at], {at: "元", at + 1: "角", at + 2: "分"})


def _is_digit(row: Sequence[CellValue], at: int) -> bool:
    return at < len(row) and len(_figure(row[at])) == 1


def _figure(value: CellValue) -> str:
    """The figures of a cell that holds a whole number and nothing else; '' for others."""
    match = _FIGURE.fullmatch(shown(value).strip())
    return match[1] if match else ""


def _join(grid: Grid, split: _Split) -> None:
    header = grid[split.header]
    for at, unit in split.columns.items():
        header += [""] * (at + 1 - len(header))
        header[at] = split.name if at == split.first else f"{split.name}({unit})"
    if split.header and _price_group(grid, split.header, list(split.columns)):
        above = grid[split.header - 1]
        for at in split.columns:
            above[at : at + 1] = [""] if at < len(above) else []
    for row in grid[split.header + 1 :]:
        _join_row(row, split)


def _join_row(row: list[CellValue], split: _Split) -> None:
    texts = {at: shown(row[at]).strip() if at < len(row) else "" for at in split.columns}
    rest = [text for at, text in texts.items() if at != split.first]
    if not any(rest) and not _is_high(split, texts[split.first]):
        # The whole of it stands in the first column: 12.50, 赠.
        return
    row += [""] * (max(split.columns) + 1 - len(row))
    is_ditto = all(text in DITTO_MARKS for text in texts.values())
    row[split.first] = texts[split.first] if is_ditto else _sum(split, texts)
    for at in split.columns:
        if at != split.first:
            row[at] = ""


def _is_high(split: _Split, text: str) -> bool:
    """Whether a figure stands alone in a column of 百 or 十: 2 below 十 is 20."""
    return split.columns[split.first] != "元" and bool(_figure(text))


def _sum(split: _Split, texts: dict[int, str]) -> str:
    """The sum in words, 12元5角0分; as it is written, its columns parted by bars, where it cannot be told."""
    digits = {unit: _digits(texts[at], len(unit), is_first=at == split.first) for at, unit in split.columns.items()}
    if None in digits.values() or not any(map(_figure, texts.values())):
        return " | ".join(texts[at] or "空" for at in split.columns)
    parts = {unit: figure for units, figures in digits.items() for unit, figure in _apart(units, figures or "0")}
    yuan = "".join(figure for unit, figure in parts.items() if _UNITS.index(unit) <= _UNITS.index("元"))
    return f"{int(yuan)}元{parts.get('角', '0')}角{parts.get('分', '0')}分"


def _apart(units: str, figures: str) -> Iterator[tuple[str, str]]:
    return zip(units, figures.rjust(len(units), "0"), strict=True) if len(units) > 1 else iter([(units, figures)])


def _digits(text: str, width: int, *, is_first: bool) -> str | None:
    """The figures of one column; None where it holds something else, or more or fewer figures than it should."""
    if text in _NOUGHTS:
        return "0"
    figures = _figure(text)
    is_right = bool(figures) if is_first else len(figures) == width
    return figures if is_right else None
