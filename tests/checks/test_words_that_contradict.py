"""Words and days of one sheet that another contradicts, and what is near them and in order."""

from datetime import date
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences, with_flaw, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, DayKind, TurnKind, VisitorKind
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.ledgers.vocabulary import (
    Flow,
    Incident,
    LoanMode,
    ReaderKind,
    Settlement,
    Source,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.jobs import State, planned_jobs
from schoollib_xl.rules.days_told import days_told, is_ahead

CLASS = row(ClassRow)
OTHER = row(ClassRow, class_name="三（2）班", teacher="李明", pupils=40)
TEACHER = row(ReaderRow, reader_no="T001", name="陈静", kind=ReaderKind.TEACHER, class_name=None)
SCHOOL = EXAMPLE_SCHOOL._replace(librarian="苏老师", principal="周校长")


def gone(**changes: Any) -> WithdrawalRow:
    return row(WithdrawalRow, **changes)


READING = CLASS._replace(lending=ClassLending.IN_ROOM)


def test_a_pupil_of_a_reading_class_takes_a_book_home() -> None:
    rows = READING, row(ReaderRow), row(LoanRow)
    assert findings("CIR315", *rows) == ["CIR315 借阅登记账!H2"]
    many = [row(LoanRow, loan_no=f"J{number:06}") for number in range(6)]
    assert findings("CIR315", *rows[:2], *many) == ["CIR315 班级!E2"]


@pytest.mark.parametrize(
    ("school_class", "changes"),
    [
        (READING._replace(remarks="四月起可借回家"), {}),
        (READING, {"remarks": "班主任同意"}),
        (READING, {"mode": LoanMode.IN_ROOM}),
        (READING, {"lent_on": date(2025, 6, 1)}),
        (CLASS, {}),
    ],
)
def test_what_is_told_or_read_in_the_room_is_fine(school_class: ClassRow, changes: dict[str, Any]) -> None:
    assert findings("CIR315", school_class, row(ReaderRow), row(LoanRow, **changes)) == []


def test_a_teacher_of_a_reading_class_may_borrow() -> None:
    rows = READING, TEACHER._replace(class_name=CLASS.class_name), row(LoanRow, reader_no="T001")
    assert findings("CIR315", *rows) == []


def visits(*names: str) -> list[VisitRow]:
    return [row(VisitRow, visitor=VisitorKind.TEACHER, class_name=None, name=name, people=1) for name in names]


def test_a_reading_teacher_nobody_knows() -> None:
    assert findings("VIS306", TEACHER, CLASS, *visits("陈静", "苏老师", "诸葛明"), school=SCHOOL) == [
        "VIS306 阅览登记!D4"
    ]
    # A family name may be a word for an office.
    assert len(findings("VIS306", TEACHER, CLASS, *visits("陈静", "苏老师", "馆建国"), school=SCHOOL)) == 1
    assert findings("VIS306", TEACHER, OTHER, *visits("陈静老师", "李明、陈静", "语文组", "红星小学来访教师")) == []
    # A school that gives its teachers no cards.
    assert findings("VIS306", TEACHER, *visits("陈静", "赵一", "钱二")) == []
    # A roster that does not say who is a teacher.
    books = library(TEACHER, CLASS, *visits("陈静", "苏老师", "诸葛明"), school=SCHOOL)
    assert not report("VIS306", with_incomplete(books, ReaderRow, name="诸葛明")).findings
    assert report("VIS306", with_incomplete(books, ReaderRow, name="诸葛明", kind=ReaderKind.PUPIL)).findings


def test_more_took_part_than_the_classes_have() -> None:
    rows = CLASS, OTHER, TEACHER
    assert findings("ACT202", *rows, row(ActivityRow, classes="三（1）班", participants=30)) == ["ACT202 活动记录!E2"]
    # A line of the roster that says of nobody who he is may be a teacher's.
    books = library(*rows, row(ActivityRow, classes="三（1）班", participants=CLASS.pupils + 2))
    assert report("ACT202", books).findings
    assert not report("ACT202", with_incomplete(books, ReaderRow, name="诸葛明")).findings
    for changes in (
        {"classes": "三（1）班", "participants": 2},
        {"classes": "三（1）班", "participants": 30, "result": "家长 28 人"},
        {"classes": "三年级", "participants": 41},
        {"classes": None, "participants": 30},
    ):
        assert findings("ACT202", *rows, row(ActivityRow, **changes)) == []


def test_no_more_win_a_prize_than_took_part() -> None:
    won = row(ActivityRow, participants=4, result="一等奖2名、二等奖三名")
    assert sentences("ACT203", won) == [f"“{won.name}”参加 4 人，成果写的是“一等奖2名、二等奖三名”，得奖的有 5 人。"]
    for changes in (
        {"participants": 5},
        {"participants": None},
        {"result": "获奖4人，其中一等奖1名、二等奖3名"},
        {"result": "获全县第9名"},
        {"result": "评出优秀作品奖9名，含外校选送"},
        {"result": "奖品9份"},
    ):
        assert findings("ACT203", won._replace(**changes)) == [], changes


def test_an_activity_in_the_holidays_is_a_hint_unless_it_says_so() -> None:
    calendar = (
        row(CalendarRow),
        row(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY),
    )
    day = {"held_on": date(2025, 10, 3)}
    assert findings("ACT102", *calendar, row(ActivityRow, **day)) == ["ACT102 活动记录!A2"]
    assert ALL["ACT102"].severity is Severity.HINT
    assert findings("ACT102", *calendar, row(ActivityRow, **day, name="国庆亲子阅读")) == []
    # A Saturday is no holiday.
    assert findings("ACT102", *calendar, row(ActivityRow, held_on=date(2025, 10, 18))) == []


def test_the_year_of_an_approval() -> None:
    day = {"withdrawn_on": date(2026, 1, 16)}
    for number in ("青小图〔2026〕1号", "青小图(2025)9号", "1号", None):
        assert findings("WDL307", gone(**day, approval_no=number)) == []
    for number in ("青小图〔2024〕1号", "青小图[2027]1号"):
        assert findings("WDL307", gone(**day, approval_no=number)) == ["WDL307 注销登记账!I2"]


def test_what_became_of_a_copy_fits_why_it_went() -> None:
    lost = gone(reason=WithdrawalReason.LOST, disposal="调拨交换")
    assert findings("WDL308", lost) == ["WDL308 注销登记账!J2"]
    assert sentences("WDL308", lost) == ["000001 的注销原因是丢失，处理方式却是“调拨交换”。"]
    for fine in (lost._replace(disposal="核销"), lost._replace(disposal=None), gone(disposal="调拨交换")):
        assert findings("WDL308", fine) == []


def test_the_librarian_approves_alone_only_where_she_is_the_head() -> None:
    row = gone(approved_by="苏老师")
    assert findings("WDL309", row, school=SCHOOL) == ["WDL309 注销登记账!H2"]
    assert findings("WDL309", row, school=SCHOOL._replace(principal="苏老师")) == []
    assert findings("WDL309", gone(), school=SCHOOL) == []


def test_bound_volumes_are_made_of_issues() -> None:
    bound = row(PeriodicalRow, bound_volumes=2, copies=1)
    assert findings("PER209", bound._replace(received_issues=0)) == ["PER209 报刊登记账!Q2"]
    assert findings("PER209", bound._replace(received_issues=2)) == []
    assert findings("PER209", bound._replace(received_issues=0, remarks="补订上年度")) == []


def test_another_copy_sent_to_be_mended_on_the_day_of_the_report() -> None:
    copies = [row(AccessionRow, accession_no=number) for number in ("000001", "000002", "000003")]
    incident = row(CompensationRow, incident=Incident.DAMAGED, settlement=Settlement.REPAIR)
    sent = row(RepairRow, accession_no="000002", sent_on=incident.registered_on)
    assert findings("RPR305", *copies, incident, sent) == ["RPR305 修补登记!B2"]
    assert sentences("RPR305", *copies, incident, sent) == [
        "P2025-001 报损修补的是 000001，修补登记里没有；同一天送修的是 000002，没有人报损。"
    ]
    parcel = sent, sent._replace(accession_no="000003")
    assert findings("RPR305", *copies, incident, *parcel) == []
    assert findings("RPR305", *copies, incident, sent._replace(accession_no="000001"), sent) == []
    assert findings("RPR305", *copies, incident, sent._replace(sent_on=date(2025, 11, 3))) == []
    assert findings("RPR305", *copies, incident, sent._replace(accession_no="000009")) == []


def test_settled_before_the_copy_was_back() -> None:
    settled = row(
        CompensationRow, incident=Incident.DAMAGED, settlement=Settlement.REPAIR, settled_on=date(2025, 10, 22)
    )
    sent = row(RepairRow, sent_on=settled.registered_on, reshelved_on=date(2025, 10, 30))
    assert findings("CMP323", settled, sent) == ["CMP323 赔偿登记账!P2"]
    assert findings("CMP323", settled, sent._replace(reshelved_on=date(2025, 10, 22))) == []
    assert findings("CMP323", settled, sent._replace(sent_on=date(2025, 10, 25))) == []


def test_an_invoice_was_paid_and_the_sum_is_not_in_the_summary() -> None:
    blank, paid = row(SummaryRow, paid_value=None), row(CashRow)
    filled = row(SummaryRow, batch_no="2025-002", voucher_no="FP0002")

    def severities(*rows: Any) -> list[Severity]:
        return [one.severity for one in run(library(*rows), [ALL["CSH306"]]).findings]

    assert findings("CSH306", blank, filled, paid) == ["CSH306 总括登记账!J2"]
    assert (severities(blank, filled, paid), severities(blank, paid)) == ([Severity.WARNING], [Severity.HINT])
    assert findings("CSH306", blank, filled, paid._replace(summary="运费")) == []
    assert findings("CSH306", blank._replace(source=SourceOrDestination.DONATION), filled, paid) == []


def test_a_class_teacher_stands_at_her_own_class() -> None:
    assert findings("RDR306", CLASS, OTHER, TEACHER._replace(class_name="三（2）班")) == ["RDR306 读者名册!D2"]
    for class_name in ("三(1)班", None, "教导处"):
        assert findings("RDR306", CLASS, OTHER, TEACHER._replace(class_name=class_name)) == []
    # A class that was merged into another keeps its line and the name of who was its head.
    merged = CLASS._replace(pupils=0, remarks="并入三（2）班")
    assert findings("RDR306", merged, OTHER, TEACHER._replace(class_name="三（2）班")) == []
    # Who teaches there without being its head.
    assert findings("RDR306", CLASS, OTHER, TEACHER._replace(name="王芳", class_name="三（2）班")) == []


TODAY = date(2026, 7, 3)


@pytest.mark.parametrize(
    ("words", "ahead"),
    [
        ("7月10日完成", True),
        ("2026年7月10日完成", True),
        ("2026-07-10", True),
        ("7月2日清点完", False),
        ("6月30日清点，7月10日上报", False),
        ("7月10日前完成", False),
        ("9月5日公布", False),
        ("24 名上岗", False),
        ("2月30日", False),
    ],
)
def test_a_day_that_has_not_come_is_not_done(words: str, ahead: bool) -> None:
    assert is_ahead(words, TODAY, 2025) is ahead


def test_days_are_of_the_school_year() -> None:
    assert days_told("9月5日、3月4日", 2025) == [date(2025, 9, 5), date(2026, 3, 4)]


def test_a_job_done_in_the_future_is_told_and_not_counted() -> None:
    job = row(JobRow, month=1, done="1月29日完成")
    assert findings("ACT103", job) == ["ACT103 工作安排!G2"]
    assert findings("ACT103", job._replace(done="计划1月29日办")) == []
    [promise] = planned_jobs(library(job), date(2026, 1, 23))
    assert promise.state is not State.DONE


def test_a_class_that_only_reads_needs_no_turn() -> None:
    rows = CLASS, OTHER._replace(lending=ClassLending.IN_ROOM), row(TurnRow)
    visit = row(VisitRow, class_name="三（2）班")
    assert [one.severity for one in run(library(*rows), [ALL["QUO322"]]).findings] == [Severity.HINT]
    assert findings("QUO322", *rows, visit) == []
    assert findings("QUO322", CLASS, OTHER, row(TurnRow), visit) == ["QUO322 班级!A3"]
    # A table of reading lessons leaves the other hours to those who borrow.
    assert findings("QUO322", CLASS, OTHER, row(TurnRow, kind=TurnKind.READING)) == []


@pytest.mark.parametrize(
    ("copy", "severity"),
    [
        ({"source": Source.DONATION}, Severity.HINT),
        ({"source": None}, Severity.HINT),
        ({"source": Source.PURCHASE}, Severity.ERROR),
    ],
)
def test_a_gift_may_lack_its_price(copy: dict[str, Any], severity: Severity) -> None:
    unpriced = row(AccessionRow, **copy)._replace(price=None)
    books: Library = with_flaw(
        library(unpriced, row(SummaryRow, source=SourceOrDestination.DONATION)), unpriced, "price", Flaw.BLANK
    )
    assert [one.severity for one in run(books, [ALL["FMT101"]]).findings] == [severity]


def test_the_number_of_all_books_an_inspection_has_is_held_to_the_accession_register() -> None:
    came = row(SummaryRow, registered_on=date(2025, 9, 1), copies=2000)
    went = came._replace(line=3, batch_no="2025-002", registered_on=date(2025, 12, 1), flow=Flow.OUT, copies=500)
    seen = row(ActivityRow, held_on=date(2025, 11, 3), result="防火良好，现有图书1500册")
    assert sentences("ACT112", came, went, seen) == [
        f"2025年11月3日 的“{seen.name}”写着“防火良好，现有图书1500册”，总括登记账到那天是 2000 册。"
    ]
    for amiss in ("现有图书1500册，只差200册达标", "现有图书1500册，已除尘"):
        assert len(findings("ACT112", came, went, seen._replace(result=amiss))) == 1, amiss
    for lawful in (
        "现有图书1980册",
        "馆藏图书120册参展",
        "藏书1500册左右",
        "现有图书约1500册",
        "低年级现有图书300册",
        "抽查现有图书50册",
        "新书300册",
    ):
        assert findings("ACT112", came, went, seen._replace(result=lawful)) == [], lawful
    assert findings("ACT112", came, went, seen._replace(held_on=date(2025, 12, 2))) == []
    item = row(EvaluationRow, record="藏书2000册")
    assert findings("EVA306", came, item) == []
    assert sentences("EVA306", came, went, item, as_of=date(2026, 1, 23)) == [
        f"{item.item} 的检查记录写着“藏书2000册”，总括登记账到 2026年1月23日 是 1500 册。"
    ]
