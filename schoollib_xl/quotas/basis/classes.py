"""班级 and 读者名册 side by side: who the pupils of a class are, and how many they are said to be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library, untold
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.rules.emptied_classes import emptied_classes
from schoollib_xl.rules.joint_classes import classes_named
from schoollib_xl.rules.lending import loans_of_known_mode


@dataclass(frozen=True)
class SchoolClass:
    """A class of 班级. `pupils` and `grade` are None where the cell could not be read; `pupils` also where it says 0
    and there are some (`is_said_empty`).
    """

    line: int
    name: str
    grade: int | None
    pupils: int | None
    teacher: str | None
    lending: ClassLending | None
    is_said_empty: bool = False


def school_classes(library: Library) -> tuple[SchoolClass, ...]:
    """Every class that has a name, once, in line order, lines with unreadable cells included."""
    table = library[ClassRow]
    read = [_school_class(row.line, row._asdict()) for row in table]
    incomplete = [_school_class(row.line, row.values) for row in table.incomplete if row.values.get("class_name")]
    classes: dict[str, SchoolClass] = {}
    for one in sorted([*read, *incomplete], key=lambda school_class: school_class.line):
        is_wrong = one.pupils == 0 and class_key(one.name) in library.derive(_inhabited)
        classes.setdefault(one.name, replace(one, pupils=None, is_said_empty=True) if is_wrong else one)
    return tuple(classes.values())


def nameless_classes(library: Library) -> list[IncompleteRow]:
    """The lines of 班级 of which nobody can tell which class they are: its pupils are in no figure."""
    return [line for line in library[ClassRow].incomplete if not line.values.get("class_name")]


def _school_class(line: int, values: dict[str, Any]) -> SchoolClass:
    name, grade, pupils = str(values["class_name"]), values["grade"], values["pupils"]
    return SchoolClass(line, name, grade, pupils, values["teacher"], values["lending"])


def _inhabited(library: Library) -> frozenset[str]:
    """The classes, by class_key, that have pupils: with a card in force, graduates of this term, with loans of those
    in no line of 读者名册, or with loans that no pupil of another class stands for.
    """
    readers = library.readers
    cards = {
        row.class_name
        for row in readers.values()
        if row.kind is ReaderKind.PUPIL and (row.is_active(library.as_of) or row.graduated_in(library.school.term))
    }
    loans = loans_of_known_mode(library)
    strangers = {row.class_name for row in loans if row.is_personal and row.reader_no not in readers}
    return library.derive(emptied_classes) | frozenset(class_key(name) for name in cards | strangers if name)


class ClassNames(dict[str | None, str]):
    """Each class name as 班级 writes it: 三(1)班 is 三（1）班. A name 班级 does not have (`known`) stays as
    written; a blank is ''.
    """

    def __init__(self, library: Library) -> None:
        super().__init__({None: ""})
        self._places = {school_class.name: place for place, school_class in enumerate(school_classes(library))}
        self.known = frozenset(self._places)
        self._by_key = {class_key(one.name): one.name for one in reversed(school_classes(library))}

    def __missing__(self, written: str | None) -> str:
        name = self[written] = self._by_key.get(class_key(written or ""), written or "")
        return name

    def place(self, written: str | None) -> tuple[int, str]:
        """Where a class comes in a list by class: as in 班级, one that it does not have after all of them."""
        name = self[written]
        return self._places.get(name, len(self._places)), name


def names_in(library: Library, written: str | None) -> tuple[str, ...]:
    """The classes a cell names, as 班级 writes them: one, several that come together, or none that 班级 has."""
    names = library.derive(ClassNames)
    own = names[written]
    return (own,) if own in names.known else tuple(row.class_name for row in classes_named(library, written))


def readers_in_use(library: Library, day: date) -> list[ReaderRow]:
    """The readers whose cards are in force on the day; that one was stopped is told by 停用原因 where no day is."""
    return [row for row in library.readers.values() if row.is_active(day) and not row.is_stopped_some_day]


def pupils_by_class(library: Library, day: date) -> Mapping[str, list[ReaderRow]]:
    """The pupils whose cards are in force on the day, by the class 读者名册 has for them, named as in 班级."""
    own_name = library.derive(ClassNames)
    pupils: defaultdict[str, list[ReaderRow]] = defaultdict(list)
    for row in readers_in_use(library, day):
        if row.kind is ReaderKind.PUPIL:
            pupils[own_name[row.class_name]].append(row)
    return pupils


def members_by_class(library: Library, day: date) -> Mapping[str, list[ReaderRow]] | None:
    """Who is in each class on the day; None where nobody can tell it of anybody: without a 读者名册, or where no pupil
    in it that can be read is in a class of 班级.
    """
    roster, pupils = library[ReaderRow], library.derive(pupils_by_class, day)
    if pupils.keys() & library.derive(ClassNames).known:
        return pupils
    return None if roster.incomplete or pupils or not roster.present else pupils


def perhaps_gone(library: Library, day: date) -> Mapping[str, list[ReaderRow]]:
    """By class, the pupils who may have left, since nobody can read when their cards were stopped and 班级 has fewer
    pupils than 读者名册.
    """
    unread = untold(library[ReaderRow], "stopped_on")
    if not unread:
        return {}
    pupils = library.derive(pupils_by_class, day)
    doubtful = {
        one.name: [row for row in pupils[one.name] if row.line in unread]
        for one in school_classes(library)
        if one.pupils is not None and one.name in pupils and len(pupils[one.name]) > one.pupils
    }
    return {name: rows for name, rows in doubtful.items() if rows}


def unclear_classes(library: Library, day: date) -> Iterator[NotComputed]:
    """Classes without a readable number of pupils or grade, and pupils whose class is not in 班级."""
    for one in school_classes(library):
        for field in ("grade", "pupils"):
            if getattr(one, field) is None:
                is_zero = field == "pupils" and one.is_said_empty
                why = Obstacle.CLASS_SAID_EMPTY if is_zero else Obstacle.CLASS_UNREADABLE
                yield NotComputed(why, (one.name,), (Cell(ClassRow, one.line, field),))
        if one.pupils == 0:
            yield NotComputed(Obstacle.CLASS_WITHOUT_PUPILS, (one.name,), (Cell(ClassRow, one.line, "pupils"),))
    for name, doubtful in library.derive(perhaps_gone, day).items():
        yield NotComputed(Obstacle.READER_PERHAPS_GONE, (name,), tuple(cell(row, "stopped_on") for row in doubtful))
    known = {school_class.name for school_class in school_classes(library)}
    for name, pupils in library.derive(pupils_by_class, day).items():
        if name not in known:
            cells = tuple(Cell(ReaderRow, pupil.line, "class_name") for pupil in pupils)
            yield NotComputed(Obstacle.READER_WITHOUT_CLASS, (name,), cells)
