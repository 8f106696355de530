"""Copies under the number of another batch: 总括登记号 drawn on too far, or one put for another throughout."""

from collections.abc import Iterator

from schoollib_xl.causes.amounts import as_number
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.stock.batches import stated_range
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow

# One copy may be of either batch by a slip in any of its cells: the sums tell (copies.py).
_LEAST = 2


def copies_misbatched(course: Course) -> None:
    """Name all copies that a batch lacks, where as many with numbers of its range are entered under other numbers."""
    for correction in list(_into_their_range(course)):
        course.accept([correction], at_least=_LEAST)


def _into_their_range(course: Course) -> Iterator[Correction]:
    library = course.trial.library
    found = course.open_findings().values()
    lines = {one.at.line for one in found if (one.at.row_type, one.at.field) == (SummaryRow, "copies")}
    numbered = [(as_number(copy.accession_no) or 0, copy) for copy in library[AccessionRow]] if lines else []
    for batch in library[SummaryRow]:
        numbers = stated_range(batch) if batch.line in lines else None
        if numbers is None or len(numbers) != batch.copies:
            continue
        course.effort.spend(len(numbered))
        copies = [copy for number, copy in numbered if number in numbers]
        strays = [copy for copy in copies if copy.batch_no != batch.batch_no]
        # Where 总括登记账 lacks the number they bear, its own may be what is wrong.
        are_known = all(copy.batch_no in library.batches for copy in strays)
        if are_known and len(copies) == batch.copies and len(strays) >= _LEAST:
            slip = Slip.NUMBER_IN_RANGE
            yield Correction(SlipKind.COLUMN, tuple(_entered_here(library, batch, strays)), slip, slip.cost)


def _entered_here(library: Library, batch: SummaryRow, strays: list[AccessionRow]) -> Iterator[Change]:
    """The copies with the number of the batch; with its day where they have that of the other."""
    for copy in strays:
        yield Change(Cell(AccessionRow, copy.line, "batch_no"), batch.batch_no)
        other = library.batches[copy.batch_no]
        if copy.accessioned_on == other.registered_on != batch.registered_on:
            yield Change(Cell(AccessionRow, copy.line, "accessioned_on"), batch.registered_on)
