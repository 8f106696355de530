"""What is new, recommended, read, never read, and may go, by title and without a reader's name; and, for the lists that
are signed in class, who has which copy.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import Condition, LoanMode, ReaderKind
from schoollib_xl.quotas.basis.classes import ClassNames, school_classes
from schoollib_xl.quotas.basis.stock import copies_in_force, is_out, may_leave
from schoollib_xl.quotas.borrowing.tally import class_of
from schoollib_xl.rules.lending import LoanTerms, loans_lent, of_unread_kind
from schoollib_xl.rules.recommendations import Recommendations
from schoollib_xl.rules.shelves import Sightings
from schoollib_xl.rules.titles import by_title

# 中小学图书馆(室)规程 (教基〔2018〕5号) asks to weed by content, wear and use and gives no figures; these are ours. A
# reference or popular science book of twenty years tells of another world.
_OLD_YEARS = 20
# A class of forty reads one title together with ten copies at four to a book; more stand idle unless they are lent.
MOST_COPIES = 10
# Not within a longer number: 41998 is a day that Excel made one.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")


class TitleCount(NamedTuple):
    """A title: one of its copies, how many are in force and how often they were lent."""

    copy: AccessionRow
    copies: int
    loans: int


class NewTitle(NamedTuple):
    """A title that came in a month (its first day), with the copies that came."""

    month: date
    copy: AccessionRow
    copies: int


class Recommended(NamedTuple):
    """A title recommended to a grade, the copies in force of it and their loans in the window."""

    grade: int
    row: RecommendationRow
    copies: int
    loans: int


class MonthlyLoans(NamedTuple):
    """What a class borrowed in a month (its first day): pupils' personal loans; '' is no class of 班级."""

    class_name: str
    pupils: int | None
    month: date
    loans: int


class BorrowedCopy(NamedTuple):
    """A copy a reader has; `reader` is None where the card is not in 读者名册."""

    class_name: str
    reader: ReaderRow | None
    loan: LoanRow


class WeedingRule(Enum):
    """Why a copy is on the list."""

    WORN = "盘点时书况是破损，还没有修"
    OLD_AND_IDLE = f"出版 {_OLD_YEARS} 年以上，本学年没有人借"
    TOO_MANY = f"同一种书超过 {MOST_COPIES} 册，多出的本学年没有人借"


class Candidate(NamedTuple):
    """A copy, the rule that names it and the cell the rule looked at."""

    copy: AccessionRow
    rule: WeedingRule
    at: Cell


def counted_loans(library: Library, window: Term) -> list[LoanRow]:
    """Loans of the window that took a copy out of the room and say which; a copy read in the room was not lent."""
    return [row for row in loans_lent(library, *window) if row.mode is not LoanMode.IN_ROOM and row.accession_no]


def new_titles(library: Library, window: Term) -> list[NewTitle]:
    """What was accessioned in the window (not the opening stock), by month, then by class number and title."""
    came: defaultdict[date, list[AccessionRow]] = defaultdict(list)
    for copy in copies_in_force(library, library.as_of):
        day = library.batch_date(copy)
        if day in window and not library.is_opening(copy):
            came[day.replace(day=1)].append(copy)
    return [
        NewTitle(month, copies[0], len(copies))
        for month in sorted(came)
        for copies in sorted(
            by_title(came[month]).values(), key=lambda found: (found[0].class_no or "", found[0].title)
        )
    ]


def ranking(library: Library, window: Term) -> list[TitleCount]:
    """The titles in force by how often they were lent in the window, the most lent first; those never lent left out."""
    return sorted(
        (count for count in _counts(library, window) if count.loans),
        key=lambda count: (-count.loans, count.copy.title, count.copy.accession_no),
    )


def never_lent(library: Library, window: Term) -> list[TitleCount]:
    """Titles that may be lent, were there before the window began and were not lent in it; none where no loan of the
    window was written down, since then nobody knows.
    """
    if not counted_loans(library, window):
        return []
    return [count for count in _counts(library, window, there_before=window.start) if not count.loans]


def _counts(library: Library, window: Term, there_before: date | None = None) -> Iterable[TitleCount]:
    lent = Counter(row.accession_no for row in counted_loans(library, window))
    for copies in by_title(copies_in_force(library, library.as_of)).values():
        lendable = [copy for copy in copies if may_leave(copy)]
        if lendable and (there_before is None or _came(library, lendable) < there_before):
            yield TitleCount(lendable[0], len(lendable), sum(lent[copy.accession_no] for copy in lendable))


def _came(library: Library, copies: Iterable[AccessionRow]) -> date:
    """When the first of the copies came: one without a day with its batch."""
    return min(copy.accessioned_on or library.batch_date(copy) for copy in copies)


def recommended(library: Library, window: Term) -> list[Recommended]:
    """推荐书目 by grade with what there is of each title; one that is for several grades stands under each."""
    lent = Counter(row.accession_no for row in counted_loans(library, window))
    recommendations = Recommendations(library)
    held = copies_in_force(library, library.as_of)
    copies_of = gathered((row.line, copy) for copy in held for row in recommendations.of(copy))
    found = []
    by_grade = [(grade, row) for row in library[RecommendationRow] for grade in grades_of(row.grade)]
    for grade, row in sorted(by_grade, key=lambda one: (one[0], one[1].line)):
        copies = copies_of.get(row.line, [])
        found.append(Recommended(grade, row, len(copies), sum(lent[copy.accession_no] for copy in copies)))
    return found


def monthly(library: Library, window: Term) -> list[MonthlyLoans]:
    """Pupils' personal loans of every class by month of the window, months without loans included; last, under a
    blank name, those of classes that 班级 does not have, where there are any.
    """
    terms, unread = library.derive(LoanTerms), library.derive(of_unread_kind)
    pupils = {school_class.name: school_class.pupils for school_class in school_classes(library)}
    counted: Counter[tuple[str, date]] = Counter()
    for row in loans_lent(library, *window):
        if row.is_personal and row.reader_no not in unread and terms.reader_kind(row) is ReaderKind.PUPIL:
            name = class_of(library, row)
            counted[name if name in pupils else "", row.lent_on.replace(day=1)] += 1
    names = [*pupils, *dict.fromkeys(name for name, _ in counted if not name)]
    months = [part.start.replace(day=1) for part in window.by_month()]
    return [MonthlyLoans(name, pupils.get(name), month, counted[name, month]) for name in names for month in months]


def held_by_readers(library: Library) -> list[BorrowedCopy]:
    """Every copy that is out to a person on the day the books are judged, by class and card."""
    place = library.derive(ClassNames).place
    return sorted(
        _held(library), key=lambda one: (place(one.class_name), one.loan.reader_no, one.loan.due_on, one.loan.line)
    )


def perhaps_held(library: Library) -> int:
    """How many lines cannot be read whole and do not say that the copy came back: it may be out as well."""
    lines = (line.values for line in library[LoanRow].incomplete)
    return sum(not (line.get("returned_on") or line.get("outcome")) for line in lines)


def of_unknown_mode(library: Library) -> int:
    """How many of these copies nobody knows to be out to a person: the loan's 借阅方式 cannot be read."""
    unread = frozenset(library[LoanRow].unread_lines.get("mode", ()))
    return sum(one.loan.line in unread for one in held_by_readers(library))


def _held(library: Library) -> Iterator[BorrowedCopy]:
    names = library.derive(ClassNames)
    for loan in library[LoanRow]:
        if loan.is_personal and is_out(loan, library.as_of):
            reader = library.readers.get(loan.reader_no)
            yield BorrowedCopy(names[(reader.class_name if reader else None) or loan.class_name], reader, loan)


def weeding_candidates(library: Library, window: Term) -> list[Candidate]:
    """The candidates, each once by the first rule that names it, in the order of their numbers. Where no loan of the
    window was written down, nobody knows what stands idle, and wear alone is looked at.
    """
    found: dict[str, Candidate] = {}
    held = copies_in_force(library, library.as_of)
    lent = Counter(row.accession_no for row in counted_loans(library, window))
    idle = (*_old(library, held, lent), *_too_many(held, lent)) if lent else ()
    for candidate in (*_worn(library, held), *idle):
        found.setdefault(candidate.copy.accession_no, candidate)
    return sorted(found.values(), key=lambda candidate: (len(candidate.copy.accession_no), candidate.copy.accession_no))


def _worn(library: Library, held: Sequence[AccessionRow]) -> Iterator[Candidate]:
    """Those whose last scan that says anything of 书况 says 破损, and which were not sent for repair since."""
    scans = library.derive(Sightings).by_day
    last = {scan.accession_no: scan for scan in scans if scan.condition is not None}
    sent = {row.accession_no: row.sent_on for row in sorted(library[RepairRow], key=lambda row: row.sent_on)}
    for copy in held:
        seen = last.get(copy.accession_no)
        is_worn = seen is not None and seen.condition is Condition.DAMAGED
        if seen and is_worn and sent.get(copy.accession_no, date.min) < seen.counted_on:
            yield Candidate(copy, WeedingRule.WORN, cell(seen, "condition"))


def _old(library: Library, held: Sequence[AccessionRow], lent: Counter[str]) -> Iterator[Candidate]:
    for copy in held:
        year = published_year(copy)
        if may_leave(copy) and year and library.as_of.year - year >= _OLD_YEARS and not lent[copy.accession_no]:
            yield Candidate(copy, WeedingRule.OLD_AND_IDLE, cell(copy, "published"))


def _too_many(held: Sequence[AccessionRow], lent: Counter[str]) -> Iterator[Candidate]:
    """Of a title with too many copies, the idle ones beyond the limit, the newest numbers first to go."""
    for copies in by_title(copy for copy in held if may_leave(copy)).values():
        spare = len(copies) - MOST_COPIES
        idle = [copy for copy in copies if not lent[copy.accession_no]]
        for copy in idle[::-1][: max(0, spare)]:
            yield Candidate(copy, WeedingRule.TOO_MANY, cell(copy, "accession_no"))


def published_year(copy: AccessionRow) -> int | None:
    """The year in 出版年, None where none can be read."""
    found = _YEAR.search(copy.published or "")
    return int(found[0]) if found and int(found[0]) <= date.max.year else None
