"""What 备注 of the books of the stock (总括, 个别, 分类, 注销) may say that the line says otherwise (FMT210)."""

import re

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.entries.sayings import (
    DAY,
    FOUND_AGAIN,
    LOST,
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
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Flow,
    LoanOutcome,
    Source,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import corrected_batches

# By somebody of a class: a bare name might as well be 封面 or 光盘.
_LOST_BY = rf"{DAY}(?:(?:.{{1,8}}班|学生|读者).{{2,4}}?)?{LOST}"
_TO_ANOTHER_SCHOOL = r"(?:已经?|现)?调拨?(?:给|往|到|去|出到?).{0,10}(?:小学|中学|学校|中心校|教学点|幼儿园)了?"
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
    hint(Saying(WithdrawalRow, "remarks", "找", FOUND_AGAIN, "withdrawn_on", always)),
    choice(WithdrawalRow, "remarks", "失丢", LOST, "reason", WithdrawalReason.LOST, WithdrawalReason.OTHER),
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
    hint(
        Saying(
            AccessionRow,
            "remarks",
            "报变销",
            rf"{DAY}(?:已|已经)?(?:报废|变卖|销毁)了?",
            "withdrawn_on",
            is_blank("withdrawn_on"),
        )
    ),
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
STOCK_SAYINGS: tuple[Saying, ...] = (*_SUMMARY, *_COPIES, *_CLASSES, *_WITHDRAWALS)
