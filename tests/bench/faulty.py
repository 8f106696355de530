"""A sample school of any size in which the faults that the contenders know are planted, many of each.

python tests/bench/faulty.py school faulty-school.xlsx
"""

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.samples.faults import Pages
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook

# One copy or loan in so many carries each fault. Of one that many lines make a habit, told once, a sheet has so many.
_RARITY, _OF_A_HABIT = 1009, 4

Edit = Callable[[Any], dict[str, Any]]

_COPY_FAULTS: tuple[Edit, ...] = (
    lambda copy: {"accession_no": f"{int(copy.accession_no) - 1:06}"},
    lambda copy: {"batch_no": f"2019-{copy.line % 1000:03}"},
    lambda copy: {"price": copy.price + Decimal("0.01")},
    lambda copy: {"class_no": "Z228"},
    lambda copy: {"withdrawn_on": copy.accessioned_on.replace(year=2026, month=3, day=2)},
)
_LOAN_FAULTS: tuple[Edit, ...] = (
    lambda loan: {"accession_no": f"9{loan.accession_no[1:]}"},
    lambda loan: {"reader_no": f"X{loan.reader_no[1:]}"},
    lambda loan: {"due_on": loan.due_on + timedelta(3)},
    lambda loan: {"returned_on": loan.lent_on - timedelta(2)},
    lambda loan: {"outcome": None},
    lambda loan: {"returned_on": None, "outcome": None},
    lambda loan: {"lent_on": loan.lent_on - timedelta(70)},
    lambda loan: {"outcome": LoanOutcome.RETURNED, "returned_on": loan.lent_on + timedelta(60)},
)
_HABITS: tuple[Edit, ...] = (lambda loan: {"returned_on": None},)
_BATCH_FAULTS: tuple[Edit, ...] = (lambda batch: {"copies": batch.copies + 1}, lambda batch: {"I": (batch.I or 0) + 2})
_CLASS_FAULTS: tuple[Edit, ...] = (
    lambda row: {"closing_copies": row.closing_copies + 1},
    lambda row: {"opening_value": row.opening_value + 5},
    lambda row: {"opening_copies": row.opening_copies + 2},
)


def with_many_faults(clean: LedgerSet) -> LedgerSet:
    """The school with every fault planted at regular distances; the set of ledgers given is left as it is."""
    pages = Pages(clean)
    _plant(pages, clean.rows[AccessionRow], _COPY_FAULTS, _RARITY)
    _plant(pages, clean.rows[LoanRow], _LOAN_FAULTS, _RARITY)
    _plant(pages, clean.rows[LoanRow], _HABITS, len(clean.rows[LoanRow]) // (_OF_A_HABIT + 1) + 1)
    _plant(pages, clean.rows[SummaryRow], _BATCH_FAULTS, 7)
    _plant(pages, clean.rows[ClassificationRow], _CLASS_FAULTS, 11)
    _plant(pages, _copies_written_off(clean), (lambda copy: {"withdrawn_on": None, "withdrawal_no": None},), 40)
    _plant(pages, _loans_of_copies_written_off(clean), (lambda loan: {"returned_on": None, "outcome": None},), 5)
    return pages.ledger_set


def _copies_written_off(clean: LedgerSet) -> list[AccessionRow]:
    return [copy for copy in clean.rows[AccessionRow] if copy.withdrawn_on]


def _loans_of_copies_written_off(clean: LedgerSet) -> list[LoanRow]:
    numbers = {copy.accession_no for copy in _copies_written_off(clean)}
    return [loan for loan in clean.rows[LoanRow] if loan.accession_no in numbers]


def _plant(pages: Pages, rows: Sequence[Any], faults: Sequence[Edit], rarity: int) -> None:
    step = max(1, rarity // len(faults))
    for turn, row in enumerate(rows[step::step]):
        pages.edit(row, **faults[turn % len(faults)](row))


if __name__ == "__main__":
    write_workbook(with_many_faults(clean_school(size=Size(sys.argv[1]))), Path(sys.argv[2]))
