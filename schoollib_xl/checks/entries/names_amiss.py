"""填写 (FMT): names with a sign too few or too many, of a pupil for an adult, of who had left, and numbers where a
name or a sentence belongs.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, SettingRow, SettingValue
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import bare, one_sign_apart, people_in, same_name, says

_COLUMNS: list[tuple[type[Any], str]] = [
    *((SummaryRow, "handled_by"), (SummaryRow, "received_by"), (WithdrawalRow, "approved_by"), (LoanRow, "handled_by")),
    *((StocktakeScopeRow, "counted_by"), (RepairRow, "repairer"), (VisitRow, "librarian"), (ReviewRow, "reviewer")),
    (ExplanationRow, "person"),
]
_NAMES: list[tuple[type[Any], str]] = [*_COLUMNS, (ReaderRow, "name"), (ClassRow, "teacher")]
_SENTENCES: list[tuple[type[Any], str]] = [
    *((ParagraphRow, "text"), (JobRow, "task"), (ActivityRow, "name"), (TargetRow, "basis")),
    (JobRow, "done"),
]
_NO_COUNT = re.compile(r"[-−]\d+(?:\.\d+)?|\d+\.\d{3,}")
# Pupils may lend books and mend them, but receive none and approve nothing.
_OF_ADULTS: list[tuple[type[Any], str]] = [
    *((SummaryRow, "handled_by"), (SummaryRow, "received_by"), (WithdrawalRow, "approved_by"), (ReviewRow, "reviewer")),
    *((ExplanationRow, "person"), (ClassRow, "teacher")),
]
_PRINCIPAL, _LIBRARIAN = (header_of(School, name) for name in ("principal", "librarian"))
_NAMED_SETTINGS = (header_of(School, "name"), _PRINCIPAL, _LIBRARIAN)
# Who stands there so often keeps the books; who stands there once or twice may be a slip of the pen.
_OFTEN, _SELDOM = 10, 2
# Who is named where, and the day it was; a class and the school have theirs as of today.
_DATED: tuple[tuple[type[Any], str, str], ...] = (
    (SummaryRow, "handled_by", "registered_on"),
    (SummaryRow, "received_by", "registered_on"),
    (WithdrawalRow, "approved_by", "withdrawn_on"),
    (LoanRow, "handled_by", "lent_on"),
    (StocktakeScopeRow, "counted_by", "starts_on"),
    (RepairRow, "repairer", "sent_on"),
    (VisitRow, "name", "visited_on"),
    (VisitRow, "librarian", "visited_on"),
    (ReviewRow, "reviewer", "reviewed_on"),
    (ActivityRow, "person", "held_on"),
    (ExplanationRow, "person", "written_on"),
    (ClassRow, "teacher", ""),
    (SettingRow, "value", ""),
    (TargetRow, "person", ""),
    (JobRow, "person", ""),
)
# Who is to do it in a plan is named as of the first day of school.
_PLANS = frozenset({TargetRow, JobRow})
# Cards are handed in some days before their readers go. Who is there a month later has not gone.
_A_WEEK, _A_MONTH = 7, 31
_BACK = ("返聘", "返校", "回校", "借调", "同名", "重名", "补签", "兼", "仍", "义务", "志愿")


def _looked_at(columns: list[tuple[type[Any], str]]) -> dict[type[Any], str]:
    """The columns as a check declares them: by ledger, their fields parted by blanks."""
    return {row_type: " ".join(name for kind, name in columns if kind is row_type) for row_type, _ in columns}


@check(
    "FMT213",
    title="人名多半少写或多写了一个字",
    message="“{header}”写的是“{name}”，别的行都写“{usual}”{alike}。",
    why="一个人写成两个名字，查经手、验收时就找不到人。",
    fix="先问清是谁；写错了就改正，真是另一个人的不用动。",
    severity=Severity.HINT,
    reads={},
    may_read={
        **_looked_at(_COLUMNS),
        ReaderRow: "name",
        ClassRow: "teacher",
        SettingRow: "item value",
    },
)
def name_with_a_sign_amiss(library: Library) -> Iterator[Found]:
    times: defaultdict[str, int] = defaultdict(int)
    for row_type, field in _COLUMNS:
        table = library[row_type]
        for name in filter(None, table.distinct(field)):
            # How often matters of few names only: nobody counts the lines of the one who keeps the books.
            times[name] += min(len(table.having(field, name)), _OFTEN)
    usual = [name for name, count in times.items() if count >= _OFTEN]
    seldom = {name for name, count in times.items() if count <= _SELDOM}
    meant = {name: other for name in seldom for other in usual if _is_one_sign_off(bare(name), bare(other))}
    known = {bare(row.name) for row in library[ReaderRow]} | {bare(row.teacher or "") for row in library[ClassRow]}
    for row_type, field in _COLUMNS:
        for name in sorted(meant.keys() & library[row_type].distinct(field)):
            if bare(name) not in known:
                at, *others = folded(library[row_type].having(field, name), field)
                alike, header = Alike(len(others)), header_of(row_type, field)
                yield found(at, *others, header=header, name=name, usual=meant[name], alike=alike)
    # Papers are signed with these: one who does not stand in any book, and nearly so as somebody does in all of them.
    # Brothers and sisters share signs of their names: a headmaster is held to those only who approve.
    approving = [name for name in usual if len(library[WithdrawalRow].having("approved_by", name)) >= _OFTEN]
    hands = {_PRINCIPAL: approving, _LIBRARIAN: usual}
    for row in library[SettingRow]:
        written = row.value if isinstance(row.value, str) else ""
        near = (name for name in hands.get(row.item, ()) if _is_meant(bare(written), bare(name)))
        if (name := next(near, None)) and not any(same_name(written, one) for one in (*known, *times)):
            yield found(cell(row, "value"), header=row.item, name=written, usual=name, alike=Alike(0))


def _is_meant(name: str, other: str) -> bool:
    """Whether one may be written for the other where nobody else has the name: of two signs, one is too much."""
    return _is_one_sign_off(name, other) or (len(name) > 2 and one_sign_apart(name, other))


def _is_one_sign_off(name: str, other: str) -> bool:
    """Whether one is the other with a sign left out, of two at least."""
    short, long = sorted((name, other), key=len)
    is_near = len(long) == len(short) + 1 and len(short) > 1
    return is_near and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


@check(
    "FMT214",
    title="名字填成了数或日期",
    message="“{header}”填的是“{name}”，不是名字{alike}。",
    why="文件落款、催还单照这里的名字印，印出来就是一个数。",
    fix="先看是不是填错了格；照原来的凭据改成名字。",
    severity=Severity.WARNING,
    reads={},
    may_read={
        **_looked_at(_NAMES),
        SettingRow: "item value",
    },
)
def number_for_a_name(library: Library) -> Iterator[Found]:
    yield from _told_by_column(library, _NAMES, _is_number)
    for row in library[SettingRow]:
        if row.item in _NAMED_SETTINGS and row.value is not None and _is_number(row.value):
            yield found(cell(row, "value"), header=row.item, name=row.value, alike=Alike(0))


def _told_by_column(
    library: Library, columns: Iterable[tuple[type[Any], str]], is_amiss: Callable[[str], bool]
) -> Iterator[Found]:
    """Each column with something amiss once, with what stands there first."""
    for row_type, field in columns:
        table = library[row_type]
        amiss = {text for text in table.distinct(field) if text and is_amiss(text)}
        if amiss:
            at, *others = folded(table.among(field, amiss), field)
            name = getattr(table.row_at(at.line), field)
            yield found(at, *others, header=header_of(row_type, field), name=name, alike=Alike(len(others)))


@check(
    "FMT219",
    title="该写话的地方只有一个数",
    message="“{header}”填的是“{name}”，不是一句话{alike}。",
    why="计划和总结照这里的话印，印出来就是一个数。",
    fix="先看是不是填错了格，再照原来的意思改写。",
    severity=Severity.WARNING,
    reads={},
    may_read=_looked_at(_SENTENCES),
)
def number_for_words(library: Library) -> Iterator[Found]:
    yield from _told_by_column(library, _SENTENCES[:-1], lambda text: _is_number(text) or text in ("TRUE", "FALSE"))
    # 3 (times), 100%, a day and a box that is ticked say what was done.
    yield from _told_by_column(library, _SENTENCES[-1:], lambda text: _NO_COUNT.fullmatch(text) is not None)


def _is_number(value: SettingValue) -> bool:
    """Whether a name holds digits and no letter; a dash stands for nobody."""
    if not isinstance(value, str):
        return True
    return any(map(str.isdigit, value)) and not any(map(str.isalpha, value))


@check(
    "FMT215",
    title="该写教师的地方写了学生",
    message="“{header}”写的是“{name}”，读者名册里叫这个名字的只有学生（{reader_no}，{class_name}）。",
    why="经手、验收、批准和审查要教职工负责；写成学生，多半是从别的栏抄错了。",
    fix="先问是谁经手的，写错就改正；同名的教职工没有办证的，不用动。",
    severity=Severity.HINT,
    reads={},
    may_read={ReaderRow: "reader_no name kind class_name", **_looked_at(_OF_ADULTS)},
)
def pupil_for_an_adult(library: Library) -> Iterator[Found]:
    if library[ReaderRow].incomplete:
        return
    named = {name for row_type, field in _OF_ADULTS for name in library[row_type].distinct(field) if name}
    adults = {row.name for row in library[ReaderRow] if row.kind is not ReaderKind.PUPIL}
    # Where most of its adults have no card, any of them may be a pupil's namesake.
    if not adults or len(named & adults) < len(named - {row.name for row in library[ReaderRow]}):
        return
    called = group_by(library[ReaderRow], "name")
    pupils = {name: rows[0] for name, rows in called.items() if {row.kind for row in rows} == {ReaderKind.PUPIL}}
    for row_type, field in _OF_ADULTS:
        table = library[row_type]
        for name in sorted(pupils.keys() & set(filter(None, table.distinct(field)))):
            lines = table.among(field, {name})
            if len(lines) <= _SELDOM:
                yield found(
                    *folded(lines, field), cell(pupils[name], "name"), header=header_of(row_type, field), name=name
                )


@check(
    "FMT217",
    title="离开学校以后还签了名",
    message="{day} 的“{header}”写着{name}，读者名册里这位老师（{reader_no}）{stopped_on} 已经离开{alike}。",
    why="签名的人那时不在学校，这件事是谁办的就说不清。",
    fix="先问是谁办的；名字写错就改正，停用日期写错就改读者名册；返聘的、同名的，在读者名册的备注里写上“返聘”或“同名”。",
    severity=Severity.HINT,
    at_worst=Severity.WARNING,
    reads={},
    may_read={
        ReaderRow: "reader_no name kind stopped_on stop_reason remarks",
        SummaryRow: "registered_on handled_by received_by remarks",
        WithdrawalRow: "withdrawn_on approved_by remarks",
        LoanRow: "lent_on handled_by remarks",
        StocktakeScopeRow: "starts_on counted_by remarks",
        RepairRow: "sent_on repairer",
        VisitRow: "visited_on name librarian",
        ReviewRow: "reviewed_on reviewer remarks",
        ActivityRow: "held_on person",
        ExplanationRow: "written_on person",
        ClassRow: "teacher pupils remarks",
        SettingRow: "item value",
        TargetRow: "person",
        JobRow: "person",
    },
)
def signed_after_leaving(library: Library) -> Iterator[Found]:
    gone = _gone(library)
    today = min(library.as_of, library.school.term_end or library.as_of)
    begins = min((term.start for term in library.school.terms), default=library.year_begins)
    for row_type, name, dated in _DATED if gone else ():
        table, as_of = library[row_type], begins if row_type in _PLANS else today
        written = [text for text in table.distinct(name) if isinstance(text, str) and text]
        for reader in gone:
            lines = table.among(name, {text for text in written if _names(text, reader.name)})
            # Whoever is named as of today is seldom written anew in the last weeks of a year.
            leeway = _A_WEEK if dated or row_type in _PLANS else _A_MONTH
            days = {row.line: getattr(row, dated) if dated else as_of for row in lines if _may_be_late(row)}
            late = {line: day for line, day in days.items() if day and _days_after(day, reader) > leeway}
            if late:
                at, *others = folded([row for row in lines if row.line in late], name)
                is_long_over = max(_days_after(day, reader) for day in late.values()) > _A_MONTH
                row = table.row_at(at.line)
                yield found(
                    at,
                    cell(reader, "stopped_on"),
                    *others,
                    severity=Severity.WARNING if is_long_over else None,
                    header=row.item if isinstance(row, SettingRow) else header_of(row_type, name),
                    name=reader.name,
                    day=late[at.line],
                    alike=Alike(len(late) - 1),
                )


def _days_after(day: date, reader: ReaderRow) -> int:
    return (day - reader.stopped_on).days if reader.stopped_on else 0


def _gone(library: Library) -> list[ReaderRow]:
    """Teachers and staff who left and did not come back, of whom nobody else has the name."""
    left = [
        row
        for row in library[ReaderRow].having("stop_reason", LeavingReason.LEFT_POST)
        if row.stopped_on and row.kind is not ReaderKind.PUPIL and not says(row.remarks, *_BACK)
    ]
    called = [row.name for row in library[ReaderRow]] if left else []
    called += [str(row.values.get("name")) for row in library[ReaderRow].incomplete]
    return [row for row in left if sum(same_name(name, row.name) for name in called) == 1]


def _names(text: str, name: str) -> bool:
    return any(same_name(one, name) for one in people_in(text, lambda one: same_name(one, name)))


def _may_be_late(row: Any) -> bool:
    if isinstance(row, SettingRow):
        return row.item in (_PRINCIPAL, _LIBRARIAN)
    # A class merged into another stays with the teacher it had.
    is_there = not isinstance(row, ClassRow) or bool(row.pupils)
    return is_there and not says(getattr(row, "remarks", None), *_BACK, "补")
