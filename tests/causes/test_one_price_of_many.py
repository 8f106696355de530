"""The price of a title held in one copy: where a slip as likely makes many prices of the batch, none is accused."""

from collections import Counter
from decimal import Decimal

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import SlipKind
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.rules.titles import as_title
from small_sample import tiny_sample


def _priced(pen: Pen, row: AccessionRow, price: Decimal) -> set[int]:
    """The lines of copies whose price is said to be wrong."""
    pen.change("", row, price=price)
    library = pen.ledger_set.library()
    found = causes_of(library, run(library, ALL.values())).found
    told = [one for cause in found for one in (cause.correction, *cause.others) if one.kind is SlipKind.PRICE]
    return {edit.at.line for one in told for edit in one.edits}


def _alone(pen: Pen) -> AccessionRow:
    times = Counter(map(as_title, pen.rows(AccessionRow)))
    return pen.pick(AccessionRow, lambda row: times[as_title(row)] == 1 and row.price == Decimal(26) and row.line < 500)


def test_a_digit_that_may_be_wrong_in_many_prices_accuses_none() -> None:
    clean: LedgerSet = tiny_sample()
    pen = Pen(clean, 3)
    row = _alone(pen)
    assert _priced(pen, row, Decimal(28)) == set()


def test_a_point_that_slipped_in_one_price_is_told() -> None:
    clean: LedgerSet = tiny_sample()
    pen = Pen(clean, 3)
    row = _alone(pen)
    assert _priced(pen, row, Decimal(260)) == {row.line}
