"""The identities and their amounts, copies and cents as whole numbers: what a correction adds to each."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Correction
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.supporting.office import CashRow

# No number of a copy, a card or a bill is longer; more digits were pasted, and Python refuses some thousands.
_MOST_DIGITS = 100
# A line of 经费登记 is of money that came or that went: the other side stays blank.
_ONE_SIDE = ("received", "spent")
Key = tuple[Any, ...]
Vector = dict[Key, int]


class Summand(NamedTuple):
    """A cell in an identity, and how often it counts there."""

    at: Cell
    times: int


class Proposal(NamedTuple):
    """A correction and what it adds to each identity it touches."""

    correction: Correction
    effect: Vector


def cents(value: Decimal | None) -> int:
    """Money as whole cents; nothing is 0."""
    return int(value * 100) if value is not None else 0


def as_number(value: Any) -> int | None:
    """A figure as a whole number: copies, cents, the digits of a number; None where it is none of these."""
    if isinstance(value, Decimal):
        return cents(value)
    if isinstance(value, str):
        is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        return int(value) if is_number else None
    return value if isinstance(value, int) else 0


def as_written(number: int, like: Any, at: Cell) -> Any:
    """A whole number as the cell would hold it, identifiers as wide as the one that stands there."""
    kind = SHEETS[at.row_type].by_name[at.field].kind
    if kind is Kind.IDENTIFIER:
        return str(number).zfill(len(like or ""))
    if not number and at.row_type is CashRow and at.field in _ONE_SIDE:
        return None
    return Decimal(number).scaleb(-2) if kind is Kind.MONEY else number


def difference(after: Iterable[Vector], before: Iterable[Vector]) -> Vector:
    """What changes where some rows add otherwise than they did."""
    total: Counter[Key] = Counter()
    for terms in after:
        total.update(terms)
    for terms in before:
        total.subtract(terms)
    return {key: amount for key, amount in total.items() if amount}


def after(off: Vector, effect: Vector) -> Vector:
    """What the identities are off by once the effect is added."""
    left = dict(off)
    for key, amount in effect.items():
        rest = left.get(key, 0) + amount
        if rest:
            left[key] = rest
        else:
            left.pop(key, None)
    return left


def gain(off: Vector, effect: Vector) -> int:
    """How many identities more will hold."""
    won = 0
    for key, amount in effect.items():
        before = off.get(key, 0)
        won += (before != 0) - (before + amount != 0)
    return won
