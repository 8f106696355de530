"""From findings to their causes: what to correct, what that settles, what else it might be."""

from collections.abc import Iterable, Iterator
from time import thread_time

from schoollib_xl.causes.balance import Balance, Vector
from schoollib_xl.causes.batches import batch_proposals
from schoollib_xl.causes.cause import Cause, Causes
from schoollib_xl.causes.copies import CopyProposals, absent_numbers
from schoollib_xl.causes.correction import Correction
from schoollib_xl.causes.figures import figure_proposals, repeated_classes
from schoollib_xl.causes.many import causes_of_many
from schoollib_xl.causes.proposal import Proposal
from schoollib_xl.causes.search import Solution, solutions
from schoollib_xl.causes.trial import Trial
from schoollib_xl.causes.withdrawals import WithdrawalProposals
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# After so many seconds the findings are shown as they are, with a line that says so: nobody waits longer for advice.
# It is the time of this thread, so that what is found does not hang on what else the machine does.
TIME_LIMIT = 3.0
# So many sets of corrections are tried on the books before the arithmetic is given up.
_TRIED = 4
_MOST_OTHERS = 4


def causes_of(library: Library, report: Report, seconds: float = TIME_LIMIT) -> Causes:
    """The fewest corrections that would settle what the report found."""
    deadline = thread_time() + seconds
    trial = Trial(library, report.findings)
    found: list[Cause] = []
    complete = True
    if _can_be_summed(library):
        found, complete = _of_arithmetic(library, report.findings, trial, deadline)
    settled = frozenset(index for cause in found for index in cause.explains)
    open_ = frozenset(range(len(report.findings))) - settled
    found += causes_of_many(library, report.findings, open_, trial, deadline)
    ranked = sorted(found, key=lambda cause: -len(cause.explains))
    return Causes(tuple(ranked), complete and thread_time() < deadline)


_SUMMED = (SummaryRow, AccessionRow, WithdrawalRow, ClassificationRow)


def _can_be_summed(library: Library) -> bool:
    """Whether the books that are summed have every column the sums are made of."""
    return all(
        library[kind].has(field.name)
        for kind in _SUMMED
        if library[kind].present
        for field in library[kind].declared.fields
        if field.required
    )


def _of_arithmetic(
    library: Library, findings: tuple[Finding, ...], trial: Trial, deadline: float
) -> tuple[list[Cause], bool]:
    cells = [cell for one in findings for cell in (one.at, *one.see_also)]
    suspects = frozenset(cell.line for cell in cells if cell.row_type is AccessionRow)
    balance = Balance(library, suspects)
    absent = absent_numbers(balance, _rows(library, findings))
    days = [one.at.line for one in findings if one.at.row_type is SummaryRow and one.at.field == "registered_on"]
    misdated: Vector = {("day", line): 1 for line in days}
    off: Vector = balance.off | {("absent", number): 1 for number in absent}
    if not off:
        return [], True
    copies, withdrawals = CopyProposals(balance, absent), WithdrawalProposals(balance)

    whole_batches = batch_proposals(balance, misdated)
    # A day in doubt is to be explained only where a batch's own rows say another one.
    off |= {key: -amount for one in whole_batches for key, amount in one.effect.items() if key[0] == "day"}

    def propose(left: Vector) -> Iterator[Proposal]:
        yield from whole_batches
        yield from figure_proposals(balance, left)
        yield from repeated_classes(balance, left)
        yield from copies(left)
        yield from withdrawals(left)

    ranked, complete = solutions(off, propose, deadline)
    return _best(ranked, trial, findings), complete


def _rows(library: Library, findings: tuple[Finding, ...]) -> Iterator[object]:
    for one in findings:
        row = library[one.at.row_type].row_at(one.at.line)
        if row is not None:
            yield row


def _best(ranked: list[Solution], trial: Trial, findings: tuple[Finding, ...]) -> list[Cause]:
    """The first set that settles something and makes nothing new; else the one that settles most."""
    codes = {one.check.code for one in findings}
    for solution in ranked[:_TRIED]:
        if not solution.corrections:
            continue
        verdict = trial.of(solution.corrections)
        if verdict.gone and not verdict.new:
            return list(_shared_out(solution, verdict.gone, ranked, trial, codes))
    return []


def _shared_out(
    solution: Solution, gone: frozenset[int], ranked: list[Solution], trial: Trial, codes: set[str]
) -> Iterator[Cause]:
    """What each correction settles; what only all of them settle together goes to the first."""
    corrections = solution.corrections
    if len(corrections) == 1:
        yield Cause(corrections[0], tuple(sorted(gone)), _others(solution, corrections[0], ranked))
        return
    own = [trial.of([one], codes).gone & gone for one in corrections]
    left = gone - frozenset().union(*own)
    for index, (correction, settled) in enumerate(zip(corrections, own, strict=True)):
        # What settles nothing by itself is worth a word only where it takes two to settle something.
        if explains := settled | left if index == 0 else settled:
            yield Cause(correction, tuple(sorted(explains)), _others(solution, correction, ranked))


def _others(solution: Solution, correction: Correction, ranked: Iterable[Solution]) -> tuple[Correction, ...]:
    """Corrections that would do as well in this one's place."""
    rest = frozenset(solution.corrections) - {correction}
    found: dict[Correction, None] = {}
    for other in ranked:
        instead = frozenset(other.corrections) - rest
        if len(instead) == 1 and len(other.off) <= len(solution.off) and correction not in instead:
            found.update(dict.fromkeys(instead))
    return tuple(found)[:_MOST_OTHERS]
