"""A new school year: what goes over, who goes up, and what stays in the old book."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from adoption.old_lists import rows_of
from make import library, row
from schoollib_xl.adoption.next_year.carrying import WHY
from schoollib_xl.adoption.next_year.new_year import NewYear, new_year
from schoollib_xl.adoption.next_year.promotion import promoted_name
from schoollib_xl.adoption.next_year.year_report import year_answer
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import DeclaredSheet, Row
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow, TurnRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import Flow, LeavingReason, LoanOutcome, ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from small_sample import first_rows

OPENED_ON = date(2026, 9, 1)


def next_year(*rows: Row) -> NewYear:
    return new_year(library(*rows))


def a_class(name: str, grade: int, **changes: Any) -> ClassRow:
    return row(ClassRow, class_name=name, grade=grade, **changes)


def a_reader(number: str, class_name: str | None, **changes: Any) -> ReaderRow:
    return row(ReaderRow, reader_no=number, class_name=class_name, **changes)


@pytest.mark.parametrize(
    ("before", "grade", "after"),
    [
        ("三（1）班", 3, "四（1）班"),
        ("三年级2班", 3, "四年级2班"),
        ("5(3)班", 5, "6(3)班"),
        ("二年级", 2, "三年级"),
        ("301", 3, "401"),
        ("三年甲班", 3, "四年甲班"),
        ("三乙", 3, "四乙"),
        ("东村小学三年级1班", 3, "东村小学四年级1班"),
        ("2023年1班", 3, "2023年1班"),
        ("2023级1班", 3, "2023级1班"),
        ("23级1班", 2, "23级1班"),
        ("向日葵班", 2, "向日葵班"),
        ("三（1）班", 4, "三（1）班"),
    ],
)
def test_a_class_goes_up_by_its_name(before: str, grade: int, after: str) -> None:
    assert promoted_name(before, grade) == after


@pytest.mark.parametrize(
    ("named", "next_named"), [("2025级1班", "2026级1班"), ("25级（2）班", "26级（2）班"), ("2031届1班", "2032届1班")]
)
def test_the_first_grade_of_the_new_year_is_named_by_its_own_year(named: str, next_named: str) -> None:
    done = next_year(a_class(named, 1, pupils=25))
    assert [(one.class_name, one.grade) for one in rows_of(done, ClassRow)] == [(next_named, 1), (named, 2)]


def test_classes_go_up_the_last_leaves_and_the_first_stands_ready() -> None:
    done = next_year(
        a_class("一（1）班", 1, teacher="陈静", pupils=25, lending=ClassLending.IN_ROOM),
        a_class("二（1）班", 2, teacher="李明", pupils=24, lending=ClassLending.PERSONAL),
        a_class("六（1）班", 6, teacher="王芳", pupils=30),
    )
    said = [(one.class_name, one.grade, one.teacher, one.pupils) for one in rows_of(done, ClassRow)]
    assert said == [("一（1）班", 1, None, 0), ("二（1）班", 2, "陈静", 25), ("三（1）班", 3, "李明", 24)]
    # How a class borrows goes with the grade.
    assert [one.lending for one in rows_of(done, ClassRow)][:2] == [ClassLending.IN_ROOM, ClassLending.PERSONAL]
    assert [(move.before, move.after) for move in done.promotion.moves][-1] == ("六（1）班", "")


def test_the_preschool_class_goes_up_into_the_one_first_grade_and_stands_ready_itself() -> None:
    preschool, pupil = a_class("学前班", 0, teacher="陈静", pupils=11), a_reader("S1", "学前班")
    done = next_year(preschool, a_class("一（1）班", 1, teacher="李明", pupils=24), pupil)
    said = [(one.class_name, one.grade, one.teacher, one.pupils) for one in rows_of(done, ClassRow)]
    assert said == [("学前班", 0, None, 0), ("一（1）班", 1, "陈静", 11), ("二（1）班", 2, "李明", 24)]
    assert [one.class_name for one in rows_of(done, ReaderRow)] == ["一（1）班"]


def test_of_a_mixed_class_and_of_a_preschool_class_before_it_nobody_is_moved_and_that_is_told() -> None:
    mixed, third = a_class("一二年级", MixedGrade(1, 2), pupils=13), a_class("三年级", 3, pupils=8)
    done = next_year(a_class("学前班", 0, pupils=11), mixed, third, a_reader("S1", "学前班"))
    said = [(one.class_name, one.pupils) for one in rows_of(done, ClassRow)]
    assert said == [("学前班", 11), ("一二年级", 13), ("四年级", 8)]
    assert [one.class_name for one in rows_of(done, ReaderRow)] == ["学前班"]
    assert year_answer(done, []).sentences[1:3] == (
        "升班 1 个班，没有毕业生的证要停用。",
        "学前班、一二年级里谁升班、升到哪个班，账里看不出来，没有动：照新学年的名单改。",
    )


def test_classes_that_go_up_into_a_grade_the_school_had_none_of_are_told() -> None:
    """A teaching point has four grades, and its fifth-graders go to another school."""
    done = next_year(a_class("三（1）班", 3), a_class("四（1）班", 4), a_class("四（2）班", 4))
    assert year_answer(done, []).sentences[2:] == (
        "旧账里没有五年级，新账的五（1）班、五（2）班是照样升上来的：本校不设五年级，就在新账“班级”里删去，"
        "学生的证填上停用日期和停用原因。",
    )
    for classes in (["五（1）班", "六（1）班"], ["六（1）班"]):
        whole = next_year(*(a_class(name, 5 if name[0] == "五" else 6) for name in classes))
        assert len(year_answer(whole, []).sentences) == 2
    mixed = next_year(a_class("三年级", 3), a_class("四五年级", MixedGrade(4, 5)))
    assert not any("照样升上来" in said for said in year_answer(mixed, []).sentences)


def test_pupils_go_up_with_their_class_and_leavers_get_a_stopped_card() -> None:
    done = next_year(
        a_class("五（1）班", 5),
        a_class("六（1）班", 6),
        a_reader("S1", "五（1）班"),
        a_reader("S2", "六(1)班"),
        a_reader("T1", "六（1）班", kind=ReaderKind.TEACHER),
        a_reader("S3", "五（1）班", stopped_on=date(2026, 1, 5), stop_reason=LeavingReason.MOVED),
    )
    said = [(one.reader_no, one.class_name, one.stopped_on, one.stop_reason) for one in rows_of(done, ReaderRow)]
    assert said == [
        ("S1", "六（1）班", None, None),
        ("S2", "六(1)班", OPENED_ON, LeavingReason.GRADUATED),
        ("T1", None, None, None),
    ]
    assert [one.reader_no for one in done.promotion.leavers] == ["S2"]


def test_copies_in_force_open_the_new_books_and_withdrawn_ones_stay() -> None:
    withdrawn = row(SummaryRow, batch_no="2026-001", flow=Flow.OUT, registered_on=date(2026, 1, 16), copies=1, I=1)
    done = next_year(
        row(SummaryRow, copies=2, list_value=Decimal("50.00"), I=2, running_copies=2, running_value=Decimal("50.00")),
        withdrawn._replace(running_copies=1, running_value=Decimal("25.00")),
        row(AccessionRow),
        row(AccessionRow, accession_no="000002", withdrawn_on=date(2026, 1, 16), withdrawal_no="2026-001"),
        row(WithdrawalRow, accession_no="000002"),
    )
    (batch,) = rows_of(done, SummaryRow)
    assert (batch.batch_no, batch.registered_on, batch.copies, batch.I) == ("2026-002", OPENED_ON, 1, 1)
    assert batch.remarks == "上学年结转；下一个个别登记号从 000003 起"
    (copy,) = rows_of(done, AccessionRow)
    assert (copy.accession_no, copy.batch_no, copy.remarks) == ("000001", "2026-002", "原总括登记号 2025-001")
    assert rows_of(done, WithdrawalRow) == []
    assert done.balanced


def test_closing_that_is_not_the_opening_is_said() -> None:
    done = next_year(row(SummaryRow, copies=1, running_copies=3, running_value=Decimal("25.00")), row(AccessionRow))
    wrong = [(one.name, one.closing, one.opening) for one in done.balances if not one.agrees]
    assert wrong == [("册数（总括登记账累计）", 3, 1)]
    assert not done.balanced


def test_every_class_opens_with_its_closing_balance() -> None:
    closing = row(ClassificationRow, class_letter="I", closing_copies=1, closing_value=Decimal("25.00"))
    done = next_year(row(SummaryRow, I=1), row(AccessionRow), closing)
    opened = {one.class_letter: one for one in rows_of(done, ClassificationRow)}
    assert (len(opened), opened["I"].opening_copies, opened["I"].opening_value) == (22, 1, Decimal("25.00"))
    assert opened["I"].starts_on == OPENED_ON
    assert done.balanced


def test_a_period_made_up_before_the_last_batches_came_states_no_closing() -> None:
    closing = row(ClassificationRow, class_letter="I", closing_copies=1, closing_value=Decimal("25.00"))
    later = row(SummaryRow, line=3, batch_no="2026-001", registered_on=date(2026, 3, 5), I=1)
    bought = row(AccessionRow, line=3, accession_no="000002", batch_no="2026-001")
    done = next_year(row(SummaryRow, I=1), later, row(AccessionRow), bought, closing)
    assert [one.closing for one in done.balances if one.name == "I 类册数"] == [None]


def test_batches_of_the_new_year_go_over_with_their_copies() -> None:
    late = row(SummaryRow, batch_no="2026-003", registered_on=date(2026, 9, 4), first_no="000002", last_no="000002")
    done = next_year(
        row(SummaryRow),
        late,
        row(AccessionRow),
        row(AccessionRow, accession_no="000002", batch_no="2026-003", accessioned_on=date(2026, 9, 4)),
    )
    assert [one.batch_no for one in rows_of(done, SummaryRow)] == ["2026-004", "2026-003"]
    assert [one.running_copies for one in rows_of(done, SummaryRow)] == [1, 2]
    assert [one.batch_no for one in rows_of(done, AccessionRow)] == ["2026-004", "2026-003"]


def test_open_loans_keep_their_numbers_and_go_up_with_the_class() -> None:
    done = next_year(
        a_class("三（1）班", 3),
        row(LoanRow, loan_no="J000007"),
        row(LoanRow, loan_no="J000008", returned_on=date(2025, 9, 20), outcome=LoanOutcome.RETURNED),
    )
    assert [(one.loan_no, one.class_name) for one in rows_of(done, LoanRow)] == [("J000007", "四（1）班")]


def test_a_copy_reported_lost_and_not_written_off_keeps_its_loan_and_its_incident() -> None:
    lost = row(LoanRow, returned_on=date(2025, 10, 15), outcome=LoanOutcome.LOST)
    done = next_year(row(SummaryRow), row(AccessionRow), lost, row(CompensationRow))
    assert len(rows_of(done, LoanRow)) == len(rows_of(done, CompensationRow)) == 1
    written_off = row(AccessionRow, withdrawn_on=date(2026, 1, 16), withdrawal_no="2026-001")
    settled = row(CompensationRow, withdrawal_no="2026-001")
    done = next_year(row(SummaryRow), written_off, lost, settled)
    assert rows_of(done, LoanRow) == rows_of(done, CompensationRow) == []


def test_a_reader_who_left_but_still_owes_a_book_is_carried() -> None:
    gone = a_reader("S1", "三（1）班", stopped_on=date(2026, 1, 5), stop_reason=LeavingReason.MOVED)
    assert rows_of(next_year(gone), ReaderRow) == []
    assert len(rows_of(next_year(gone, row(LoanRow, reader_no="S1")), ReaderRow)) == 1


def test_money_left_over_opens_the_cash_book() -> None:
    (line,) = rows_of(next_year(row(CashRow)), CashRow)
    assert (line.booked_on, line.received, line.balance) == (OPENED_ON, Decimal("980.00"), Decimal("980.00"))


def test_the_balance_of_the_last_day_is_left_over_whatever_the_order_of_the_lines() -> None:
    days = [(date(2026, 6, 1), "40.00"), (date(2025, 9, 1), "980.00")]
    done = next_year(*(row(CashRow, booked_on=on, balance=Decimal(left)) for on, left in days))
    assert [one.received for one in rows_of(done, CashRow)] == [Decimal("40.00")]


def test_turns_and_rules_of_a_class_name_that_nobody_moves_up_into_stay_in_the_old_book() -> None:
    classes = [a_class("三（1）班", 3), a_class("四（1）班", 4)]
    turns = [row(TurnRow, class_name=name) for name in ("三(1)班", "四（1）班")]
    rules = [row(LendingRule, class_name=name) for name in ("三（1）班", None)]
    done = next_year(*classes, *turns, *rules)
    assert [one.class_name for one in rows_of(done, TurnRow)] == ["四（1）班"]
    assert [one.class_name for one in rows_of(done, LendingRule)] == [None]


def test_jobs_are_to_be_done_again() -> None:
    assert [one.done for one in rows_of(next_year(row(JobRow)), JobRow)] == [None]


def test_explanations_go_over_with_the_rows_they_explain() -> None:
    about = row(ExplanationRow, sheet_name="个别登记账", number="000001")
    gone = row(ExplanationRow, sheet_name="个别登记账", number="000099")
    opening = row(ExplanationRow, sheet_name="总括登记账", number="2025-001")
    done = next_year(row(SummaryRow, flow=Flow.OPENING), row(AccessionRow), about, gone, opening)
    said = [(one.sheet_name, one.number) for one in rows_of(done, ExplanationRow)]
    assert said == [("个别登记账", "000001"), ("总括登记账", "2026-001")]


def test_the_settings_move_on_by_a_year() -> None:
    school = next_year().ledger_set.school
    assert (school.name, school.school_year, school.term_start) == ("青禾小学", "2026-2027", OPENED_ON)
    assert (school.cut_off, school.previous_start) == (None, None)


@pytest.mark.parametrize(("stops", "kept"), [(date(2026, 6, 26), None), (date(2027, 1, 15), date(2027, 1, 15))])
def test_the_day_on_which_lending_stops_goes_over_only_if_it_is_of_the_new_term(stops: date, kept: date | None) -> None:
    school = EXAMPLE_SCHOOL._replace(lending_stops=stops)
    assert new_year(library(school=school)).ledger_set.school.lending_stops == kept


@pytest.mark.parametrize(
    ("written", "begins"), [("2025-26学年", 2026), ("9999-10000", 2025), ("今年", 2025), (None, 2025)]
)
def test_a_school_year_of_no_year_of_ours_is_that_of_the_day(written: str | None, begins: int) -> None:
    school = EXAMPLE_SCHOOL._replace(school_year=written)
    done = new_year(library(school=school, as_of=date(2025, 7, 3)))
    assert done.ledger_set.school.term_start == date(begins, 9, 1)


def test_the_list_says_of_every_sheet_why_its_rows_go_or_stay() -> None:
    assert set(WHY) == {sheet.row_type for sheet in ALL_SHEETS}
    assert all(sentence.endswith("。") for sentence in WHY.values())


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_lines_that_lack_whatever_they_must_say_go_over_too(sheet: DeclaredSheet) -> None:
    books = first_rows().library()
    table, whole = books[sheet.row_type], new_year(books).counts
    for field in sheet.fields:
        unread = [IncompleteRow(one.line, {**one._asdict(), field.name: None}) for one in table.rows[:2]]
        lines = {one.line for one in unread}
        rows = [one for one in table.rows if one.line not in lines]
        made = new_year(books.with_tables(table.changed(rows=rows, incomplete=unread)))
        # A class goes up by its name and grade.
        lost = len(unread) if sheet.row_type is ClassRow and field.name in ("class_name", "grade") else 0
        assert made.counts[sheet.row_type][0] >= whole[sheet.row_type][0] - 2 * lost, field.header
