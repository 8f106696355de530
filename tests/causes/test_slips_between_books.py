"""What two books hold and one has otherwise: the cell is named, with what the other book says."""

from collections.abc import Callable

import pytest

from bench.slips_between_books import BETWEEN_BOOKS
from bench.slips_of_the_pen import Pen, Slip
from schoollib_xl.causes.correction import Change
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import Frequency
from small_sample import small_sample

_TOLD = (
    "_SummaryRow_titles",
    "_SummaryRow_batch_no",
    "_flow",
    "_CashRow_voucher_no",
    "_PeriodicalRow_amount",
    "_PeriodicalRow_price",
    "_PeriodicalRow_due_issues",
    "_CompensationRow_accession_no",
    "_LoanRow_accession_no",
    "_StocktakeRow_accession_no",
    "_StocktakeRow_counted_on",
    "_AccessionRow_accession_no",
    "_AccessionRow_title",
    "_two_cards",
)


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


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


@pytest.mark.parametrize("frequency", [Frequency.TEN_DAYS, Frequency.MONTHLY])
def test_an_issue_that_did_not_come_is_no_slip_of_the_pen(clean: LedgerSet, frequency: Frequency) -> None:
    pen = Pen(clean, 5)
    paper = pen.pick(PeriodicalRow, lambda row: row.frequency is frequency and row.missing_note is None)
    pen.change("", paper, received_issues=paper.received_issues - 1)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    assert [one.check.code for one in report.findings] == ["PER203"]
    assert causes_of(library, report).found == ()


def test_of_two_equal_numbers_in_two_books_the_one_out_of_its_order_is_named_and_the_other_beside_it(
    clean: LedgerSet,
) -> None:
    pen = Pen(clean, 5)
    entry = pen.pick(CashRow, lambda row: row.voucher_no == "SJ2026-004")
    pen.change("", entry, voucher_no="SJ2026-014")
    library = pen.ledger_set.library()
    [cause] = causes_of(library, run(library, ALL.values())).found
    assert cause.correction.edits == (Change(Cell(CashRow, entry.line, "voucher_no"), "SJ2026-004"),)
    assert Cell(CompensationRow, 10, "receipt_no") in {other.edits[0].at for other in cause.others}


@pytest.mark.parametrize(("line", "field"), [(11, "received"), (10, "spent"), (8, "spent")])
def test_an_amount_that_two_books_speak_against_is_named_and_not_the_balances(
    clean: LedgerSet, line: int, field: str
) -> None:
    pen = Pen(clean, 5)
    entry = pen.pick(CashRow, lambda row: row.line == line)
    pen.change("", entry, **{field: getattr(entry, field) + 10})
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    [cause] = causes_of(library, report).found
    assert cause.correction.edits == (Change(Cell(CashRow, line, field), getattr(entry, field)),)
    assert len(cause.explains) == len(report.findings) == 2
