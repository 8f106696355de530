"""The periods of 分类统计账: which lines belong together, and which period follows which."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS

_HALF = Decimal("0.5")
# A letter with the word or the name of its class behind it.
_NAMED_LETTER = r"([A-Z])[\s、.．:：（(—-]*[\u4e00-\u9fff].*"
Measure = Literal["copies", "value"]
Part = Literal["opening", "added", "removed", "closing"]
# Lines with the same dates from this many on are a period of their own; fewer may be slips of the pen.
_MOST_CLASSES = (len(CLASS_LETTERS) + 1) // 2


class Span(NamedTuple):
    """First and last day of a period, both included."""

    starts_on: date
    ends_on: date


class ClassPeriod:
    """The lines of one period, by line. A line with one date amiss, whose class the period lacks, belongs to
    it too. `incomplete` are the unreadable lines that may belong here.
    """

    def __init__(
        self,
        span: Span,
        rows: tuple[ClassificationRow, ...],
        incomplete: tuple[IncompleteRow, ...],
        previous: "ClassPeriod | None",
    ) -> None:
        self.span, self.rows, self.incomplete, self.previous = span, rows, incomplete, previous

    @cached_property
    def by_class(self) -> dict[str, ClassificationRow]:
        """The first line of each of the 22 classes."""
        found: dict[str, ClassificationRow] = {}
        for row in self.rows:
            if letter_of(row) in CLASS_LETTERS:
                found.setdefault(letter_of(row), row)
        return found

    @property
    def strays(self) -> list[ClassificationRow]:
        """Lines whose dates are not the period's."""
        return [row for row in self.rows if span_of(row) != self.span]

    @property
    def missing(self) -> tuple[str, ...]:
        """Classes without a line, incomplete lines taken for what they say."""
        incomplete = {_letter_in(str(line.values.get("class_letter") or "")) for line in self.incomplete}
        return tuple(letter for letter in CLASS_LETTERS if letter not in self.by_class and letter not in incomplete)

    @property
    def complete(self) -> bool:
        """Whether every class stands here exactly once and every line could be read."""
        return not self.incomplete and len(self.rows) == len(self.by_class) == len(CLASS_LETTERS)

    @property
    def days_twice(self) -> int:
        """How many days the period shares with the one before it; 0 where it begins on the day that one ended."""
        shared = (self.previous.span.ends_on - self.span.starts_on).days if self.previous else 0
        return shared + 1 if shared > 0 else 0

    @property
    def counts_from(self) -> date:
        """The first day whose movements belong to the period: the day after the previous one ended, so that
        what moved between two periods (the winter holiday) is in one of them.
        """
        return self.previous.span.ends_on + timedelta(days=1) if self.previous else self.span.starts_on


def uncounted_term(library: Library) -> Term | None:
    """The term that is over and that no line of 分类统计账 reaches, although earlier ones were counted; None where
    there is none, or where a line that could not be read may be about it.
    """
    table, term = library[ClassificationRow], library.school.term
    if term is None or library.as_of < term.end or not table.rows or table.incomplete:
        return None
    return None if any(max(span_of(row)) >= term.start for row in table) else term


def class_periods(library: Library) -> tuple[ClassPeriod, ...]:
    """The periods by date, each knowing the one before it; periods may be nested (two terms and a year)."""
    table = library[ClassificationRow]
    periods: list[ClassPeriod] = []
    for span, rows in sorted(_grouped(list(table)).items()):
        # Many a school begins a period on the day on which it ended the last one.
        ended = [period for period in periods if period.span.ends_on <= span.starts_on]
        previous = max(ended, key=lambda period: period.span.ends_on, default=None)
        if previous is None or (span.starts_on - previous.span.ends_on).days > 1:
            previous = next((period for period in periods if _run_into(period.span, span)), previous)
        incomplete = tuple(line for line in table.incomplete if _may_belong(line, span))
        periods.append(ClassPeriod(span, tuple(sorted(rows, key=lambda row: row.line)), incomplete, previous))
    return tuple(periods)


def _run_into(one: Span, other: Span) -> bool:
    """Whether a period goes on into the next for the smaller part of both: a slip in a date. A calendar year holds
    more than half of a term, and a school year all of it.
    """
    shared = (one.ends_on - other.starts_on).days
    lengths = ((span.ends_on - span.starts_on).days for span in (one, other))
    return one.starts_on < other.starts_on < one.ends_on < other.ends_on and shared * 2 < min(lengths)


def letter_of(row: ClassificationRow) -> str:
    """The class letter, upper case, of what schools write about it: i, I类, I 文学."""
    return _letter_in(row.class_letter)


def _letter_in(text: str) -> str:
    plain = text.strip().upper()
    named = re.fullmatch(_NAMED_LETTER, plain) if len(plain) > 1 else None
    return named[1] if named else plain


def span_of(row: ClassificationRow) -> Span:
    """The dates on the line."""
    return Span(row.starts_on, row.ends_on)


def stated(row: ClassificationRow, part: Part, measure: Measure) -> int | Decimal:
    """A figure as it stands on the line."""
    figure: int | Decimal = getattr(row, f"{part}_{measure}")
    return figure


def reckoned_closing(row: ClassificationRow, measure: Measure) -> int | Decimal:
    """期初 + 增加 − 减少 of the line."""
    opening, added, removed = (stated(row, part, measure) for part in ("opening", "added", "removed"))
    return opening + added - removed


def adds_up(row: ClassificationRow, measure: Measure) -> bool:
    """Whether the line's closing figure follows from the three before it."""
    return stated(row, "closing", measure) == reckoned_closing(row, measure)


def is_rounded(library: Library, part: Part, figure: int | Decimal, counted: int | Decimal, figures: int = 1) -> bool:
    """Whether a sum of money is the one that was counted, in a column that is kept in whole yuan: the figure, or each
    of those that it was added up of, is rounded, or its cents were left off.
    """
    is_near = bool(counted % 1) and -_HALF * figures <= counted - figure < figures
    return is_near and not any(money % 1 for money in library[ClassificationRow].distinct(f"{part}_value"))


def _grouped(rows: list[ClassificationRow]) -> dict[Span, list[ClassificationRow]]:
    groups = grouped(sorted(rows, key=lambda row: row.line), span_of)
    periods = {span: list(found) for span, found in groups.items() if len(found) >= _MOST_CLASSES}
    full = tuple(periods)
    for span, found in groups.items():
        for row in found if span not in full else ():
            homes = [one for one in full if _lost_from(periods[one], one, row)]
            home = min(homes, key=lambda one: _days_apart(one, span), default=span)
            periods.setdefault(home, []).append(row)
    return periods


def _lost_from(held: list[ClassificationRow], span: Span, row: ClassificationRow) -> bool:
    """Whether the period lacks the line's class and shares one of its dates: the other is a slip."""
    shares_a_date = row.starts_on == span.starts_on or row.ends_on == span.ends_on
    return shares_a_date and letter_of(row) not in map(letter_of, held)


def _days_apart(span: Span, other: Span) -> int:
    return sum(abs((a - b).days) for a, b in zip(span, other, strict=True))


def _may_belong(line: IncompleteRow, span: Span) -> bool:
    said = (line.values.get("starts_on"), line.values.get("ends_on"))
    return all(mine is None or mine == theirs for mine, theirs in zip(said, span, strict=True))
