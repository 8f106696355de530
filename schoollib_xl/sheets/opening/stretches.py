"""A very large worksheet's XML as stretches of rows, each the XML of a worksheet that holds no others."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import in_blocks, with_values
from schoollib_xl.sheets.opening.markup import Lost, Markup, Scanner, Tags, at_cell_ends
from schoollib_xl.sheets.opening.quick import Garbled, QuickBook
from schoollib_xl.sheets.opening.repacked import NO_MERGES


class Crooked(Exception):
    """A worksheet that cannot be taken a stretch at a time: its rows do not rise, cells are merged over several of
    them, or it must be looked at as a whole before anything of it is parsed.
    """


class RowStretch(NamedTuple):
    """The rows of a worksheet with these numbers as the XML of one that holds no others, in pieces, and what the quick
    reader loses of them.
    """

    xml: list[bytes]
    rows: range
    lost: list[Lost]

    def laid_out(self, book: QuickBook, sheet: str) -> Iterator[Grid]:
        """The rows in blocks, from a workbook that holds them as `sheet`, which is parsed at once. Raises Crooked."""
        try:
            filled = book.filled(sheet)
        except Garbled:
            raise Crooked from None
        held = filled.numbers or self.rows[:0]
        before, after = held.start - self.rows.start, self.rows.stop - held.stop
        if before < 0 or after < 0:
            raise Crooked
        rows = chain(_blank(before), filled.rows, _blank(after))
        return with_values(in_blocks(rows), self.lost, self.rows.start)


def stretches(
    path: Path, pieces: Iterable[bytes], must_be_whole: Callable[[Markup], bool], size: int
) -> Iterator[RowStretch]:
    """The worksheet's XML, given in pieces, in stretches of about so many bytes; `must_be_whole` is asked of all
    that was seen before each. Raises Crooked and Unusable.
    """
    scanner, first, told = Scanner(), 1, 0
    for xml in _cut(at_cell_ends(path, pieces), scanner, size):
        markup, rows = scanner.result(), range(first, scanner.row + 1)
        lost = markup.lost[told:]
        if must_be_whole(markup) or any(cell.row not in rows for cell in lost):
            raise Crooked
        yield RowStretch(xml, rows, lost)
        first, told = rows.stop, len(markup.lost)
    whole = scanner.result()
    if not whole.paired or whole.merges:
        raise Crooked


def _cut(pieces: Iterable[tuple[Tags, bytes]], scanner: Scanner, size: int) -> Iterator[list[bytes]]:
    """The pieces, scanned and put together so that each has a worksheet's beginning and end, cut between two rows."""
    xml: list[bytes] = []
    head = end = b""
    held = 0
    for names, piece in pieces:
        begins_row = piece.startswith(names.row)
        if held >= size and begins_row:
            yield [*xml, end]
            xml, held = [head], 0
        scanner.look(piece, names)
        if not end:
            prefix = names.row[1:-4]
            head, end = NO_MERGES + piece, b"</%ssheetData></%sworksheet>" % (prefix, prefix)
            xml = [head]
        elif held or begins_row:
            xml.append(piece)
            held += len(piece)
        else:
            raise Crooked
    yield xml


def _blank(count: int) -> Iterator[list[CellValue]]:
    return ([] for _ in range(count))
