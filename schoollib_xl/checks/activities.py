"""活动记录 and 阅览登记 (ACT, VIS): what was done, when, by whom and by how many."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.likeness import bare, says
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.joint_classes import classes_named, unknown_classes
from schoollib_xl.rules.target_names import activity_of, nearest

_KINDS = {VisitorKind.CLASS: ReaderKind.PUPIL, VisitorKind.TEACHER: ReaderKind.TEACHER}

# Others than the pupils of the classes came along, or one person was counted several times.
_MORE = ("家长", "亲子", "村民", "社区", "外校", "校外", "全校", "教师", "人次", "累计", "嘉宾", "校友")
# What is held in the holidays says so.
_ON_PURPOSE = ("假", "节", "五一", "国庆", "元旦", "线上", "网上", "家庭", "亲子", "外出", "研学", "夏令营", "冬令营")
_BETWEEN = re.compile(r"[、,，;；/和及\s]+")
_TITLE = re.compile(r"(?:老师|教师|主任|校长)$")
# A group that came together, or somebody from elsewhere.
_NO_NAME = re.compile("组|处|部|全体|教师|老师们|外校|来访|实习|支教|家长|等$|等人|[0-9一二三四五六七八九十]人")


def _is_of_another_year(library: Library, day: date) -> bool:
    """Whether the day lies in a school year 基本信息 has no term of."""
    terms = (library.school.term, library.school.previous_term)
    years = {first_year(term.start) for term in terms if term}
    return bool(years) and first_year(day) not in years


@check(
    "ACT001",
    title="一次活动记了两行",
    message="{held_on} 的“{name}”前面已经记过一行。",
    why="一次活动记两行，总结里的次数就多数一次。",
    fix="先对照活动的记录；写了两遍就只留一行，真办了两场，就在名称里写明是哪一场。",
    severity=Severity.WARNING,
    reads={ActivityRow: "held_on kind name classes"},
    may_read={ActivityRow: "participants person result"},
)
def activity_entered_twice(library: Library) -> Iterator[Found]:
    earlier: dict[tuple[object, ...], list[ActivityRow]] = defaultdict(list)
    for row in sorted(library[ActivityRow], key=lambda row: row.line):
        before = earlier[row.held_on, bare(row.kind), bare(row.name), bare(row.classes or "")]
        if first := next((one for one in before if _may_be_one(one, row)), None):
            yield found(cell(row, "name"), cell(first, "name"))
        before.append(row)


def _may_be_one(one: ActivityRow, other: ActivityRow) -> bool:
    """Whether nothing tells the two apart: other people, another number or another result make two sessions."""
    pairs = ((one.participants, other.participants), (one.person, other.person), (one.result, other.result))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


@check(
    "ACT101",
    title="活动不在本学年",
    message="“{name}”的日期是 {held_on}，不在本学年。",
    why="日期不在本学年，总结里就数不到这一次。",
    fix="先看年份有没有写错；没有写错，就移到那一年的活动记录里。",
    severity=Severity.WARNING,
    reads={ActivityRow: "held_on name"},
)
def activity_of_another_year(library: Library) -> Iterator[Found]:
    for row in library[ActivityRow]:
        if _is_of_another_year(library, row.held_on):
            yield found(cell(row, "held_on"))


@check(
    "ACT301",
    title="活动的类别和指标对不上",
    message="活动类别写的是“{kind}”，任务指标里最接近的是“{nearest}”。",
    why="类别和指标的名称差一点，总结里就数不到这一次。",
    fix="先看是不是同一种活动；是，就改成“{nearest}”；不是，就换一个不会混的类别。",
    severity=Severity.WARNING,
    reads={ActivityRow: "kind", TargetRow: "name"},
)
def activity_misspelled(library: Library) -> Iterator[Found]:
    promised = {kind: row for row in library[TargetRow] if (kind := activity_of(row.name))}
    for row in library[ActivityRow]:
        if row.kind not in promised and (meant := nearest(row.kind, promised)):
            yield found(cell(row, "kind"), cell(promised[meant], "name"), nearest=meant)


@check(
    "ACT302",
    title="参加班级不在班级表里",
    message="“{name}”的参加班级写着“{unknown}”，班级表里没有。",
    why="班级表里没有的班，总结里说不清是谁参加的。",
    fix="先看是不是写错了班；写错就改正；外校的班，把校名也写上。",
    severity=Severity.WARNING,
    reads={ActivityRow: "name classes", ClassRow: "class_name grade"},
)
def activity_of_an_unknown_class(library: Library) -> Iterator[Found]:
    if not library[ClassRow].rows or library[ClassRow].incomplete:
        return
    for row in library[ActivityRow]:
        if unknown := unknown_classes(library, row.classes):
            yield found(cell(row, "classes"), unknown="、".join(unknown))


@check(
    "VIS101",
    title="阅览不在本学年",
    message="阅览日期是 {visited_on}，不在本学年。",
    why="日期不在本学年，阅览人次就少数了。",
    fix="先看年份有没有写错；没有写错，就移到那一年的阅览登记里。",
    severity=Severity.WARNING,
    reads={VisitRow: "visited_on"},
)
def visit_of_another_year(library: Library) -> Iterator[Found]:
    for row in library[VisitRow]:
        if _is_of_another_year(library, row.visited_on):
            yield found(cell(row, "visited_on"))


@check(
    "VIS102",
    title="闭馆日有人阅览",
    message="{visited_on} 不开放，阅览登记里却有这一天的阅览{alike}。",
    why="闭馆日的阅览多半是日期写错，或者校历、开放时间没有写全。",
    fix="先核对日期；没有错，就补校历或开放时间。",
    severity=Severity.HINT,
    reads={
        VisitRow: "visited_on visitor",
        CalendarRow: "starts_on ends_on kind follows",
        OpeningRow: "weekday starts_at ends_at audience",
    },
)
def visit_on_closed_day(library: Library) -> Iterator[Found]:
    calendar = library.derive(SchoolCalendar)
    if not calendar.is_whole or library[OpeningRow].incomplete:
        return
    closed = [
        row
        for row in library[VisitRow]
        if calendar.covers(row.visited_on)
        and calendar.opens_for(_KINDS[row.visitor])
        and not calendar.is_open(row.visited_on, _KINDS[row.visitor])
    ]
    for visits in group_by(closed, "visited_on").values():
        yield found(*folded(visits, "visited_on"), alike=Alike(len(visits) - 1))


@check(
    "VIS303",
    title="班级阅览没有写班级",
    message="{visited_on} 的阅览写着对象是班级，班级空着。",
    why="不知道是哪个班，阅览次数就算不到班上。",
    fix="先问带班的老师，再填上班级；其实是教师来阅览，就把对象改成教师。",
    severity=Severity.WARNING,
    reads={VisitRow: "visited_on visitor class_name"},
)
def class_visit_without_class(library: Library) -> Iterator[Found]:
    for row in library[VisitRow]:
        if row.visitor is VisitorKind.CLASS and row.class_name is None:
            yield found(cell(row, "class_name"), cell(row, "visitor"))


@check(
    "ACT202",
    title="参加人数多于参加的班级",
    message="“{name}”参加 {participants} 人，{classes}只有 {pupils} 名学生。",
    why="人数写大了，总结里就说大了。",
    fix="先看活动的签到或照片；人数写错就改，别的班也来了就写进参加班级；家长也算的，在成果里写“家长”。",
    severity=Severity.HINT,
    reads={ActivityRow: "name classes participants result", ClassRow: "class_name grade pupils"},
    may_read={ReaderRow: "kind"},
)
def more_participants_than_in_the_classes(library: Library) -> Iterator[Found]:
    if library[ClassRow].incomplete:
        return
    school = sum(row.pupils for row in library.classes.values())
    staff = sum(row.kind is not ReaderKind.PUPIL for row in library[ReaderRow])
    for row in library[ActivityRow]:
        classes = classes_named(library, row.classes)
        pupils = sum(one.pupils for one in classes)
        # More than the whole school is told of there (ACT201).
        if pupils and pupils + staff < (row.participants or 0) <= school and not _says(row, *_MORE):
            yield found(cell(row, "participants"), cell(row, "classes"), pupils=pupils)


def _says(row: ActivityRow, *words: str) -> bool:
    return any(says(text, *words) for text in (row.name, row.result, row.classes))


@check(
    "ACT102",
    title="放假的日子有活动",
    message="“{name}”的日期是 {held_on}，校历这一天放假。",
    why="放假的日子办活动的不多，多半是日期写错了。",
    fix="先看活动的照片或通知；日期写错就改正；是假期活动，在名称里写上“假期”。",
    severity=Severity.HINT,
    reads={ActivityRow: "held_on name classes result", CalendarRow: "starts_on ends_on kind follows"},
)
def activity_in_the_holidays(library: Library) -> Iterator[Found]:
    calendar = library.derive(SchoolCalendar)
    holidays = [row for row in library[CalendarRow] if row.kind is DayKind.HOLIDAY]
    for row in library[ActivityRow] if calendar.is_whole else ():
        within = next((one for one in holidays if one.starts_on <= row.held_on <= one.ends_on), None)
        if within and calendar.timetable(row.held_on) is None and not _says(row, *_ON_PURPOSE):
            yield found(cell(row, "held_on"), cell(within, "starts_on"))


@check(
    "VIS306",
    title="阅览的教师不在读者名册",
    message="{visited_on} 来阅览的{unknown}，读者名册里没有这位教师{alike}。",
    why="名字写错了，就查不到是哪位教师来过。",
    fix="先看姓名有没有写错；写错就改正；外来的教师，在姓名后面写上单位。",
    severity=Severity.HINT,
    reads={VisitRow: "visited_on visitor name", ReaderRow: "name kind"},
    may_read={ClassRow: "teacher"},
)
def unknown_teacher_reads(library: Library) -> Iterator[Found]:
    known = _adults(library)
    visits: dict[str, list[VisitRow]] = defaultdict(list)
    for row in library[VisitRow] if library[ReaderRow].all_say("name") else ():
        if row.visitor is VisitorKind.TEACHER and row.name and not _NO_NAME.search(row.name):
            for name in filter(None, _BETWEEN.split(row.name)):
                visits[name].append(row)
    unknown = [name for name in visits if not {bare(name), bare(_TITLE.sub("", name))} & known]
    # Where most who read there have no card, the school gives its teachers none.
    for name in unknown if len(unknown) * 2 < len(visits) else ():
        rows = visits[name]
        yield found(*folded(rows, "name"), unknown=name, alike=Alike(len(rows) - 1))


def _adults(library: Library) -> set[str]:
    school = library.school
    named = [row.name for row in library[ReaderRow] if row.kind is not ReaderKind.PUPIL]
    named += [row.teacher for row in library[ClassRow] if row.teacher]
    return {bare(name) for name in (*named, school.principal, school.librarian) if name}
