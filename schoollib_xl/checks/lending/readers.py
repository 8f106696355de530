"""班级 and 读者名册 (RDR): who may borrow, and how many pupils there are."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from schoollib_xl.checks.check import Alike, Found, Gap, Severity, check, folded, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import class_key, grades_of
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.rules.emptied_classes import emptied_classes
from schoollib_xl.rules.lending import rule_for_reader
from schoollib_xl.rules.likeness import says

# Words in 备注 of pupils whom schools count or do not.
_AWAY_OR_GUEST = ("休学", "借读", "寄读", "旁听", "跟读")
# And one who is on the school's list alone: taught at home, or too new for a card.
_WITHOUT_CARD = ("送教", "未办证", "没办证", "没有办证", "无证", "未办借", "没办借")
# A class that reads in the room or borrows through its teacher may do without cards.
_WITHOUT_CARDS = (ClassLending.IN_ROOM, ClassLending.THROUGH_TEACHER)


@check(
    "RDR101",
    title="停用早于办证",
    message="{reader_no} 在 {stopped_on} 停用，可是 {issued_on} 才办证。",
    why="先停后办说不通，多半有一个日期写错了。",
    fix="先对照借书证，再把写错的日期改正。",
    reads={ReaderRow: "reader_no issued_on stopped_on"},
)
def stopped_before_issued(library: Library) -> Iterator[Found]:
    for row in library[ReaderRow]:
        if row.issued_on and row.stopped_on and row.stopped_on < row.issued_on:
            yield found(cell(row, "stopped_on"), cell(row, "issued_on"))


@check(
    "RDR102",
    title="有停用原因，没有停用日期",
    message="{reader_no} 写了{reason}，停用日期空着。",
    why="没有日期，不知道这个证用到哪天；现在不借书给他，名单里也没有他。",
    fix="先问清哪天离校或挂失，再填停用日期；其实还在用，就把停用原因清空。",
    reads={ReaderRow: "reader_no stopped_on stop_reason"},
)
def stop_reason_without_date(library: Library) -> Iterator[Found]:
    for row in library[ReaderRow]:
        if row.stop_reason and row.stopped_on is None:
            yield found(cell(row, "stopped_on"), cell(row, "stop_reason"), reason=row.stop_reason)


@check(
    "RDR107",
    title="停用日期还没有到",
    message="{reader_no} 的停用日期是 {stopped_on}，账记到 {as_of} 为止，这一天还没有到。",
    why="到那一天以前这个证还算在用，在用人数和逾期都把它算在内。",
    fix="先看借书证和年份；写错了就改正，说好那天停用的就不用动。",
    severity=Severity.HINT,
    reads={ReaderRow: "reader_no stopped_on"},
)
def stopped_in_the_future(library: Library) -> Iterator[Found]:
    until = library.school.kept_until(library.as_of)
    for row in library[ReaderRow]:
        if row.stopped_on and row.stopped_on > until:
            yield found(cell(row, "stopped_on"), as_of=until)


@check(
    "RDR109",
    title="办证日期还没有到",
    message="{reader_no} 的办证日期是 {issued_on}，账记到 {as_of} 为止，这一天还没有到{alike}。",
    why="到那一天以前这个证还不能用，在用人数里没有算它。",
    fix="先看借书证和年份；写错了就改正，给新生提前写好的不用动。",
    severity=Severity.HINT,
    reads={ReaderRow: "reader_no issued_on"},
)
def issued_in_the_future(library: Library) -> Iterator[Found]:
    until = library.school.kept_until(library.as_of)
    # Cards made ahead bear one day.
    for rows in group_by(
        (row for row in library[ReaderRow] if row.issued_on and row.issued_on > until), "issued_on"
    ).values():
        yield found(*folded(rows, "issued_on"), as_of=until, alike=Alike(len(rows) - 1))


@check(
    "RDR106",
    title="没到毕业年级就毕业",
    message="{reader_no} 在{class_name}，停用原因写的是毕业，本校的最高年级是 {highest} 年级。",
    why="中途离校的是转出；写成毕业，转出人数和借阅统计都会错。",
    fix="先问班主任；转走的把停用原因改成转出，班级写错就改班级。",
    severity=Severity.HINT,
    reads={ReaderRow: "reader_no class_name stop_reason", ClassRow: "class_name grade"},
)
def graduated_too_early(library: Library) -> Iterator[Found]:
    highest = max((max(grades_of(row.grade)) for row in library[ClassRow]), default=0)
    for row in library[ReaderRow]:
        own = library.class_called(row.class_name)
        if row.stop_reason is LeavingReason.GRADUATED and own and max(grades_of(own.grade)) < highest:
            yield found(cell(row, "stop_reason"), cell(row, "class_name"), cell(own, "grade"), highest=highest)


@check(
    "RDR301",
    title="学生没有班级",
    message="{name}（{reader_no}）是学生，班级空着{alike}。",
    why="没有班级，借的书算不进任何一个班，催还也找不到班主任。",
    fix="先问班主任，再填上班级；已经离校的，填停用日期和原因。",
    reads={ReaderRow: "reader_no name kind class_name issued_on stopped_on"},
)
def pupil_without_class(library: Library) -> Iterator[Found]:
    nowhere = library[ReaderRow].having("class_name", None)
    pupils = [row for row in nowhere if row.kind is ReaderKind.PUPIL and row.is_active(library.as_of)]
    if pupils:
        yield found(*folded(pupils, "class_name"), alike=Alike(len(pupils) - 1))


@check(
    "RDR201",
    title="学生人数和读者名册不一样",
    message="{class_name}的学生人数是 {pupils} 人，读者名册上在用的有 {cards} 人，名册{gap}。",
    why="学生人数是算生均的分母，人数不实，生均就不准。",
    fix="先和班主任核对人数；转进转出的补到读者名册，班级表的人数写错了就改正。",
    severity=Severity.WARNING,
    reads={
        ClassRow: "class_name pupils lending",
        ReaderRow: "reader_no kind class_name issued_on stopped_on stop_reason",
    },
    may_read={ReaderRow: "remarks", ClassRow: "remarks"},
)
def pupils_differ_from_roster(library: Library) -> Iterator[Found]:
    if not library[ReaderRow].all_say("class_name"):
        return
    incomplete = {row.values.get("class_name") for row in library[ReaderRow].incomplete}
    pupils = _active_pupils(library)
    cards = Counter(class_name for class_name, _ in pupils)
    # A pupil who is away for a term, or is a guest, keeps the card, and schools count him or do not; who left, RDR102
    # asks since when.
    uncounted = Counter(
        class_name for class_name, pupil in pupils if pupil.is_stopped_some_day or says(pupil.remarks, *_AWAY_OR_GUEST)
    )
    term = library.school.term
    graduates = Counter(
        row and row.class_name
        for reader in library.readers.values()
        if reader.graduated_in(term)
        for row in [library.class_called(reader.class_name)]
    )
    day = library.school.kept_until(library.as_of)
    to_come = Counter(
        own.class_name
        for reader in library.readers.values()
        if reader.issued_on and reader.issued_on > day and (own := library.class_called(reader.class_name))
    )
    gaps: dict[str, int] = {}
    for row in library.classes.values():
        held = cards[row.class_name]
        gap = held - row.pupils
        # Pupils whose class is blank or unknown (RDR301, RDR302), or whose card begins on a day to come (RDR109), may
        # be the ones that lack here.
        lacking = cards[None] + graduates[row.class_name] + to_come[row.class_name]
        is_explained = -lacking <= gap <= uncounted[row.class_name] or (held == 0 and row.lending in _WITHOUT_CARDS)
        is_explained = is_explained or _is_told(row.remarks, gap)
        if not is_explained and row.class_name not in incomplete:
            gaps[row.class_name] = gap
    strays = [one for one in _among_others(pupils) if gaps.get(one.own, 0) > 0 > gaps.get(one.among, 0)] if gaps else []
    for class_name, gap in gaps.items():
        row = library.classes[class_name]
        places = [place for stray in strays for place in _named(library, stray, class_name)]
        yield found(cell(row, "pupils"), *places, cards=row.pupils + gap, gap=Gap(gap, "人"))


def _is_told(remarks: str | None, gap: int) -> bool:
    """Whether 备注 of a class says who lacks, or is too many, and if it says how many, then so many."""
    figures = re.findall(r"\d+", remarks or "")
    return says(remarks, *_AWAY_OR_GUEST, *_WITHOUT_CARD) and (not figures or str(abs(gap)) in figures)


@check(
    "RDR202",
    title="学生人数是 0 的班借了书",
    message="{class_name}的学生人数是 0，这个学期却借了书，借书的学生在名册上没有转到别的班。",
    why="没有人数，这个班借的书算不进生均，全校的生均也没有算这个班。",
    fix="先和班主任核对人数；这个班中途走了的，学生人数填走以前的，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={
        ClassRow: "class_name pupils",
        ReaderRow: "reader_no kind class_name issued_on stopped_on",
        LoanRow: "class_name reader_no mode lent_on",
    },
)
def class_without_pupils_borrowed(library: Library) -> Iterator[Found]:
    emptied = library.derive(emptied_classes)
    for row in library.classes.values() if emptied else ():
        if row.pupils == 0 and class_key(row.class_name) in emptied:
            pupils = (one for one in library.readers.values() if one.kind is ReaderKind.PUPIL)
            left = (one for one in pupils if library.class_called(one.class_name) is row)
            yield found(cell(row, "pupils"), *(cell(one, "stopped_on") for one in left))


def _active_pupils(library: Library) -> list[tuple[str | None, ReaderRow]]:
    """Pupils with a card in use in the order of the roster, each with his class as 班级 spells it; None where the
    class is not there.
    """
    # 学生人数 bears no date: it is the number at the cut-off, also while an earlier day is looked at.
    day = library.school.kept_until(library.as_of)
    pupils = (row for row in library.readers.values() if row.kind is ReaderKind.PUPIL and row.is_active(day))
    classes = ((library.class_called(row.class_name), row) for row in pupils)
    return [(row and row.class_name, pupil) for row, pupil in classes]


class _Stray(NamedTuple):
    """A pupil who stands in the roster between two of one other class."""

    pupil: ReaderRow
    own: str
    among: str


def _among_others(pupils: list[tuple[str | None, ReaderRow]]) -> Iterator[_Stray]:
    for (before, _), (own, pupil), (after, _) in zip(pupils, pupils[1:], pupils[2:], strict=False):
        if before == after and before and own and own != before:
            yield _Stray(pupil, own, before)


def _named(library: Library, stray: _Stray, class_name: str) -> tuple[Cell, ...]:
    """The pupil's class and that of the other of the two classes, for a finding about the one."""
    if class_name not in (stray.own, stray.among):
        return ()
    other = stray.own if class_name == stray.among else stray.among
    return cell(stray.pupil, "class_name"), cell(library.classes[other], "class_name")


@check(
    "QUO301",
    title="读者没有适用的借阅规则",
    message="{kind}{name}（{reader_no}）{others}没有一条借阅规则适用。",
    why="没有规则，就说不清能借几册、借几天。",
    fix="先看借阅规则的读者类别、年级、班级和日期；再补一条管得着他们的规则。",
    reads={
        ReaderRow: "reader_no name kind class_name issued_on stopped_on",
        ClassRow: "class_name grade",
        LendingRule: "reader_kind grade class_name since",
    },
)
def reader_without_rule(library: Library) -> Iterator[Found]:
    rules = library[LendingRule]
    # With no rule at all there is one thing to say, and QUO002 says it.
    if rules.incomplete or not rules.rows:
        return
    for kind, readers in group_by(_without_rule(library), "kind").items():
        others = f"等 {len(readers)} 名" if len(readers) > 1 else ""
        yield found(*folded(readers, "reader_no"), *folded(rules, "since"), others=others, kind=kind)


def _without_rule(library: Library) -> Iterator[ReaderRow]:
    """Active readers without a rule today; a pupil whose class is not in 班级 cannot be judged."""
    ruled: dict[tuple[ReaderKind, str | None], bool] = {}
    for row in library.readers.values():
        key = (row.kind, row.class_name)
        if key not in ruled:
            is_placed = row.kind is not ReaderKind.PUPIL or library.class_called(row.class_name) is not None
            ruled[key] = not is_placed or rule_for_reader(library, row, library.as_of) is not None
        if not ruled[key] and row.is_active(library.as_of):
            yield row
