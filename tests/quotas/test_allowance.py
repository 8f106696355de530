"""What a reader may still borrow, and by which rule."""

from datetime import date, timedelta
from typing import Any

import pytest
from small_school import SCHOOL, calendar, lent, pupil, row, rule, school_class, small_school, teacher

from make import with_incomplete, without
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, DayKind
from schoollib_xl.ledgers.vocabulary import LeavingReason, LoanMode, ReaderKind, YesNo
from schoollib_xl.quotas.borrowing.allowance import Allowance, UnknownReader, allowance
from schoollib_xl.wording.desk.allowance import allowance_sentence, allowance_text, unknown_reader
from schoollib_xl.wording.quotas.quota_json import allowance_json
from schoollib_xl.wording.zh import say

TODAY = date(2025, 10, 15)
IN_ROOM = (
    school_class("一（1）班", 1, lending=ClassLending.IN_ROOM),
    pupil("乙", "一（1）班"),
    rule(3),
)
OUT: dict[str, Any] = {"returned_on": None, "outcome": None}


def of(number: str, *rows: Any, today: date = TODAY) -> Allowance:
    return allowance(small_school(school_class(), pupil("甲"), *rows), number, today)


def rules() -> list[LendingRule]:
    """One copy for everyone, two for grade 3, three for one class, five for teachers."""
    return [
        rule(1),
        rule(2, grade=3),
        rule(3, grade=3, class_name="三（2）班"),
        row(LendingRule, reader_kind=ReaderKind.TEACHER, copies=5, days=30),
    ]


@pytest.mark.parametrize(
    ("reader", "allowed", "line"),
    [
        (pupil("乙", "三（1）班"), 2, 3),
        (pupil("乙", "三（2）班"), 3, 4),
        (pupil("乙", "四（1）班"), 1, 2),
        (pupil("乙", None), 1, 2),
        (teacher("乙"), 5, 5),
    ],
    ids=["grade", "class", "everyone", "no class", "teacher"],
)
def test_the_rule_that_says_most_about_the_reader_decides(reader: Any, allowed: int, line: int) -> None:
    classes = [school_class("三（2）班"), school_class("四（1）班", 4)]
    found = of("乙", reader, *classes, *rules())
    assert (found.allowed, found.rule.line if found.rule else None) == (allowed, line)


def test_a_rule_counts_from_its_day() -> None:
    later = rule(2, since=date(2025, 10, 16))
    assert of("甲", rule(1), later).allowed == 1
    assert of("甲", rule(1), later, today=date(2025, 10, 16)).allowed == 2


def test_only_personal_loans_that_are_out_count() -> None:
    found = of(
        "甲",
        rule(4),
        lent("甲", date(2025, 10, 13), **OUT, due_on=date(2025, 10, 20)),
        lent("甲", date(2025, 10, 13)),
        lent("甲", date(2025, 10, 13), **OUT, mode=LoanMode.CLASS),
        lent("甲", date(2025, 10, 13), **OUT, mode=LoanMode.IN_ROOM),
        lent("甲", date(2025, 10, 16), **OUT),
        lent("乙", date(2025, 10, 13), **OUT),
        lent("甲", date(2025, 10, 13), returned_on=date(2025, 10, 16)),
    )
    assert (len(found.on_loan), found.allowed, found.left) == (2, 4, 2)


def test_what_is_left_is_never_below_nothing() -> None:
    loans = [lent("甲", date(2025, 10, 13), **OUT)] * 3
    assert of("甲", *loans).left == 0


@pytest.mark.parametrize(("today", "days"), [(date(2025, 10, 9), 0), (date(2025, 10, 10), 1), (date(2025, 10, 13), 4)])
def test_a_day_the_library_is_closed_moves_to_the_next_open_day(today: date, days: int) -> None:
    holiday = row(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY)
    loan = lent("甲", date(2025, 9, 24), **OUT, due_on=date(2025, 10, 1))
    [held] = of("甲", *calendar(holiday), loan, today=today).on_loan
    assert held.due_on == date(2025, 10, 9)
    assert held.days_overdue == days


def test_a_stopped_card_allows_nothing_but_still_shows_what_is_out() -> None:
    stopped = pupil("乙", stopped_on=date(2025, 10, 10), stop_reason=LeavingReason.MOVED)
    found = of("乙", stopped, lent("乙", date(2025, 10, 8), **OUT))
    assert (found.allowed, found.left, len(found.on_loan)) == (0, 0, 1)
    assert allowance_sentence(found) == "这张证 2025年10月10日停用（转出），不能再借。"


def test_a_card_stopped_on_no_day_allows_nothing_either() -> None:
    found = of("乙", pupil("乙", stop_reason=LeavingReason.REPORTED_LOST))
    assert (found.allowed, found.left) == (0, 0)
    said = "这张证写了停用原因（挂失），停用日期空着，不能再借；还在用就把停用原因清空。"
    assert allowance_sentence(found) == said


def test_a_card_not_begun_allows_nothing() -> None:
    early = pupil("乙")._replace(issued_on=date(2025, 11, 3))
    assert allowance_sentence(of("乙", early)) == "这张证 2025年11月3日才启用，现在还不能借。"


def test_a_reader_nobody_knows_is_said_in_one_sentence() -> None:
    with pytest.raises(UnknownReader) as caught:
        of("S9999")
    assert unknown_reader(caught.value) == "读者名册里没有证号“S9999”，先核对证号。"
    assert unknown_reader(UnknownReader("　")) == "读者证号空着，写上证号再查。"


def test_a_reader_no_rule_fits_may_not_borrow() -> None:
    found = of("甲", rule(1, grade=5))
    assert allowance_sentence(found) == "借阅规则里没有一条管得到甲同学，不能借。"
    assert allowance_json(small_school(), found)["rule"] is None


def test_where_a_rule_cannot_be_read_nobody_is_told_that_none_is_theirs() -> None:
    """A class that reads in the room reads there by any rule."""
    room, reader, _ = IN_ROOM
    written = small_school(school_class(), pupil("甲"), room, reader, rule(1, grade=5))
    books = with_incomplete(written, LendingRule, since=date(2025, 9, 1), days=7, basis="制度")
    told = "借阅规则没有这张表，或者有读不全的行，不知道甲同学能借几册，先补全。"
    for unread in (books, without(written, LendingRule)):
        assert allowance_sentence(allowance(unread, "甲", TODAY)) == told
    assert allowance_sentence(allowance(books, "乙", TODAY)) == "一（1）班只在室内阅览，不外借。"


def test_the_json_names_the_rule_by_sheet_cell_and_basis() -> None:
    books: Library = small_school(
        school_class(), pupil("甲"), *rules(), lent("甲", date(2025, 10, 6), **OUT, due_on=date(2025, 10, 13))
    )
    assert allowance_json(books, allowance(books, "甲", TODAY)) == {
        "reader": "甲",
        "on_loan": 1,
        "overdue": 1,
        "allowed": 2,
        "left": 1,
        "rule": {"sheet": "借阅规则", "cell": "A3", "basis": "本校借阅制度第三条"},
    }


def test_the_text_says_what_is_out_what_is_left_and_why() -> None:
    books = small_school(
        school_class(), pupil("甲"), *rules(), lent("甲", date(2025, 10, 6), **OUT, due_on=date(2025, 10, 13))
    )
    assert list(allowance_text(books, allowance(books, "甲", TODAY))) == [
        "甲　甲同学　三（1）班　2025年10月15日",
        "在借 1 册，逾期 1 册。",
        "  000001《城南旧事》：应还 2025年10月13日，已过 2 天",
        "今天还能借 1 册。",
        "照 借阅规则!A3 这一条：3 年级同时可借 2 册，借期 7 天，可续借 1 次（2025年9月1日",
        "  起，依据：本校借阅制度第三条）。",
    ]


def test_someone_who_has_all_they_may_is_told_to_bring_one_back() -> None:
    assert allowance_sentence(of("甲", lent("甲", TODAY, **OUT))) == "已经借满，还了才能再借。"


def test_a_pupil_of_a_class_that_reads_in_the_room_may_borrow_nothing() -> None:
    found = of("乙", *IN_ROOM)
    assert (found.allowed, found.left) == (0, 0)
    assert allowance_sentence(found) == "一（1）班只在室内阅览，不外借。"
    books = small_school(school_class(), pupil("甲"), *IN_ROOM)
    said = "".join(allowance_text(books, found))
    assert "在室内看多少册都行" in said
    assert "同时可借" not in said
    assert allowance_json(books, found)["rule"] == {"sheet": "班级", "cell": "E3", "basis": "室内阅览"}


@pytest.mark.parametrize(("word", "left"), [(YesNo.YES, 0), (YesNo.NO, 2), (None, 2)])
def test_overdue_copies_stop_further_loans_where_the_rule_says_so(word: YesNo | None, left: int) -> None:
    late = lent("丁", date(2025, 9, 8), **OUT, due_on=date(2025, 9, 15))._replace(returned_on=None)
    found = of("丁", teacher("丁"), late, rule(3, overdue_stops=word))
    assert (len(found.overdue), found.left) == (1, left)
    assert ("还清了才能再借" in allowance_sentence(found)) is (left == 0)


@pytest.mark.parametrize("typed", ["s0101", "Ｓ０１０１", " S0101 "])
def test_a_number_typed_in_other_letters_is_the_readers(typed: str) -> None:
    books = small_school(school_class(), pupil("S0101"), rule(2), lent("S0101", TODAY, **OUT))
    found = allowance(books, typed, TODAY)
    assert (found.reader.reader_no, len(found.on_loan)) == ("S0101", 1)


def test_that_lending_has_stopped_is_told_where_the_school_says_so() -> None:
    rows = (school_class(), pupil("甲"), rule(2))
    stopped = small_school(*rows, school=SCHOOL._replace(lending_stops=TODAY))
    said = list(allowance_text(stopped, allowance(stopped, "甲", TODAY)))
    assert "照规则还能借 2 册，可是基本信息里停借日期是2025年10月15日，本学期已经停借。" in said
    assert not any("今天还能借" in line for line in said)
    term = SCHOOL.term_of(TODAY)
    assert term is not None
    late = small_school(*rows, school=SCHOOL._replace(lending_stops=None))
    [told] = [line for line in allowance_text(late, allowance(late, "甲", term.end)) if "停借" in line]
    since = f"停借日期照学期结束前一周算，是{say(term.end - timedelta(7))}"
    assert told == f"照规则还能借 2 册，可是{since}，本学期已经停借。"
    before = allowance(late, "甲", term.end - timedelta(8))
    assert not any("停借" in line for line in allowance_text(late, before))
    open_still = small_school(*rows)
    assert not any("停借日期" in line for line in allowance_text(open_still, allowance(open_still, "甲", TODAY)))
