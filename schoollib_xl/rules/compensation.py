"""What is owed for a lost or damaged copy, by the rule in force on the day of the incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.vocabulary import Incident, Settlement

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Reckoning:
    """An amount owed in yuan with every figure it was made from; `rule` is None where the default applied:
    照价 ×1, no minimum, no fee.
    """

    price: Decimal
    multiple: Decimal
    minimum: Decimal
    fee: Decimal
    owed: Decimal
    rule: CompensationRule | None


def rule_in_force(rules: Iterable[CompensationRule], incident: Incident, day: date) -> CompensationRule | None:
    """The latest rule for this kind of incident that had begun by the day."""
    fits = [rule for rule in rules if rule.since <= day and rule.incident is incident]
    return max(fits, key=lambda rule: rule.since, default=None)


def reckon(
    rules: Iterable[CompensationRule], incident: Incident, settlement: Settlement, price: Decimal, day: date
) -> Reckoning:
    """What is owed: max(minimum, price × multiple) + fee; a replacement copy owes the fee alone, a repair
    nothing. Rounded half up to 0.01 yuan.
    """
    rule = rule_in_force(rules, incident, day)
    multiple = rule.multiple if rule else Decimal(1)
    minimum = rule.minimum or Decimal(0) if rule else Decimal(0)
    fee = rule.fee or Decimal(0) if rule else Decimal(0)
    due = {
        Settlement.PAYMENT: max(minimum, price * multiple) + fee,
        Settlement.REPLACEMENT: fee,
        Settlement.REPAIR: Decimal(0),
    }[settlement]
    return Reckoning(price, multiple, minimum, fee, due.quantize(_CENT, ROUND_HALF_UP), rule)
