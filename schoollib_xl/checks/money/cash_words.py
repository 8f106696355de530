"""经费登记 (CSH): what 摘要 says against the entry and the ledgers."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.money.bills import BILLED, Bill, booked_under, compensations, numbers_in, payments
from schoollib_xl.checks.money.purposes import COMPENSATION, is_for_something_else, purpose_of, purposes_told
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import SourceOrDestination
from schoollib_xl.rules.corrections import RED, corrected_batches
from schoollib_xl.rules.likeness import one_sign_apart, same_author, says

# Expressions are compiled where an entry has such a text: that takes longer than most checks.
_BATCH_NO = r"(?<![\d-])\d{4}-\d{3,}(?![\d-])"
# What an entry is said to come to: at the end, right behind what it was for. Elsewhere it may be a price, what postage
# came to, or what was planned.
_AMOUNT = (
    r"(?:^|(?<!\d)[，,]|[购买书刊报款共计付收额册》）)：:；;])(\d{1,3}(?:[，,]\d{3})+|\d+)(\.\d{1,2})?元整?[）)。]?$"
)
_OTHER_SUMS = r"每|均|余|存|单价|定价|码洋|原价|折|抵|其中|含|预|尾|欠|首|定金|押|补|[+＋、×*/]|元.*元"
_IN_COPIES = r"[购买书刊共计）)，,](\d+)册"
# Copies of one title or set, or copies beside those that were paid for.
_OTHER_COPIES = r"每|全|套|等|《|其中|含|赠|送|另|补|册.*册"
# Which way the money went: 收到拨款, 付书款. 收据 and 收回 are other words; what a pupil is given back is paid out.
_COMES_IN = r"^(?:今|已)?收(?![据费音藏回支纳款购集])|收到|拨入|拨来|下拨"
_GOES_OUT = r"^(?:支付|付(?!清)|支出)|退还?(?:给)?(?:学生|读者|家长)?(?:图书)?赔"
# 订2026年报刊, 2026年上半年报刊; 2025年12月10日订报刊 is the day of it.
_YEAR_OF_PAPERS = r"(20\d\d)年度?(?:全年|[上下]半年|第?[一二三四]季度|[春秋]季)?(?:的|订)?(?:报|刊|杂志)"
# Whom the money went to, and what every bookshop is called; paid by or for another it says so.
_HOUSES = frozenset("店局社司城")
_CALLED = "书店|书城|书局|书社|出版社|公司"
_HOUSE = rf"[付支给向在到从汇](?:清|款|了)?([^付支给向在到从汇，,（(0-9]{{2,16}}?(?:{_CALLED}))"
_OF_ANY_HOUSE = rf"有限|责任|{_CALLED}|[省市县区乡镇]"
_FOR_OTHERS = ("代", "委托", "转", "经", "网")
_GIVEN = r"^(?:收到?|接受)?(?:捐赠|获赠|赠送|捐)的?(?:一批)?(?:图书|新书|书籍|书)"
_BUYING = purpose_of(SummaryRow)
_FOR_NOTHING = (SourceOrDestination.DONATION, SourceOrDestination.ALLOCATION, SourceOrDestination.REPLACEMENT)


@check(
    "CSH204",
    title="摘要和这一笔对不上",
    message="摘要“{summary}”说的是{said}，这一笔{stated}。",
    why="摘要和数、单据说的不是一回事，就不知道这笔钱用在哪里。",
    fix="先看单据；摘要抄错了就改摘要，金额或单据号写错了就改它。",
    severity=Severity.WARNING,
    reads={CashRow: "summary voucher_no received spent", **BILLED, SummaryRow: f"batch_no {BILLED[SummaryRow]}"},
    may_read={
        SummaryRow: f"remarks supplier source {RED[SummaryRow]}",
        CompensationRow: "incident_no name",
        PeriodicalRow: "starts_on ends_on",
    },
)
def summary_contradicts_its_entry(library: Library) -> Iterator[Found]:
    bills = {**library.derive(payments), **library.derive(compensations)}
    for row in library[CashRow]:
        numbers = dict.fromkeys([row.voucher_no or "", *numbers_in(row.voucher_no or "")])
        own = [bill for number in numbers for bill in bills.get(number, ())]
        told = (
            _amount(row, library),
            _batches(library, row, own),
            _purpose(row, own),
            _year(library, row, own),
            _direction(row),
            _incidents(library, row, own),
        )
        doubtful = (_seller(library, row, own), _gift(library, row, own))
        if amiss := next(filter(None, (*told, *doubtful)), None):
            said, stated = amiss
            cells = [bill.number_cell for bill in own]
            # Money may go by way of another house.
            severity = Severity.HINT if amiss in doubtful else None
            at, voucher = cell(row, "summary"), cell(row, "voucher_no")
            yield found(at, voucher, *cells, severity=severity, said=said, stated=stated)


def _amount(row: CashRow, library: Library) -> tuple[str, str] | None:
    summary, moved = "".join(row.summary.split()), row.spent or row.received
    match = re.search(_AMOUNT, summary) if "元" in summary else None
    if not match or not moved or re.search(_OTHER_SUMS, summary):
        return None
    said = re.sub("[，,]", "", match[1]) + (match[2] or "")
    # A bill that is paid in parts is told whole in each.
    paid = sum(one.spent or one.received or Decimal() for one in booked_under(library, row.voucher_no))
    return None if Decimal(said) in (abs(moved), abs(paid)) else (f"{said}元", f"是{abs(moved):.2f}元")


def _batches(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says of batches: their numbers, or how many copies, against those of its voucher."""
    summary = "".join(row.summary.split())
    numbers = re.findall(_BATCH_NO, summary)
    says_copies = "册" in summary and not re.search(_OTHER_COPIES, summary)
    copies = re.findall(_IN_COPIES, summary) if says_copies else []
    if not (numbers or copies) or not bills or not all(_is_of(bill, SummaryRow) for bill in bills):
        return None
    own = _batches_of(library, bills)
    named, meant = set(numbers) & set(library.batches), {batch.batch_no for batch in own}
    # A number that no batch has may be one of another paper, unless the voucher's own is all but the same.
    slips = {number for number in numbers if any(one_sign_apart(number, own_no) for own_no in meant)}
    if (named or slips - library.known_batches) and not set(numbers) & meant:
        return "、".join(sorted(named or slips)), f"的单据是 {'、'.join(sorted(meant))} 的"
    # Of a batch whose copies nobody could read nothing is said.
    if any(batch.copies is None for batch in own):
        return None
    total = sum(batch.copies for batch in own)
    corrected = library.derive(corrected_batches)
    nets = {corrected[number].net.copies for number in meant if number in corrected}
    if copies and int(copies[0]) not in {batch.copies for batch in own} | {total} | nets:
        return f" {copies[0]} 册", f"的单据在总括账是 {total} 册"
    return None


def _seller(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """The house it names, against the suppliers of its batches."""
    match = re.search(_HOUSE, row.summary) if not _HOUSES.isdisjoint(row.summary) else None
    if not match or not bills or not all(_is_of(bill, SummaryRow) for bill in bills) or says(row.summary, *_FOR_OTHERS):
        return None
    suppliers = {batch.supplier for batch in _batches_of(library, bills)}
    if None in suppliers or any(_may_be_one_house(match[1], one) for one in suppliers if one):
        return None
    return match[1], f"的单据是{'、'.join(sorted(filter(None, suppliers)))}的"


def _may_be_one_house(said: str, supplier: str) -> bool:
    """Whether two names of houses have anything in common but what every house is called."""
    return same_author(*(re.sub(_OF_ANY_HOUSE, "", one) or one for one in (said, supplier)))


def _gift(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says was given, against batches that were bought; or bought, against those that cost nothing."""
    batches = _batches_of(library, bills) if row.spent else []
    bought = [one for one in batches if one.source is SourceOrDestination.PURCHASE]
    is_of_gifts = bool(batches) and all(one.source in _FOR_NOTHING for one in batches) and "捐" not in row.summary
    if is_of_gifts and purposes_told(row.summary) == {_BUYING} and not is_for_something_else(row.summary):
        return _BUYING, f"的单据 {batches[0].batch_no} 来源是{batches[0].source}"
    is_given = bool(bought) and says(row.summary, *"捐赠") and re.search(_GIVEN, row.summary) is not None
    return ("捐赠的书", f"的单据 {bought[0].batch_no} 来源是{bought[0].source}") if is_given else None


def _batches_of(library: Library, bills: Sequence[Bill]) -> list[SummaryRow]:
    lines = {bill.number_cell.line for bill in bills if _is_of(bill, SummaryRow)}
    return [batch for batch in library[SummaryRow] if batch.line in lines]


def _purpose(row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says the money was for, against the ledgers that have its voucher."""
    meant = purposes_told(row.summary)
    if row.spent:
        meant.discard(COMPENSATION)  # what was paid from what was received for lost copies
    kinds = {purpose_of(bill.number_cell.row_type) for bill in bills}
    if len(meant) != 1 or not kinds or meant & kinds or "退" in row.summary:
        return None
    return meant.pop(), f"的单据是{'、'.join(sorted(kinds))}的"


def _year(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """The year it says of newspapers, against the periods of those on its order."""
    match = re.search(_YEAR_OF_PAPERS, "".join(row.summary.split())) if "20" in row.summary else None
    if not match or not bills or not all(_is_of(bill, PeriodicalRow) for bill in bills):
        return None
    lines = {bill.number_cell.line for bill in bills}
    ordered = [one for one in library[PeriodicalRow] if one.line in lines]
    years = sorted({day.year for one in ordered for day in (one.starts_on, one.ends_on)})
    if int(match[1]) in range(years[0], years[-1] + 1):
        return None
    return f" {match[1]} 年的报刊", f"的订单是 {'、'.join(map(str, years))} 年的"


def _direction(row: CashRow) -> tuple[str, str] | None:
    """What it says of money received that stands as spent, or the other way round."""
    summary = "".join(row.summary.split())
    comes_in, goes_out = not {"收", "拨"}.isdisjoint(summary), not {"付", "支", "退"}.isdisjoint(summary)
    if comes_in and (row.spent or 0) > 0 and not row.received and re.search(_COMES_IN, summary):
        return "收进来的钱", "记在支出"
    if goes_out and (row.received or 0) > 0 and not row.spent and re.search(_GOES_OUT, summary):
        return "付出去的钱", "记在收入"
    return None


def _incidents(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """The incidents it names, by number or by reader, against those of its receipt."""
    lines = {bill.number_cell.line for bill in bills if _is_of(bill, CompensationRow)}
    rows = map(library[CompensationRow].row_at, sorted(lines))
    own = [one for one in rows if isinstance(one, CompensationRow) and one.incident_no]
    # Whose name is blank may be the one that is named.
    are_named = all(one.name for one in own)

    def is_told(one: CompensationRow) -> bool:
        return _has_number(row.summary, one.incident_no) or bool(are_named and one.name and one.name in row.summary)

    if not own or any(map(is_told, own)):
        return None
    table = library[CompensationRow]
    texts = filter(None, chain(table.distinct("incident_no"), table.distinct("name")))
    # Hardly a line has a word of any incident: only then each of them is asked.
    told = (
        next(filter(is_told, table.saying("incident_no")), None) if any(map(row.summary.__contains__, texts)) else None
    )
    numbers = "、".join(one.incident_no for one in own)
    return told and (f"{told.name or ''}（{told.incident_no}）", f"的收据是 {numbers} 的")


def _has_number(text: str, number: str) -> bool:
    """Whether the number stands in the text by itself: P1 is not named by P12."""
    return number in text and re.search(rf"(?<![0-9A-Za-z]){re.escape(number)}(?!\d)", text) is not None


def _is_of(bill: Bill, kind: type[Any]) -> bool:
    return issubclass(bill.number_cell.row_type, kind)
