"""Whom a name in an old list means, in whatever school year it was written."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.readers.people import CALLED
from schoollib_xl.adoption.rows.records import Record, class_of, day_of_loan
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.grades import class_key, class_key_in, grade_of
from schoollib_xl.ledgers.library import gathered, grouped
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind

# Who was held back, or came from another school, is a grade off; so are all where the roster is of last year.
_HELD_BACK = 1


class Pupil(NamedTuple):
    """A pupil as a line names him: the year in which the school year of the line begins, and his grade in that."""

    name: str
    year: int
    grade: int


class ReaderNames:
    """Looks up readers by their names, 谢林老师 as 谢林 where that is no pupil; `year` is that in which the school year
    of their classes begins. Of `namesakes` in an earlier year a reader is the one of his own class only.
    """

    def __init__(self, readers: Iterable[ReaderRow], year: int, namesakes: Container[Pupil] = ()) -> None:
        self._year = year
        self._namesakes = namesakes
        readers = list(readers)
        self._called: dict[str, list[ReaderRow]] = grouped(readers, lambda reader: plain_title(reader.name))
        adults = (reader for reader in readers if reader.kind not in (None, ReaderKind.PUPIL))
        self._adults: dict[str, list[ReaderRow]] = grouped(adults, lambda reader: _without_title(reader.name))

    def _named(self, name: str) -> Sequence[ReaderRow]:
        own = self._called.get(plain_title(name)) or self._adults.get(_without_title(name))
        return own or (self._of_surname(_without_title(name)) if is_surname(name) else ())

    def _of_surname(self, surname: str) -> Sequence[ReaderRow]:
        """The only teacher of a surname; 高老师 may be any of two."""
        found = [row for name, rows in self._adults.items() if name.startswith(surname) for row in rows]
        return found if len(found) == 1 else ()

    def of(self, record: Record) -> frozenset[str]:
        """The numbers of those called as the reader of a record, of its class where there is any. Who was in the third
        grade two years ago is in the fifth now, and not the one of that name who is in the third.
        """
        written, day = class_of(record) or "", day_of_loan(record)
        year = first_year(day) if day else self._year
        called = [one for one in self._named(record.get("name") or "") if self._was_here(one, year)]
        called = [one for one in called if not (day and one.stopped_on and one.stopped_on < day)] or called
        then = grade_of(written, year) if year < self._year else None
        if then is None:
            meant = [reader for reader in called if class_key(reader.class_name or "") == class_key(written)]
        else:
            risen = [(reader, self._risen_since(reader, then, year)) for reader in called]
            called = [reader for reader, by in risen if by is None or abs(by) <= _HELD_BACK]
            meant = [reader for reader, by in risen if by == 0]
            number = _number_in(written, year)
            of_class = [one for one in meant if _number_in(one.class_name or "", self._year) == number]
            if self.is_of_namesakes(record):
                called = meant = of_class
            elif len(meant) > 1:
                meant = of_class or meant
        return frozenset(reader.reader_no for reader in (meant if written and meant else called))

    def is_of_namesakes(self, record: Record) -> bool:
        """Whether a record of an earlier year may be of another one of the same name and grade."""
        return pupil_named(record) in self._namesakes

    def _was_here(self, reader: ReaderRow, year: int) -> bool:
        """Whether a reader's class leaves it open that he was at school in an earlier school year."""
        risen = self._risen_since(reader, 1, year) if year < self._year else None
        return risen is None or risen >= -_HELD_BACK

    def _risen_since(self, reader: ReaderRow, then: int, year: int) -> int | None:
        """By how many grades more a reader has risen since a grade than there were years; None where nothing tells."""
        last = first_year(reader.stopped_on) if reader.stopped_on else self._year
        grade = grade_of(reader.class_name, last) if reader.class_name else None
        return None if grade is None else grade - then - (last - year)


def is_surname(name: str) -> bool:
    """Whether a teacher is called by his surname alone: 高老师."""
    surname = _without_title(name)
    return len(surname) == 1 and surname != plain_title(name)


def namesakes_in(records: Iterable[Record]) -> frozenset[Pupil]:
    """The pupils whose name stands in two classes of one grade in one school year."""
    numbers = gathered(
        (pupil, _number_in(class_of(record) or "", pupil.year)) for record in records if (pupil := pupil_named(record))
    )
    return frozenset(pupil for pupil, found in numbers.items() if len({*found}) > 1)


def pupil_named(record: Record) -> Pupil | None:
    """Whom a line names, where its class tells which of a grade that is."""
    written, day = class_of(record) or "", day_of_loan(record)
    year = first_year(day) if day else 0
    grade = grade_of(written, year) if day and _number_in(written, year) else None
    return Pupil(plain_title(record.get("name") or ""), year, grade) if grade else None


def _without_title(name: str) -> str:
    return CALLED.sub("", plain_title(name))


def _number_in(class_name: str, year: int) -> str:
    return class_key_in(class_name, year).partition("-")[2]
