"""What a list says of its copies that has no column there: 现存 beside 册数, why one was written off, what was paid."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from schoollib_xl.adoption.copies.lots import Lot, stated_numbers
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.sheets.reading.prices import Price

_KEPT = ("reason", "paid_value")
PAID = "书目各行写的实洋加起来 {paid} 元，记在期初一批的实洋里；各行的原数在备注里。"
PARTLY = "书目上有的书写了实洋，有的没写、或看不出是一册的还是一行的（第一处{first}）：期初的实洋空着，原数在备注里。"


def note_remaining(records: Iterable[Record]) -> Iterator[str]:
    """Keep in 备注 what differs from the copies stated, reasons and sums paid; a sentence on each way of differing."""
    less: list[Record] = []
    more: list[Record] = []
    for record in records:
        for name in _KEPT:
            if record.get(name):
                record.notes.append(f"{record.header(name)}：{record.said(name)}")
        present, stated = record.get("present"), _stated(record)
        if present is None or present == stated:
            continue
        record.notes.append(f"{record.header('present', 'present')}：{record.said('present')}")
        if present > stated:
            more.append(record)
        elif not _is_settled(record):
            less.append(record)
    if less:
        missing = sum(_stated(record) - record.get("present") for record in less)
        yield (
            f"现存比册数少的有 {_where(less)}，一共少 {missing} 册：这 {missing} 册还算在馆藏里，"
            "不知道少的是哪一册；照注销单记进注销登记账，只是借出去了的不用记。原数在备注里。"
        )
    if more:
        yield f"现存比册数多的有 {_where(more)}：照册数记的，看看哪个对。原数在备注里。"


def _stated(record: Record) -> int:
    """The copies a record states, by its numbers where it does not say how many."""
    held: int | None = record.get("held")
    return held if held is not None else len(stated_numbers(record).numbers) or 1


def _is_settled(record: Record) -> bool:
    """Whether another column says what became of the copy."""
    return record.get("state") is not None or record.get("withdrawn_on") is not None


def _where(records: Sequence[Record]) -> str:
    return f"{len(records)} 行（第一处{records[0].place}）"


def paid_in_all(lots: Iterable[Lot], journal: Journal) -> Decimal | None:
    """What was paid for all the copies, in yuan; None where a line of books that were bought does not say it."""
    bought = [lot for lot in lots if lot.copies and lot.record.get("source") is not Source.DONATION]
    if not any(lot.record.get("paid_value") for lot in bought):
        return None
    sums = [(_paid(lot), lot) for lot in bought]
    if unknown := [lot for paid, lot in sums if paid is None]:
        journal.assumed.append(PARTLY.format(first=unknown[0].record.place))
        return None
    total = sum((paid for paid, _ in sums if paid), Decimal())
    journal.assumed.append(PAID.format(paid=total))
    return total


def _paid(lot: Lot) -> Decimal | None:
    """What was paid for a line: all its copies cost no more than their prices, and more than one of them does. What is
    no more than the price of one may be the money of either.
    """
    paid: Decimal | None = lot.record.get("paid_value")
    price: Price | None = lot.record.get("price")
    if paid is None or price is None or lot.listed:
        return None
    is_of_all = lot.copies == 1 or paid * price.volumes > price.yuan
    return paid if is_of_all and paid * price.volumes <= price.yuan * lot.copies else None
