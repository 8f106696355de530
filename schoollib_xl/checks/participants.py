"""活动记录 and 阅览登记 (ACT, VIS): who came, and on which day, against 班级, 读者名册 and 校历."""

import re
from collections import defaultdict
from collections.abc import Iterator

from schoollib_xl.checks.check import Alike, Found, Severity, check, found
from schoollib_xl.checks.folding import folded
from schoollib_xl.checks.likeness import bare, says
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.joint_classes import classes_named

# Others than the pupils of the classes came along, or one person was counted several times.
_MORE = ("家长", "亲子", "村民", "社区", "外校", "校外", "全校", "教师", "人次", "累计", "嘉宾", "校友")
# What is held in the holidays says so.
_ON_PURPOSE = ("假", "节", "五一", "国庆", "元旦", "线上", "网上", "家庭", "亲子", "外出", "研学", "夏令营", "冬令营")
_BETWEEN = re.compile(r"[、,，;；/和及\s]+")
_TITLE = re.compile(r"(?:老师|教师|主任|校长)$")
# A group that came together, or somebody from elsewhere.
_NO_NAME = re.compile("组|处|部|全体|教师|老师们|外校|来访|实习|支教|家长|等$|等人|[0-9一二三四五六七八九十]人")


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
