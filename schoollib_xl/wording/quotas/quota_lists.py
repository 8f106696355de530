"""The lists of `quota`: who is below, what is overdue and owed, what to buy, to send, to catch up with."""

from collections.abc import Iterator, Sequence

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Settlement
from schoollib_xl.quotas.borrowing.corners import CornerShare
from schoollib_xl.quotas.borrowing.overdue import OverdueLoan, by_class
from schoollib_xl.quotas.borrowing.pupils import BANDS, PupilBorrowing, below, distribution
from schoollib_xl.quotas.measures.holdings import Holding
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.quotas.turns.catch_up import Week
from schoollib_xl.rules.incidents import OpenIncident
from schoollib_xl.wording.answer import Item, Medium, Section, Table, TableColumn, number, table_of, widths_of
from schoollib_xl.wording.quotas.quota_sentences import unread_sentence
from schoollib_xl.wording.quotas.verdicts import band_words, reckoning_words, rule_basis, source_words, with_unit
from schoollib_xl.wording.zh import say

_BELOW: Sequence[TableColumn[PupilBorrowing]] = (
    TableColumn("班级", 10, lambda one: one.class_name),
    TableColumn(header_of(ReaderRow, "reader_no"), 12, lambda pupil: pupil.reader_no),
    TableColumn("姓名", 10, lambda one: one.name),
    TableColumn("已借册数", 9, lambda one: one.copies),
    TableColumn("借书次数", 9, lambda one: one.visits),
    TableColumn("应借", 9, lambda one: number(one.wanted)),
    TableColumn("还差", 9, lambda one: one.short_by),
)
_OVERDUE: Sequence[TableColumn[OverdueLoan]] = (
    TableColumn("班级", 10, lambda one: "教师" if one.is_teacher else one.class_name),
    TableColumn(header_of(LoanRow, "reader_no"), 9, lambda overdue: overdue.loan.reader_no),
    TableColumn("姓名", 8, lambda one: one.name),
    TableColumn(header_of(LoanRow, "accession_no"), 10, lambda overdue: overdue.loan.accession_no),
    TableColumn("书名", 24, lambda one: one.loan.title),
    TableColumn(header_of(LoanRow, "lent_on"), 11, lambda overdue: overdue.loan.lent_on),
    TableColumn(header_of(LoanRow, "due_on"), 11, lambda overdue: overdue.due_on),
    TableColumn("逾期天数", 8, lambda one: one.days),
)
_INCIDENTS: Sequence[TableColumn[OpenIncident]] = (
    TableColumn(header_of(CompensationRow, "incident_no"), 10, lambda incident: incident.row.incident_no),
    TableColumn(header_of(CompensationRow, "registered_on"), 11, lambda incident: incident.row.registered_on),
    TableColumn("班级", 9, lambda one: one.row.class_name),
    TableColumn("姓名", 8, lambda one: one.row.name),
    TableColumn("书名", 22, lambda one: one.row.title),
    TableColumn("情形", 6, lambda one: one.row.incident.value),
    TableColumn(
        header_of(CompensationRow, "settlement"),
        8,
        lambda one: "还没有定" if one.is_undecided else one.row.settlement.value,
    ),
    TableColumn("怎么算的", 28, reckoning_words),
    TableColumn("依据", 24, rule_basis),
    TableColumn("应赔", 8, lambda one: one.reckoning.owed or None),
    TableColumn("还欠", 8, lambda one: one.outstanding or None),
)
# What is awaited beside money.
_AWAITED = {Settlement.REPLACEMENT: "书还没有赔来", Settlement.REPAIR: "还没有修好"}
_HOLDINGS: Sequence[TableColumn[Holding]] = (
    TableColumn("项目", 20, lambda one: one.indicator.title),
    TableColumn("现有", 11, lambda one: with_unit(one.indicator)),
    TableColumn("标准", 8, lambda one: number(one.standard)),
    TableColumn("差额", 8, lambda one: one.gap),
    TableColumn("要添", 10, lambda one: _to_buy(one)),
    TableColumn("依据", 36, lambda one: one.basis),
)
_WEEKS: Sequence[TableColumn[tuple[ClassQuota, Week]]] = (
    TableColumn("班级", 10, lambda one: one[0].school_class.name),
    TableColumn("第几周", 8, lambda one: one[1].number),
    TableColumn("星期一是", 12, lambda one: one[1].monday),
    TableColumn("轮次", 8, lambda one: one[1].occasions),
    TableColumn("要借册数", 10, lambda one: one[1].copies),
    TableColumn("累计要借", 12, lambda one: one[1].by_then),
)
_CORNERS: Sequence[TableColumn[CornerShare]] = (
    TableColumn("班级", 10, lambda one: one.school_class.name),
    TableColumn(header_of(ClassRow, "pupils"), 9, lambda share: share.school_class.pupils),
    TableColumn("图书角现有", 11, lambda one: one.in_corner),
    TableColumn("这次应送", 9, lambda one: one.share),
)
# What is filled in when the copies are handed over stays blank.
_COPIES: Sequence[TableColumn[tuple[str, AccessionRow]]] = (
    TableColumn("班级", 10, lambda one: one[0]),
    TableColumn("送出日期", 9, lambda _: None),
    TableColumn("点收人", 11, lambda _: None),
    TableColumn("收回日期", 9, lambda _: None),
    TableColumn(header_of(AccessionRow, "accession_no"), 11, lambda one: one[1].accession_no),
    TableColumn("书名", 28, lambda one: one[1].title),
    TableColumn(header_of(AccessionRow, "class_no"), 12, lambda one: one[1].class_no),
)
_Group = tuple[str, Sequence[PupilBorrowing]]


def lists(library: Library, quotas: Statement) -> Iterator[Section]:
    """The lists that have anything in them; a screen names no pupil."""
    pupils = [pupil for quota in quotas.classes for pupil in below(quota.pupils)]
    said = "有学生姓名，只给班主任看，不张贴。差得多的在前。"
    yield from _listing("未达标", _BELOW, pupils, said, "还要再借的学生")
    weeks = [(quota, week) for quota in quotas.classes if quota.catch_up for week in quota.catch_up.weeks]
    said = "按剩下的轮次分到每周，照这样借，学期末正好完成。"
    yield from _listing("赶进度", _WEEKS, weeks, said, "落后的班每周借多少")
    yield from _distribution(quotas)
    yield from _overdue_by_class(quotas)
    said = "应还那天不开放的，顺延到下一个开放日再算。只给班主任看，不张贴。"
    yield from _listing("逾期", _OVERDUE, quotas.overdue, said, "逾期未还")
    yield from _incidents(quotas)
    yield from _listing("赔偿", _INCIDENTS, quotas.incidents, "", "没有结清的赔偿")
    yield from _holdings(quotas)
    yield from _indicators(library, quotas)
    yield from _corners(quotas)


def _listing(
    name: str, columns: Sequence[TableColumn[Item]], items: Sequence[Item], said: str, title: str
) -> Iterator[Section]:
    if items:
        sentences = [said] if said else []
        yield Section(name, widths_of(columns), sentences, [table_of(columns, items)], Medium.FILE, title)


def _distribution(quotas: Statement) -> Iterator[Section]:
    """How many pupils of each class borrowed how many copies, and how many less than each must."""
    lending = [quota for quota in quotas.classes if quota.pupils and not quota.only_in_room]
    rows: list[_Group] = [(quota.school_class.name, quota.pupils) for quota in lending]
    everybody = [pupil for quota in lending for pupil in quota.pupils]
    if not any(pupil.copies for pupil in everybody):
        return
    totals: list[_Group] = [("合计", everybody)] if len(rows) > 1 else []
    columns = [TableColumn[_Group]("班级", 10, lambda group: group[0]), *map(_band_column, range(len(BANDS)))]
    if any(quota.least is not None for quota in quotas.classes):
        columns.append(TableColumn("没借满", 9, lambda group: sum(pupil.short_by > 0 for pupil in group[1])))
    table = table_of(columns, [*rows, *totals])._replace(totals=len(totals))
    said = "生均数看不出谁没借，这张表看得出。"
    yield Section("借书分布", widths_of(columns), [said], [table], title="每名学生借了多少")


def _band_column(at: int) -> TableColumn[_Group]:
    return TableColumn(band_words(BANDS[at]), 9, lambda group: distribution(group[1])[at][1])


def _overdue_by_class(quotas: Statement) -> Iterator[Section]:
    if not quotas.overdue:
        return
    rows = [(f"{name or '不知道哪个班'}：{_late(late)}",) for name, late in by_class(quotas.overdue).items()]
    teachers = [overdue for overdue in quotas.overdue if overdue.is_teacher]
    rows += [(f"教师：{_late(teachers)}",)] if teachers else []
    title = f"逾期未还 {len(quotas.overdue)} 册（算到 {say(quotas.as_of)}）"
    yield Section(title, (), (), [Table("", (), rows)], Medium.SCREEN)


def _late(loans: Sequence[OverdueLoan]) -> str:
    who = len({loan.loan.reader_no for loan in loans})
    return f"{len(loans)} 册，{who} 人，最久 {max(loan.days for loan in loans)} 天"


def _incidents(quotas: Statement) -> Iterator[Section]:
    if quotas.incidents:
        rows = [(_incident_sentence(incident),) for incident in quotas.incidents]
        title = f"没有结清的赔偿 {len(rows)} 件"
        yield Section(title, (), (), [Table("", (), rows)], Medium.SCREEN)


def _incident_sentence(incident: OpenIncident) -> str:
    row = incident.row
    said = f"{row.incident_no}　{row.class_name or '未写班级'}　{row.incident.value}《{row.title or ''}》"
    owed = f"还欠 {say(incident.outstanding)}" if incident.outstanding else None
    unpaid = "怎么赔还没有定" if incident.is_undecided else owed
    awaited = [one for one in (_AWAITED.get(row.settlement), unpaid) if one] or ["已经交清，结清日期还空着"]
    return f"{said}：{'，'.join((reckoning_words(incident), *awaited))}。"


def _holdings(quotas: Statement) -> Iterator[Section]:
    told = [one for one in quotas.holdings if one.indicator.value is not None or one.standard is not None]
    if told:
        said = "本校任务指标里写了的，照本校的；没写的，照藏书标准。比例表没有规定允许差多少，只供采购时参考。"
        figures = [holding.indicator for holding in told if holding.indicator.base]
        notes = [f"{figure.title}：{figure.definition}" for figure in figures]
        table = table_of(_HOLDINGS, told)._replace(on_screen=len(_HOLDINGS) - 1, notes=notes)
        yield Section("藏书定额", widths_of(_HOLDINGS), [said], [table])


def _to_buy(holding: Holding) -> str | None:
    if holding.to_buy:
        return f"{holding.to_buy} {holding.buy_unit}"
    return None if holding.to_buy is None or holding.indicator.value is None else "不用添"


def _indicators(library: Library, quotas: Statement) -> Iterator[Section]:
    """Every figure; on a screen those that are quotients, without where they come from."""
    before = {pair.now.name: with_unit(pair.before) for pair in quotas.comparisons}
    earlier: list[TableColumn[Indicator]] = (
        [TableColumn("上学期", 11, lambda one: before.get(one.name))] if before else []
    )
    columns: list[TableColumn[Indicator]] = [
        TableColumn("指标", 18, lambda one: one.title),
        TableColumn("数值", 11, with_unit),
        TableColumn("分子", 9, lambda one: one.numerator),
        TableColumn("分母", 8, lambda one: one.denominator),
        *earlier,
    ]
    quotients = [one for one in quotas.indicators if one.value is not None and one.denominator is not None]
    if quotients:
        yield Section("指标（怎么算的见借阅定额.xlsx）", (), (), [table_of(columns, quotients)], Medium.SCREEN)
    columns += [
        TableColumn("怎么算", 40, lambda one: one.definition),
        TableColumn("算到", 11, lambda one: one.as_of),
        TableColumn("从哪里来", 40, lambda one: source_words(library, one)),
    ]
    yield from _listing("指标", columns, quotas.indicators, unread_sentence(quotas), "指标和它们的来历")


def _corners(quotas: Statement) -> Iterator[Section]:
    copies = [(corner.school_class.name, copy) for corner in quotas.corners for copy in corner.proposed]
    if copies:
        said = "按学生人数分，余数大的班先补一册，各班相加正好是总数。下面是在架、可外借、借得最少的书。"
        tables = [table_of(_CORNERS, quotas.corners), table_of(_COPIES, copies)._replace(heading="各班拿哪些书")]
        yield Section("送书下班级", widths_of(_COPIES), [said], tables, Medium.FILE)
