"""学生管理员 (PLB) against 读者名册: pupils of the class, with a card in use."""

from collections import Counter
from collections.abc import Iterable, Iterator

from schoollib_xl.checks.check import MOST_SHOWN, Found, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.units import plain_number
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.rules.likeness import is_called
from schoollib_xl.rules.target_names import TargetName


def _with_reader(library: Library) -> Iterator[tuple[PupilLibrarianRow, ReaderRow]]:
    for row in library[PupilLibrarianRow]:
        if reader := library.readers.get(row.reader_no):
            yield row, reader


@check(
    "PLB301",
    title="学生管理员不在读者名册",
    message="读者名册里查不到学生管理员的证号 {reader_no}。",
    why="查不到这个人，评优和分工都落不到实处。",
    fix="先对照借书证，抄错了就改正；没有抄错，就补登到读者名册。",
    reads={PupilLibrarianRow: "reader_no", ReaderRow: "reader_no"},
)
def unknown_pupil_librarian(library: Library) -> Iterator[Found]:
    if library[ReaderRow].all_say("reader_no"):
        for row in library[PupilLibrarianRow]:
            if row.reader_no not in library.known_readers:
                yield found(cell(row, "reader_no"))


@check(
    "PLB302",
    title="学生管理员任职时证不在用",
    message="{reader_no} 的证在 {day} 不在用，不能任学生管理员{alike}。",
    why="离校的学生不能再当管理员，多半是证号或日期写错了。",
    fix="先核对证号和任职日期，写错就改正；人已离校，就另选一名。",
    severity=Severity.WARNING,
    reads={PupilLibrarianRow: "reader_no appointed_on", ReaderRow: "reader_no issued_on stopped_on stop_reason"},
    may_read={ReaderRow: "name"},
)
def inactive_pupil_librarian(library: Library) -> Iterator[Found]:
    # Where all got new cards in the middle of the year, they served on the old ones.
    return told_once(_inactive(library), len(library[PupilLibrarianRow]))


def _inactive(library: Library) -> Iterator[Found]:
    lost = library[ReaderRow].having("stop_reason", LeavingReason.REPORTED_LOST)
    for row, reader in _with_reader(library):
        day = row.appointed_on or library.as_of
        # Who left later did serve: the line stays as a record. So does that of a card that was lost.
        if not reader.is_active(day) and not any(one.name == reader.name and one.is_active(day) for one in lost):
            at, other = cell(row, "reader_no"), cell(reader, "stopped_on" if reader.stopped_on else "issued_on")
            yield found(at, other, cell(row, "appointed_on"), day=day)


@check(
    "PLB303",
    title="学生管理员的班级和读者名册不一样",
    message="{reader_no} 在读者名册上是{right}，这里写的是{class_name}。",
    why="每班的管理员人数要按班数，班级错了就数不准。",
    fix="先问班主任；写错就改正；转了班，就由新班级另选。",
    severity=Severity.WARNING,
    reads={
        PupilLibrarianRow: "class_name reader_no",
        ReaderRow: "reader_no kind class_name",
        ClassRow: "class_name pupils",
    },
)
def pupil_librarian_of_another_class(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        written, own = library.class_called(row.class_name), library.class_called(reader.class_name)
        # A class that was merged into another has no pupils left; who was its helper stays one.
        if reader.kind is ReaderKind.PUPIL and written and own and written is not own and written.pupils:
            at, other = cell(row, "class_name"), cell(reader, "class_name")
            yield found(at, other, cell(row, "reader_no"), right=own.class_name)


@check(
    "PLB304",
    title="学生管理员的姓名和读者名册不一样",
    message="{reader_no} 在读者名册上是{right}，这里写的是{name}。",
    why="证号和姓名对不上，不知道是哪一名学生。",
    fix="先看借书证；证号错了改证号，姓名错了改姓名。",
    reads={PupilLibrarianRow: "reader_no name", ReaderRow: "reader_no name remarks"},
)
def pupil_librarian_name_differs(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        if row.name and not is_called(row.name, reader.name, reader.remarks):
            yield found(cell(row, "name"), cell(reader, "name"), cell(row, "reader_no"), right=reader.name)


@check(
    "PLB307",
    title="学生管理员不是学生",
    message="{reader_no} 在读者名册上是{kind}，不是学生。",
    why="学生管理员从学生里选，多半是证号抄错了。",
    fix="先对照借书证，再改正证号。",
    reads={PupilLibrarianRow: "reader_no", ReaderRow: "reader_no kind"},
)
def pupil_librarian_is_no_pupil(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        if reader.kind is not ReaderKind.PUPIL:
            yield found(cell(row, "reader_no"), cell(reader, "kind"))


@check(
    "PLB308",
    title="一名学生管理员写了两行",
    message="{reader_no} 前面已经有一行。",
    why="一人两行，管理员人数就多算一个。",
    fix="先看两行的证号；证号抄错了就改正，写了两遍就只留一行。",
    severity=Severity.WARNING,
    reads={PupilLibrarianRow: "reader_no appointed_on"},
)
def pupil_librarian_twice(library: Library) -> Iterator[Found]:
    rows = sorted(library[PupilLibrarianRow], key=lambda row: row.line)
    for first, *others in group_by(rows, "reader_no").values():
        for row in others:
            # Elected again for another term is a line of its own.
            if row.appointed_on is None or row.appointed_on == first.appointed_on:
                yield found(cell(row, "reader_no"), cell(first, "reader_no"))


@check(
    "PLB309",
    title="学生管理员人数和定的不一样",
    message="任务指标定的是每班 {target} 名学生管理员，{classes}，不到这个数。",
    why="每班几名管理员是写进计划的，少一行，总结里的数就不一样。",
    fix="先问班主任；漏写的补上一行，已经不当的不用动；这个班就是这几名，写进“差异说明”。",
    severity=Severity.HINT,
    reads={
        PupilLibrarianRow: "class_name reader_no",
        ReaderRow: "reader_no class_name stopped_on",
        ClassRow: "class_name pupils",
        TargetRow: "name grades value",
    },
    may_read={ReaderRow: "stop_reason"},
)
def other_number_of_pupil_librarians(library: Library) -> Iterator[Found]:
    table = library[PupilLibrarianRow]
    targets = [row for row in library[TargetRow] if row.name == TargetName.PUPIL_LIBRARIANS.value and not row.grades]
    if len(targets) != 1 or table.incomplete or not table.rows:
        return
    # Who left is replaced, and both lines stay; who graduates helped until the end, who lost a card goes on.
    stay = (LeavingReason.GRADUATED, LeavingReason.REPORTED_LOST)
    gone = (one for one in _with_reader(library) if one[1].stop_reason not in stay)
    left = {row.line for row, reader in gone if reader.stopped_on}
    serving = _by_class(library, (row for row in table if row.line not in left))
    few = [row for name, row in library.classes.items() if row.pupils and serving[name] < targets[0].value]
    # One finding for all: of a sheet that was only begun most classes are still to come.
    lines = {library.class_called(row.class_name): cell(row, "class_name") for row in reversed(table.rows)}
    if few:
        at = [lines.get(row) or cell(row, "class_name") for row in few]
        at = [*at[:MOST_SHOWN], cell(targets[0], "value")]
        told = "、".join(f"{row.class_name} {serving[row.class_name]} 名" for row in few)
        alike = Counter(serving[row.class_name] for row in few)
        if min(alike) and len(alike) < len(few) == len(library.classes):
            # Where every class has some and none has them all, it is the number that is to be looked at.
            at.reverse()
            told = "、".join(f"{classes} 个班各 {number} 名" for number, classes in sorted(alike.items()))
        yield found(*at, classes=told, target=plain_number(targets[0].value))


def _by_class(library: Library, rows: Iterable[PupilLibrarianRow]) -> Counter[str]:
    """How many helpers each class has, by what their lines say and by what the roster does (PLB303, PLB305)."""
    counted: Counter[str] = Counter()
    for row in rows:
        reader = library.readers.get(row.reader_no)
        named = (library.class_called(name) for name in (row.class_name, reader.class_name if reader else None))
        counted.update({own.class_name for own in named if own})
    return counted
