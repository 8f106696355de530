"""Every indicator of a term, and how it stood in the term before."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.quotas.basis.period import Period, period, period_of, previous_period
from schoollib_xl.quotas.borrowing.obligation import term_books
from schoollib_xl.quotas.measures.holding_indicators import holding_indicators
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.lending_indicators import is_unrecorded, lending_indicators


def indicators(library: Library, term: Term | None = None) -> tuple[Indicator, ...]:
    """Every figure that can be worked out, for a term (the one as_of lies in) up to its cut-off. Without a
    term only those about the holdings.
    """
    span = period_of(library, term) if term else period(library)
    return library.derive(indicators_of, span)


def indicators_of(library: Library, span: Period | None) -> tuple[Indicator, ...]:
    """Every figure of a term that can be worked out; without any, those about the holdings."""
    lending = library.derive(_lending, span) if span else ()
    return (*lending, *holding_indicators(library, span))


def _lending(library: Library, span: Period) -> tuple[Indicator, ...]:
    return tuple(lending_indicators(library, library.derive(term_books, span)))


class Comparison(NamedTuple):
    """An indicator of this term with the same of the term before."""

    now: Indicator
    before: Indicator


def comparisons(library: Library, current: Sequence[Indicator]) -> tuple[Comparison, ...]:
    """The indicators that 上学期 has as well, on record; none where 上学期 is not known. 班级 has no history: both
    terms are divided by the pupils of today.
    """
    span = previous_period(library)
    before = {one.name: one for one in _on_record(library, span)} if span else {}
    return tuple(Comparison(indicator, before[indicator.name]) for indicator in current if indicator.name in before)


def _on_record(library: Library, span: Period) -> Iterator[Indicator]:
    """The indicators of a term; of loans, those of which one is on record."""
    counted = library.derive(term_books, span).counted
    for indicator in library.derive(indicators_of, span):
        if counted is None or counted.of_pupils or not is_unrecorded(indicator, others_have=counted.of_others):
            yield indicator
