"""班级 and 读者名册 (RDR): people who cannot be as they are written."""

from collections.abc import Callable, Iterator
from datetime import date

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.grades import class_key, grades_of
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import FIRST_MONTH, first_year
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.rules.likeness import bare, by_itself, people_in, says

# Years by which a card may be older than its class: whoever leaves the sixth grade is twelve, and schooling that is
# compulsory ends at sixteen, however often a class was repeated (义务教育法, articles 2 and 11).
_LEEWAY = 4
# From the age of employment (16: 劳动法, article 15) to that of retiring (63: 关于实施渐进式延迟法定退休年龄的决定).
_CAREER = 47
_STANDING_IN = ("代课", "代班", "代理", "代管", "顶岗", "支教", "实习", "借调")


@check(
    "RDR003",
    title="一名学生有两个证",
    message="{class_name}的{name}有两个在用的证，{other_no} 和 {reader_no}。",
    why="一人两证，能借的册数多了一倍，人数也多算一个。",
    fix="先问班主任；是一个人，就停用一个证，填停用日期和挂失；是同名的两个人，就在备注里写“同名”。",
    severity=Severity.WARNING,
    reads={ReaderRow: "reader_no name kind class_name issued_on stopped_on remarks", ClassRow: "class_name"},
)
def one_pupil_with_two_cards(library: Library) -> Iterator[Found]:
    active = [row for row in library[ReaderRow] if row.kind is ReaderKind.PUPIL and row.is_active(library.as_of)]
    yield from _second_cards(active, lambda row: (bare(row.name), class_key(row.class_name or "")))


@check(
    "RDR004",
    title="一位老师有两个证",
    message="{name}有两个在用的证，{other_no} 和 {reader_no}。",
    why="一人两证，借的书分记在两处，催还和移交时容易漏。",
    fix="先问本人；是一个人，就停用一个证，填停用日期和挂失；是同名的两个人，就在备注里写“同名”。",
    severity=Severity.HINT,
    reads={ReaderRow: "reader_no name kind issued_on stopped_on remarks"},
)
def one_teacher_with_two_cards(library: Library) -> Iterator[Found]:
    active = [row for row in library[ReaderRow] if row.kind is not ReaderKind.PUPIL and row.is_active(library.as_of)]
    yield from _second_cards(active, lambda row: bare(row.name))


def _second_cards(readers: list[ReaderRow], called: Callable[[ReaderRow], object]) -> Iterator[Found]:
    """Each card of somebody called like the holder of one above, where no 备注 says that they are two."""
    people = grouped(sorted(readers, key=lambda row: row.line), called)
    for first, *others in people.values():
        for row in others:
            is_other = row.reader_no != first.reader_no
            if is_other and not any(says(reader.remarks, "同名", "重名", "同姓") for reader in (first, row)):
                yield found(cell(row, "reader_no"), cell(first, "reader_no"), other_no=first.reader_no)


@check(
    "RDR103",
    title="停用原因和读者类别合不到一起",
    message="{reader_no} 是{kind}，停用原因写的是{stop_reason}。",
    why="学生毕业、转出，教师调离；写反了，人数就统计错了。",
    fix="先问清是谁；类别写错就改类别，原因写错就改原因。",
    severity=Severity.WARNING,
    reads={ReaderRow: "reader_no kind stop_reason"},
)
def stopped_for_another_kind(library: Library) -> Iterator[Found]:
    of_teachers = {LeavingReason.LEFT_POST}
    of_pupils = {LeavingReason.GRADUATED}
    for row in library[ReaderRow]:
        wrong = of_teachers if row.kind is ReaderKind.PUPIL else of_pupils
        if row.stop_reason in wrong:
            yield found(cell(row, "stop_reason"), cell(row, "kind"))


@check(
    "RDR104",
    title="班级和年级不是一回事",
    message="{class_name}的年级填的是 {grade}。",
    why="年级错了，任务指标和借阅规则都会用错。",
    fix="先看班名；年级写错就改年级，班名写错就改班名。",
    severity=Severity.WARNING,
    reads={ClassRow: "class_name grade"},
)
def class_of_another_grade(library: Library) -> Iterator[Found]:
    for row in library[ClassRow]:
        grade, _, number = class_key(row.class_name).partition("-")
        if number.isdecimal() and grade.isdecimal() and len(grade) == 1 and row.grade != int(grade):
            yield found(cell(row, "grade"), cell(row, "class_name"))


@check(
    "RDR304",
    title="班主任不在读者名册",
    message="{class_name}的班主任{teacher}，读者名册里没有这位教师。",
    why="送书下班级记在班主任的证上，没有证就记不了。",
    fix="先看姓名有没有写错；没有写错，就给这位教师办证。",
    severity=Severity.HINT,
    reads={ClassRow: "class_name teacher", ReaderRow: "name kind"},
    may_read={ClassRow: "remarks"},
)
def teacher_without_card(library: Library) -> Iterator[Found]:
    names = {bare(row.name) for row in library[ReaderRow] if row.kind is not ReaderKind.PUPIL}
    # Of whom the kind cannot be read nobody knows that he is no teacher.
    names |= {bare(str(line.values.get("name"))) for line in library[ReaderRow].incomplete}
    named = [row for row in library[ClassRow] if row.teacher]
    # Two may share a class; who stands in for another has no card of this school.
    missing = [row for row in named if not _are_known(row.teacher or "", names)]
    missing = [row for row in missing if not any(says(text, *_STANDING_IN) for text in (row.teacher, row.remarks))]
    # Where most class teachers have no card, the school gives them none.
    are_few = len(missing) * 2 < len(named) and library[ReaderRow].all_say("name")
    for row in missing if are_few else ():
        namesakes = (one for one in library[ReaderRow] if bare(one.name) == bare(row.teacher or ""))
        yield found(cell(row, "teacher"), *(cell(one, "kind") for one in namesakes))


def _are_known(teachers: str, names: set[str]) -> bool:
    """Whether one of the teachers of a class is among the names, with or without what is written behind his own."""

    def is_known(one: str) -> bool:
        return bare(one) in names or by_itself(one) in names

    return any(map(is_known, people_in(teachers, is_known)))


@check(
    "RDR305",
    title="一位教师当两个班的班主任",
    message="{teacher}是{other}的班主任，又写在{class_name}{alike}。",
    why="催还单交给班主任，人写错了就收不到。",
    fix="先看班主任名单；写错就改正，真是一人带两个班就不用动。",
    severity=Severity.HINT,
    reads={ClassRow: "class_name teacher"},
)
def teacher_of_two_classes(library: Library) -> Iterator[Found]:
    named = sorted((row for row in library[ClassRow] if row.teacher), key=lambda row: row.line)
    for first, *others in group_by(named, "teacher").values():
        further = [row for row in others if class_key(row.class_name) != class_key(first.class_name)]
        if further:
            at, *more = folded(further, "teacher")
            alike = Alike(len(further) - 1)
            yield found(at, cell(first, "teacher"), *more, other=first.class_name, alike=alike)


@check(
    "RDR306",
    title="班主任的班级两张表不一样",
    message="读者名册里{name}的班级是{class_name}，班级表里是{own}的班主任。",
    why="送书下班级、催还单都找班主任，班写错了就找错人。",
    fix="先看班主任名单；读者名册写错就改读者名册，班级表写错就改班级表；只是任课，就把读者名册的班级空着。",
    severity=Severity.WARNING,
    reads={ReaderRow: "name kind class_name issued_on stopped_on", ClassRow: "class_name teacher pupils"},
)
def class_teacher_of_another_class(library: Library) -> Iterator[Found]:
    # Of a class without pupils, merged into another, the line stays; its teacher is elsewhere by now.
    heads = group_by((row for row in library.classes.values() if row.teacher and row.pupils), "teacher")
    headed = {bare(name): rows for name, rows in heads.items()}
    for row in library[ReaderRow]:
        written = library.class_called(row.class_name) if row.kind is not ReaderKind.PUPIL else None
        own = headed.get(bare(row.name), [])
        if written and own and written not in own and row.is_active(library.as_of):
            yield found(cell(row, "class_name"), cell(own[0], "teacher"), own=own[0].class_name)


@check(
    "RDR108",
    title="办证日期早得少见",
    message="{name}（{reader_no}）的办证日期是 {issued_on}，{reason}{alike}。",
    why="办证日期错了，就查不出借书的时候证在不在用。",
    fix="先对照借书证，年份写错就改正；留过级、用的是别人留下的证，或者是返聘的，就不用动。",
    severity=Severity.HINT,
    reads={ReaderRow: "reader_no name kind class_name issued_on stopped_on", ClassRow: "class_name grade"},
)
def issued_before_school(library: Library) -> Iterator[Found]:
    # The classes are those of the workbook's school year, however much later the books are looked at.
    today = min(library.as_of, library.school.term_end or library.as_of)
    this_year = first_year(today)
    early: dict[str, list[ReaderRow]] = {}
    for row in library[ReaderRow]:
        own = library.class_called(row.class_name) if row.kind is ReaderKind.PUPIL else None
        if row.issued_on is None or row.stopped_on:
            continue
        if own and row.issued_on < date(this_year - max(grades_of(own.grade)) + 1 - _LEEWAY, FIRST_MONTH, 1):
            early.setdefault(own.class_name, []).append(row)
        elif row.issued_on.year < today.year - _CAREER:
            reason = f"离现在有 {today.year - row.issued_on.year} 年了"
            yield found(cell(row, "issued_on"), reason=reason, alike=Alike(0))
    for name, rows in early.items():
        reason = f"那时{name}的学生还没有上学"
        at, *others = folded(rows, "issued_on")
        yield found(at, cell(library.classes[name], "grade"), *others, reason=reason, alike=Alike(len(rows) - 1))
