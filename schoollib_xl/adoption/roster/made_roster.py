"""读者名册 of a school that has none: whoever the lists of loans name, in the class he is in by now. Who was in the
third grade the year before is in the fourth, and no second pupil.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.adoption.forms.words import RETURNED
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.lending.events import action_of
from schoollib_xl.adoption.lending.loans import readers_named
from schoollib_xl.adoption.lending.reader_names import Pupil, ReaderNames, namesakes_in
from schoollib_xl.adoption.next_year.promotion import LAST_GRADE, promoted_name
from schoollib_xl.adoption.readers.leaving import days_after_last_use
from schoollib_xl.adoption.readers.people import CALLED, Roster
from schoollib_xl.adoption.readers.same_people import person
from schoollib_xl.adoption.roster.card_readers import RENEWED, former_cards_taken, year_of_roster
from schoollib_xl.adoption.rows.records import Record, class_of, day_of_loan
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.grades import MixedGrade, grade_of
from schoollib_xl.ledgers.library import grouped
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
UNCLEAR = (
    "旧表里的班最高到{last}年级，其中照年级算现在该更高的 {count} 人（第一处{first}）还在不在校，定不下："
    "证算在用，班级空着。补上班级，不在校的填停用日期；或者加一张写明各班年级的“班级”表，再接收一次。"
)
GROUPS = (
    "其中不像一个人名字的 {count} 个（第一个“{first}”）：也各编了一个证号；是几个人合借的，改成经手的人，再接收一次。"
)
_GROUP = re.compile("[\u4e00-\u9fff]{1,6}(?:组|办公室|教研室|图书室|[全各]体?(?:师生|教师|学生|班))|全班|全体.{0,4}")
# A teaching point has no grade above the fourth; what has a fifth is a whole primary school, even if its sixth grade
# borrows nothing.
_LAST_OF_A_POINT = 4


class _NamingLine(NamedTuple):
    """A line that names a reader: its day, the school year of that, the class and the one grade it tells."""

    record: Record
    day: date | None
    year: int
    own: str
    grade: int | None


class _Known(NamedTuple):
    """What the lists tell of all readers: the school year of their classes, the last grade of the school and the last
    that anyone is in, whose names stand in two classes, and the day after each was last seen.
    """

    year: int
    last_grade: int
    highest: int
    namesakes: frozenset[Pupil]
    after: Mapping[Hashable, date]


class _Former(NamedTuple):
    """Readers whom lines of earlier school years name: whose class tells no grade, who has moved up, who has left, of
    whom nobody can tell that.
    """

    ungraded: list[Record]
    moved_up: list[Record]
    left: list[Record]
    unclear: list[Record]


def make_roster(
    roster: Roster, lending: Sequence[Record], pages: Iterable[Record], as_of: date, year: int, last_grade: int | None
) -> Iterator[str]:
    """Enter all whom the lists of loans name, in their classes of the school year that begins in `year`; sentences on
    them, none where there are none. `last_grade` is that of the school, None where no list says it.
    """
    # A page without a loan was headed when those with loans were.
    lines = _naming_lines([*lending, *pages], year_of_roster((), lending, as_of))
    seen = max((line.grade for line in lines if line.grade is not None), default=LAST_GRADE)
    highest = last_grade or (seen if seen <= _LAST_OF_A_POINT else LAST_GRADE)
    after = days_after_last_use(lending, as_of)
    known = _Known(year, last_grade or LAST_GRADE, highest, namesakes_in(lending), after)
    # A name without a class is that of one whom an older line names with his.
    told = (line.record for line in lines if line.year >= year and (line.own or line.record.get("reader_no")))
    count = roster.take_named(readers_named(told))
    # Who borrows by his bare name has not left.
    still_here = {_called(line.record) for line in lines if line.year >= year and not line.own}
    renewed: list[Record] = []
    former = _Former([], [], [], [])
    # The year before tells whom one before that means: also those who do not borrow now.
    for of_year in grouped((line for line in lines if line.year < year), lambda line: line.year).values():
        names = ReaderNames(roster.rows, year, known.namesakes)
        called = {row.reader_no: row.name for row in roster.rows}
        renewed += former_cards_taken([line.record for line in of_year], called, names, year)
        found = _Former([], [], [], [])
        for line in _each_person(of_year):
            if line.record.get("reader_no") not in called and not names.of(line.record):
                _place(line, known, found, is_here=_called(line.record) in still_here)
        count += roster.take_named(record for records in found for record in records)
        former = _Former(*(before + now for before, now in zip(former, found, strict=True)))
    names = ReaderNames(roster.rows, year, known.namesakes)
    bare = (line.record for line in lines if not line.own and not line.record.get("reader_no"))
    count += roster.take_named(readers_named(record for record in bare if not names.of(record)))
    if count:
        yield MADE.format(count=count)
    groups = [row.name for row in roster.rows if row.name and _GROUP.fullmatch(row.name)]
    yield from of_many(GROUPS, groups)
    kinds = (MOVED_UP, former.moved_up), (LEFT, former.left), (UNCLEAR, former.unclear), (RENEWED, renewed)
    for sentence, records in kinds:
        yield from of_many(sentence, [record.place for record in records], last=numeral(highest))


def _place(line: _NamingLine, known: _Known, found: _Former, *, is_here: bool) -> None:
    """Put the reader of a line of an earlier year where he is by the grade he would be in now."""
    grade = None if line.grade is None else line.grade + known.year - line.year
    if grade is None or line.grade is None:
        found.ungraded.append(line.record)
    elif grade <= known.highest:
        found.moved_up.append(_with(line, _name_in(line.own, line.grade, grade, line.year)))
    elif grade <= known.last_grade:
        found.unclear.append(_with(line, "", kind=ReaderKind.PUPIL))
    elif not is_here:
        stopped_on = known.after.get(line.record.get("reader_no")) or known.after.get(person(line.record))
        found.left.append(_with(line, line.own, stopped_on=stopped_on or line.day))


def _called(record: Record) -> str:
    return record.get("reader_no") or plain_title(record.get("name") or "")


def _naming_lines(named: Sequence[Record], undated: int) -> list[_NamingLine]:
    """The lines that tell who is at school, the latest school year first."""
    borrowers = {_called(record) for record in named if action_of(record) != RETURNED}
    # Who has left may bring a book back in autumn.
    telling = (one for one in named if action_of(one) != RETURNED or _called(one) not in borrowers)
    return sorted((_naming_line(record, undated) for record in telling), key=lambda line: -line.year)


def _naming_line(record: Record, undated: int) -> _NamingLine:
    day, own = day_of_loan(record), class_of(record) or ""
    year = first_year(day) if day else undated
    grade = grade_of(own, year)
    return _NamingLine(record, day, year, own, None if _is_no_pupil(record) or isinstance(grade, MixedGrade) else grade)


def _is_no_pupil(record: Record) -> bool:
    return record.get("kind") not in (None, ReaderKind.PUPIL) or CALLED.search(record.get("name") or "") is not None


def _each_person(lines: Iterable[_NamingLine]) -> Iterator[_NamingLine]:
    """The last line of each reader that lines of one school year name, and more than name: by number, else by name and
    class.
    """
    told = (line for line in lines if line.record.get("name") and (line.own or line.record.get("reader_no")))
    by_person = grouped(sorted(told, key=lambda line: line.day or date.min), lambda line: _who(line.record))
    return (of_person[-1] for of_person in by_person.values())


def _who(record: Record) -> Hashable:
    return record.get("reader_no") or person(record)


def _with(line: _NamingLine, class_name: str, **values: Any) -> Record:
    return replace(line.record, values={**line.record.values, "class_name": class_name, **values})


def _name_in(name: str, before: int, after: int, year: int) -> str:
    """What a class of one grade is called in another: 学前班 in the first is 一年级, 2023级1班 stays what it is."""
    if before == 0 and grade_of(name, year + 1) == 0:
        return f"{numeral(after)}年级"
    return promoted_name(name, before, after - before)
