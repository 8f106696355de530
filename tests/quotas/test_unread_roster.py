"""读者名册 of which nobody can read who the readers are: pupils' figures are told not to be known."""

from datetime import date
from typing import Any

import pytest
from small_school import LAST_DAY, lent, pupil, school_class, small_school, target

from make import row, with_incomplete, without_column
from schoollib_xl.labels.contents import Wanted, contents
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.vocabulary import Circulation, LeavingReason, LoanMode, ReaderKind
from schoollib_xl.lists.books import monthly
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.statement import Statement, statement
from schoollib_xl.wording.quotas.quota_sentences import headline, register_sentence, unread_sentence
from schoollib_xl.wording.quotas.verdicts import outcome_word

DAY = date(2025, 10, 13)
LOANS = (lent("甲", DAY), lent("陈", DAY, None), lent("陈", date(2025, 10, 14)))


def school(*rows: ReaderRow) -> Library:
    return small_school(school_class(), target("生均借书册数", 2), *rows, *LOANS)


def obstacles(quotas: Statement) -> set[Obstacle]:
    return {lack.obstacle for lack in quotas.not_computed}


@pytest.mark.parametrize(("kind", "loans"), [(ReaderKind.TEACHER, 1), (ReaderKind.PUPIL, 2)])
def test_whose_name_alone_cannot_be_read_borrows_as_what_he_is(kind: ReaderKind, loans: int) -> None:
    quotas = statement(with_incomplete(school(pupil("甲")), ReaderRow, reader_no="陈", kind=kind))
    assert quotas.classes[0].obligation.loans == loans
    assert not obstacles(quotas) & {Obstacle.READER_UNLISTED, Obstacle.READER_UNREAD}


def test_the_loans_of_one_whose_kind_cannot_be_read_are_counted_nowhere_and_told() -> None:
    books = with_incomplete(school(pupil("甲")), ReaderRow, reader_no="陈", name="陈静")
    quotas = statement(books)
    assert (quotas.school.loans, quotas.unread_loans) == (1, 2)
    assert Obstacle.READER_UNREAD in obstacles(quotas)
    assert unread_sentence(quotas) == "另有 2 笔借书登记不全或分不清是学生还是教师借的，借书的数里没有它们。"
    assert sum(one.loans for one in monthly(books, quotas.period.window)) == 1 if quotas.period else False


def test_where_no_line_of_the_roster_has_a_number_no_figure_of_pupils_is_given() -> None:
    quotas = statement(with_incomplete(school(), ReaderRow, name="甲"))
    assert headline(quotas).endswith("3 笔借书登记不全或分不清是学生还是教师借的，借书的数没有算。")
    assert register_sentence(quotas) == "生均照班级表的学生人数 2 人算。"
    assert [(outcome.actual, outcome_word(outcome)) for outcome in quotas.outcomes] == [(None, "没有算")]


def test_without_the_classes_of_the_roster_nobody_is_said_to_be_in_none() -> None:
    quotas = statement(without_column(school(pupil("甲")), ReaderRow, "class_name"))
    assert quotas.classes[0].obligation.on_register is None
    assert register_sentence(quotas) == "生均照班级表的学生人数 2 人算。"


def test_who_left_nobody_says_when_is_in_no_class_and_has_no_card_to_print() -> None:
    books = school(pupil("甲"), pupil("乙", stop_reason=LeavingReason.MOVED))
    assert statement(books).classes[0].obligation.on_register == 1
    cards = contents(books, Wanted(LabelKind.READER, None, None, None))
    assert len(cards.labels) == 1


@pytest.mark.parametrize(("copies", "is_told"), [((), False), ((target("生均借书册数", 2),), True)])
def test_nobody_has_failed_to_borrow_in_a_class_that_only_read_in_the_room(
    copies: tuple[TargetRow, ...], is_told: bool
) -> None:
    """Where 班级 does not say how the class borrows; a class of which copies are asked is told all the same."""
    read = lent("甲", DAY, mode=LoanMode.IN_ROOM)
    [quota] = statement(small_school(school_class(lending=None), pupil("甲"), read, *copies)).classes
    assert quota.only_in_room is not is_told


def test_a_roster_of_teachers_alone_has_no_pupil() -> None:
    quotas = statement(school(pupil("陈", None)._replace(kind=ReaderKind.TEACHER)))
    assert "读者名册在用的学生 0 人" in register_sentence(quotas)


def test_no_class_is_behind_for_want_of_loans_that_cannot_be_counted() -> None:
    """Two pupils owe four copies each; three are counted, and who knows of the other lines."""
    asked = small_school(school_class(), target("生均借书册数", 4), pupil("甲"), *[lent("甲", DAY)] * 3, as_of=LAST_DAY)
    few = asked
    for _ in range(4):
        few = with_incomplete(few, LoanRow, lent_on=DAY)
    enough = with_incomplete(few, LoanRow, lent_on=DAY)
    assert [one.classes[0].obligation.on_track for one in map(statement, (asked, few, enough))] == [False, False, None]
    assert statement(enough).classes[0].obligation.gap is None


def test_pupils_of_a_class_without_a_name_are_in_no_mean_of_the_school() -> None:
    books = small_school(school_class(), target("生均藏书册数", 1), target("生均借书册数", 2, "3"), row(AccessionRow))
    nameless = with_incomplete(books, ClassRow, grade=4, pupils=30)
    blank_class = dict.fromkeys(field.name for field in SHEETS[ClassRow].fields)
    assert [one.lacks_pupils for one in statement(books).outcomes] == [False, False]
    assert [one.lacks_pupils for one in statement(nameless).outcomes] == [True, False]
    assert [one.actual for one in statement(nameless).outcomes if one.lacks_pupils] == [None]
    assert Obstacle.ROW_UNREADABLE in obstacles(statement(nameless))
    for name, may_be in (("三（2）班", True), ("朝阳班", True), ("五（1）班", False), ("学前班", False)):
        ungraded = with_incomplete(books, ClassRow, **(blank_class | {"class_name": name, "pupils": 30}))
        assert [one.lacks_pupils for one in statement(ungraded).outcomes] == [False, may_be]
    anywhere = statement(with_incomplete(books, ClassRow, pupils=30))
    assert [one.lacks_pupils for one in anywhere.outcomes] == [True, True]


def test_books_for_the_room_without_a_number_leave_their_titles_untold() -> None:
    books = small_school(school_class(), row(AccessionRow, circulation=Circulation.REFERENCE))
    known = {one.name: one.value for one in statement(books).indicators}
    lacking = with_incomplete(books, AccessionRow, circulation=Circulation.REFERENCE)
    unknown = {one.name: one.value for one in statement(lacking).indicators}
    assert (known["工具书种数"], unknown["工具书种数"]) == (1, None)


@pytest.mark.parametrize(
    ("row_type", "field", "is_told"),
    [(PeriodicalRow, "title", True), (PeriodicalRow, "copies", False), (ClassRow, "class_name", True)],
)
def test_a_column_that_lacks_is_told_where_no_line_counts_without_it(
    row_type: type[Any], field: str, is_told: bool
) -> None:
    lines = with_incomplete(small_school(school_class()), row_type)
    told = [one.about for one in statement(without_column(lines, row_type, field)).not_computed]
    assert any(SHEETS[row_type].by_name[field].header in about for about in told) is is_told


def test_a_target_whose_figure_cannot_be_read_is_not_called_missed() -> None:
    blank = dict.fromkeys(field.name for field in SHEETS[TargetRow].fields)
    lacking = blank | {"name": "生均藏书册数", "unit": "册", "basis": "计划"}
    [outcome] = statement(with_incomplete(small_school(school_class()), TargetRow, **lacking)).outcomes
    assert outcome_word(outcome) == "没有算"
