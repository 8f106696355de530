"""阅览登记, 借阅轮流表 (QUO, VIS): whether classes came to read when it was their turn."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.library import Library, gathered, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.joint_classes import classes_named

# So many visits of a term tell on which day a class comes, where so many of them agree.
_OFTEN, _MOSTLY = 5, 0.8


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
    yield from told_once((_told_of_visits(name, turns[name], judged[name]) for name in told), len(judged))


def _turns_of_classes(library: Library, rows: Iterable[TurnRow]) -> dict[str, list[TurnRow]]:
    return gathered((own.class_name, row) for row in rows for own in classes_named(library, row.class_name))


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


def _told_of_visits(name: str, turns: list[TurnRow], days: list[int]) -> Found:
    off, usual = _off(days, turns), list(Weekday)[Counter(days).most_common(1)[0][0]]
    cells = (cell(row, "weekday") for row in turns)
    return found(*cells, class_name=name, turns=_weekdays(turns), count=len(days), off=off, usual=usual)


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
