"""How much is looked at for causes: counted, so that the same workbook gives the same causes on every machine."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from schoollib_xl.checks.check import Check
from schoollib_xl.checks.report import Standing
from schoollib_xl.ledgers.library import Library

_Proposed = TypeVar("_Proposed")
# What the work takes, as many rows as a check looks through meanwhile: measured, so that the count follows the time.
# To set a check to work; to weigh what one correction may do to the sums; to ask the rows beside one for its number; to
# make a finding with its facts; to withhold one, or compare it.
_EACH_CHECK, EACH_PROPOSAL, EACH_NEIGHBOUR, _EACH_FINDING, _EACH_COMPARED = 2_000, 60, 400, 100, 30
# To add up one row of the books that are summed.
EACH_SUMMED = 10


class EffortSpentError(Exception):
    """As much was looked at for causes as may be: what was begun is left, and what was found before stands."""


class Effort:
    """The rows looked at so far for one workbook's causes, and how many may be. Whoever is about to do what takes as
    long as more than a few rows says so first.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.done = 0

    def spend(self, rows: int) -> None:
        """So many rows are looked at, or what takes as long. Raises EffortSpentError where that is too many."""
        self.done += rows
        if self.done > self._limit:
            raise EffortSpentError

    def spend_on_checks(self, library: Library, checks: Iterable[Check]) -> None:
        """These checks look through these books."""
        for check in checks:
            self.spend(_EACH_CHECK + sum(len(library[row_type]) for row_type in check.looks_at))

    def spend_on_findings(self, came_to: Iterable[Standing], compared: int = 0) -> None:
        """The checks made these findings, those withheld among them, and so many others are compared with them."""
        for one in came_to:
            self.spend(_EACH_FINDING * len(one.found) + _EACH_COMPARED * one.withheld)
        self.spend(_EACH_COMPARED * compared)

    def asked_for(self, proposals: Iterable[_Proposed]) -> Iterator[_Proposed]:
        """The proposals one by one, each made only where there may be one more."""
        for proposal in proposals:
            self.spend(EACH_PROPOSAL)
            yield proposal

    def part(self, share: float) -> int:
        """What will have been looked at once this share of what is left has been."""
        return self.done + int(share * (self._limit - self.done))
