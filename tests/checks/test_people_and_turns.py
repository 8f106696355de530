"""Who is named in the books though he had left or was away; when a class came, and when it was its turn."""

from datetime import date, timedelta
from typing import Any

import pytest

from make import findings, row, sentences
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import TurnKind
from schoollib_xl.ledgers.vocabulary import LeavingReason, LoanMode, ReaderKind, Weekday
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_GONE = row(
    ReaderRow,
    reader_no="T004",
    name="陶云川",
    kind=ReaderKind.TEACHER,
    class_name=None,
    stopped_on=date(2025, 10, 1),
    stop_reason=LeavingReason.LEFT_POST,
)
_LATER = date(2026, 1, 12)
_SIGNED: list[Any] = [
    row(SummaryRow, registered_on=_LATER, handled_by="陶云川"),
    row(SummaryRow, registered_on=_LATER, received_by="苏晓禾、陶云川"),
    row(WithdrawalRow, withdrawn_on=_LATER, approved_by="陶云川"),
    row(LoanRow, lent_on=_LATER, handled_by="陶云川老师"),
    row(StocktakeScopeRow, starts_on=_LATER, counted_by="陶云川"),
    row(RepairRow, sent_on=_LATER, repairer="陶云川"),
    row(VisitRow, visited_on=_LATER, name="陶云川"),
    row(VisitRow, visited_on=_LATER, librarian="陶云川"),
    row(ReviewRow, reviewed_on=_LATER, reviewer="陶云川"),
    row(ActivityRow, held_on=_LATER, person="陶云川"),
    row(ExplanationRow, written_on=_LATER, person="陶云川"),
    row(ClassRow, teacher="陶云川"),
    row(SettingRow, item="图书管理员", value="陶云川"),
]
_PLANNED: list[Any] = [row(TargetRow, person="陶云川"), row(JobRow, person="陶云川")]


@pytest.mark.parametrize("signed", _SIGNED, ids=lambda one: type(one).__name__)
def test_who_signs_months_after_leaving_is_asked_about_in_every_book(signed: Any) -> None:
    assert len(findings("FMT217", _GONE, signed)) == 1
    for lawful in (
        _GONE._replace(stop_reason=LeavingReason.REPORTED_LOST),
        _GONE._replace(stopped_on=date(2026, 1, 20)),
        _GONE._replace(remarks="退休返聘"),
    ):
        assert findings("FMT217", lawful, signed) == []
    # He came back on another card, or somebody else has his name.
    namesake = _GONE._replace(line=3, reader_no="T009", stopped_on=None, stop_reason=None)
    assert findings("FMT217", _GONE, namesake, signed) == []


@pytest.mark.parametrize("planned", _PLANNED, ids=lambda one: type(one).__name__)
def test_who_left_before_the_school_year_is_to_do_nothing_in_it(planned: Any) -> None:
    assert len(findings("FMT217", _GONE._replace(stopped_on=date(2025, 8, 10)), planned)) == 1
    # He may have done his part before he left.
    assert findings("FMT217", _GONE, planned) == []


def test_what_was_signed_after_leaving_is_told_once_a_column() -> None:
    batches = [
        row(SummaryRow, line=line, registered_on=date(2025, 10, 1) + timedelta(days), received_by="陶云川")
        for line, days in enumerate((-40, 5, 20, 60), 2)
    ]
    assert sentences("FMT217", _GONE, *batches) == [
        "2025年10月21日 的“验收人”写着陶云川，"
        "读者名册里这位老师（T004）2025年10月1日 已经离开，这一栏还有 1 格也是这样。"
    ]
    # A card is handed in some days before its reader goes, and papers may be signed afterwards.
    assert findings("FMT217", _GONE, *batches[:2]) == []
    assert findings("FMT217", _GONE, batches[3]._replace(remarks="陶老师补签")) == []
    # A class without pupils was merged into another; what is no name of somebody in office is none.
    assert findings("FMT217", _GONE, row(ClassRow, teacher="陶云川", pupils=0)) == []
    assert findings("FMT217", _GONE, row(SettingRow, item="学校名称", value="陶云川")) == []


def _reading(name: str, weekday: Weekday, came: int, times: int = 6, kind: TurnKind = TurnKind.READING) -> list[Any]:
    """A class, its turn, and when it came in the first term: the days after a Monday by `came`."""
    days = (date(2025, 9, 8) + timedelta(7 * at + came) for at in range(times))
    own = row(ClassRow, class_name=name), row(TurnRow, class_name=name, weekday=weekday, kind=kind)
    return [*own, *(row(VisitRow, class_name=name, visited_on=day) for day in days)]


def _off_their_turn(*rows: Any) -> list[str]:
    lined = [one._replace(line=line) for line, one in enumerate(rows, 2)]
    return findings("QUO329", row(CalendarRow), *lined)


def test_a_class_that_comes_on_other_days_than_its_own_is_asked_about() -> None:
    other = _reading("三（2）班", Weekday.TUESDAY, 1)
    assert len(_off_their_turn(*_reading("三（1）班", Weekday.FRIDAY, 0), *other)) == 1
    assert _off_their_turn(*_reading("三（1）班", Weekday.MONDAY, 0), *other) == []
    # Too few visits to tell, or a day exchanged now and then.
    assert _off_their_turn(*_reading("三（1）班", Weekday.FRIDAY, 0, times=4), *other) == []
    now_and_then = row(VisitRow, class_name="三（2）班", visited_on=date(2025, 9, 8))
    assert _off_their_turn(*other, now_and_then) == []
    # Where classes have turns to borrow, and come to read at other times, that is how it is.
    lending = [_reading(name, Weekday.FRIDAY, 0, kind=TurnKind.LENDING) for name in ("三（1）班", "三（3）班")]
    assert _off_their_turn(*lending[0], *lending[1]) == []
    assert len(_off_their_turn(*lending[0], *other, *_reading("三（3）班", Weekday.WEDNESDAY, 2))) == 1


def test_a_sheet_of_turns_that_nobody_keeps_is_one_matter() -> None:
    classes = [_reading(f"三（{at}）班", Weekday.FRIDAY, 0) for at in range(1, 13)]
    assert len(_off_their_turn(*(one for rows in classes for one in rows))) == 1


def test_a_class_loan_of_more_than_a_year_is_asked_about_once_a_day() -> None:
    loan = row(LoanRow, mode=LoanMode.CLASS, lent_on=date(2024, 9, 8), due_on=date(2026, 1, 23))
    assert len(findings("CIR111", loan, loan._replace(line=3, loan_no="J000002"))) == 1
    assert sentences("CIR111", loan) == ["J000001 是班级借的，2024年9月8日 借出，应还却是 2026年1月23日，隔了一年多。"]
    for lawful in (
        loan._replace(mode=LoanMode.PERSONAL),
        loan._replace(lent_on=date(2025, 3, 8)),
        loan._replace(due_on=date(2025, 7, 3)),
    ):
        assert findings("CIR111", lawful) == []


def _never_came(*rows: Any) -> list[str]:
    lined = [one._replace(line=line) for line, one in enumerate(rows, 2)]
    return findings("VIS308", row(CalendarRow), *lined)


def test_a_class_with_a_turn_to_read_that_never_came_is_asked_about_where_others_came() -> None:
    others = [*_reading("三（2）班", Weekday.TUESDAY, 1), *_reading("三（3）班", Weekday.TUESDAY, 1)]
    assert len(_never_came(*_reading("三（1）班", Weekday.MONDAY, 0, times=0), *others)) == 1
    for lawful in (
        _reading("三（1）班", Weekday.MONDAY, 0, times=1),
        _reading("三（1）班", Weekday.MONDAY, 0, times=0, kind=TurnKind.LENDING),
        [row(ClassRow, class_name="三（1）班", pupils=0), *_reading("三（1）班", Weekday.MONDAY, 0, times=0)[1:]],
    ):
        assert _never_came(*lawful, *others) == []
    # At the start of term nobody has come often, and where few come at all, visits are not written down.
    seldom = _reading("三（2）班", Weekday.TUESDAY, 1, times=2)
    assert _never_came(*_reading("三（1）班", Weekday.MONDAY, 0, times=0), *seldom) == []


def test_a_pupil_who_is_away_from_school_borrows_nothing() -> None:
    away, loan = row(ReaderRow, remarks="2025年9月起休学"), row(LoanRow, lent_on=date(2025, 11, 3))
    assert sentences("CIR112", away, loan) == [
        "读者名册写着 S0001 “2025年9月起休学”，2025年11月3日 还借了书（共 1 笔）。"
    ]
    assert findings("CIR112", away, loan._replace(lent_on=date(2025, 9, 22))) == []
    assert findings("CIR112", away._replace(remarks="2025年3月休学，9月复学"), loan) == []
    assert findings("CIR112", away._replace(remarks="休学一年"), loan) == []
