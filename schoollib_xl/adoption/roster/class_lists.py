"""Class lists as rows: read through the one reader of old lists, spelled as the books spell their classes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.files.old_files import tables_of
from schoollib_xl.adoption.files.sources import read_sources
from schoollib_xl.adoption.forms.kinds import READERS
from schoollib_xl.adoption.forms.own_names import OwnNames
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.readers.class_spellings import ClassSpellings
from schoollib_xl.adoption.readers.leaving import says_gone
from schoollib_xl.adoption.readers.people import NAMELESS, Roster
from schoollib_xl.adoption.readers.same_people import each_alone
from schoollib_xl.adoption.rows.reading import read_records
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import name as name_only
from schoollib_xl.ledgers.grades import class_in, class_key, class_key_in, grade_of
from schoollib_xl.ledgers.numerals import squeezed
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.likeness import one_sign_apart

# Of two characters one that differs leaves only the surname or a common character: weak by itself.
_WEAK_LENGTH = 2

# 王俊芳老师 is 王俊芳; of 王老师 nobody knows which.
_TEACHER = "老师"
_DOTS = str.maketrans("•‧・.", "····")

# 林小满(转入), 林小满★, 林小满2: what a list adds to a name.
_MARKS = re.compile(r"\(.*?\)|[^\w·]|[\d_]")

_OF_LEAVERS = re.compile(r"转出|转走|离校|毕业生|退学|休学|调离")
OF_LEAVERS = "像是离校的名单，不是班级名单"
_NO_LIST = "这张表是{kind}，不是名单"
_WHOLE_GRADE = re.compile(r"[1-6一二三四五六]年级?")
# Teachers and staff are in no grade; among themselves they are one.
NO_GRADE = 0


class ListRow(NamedTuple):
    """One person on a list. `class_name` is spelled as the books spell it; `number` is whatever stands in the column
    of numbers. `says_gone` is what a row says of somebody who has left.
    """

    place: SourceRow
    name: str
    number: str | None
    kind: ReaderKind
    class_name: str | None
    grade: int | None
    says_gone: str
    text: str

    @property
    def key(self) -> str:
        return name_key(self.name)


class ClassLists(NamedTuple):
    """The people of the lists; `journal` knows the rows that are none and why. `teachers` are 班主任 by class."""

    rows: list[ListRow]
    journal: Journal
    teachers: dict[str, str]


class Classes:
    """The classes the books expect, and the grade each name tells."""

    def __init__(self, rows: Sequence[ClassRow], day: date) -> None:
        self.rows = rows
        self.first_year = first_year(day)
        self._by_key = {class_key_in(row.class_name, self.first_year): row for row in rows if row.class_name}
        self._by_key |= {class_key(row.class_name): row for row in rows if row.class_name}

    def known(self, name: str | None) -> ClassRow | None:
        """The class of that name, however it is spelled, by its grade or by the year it entered the school, also where
        that of the school stands before it.
        """
        ways = (name, class_in(name)) if name else ()
        keys = (key for way in ways if way for key in (class_key(way), class_key_in(way, self.first_year)))
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def grade(self, name: str | None) -> int | None:
        """The grade of a class, by 班级 first, else by its name."""
        if not name:
            return None
        known = self.known(name)
        return known.grade if known and known.grade else grade_of(name, self.first_year)

    def spelled(self, name: str | None) -> str | None:
        """The class a list means: that of the whole grade where the grade has but one class; None where it has
        several and the list does not say which.
        """
        if known := self.known(name):
            return known.class_name
        if not name or not _WHOLE_GRADE.fullmatch(name):
            return name
        grade = self.grade(name)
        of_grade = [row.class_name for row in self.rows if row.grade == grade]
        return of_grade[0] if len(of_grade) == 1 else None if of_grade else name


def read_class_lists(paths: Iterable[Path], classes: Classes) -> ClassLists:
    """Everybody on the lists.

    Raises Unusable for a file that cannot be read.
    """
    journal = Journal()
    roster = Roster(ClassSpellings(classes.rows, classes.first_year), Journal())
    rows: list[ListRow] = []
    for table in tables_of(read_sources(paths), OwnNames(), journal):
        for record in each_alone(read_records(table, journal, date.max)):
            if reason := _why_not(table, record):
                journal.aside(record.place, reason, record.text)
            else:
                rows.append(_row(record, roster, classes))
    teachers = {classes.spelled(name) or name: teacher for name, teacher in roster.teachers.items()}
    return ClassLists(rows, journal, teachers)


def _why_not(table: FoundTable, record: Record) -> str:
    """Why the row is nobody on a list, or ''."""
    if table.kind is not READERS:
        return _NO_LIST.format(kind=table.kind.name if table.kind else "别的表")
    if _OF_LEAVERS.search(table.heading):
        return OF_LEAVERS
    return "" if record.get("name") else NAMELESS


def _row(record: Record, roster: Roster, classes: Classes) -> ListRow:
    roster.take([record])
    taken = roster.rows[-1]
    kind = taken.kind or ReaderKind.PUPIL
    is_pupil = kind is ReaderKind.PUPIL
    grade = classes.grade(taken.class_name) if is_pupil else NO_GRADE
    name = classes.spelled(taken.class_name) if is_pupil else None
    gone = record.remarks or ""
    return ListRow(
        record.place,
        taken.name,
        record.get("reader_no"),
        kind,
        name,
        grade,
        gone if says_gone(gone) else "",
        record.text,
    )


def said_again(rows: Iterable[ListRow]) -> Iterator[ListRow]:
    """Rows that another sheet or file of the lists has already. Namesakes of one sheet are two people, also where it
    holds a class in two blocks side by side.
    """
    first: dict[tuple[str, str], ListRow] = {}
    for row in rows:
        if not (row.class_name or row.number):
            continue
        before = first.setdefault((row.key, class_key(row.class_name or "")), row)
        is_same_number = row.number == before.number or None in (row.number, before.number)
        if is_same_number and _sheet(before) != _sheet(row):
            yield row


def _sheet(row: ListRow) -> tuple[str, str]:
    return row.place.file, row.place.sheet.partition("（并排")[0]


def name_key(name: str) -> str:
    """The same text for every way of writing one name: without blanks, a number before it and a word of address
    behind it, the dot between parts always the same.
    """
    plain = squeezed(name_only(name).value).translate(_DOTS)
    return plain.removesuffix(_TEACHER) if len(plain) > len(_TEACHER) + 1 else plain


def is_near(one: str, other: str, *, same_class: bool) -> bool:
    """Whether two different names, by their keys, may be one person's, misspelt: one character changed, added or left
    out, all of one sound, or with a mark or a word in brackets behind. Two-character names that differ in a character
    of another sound are near only in one class.
    """
    if one == other:
        return False
    if _without_marks(one) == _without_marks(other) or _sound_alike(one, other):
        return True
    return _is_one_apart(one, other) and (same_class or max(len(one), len(other)) > _WEAK_LENGTH)


def _without_marks(name: str) -> str:
    return _MARKS.sub("", name) or name


def _is_one_apart(one: str, other: str) -> bool:
    if one_sign_apart(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _sound_alike(one: str, other: str) -> bool:
    same_length = len(one) == len(other)
    return same_length and all(a == b or _sounds(a) & _sounds(b) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=1 << 13)
def _sounds(character: str) -> frozenset[str]:
    """Every way the character is read, without tones; none for what is no Chinese character."""
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(sound for reading in readings for sound in reading)
