"""The values of worksheets: by the quick reader, what it loses from the XML, what it cannot be given apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from schoollib_xl.sheets.cells import Block, Grid
from schoollib_xl.sheets.opening.apart import SECONDS, read_apart
from schoollib_xl.sheets.opening.extent import MAX_AREA, is_beyond, is_dangerous, rows_in_order, written_twice
from schoollib_xl.sheets.opening.grids import in_blocks, with_values, without_blank_end, without_carriage_returns
from schoollib_xl.sheets.opening.markup import Markup
from schoollib_xl.sheets.opening.package import is_well_formed
from schoollib_xl.sheets.opening.quick import Garbled, QuickBook
from schoollib_xl.sheets.opening.refusing import damaged, doubled, unsafe
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated

_Open = Callable[[], QuickBook]


class SheetValues:
    """The values of one workbook's sheets; `returns`: whether its texts may hold carriage returns."""

    def __init__(self, path: Path, sheets: Mapping[str, ZipEntry], returns: bool) -> None:
        self._path = path
        self._sheets = sheets
        self._returns = returns
        self._seconds_apart: float = SECONDS

    def laid_out(self, open_book: _Open, name: str, markup: Markup) -> Iterator[Block]:
        """The rows of a sheet of this markup, read in a book that is opened when it can be. Raises Unusable."""
        return self.finished(with_values(self._values(open_book, name, markup), markup.lost))

    def finished(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Rows as they are handed on, without blank ones at the end."""
        return without_blank_end(map(without_carriage_returns, blocks) if self._returns else blocks)

    def _values(self, open_book: _Open, name: str, markup: Markup) -> Iterator[Grid]:
        if is_beyond(markup):
            raise unsafe(self._path)
        # The quick reader passes over what it does not know, and so over what stands in it.
        if not (markup.paired or is_well_formed(self._sheets[name])):
            raise damaged(self._path)
        if not markup.rising and (row := written_twice(self._path, inflated(self._sheets[name]))):
            raise doubled(self._path, name, row)
        if is_dangerous(markup):
            return self._values_apart(name, markup)
        try:
            return self._or_apart(open_book().blocks(name), name, markup)
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
        """What the quick reader cannot read, or would need too much memory for; all of it within SECONDS of work."""
        # openpyxl drops, without a word, rows that come after a later one.
        in_order = rows_in_order(self._path, inflated(self._sheets[name]))
        if not in_order or sum(cell.column for cell in markup.lost) > MAX_AREA:
            raise unsafe(self._path)
        tables = read_apart(self._path, "openpyxl", [name], self._seconds_apart)
        self._seconds_apart = max(0.1, self._seconds_apart - tables.seconds)
        return in_blocks(tables.grids[name])
