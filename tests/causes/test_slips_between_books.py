"""What two books hold and one has otherwise: the cell is named, with what the other book says."""

from collections.abc import Callable

import pytest

from bench.slips_between_books import BETWEEN_BOOKS
from bench.slips_of_the_pen import Pen, Slip
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.samples.year import clean_school

_TOLD = (
    "_SummaryRow_titles",
    "_SummaryRow_batch_no",
    "_flow",
    "_PeriodicalRow_amount",
    "_CompensationRow_accession_no",
    "_LoanRow_accession_no",
    "_StocktakeRow_accession_no",
    "_AccessionRow_title",
    "_two_cards",
)


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


@pytest.mark.parametrize("name", _TOLD)
def test_the_first_cause_names_the_cell(clean: LedgerSet, name: str) -> None:
    plants: dict[str, Callable[[Pen], Slip]] = {plant.__name__: plant for plant in BETWEEN_BOOKS}
    pen = Pen(clean, 5)
    slip = plants[name](pen)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    causes = causes_of(library, report)
    assert causes.complete
    assert slip.is_named_by(causes.found[0].correction)
    assert len(causes.found) == 1
