"""赔偿登记账 (CMP): receipts, dates and amounts of each incident."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Gap, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.money.bills import PAID_IN, compensations_misplaced
from schoollib_xl.checks.stock.batches import priced_otherwise
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.identifiers import is_numbered
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.vocabulary import Settlement
from schoollib_xl.rules.compensation import Reckoning, reckon_incident
from schoollib_xl.rules.likeness import says

# Words in the 备注 of an incident that explain another sum than the rule's.
ANOTHER_SUM = (
    *("减免", "免赔", "免收", "免交", "免于", "少赔", "多赔", "协商", "分期", "尾款", "减半", "酌减", "酌情"),
    *("折价", "折旧", "折算"),
)


@check(
    "CMP011",
    title="收了赔款没有收据号",
    message="{incident_no} 赔款已经收了，收据号{written}{alike}。",
    why="没有收据，这笔钱收了多少、交了没有都说不清。",
    fix="先找收据存根；找得到，就补填收据号；没开过，就补开一张。",
    reads={CompensationRow: "incident_no settlement paid receipt_no settled_on remarks"},
)
def payment_without_receipt(library: Library) -> Iterator[Found]:
    paid = [row for row in library[CompensationRow].having("settlement", Settlement.PAYMENT) if _is_paid(row)]
    without = (row for row in paid if not is_numbered(row.receipt_no))
    told = (
        found(cell(row, "receipt_no"), written=f"写的是“{row.receipt_no}”" if row.receipt_no else "空着")
        for row in without
    )
    yield from told_once(told, len(paid))


def _is_paid(row: CompensationRow) -> bool:
    is_settled = row.settled_on is not None and row.paid is None and not says(row.remarks, *ANOTHER_SUM)
    return bool(row.paid) or is_settled


@check(
    "CMP012",
    title="一张收据用了两次",
    message="收据 {receipt_no} 在 {first} 和 {second} 两件赔偿里都有。",
    why="一笔赔款一张收据，号重复了，就有一笔查不到钱。",
    fix="先找收据存根，看这个号是哪一件的；另一件照自己的收据改。",
    reads={CompensationRow: "incident_no reader_no receipt_no settled_on"},
    may_read={**PAID_IN, CashRow: "voucher_no summary received spent"},
)
def receipt_used_twice(library: Library) -> Iterator[Found]:
    elsewhere = library.derive(compensations_misplaced)
    for first, row in _sharing(library, "receipt_no"):
        # The money of the other stands under another number: the receipt is not the first's.
        if cell(first, "receipt_no") in elsewhere:
            first, row = row, first
        # One family paying for two books at once may well have got one receipt.
        together = (row.reader_no, row.settled_on) == (first.reader_no, first.settled_on)
        yield found(
            cell(row, "receipt_no"),
            cell(first, "receipt_no"),
            severity=Severity.WARNING if together else None,
            first=first.incident_no,
            second=row.incident_no,
        )


@check(
    "CMP013",
    title="一册赔书抵了两件赔偿",
    message="赔书登记号 {replacement_no} 在 {first} 和 {second} 两件赔偿里都有。",
    why="赔一册书抵一件，同一册不能抵两件。",
    fix="先看赔来的书，把号对到各自的那一件；同一件记了两遍，就把后一行移出赔偿登记账另存。",
    severity=Severity.WARNING,
    reads={CompensationRow: "incident_no replacement_no"},
)
def replacement_used_twice(library: Library) -> Iterator[Found]:
    for first, row in _sharing(library, "replacement_no"):
        yield found(
            cell(row, "replacement_no"), cell(first, "replacement_no"), first=first.incident_no, second=row.incident_no
        )


def _sharing(library: Library, field: str) -> Iterator[tuple[CompensationRow, CompensationRow]]:
    """The first incident and each later one with the same number in the field."""
    filled = [row for row in library[CompensationRow] if is_numbered(getattr(row, field))]
    for rows in group_by(sorted(filled, key=lambda row: row.line), field).values():
        yield from ((rows[0], row) for row in rows[1:])


@check(
    "CMP101",
    title="结清早于登记",
    message="{incident_no} 在 {registered_on} 登记，结清日期却是 {settled_on}。",
    why="先报失、先发现损坏，才谈得上赔偿。",
    fix="先看收据或赔书的日期，再改结清日期；登记日期错了，就改登记日期。",
    reads={CompensationRow: "incident_no registered_on settled_on"},
)
def settled_before_registered(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        if row.settled_on and row.settled_on < row.registered_on:
            yield found(cell(row, "settled_on"), cell(row, "registered_on"))


@check(
    "CMP102",
    title="退款早于结清",
    message="{incident_no} 在 {settled_on} 结清，退款日期却是 {refunded_on}。",
    why="钱收了才能退，日期颠倒，账上就说不清。",
    fix="先看收据和退款签字的日期，再把错的一个改正。",
    reads={CompensationRow: "incident_no settled_on refunded_on"},
)
def refunded_before_settled(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        if row.settled_on and row.refunded_on and row.refunded_on < row.settled_on:
            yield found(cell(row, "refunded_on"), cell(row, "settled_on"))


@check(
    "CMP201",
    title="赔偿的单价和个别登记账不一样",
    message="{accession_no} 赔偿账单价 {price}，个别账单价 {entered}。",
    why="照价赔偿照的是入账的单价，价错了，应赔的数也就错了。",
    fix="先看个别登记号是不是写对了；号没错，就照个别登记账改单价，再算应赔金额。",
    reads={CompensationRow: "accession_no price", AccessionRow: "accession_no price"},
)
def price_differs(library: Library) -> Iterator[Found]:
    # What a gift without a price is worth is settled when it is lost, and stands nowhere else.
    return (one for one in priced_otherwise(library, library[CompensationRow]) if one.facts["entered"] is not None)


@check(
    "CMP202",
    title="应赔金额不合赔偿规则",
    message="{incident_no} {settlement}，按“{basis}”应赔 {due}，账上是 {owed}，{gap}。",
    why="赔多赔少都要照定好的规则，家长问起来才说得清。",
    fix="先看情形、处理方式和单价填对没有；都对，就照规则改应赔金额。",
    reads={
        CompensationRow: "incident_no registered_on accession_no price incident settlement owed remarks",
        CompensationRule: "since incident multiple minimum fee whole_set basis",
        AccessionRow: "accession_no batch_no title publisher price source",
    },
    can_lack=(CompensationRule, AccessionRow),
)
def owed_is_not_what_the_rule_says(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow] if not library[CompensationRule].incomplete else ():
        reckoning = reckon_incident(library, row)
        if row.owed is not None and row.owed != reckoning.owed and not says(row.remarks, *ANOTHER_SUM):
            yield found(
                cell(row, "owed"),
                *(cell(row, field) for field in ("incident", "settlement", "price")),
                *[cell(reckoning.rule, field) for field in ("multiple", "minimum", "fee")] if reckoning.rule else [],
                severity=_doubt(row, row.owed > reckoning.owed, reckoning),
                basis=reckoning.rule.basis if reckoning.rule else "照价赔偿",
                due=reckoning.owed,
                gap=Gap(row.owed - reckoning.owed, "元"),
            )


def _doubt(row: CompensationRow, more: bool, reckoning: Reckoning) -> Severity | None:
    """How sure it is that the amount is wrong; None for certain. A repair may cost something although no
    rule says so; which volumes make a set is told by their titles alone; a volume paid as a set costs more than
    its own price.
    """
    if row.settlement is Settlement.REPAIR or reckoning.is_whole_set:
        return Severity.WARNING
    return Severity.HINT if more and reckoning.rule and reckoning.rule.asks_whole_set else None
