"""The course of the search: the books with what was found so far corrected, and what is still open."""

from collections.abc import Collection, Sequence

from schoollib_xl.causes.correction import Cause, Causes, Correction
from schoollib_xl.causes.trial import Trial
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library


class Course:
    """Corrections one after the other, each tried on the books as those before it leave them."""

    def __init__(self, library: Library, report: Report, deadline: float) -> None:
        self.trial = Trial(library, report.findings)
        self.deadline = deadline
        self.complete = True
        self._explained = frozenset(index for index, one in enumerate(report.findings) if one.explained)
        self._found: list[Cause] = []
        self._sound = 0

    def open_findings(self) -> dict[int, Finding]:
        """The findings without a cause by their place among those of the trial; what 差异说明 explains is none."""
        return {
            index: self.trial.findings[index]
            for index, origin in enumerate(self.trial.origins)
            if origin not in self._explained
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
            return False
        own = [frozenset(self.trial.origins[index] for index in one) & settled for one in shared or ()]
        left = settled.difference(*own) if own else settled
        for index, correction in enumerate(corrections):
            explains = (own[index] if own else frozenset()) | (left if index == 0 else frozenset())
            # What settles nothing by itself is worth a word only where it takes two to settle something.
            if explains and correction not in guesses:
                self._found.append(Cause(correction, tuple(sorted(explains)), tuple(others[index])))
        self.trial = after
        if all(origin >= 0 for origin in after.origins):
            self._sound = len(self._found)
        return True

    def outcome(self) -> Causes:
        """The causes, those that settle most first. One that made something new which no other settled is none."""
        ranked = sorted(self._found[: self._sound], key=lambda cause: -len(cause.explains))
        return Causes(tuple(ranked), self.complete)
