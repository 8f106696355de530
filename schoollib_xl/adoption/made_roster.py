"""读者名册 of a school that has none: whoever the lists of loans name, in the class he is in by the last school year in
which anything was lent. Who was in the third grade the year before is in the fourth now, and no second pupil.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.adoption.card_readers import RENEWED, are_of_one, former_cards_taken, year_of_roster
from schoollib_xl.adoption.directory import ReaderNames
from schoollib_xl.adoption.events import action_of
from schoollib_xl.adoption.grades_told import KEY
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.leaving import days_after_last_use
from schoollib_xl.adoption.loans import readers_named
from schoollib_xl.adoption.lots import plain_title
from schoollib_xl.adoption.people import CALLED, Roster
from schoollib_xl.adoption.promotion import LAST_GRADE
from schoollib_xl.adoption.records import Record, class_of, day_of_loan
from schoollib_xl.adoption.words import RETURNED
from schoollib_xl.ledgers.grades import MixedGrade, class_key, grade_of
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.vocabulary import ReaderKind

MADE = (
    "旧表里没有花名册，照借阅记录上的 {count} 个人编了读者名册，核对一遍；"
    "没借过书的学生不在里面，补进名册和班级人数，不然生均借书册数会算高。"
)
MOVED_UP = "其中只在以前的学年借过书的 {count} 人（第一处{first}）：班级照升了级以后的写；已经转走的，填停用日期。"
LEFT = (
    "其中照年级算已经毕业、离校的 {count} 人（第一处{first}）：证记作停用，班级照那时写的，"
    "停用日期先写最后一次借还的第二天，停用原因空着，核对一遍。"
)
# A teaching point has no grade above the fourth; what has a fifth is a whole primary school, even if its sixth grade
# borrows nothing.
_LAST_OF_A_POINT = 4
_NUMERAL = re.compile("[1-6一二三四五六](?=年)")


class _NamingLine(NamedTuple):
    """A line that names a reader: its day, the school year of that, the class and the one grade it tells."""

    record: Record
    day: date | None
    year: int
    own: str
    grade: int | None


def make_roster(roster: Roster, lending: Sequence[Record], pages: Iterable[Record], as_of: date) -> Iterator[str]:
    """Enter all whom the lists of loans name; sentences on them, none where there are none."""
    year = year_of_roster((), lending, as_of)
    lines = _naming_lines([*lending, *pages], year)
    # A name without a class is that of one whom an older line names with his.
    told = (line.record for line in lines if line.year >= year and (line.own or line.record.get("reader_no")))
    now = list(readers_named(told))
    roster.take_named(now)
    names, called = ReaderNames(roster.rows, year), {row.reader_no: row.name for row in roster.rows}
    renewed = former_cards_taken(lending, called, names, year)
    former = [
        line
        for line in lines
        if line.record.get("name") and line.record.get("reader_no") not in called and not names.of(line.record)
    ]
    seen = max((line.grade for line in lines if line.grade is not None), default=LAST_GRADE)
    last_grade = seen if seen <= _LAST_OF_A_POINT else LAST_GRADE
    # Who borrows by his bare name has not left.
    still_here = {_called(line.record) for line in lines if line.year >= year and not line.own}
    moved_up: list[Record] = []
    left: list[Record] = []
    others: list[Record] = []
    for own in _people(former):
        line = max(own, key=lambda line: line.day or date.min)
        grade = None if line.grade is None else line.grade + year - line.year
        if grade is None or grade == line.grade:
            others.append(line.record)
        elif grade <= last_grade:
            moved_up.append(_with(line, class_name=_name_in(line.own, grade, year)))
        elif _called(line.record) not in still_here:
            after = days_after_last_use((one.record for one in own), as_of)
            left.append(_with(line, stopped_on=max(after.values(), default=line.day)))
    roster.take_named([*moved_up, *left])
    known = ReaderNames(roster.rows, year)
    others = list(readers_named(record for record in others if not known.of(record)))
    roster.take_named(others)
    if count := len(now) + len(moved_up) + len(left) + len(others):
        yield MADE.format(count=count)
    for sentence, records in ((MOVED_UP, moved_up), (LEFT, left), (RENEWED, renewed)):
        yield from of_many(sentence, [record.place for record in records])


def _called(record: Record) -> str:
    return record.get("reader_no") or plain_title(record.get("name") or "")


def _naming_lines(named: Sequence[Record], this_year: int) -> list[_NamingLine]:
    """The lines that tell who is at school, the latest school year first."""
    borrowers = {_called(record) for record in named if action_of(record) != RETURNED}
    # Who has left may bring a book back in autumn.
    telling = (one for one in named if action_of(one) != RETURNED or _called(one) not in borrowers)
    return sorted((_naming_line(record, this_year) for record in telling), key=lambda line: -line.year)


def _naming_line(record: Record, this_year: int) -> _NamingLine:
    day, own = day_of_loan(record), class_of(record) or ""
    year = first_year(day) if day else this_year
    grade = grade_of(own, year)
    return _NamingLine(record, day, year, own, None if _is_no_pupil(record) or isinstance(grade, MixedGrade) else grade)


def _is_no_pupil(record: Record) -> bool:
    return record.get("kind") not in (None, ReaderKind.PUPIL) or CALLED.search(record.get("name") or "") is not None


def _people(lines: Iterable[_NamingLine]) -> Iterator[list[_NamingLine]]:
    """The lines of each reader: of one number, or of one name that came to school in one year. A name that stands in
    two classes of one year is two pupils'.
    """
    for own in gathered((_who(line), line) for line in lines).values():
        if own[0].record.get("reader_no") or are_of_one([(line.day, line.record) for line in own if line.day]):
            yield own
        else:
            yield from gathered((class_key(line.own).partition("-")[2], line) for line in own).values()


def _who(line: _NamingLine) -> tuple[Any, ...]:
    name, entered = plain_title(line.record.get("name")), None if line.grade is None else line.year - line.grade
    number = line.record.get("reader_no")
    # A class teacher takes another class, and does not leave with his own.
    own = "" if _is_no_pupil(line.record) else class_key(line.own) if entered is None else entered
    return (number,) if number else (name, own)


def _with(line: _NamingLine, **values: Any) -> Record:
    return replace(line.record, values={**line.record.values, "class_name": line.own, **values})


def _name_in(name: str, grade: int, year: int) -> str:
    """What a class is called in the grade in which it is in the school year that begins in `year`: 三（1）班 in the
    fourth is 四（1）班, 学前班 in the first 一年级, 2023级1班 stays what it is.
    """
    if grade_of(name, year) == grade:
        return name
    if match := KEY.fullmatch(class_key(name)):
        return f"{numeral(grade)}（{match[2]}）班"
    return _NUMERAL.sub(numeral(grade), name, count=1) if _NUMERAL.search(name) else f"{numeral(grade)}年级"
