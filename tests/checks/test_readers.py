"""班级, 读者名册, 学生管理员, and class names wherever they are written."""

from datetime import date
from typing import Any

import pytest

from make import findings, flat, library, report, row, sentences, with_incomplete
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import LeavingReason, LoanMode, ReaderKind

AS_OF = date(2026, 1, 23)
CLASS = row(ClassRow)
OTHER_CLASS = row(ClassRow, class_name="三（2）班")
TEACHER = {"kind": ReaderKind.TEACHER, "class_name": None}


def reader(number: int = 1, **changes: Any) -> ReaderRow:
    """A pupil of 三（1）班 since 1 September."""
    return row(ReaderRow, **({"reader_no": f"S{number:04}"} | changes))


def test_a_card_may_stop_on_the_day_it_was_issued() -> None:
    assert findings("RDR101", reader(stopped_on=date(2025, 9, 1)), reader(2, issued_on=None, stopped_on=AS_OF)) == []


def test_a_card_that_stopped_before_it_was_issued_is_found() -> None:
    early = reader(stopped_on=date(2025, 8, 31))
    assert findings("RDR101", early) == ["RDR101 读者名册!F2"]
    assert sentences("RDR101", early) == ["S0001 在 2025年8月31日 停用，可是 2025年9月1日 才办证。"]


def test_a_reason_needs_the_day_the_card_stopped() -> None:
    assert findings("RDR102", reader(stopped_on=AS_OF, stop_reason=LeavingReason.MOVED), reader(2)) == []
    moved = reader(stop_reason=LeavingReason.MOVED)
    assert findings("RDR102", moved) == ["RDR102 读者名册!F2"]
    assert sentences("RDR102", moved) == ["S0001 写了转出，停用日期空着。"]


def test_a_teacher_has_one_card_in_use() -> None:
    first, second = reader(reader_no="T0001", **TEACHER), reader(reader_no="T0002", **TEACHER)
    assert findings("RDR004", first, second) == ["RDR004 读者名册!A3"]
    assert sentences("RDR004", first, second) == ["林小满有两个在用的证，T0001 和 T0002。"]


def test_teachers_of_one_name_with_a_remark_a_card_that_stopped_and_a_pupil_of_the_name_are_no_second_card() -> None:
    first, second = reader(reader_no="T0001", **TEACHER), reader(reader_no="T0002", **TEACHER)
    assert findings("RDR004", first, second._replace(remarks="与T0001同名")) == []
    assert findings("RDR004", first._replace(stopped_on=AS_OF, stop_reason=LeavingReason.REPORTED_LOST), second) == []
    assert findings("RDR004", first, reader()) == []


def test_a_pupil_has_a_class() -> None:
    assert findings("RDR301", reader(class_name=None)) == ["RDR301 读者名册!D2"]
    assert sentences("RDR301", reader(class_name=None)) == ["林小满（S0001）是学生，班级空着。"]
    assert sentences("RDR301", reader(class_name=None), reader(2, class_name=None)) == [
        "林小满（S0001）是学生，班级空着，这一栏还有 1 格也是这样。"
    ]


def test_a_teacher_and_a_pupil_who_left_need_no_class() -> None:
    assert findings("RDR301", reader(**TEACHER), reader(2, class_name=None, stopped_on=AS_OF)) == []


def pupils(stated: int, *readers: ReaderRow, **changes: Any) -> list[str]:
    return findings("RDR201", CLASS._replace(pupils=stated, **changes), OTHER_CLASS._replace(pupils=0), *readers)


def test_pupils_are_as_many_as_cards_in_use() -> None:
    left = reader(3, stopped_on=AS_OF)
    comes = reader(4, issued_on=date(2026, 2, 23))
    assert pupils(2, reader(), reader(2), left, comes, reader(5, **TEACHER)) == []
    assert pupils(2, reader(), reader(2, class_name="三(1)班")) == []


def test_who_is_away_for_a_term_or_a_guest_may_be_counted_or_not() -> None:
    for words in ("2026年1月起休学", "借读生"):
        assert [pupils(stated, reader(), reader(2, remarks=words)) for stated in (1, 2)] == [[], []]
    assert pupils(1, reader(), reader(2, remarks="同名")) == ["RDR201 班级!D2"]


def test_a_remark_on_the_class_explains_who_has_no_card_and_no_more_than_it_says() -> None:
    for words in ("含送教上门1人", "1人未办证", "有学生未办证"):
        assert pupils(3, reader(), reader(2), remarks=words) == []
    assert pupils(4, reader(), reader(2), remarks="含送教上门1人") == ["RDR201 班级!D2"]
    assert pupils(3, reader(), reader(2), remarks="新教室") == ["RDR201 班级!D2"]


def test_who_stands_in_for_a_class_teacher_needs_no_card() -> None:
    others = (reader(2, **TEACHER), OTHER_CLASS._replace(teacher=reader(2, **TEACHER).name))
    third = CLASS._replace(line=4, class_name="三（3）班", teacher=others[1].teacher)
    assert findings("RDR304", CLASS._replace(teacher="王代"), *others, third) == ["RDR304 班级!C2"]
    for lawful in ({"teacher": "王代（代课）"}, {"teacher": "王代", "remarks": "孙老师产假，代课"}):
        assert findings("RDR304", CLASS._replace(**lawful), *others, third) == [], lawful
    for known in ("{0}、{0}", "{0}（兼）"):
        both = CLASS._replace(teacher=known.format(others[1].teacher))
        assert findings("RDR304", both, *others, third) == [], known


def test_who_left_nobody_says_when_is_no_pupil_too_many() -> None:
    left = reader(2, stop_reason=LeavingReason.MOVED)
    assert [pupils(stated, reader(), left) for stated in (1, 2)] == [[], []]
    assert pupils(3, reader(), left) == ["RDR201 班级!D2"]


def test_graduates_belong_to_their_class_until_the_term_is_over() -> None:
    left = reader(2, stopped_on=AS_OF, stop_reason=LeavingReason.GRADUATED)
    assert [pupils(stated, reader(), left) for stated in (1, 2)] == [[], []]
    assert pupils(3, reader(), left) == ["RDR201 班级!D2"]
    assert pupils(2, reader(), left._replace(stopped_on=date(2025, 7, 1))) == ["RDR201 班级!D2"]


def test_pupils_and_cards_that_differ_are_found_with_both_figures() -> None:
    assert pupils(3, reader(), reader(2)) == ["RDR201 班级!D2"]
    assert sentences("RDR201", CLASS._replace(pupils=3), reader(), reader(2)) == [
        "三（1）班的学生人数是 3 人，读者名册上在用的有 2 人，名册少 1 人。"
    ]
    assert pupils(1, reader(), reader(2)) == ["RDR201 班级!D2"]


def test_a_pupil_who_stands_among_those_of_the_class_that_lacks_one_is_named() -> None:
    rows = [reader(), reader(2, class_name=OTHER_CLASS.class_name), reader(3)]
    found = report("RDR201", library(CLASS._replace(pupils=3), OTHER_CLASS._replace(pupils=0), *rows)).findings
    assert [[(cell.row_type, cell.line) for cell in one.see_also] for one in found] == [
        [(ReaderRow, 3), (ClassRow, 3)],
        [(ReaderRow, 3), (ClassRow, 2)],
    ]


def test_a_pupil_without_a_known_class_explains_one_that_lacks() -> None:
    assert pupils(2, reader(), reader(2, class_name=None)) == []
    assert pupils(2, reader(), reader(2, class_name="七（1）班")) == []
    assert pupils(3, reader(), reader(2, class_name=None)) == ["RDR201 班级!D2"]


def test_a_class_that_reads_in_the_room_may_do_without_cards() -> None:
    assert pupils(24, lending=ClassLending.IN_ROOM) == []
    assert pupils(24, lending=ClassLending.PERSONAL) == ["RDR201 班级!D2"]
    assert pupils(24, reader(), lending=ClassLending.IN_ROOM) == ["RDR201 班级!D2"]


def test_a_class_said_to_be_empty_has_borrowed_only_what_pupils_of_another_class_did() -> None:
    left = reader(stopped_on=AS_OF, stop_reason=LeavingReason.MOVED)
    moved, empty, lent = reader(2, class_name=OTHER_CLASS.class_name), CLASS._replace(pupils=0), row(LoanRow)

    def said(*rows: Any) -> list[str]:
        return findings("RDR202", empty, OTHER_CLASS, *rows)

    assert said(left, lent) == ["RDR202 班级!D2"]
    assert said(lent) == ["RDR202 班级!D2"], "whoever borrowed is in no line of the register"
    assert sentences("RDR202", empty, left, lent) == [
        "三（1）班的学生人数是 0，这个学期却借了书，借书的学生在名册上没有转到别的班。"
    ]
    assert said(left, moved, lent, lent._replace(reader_no=moved.reader_no)) == [], "two classes were put together"
    assert said(left, lent._replace(lent_on=date(2025, 6, 2))) == [], "a year ago it had pupils"
    assert said(reader(**TEACHER), lent) == []
    assert said(left, lent._replace(mode=LoanMode.IN_ROOM)) == []


@pytest.mark.parametrize("class_name", ["三（1）班", None])
def test_cards_are_not_counted_while_a_line_of_the_class_cannot_be_read(class_name: str | None) -> None:
    books = with_incomplete(library(CLASS._replace(pupils=2), reader()), ReaderRow, class_name=class_name)
    assert report("RDR201", books).findings == ()


def test_a_reader_with_a_rule_is_silent() -> None:
    assert findings("QUO301", CLASS, reader(), row(LendingRule, grade=3)) == []


def test_readers_no_rule_fits_are_one_finding_for_each_kind() -> None:
    only_fourth = row(LendingRule, reader_kind=None, grade=4)
    rows = CLASS, reader(), reader(2), reader(3, name="陈静", **TEACHER), only_fourth
    assert findings("QUO301", *rows) == ["QUO301 读者名册!A2", "QUO301 读者名册!A4"]
    assert sentences("QUO301", *rows) == [
        "学生林小满（S0001）等 2 名没有一条借阅规则适用。",
        "教师陈静（S0003）没有一条借阅规则适用。",
    ]


def test_a_rule_counts_from_its_first_day() -> None:
    assert findings("QUO301", CLASS, reader(), row(LendingRule, since=AS_OF)) == []
    assert findings("QUO301", CLASS, reader(), row(LendingRule, since=date(2026, 1, 24))) == ["QUO301 读者名册!A2"]


def test_readers_are_not_judged_without_rules_without_a_known_class_or_after_they_left() -> None:
    teachers_only = row(LendingRule, reader_kind=ReaderKind.TEACHER)
    assert findings("QUO301", CLASS, reader()) == []
    assert findings("QUO301", CLASS, reader(class_name="七（1）班"), teachers_only) == []
    assert findings("QUO301", CLASS, reader(stopped_on=AS_OF), teachers_only) == []
    books = with_incomplete(library(CLASS, reader(), teachers_only), LendingRule)
    assert report("QUO301", books).findings == ()


NAMING = {
    ReaderRow: ("RDR302", "RDR303", "读者名册!D"),
    LoanRow: ("CIR308", "CIR309", "借阅登记账!E"),
    CompensationRow: ("CMP391", "CMP392", "赔偿登记账!E"),
    LendingRule: ("QUO303", "QUO304", "借阅规则!C"),
    TurnRow: ("QUO331", "QUO332", "借阅轮流表!A"),
    VisitRow: ("VIS301", "VIS302", "阅览登记!C"),
    PupilLibrarianRow: ("PLB305", "PLB306", "学生管理员!A"),
}


@pytest.mark.parametrize("row_type", NAMING)
def test_a_class_written_as_in_the_list_of_classes_is_silent(row_type: type[Any]) -> None:
    unknown, spelled, _ = NAMING[row_type]
    named = row(row_type, class_name="三（1）班")
    assert findings(unknown, CLASS, named) == findings(spelled, CLASS, named) == []


@pytest.mark.parametrize("row_type", NAMING)
def test_an_unknown_class_is_found_once_at_its_first_line(row_type: type[Any]) -> None:
    unknown, spelled, place = NAMING[row_type]
    rows = CLASS, row(row_type, class_name="七（1）班"), row(row_type, class_name="七（1）班")
    assert findings(unknown, *rows) == [f"{unknown} {place}2"]
    assert sentences(unknown, *rows) == ["“七（1）班”不在班级表里（2 行这样写）。"]
    assert findings(spelled, *rows) == []


def test_classes_that_are_all_named_in_a_way_of_their_own_are_one_finding() -> None:
    rows = [CLASS, *(row(TurnRow, class_name=f"{name}班") for name in "甲乙丙丁戊己庚")]
    assert sentences("QUO331", *rows) == ["“甲班”不在班级表里（1 行这样写），这一栏还有 6 格也是这样。"]
    assert len(findings("QUO331", *rows[:-1])) == 6


@pytest.mark.parametrize("row_type", [TurnRow, VisitRow])
@pytest.mark.parametrize("name", ["三（1）班、三（2）班", "三（1、2）班", "三年级", "中年级"])
def test_classes_that_come_together_are_known(row_type: type[Any], name: str) -> None:
    both = CLASS, CLASS._replace(class_name="三（2）班")
    assert findings(NAMING[row_type][0], *both, row(row_type, class_name=name)) == []
    assert findings("QUO322", *both, row(TurnRow, class_name=name)) == []


@pytest.mark.parametrize("row_type", NAMING)
def test_a_class_spelled_another_way_is_found_with_the_right_spelling(row_type: type[Any]) -> None:
    unknown, spelled, place = NAMING[row_type]
    rows = CLASS, row(row_type, class_name="三(1)班"), row(row_type, class_name="三年级1班")
    assert findings(spelled, *rows) == [f"{spelled} {place}2", f"{spelled} {place}3"]
    assert sentences(spelled, *rows)[0] == "“三(1)班”在班级表里写作“三（1）班”（1 行这样写）。"
    assert not report(spelled, library(*rows)).failed
    assert findings(unknown, *rows) == []


def test_departments_of_teachers_and_classes_that_left_are_not_looked_up() -> None:
    assert findings("RDR302", CLASS, reader(kind=ReaderKind.TEACHER, class_name="语文组")) == []
    assert findings("RDR302", CLASS, reader(class_name="六（3）班", stopped_on=AS_OF)) == []
    lent = row(LoanRow, class_name="语文组")
    assert findings("CIR308", CLASS, reader(**TEACHER), lent) == []
    assert findings("CIR308", CLASS, reader(), lent) == ["CIR308 借阅登记账!E2"]


@pytest.mark.parametrize("incomplete", ["七(1)班", None])
def test_a_class_on_a_line_that_could_not_be_read_is_not_unknown(incomplete: str | None) -> None:
    books = with_incomplete(library(CLASS, row(TurnRow, class_name="七（1）班")), ClassRow, class_name=incomplete)
    assert report("QUO331", books).findings == ()


def test_without_a_list_of_classes_no_class_is_unknown() -> None:
    assert findings("QUO331", row(TurnRow)) == []


def helper(**changes: Any) -> PupilLibrarianRow:
    """林小满 of 三（1）班, appointed on 8 September."""
    return row(PupilLibrarianRow, **changes)


def test_a_pupil_librarian_of_the_class_with_a_card_in_use_is_silent() -> None:
    books = library(CLASS, reader(), helper())
    codes = ("PLB301", "PLB302", "PLB303", "PLB304", "PLB305", "PLB306", "PLB307")
    assert [one for code in codes for one in report(code, books).findings] == []


def test_a_pupil_librarian_is_in_the_roster() -> None:
    assert findings("PLB301", reader(2), helper()) == ["PLB301 学生管理员!B2"]
    assert sentences("PLB301", reader(2), helper()) == ["读者名册里查不到学生管理员的证号 S0001。"]
    assert report("PLB301", with_incomplete(library(reader(2), helper()), ReaderRow, reader_no="S0001")).findings == ()


def test_a_pupil_librarian_who_left_later_did_serve() -> None:
    assert findings("PLB302", reader(stopped_on=date(2025, 12, 1)), helper()) == []
    # The line bears the number of the card that took the place of one that was lost.
    day = date(2025, 10, 9)
    lost = reader(9, stopped_on=day, stop_reason=LeavingReason.REPORTED_LOST)
    assert findings("PLB302", lost, reader(issued_on=day), helper()) == []


def test_a_pupil_librarian_has_a_card_in_use_on_the_day_of_appointment_or_today() -> None:
    left = reader(stopped_on=date(2025, 9, 8))
    assert findings("PLB302", left, helper()) == ["PLB302 学生管理员!B2"]
    assert sentences("PLB302", left, helper()) == ["S0001 的证在 2025年9月8日 不在用，不能任学生管理员。"]
    assert findings("PLB302", reader(stopped_on=AS_OF), helper(appointed_on=None)) == ["PLB302 学生管理员!B2"]


def test_a_pupil_librarian_is_of_the_class() -> None:
    rows = CLASS, OTHER_CLASS, reader(), helper(class_name="三（2）班")
    assert findings("PLB303", *rows) == ["PLB303 学生管理员!A2"]
    assert sentences("PLB303", *rows) == ["S0001 在读者名册上是三（1）班，这里写的是三（2）班。"]


def test_a_pupil_librarian_has_the_name_of_the_card() -> None:
    assert findings("PLB304", reader(), helper(name=None), helper(name="林 小满")) == []
    assert findings("PLB304", reader(), helper(name="林小曼")) == ["PLB304 学生管理员!C2"]
    assert sentences("PLB304", reader(), helper(name="林小曼")) == ["S0001 在读者名册上是林小满，这里写的是林小曼。"]


def test_a_pupil_librarian_is_a_pupil() -> None:
    assert findings("PLB307", reader(**TEACHER), helper()) == ["PLB307 学生管理员!B2"]
    assert sentences("PLB307", reader(**TEACHER), helper()) == ["S0001 在读者名册上是教师，不是学生。"]


FIRST, SECOND, THIRD = (row(ClassRow, class_name=f"一（{n}）班", grade=1, pupils=24) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("一（1）班、一（2）班", 72),
        ("一（1）（2）班", 72),
        ("一(1)、(2)班", 72),
        ("一（1、2）班", 72),
        ("一1班 一2班", 72),
        ("一年级1班和2班", 72),
        ("一年级", 108),
    ],
)
def test_classes_that_read_together_are_known_and_come_with_all_their_pupils(text: str, most: int) -> None:
    come = [row(VisitRow, class_name=text, people=people) for people in (most, most + 1)]
    assert findings("VIS301", FIRST, SECOND, THIRD, *come) == findings("VIS302", FIRST, SECOND, THIRD, *come) == []
    assert findings("VIS304", FIRST, SECOND, THIRD, *come) == ["VIS304 阅览登记!E3"]
    parted = SECOND._replace(remarks=f"2025年11月从{FIRST.class_name}分出", pupils=99)
    assert findings("VIS304", FIRST, parted, THIRD, *come) == []
    with_parents = [one._replace(content="亲子阅读，家长一起来") for one in come]
    assert findings("VIS304", FIRST, SECOND, THIRD, *with_parents) == []


@pytest.mark.parametrize("text", ["一（1）班、一（4）班", "一（1）班、合唱队", "二年级"])
def test_classes_of_which_one_is_unknown_are_unknown(text: str) -> None:
    assert findings("VIS301", FIRST, SECOND, row(VisitRow, class_name=text)) == ["VIS301 阅览登记!C2"]


def test_more_than_all_pupils_is_not_said_while_a_class_could_not_be_read() -> None:
    books = library(FIRST, row(ActivityRow, participants=30))
    assert flat(books, report("ACT201", books).findings) == ["ACT201 活动记录!E2"]
    assert report("ACT201", with_incomplete(books, ClassRow)).findings == ()


def test_how_many_came_is_held_against_the_pupils_of_that_day_and_guests_are_no_pupils() -> None:
    came = row(ActivityRow, participants=FIRST.pupils + 1, held_on=date(2026, 3, 9), classes=None)
    gone = row(ReaderRow, reader_no="S0900", stopped_on=date(2026, 3, 10))
    assert findings("ACT201", FIRST, came) == ["ACT201 活动记录!E2"]
    assert findings("ACT201", FIRST, came, gone) == []
    assert findings("ACT201", FIRST, came, gone._replace(stopped_on=date(2026, 3, 9))) == ["ACT201 活动记录!E2"]
    assert findings("ACT201", FIRST, came._replace(classes="全校师生及家长")) == []
    assert findings("ACT201", FIRST, came._replace(classes="全校")) == ["ACT201 活动记录!E2"]


def test_of_two_lines_of_one_class_the_one_whose_grade_the_name_tells_holds() -> None:
    wrong, right = (row(ClassRow, line=line, class_name="四（1）班", grade=grade) for line, grade in ((2, 2), (3, 4)))
    assert library(wrong, right).classes == {"四（1）班": right}
    assert library(right._replace(line=2), right).classes["四（1）班"].line == 2


def test_cards_made_ahead_are_one_hint_and_no_gap_in_the_roster() -> None:
    ahead = [reader(number, issued_on=date(2026, 9, 1)) for number in (2, 3)]
    assert pupils(3, reader(), *ahead) == []
    assert findings("RDR109", reader(), *ahead) == ["RDR109 读者名册!E3"]
    assert sentences("RDR109", *ahead) == [
        "S0002 的办证日期是 2026年9月1日，账记到 2026年1月23日 为止，这一天还没有到，这一栏还有 1 格也是这样。"
    ]
