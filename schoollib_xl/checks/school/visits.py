"""阅览登记 (VIS, QUO): who came to read, when and how many, and whether it was their turn."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.running import months_beside, of_another_year
from schoollib_xl.ledgers.library import Library, gathered, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.joint_classes import classes_named
from schoollib_xl.rules.likeness import bare, says

_KINDS = {VisitorKind.CLASS: ReaderKind.PUPIL, VisitorKind.TEACHER: ReaderKind.TEACHER}
# Pupils have left since, teachers and guests came along: more than a class and a half is a slip.
_MOST_OF_A_CLASS = 1.5
# On so many closed days of one weekday nobody mistook the date.
_WEEKS = 5
_BETWEEN = re.compile(r"[、,，;；/和及\s]+")
# So many visits of a term tell on which day a class comes, where so many of them agree.
_OFTEN, _MOSTLY = 5, 0.8
_TITLE = re.compile(r"(?:老师|教师|主任|校长)$")
# A group that came together, or somebody from elsewhere.
_NO_NAME = re.compile("组|处|部|全体|教师|老师们|外校|来访|实习|支教|家长|等$|等人|[0-9一二三四五六七八九十]人")

# Who else comes among teachers.
_GUESTS = ("外校", "来访", "参观", "研讨", "培训", "家长", "县", "乡", "镇")


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
    may_read={ClassRow: "grade remarks"},
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
        if row.people > (pupils + parted) * _MOST_OF_A_CLASS > 0:
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


@check(
    "QUO329",
    title="轮到的日子和来阅览的日子不一样",
    message="{class_name}轮在{turns}，这学期阅览登记的 {count} 次里有 {off} 次不在轮到的日子，多半在{usual}{alike}。",
    why="照表来看的人那天看不到这个班，表上的时间也占着。",
    fix="先问班主任换没换时间；换了就改借阅轮流表；没有换，就看阅览登记的班级和日期有没有写错。",
    severity=Severity.HINT,
    reads={
        TurnRow: "class_name weekday",
        VisitRow: "visited_on visitor class_name",
        CalendarRow: "starts_on ends_on kind follows",
        ClassRow: "class_name",
    },
    may_read={TurnRow: "kind", ClassRow: "grade", OpeningRow: "weekday audience"},
)
def visits_off_their_turn(library: Library) -> Iterator[Found]:
    # A turn on a weekday that is not open to pupils is QUO323.
    opened = {row.weekday for row in library[OpeningRow] if row.audience is not Audience.TEACHERS}
    taken = [row for row in library[TurnRow] if not opened or row.weekday in opened]
    turns = _turns_of_classes(library, taken) if not library[TurnRow].incomplete else {}
    came = library.derive(_weekdays_of_classes) if turns else {}
    judged = {name: days for name, days in came.items() if len(days) >= _OFTEN and name in turns}
    away = [name for name, days in judged.items() if _off(days, turns[name]) >= _MOSTLY * len(days)]
    # Turns to borrow tell when a class comes to read only where the others come to read on theirs.
    are_few = len(away) * 2 < len(judged)
    told = [name for name in away if are_few or any(row.kind is TurnKind.READING for row in turns[name])]
    yield from told_once((_told_of_visits(turns[name], judged[name]) for name in told), len(judged))


def _turns_of_classes(library: Library, rows: Iterable[TurnRow]) -> dict[str, list[TurnRow]]:
    named = ((library.class_called(row.class_name), row) for row in rows)
    return gathered((own.class_name, row) for own, row in named if own)


def _weekdays_of_classes(library: Library) -> dict[str, list[int]]:
    """By class, the weekdays whose timetable was followed when it came to read this term; none on a day off."""
    term, calendar = library.school.term_of(library.as_of) or library.school.term, library.derive(SchoolCalendar)
    came: dict[str, list[int]] = defaultdict(list)
    of_classes = library[VisitRow].having("visitor", VisitorKind.CLASS)
    for name, visits in group_by((one for one in of_classes if term and one.visited_on in term), "class_name").items():
        days = [day for visit in visits if (day := calendar.timetable(visit.visited_on)) is not None]
        for own in classes_named(library, name):
            came[own.class_name] += days
    return came


def _off(days: list[int], turns: list[TurnRow]) -> int:
    """How many visits were on other days than those of the turns."""
    return sum(all(day != row.weekday.number for row in turns) for day in days)


def _told_of_visits(turns: list[TurnRow], days: list[int]) -> Found:
    off, usual = _off(days, turns), list(Weekday)[Counter(days).most_common(1)[0][0]]
    cells = (cell(row, "weekday") for row in turns)
    return found(*cells, turns=_weekdays(turns), count=len(days), off=off, usual=usual)


def _weekdays(turns: list[TurnRow]) -> tuple[Weekday, ...]:
    return tuple(dict.fromkeys(row.weekday for row in turns))


@check(
    "VIS308",
    title="排了阅览的班一次也没有来",
    message="{class_name}轮在{turns}阅览，这学期阅览登记里一次也没有，别的班来过。",
    why="表上排了，登记里没有，不是没有来，就是来了没有记，生均阅览就少算了。",
    fix="先问班主任来没有来；来了就补登记，写成别的班的改正；这学期不来，就把轮流表的这一行移出去。",
    severity=Severity.HINT,
    reads={
        TurnRow: "class_name weekday kind",
        VisitRow: "visited_on visitor class_name",
        CalendarRow: "starts_on ends_on kind follows",
        ClassRow: "class_name pupils",
    },
    may_read={ClassRow: "grade lending"},
)
def class_that_never_came(library: Library) -> Iterator[Found]:
    turns = _turns_of_classes(library, library[TurnRow].having("kind", TurnKind.READING))
    came = library.derive(_weekdays_of_classes) if turns and not library[VisitRow].incomplete else {}
    often = [name for name in turns if len(came.get(name, ())) >= _OFTEN]
    # A class that borrows, and has turns to read alone where others have some to borrow, is QUO327.
    borrowing = _turns_of_classes(library, library[TurnRow].having("kind", TurnKind.LENDING))
    own = [name for name in turns if name in borrowing or library.classes[name].lending is not ClassLending.PERSONAL]
    never = [name for name in (own if borrowing else turns) if name not in came and library.classes[name].pupils]
    # Where most were never there, visits are not written down.
    for name in never if len(never) <= len(often) else ():
        yield found(*(cell(row, "class_name") for row in turns[name]), turns=_weekdays(turns[name]), class_name=name)
