"""What a term came to in one school, as far as a record tells it: what could be reached yet nobody asks of a county."""

from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.classes import SchoolClass, school_classes
from schoollib_xl.quotas.indicator import Indicator
from schoollib_xl.quotas.indicators import indicators_of
from schoollib_xl.quotas.obligation import Obligation, obligation_of, term_books
from schoollib_xl.quotas.outcomes import TargetOutcome, outcomes
from schoollib_xl.quotas.period import Period, period


class ClassTerm(NamedTuple):
    """One class, and what it borrowed."""

    school_class: SchoolClass
    obligation: Obligation


class TermFigures(NamedTuple):
    """The figures of the term the books are judged in. `period` is None where the term is not known; then those of
    lending are missing.
    """

    period: Period | None
    school: Obligation
    classes: tuple[ClassTerm, ...]
    outcomes: tuple[TargetOutcome, ...]
    indicators: tuple[Indicator, ...]


def term_figures(library: Library) -> TermFigures:
    """Count what the term came to, as far as the workbook allows."""
    span = period(library)
    books, known = library.derive(term_books, span) if span else None, library.derive(indicators_of, span)
    classes = school_classes(library)
    return TermFigures(
        span,
        obligation_of(library, books, classes),
        tuple(ClassTerm(one, obligation_of(library, books, [one])) for one in classes),
        outcomes(library, books, None, known),
        known,
    )
