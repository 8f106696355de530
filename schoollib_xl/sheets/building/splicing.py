"""Rows put into a workbook that so far is only frames, in one pass and without holding them in memory."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, NamedTuple
from zipfile import ZipFile

from schoollib_xl.packages import entry, in_order
from schoollib_xl.sheets.layout import LedgerSheet

_TABLE_END = re.compile(r'( ref="A1:[A-Z]+)2"')
_DIMENSION = re.compile(r'(<dimension ref="A1:[A-Z]+)\d+"')
_PATTERN_ROW = re.compile(r'<row r="2"[^>]*>(.*?)</row>')
_BELOW_HEADER = re.compile(r'<row r="2".*?(?=</sheetData>)', re.DOTALL)
_PATTERN_CELL = re.compile(r'<c r="[A-Z]+2" s="(\d+)"')
# At some 80 bytes a cell.
_CELLS_IN_2_GB = 25_000_000
# Rows gathered before they are packed; large enough to pack well.
_ROWS_AT_ONCE = 2_000


class Frame(NamedTuple):
    """A worksheet's XML before and after its rows, and the style of each column's cells."""

    before: str
    after: str
    styles: tuple[int, ...]
    last_row: int

    @classmethod
    def of(cls, xml: str, last_row: int) -> "Frame":
        """Take a sheet apart at its pattern row."""
        below, pattern = _BELOW_HEADER.search(xml), _PATTERN_ROW.search(xml)
        assert below is not None, "a frame ends its rows"
        assert pattern is not None, "a frame has its pattern in row 2"
        before = _DIMENSION.sub(rf'\g<1>{last_row}"', xml[: below.start()])
        return cls(before, xml[below.end() :], tuple(map(int, _PATTERN_CELL.findall(pattern[1]))), last_row)

    @property
    def may_be_huge(self) -> bool:
        """Whether the part may outgrow 2 GB, which only the 64-bit form of a zip entry can hold. Excel offers
        to repair files that use it, so no other part does.
        """
        return self.last_row * len(self.styles) > _CELLS_IN_2_GB


class Splice(NamedTuple):
    """What goes into one ledger's sheet: its frame, its rows, and the last row of its table."""

    frame: Frame
    rows: Iterator[str]
    table_end: int


def frames_of(workbook: bytes, pages: Iterable[LedgerSheet]) -> list[Frame]:
    """The frames of these pages, which are the workbook's sheets from the second on."""
    with ZipFile(io.BytesIO(workbook)) as source:
        return [Frame.of(source.read(_sheet(index)).decode(), page.last_row) for index, page in enumerate(pages)]


def splice(workbook: bytes, splices: Sequence[Splice], file: IO[bytes]) -> None:
    """Write the workbook with the rows of its pages; the same content gives the same bytes."""
    sheets = {_sheet(index): piece for index, piece in enumerate(splices)}
    tables = {f"xl/tables/table{index + 1}.xml": piece.table_end for index, piece in enumerate(splices)}
    with ZipFile(io.BytesIO(workbook)) as source, ZipFile(file, "w") as target:
        for name in in_order(source.namelist()):
            if name in sheets:
                _write_sheet(target, name, sheets[name])
            elif name in tables:
                target.writestr(entry(name), _TABLE_END.sub(rf'\g<1>{tables[name]}"', source.read(name).decode()))
            else:
                target.writestr(entry(name), source.read(name))


def _write_sheet(target: ZipFile, name: str, piece: Splice) -> None:
    with target.open(entry(name), "w", force_zip64=piece.frame.may_be_huge) as part:
        part.write(piece.frame.before.encode())
        for rows in _pieces(piece.rows):
            part.write(rows)
        part.write(piece.frame.after.encode())


def _sheet(index: int) -> str:
    return f"xl/worksheets/sheet{index + 2}.xml"


def _pieces(rows: Iterator[str]) -> Iterator[bytes]:
    gathered: list[str] = []
    for row in rows:
        gathered.append(row)
        if len(gathered) == _ROWS_AT_ONCE:
            yield "".join(gathered).encode()
            gathered.clear()
    yield "".join(gathered).encode()
