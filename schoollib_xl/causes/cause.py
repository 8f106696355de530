"""A cause: what to correct, what that settles, what it might be instead."""

from typing import NamedTuple

from schoollib_xl.causes.correction import Correction


class Cause(NamedTuple):
    """What is wrong in one place: the correction, the findings it settles (indexes into the report's), and the
    corrections that would do as well, less likely.
    """

    correction: Correction
    explains: tuple[int, ...]
    others: tuple[Correction, ...] = ()


class Causes(NamedTuple):
    """The causes, those that settle most first, and whether the time was enough to look for all of them."""

    found: tuple[Cause, ...] = ()
    complete: bool = True

    @property
    def explained(self) -> frozenset[int]:
        """Indexes of the findings that have a cause."""
        return frozenset(index for cause in self.found for index in cause.explains)
