"""The rows a counted figure was made of, with the filter that finds them, so that anybody can count again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.quotas.basis.classes import readers_in_use, school_classes
from schoollib_xl.quotas.borrowing.tally import class_of
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.rules.holdings import Holdings, Movement
from schoollib_xl.rules.lending import LoanTerms, loans_of_known_mode
from schoollib_xl.wording.papers.provenance import Counted
from schoollib_xl.wording.zh import say

PUPILS, TEACHERS, CORNERS, IN_ROOM = "学生个人", "教师个人", "班级", "室内"
_Filter = Callable[[SourceMaterial], Iterable[Counted]]


class _LoanLines:
    """The loans of each day in the term's sense: which way they were lent, and to which class."""

    def __init__(self, library: Library) -> None:
        terms = library.derive(LoanTerms)
        self.known = {school_class.name for school_class in school_classes(library)}
        self.rows = [(row, _way(row, terms), class_of(library, row)) for row in loans_of_known_mode(library)]


def _way(row: LoanRow, terms: LoanTerms) -> str:
    if row.mode is LoanMode.CLASS:
        return CORNERS
    if row.mode is LoanMode.IN_ROOM:
        return IN_ROOM
    return PUPILS if terms.reader_kind(row) is ReaderKind.PUPIL else TEACHERS


def loans(
    material: SourceMaterial, way: str, classes: Collection[str] | None = None, window: Term | None = None
) -> Counted:
    """The loans of one way in a window, the term up to the cut-off by default; of some classes, or of all there are."""
    window, found = window or material.window, material.library.derive(_LoanLines)
    wanted = found.known if classes is None and way != TEACHERS else classes
    lines = [
        row.line
        for row, lent, name in found.rows
        if window and lent == way and row.lent_on in window and (wanted is None or name in wanted)
    ]
    whose = "" if classes is None else f"；班级是{'、'.join(sorted(classes))}"
    return Counted(LoanRow, tuple(lines), f"借出日期在{_said(window)}；借阅方式是{way}{whose}")


def _unplaced(material: SourceMaterial) -> Iterable[Counted]:
    """The loans of pupils in the term whose class 班级 does not have."""
    window, found = material.window, material.library.derive(_LoanLines)
    lines = [
        row.line
        for row, lent, name in found.rows
        if window and lent == PUPILS and row.lent_on in window and name not in found.known
    ]
    yield Counted(LoanRow, tuple(lines), f"借出日期在{_said(window)}；借阅方式是{PUPILS}；班级表里没有这个班")


def _said(window: Term | None) -> str:
    return f"{say(window.start)}到{say(window.end)}" if window else "全部日期"


def pupils(quotas: Iterable[ClassQuota]) -> Counted:
    """The rows of 班级 whose 学生人数 are added up."""
    lines = tuple(quota.school_class.line for quota in quotas if quota.school_class.pupils is not None)
    return Counted(ClassRow, lines, "这些班的学生人数相加", "pupils")


def readers(material: SourceMaterial, numbers: Iterable[str], words: str) -> Counted:
    """The rows of 读者名册 of some pupils."""
    known = material.library.readers
    return Counted(ReaderRow, tuple(sorted(known[number].line for number in numbers if number in known)), words)


def came(material: SourceMaterial, letters: Iterable[str], adds: str = "") -> Counted:
    """The copies added in the term."""
    holdings, window = material.library.derive(Holdings), material.window
    moves = [move for letter in letters for move in (holdings.added(letter, *window) if window else ())]
    return _copies(moves, f"总括登记号的登记日期在{_said(window)}，收支是入藏", adds)


def went(material: SourceMaterial, letters: Iterable[str], adds: str = "") -> Counted:
    """The copies written off in the term."""
    holdings, window = material.library.derive(Holdings), material.window
    moves = [move for letter in letters for move in (holdings.removed(letter, *window) if window else ())]
    return _copies(moves, f"注销批号的登记日期在{_said(window)}", adds)


def held(material: SourceMaterial, letters: Iterable[str], *, at_start: bool = False, adds: str = "") -> Counted:
    """The copies in force on the cut-off, or at the start of the term with what its opening rows brought."""
    holdings, letters = material.library.derive(Holdings), list(letters)
    before = material.window.start if at_start and material.window else None

    def lines(moves: Mapping[str, list[Movement]]) -> set[int]:
        found = [move for letter in letters for move in moves.get(letter, ()) if move.occasion.day <= material.cut_off]
        counts = [move for move in found if before is None or move.occasion.day < before or move.occasion.opening]
        return {copy.line for move in counts for copy in move.copies}

    when = "学期开始以前" if before else f"{say(material.cut_off)}以前"
    there = tuple(sorted(lines(holdings.arrivals) - lines(holdings.departures)))
    return Counted(AccessionRow, there, f"{when}登记（期初在内），到那天没有注销", adds)


def _copies(moves: Iterable[Movement], words: str, adds: str) -> Counted:
    return Counted(AccessionRow, tuple(sorted(copy.line for move in moves for copy in move.copies)), words, adds)


def letters(material: SourceMaterial) -> list[str]:
    """Every class letter that has or had copies."""
    return list(material.library.derive(Holdings).arrivals)


def in_term(material: SourceMaterial, row_type: type[Any], field: str, adds: str = "") -> Counted:
    """The rows of a sheet whose date lies in the term up to the cut-off."""
    declared, window = material.library[row_type].declared, material.window
    table = material.library[row_type].seen_by({field, adds} - {""})
    found = [(row, getattr(row, field)) for row in table]
    lines = tuple(row.line for row, day in found if window and day and day in window)
    return Counted(row_type, lines, f"{declared.by_name[field].header}在{_said(window)}", adds)


def _others(material: SourceMaterial) -> Iterable[Counted]:
    yield loans(material, TEACHERS)
    yield loans(material, CORNERS)
    yield loans(material, IN_ROOM)


def _mean(material: SourceMaterial) -> Iterable[Counted]:
    return loans(material, PUPILS), pupils(material.quotas.classes)


def _teachers(material: SourceMaterial) -> Iterable[Counted]:
    in_use = readers_in_use(material.library, material.cut_off)
    yield Counted(ReaderRow, tuple(row.line for row in in_use if row.kind is ReaderKind.TEACHER), "在用的教师")


def _circulated(material: SourceMaterial) -> Iterable[Counted]:
    yield from (loans(material, way) for way in (PUPILS, TEACHERS, CORNERS))
    yield held(material, letters(material))


def _overdue(material: SourceMaterial) -> Iterable[Counted]:
    lines = tuple(overdue.loan.line for overdue in material.overdue or ())
    yield Counted(LoanRow, lines, f"应还日期在{say(material.cut_off)}以前，还没有归还")


def _incidents(material: SourceMaterial) -> Iterable[Counted]:
    yield Counted(CompensationRow, material.open_incidents or (), "还没有结清")


def _before(material: SourceMaterial) -> Iterable[Counted]:
    if previous := material.library.school.previous_term:
        yield loans(material, PUPILS, window=previous)


_FACTS: Mapping[str, _Filter] = {
    "教师人数": _teachers,
    "图书流通率": _circulated,
    "学生人数": lambda material: [pupils(material.quotas.classes)],
    "借出册次": lambda material: [loans(material, PUPILS)],
    "各班借书册次": lambda material: [loans(material, PUPILS)],
    "班级不明册次": _unplaced,
    "都是班级不明册次": _unplaced,
    "借书人次": lambda material: [loans(material, PUPILS)],
    "人均借书": _mean,
    "教师借书册次": lambda material: [loans(material, TEACHERS)],
    "班级借书册次": lambda material: [loans(material, CORNERS)],
    "室内阅览册次": lambda material: [loans(material, IN_ROOM)],
    "其他借阅": _others,
    "只有其他借阅": _others,
    "上学期借出册次": _before,
    "逾期册数": _overdue,
    "阅览次数": lambda material: [in_term(material, VisitRow, "visited_on")],
    "阅览人次": lambda material: [in_term(material, VisitRow, "visited_on", "people")],
    "藏书册数": lambda material: [held(material, letters(material))],
    "藏书金额": lambda material: [held(material, letters(material), adds="price")],
    "未定价藏书册数": lambda material: [held(material, letters(material))],
    "生均藏书": lambda material: [held(material, letters(material)), pupils(material.quotas.classes)],
    "期初册数": lambda material: [held(material, letters(material), at_start=True)],
    "入藏册数": lambda material: [came(material, letters(material))],
    "入藏金额": lambda material: [came(material, letters(material), "price")],
    "未定价入藏册数": lambda material: [came(material, letters(material))],
    "注销册数": lambda material: [went(material, letters(material))],
    "注销金额": lambda material: [went(material, letters(material), "price")],
    "未定价注销册数": lambda material: [went(material, letters(material))],
    "修补册数": lambda material: [in_term(material, RepairRow, "reshelved_on")],
    "赔偿件数": lambda material: [in_term(material, CompensationRow, "registered_on")],
    "未结清件数": _incidents,
    "收入金额": lambda material: [in_term(material, CashRow, "booked_on", "received")],
    "只有收入金额": lambda material: [in_term(material, CashRow, "booked_on", "received")],
    "只有支出金额": lambda material: [in_term(material, CashRow, "booked_on", "spent")],
    "支出金额": lambda material: [in_term(material, CashRow, "booked_on", "spent")],
}


def counted_for(material: SourceMaterial, fact: str) -> tuple[Counted, ...]:
    """The rows a fact was counted from; none where it was copied or worked out from other figures."""
    tell = _FACTS.get(fact)
    return tuple(tell(material)) if tell else ()
