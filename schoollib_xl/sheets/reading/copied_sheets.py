"""A sheet copied inside the workbook (借阅登记账 (2)): named like a further page of its ledger, and none."""

from collections.abc import Sequence
from itertools import combinations

from schoollib_xl.ledgers.table import Oddity, OddPlace
from schoollib_xl.sheets.reading.rows import PartRead

# Fewer rows written twice are slips, told of one by one where they stand.
_FEWEST = 5


def without_copies(parts: Sequence[PartRead]) -> list[PartRead]:
    """The sheets of one ledger in their order; of two that share most of their rows the shorter one, of two alike
    the later, holds nothing and is said to be doubled.
    """
    if len(parts) == 1:
        return list(parts)
    contents = [frozenset(row[1:] for row in read.rows) for read in parts]
    copies = {
        min(pair, key=lambda index: (len(parts[index].rows), -index))
        for pair in combinations(range(len(parts)), 2)
        if _are_alike(*(contents[index] for index in pair))
    }
    return [_emptied(read) if index in copies else read for index, read in enumerate(parts)]


def _are_alike(one: frozenset[object], other: frozenset[object]) -> bool:
    shared = len(one & other)
    return shared >= _FEWEST and 2 * shared > min(len(one), len(other))


def _emptied(read: PartRead) -> PartRead:
    return PartRead(read.part, [], [], [], [OddPlace(Oddity.DOUBLED_SHEET, 0, read.part.sheet_name)], {}, [])
