"""What is laid down before the first day: the school, its calendar, hours and rules."""

from dataclasses import dataclass
from typing import Any

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.samples.cards import Cards


@dataclass(frozen=True)
class Rulebook:
    """The sheets a librarian looks things up in; nothing she does at the desk changes them."""

    school: School
    calendar: tuple[CalendarRow, ...]
    openings: tuple[OpeningRow, ...]
    lending: tuple[LendingRule, ...]
    compensation: tuple[CompensationRule, ...]

    def sheets(self) -> dict[type[Any], list[Any]]:
        """The sheets, by row type."""
        return {
            CalendarRow: list(self.calendar),
            OpeningRow: list(self.openings),
            LendingRule: list(self.lending),
            CompensationRule: list(self.compensation),
        }

    def library(self, cards: Cards) -> Library:
        """The library these rules and the cards of today make, to ask for open days and due dates."""
        rows = self.sheets() | {ClassRow: cards.classes, ReaderRow: list(cards.rows)}
        return LedgerSet(self.school, rows).library()
