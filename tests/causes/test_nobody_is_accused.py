"""What speaks for nobody: a value among many as good, another column of the row, a day still to come."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Cause, Change, Slip, SlipKind, changed
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind, ReviewOutcome
from schoollib_xl.ledgers.vocabulary import LeavingReason, LoanMode, ReaderKind, Source
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.titles import as_title
from schoollib_xl.wording.checking.causes import settles, what_to_do


def _found(pen: Pen) -> tuple[set[str], tuple[Cause, ...]]:
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    return {one.check.code for one in report.findings}, causes_of(library, report).found


def _cells(cause: Cause) -> dict[tuple[type[Any], str], Any]:
    edits = [edit for edit in cause.correction.edits if isinstance(edit, Change)]
    return {(edit.at.row_type, edit.at.field): edit.should for edit in edits}


def test_a_number_that_any_other_would_do_for_is_no_cause(pen: Pen) -> None:
    loan = pen.rows(LoanRow)[-1]
    review = pen.rows(ReviewRow)[0]
    stopped = review._replace(
        line=900, reviewed_on=loan.lent_on - timedelta(9), scope=loan.accession_no, outcome=ReviewOutcome.STOPPED
    )
    pen.rows(ReviewRow).append(stopped)
    codes, causes = _found(pen)
    assert "RVW301" in codes
    assert not any((LoanRow, "accession_no") in _cells(cause) for cause in causes)


def test_a_day_too_late_is_named_where_the_copy_was_lent_the_day_before(pen: Pen) -> None:
    by_copy: dict[str, LoanRow] = {}
    for later in pen.rows(LoanRow):
        earlier = by_copy.get(later.accession_no)
        if earlier and earlier.returned_on and later.returned_on and later.returned_on > later.lent_on + timedelta(2):
            break
        by_copy[later.accession_no] = later
    assert earlier
    pen.change("", earlier, returned_on=later.lent_on + timedelta(1))
    codes, [cause] = _found(pen)
    assert codes >= {"CIR304"}
    assert cause.correction.edits == (Change(Cell(LoanRow, earlier.line, "returned_on"), later.lent_on),)


def test_what_the_loan_was_for_is_named_and_no_day_of_its_own_row(pen: Pen) -> None:
    loan = pen.pick(LoanRow, lambda row: row.mode is LoanMode.PERSONAL and row.returned_on and not row.renewals)
    pen.change("", loan, mode=LoanMode.IN_ROOM)
    codes, [cause] = _found(pen)
    assert codes == {"CIR103", "CIR109"}
    assert _cells(cause) == {(LoanRow, "mode"): LoanMode.PERSONAL}


def test_title_and_author_outweigh_the_number_of_another_title(pen: Pen) -> None:
    one, other = (row for row in pen.rows(RecommendationRow)[3:5])
    pen.change("", one, isbn=other.isbn)
    codes, [cause] = _found(pen)
    assert codes == {"REC301"}
    assert _cells(cause) == {(RecommendationRow, "isbn"): one.isbn}


def test_a_title_that_its_author_and_number_speak_against_is_named(pen: Pen) -> None:
    one, other = (row for row in pen.rows(RecommendationRow)[3:5])
    pen.change("", one, title=other.title)
    _, [cause] = _found(pen)
    assert _cells(cause) == {(RecommendationRow, "title"): one.title}


def test_no_day_is_taken_from_another_column_nor_one_that_leaves_the_row_amiss(pen: Pen) -> None:
    repair = pen.pick(RepairRow, lambda row: row.reshelved_on and row.reshelved_on < date(2026, 1, 5))
    pen.change("", repair, sent_on=date(2027, 1, 5))
    codes, causes = _found(pen)
    assert codes >= {"RPR101"}
    assert not any((RepairRow, "sent_on") in _cells(cause) for cause in causes)


def test_no_day_is_proposed_that_is_still_to_come(pen: Pen) -> None:
    reader = pen.pick(ReaderRow, lambda row: row.class_name and row.reader_no.startswith("S"))
    pen.change("", reader, stopped_on=date(2025, 8, 1), stop_reason="转出")
    codes, causes = _found(pen)
    assert codes >= {"CIR105"}
    as_of = pen.ledger_set.library().as_of
    proposed = [day for cause in causes for day in _cells(cause).values() if isinstance(day, date)]
    assert all(day <= as_of for day in proposed)


def test_of_a_range_that_ends_before_it_begins_the_row_itself_is_the_cause(pen: Pen) -> None:
    row = pen.pick(CalendarRow, lambda row: row.kind is DayKind.HOLIDAY and row.starts_on < row.ends_on)
    pen.change("", row, starts_on=row.ends_on, ends_on=row.starts_on)
    codes, [cause] = _found(pen)
    assert "QUO111" in codes
    assert cause.correction.slip is Slip.ENDS_EXCHANGED
    assert _cells(cause) == {(CalendarRow, "starts_on"): row.starts_on, (CalendarRow, "ends_on"): row.ends_on}


def test_a_subscription_written_backwards_is_turned_round(pen: Pen) -> None:
    row = pen.rows(PeriodicalRow)[2]
    pen.change("", row, starts_on=row.ends_on, ends_on=row.starts_on)
    _, [cause] = _found(pen)
    assert _cells(cause) == {(PeriodicalRow, "starts_on"): row.starts_on, (PeriodicalRow, "ends_on"): row.ends_on}


@pytest.mark.parametrize(("one", "other"), [("author", "publisher"), ("title", "author")])
def test_words_of_a_copy_in_each_others_columns_are_the_cause_and_not_the_number_of_titles(
    pen: Pen, one: str, other: str
) -> None:
    row = pen.rows(AccessionRow)[1498]
    pen.change("", row, **{one: getattr(row, other), other: getattr(row, one)})
    codes, [cause] = _found(pen)
    assert "SUM303" in codes
    assert _cells(cause) == {(AccessionRow, one): getattr(row, one), (AccessionRow, other): getattr(row, other)}


def test_of_two_turns_that_collide_neither_class_is_said_to_be_the_other(pen: Pen) -> None:
    one, other = pen.rows(TurnRow)[2:4]
    pen.change("", one, weekday=other.weekday, starts_at=other.starts_at, ends_at=other.ends_at)
    codes, causes = _found(pen)
    assert codes == {"QUO325"}
    assert causes == ()


def test_a_day_made_up_for_without_its_weekday_is_told_and_no_opening_is_blamed(pen: Pen) -> None:
    row = pen.pick(CalendarRow, lambda row: row.kind is DayKind.MAKE_UP)
    pen.change("", row, follows=None)
    codes, causes = _found(pen)
    assert codes == {"QUO113"}
    assert all(cell == (CalendarRow, "follows") for cause in causes for cell in _cells(cause))


def test_a_range_written_backwards_that_the_loans_speak_against_is_not_turned_round(pen: Pen) -> None:
    backwards = CalendarRow(900, date(2026, 5, 6), date(2026, 5, 4), DayKind.HOLIDAY, None, None)
    pen.rows(CalendarRow).append(backwards)
    codes, causes = _found(pen)
    assert (codes, causes) == ({"QUO111"}, ())


def test_one_digit_is_said_of_days_only_where_one_digit_differs() -> None:
    assert slip_between(date(2025, 9, 8), date(2025, 9, 22)) is Slip.PLAIN
    assert slip_between(date(2025, 9, 12), date(2025, 9, 22)) is Slip.ONE_DIGIT


def test_what_differs_in_a_name_is_a_character() -> None:
    assert slip_between("林小满", "林小雨") is Slip.ONE_SIGN
    assert slip_between("S0255", "S0256") is Slip.ONE_DIGIT


def _alone(pen: Pen) -> set[str | None]:
    """The titles of which there is one copy."""
    return {title for title, times in Counter(row.title for row in pen.rows(AccessionRow)).items() if times == 1}


def test_a_price_that_any_of_many_copies_may_have_wrong_is_nobodys(pen: Pen) -> None:
    alone = _alone(pen)
    old = pen.rows(AccessionRow)[0].batch_no
    copy = pen.pick(AccessionRow, lambda row: row.batch_no == old and row.class_letter == "K" and row.title in alone)
    pen.change("", copy, price=copy.value + Decimal("1.30"))
    codes, causes = _found(pen)
    assert codes >= {"SUM302", "CLS210"}
    assert causes == ()


def test_a_copy_that_was_bought_for_nothing_is_named_before_the_others(pen: Pen) -> None:
    alone = _alone(pen)
    copy = pen.pick(AccessionRow, lambda row: row.source is Source.PURCHASE and row.value > 0 and row.title in alone)
    pen.change("", copy, price=Decimal("0.00"))
    _, [cause] = _found(pen)
    assert cause.correction.slip is Slip.ZERO
    assert cause.correction.edits == (Change(cell(copy, "price"), copy.price),)


def test_a_pupil_in_the_wrong_class_whom_no_loan_names_is_put_back_where_he_stands(pen: Pen) -> None:
    known = {loan.reader_no for loan in pen.rows(LoanRow)} | {row.reader_no for row in pen.rows(PupilLibrarianRow)}
    pupil = next(row for row in pen.rows(ReaderRow)[1:] if row.reader_no not in known and row.kind is ReaderKind.PUPIL)
    pen.change("", pupil, class_name="四（1）班")
    codes, [cause] = _found(pen)
    assert codes == {"RDR201"}
    assert cause.correction.edits == (Change(cell(pupil, "class_name"), pupil.class_name),)


def test_a_day_is_likelier_that_the_rows_beside_it_and_its_number_speak_for(pen: Pen) -> None:
    row = pen.rows(CashRow)[1]
    pen.change("", row, booked_on=row.booked_on.replace(year=row.booked_on.year + 1))
    codes, [cause] = _found(pen)
    assert codes == {"FMT112"}
    assert cause.correction.edits == (Change(cell(row, "booked_on"), row.booked_on),)


def test_a_wrong_end_of_the_term_is_named_before_the_loans_that_were_due_on_it(pen: Pen) -> None:
    school = pen.ledger_set.school
    assert school.term_end is not None
    term_end = school.term_end - timedelta(23)
    pen.change("", pen.pick(SettingRow, lambda row: row.item == "学期结束"), value=term_end)
    pen.ledger_set = LedgerSet(school._replace(term_end=term_end), pen.ledger_set.rows)
    codes, [cause] = _found(pen)
    assert {"CIR103", "SET103"} <= codes
    [edit] = cause.correction.edits
    assert isinstance(edit, Change)
    assert (edit.at.row_type, edit.should) == (SettingRow, school.term_end)


def test_one_place_is_not_said_to_be_all_of_them(pen: Pen) -> None:
    one, other = (row for row in pen.rows(RecommendationRow)[3:5])
    pen.change("", one, isbn=other.isbn)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    [cause] = causes_of(library, report).found
    assert settles(report, cause) == "这 1 处就对上了：REC301"


@pytest.mark.parametrize(
    ("values", "is_named"),
    [
        ({"edition": "2"}, False),
        ({"isbn": "10019·1234"}, False),
        ({"isbn": "9787020024759"}, False),
        ({"isbn": "9787020024758"}, True),
        ({"edition": "l"}, True),
    ],
)
def test_a_copy_that_may_be_of_another_edition_is_no_slip(pen: Pen, values: dict[str, str], *, is_named: bool) -> None:
    times = Counter((copy.batch_no, as_title(copy)) for copy in pen.rows(AccessionRow))
    copy = pen.pick(AccessionRow, lambda row: times[row.batch_no, as_title(row)] > 2)
    pen.change("", copy, **values)
    codes, causes = _found(pen)
    assert "SUM303" in codes
    named = {name for cause in causes for kind, name in _cells(cause) if kind is AccessionRow}
    assert bool(named & values.keys()) is is_named
    assert is_named or not any((SummaryRow, "titles") in _cells(cause) for cause in causes)


def test_a_withdrawal_entered_under_another_batch_in_both_books_is_named_in_both(pen: Pen) -> None:
    batches = list(dict.fromkeys(row.withdrawal_no for row in pen.rows(WithdrawalRow)))
    row = pen.pick(WithdrawalRow, lambda row: row.withdrawal_no == batches[0])
    copy = next(one for one in pen.rows(AccessionRow) if one.accession_no == row.accession_no)
    for one in (row, copy):
        pen.change("", one, withdrawal_no=batches[1])
    _, [cause] = _found(pen)
    assert _cells(cause) == {(kind, "withdrawal_no"): batches[0] for kind in (WithdrawalRow, AccessionRow)}
    assert cause.correction.kind is SlipKind.BATCH


def test_two_classes_in_each_others_line_are_named_as_one_slip(pen: Pen) -> None:
    last = pen.rows(ClassificationRow)[-1].starts_on
    one, other = (row for row in pen.rows(ClassificationRow) if row.starts_on == last and row.class_letter in "GH")
    names = [f"{part}_{unit}" for part in ("opening", "added", "removed", "closing") for unit in ("copies", "value")]
    for row, instead in ((one, other), (other, one)):
        pen.change("", row, **{name: getattr(instead, name) for name in names})
    _, [cause] = _found(pen)
    assert cause.correction.slip is Slip.OTHER_LINE
    assert {edit.at.line for edit in cause.correction.edits if isinstance(edit, Change)} == {one.line, other.line}


def test_a_target_is_said_in_no_wrong_unit_and_not_taken_from_another_target(pen: Pen) -> None:
    least = next(row for row in pen.rows(TargetRow) if row.name == "每生最低借书册数")
    mean = next(row for row in pen.rows(TargetRow) if row.name == "生均借书册数" and row.grades == least.grades)
    pen.change("", mean, value=least.value - 1)
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    assert "QUO015" in {one.check.code for one in report.findings}
    assert not any((TargetRow, "value") in _cells(cause) for cause in causes_of(library, report).found)
    said = what_to_do(library, changed(SlipKind.CELL, mean, Slip.PLAIN, 1, value=mean.value))
    assert said.endswith(f"：{least.value - 1} → {mean.value}")


def test_the_pupils_of_a_class_are_not_blamed_for_a_card_in_doubt(pen: Pen) -> None:
    in_doubt = pen.pick(ReaderRow, lambda row: row.class_name == "三（1）班")
    pen.change("", in_doubt, stopped_on=date(2026, 1, 23), stop_reason=LeavingReason.GRADUATED)
    codes, causes = _found(pen)
    assert codes >= {"RDR106", "RDR201"}
    assert not any((ClassRow, "pupils") in _cells(cause) for cause in causes)


@pytest.mark.parametrize("stopped", [5, None])
def test_the_pupils_of_a_class_are_not_blamed_for_cards_that_were_stopped_by_the_handful(
    pen: Pen, stopped: int | None
) -> None:
    cards = [row for row in pen.rows(ReaderRow) if row.class_name == "四（1）班" and row.kind is ReaderKind.PUPIL]
    for card in cards[:stopped]:
        pen.change("", card, stopped_on=date(2026, 7, 3), stop_reason=LeavingReason.MOVED)
    codes, causes = _found(pen)
    assert "RDR201" in codes
    assert not any((ClassRow, "pupils") in _cells(cause) for cause in causes)


def test_the_pupils_of_a_class_are_not_blamed_for_cards_that_were_not_given_yet(pen: Pen) -> None:
    first = pen.pick(ClassRow, lambda row: row.pupils <= 25 and row.pupils % 10 < 6)
    pen.change("", first, pupils=first.pupils + 4)
    codes, causes = _found(pen)
    assert codes == {"RDR201"}
    assert causes == ()


def test_a_number_the_books_lack_is_not_meant_by_another_they_lack(pen: Pen) -> None:
    first, second = pen.rows(LoanRow)[-2:]
    pen.change("number", first, accession_no="900001")
    pen.change("number", second, accession_no="900002")
    codes, causes = _found(pen)
    assert "CIR301" in codes
    assert not any(str(value).startswith("9000") for cause in causes for value in _cells(cause).values())
