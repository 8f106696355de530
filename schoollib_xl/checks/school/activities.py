"""活动记录 (ACT): what was done, when, by whom and by how many."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.running import months_beside, of_another_year
from schoollib_xl.checks.school.counts_told import is_undone
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import FIRST_MONTH, first_year
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.days_told import days_told
from schoollib_xl.rules.joint_classes import classes_named, unknown_classes
from schoollib_xl.rules.likeness import bare, says
from schoollib_xl.rules.target_names import TARGET_NAMES, activity_of, nearest

# Others than the pupils of the classes came along, or one person was counted several times.
_GUESTS = (
    *("家长", "亲子", "村民", "社区", "外校", "校外", "师生", "教师", "老师", "教职工", "全体人员", "人次", "累计"),
    *("嘉宾", "校友"),
)
_MORE = (*_GUESTS, "全校")
_ISSUE = r"第\s*(\d+|[一二三四五六七八九十]+)\s*期"
# The second term begins with February.
_SPRING = 2
# What is held in the holidays says so.
_ON_PURPOSE = ("假", "节", "五一", "国庆", "元旦", "线上", "网上", "家庭", "亲子", "外出", "研学", "夏令营", "冬令营")


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
    for row in library[ActivityRow]:
        before = earlier[row.held_on, bare(row.kind), bare(row.name), bare(row.classes or "")]
        if first := next((one for one in before if _may_be_one(one, row)), None):
            yield found(cell(row, "name"), cell(first, "name"))
        before.append(row)


def _may_be_one(row: ActivityRow, other: ActivityRow) -> bool:
    """Whether nothing tells the two apart: other people, another number or another result make two sessions."""
    pairs = ((row.participants, other.participants), (row.person, other.person), (row.result, other.result))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


@check(
    "ACT101",
    title="活动不在本学年",
    message="“{name}”的日期是 {held_on}，不在本学年{alike}。",
    why="日期不在本学年，总结里就数不到这一次。",
    fix="先看年份有没有写错；没有写错，就移到那一年的活动记录里。",
    severity=Severity.WARNING,
    reads={ActivityRow: "held_on name"},
)
def activity_of_another_year(library: Library) -> Iterator[Found]:
    return of_another_year(library, ActivityRow, "held_on")


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
    # Where the kind is one that plans promise, the target is misspelled: QUO011.
    named_right = {*promised, *map(activity_of, TARGET_NAMES)}
    for row in library[ActivityRow]:
        if row.kind not in named_right and (meant := nearest(row.kind, promised)):
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
    "ACT201",
    title="参加人数多于全校学生",
    message="“{name}”参加 {participants} 人，全校只有 {pupils} 名学生。",
    why="人数多打一位，总结里就说大了。",
    fix="先看活动的签到或照片；写错就改正，连家长一起数的就不用动。",
    severity=Severity.HINT,
    reads={ActivityRow: "name participants held_on", ClassRow: "class_name pupils"},
    may_read={ActivityRow: "classes result", ReaderRow: "kind stopped_on"},
)
def more_participants_than_pupils(library: Library) -> Iterator[Found]:
    # A class whose pupils could not be read, or is said to have none, may be the one that came.
    counts = [row.pupils for row in library.classes.values()]
    today = sum(counts) if all(counts) and not library[ClassRow].incomplete else 0
    for row in library[ActivityRow] if today else ():
        if not row.participants or row.participants <= today or _says(row, *_GUESTS):
            continue
        pupils = today + _gone_since(library, row.held_on)
        if row.participants > pupils:
            yield found(cell(row, "participants"), pupils=pupils)


def _gone_since(library: Library, day: date, classes: Collection[str] | None = None) -> int:
    """The pupils of these classes (None: of all) whom 班级 no longer counts, who were there on the day."""
    pupils = (row for row in library[ReaderRow] if row.kind is ReaderKind.PUPIL)
    own = (row for row in pupils if classes is None or row.class_name in classes)
    return sum(row.stopped_on is not None and row.stopped_on > day for row in own)


@check(
    "ACT202",
    title="参加人数多于参加的班级",
    message="“{name}”参加 {participants} 人，{classes}只有 {pupils} 名学生。",
    why="人数写大了，总结里就说大了。",
    fix="先看活动的签到或照片；人数写错就改，别的班也来了就写进参加班级；家长也算的，在成果里写“家长”。",
    severity=Severity.HINT,
    reads={ActivityRow: "name classes participants result held_on", ClassRow: "class_name grade pupils"},
    may_read={ReaderRow: "kind class_name stopped_on"},
)
def more_participants_than_in_the_classes(library: Library) -> Iterator[Found]:
    if library[ClassRow].incomplete:
        return
    school = sum(row.pupils for row in library.classes.values())
    staff = sum(row.kind is not ReaderKind.PUPIL for row in library[ReaderRow])
    # Whoever stands in the roster without a word may be a teacher.
    staff += len(library[ReaderRow].incomplete)
    for row in library[ActivityRow]:
        classes = classes_named(library, row.classes)
        today = sum(one.pupils for one in classes) if all(one.pupils for one in classes) else 0
        # More than the whole school is told of there (ACT201).
        if not today or not today + staff < (participants := row.participants or 0) <= school or _says(row, *_MORE):
            continue
        pupils = today + _gone_since(library, row.held_on, [one.class_name for one in classes])
        if participants > pupils + staff:
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
        within = next((holiday for holiday in holidays if holiday.starts_on <= row.held_on <= holiday.ends_on), None)
        if within and calendar.timetable(row.held_on) is None and not _says(row, *_ON_PURPOSE):
            yield found(cell(row, "held_on"), cell(within, "starts_on"))


@check(
    "ACT104",
    title="活动日期和前后各行差了几个月",
    message="“{name}”的日期是 {held_on}，{beside}的一行是 {other}，别的各行都按先后记。",
    why="月份写错了，这一次就算到别的月份、别的学期里去了。",
    fix="先查原来的记录，写错就改正；补记的一行，按日期移到它的位置上。",
    severity=Severity.HINT,
    reads={ActivityRow: "held_on name"},
    may_read={ActivityRow: "kind classes person result"},
)
def held_months_beside(library: Library) -> Iterator[Found]:
    return months_beside(library, ActivityRow, "held_on")


@check(
    "ACT303",
    title="活动的类别和名称不是一回事",
    message="“{name}”的类别写的是{kind}，名称说的是{other}。",
    why="次数是照类别数的，类别错了，这一次就算到别的指标里去了。",
    fix="先看活动的通知或照片；类别写错就改类别，名称写错就改名称；两样一起办的不用动。",
    severity=Severity.HINT,
    reads={ActivityRow: "kind name"},
)
def named_for_another_kind(library: Library) -> Iterator[Found]:
    kinds = library[ActivityRow].distinct("kind")
    for row in library[ActivityRow]:
        other = next((kind for kind in sorted(kinds, key=len, reverse=True) if kind and kind in row.name), None)
        # A kind misspelled is told of there (ACT301).
        is_another = other is not None and row.kind not in row.name and other not in row.kind
        if is_another and not nearest(row.kind, [other or ""]):
            yield found(cell(row, "kind"), cell(row, "name"), other=other)


@check(
    "ACT106",
    title="一期出了两次",
    message="“{name}”在 {held_on} 又写着第 {number} 期，{earlier} 已经有过。",
    why="期数是照行数的，一期写成两期，就多算了一期。",
    fix="先看两张报纸上的期号；期号写错就改正，真是一期记了两行就只留一行；每学期从头编号的不用动。",
    severity=Severity.HINT,
    reads={ActivityRow: "held_on name"},
)
def issue_twice(library: Library) -> Iterator[Found]:
    papers: defaultdict[str, dict[int | None, ActivityRow]] = defaultdict(dict)
    for row in library[ActivityRow]:
        match = re.search(_ISSUE, row.name) if "期" in row.name else None
        if match:
            issues, number = papers[row.name.replace(match[0], "")], whole_number(match[1])
            # A paper that is numbered by terms begins again with its first issue.
            if number == 1 and 1 in issues and _half(issues[1].held_on) != _half(row.held_on):
                issues.clear()
            earlier = issues.setdefault(number, row)
            if earlier.held_on != row.held_on:
                yield found(cell(row, "name"), cell(earlier, "name"), number=match[1], earlier=earlier.held_on)


def _half(day: date) -> tuple[int, bool]:
    """The school year and whether it is its first term."""
    return first_year(day), _SPRING <= day.month < FIRST_MONTH


@check(
    "ACT107",
    title="完成情况和活动记录不一样",
    message="{month}月的“{task}”写着“{done}”，活动记录里是 {held_on} 的“{name}”。",
    why="工作安排和活动记录说的是一件事，日子、期号要一样，总结才好写。",
    fix="先看活动的通知或照片，再改写错的一个；说的是另一次的不用动。",
    severity=Severity.HINT,
    reads={JobRow: "month task done", ActivityRow: "held_on kind name"},
)
def done_on_another_day(library: Library) -> Iterator[Found]:
    year = library.year_begins.year
    of_year = (one for one in library[ActivityRow] if first_year(one.held_on) == year)
    of_month = grouped(of_year, lambda one: one.held_on.month)
    for row in library[JobRow]:
        held = [one for one in of_month.get(row.month, ()) if one.kind in row.task]
        days = days_told(row.done, year) if held else []
        issue = re.search(_ISSUE, row.done or "") if held and "期" in (row.done or "") else None
        others = {match[1] for one in held if issue and (match := re.search(_ISSUE, one.name))}
        is_another_issue = issue is not None and bool(others) and issue[1] not in others
        # A day to come is ACT103; the activity may still be entered.
        is_another_day = bool(days) and max(days) <= library.as_of and not {one.held_on for one in held} & set(days)
        if is_another_issue or is_another_day or (held and not days and is_undone(row)):
            yield found(cell(row, "done"), cell(held[0], "held_on"))
