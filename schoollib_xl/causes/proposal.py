"""A correction with what it does to the identities."""

from typing import NamedTuple

from schoollib_xl.causes.amounts import Vector
from schoollib_xl.causes.correction import Correction


class Proposal(NamedTuple):
    """A correction and what it adds to each identity it touches."""

    correction: Correction
    effect: Vector


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
