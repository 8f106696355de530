"""What an example is."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schoollib_xl.ledgers.kept import NOTHING_KEPT, Kept
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import School


@dataclass(frozen=True)
class Example:
    """The fewest rows that show a check firing. Rows start from the declared example of their sheet."""

    rows: tuple[Any, ...]
    school: School = EXAMPLE_SCHOOL
    as_of: date | None = None
    kept: Kept = NOTHING_KEPT

    @property
    def ledger_set(self) -> LedgerSet:
        return replace(LedgerSet.of(*self.rows, school=self.school), kept=self.kept)

    def library(self) -> Library:
        """The books these rows are."""
        return self.ledger_set.library(self.as_of)
