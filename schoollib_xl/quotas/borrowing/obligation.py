"""生均借书: what a class, a grade and the school have borrowed of what they must borrow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.basis.classes import SchoolClass, members_by_class, perhaps_gone, school_classes
from schoollib_xl.quotas.basis.figures import quotient, rounded
from schoollib_xl.quotas.basis.period import Period, Progress, progress
from schoollib_xl.quotas.borrowing.tally import Tally, tally, uncounted_lines
from schoollib_xl.quotas.borrowing.targets import Target, governing, targets
from schoollib_xl.rules.target_names import TargetName


@dataclass(frozen=True)
class TermBooks:
    """All that obligations of one term are worked out from. `counted` is None without 借阅登记账, `members`
    without 读者名册 or where nobody can be told to be in a class, `progress` where the calendar cannot tell;
    `perhaps_gone` are the members of whom nobody can tell whether they have left, `unread_loans` the lines that may be
    loans of pupils.
    """

    period: Period
    classes: tuple[SchoolClass, ...]
    promised: tuple[Target, ...]
    counted: Tally | None
    members: Mapping[str, list[ReaderRow]] | None
    perhaps_gone: Mapping[str, list[ReaderRow]]
    progress: Progress | None
    unread_loans: int = 0

    @property
    def counted_by_class(self) -> Tally | None:
        """The loans where they tell anything of the classes: not where nobody knows of a single one whose it is."""
        counted = self.counted
        return None if counted is None or (counted.unplaced and not counted.loans) else counted

    def pupils_in(self, classes: Iterable[SchoolClass]) -> list[ReaderRow] | None:
        """Who is in the classes; None where that cannot be told."""
        names = [one.name for one in classes]
        if self.members is None or self.perhaps_gone.keys() & set(names):
            return None
        return [pupil for name in names for pupil in self.members.get(name, ())]

    def copies_target(self, school_class: SchoolClass) -> Target | None:
        """What each pupil of the class should borrow on average: 生均借书册数, else 每生最低借书册数."""
        return self._first(school_class, TargetName.COPIES_PER_PUPIL, TargetName.LEAST_COPIES)

    def pupil_target(self, school_class: SchoolClass) -> Target | None:
        """What a single pupil of the class is measured by: 每生最低借书册数, else 生均借书册数, else
        生均借书次数.
        """
        return self._first(
            school_class, TargetName.LEAST_COPIES, TargetName.COPIES_PER_PUPIL, TargetName.VISITS_PER_PUPIL
        )

    def governing_targets(self) -> dict[str, Target]:
        """What each class as a whole should borrow: copies_target, else 生均借书次数; by class."""
        found = ((school_class.name, self.class_target(school_class)) for school_class in self.classes)
        return {name: target for name, target in found if target}

    def class_target(self, school_class: SchoolClass) -> Target | None:
        """What the class as a whole should borrow."""
        return self.copies_target(school_class) or self._first(school_class, TargetName.VISITS_PER_PUPIL)

    def asks_mean(self, school_class: SchoolClass) -> bool:
        """Whether 生均借书册数 is asked of the class."""
        return self._first(school_class, TargetName.COPIES_PER_PUPIL) is not None

    def least_target(self, school_class: SchoolClass) -> Target | None:
        """What every single pupil must borrow: 每生最低借书册数 alone, for a mean asks nothing of one pupil."""
        return self._first(school_class, TargetName.LEAST_COPIES)

    def _first(self, school_class: SchoolClass, *names: TargetName) -> Target | None:
        found = (governing(self.promised, name, school_class.grade) for name in names)
        return next((target for target in found if target), None)


def term_books(library: Library, span: Period) -> TermBooks:
    """Gather a term's books; pupils are those whose cards are in force on the cut-off."""
    return TermBooks(
        span,
        school_classes(library),
        targets(library),
        library.derive(tally, span.window) if library[LoanRow].present else None,
        library.derive(members_by_class, span.cut_off),
        library.derive(perhaps_gone, span.cut_off),
        progress(library, span),
        uncounted_lines(library, span.window),
    )


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """What a class, a grade or the school has borrowed and owes; None is what cannot be worked out.

    `loans` and `visits` (one pupil, one day) are of pupils, personal, by 借出日期; `corner` and `in_room`
    are counted apart. `mean` is Σ loans ÷ Σ pupils over the classes whose 学生人数 can be read. `reached`
    counts the pupils of 读者名册 who have what `TermBooks.pupil_target` asks, `none` those with no loan at
    all. `gap`, `expected` and `per_week` are copies of the classes that have a copies target: still to be
    borrowed, due by the cut-off (linear over open days), and needed in each week that is left.
    """

    pupils: int | None = None
    on_register: int | None = None
    loans: int | None = None
    visits: int | None = None
    corner: int | None = None
    in_room: int | None = None
    mean: Decimal | None = None
    target: Decimal | None = None
    reached: int | None = None
    none: int | None = None
    gap: int | None = None
    expected: Decimal | None = None
    on_track: bool | None = None
    per_week: Decimal | None = None

    @property
    def waits_for_turn(self) -> bool:
        """Whether less was borrowed than is due by now, only because the turn is still to come."""
        return bool(self.on_track) and self.expected is not None and (self.loans or 0) < self.expected


def obligation_of(library: Library, books: TermBooks | None, classes: Sequence[SchoolClass]) -> Obligation:
    """The obligation of some classes taken together; where the term is not known, only who they are."""
    if books is not None:
        return obligation(books, classes)
    known = [school_class.pupils for school_class in classes if school_class.pupils is not None]
    members = library.derive(members_by_class, library.as_of)
    on_register = None if members is None else sum(len(members.get(one.name, ())) for one in classes)
    return Obligation(pupils=sum(known) if known else None, on_register=on_register)


def obligation(books: TermBooks, classes: Sequence[SchoolClass]) -> Obligation:
    """The obligation of some classes taken together; a mean is never a mean of means."""
    known = [school_class for school_class in classes if school_class.pupils is not None]
    pupils = sum(school_class.pupils or 0 for school_class in known)
    loans = _loans(books, known)
    owed = _owed(books, known)
    return Obligation(
        pupils=pupils if known else None,
        on_register=None if books.members is None else sum(len(books.members.get(one.name, ())) for one in classes),
        loans=_loans(books, classes),
        visits=_visits(books, classes),
        corner=None if books.counted is None else sum(books.counted.corner[one.name] for one in classes),
        in_room=None if books.counted is None else sum(books.counted.in_room[one.name] for one in classes),
        mean=None if loans is None else quotient(loans, pupils),
        target=owed.target,
        reached=_reached(books, classes),
        none=_without_loans(books, classes),
        gap=owed.gap,
        expected=owed.expected,
        on_track=owed.on_track,
        per_week=owed.per_week,
    )


def _loans(books: TermBooks, classes: Sequence[SchoolClass]) -> int | None:
    counted = books.counted_by_class
    return None if counted is None else sum(counted.loans[school_class.name] for school_class in classes)


def _visits(books: TermBooks, classes: Sequence[SchoolClass]) -> int | None:
    counted = books.counted_by_class
    if counted is None:
        return None
    return len(set().union(*(counted.visits.get(school_class.name, set()) for school_class in classes)))


@dataclass(frozen=True)
class _Owed:
    target: Decimal | None = None
    gap: int | None = None
    expected: Decimal | None = None
    on_track: bool | None = True
    per_week: Decimal | None = None


def _owed(books: TermBooks, classes: Sequence[SchoolClass]) -> _Owed:
    with_target = [(school_class, target) for school_class in classes if (target := books.copies_target(school_class))]
    loans = _loans(books, [one for one, _ in with_target])
    if not with_target:
        return _Owed()
    pupils = sum(one.pupils or 0 for one, _ in with_target)
    due = sum((Fraction(target.value or 0) * (one.pupils or 0) for one, target in with_target), Fraction(0))
    # A class without pupils still has the figure its pupils would be measured by.
    mean = rounded(due / pupils) if pupils else with_target[0][1].value
    if loans is None:
        return _Owed(mean, on_track=None)
    owed = _paced(mean, max(0, ceil(due - loans)), due, loans, books.progress)
    # Nobody is behind for want of so many loans as cannot be counted.
    may_do = owed.on_track is False and (owed.expected or 0) - loans <= books.unread_loans
    return _Owed(mean, expected=owed.expected, on_track=None) if may_do else owed


def _paced(target: Decimal | None, gap: int, due: Fraction, loans: int, pace: Progress | None) -> _Owed:
    if pace is None:
        return _Owed(target, gap, on_track=None)
    expected = due * pace.elapsed / pace.open_days
    per_week = quotient(gap, pace.weeks_left) if gap else Decimal("0.00")
    return _Owed(target, gap, rounded(expected), loans >= expected, per_week)


def _reached(books: TermBooks, classes: Sequence[SchoolClass]) -> int | None:
    measured = [(school_class, target) for school_class in classes if (target := books.pupil_target(school_class))]
    if books.counted is None or books.pupils_in(one for one, _ in measured) is None or not measured:
        return None
    return sum(
        borrowed(books.counted, pupil.reader_no, target) >= (target.value or 0)
        for one, target in measured
        for pupil in books.pupils_in([one]) or ()
    )


def borrowed(counted: Tally, reader_no: str, target: Target | None) -> int:
    """What a pupil has borrowed in the unit of the target: visits for 生均借书次数, else copies."""
    if target and target.name == TargetName.VISITS_PER_PUPIL:
        return counted.visits_by_pupil[reader_no]
    return counted.copies_by_pupil[reader_no]


def _without_loans(books: TermBooks, classes: Sequence[SchoolClass]) -> int | None:
    counted, pupils = books.counted, books.pupils_in(classes)
    if counted is None or pupils is None:
        return None
    return sum(not counted.copies_by_pupil[pupil.reader_no] for pupil in pupils)
