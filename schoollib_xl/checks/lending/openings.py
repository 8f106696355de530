"""开放时间 (QUO): hours that cannot be, or that run into each other."""

from collections.abc import Iterator
from itertools import pairwise

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience
from schoollib_xl.ledgers.vocabulary import ReaderKind

# So many openings that begin when the one before ends are how the table is kept.
_USUAL = 3
_THEIRS = {ReaderKind.PUPIL: Audience.PUPILS, ReaderKind.TEACHER: Audience.TEACHERS}


@check(
    "QUO101",
    title="开放时间：结束不晚于开始",
    message="{weekday} {starts_at} 开始，{ends_at} 结束，没有开放的时间。",
    why="结束在开始之前，开放时数就算不出来。",
    fix="先看贴出来的开放时间，再把写错的一头改正。",
    reads={OpeningRow: "weekday starts_at ends_at"},
)
def opening_ends_before_it_begins(library: Library) -> Iterator[Found]:
    for row in library[OpeningRow]:
        if row.ends_at <= row.starts_at:
            yield found(cell(row, "ends_at"), cell(row, "starts_at"))


@check(
    "QUO103",
    title="开放时间没有写全",
    message="开放时间里{lacks}应还日期、开放天数都还算不了。",
    why="不知道哪几天开门，遇到不开放的日子就没法顺延。",
    fix="照贴出来的开放时间补上，一天一段写一行，开放对象写明；教师随时可借的，也给教师写一行。",
    reads={OpeningRow: "weekday audience"},
    may_read={ReaderRow: "kind"},
)
def never_open(library: Library) -> Iterator[Found]:
    # Until 基本信息 says when the term is, the hours are not begun rather than wrong.
    severity = None if library.school.term else Severity.HINT
    if not len(library[OpeningRow]):
        yield found(Cell(OpeningRow, 0, "weekday"), severity=severity, lacks="一行也没有，")
        return
    audiences = {row.audience for row in library[OpeningRow]}
    for kind, audience in _THEIRS.items():
        is_shut_out = audiences.isdisjoint((audience, Audience.EVERYONE)) and not library[OpeningRow].incomplete
        if is_shut_out and any(row.kind is kind for row in library[ReaderRow]):
            # Teachers may come at any time.
            worse = severity if kind is ReaderKind.PUPIL else Severity.HINT
            yield found(
                Cell(OpeningRow, 0, "audience"), severity=worse, lacks=f"没有一行对{kind.value}开放，{kind.value}的"
            )


@check(
    "QUO102",
    title="开放时间互相重叠",
    message="{weekday}对{audience}开放的两段重叠：前一段到 {ends_at}，后一段从 {starts_at} 起。",
    why="重叠的时间会算两遍，开放时数就多了。",
    fix="先看贴出来的开放时间；是一段就并成一行，是两段就改成首尾相接。",
    severity=Severity.WARNING,
    reads={OpeningRow: "weekday starts_at ends_at audience"},
)
def openings_overlap(library: Library) -> Iterator[Found]:
    forwards = [row for row in library[OpeningRow] if row.starts_at < row.ends_at]
    for rows in group_by(forwards, "weekday").values():
        for alike in group_by(rows, "audience").values():
            for earlier, row in pairwise(sorted(alike, key=lambda row: (row.starts_at, row.line))):
                if row.starts_at < earlier.ends_at:
                    yield found(cell(row, "starts_at"), cell(earlier, "ends_at"), ends_at=earlier.ends_at)


@check(
    "QUO104",
    title="对两种人开放的时间叠在一起",
    message="{weekday}对{earlier}开放到 {ends_at}，对{audience}却从 {starts_at} 起，别的日子没有这样的。",
    why="开始或结束抄错，开放时数就算错了。",
    fix="先看贴出来的开放时间；写错就改正，就是这样开放的不用动。",
    severity=Severity.HINT,
    reads={OpeningRow: "weekday starts_at ends_at audience"},
)
def openings_run_into_each_other(library: Library) -> Iterator[Found]:
    forwards = [row for row in library[OpeningRow] if row.starts_at < row.ends_at]
    pairs = [
        pair
        for rows in group_by(forwards, "weekday").values()
        for pair in pairwise(sorted(rows, key=lambda row: (row.starts_at, row.line)))
    ]
    # Those of one audience are QUO102; one within another is for everybody beside a day that is the teachers'.
    crossing = [
        (one, other)
        for one, other in pairs
        if one.audience is not other.audience and one.starts_at < other.starts_at < one.ends_at < other.ends_at
    ]
    if len(crossing) == 1 and sum(one.ends_at == other.starts_at for one, other in pairs) >= _USUAL:
        one, other = crossing[0]
        yield found(cell(other, "starts_at"), cell(one, "ends_at"), earlier=one.audience, ends_at=one.ends_at)
