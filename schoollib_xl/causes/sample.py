"""A part of the books to try many corrections on: what is found there is looked up check by check, each once."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from schoollib_xl.causes.correction import Correction, corrected
from schoollib_xl.causes.trial import Place, bearing
from schoollib_xl.checks.check import CHECKS, Check
from schoollib_xl.checks.report import outcomes
from schoollib_xl.ledgers.library import Library


class Effect(NamedTuple):
    """What a correction does in the sample: the places of the findings that go, and how many are new."""

    gone: frozenset[Place]
    settled: int
    new: int

    @property
    def won(self) -> int:
        """What is settled less what is new, which weighs twice."""
        return self.settled - 2 * self.new


class TrialSample:
    """Tries corrections on a library that is only a part of the books; a finding is known by its check and cell."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, Counter[Place]] = {}

    def number(self, codes: Iterable[str]) -> int:
        """How many findings of these checks there are."""
        return sum(self._before(CHECKS[code]).total() for code in codes)

    def of(self, correction: Correction, among: frozenset[str] | None = None) -> Effect:
        """What the correction does, `among` these checks only, or among all that it bears on."""
        checks = [one for one in bearing((correction,)) if among is None or one.code in among]
        left = _places(corrected(self._library, [correction]), checks)
        before: Counter[Place] = Counter()
        for check in checks:
            before.update(self._before(check))
        gone = before - left
        return Effect(frozenset(gone), gone.total(), (left - before).total())

    def _before(self, check: Check) -> Counter[Place]:
        if check.code not in self._known:
            self._known[check.code] = _places(self._library, [check])
        return self._known[check.code]


def _places(library: Library, checks: Iterable[Check]) -> Counter[Place]:
    return Counter((one.check.code, one.at) for outcome in outcomes(library, checks) for one in outcome.findings)
