"""A workbook file, opened for reading: .xlsx and its relatives, old binaries, text tables."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from schoollib_xl.sheets.cells import Block, CellValue, Grid, Merge
from schoollib_xl.sheets.opening.apart import Tables, read_apart
from schoollib_xl.sheets.opening.grids import Progress, in_blocks
from schoollib_xl.sheets.opening.ooxml import XlsxSource
from schoollib_xl.sheets.opening.refusing import unusable
from schoollib_xl.sheets.opening.vetting import (
    Packing,
    ZipKind,
    refuse_if_big,
    refuse_if_long,
    refuse_stranger_in_ole,
    sniff,
    vetted_parts,
    zip_kind,
)

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.imprint import Imprint
    from schoollib_xl.sheets.opening.zip_entry import PackedPart

T = TypeVar("T")

_BINARY_TELLS_LESS = "这种格式里错误值和空单元格看起来一样，都当作空的；要分清，先在 Excel 里另存为 .xlsx。"
_DAMAGED = "账都读到了，工作表{names}却已损坏：这个文件拷坏过，先用备份或重新拷一份，再接着记。"
_NO_MERGES = "有合并的单元格，这种格式里看不出它管哪几行，只算在第一行；先在 Excel 里另存为 .xlsx 再来一次。"
_PAGE_TELLS_LESS = "这是存成表格名字的网页，里面没有数字和日期之分，都当作文字读。"
_HALVES = "有 {cells} 格的字被截掉了半个，读成“�”，照书改好。"
_TEXT_TELLS_LESS = "文本表格里没有数字和日期之分，都当作文字读；要分清，先在 Excel 里另存为 .xlsx。"


class _Source(Protocol):
    """How one family of formats is read."""

    sheet_names: tuple[str, ...]
    cannot_tell: str

    def first_rows(self, sheet: str, count: int) -> Grid: ...
    def blocks(self, names: Sequence[str], progress: Progress) -> Iterator[tuple[str, Iterator[Block]]]: ...
    def merges(self, sheet: str) -> Sequence[Merge]: ...
    def close(self) -> None: ...


class _TablesSource:
    """Sheets already read in full."""

    def __init__(self, tables: Tables, cannot_tell: str) -> None:
        self._grids = tables.grids
        self._merges = tables.merges or {}
        self.sheet_names = tables.names
        self.cannot_tell = cannot_tell + (_NO_MERGES if tables.merges is None else "")

    def first_rows(self, sheet: str, count: int) -> Grid:
        return self._grids[sheet][:count]

    def blocks(self, names: Sequence[str], progress: Progress) -> Iterator[tuple[str, Iterator[Block]]]:
        for name in names:
            progress(name)
            yield name, in_blocks(self._grids[name])

    def merges(self, sheet: str) -> Sequence[Merge]:
        return self._merges.get(sheet, ())

    def close(self) -> None:
        self._grids = {}


class OpenedWorkbook:
    """A workbook that has passed the vetting; a context manager that lets go of the file at its end."""

    def __init__(self, path: Path, source: _Source) -> None:
        self.path = path
        self._source = source

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The worksheets, visible and hidden, in order."""
        return self._source.sheet_names

    @property
    def cannot_tell(self) -> str:
        """'' or one Chinese sentence on what this format cannot tell."""
        return self._source.cannot_tell

    def first_rows(self, sheet: str, count: int) -> Grid:
        """At most the first `count` rows of a sheet, without reading all of a large one. Raises Unusable."""
        return self._source.first_rows(sheet, count)

    def grids(self, names: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[str, Grid]]:
        """Each named sheet as a whole, as `made_of`."""
        return self.made_of(names, lambda _, blocks: [*chain.from_iterable(blocks)], progress)

    def made_of(
        self, names: Sequence[str], make: Callable[[str, Iterator[Block]], T], progress: Progress | None = None
    ) -> Iterator[tuple[str, T]]:
        """What `make` makes of the rows of each named sheet, given some at a time; `progress` is told its name first.

        Raises Unusable for a sheet that cannot be read.
        """
        for name, blocks in self._source.blocks(names, progress or _silent):
            yield name, make(name, blocks)

    def merges(self, sheet: str) -> Sequence[Merge]:
        """The cells merged over several rows of a sheet `blocks` has given."""
        return self._source.merges(sheet)

    def said_of_damage(self, names: Collection[str]) -> str:
        """'' or a sentence on those of these sheets that are damaged: nothing is read from them, and yet the file is
        no whole one. Of formats that are read whole no sheet is.
        """
        if not isinstance(self._source, XlsxSource):
            return ""
        damaged = [f"“{name}”" for name in self.sheet_names if name in names and self._source.is_damaged(name)]
        return _DAMAGED.format(names="、".join(damaged)) if damaged else ""

    def edited_rows(self, sheet: str, former: "PackedPart") -> dict[int, list[CellValue]] | None:
        """The rows of a sheet that are others than in its former part, by their number; None where more was changed,
        or the format does not tell. Raises Unusable.
        """
        return self._source.edited_rows(sheet, former) if isinstance(self._source, XlsxSource) else None

    def struck_rows(self, sheet: str) -> Sequence[int]:
        """The numbers of the rows of a sheet in which something is struck through; none where the format does not tell.
        Raises Unusable.
        """
        return self._source.struck_rows(sheet) if isinstance(self._source, XlsxSource) else ()

    def coloured_rows(self, sheet: str) -> Sequence[int]:
        """The numbers of the rows of a sheet in which something is coloured; none where the format does not tell.
        Raises Unusable.
        """
        return self._source.coloured_rows(sheet) if isinstance(self._source, XlsxSource) else ()

    def imprint(self) -> "Imprint | None":
        """What the values of the sheets are made from; None for formats that are read whole. Raises Unusable."""
        return self._source.imprint() if isinstance(self._source, XlsxSource) else None

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_workbook(path: Path) -> OpenedWorkbook:
    """Open a workbook of whatever format its content says, its extension not asked.

    Raises Unusable, whose text is one Chinese sentence naming the file and what to do.
    """
    opened = OpenedWorkbook(path, _SOURCES[sniff(path)](path))
    if not opened.sheet_names:
        raise unusable(path, "里没有工作表，换成账册所在的 .xlsx 文件再试")
    return opened


def open_list(path: Path) -> OpenedWorkbook:
    """As `open_workbook`; also a web page or an XML spreadsheet, as other programs export their lists under .xls."""
    if sniff(path) is not Packing.TEXT:
        return open_workbook(path)
    from schoollib_xl.sheets.opening.plain import HALF_CHARACTER, XML_SPREADSHEET, markup_beginning

    if not (beginning := markup_beginning(path)):
        return open_workbook(path)
    refuse_if_long(path)
    tells_less = "" if XML_SPREADSHEET in beginning else _PAGE_TELLS_LESS
    tables = read_apart(path, "markup")
    cells = (value for grid in tables.grids.values() for row in grid for value in row)
    halves = sum(isinstance(value, str) and HALF_CHARACTER in value for value in cells)
    told = tells_less + (_HALVES.format(cells=halves) if halves else "")
    opened = OpenedWorkbook(path, _TablesSource(tables, told))
    if not opened.sheet_names:
        raise unusable(path, "是网页或 XML，里面没有表格，先用 Excel 打开，另存为 .xlsx 再来一次")
    return opened


def _zip_source(path: Path) -> _Source:
    parts = vetted_parts(path)
    if zip_kind(path, parts) is ZipKind.BINARY:
        return _binary_source(path)
    return XlsxSource(path, parts)


def _ole_source(path: Path) -> _Source:
    refuse_if_big(path)
    refuse_stranger_in_ole(path)
    return _binary_source(path)


def _binary_source(path: Path) -> _Source:
    refuse_if_big(path)
    return _TablesSource(read_apart(path, "calamine"), _BINARY_TELLS_LESS)


def _text_source(path: Path) -> _Source:
    from schoollib_xl.sheets.opening.plain import read_text_table

    return _TablesSource(read_text_table(path), _TEXT_TELLS_LESS)


def _silent(name: str) -> None:
    """Nobody watches."""


_SOURCES: dict[Packing, Callable[[Path], _Source]] = {
    Packing.ZIP: _zip_source,
    Packing.OLE: _ole_source,
    Packing.TEXT: _text_source,
}
