"""填写 (FMT, CSH): words beside a line that contradict what the line itself says."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.checks.bills import PAID_IN, PAID_OUT, Bill, cash_by_number, compensations, payments
from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import number_in
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome
from schoollib_xl.ledgers.vocabulary import Condition, LoanOutcome
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED, corrected_batches

# Expressions are compiled where a line has such a text: that takes longer than most checks.
_DAY = r"(?:\d{4}[年.\-/])?(?:\d{1,2}[月.\-/])?(?:\d{1,2}[日号]?)?"
_MONTH = r"(?:(\d{4})[年.\-/])?(?:(\d{1,2})[月.\-/])?"
# A month without a year that lies so many months back is one gone by; earlier ones come again within the term.
_LATELY = 4
_NUMERAL = r"[\d一二两三四五六七八九十]+"

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
# What a summary says the money was for.
_PURPOSES: dict[str, tuple[type[Any], str]] = {
    "购书": (SummaryRow, "购(?:图|新)?书|买书"),
    "订报刊": (PeriodicalRow, "订[报刊]|订阅(?!图书|新书)"),
    "赔款": (CompensationRow, "赔"),
}


class _Saying(NamedTuple):
    """What a text may be as a whole, and the cell of its row that says otherwise where the condition holds. Whole
    texts only: 催还后才还, 拟注销 and 说好要退 are other things than their parts.
    """

    row_type: type[Any]
    text: str
    whole: str
    other: str
    contradicts: Callable[[Any, re.Match[str], Library], bool]
    severity: Severity | None = None


def _is_another_number(stated: int | None, written: str) -> bool:
    number = int(written) if written.isascii() and written.isdecimal() else number_in(written)
    return number is not None and number != (stated or 0)


def _blank(name: str) -> Callable[[Any, re.Match[str], Library], bool]:
    return lambda row, match, library: getattr(row, name) is None and not _may_be_to_come(match, library.as_of)


def _may_be_to_come(match: re.Match[str], as_of: date) -> bool:
    """Whether the day it says may lie ahead: 2026年7月毕业. A month without a year is one of the last or to come."""
    year, month = (int(part or 0) for part in re.findall(_MONTH, match[0])[0])
    if year:
        return (year, month or 12) > (as_of.year, as_of.month)
    return month > 0 and (as_of.month - month) % 12 > _LATELY


def _is_sum_of_copies(row: SummaryRow, match: re.Match[str], library: Library) -> bool:
    """Whether neither the batch nor all of its voucher come to so many, with what was put right or without."""
    alike = [one for one in library[SummaryRow] if row.voucher_no and one.voucher_no == row.voucher_no]
    corrected = library.derive(corrected_batches).get(row.batch_no)
    sums = (row.copies, sum(one.copies for one in alike), corrected.net.copies if corrected else row.copies)
    return all(_is_another_number(copies, match[1]) for copies in sums)


_SAYINGS = (
    _Saying(
        LoanRow,
        "remarks",
        r"(?:至今|书)?(?:[未没]|没有|尚未|还没有?)(?:归)?还",
        "outcome",
        lambda row, *_: row.outcome is LoanOutcome.RETURNED,
    ),
    _Saying(
        LoanRow,
        "remarks",
        r"(?:书|已|书已)?(?:遗失|丢失|弄?丢了)",
        "outcome",
        lambda row, *_: row.outcome is LoanOutcome.RETURNED,
    ),
    _Saying(
        LoanRow,
        "remarks",
        rf"(?:已)?续借了?({_NUMERAL})次",
        "renewals",
        lambda row, match, _: _is_another_number(row.renewals, match[1]),
    ),
    _Saying(
        AccessionRow,
        "remarks",
        rf"{_DAY}(?:已|已经)?(?:注销|剔除)了?",
        "withdrawn_on",
        _blank("withdrawn_on"),
    ),
    _Saying(
        WithdrawalRow,
        "remarks",
        r"(?:[未没]|没有|暂不|尚未)注销",
        "withdrawn_on",
        lambda *_: True,
    ),
    # It may wait in the library until it is taken away.
    _Saying(WithdrawalRow, "remarks", r"书?还?在(?:架上?|馆)", "withdrawn_on", lambda *_: True, Severity.HINT),
    _Saying(CompensationRow, "remarks", rf"{_DAY}已?结清了?", "settled_on", _blank("settled_on")),
    _Saying(CompensationRow, "remarks", rf"{_DAY}已?退[款还]了?", "refunded_on", _blank("refunded_on")),
    _Saying(
        SummaryRow,
        "remarks",
        rf"(?:共|计|合计|共计)({_NUMERAL})册",
        "copies",
        _is_sum_of_copies,
    ),
    _Saying(
        ReaderRow,
        "remarks",
        rf"{_DAY}已?(?:转出|转走|转学走|毕业|调离|调走)了?",
        "stopped_on",
        _blank("stopped_on"),
    ),
    # Who came from another school, or is away for some weeks, is said so too.
    _Saying(ReaderRow, "remarks", rf"{_DAY}已?(?:转学|离校)了?", "stopped_on", _blank("stopped_on"), Severity.HINT),
    _Saying(
        ReviewRow,
        "action",
        r"(?:已|全部)?(?:剔除|下架|停借|停止借阅|封存|销毁)",
        "outcome",
        lambda row, *_: row.outcome is ReviewOutcome.PASSED,
    ),
    _Saying(
        StocktakeRow,
        "remarks",
        r"书?(?:已)?(?:破损|破了|损坏|待修)",
        "condition",
        lambda row, *_: row.condition is Condition.GOOD,
    ),
)


def _columns(sayings: Sequence[_Saying]) -> dict[type[Any], str]:
    """The columns they look at, by row type."""
    named: dict[type[Any], dict[str, None]] = {}
    for one in sayings:
        named.setdefault(one.row_type, {}).update({one.text: None, one.other: None})
    return {row_type: " ".join(names) for row_type, names in named.items()}


@check(
    "FMT210",
    title="备注和这一行对不上",
    message="“{header}”写着“{text}”，“{other}”却{stated}。",
    why="一行里两种说法，不知道照哪一个算；统计只照栏目里的算。",
    fix="先查原始单据；栏目填错了就改正，备注过时了就改备注。",
    severity=Severity.WARNING,
    reads={},
    may_read={**_columns(_SAYINGS), SummaryRow: f"batch_no voucher_no remarks {RED[SummaryRow]}"},
)
def words_contradict_their_line(library: Library) -> Iterator[Found]:
    for saying in _SAYINGS:
        table = library[saying.row_type]
        unread = set(table.unread_lines.get(saying.other, ()))
        for row in table.saying(saying.text) if table.rows else ():
            match = re.fullmatch(saying.whole, "".join(getattr(row, saying.text).split()).rstrip("。"))
            if match and row.line not in unread and saying.contradicts(row, match, library):
                value = getattr(row, saying.other)
                yield found(
                    cell(row, saying.text),
                    cell(row, saying.other),
                    header=header_of(saying.row_type, saying.text),
                    severity=saying.severity,
                    text=getattr(row, saying.text),
                    other=header_of(saying.row_type, saying.other),
                    stated="空着" if value is None else f"是{_said(value)}",
                )


def _said(value: Any) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else f" {value}"


@check(
    "CSH204",
    title="摘要和这一笔对不上",
    message="摘要“{summary}”说的是{said}，这一笔{stated}。",
    why="摘要和数、单据说的不是一回事，就不知道这笔钱用在哪里。",
    fix="先看单据；摘要抄错了就改摘要，金额或单据号写错了就改它。",
    severity=Severity.WARNING,
    reads={CashRow: "summary voucher_no received spent", **PAID_OUT, **PAID_IN},
    may_read={SummaryRow: f"batch_no remarks {RED[SummaryRow]}"},
)
def summary_contradicts_its_entry(library: Library) -> Iterator[Found]:
    bills = {**library.derive(payments), **library.derive(compensations)}
    for row in library[CashRow]:
        own = bills.get(row.voucher_no or "", [])
        told = (_amount(row, library), _batches(library, row, own), _purpose(row, own))
        if amiss := next(filter(None, told), None):
            said, stated = amiss
            cells = [bill.number_cell for bill in own]
            yield found(cell(row, "summary"), cell(row, "voucher_no"), *cells, said=said, stated=stated)


def _amount(row: CashRow, library: Library) -> tuple[str, str] | None:
    summary, moved = "".join(row.summary.split()), row.spent or row.received
    match = re.search(_AMOUNT, summary)
    if not match or not moved or re.search(_OTHER_SUMS, summary):
        return None
    said = re.sub("[，,]", "", match[1]) + (match[2] or "")
    # A bill that is paid in parts is told whole in each.
    paid = sum(
        one.spent or one.received or Decimal() for one in library.derive(cash_by_number).get(row.voucher_no or "", ())
    )
    return None if Decimal(said) in (abs(moved), abs(paid)) else (f"{said}元", f"是{abs(moved):.2f}元")


def _batches(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says of batches: their numbers, or how many copies, against those of its voucher."""
    summary = "".join(row.summary.split())
    numbers = re.findall(_BATCH_NO, summary)
    copies = [] if re.search(_OTHER_COPIES, summary) else re.findall(_IN_COPIES, summary)
    if not (numbers or copies) or not bills or not all(_is_of(bill, SummaryRow) for bill in bills):
        return None
    lines = {bill.number_cell.line for bill in bills}
    own = [batch for batch in library[SummaryRow] if batch.line in lines]
    named, meant = set(numbers) & set(library.batches), {batch.batch_no for batch in own}
    if named and not named & meant:
        return "、".join(sorted(named)), f"的单据是 {'、'.join(sorted(meant))} 的"
    total = sum(batch.copies for batch in own)
    corrected = library.derive(corrected_batches)
    nets = {corrected[number].net.copies for number in meant if number in corrected}
    if copies and int(copies[0]) not in {batch.copies for batch in own} | {total} | nets:
        return f" {copies[0]} 册", f"的单据在总括账是 {total} 册"
    return None


def _purpose(row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says the money was for, against the ledgers that have its voucher."""
    meant = {name for name, (_, words) in _PURPOSES.items() if re.search(words, row.summary)}
    if row.spent:
        meant.discard("赔款")  # what was paid from what was received for lost copies
    kinds = {name for bill in bills for name, (kind, _) in _PURPOSES.items() if _is_of(bill, kind)}
    if len(meant) != 1 or not kinds or meant & kinds or "退" in row.summary:
        return None
    return meant.pop(), f"的单据是{'、'.join(sorted(kinds))}的"


def _is_of(bill: Bill, kind: type[Any]) -> bool:
    return issubclass(bill.number_cell.row_type, kind)
