"""Prices of a whole batch typed with the point in another place: all copies cost ten times as much, or a tenth."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import cost_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow

_TIMES = (Decimal(10), Decimal("0.1"))
_CENT = Decimal("0.01")
# One copy priced so is a slip of one cell, two may be as well.
_LEAST = 3


def batches_priced_tenfold(course: Course) -> None:
    """Name all prices of a batch that together are ten times its 码洋, or a tenth of it, as one cause."""
    found = course.open_findings().values()
    lines = {one.at.line for one in found if (one.at.row_type, one.at.field) == (SummaryRow, "list_value")}
    for correction in list(_priced_tenfold(course.trial.library, sorted(lines))):
        course.accept([correction], at_least=2)


def _priced_tenfold(library: Library, lines: Iterable[int]) -> Iterator[Correction]:
    for line in lines:
        batch = library[SummaryRow].row_at(line)
        if not isinstance(batch, SummaryRow):
            continue
        prices = {
            copy: copy.price for copy in library.copies_by_batch.get(batch.batch_no, []) if copy.price is not None
        }
        for times in _TIMES:
            if len(prices) >= _LEAST and sum(prices.values()) == batch.list_value * times:
                yield _divided(prices, times)


def _divided(prices: dict[AccessionRow, Decimal], times: Decimal) -> Correction:
    edits = (
        Change(Cell(AccessionRow, copy.line, "price"), (price / times).quantize(_CENT))
        for copy, price in prices.items()
    )
    return Correction(SlipKind.BATCH_PRICES, tuple(edits), Slip.TENFOLD, cost_of(Slip.TENFOLD))
