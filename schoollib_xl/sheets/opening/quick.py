"""The quick reader: python-calamine kept to what we need, its failures made into one exception."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from schoollib_xl.sheets.cells import CellValue, Grid, Merge
from schoollib_xl.sheets.opening.grids import WIDE, in_blocks, narrowed, trimmed
from schoollib_xl.sheets.opening.silence import native_silence

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_READ_BY_NAME = {".xlsx", ".xlsm"}


class Garbled(Exception):
    """The quick reader can make nothing of a workbook or of one of its sheets."""


class WantsPassword(Garbled):
    """The workbook is encrypted."""


def can_be_named(path: Path) -> bool:
    """Whether the native reader can be told the file by its name: one that is not of the system's encoding it
    cannot; such a file is opened for it.
    """
    try:
        str(path).encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        return False
    return True


class QuickBook:
    """One workbook in the quick reader."""

    def __init__(self, source: Path | bytes) -> None:
        """Open a file, or one held in memory, by its content. Raises Garbled."""
        from python_calamine import CalamineWorkbook

        with _guarded():
            if isinstance(source, bytes):
                self._book = CalamineWorkbook.from_filelike(BytesIO(source))
            elif source.suffix.lower() in _READ_BY_NAME and can_be_named(source):
                # Read as needed; from_filelike would hold the whole file in memory.
                self._book = CalamineWorkbook.from_path(source)
            else:
                with source.open("rb") as file:
                    self._book = CalamineWorkbook.from_filelike(file)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The worksheets, visible and hidden, in order; charts and macro sheets hold no rows."""
        from python_calamine import SheetTypeEnum

        return tuple(s.name for s in self._book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet)

    def blocks(self, name: str) -> Iterator[Grid]:
        """Every row of a sheet, from A1. The sheet is parsed at once, and its cells become Python's own block by
        block. Raises Garbled, now or later.
        """
        with _guarded():
            return _blocks(self._book.get_sheet_by_name(name))

    def whole(self, name: str) -> tuple[Grid, Sequence[Merge] | None]:
        """The rows of a sheet to the last that is filled, and its cells merged over several rows; None where this
        reader cannot tell these for the format. Raises Garbled.
        """
        with _guarded():
            sheet = self._book.get_sheet_by_name(name)
            merges = sheet.merged_cell_ranges
        return trimmed(row for block in _blocks(sheet) for row in block), None if merges is None else _tall(merges)

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()


def _tall(merges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Sequence[Merge]:
    return [Merge(first + 1, column + 1, last + 1) for (first, column), (last, _) in merges if first < last]


def _blocks(sheet: "CalamineSheet") -> Iterator[Grid]:
    before: list[CellValue] = [""] * (sheet.start or (0, 0))[1]
    rows = cast(Iterator[list[CellValue]], sheet.iter_rows())
    blocks = in_blocks([*before, *row] for row in rows) if before else in_blocks(rows)
    while True:
        with _guarded():
            block = next(blocks, None)
        if block is None:
            return
        yield [narrowed(row) for row in block] if sheet.width > WIDE else block


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn every way in which the native reader fails into Garbled, without a word on stderr."""
    from python_calamine import PasswordError

    try:
        with native_silence():
            yield
    except PasswordError as error:
        raise WantsPassword from error
    except BaseException as error:
        # A Rust panic is no Exception; KeyboardInterrupt and the like are not the reader's.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Garbled from error
        raise
