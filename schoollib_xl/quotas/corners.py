"""送书下班级: how many copies each class corner should get, and which idle copies to send."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.vocabulary import LoanMode, Source
from schoollib_xl.quotas.apportionment import apportion
from schoollib_xl.quotas.classes import SchoolClass, school_classes
from schoollib_xl.quotas.stock import is_out, may_leave
from schoollib_xl.quotas.tally import class_of
from schoollib_xl.rules.shelves import Shelves


@dataclass(frozen=True)
class CornerShare:
    """What one class corner has out, its share of the copies to be sent, and the copies proposed for it."""

    school_class: SchoolClass
    in_corner: int
    share: int
    proposed: tuple[AccessionRow, ...]


def corner_shares(library: Library, day: date, total: int | None = None) -> tuple[CornerShare, ...]:
    """Share copies among the classes by their pupils and name idle ones to send. Without a total it is one
    copy for each pupil, as far as there are idle copies; a total that is larger than that is shared all the
    same, and the classes have fewer copies proposed than they are due.
    """
    classes = [one for one in school_classes(library) if one.pupils]
    idle = idle_copies(library, day)
    pupils = {one.name: one.pupils or 0 for one in classes}
    shares = apportion(min(sum(pupils.values()), len(idle)) if total is None else total, pupils)
    dealt = _deal(idle, shares)
    out = _in_corners(library, day)
    return tuple(CornerShare(one, out[one.name], shares[one.name], tuple(dealt[one.name])) for one in classes)


def _in_corners(library: Library, day: date) -> Counter[str]:
    corner = (loan for loan in library[LoanRow] if loan.mode is LoanMode.CLASS and is_out(loan, day))
    return Counter(class_of(library, loan) for loan in corner)


def idle_copies(library: Library, day: date) -> list[AccessionRow]:
    """Copies that stand on the shelf and may be lent, the least borrowed first, then by number. Bound
    volumes stay, and so do copies under repair.
    """
    lent = {number: len(loans) for number, loans in library.loans_by_copy.items()}
    on_shelf = library.derive(Shelves).expected(day)
    found = [copy for copy in on_shelf if may_leave(copy) and copy.source is not Source.BINDING]
    return sorted(found, key=lambda copy: (lent.get(copy.accession_no, 0), copy.accession_no))


def _deal(idle: Sequence[AccessionRow], shares: dict[str, int]) -> dict[str, list[AccessionRow]]:
    """Each copy to the class that is furthest from its share among those without this title, so that no
    corner gets two of a kind while another could take one.
    """
    dealt: dict[str, list[AccessionRow]] = {name: [] for name in shares}
    titles: dict[str, set[str]] = {name: set() for name in shares}
    waiting = [(-share, order, name) for order, (name, share) in enumerate(shares.items()) if share]
    heapify(waiting)
    for copy in idle:
        if not waiting:
            break
        left, order, name = _next(waiting, titles, copy.title)
        dealt[name].append(copy)
        titles[name].add(copy.title)
        if left < -1:
            heappush(waiting, (left + 1, order, name))
    return dealt


_Waiting = tuple[int, int, str]


def _next(waiting: list[_Waiting], titles: dict[str, set[str]], title: str) -> _Waiting:
    """Take out the class that wants most and has not got the title; the one that wants most if all have."""
    passed = []
    while waiting and title in titles[waiting[0][2]]:
        passed.append(heappop(waiting))
    taken = heappop(waiting) if waiting else passed.pop(0)
    for one in passed:
        heappush(waiting, one)
    return taken
