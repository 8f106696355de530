"""The price of a title held in one copy: where a slip as likely makes many prices of the batch, none is accused."""

from collections import Counter
from decimal import Decimal

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Change, SlipKind
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.rules.titles import as_title
from schoollib_xl.wording.checking.causes import what_to_do
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


def test_a_point_that_slipped_in_all_prices_of_a_batch_is_one_cause() -> None:
    pen = Pen(tiny_sample(), 3)
    batches = Counter(row.batch_no for row in pen.rows(AccessionRow)).most_common()
    batch = next(name for name, copies in batches if copies < 200)
    lines = {row.line: row.price for row in pen.rows(AccessionRow) if row.batch_no == batch}
    for row in [row for row in pen.rows(AccessionRow) if row.line in lines]:
        pen.change("", row, price=row.price * 10)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    first, *_ = causes_of(library, report).found
    assert first.correction.kind is SlipKind.BATCH_PRICES
    assert {edit.at.line: edit.should for edit in first.correction.edits if isinstance(edit, Change)} == lines
    said = what_to_do(library, first.correction)
    assert said.startswith("个别登记账!M")
    assert f"“单价”这 {len(lines)} 格都除以 10，如 " in said


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_copies_that_came_together_the_one_is_told_that_the_sums_are_against(which: int) -> None:
    pen = Pen(tiny_sample(), 3)
    pairs = grouped((row for row in pen.rows(AccessionRow) if not row.withdrawn_on), as_title).values()
    pair = next(pair for pair in pairs if len(pair) == 2 and pair[0].batch_no == pair[1].batch_no)
    assert pair[which].price
    assert _priced(pen, pair[which], pair[which].price + 10) == {pair[which].line}
