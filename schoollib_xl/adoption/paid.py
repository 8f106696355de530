"""实洋 as lists of deliveries state it line by line, for the batch that their books come into."""

from collections.abc import Iterable
from decimal import Decimal

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.lots import Lot
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.sheets.reading.prices import Price

PAID = "书目各行写的实洋加起来 {paid} 元，记在期初一批的实洋里；各行的原数在备注里。"
PARTLY = "书目上有的书写了实洋，有的没写、或看不出是一册的还是一行的（第一处{first}）：期初的实洋空着，原数在备注里。"


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
