"""The cards and classes after the lists: who goes where, who comes, who has left; loans keep their cards."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from schoollib_xl.adoption.fresh_numbers import following, series_of
from schoollib_xl.adoption.roster.class_lists import Classes, ListRow
from schoollib_xl.adoption.roster.matching import Card, RosterDecision, RosterOutcome, own_numbers
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind

_JOINED = "转入"
# She has said that the two are not one person; the check asks for this word then.
_NAMESAKE = "同名"
# 借阅登记账 of the running year keeps the old class, and the check asks for this word then.
_CHANGED_CLASS = "转班：原 {before}"
_PREFIXES = {ReaderKind.PUPIL: "S", ReaderKind.TEACHER: "T", ReaderKind.STAFF: "T"}
TEACHERS = "教师"
_SAME_GRADE = (RosterOutcome.KEPT, RosterOutcome.MOVED)


class Leaver(NamedTuple):
    """A card that is stopped now, and the class its holder was in."""

    card: ReaderRow
    class_name: str | None


class ClassChange(NamedTuple):
    """A class and its pupils before and after; `is_new` where 班级 did not have it."""

    class_name: str
    before: int | None
    after: int | None
    is_new: bool


class CardTally(NamedTuple):
    """The cards in use before: found on the lists, stopped now, asked about, and those no list covers."""

    active: int
    found: int
    left: int
    asked: int
    untouched: int


class Changes(NamedTuple):
    """Everything that changes: cards, classes, who left, the groups of which no list says anything, and the card
    number of each row of the lists that has one.
    """

    readers: list[ReaderRow]
    classes: list[ClassRow]
    class_changes: list[ClassChange]
    leavers: list[Leaver]
    unlisted: list[str]
    numbers: dict[ListRow, str]
    tally: CardTally


class Before(NamedTuple):
    """The books the lists are held against: cards and classes as expected on the `day` the lists are of, cards of
    pupils who finish that day as they were, and every card number ever given. `is_new_year` tells whether the loans
    are brought over into new classes.
    """

    readers: Sequence[ReaderRow]
    classes: Classes
    finishing: Mapping[str, ReaderRow]
    used: frozenset[str]
    day: date
    is_new_year: bool
    teachers: Mapping[str, str]


def changes_of(before: Before, cards: Sequence[Card], decisions: Sequence[RosterDecision]) -> Changes:
    """What the decisions change."""
    return _Changing(before, cards, decisions).run()


class _Changing:
    def __init__(self, before: Before, cards: Sequence[Card], decisions: Sequence[RosterDecision]) -> None:
        self._before = before
        self._cards = cards
        self._decisions = decisions
        self._found = {decision.card.number: decision for decision in decisions if decision.card}
        self._asked = {card.number for one in decisions if one.outcome is RosterOutcome.OPEN for card in one.candidates}
        self._spelled = {group_of(card): spelled_of(card) for card in cards}
        self._unlisted = self._groups_without_list()
        self._leavers: list[Leaver] = []

    def run(self) -> Changes:
        readers = [self._card_after(row) for row in self._before.readers]
        numbers = {decision.row: decision.card.number for decision in self._decisions if decision.card}
        joined = list(self._joined(len(readers)))
        numbers |= {row: card.reader_no for row, card in joined}
        readers += [card for _, card in joined]
        classes, changed = self._classes(readers)
        unlisted = sorted(name for group, name in self._spelled.items() if group in self._unlisted)
        return Changes(readers, classes, changed, self._leavers, unlisted, numbers, self._tally())

    def _tally(self) -> CardTally:
        active = [card.number for card in self._cards if not card.is_stopped]
        left = {leaver.card.reader_no for leaver in self._leavers}
        settled = self._found.keys() | self._asked | left
        return CardTally(
            len(active),
            sum(number in self._found for number in active),
            sum(number in left for number in active),
            sum(number in self._asked and number not in self._found for number in active),
            sum(number not in settled for number in active),
        )

    # -- who is on no list ----------------------------------------------------------------------------

    def _groups_without_list(self) -> set[str]:
        """Classes (and the teachers) the lists do not cover: neither do half as many rows stand under the class as it
        has cards, nor were half of its readers found in the same grade. A list of two newcomers says of nobody that
        he left.
        """
        sizes = Counter(group_of(card) for card in self._cards if not card.is_stopped and not card.has_finished)
        found = Counter(group_of(one.card) for one in self._decisions if one.card and one.outcome in _SAME_GRADE)
        listed = Counter(group_of_row(one.row) for one in self._decisions if one.outcome is not RosterOutcome.TWICE)
        return {group for group, size in sizes.items() if 2 * max(found[group], listed[group]) < size}

    def _card_after(self, row: ReaderRow) -> ReaderRow:
        number = row.reader_no
        finishing = self._before.finishing.get(number)
        before = finishing._replace(line=row.line) if finishing else None
        if decision := self._found.get(number):
            return self._stays(before or row, decision)
        if number in self._asked:
            return before or row
        if before is not None:
            self._leavers.append(Leaver(row, before.class_name))
            return row
        card = Card(row, None)
        if row.stopped_on is not None or not row.name or not number or group_of(card) in self._unlisted:
            return row
        reason = LeavingReason.MOVED if card.is_pupil else LeavingReason.LEFT_POST
        stopped = row._replace(stopped_on=self._before.day, stop_reason=reason)
        self._leavers.append(Leaver(stopped, row.class_name))
        return stopped

    def _stays(self, row: ReaderRow, decision: RosterDecision) -> ReaderRow:
        class_name = row.class_name
        remarks = row.remarks
        if decision.outcome is not RosterOutcome.KEPT and decision.row.class_name:
            class_name = decision.row.class_name
            if not self._before.is_new_year and row.class_name:
                note = _CHANGED_CLASS.format(before=row.class_name)
                remarks = "；".join(filter(None, (remarks, note)))
        return row._replace(class_name=class_name, remarks=remarks, stopped_on=None, stop_reason=None)

    # -- who is new -----------------------------------------------------------------------------------

    def _joined(self, lines: int) -> Iterator[tuple[ListRow, ReaderRow]]:
        rows = [decision.row for decision in self._decisions if decision.outcome is RosterOutcome.JOINED]
        own = own_numbers([decision.row for decision in self._decisions], self._cards)
        series = {series_of(number) for number in self._before.used}
        used = set(self._before.used)
        kept = [row for row in rows if row.place.file in own and row.number and series_of(row.number) in series]
        given: dict[ListRow, str] = {}
        for row in kept:
            if row.number and row.number not in used:
                given[row] = row.number
                used.add(row.number)
        fresh = {kind: self._fresh(kind, used) for kind in ReaderKind}
        names = Counter([*(card.key for card in self._cards if not card.is_stopped), *(row.key for row in rows)])
        for line, row in enumerate(rows, lines + 2):
            number = given.get(row) or next(fresh[row.kind])
            used.add(number)
            remarks = f"{_JOINED}；{_NAMESAKE}" if names[row.key] > 1 else _JOINED
            values = (line, number, row.name, row.kind, row.class_name, self._before.day, None, None, remarks)
            yield row, ReaderRow._make(values)

    def _fresh(self, kind: ReaderKind, used: set[str]) -> Iterator[str]:
        """Numbers after those of the readers of this kind, or of all where there are none."""
        is_pupil = kind is ReaderKind.PUPIL
        own = [card.number for card in self._cards if card.is_pupil is is_pupil]
        taken = {number for number in used if series_of(number) in set(map(series_of, own))}
        return following([*own, *taken], used, _PREFIXES[kind])

    # -- classes --------------------------------------------------------------------------------------

    def _classes(self, readers: Iterable[ReaderRow]) -> tuple[list[ClassRow], list[ClassChange]]:
        listed: dict[str, list[ListRow]] = defaultdict(list)
        for one in self._decisions:
            if one.outcome is not RosterOutcome.TWICE and one.row.kind is ReaderKind.PUPIL and one.row.class_name:
                listed[class_key(one.row.class_name)].append(one.row)
        known = [self._class_after(row, listed, readers) for row in self._before.classes.rows]
        new = [rows[0] for key, rows in listed.items() if self._before.classes.known(rows[0].class_name) is None]
        added = [
            self._new_class(row, len(listed[class_key(row.class_name or "")]), line)
            for line, row in enumerate(
                sorted(new, key=lambda row: (row.grade or 9, row.class_name or "")), len(known) + 2
            )
        ]
        changed = [
            ClassChange(after.class_name, before.pupils, after.pupils, False)
            for before, after in zip(self._before.classes.rows, known, strict=True)
        ]
        changed += [ClassChange(row.class_name, None, row.pupils, True) for row in added]
        return [*known, *added], changed

    def _class_after(
        self, row: ClassRow, listed: Mapping[str, list[ListRow]], readers: Iterable[ReaderRow]
    ) -> ClassRow:
        if not row.class_name:
            return row
        key = class_key(row.class_name)
        teacher = self._before.teachers.get(row.class_name, row.teacher)
        if key in self._unlisted:
            return row._replace(teacher=teacher, pupils=self._shifted(row, key))
        active = [one for one in readers if one.stopped_on is None and class_key(one.class_name or "") == key]
        pupils = len(listed[key]) if key in listed else sum(reader.kind is not ReaderKind.TEACHER for reader in active)
        return row._replace(teacher=teacher, pupils=pupils)

    def _shifted(self, row: ClassRow, key: str) -> int:
        """The pupils of a class without a list of its own: those it had, less who went, and who came."""
        came = went = 0
        for decision in self._decisions:
            is_there = class_key(decision.row.class_name or "") == key
            was_there = decision.card is not None and class_key(decision.card.row.class_name or "") == key
            moves = decision.outcome not in (RosterOutcome.KEPT, RosterOutcome.OPEN, RosterOutcome.TWICE)
            came += moves and is_there and not was_there
            went += moves and was_there and not is_there
        return max(0, (row.pupils or 0) + came - went)

    def _new_class(self, row: ListRow, pupils: int, line: int) -> ClassRow:
        """A class 班级 does not have yet: it borrows as its grade does."""
        beside = next((one for one in self._before.classes.rows if row.grade and one.grade == row.grade), None)
        values = (line, row.class_name, row.grade, None, pupils, beside.lending if beside else None, None)
        return ClassRow._make(values)


def group_of(card: Card) -> str:
    """Those who are on one list or none: a class, the teachers, or the pupils who finish."""
    if not card.is_pupil:
        return TEACHERS
    return "" if card.has_finished else class_key(card.row.class_name or "")


def spelled_of(card: Card) -> str:
    """What a card's group is called."""
    return (card.row.class_name or "没有写班级的") if card.is_pupil else TEACHERS


def group_of_row(row: ListRow) -> str:
    """The class, or the teachers, a row of a list speaks of."""
    return class_key(row.class_name or "") if row.kind is ReaderKind.PUPIL else TEACHERS
