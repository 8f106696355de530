"""The quick readers of one workbook: threads cannot share one, and each reads the shared strings anew."""

from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from schoollib_xl.sheets.opening.quick import Garbled, QuickBook
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.repacked import repacked
from schoollib_xl.sheets.opening.zip_entry import ZipEntry

_MAX_HELD = 256 << 20
"""Bytes of a workbook as it lies on the disk that may be held in memory; half a million copies take 81 MB."""


class QuickReaders:
    """As many as are needed at a time, each opened once."""

    def __init__(self, path: Path, parts: Mapping[str, ZipEntry], sheets: Container[ZipEntry], threads: int) -> None:
        """`threads` may want one at a time, besides whoever asks."""
        self._path, self._parts, self._sheets = path, parts, sheets
        self._idle: list[QuickBook] = []
        self._threads, self._count = threads, 0
        self._held = b""

    @contextmanager
    def borrowed(self) -> Iterator[QuickBook]:
        """A reader nobody else is using."""
        try:
            book = self._idle.pop()
        except IndexError:
            book = self._opened()
        try:
            yield book
        finally:
            self._idle.append(book)

    def open_one(self) -> None:
        """Open one beforehand; of as many as there are threads."""
        if self._count < max(1, self._threads):
            with suppress(Garbled):  # which is met again where a sheet is parsed
                self._idle.append(self._opened())

    def close(self) -> None:
        """Let go of the file."""
        self._held = b""
        while self._idle:
            self._idle.pop().close()

    def _opened(self) -> QuickBook:
        """A reader of the workbook. Raises Garbled."""
        self._count += 1
        given = self._held or self._repacked()
        self._held = given if self._count <= self._threads else b""
        return QuickBook(given or self._path)

    def _repacked(self) -> bytes:
        """The workbook as it is given to the readers; empty where that is too much to hold."""
        needed = [
            part for name, part in self._parts.items() if name.endswith((".xml", ".rels")) or part in self._sheets
        ]
        if sum(part.info.compress_size for part in needed) <= _MAX_HELD:
            with suppress(Unusable):  # of a sheet that nobody may ask for
                return repacked(needed, self._sheets)
        return b""
