"""Days of a page, a batch or a book all years off, and money in another unit: one cause, and its every cell."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, SlipKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.causes import what_to_do

Wrong = Callable[[Any], Any]


def _of_a_batch(pen: Pen) -> list[Any]:
    batch = next(row for row in pen.rows(SummaryRow) if row.flow is Flow.IN and row.copies > 20)
    return [row for row in pen.rows(AccessionRow) if row.batch_no == batch.batch_no]


def _page(pen: Pen) -> list[Any]:
    return pen.rows(AccessionRow)[200:230]


def _last_lines(pen: Pen) -> list[Any]:
    return pen.rows(CashRow)[-4:]


def _withdrawals(pen: Pen) -> list[Any]:
    return list(pen.rows(WithdrawalRow))


def _batches(pen: Pen) -> list[Any]:
    return list(pen.rows(SummaryRow))


def _copies(pen: Pen) -> list[Any]:
    return list(pen.rows(AccessionRow))


def _years(by: int) -> Wrong:
    def wrong(day: date) -> date:
        return day.replace(year=day.year + by)

    return wrong


def _times(by: int) -> Wrong:
    def wrong(money: Decimal) -> Decimal:
        return money * by

    return wrong


def _paid(discount: str) -> Wrong:
    def wrong(money: Decimal) -> Decimal:
        return (money * Decimal(discount)).quantize(Decimal("0.01"), ROUND_HALF_UP)

    return wrong


@pytest.mark.parametrize(
    ("rows_of", "field", "wrong", "said"),
    [
        (_of_a_batch, "accessioned_on", _years(-100), "年份都加 100"),
        (_of_a_batch, "accessioned_on", _years(-2000), "年份都加 2000"),
        (_of_a_batch, "accessioned_on", _years(1), "年份都减 1"),
        (_page, "accessioned_on", _years(-100), "年份都加 100"),
        (_last_lines, "booked_on", _years(-1), "年份都加 1"),
        (_of_a_batch, "price", _times(100), "都除以 100"),
        (_of_a_batch, "price", _paid("0.75"), "都除以 0.75"),
        (_of_a_batch, "price", _paid("0.68"), "都除以 0.68"),
        (_of_a_batch, "price", _paid("0.7"), "都除以 0.7"),
        (_page, "price", _times(10), "都除以 10"),
        (_copies, "price", _times(100), "都除以 100"),
        (_batches, "list_value", _times(100), "都除以 100"),
        (_withdrawals, "price", _times(100), "都除以 100"),
    ],
)
def test_a_column_wrong_in_one_way_is_one_cause(
    pen: Pen, rows_of: Callable[[Pen], list[Any]], field: str, wrong: Wrong, said: str
) -> None:
    right = {
        Change(Cell(type(row), row.line, field), getattr(row, field)) for row in rows_of(pen) if getattr(row, field)
    }
    for row in rows_of(pen):
        if getattr(row, field):
            pen.change("", row, **{field: wrong(getattr(row, field))})
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.kind in (SlipKind.COLUMN, SlipKind.BATCH_PRICES)
    assert set(cause.correction.edits) == right
    assert len(cause.explains) == len(report.findings)
    assert f"格{said}，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_of_two_batches_as_they_were_paid_each_is_a_cause(pen: Pen) -> None:
    batches = [row.batch_no for row in pen.rows(SummaryRow) if row.flow is Flow.IN and row.copies > 20][:2]
    copies = [row for row in pen.rows(AccessionRow) if row.batch_no in batches and row.price]
    right = {Change(Cell(AccessionRow, row.line, "price"), row.price) for row in copies}
    for row in copies:
        pen.change("", row, price=_paid("0.75")(row.price))
    report, causes = explained(pen.ledger_set)
    assert {edit for cause in causes for edit in cause.correction.edits} == right
    assert {index for cause in causes for index in cause.explains} == set(range(len(report.findings)))


def test_the_calendar_of_last_year_is_not_to_be_written_into_this_one(pen: Pen) -> None:
    for row in list(pen.rows(CalendarRow)):
        pen.change("", row, starts_on=_years(-1)(row.starts_on), ends_on=_years(-1)(row.ends_on))
    report, causes = explained(pen.ledger_set)
    assert report.findings
    assert causes == ()


def test_a_batch_a_year_early_does_not_open_the_books_again(pen: Pen) -> None:
    batch = next(row for row in pen.rows(SummaryRow) if row.flow is Flow.IN)
    pen.change("", batch, registered_on=_years(-1)(batch.registered_on))
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(SummaryRow, batch.line, "registered_on"), batch.registered_on),)


def test_of_price_and_copies_the_one_unlike_other_papers_is_wrong(pen: Pen) -> None:
    papers = pen.rows(PeriodicalRow)
    row = next(
        row
        for row in papers
        if row.copies == 1 and row.price % 10 == 0 and not any(_is_like(row, one) for one in papers)
    )
    pen.change("", row, price=row.price / 10)
    _, causes = explained(pen.ledger_set)
    assert {edit.at.field for cause in causes for edit in cause.correction.edits} <= {"price"}


def _is_like(row: PeriodicalRow, other: PeriodicalRow) -> bool:
    return row is not other and row.title == other.title


def test_money_booked_a_month_after_it_was_settled_accuses_neither_book_for_the_other(pen: Pen) -> None:
    row = next(row for row in pen.rows(CashRow) if row.received and row.voucher_no.startswith("SJ"))
    pen.change("", row, booked_on=row.booked_on.replace(month=row.booked_on.month % 12 + 1))
    _, causes = explained(pen.ledger_set)
    assert all(edit.at.row_type is CashRow for cause in causes for edit in cause.correction.edits)


def test_the_number_of_a_batch_drawn_on_into_the_next_is_one_cause(pen: Pen) -> None:
    batch = next(row for row in pen.rows(SummaryRow) if row.flow is Flow.IN and row.copies > 20)
    rows = [row for row in pen.rows(AccessionRow) if row.batch_no == batch.batch_no][:7]
    above = pen.rows(AccessionRow)[pen.rows(AccessionRow).index(rows[0]) - 1]
    for row in rows:
        pen.change("", row, batch_no=above.batch_no)
    report, [cause] = explained(pen.ledger_set)
    right = {Change(Cell(AccessionRow, row.line, "batch_no"), batch.batch_no) for row in rows}
    assert set(cause.correction.edits) == right
    assert len(cause.explains) == len(report.findings)


def test_a_due_date_that_was_drawn_down_and_counted_on_is_one_cause(pen: Pen) -> None:
    rows = [row for row in pen.rows(LoanRow) if row.is_personal]
    first = next(index for index in range(300, len(rows)) if len({row.due_on for row in rows[index : index + 8]}) == 1)
    drawn = rows[first : first + 8]
    for by, row in enumerate(drawn):
        pen.change("", row, due_on=row.due_on + timedelta(by))
    _, [cause] = explained(pen.ledger_set)
    right = {Change(Cell(LoanRow, row.line, "due_on"), row.due_on) for row in drawn[1:]}
    assert set(cause.correction.edits) == right


def test_no_word_that_is_none_is_proposed_for_another_book(pen: Pen) -> None:
    for row in pen.rows(AccessionRow)[:400]:
        pen.change("", row, class_no="ZZZ9")
    _, causes = explained(pen.ledger_set)
    told = [one for cause in causes for one in (cause.correction, *cause.others)]
    assert not any(isinstance(edit, Change) and edit.should == "ZZZ9" for one in told for edit in one.edits)
