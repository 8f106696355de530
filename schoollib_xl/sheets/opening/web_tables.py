"""The tables of a web page, laid out as a spreadsheet would show them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from schoollib_xl.sheets.cells import ERROR_TEXTS, CellValue, Grid, Merge
from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.grids import trimmed
from schoollib_xl.sheets.opening.markup import MAX_COLUMN
from schoollib_xl.sheets.opening.plain import with_errors
from schoollib_xl.sheets.opening.quick import Garbled

# A cell's text goes on in another line after these.
_BREAKS = frozenset(("br", "p", "div", "li", "tr", "caption", "h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = ("td", "th")
_UNSEEN = frozenset(("script", "style", "head", "template", "xml"))
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
# What Excel shows instead of a long number, or of one that is too wide; the number itself it keeps in x:num.
_NOT_THE_NUMBER = re.compile(r"-?\d(?:\.\d+)?E[+-]?\d+|#+", re.IGNORECASE)
_SPAN = re.compile(r"\s*(\d{1,6})")
_OPENED, _CLOSED = re.compile(r"<table[\s>]", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
# What a page does not show may hold tags of tables too.
_HIDDEN = re.compile(r"<!--|<(?:script|style)\b", re.IGNORECASE)
_HIDDEN_UNTIL = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_FORMULA = re.compile(r">\s*(?:=|&#61;)")
_Rows = Mapping[etree._Element, Sequence[etree._Element]]


class _Laid(NamedTuple):
    """A table, or a line of text outside the tables: its rows, and the cells merged over several of them."""

    grid: Grid
    merges: list[Merge]

    @property
    def width(self) -> int:
        """Columns."""
        return max(map(len, self.grid), default=0)

    @property
    def is_title(self) -> bool:
        """Whether it holds but one text."""
        return sum(value != "" for row in self.grid for value in row) <= 1

    def put_below(self, pieces: Sequence["_Laid"]) -> None:
        """Go on with these."""
        for piece in pieces:
            above = len(self.grid)
            self.grid.extend(piece.grid)
            self.merges.extend(Merge(first + above, column, last + above) for first, column, last in piece.merges)


def web_tables(page: str, name: str) -> Tables:
    """The tables of a page. Those of as many columns are one sheet, one below the other as Excel shows them: programs
    write the header, or each page of a list, as a table of its own. The text between is a line where it stands.

    Raises Garbled for a page that ends within a table, or that nobody can make sense of.
    """
    shown = _shown(page)
    if len(_OPENED.findall(shown)) > len(_CLOSED.findall(shown)):
        raise Garbled
    sheets = _sheets(_pieces(_parsed(page)))
    names = [name if number == 1 else f"{name}（{number}）" for number in range(1, len(sheets) + 1)]
    meant = with_errors if _FORMULA.search(page) or any(error in page for error in ERROR_TEXTS) else list
    return Tables(
        tuple(names),
        {name: trimmed(map(meant, sheet.grid)) for name, sheet in zip(names, sheets, strict=True)},
        {name: sheet.merges for name, sheet in zip(names, sheets, strict=True)},
    )


def _shown(page: str) -> str:
    """The page without what has an end and is not shown. Once a kind has no end, none further down has one."""
    pieces: list[str] = []
    endless: set[str] = set()
    at = 0
    for begun in _HIDDEN.finditer(page):
        kind = begun[0].lower()
        if begun.start() < at or kind in endless:
            continue
        ended = _HIDDEN_UNTIL[kind].search(page, begun.end())
        if ended is None:
            endless.add(kind)
            continue
        pieces.append(page[at : begun.start()])
        at = ended.end()
    return "".join((*pieces, page[at:]))


def _parsed(page: str) -> etree._Element:
    # Tags that are never closed nest as deep as the page is long; this process may fall over without harm.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Garbled from error
    if root is None or any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        raise Garbled
    return root


def _sheets(pieces: Iterator[_Laid]) -> list[_Laid]:
    sheets: list[_Laid] = []
    above: list[_Laid] = []
    for piece in pieces:
        above.append(piece)
        if piece.is_title:
            continue
        if not sheets or sheets[-1].width != piece.width:
            sheets.append(_Laid([], []))
        sheets[-1].put_below(above)
        above = []
    if sheets:
        sheets[-1].put_below(above)
    return sheets


def _pieces(root: etree._Element) -> Iterator[_Laid]:
    """What stands on the page, in its order."""
    rows: dict[etree._Element, list[etree._Element]] = {table: [] for table in root.iter("table")}
    for row in root.iter("tr"):
        if (owner := next(row.iterancestors("table"), None)) is not None:
            rows[owner].append(row)
    text: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "table" and not _is_layout(element, rows):
            text += ["\0" + _text(caption) for caption in element.iterfind("caption")]
            yield from map(_line, _lines(text))
            text = []
            yield _laid(rows[element])
            walk.skip_subtree()
        elif event == "start" and _is_unseen(element):
            walk.skip_subtree()
        else:
            text.append(_said(event, element, root))
    yield from map(_line, _lines(text))


def _is_layout(table: etree._Element, rows: _Rows) -> bool:
    """Whether it only says where another table stands: one of more rows."""
    inner = (len(rows[other]) for other in table.iterdescendants("table"))
    return max(inner, default=0) > max(1, len(rows[table]))


def _line(text: str) -> _Laid:
    return _Laid([[text]], [])


def _lines(text: Sequence[str]) -> list[str]:
    lines = (_SPACES.sub(" ", line.replace("\0", "\n")).strip() for line in "".join(text).split("\0"))
    return [line for line in lines if line]


def _laid(rows: Sequence[etree._Element]) -> _Laid:
    grid: Grid = []
    merges: list[Merge] = []
    # The last row (from 0) down to which a merged cell above covers a column.
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        cells: list[CellValue] = []
        for cell in _cells(row):
            while covered and covered.get(len(cells), -1) >= number:
                cells.append("")
            if not cell.keys():
                cells.append(_text(cell))
                continue
            last = min(number + _span(cell, "rowspan", len(rows)), len(rows)) - 1
            columns = _span(cell, "colspan", 1)
            if len(cells) + columns > MAX_COLUMN:
                raise Garbled
            if last > number:
                merges.append(Merge(number + 1, len(cells) + 1, last + 1))
                covered |= dict.fromkeys(range(len(cells), len(cells) + columns), last)
            cells += [_text(cell), *[""] * (columns - 1)]
        grid.append(cells)
    return _Laid(grid, merges)


def _cells(row: etree._Element) -> Sequence[etree._Element]:
    own = list(row)
    if all(cell.tag in _CELLS for cell in own):
        return own
    # A form may stand between.
    return [cell for cell in row.iter(*_CELLS) if next(cell.iterancestors("tr")) is row]


def _span(cell: etree._Element, kind: str, rest: int) -> int:
    """Rows or columns a cell covers; 0 stands for the `rest` of them (HTML 4.01, 11.2.6)."""
    told = _SPAN.match(cell.get(kind) or "1")
    return (int(told[1]) or rest) if told else 1


def _text(cell: etree._Element) -> str:
    """What the cell shows, a line break where the page breaks the line."""
    if len(cell):
        walk = etree.iterwalk(cell, events=("start", "end"))
        said: list[str] = []
        for event, element in walk:
            if event == "start" and _is_unseen(element):
                walk.skip_subtree()
            else:
                said.append(_said(event, element, cell))
        shown = "\n".join(_lines(said))
    else:
        shown = " ".join((cell.text or "").split())
    if not cell.keys():
        return shown
    number = cell.get("x:num") or cell.get("num")
    return number if number and _NOT_THE_NUMBER.fullmatch(shown) else shown


def _is_unseen(element: etree._Element) -> bool:
    """Whether a page does not show it; of a list to choose from it shows what is chosen, or else the first."""
    if element.tag != "option":
        return element.tag in _UNSEEN
    choices = [option for chosen_from in element.iterancestors("select") for option in chosen_from.iter("option")]
    chosen = [option for option in choices if option.get("selected") is not None]
    return element not in (chosen or choices or [element])[:1]


def _said(event: str, element: etree._Element, within: etree._Element) -> str:
    """The text before or after the content of an element, \\0 where a line ends."""
    ends = "\0" if element.tag in _BREAKS else ""
    if event == "start":
        typed = element.get("value", "") if element.tag == "input" and element.get("type", "text") == "text" else ""
        return ends + (typed or element.text or "")
    return ends + ("" if element is within else element.tail or "")
