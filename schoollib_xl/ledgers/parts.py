"""The Excel sheets of a ledger: where each has its columns, and which the ledger has with all of them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.ledgers.schema import DeclaredSheet


class Part(NamedTuple):
    """One Excel sheet of a ledger: its name, its header's row and the column of each field (both from 1), and by row
    the columns of each header further down that orders them otherwise; none where what is below was not read.
    """

    sheet_name: str
    header_row: int
    columns: dict[str, int]
    below: dict[int, dict[str, int]]

    def at(self, row: int) -> "Part":
        """The sheet as the header above this row has it."""
        above = max((header for header in self.below if header < row), default=None)
        return self if above is None else self._replace(columns=self.below[above])

    def stretches(self, first: int, last: int) -> Iterator[tuple[int, int, Mapping[str, int]]]:
        """The rows from first to last below each header, where something was read, with their columns."""
        headers = [(self.header_row, self.columns), *sorted(self.below.items()), (last + 1, {})]
        for (above, columns), (after, _) in pairwise(headers):
            start, end = max(first, above + 1), min(last, after - 1)
            if columns and start <= end:
                yield start, end, columns


def laid_as_declared(declared: DeclaredSheet) -> Part:
    """The sheet as this program lays it: a header in row 1, every column in its place."""
    return Part(declared.name, 1, declared.positions, {})


def columns_there(declared: DeclaredSheet, parts: Sequence[Part]) -> frozenset[str]:
    """The columns that a ledger has: those that stand on each of its sheets, and of those that may be blank the ones
    that stand on one.
    """
    sheets = [frozenset(part.columns) for part in parts] or [frozenset[str]()]
    may_be_blank = (field.name for field in declared.fields if field.nullable)
    return frozenset.intersection(*sheets).union(frozenset.union(*sheets).intersection(may_be_blank))
