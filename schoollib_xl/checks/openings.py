"""开放时间 (QUO): hours that cannot be as they are written."""

from collections.abc import Iterator
from itertools import pairwise

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.calendar import OpeningRow


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
            at, other = cell(row, "ends_at"), cell(row, "starts_at")
            yield found(at, other, weekday=row.weekday, starts_at=row.starts_at, ends_at=row.ends_at)


@check(
    "QUO103",
    title="开放时间还没有写",
    message="开放时间里一行也没有，应还日期、开放天数都还算不了。",
    why="不知道哪几天开门，遇到不开放的日子就没法顺延。",
    fix="照贴出来的开放时间，一天一段写一行。",
    reads={OpeningRow: "weekday"},
)
def never_open(library: Library) -> Iterator[Found]:
    table = library[OpeningRow]
    if not len(table):
        # Until 基本信息 says when the term is, the hours are not begun rather than wrong.
        yield found(Cell(OpeningRow, 0, "weekday"), severity=None if library.school.term else Severity.HINT)


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
    for weekday, rows in group_by(forwards, "weekday").items():
        for audience, alike in group_by(rows, "audience").items():
            for earlier, row in pairwise(sorted(alike, key=lambda row: (row.starts_at, row.line))):
                if row.starts_at < earlier.ends_at:
                    at, other = cell(row, "starts_at"), cell(earlier, "ends_at")
                    yield found(
                        at, other, weekday=weekday, audience=audience, ends_at=earlier.ends_at, starts_at=row.starts_at
                    )
