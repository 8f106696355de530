"""工作安排: what 完成情况 says was done beside the book that keeps it, and the lawful jobs that are like it."""

from datetime import date

from make import EXAMPLE_SCHOOL, findings, flat, library, report, row, sentences, without_column
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import Flow, LoanMode, LoanOutcome, ReaderKind, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_OPENING = row(SummaryRow, registered_on=date(2025, 9, 1), flow=Flow.OPENING)
_BOUND = row(
    SummaryRow, line=3, registered_on=date(2025, 11, 14), source=SourceOrDestination.BINDING, titles=3, copies=6
)
_COUNT = row(JobRow, month=11, task="全面清点藏书，写清点报告", done="11月20日清点完")


def test_what_is_said_to_be_done_stands_in_its_book() -> None:
    assert sentences("ACT109", _OPENING, _COUNT) == [
        "11月的“全面清点藏书，写清点报告”写着“11月20日清点完”，盘点记录里11月前后没有记录。"
    ]
    for task, ledger in (
        ("剔旧注销", "注销登记账"),
        ("集中修补破损图书", "修补登记"),
        ("装订上年度期刊", "总括登记账"),
        ("新书验收、登记", "总括登记账"),
        ("采购六一推荐书", "总括登记账"),
        ("征订下一年度报刊", "报刊登记账"),
        ("推选学生图书管理员", "学生管理员"),
        ("对馆藏图书逐册审查", "图书审查"),
        ("给新生办借书证", "读者名册"),
    ):
        told = sentences("ACT109", _OPENING, row(JobRow, month=11, task=task, done="已完成"))
        assert [ledger in one for one in told] == [True], task


def test_what_was_not_done_or_is_kept_elsewhere_needs_no_entry() -> None:
    for lawful in (
        "未完成",
        "×",
        "推迟到下学期",
        "清点了一半，其余寒假再做",
        "已完成，另有记录",
        "见清点本子",
        "清点方案已交",
        None,
    ):
        assert findings("ACT109", _OPENING, _COUNT._replace(done=lawful)) == [], lawful
    for task in ("清点桌椅", "清点钥匙", "装订试卷", "采购书架", "评选优秀图书管理员", "采购修补用的胶水"):
        assert findings("ACT109", _OPENING, _COUNT._replace(task=task, done="已完成")) == [], task
    # A month that is still to come, one before these books were opened, books in which nothing stands yet.
    assert findings("ACT109", _OPENING, _COUNT, as_of=date(2025, 10, 20)) == []
    assert findings("ACT109", _OPENING._replace(registered_on=date(2025, 12, 1)), _COUNT) == []
    assert findings("ACT109", _COUNT) == []


def test_an_entry_of_the_months_about_it_will_do() -> None:
    for entry in (
        row(StocktakeRow, counted_on=date(2025, 11, 20)),
        row(StocktakeRow, counted_on=date(2025, 12, 3)),
        row(StocktakeScopeRow, starts_on=date(2025, 11, 19), ends_on=None),
    ):
        assert findings("ACT109", _OPENING, _COUNT, entry) == [], entry
    assert findings("ACT109", _OPENING, _COUNT, row(StocktakeRow, counted_on=date(2026, 1, 20))) != []
    for task, entry in (
        ("剔旧注销", row(WithdrawalRow, withdrawn_on=date(2025, 11, 28))),
        ("修补破损图书", row(RepairRow, sent_on=date(2025, 10, 29))),
        ("装订期刊", _BOUND),
        ("征订报刊", row(CashRow, booked_on=date(2025, 11, 5), summary="订2026年报刊")),
        ("征订报刊", row(PeriodicalRow, starts_on=date(2025, 12, 1))),
        ("推选学生管理员", row(PupilLibrarianRow, appointed_on=date(2025, 11, 3))),
        ("审查馆藏图书", row(ReviewRow, reviewed_on=date(2025, 11, 10))),
        ("清点藏书", row(ActivityRow, kind="清点藏书", held_on=date(2025, 11, 10))),
    ):
        assert findings("ACT109", _OPENING, row(JobRow, month=11, task=task, done="已完成"), entry) == [], task


def test_an_activity_said_to_be_held_is_recorded() -> None:
    job = row(JobRow, month=10, task="举办阅读笔记展评", done="按期举办")
    promised = row(TargetRow, name="阅读笔记展评次数")
    assert sentences("ACT109", _OPENING, job, promised)[0].endswith("活动记录里10月前后没有记录。")
    held = row(ActivityRow, kind="阅读笔记展评", held_on=date(2025, 10, 24))
    assert findings("ACT109", _OPENING, job, promised, held) == []
    # Nobody counts what no target and no line of 活动记录 is of.
    assert findings("ACT109", _OPENING, job) == []


def test_a_day_that_is_told_is_about_that_of_the_entry() -> None:
    bill = row(CashRow, booked_on=date(2025, 12, 10), summary="订报刊")
    job = row(JobRow, month=12, task="征订下一年度报刊", done="12月20日办结")
    assert sentences("ACT110", _OPENING, bill, job) == [
        "12月的“征订下一年度报刊”写着“12月20日办结”，经费登记里最近的是 2025年12月10日。"
    ]
    for lawful in ("12月10日办结", "12月12日办结", "已完成", "12月20日起发放", "推迟到12月20日", "12月20日前办结"):
        assert findings("ACT110", _OPENING, bill, job._replace(done=lawful)) == [], lawful
    # What a subscription begins with is no day of its order; what was paid for binding is none either.
    begins = row(PeriodicalRow, starts_on=date(2026, 1, 1))
    binding = bill._replace(summary="期刊装订费")
    assert findings("ACT110", _OPENING, begins, job) == findings("ACT110", _OPENING, binding, job) == []
    counted = row(StocktakeRow, counted_on=date(2025, 11, 12))
    assert findings("ACT110", _OPENING, _COUNT, counted) == ["ACT110 工作安排!G2"]
    through = row(StocktakeScopeRow, starts_on=date(2025, 11, 12), ends_on=date(2025, 11, 20))
    assert findings("ACT110", _OPENING, _COUNT, counted, through) == []
    # Without an entry it is ACT109; of an activity in its month ACT107.
    held = row(ActivityRow, kind="阅读笔记展评", held_on=date(2025, 10, 24))
    show = row(JobRow, month=10, task="举办阅读笔记展评", done="10月14日")
    assert findings("ACT110", _OPENING, _COUNT) == findings("ACT110", _OPENING, show, held) == []


def test_what_is_said_to_have_come_back_is_not_out() -> None:
    job = row(JobRow, month=11, task="收回学生外借的图书", done="11月9日收齐")
    pupil = row(ReaderRow)
    out = row(LoanRow, lent_on=date(2025, 10, 28), returned_on=date(2025, 11, 19), outcome=LoanOutcome.RETURNED)
    assert sentences("ACT111", pupil, job, out, out._replace(line=3)) == [
        "11月的“收回学生外借的图书”写着“11月9日收齐”，到 2025年11月9日 还有 2 册没有还。"
    ]
    # One day of return may be a slip of the pen.
    assert findings("ACT111", pupil, job, out) == []
    never = out._replace(returned_on=None, outcome=None)
    assert findings("ACT111", pupil, job._replace(done="全部收回"), never) == ["ACT111 工作安排!G2"]
    for lawful in (
        out._replace(returned_on=date(2025, 11, 9)),
        out._replace(returned_on=date(2025, 11, 11)),
        out._replace(lent_on=date(2025, 11, 12)),
        never._replace(outcome=LoanOutcome.LOST),
        never._replace(outcome=LoanOutcome.RETURNED),
        never._replace(mode=LoanMode.IN_ROOM),
    ):
        assert findings("ACT111", pupil, job, lawful, lawful._replace(line=3)) == [], lawful
    for words in ("除3册外收齐", "基本收齐", "未收齐", "正在收"):
        assert findings("ACT111", pupil, job._replace(done=words), never) == [], words
    # Teachers keep theirs, unless the words are about them too.
    teacher = pupil._replace(kind=ReaderKind.TEACHER)
    both = job._replace(task="收回师生外借的图书")
    assert findings("ACT111", teacher, job, never) == [] != findings("ACT111", teacher, both, never)
    assert findings("ACT111", pupil, job, never, as_of=date(2025, 11, 10)) == []
    assert findings("ACT111", pupil, job._replace(task="收回教材和钥匙"), never) == []


def test_an_activity_that_is_crossed_out_was_not_held() -> None:
    job = row(JobRow, month=12, task="出一期《青禾读书报》", done="×")
    held = row(ActivityRow, held_on=date(2025, 12, 19), kind="读书报", name="《青禾读书报》第11期")
    assert sentences("ACT107", job, held) == [
        "12月的“出一期《青禾读书报》”写着“×”，活动记录里是 2025年12月19日 的“《青禾读书报》第11期”。"
    ]
    assert findings("ACT107", job._replace(done="取消"), held) == ["ACT107 工作安排!G2"]
    for lawful in ("第11期", "已完成", "没有差错", "下学期再出", None):
        assert findings("ACT107", job._replace(done=lawful), held) == [], lawful
    assert findings("ACT107", job, held._replace(held_on=date(2025, 11, 19))) == []


def test_titles_and_times_are_counted_too() -> None:
    job = row(JobRow, month=11, task="装订上年度期刊", done="五种期刊")
    assert sentences("ACT108", job, _BOUND) == ["11月的“装订上年度期刊”写着“五种期刊”，总括登记账里那个月是 3 种。"]
    for lawful in ("三种期刊", "6册", "三种6册，其余待装"):
        assert findings("ACT108", job._replace(done=lawful), _BOUND) == [], lawful
    assert findings("ACT108", job, _BOUND._replace(titles=None)) == []
    show = row(JobRow, month=10, task="阅读笔记展评", done="办了3次")
    held = row(ActivityRow, kind="阅读笔记展评", held_on=date(2025, 10, 24))
    assert sentences("ACT108", show, held) == ["10月的“阅读笔记展评”写着“办了3次”，活动记录里那个月是 1 次。"]
    for lawful in ("办了1次", "第3次", "一次性办完", "每班3次", "未办"):
        assert findings("ACT108", show._replace(done=lawful), held) == [], lawful
    assert findings("ACT108", show) == []


def test_what_no_column_could_tell_is_not_counted_as_nothing() -> None:
    chosen = row(JobRow, month=11, task="评选学生管理员，选聘三名", done="选聘 1 名")
    helpers = [row(PupilLibrarianRow, reader_no=number, appointed_on=date(2025, 11, 5)) for number in ("S1", "S2")]
    books = library(chosen, *helpers)
    assert flat(books, report("ACT108", books).findings) == ["ACT108 工作安排!G2"]
    lacking = without_column(books, PupilLibrarianRow, "award")
    assert report("ACT108", lacking).findings == ()


def test_of_a_plan_nobody_knows_the_year_of_nothing_is_too_late_or_left_out() -> None:
    nowhere = EXAMPLE_SCHOOL._replace(school_year=None, term_start=None, term_end=None, cut_off=None)
    later = row(JobRow, month=12, task="征订报刊", done="12月10日办结")
    bound = row(JobRow, month=11, task="装订上年度期刊", done="五种期刊")
    day = date(2026, 11, 29)
    for code in ("ACT103", "ACT108", "ACT109"):
        assert findings(code, later, bound, _OPENING, _BOUND, _COUNT, school=nowhere, as_of=day) == []
    still = EXAMPLE_SCHOOL._replace(cut_off=date(2025, 11, 29))
    assert findings("ACT103", later, school=still, as_of=still.cut_off) == ["ACT103 工作安排!G2"]
