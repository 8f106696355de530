""".xlsx workbooks, read in place: which sheet is parsed when and how."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from schoollib_xl.sheets.cells import Block, CellValue, ColumnBlock, Grid, Merge
from schoollib_xl.sheets.opening.grids import Progress, first_of, is_blank
from schoollib_xl.sheets.opening.markup import Markup, scan
from schoollib_xl.sheets.opening.package import sheet_parts, vet_index
from schoollib_xl.sheets.opening.plain_sheets import plain_sheet
from schoollib_xl.sheets.opening.quick_books import QuickBooks
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.repacked import top_of
from schoollib_xl.sheets.opening.sheet_values import SheetValues
from schoollib_xl.sheets.opening.silence import native_silence
from schoollib_xl.sheets.opening.zip_entry import PackedPart, ZipEntry, inflated

if TYPE_CHECKING:
    from schoollib_xl.sheets.opening.coloured import Coloured
    from schoollib_xl.sheets.opening.imprint import Imprint
    from schoollib_xl.sheets.opening.struck import Struck

_LARGE = 1 << 20
"""Bytes of a sheet's XML from which it is looked at whether its rows are plain: to parse so many takes some 20 ms. Of
smaller ones the reader takes all together, and where rows are odd a reader for each would take longer."""


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
        small = [part for part in self._sheets.values() if part.size < _LARGE]
        spare = next((one for one in self._sheets.items() if one[1].size >= _LARGE), None)
        self._books = QuickBooks(path, parts, small, spare)
        self._merges: dict[str, Sequence[Merge]] = {}
        self.sheet_names = tuple(self._sheets)

    def first_rows(self, sheet: str, count: int) -> Grid:
        """The first rows of a sheet; of a large one without reading the rest."""
        part = self._sheets[sheet]
        if part.size < _LARGE:
            return first_of(self._blocks(sheet), count)
        top = top_of(inflated(part), count)
        markup = scan(self._path, [top])
        blocks = self._values.laid_out(lambda: self._books.of_excerpt(part, [top]), sheet, markup)
        return first_of(blocks, count)

    def blocks(self, names: Sequence[str], progress: Progress) -> Iterator[tuple[str, Iterator[Block]]]:
        """Each named sheet once, in turn."""
        with native_silence():
            for name in names:
                progress(name)
                blocks = self._plain(name) if self._sheets[name].size >= _LARGE else None
                yield name, self._blocks(name) if blocks is None else self._values.finished(blocks)

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

    def coloured_rows(self, sheet: str) -> Sequence[int]:
        """The numbers of the rows of a sheet in which something is coloured. Raises Unusable."""
        return self._coloured.rows(self._sheets[sheet])

    @cached_property
    def _coloured(self) -> "Coloured":
        from schoollib_xl.sheets.opening.coloured import Coloured

        return Coloured(self._parts)

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

    def _blocks(self, name: str) -> Iterator[Block]:
        """The rows of a sheet, which is parsed when this is called."""
        part = self._sheets[name]
        book = (lambda: self._books.main) if part.size < _LARGE else (lambda: self._books.of_sheet(part))
        return self._values.laid_out(book, name, self._scanned(name))

    def _plain(self, name: str) -> list[ColumnBlock] | None:
        """The rows of a sheet that is nearly all plain; of others none, they are for the quick reader."""
        legend = self._books.legend
        plain = plain_sheet(inflated(self._sheets[name]), legend) if legend else None
        if plain is None or not plain.markup.paired:
            return None
        for number, row in enumerate(self._of_excerpt(name, plain.odd) if plain.odd else (), 1):
            if not is_blank(row):
                # A cell may say that it stands in another row.
                if number not in plain.places:
                    return None
                block, at = plain.places[number]
                block.put(at, row)
        self._merges[name] = plain.markup.merges
        return plain.blocks

    def _of_excerpt(self, sheet: str, xml: bytes) -> Iterator[list[CellValue]]:
        """The rows of a worksheet that has this XML in place of the sheet's. Raises Unusable."""
        part, markup = self._sheets[sheet], scan(self._path, [xml])
        return chain.from_iterable(self._values.laid_out(lambda: self._books.of_excerpt(part, [xml]), sheet, markup))

    def _scanned(self, name: str) -> Markup:
        markup = scan(self._path, inflated(self._sheets[name]))
        self._merges[name] = markup.merges
        return markup
