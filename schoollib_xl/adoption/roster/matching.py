"""Each row of the lists against the cards: who it is, or who must be asked about; and classes that a list calls
otherwise than the books, known by the pupils who are in them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from schoollib_xl.adoption.next_year.promotion import LAST_GRADE
from schoollib_xl.adoption.roster.class_lists import Classes, ClassLists, ListRow, is_near, name_key, said_again
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import gathered, grouped
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind

NAMESAKES = "同年级有同名的"
ELSEWHERE = "别的年级有同名的，年级对不上"
NEAR = "名字只差一个字或者同音"
OTHER_NAME = "读者证号是他的，姓名不一样"
STOPPED = "同名的证已经停用，是不是回来了"
GONE = "名单上写着“{said}”"
FINISHED = "该毕业了，名单上还有他，看不出是几年级"
WRITTEN_TWICE = "名单上写了两遍，是两个人，还是一个人"
TWO_ROWS = "一个读者证号写在两个人上"
# Somebody may come back after these; whoever finished or whose post was given up does not.
_MAY_RETURN = (None, LeavingReason.MOVED, LeavingReason.REPORTED_LOST)
# Of the numbers a list shares with the books, so many must stand with the same name for them to be the school's.
_MOST = 0.5
# With classes mixed anew no class keeps so many of its pupils together.
_MOST_OF_A_CLASS = 0.8
# Fewer say nothing of a class.
_FEWEST_OF_A_CLASS = 3
_CALLED = "名单上的“{written}”班级表里没有，{count} 个人是 {known} 的，就当作 {known}。"


class RosterOutcome(Enum):
    """What a row of a list comes to."""

    KEPT = "照旧"
    MOVED = "分班"
    SKIPPING = "跳级"
    REPEATING = "留级"
    JOINED = "转入"
    TWICE = "重复"
    OPEN = "要问"


class Card(NamedTuple):
    """A reader's card, in the class and grade expected now; a pupil who has finished is one grade above the last.
    One that `is_stopped` was so before.
    """

    row: ReaderRow
    grade: int | None
    is_stopped: bool = False

    @property
    def number(self) -> str:
        return self.row.reader_no

    @property
    def key(self) -> str:
        return name_key(self.row.name)

    @property
    def is_pupil(self) -> bool:
        return self.row.kind in (None, ReaderKind.PUPIL)

    @property
    def has_finished(self) -> bool:
        return self.is_pupil and self.grade is not None and self.grade > LAST_GRADE


class RosterDecision(NamedTuple):
    """A row, what it comes to, the card it is (None for a new one), why it is asked about, and whom it may be."""

    row: ListRow
    outcome: RosterOutcome
    card: Card | None = None
    reason: str = ""
    candidates: tuple[Card, ...] = ()


Pairing = Callable[[Sequence[ListRow], Sequence[Card]], Iterable[RosterDecision]]


def match(rows: Sequence[ListRow], cards: Sequence[Card]) -> list[RosterDecision]:
    """A decision for every row, in the order of the lists. No card is in two of them unless it is asked about."""
    return _Matching(rows, cards).run()


def own_numbers(rows: Sequence[ListRow], cards: Iterable[Card]) -> frozenset[str]:
    """The files whose numbers are those on the school's cards: 学籍号 and the like only happen to be alike."""
    names = {card.number: card.key for card in cards}
    agreeing = gathered((row.place.file, names[row.number] == row.key) for row in rows if row.number in names)
    return frozenset(file for file, same in agreeing.items() if sum(same) > _MOST * len(same))


def found(row: ListRow, card: Card) -> RosterDecision:
    """The row is this card's: what that means for its class."""
    same_class = row.class_name is None or class_key(row.class_name) == class_key(card.row.class_name or "")
    if not card.is_pupil or (same_class and (row.grade is None or row.grade == card.grade)):
        return RosterDecision(row, RosterOutcome.KEPT, card)
    if row.grade is None or card.grade is None or row.grade == card.grade:
        return RosterDecision(row, RosterOutcome.MOVED, card)
    return RosterDecision(row, RosterOutcome.REPEATING if row.grade < card.grade else RosterOutcome.SKIPPING, card)


class _Matching:
    def __init__(self, rows: Sequence[ListRow], cards: Sequence[Card]) -> None:
        self._rows = rows
        self._cards = [card for card in cards if not card.is_stopped]
        self._stopped = [card for card in cards if card.is_stopped and card.row.stop_reason in _MAY_RETURN]
        self._by_number = {card.number: card for card in (*cards, *self._cards)}
        self._own = own_numbers(rows, cards)
        self._done: dict[ListRow, RosterDecision] = {}
        self._used: set[str] = set()

    def run(self) -> list[RosterDecision]:
        for row in said_again(self._rows):
            self._decide(RosterDecision(row, RosterOutcome.TWICE))
        for row in self._open_rows():
            self._by_card_number(row)
        self._pair(lambda card: (card.key, card.grade), _within_grade)
        self._pair(lambda card: card.key, _within_school)
        for row in self._open_rows():
            self._returning(row)
        self._near_names()
        self._in_two_grades()
        self._written_twice()
        for row in self._open_rows():
            self._decide(RosterDecision(row, RosterOutcome.JOINED))
        return [self._done[row] for row in self._rows]

    def _open_rows(self) -> list[ListRow]:
        return [row for row in self._rows if row not in self._done]

    def _free(self) -> list[Card]:
        return [card for card in self._cards if card.number not in self._used]

    def _decide(self, decision: RosterDecision) -> None:
        """Keep it; a row that says its person has left is asked about whoever it is, and so is one of a pupil who
        should have finished, unless it says the grade.
        """
        if decision.row.says_gone and decision.outcome not in (RosterOutcome.OPEN, RosterOutcome.TWICE):
            candidates = (decision.card,) if decision.card else ()
            reason = GONE.format(said=decision.row.says_gone)
            decision = RosterDecision(decision.row, RosterOutcome.OPEN, None, reason, candidates)
        elif decision.card and decision.card.has_finished and decision.row.grade is None:
            decision = RosterDecision(decision.row, RosterOutcome.OPEN, None, FINISHED, (decision.card,))
        self._done[decision.row] = decision
        self._used |= {card.number for card in (*decision.candidates, *filter(None, [decision.card]))}

    def _by_card_number(self, row: ListRow) -> None:
        card = self._by_number.get(row.number or "") if row.place.file in self._own else None
        if card is None:
            return
        if card.number in self._used:
            self._decide(RosterDecision(row, RosterOutcome.OPEN, None, TWO_ROWS, (card,)))
        elif card.key != row.key:
            alike = [one for one in self._free() if one.key == row.key and one.grade == row.grade]
            self._decide(RosterDecision(row, RosterOutcome.OPEN, None, OTHER_NAME, (card, *alike)))
        elif card.is_stopped:
            self._decide(RosterDecision(row, RosterOutcome.OPEN, None, STOPPED, (card,)))
        else:
            self._decide(found(row, card))

    def _pair(self, key: Callable[[ListRow | Card], Hashable], pairing: Pairing) -> None:
        cards: dict[Hashable, list[Card]] = defaultdict(list)
        rows: dict[Hashable, list[ListRow]] = defaultdict(list)
        for card in self._free():
            cards[key(card), card.is_pupil].append(card)
        for row in self._open_rows():
            rows[key(row), row.kind is ReaderKind.PUPIL].append(row)
        for what in rows.keys() & cards.keys():
            for decision in pairing(rows[what], cards[what]):
                self._decide(decision)

    def _returning(self, row: ListRow) -> None:
        same = tuple(card for card in self._stopped if card.key == row.key)
        if same:
            self._decide(RosterDecision(row, RosterOutcome.OPEN, None, STOPPED, same))

    def _near_names(self) -> None:
        free = self._free()
        for row in self._open_rows():
            if near := tuple(card for card in free if _is_near(row, card)):
                self._decide(RosterDecision(row, RosterOutcome.OPEN, None, NEAR, near))

    def _in_two_grades(self) -> None:
        """A newcomer called like a pupil whom the lists have in the next grade: two people, or one who stands there
        twice. Numbers that differ tell two.
        """
        listed = {one.row.key: one for one in self._done.values() if one.card and one.card.is_pupil}
        for row in self._open_rows():
            other = listed.get(row.key)
            if other is None or row.kind is not ReaderKind.PUPIL or not _is_next_grade(row.grade, other.row.grade):
                continue
            if not (row.number and other.row.number) or row.number == other.row.number:
                for one in (other.row, row):
                    candidates = tuple(filter(None, [other.card]))
                    self._decide(RosterDecision(one, RosterOutcome.OPEN, None, WRITTEN_TWICE, candidates))

    def _written_twice(self) -> None:
        """Newcomers of one name in one grade: two people, or one who stands there twice."""
        rows = grouped(self._open_rows(), lambda row: (row.key, row.grade, row.kind is ReaderKind.PUPIL))
        for row in (row for same in rows.values() if len(same) > 1 for row in same):
            self._decide(RosterDecision(row, RosterOutcome.OPEN, None, WRITTEN_TWICE))


def _within_grade(rows: Sequence[ListRow], cards: Sequence[Card]) -> Iterable[RosterDecision]:
    if len(rows) == len(cards) == 1:
        return [found(rows[0], cards[0])]
    return [RosterDecision(row, RosterOutcome.OPEN, None, NAMESAKES, tuple(cards)) for row in rows]


def _within_school(rows: Sequence[ListRow], cards: Sequence[Card]) -> Iterable[RosterDecision]:
    if len(rows) == len(cards) == 1 and _is_next_grade(rows[0].grade, cards[0].grade):
        return [found(rows[0], cards[0])]
    return [RosterDecision(row, RosterOutcome.OPEN, None, ELSEWHERE, tuple(cards)) for row in rows]


def _is_next_grade(written: int | None, expected: int | None) -> bool:
    """Whether a pupil may well be there: kept down or moved up by one grade, or nobody says the grade."""
    return written is None or expected is None or abs(written - expected) == 1


def _is_near(row: ListRow, card: Card) -> bool:
    if (row.kind is ReaderKind.PUPIL) is not card.is_pupil:
        return False
    if row.grade is not None and card.grade is not None and abs(row.grade - card.grade) > 1:
        return False
    same_class = row.grade == card.grade and class_key(row.class_name or "") == class_key(card.row.class_name or "")
    return is_near(row.key, card.key, same_class=same_class)


def as_the_books_call_them(read: ClassLists, cards: Iterable[Card], classes: Classes) -> ClassLists:
    """The lists, those of a class that 班级 does not know in the class its pupils are in: 三甲班 is 三（1）班 where
    nearly all its pupils are, and no other class of the lists is. The journal gets a sentence on each.
    """
    found = _known_by_pupils(read.rows, cards, classes)
    read.journal.assumed += (
        _CALLED.format(written=written, count=count, known=known) for written, (known, count) in found.items()
    )
    rows = [_in_class(row, found[row.class_name][0], classes) if row.class_name in found else row for row in read.rows]
    teachers = {found.get(name, (name, 0))[0]: teacher for name, teacher in read.teachers.items()}
    return read._replace(rows=rows, teachers=teachers)


def _known_by_pupils(rows: list[ListRow], cards: Iterable[Card], classes: Classes) -> dict[str, tuple[str, int]]:
    """The class of the books that each strange class is, with how many pupils say so."""
    listed = {row.class_name for row in rows}
    found = {
        written: (known, count) for written, known, count in _majorities(rows, cards, classes) if known not in listed
    }
    times = Counter(known for known, _ in found.values())
    return {written: of_books for written, of_books in found.items() if times[of_books[0]] == 1}


def _majorities(rows: Iterable[ListRow], cards: Iterable[Card], classes: Classes) -> Iterator[tuple[str, str, int]]:
    """Each class of the lists that the books do not know, the one most of its pupils are in, and how many are."""
    at_school = [card for card in cards if card.is_pupil and not card.is_stopped and card.row.class_name]
    times = Counter(card.key for card in at_school)
    known = {card.key: card.row.class_name or "" for card in at_school if times[card.key] == 1}
    strange: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.kind is ReaderKind.PUPIL and row.class_name and not classes.known(row.class_name) and row.key in known:
            strange[row.class_name].append(known[row.key])
    for written, of_pupils in strange.items():
        name, count = Counter(of_pupils).most_common(1)[0]
        # A name that tells another grade is no other name of the class: its pupils have moved up.
        is_of_grade = len({classes.grade(written), classes.grade(name)} - {None}) < 2
        if is_of_grade and count >= max(_FEWEST_OF_A_CLASS, _MOST_OF_A_CLASS * len(of_pupils)):
            yield written, name, count


def _in_class(row: ListRow, name: str, classes: Classes) -> ListRow:
    return row._replace(class_name=name, grade=classes.grade(name))
