"""The loans of a window counted once: by class, by pupil, and those that are counted apart."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.quotas.basis.classes import ClassNames
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.rules.lending import COUNTED, LoanTerms, loans_lent, of_unread_kind

Visit = tuple[str, date]
# Asked of every loan: to look a word up in its Enum costs more than the rest.
_CLASS, _IN_ROOM = LoanMode.CLASS, LoanMode.IN_ROOM
_READER_NO, _VISIT = attrgetter("reader_no"), attrgetter("reader_no", "lent_on")


@dataclass(frozen=True)
class Tally:
    """Loans by 借出日期 within a window. Renewals are no loans and are not counted.

    A loan belongs to the class on its row; where that cell is blank or no class of 班级, to the class 读者名册 has
    for the reader: a class that got another name is still the same pupils (`carried_over`). What a pupil has
    borrowed is counted over all classes the pupil was in. A reader who is not in 读者名册 counts as a pupil; where
    nobody can read who he is, he counts nowhere (`of_unread_kind`).
    """

    loans: Counter[str] = field(default_factory=Counter)
    visits: defaultdict[str, set[Visit]] = field(default_factory=lambda: defaultdict(set))
    copies_by_pupil: Counter[str] = field(default_factory=Counter)
    visits_by_pupil: Counter[str] = field(default_factory=Counter)
    corner: Counter[str] = field(default_factory=Counter)
    in_room: Counter[str] = field(default_factory=Counter)
    by_teachers: list[LoanRow] = field(default_factory=list)
    of_unread_kind: list[LoanRow] = field(default_factory=list)
    unplaced: list[LoanRow] = field(default_factory=list)
    carried_over: list[LoanRow] = field(default_factory=list)

    @property
    def of_pupils(self) -> bool:
        """Whether a pupil has a loan."""
        return bool(self.loans or self.unplaced)

    @property
    def of_others(self) -> bool:
        """Whether there are loans that are counted apart."""
        return bool(self.corner or self.in_room or self.by_teachers)


def tally(library: Library, window: Term) -> Tally:
    """Count the loans of a window, both its ends included."""
    names, adults = library.derive(ClassNames), library.derive(LoanTerms).adults
    unread = library.derive(of_unread_kind)
    counted, of_pupils = Tally(), defaultdict[str, list[LoanRow]](list)
    for loan in loans_lent(library, *window):
        class_name = names[loan.class_name]
        if class_name not in names.known:
            class_name = class_of(library, loan)
            if loan.class_name and class_name != names[loan.class_name]:
                counted.carried_over.append(loan)
        if loan.mode is _CLASS:
            counted.corner[class_name] += 1
        elif loan.mode is _IN_ROOM:
            counted.in_room[class_name] += 1
        elif loan.reader_no in adults:
            counted.by_teachers.append(loan)
        elif loan.reader_no in unread:
            counted.of_unread_kind.append(loan)
        else:
            of_pupils[class_name].append(loan)
    _count_pupils(counted, of_pupils, names.known)
    return counted


def class_of(library: Library, loan: LoanRow) -> str:
    """The class a loan belongs to, as 班级 writes it: the one on its row; where 班级 does not have that one, the
    reader's of today, if 班级 has it. '' where neither its row nor 读者名册 says one.
    """
    names = library.derive(ClassNames)
    on_row = names[loan.class_name]
    reader = None if on_row in names.known else library.readers.get(loan.reader_no)
    of_today = names[reader.class_name] if reader else ""
    return of_today if of_today in names.known else on_row or of_today


def _count_pupils(counted: Tally, by_class: Mapping[str, list[LoanRow]], known: frozenset[str]) -> None:
    for class_name, loans in by_class.items():
        counted.copies_by_pupil.update(map(_READER_NO, loans))
        counted.visits[class_name].update(map(_VISIT, loans))
        if class_name in known:
            counted.loans[class_name] = len(loans)
        else:
            counted.unplaced.extend(loans)
    counted.visits_by_pupil.update(reader_no for reader_no, _ in set[Visit]().union(*counted.visits.values()))


def uncounted_loans(library: Library, counted: Tally, window: Term) -> Iterator[NotComputed]:
    """Loan lines that cannot be read, loans of a class that 班级 does not have, and of readers whom 读者名册 does not,
    each kind in one.
    """
    unread = library[LoanRow].seen_by(COUNTED).incomplete
    if unread:
        cells = (Cell(LoanRow, line.line, _lacking(line)) for line in unread)
        yield NotComputed(Obstacle.LOAN_UNREADABLE, (), tuple(cells))
    for name, loans in _grouped(counted.unplaced, lambda loan: (class_of(library, loan),)):
        yield NotComputed(Obstacle.CLASS_UNKNOWN, name, loans)
    if library[LoanRow].rows and not library[LoanRow].has("mode"):
        yield NotComputed(Obstacle.MODE_LACKING, (), (Cell(LoanRow, 0),))
    if counted.of_unread_kind:
        cells = (cell(loan, "reader_no") for loan in counted.of_unread_kind)
        yield NotComputed(Obstacle.READER_UNREAD, (), tuple(cells))
    if strangers := counted.copies_by_pupil.keys() - library.known_readers:
        unlisted = [loan for loan in loans_lent(library, *window) if loan.is_personal and loan.reader_no in strangers]
        yield NotComputed(Obstacle.READER_UNLISTED, (), tuple(Cell(LoanRow, one.line, "reader_no") for one in unlisted))
    for names, loans in _grouped(counted.carried_over, lambda loan: (loan.class_name or "", class_of(library, loan))):
        yield NotComputed(Obstacle.CLASS_OF_TODAY, names, loans)


def uncounted_lines(library: Library, window: Term | None) -> int:
    """How many lines of loans that may be of these days cannot be counted, or may be no pupil's; none where the days
    are not known.
    """
    if window is None:
        return 0
    days = (line.values.get("lent_on") for line in library[LoanRow].seen_by(COUNTED).incomplete)
    unread = library.derive(of_unread_kind)
    perhaps = (loan for loan in loans_lent(library, *window) if loan.reader_no in unread) if unread else ()
    return sum(day is None or day in window for day in days) + sum(loan.is_personal for loan in perhaps)


def _lacking(line: IncompleteRow) -> str:
    """The first field without which nobody can count the loan."""
    return next((name for name in ("lent_on", "reader_no") if line.values.get(name) is None), "mode")


def _grouped(
    loans: Iterable[LoanRow], about: Callable[[LoanRow], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], tuple[Cell, ...]]]:
    """The cells of 班级 of some loans, by what is to be said of them."""
    groups = gathered((about(loan), Cell(LoanRow, loan.line, "class_name")) for loan in loans)
    for names, cells in groups.items():
        yield names, tuple(cells)
