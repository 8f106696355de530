"""Papers of an invented school, rich enough to try every part of every template."""

from schoollib_xl.documents.filling.blanks import ChartData, Series
from schoollib_xl.documents.filling.stylebook import HEADING, ITEM, NOTE, SUBHEADING, SUBITEM
from schoollib_xl.documents.papers.assessment import (
    GroupLine,
    MarkLine,
    ReviewedCopy,
    ReviewLine,
    ReviewReport,
    SelfAssessment,
)
from schoollib_xl.documents.papers.notices import (
    BehindNotice,
    BehindPupil,
    CompensationNotice,
    OverdueLine,
    OverdueNotice,
)
from schoollib_xl.documents.papers.plan import MonthJobs, OpeningLine, PlanLine, TargetLine, TurnLine, WorkPlan
from schoollib_xl.documents.papers.registers import (
    CopyLine,
    CountLine,
    InspectionCover,
    ReasonTotal,
    StocktakeReport,
    WithdrawalRegister,
    WithdrawnCopy,
)
from schoollib_xl.documents.papers.summary import (
    ActivityLine,
    ClassLoans,
    HoldingsChange,
    LedgerOverview,
    MoneyLine,
    TermSummary,
)

SCHOOL = "青禾镇中心小学"
CLASSES = [f"{grade}（{number}）班" for grade in "一二三四五六" for number in (1, 2)]


def plan() -> WorkPlan:
    """Return a plan that uses every part of its template."""
    return WorkPlan(
        school=SCHOOL,
        school_year="2026—2027",
        term="第一学期",
        body=_plan_body(),
        months=(
            MonthJobs("9月", "第1—4周", ("制订图书室工作计划", "公布借阅轮流表", "培训学生管理员"), "林晓芸"),
            MonthJobs("10月", "第5—9周", ("核对七本账", "修补破损图书"), "林晓芸"),
            MonthJobs("11月", "第10—13周", ("举办“我爱读书”征文",), "语文组"),
            MonthJobs("12月", "第14—18周", ("阅读笔记展评", "征订下一年报刊"), "林晓芸"),
            MonthJobs("1月", "第19—21周", ("收回外借图书", "清点藏书", "写出工作总结"), "林晓芸"),
        ),
        targets=(
            TargetLine("生均借书册数", "全校", "3.5册", basis="学校计划", responsible="班主任"),
            TargetLine("生均新增册数", "全校", "1册", basis="《中小学图书馆（室）规程》", responsible="总务处"),
            TargetLine("报刊种数", "全校", "50种", basis="市站计划", responsible="林晓芸"),
            TargetLine("学习笔记字数", "管理员", "3000字", basis="市站计划", responsible="林晓芸"),
        ),
        openings=(
            OpeningLine("学生", "星期一至星期五", "11:30—12:30", "借还"),
            OpeningLine("学生", "星期一至星期五", "15:30—16:30", "阅览"),
            OpeningLine("教师", "星期一至星期五", "8:00—16:30"),
        ),
        turns=(
            TurnLine("11:30—12:30", *(tuple(f"{name}（每周借还）" for name in CLASSES[day::5]) for day in range(5))),
            TurnLine("15:30—16:10", ("一（1）班（每周阅览）",), (), ("一（2）班（每周阅览）",)),
        ),
        closing=(PlanLine("本学期，图书室将让更多的书流动起来，让更多的学生爱上阅读。"),),
        signed_by=f"{SCHOOL}图书室",
        signed_on="2026年9月1日",
        cut_off="2026年9月1日",
    )


def _plan_body() -> tuple[PlanLine, ...]:
    return (
        PlanLine("指导思想", HEADING),
        PlanLine(
            "以“一切为了读者”为宗旨，按照《中小学图书馆（室）规程》和学校工作要点，管好、用好现有图书，"
            "把图书送到师生手中，为课堂教学和学生成长服务。"
        ),
        PlanLine("基本情况", HEADING),
        PlanLine("本室现有藏书11842册，生均24.4册；本学期有12个教学班、486名学生参加借阅。"),
        PlanLine("工作重点", HEADING),
        PlanLine("1．抓藏书质量。书脊脱落、内容过时的图书分批剔旧，适当添置低年级注音读物。", ITEM),
        PlanLine("2．抓借阅流通。开学第二周公布各班借阅轮流表，按表借还。", ITEM),
        PlanLine("3．抓读书活动。配合语文组做好以下几件事：", ITEM),
        PlanLine("（1）阅读笔记展评两次，每次选出20本；", SUBITEM),
        PlanLine("（2）读书演讲比赛一次，每班推选2人。", SUBITEM),
        PlanLine("主要措施", HEADING),
        PlanLine("健全制度，规范借还", SUBHEADING),
        PlanLine("落实借阅登记，到期未还的每周五催还一次；遗失、损坏的按规定赔偿。"),
        PlanLine("七本账每月核对一次，做到账账相符、账物相符。"),
        PlanLine("送书进班", SUBHEADING),
        PlanLine("每班图书角每月调换一次，每次不少于30册。"),
        PlanLine("注：每生每次限借2册，14天内归还后再借；工具书只在室内阅览。", NOTE),
    )


def summary() -> TermSummary:
    """Return a summary that uses every part of its template, charts included."""
    loans = [str(120 + 17 * place % 90) for place in range(12)]
    return TermSummary(
        school=SCHOOL,
        school_year="2026—2027",
        term="第一学期",
        signed_by=f"{SCHOOL}图书室",
        signed_on="2027年1月20日",
        cut_off="2027年1月20日",
        ledger_annex="经费收支和账册核对",
        opening=(PlanLine("一学期来，图书室围绕学校工作要点，较好地完成了各项任务，现总结如下。"),),
        situation=(PlanLine("本学期共开放92天，借出图书1796册次，人均借书3.7册。"),),
        results=(
            PlanLine("借阅目标已经完成", SUBHEADING),
            PlanLine("期初提出的人均3.5册的目标已经完成，比上学期增加194册次，增长12.1%。"),
            PlanLine("开展读书活动5次，参加1460人次。"),
        ),
        targets=(
            TargetLine("生均借书册数", "全校", "3.5册", "3.7册", "完成"),
            TargetLine("报刊种数", "全校", "50种", "46种", "差4种"),
        ),
        circulation=(PlanLine("全校12个班中有9个班达到本年级要求。"),),
        by_class=tuple(
            ClassLoans(name, "40", count, f"{int(count) / 40:.2f}", "3.50", "31", "2")
            for name, count in zip(CLASSES, loans, strict=True)
        ),
        by_grade=tuple(ClassLoans(f"{g}年级", "80", "299", "3.74", "3.50", "62", "4") for g in "一二三四五六"),
        class_chart=ChartData(
            tuple(CLASSES),
            (
                Series("生均册数", tuple(int(count) / 40 for count in loans)),
                Series("生均目标（册）", (3.0,) * 4 + (3.5,) * 8),
            ),
        ),
        month_chart=ChartData(
            ("9月", "10月", "11月", "12月", "1月"), (Series("借书册数", (402.0, 388.0, 471.0, None, 120.0)),)
        ),
        holdings=(PlanLine("本学期入藏486册，注销57册，期末藏书12271册。"),),
        holdings_changes=(
            HoldingsChange("I 文学", "6120", "212", "31", "6301", "118240.50"),
            HoldingsChange("合计", "11842", "486", "57", "12271", "236415.80"),
        ),
        holdings_chart=ChartData(
            ("A 马列", "B 哲学", "C—K 社会科学", "N—X 自然科学", "Z 综合"),
            (Series("实有（%）", (0.6, 1.4, 63.2, 29.1, 5.7)), Series("标准（%）", (1.5, 1.5, 64.0, 28.0, 5.0))),
        ),
        keeping=(
            PlanLine("购书和报刊共支出14682.00元，赔款收入86.50元。七本账互相核对98项，错误0处，存疑3处，都已查明。"),
            PlanLine("2027年1月12日至15日全面清点，帐物相符率99.8%，盘亏19册。"),
        ),
        more_lending=(PlanLine("另有教师借书46册次，不算在表里。"),),
        money_lines=(
            MoneyLine("上级拨款", "15000.00", ""),
            MoneyLine("购书", "", "11920.00"),
            MoneyLine("报刊", "", "2762.00"),
            MoneyLine("赔款", "86.50", "", "2张收据"),
        ),
        ledgers=(
            LedgerOverview("总括登记账", "24", "0", "0", "0"),
            LedgerOverview("个别登记账", "12271", "0", "2", "2"),
            LedgerOverview("借阅登记账", "3604", "0", "1", "1"),
        ),
        more_checking=(PlanLine("另核对辅助表6810行。"),),
        activities=(
            ActivityLine("阅读笔记展评", "2次", "2次", "2026年11月6日、12月18日，选出优秀笔记40本"),
            ActivityLine("读书演讲比赛", "1次", "1次", "2026年12月4日，24名学生参加"),
        ),
        problems=(PlanLine("1．报刊种数没有达到要求。", ITEM), PlanLine("2．四（2）班借阅偏少。", ITEM)),
        intentions=(PlanLine("下学期增订4种期刊，把四（2）班作为送书进班的重点。"),),
        closing=(PlanLine("图书室将继续努力，为全校师生服务。"),),
    )


def overdue(count: int = 5) -> OverdueNotice:
    """Return a notice for a class with this many overdue copies."""
    loan = OverdueLine("S040203", "周小禾", "城南旧事", "000457", "2026年11月2日", "2026年11月16日", "6")
    return OverdueNotice(
        school=SCHOOL,
        class_name="四（2）班",
        teacher="陈立",
        cut_off="2026年11月22日",
        count=str(count),
        return_by="2026年11月27日",
        loans=(loan,) * count,
        signed_by=f"{SCHOOL}图书室",
        signed_on="2026年11月22日",
    )


def behind() -> BehindNotice:
    """Return a notice for a class with two pupils below the target."""
    return BehindNotice(
        school=SCHOOL,
        class_name="四（2）班",
        teacher="陈立",
        cut_off="2026年11月22日",
        target="每人不少于3册",
        count="2",
        reminder="，望提醒他们多借书、多读书",
        pupils=(BehindPupil("S040203", "周小禾", "1", "2"), BehindPupil("S040217", "何田田", "0", "3")),
        signed_by=f"{SCHOOL}图书室",
        signed_on="2026年11月22日",
    )


def compensation() -> CompensationNotice:
    """Return a notice about one lost copy."""
    return CompensationNotice(
        school=SCHOOL,
        number="P2026-003",
        class_name="四（2）班",
        name="周小禾",
        reader_no="S040203",
        title="城南旧事",
        accession_no="000457",
        price="25.00",
        kind="遗失",
        settlement="赔款",
        owed="25.00",
        basis="本校赔偿规则",
        registered_on="2026年11月20日",
        signed_by=f"{SCHOOL}图书室",
        signed_on="2026年11月22日",
    )


def stocktake() -> StocktakeReport:
    """Return a report with missing copies only, so that three of its sections must go."""
    return StocktakeReport(
        school=SCHOOL,
        counted_on="2027年1月15日",
        cut_off="2027年1月15日",
        body=(PlanLine("2027年1月12日至15日，图书室对全部藏书作了清点，结果报告如下。"),),
        counts=(CountLine("应在架", "11203", "215880.40"), CountLine("盘亏", "2", "43.00", "见下表")),
        missing=(
            CopyLine("000457", "城南旧事", "I246.7", "25.00", "书库"),
            CopyLine("000812", "昆虫记", "Q96", "18.00", "书库", "疑在六（1）班图书角"),
        ),
        closing=(PlanLine("以上盘亏图书拟再查找一学期，仍无下落的列入注销。"),),
        signed_by=f"{SCHOOL}图书室",
        signed_on="2027年1月16日",
    )


def withdrawals(count: int = 60) -> WithdrawalRegister:
    """Return a register long enough to run over several pages."""
    copies = tuple(
        WithdrawnCopy(f"{1000 + number:06d}", "十万个为什么", "Z228.1", "12.50", "剔旧", "送废品站")
        for number in range(count)
    )
    return WithdrawalRegister(
        school=SCHOOL,
        batch_no="2026-014",
        withdrawn_on="2026年12月10日",
        count=str(count),
        value=f"{count * 12.5:.2f}",
        total=f"{count}册、{count * 12.5:.2f}元",
        by_reason="原因是剔旧",
        reasons=(ReasonTotal("剔旧", str(count), f"{count * 12.5:.2f}"),),
        copies=copies,
        signed_by=f"{SCHOOL}图书室",
        signed_on="2026年12月10日",
        approval="批准文号：青小〔2026〕18号。",
    )


def assessment() -> SelfAssessment:
    """Return a self-assessment with an open item and two things to mend."""
    return SelfAssessment(
        school=SCHOOL,
        school_year="2026—2027",
        cut_off="2027年1月15日",
        body=(
            PlanLine("图书室对照评估细则逐条自查，结果报告如下。"),
            PlanLine("满分100分，自评得88.5分，另有1条（2分）待评。"),
        ),
        groups=(GroupLine("账册管理", "30", "28.5"), GroupLine("学习提高", "2", "0", "2")),
        marks=(
            MarkLine("1.1", "管好七本账", "5", "5", "账册种数7本，标准7本"),
            MarkLine("6.1", "学习笔记3000字以上", "2"),
        ),
        problems=(PlanLine("报刊50种以上：扣4分，报刊种数26种，标准50种。"),),
        signed_by=f"{SCHOOL}图书室",
        signed_on="2027年1月16日",
    )


def reviews() -> ReviewReport:
    """Return a report of two reviews, one of which took a copy out."""
    return ReviewReport(
        school=SCHOOL,
        school_year="2026—2027",
        cut_off="2027年1月15日",
        body=(PlanLine("本学年图书室审查图书2次，审查过的有17批。"),),
        reviews=(
            ReviewLine("2026年10月12日", "全部", "苏老师", "通过"),
            ReviewLine("2026年12月3日", "000457", "苏老师", "剔除", "内容不适合小学生", "下架，报批注销"),
        ),
        copies=(ReviewedCopy("000457", "旧闻录", "I269", "12.00", "剔除", "已注销"),),
        signed_by=f"{SCHOOL}图书室",
        signed_on="2027年1月16日",
    )


def cover() -> InspectionCover:
    """Return the cover sheet of an inspection."""
    names = ("总括登记账", "个别登记账", "分类统计账", "注销登记账", "报刊登记账", "借阅登记账", "赔偿登记账")
    return InspectionCover(
        school=SCHOOL,
        school_year="2026—2027",
        cut_off="2026年11月22日",
        librarian="林晓芸",
        headmaster="方远山",
        conclusion="七本账互相核对98项，都对得上。",
        ledgers=tuple(
            LedgerOverview(name, "120", "0", "0", figures="12271册、236415.80元", outcome="相符") for name in names
        ),
        signed_on="2026年11月22日",
    )
