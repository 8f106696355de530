"""Each pupil's own borrowing: who has nothing, who is below the target, and how it is distributed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.quotas.basis.classes import SchoolClass
from schoollib_xl.quotas.basis.period import Progress
from schoollib_xl.quotas.borrowing.obligation import TermBooks


@dataclass(frozen=True)
class PupilBorrowing:
    """What one pupil has borrowed in the term, in whichever class, and how much is still wanting.

    `wanted` is the least each pupil must borrow (每生最低借书册数), None without one: a mean asks nothing of a
    single pupil. `due` is how much of it is due by the cut-off, in whole copies, linear over open days;
    `short_by` is what is wanting until the end of the term.
    """

    reader_no: str
    name: str
    class_name: str
    copies: int
    visits: int
    wanted: Decimal | None
    due: int
    short_by: int

    @property
    def is_below(self) -> bool:
        """Whether the pupil has borrowed less than is due by now."""
        return self.copies < self.due


def pupils_of(books: TermBooks, school_class: SchoolClass) -> tuple[PupilBorrowing, ...]:
    """The pupils 读者名册 has for the class on the cut-off, by 读者证号; none where there is no register, and nobody of
    whom it cannot be told whether he has left.
    """
    if books.counted is None or books.members is None:
        return ()
    target, counted = books.least_target(school_class), books.counted
    wanted = target.value if target else None
    due = _due(wanted, books.progress)
    doubtful = books.perhaps_gone.get(school_class.name, ())
    known = (reader for reader in books.members.get(school_class.name, ()) if reader not in doubtful)
    members = sorted(known, key=attrgetter("reader_no"))
    return tuple(
        PupilBorrowing(
            reader.reader_no,
            reader.name,
            school_class.name,
            counted.copies_by_pupil[reader.reader_no],
            counted.visits_by_pupil[reader.reader_no],
            wanted,
            due,
            max(0, ceil(wanted) - counted.copies_by_pupil[reader.reader_no]) if wanted else 0,
        )
        for reader in members
    )


def _due(wanted: Decimal | None, pace: Progress | None) -> int:
    if wanted is None:
        return 0
    whole = ceil(wanted)
    return whole if pace is None else whole * pace.elapsed // pace.open_days


class Band(NamedTuple):
    """A range of copies borrowed, both ends included; None is without limit."""

    least: int
    most: int | None


BANDS = (Band(0, 0), Band(1, 1), Band(2, 2), Band(3, 5), Band(6, 10), Band(11, None))


def distribution(pupils: Iterable[PupilBorrowing]) -> tuple[tuple[Band, int], ...]:
    """How many pupils borrowed how many copies: a mean hides the ones below it."""
    copies = [pupil.copies for pupil in pupils]
    return tuple((band, sum(_lies_in(count, band) for count in copies)) for band in BANDS)


def _lies_in(copies: int, band: Band) -> bool:
    return band.least <= copies and (band.most is None or copies <= band.most)


def below(pupils: Sequence[PupilBorrowing]) -> tuple[PupilBorrowing, ...]:
    """The pupils below the target, those who want most first."""
    return tuple(sorted((pupil for pupil in pupils if pupil.is_below), key=lambda pupil: -pupil.short_by))
