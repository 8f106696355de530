"""Days of nearly all loans at odds with 借阅规则 in one way: a formula in the whole column, days of lending a day off
throughout, or several rules written otherwise together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.rules.lending import LoanTerms

# Of the loans to persons so many parts must be at odds, and so many of these in one way, for all to be.
_OFF, _OF = 3, 5
_ALIKE, _PARTS = 4, 5
# A column drawn or pasted with another first day is a day off on every line.
_DAYS_OFF = (timedelta(1), timedelta(-1))
# To reckon the due date of one loan takes as long as looking at so many rows.
_EACH_LOAN = 20


def loan_columns_amiss(course: Course) -> None:
    """Name what settles most of the loans at odds, the rules where they settle as much as a column; what settles nearly
    as much is said too.
    """
    library, open_ = course.trial.library, course.open_findings()
    lines = {one.at.line for one in open_.values() if one.at.row_type is LoanRow}
    if not lines:
        return
    loans = [loan for loan in library[LoanRow] if loan.is_personal and loan.due_on]
    if len(lines) * _OF < len(loans) * _OFF or not loans:
        return
    course.effort.spend(_EACH_LOAN * len(loans))
    terms = library.derive(LoanTerms)
    off = [loan for loan in loans if terms.known_due_on(loan) not in (None, loan.due_on)]
    # Due by the rule alone, what is at odds is 校历 or 开放时间.
    if sum(terms.unmoved(loan) != loan.due_on for loan in off) * _OF < len(loans) * _OFF:
        return
    rules = list(_rules(library, off))
    if rules and len(rules[0].edits) == 1:
        # One rule is weighed with all that may be wrong instead of it.
        return
    tried = [(course.trial.of([one]), one) for one in (*rules, *_columns(library, off), *_lent(library, loans))]
    ranked = sorted(
        ((len(outcome.gone & open_.keys()) - outcome.new, one) for outcome, one in tried), key=lambda pair: -pair[0]
    )
    likely = [one for won, one in ranked if won * _PARTS >= len(off) * _ALIKE]
    if likely:
        course.accept(likely[:1], [likely[1:]], at_least=len(off) // 2)


def _rules(library: Library, off: list[LoanRow]) -> Iterator[Correction]:
    """The rules of these loans with the days that most due dates of each have."""
    terms, periods = library.derive(LoanTerms), dict[LendingRule, Counter[int]]()
    for loan in off:
        rule = terms.rule(loan)
        if rule and loan.due_on and not loan.renewals:
            periods.setdefault(rule, Counter())[(loan.due_on - loan.lent_on).days] += 1
    edits = []
    for rule, days in periods.items():
        [(most, times)] = days.most_common(1)
        if times * 2 > days.total() and most > 0 and most != rule.days:
            edits.append(Change(Cell(LendingRule, rule.line, "days"), most))
    if edits:
        yield Correction(SlipKind.RULE, tuple(edits), Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost)


def _columns(library: Library, off: list[LoanRow]) -> Iterator[Correction]:
    """The due dates as the rules have them, where most were all as many days after the loan, or all are in order."""
    [(_, times)] = Counter((loan.due_on - loan.lent_on) for loan in off if loan.due_on).most_common(1)
    days = [loan.due_on for loan in off if loan.due_on]
    is_sorted = days in (sorted(days), sorted(days, reverse=True)) and len(set(days)) > 1
    slip = Slip.SAME_PERIOD if times * _PARTS >= len(off) * _ALIKE else Slip.SORTED_ALONE if is_sorted else None
    if slip:
        terms = library.derive(LoanTerms)
        edits = tuple(Change(Cell(LoanRow, loan.line, "due_on"), terms.due_on(loan)) for loan in off)
        yield Correction(SlipKind.COLUMN, edits, slip, slip.cost)


def _lent(library: Library, loans: list[LoanRow]) -> Iterator[Correction]:
    """All days of lending a day earlier or later, where most due dates then follow from them."""
    terms, fitting = library.derive(LoanTerms), defaultdict[timedelta, int](int)
    for by in _DAYS_OFF:
        fitting[by] = sum(terms.due_on(loan._replace(lent_on=loan.lent_on + by)) == loan.due_on for loan in loans)
    for by, fit in fitting.items():
        if fit * _PARTS >= len(loans) * _ALIKE:
            edits = tuple(Change(Cell(LoanRow, row.line, "lent_on"), row.lent_on + by) for row in library[LoanRow])
            yield Correction(SlipKind.COLUMN, edits, Slip.ALL_SHIFTED, Slip.ALL_SHIFTED.cost)
