"""From findings to their causes: what to correct, what that settles, what else it might be."""

from collections.abc import Iterable, Iterator

from schoollib_xl.causes.amounts import Proposal, Vector
from schoollib_xl.causes.cells.batch_again import batches_entered_again
from schoollib_xl.causes.cells.between import between_books
from schoollib_xl.causes.cells.doubled import rows_entered_again
from schoollib_xl.causes.columns.copies_slid import copies_slid
from schoollib_xl.causes.columns.counted_on import days_counted_on
from schoollib_xl.causes.columns.crosswise import words_crosswise
from schoollib_xl.causes.columns.days_exchanged import days_exchanged
from schoollib_xl.causes.columns.days_withdrawn import days_of_withdrawals
from schoollib_xl.causes.columns.due_of_others import due_dates_of_others
from schoollib_xl.causes.columns.headers_exchanged import headers_exchanged
from schoollib_xl.causes.columns.lent_on_one_day import lending_days_drawn_down
from schoollib_xl.causes.columns.misbatched import copies_misbatched
from schoollib_xl.causes.columns.misfiled import rows_misfiled
from schoollib_xl.causes.columns.misnumbered import numbers_of_others
from schoollib_xl.causes.columns.moved import cells_moved
from schoollib_xl.causes.columns.one_copy import copies_drawn_down
from schoollib_xl.causes.columns.one_word import words_drawn_down
from schoollib_xl.causes.columns.out_of_series import numbers_out_of_series
from schoollib_xl.causes.columns.prefixes import prefixes_amiss
from schoollib_xl.causes.columns.replaced import words_replaced
from schoollib_xl.causes.columns.returns import returns_amiss
from schoollib_xl.causes.columns.slid import columns_slid
from schoollib_xl.causes.columns.slid_together import numbers_and_titles_slid
from schoollib_xl.causes.columns.sorted_alone import columns_sorted
from schoollib_xl.causes.columns.told import columns_told
from schoollib_xl.causes.columns.years_off import days_years_off
from schoollib_xl.causes.correction import Causes, Correction, SlipKind
from schoollib_xl.causes.doubtful import worth_naming
from schoollib_xl.causes.effort import Effort, EffortSpentError
from schoollib_xl.causes.governed.calendar_kinds import kinds_of_calendar_amiss, openings_of_another_day
from schoollib_xl.causes.governed.classes_exchanged import classes_exchanged
from schoollib_xl.causes.governed.cut_off import cut_off_amiss
from schoollib_xl.causes.governed.loan_columns import loan_columns_amiss
from schoollib_xl.causes.governed.many import governed_rows
from schoollib_xl.causes.governed.promoted import roster_promoted
from schoollib_xl.causes.governed.rosters import rosters_amiss
from schoollib_xl.causes.sums.balance import SUMMED, Balance
from schoollib_xl.causes.sums.batches import batch_proposals
from schoollib_xl.causes.sums.copies import CopyProposals
from schoollib_xl.causes.sums.figures import figure_proposals, period_proposals, repeated_classes
from schoollib_xl.causes.sums.missing import absent_numbers
from schoollib_xl.causes.sums.scaled import money_scaled
from schoollib_xl.causes.sums.search import LEFT, Propose, Solution, solutions
from schoollib_xl.causes.sums.withdrawals import WithdrawalProposals
from schoollib_xl.causes.trial import Course, Trial
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow

# After so many rows the findings are shown as they are, with a line that says so: some three seconds of the computer
# this was measured on, and nobody waits longer for advice. Rows are counted and not seconds, so that neither a slower
# computer nor what else it does changes what is found.
MOST_LOOKED_AT = 12_000_000
_OF_SUMS = frozenset({*SUMMED, CashRow})
# So many sets of corrections are tried on the books before the arithmetic is given up.
_TRIED = 4
_MOST_OTHERS = 4
# Of more prices than this, for which the same speaks, none is likelier than a guess.
_MOST_ALIKE = 3
# What leaves two sums more unsettled than the best set of corrections is no explanation, even if that one fails.
_WORSE = 2 * LEFT


def causes_of(library: Library, report: Report) -> Causes:
    """The fewest corrections that would settle what the report found."""
    course = Course(library, report, Effort(MOST_LOOKED_AT))
    try:
        _look_for_causes(course)
    except EffortSpentError:
        course.complete = False
    causes = course.outcome()
    return causes._replace(found=worth_naming(library, causes.found, report.findings))


def _look_for_causes(course: Course) -> None:
    cut_off_amiss(course)
    kinds_of_calendar_amiss(course)
    openings_of_another_day(course)
    copies_drawn_down(course, ("accession_no", "title"))
    rows_entered_again(course)
    batches_entered_again(course)
    headers_exchanged(course)
    words_crosswise(course)
    prefixes_amiss(course)
    words_replaced(course)
    roster_promoted(course)
    classes_exchanged(course)
    words_drawn_down(course)
    days_of_withdrawals(course)
    days_counted_on(course)
    lending_days_drawn_down(course)
    due_dates_of_others(course)
    columns_sorted(course)
    columns_slid(course)
    numbers_and_titles_slid(course)
    copies_slid(course)
    numbers_out_of_series(course)
    copies_misbatched(course)
    money_scaled(course)
    columns_told(course)
    copies_drawn_down(course, ("accession_no",))
    days_years_off(course)
    days_exchanged(course)
    returns_amiss(course)
    loan_columns_amiss(course)
    cells_moved(course)
    rosters_amiss(course)
    numbers_of_others(course)
    rows_misfiled(course)
    if any(map(_may_be_of_sums, course.open_findings().values())) and _can_be_summed(course.trial.library):
        _arithmetic(course)
    tried = between_books(course, alone=True)
    governed_rows(course)
    between_books(course, tried=tried)


def _may_be_of_sums(finding: Finding) -> bool:
    """Whether its check reads a book that is summed, as that of every sum does that is off."""
    return not _OF_SUMS.isdisjoint(finding.check.reads or {finding.at.row_type})


def _can_be_summed(library: Library) -> bool:
    """Whether the books that are summed have every column the sums are made of."""
    return all(
        library[kind].has(field.name)
        for kind in SUMMED
        if library[kind].present
        for field in library[kind].declared.fields
        if field.required
    )


def _arithmetic(course: Course) -> None:
    """Name the fewest corrections that make every sum hold, where nothing new comes of them."""
    off, propose = sums_amiss(course.trial.library, course.trial.findings, course.effort)
    _take_the_best(course, solutions(off, propose, course.effort))


def sums_amiss(library: Library, findings: tuple[Finding, ...], effort: Effort) -> tuple[Vector, Propose]:
    """By how much each identity is off, and what corrections may settle how much of it."""
    cells = [cell for finding in findings for cell in (finding.at, *finding.see_also)]
    balance = Balance(library, effort, frozenset(cell.line for cell in cells if cell.row_type is AccessionRow))
    absent = absent_numbers(balance, _rows(library, findings))
    odd = _odd_prices(library, findings, balance.off)
    days = [one.at.line for one in findings if one.at.row_type is SummaryRow and one.at.field == "registered_on"]
    whole_batches = batch_proposals(balance, {("day", line): 1 for line in days})
    off: Vector = balance.off | {("absent", number): 1 for number in absent}
    off |= {("odd_price", number): 1 for number in odd}
    # A day in doubt is to be explained only where a batch's own rows say another one.
    off |= {key: -amount for one in whole_batches for key, amount in one.effect.items() if key[0] == "day"}
    copies, withdrawals = CopyProposals(balance, absent, odd), WithdrawalProposals(balance)

    whole_periods = period_proposals(balance)

    def propose(left: Vector) -> Iterator[Proposal]:
        yield from whole_batches
        yield from whole_periods
        yield from figure_proposals(balance, left)
        yield from repeated_classes(balance, left)
        yield from copies(left)
        yield from withdrawals(left)

    return off, propose


def _odd_prices(library: Library, findings: Iterable[Finding], off: Vector) -> frozenset[str]:
    """Copies that a check finds to cost otherwise than others of their title, where their batch is off in money."""
    at_odds = (one.at.line for one in findings if one.at.row_type is AccessionRow and one.at.field == "price")
    rows = (library[AccessionRow].sound_at(line) for line in at_odds)
    copies = (row for row in rows if row and ("value", row.batch_no) in off)
    return frozenset(copy.accession_no for copy in copies if library.copies[copy.accession_no] is copy)


def _rows(library: Library, findings: tuple[Finding, ...]) -> Iterator[object]:
    for finding in findings:
        row = library[finding.at.row_type].sound_at(finding.at.line)
        if row is not None:
            yield row


def _take_the_best(course: Course, parts: list[list[Solution]]) -> None:
    """Of every part of the books the first set that settles something and makes nothing new."""
    firsts = [(_settling_most(course, ranked), ranked) for ranked in parts if ranked]
    if len(firsts) > 1 and _accepted(course, firsts):
        return
    for first, ranked in firsts:
        as_good = [first, *(one for one in ranked[:_TRIED] if one is not first and one.price <= first.price + _WORSE)]
        any(_accepted(course, [(solution, ranked)]) for solution in as_good)


def _settling_most(course: Course, ranked: list[Solution]) -> Solution:
    """Of the likeliest sets that are as likely the one that settles most on the books: the sums leave out titles, and
    one cell that puts them right as well is better than three.
    """
    alike = [solution for solution in ranked[:_TRIED] if _standing(solution) == _standing(ranked[0])]
    if len(alike) == 1:
        return ranked[0]
    codes = {open_finding.check.code for open_finding in course.open_findings().values()}
    return max(alike, key=lambda solution: len(course.trial.of(solution.corrections, codes).gone))


def _standing(solution: Solution) -> tuple[float, int]:
    return round(solution.price, 4), len(solution.corrections)


def _accepted(course: Course, solved: list[tuple[Solution, list[Solution]]]) -> bool:
    corrections = [correction for solution, _ in solved for correction in solution.corrections]
    others = [_others(solution, one, ranked) for solution, ranked in solved for one in solution.corrections]
    guesses = [one for one, instead in zip(corrections, others, strict=True) if _is_guess(one, instead)]
    return course.accept(corrections, others, shared=_shares(course.trial, corrections), guesses=guesses)


def _is_guess(correction: Correction, others: Iterable[Correction]) -> bool:
    """Whether nothing speaks for the price of this copy rather than of several others: as likely slips make all."""
    alike = [one for one in (correction, *others) if (one.kind, one.cost) == (SlipKind.PRICE, correction.cost)]
    return correction in alike and len(alike) > _MOST_ALIKE


def _shares(trial: Trial, corrections: list[Correction]) -> list[frozenset[int]]:
    """What each correction settles by itself."""
    if len(corrections) == 1:
        return []
    codes = {finding.check.code for finding in trial.findings}
    return [trial.of([correction], codes).gone for correction in corrections]


def _others(solution: Solution, correction: Correction, ranked: Iterable[Solution]) -> tuple[Correction, ...]:
    """Corrections that would do as well in this one's place."""
    rest = frozenset(solution.corrections) - {correction}
    found: dict[Correction, None] = {}
    for other in ranked:
        instead = frozenset(other.corrections) - rest
        if len(instead) == 1 and len(other.off) <= len(solution.off) and correction not in instead:
            found.update(dict.fromkeys(instead))
    return tuple(found)[:_MOST_OTHERS]
