"""填写 (FMT, CSH): words beside a line that contradict what the line itself says."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.checks.bills import PAID_IN, PAID_OUT, Bill, compensations, payments
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

# Expressions are compiled where a line has such a text: that takes longer than most checks.
_DAY = r"(?:\d{4}[年.\-/])?(?:\d{1,2}[月.\-/])?(?:\d{1,2}[日号]?)?"
_NUMERAL = r"[\d一二两三四五六七八九十]+"

_BATCH_NO = r"(?<![\d-])\d{4}-\d{3,}(?![\d-])"
# One sum of money: not a price for each copy or pupil, a list value, a balance, a discount.
_AMOUNT = r"(?<![\d.])(\d+(?:\.\d{1,2})?)\s*元"
_OTHER_SUMS = r"每|均|余|存|单价|定价|码洋|原价|折|抵|其中|[+＋、×*/]|元.*元"
_IN_COPIES = r"(?<![\d.])(\d+)\s*册"
# What a summary says the money was for.
_PURPOSES: dict[str, tuple[type[Any], str]] = {
    "购书": (SummaryRow, "购(?:图|新)?书|买书"),
    "订报刊": (PeriodicalRow, "订[报刊阅]"),
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
    contradicts: Callable[[Any, re.Match[str]], bool]


def _is_another_number(stated: int | None, written: str) -> bool:
    number = int(written) if written.isascii() and written.isdecimal() else number_in(written)
    return number is not None and number != (stated or 0)


def _blank(name: str) -> Callable[[Any, re.Match[str]], bool]:
    return lambda row, _: getattr(row, name) is None


_SAYINGS = (
    _Saying(
        LoanRow,
        "remarks",
        r"(?:至今|书)?(?:[未没]|没有|尚未|还没有?)(?:归)?还",
        "outcome",
        lambda row, _: row.outcome is LoanOutcome.RETURNED,
    ),
    _Saying(
        LoanRow,
        "remarks",
        r"(?:书|已|书已)?(?:遗失|丢失|弄?丢了)",
        "outcome",
        lambda row, _: row.outcome is LoanOutcome.RETURNED,
    ),
    _Saying(
        LoanRow,
        "remarks",
        rf"(?:已)?续借了?({_NUMERAL})次",
        "renewals",
        lambda row, match: _is_another_number(row.renewals, match[1]),
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
        r"(?:[未没]|没有|暂不|尚未)注销|书?还?在(?:架上?|馆)",
        "withdrawn_on",
        lambda row, _: True,
    ),
    _Saying(CompensationRow, "remarks", rf"{_DAY}已?结清了?", "settled_on", _blank("settled_on")),
    _Saying(CompensationRow, "remarks", rf"{_DAY}已?退[款还]了?", "refunded_on", _blank("refunded_on")),
    _Saying(
        SummaryRow,
        "remarks",
        rf"(?:共|计|合计|共计)({_NUMERAL})册",
        "copies",
        lambda row, match: _is_another_number(row.copies, match[1]),
    ),
    _Saying(
        ReaderRow,
        "remarks",
        rf"{_DAY}已?(?:转出|转走|转学走?|毕业|调离|调走|离校)了?",
        "stopped_on",
        _blank("stopped_on"),
    ),
    _Saying(
        ReviewRow,
        "action",
        r"(?:已|全部)?(?:剔除|下架|停借|停止借阅|封存|销毁)",
        "outcome",
        lambda row, _: row.outcome is ReviewOutcome.PASSED,
    ),
    _Saying(
        StocktakeRow,
        "remarks",
        r"书?(?:已)?(?:破损|破了|损坏|待修)",
        "condition",
        lambda row, _: row.condition is Condition.GOOD,
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
    may_read=_columns(_SAYINGS),
)
def words_contradict_their_line(library: Library) -> Iterator[Found]:
    for saying in _SAYINGS:
        table = library[saying.row_type]
        unread = set(table.unread_lines.get(saying.other, ()))
        for row in table.saying(saying.text) if table.rows else ():
            match = re.fullmatch(saying.whole, "".join(getattr(row, saying.text).split()).rstrip("。"))
            if match and row.line not in unread and saying.contradicts(row, match):
                value = getattr(row, saying.other)
                yield found(
                    cell(row, saying.text),
                    cell(row, saying.other),
                    header=header_of(saying.row_type, saying.text),
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
    may_read={SummaryRow: "batch_no copies list_value"},
)
def summary_contradicts_its_entry(library: Library) -> Iterator[Found]:
    bills = {**library.derive(payments), **library.derive(compensations)}
    for row in library[CashRow]:
        own = bills.get(row.voucher_no or "", [])
        told = (_amount(row), _batches(library, row, own), _purpose(row, own))
        if amiss := next(filter(None, told), None):
            said, stated = amiss
            cells = [bill.number_cell for bill in own]
            yield found(cell(row, "summary"), cell(row, "voucher_no"), *cells, said=said, stated=stated)


def _amount(row: CashRow) -> tuple[str, str] | None:
    match, moved = re.search(_AMOUNT, row.summary), row.spent or row.received
    if not match or not moved or re.search(_OTHER_SUMS, row.summary):
        return None
    return None if Decimal(match[1]) == abs(moved) else (f"{match[1]}元", f"是{abs(moved):.2f}元")


def _batches(library: Library, row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says of batches: their numbers, or how many copies, against those of its voucher."""
    numbers, copies = re.findall(_BATCH_NO, row.summary), re.findall(_IN_COPIES, row.summary)
    if not (numbers or copies) or not bills or not all(_is_of(bill, SummaryRow) for bill in bills):
        return None
    lines = {bill.number_cell.line for bill in bills}
    own = [batch for batch in library[SummaryRow] if batch.line in lines]
    named, meant = set(numbers) & set(library.batches), {batch.batch_no for batch in own}
    if named and not named & meant:
        return "、".join(sorted(named)), f"的单据是 {'、'.join(sorted(meant))} 的"
    total = sum(batch.copies for batch in own)
    if len(copies) == 1 and "每" not in row.summary and int(copies[0]) not in {batch.copies for batch in own} | {total}:
        return f" {copies[0]} 册", f"的单据在总括账是 {total} 册"
    return None


def _purpose(row: CashRow, bills: Sequence[Bill]) -> tuple[str, str] | None:
    """What it says the money was for, against the ledgers that have its voucher."""
    meant = {name for name, (_, words) in _PURPOSES.items() if re.search(words, row.summary)}
    kinds = {name for bill in bills for name, (kind, _) in _PURPOSES.items() if _is_of(bill, kind)}
    if len(meant) != 1 or not kinds or meant & kinds or "退" in row.summary:
        return None
    return meant.pop(), f"的单据是{'、'.join(sorted(kinds))}的"


def _is_of(bill: Bill, kind: type[Any]) -> bool:
    return issubclass(bill.number_cell.row_type, kind)
