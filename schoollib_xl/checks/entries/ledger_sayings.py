"""What 备注 of the seven ledgers may say that the line says otherwise (FMT210)."""

import re

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.entries.periodical_sayings import PERIODICAL_SAYINGS
from schoollib_xl.checks.entries.sayings import (
    DAY,
    NOT_YET,
    NUMERAL,
    OfTheRow,
    Saying,
    always,
    choice,
    figure,
    hint,
    is_another_number,
    is_blank,
    is_filled,
    is_one_of,
    money,
    own_day,
    stands,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Flow,
    Incident,
    LoanMode,
    LoanOutcome,
    Settlement,
    Source,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import corrected_batches

_LOST = r"(?:[此该这本]?书|已经?|被)*(?:学生|读者|孩子|本人)?(?:不慎|不小心)?(?:遗失|丢失|[弄搞]?丢掉?)了?"
# By somebody of a class: a bare name might as well be 封面 or 光盘.
_LOST_BY = rf"{DAY}(?:(?:.{{1,8}}班|学生|读者).{{2,4}}?)?{_LOST}"
_TO_ANOTHER_SCHOOL = r"(?:已经?|现)?调拨?(?:给|往|到|去|出到?).{0,10}(?:小学|中学|学校|中心校|教学点|幼儿园)了?"
_FOUND_AGAIN = r"(?:书|原书|后来|现|现已|已|已经|又)*找(?:到|回|着)来?了?(?:[并,，、]?(?:归|交|送)?还(?:回|了)?)?"
_IN_PLACE = r"书?[还仍]?在(?:架上?|馆|.{0,6}书架上?|书库)"
# Whose it was before: 校友会捐赠. What stands before the word may turn it round: 非捐赠, 捐赠款购买.
_FROM = r"(?:.{0,10}(?<![未不非拟]))?"
# Who sells may give one beside what was bought.
_BY_A_SELLER = r"(?!.*(?:书店|书商|书社|出版社|商家|邮局))"
_ORIGINS: tuple[tuple[str, str, str], ...] = (
    ("捐赠", rf"{_FROM}(?:捐赠|赠送|赠书|捐书)(?:的书)?", "DONATION"),
    ("调拨", rf"{_FROM}调拨(?:的书)?", "ALLOCATION"),
    ("购", rf"{_FROM}(?:自购|购买|购入|购进)(?:的书)?", "PURCHASE"),
    ("赔", r"(?:读者|学生)?(?:赔书|赔来的书?|赔偿的书?)", "REPLACEMENT"),
    ("订", r".{0,6}合订本?", "BINDING"),
)
# A line that says of itself that it is none, alone or beside which other.
_TWICE = r"(?:[与和同跟].{1,12})?[此本这该]?[行笔条号册批]?已?[为系是]?(?:重复登[记账]|重登|登重|同一册)了?"
_NO_ENTRY = rf"[此本这该]?[行笔条号册批]?已?作废了?|{_TWICE}"
# A batch says so of numbers that nobody used (SUM015).
_NO_BATCH = rf"[此本这该][行笔条批]已?作废了?|{_TWICE}"
_NO_ENTRIES = (
    Saying(SummaryRow, "remarks", "废重同", _NO_BATCH, "copies", stands("copies")),
    *(
        Saying(row_type, "remarks", "废重同", _NO_ENTRY, name, stands(name))
        for row_type, name in (
            (WithdrawalRow, "price"),
            (PeriodicalRow, "amount"),
            (CompensationRow, "price"),
            (CashRow, "spent"),
            (CashRow, "received"),
        )
    ),
    Saying(AccessionRow, "remarks", "废重同", _NO_ENTRY, "withdrawn_on", is_blank("withdrawn_on")),
    *(
        Saying(row_type, "remarks", "废重同", _NO_ENTRY, name, always)
        for row_type, name in ((LoanRow, "accession_no"), (StocktakeRow, "accession_no"))
    ),
    Saying(ReaderRow, "remarks", "废", r"(?:此|该|旧)?证?已?作废", "stopped_on", is_blank("stopped_on")),
)
_CLASSES = (
    figure(ClassificationRow, "remarks", "(?:本期|共)*(?:增加|新增)了?", "册", "added_copies"),
    figure(ClassificationRow, "remarks", "(?:本期|共)*(?:减少|注销)了?", "册", "removed_copies"),
    figure(ClassificationRow, "remarks", "(?:期末|结存|现有)(?:共|有)?", "册", "closing_copies"),
    figure(ClassificationRow, "remarks", "期初(?:共|有)?", "册", "opening_copies"),
    Saying(
        ClassificationRow,
        "remarks",
        "变减",
        "(?:本期)?(?:无|没有)(?:增减|变化|变动)",
        "added_copies",
        lambda row, *_: bool(row.added_copies or row.removed_copies),
    ),
)
_WITHDRAWALS = (
    Saying(WithdrawalRow, "remarks", "注", f"{NOT_YET}注销", "withdrawn_on", always),
    # It may wait in the library until it is taken away.
    hint(Saying(WithdrawalRow, "remarks", "在", _IN_PLACE, "withdrawn_on", always)),
    hint(Saying(WithdrawalRow, "remarks", "找", _FOUND_AGAIN, "withdrawn_on", always)),
    choice(WithdrawalRow, "remarks", "失丢", _LOST, "reason", WithdrawalReason.LOST, WithdrawalReason.OTHER),
    Saying(
        WithdrawalRow,
        "remarks",
        "赔",
        r"(?:读者|学生|家长|已)*赔[款书偿]了?",
        "reason",
        is_one_of("reason", WithdrawalReason.WEEDED, WithdrawalReason.TRANSFERRED),
    ),
    money(WithdrawalRow, "remarks", "(?:定价|单价|原价)", "price", Severity.HINT),
    own_day(WithdrawalRow, "注", "注销", "withdrawn_on"),
)
_LOANS = (
    Saying(
        LoanRow,
        "remarks",
        "还",
        r"(?:至今|书)?(?:[未没]|没有|尚未|还没有?)(?:归)?还",
        "outcome",
        is_one_of("outcome", LoanOutcome.RETURNED),
    ),
    Saying(LoanRow, "remarks", "失丢", _LOST, "outcome", is_one_of("outcome", LoanOutcome.RETURNED)),
    Saying(
        LoanRow,
        "remarks",
        "次",
        rf"(?:已)?续借了?({NUMERAL})次",
        "renewals",
        lambda row, match, _: is_another_number(row.renewals, match[1]),
    ),
    Saying(LoanRow, "remarks", "续", rf"{DAY}已?续借了?", "renewals", lambda row, *_: not row.renewals),
    Saying(LoanRow, "remarks", "带借", r"(?:带|借)回家.{0,3}", "mode", is_one_of("mode", LoanMode.IN_ROOM)),
    own_day(LoanRow, "还", "归?还", "returned_on"),
)


def _is_lost_unheard_of(row: AccessionRow, _: re.Match[str], library: Library) -> bool:
    """Whether the copy is held and no other book has its loss, which is written off by lists some time later."""
    loans = library.loans_by_copy.get(row.accession_no, ())
    is_told = row.accession_no in library.incidents_by_copy or any(loan.outcome is LoanOutcome.LOST for loan in loans)
    return row.withdrawn_on is None and not is_told


_COPIES = (
    Saying(
        AccessionRow,
        "remarks",
        "注剔",
        rf"{DAY}(?:已|已经)?(?:注销|剔[除旧])了?",
        "withdrawn_on",
        is_blank("withdrawn_on"),
    ),
    hint(Saying(AccessionRow, "remarks", "报", rf"{DAY}(?:已|已经)?报废了?", "withdrawn_on", is_blank("withdrawn_on"))),
    own_day(AccessionRow, "注剔", "注销|剔除", "withdrawn_on"),
    Saying(
        AccessionRow,
        "remarks",
        "不阅",
        r"[仅只]供?(?:室内|馆内)?阅览|不(?:外|出)?借",
        "circulation",
        is_one_of("circulation", Circulation.LENDING),
    ),
    choice(AccessionRow, "remarks", "借", r"可以?外借", "circulation", Circulation.LENDING),
    hint(money(AccessionRow, "remarks", "(?:定价|单价)", "price")),
    Saying(
        AccessionRow,
        "remarks",
        "页",
        rf"(?:全书)?(?:共|计)*({NUMERAL})页",
        "pages",
        lambda row, match, _: (row.pages or "").isdecimal() and is_another_number(int(row.pages), match[1]),
    ),
    Saying(
        AccessionRow,
        "remarks",
        "退",
        r"(?:已|已经)?退(?:货|(?:回|还|给)*(?:书店|书商|原单位))了?",
        "withdrawn_on",
        is_blank("withdrawn_on"),
    ),
    hint(Saying(AccessionRow, "remarks", "调", _TO_ANOTHER_SCHOOL, "withdrawn_on", is_blank("withdrawn_on"))),
    hint(Saying(AccessionRow, "remarks", "失丢", _LOST_BY, "withdrawn_on", _is_lost_unheard_of)),
    *(
        hint(choice(AccessionRow, "remarks", signs, _BY_A_SELLER + whole, "source", Source[name], Source.OTHER))
        for signs, whole, name in _ORIGINS
    ),
)


def _is_gone_for_good(row: CompensationRow) -> bool:
    """Whether the copy was written off and nothing was paid back."""
    return row.withdrawal_no is not None and row.refunded_on is None


_INCIDENTS = (
    Saying(CompensationRow, "remarks", "结", rf"{DAY}已?结清了?", "settled_on", is_blank("settled_on")),
    Saying(
        CompensationRow,
        "remarks",
        "退",
        rf"{DAY}(?:已|已经)?退(?:[款还回了]+(?:赔款|赔的?钱|钱|款)?|钱|赔款)了?",
        "refunded_on",
        is_blank("refunded_on"),
    ),
    hint(Saying(CompensationRow, "remarks", "找", _FOUND_AGAIN, "withdrawal_no", OfTheRow(_is_gone_for_good))),
    Saying(CompensationRow, "remarks", "注", f"{NOT_YET}注销", "withdrawal_no", is_filled("withdrawal_no")),
    Saying(
        CompensationRow,
        "remarks",
        "未没尚暂",
        f"(?:转学|家长|学生|读者|本人|至今|赔?款)*{NOT_YET}(?:赔偿?|交|付|收)(?:款|钱)?",
        "paid",
        is_filled("paid"),
    ),
    Saying(CompensationRow, "remarks", "结", f"{NOT_YET}结清", "settled_on", is_filled("settled_on")),
    Saying(CompensationRow, "remarks", "免不", r"已?免赔|不用赔|不赔|免于赔偿", "paid", is_filled("paid")),
    money(CompensationRow, "remarks", "(?:已|共)*(?:收到?|收款|实收|实赔|[收交]?赔款?|交款?)", "paid"),
    choice(
        CompensationRow,
        "remarks",
        "书",
        r"(?:学生|读者|家长|本人|已|又|另|重新|买了?|以)*(?:一[本册])?(?:同样的|同一?种的?|原|新)?书(?:来)?赔(?:偿|书|了|来)?|已?赔书",
        "settlement",
        Settlement.REPLACEMENT,
    ),
    choice(CompensationRow, "remarks", "钱款", r"已?(?:赔款|交款|收款|赔钱|交钱)了?", "settlement", Settlement.PAYMENT),
    Saying(CompensationRow, "remarks", "失丢", _LOST, "incident", is_one_of("incident", Incident.DAMAGED)),
    hint(
        Saying(
            CompensationRow,
            "remarks",
            "坏损破",
            r"(?:书|已|封[面底]|书页)*(?:弄坏|损坏|破损|撕[破坏])了?",
            "incident",
            is_one_of("incident", Incident.LOST),
        )
    ),
    own_day(CompensationRow, "结清", "结清|付清", "settled_on"),
    own_day(CompensationRow, "退", "退款", "refunded_on"),
)


def _is_sum_of_copies(row: SummaryRow, match: re.Match[str], library: Library) -> bool:
    """Whether neither the batch nor all of its voucher come to so many, with what was put right or without."""
    alike = [one for one in library[SummaryRow] if row.voucher_no and one.voucher_no == row.voucher_no]
    corrected = library.derive(corrected_batches).get(row.batch_no)
    sums = (row.copies, sum(one.copies for one in alike), corrected.net.copies if corrected else row.copies)
    return all(is_another_number(copies, match[1]) for copies in sums)


def _came_otherwise(right: SourceOrDestination) -> OfTheRow:
    """A batch that came otherwise; where books went to is another thing, but for what only comes."""
    only_comes = right in (SourceOrDestination.REPLACEMENT, SourceOrDestination.BINDING)
    flows = (Flow.IN, Flow.OUT) if only_comes else (Flow.IN,)
    return OfTheRow(lambda row: row.flow in flows and row.source not in (None, right))


_SUMMARY = (
    Saying(
        SummaryRow,
        "remarks",
        "册",
        rf"(?:(?:共|计|合计|共计)(?:实?收|到|验收|入库)?|实收|验收|入库)(?:新?书|图书)?({NUMERAL})册",
        "copies",
        _is_sum_of_copies,
    ),
    figure(SummaryRow, "remarks", "(?:共|计|合计|共计)", "种", "titles"),
    Saying(SummaryRow, "remarks", "验", f"{NOT_YET}验收", "received_by", is_filled("received_by")),
    money(SummaryRow, "remarks", "(?:码洋|总码洋)(?:共|计|合计)?", "list_value"),
    hint(Saying(SummaryRow, "remarks", "免", "免费(?:赠?送|配发|提供)?", "paid_value", is_filled("paid_value"))),
    money(SummaryRow, "remarks", "(?:实洋|实付|付款?)(?:共|计|合计)?", "paid_value", Severity.HINT),
    *(
        Saying(SummaryRow, "remarks", signs, whole, "source", _came_otherwise(SourceOrDestination[name]), Severity.HINT)
        for signs, whole, name in _ORIGINS
    ),
)
LEDGER_SAYINGS: tuple[Saying, ...] = (
    *_NO_ENTRIES,
    *_SUMMARY,
    *_COPIES,
    *_CLASSES,
    *_WITHDRAWALS,
    *PERIODICAL_SAYINGS,
    *_LOANS,
    *_INCIDENTS,
)
