"""A correction put to the test by running its checks again on the books in memory; what is found and still open."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Addition, Cause, Causes, Change, Correction, Edit, corrected, on_trial
from schoollib_xl.causes.effort import Effort
from schoollib_xl.checks.check import CHECKS, Alike, Check, Severity
from schoollib_xl.checks.report import Finding, Report, finding_of, standing
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.office import SettingRow

Place = tuple[str, Cell]
# So many cells of a finding are looked at; a finding that names more leaves it open which is wrong.
_MOST_CELLS = 6
# The checks of all days there are, whatever sheet they stand on.
_OF_DAYS = ("FMT112", "FMT205")
# Understood as it is written: a number or a date typed as text, a class in other words. A book may be full of them.
_OF_WRITING = frozenset(["FMT203", "FMT204", "CIR309", "CMP392", "RDR303", "QUO304", "QUO332", "PLB306", "VIS302"])
# A book not brought back, a formula without its result: nobody wrote anything wrong. What is written wrong of the loan
# is found by itself, and a recalculation settles the formula.
_OF_NO_PEN = frozenset(["CIR902", "FMT103"])
_NONE: frozenset[str] = frozenset()
# Of a column so many parts are all of it: a line may hold what it should by chance, or nothing.
_NEARLY_ALL, _OF = 9, 10
# The checks do not change while the program runs, and the same columns are asked for again and again.
_KNOWN: dict[tuple[type[Any], str | None], tuple[Check, ...]] = {}


def cells_of(finding: Finding) -> list[Cell]:
    """The cells that a finding names, the one to look at first before the others."""
    return [cell for cell in (finding.at, *finding.see_also[:_MOST_CELLS]) if cell.line]


class TrialOutcome(NamedTuple):
    """What a trial came to: the indexes of the findings that are gone, and those that are new."""

    gone: frozenset[int]
    added: tuple[Finding, ...]

    @property
    def new(self) -> int:
        return len(self.added)


class Trial:
    """Tries corrections on one library; a finding is known by its check and its cell. `origins` are the indexes
    that the findings have in the report all began with, -1 for one that only a correction brought about; `untold` the
    cells of which it is known by now that they are wrong.
    """

    def __init__(
        self,
        library: Library,
        findings: Iterable[Finding],
        effort: Effort,
        origins: Iterable[int] | None = None,
        untold: frozenset[Cell] = frozenset(),
    ) -> None:
        self.library, self._effort, self._in_doubt = library, effort, untold
        self.findings = tuple(findings)
        self.origins = tuple(range(len(self.findings)) if origins is None else origins)
        self._indexes: dict[Place, list[int]] = {}
        self._by_code: dict[str, list[Place]] = {}
        for index, one in enumerate(self.findings):
            place = (one.check.code, one.at)
            self._indexes.setdefault(place, []).append(index)
            self._by_code.setdefault(one.check.code, []).append(place)

    def of(self, corrections: Iterable[Correction], among: Iterable[str] | None = None) -> TrialOutcome:
        """What becomes of the findings with these corrections made. `among` are the codes to run again where it is
        enough to know what goes; without it every check is that they bear on, so that what is new is known too.
        """
        made = tuple(corrections)
        with on_trial(self.library, made) as library:
            return self._judged(made, library, among)

    def after(self, corrections: Iterable[Correction]) -> "tuple[Trial, TrialOutcome]":
        """The books with these corrections made, to try others on, and what became of the findings."""
        made = tuple(corrections)
        library = corrected(self.library, made)
        verdict = self._judged(made, library, None)
        kept = [index for index in range(len(self.findings)) if index not in verdict.gone]
        findings = [*(self.findings[index] for index in kept), *verdict.added]
        origins = [*(self.origins[index] for index in kept), *([-1] * verdict.new)]
        untold = self._in_doubt.union(*(correction.untold for correction in made))
        return Trial(library, findings, self._effort, origins, untold), verdict

    def _judged(self, made: tuple[Correction, ...], library: Library, among: Iterable[str] | None) -> TrialOutcome:
        codes = None if among is None else frozenset(among)
        checks = [one for one in bearing(made) if codes is None or one.code in codes]
        self._effort.spend_on_checks(library, checks)
        came_to = [standing(library, check) for check in checks]
        self._effort.spend_on_findings(came_to, len(self.findings))
        found = [(outcome.check, one) for outcome in came_to for one in outcome.found]
        left = Counter((check.code, one.at) for check, one in found)
        gone: set[int] = set()
        for check in checks:
            for place in dict.fromkeys(self._by_code.get(check.code, ())):
                indexes = self._indexes[place]
                gone.update(indexes[left[place] :])
                left[place] -= len(indexes)
        untold = [cell for correction in made for cell in correction.untold]
        is_settled, is_in_doubt = _OfUntold(library, untold), _OfUntold(library, self._in_doubt.union(untold))
        gone.update(index for index, one in enumerate(self.findings) if is_settled(one.check, cells_of(one)))
        surplus = ((check, one) for check, one in reversed(found) if _is_surplus(left, (check.code, one.at)))
        blanks = _lines_to_fill(made, self.library, library)
        added = tuple(
            finding_of(library, check, one)
            for check, one in surplus
            if blanks.isdisjoint(cell[:2] for cell in (one.at, *one.see_also))
            and not is_in_doubt(check, (one.at, *one.see_also))
        )
        return TrialOutcome(frozenset(gone), added)


class _OfUntold:
    """Tells findings about cells of which it is known that they are wrong, but not what they should say: those that
    name their lines, and of a column in doubt from top to bottom all.
    """

    def __init__(self, library: Library, untold: Collection[Cell]) -> None:
        self._fields: dict[tuple[type[Any], int], set[str]] = {}
        for at in untold:
            self._fields.setdefault(at[:2], set()).add(at.field)
        columns = Counter((cell.row_type, cell.field) for cell in untold)
        self._whole = [
            column for column, cells in columns.items() if cells * _OF >= len(library[column[0]]) * _NEARLY_ALL
        ]

    def __call__(self, check: Check, cells: Iterable[Cell]) -> bool:
        """Whether a finding of the check that names the cells is of them."""
        if not self._fields:
            return False
        return any(_looks_at(check, *column) for column in self._whole) or any(
            not self._fields.get(at[:2], _NONE).isdisjoint(check.looks_at.get(at.row_type, ())) for at in cells
        )


class Course:
    """Corrections one after the other, each tried on the books as those before it leave them."""

    def __init__(self, library: Library, report: Report, effort: Effort) -> None:
        self.trial = Trial(library, report.findings, effort)
        self.effort = effort
        self.complete = True
        self._explained = frozenset(index for index, one in enumerate(report.findings) if one.explained)
        self._found: list[Cause] = []
        self._sound = 0

    def lines_found(self) -> dict[type[Any], set[int]]:
        """By sheet, the lines that the open findings name."""
        cells = (cell for one in self.open_findings().values() for cell in cells_of(one))
        by_sheet = gathered((cell.row_type, cell.line) for cell in cells)
        return {row_type: set(lines) for row_type, lines in by_sheet.items()}

    def open_findings(self) -> dict[int, Finding]:
        """The findings to look for a cause of, by their place among those of the trial: without one, not explained by
        差异说明, no mere hint of what was in order on its day, nor of how a cell is written that says what it should,
        no book not brought back, no formula without its result, nor what most lines of a column have in common.
        """
        return {
            index: self.trial.findings[index]
            for index, origin in enumerate(self.trial.origins)
            if origin not in self._explained
            and not any(
                is_no_slip(self.trial.findings[index])
                for is_no_slip in (_was_in_order, _is_of_no_pen, is_of_writing, _is_habit)
            )
        }

    def accept(
        self,
        corrections: Sequence[Correction],
        others: Sequence[Sequence[Correction]] = ((),),
        at_least: int = 1,
        shared: Sequence[frozenset[int]] | None = None,
        tolerates: int = 0,
        guesses: Collection[Correction] = (),
    ) -> bool:
        """Make the corrections if together they settle so many findings and make no more than so many new ones.
        `shared` says for each which findings are its own; what is nobody's goes to the first. Of `guesses` many others
        are as likely: they settle what they settle, and are not named.
        """
        after, verdict = self.trial.after(corrections)
        origins = [self.trial.origins[index] for index in verdict.gone]
        settled = {origin for origin in origins if origin >= 0 and origin not in self._explained}
        if len(settled) < at_least or verdict.new > tolerates:
            after.library.forget()
            return False
        own = [frozenset(self.trial.origins[index] for index in one) & settled for one in shared or ()]
        left = settled.difference(*own) if own else settled
        for index, correction in enumerate(corrections):
            # What takes a guess as well is settled by nothing that is named.
            explains = (own[index] if own else frozenset()) | (left if index == 0 and not guesses else frozenset())
            # What settles nothing by itself is worth a word only where it takes two to settle something.
            if explains and correction not in guesses:
                self._found.append(Cause(correction, tuple(sorted(explains)), tuple(others[index])))
        self.trial = after
        if all(origin >= 0 for origin in after.origins):
            self._sound = len(self._found)
        return True

    def best_of(self, likely: Iterable[Correction]) -> list[Correction]:
        """Those that settle most by themselves and make nothing new, in their order."""
        tried = [(self.trial.of([one]), one) for one in likely]
        sound = [(len(outcome.gone), one) for outcome, one in tried if not outcome.new]
        most = max((settles for settles, _ in sound), default=0)
        return [one for settles, one in sound if settles == most]

    def outcome(self) -> Causes:
        """The causes, those that settle most first. One that made something new which no other settled is none. They
        are complete, too, where nothing is left to look for.
        """
        ranked = sorted(self._found[: self._sound], key=lambda cause: -len(cause.explains))
        return Causes(tuple(ranked), self.complete or not self.open_findings())


def is_of_writing(finding: Finding) -> bool:
    """Whether it is a hint of how a cell is written that says what it should."""
    return finding.severity is Severity.HINT and finding.check.code in _OF_WRITING


def _is_habit(finding: Finding) -> bool:
    """Whether it stands for most lines of a column."""
    return any(isinstance(fact, Alike) and fact.is_habit for fact in finding.facts.values())


def _was_in_order(finding: Finding) -> bool:
    """Whether it is a hint of how many came to what is over, or of a due date stamped before a day off was known."""
    of_what = (ActivityRow,) if finding.check.severity is Severity.HINT else (LoanRow,)
    return finding.severity is Severity.HINT and finding.at.row_type in of_what


def _is_of_no_pen(finding: Finding) -> bool:
    return finding.check.code in _OF_NO_PEN


def _is_surplus(left: Counter[Place], place: Place) -> bool:
    """Whether it is one more at its place than there was; it is counted off."""
    left[place] -= 1
    return left[place] >= 0


def _lines_to_fill(made: Collection[Correction], before: Library, after: Library) -> set[tuple[type[Any], int]]:
    """The rows added, and those changed, of which the books do not tell all: what is amiss with them is known."""
    edits = (edit for correction in made for edit in correction.edits)
    kinds = {type(edit.row) for edit in edits if isinstance(edit, Addition) and edit.unknown}
    added = {
        (kind, line)
        for kind in kinds
        for line in {row.line for row in after[kind]}.difference(row.line for row in before[kind])
    }
    return added.union(cell[:2] for correction in made for cell in correction.untold)


def bearing(corrections: tuple[Correction, ...]) -> list[Check]:
    """The checks that read anything the corrections touch, in the order of all."""
    parts = {_part(edit) for correction in corrections for edit in correction.edits}
    parts.update((cell.row_type, cell.field) for correction in corrections for cell in correction.untold)
    on = {check.code for row_type, field in parts for check in _checks_on(row_type, field)}
    return [check for code, check in CHECKS.items() if code in on]


def _part(edit: Edit) -> tuple[type[Any], str | None]:
    """The sheet and column an edit touches, None for a whole row."""
    return (edit.at.row_type, edit.at.field) if isinstance(edit, Change) else (type(edit.row), None)


def _checks_on(row_type: type[Any], field: str | None) -> tuple[Check, ...]:
    key = (row_type, field)
    if key not in _KNOWN:
        _KNOWN[key] = tuple(check for check in CHECKS.values() if _looks_at(check, row_type, field))
    return _KNOWN[key]


def _looks_at(check: Check, row_type: type[Any], field: str | None) -> bool:
    if not check.looks_at:
        # Entries as such stay as they are; only what has not come yet is seen from the values.
        dated = field is None or row_type is SettingRow or SHEETS[row_type].by_name[field].kind is Kind.DATE
        return check.code in _OF_DAYS and dated
    # Settings are read through the school.
    if row_type is SettingRow:
        return True
    names = check.looks_at.get(row_type)
    return names is not None and (field is None or field in names)
