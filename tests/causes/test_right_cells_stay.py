"""One cell that settles everything is named before right ones that would have to be spoilt; a guess is no cause."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Addition, Causes, Change, Removal, Slip
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import CashRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Flow, LoanMode, ReaderKind, Weekday
from schoollib_xl.wording.checking.causes import causes_json, what_to_do


def test_the_title_of_a_withdrawn_copy_is_named_where_it_is_wrong(pen: Pen) -> None:
    gone = pen.pick(AccessionRow, lambda row: row.withdrawn_on and len(row.title) > 4)
    pen.change("", gone, title=gone.title[:-1] + "伦")
    report, [cause] = explained(pen.ledger_set)
    assert {"SUM303", "WDL302"} <= {one.check.code for one in report.findings}
    assert cause.correction.edits == (Change(Cell(AccessionRow, gone.line, "title"), gone.title),)


def test_a_batch_that_came_later_than_the_opening_stock_is_no_opening_stock(pen: Pen) -> None:
    batch = next(row for row in pen.rows(SummaryRow) if row.flow is Flow.IN)
    pen.change("", batch, flow=Flow.OPENING)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(SummaryRow, batch.line, "flow"), Flow.IN),)


def test_what_a_finding_says_of_a_cell_is_not_what_the_cell_should_say(pen: Pen) -> None:
    pen.change("", pen.pick(AccessionRow), published="42491")
    report, causes = explained(pen.ledger_set)
    assert [one.check.code for one in report.findings] == ["ACC018"]
    assert causes == ()


def test_a_title_that_its_copy_lacks_is_filled_in_and_not_taken_out_of_the_withdrawal(pen: Pen) -> None:
    titles = Counter(row.title for row in pen.rows(AccessionRow))
    gone = [row for row in pen.rows(AccessionRow) if row.withdrawn_on]
    [title, *_] = [row.title for row in gone if 1 < titles[row.title] == sum(one.title == row.title for one in gone)]
    bare = [row for row in gone if row.title == title]
    for row in bare:
        pen.change("", row, title="")
    _, causes = explained(pen.ledger_set)
    edits = {edit for cause in causes for edit in cause.correction.edits}
    assert edits == {Change(Cell(AccessionRow, row.line, "title"), title) for row in bare}


def test_a_price_that_another_period_has_as_well_is_right_and_the_amount_wrong(pen: Pen) -> None:
    pen.rows(CashRow).clear()
    times = Counter(row.title for row in pen.rows(PeriodicalRow))
    paper = pen.pick(PeriodicalRow, lambda row: times[row.title] > 1 and not row.bound_volumes)
    [other] = [row for row in pen.rows(PeriodicalRow) if row.title == paper.title and row.line != paper.line]
    pen.change("", other, price=paper.price, amount=other.copies * paper.price)
    pen.change("", paper, amount=paper.amount + 16)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(PeriodicalRow, paper.line, "amount"), paper.amount),)


def test_a_day_in_the_order_of_its_sheet_is_not_moved_for_a_hint(pen: Pen) -> None:
    visits = pen.rows(VisitRow)
    index = next(index for index, row in enumerate(visits) if row.visited_on > date(2026, 5, 1))
    later = [row._replace(line=row.line + 1) for row in visits[index:]]
    visits[index:] = [visits[index]._replace(visited_on=date(2026, 5, 1)), *later]
    report, causes = explained(pen.ledger_set)
    assert {one.check.code for one in report.findings} == {"VIS102"}
    assert causes == ()


def test_a_class_loan_entered_under_two_teachers_is_a_line_too_many_and_no_other_number(pen: Pen) -> None:
    loan = pen.pick(LoanRow, lambda row: row.mode is LoanMode.CLASS and row.returned_on)
    others = {one.reader_no for one in pen.rows(LoanRow) if one.lent_on == loan.lent_on}
    teacher = pen.pick(ReaderRow, lambda row: row.kind is ReaderKind.TEACHER and row.reader_no not in others)
    index = pen.rows(LoanRow).index(loan)
    pen.rows(LoanRow)[index + 1 :] = [row._replace(line=row.line + 1) for row in pen.rows(LoanRow)[index + 1 :]]
    twin = loan._replace(line=loan.line + 1, loan_no="J099999", reader_no=teacher.reader_no, name=teacher.name)
    pen.rows(LoanRow).insert(index + 1, twin)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.SAME_LOAN
    assert cause.correction.edits == (Removal(twin),)


def test_a_holiday_that_many_due_dates_fall_into_is_the_one_cause(pen: Pen) -> None:
    lent = [row for row in pen.rows(LoanRow) if row.mode is LoanMode.PERSONAL and row.due_on.weekday() == 4]
    day, _ = Counter(row.due_on for row in lent).most_common(1)[0]
    added = CalendarRow(pen.rows(CalendarRow)[-1].line + 1, day, day, DayKind.HOLIDAY, None, None)
    pen.rows(CalendarRow).append(added)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Removal(added),)
    assert len(cause.explains) == len(report.findings)
    said = what_to_do(pen.ledger_set.library(), cause.correction)
    assert said.endswith("这一行多了或日期不对；是后来才定的，就写进“差异说明”")


def test_a_day_off_on_which_nobody_borrowed_is_no_row_too_many(pen: Pen) -> None:
    """It was announced when the slips had been stamped: books of the weekday are lent in the weeks beside it."""
    due = Counter(row.due_on for row in pen.rows(LoanRow) if row.mode is LoanMode.PERSONAL)
    lent = {row.lent_on for row in pen.rows(LoanRow)}
    weeks = [timedelta(by) for by in (-21, -14, -7, 7, 14, 21)]
    day = max(due, key=lambda day: (all(day + by in lent for by in weeks), due[day]))
    pen.rows(LoanRow)[:] = [row for row in pen.rows(LoanRow) if row.lent_on != day]
    line = pen.rows(CalendarRow)[-1].line + 1
    pen.rows(CalendarRow).append(CalendarRow(line, day, day, DayKind.HOLIDAY, None, None))
    report, causes = explained(pen.ledger_set)
    [moved] = [one for one in report.findings if one.check.code == "CIR103"]
    assert len(moved.see_also) > 5
    assert not any(isinstance(edit, Removal) for one in causes for edit in one.correction.edits)


def test_a_holiday_typed_in_another_week_is_moved_whole(pen: Pen) -> None:
    holiday = pen.pick(CalendarRow, lambda row: row.note == "端午节")
    pen.change("", holiday, starts_on=holiday.starts_on - timedelta(7), ends_on=holiday.ends_on - timedelta(7))
    report, [cause] = explained(pen.ledger_set)
    is_ = {edit.at.field: edit.should for edit in cause.correction.edits if isinstance(edit, Change)}
    assert is_ == {"starts_on": holiday.starts_on, "ends_on": holiday.ends_on}
    assert len(cause.explains) == len(report.findings)


def test_few_due_dates_stamped_before_a_day_to_make_up_for_was_announced_accuse_no_row(pen: Pen) -> None:
    times = Counter(row.due_on for row in pen.rows(LoanRow) if row.due_on.weekday() == 0)
    day = min(times, key=lambda day: (times[day] < 2, times[day])) - timedelta(2)
    line = pen.rows(CalendarRow)[-1].line + 1
    pen.rows(CalendarRow).append(CalendarRow(line, day, day, DayKind.MAKE_UP, Weekday.FRIDAY, None))
    _, causes = explained(pen.ledger_set)
    assert not any(edit.at.row_type is CalendarRow for one in causes for edit in one.correction.edits)


def test_a_period_that_ends_on_a_wrong_day_on_all_its_lines_is_one_cause(pen: Pen) -> None:
    first = pen.rows(ClassificationRow)[0]
    lines = [row for row in pen.rows(ClassificationRow) if row.ends_on == first.ends_on]
    for row in lines:
        pen.change("", row, ends_on=row.ends_on - timedelta(13))
    report, [cause] = explained(pen.ledger_set)
    assert {edit.should for edit in cause.correction.edits if isinstance(edit, Change)} == {first.ends_on}
    assert len(cause.correction.edits) == len(lines) == 22
    assert len(cause.explains) == len(report.findings) > 20
    assert "B2 等 22 格“截止日期”：" in what_to_do(pen.ledger_set.library(), cause.correction)


def test_several_rows_left_out_are_one_cause_that_says_their_numbers_and_no_price(pen: Pen) -> None:
    copies = pen.rows(AccessionRow)
    batch = next(row for row in pen.rows(SummaryRow) if row.flow is Flow.IN and row.copies > 60)
    own = [row for row in copies if row.batch_no == batch.batch_no]
    borders = [index for index, (one, other) in enumerate(pairwise(own)) if one.title != other.title]
    gone = own[borders[3] : borders[3] + 10]
    for row in gone:
        pen.drop("", row)
    report, [cause] = explained(pen.ledger_set)
    added = [edit for edit in cause.correction.edits if isinstance(edit, Addition)]
    assert [edit.row.accession_no for edit in added] == [row.accession_no for row in gone]
    assert len(cause.explains) == len(report.findings)
    [said] = causes_json(pen.ledger_set.library(), Causes((cause,)))
    true = {row.accession_no: row for row in gone}
    for row in said["rows"]:
        told = row["values"]
        assert told.get("单价") in (None, str(true[row["key"]].price))
        assert told.get("书名") in (None, true[row["key"]].title)
    assert "补登 10 行：" in said["why"]


def test_two_cards_exchanged_in_the_roster_are_exchanged_back_and_no_other_book_is_changed(pen: Pen) -> None:
    times = Counter(loan.reader_no for loan in pen.rows(LoanRow) if loan.mode is LoanMode.PERSONAL)
    own = [row for row in pen.rows(ReaderRow) if times[row.reader_no] > 1]
    one = own[0]
    other = next(row for row in own[1:] if row.class_name == one.class_name)
    pen.change("", one, reader_no=other.reader_no)
    pen.change("", other, reader_no=one.reader_no)
    report, [cause] = explained(pen.ledger_set)
    is_ = {(edit.at.line, edit.should) for edit in cause.correction.edits if isinstance(edit, Change)}
    assert is_ == {(one.line, one.reader_no), (other.line, other.reader_no)}
    assert len(cause.explains) == len(report.findings) > 1


def test_a_line_left_out_says_where_its_books_went_as_the_withdrawals_do(pen: Pen) -> None:
    for gone in [row for row in pen.rows(SummaryRow) if row.flow is Flow.OUT]:
        trial = Pen(pen.ledger_set, 1)
        trial.drop("", gone)
        _, [cause] = explained(trial.ledger_set)
        [added] = cause.correction.edits
        assert isinstance(added, Addition)
        assert (added.row.batch_no, added.row.source) == (gone.batch_no, gone.source)


def test_the_only_copy_of_a_batch_left_out_is_told_by_its_number_and_what_the_sums_say(pen: Pen) -> None:
    batch = pen.pick(SummaryRow, lambda row: row.flow is Flow.IN and row.copies == 1)
    [gone] = [row for row in pen.rows(AccessionRow) if row.batch_no == batch.batch_no]
    pen.drop("", gone)
    report, [cause] = explained(pen.ledger_set)
    [added] = [edit for edit in cause.correction.edits if isinstance(edit, Addition)]
    assert (added.row.accession_no, added.row.class_letter, added.row.price) == (batch.first_no, *_of(gone))
    assert len(cause.explains) == len(report.findings)
    assert "title" in added.unknown


def test_the_number_of_titles_is_not_changed_while_copies_are_missing(pen: Pen) -> None:
    times = Counter((row.batch_no, row.title) for row in pen.rows(AccessionRow))
    large = {row.batch_no for row in pen.rows(SummaryRow) if row.flow is Flow.IN and row.copies > 5}
    alone = next(key for key, copies in times.items() if copies == 1 and key[0] in large)
    gone = pen.pick(AccessionRow, lambda row: (row.batch_no, row.title) == alone)
    pen.drop("", gone)
    for scan in [scan for scan in pen.rows(StocktakeRow) if scan.accession_no == gone.accession_no]:
        pen.drop("", scan)
    report, causes = explained(pen.ledger_set)
    assert {"SUM301", "SUM303"} <= {one.check.code for one in report.findings}
    assert not any(edit.at.field == "titles" for one in causes for edit in one.correction.edits)


def _of(copy: AccessionRow) -> tuple[str, object]:
    return copy.class_letter, copy.price


@pytest.mark.parametrize(("number", "words"), [("accession_no", "title"), ("reader_no", "name")])
def test_numbers_exchanged_on_two_lines_are_exchanged_back_and_the_words_stay(
    pen: Pen, number: str, words: str
) -> None:
    loans = [row for row in pen.rows(LoanRow) if row.mode is LoanMode.PERSONAL]
    pairs = ((one, two) for one, two in pairwise(loans) if one.title != two.title and one.name != two.name)
    one, two = [pair for pair in pairs if pair[0].class_name == pair[1].class_name][-1]
    pen.change("", one, **{number: getattr(two, number)})
    pen.change("", two, **{number: getattr(one, number)})
    report, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == {
        Change(Cell(LoanRow, row.line, number), getattr(row, number)) for row in (one, two)
    }
    assert len(cause.explains) == len(report.findings)
    assert {edit.at.field for other in cause.others for edit in other.edits if isinstance(edit, Change)} == {words}


def test_the_school_day_that_a_due_date_follows_from_is_named_for_a_day_without_school(pen: Pen) -> None:
    loan = pen.pick(LoanRow, lambda row: row.mode is LoanMode.PERSONAL and row.lent_on.weekday() == 2)
    pen.change("", loan, lent_on=loan.lent_on + timedelta(11))
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(LoanRow, loan.line, "lent_on"), loan.lent_on),)
    assert cause.correction.slip is Slip.DUE_DATE
    assert len(cause.explains) == len(report.findings)


def test_the_number_that_came_to_an_activity_is_no_cause(pen: Pen) -> None:
    activity = pen.pick(ActivityRow, lambda row: row.participants)
    pen.change("", activity, participants=900)
    report, causes = explained(pen.ledger_set)
    assert {one.check.code for one in report.findings} == {"ACT201"}
    assert causes == ()


def test_money_in_the_wrong_column_leaves_it_blank(pen: Pen) -> None:
    line = pen.pick(CashRow, lambda row: row.received and not row.spent)
    pen.change("", line, spent=line.balance)
    _, causes = explained(pen.ledger_set)
    [edit] = [edit for one in causes for edit in one.correction.edits if isinstance(edit, Change)]
    assert (edit.at, edit.should) == (Cell(CashRow, line.line, "spent"), None)


def test_a_periodical_is_called_as_its_volumes_and_its_next_period_call_it(pen: Pen) -> None:
    row = pen.pick(PeriodicalRow, lambda row: bool(row.bound_volumes))
    [right] = {other.title for other in pen.rows(PeriodicalRow) if other.issn == row.issn}
    pen.change("", row, title=f"{right[:2]}艺术")
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(PeriodicalRow, row.line, "title"), right),)


def test_no_setting_is_corrected_to_a_term_of_a_day(pen: Pen) -> None:
    row = pen.pick(SettingRow, lambda row: row.item == "上学期结束")
    pen.change("", row, value=pen.ledger_set.school.term_start)
    pen.ledger_set.school = pen.ledger_set.school._replace(previous_end=pen.ledger_set.school.term_start)
    _, [cause, *_] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(SettingRow, row.line, "value"), row.value),)
