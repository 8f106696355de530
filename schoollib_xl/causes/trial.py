"""A correction put to the test: it is made on the books in memory, and the checks it bears on are run again."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Change, Correction, corrected
from schoollib_xl.checks.check import CHECKS, Check
from schoollib_xl.checks.report import Finding, outcomes
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.school import School

_Place = tuple[str, Cell]


class Verdict(NamedTuple):
    """What a trial came to: the indexes of the findings that are gone, and how many are new."""

    gone: frozenset[int]
    new: int


class Trial:
    """Tries corrections on one library; a finding is known by its check and its cell."""

    def __init__(self, library: Library, findings: tuple[Finding, ...]) -> None:
        self._library = library
        self._findings = findings
        self._places: dict[str, Counter[_Place]] = {}
        for one in findings:
            self._places.setdefault(one.check.code, Counter())[one.check.code, one.at] += 1

    @property
    def number(self) -> int:
        """How many findings there are before anything is corrected."""
        return len(self._findings)

    def of(self, corrections: Iterable[Correction], among: Iterable[str] | None = None) -> Verdict:
        """What becomes of the findings with these corrections made. `among` are the codes to run again where it is
        enough to know what goes; without it every check is that they bear on, so that what is new is known too.
        """
        made = tuple(corrections)
        codes = None if among is None else frozenset(among)
        checks = [
            check for check in CHECKS.values() if _bears_on(made, check) and (codes is None or check.code in codes)
        ]
        came_to = outcomes(corrected(self._library, made), checks)
        left = Counter((one.check.code, one.at) for outcome in came_to for one in outcome.findings)
        before: Counter[_Place] = Counter()
        for check in checks:
            before.update(self._places.get(check.code, ()))
        fewer, more = before - left, left - before
        gone = set()
        for index, one in enumerate(self._findings):
            if fewer[one.check.code, one.at] > 0:
                fewer[one.check.code, one.at] -= 1
                gone.add(index)
        return Verdict(frozenset(gone), sum(more.values()))


def _bears_on(corrections: tuple[Correction, ...], check: Check) -> bool:
    """Whether a check reads anything that the corrections touch. Settings are read through the school."""
    for correction in corrections:
        for edit in correction.edits:
            if _reads(check, edit):
                return True
    return False


def _reads(check: Check, edit: Any) -> bool:
    row_type = edit.at.row_type if isinstance(edit, Change) else type(edit.row)
    if row_type is School or not check.reads:
        return True
    if row_type not in check.reads:
        return False
    return not isinstance(edit, Change) or edit.at.field in check.reads[row_type]
