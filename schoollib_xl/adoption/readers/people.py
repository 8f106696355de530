"""Rosters into 读者名册 and 班级."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from schoollib_xl.adoption.fresh_numbers import numbers_from
from schoollib_xl.adoption.journal import Journal, What
from schoollib_xl.adoption.readers.class_spellings import ClassSpellings
from schoollib_xl.adoption.readers.grades_told import BARE, KEY, bare_class, class_with_grade, counted_throughout
from schoollib_xl.adoption.readers.leaving import remarks_of_leaving
from schoollib_xl.adoption.readers.newest_first import newest_first
from schoollib_xl.adoption.readers.same_people import FURTHER, IN_ANOTHER_CLASS, each_alone, once_each, person
from schoollib_xl.adoption.rows.records import Record, class_of
from schoollib_xl.adoption.transforms import CLASS_FROM_PLACE, CLASS_NAME, KIND_FROM_PLACE, NEW_NUMBER, NUMBER_ON_CARD
from schoollib_xl.ledgers.grades import class_in, class_key, grade_of
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.wording.zh import listed

NAMELESS = "没有姓名"
_FIELDS = tuple(field.name for field in SHEETS[ReaderRow].fields)
# What stands under 单位 or 班级 for people who are in no class.
_STAFF = re.compile(r"后勤|食堂|保安|门卫|保洁|宿管|工人|工友|厨|校医|(?<!教)职工")
_TEACHERS = re.compile(
    r"教师|老师|教工|教职|教员|教研|教导|教务|政教|德育|总务|行政|校长|书记|校领导|领导|主任|少先队|工会|退休|图书[室馆]"
    r"|(?:处|室|组|科|办|(?<![儿前学])部)$"
)
CALLED = re.compile("(?:老师|教师|校长)$")
"""How teachers are called: 谢老师."""
# Whom the title of a class's list names beside its pupils: 班主任：林老师.
_NAMED_TEACHER = re.compile(r"班主任\s*[:：|]?\s*[^\s|]*")
_TEACHER_OF_A_CLASS = re.compile(
    rf"{_NAMED_TEACHER.pattern}|[\u4e00-\u9fff]*(?:教师|老师)\s*[:：]\s*[^\s|]*|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{1,3}}老师(?![\u4e00-\u9fff])"
)

_PREFIXES: dict[ReaderKind | None, str] = {
    ReaderKind.PUPIL: "S",
    ReaderKind.TEACHER: "T",
    ReaderKind.STAFF: "T",
    None: "R",
}
NUMBERED = "有 {count} 人没有写证号，或证号读不出来，编了新号（{numbers}），证上照着写。"
# What a record of a loan says of its reader, and what is concluded of one who has left.
_NAMING = ("reader_no", "name", "class_name", "kind", "stopped_on")


class Roster:
    """Takes over records of readers; `rows` are their cards, `teachers` the class teachers the lists name,
    `without_grade` the classes that say no grade for certain, as written, with what they were taken for, `counted`
    those that are only counted throughout the school.
    """

    def __init__(self, names: ClassSpellings, journal: Journal) -> None:
        self._names = names
        self._journal = journal
        self.rows: list[ReaderRow] = []
        self.teachers: dict[str, str] = {}
        self.without_grade: dict[str, str] = {}
        self.counted: frozenset[str] = frozenset()

    def take(self, records: Iterable[Record], lending: Sequence[Record] = ()) -> None:
        """Take over all the records there are, nobody twice; readers without a number get the one by which the records
        of `lending` name them, else one after the highest there is.
        """
        named = [record for record in each_alone(records) if self._has_name(record)]
        named = newest_first(named, self._journal)
        self._journal.urgent += remarks_of_leaving(named)
        cards = {number for record in lending if (number := record.get("reader_no"))}
        kept = once_each(named, cards, self._journal)
        self._number_by_cards(kept, lending)
        self._take(kept, settles=True)
        if places := self._journal.in_another_class:
            self._journal.assumed.append(IN_ANOTHER_CLASS.format(count=len(places), first=places[0]))

    def _number_by_cards(self, kept: Sequence[Record], lending: Iterable[Record]) -> None:
        """Give those without a number the one under which the only one of their name and class borrowed."""
        on_cards = defaultdict[tuple[str, str], set[str]](set)
        for record in lending:
            if record.get("name") and (number := record.get("reader_no")):
                on_cards[person(record)].add(number)
        used, times = {record.get("reader_no") for record in kept}, Counter(map(person, kept))
        for record in kept:
            numbers = on_cards.get(person(record), set()) - used
            if not record.get("reader_no") and class_of(record) and times[person(record)] == len(numbers) == 1:
                (record.values["reader_no"],) = numbers
                self._journal.did(NUMBER_ON_CARD, record.place, "读者证号", "", record.get("reader_no"))

    def take_named(self, records: Iterable[Record]) -> int:
        """Enter readers that records of loans name; how many there are. The records are not settled by it."""
        named = list(records)
        self._take(named, settles=False)
        return len(named)

    def _take(self, kept: Sequence[Record], *, settles: bool) -> None:
        seen = {row.reader_no: row for row in self.rows}
        numbers = {*seen, *(record.get("reader_no") for record in kept)}
        fresh = {kind: numbers_from(1, 4, prefix, used=numbers) for kind, prefix in _PREFIXES.items()}
        self.counted |= counted_throughout(filter(None, map(bare_class, kept)))
        for name in self.counted:
            self._names.keep(name)
        self._journal.count(What.READERS, came_in=len(kept))
        for record in kept:
            self._add(record, fresh, seen, settles=settles and not record.get(FURTHER))
        if given := [row.reader_no for row in self.rows if row.reader_no not in numbers]:
            self._journal.assumed.append(NUMBERED.format(count=len(given), numbers=listed(given, 1)))

    def _has_name(self, record: Record) -> bool:
        if not record.get("name"):
            self._journal.count(What.READERS, came_in=1, aside=1)
            self._journal.aside(record.place, NAMELESS, record.text)
        return bool(record.get("name"))

    def _add(
        self,
        record: Record,
        fresh: dict[ReaderKind | None, Iterator[str]],
        seen: dict[str, ReaderRow],
        *,
        settles: bool,
    ) -> None:
        values: dict[str, Any] = {name: record.get(name) for name in (_FIELDS if settles else _NAMING)}
        values["kind"] = values.get("kind") or self._kind_by_unit(record)
        is_pupil = values["kind"] in (None, ReaderKind.PUPIL)
        values["class_name"] = (
            self._class_name(record) if is_pupil or class_in(record.get("class_name") or "") else None
        )
        values["kind"] = values["kind"] or self._kind(record, values["class_name"])
        values = dict.fromkeys(_FIELDS) | values
        number = values["reader_no"]
        same = seen.get(number) if number else None
        if same and same.name == values["name"]:
            said = "" if same.class_name == values["class_name"] else f"，这里写的班级是 {values['class_name']}"
            self._journal.count(What.READERS, merged=1)
            if settles:
                self.rows[same.line - 2] = seen[number] = _completed(same, values, record.remarks)
                self._journal.in_another_class += [record.place] if said else []
                self._journal.merged(record.place, f"读者名册 {number}（同一个人写了两遍{said}）", record.text)
            return
        if not number:
            number = next(fresh[values["kind"]])
            self._journal.did(NEW_NUMBER, record.place, "读者证号", "", number)
        remarks = record.remarks if settles else None
        row = ReaderRow(line=len(self.rows) + 2, **(values | {"reader_no": number, "remarks": remarks}))
        seen.setdefault(number, row)
        self.rows.append(row)
        if record.get("teacher") and row.class_name:
            self.teachers.setdefault(row.class_name, record.get("teacher"))
        if settles:
            self._journal.adopted(record.place, "读者名册", [number])

    def _class_name(self, record: Record) -> str | None:
        written, is_bare = class_with_grade(record), bare_class(record) is not None
        if written is None and "class_name" not in record.table.columns:
            written = self._from_place(record)
        if not written:
            return None
        spelled = self._names.spelled(written)
        if is_bare and written not in self.counted:
            self.without_grade[written] = spelled
        if spelled != written:
            self._journal.did(CLASS_NAME, record.place, "班级", written, spelled)
        return spelled

    def _from_place(self, record: Record) -> str | None:
        if found := record.table.class_over:
            self._journal.did(CLASS_FROM_PLACE, record.place, "班级", "", found)
        return found

    def _kind_by_unit(self, record: Record) -> ReaderKind | None:
        """Teachers and staff by what stands under 单位, 部门, 班级 or 年级, or how they are called: 谢老师."""
        if CALLED.search(name := record.get("name")):
            self._journal.did(KIND_FROM_PLACE, record.place, "读者类别", name, ReaderKind.TEACHER.value)
            return ReaderKind.TEACHER
        for unit in filter(None, map(record.get, ("class_name", "grade"))):
            kind = None if class_in(unit) else kind_in(unit)
            if kind:
                self._journal.did(KIND_FROM_PLACE, record.place, "读者类别", unit, kind.value)
                return kind
        return None

    def _kind(self, record: Record, class_name: str | None) -> ReaderKind | None:
        heading = (_TEACHER_OF_A_CLASS if class_name else _NAMED_TEACHER).sub("", record.table.said_round)
        # 老师回家 on the card of a book tells of no teacher.
        said = f"{heading.replace(record.get('title') or ' ', ' ')} {record.header('name')}"
        if any(word in said for word in ("教师", "教工", "老师", "教职工")):
            kind = ReaderKind.TEACHER
        elif class_name or "学生" in record.table.said_round:
            kind = ReaderKind.PUPIL
        else:
            return None
        self._journal.did(KIND_FROM_PLACE, record.place, "读者类别", "", kind.value)
        return kind


def _completed(row: ReaderRow, values: Mapping[str, Any], remarks: str | None) -> ReaderRow:
    """A reader with what another line of his number says beside it: of when he left, of his class."""
    more = {name: value for name, value in values.items() if getattr(row, name) is None}
    said = dict.fromkeys(filter(None, [row.remarks, *(remarks or "").split("；")]))
    return row._replace(**more | {"remarks": "；".join(said) or None})


def kind_in(unit: str) -> ReaderKind | None:
    """Teachers or staff by what their unit is called; None of any other."""
    if _STAFF.search(unit):
        return ReaderKind.STAFF
    return ReaderKind.TEACHER if _TEACHERS.search(unit) else None


def with_grades(known: Iterable[ClassRow], year: int, journal: Journal) -> list[ClassRow]:
    """The classes of a list, each with the grade that its name tells where the list says none."""
    rows = list(known)
    told = {
        row.line: grade
        for row in rows
        if row.grade is None and row.class_name and not BARE.fullmatch(row.class_name)
        if (grade := grade_of(row.class_name, year)) is not None
    }
    if told:
        journal.assumed.append(f"“班级”表没写年级的 {len(told)} 个班，年级照班级名称填的。")
    return [row._replace(grade=told[row.line]) if row.line in told else row for row in rows]


def classes_of(roster: Roster, year: int, journal: Journal) -> list[ClassRow]:
    """班级 as the roster tells it: every class a pupil is in, with its pupils counted."""
    pupils: dict[str, int] = {}
    for row in roster.rows:
        if row.kind in (None, ReaderKind.PUPIL) and row.class_name and row.stopped_on is None:
            pupils[row.class_name] = pupils.get(row.class_name, 0) + 1
    graded = {name: None if name in roster.counted else grade_of(name, year) for name in pupils}
    if graded:
        journal.assumed.append(
            "“班级”表是照花名册编的：年级照班级名称，学生人数照名册上在用的证数；借阅方式空着，算个人借阅。"
        )
    if bare := {name: spelled for name, spelled in roster.without_grade.items() if graded.get(spelled)}:
        taken = "，".join(
            f"“{name}”当作{spelled if spelled != name else f' {graded[spelled]} 年级的'}"
            for name, spelled in sorted(bare.items())
        )
        journal.assumed.append(f"有的班没写年级：{taken}。不是的，在花名册里加一栏“年级”，再接收一次。")
    if unknown := [name for name, grade in graded.items() if grade is None]:
        journal.assumed.append(
            f"看不出现在是几年级的班：{'、'.join(unknown)}。在“班级”表里补上年级；早毕业了的，给学生填停用日期，再删去这个班。"
        )
    ordered = sorted(graded, key=lambda name: (graded[name] or 9, _order(name)))
    return [
        ClassRow._make((line, name, graded[name], roster.teachers.get(name), pupils[name], None, None))
        for line, name in enumerate(ordered, 2)
    ]


def _order(name: str) -> tuple[int, str]:
    match = KEY.fullmatch(class_key(name))
    return (int(match[2]) if match else 99, name)
