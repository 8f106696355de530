"""One gesture of the hand on many lines is one cause with what stood there before: typed again, drawn down, exchanged,
counted on from another number, letters for figures, last year's roster.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Cause, Change, Slip, SlipKind
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow
from schoollib_xl.ledgers.vocabulary import Flow, LoanMode, LoanOutcome, ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.causes import what_to_do

_GRADES = "一二三四五六"


def _rewritten(pen: Pen, rows: list[Any], **otherwise: Callable[[Any], Any]) -> dict[Cell, Any]:
    """What stood in the cells that are written otherwise."""
    before: dict[Cell, Any] = {}
    for row in rows:
        values = {name: new for name, say in otherwise.items() if (new := say(row)) != getattr(row, name)}
        before |= {Cell(type(row), row.line, name): getattr(row, name) for name in values}
        if values:
            pen.change("", row, **values)
    return before


def _the_cause(pen: Pen, before: dict[Cell, Any], slip: Slip) -> Cause:
    """The one cause, which puts back what stood there and settles all."""
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is slip
    assert {edit.at: edit.should for edit in cause.correction.edits if isinstance(edit, Change)} == before
    assert len(cause.explains) == len(report.findings) > 1
    return cause


def _personal(pen: Pen, many: int) -> list[LoanRow]:
    """Loans to persons on lines below each other, all of them back."""
    rows = pen.rows(LoanRow)
    pages = (rows[first : first + many] for first in range(900, len(rows)))
    return next(page for page in pages if all(row.is_personal and row.returned_on for row in page))


def test_a_page_of_loans_typed_again_under_other_numbers_is_one_cause(pen: Pen) -> None:
    last = pen.rows(LoanRow)[-1]
    page = pen.rows(LoanRow)[200:220]
    for by, row in enumerate(page, 1):
        number = f"J{int(last.loan_no[1:]) + by:06}"
        pen.rows(LoanRow).append(row._replace(line=last.line + by, loan_no=number))
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.kind is SlipKind.TWICE
    assert len(cause.correction.edits) == len(page)
    assert len(cause.explains) == len(report.findings)


@pytest.mark.parametrize(
    ("row_type", "field", "word"),
    [
        (LoanRow, "mode", LoanMode.CLASS),
        (LoanRow, "outcome", LoanOutcome.LOST),
        (ReaderRow, "kind", ReaderKind.TEACHER),
        (ReaderRow, "stopped_on", date(2025, 11, 27)),
    ],
)
def test_one_word_drawn_down_over_lines_is_one_cause(pen: Pen, row_type: type[Any], field: str, word: Any) -> None:
    rows = pen.rows(ReaderRow)[40:52] if row_type is ReaderRow else _personal(pen, 15)
    cause = _the_cause(pen, _rewritten(pen, rows, **{field: lambda row: word}), Slip.ONE_WORD)
    assert "等 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_books_lost_together_of_which_one_book_alone_knows_nothing_stay_lost(pen: Pen) -> None:
    rows = _personal(pen, 8)
    for scan in [one for one in pen.rows(StocktakeRow) if one.accession_no in {row.accession_no for row in rows}]:
        pen.drop("", scan)
    own = {row.loan_no for row in rows}
    for loan in [one for one in pen.rows(LoanRow) if one.accession_no in {row.accession_no for row in rows}]:
        if loan.loan_no not in own:
            pen.drop("", loan)
    _rewritten(pen, rows, outcome=lambda row: LoanOutcome.LOST)
    report, causes = explained(pen.ledger_set)
    assert "CIR351" in {one.check.code for one in report.findings}
    assert all(cause.correction.slip is not Slip.ONE_WORD for cause in causes)


@pytest.mark.parametrize(("one", "other"), [("lent_on", "due_on"), ("name", "title")])
def test_two_columns_exchanged_on_a_page_are_one_cause(pen: Pen, one: str, other: str) -> None:
    rows = _personal(pen, 30)
    columns = {one: lambda row: getattr(row, other), other: lambda row: getattr(row, one)}
    cause = _the_cause(pen, _rewritten(pen, rows, **columns), Slip.COLUMNS_EXCHANGED)
    assert what_to_do(pen.ledger_set.library(), cause.correction).endswith("写反了，每一行两格对调")


def test_two_columns_exchanged_above_a_line_of_which_a_day_is_not_read_are_one_cause(pen: Pen) -> None:
    rows = _personal(pen, 30)
    _rewritten(pen, rows, lent_on=lambda row: row.due_on, due_on=lambda row: row.lent_on)
    books = pen.ledger_set.library()
    line = books[LoanRow].rows[-1].line + 1
    needed = [field.name for field in SHEETS[LoanRow].fields if field.required]
    blank = [FlawedCell(line, name, Flaw.BLANK, "") for name in needed]
    unread = IncompleteRow(line, dict.fromkeys(LoanRow._fields[1:]) | {"name": rows[0].name})
    table = books[LoanRow].changed(incomplete=[unread], flaws=blank)
    tables = [table if sheet.row_type is LoanRow else books[sheet.row_type] for sheet in ALL_SHEETS]
    books = Library(tables, books.school, books.as_of)
    slips = [cause.correction.slip for cause in causes_of(books, run(books, ALL.values())).found]
    assert slips == [Slip.COLUMNS_EXCHANGED]


def test_two_columns_of_figures_exchanged_are_one_cause(pen: Pen) -> None:
    rows = [row for row in pen.rows(SummaryRow) if row.flow is Flow.IN]
    before = _rewritten(pen, rows, titles=lambda row: row.copies, copies=lambda row: row.titles)
    _the_cause(pen, before, Slip.COLUMNS_EXCHANGED)


@pytest.mark.parametrize("many", [30, 400])
def test_numbers_of_copies_that_leave_their_series_are_one_cause(pen: Pen, many: int) -> None:
    rows = pen.rows(AccessionRow)
    page = rows[1172:1202] if many == 30 else rows[-many:]
    before = _rewritten(pen, page, accession_no=lambda row: f"{int(row.accession_no) + 1:06}")
    cause = _the_cause(pen, before, Slip.OUT_OF_SERIES)
    assert "都接着上一行的号往下排，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


@pytest.mark.parametrize(("row_type", "field"), [(LoanRow, "reader_no"), (StocktakeRow, "accession_no")])
def test_letters_for_figures_are_one_cause(pen: Pen, row_type: type[Any], field: str) -> None:
    rows = [row for row in pen.rows(row_type)[600:] if "0" in getattr(row, field)][:12]
    before = _rewritten(pen, rows, **{field: lambda row: getattr(row, field).replace("0", "O")})
    cause = _the_cause(pen, before, Slip.LOOK_ALIKE)
    assert "都把字母改回数字，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_a_card_in_the_roster_is_not_given_letters_for_figures(pen: Pen) -> None:
    [number] = {row.reader_no for row in pen.rows(LoanRow)[600:601]}
    before = _rewritten(
        pen,
        [row for row in pen.rows(LoanRow) if row.reader_no == number],
        reader_no=lambda row: row.reader_no.replace("0", "O"),
    )
    _, [cause] = explained(pen.ledger_set)
    assert {edit.at: edit.should for edit in cause.correction.edits if isinstance(edit, Change)} == before


def test_a_roster_of_last_year_is_one_cause(pen: Pen) -> None:
    def lower(row: ReaderRow) -> str | None:
        name = row.class_name
        return _GRADES[_GRADES.index(name[0]) - 1] + name[1:] if name and name[0] in _GRADES[1:] else name

    _rewritten(pen, list(pen.rows(ReaderRow)), class_name=lower)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.LAST_YEARS
    assert len(cause.explains) == len(report.findings) > 100
    assert "都升一个年级，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_copies_drawn_on_with_batch_and_day_of_the_one_before_are_one_cause(pen: Pen) -> None:
    before, batch = [row for row in pen.rows(SummaryRow) if row.flow is Flow.IN][:2]
    rows = [row for row in pen.rows(AccessionRow) if row.batch_no == batch.batch_no][:10]
    told = _rewritten(pen, rows, batch_no=lambda row: before.batch_no, accessioned_on=lambda row: before.registered_on)
    _the_cause(pen, told, Slip.NUMBER_IN_RANGE)


def test_a_line_of_the_withdrawals_does_not_take_over_a_class_drawn_down(pen: Pen) -> None:
    gone = {row.accession_no for row in pen.rows(WithdrawalRow)}
    rows = pen.rows(AccessionRow)
    first = next(at for at in range(40, 1400) if rows[at + 9].accession_no in gone)
    _rewritten(pen, rows[first : first + 18], class_no=lambda row: "Z121.7")
    _, causes = explained(pen.ledger_set)
    accused = {edit.at.row_type for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)}
    assert WithdrawalRow not in accused


def test_a_day_of_lending_counted_on_from_line_to_line_is_one_cause(pen: Pen) -> None:
    days = (list(own) for _, own in groupby(pen.rows(LoanRow)[1000:], key=lambda row: row.lent_on))
    page = next(own for own in days if len(own) >= 10)
    told = {row.line: row.lent_on + timedelta(by) for by, row in enumerate(page)}
    _the_cause(pen, _rewritten(pen, page, lent_on=lambda row: told[row.line]), Slip.COUNTED_ON)


def test_names_of_the_roster_a_line_too_low_are_named_and_not_the_numbers_in_order(pen: Pen) -> None:
    rows = [row for row in pen.rows(ReaderRow) if row.class_name == "五（1）班" and row.kind is ReaderKind.PUPIL]
    names = dict(zip([row.line for row in rows], [rows[-1].name, *(row.name for row in rows)], strict=False))
    before = _rewritten(pen, rows, name=lambda row: names[row.line])
    _the_cause(pen, before, Slip.ONE_LOWER)


def test_a_book_paid_for_is_not_said_to_be_back(pen: Pen) -> None:
    lost = {row.accession_no for row in pen.rows(CompensationRow)}
    row = pen.pick(LoanRow, lambda row: row.outcome is LoanOutcome.LOST and row.accession_no in lost)
    _rewritten(pen, [row], accession_no=lambda row: "000001", title=lambda row: pen.rows(AccessionRow)[0].title)
    _, causes = explained(pen.ledger_set)
    accused = {edit.at.field for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)}
    assert "outcome" not in accused


def test_titles_that_slid_among_the_copies_are_not_taken_over_by_a_line_of_the_withdrawals(pen: Pen) -> None:
    rows = pen.rows(AccessionRow)[620:660]
    above = dict(zip([row.line for row in rows], [pen.rows(AccessionRow)[619], *rows], strict=False))
    columns = ("title", "author", "publisher", "isbn")
    _rewritten(pen, rows, **{name: lambda row, name=name: getattr(above[row.line], name) for name in columns})
    _, causes = explained(pen.ledger_set)
    accused = {edit.at.row_type for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)}
    assert WithdrawalRow not in accused
