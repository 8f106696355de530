"""Where tables stand in a sheet: their headers, their rows, and what stands round them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from schoollib_xl.adoption.kinds import KINDS, SHEET_NAMES, TELLING, Kind
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.words import PERSONAL, ROW_NUMBERS, TOTALS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, Names, declared_for, plain_header
from schoollib_xl.sheets.reading.tidy import shown

# A cell longer than this is no header.
_LONGEST_HEADER = 16
_FEWEST_HEADERS = 2
ABOVE, REPEATED, TOTAL = "表头以上的文字", "重复的表头", "合计行"
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
    `heading` is what stands above it and the name of its sheet: a class, or teachers.
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
        return [_headless(file, sheet, lines, names)]
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
    return table


def _headless(file: str, sheet: str, lines: list[Line], names: OwnNames) -> FoundTable:
    """A table without a header: taken over only where 账册对照 names its columns by number."""
    kind = names.kind(file, sheet)
    numbered = {f"第{position}列": position for position in range(1, _width(lines) + 1)}
    columns = names.columns(kind, file, sheet, numbered) if kind else {}
    if kind is None or not kind.fits(columns):
        return _set_aside(file, sheet, lines, UNKNOWN)
    table = FoundTable(file, sheet, 0, kind, {at: text for text, at in numbered.items()}, columns, heading=sheet)
    table.how = dict.fromkeys(columns.values(), "账册对照")
    table.lines = lines
    return table


def _width(lines: list[Line]) -> int:
    return max(len(line.cells) for line in lines)


def _headers(file: str, sheet: str, lines: list[Line], names: OwnNames) -> Iterator[_Header]:
    """Every row that is the header of some kind of table, the first of a sheet near its top."""
    named = names.kind(file, sheet) or _kind_by_name(sheet)
    found = False
    for index, line in enumerate(lines):
        if not found and index >= HEADER_DEPTH:
            return
        texts = _header_texts(line.cells)
        if texts is None:
            continue
        if header := _header(line, texts, named, file, sheet, names):
            found = True
            yield header


def _kind_by_name(sheet: str) -> Kind | None:
    match = declared_for(sheet, Names())
    return KINDS[match[0].name] if match and match[0].name in SHEET_NAMES else None


def _header_texts(cells: Sequence[CellValue]) -> tuple[str, ...] | None:
    """The row's cells as headers; None where it cannot be a header: figures, long texts, a cell or two."""
    if sum(isinstance(value, str) for value in cells) < len(cells):
        return None
    texts = tuple(_folded(str(value)) if len(str(value)) <= _LONGEST_HEADER else "" for value in cells)
    return texts if sum(bool(text) for text in texts) >= _FEWEST_HEADERS else None


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    return plain_header(text)


def _header(
    line: Line, texts: tuple[str, ...], named: Kind | None, file: str, sheet: str, names: OwnNames
) -> _Header | None:
    if named:
        columns = _columns(named, texts, file, sheet, names)
        filled = sum(map(bool, texts))
        if len(columns) >= _FEWEST_HEADERS and len(columns) * 2 >= filled and (columns.keys() & _telling(named)):
            return _Header(line, named, columns)
    candidates = [(kind, _columns(kind, texts, file, sheet, names)) for kind in TELLING]
    fitting = [(kind, columns) for kind, columns in candidates if kind.fits(columns)]
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
    matches = [(kind.headers[text], at) for text, at in positions.items() if text in kind.headers and at not in taken]
    own = {plain_header(field.header): field.name for field in kind.fields}
    exact = {own[texts[at - 1]]: at for _, at in sorted(matches, key=lambda one: -one[1]) if texts[at - 1] in own}
    loose = dict(sorted(matches, key=lambda one: -one[1]))
    return loose | exact | columns


def _table(file: str, sheet: str, header: _Header, body: list[Line], above: list[Line], names: OwnNames) -> FoundTable:
    texts = {at: shown(value).strip() for at, value in enumerate(header.line.cells, 1) if shown(value).strip()}
    table = FoundTable(file, sheet, header.line.row, header.kind, texts, header.columns)
    table.heading = " ".join([sheet, *(line.text for line in above)])
    table.how = {at: names.reason(header.kind, file, sheet, texts[at]) for at in header.columns.values()}
    table.non_entries = [NonEntries(line, ABOVE) for line in above] + [NonEntries(header.line, "表头")]
    for line in body:
        if line.text.replace(" ", "").startswith(tuple(word.replace(" ", "") for word in TOTALS)):
            table.non_entries.append(NonEntries(line, TOTAL))
        else:
            table.lines.append(line)
    return table


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


def has_header(cells: Sequence[CellValue]) -> bool:
    """Whether the cells can be the header of some kind of table."""
    texts = _header_texts(cells)
    return texts is not None and any(kind.fits(_columns(kind, texts, "", "", OwnNames())) for kind in TELLING)


def is_personal(header: str) -> bool:
    """Whether a column holds what a library need not know of a person."""
    return any(word in header for word in PERSONAL)


def is_row_number(header: str) -> bool:
    """Whether a column only counts the rows."""
    return header in ROW_NUMBERS
