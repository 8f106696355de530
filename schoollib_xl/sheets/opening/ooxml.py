""".xlsx workbooks, read in place: which sheet is parsed when, how and by which thread."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from schoollib_xl.sheets.cells import CellValue, Grid, Merge
from schoollib_xl.sheets.opening.ahead import Ahead, Aside
from schoollib_xl.sheets.opening.extent import must_be_whole
from schoollib_xl.sheets.opening.grids import Progress, first_of, in_blocks, is_blank, without_blank_end
from schoollib_xl.sheets.opening.legend import Legend
from schoollib_xl.sheets.opening.markup import Markup, scan
from schoollib_xl.sheets.opening.package import sheet_parts, vet_index
from schoollib_xl.sheets.opening.plain_sheets import plain_sheet
from schoollib_xl.sheets.opening.quick import Garbled, QuickBook
from schoollib_xl.sheets.opening.quick_books import QuickBooks
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.repacked import top_of
from schoollib_xl.sheets.opening.sheet_values import SheetValues
from schoollib_xl.sheets.opening.silence import native_silence
from schoollib_xl.sheets.opening.stretches import Crooked, RowStretch, stretches
from schoollib_xl.sheets.opening.zip_entry import PackedPart, ZipEntry, inflated

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.imprint import Imprint
    from schoollib_xl.sheets.opening.struck import Struck

_LARGE = 1 << 20
"""Bytes of a sheet's XML from which it is looked at whether its rows are plain: to parse so many takes some 20 ms, and
to learn what styles stand for five. What smaller ones take is nothing beside the checks."""
_ASIDE_FROM = 24 << 20
"""Bytes of sheet XML from which a thread parses, with a reader of its own, while rows are made. What a thread has let
go of, others hardly use (glibc gives each a heap of its own): a school of 6,000 copies has 11 MB, and would take a
fifth more."""
_BEGUN = 2
"""Sheets of a large workbook that a thread parses, plain or not: about what it can while the others are read and become
rows. Of 50,000 copies one takes 1.05 times a raw read, two 0.93, all 1.04 and half as much processor again."""
_STRETCHED = 64 << 20
"""Bytes of a sheet's XML from which a thread takes it a stretch at a time, so that its rows are made while it is
parsed, and it is never held as a whole: 50,000 copies. At that size the largest sheet alone is left to wait for; of
smaller ones nothing is gained, and one whose cells turn out to be merged over rows is gone through twice."""
_STRETCH = 4 << 20
"""Bytes of a stretch: 3,000 copies. To open a small workbook is nothing beside parsing so many, and while their rows
are made their cells lie near the processor still."""
_TIMES_ITS_OWN = 4
"""A stretch has at least so many bytes for each that its reader reads besides, the texts that cells share above all."""
_EXCERPT_FROM = 1 << 20
"""Bytes of XML from which a sheet's first rows are an excerpt; below `_STRETCHED`, for readers lack what is above."""


class XlsxSource:
    """The worksheets of one .xlsx file."""

    cannot_tell = ""

    def __init__(self, path: Path, parts: Mapping[str, ZipEntry]) -> None:
        """Vet all parts but the sheets, which are vetted as they are read. Raises Unusable."""
        self._path = path
        self._parts = parts
        self._sheets = sheet_parts(path, parts)
        self._returns = vet_index(path, parts, self._sheets)
        self._values = SheetValues(path, self._sheets, self._returns)
        self._books = QuickBooks(path, parts, [part for part in self._sheets.values() if part.size < _STRETCHED])
        self._begun: list[str] = []
        self._ahead: Ahead[str, Iterator[Grid]] = Ahead(())
        self._parsing = Lock()
        self._silence = ExitStack()
        self._merges: dict[str, Sequence[Merge]] = {}
        self.sheet_names = tuple(self._sheets)

    def first_rows(self, sheet: str, count: int) -> Grid:
        """The first rows of a sheet; of a large one without reading the rest."""
        part = self._sheets[sheet]
        if part.size < _EXCERPT_FROM:
            return first_of(self._blocks(sheet), count)
        top = top_of(inflated(part), count)
        markup = scan(self._path, [top])
        blocks = self._values.laid_out(lambda: self._books.of_excerpt(part, [top]), sheet, markup)
        return first_of(blocks, count)

    def blocks(self, names: Sequence[str], progress: Progress) -> Iterator[tuple[str, Iterator[Grid]]]:
        """Each named sheet once, last what a thread parses while the rows of others are made. These raise Crooked where
        there is more to the sheet: `whole` has it all.
        """
        begun = [name for name in self._begun if name in names]
        unplain: list[str] = []
        with native_silence():
            for name in names:
                if name in begun:
                    continue
                progress(name)
                is_large = self._sheets[name].size >= _LARGE
                if is_large and (rows := self._plain(name)):
                    yield name, self._values.finished(in_blocks(rows))
                elif is_large and self._is_large:
                    unplain.append(name)
                else:
                    yield name, self._blocks(name)
            for name, found in self._parsed_aside(self._let_go_of(begun)):
                progress(name)
                yield name, found
            yield from self._parsed_aside(Ahead(self._works(unplain)))

    def whole(self, sheet: str) -> Iterator[Grid]:
        """The rows of one sheet, which is parsed when this is called. Raises Unusable."""
        return self._values.laid_out(lambda: self._books.of_sheet(self._sheets[sheet]), sheet, self._scanned(sheet))

    def merges(self, sheet: str) -> Sequence[Merge]:
        """The merges over several rows of a sheet whose blocks are being read."""
        return self._merges.get(sheet, ())

    def struck_rows(self, sheet: str) -> Sequence[int]:
        """The numbers of the rows of a sheet in which something is struck through. Raises Unusable."""
        return self._struck.rows(self._sheets[sheet])

    @cached_property
    def _struck(self) -> "Struck":
        from schoollib_xl.sheets.opening.struck import Struck

        return Struck(self._parts)

    def edited_rows(self, sheet: str, former: PackedPart) -> dict[int, list[CellValue]] | None:
        """The rows of a sheet that are others than in its former part, by their number; None where more was changed
        than the cells of a few rows. Raises Unusable.
        """
        from schoollib_xl.sheets.opening.edited_rows import edited_rows

        part = self._sheets[sheet]
        edited = edited_rows(former.inflated(), inflated(part))
        if not (edited and edited.numbers):
            return edited and {}
        found = self._of_excerpt(sheet, edited.xml)
        rows = {number: row for number, row in enumerate(found, 1) if number in edited.numbers}
        # Of rows that were emptied none is laid out behind the last that holds something.
        return {number: rows.get(number, []) for number in edited.numbers}

    def begin(self, meanwhile: Callable[[], None]) -> None:
        """Begin to parse the largest sheets by a thread where that is worth it, and do `meanwhile` beside that."""
        self._silence.enter_context(native_silence())
        if self._is_large:
            # The largest last: what was parsed last is also let go of first, and its memory serves for what comes.
            self._begun = sorted(self._sheets, key=lambda name: self._sheets[name].size)[-_BEGUN:]
            self._ahead = Ahead(self._works(self._begun))
            self._ahead.begin()
        meanwhile()

    def _let_go_of(self, names: list[str]) -> Ahead[str, Iterator[Grid]]:
        """What was begun, where these are its sheets; they, and others that nobody asked for, are begun no longer."""
        if not names:
            return Ahead(())
        begun, ahead = self._begun, self._ahead
        self._begun, self._ahead = [], Ahead(())
        if names == begun:
            return ahead
        ahead.end()
        return Ahead(self._works(names))

    def _parsed_aside(self, ahead: Ahead[str, Iterator[Grid]]) -> Iterator[tuple[str, Iterator[Grid]]]:
        try:
            for name, found in groupby(ahead, itemgetter(0)):
                yield name, without_blank_end(chain.from_iterable(work.result() for _, work in found))
        finally:
            ahead.end()

    def _works(self, names: Sequence[str]) -> Iterator[tuple[str, Aside[Iterator[Grid]]]]:
        """The parsing of these sheets by threads, one at a time, of each as a whole or stretch by stretch. What is
        parsed was scanned before, and its reader is opened here: a thread that wants the GIL again for every piece
        waits for it longer than it takes.
        """
        for name in names:
            try:
                for parse in self._parsings(name):
                    yield name, Aside(parse)
            except Unusable as refusal:
                yield name, Aside(partial(_refuse, refusal))
            except (Crooked, Garbled):
                yield name, Aside(partial(_refuse, Crooked()))

    def _parsings(self, name: str) -> Iterator[Callable[[], Iterator[Grid]]]:
        part = self._sheets[name]
        if part.size < _STRETCHED:
            self._books.open_aside()
            yield partial(self._parse, name, self._scanned(name))
            return
        size = max(_STRETCH, _TIMES_ITS_OWN * self._books.own_bytes)
        for stretch in stretches(self._path, inflated(part), must_be_whole, size):
            yield partial(self._parse_stretch, name, self._books.of_excerpt(part, stretch.xml), stretch)

    def _parse(self, name: str, markup: Markup) -> Iterator[Grid]:
        with self._parsing:
            return self._values.laid_out(lambda: self._books.aside, name, markup)

    def _parse_stretch(self, name: str, book: QuickBook, stretch: RowStretch) -> Iterator[Grid]:
        with self._parsing:
            return self._values.finished(stretch.laid_out(book, name))

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
        self._ahead.end()
        self._silence.close()

    @cached_property
    def _is_large(self) -> bool:
        return sum(part.size for part in self._sheets.values()) >= _ASIDE_FROM

    def _blocks(self, name: str) -> Iterator[Grid]:
        """The rows of a sheet, which is parsed when this is called."""
        return self._values.laid_out(lambda: self._books.main, name, self._scanned(name))

    def _plain(self, name: str) -> Grid | None:
        """The rows of a sheet that is nearly all plain; of others none, they are for the quick reader."""
        plain = plain_sheet(inflated(self._sheets[name]), self._legend) if self._legend else None
        if plain is None or not plain.markup.paired:
            return None
        for at, row in enumerate(self._of_excerpt(name, plain.odd) if plain.odd else ()):
            if not is_blank(row):
                # A cell may say that it stands in another row.
                if at >= len(plain.rows) or plain.rows[at]:
                    return None
                plain.rows[at] = row
        self._merges[name] = plain.markup.merges
        return plain.rows

    def _of_excerpt(self, sheet: str, xml: bytes) -> Iterator[list[CellValue]]:
        """The rows of a worksheet that has this XML in place of the sheet's. Raises Unusable."""
        part, markup = self._sheets[sheet], scan(self._path, [xml])
        return chain.from_iterable(self._values.laid_out(lambda: self._books.of_excerpt(part, [xml]), sheet, markup))

    @cached_property
    def _legend(self) -> Legend | None:
        """None where the quick reader does not tell it."""
        name, part = next(iter(self._sheets.items()))
        try:
            return Legend.told_by(self._books, part, name)
        except (Garbled, Unusable):
            return None

    def _scanned(self, name: str) -> Markup:
        markup = scan(self._path, inflated(self._sheets[name]))
        self._merges[name] = markup.merges
        return markup


def _refuse(refusal: Exception) -> Iterator[Grid]:
    raise refusal
