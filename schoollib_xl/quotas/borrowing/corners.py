"""送书下班级: how many copies each class corner should get, and which idle copies to send."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from operator import attrgetter

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import WORDED, grades_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.vocabulary import LoanMode, Source
from schoollib_xl.quotas.basis.classes import SchoolClass, school_classes
from schoollib_xl.quotas.basis.figures import apportion
from schoollib_xl.quotas.basis.stock import loans_out, may_leave
from schoollib_xl.quotas.borrowing.tally import class_of
from schoollib_xl.rules.recommendations import Recommendations
from schoollib_xl.rules.shelves import Shelves

# G4 教育, G5 世界各国教育事业, G6 各级教育, G7 各类教育.
_TEACHING = ("G4", "G5", "G6", "G7")
_Waiting = tuple[int, int, str]


@dataclass(frozen=True)
class CornerShare:
    """What one class corner has out, its share of the copies to be sent, and the copies proposed for it."""

    school_class: SchoolClass
    in_corner: int
    share: int
    proposed: tuple[AccessionRow, ...]


def corner_shares(library: Library, day: date) -> tuple[CornerShare, ...]:
    """Share copies among the classes by their pupils and name idle ones to send: one for each pupil, as far as there
    are idle copies. What is meant for a grade goes out first.
    """
    classes = [school_class for school_class in school_classes(library) if school_class.pupils]
    idle = idle_copies(library, day) if has_time_to_read(library, day) else []
    pupils = {school_class.name: school_class.pupils or 0 for school_class in classes}
    shares = apportion(min(sum(pupils.values()), len(idle)), pupils)
    grades, theirs = {school_class.name: school_class.grade for school_class in classes}, library.derive(PupilsBooks)
    meant_first = sorted(idle, key=lambda copy: not theirs.grades(copy))
    dealt = _deal(meant_first, shares, lambda copy, name: theirs.suits(copy, grades[name]))
    out = _in_corners(library, day)
    return tuple(CornerShare(one, out[one.name], shares[one.name], tuple(dealt[one.name])) for one in classes)


def _in_corners(library: Library, day: date) -> Counter[str]:
    corner = (loan for loan in library.derive(loans_out, day) if loan.mode is LoanMode.CLASS)
    return Counter(class_of(library, loan) for loan in corner)


def idle_copies(library: Library, day: date) -> list[AccessionRow]:
    """Copies that stand on the shelf and may be lent, the least borrowed first, then by number. Bound
    volumes stay, and so do copies under repair.
    """
    lent = Counter(map(attrgetter("accession_no"), library[LoanRow]))
    on_shelf = library.derive(Shelves).expected(day)
    theirs = library.derive(PupilsBooks)
    found = [copy for copy in on_shelf if may_leave(copy) and copy.source is not Source.BINDING and copy in theirs]
    return sorted(found, key=lambda copy: (lent[copy.accession_no], copy.accession_no))


class PupilsBooks:
    """Which copies are for pupils, and of which grades: not those of the teachers' shelves (馆藏地), nor handbooks of
    teaching, G4 to G7 of 中国图书馆分类法, unless 推荐书目 recommends them; a title recommended to some grades, and
    one on the shelf of some, is for these.
    """

    def __init__(self, library: Library) -> None:
        self._recommendations = Recommendations(library)

    def __contains__(self, copy: AccessionRow) -> bool:
        if copy.location and "教师" in copy.location:
            return False
        return copy.class_no[:2] not in _TEACHING or bool(self._recommendations.of(copy))

    def grades(self, copy: AccessionRow) -> set[int]:
        """The grades a copy is meant for; none where nothing says."""
        recommended = {grade for row in self._recommendations.of(copy) for grade in grades_of(row.grade)}
        return recommended or _shelf_grades(copy.location or "")

    def suits(self, copy: AccessionRow, grade: int | None) -> bool:
        """Whether the copy may go to a class of the grade."""
        grades = self.grades(copy)
        return grade is None or not grades or grade in grades


def _shelf_grades(location: str) -> set[int]:
    """The grades a shelf is for by its name: 低年级书架, 中高年级书架; none where it does not say."""
    before = location.partition("年级")[0] if "年级" in location else ""
    return {grade for word, grades in WORDED.items() if word in before for grade in grades}


def has_time_to_read(library: Library, day: date) -> bool:
    """Whether books sent to the classes today can still go out: not from 停借日期 to the end of the term."""
    term = library.school.term_of(day)
    return term is None or day <= library.school.last_lending_day(term)


def _deal(
    idle: Sequence[AccessionRow], shares: dict[str, int], suits: Callable[[AccessionRow, str], bool]
) -> dict[str, list[AccessionRow]]:
    """Each copy to the class it suits that is furthest from its share among those without this title; a second of a
    kind only where nothing else is left.
    """
    dealt: dict[str, list[AccessionRow]] = {name: [] for name in shares}
    waiting = [(-share, order, name) for order, (name, share) in enumerate(shares.items()) if share]
    heapify(waiting)
    titles: dict[str, set[str]] = {name: set() for name in shares}
    doubles = [copy for copy in idle if waiting and not _give(copy, dealt, titles, waiting, suits)]
    for copy in doubles:
        _give(copy, dealt, defaultdict(set), waiting, suits)
    return dealt


def _give(
    copy: AccessionRow,
    dealt: dict[str, list[AccessionRow]],
    titles: dict[str, set[str]],
    waiting: list[_Waiting],
    suits: Callable[[AccessionRow, str], bool],
) -> bool:
    """Give the copy to the class that wants most of those it suits and that have not got its title; whether one has."""
    passed = []
    while waiting and (copy.title in titles[waiting[0][2]] or not suits(copy, waiting[0][2])):
        passed.append(heappop(waiting))
    taken = heappop(waiting) if waiting else None
    for one in passed:
        heappush(waiting, one)
    if taken is None:
        return False
    left, order, name = taken
    dealt[name].append(copy)
    titles[name].add(copy.title)
    if left < -1:
        heappush(waiting, (left + 1, order, name))
    return True
