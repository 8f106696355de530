"""What is owed for a lost or damaged copy, by the rule in force on the day of the incident."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.units import to_cents
from schoollib_xl.ledgers.vocabulary import Incident, Settlement
from schoollib_xl.rules.titles import SetPrices


class Reckoning(NamedTuple):
    """An amount owed in yuan with every figure it was made from; `rule` is None where the default applied:
    照价 ×1, no minimum, no fee. `price` is the whole set's where the rule asks for it.
    """

    price: Decimal
    multiple: Decimal
    minimum: Decimal
    fee: Decimal
    owed: Decimal
    rule: CompensationRule | None
    is_whole_set: bool = False


def rule_in_force(rules: Iterable[CompensationRule], incident: Incident, day: date) -> CompensationRule | None:
    """The latest rule for this kind of incident that had begun by the day."""
    fits = [rule for rule in rules if rule.since <= day and rule.incident is incident]
    return max(fits, key=lambda rule: rule.since, default=None)


def reckon(
    rules: Iterable[CompensationRule],
    incident: Incident,
    settlement: Settlement,
    price: Decimal,
    day: date,
    set_price: Decimal | None = None,
) -> Reckoning:
    """What is owed: max(minimum, price × multiple) + fee; a replacement copy owes the fee alone, a repair
    nothing. The price is `set_price`, that of the whole set, where 套书按全套 says so. Rounded half up to
    0.01 yuan.
    """
    rule = rule_in_force(rules, incident, day)
    is_whole_set = set_price is not None and rule is not None and rule.asks_whole_set
    base = set_price if is_whole_set and set_price is not None else price
    multiple = rule.multiple if rule else Decimal(1)
    minimum = rule.minimum or Decimal(0) if rule else Decimal(0)
    fee = rule.fee or Decimal(0) if rule else Decimal(0)
    due = {
        Settlement.PAYMENT: max(minimum, base * multiple) + fee,
        Settlement.REPLACEMENT: fee,
        Settlement.REPAIR: Decimal(0),
    }[settlement]
    return Reckoning(base, multiple, minimum, fee, to_cents(due), rule, is_whole_set)


def set_price_of(library: Library, copy: AccessionRow | None) -> Decimal | None:
    """The price of the whole set a copy is a volume of; None where no rule asks for it."""
    is_asked = any(rule.asks_whole_set for rule in library[CompensationRule])
    return library.derive(SetPrices).price(copy) if is_asked else None


def reckon_incident(library: Library, row: CompensationRow) -> Reckoning:
    """What an incident owes by the rule in force when it was registered."""
    rules = library[CompensationRule]
    set_price = set_price_of(library, library.copies.get(row.accession_no))
    return reckon(rules, row.incident, row.settlement, row.price, row.registered_on, set_price)
