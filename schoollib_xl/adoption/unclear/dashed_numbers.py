"""Numbers of copies with a dash of their own (2021-3001, 3-12), as against those from one number to another."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.number_lists import SPANS, ends_of
from schoollib_xl.adoption.rows.cells import count_in


def settle_dashed_numbers(tables: Iterable[FoundTable]) -> None:
    """Note the tables whose numbers have a dash of their own: where most are written so and, read as from one to
    another, the same copy would stand on two lines or one would end before it begins. What one list of the
    school tells holds for those that do not tell.
    """
    numbered = [table for table in tables if _column(table)]
    for table in numbered:
        table.has_dashed_numbers = _tells(table)
    if any(table.has_dashed_numbers for table in numbered):
        for table in numbered:
            table.has_dashed_numbers |= not any(counted for _, _, counted in _pairs(table))


def _column(table: FoundTable) -> int:
    return next((table.columns[name] for name in ("accession_no", *sorted(SPANS)) if name in table.columns), 0)


def _tells(table: FoundTable) -> bool:
    pairs = sorted(_pairs(table))
    written = sum(bool(line.said(_column(table))) for line in table.lines)
    if 2 * len(pairs) < written or any(counted for _, _, counted in pairs):
        return False
    return any(last < first for first, last, _ in pairs) or any(
        after[0] <= before[1] for before, after in pairwise(pairs)
    )


def _pairs(table: FoundTable) -> Iterator[tuple[int, int, bool]]:
    """The two figures of each number with a dash, and whether their line counts just so many copies."""
    at, held = _column(table), table.columns.get("held", 0)
    for line in table.lines:
        if ends := ends_of(line.said(at)):
            first, last = ends
            yield first, last, bool(held) and first < last and count_in(line.cell(held)) == last - first + 1
