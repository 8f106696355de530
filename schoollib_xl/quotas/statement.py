"""The whole statement of a term's quotas: what `quota` says, shows and writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.quotas.basis.classes import SchoolClass, school_classes
from schoollib_xl.quotas.basis.period import Period, period, progress
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.quotas.basis.stock import has_nothing_to_plan
from schoollib_xl.quotas.borrowing.corners import CornerShare, corner_shares
from schoollib_xl.quotas.borrowing.obligation import Obligation, TermBooks, obligation_of, term_books
from schoollib_xl.quotas.borrowing.overdue import OverdueLoan, overdue_loans
from schoollib_xl.quotas.borrowing.pupils import PupilBorrowing, pupils_of
from schoollib_xl.quotas.borrowing.tally import Tally, uncounted_lines
from schoollib_xl.quotas.borrowing.targets import Target
from schoollib_xl.quotas.lacks import lacks_of
from schoollib_xl.quotas.measures.holdings import Holding, holdings
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.indicators import Comparison, comparisons, indicators_of
from schoollib_xl.quotas.measures.outcomes import TargetOutcome, outcomes
from schoollib_xl.quotas.turns.catch_up import CatchUp, ways_back
from schoollib_xl.quotas.turns.feasibility import Judge, judge_in
from schoollib_xl.quotas.turns.turns_taken import as_it_went, believed, together, waiting_for_turns
from schoollib_xl.quotas.turns.verdict import Feasibility
from schoollib_xl.rules.incidents import OpenIncident, open_incidents
from schoollib_xl.rules.placeholders import left_over
from schoollib_xl.rules.target_names import TargetName


@dataclass(frozen=True)
class ClassQuota:
    """One class: its obligation, its pupils, whether its target can be met, and the way back where it is
    behind.
    """

    school_class: SchoolClass
    obligation: Obligation
    pupils: tuple[PupilBorrowing, ...]
    verdict: Feasibility | None
    catch_up: CatchUp | None
    asks_mean: bool = False

    @property
    def least(self) -> Decimal | None:
        """What every single pupil must borrow; None where nothing is asked of one pupil."""
        return next((pupil.wanted for pupil in self.pupils if pupil.wanted), None)

    @property
    def has_loans_elsewhere(self) -> bool:
        """Whether its pupils have borrowed more than all the loans under its name: the others stand under another
        class, so that the figures under this name are not those of its pupils.
        """
        enough = sum(pupil.copies >= (pupil.wanted or 0) for pupil in self.pupils)
        return self.least is not None and enough * self.least > (self.obligation.loans or 0)

    @property
    def is_measured(self) -> bool:
        """Whether a number of copies is asked of the class, known or not how many it is of for want of 学生人数."""
        return self.obligation.target is not None or self.asks_mean or self.least is not None

    @property
    def only_in_room(self) -> bool:
        """Whether the class only reads in the room, so that nobody in it can have failed to borrow: 班级 says so, or
        says nothing, and its pupils, of whom no copies are asked, have only read there.
        """
        if self.school_class.lending is not None or self.is_measured:
            return self.school_class.lending is ClassLending.IN_ROOM
        return bool(self.obligation.in_room) and not self.obligation.loans


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Everything about a term's quotas. `period` is None where the term is not known; then the figures of
    lending are missing and `not_computed` says why. `school` is all classes, `measured` those that have a
    copies target: only there may figures stand beside a target. `unread_loans` is how many lines may be loans of the
    term and cannot be counted: no figure of lending has them. `unconfirmed` are the sheets with rows that are not the
    school's own.
    """

    as_of: date
    period: Period | None
    outcomes: tuple[TargetOutcome, ...]
    classes: tuple[ClassQuota, ...]
    grades: tuple[tuple[int, Obligation], ...]
    school: Obligation
    measured: Obligation
    teacher_loans: int | None
    unplaced_loans: int | None
    holdings: tuple[Holding, ...]
    indicators: tuple[Indicator, ...]
    comparisons: tuple[Comparison, ...]
    overdue: tuple[OverdueLoan, ...]
    incidents: tuple[OpenIncident, ...]
    corners: tuple[CornerShare, ...]
    not_computed: tuple[NotComputed, ...]
    unread_loans: int = 0
    unconfirmed: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the term has come to its end: what is missing now cannot be borrowed in it any more."""
        return self.period is not None and self.period.cut_off >= self.period.term.end

    @property
    def is_to_come(self) -> bool:
        """Whether the term has not begun."""
        return self.period is not None and self.period.cut_off < self.period.term.start

    @property
    def lacks_loans(self) -> bool:
        """Whether not one loan of a pupil is on record for the term: that says nothing of what they borrowed, also
        where the books sent to the classes and those of the teachers are written down.
        """
        return not (self.school.loans or self.unplaced_loans)

    @property
    def may_be_behind(self) -> bool:
        """Whether a class has borrowed less than is due by now, unless lines that cannot be counted make up for it."""
        paces = [quota.obligation.on_track for quota in self.classes if quota.obligation.target is not None]
        return False in paces or (None in paces and bool(self.unread_loans))

    def pupils_asked(self, target: Target) -> list[PupilBorrowing]:
        """The pupils on 读者名册 in the grades of a target."""
        grades = target.grades or ()
        return [pupil for quota in self.classes if quota.school_class.grade in grades for pupil in quota.pupils]

    def pupils_reached(self, outcome: TargetOutcome) -> tuple[int, int] | None:
        """Of a minimum for each pupil, how many are asked and how many have it; None of any other target, or where
        nobody is on 读者名册: the least pupil says nothing of the others.
        """
        target = outcome.target
        asked = self.pupils_asked(target) if target.name == TargetName.LEAST_COPIES else []
        if outcome.actual is None or not asked:
            return None
        return len(asked), sum(pupil.copies >= (target.value or 0) for pupil in asked)


def statement(library: Library) -> Statement:
    """Work out the quotas of the term the books are judged in, as far as the workbook allows."""
    span, judge = period(library), library.derive(judge_of_term)
    books = library.derive(term_books, span) if span else None
    known = library.derive(indicators_of, span)
    classes = school_classes(library)
    counted = books.counted if books else None
    owed = library.derive(_obligations, span)
    quotas = _class_quotas(library, books, judge, classes)
    own = {quota.school_class: quota.obligation for quota in quotas}

    def summed(members: Sequence[SchoolClass]) -> Obligation:
        return together(owed[(*members,)], [own[member] for member in members])

    return Statement(
        as_of=library.as_of,
        period=span,
        outcomes=outcomes(library, books, judge, known),
        classes=quotas,
        grades=tuple((grade, summed(members)) for grade, members in _by_grade(classes)),
        school=_of_school(summed(classes), counted),
        measured=summed(_measured(books, classes)),
        teacher_loans=len(counted.by_teachers) if counted else None,
        unplaced_loans=len(counted.unplaced) if counted else None,
        holdings=holdings(library, known),
        indicators=known,
        comparisons=comparisons(library, known),
        overdue=library.derive(overdue_loans, library.as_of),
        incidents=open_incidents(library, library.as_of),
        corners=library.derive(corner_shares, library.as_of),
        not_computed=(*lacks_of(library, books), *_unknown_stock(library, quotas), *_loans_elsewhere(quotas)),
        unread_loans=uncounted_lines(library, span.window if span else None),
        unconfirmed=left_over(library),
    )


def _obligations(library: Library, span: Period | None) -> dict[tuple[SchoolClass, ...], Obligation]:
    """Of each class, each grade, the school and the classes that have a target: what nothing of the stock bears on, so
    that an edit there leaves it as it is.
    """
    books, classes = library.derive(term_books, span) if span else None, school_classes(library)
    grades = ((*members,) for _, members in _by_grade(classes))
    groups = {*((one,) for one in classes), *grades, (*classes,), (*_measured(books, classes),)}
    return {members: obligation_of(library, books, members) for members in groups}


def _measured(books: TermBooks | None, classes: Sequence[SchoolClass]) -> list[SchoolClass]:
    return [school_class for school_class in classes if books and books.copies_target(school_class)]


def _of_school(figures: Obligation, counted: Tally | None) -> Obligation:
    """With what is counted apart wherever it went: a shelf lent on a teacher's card may name no class."""
    if counted is None:
        return figures
    return replace(figures, corner=counted.corner.total(), in_room=counted.in_room.total())


def judge_of_term(library: Library) -> Judge | None:
    """Who judges what is asked in the term; None where the term is not known or there is nothing to judge by."""
    span = period(library)
    if span is None or progress(library, span) is None or has_nothing_to_plan(library):
        return None
    return judge_in(library, span.term)


def _by_grade(classes: tuple[SchoolClass, ...]) -> Iterator[tuple[int, list[SchoolClass]]]:
    for grade in sorted({int(school_class.grade) for school_class in classes if school_class.grade is not None}):
        yield grade, [school_class for school_class in classes if school_class.grade == grade]


def _class_quotas(
    library: Library, books: TermBooks | None, judge: Judge | None, classes: tuple[SchoolClass, ...]
) -> tuple[ClassQuota, ...]:
    owed = library.derive(_obligations, books.period if books else None)
    figures = {school_class: owed[(school_class,)] for school_class in classes}
    if books is None:
        return tuple(ClassQuota(school_class, figures[school_class], (), None, None) for school_class in classes)
    verdicts = as_it_went(library, judge.verdicts(books.governing_targets()), judge, books) if judge else {}
    if judge:
        figures = waiting_for_turns(judge, books.period, verdicts, figures)
    behind = {
        one: figures[one].gap or 0
        for one in classes
        if one.name in verdicts and verdicts[one.name].has_way_back and figures[one].on_track is False
    }
    back = ways_back(judge, books.period, {one: gap for one, gap in behind.items() if gap}) if judge else {}
    if judge and not all(one.is_possible for one in back.values()):
        back = believed(library, back, verdicts, judge, books)
    return tuple(
        ClassQuota(
            school_class,
            figures[school_class],
            pupils_of(books, school_class),
            verdicts.get(school_class.name),
            back.get(school_class.name),
            books.asks_mean(school_class),
        )
        for school_class in classes
    )


def _unknown_stock(library: Library, quotas: Sequence[ClassQuota]) -> Iterator[NotComputed]:
    """That verdicts were given although nobody knows how many copies there are."""
    copies = library[AccessionRow]
    if copies.present and not copies.rows and any(quota.verdict for quota in quotas):
        yield NotComputed(Obstacle.STOCK_UNKNOWN, (), (Cell(AccessionRow, 0),))


def _loans_elsewhere(quotas: Sequence[ClassQuota]) -> Iterator[NotComputed]:
    for quota in quotas:
        if quota.has_loans_elsewhere:
            own = quota.school_class
            yield NotComputed(Obstacle.LOANS_ELSEWHERE, (own.name,), (Cell(ClassRow, own.line, "class_name"),))
