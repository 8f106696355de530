"""How much is looked at for causes: counted, so that the same workbook gives the same causes on every machine."""

from collections.abc import Iterable, Sized

from schoollib_xl.checks.check import Check
from schoollib_xl.ledgers.library import Library

# To set a check to work takes as long as looking through a thousand rows, and to weigh what may be wrong with a sum as
# long as a hundred: measured, so that the count follows the time.
_EACH_CHECK, _EACH_PROPOSAL = 1_000, 100
# A finding that a trial makes, or compares with those there are, takes as long as so many rows.
_EACH_FINDING = 50


class Effort:
    """The rows looked at so far for one workbook's causes, and how many may be."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.done = 0

    @property
    def is_spent(self) -> bool:
        return self.done > self._limit

    def spend_on_checks(self, library: Library, checks: Iterable[Check]) -> None:
        """These checks looked through these books."""
        for check in checks:
            self.done += _EACH_CHECK + sum(len(library[row_type].rows) for row_type in check.looks_at)

    def spend_on_findings(self, *findings: Sized) -> None:
        """These findings were made, or compared with others."""
        self.done += _EACH_FINDING * sum(map(len, findings))

    def spend_on_proposals(self, proposals: Sized) -> None:
        """So many corrections were weighed by what they do to the sums."""
        self.done += _EACH_PROPOSAL * len(proposals)

    def part(self, share: float) -> int:
        """What will have been looked at once this share of what is left has been."""
        return self.done + int(share * max(0, self._limit - self.done))
