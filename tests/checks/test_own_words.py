"""Words beside a line that say otherwise than the line itself, and the lawful ones that are like them."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from make import EXAMPLE_SCHOOL, findings, row, sentences
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.identifiers import is_class_no
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, SettingRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Flow,
    Frequency,
    LeavingReason,
    LoanOutcome,
    ReaderKind,
    Settlement,
    Source,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import FIGURES

_TODAY = date(2025, 12, 20)
_TWO_SOURCES = (SourceOrDestination.PURCHASE, SourceOrDestination.ALLOCATION)
_BACK = {"returned_on": date(2025, 9, 15), "outcome": LoanOutcome.RETURNED}


def test_remarks_that_say_otherwise_than_their_line_are_told() -> None:
    otherwise: list[tuple[type[Any], dict[str, Any]]] = [
        (LoanRow, {**_BACK, "remarks": "未还"}),
        (LoanRow, {**_BACK, "remarks": "书丢了。"}),
        (LoanRow, {**_BACK, "remarks": "已丢"}),
        (LoanRow, {**_BACK, "remarks": "书已归还", "outcome": LoanOutcome.LOST}),
        (LoanRow, {**_BACK, "remarks": "书已丢失，家长来赔"}),
        (AccessionRow, {"remarks": "书已丢失"}),
        (AccessionRow, {"remarks": "已调给李村小学"}),
        (WithdrawalRow, {"remarks": "书找回来了"}),
        (SummaryRow, {"remarks": "未验收", "received_by": "方启明"}),
        (LoanRow, {"remarks": "续借2次"}),
        (LoanRow, {"remarks": "续借了两次", "renewals": 1}),
        (AccessionRow, {"remarks": "2025年11月已注销"}),
        (WithdrawalRow, {"remarks": "没有注销"}),
        (CompensationRow, {"remarks": "已退款"}),
        (SummaryRow, {"remarks": "共 77 册"}),
        (SummaryRow, {"remarks": "共７７册"}),
        (ReaderRow, {"remarks": "2025年12月转出"}),
        (ReaderRow, {"remarks": "转学"}),
        (ReaderRow, {"remarks": "2026年3月从外校转入", "issued_on": date(2025, 9, 1)}),
        (WithdrawalRow, {"remarks": "书还在馆"}),
        (ReviewRow, {"action": "已下架"}),
        # Clauses are judged one by one: numbers, days, words for a choice.
        (CompensationRow, {"remarks": "没有注销，书还在", "withdrawal_no": "2026-001"}),
        (CompensationRow, {"remarks": "书找到了，已退款"}),
        (CompensationRow, {"remarks": "收款20元", "paid": Decimal(15)}),
        (CompensationRow, {"remarks": "收赔款20元", "paid": Decimal(15)}),
        (CompensationRow, {"remarks": "书已找回归还", "withdrawal_no": "2026-001"}),
        (CompensationRow, {"remarks": "家长买了同样的书赔", "settlement": Settlement.PAYMENT}),
        (LoanRow, {**_BACK, "remarks": "9月25日还"}),
        (LoanRow, {**_BACK, "remarks": "10月还"}),
        (LoanRow, {**_BACK, "remarks": "2024年9月还"}),
        (LoanRow, {"remarks": "9月20日续借", "renewals": None}),
        (SummaryRow, {"remarks": "码洋3300元"}),
        (SummaryRow, {"remarks": "校友会捐赠", "source": SourceOrDestination.PURCHASE}),
        (AccessionRow, {"remarks": "不外借", "circulation": Circulation.LENDING}),
        (ClassificationRow, {"remarks": "本期无增减", "added_copies": 4}),
        (WithdrawalRow, {"remarks": "学生丢失", "reason": WithdrawalReason.WEEDED}),
        (PeriodicalRow, {"remarks": "订2份", "copies": 1}),
        (PeriodicalRow, {"remarks": "10月停刊", "due_issues": 5, "received_issues": 5}),
        (StocktakeRow, {"remarks": "没有盖馆藏章"}),
        (RepairRow, {"damage": "无法修补", "reshelved_on": date(2025, 11, 10)}),
        (ClassRow, {"remarks": "实有学生20人", "pupils": 23}),
        (CalendarRow, {"note": "寒假", "kind": DayKind.SCHOOL}),
        (LendingRule, {"basis": "本校制度：每人限借3册", "copies": 2}),
        (CashRow, {"remarks": "还没有付", "spent": Decimal(20)}),
        (ActivityRow, {"result": "十人发言", "participants": 5}),
        # A line that says of itself that it is none.
        (AccessionRow, {"remarks": "与000398重复登记"}),
        (SummaryRow, {"remarks": "此行作废"}),
        (LoanRow, {"remarks": "作废"}),
        (ReaderRow, {"remarks": "作废"}),
        (AccessionRow, {"remarks": "退货"}),
        (AccessionRow, {"remarks": "全书20页", "pages": "1530"}),
        (OpeningRow, {"remarks": "备课、查资料", "audience": Audience.PUPILS}),
        (VisitRow, {"content": "查教学参考书", "visitor": VisitorKind.CLASS}),
        # Who lost it, and that it was paid for, take nothing back; 3,526.65元 is one figure.
        (AccessionRow, {"remarks": "三（2）班李小明弄丢了"}),
        (AccessionRow, {"remarks": "丢失，已赔款"}),
        (AccessionRow, {"remarks": "2025年11月剔旧"}),
        (CashRow, {"remarks": "发票3,526.65元", "spent": Decimal("3256.65")}),
        (SummaryRow, {"remarks": "免费配发", "paid_value": Decimal("3256.65")}),
        (CompensationRow, {"remarks": "转学未赔", "paid": Decimal(15)}),
        (CompensationRow, {"remarks": "还没有结清", "settled_on": date(2025, 10, 20)}),
        (PeriodicalRow, {"remarks": "缺第3期", "due_issues": 5, "received_issues": 5}),
        (PeriodicalRow, {"remarks": "已合订3册", "bound_volumes": 2}),
        (PeriodicalRow, {"remarks": "已装订", "bound_volumes": None}),
        (PeriodicalRow, {"remarks": "每份20元", "price": Decimal(40)}),
        (ReaderRow, {"remarks": "退休"}),
        (ReaderRow, {"remarks": "借书证丢失"}),
        (StocktakeRow, {"remarks": "已丢失"}),
        # What came to nothing, or was left half done.
        (ActivityRow, {"result": "因流感取消"}),
        (ActivityRow, {"result": "没有举行"}),
        (StocktakeScopeRow, {"remarks": "还没有盘完", "ends_on": date(2025, 12, 1)}),
        (WithdrawalRow, {"remarks": "尚未批准", "approved_by": "周怀谷"}),
        (OpeningRow, {"remarks": "本学期停开"}),
        (VisitRow, {"content": "没有人来", "people": 30}),
        (ReviewRow, {"remarks": "只查了一半"}),
        (RepairRow, {"damage": "未修", "reshelved_on": date(2025, 12, 1)}),
        (PeriodicalRow, {"remarks": "一期也没收到", "received_issues": 5}),
        (ReaderRow, {"remarks": "此证已停用"}),
        (CompensationRow, {"remarks": "丢的是《昆虫记》", "title": "城南旧事"}),
        (AccessionRow, {"remarks": "已变卖"}),
    ]
    for row_type, changes in otherwise:
        assert len(findings("FMT210", row(row_type, **changes), as_of=_TODAY)) == 1, changes


def test_remarks_that_only_sound_like_it_are_not_told() -> None:
    lawful: list[tuple[type[Any], dict[str, Any]]] = [
        (LoanRow, {**_BACK, "remarks": "逾期未还，催还后归还"}),
        (LoanRow, {"remarks": "未还"}),
        (AccessionRow, {"remarks": "已调到低年级书架"}),
        (AccessionRow, {"remarks": "丢失，已找回"}),
        (AccessionRow, {"remarks": "丢失", "withdrawn_on": date(2025, 11, 28)}),
        (SummaryRow, {"remarks": "未验收", "received_by": None}),
        (LoanRow, {**_BACK, "remarks": "丢了书签"}),
        (LoanRow, {**_BACK, "remarks": "未还", "outcome": LoanOutcome.LOST}),
        (LoanRow, {"remarks": "续借1次", "renewals": 1}),
        (LoanRow, {**_BACK, "remarks": "2025年9月还"}),
        (AccessionRow, {"remarks": "拟注销"}),
        (AccessionRow, {"remarks": "已注销", "withdrawn_on": date(2025, 11, 28)}),
        (WithdrawalRow, {"remarks": "已交总务处"}),
        (CompensationRow, {"remarks": "说好找到就退款"}),
        (CompensationRow, {"remarks": "书已找回", "withdrawal_no": "2026-001", "refunded_on": date(2026, 6, 30)}),
        (SummaryRow, {"remarks": "另附光盘3张"}),
        (ReaderRow, {"remarks": "2025年9月转入"}),
        (ReaderRow, {"remarks": "转出", "stopped_on": date(2025, 12, 1)}),
        (ReaderRow, {"remarks": "2026年7月毕业"}),
        (ReaderRow, {"remarks": "2026年毕业"}),
        (ReaderRow, {"remarks": "7月毕业"}),
        (ReviewRow, {"action": "已逐册翻看"}),
        (LoanRow, {**_BACK, "remarks": "丢失，9月14日找到归还"}),
        (LoanRow, {"remarks": "要求续借，没有批准", "renewals": None}),
        (CompensationRow, {"remarks": "分两次交款", "settlement": Settlement.PAYMENT}),
        (SummaryRow, {"remarks": "校友会捐赠款购买", "source": SourceOrDestination.PURCHASE}),
        (AccessionRow, {"remarks": "全套定价280元", "price": Decimal(25)}),
        (ClassificationRow, {"remarks": "其中赠书2册", "added_copies": 4}),
        (PeriodicalRow, {"remarks": "其中1份送五年级", "copies": 2}),
        (ClassRow, {"remarks": "男生12人", "pupils": 23}),
        (StocktakeRow, {"remarks": "在二号柜找到", "place": "2号柜"}),
        (StocktakeRow, {"remarks": "在还书车上找到", "place": "书库"}),
        (AccessionRow, {"remarks": "书店赠送", "source": Source.PURCHASE}),
        (AccessionRow, {"remarks": "全书20页", "pages": "20"}),
        (AccessionRow, {"remarks": "重复登记，已注销", "withdrawn_on": date(2025, 11, 28)}),
        (ReaderRow, {"remarks": "旧证作废", "stopped_on": date(2025, 12, 1)}),
        (CashRow, {"remarks": "作废", "spent": Decimal(-20), "received": None}),
        (SummaryRow, {"remarks": "000012号作废"}),
        (SummaryRow, {"remarks": "实付3,256.65元", "paid_value": Decimal("3256.65")}),
        (AccessionRow, {"remarks": "封面丢失"}),
        (AccessionRow, {"remarks": "三（2）班李小明弄丢，已找回"}),
        (CompensationRow, {"remarks": "余款未交", "paid": Decimal(15)}),
        (CompensationRow, {"remarks": "未赔书，改赔款", "paid": Decimal(15)}),
        (PeriodicalRow, {"remarks": "缺第3期，已补到", "due_issues": 5, "received_issues": 5}),
        (PeriodicalRow, {"remarks": "缺第3期", "due_issues": 5, "received_issues": 4}),
        (ReaderRow, {"remarks": "证丢失，已补办"}),
        (StocktakeRow, {"remarks": "光盘丢失"}),
        (SummaryRow, {"remarks": "作废"}),
        (ActivityRow, {"result": "原定户外，取消后改在教室"}),
        (ActivityRow, {"result": "改期举行"}),
        (StocktakeScopeRow, {"remarks": "还没有盘完", "ends_on": None}),
        (StocktakeScopeRow, {"remarks": "7月2日没盘完，3日补完", "ends_on": date(2026, 7, 3)}),
        (OpeningRow, {"remarks": "雨天停开"}),
        (VisitRow, {"content": "没有人来", "people": 0}),
        (RepairRow, {"damage": "未修", "reshelved_on": None}),
        (LoanRow, {"remarks": "丢的是《城南旧事》", "title": "城南旧事（插图本）"}),
        # No number that anybody could tell.
        (SummaryRow, {"remarks": "共2十册"}),
        (LendingRule, {"basis": "制度第三条，借期14天", "days": 14}),
    ]
    for row_type, changes in lawful:
        assert findings("FMT210", row(row_type, **changes), as_of=_TODAY) == [], changes
    # Its loss stands in another book, and is written off by the next list.
    lost = row(AccessionRow, remarks="已遗失")
    assert findings("FMT210", lost, row(CompensationRow)) == []
    assert findings("FMT210", lost, row(LoanRow, returned_on=date(2025, 9, 15), outcome=LoanOutcome.LOST)) == []
    one, other = (row(SummaryRow, line=line, copies=25, voucher_no="FP0002", remarks="共50册") for line in (2, 3))
    assert findings("FMT210", one, other._replace(batch_no="2025-003")) == []


def test_a_remark_that_contradicts_one_column_twice_is_told_once() -> None:
    loan = row(LoanRow, remarks="书丢了，没还", returned_on=date(2025, 9, 15), outcome=LoanOutcome.RETURNED)
    assert findings("FMT210", loan, as_of=_TODAY) == ["FMT210 借阅登记账!N2"]


def test_a_month_a_season_or_a_day_far_from_its_line_is_told() -> None:
    def told(code: str, summary: str, day: date) -> list[str]:
        return findings(code, row(CashRow, summary=summary, booked_on=day))

    assert told("FMT211", "三月份购图书", date(2025, 9, 12)) == ["FMT211 经费登记!B2"]
    assert told("FMT211", "秋季图书经费", date(2026, 3, 2)) == ["FMT211 经费登记!B2"]
    for summary in (
        "购暑假阅读奖品",
        "八月份购图书",
        "补付三月份购图书",
        "订报刊（1月至6月）",
        "上月购图书",
        "买了三个月的报纸",
        "秋季图书经费",
    ):
        assert told("FMT211", summary, date(2025, 9, 12)) == [], summary
    assert told("FMT211", "购暑假阅读奖品", date(2026, 4, 20)) == []
    assert told("FMT211", "购暑假阅读奖品", date(2026, 3, 20)) == ["FMT211 经费登记!B2"]
    feast = row(CalendarRow, starts_on=date(2026, 4, 4), ends_on=date(2026, 4, 6), note="国庆节")
    term = feast._replace(starts_on=date(2026, 2, 23), ends_on=date(2026, 7, 3), kind=DayKind.SCHOOL)
    assert findings("FMT211", term._replace(note="第二学期")) == []
    assert findings("FMT211", term._replace(note="第一学期")) == ["FMT211 校历!E2"]
    assert findings("FMT211", feast) == ["FMT211 校历!E2"]
    assert findings("FMT211", feast._replace(note="清明节")) == []
    assert findings("FMT211", feast._replace(starts_on=date(2026, 6, 19), note="清明节")) == ["FMT211 校历!E2"]
    assert told("FMT212", "12月15日购图书", date(2025, 12, 10)) == ["FMT212 经费登记!B2"]
    for summary in ("12月8日购图书", "订1月1日起的报刊", "12月15日前购图书"):
        assert told("FMT212", summary, date(2025, 12, 10)) == [], summary


def test_what_is_held_month_by_month_is_held_in_the_month_it_is_called_by() -> None:
    def held(*days: date) -> list[str]:
        months = zip(("九", "十", "十一"), days, strict=True)
        return findings("FMT211", *(row(ActivityRow, name=f"{one}月图书室检查", held_on=day) for one, day in months))

    own = date(2025, 10, 17), date(2025, 11, 21)
    assert held(date(2025, 9, 19), *own) == held(date(2025, 10, 3), *own) == []
    assert len(held(date(2025, 10, 19), *own)) == 1
    # One that stands alone, or two of them, are no series.
    assert findings("FMT211", row(ActivityRow, name="九月图书室检查", held_on=date(2025, 10, 19))) == []
    twice = [row(ActivityRow, line=day, name="十月图书室检查", held_on=date(2025, 10, day)) for day in (10, 17)]
    assert len(findings("FMT211", *twice, row(ActivityRow, name="十月图书室检查", held_on=date(2025, 9, 19)))) == 1


def test_a_job_and_the_activity_it_was_say_one_day() -> None:
    job = row(JobRow, month=10, task="举办秋季阅读笔记展评", done="10月24日")
    held = row(ActivityRow, held_on=date(2025, 10, 24), kind="阅读笔记展评")
    assert findings("ACT107", job, held, as_of=_TODAY) == []
    assert findings("ACT107", job._replace(done="10月14日"), held, as_of=_TODAY) == ["ACT107 工作安排!G2"]
    assert findings("ACT107", job._replace(done="64份作品"), held, as_of=_TODAY) == []
    # Looked at before that day, or in the September after it, when 基本信息 is still about the last year.
    assert findings("ACT107", job._replace(done="10月14日"), held, as_of=date(2025, 10, 13)) == []
    next_year = date(2026, 9, 10)
    assert findings("ACT107", job, held, as_of=next_year) == findings("ACT105", job, as_of=next_year) == []
    assert findings("ACT107", job, held._replace(held_on=date(2024, 10, 20)), as_of=_TODAY) == []
    assert findings("ACT105", job._replace(done="9月24日办完"), as_of=_TODAY) == ["ACT105 工作安排!G2"]
    for lawful in ("11月3日补办", "9月24日起按表进行"):
        assert findings("ACT105", job._replace(done=lawful), as_of=_TODAY) == [], lawful


def test_a_day_on_which_nobody_came_may_say_so() -> None:
    assert findings("VIS307", row(VisitRow, people=0)) == ["VIS307 阅览登记!E2"]
    assert findings("VIS307", row(VisitRow, people=0, content="无人来")) == []


def test_names_that_say_another_kind_than_their_line_are_told() -> None:
    paper = row(PeriodicalRow, title="教师周刊", frequency=Frequency.WEEKLY)
    assert findings("PER212", paper) == []
    swapped = paper._replace(starts_on=date(2025, 12, 31), ends_on=date(2025, 1, 1), missing_note="缺第3期")
    assert findings("PER211", swapped) == []
    assert findings("PER212", paper._replace(title="小读者")) == []
    assert findings("PER212", paper._replace(title="教师半月刊")) == ["PER212 报刊登记账!G2"]
    bought = [row(SummaryRow, line=line, batch_no=f"2025-00{line}", voucher_no=None) for line in (2, 3, 4)]
    given = bought[2]._replace(source=SourceOrDestination.DONATION, paid_value=Decimal(10))
    assert findings("SUM007", *bought[:2], given._replace(paid_value=None)) == []
    moved = [
        one._replace(supplier="县教育局", source=source) for one, source in zip(bought[1:], _TWO_SOURCES, strict=True)
    ]
    shop = [bought[0]._replace(line=line, batch_no=f"2025-01{line}") for line in (5, 6)]
    assert findings("SUM007", *moved, *shop) == ["SUM007 总括登记账!D3"]
    assert findings("SUM007", *moved, shop[0]) == []
    own = {"source": SourceOrDestination.ALLOCATION, "supplier": EXAMPLE_SCHOOL.name}
    assert findings("SUM007", bought[0]._replace(**own)) == ["SUM007 总括登记账!E2"]
    assert findings("SUM007", bought[0]._replace(**own | {"source": SourceOrDestination.DONATION})) == []
    gone = bought[2]._replace(flow=Flow.OUT, source=SourceOrDestination.WEEDED, paid_value=None)
    assert findings("SUM017", *bought[:2], gone) == ["SUM017 总括登记账!E4"]
    assert findings("SUM017", *bought[:2], gone._replace(source=SourceOrDestination.TRANSFERRED)) == []
    assert findings("SUM007", *bought[:2], given) == ["SUM007 总括登记账!D4"]
    assert findings("SUM007", bought[0], given) == []
    one_voucher = [bought[0]._replace(voucher_no="FP0009"), given._replace(voucher_no="FP0009")]
    assert findings("SUM018", *one_voucher) == ["SUM018 总括登记账!F4"]
    assert findings("SUM018", one_voucher[0], one_voucher[1]._replace(source=SourceOrDestination.PURCHASE)) == []
    forward = row(CashRow, summary="上学年结转", received=Decimal(90), spent=None, balance=Decimal(90))
    assert findings("CSH206", forward) == []
    assert findings("CSH206", forward._replace(received=Decimal(91))) == ["CSH206 经费登记!D2"]
    assert findings("CSH205", forward, forward._replace(line=3)) == []
    assert findings("CSH205", forward, forward._replace(line=3, balance=None)) == []
    incident = row(CompensationRow, incident_no="P2025-001", registered_on=date(2026, 3, 2))
    others = [incident._replace(incident_no=f"P2026-00{number}", line=number) for number in (3, 4)]
    assert findings("CMP108", incident, *others) == ["CMP108 赔偿登记账!A2"]
    assert findings("CMP108", incident, incident._replace(line=3)) == []
    autumn = [one._replace(incident_no=f"P2025-01{one.line}", registered_on=date(2025, 10, 8)) for one in others]
    assert findings("CMP108", incident, *autumn) == []
    loan = row(LoanRow, **_BACK, remarks="丢了，已赔款")
    assert findings("CIR352", loan) == ["CIR352 借阅登记账!N2"]
    assert findings("CIR352", loan, row(CompensationRow)) == []
    assert findings("CIR352", loan._replace(remarks="丢了，还没赔款")) == []


def test_an_item_of_a_form_takes_its_own_figure_and_standard() -> None:
    item = row(EvaluationRow, content="报刊50种以上", figure="报刊种数", standard="50")
    for code in ("EVA303", "EVA304", "EVA305"):
        assert findings(code, item) == [], code
    assert findings("EVA303", item._replace(figure="工具书种数")) == ["EVA303 评估细则!F2"]
    assert findings("EVA304", item._replace(standard="40")) == ["EVA304 评估细则!G2"]
    assert findings("EVA304", item._replace(content="两次研讨、两次检查")) == []
    assert findings("EVA305", item._replace(figure="书标齐全率", standard="980%")) == ["EVA305 评估细则!G2"]


def test_what_a_summary_says_is_held_against_its_own_entry_and_bill() -> None:
    batch = row(SummaryRow, batch_no="2025-002", voucher_no="FP0002", copies=20)
    other = row(SummaryRow, batch_no="2025-003", voucher_no="FP0003", line=3, copies=5)
    paper = row(PeriodicalRow, voucher_no="YZ0001")

    def told(summary: str, voucher_no: str = "FP0002", spent: str = "400.00") -> list[str]:
        entry = row(CashRow, summary=summary, voucher_no=voucher_no, spent=Decimal(spent))
        return sentences("CSH204", batch, other, paper, entry)

    assert told("购图书（2025-003）") == ["摘要“购图书（2025-003）”说的是2025-003，这一笔的单据是 2025-002 的。"]
    assert told("购图书25册") == ["摘要“购图书25册”说的是 25 册，这一笔的单据在总括账是 20 册。"]
    assert told("购图书 350 元") == ["摘要“购图书 350 元”说的是350元，这一笔是400.00元。"]
    assert told("收到县里拨款") == ["摘要“收到县里拨款”说的是收进来的钱，这一笔记在支出。"]
    assert told("购图书", "YZ0001") == ["摘要“购图书”说的是购书，这一笔的单据是订报刊的。"]
    assert told("购书1,200元") == ["摘要“购书1,200元”说的是1200元，这一笔是400.00元。"]
    assert told("订报刊") == ["摘要“订报刊”说的是订报刊，这一笔的单据是购书的。"]
    for lawful in (
        "购图书（2025-002）20册",
        "购图书和订报刊",
        "购图书，每册20元",
        "购书400元",
        "付书店",
        "码洋500元购书",
        "购图书，含邮费12元",
        "购书，预算500元",
        "购书，满500元免运费",
        "从公用经费5000元中列支购书",
        "购书，10元以下图书",
        "购图书399元10角",
        "购《十万个为什么》8册等",
        "购书（全3册）",
        "购书，赠5册",
        "购图书第3册补配",
        "订阅图书",
        "用赔偿款补购",
    ):
        assert told(lawful) == [], lawful
    assert told("购书1,200元", spent="1200") == []
    unread = batch._replace(copies=cast(int, None))
    assert findings("CSH204", unread, row(CashRow, summary="购图书25册", voucher_no="FP0002", spent=Decimal(400))) == []
    parts = [row(CashRow, line=line, summary="购图书400元", voucher_no="FP0002", spent=Decimal(200)) for line in (2, 3)]
    assert findings("CSH204", batch, *parts) == []


def test_a_summary_names_the_incident_of_its_own_receipt() -> None:
    own = row(CompensationRow, incident_no="P2", name="王一鸣", receipt_no="SJ0001", settlement=Settlement.PAYMENT)
    other = own._replace(line=3, incident_no="P1", name="王一", receipt_no="SJ0002")

    def told(summary: str, receipt: CompensationRow = own) -> list[str]:
        cash = row(CashRow, summary=summary, voucher_no="SJ0001", received=own.paid, spent=None)
        return sentences("CSH204", receipt, other, cash)

    assert told("收王一赔款") == ["摘要“收王一赔款”说的是王一（P1），这一笔的收据是 P2 的。"]
    assert told("收P1赔款") == ["摘要“收P1赔款”说的是王一（P1），这一笔的收据是 P2 的。"]
    for lawful in ("收王一鸣赔款", "收P2赔款", "收P12赔款"):
        assert told(lawful) == [], lawful
    assert told("收王一鸣赔款", own._replace(name=None)) == []
    # A number that nobody can read is none of another's.
    assert told("收王一赔款", own._replace(incident_no=cast(str, None))) == []


def test_an_impossible_day_of_a_card_is_told_and_a_pupil_who_repeated_is_not() -> None:
    sixth = row(ClassRow, class_name="六（1）班", grade=6)

    def told(**changes: Any) -> list[str]:
        return findings("RDR108", sixth, row(ReaderRow, **{"class_name": "六（1）班", **changes}))

    assert told(issued_on=date(2015, 9, 1)) == ["RDR108 读者名册!E2"]
    assert told(issued_on=date(2017, 9, 1)) == []
    # Books that are looked at years later are judged as of their own term.
    assert findings("RDR108", sixth, row(ReaderRow, class_name="六（1）班"), as_of=date(2099, 1, 1)) == []
    assert told(issued_on=date(2002, 9, 1), kind=ReaderKind.TEACHER, class_name=None) == []
    assert told(issued_on=date(1925, 9, 1), kind=ReaderKind.TEACHER, class_name=None) == ["RDR108 读者名册!E2"]


def test_classes_with_fewer_helpers_than_planned_are_told_together() -> None:
    classes = [row(ClassRow, class_name=f"三（{number}）班", line=number + 1) for number in (1, 2, 3)]
    readers = [row(ReaderRow, reader_no=f"S000{number}", class_name="三（1）班", line=number) for number in (2, 3)]
    readers += [row(ReaderRow, reader_no=f"S000{number}", class_name="三（2）班", line=number) for number in (4, 5)]
    helpers = [row(PupilLibrarianRow, reader_no=one.reader_no, class_name=one.class_name) for one in readers]
    target = row(TargetRow, name="每班学生管理员人数", grades=None, value=Decimal(2), unit="名")

    assert findings("PLB309", *classes[:2], *readers, *helpers, target) == []
    assert findings("PLB309", *classes[:2], *readers, *helpers[:3], target) == ["PLB309 学生管理员!A4"]
    assert findings("PLB309", *classes[:2], *readers, *helpers[:3]) == []
    assert findings("PLB309", *classes, *readers, *helpers, target) == ["PLB309 班级!A4"]
    left = [one._replace(stopped_on=date(2026, 6, 30), stop_reason=LeavingReason.MOVED) for one in readers]
    assert findings("PLB309", *classes[:2], *left, *helpers, target) == ["PLB309 学生管理员!A2"]
    for reason in (LeavingReason.GRADUATED, LeavingReason.REPORTED_LOST):
        serving = [one._replace(stop_reason=reason) for one in left]
        assert findings("PLB309", *classes[:2], *serving, *helpers, target) == [], reason
    begun = sentences("PLB309", *classes, *readers, *helpers[:2], target)
    assert begun == ["任务指标定的是每班 2 名学生管理员，三（2）班 0 名、三（3）班 0 名，不到这个数。"]
    # Where every class has fewer it is the number itself.
    three = target._replace(value=Decimal(3))
    assert findings("PLB309", *classes[:2], *readers, *helpers, three) == ["PLB309 任务指标!C2"]
    assert sentences("PLB309", *classes[:2], *readers, *helpers, three) == [
        "任务指标定的是每班 3 名学生管理员，2 个班各 2 名，不到这个数。"
    ]


def test_a_standard_in_words_is_understood_or_told() -> None:
    for standard in ("98％", "九成八", "百分之九十八", "不少于三次", "25册"):
        assert findings("EVA302", row(EvaluationRow, standard=standard)) == [], standard
    unclear = row(EvaluationRow, standard="七本齐全", own_mark=None)
    assert findings("EVA302", unclear) == ["EVA302 评估细则!G2"]
    assert findings("EVA302", unclear._replace(own_mark=Decimal(8))) == []
    assert findings("EVA302", unclear._replace(standard="优秀")) == []


def test_money_handed_in_later_than_it_was_received_is_in_order() -> None:
    paid = {"settlement": Settlement.PAYMENT, "paid": Decimal("25.00"), "receipt_no": "SJ0001"}
    entry = row(CashRow, voucher_no="SJ0001", received=Decimal("25.00"), spent=None, booked_on=date(2025, 12, 1))
    early = row(CompensationRow, **paid, registered_on=date(2025, 10, 15), settled_on=date(2025, 10, 20))
    assert findings("CMP107", early, entry) == []
    assert findings("CMP107", early._replace(settled_on=date(2026, 1, 15)), entry) == []
    assert findings("CMP107", early._replace(settled_on=date(2026, 2, 15)), entry) == ["CMP107 赔偿登记账!P2"]


def test_a_month_that_alone_differs_is_asked_about_where_all_else_is_booked_at_once() -> None:
    paid = {"settlement": Settlement.PAYMENT, "paid": Decimal("25.00"), "registered_on": date(2025, 9, 15)}
    days = [date(2025, 10, 20), date(2025, 11, 20), date(2025, 12, 9), date(2025, 12, 16)]
    incidents = [row(CompensationRow, **paid, receipt_no=f"SJ{day:%m%d}", settled_on=day) for day in days]
    entries = [
        row(CashRow, voucher_no=one.receipt_no, received=one.paid, spent=None, booked_on=one.settled_on)
        for one in incidents
    ]
    assert findings("CMP107", *incidents, *entries) == []
    for late in (date(2025, 9, 20), date(2025, 11, 20)):
        entries[0] = entries[0]._replace(booked_on=late)
        assert findings("CMP107", *incidents, *entries) == ["CMP107 赔偿登记账!P2"], late
    entries[1] = entries[1]._replace(booked_on=date(2025, 11, 28))
    assert findings("CMP107", *incidents, *entries) == []


def test_turns_of_a_school_that_lends_at_any_time_are_its_reading_lessons() -> None:
    classes = [row(ClassRow, class_name=f"三（{number}）班", line=number + 1) for number in (1, 2)]
    turns = [row(TurnRow, class_name=one.class_name, kind=TurnKind.READING, line=one.line) for one in classes]
    assert findings("QUO327", *classes, *turns) == []
    assert findings("QUO327", *classes, turns[0]._replace(kind=TurnKind.LENDING), turns[1]) == ["QUO327 借阅轮流表!F3"]


def test_a_red_line_may_take_back_only_titles_a_discount_or_copies_of_a_class() -> None:
    batch = row(SummaryRow, batch_no="2025-002", copies=20)
    nothing: dict[str, Any] = dict.fromkeys([*FIGURES, "first_no", "last_no", "voucher_no"])
    red = row(SummaryRow, **{**nothing, "batch_no": "2025-009", "line": 3, "copies": 0, "list_value": Decimal()})
    for figures in ({"I": -2, "G": 2}, {"titles": -1}, {"paid_value": Decimal(-20)}):
        assert findings("FMT209", batch, red._replace(remarks="更正2025-002", **figures)) == [], figures
        assert len(findings("FMT209", batch, red._replace(**figures))) == 1, figures
    above = red._replace(copies=-2, list_value=Decimal(-20), remarks="更正上一行")
    assert findings("FMT209", batch, above) == []
    assert len(findings("FMT209", batch, batch._replace(line=4, flow=Flow.OUT), above._replace(line=5))) == 1
    for summary in ("重复入账", "调整上月多算", "书店返还折扣", "优惠", "收回预付款"):
        assert findings("FMT209", row(CashRow, summary=summary, spent=Decimal(-20))) == [], summary


def test_a_merged_class_a_loan_brought_over_one_more_copy_and_a_plus_are_in_order() -> None:
    merged = (
        row(ClassRow, class_name="三（2）班", pupils=0),
        row(ClassRow, class_name="三（1）班", line=3),
        row(ReaderRow, class_name="三（1）班"),
        row(PupilLibrarianRow, class_name="三（2）班"),
    )
    assert findings("PLB303", *merged) == []
    opened = row(SummaryRow, flow=Flow.OPENING, registered_on=date(2025, 9, 1))
    brought = row(LoanRow, lent_on=date(2025, 6, 10), due_on=date(2025, 6, 24))
    rule = row(LendingRule, since=date(2025, 9, 1))
    readers = (row(ReaderRow), row(ClassRow))
    assert findings("CIR312", opened, brought, rule, *readers, school=EXAMPLE_SCHOOL) == []
    mistyped = brought._replace(due_on=date(2025, 9, 24))
    assert findings("CIR312", opened, mistyped, rule, *readers) == ["CIR312 借阅登记账!B2"]
    paper = row(PeriodicalRow)
    assert findings("PER102", paper, paper._replace(line=3, periodical_no="BK2025-009", remarks="另订一份")) == []
    assert all(map(is_class_no, ("G61+5", "I28＋J2", "I287.45+", "S5+S6")))


def test_papers_numbered_by_terms_begin_again() -> None:
    def issue(number: int, month: int) -> ActivityRow:
        year = 2025 if month > 8 else 2026
        return row(ActivityRow, name=f"读书报第{number}期", held_on=date(year, month, 10))

    assert findings("ACT106", issue(1, 9), issue(2, 11), issue(1, 3), issue(2, 5)) == []
    assert findings("ACT106", issue(1, 9), issue(1, 11)) == ["ACT106 活动记录!C3"]
    assert findings("ACT106", issue(11, 12), issue(11, 5)) == ["ACT106 活动记录!C3"]


def test_newspapers_are_of_the_year_that_is_said() -> None:
    order = row(PeriodicalRow, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), voucher_no="YZ1")
    paid = row(CashRow, summary="订2026年报刊", voucher_no="YZ1", spent=order.amount, received=None)
    for lawful in ("订2026年报刊", "2026年上半年报刊款", "2025年12月10日订报刊"):
        assert findings("CSH204", order, paid._replace(summary=lawful)) == [], lawful
    assert findings("CSH204", order, paid._replace(summary="订2027年报刊")) == ["CSH204 经费登记!B2"]


def test_nothing_is_held_a_hundred_times_a_term() -> None:
    target = row(TargetRow, name="图书室检查次数", unit="次", value=Decimal(105))
    assert findings("QUO018", target) == ["QUO018 任务指标!C2"]
    assert (
        findings("QUO018", target._replace(unit="次/年"))
        == findings("QUO018", target._replace(value=Decimal(10)))
        == []
    )


def test_what_was_bought_later_than_its_line_is_told_by_month_or_season() -> None:
    opening = row(SummaryRow, flow=Flow.OPENING, registered_on=date(2025, 9, 1), remarks="2026年寒假购入")
    assert findings("FMT212", opening) == ["FMT212 总括登记账!AM2"]
    assert findings("FMT212", row(AccessionRow, remarks="2026年3月购", accessioned_on=date(2025, 9, 1))) != []
    for lawful in ("2024年寒假购入", "2025年9月到货", "2026年春季预购"):
        assert findings("FMT212", opening._replace(remarks=lawful)) == [], lawful
    assert findings("FMT212", row(CashRow, summary="订2026年上半年报刊", booked_on=date(2025, 12, 10))) == []


def test_what_was_done_is_as_many_as_the_books_say() -> None:
    sent = [row(RepairRow, sent_on=date(2025, 11, day), reshelved_on=None) for day in (5, 5, 12)]
    job = row(JobRow, month=11, task="集中修补破损图书", done="修补 16 册")
    assert findings("ACT108", job, *sent) == ["ACT108 工作安排!G2"]
    assert sentences("ACT108", job, *sent) == ["11月的“集中修补破损图书”写着“修补 16 册”，修补登记里那个月是 3 册。"]
    # Those of a day, of the month; a part; a register that nobody keeps.
    for lawful in ("修补 2 册", "修补3册", "修补5册，其余送县馆", "已完成"):
        assert findings("ACT108", job._replace(done=lawful), *sent) == [], lawful
    assert findings("ACT108", job._replace(done="没有修补"), *sent) == ["ACT108 工作安排!G2"]
    term = EXAMPLE_SCHOOL._replace(term_start=date(2026, 2, 23), term_end=date(2026, 7, 3), cut_off=date(2026, 7, 3))
    assert findings("ACT108", job._replace(done="没有修补"), *sent, school=term) == ["ACT108 工作安排!G2"]
    back = sent[0]._replace(sent_on=date(2025, 9, 3), reshelved_on=date(2025, 11, 6))
    assert sentences("ACT108", job, *sent, back)[0].endswith("是 3 册。")
    assert findings("ACT108", job) == []
    # What came, and what was looked at on the shelf: how many that were may be said with what is out.
    came = row(SummaryRow, registered_on=date(2025, 11, 12), copies=177)
    brought = job._replace(task="新书验收、登记、上架", done="新书210册")
    assert findings("ACT108", brought, came) == findings("ACT108", brought._replace(done="没有新书"), came) != []
    assert findings("ACT108", brought._replace(done="新书177册"), came) == []
    seen = row(StocktakeRow, counted_on=date(2025, 11, 20))
    counted = job._replace(task="全面清点藏书", done="没有清点")
    assert findings("ACT108", counted, seen) == ["ACT108 工作安排!G2"]
    for lawful in ("清点6000册", "未清点完", "未完成"):
        assert findings("ACT108", counted._replace(done=lawful), seen) == [], lawful
    # Of two kinds nobody knows which the figure is about, and who was trained was not appointed.
    both = job._replace(task="修补图书、装订期刊", done="装订期刊12册")
    trained = job._replace(task="培训学生管理员", done="培训8名")
    helper = row(PupilLibrarianRow, appointed_on=date(2025, 9, 5))
    assert findings("ACT108", both, *sent) == findings("ACT108", trained, helper) == []
    assert findings("ACT108", trained._replace(task="推选学生管理员", done="8名"), helper) == ["ACT108 工作安排!G2"]


def test_a_name_with_a_sign_too_few_is_told_once() -> None:
    kept = [row(LoanRow, line=line, handled_by="苏晓禾") for line in range(2, 12)]
    slip = row(LoanRow, line=12, handled_by="苏晓")
    teacher = row(ReaderRow, name="苏晓", kind=ReaderKind.TEACHER)
    assert findings("FMT213", *kept, slip) == ["FMT213 借阅登记账!M12"]
    assert findings("FMT213", *kept, slip, teacher) == findings("FMT213", *kept[1:], slip) == []
    assert findings("FMT213", *kept, slip._replace(handled_by="苏小禾")) == []
    # Who signs the papers and stands in no book.
    signing = row(SettingRow, item="图书管理员", value="苏小禾")
    assert findings("FMT213", *kept, signing) == ["FMT213 基本信息!B2"]
    assert findings("FMT213", *kept, signing, teacher._replace(name="苏小禾")) == []
    assert findings("FMT213", *kept, signing._replace(value="陶云川")) == []
    assert findings("FMT213", *kept, signing._replace(value="苏晓禾（兼）")) == []
    # A headmaster called nearly like the librarian is himself; who approves is he.
    principal = signing._replace(item="校长")
    approved = [row(WithdrawalRow, line=line, approved_by="苏晓禾") for line in range(2, 12)]
    assert findings("FMT213", *kept, principal) == []
    assert findings("FMT213", *approved, principal) == ["FMT213 基本信息!B2"]
    slips = [slip._replace(line=line) for line in (12, 13, 14)]
    assert findings("FMT213", *kept, *slips[:2]) == ["FMT213 借阅登记账!M12"]
    assert findings("FMT213", *kept, *slips) == []


def test_one_person_who_keeps_the_books_alone_is_one_matter() -> None:
    alone = [row(SummaryRow, line=line, handled_by="苏晓禾", received_by="苏晓禾") for line in (2, 3, 4)]
    assert findings("SUM005", *alone) == ["SUM005 总括登记账!AJ2"]
    others = [row(SummaryRow, line=line, handled_by="苏晓禾", received_by="周怀谷") for line in (5, 6, 7)]
    assert findings("SUM005", *alone, *others) == [f"SUM005 总括登记账!AJ{line}" for line in (2, 3, 4)]


def test_a_number_where_a_name_belongs_is_told_once_a_column() -> None:
    rows = [row(LoanRow, line=line, handled_by=name) for line, name in enumerate(("46045", "12", "苏晓禾", "—"), 2)]
    assert findings("FMT214", *rows) == ["FMT214 借阅登记账!M2"]
    principal = row(SettingRow, item="校长", value=date(2026, 1, 23))
    assert findings("FMT214", principal, row(ReaderRow)) == ["FMT214 基本信息!B2"]
    assert findings("FMT214", principal._replace(value="周怀谷"), row(ClassRow), row(LoanRow)) == []


def test_a_number_where_a_sentence_belongs_is_told() -> None:
    for done in ("12345.678", "-7"):
        assert findings("FMT219", row(JobRow, done=done)) == ["FMT219 工作安排!G2"], done
    for done in ("3", "100%", "3/4", "2026-05-12", "TRUE", "10月24日", "1.5"):
        assert findings("FMT219", row(JobRow, done=done)) == [], done
    rows = row(ParagraphRow, text="TRUE"), row(TargetRow, basis="2026"), row(ActivityRow, name="46045")
    assert findings("FMT219", *rows) == ["FMT219 任务指标!E2", "FMT219 活动记录!C2", "FMT219 计划文字!E2"]
    assert sentences("FMT219", *rows)[2] == "“内容”填的是“TRUE”，不是一句话。"
    assert findings("FMT219", row(ParagraphRow), row(TargetRow), row(ActivityRow), row(JobRow)) == []


def test_a_pupil_where_an_adult_answers_for_it_is_asked_about() -> None:
    pupil = row(ReaderRow)
    batch = row(SummaryRow, handled_by=pupil.name)
    teacher = row(ReaderRow, reader_no="T009", name="周怀谷", kind=ReaderKind.TEACHER)
    assert findings("FMT215", teacher, pupil, batch) == ["FMT215 总括登记账!AI2"]
    assert findings("FMT215", teacher, pupil, teacher._replace(name=pupil.name), batch) == []
    # Others without a card answer for it too: he may be called like a pupil.
    others = [row(ClassRow, teacher=name) for name in ("陶云川", "卢青原")]
    assert findings("FMT215", teacher, pupil, batch, *others) == []
    assert findings("FMT215", pupil, batch) == findings("FMT215", teacher, pupil, row(SummaryRow)) == []
    # Pupils who help lend and mend.
    assert findings("FMT215", teacher, pupil, row(LoanRow, handled_by=pupil.name)) == []


def test_a_number_of_copies_in_a_rules_basis_is_held_to_the_rule() -> None:
    told = [
        findings("FMT210", row(LendingRule, copies=2, basis=f"制度第四条：每次借 {copies} 册")) for copies in (2, 3)
    ]
    assert told == [[], ["FMT210 借阅规则!I2"]]
    assert findings("FMT210", row(LendingRule, copies=2, basis="三年级每次借 3 册，四年级每次借 2 册")) == []


def test_a_day_that_no_month_has_is_found_in_words() -> None:
    assert findings("FMT216", row(JobRow, done="3月43日")) == ["FMT216 工作安排!G2"]
    assert sentences("FMT216", row(CashRow, summary="2月30日购图书")) == [
        "“摘要”写着“2月30日购图书”，没有2月30日这一天。"
    ]
    for lawful in ("2月29日", "10月1日至7日", "13个月", "3月—5月"):
        assert findings("FMT216", row(JobRow, done=lawful)) == [], lawful


def test_a_remark_that_names_another_copy_batch_or_paper_is_told() -> None:
    beside = (
        row(AccessionRow, line=9, accession_no="000999"),
        row(SummaryRow, line=9, batch_no="2025-009", voucher_no="FP20250909"),
        row(CompensationRow, line=9, incident_no="PC2025-009", accession_no="000999", receipt_no="SJ0009"),
        row(ClassRow, line=9, class_name="五（9）班"),
    )
    own_class = row(ClassRow).class_name
    told: list[tuple[type[Any], dict[str, Any], str]] = [
        (LoanRow, {"remarks": "丢的是000999"}, "“备注”写着“丢的是000999”，“个别登记号”却是 000001。"),
        (LoanRow, {"remarks": "登记号应为999", "accession_no": "000001"}, "“个别登记号”却是 000001。"),
        (CompensationRow, {"remarks": "损坏的是000999号"}, "“个别登记号”却是 000001。"),
        (WithdrawalRow, {"remarks": "随2025-009批注销", "withdrawal_no": "2025-002"}, "“注销批号”却是 2025-002。"),
        (AccessionRow, {"remarks": "属2025-009批"}, "“总括登记号”却是 2025-001。"),
        (SummaryRow, {"remarks": "发票FP20250909", "voucher_no": "FP20250101"}, "“单据号”却是 FP20250101。"),
        (CompensationRow, {"remarks": "收据号SJ0009", "receipt_no": "SJ0001"}, "“收据号”却是 SJ0001。"),
        (ReaderRow, {"remarks": "五（9）班学生", "class_name": own_class}, f"“班级”却是 {own_class}。"),
    ]
    for row_type, changes, sentence in told:
        said = sentences("FMT210", row(row_type, line=2, **changes), row(ClassRow), *beside)
        assert [one.endswith(sentence) for one in said] == [True], (changes, said)
    lawful: list[tuple[type[Any], dict[str, Any]]] = [
        # The one that came back was taken for it; no such copy is held.
        (LoanRow, {"remarks": "还的是000999"}),
        (LoanRow, {"remarks": "丢的是000888"}),
        (LoanRow, {"remarks": "丢的是000001"}),
        (LoanRow, {"remarks": "同时借的还有000999"}),
        (AccessionRow, {"remarks": "接替000999"}),
        # It may have as many pages.
        (AccessionRow, {"remarks": "应为999"}),
        (AccessionRow, {"remarks": "随2025-009批注销"}),
        (SummaryRow, {"remarks": "发票FP20250909", "voucher_no": "FP20250101、FP20250909"}),
        (SummaryRow, {"remarks": "发票FP20250303", "voucher_no": "YS0001"}),
        (ReaderRow, {"remarks": "原五（9）班学生", "class_name": own_class}),
        (ReaderRow, {"remarks": "五（9）班借读生", "class_name": own_class}),
    ]
    for row_type, changes in lawful:
        assert sentences("FMT210", row(row_type, line=2, **changes), row(ClassRow), *beside) == [], changes
