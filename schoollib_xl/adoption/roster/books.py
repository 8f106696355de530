"""Class lists taken into the books: the set of ledgers of a new workbook, and everything that was decided."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.adoption.next_year.new_year import NewYear, new_year, opening_day
from schoollib_xl.adoption.next_year.promotion import LAST_GRADE
from schoollib_xl.adoption.roster.answers import Asked, Settled, settle
from schoollib_xl.adoption.roster.changes import Before, Changes, Leaver, changes_of, group_of, group_of_row, spelled_of
from schoollib_xl.adoption.roster.class_lists import NO_GRADE, Classes, ClassLists, read_class_lists
from schoollib_xl.adoption.roster.matching import Card, RosterDecision, RosterOutcome, as_the_books_call_them, match
from schoollib_xl.adoption.two_copies.merging import merge
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.building.contents import RawCell
from schoollib_xl.sheets.opening.refusing import Unusable

# As many of a small school may well leave together while as many come.
_A_FEW = 8
_STRANGERS = (
    "《{file}》的 {classes}：读者名册里 {gone} 个人名单上没有，名单上 {come} 个人读者名册里没有，"
    "像是别的学校的名单，或者姓名写法不同；换成本校的名单。"
    "真是换了人，先在“读者名册”里给离校的填停用日期，再做一遍。"
)
# Fewer than a class may all have been kept down, more have not; not even a handful all skip a grade.
_A_CLASS, _A_HANDFUL = 20, 5
# What it means that most pupils are in another grade than expected, with a new year and within one.
_ANOTHER_YEARS = {
    (True, RosterOutcome.REPEATING): "还在去年的年级，像是上学年的名单；换成新学年的名单，或者去掉换学年的选项。",
    (True, RosterOutcome.SKIPPING): "比升上去的年级还高，像是再下一个学年的名单；换成新学年的名单。",
    (False, RosterOutcome.REPEATING): "低了一个年级，像是上学年的名单；换成这学年的名单。",
    (False, RosterOutcome.SKIPPING): "高了一个年级，像是新学年的名单；加上 --new-year，先换学年。",
}


class Rostered(NamedTuple):
    """The set of ledgers with the lists taken in, cells written just as they stood, and what came of the lists. `year`
    is the change of school year, None within one.
    """

    ledger_set: LedgerSet
    raw: list[RawCell]
    lists: ClassLists
    decisions: list[RosterDecision]
    changes: Changes
    sentences: list[str]
    year: NewYear | None


def take_in(library: Library, lists: Sequence[Path], answers: Mapping[Asked, str], *, is_new_year: bool) -> Rostered:
    """Hold the lists against the books, after promotion where a new year begins.

    Raises Unusable for a list that cannot be read, or where no row of any is a person.
    """
    year = new_year(library) if is_new_year else None
    begun = year or merge(library, library)
    ledger_set, raw = begun.ledger_set, begun.raw
    day = opening_day(library) if year else library.as_of
    classes = Classes([row for row in ledger_set.rows.get(ClassRow, []) if row.class_name], day)
    read = read_class_lists(lists, classes)
    if not read.rows:
        raise Unusable(
            f"《{lists[0].name}》里没有认出一个人，换成有“姓名”一栏、写明班级的名单；班级可以写在栏里、标题里或表名里。"
        )
    before = _before(library, ledger_set, classes, year, read)
    cards = _cards(before)
    read = as_the_books_call_them(read, cards, classes)
    before = before._replace(teachers=read.teachers)
    decisions = match(read.rows, cards)
    _refuse_another_year(decisions, lists[0].name, is_new_year=is_new_year)
    settled = settle(decisions, answers, cards)
    changes = changes_of(before, cards, settled.decisions)
    refuse_strangers(cards, settled.decisions, changes.leavers)
    return _rostered(ledger_set, raw, read, settled, changes, year)


def _refuse_another_year(decisions: Iterable[RosterDecision], file: str, *, is_new_year: bool) -> None:
    """A list of another school year than the one meant would move everybody.

    Raises Unusable.
    """
    found = [one.outcome for one in decisions if one.card and one.card.is_pupil and one.row.grade]
    for strange in (RosterOutcome.REPEATING, RosterOutcome.SKIPPING):
        all_skip = strange is RosterOutcome.SKIPPING and found.count(strange) == len(found) >= _A_HANDFUL
        if all_skip or 2 * found.count(strange) > len(found) >= _A_CLASS:
            raise Unusable(f"《{file}》上大半的人{_ANOTHER_YEARS[is_new_year, strange]}")


def _before(
    library: Library, ledger_set: LedgerSet, classes: Classes, year: NewYear | None, read: ClassLists
) -> Before:
    finishing = {card.reader_no for card in year.promotion.leavers} if year else frozenset()
    return Before(
        ledger_set.rows.get(ReaderRow, []),
        classes,
        {card.reader_no: card for card in library[ReaderRow] if card.reader_no in finishing},
        library.known_readers,
        opening_day(library) if year else library.as_of,
        year is not None,
        read.teachers,
    )


def _cards(before: Before) -> list[Card]:
    return [_card(row, before) for row in before.readers if row.reader_no and row.name]


def _card(row: ReaderRow, before: Before) -> Card:
    if row.reader_no in before.finishing:
        return Card(row, LAST_GRADE + 1)
    is_pupil = row.kind in (None, ReaderKind.PUPIL)
    grade = before.classes.grade(row.class_name) if is_pupil else NO_GRADE
    return Card(row, grade, row.stopped_on is not None and row.stopped_on <= before.day)


def _rostered(
    ledger_set: LedgerSet,
    raw: Iterable[RawCell],
    read: ClassLists,
    settled: Settled,
    changes: Changes,
    year: NewYear | None,
) -> Rostered:
    rows = ledger_set.rows | {ReaderRow: changes.readers}
    if changes.classes:
        rows[ClassRow] = changes.classes
    if year and rows.get(LoanRow):
        rows[LoanRow] = list(_loans(rows[LoanRow], changes.readers))
    kept = [cell for cell in raw if not _is_decided(cell, ledger_set, rows)]
    return Rostered(LedgerSet(ledger_set.school, rows), kept, read, settled.decisions, changes, settled.sentences, year)


def _loans(loans: Iterable[LoanRow], readers: Iterable[ReaderRow]) -> Iterable[LoanRow]:
    """Open loans of the old year, in the class their reader is in now; the card stays what it is."""
    classes = {card.reader_no: card.class_name for card in readers if card.stopped_on is None and card.class_name}
    for loan in loans:
        in_class = loan.class_name and classes.get(loan.reader_no)
        yield loan._replace(class_name=in_class) if in_class else loan


def _is_decided(cell: RawCell, before: LedgerSet, after: Mapping[type[Any], list[Any]]) -> bool:
    """Whether a cell nobody could read holds something that the lists say now."""
    row_type, line, name, _ = cell
    if row_type not in (ReaderRow, ClassRow):
        return False
    old, new = before.rows[row_type][line - 2], after[row_type][line - 2]
    return bool(getattr(old, name) != getattr(new, name))


def refuse_strangers(cards: Sequence[Card], decisions: Sequence[RosterDecision], leavers: Sequence[Leaver]) -> None:
    """Refuse lists by which most readers of a class (or most teachers) leave while most of those listed are nobody's
    card.

    Raises Unusable.
    """
    at_school = [card for card in cards if not card.is_stopped and not card.has_finished]
    leaving = {leaver.card.reader_no for leaver in leavers}
    size, gone = Counter(map(group_of, at_school)), Counter(group_of(one) for one in at_school if one.number in leaving)
    listed = Counter(group_of_row(one.row) for one in decisions)
    come = [one.row for one in decisions if one.outcome is RosterOutcome.JOINED]
    joined = Counter(map(group_of_row, come))
    strange = [group for group in gone if 2 * gone[group] > size[group] and 2 * joined[group] > listed[group]]
    if sum(gone[group] for group in strange) < _A_FEW:
        return
    called = {group_of(card): spelled_of(card) for card in at_school}
    raise Unusable(
        _STRANGERS.format(
            file=next(row.place.file for row in come if group_of_row(row) in strange),
            classes="、".join(called[group] for group in strange),
            gone=sum(gone[group] for group in strange),
            come=sum(joined[group] for group in strange),
        )
    )
