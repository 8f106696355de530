"""Where tables stand in a sheet: their headers, their rows, and what stands round them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from schoollib_xl.adoption.kinds import KINDS, READERS, SHEET_NAMES, TELLING, Kind
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.words import CLOSINGS, DITTO_MARKS, PERSONAL, ROW_NUMBERS, TOTALS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, Names, declared_for, plain_header
from schoollib_xl.sheets.reading.tidy import shown

# A cell longer than this is no header.
_LONGEST_HEADER = 16
_FEWEST_HEADERS = 2
# So many lines above a header may be its title.
_TITLE_LINES = 3
ABOVE, REPEATED, TOTAL, CLOSING = "表头以上的文字", "重复的表头", "合计行", "表尾的文字"
# The last characters of all known headers, full width and traditional ones too.
_ENDS = frozenset(
    {word[-1:] for kind in TELLING for word in kind.headers}
    | set(")）Ｎ號書館錄冊數價單類條碼證級學還歸狀態編責頁註間時種")
)
_HEADER_ENDS = tuple("号名者社价期数级班别类地注人址码间况态位型")
_FIGURE = re.compile(r"\d")
_FEW_LINES = 5
_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
_TOTALS = tuple(word.replace(" ", "") for word in TOTALS)
UNKNOWN = "没有认出这是哪一种表"
UNWANTED = "账册对照里写明不接收"


class Line(NamedTuple):
    """A filled row of a sheet: its number there, from 1, and its cells."""

    row: int
    cells: list[CellValue]

    @property
    def text(self) -> str:
        """The row as it reads, cells parted by bars."""
        return " | ".join(text for text in (shown(value).strip() for value in self.cells) if text)


class NonEntries(NamedTuple):
    """A row that is no record, and why. Rows of a table nobody could make out may well be records."""

    line: Line
    reason: str
    is_record: bool = False


@dataclass
class FoundTable:
    """One table: where it is, what it is, and which column (from 1) holds which field.

    `headers` are the texts of its header by column; `how` says for each column what it was known by.
    `heading` is what stands above it and the name of its sheet: a class, or teachers. `dittos` counts by column the
    marks for "as above" that were written out.
    """

    file: str
    sheet: str
    header_row: int
    kind: Kind | None
    headers: dict[int, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    non_entries: list[NonEntries] = field(default_factory=list)
    heading: str = ""
    dittos: dict[int, int] = field(default_factory=dict)
    personal: set[int] = field(default_factory=set)

    @property
    def filled_rows(self) -> int:
        return len(self.lines) + len(self.non_entries)


class _Header(NamedTuple):
    line: Line
    kind: Kind
    columns: dict[str, int]


def find_tables(file: str, sheet: str, grid: Grid, names: OwnNames) -> list[FoundTable]:
    """The tables of one sheet, side by side and one below the other; every filled row is in exactly one."""
    lines = [Line(row, cells) for row, cells in enumerate(grid, 1) if not is_blank(cells)]
    if not lines:
        return []
    if names.is_unwanted(file, sheet):
        return [_set_aside(file, sheet, lines, UNWANTED)]
    headers = list(_headers(file, sheet, lines, names))
    if not headers:
        return [_unrecognised(file, sheet, lines, names)]
    bounds = [*(header.line.row for header in headers[1:]), lines[-1].row + 1]
    above = [line for line in lines if line.row < headers[0].line.row]
    found: list[FoundTable] = []
    for header, end in zip(headers, bounds, strict=True):
        body = [line for line in lines if header.line.row < line.row < end]
        found.append(_table(file, sheet, header, body, above, names))
        above = []
    return list(_joined(found))


def _set_aside(file: str, sheet: str, lines: list[Line], reason: str) -> FoundTable:
    table = FoundTable(file, sheet, 0, None)
    table.non_entries = [NonEntries(line, reason, is_record=reason == UNKNOWN) for line in lines]
    table.headers = {position: f"第{position}列" for position in range(1, _width(lines) + 1)}
    if (header := _guessed_header(lines)) is not None:
        table.headers |= _texts(header)
    return table


def _unrecognised(file: str, sheet: str, lines: list[Line], names: OwnNames) -> FoundTable:
    """A table whose header nobody knows: taken over only as 账册对照 says what it is."""
    kind = names.kind(file, sheet)
    if kind is None:
        return _set_aside(file, sheet, lines, UNKNOWN)
    numbered = {f"第{position}列": position for position in range(1, _width(lines) + 1)}
    columns = names.columns(kind, file, sheet, numbered)
    header = None if columns else _guessed_header(lines)
    if header is not None:
        body = [line for line in lines if line.row > header.row]
        above = [line for line in lines if line.row < header.row]
        texts = _header_texts(header.cells) or ()
        return _table(file, sheet, _Header(header, kind, _columns(kind, texts, file, sheet, names)), body, above, names)
    table = FoundTable(file, sheet, 0, kind, {at: text for text, at in numbered.items()}, columns, heading=sheet)
    table.how = dict.fromkeys(columns.values(), "账册对照")
    table.lines = lines
    return table


def _guessed_header(lines: Sequence[Line]) -> Line | None:
    """The first line of several words, where it reads like a header: no word twice, none with a figure, and words
    that headers end with, or figures below.
    """
    for index, line in enumerate(lines[:HEADER_DEPTH]):
        texts = list(_texts(line).values())
        if len(texts) >= _FEWEST_HEADERS:
            is_plain = _are_words(line.cells) and len(set(texts)) == len(texts)
            below = lines[index + 1 : index + 1 + _FEW_LINES]
            is_telling = any(text.endswith(_HEADER_ENDS) for text in texts) or any(map(_has_figures, below))
            return line if is_plain and is_telling else None
    return None


def _are_words(cells: Sequence[CellValue]) -> bool:
    filled = [value for value in cells if value != ""]
    return all(isinstance(v, str) and not _FIGURE.search(v) and len(v) <= _LONGEST_HEADER for v in filled)


def _has_figures(line: Line) -> bool:
    return any(_FIGURE.search(shown(value)) for value in line.cells)


def _texts(line: Line) -> dict[int, str]:
    return {at: text for at, value in enumerate(line.cells, 1) if (text := shown(value).strip())}


def _width(lines: list[Line]) -> int:
    return max(len(line.cells) for line in lines)


def _headers(file: str, sheet: str, lines: list[Line], names: OwnNames) -> Iterator[_Header]:
    """Every row that is the header of some kind of table, the first of a sheet near its top."""
    named = names.kind(file, sheet) or _kind_by_name(sheet)
    found = False
    for index, line in enumerate(lines):
        if not found and index >= HEADER_DEPTH:
            return
        if found and not names.headers and not _may_be_header(line.cells):
            continue
        texts = _header_texts(line.cells)
        if texts is None:
            continue
        # A title is of what stands right below it: further down a header must say by itself what it is.
        title = (
            ""
            if found
            else " ".join([file, sheet, *(above.text for above in lines[max(0, index - _TITLE_LINES) : index])])
        )
        if header := _header(line, texts, named, title, file, sheet, names):
            found = True
            yield header


def _may_be_header(cells: Sequence[CellValue]) -> bool:
    """Whether two of the cells end as known headers do: quick, for the rows of a table are many and seldom headers."""
    ends = 0
    for value in cells:
        if value and isinstance(value, str) and value.rstrip("*＊:： ")[-1:].upper() in _ENDS:
            ends += 1
            if ends == _FEWEST_HEADERS:
                return True
    return False


def _kind_by_name(sheet: str) -> Kind | None:
    match = declared_for(sheet, Names())
    return KINDS[match[0].name] if match and match[0].name in SHEET_NAMES else None


def _header_texts(cells: Sequence[CellValue]) -> tuple[str, ...] | None:
    """The row's cells as headers; None where it cannot be a header: figures, long texts, a cell or two."""
    if not all(isinstance(value, str) for value in cells):
        return None
    texts = tuple(_folded(str(value)) if len(str(value)) <= _LONGEST_HEADER else "" for value in cells)
    return texts if any(texts) else None


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    return plain_header(text)


def _header(
    line: Line, texts: tuple[str, ...], named: Kind | None, title: str, file: str, sheet: str, names: OwnNames
) -> _Header | None:
    if sum(map(bool, texts)) < _FEWEST_HEADERS:
        is_names = named in (None, READERS) and "姓名" in texts and READERS.fits(["name"], title)
        return _Header(line, READERS, _columns(READERS, texts, file, sheet, names)) if is_names else None
    if named:
        columns = _columns(named, texts, file, sheet, names)
        filled = sum(map(bool, texts))
        if len(columns) >= _FEWEST_HEADERS and len(columns) * 2 >= filled and (columns.keys() & _telling(named)):
            return _Header(line, named, columns)
    candidates = [(kind, _columns(kind, texts, file, sheet, names)) for kind in TELLING]
    fitting = [(kind, columns) for kind, columns in candidates if kind.fits(columns, title)]
    if not fitting:
        return None
    most = max(len(columns) for _, columns in fitting)
    # A kind that asks more of a header goes before one that knows a single header more.
    best = next(one for one in fitting if len(one[1]) >= most - 1)
    return _Header(line, *best)


def _telling(kind: Kind) -> frozenset[str]:
    return frozenset().union(*kind.signature) or frozenset(kind.by_name)


def _columns(kind: Kind, texts: tuple[str, ...], file: str, sheet: str, names: OwnNames) -> dict[str, int]:
    """Field → column of every header that is one of the kind's, by 账册对照 first, then by its own name before
    any synonym; of two columns for one field the left one.
    """
    positions = {text: at for at, text in reversed(list(enumerate(texts, 1))) if text}
    columns = names.columns(kind, file, sheet, positions)
    taken = set(columns.values()) | names.refused(kind, file, sheet, positions)
    matches = [
        (kind.headers[known], at)
        for text, at in positions.items()
        if at not in taken and (known := next((t for t in (text, *_in_brackets(text)) if t in kind.headers), None))
    ]
    own = kind.own_headers
    exact = {own[texts[at - 1]]: at for _, at in sorted(matches, key=lambda one: -one[1]) if texts[at - 1] in own}
    loose = dict(sorted(matches, key=lambda one: -one[1]))
    return _with_a_day(loose | exact | columns)


def _with_a_day(columns: dict[str, int]) -> dict[str, int]:
    """A log with one column for both day and time has its day there."""
    if "happened_on" not in columns and "happened_at" in columns:
        columns["happened_on"] = columns.pop("happened_at")
    return columns


def _in_brackets(text: str) -> Iterator[str]:
    """What a header may be called without its brackets: 存放位置(架位) is 存放位置, or 架位."""
    if match := _BRACKETED.fullmatch(text):
        yield from (match[1], match[2])


def _table(file: str, sheet: str, header: _Header, body: list[Line], above: list[Line], names: OwnNames) -> FoundTable:
    texts = _texts(header.line)
    table = FoundTable(file, sheet, header.line.row, header.kind, texts, header.columns)
    table.heading = " ".join([sheet, *(line.text for line in above)])
    table.how = {at: names.reason(header.kind, file, sheet, texts[at]) for at in header.columns.values()}
    table.non_entries = [NonEntries(line, ABOVE) for line in above] + [NonEntries(header.line, "表头")]
    _sort_out(table, body)
    return table


def _sort_out(table: FoundTable, body: Sequence[Line]) -> None:
    """The rows of the table, with what a mark for "as above" means; totals and closing words apart."""
    for line in body:
        if line.text.replace(" ", "").startswith(_TOTALS):
            table.non_entries.append(NonEntries(line, TOTAL))
        elif len(table.headers) > 1 and CLOSINGS.fullmatch(line.text.replace(" ", "")):
            table.non_entries.append(NonEntries(line, CLOSING))
        else:
            # In sheets of our own making 同上 is what somebody wrote.
            if table.kind in TELLING:
                _write_out(table, line)
            table.lines.append(line)


def _write_out(table: FoundTable, line: Line) -> None:
    for at, value in enumerate(line.cells):
        if isinstance(value, str) and value.strip() in DITTO_MARKS and table.lines:
            above = table.lines[-1].cells
            if at < len(above) and above[at] != "":
                line.cells[at] = above[at]
                table.dittos[at + 1] = table.dittos.get(at + 1, 0) + 1


def _joined(tables: list[FoundTable]) -> Iterator[FoundTable]:
    """A table whose header only repeats the one before it goes on with it."""
    last: FoundTable | None = None
    for table in tables:
        if last and table.kind is last.kind and table.headers == last.headers:
            last.lines += table.lines
            last.non_entries += [
                one._replace(reason=REPEATED) if one.reason == "表头" else one for one in table.non_entries
            ]
            continue
        if last:
            yield last
        last = table
    if last:
        yield last


def has_header(cells: Sequence[CellValue], title: str) -> bool:
    """Whether the cells can be the header of some kind of table under this title."""
    texts = _header_texts(cells)
    if texts is None:
        return False
    return any(kind.fits(_columns(kind, texts, "", "", OwnNames()), title) for kind in TELLING)


def is_personal(header: str) -> bool:
    """Whether a column holds what a library need not know of a person."""
    return any(word in header for word in PERSONAL)


def is_row_number(header: str) -> bool:
    """Whether a column only counts the rows."""
    return header in ROW_NUMBERS
