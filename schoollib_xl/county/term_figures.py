"""What a term came to in one school, as far as a record tells it: what could be reached yet nobody asks of a county."""

from collections.abc import Sequence
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.classes import SchoolClass, school_classes
from schoollib_xl.quotas.indicator import Indicator
from schoollib_xl.quotas.indicators import indicators_of
from schoollib_xl.quotas.obligation import Obligation, TermBooks, obligation, term_books
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
        _borrowed(books, classes),
        tuple(ClassTerm(one, _borrowed(books, [one])) for one in classes),
        outcomes(library, books, None, known),
        known,
    )


def _borrowed(books: TermBooks | None, classes: Sequence[SchoolClass]) -> Obligation:
    if books is not None:
        return obligation(books, classes)
    known = [one.pupils for one in classes if one.pupils is not None]
    return Obligation(pupils=sum(known) if known else None)
