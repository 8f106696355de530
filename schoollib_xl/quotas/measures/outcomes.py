"""任务指标 against what was done: every promised figure with what the ledgers record of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction

from schoollib_xl.ledgers.completeness import may_lack
from schoollib_xl.ledgers.grades import ALL_GRADES, grade_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.quotas.basis.classes import SchoolClass, nameless_classes, school_classes
from schoollib_xl.quotas.basis.period import Period, school_year
from schoollib_xl.quotas.borrowing.obligation import TermBooks, term_books
from schoollib_xl.quotas.borrowing.tally import uncounted_lines
from schoollib_xl.quotas.borrowing.targets import BORROWING, Target, targets
from schoollib_xl.quotas.measures.holding_indicators import acquired_in_term
from schoollib_xl.quotas.measures.indicator import Indicator, SourceColumns
from schoollib_xl.quotas.measures.indicators import indicators_of
from schoollib_xl.quotas.measures.lending_indicators import copies_per_pupil, least_copies, visits_per_pupil
from schoollib_xl.quotas.turns.feasibility import Judge
from schoollib_xl.quotas.turns.turns_taken import as_it_went
from schoollib_xl.quotas.turns.verdict import Feasibility
from schoollib_xl.rules.target_names import LESS_IS_BETTER, TargetName, activity_of
from schoollib_xl.rules.target_spans import YEARLY, TargetSpan

_LENDING = {
    TargetName.COPIES_PER_PUPIL.value: copies_per_pupil,
    TargetName.VISITS_PER_PUPIL.value: visits_per_pupil,
    TargetName.LEAST_COPIES.value: least_copies,
}


class Stage(Enum):
    """Where the term stands that makes up a figure: its days are not known; to come; under way, as for all that holds
    at any time; over.
    """

    UNKNOWN = auto()
    TO_COME = auto()
    RUNNING = auto()
    OVER = auto()


@dataclass(frozen=True)
class TargetOutcome:
    """One target with its figure. `indicator` is None where nothing records it. `verdicts` are those of the
    classes in its scope that have not reached it yet, empty for what is not borrowed; `is_feasible` is None where it
    cannot be judged; of a target for the year, `goes_on` says that a term of it is still to come. A mean that
    `lacks_pupils`, those of a class it is asked of, is none that a promise could be judged by. `is_unread` says that
    there is no figure although there are records: a line of theirs cannot be read.
    """

    target: Target
    indicator: Indicator | None
    verdicts: tuple[Feasibility, ...]
    is_feasible: bool | None
    stage: Stage = Stage.RUNNING
    goes_on: bool = False
    lacks_pupils: bool = False
    is_unread: bool = False

    @property
    def actual(self) -> int | Decimal | None:
        return self.indicator.value if self.indicator else None

    @property
    def is_reached(self) -> bool:
        """Whether the exact figure, not the rounded one, is at least the target; of what is better the less it is,
        at most.
        """
        return self.target.is_sound and not self.lacks_pupils and _reaches(self.indicator, self.target)

    @property
    def is_open(self) -> bool:
        """Whether it is not reached and not yet due either."""
        return self.goes_on and not self.is_reached

    @property
    def is_missed(self) -> bool:
        """Whether its figure is known, falls short, and will not change any more."""
        return self.actual is not None and not (self.lacks_pupils or self.is_reached or self.is_open)

    @property
    def hindered(self) -> tuple[Feasibility, ...]:
        """The verdicts of the classes that cannot meet the target."""
        return tuple(verdict for verdict in self.verdicts if not verdict.is_feasible)


def outcomes(
    library: Library, books: TermBooks | None, judge: Judge | None, known: Sequence[Indicator]
) -> tuple[TargetOutcome, ...]:
    """Every row of 任务指标 with its figure, as far as there is one. A target is feasible where it is reached, or
    every class it is for could meet it or has.
    """
    by_name = {indicator.name: indicator for indicator in known if indicator.name not in BORROWING}
    goes_on = books is not None and not books.period.term.ends_year
    year = library.year_begins.year
    sizes = [(one.grade, one.pupils, grade_of(one.name, year)) for one in school_classes(library)]
    sizes += [(line.values.get("grade"), None, None) for line in nameless_classes(library)]
    found = [_outcome(library, books, judge, by_name, target) for target in targets(library)]
    return tuple(
        replace(
            outcome,
            goes_on=goes_on and outcome.target.span is TargetSpan.YEAR,
            stage=_stage(library.as_of, books, outcome.target),
            lacks_pupils=outcome.target.is_per_pupil and any(_lacks(*size, outcome.target) for size in sizes),
            is_unread=_is_unread(library, books, outcome),
        )
        for outcome in found
    )


def _lacks(grade: int | None, pupils: int | None, named: int | None, target: Target) -> bool:
    """Whether a class may be one the target is asked of, and nobody can say with how many pupils; without a grade its
    name may tell that it is not: 学前班.
    """
    asked = target.grades or ALL_GRADES
    if grade is None and asked != ALL_GRADES:
        return named is None or named in asked
    return pupils is None and (grade is None or grade in asked)


def _is_unread(library: Library, books: TermBooks | None, outcome: TargetOutcome) -> bool:
    """Whether what keeps a figure from being given is a line that lacks something it is worked out from."""
    if books and books.unread_loans and outcome.target.name in BORROWING and outcome.actual is None:
        return True
    sources = outcome.indicator.source if outcome.indicator and outcome.actual is None else ()
    return any(library[source.row_type].seen_by(source.fields).incomplete for source in sources)


def _stage(day: date, books: TermBooks | None, target: Target) -> Stage:
    if books is None:
        return Stage.UNKNOWN
    term = books.period.term
    if day in term or not target.grows_in_term:
        return Stage.RUNNING
    return Stage.TO_COME if day < term.start else Stage.OVER


def _outcome(
    library: Library,
    books: TermBooks | None,
    judge: Judge | None,
    known: Mapping[str, Indicator],
    target: Target,
) -> TargetOutcome:
    if not target.is_counted:
        return TargetOutcome(target, None, (), None)
    if target.name not in BORROWING:
        return TargetOutcome(target, _measured(library, books.period if books else None, known, target), (), True)
    if target.span is TargetSpan.YEAR:
        return TargetOutcome(target, _of_the_year(library, books, target), (), None)
    classes = _in_scope(books, target)
    indicator = _lent(books, classes, target)
    told = _unless_unread(library, books, classes, indicator, target)
    if judge is None or not target.is_sound or not target.is_own:
        return TargetOutcome(target, told, (), None)
    asked = (books.governing_targets() if books else {}) | {school_class.name: target for school_class in classes}
    if _reaches(indicator, target):
        return TargetOutcome(target, told, (), True)
    found = as_it_went(library, judge.verdicts(asked), judge, books)
    short = [one for one in classes if not _reaches(_lent(books, [one], target), target)]
    verdicts = tuple(found[one.name] for one in short if one.name in found)
    is_feasible = all(verdict.is_feasible for verdict in verdicts)
    is_judged = all(one.name in found for one in short if one.pupils)
    return TargetOutcome(target, told, verdicts, is_feasible if is_judged or not is_feasible else None)


def _unless_unread(
    library: Library,
    books: TermBooks | None,
    classes: Sequence[SchoolClass],
    indicator: Indicator | None,
    target: Target,
) -> Indicator | None:
    """The figure; none where it falls short and the lines of loans that cannot be counted may make up for it, or where
    there are such lines and no others.
    """
    if indicator is None or books is None or _reaches(indicator, target) or target.value is None:
        return indicator
    unread = uncounted_lines(library, books.period.window)
    if not unread:
        return indicator
    is_told = books.counted is None or books.counted.of_pupils
    may_do = not is_told or _lacking(books, classes, indicator, target.value) <= unread
    return replace(indicator, numerator=None) if may_do else indicator


def _lacking(books: TermBooks, classes: Sequence[SchoolClass], indicator: Indicator, wanted: Decimal) -> Fraction:
    """How many more loans would have been enough."""
    if indicator.denominator is not None:
        return Fraction(wanted) * indicator.denominator - Fraction(indicator.numerator or 0)
    pupils = books.pupils_in(classes) or ()
    lent = books.counted.copies_by_pupil if books.counted else Counter[str]()
    return sum((max(Fraction(0), Fraction(wanted) - lent[pupil.reader_no]) for pupil in pupils), Fraction(0))


def _lent(books: TermBooks | None, classes: Sequence[SchoolClass], target: Target) -> Indicator | None:
    """What some classes have borrowed of what is asked of them."""
    return _LENDING[target.name](books, classes) if books and books.counted is not None and classes else None


def _reaches(indicator: Indicator | None, target: Target) -> bool:
    exact, value = indicator.exact if indicator else None, target.value
    if exact is None or value is None:
        return False
    return exact <= Fraction(value) if target.name in LESS_IS_BETTER else exact >= Fraction(value)


def _measured(
    library: Library, span: Period | None, known: Mapping[str, Indicator], target: Target
) -> Indicator | None:
    """What is not borrowed by pupils, over the time the target is asked."""
    if target.name not in known:
        return activities_held(library, span, target)
    if span is None or target.is_of_shown:
        is_of_year_before = span is not None and span.cut_off < _school_year(library, span).term.start
        if is_of_year_before and target.name in YEARLY:
            return replace(known[target.name], numerator=None)
        return known[target.name] if target.is_of_shown else None
    if target.name in YEARLY:
        return acquired_in_term(library, span)[target.name]
    [whole] = (one for one in indicators_of(library, _school_year(library, span)) if one.name == target.name)
    return replace(whole, base="本学年", definition=whole.definition.replace("本学期", "本学年"))


def _school_year(library: Library, span: Period) -> Period:
    """The school year of a term up to its cut-off; before its first day it is empty, not the year before."""
    return Period(Term(school_year(library, max(span.cut_off, span.term.start)).start, span.term.end), span.cut_off)


def _of_the_year(library: Library, books: TermBooks | None, target: Target) -> Indicator | None:
    """A mean over the school year up to the cut-off."""
    if books is None:
        return None
    whole = term_books(library, _school_year(library, books.period))
    classes = _in_scope(whole, target)
    if whole.counted is None or not classes:
        return None
    return replace(_LENDING[target.name](whole, classes), base="本学年")


def _in_scope(books: TermBooks | None, target: Target) -> list[SchoolClass]:
    if books is None or target.grades is None:
        return []
    return [school_class for school_class in books.classes if school_class.grade in target.grades]


def activities_held(library: Library, span: Period | None, target: Target) -> Indicator | None:
    """How often something was done in the term, or in the school year where the unit says 年. None where the
    target is not counted in times.
    """
    if span is None or activity_of(target.name) is None:
        return None
    rows = activity_rows(library, span, target)
    done = None if rows is None else len(rows)
    definition = f"活动记录中类别为“{activity_of(target.name)}”的次数。"
    sources = (SourceColumns(ActivityRow, ("held_on", "kind")),)
    return Indicator(target.name, done, None, target.unit, definition, sources, span.cut_off)


def activity_rows(library: Library, span: Period | None, target: Target) -> list[ActivityRow] | None:
    """What was done towards a target counted in times, by day; None where it is not counted or nobody knows."""
    if span is None or activity_of(target.name) is None:
        return None
    window = _school_year(library, span).window if target.span is TargetSpan.YEAR else span.window
    return activities_between(library, target.name, window)


def activities_between(library: Library, name: str, window: Term) -> list[ActivityRow] | None:
    """What was done on some days that the name of a target counts, by day; None where 活动记录 has nothing at all of
    days that are there, which says nothing of what was done, or a line that may be one of them cannot be read.
    """
    kind, table = activity_of(name), library[ActivityRow].seen_by({"held_on", "kind"})
    if any(line.values.get("kind") in (None, kind) for line in table.incomplete) and may_lack(table, "held_on", window):
        return None
    held = [row for row in table if row.held_on in window]
    rows = [row for row in held if row.kind == kind]
    return sorted(rows, key=lambda row: (row.held_on, row.line)) if held or window.end < window.start else None
