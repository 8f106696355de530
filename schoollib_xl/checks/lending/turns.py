"""借阅轮流表 (QUO): turns that cannot be taken as they are written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import time

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, TurnKind, VisitorKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.joint_classes import classes_named

_WEEKS = (WeekPattern.ODD, WeekPattern.EVEN)


@check(
    "QUO321",
    title="轮流：结束不晚于开始",
    message="{class_name}{weekday} {starts_at} 开始，{ends_at} 结束，没有借阅的时间。",
    why="结束在开始之前，这个班就轮不上。",
    fix="先看课表，再把写错的一头改正。",
    reads={TurnRow: "class_name weekday starts_at ends_at"},
)
def turn_ends_before_it_begins(library: Library) -> Iterator[Found]:
    for row in library[TurnRow]:
        if row.starts_at and row.ends_at and row.ends_at <= row.starts_at:
            yield found(cell(row, "ends_at"), cell(row, "starts_at"))


@check(
    "QUO328",
    title="轮流的时间只写了一头",
    message="{class_name}{weekday}只写了{written}，{blank}空着{alike}。",
    why="少了一头，就算不出这个班有多少时间，和别的班撞不撞。",
    fix="先看课表，再把空着的一头补上；没有定几点的，两头都空着。",
    severity=Severity.HINT,
    reads={TurnRow: "class_name weekday starts_at ends_at"},
)
def turn_with_one_end(library: Library) -> Iterator[Found]:
    turns = list(library[TurnRow])
    # A school that keeps only one of the two columns tells when to come, and not until when.
    if any(row.starts_at and row.ends_at for row in turns):
        for blank, written in (("ends_at", "starts_at"), ("starts_at", "ends_at")):
            amiss = [row for row in turns if getattr(row, blank) is None and getattr(row, written) is not None]
            if amiss:
                yield found(
                    *folded(amiss, blank),
                    blank=header_of(TurnRow, blank),
                    written=header_of(TurnRow, written),
                    alike=Alike(len(amiss) - 1, are_lines=True),
                )


@check(
    "QUO322",
    title="有的班没有轮到",
    message="借阅轮流表里没有{class_name}。",
    why="轮不到的班，学生就借不够册数。",
    fix="先看是不是班名写得不一样；确实没有，就给这个班排一次。",
    severity=Severity.WARNING,
    reads={ClassRow: "class_name pupils lending", TurnRow: "class_name"},
    may_read={TurnRow: "kind", VisitRow: "visitor class_name", ClassRow: "grade"},
)
def class_without_turn(library: Library) -> Iterator[Found]:
    turns = library[TurnRow]
    called = [classes_named(library, row.class_name) for row in turns]
    # With no turn at all there is no table to leave a class out of; a class written wrong is named there (QUO331).
    if not called or () in called or not turns.all_say("class_name"):
        return
    unread = {row.values.get("class_name") for row in turns.incomplete}
    have = unread | {row.class_name for rows in called for row in rows}
    for row in library.classes.values():
        if row.pupils and row.class_name not in have and _needs_a_turn(library, row):
            # It borrows nothing: when it may come to read is its only use of a turn.
            severity = Severity.HINT if row.lending is ClassLending.IN_ROOM else None
            yield found(cell(row, "class_name"), *_too_many_of_one(turns), severity=severity)


def _too_many_of_one(turns: Iterable[TurnRow]) -> list[Cell]:
    """The turns of the one class that has more of them than any other: one may be of a class without."""
    times = Counter(turn.class_name for turn in turns)
    (most, count), *others = times.most_common(2)
    is_alone = all(count > fewer for _, fewer in others)
    return [cell(turn, "class_name") for turn in turns if turn.class_name == most] if others and is_alone else []


def _needs_a_turn(library: Library, row: ClassRow) -> bool:
    """Whether a class that has no turn lacks one: to borrow, where others have turns for that and not reading lessons
    alone; or to read, where it takes nothing home and has not been there without.
    """
    if row.lending is not ClassLending.IN_ROOM:
        return any(turn.kind is not TurnKind.READING for turn in library[TurnRow])
    return not any(
        visit.visitor is VisitorKind.CLASS and row in classes_named(library, visit.class_name)
        for visit in library[VisitRow]
    )


@check(
    "QUO323",
    title="轮到的那天不开放",
    message="{class_name}排在{weekday}，那天不对学生开放。",
    why="不开放的日子轮到，等于没有轮到。",
    fix="先看开放时间；那天开放就补上，不开放就换一天。",
    severity=Severity.WARNING,
    reads={TurnRow: "class_name weekday", OpeningRow: "weekday starts_at ends_at audience"},
)
def turn_on_closed_weekday(library: Library) -> Iterator[Found]:
    hours = library.derive(_hours)
    for row in library[TurnRow] if hours else ():
        if row.weekday not in hours:
            yield found(cell(row, "weekday"))


@check(
    "QUO324",
    title="轮到的时间不在开放时间里",
    message="{class_name}排在{weekday} {starts_at} 到 {ends_at}，不全在开放时间里。",
    why="门没有开，这个班就借不了书。",
    fix="先看开放时间；漏写的补上，排错的改到开放时间里。",
    severity=Severity.WARNING,
    reads={
        TurnRow: "class_name weekday starts_at ends_at",
        OpeningRow: "weekday starts_at ends_at audience",
    },
)
def turn_outside_hours(library: Library) -> Iterator[Found]:
    hours = library.derive(_hours)
    for row in library[TurnRow]:
        start, end, spans = row.starts_at, row.ends_at, hours.get(row.weekday)
        if not (spans and start and end and start < end):
            continue
        if not any(opens <= start and end <= closes for opens, closes in spans):
            yield found(cell(row, "starts_at"), cell(row, "ends_at"), starts_at=start, ends_at=end)


def _hours(library: Library) -> dict[Weekday, list[tuple[time, time]]]:
    """When pupils may come, by weekday, openings that touch joined; nothing where a line could not be read."""
    openings = library[OpeningRow]
    if openings.incomplete:
        return {}
    pupils = [row for row in openings if row.audience is not Audience.TEACHERS]
    return {weekday: _joined(rows) for weekday, rows in group_by(pupils, "weekday").items()}


def _joined(rows: list[OpeningRow]) -> list[tuple[time, time]]:
    spans: list[tuple[time, time]] = []
    for start, end in sorted((row.starts_at, row.ends_at) for row in rows):
        if spans and start <= spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    return spans


@check(
    "QUO325",
    title="同时阅览的班太多",
    message="{weekday} {starts_at} 同时有 {count} 个班阅览：{classes}；阅览室坐得下 {capacity} 个班{alike}。",
    why="坐不下，后到的班就没有位子。",
    fix="先看周次填全没有，再把其中一个班改到别的时间或单双周；阅览室坐得下，就改基本信息的阅览室容纳班数。",
    severity=Severity.WARNING,
    reads={TurnRow: "class_name weekday weeks starts_at ends_at kind"},
)
def too_many_classes_reading(library: Library) -> Iterator[Found]:
    yield from _too_many(library, [row for row in library[TurnRow] if row.kind is TurnKind.READING])


@check(
    "QUO326",
    title="同时借还的班太多",
    message="{weekday} {starts_at} 同时有 {count} 个班借还：{classes}；阅览室容纳班数是 {capacity}{alike}。",
    why="几个班一起排队，一个班的时间就不够还书、借书。",
    fix="先看周次填全没有，再把其中一个班改到别的时间或单双周；确实忙得过来，就改基本信息的阅览室容纳班数。",
    severity=Severity.WARNING,
    reads={TurnRow: "class_name weekday weeks starts_at ends_at kind"},
)
def too_many_classes_lending(library: Library) -> Iterator[Found]:
    yield from _too_many(library, [row for row in library[TurnRow] if row.kind is not TurnKind.READING])


def _too_many(library: Library, turns: list[TurnRow]) -> Iterator[Found]:
    """Turns that begin while as many classes as the room holds are there, each once, at the last of them."""
    capacity = library.school.room_capacity or 1
    full: dict[int, tuple[TurnRow, list[TurnRow]]] = {}
    for rows in group_by([row for row in turns if row.starts_at], "weekday").values():
        for week in _WEEKS:
            for row, others in _at_once([row for row in rows if row.weeks in (WeekPattern.EVERY, None, week)]):
                if len(others) >= capacity:
                    full.setdefault(row.line, (row, others))
    # Turns that meet because nobody says in which weeks they are have one cause.
    unsaid = [line for line, (row, others) in full.items() if any(one.weeks is None for one in (row, *others))]
    for line, (row, others) in full.items():
        if line not in unsaid[1:]:
            yield found(
                cell(row, "class_name"),
                *(cell(other, "class_name") for other in others),
                *(cell(one, "starts_at") for one in (row, *others)),
                count=len(others) + 1,
                classes=(*(other.class_name for other in others), row.class_name),
                capacity=capacity,
                alike=Alike(len(unsaid) - 1 if line in unsaid else 0, are_lines=True),
            )


def _at_once(rows: list[TurnRow]) -> Iterator[tuple[TurnRow, list[TurnRow]]]:
    """Each turn of a day with the other classes' turns that began before it or with it and are not over."""
    in_order = sorted(rows, key=lambda row: (row.starts_at or time.min, row.line))
    for index, row in enumerate(in_order):
        start = row.starts_at or time.min
        there = [one for one in in_order[:index] if one.ends_at and one.ends_at > start]
        yield row, [one for one in there if one.class_name != row.class_name]


@check(
    "QUO327",
    title="轮流的方式和班级的借阅方式合不到一起",
    message="{class_name}在班级表里是{lending}，借阅轮流表里{turns}。",
    why="个人借阅的班只排阅览，就没有时间借书；只在室内阅览的班排了借还，别的班就少了一次。",
    fix="先看这个班怎么借书；轮流表写错就改方式，班级表写错就改借阅方式。",
    severity=Severity.WARNING,
    reads={ClassRow: "class_name lending", TurnRow: "class_name kind"},
    may_read={ClassRow: "grade"},
)
def turns_do_not_fit_the_class(library: Library) -> Iterator[Found]:
    table = library[TurnRow]
    turns: defaultdict[str, list[TurnRow]] = defaultdict(list)
    for row in table:
        for own in classes_named(library, row.class_name):
            turns[own.class_name].append(row)
    # Of a school where nobody has turns to borrow, they are the reading lessons, and books go out at any other time.
    are_for_lending = any(row.kind is TurnKind.LENDING for rows in turns.values() for row in rows)
    for name, own in library.classes.items():
        rows = [row for row in turns[name] if row.kind]
        lending = [row for row in rows if row.kind is TurnKind.LENDING]
        # A turn nobody says the kind of may be for lending.
        is_told = len(rows) == len(turns[name])
        if own.lending is ClassLending.IN_ROOM and lending:
            # It may take turns to give back what its teacher fetched.
            severity = Severity.HINT
            yield found(cell(lending[0], "kind"), cell(own, "lending"), severity=severity, turns="却排了借还")
        elif own.lending is not ClassLending.PERSONAL or not are_for_lending:
            continue
        elif rows and not lending and is_told and not table.incomplete:
            yield found(cell(rows[0], "kind"), cell(own, "lending"), turns="排的都是阅览，没有借还")
