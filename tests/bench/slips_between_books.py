"""Slips for the sample school that no sum of copies shows: what two books hold and one of them has otherwise."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bench.slips_of_the_pen import Pen, Slip, key_cell, wrong_figure
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import Flow, ReaderKind, Settlement, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def _wrong(kind: str, row_type: type[Any], field: str, holds: Callable[[Any], bool] = bool) -> Callable[[Pen], Slip]:
    def plant(pen: Pen) -> Slip:
        row = pen.pick(row_type, lambda row: getattr(row, field) is not None and holds(row))
        value = getattr(row, field)
        wrong = value
        while wrong == value:
            wrong = _misspelt(pen, value)
        return pen.change(kind, row, **{field: wrong})

    plant.__name__ = f"_{row_type.__name__}_{field}"
    return plant


def _misspelt(pen: Pen, value: Any) -> Any:
    if isinstance(value, date):
        return value.replace(year=value.year + pen.rng.choice((1, -1)))
    if isinstance(value, str):
        return _another_digit(pen, value)
    return wrong_figure(pen.rng, value)


def _another_digit(pen: Pen, text: str) -> str:
    """One digit otherwise, or two exchanged; without digits, one character doubled."""
    at = [index for index, char in enumerate(text) if char.isdigit()]
    if not at:
        return text + text[-1]
    letters, index = list(text), pen.rng.choice(at[-3:])
    letters[index] = str((int(letters[index]) + pen.rng.randint(1, 9)) % 10)
    return "".join(letters)


def _source(pen: Pen) -> Slip:
    row = pen.pick(SummaryRow, lambda row: row.source in (SourceOrDestination.PURCHASE, SourceOrDestination.DONATION))
    both = {SourceOrDestination.PURCHASE, SourceOrDestination.DONATION} - {row.source}
    return pen.change("source of a batch", row, source=both.pop())


def _flow(pen: Pen) -> Slip:
    row = pen.pick(SummaryRow, lambda row: row.flow is Flow.OUT)
    return pen.change("in or out", row, flow=Flow.IN)


def _class_of_reader(pen: Pen) -> Slip:
    row = pen.pick(ReaderRow, lambda row: row.kind is ReaderKind.PUPIL and row.stopped_on is None)
    other = pen.rng.choice([one.class_name for one in pen.rows(ClassRow) if one.class_name != row.class_name])
    return pen.change("roster", row, class_name=other)


def _two_cards(pen: Pen) -> Slip:
    row = pen.pick(ReaderRow, lambda row: row.kind is ReaderKind.PUPIL and row.stopped_on is None)
    last = pen.rows(ReaderRow)[-1]
    again = row._replace(line=last.line + 1, reader_no=f"S{int(row.reader_no[1:]) + 5000:04}")
    pen.rows(ReaderRow).append(again)
    return Slip("pupil with two cards", frozenset({key_cell(row), key_cell(again)}))


def _reader_missing(pen: Pen) -> Slip:
    lent = {row.reader_no for row in pen.rows(LoanRow)}
    return pen.drop("reader missing", pen.pick(ReaderRow, lambda row: row.reader_no in lent))


BETWEEN_BOOKS: tuple[Callable[[Pen], Slip], ...] = (
    _wrong("titles of a batch", SummaryRow, "titles", lambda row: row.flow is not Flow.OPENING),
    _wrong("paid for a batch", SummaryRow, "paid_value"),
    _wrong("range of a batch", SummaryRow, "first_no"),
    _wrong("range of a batch", SummaryRow, "last_no"),
    _wrong("number of a batch", SummaryRow, "batch_no", lambda row: row.flow is not Flow.OPENING),
    _wrong("day of a withdrawal batch", SummaryRow, "registered_on", lambda row: row.flow is Flow.OUT),
    _source,
    _flow,
    _wrong("voucher in 经费", CashRow, "voucher_no"),
    _wrong("subscription", PeriodicalRow, "amount"),
    _wrong("subscription", PeriodicalRow, "copies"),
    _wrong("subscription", PeriodicalRow, "price"),
    _wrong("subscription", PeriodicalRow, "due_issues"),
    _wrong("compensation", CompensationRow, "price"),
    _wrong("compensation", CompensationRow, "owed", lambda row: row.owed),
    _wrong("compensation", CompensationRow, "paid", lambda row: row.settlement is Settlement.PAYMENT and row.paid),
    _wrong("compensation", CompensationRow, "accession_no"),
    _wrong("withdrawal", WithdrawalRow, "price"),
    _wrong("withdrawal", WithdrawalRow, "withdrawn_on"),
    _wrong("loan", LoanRow, "due_on"),
    _wrong("loan", LoanRow, "lent_on"),
    _wrong("loan", LoanRow, "accession_no"),
    _wrong("loan", LoanRow, "reader_no"),
    _wrong("number of a copy", AccessionRow, "accession_no"),
    _wrong("title of a copy", AccessionRow, "title"),
    _wrong("day of a copy", AccessionRow, "accessioned_on"),
    _wrong("scan", StocktakeRow, "counted_on"),
    _wrong("scan", StocktakeRow, "accession_no"),
    _wrong("pupils of a class", ClassRow, "pupils"),
    _class_of_reader,
    _two_cards,
    _reader_missing,
)
