"""Class names, wherever they are written, against 班级: a class nobody knows, or one spelled another way."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import SHEETS, cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.joint_classes import classes_named

# More classes than this spelled otherwise than in 班级 are no slips.
_SPELLED_SINGLY = 2
# A year's new classes may all be missing from 班级; more names than grades have another reason.
_UNKNOWN_SINGLY = 6
Counts = Callable[[Library, Any], bool]


def _is_pupil_here(library: Library, row: ReaderRow) -> bool:
    """What stands there for a teacher may be a department; a class may have gone with its pupils."""
    return row.kind is ReaderKind.PUPIL and row.is_active(library.as_of)


def _is_pupils_now(day: str, library: Library, row: LoanRow | CompensationRow) -> bool:
    """Whether the row is of a pupil, and of a class of this school year: 班级 has these."""
    reader = library.readers.get(row.reader_no)
    return (reader is None or reader.kind is ReaderKind.PUPIL) and getattr(row, day) >= library.year_begins


class _Column(NamedTuple):
    """A sheet with a column of classes: its two codes, which of its rows count, and what that looks at."""

    row_type: type[Any]
    unknown: str
    spelled: str
    counts: Counts = lambda library, row: True
    looks_at: str = ""
    readers: str = ""
    # Several classes may come together: 一（1）班、一（2）班.
    is_joint: bool = False


_COLUMNS = (
    _Column(ReaderRow, "RDR302", "RDR303", _is_pupil_here, "kind issued_on stopped_on"),
    _Column(LoanRow, "CIR308", "CIR309", partial(_is_pupils_now, "lent_on"), "reader_no lent_on", "reader_no kind"),
    _Column(
        CompensationRow,
        "CMP391",
        "CMP392",
        partial(_is_pupils_now, "registered_on"),
        "reader_no registered_on",
        "reader_no kind",
    ),
    _Column(LendingRule, "QUO303", "QUO304"),
    _Column(TurnRow, "QUO331", "QUO332", is_joint=True),
    _Column(VisitRow, "VIS301", "VIS302", is_joint=True),
    _Column(PupilLibrarianRow, "PLB305", "PLB306"),
)


def _strange(column: _Column, library: Library) -> Iterator[tuple[str, list[Any]]]:
    """Names that are not written as in 班级, each with its rows."""
    table = library[column.row_type]
    names = table.distinct("class_name") - library.classes.keys() - {None}
    if names and library[ClassRow].rows and library[ClassRow].all_say("class_name"):
        rows = [row for row in table.among("class_name", names) if column.counts(library, row)]
        yield from group_by(rows, "class_name").items()


def _unknown(column: _Column, library: Library) -> Iterator[Found]:
    incomplete = {
        class_key(row.values.get("class_name")) for row in library[ClassRow].incomplete if row.values.get("class_name")
    }
    unknown = [
        (name, rows)
        for name, rows in _strange(column, library)
        if not library.class_called(name)
        and not (column.is_joint and classes_named(library, name))
        and class_key(name) not in incomplete
    ]
    # So many classes nobody knows are written in a way of their own, shown at the first.
    is_habit = len(unknown) > _UNKNOWN_SINGLY
    alike = Alike(sum(len(rows) for _, rows in unknown[1:]) if is_habit else 0)
    for name, rows in unknown[:1] if is_habit else unknown:
        at, *others = folded(rows, "class_name")
        yield found(at, *others, class_name=name, count=len(rows), alike=alike)


def _spelled(column: _Column, library: Library) -> Iterator[Found]:
    known = ((name, rows, library.class_called(name)) for name, rows in _strange(column, library))
    spelled = [(name, rows, right) for name, rows, right in known if right]
    # So many classes written otherwise are one habit, shown at the first.
    is_habit = len(spelled) > _SPELLED_SINGLY
    alike = Alike(sum(len(rows) for _, rows, _ in spelled[1:]) if is_habit else 0)
    for name, rows, right in spelled[:1] if is_habit else spelled:
        at, *others = folded(rows, "class_name")
        facts: dict[str, Any] = {"class_name": name, "right": right.class_name, "count": len(rows), "alike": alike}
        yield found(at, cell(right, "class_name"), *others, **facts)


def _register(column: _Column) -> None:
    own = f"class_name {column.looks_at}"
    reads: dict[type[Any], str] = {column.row_type: own, ClassRow: "class_name"}
    # Whole grades that come together are the classes of these grades.
    grades = {ClassRow: "grade"} if column.is_joint else {}
    if column.readers:
        reads[ReaderRow] = column.readers
    sheet_name = SHEETS[column.row_type].name
    check(
        column.unknown,
        title=f"{sheet_name}：班级不在班级表里",
        message="“{class_name}”不在班级表里（{count} 行这样写）{alike}。",
        why="班级表里没有这个班，这一行就算不到哪个班上；学生借的书只能算到他现在的班。",
        fix="先看是不是写错了班，写错就改正；新设、并掉的班补到班级表，并掉的学生人数填 0；"
        "班改了名的，写进“差异说明”。",
        reads=reads,
        may_read=grades,
    )(partial(_unknown, column))
    check(
        column.spelled,
        title=f"{sheet_name}：同一个班写法不一样",
        message="“{class_name}”在班级表里写作“{right}”（{count} 行这样写）{alike}。",
        why="核对和统计认得是一个班，自己筛选、汇总时会分成两个班。",
        fix="统一改成“{right}”；可以用“查找和替换”一次改完。",
        severity=Severity.HINT,
        reads=reads,
    )(partial(_spelled, column))


for _column in _COLUMNS:
    _register(_column)
