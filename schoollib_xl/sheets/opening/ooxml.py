""".xlsx workbooks, read in place: values by the quick reader, what it loses from the XML."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from threading import Lock, Semaphore
from time import monotonic
from typing import TYPE_CHECKING

from schoollib_xl.sheets.cells import CellValue, Grid, Merge
from schoollib_xl.sheets.opening.ahead import Aside, made_aside, one_ahead
from schoollib_xl.sheets.opening.apart import SECONDS, read_apart
from schoollib_xl.sheets.opening.cell_order import rows_in_order, written_twice
from schoollib_xl.sheets.opening.excerpt import excerpt, top_of
from schoollib_xl.sheets.opening.grids import in_blocks, with_values, without_blank_end
from schoollib_xl.sheets.opening.markup import MAX_COLUMN, MAX_ROW, Markup, scan
from schoollib_xl.sheets.opening.package import garbled, is_well_formed, refuse_encoding, sheet_parts, vet_index
from schoollib_xl.sheets.opening.quick import Garbled, QuickBook
from schoollib_xl.sheets.opening.refusing import Unusable, doubled, unsafe
from schoollib_xl.sheets.opening.repacked import repacked
from schoollib_xl.sheets.opening.silence import native_silence
from schoollib_xl.sheets.opening.zip_entry import PackedPart, ZipEntry, inflated

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.imprint import Imprint

Progress = Callable[[str], None]
_Borrow = Callable[[], AbstractContextManager[QuickBook]]

_LARGE = 1 << 20
"""Bytes of a sheet's XML that are worth being parsed while something else is done: they take some 20 ms."""
_PARSED_FIRST = 3
"""Large sheets parsed by one thread before anything is read: in a school's workbook they are what is worth it, and take
as long as scanning them and importing what reads and judges them."""
_THREADS = 2
_THREADS_FROM = 24 << 20
"""Bytes of sheet XML from which threads parse, each with a reader of its own. What a thread has let go of, others
hardly use (glibc gives each a heap of its own): a school of 6,000 copies has 11 MB, and would take a tenth more."""
_EXCERPT_FROM = 1 << 20
_MAX_HELD = 256 << 20
"""Bytes of a workbook as it lies on the disk that may be held in memory; half a million copies take 81 MB."""
_MAX_AREA = MAX_ROW * 27
"""Cells, empty ones included, that the quick reader may lay out; it takes 24 bytes for each."""


class XlsxSource:
    """The worksheets of one .xlsx file."""

    cannot_tell = ""

    def __init__(self, path: Path, parts: Mapping[str, ZipEntry]) -> None:
        """Vet all parts but the sheets, which are vetted as they are read. Raises Unusable."""
        self._path = path
        self._parts = parts
        self._sheets = sheet_parts(path, parts)
        self._returns = vet_index(parts, self._sheets)
        size = sum(part.size for part in self._sheets.values())
        self._threads = _THREADS if size >= _THREADS_FROM and _cores() > 1 else 0
        self._parsed_first = self._threads or _PARSED_FIRST
        self._free = Semaphore(self._threads)
        self._opened_readers = 0
        self._idle: list[QuickBook] = []
        self._parsed: dict[str, Iterator[Grid]] = {}
        self._begun: dict[str, Aside[Iterator[Grid]]] = {}
        self._silence = ExitStack()
        self._merges: dict[str, Sequence[Merge]] = {}
        self._apart = Lock()
        self._seconds_apart: float = SECONDS
        self.sheet_names = tuple(self._sheets)

    def first_rows(self, sheet: str, count: int) -> Grid:
        """The first rows of a sheet; of a large one without reading the rest."""
        part = self._sheets[sheet]
        if part.size < _EXCERPT_FROM:
            return _first(self._blocks(sheet), count)
        top = top_of(inflated(part), count)
        markup = scan(self._path, [top])
        blocks = self._laid_out(lambda: closing(QuickBook(excerpt(self._parts, part, top))), sheet, markup)
        return _first(blocks, count)

    def blocks(self, names: Sequence[str], progress: Progress) -> Iterator[tuple[str, Iterator[Grid]]]:
        """Each named sheet once: first what is parsed, so that its memory serves for others; last what threads parse
        while the rows of others are made.
        """
        aside = [name for name in self._large if name in names] if self._threads else []
        others = [name for name in names if name not in aside]
        with native_silence():
            for name in sorted(others, key=self._parsed.__contains__, reverse=True):
                progress(name)
                yield name, self._parsed.pop(name) if name in self._parsed else self._blocks(name)
            yield from one_ahead((name, self._ahead(name, progress)) for name in aside)

    def merges(self, sheet: str) -> Sequence[Merge]:
        """The merges over several rows of a sheet whose blocks are being read."""
        return self._merges.get(sheet, ())

    def edited_rows(self, sheet: str, former: PackedPart) -> dict[int, list[CellValue]] | None:
        """The rows of a sheet that are others than in its former part, by their number; None where more was changed
        than the cells of a few rows. Raises Unusable.
        """
        from schoollib_xl.sheets.opening.edited_rows import edited_rows

        part = self._sheets[sheet]
        edited = edited_rows(former.inflated(), inflated(part))
        if not (edited and edited.numbers):
            return edited and {}
        markup = scan(self._path, [edited.xml])
        blocks = self._laid_out(lambda: closing(QuickBook(excerpt(self._parts, part, edited.xml))), sheet, markup)
        rows = {number: row for number, row in enumerate(chain.from_iterable(blocks), 1) if number in edited.numbers}
        # Of rows that were emptied none is laid out behind the last that holds something.
        return {number: rows.get(number, []) for number in edited.numbers}

    def begin(self, meanwhile: Callable[[], None]) -> None:
        """Parse the largest sheets, and do `meanwhile` beside that. Only parsing needs no GIL, and a thread that wants
        it for every piece waits for it longer than it works: so one thread parses and one does the rest.
        """
        self._silence.enter_context(native_silence())
        sheets = self._harmless(self._large[: self._parsed_first])
        if self._threads:
            for name, markup in sheets:
                self._begun[name] = self._parsed_aside(name, markup)
            meanwhile()
            return
        with made_aside(sheets, meanwhile) as scanned:
            self._open_one()
            for name, markup in scanned:
                with suppress(Unusable):
                    self._parsed[name] = self._laid_out(self._borrowed, name, markup)

    def _harmless(self, names: Sequence[str]) -> Iterator[tuple[str, Markup]]:
        """Those of these sheets that can be parsed before anybody asks for them; what is wrong with others is met again
        by whoever asks.
        """
        for name in names:
            try:
                markup = self._scanned(name)
            except Unusable:
                continue
            if not _is_dangerous(markup):
                yield name, markup

    def _ahead(self, name: str, progress: Progress) -> Aside[Iterator[Grid]]:
        progress(name)
        return self._begun.pop(name, None) or self._parsed_aside(name, self._scanned(name))

    def _parsed_aside(self, name: str, markup: Markup) -> Aside[Iterator[Grid]]:
        """The sheet, parsed by a thread of its own as soon as a reader is free. It was scanned before, and the reader
        is opened here: a thread that wants the GIL again for every piece waits for it longer than it takes.
        """
        if self._opened_readers < self._threads:
            self._open_one()

        def parse() -> Iterator[Grid]:
            with self._free:
                return self._laid_out(self._borrowed, name, markup)

        return Aside(parse)

    def is_damaged(self, sheet: str) -> bool:
        """Whether the part of a sheet that nobody reads is not what was once written."""
        try:
            deque(inflated(self._sheets[sheet]), 0)
        except Unusable:
            return True
        return False

    def imprint(self) -> "Imprint":
        """What the values of the sheets are made from. Raises Unusable."""
        from schoollib_xl.sheets.opening.imprint import imprint

        return imprint(self._path, self._parts, self._sheets, self._returns)

    def close(self) -> None:
        """Let go of the file."""
        for sheet in self._begun.values():
            sheet.end()
        self._begun.clear()
        self._parsed.clear()
        while self._idle:
            self._idle.pop().close()
        self._silence.close()

    @contextmanager
    def _borrowed(self) -> Iterator[QuickBook]:
        """A reader nobody else is using: threads cannot share one, and each reads the shared strings anew."""
        try:
            book = self._idle.pop()
        except IndexError:
            book = self._opened()
        try:
            yield book
        finally:
            self._idle.append(book)

    def _open_one(self) -> None:
        with suppress(Garbled):  # which is met again where a sheet is parsed
            self._idle.append(self._opened())

    def _opened(self) -> QuickBook:
        """A reader of the workbook. Raises Garbled."""
        self._opened_readers += 1
        return QuickBook(self._repacked() or self._path)

    def _repacked(self) -> bytes:
        """The workbook as it is given to the readers; empty where that is too much to hold."""
        sheets = {*self._sheets.values()}
        needed = [part for name, part in self._parts.items() if name.endswith((".xml", ".rels")) or part in sheets]
        if sum(part.info.compress_size for part in needed) <= _MAX_HELD:
            with suppress(Unusable):  # of a sheet that nobody may ask for
                return repacked(needed, sheets)
        return b""

    @property
    def _large(self) -> list[str]:
        """The large sheets, the largest first; but of those that are parsed first the smallest: while it is, the others
        are scanned, or parsed while its rows are made. What was parsed last is also let go of first, and its memory
        serves for what comes.
        """
        sizes = {name: part.size for name, part in self._sheets.items() if part.size >= _LARGE}
        ordered = sorted(sizes, key=sizes.__getitem__, reverse=True)
        return [*reversed(ordered[: self._parsed_first]), *ordered[self._parsed_first :]]

    def _blocks(self, name: str) -> Iterator[Grid]:
        """The rows of a sheet, which is parsed when this is called."""
        return self._laid_out(self._borrowed, name, self._scanned(name))

    def _scanned(self, name: str) -> Markup:
        markup = scan(self._path, inflated(self._sheets[name]))
        self._merges[name] = markup.merges
        return markup

    def _laid_out(self, borrowed: _Borrow, name: str, markup: Markup) -> Iterator[Grid]:
        blocks = with_values(self._values(borrowed, name, markup), markup.lost)
        return without_blank_end(map(_without_carriage_returns, blocks) if self._returns else blocks)

    def _values(self, borrowed: _Borrow, name: str, markup: Markup) -> Iterator[Grid]:
        if markup.rows > MAX_ROW or markup.columns > MAX_COLUMN:
            raise unsafe(self._path)
        # The quick reader passes over what it does not know, and so over what stands in it.
        if not (markup.paired or is_well_formed(self._sheets[name])):
            raise garbled(self._path, self._sheets[name])
        if not markup.rising and (row := written_twice(self._path, inflated(self._sheets[name]))):
            raise doubled(self._path, name, row)
        if _is_dangerous(markup):
            return self._values_apart(name, markup)
        try:
            with borrowed() as book:
                return self._or_apart(book.blocks(name), name, markup)
        except Garbled:
            return self._values_apart(name, markup)

    def _or_apart(self, blocks: Iterator[Grid], name: str, markup: Markup) -> Iterator[Grid]:
        """The blocks, and from where the quick reader falls over the rows as they are read apart."""
        rows = 0
        try:
            for block in blocks:
                rows += len(block)
                yield block
        except Garbled:
            yield from in_blocks(islice(chain.from_iterable(self._values_apart(name, markup)), rows, None))

    def _values_apart(self, name: str, markup: Markup) -> Iterator[Grid]:
        """What the quick reader cannot read, or would need too much memory for; all of it within SECONDS."""
        refuse_encoding(self._path, self._sheets[name])
        # openpyxl drops, without a word, rows that come after a later one.
        in_order = rows_in_order(self._path, inflated(self._sheets[name]))
        if not in_order or sum(cell.column for cell in markup.lost) > _MAX_AREA:
            raise unsafe(self._path)
        with self._apart:
            began = monotonic()
            tables = read_apart(self._path, "openpyxl", [name], self._seconds_apart)
            self._seconds_apart = max(0.1, self._seconds_apart - (monotonic() - began))
        return in_blocks(tables.grids[name])


def _is_dangerous(markup: Markup) -> bool:
    """Whether the quick reader might need too much memory for the sheet."""
    return not markup.addressed or markup.rows * markup.columns > max(_MAX_AREA, markup.size // 10)


def _first(blocks: Iterator[Grid], count: int) -> Grid:
    return [*islice(chain.from_iterable(blocks), count)]


def _without_carriage_returns(grid: Grid) -> Grid:
    """Excel escapes the returns of pasted text as _x000D_, which the reader gives back as such."""
    for row in grid:
        for column, value in enumerate(row):
            if isinstance(value, str) and "\r" in value:
                row[column] = value.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return grid


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
