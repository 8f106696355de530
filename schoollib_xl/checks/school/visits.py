"""阅览登记 (VIS): who came to read, when and how many."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.running import month_without_a_line, months_beside, of_another_year
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import VisitorKind
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.joint_classes import classes_named
from schoollib_xl.rules.likeness import bare, people_in, says

_KINDS = {VisitorKind.CLASS: ReaderKind.PUPIL, VisitorKind.TEACHER: ReaderKind.TEACHER}
# Pupils have left since, teachers and guests came along: more than a class and a half is a slip.
_MOST_OF_A_CLASS = 1.5
# On so many closed days of one weekday nobody mistook the date.
_WEEKS = 5
_TITLES = ("老师", "教师", "主任", "校长")
# A group that came together, or somebody from elsewhere.
_NO_NAME = (
    *("全体", "教师", "老师们", "外校", "来访", "实习", "支教", "家长", "等人"),
    *("小学", "中学", "学校", "中心校", "完小", "教学点", "幼儿园"),
)
# Signs that end the name of a group or an office, and that no family is called by.
_OF_A_GROUP = tuple("组处部局站馆")
_HEADS = "[0-9一二三四五六七八九十]人"

# Who else comes with a class, or among teachers.
_WITH_A_CLASS = ("外校", "来访", "参观", "家长", "亲子")
_GUESTS = (*_WITH_A_CLASS, "研讨", "培训", "县", "乡", "镇")


@check(
    "VIS101",
    title="阅览不在本学年",
    message="阅览日期是 {visited_on}，不在本学年{alike}。",
    why="日期不在本学年，阅览人次就少数了。",
    fix="先看年份有没有写错；没有写错，就移到那一年的阅览登记里。",
    severity=Severity.WARNING,
    reads={VisitRow: "visited_on"},
)
def visit_of_another_year(library: Library) -> Iterator[Found]:
    return of_another_year(library, VisitRow, "visited_on")


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
    if not (calendar := library.derive(SchoolCalendar)).is_whole or library[OpeningRow].incomplete:
        return
    closed = [
        row
        for row in library[VisitRow]
        if calendar.covers(row.visited_on)
        # A day made up for that follows no day is its own fault (QUO113).
        and not calendar.leaves_untold(row.visited_on, row.visited_on)
        and calendar.opens_for(_KINDS[row.visitor])
        and not calendar.is_open(row.visited_on, _KINDS[row.visitor])
    ]
    days_of = grouped(library[VisitRow].distinct("visited_on"), date.weekday)
    # Readers who come every Saturday are one line that 开放时间 lacks.
    for weekday, on_weekday in grouped(closed, lambda row: row.visited_on.weekday()).items():
        by_day = [*group_by(on_weekday, "visited_on").values()]
        if len(by_day) >= max(_WEEKS, len(days_of[weekday]) / 2):
            by_day = [on_weekday]
        for visits in by_day:
            yield found(*folded(visits, "visited_on"), alike=Alike(len(visits) - 1))


@check(
    "VIS303",
    title="班级阅览没有写班级",
    message="{visited_on} 的阅览写着对象是班级，班级空着{alike}。",
    why="不知道是哪个班，阅览次数就算不到班上。",
    fix="先问带班的老师，再填上班级；其实是教师来阅览，就把对象改成教师。",
    severity=Severity.WARNING,
    reads={VisitRow: "visited_on visitor class_name"},
)
def class_visit_without_class(library: Library) -> Iterator[Found]:
    visits = library[VisitRow].having("visitor", VisitorKind.CLASS)
    nameless = (found(cell(row, "class_name"), cell(row, "visitor")) for row in visits if row.class_name is None)
    yield from told_once(nameless, len(visits))


@check(
    "VIS304",
    title="阅览人数多于全班人数",
    message="{visited_on} {class_name}来了 {people} 人，班级表里只有 {pupils} 人{alike}。",
    why="人数写错，阅览人次就算多了。",
    fix="先问带班的老师，再改正人数；几个班一起来的，班级里几个班都写上，如 一（1）班、一（2）班。",
    severity=Severity.WARNING,
    reads={VisitRow: "visited_on visitor class_name people", ClassRow: "class_name pupils"},
    may_read={VisitRow: "content", ClassRow: "grade remarks"},
)
def more_visitors_than_pupils(library: Library) -> Iterator[Found]:
    # Who writes forty on every line counts by the seats of the room.
    yield from told_once(_crowded(library), len(library[VisitRow].having("visitor", VisitorKind.CLASS)))


def _crowded(library: Library) -> Iterator[Found]:
    told = [one for one in library[ClassRow] if one.remarks]
    for row in library[VisitRow].having("visitor", VisitorKind.CLASS):
        classes = classes_named(library, row.class_name)
        pupils = sum(one.pupils for one in classes) if all(one.pupils for one in classes) else 0
        # 从一（1）班分出: before that it had these pupils as well.
        parted = sum(other.pupils for other in told if any(says(other.remarks, one.class_name) for one in classes))
        is_crowded = row.people > (pupils + parted) * _MOST_OF_A_CLASS > 0
        if is_crowded and not says(row.content, *_WITH_A_CLASS):
            yield found(cell(row, "people"), *(cell(one, "pupils") for one in classes), pupils=pupils)


@check(
    "VIS305",
    title="教师阅览没有写姓名",
    message="{visited_on} 的阅览写着对象是教师，姓名空着{alike}。",
    why="教师阅览每周要有记录，写了姓名才查得到是谁。",
    fix="先问是哪位教师，再填上姓名；其实是班级来阅览，就把对象改成班级。",
    severity=Severity.HINT,
    reads={VisitRow: "visited_on visitor class_name name people"},
)
def teacher_visit_without_name(library: Library) -> Iterator[Found]:
    teachers = library[VisitRow].having("visitor", VisitorKind.TEACHER)
    teachers = teachers if any(row.name for row in teachers) else []
    # Several teachers come without their names; a class that came with its name is no teacher.
    nameless = (row for row in teachers if row.name is None and (row.people <= 1 or row.class_name))
    yield from told_once((found(cell(row, "name"), cell(row, "visitor")) for row in nameless), len(teachers))


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

    def is_known(name: str) -> bool:
        untitled = name[:-2] if name.endswith(_TITLES) else name
        return not {bare(name), bare(untitled)}.isdisjoint(known)

    visits: dict[str, list[VisitRow]] = defaultdict(list)
    for row in library[VisitRow] if library[ReaderRow].all_say("name") else ():
        if row.visitor is VisitorKind.TEACHER and row.name and not _is_no_name(row.name):
            for name in people_in(row.name, is_known):
                visits[name].append(row)
    unknown = [name for name in visits if not is_known(name)]
    # Where most who read there have no card, the school gives its teachers none.
    for name in unknown if len(unknown) * 2 < len(visits) else ():
        rows = visits[name]
        yield found(*folded(rows, "name"), unknown=name, alike=Alike(len(rows) - 1))


def _is_no_name(text: str) -> bool:
    is_group = says(text, *_NO_NAME) or says(text[1:], *_OF_A_GROUP)
    return is_group or text.endswith("等") or ("人" in text and re.search(_HEADS, text) is not None)


def _adults(library: Library) -> set[str]:
    school = library.school
    readers = library[ReaderRow]
    named: list[str | None] = [row.name for row in readers if row.kind is not ReaderKind.PUPIL]
    # Who is on the roster without saying what he is may be a teacher.
    named += [row.values.get("name") for row in readers.incomplete if row.values.get("kind") is not ReaderKind.PUPIL]
    named += [row.teacher for row in library[ClassRow] if row.teacher]
    return {bare(name) for name in (*named, school.principal, school.librarian) if name}


@check(
    "VIS103",
    title="阅览日期和前后各行差了几个月",
    message="这一行的日期是 {visited_on}，{beside}的一行是 {other}，别的各行都按先后记。",
    why="月份写错了，这一次就算到别的月份、别的学期里去了。",
    fix="先查原来的记录，写错就改正；补记的一行，按日期移到它的位置上。",
    severity=Severity.HINT,
    reads={VisitRow: "visited_on"},
    may_read={VisitRow: "class_name name content librarian"},
)
def visited_months_beside(library: Library) -> Iterator[Found]:
    return months_beside(library, VisitRow, "visited_on")


@check(
    "VIS104",
    title="一整个月没有一次阅览",
    message="从 {first} 到 {last} 有 {count} 个上课日，阅览登记里一次也没有，别的周多半有。",
    why="漏登一段，生均阅览和开放情况就少算了。",
    fix="先问那一段开放没有；开放了，照当时的记录补登；没有开放，写进“差异说明”。",
    severity=Severity.HINT,
    reads={VisitRow: "visited_on", CalendarRow: "starts_on ends_on kind follows"},
)
def month_without_a_visit(library: Library) -> Iterator[Found]:
    return month_without_a_line(library, VisitRow, "visited_on")


@check(
    "VIS307",
    title="阅览的人数不像",
    message="{visited_on} 的阅览写的是 {people} 人{reason}{alike}。",
    why="人数错了，阅览人次就算错了。",
    fix="先看当天的登记，再改人数；没有人来的一行，在内容里写明。",
    severity=Severity.HINT,
    reads={VisitRow: "visited_on visitor people content", ReaderRow: "reader_no kind"},
)
def people_who_cannot_be(library: Library) -> Iterator[Found]:
    yield from told_once(_miscounted(library), len(library[VisitRow]))


def _miscounted(library: Library) -> Iterator[Found]:
    teachers = sum(row.kind is not ReaderKind.PUPIL for row in library[ReaderRow])
    for row in library[VisitRow]:
        if row.people < 1 and not says(row.content, "没", "无", "未", "停", "取消"):
            yield found(cell(row, "people"), reason="")
        elif row.visitor is VisitorKind.TEACHER and 0 < teachers < row.people and not says(row.content, *_GUESTS):
            yield found(cell(row, "people"), reason=f"，读者名册里教师、职工一共 {teachers} 人")
