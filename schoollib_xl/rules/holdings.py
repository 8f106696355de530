"""What came, what went and what is in force, by class and day, from 个别登记账 and 注销登记账."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import compress, repeat
from operator import attrgetter, is_not, or_
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, first_by, gathered, group_by
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


class Amount(NamedTuple):
    """A number of copies and their list value in yuan."""

    copies: int
    value: Decimal


class MovementOccasion(NamedTuple):
    """When and with which batch copies came or went. For period ends the day is the batch's; a copy whose
    batch is not in 总括登记账 moves on its own date. `opening` marks the opening stock.
    """

    day: date
    batch_no: str
    opening: bool = False


class Movement:
    """The copies of one class that came or went on one occasion."""

    def __init__(self, occasion: MovementOccasion, copies: list[AccessionRow]) -> None:
        self.occasion, self.copies = occasion, copies

    @cached_property
    def amount(self) -> Amount:
        return amount_of(self.copies)


class Holdings:
    """Movements by class letter. 注销登记账 says when a copy went; where it has no line, 个别登记账 does."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def arrivals(self) -> dict[str, list[Movement]]:
        """Opening stock and accessions of each class, by day."""
        moves: list[tuple[MovementOccasion, Sequence[AccessionRow]]] = []
        for batch_no, copies in self._library.copies_by_batch.items():
            came = self._lines(batch_no, out=False)
            if len(came) == 1:
                moves.append((MovementOccasion(came[0].registered_on, batch_no, came[0].flow is Flow.OPENING), copies))
                continue
            for copy in copies:
                batch = _of_day(came, copy.held_from)
                day, is_opening = (
                    (batch.registered_on, batch.flow is Flow.OPENING) if batch else (copy.held_from, False)
                )
                moves.append((MovementOccasion(day, batch_no, is_opening), [copy]))
        return _by_class(moves)

    @cached_property
    def _batch_lines(self) -> dict[str, list[SummaryRow]]:
        return group_by(self._library[SummaryRow], "batch_no")

    def _lines(self, batch_no: str, *, out: bool) -> list[SummaryRow]:
        """The lines of a 总括登记号 that took copies out, or that brought some: a number may stand on several."""
        return [row for row in self._batch_lines.get(batch_no, ()) if (row.flow is Flow.OUT) is out]

    @cached_property
    def withdrawals(self) -> dict[str, WithdrawalRow]:
        """The lines of 注销登记账 that stand, by 个别登记号; one that says no reason or batch is one all the same."""
        return first_by(self._library.standing_withdrawals.seen_by({"accession_no", "withdrawn_on"}), "accession_no")

    @cached_property
    def departures(self) -> dict[str, list[Movement]]:
        """Withdrawals of each class, by day."""
        moves: list[tuple[MovementOccasion, Sequence[AccessionRow]]] = []
        withdrawals, copies, table = self.withdrawals, self._library.copies, self._library[AccessionRow]
        marked = map(is_not, table.column("withdrawn_on"), repeat(None))
        in_register = map(withdrawals.__contains__, table.column("accession_no"))
        for copy in compress(table.rows, map(or_, marked, in_register)):
            row = withdrawals.get(copy.accession_no)
            # Of two copies with one number the first is the one written off, as everywhere.
            mark = row if row and copies[copy.accession_no] is copy else copy
            if mark.withdrawn_on is not None:
                batch_no = mark.withdrawal_no or ""
                batch = _of_day(self._lines(batch_no, out=True), mark.withdrawn_on)
                day = batch.registered_on if batch else mark.withdrawn_on
                moves.append((MovementOccasion(day, batch_no), [copy]))
        return _by_class(moves)

    def added(self, letter: str, first: date, last: date) -> list[Movement]:
        """Accessions of a class from first to last, both included; opening stock is not an addition."""
        return [
            move
            for move in self.arrivals.get(letter, ())
            if first <= move.occasion.day <= last and not move.occasion.opening
        ]

    def removed(self, letter: str, first: date, last: date) -> list[Movement]:
        """Withdrawals of a class from first to last, both included."""
        return [move for move in self.departures.get(letter, ()) if first <= move.occasion.day <= last]

    def in_force(self, letter: str, day: date) -> Amount:
        """What a class holds at the end of the day: its date ≤ day < its date of withdrawal. The letter '' stands for
        the copies that have no class yet.
        """
        came = total(move for move in self.arrivals.get(letter, ()) if move.occasion.day <= day)
        went = total(move for move in self.departures.get(letter, ()) if move.occasion.day <= day)
        return Amount(came.copies - went.copies, came.value - went.value)

    def arrivals_settled(self, letter: str) -> bool:
        """Whether every line that bears on what came to the class could be read."""
        return self._library.class_copies_settled(letter) and letter not in self._of_unread_batches

    def settled(self, letter: str) -> bool:
        """Whether every line that bears on the class, coming or going, could be read."""
        are_read = self.arrivals_settled(letter) and self._library.class_withdrawals_settled(letter)
        return are_read and letter not in self._of_unread_withdrawals

    @cached_property
    def _of_unread_batches(self) -> frozenset[str]:
        if not self._library[SummaryRow].incomplete:
            return frozenset()
        known = self._library.batches
        return frozenset(copy.class_letter for copy in self._library[AccessionRow] if copy.batch_no not in known)

    @cached_property
    def _of_unread_withdrawals(self) -> frozenset[str]:
        """Classes with a copy whose own date of withdrawal could not be read and that 注销登记账 lacks."""
        copies, known = self._library[AccessionRow], self._library.withdrawals
        lines = {line for line, name in copies.unreadable if name == "withdrawn_on"}
        unread = (copy for copy in copies if copy.line in lines) if lines else ()
        return frozenset(copy.class_letter for copy in unread if copy.accession_no not in known)


def _of_day(lines: Sequence[SummaryRow], day: date) -> SummaryRow | None:
    """The line of that day; of none of that day the first."""
    return next((row for row in lines if row.registered_on == day), lines[0] if lines else None)


def unclassified_by_batch(library: Library) -> Counter[str]:
    """How many copies without a class came or went with each batch; they are in no column of the 22 classes."""
    unclassed = library[AccessionRow].where("class_no", lambda copy: not copy.class_letter)
    without = {copy.accession_no for copy in unclassed if library.copies[copy.accession_no] is copy}
    came = Counter(library.copies[number].batch_no for number in without)
    gone = (row for row in library.standing_withdrawals if row.accession_no in without)
    return came + Counter(row.withdrawal_no for row in gone)


def amount_of(rows: Sequence[AccessionRow | WithdrawalRow]) -> Amount:
    """The copies and their list value; those without a price add nothing."""
    return Amount(len(rows), sum(filter(None, map(attrgetter("price"), rows)), NO_MONEY))


def batch_line(rows: Sequence[AccessionRow | WithdrawalRow], **stated: Any) -> SummaryRow:
    """A line of 总括登记账 for a batch of these copies: how many they are, their money, the 22 classes, and what is
    `stated`, by field; the rest is blank.
    """
    amount, letters = amount_of(rows), Counter((row.class_no or "")[:1].upper() for row in rows)
    values: dict[str, Any] = dict.fromkeys(SummaryRow._fields)
    values |= {"line": 0, "copies": amount.copies, "list_value": amount.value}
    values |= {letter: letters[letter] or None for letter in CLASS_LETTERS}
    return SummaryRow(**(values | stated))


def carried_on(row: SummaryRow, before: SummaryRow) -> SummaryRow:
    """A line of 总括登记账 with running totals (copies, yuan) going on from the line before, None where it has none."""
    copies, value = before.running_copies, before.running_value
    return row._replace(
        running_copies=None if copies is None else copies + row.sign * row.copies,
        running_value=None if value is None else value + row.sign * row.list_value,
    )


def total(moves: Iterable[Movement]) -> Amount:
    """Copies and value of several movements together."""
    return added_up(move.amount for move in moves)


def added_up(amounts: Iterable[Amount]) -> Amount:
    """Several amounts together."""
    listed = list(amounts)
    return Amount(sum(amount.copies for amount in listed), sum((amount.value for amount in listed), NO_MONEY))


def letters_of(copies: Iterable[AccessionRow]) -> Counter[str]:
    """How many of the copies are of each basic class; '' stands for those that have none."""
    return Counter({letter: len(own) for letter, own in by_letter(copies).items()})


def by_letter(copies: Iterable[AccessionRow]) -> dict[str, list[AccessionRow]]:
    """Copies by basic class; '' stands for those that have none."""
    found: defaultdict[str, list[AccessionRow]] = defaultdict(list)
    # There are few class numbers, and the letter of each is worked out once.
    letters: dict[str, list[AccessionRow]] = {}
    for copy in copies:
        class_no = copy.class_no
        if (own := letters.get(class_no)) is None:
            own = letters[class_no] = found[copy.class_letter]
        own.append(copy)
    return found


def _by_class(moves: Iterable[tuple[MovementOccasion, Sequence[AccessionRow]]]) -> dict[str, list[Movement]]:
    grouped: dict[tuple[str, MovementOccasion], list[AccessionRow]] = defaultdict(list)
    for occasion, copies in moves:
        for letter, own in by_letter(copies).items():
            grouped[letter, occasion] += own
    return gathered((letter, Movement(occasion, grouped[letter, occasion])) for letter, occasion in sorted(grouped))
