"""Loans as old lists state them, and which copy each is: never one that is out at the time."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from typing import Any

from schoollib_xl.adoption.lending.directory import Copies, Directory
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.ledgers.vocabulary import LoanOutcome

# A loan that is still open ends after every day there is.
_OPEN = date.max


@dataclass
class Claim:
    """One loan of one copy: the record that states it, its values, the copies it may be of, and its number once it is
    written.
    """

    record: Record
    values: dict[str, Any]
    copies: Copies
    accession_no: str | None = None
    loan_no: str | None = None

    @property
    def lent_on(self) -> date:
        """The day it was lent."""
        day: date = self.values["lent_on"]
        return day

    @property
    def ended_on(self) -> date:
        """The day the copy was free again; a lost one never is. One that came back nobody knows when hinders no other
        loan.
        """
        day: date | None = self.values.get("returned_on")
        if day is None and self.values.get("outcome") is LoanOutcome.RETURNED:
            return self.lent_on
        return day or _OPEN


class _Pile:
    """The copies of one title, for claims in the order they were lent: of a title with thousands of copies those that
    are out are not asked again before they are back.
    """

    def __init__(self, numbers: tuple[str, ...]) -> None:
        self._numbers = numbers
        self._here = list(range(len(numbers)))
        self._out: list[tuple[date, int]] = []

    def lowest(self, claim: Claim, is_free: Callable[[str, Claim], bool]) -> str | None:
        """The lowest copy that is free for the claim, which takes it; None where there is none."""
        if claim.ended_on <= claim.lent_on:
            # It hinders nobody, and may be of a copy that went out again on the same day.
            return next((number for number in self._numbers if is_free(number, claim)), None)
        while self._out and self._out[0][0] <= claim.lent_on:
            heappush(self._here, heappop(self._out)[1])
        held: list[int] = []
        while self._here and not is_free(self._numbers[self._here[0]], claim):
            held.append(heappop(self._here))
        found = heappop(self._here) if self._here else None
        for at in held:
            heappush(self._here, at)
        if found is None:
            return None
        heappush(self._out, (claim.ended_on, found))
        return self._numbers[found]


class Shelf:
    """Gives each claim its copy: those that name one that one, then, in the order they were lent, the lowest copy
    free at that time.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._out: dict[str, list[tuple[date, date]]] = defaultdict(list)

    def give(self, claims: Iterable[Claim]) -> None:
        """Give every claim a copy; none to those of whose copies none was free."""
        unnamed: list[Claim] = []
        for claim in claims:
            if claim.copies.is_named:
                self._take(claim, claim.copies.numbers[0])
            elif claim.copies.numbers:
                unnamed.append(claim)
        piles: dict[tuple[str, ...], _Pile] = {}
        for claim in sorted(unnamed, key=lambda claim: claim.lent_on):
            numbers = claim.copies.numbers
            if numbers not in piles:
                piles[numbers] = _Pile(numbers)
            # One that is written off before it comes back was hardly the one that was lent.
            pile = piles[numbers]
            if free := pile.lowest(claim, self._stays) or pile.lowest(claim, self._is_free):
                self._take(claim, free)

    def _take(self, claim: Claim, number: str) -> None:
        claim.accession_no = number
        self._out[number].append((claim.lent_on, claim.ended_on))

    def _stays(self, number: str, claim: Claim) -> bool:
        """Whether the copy is free for the claim and held until it ends."""
        gone_on = copy.withdrawn_on if (copy := self._directory.withdrawn.get(number)) else None
        return (gone_on is None or claim.ended_on <= gone_on) and self._is_free(number, claim)

    def _is_free(self, number: str, claim: Claim) -> bool:
        """Whether the copy is held on the day and not out for any day of the loan; a return and a loan may fall on
        one day.
        """
        copy = self._directory.withdrawn.get(number)
        if copy and copy.withdrawn_on and copy.withdrawn_on <= claim.lent_on:
            return False
        lent, ended = claim.lent_on, claim.ended_on
        return all(
            ended <= first or last <= lent if first != lent else last == first or ended == lent
            for first, last in self._out[number]
        )
