"""What an example is."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schoollib_xl.ledgers.booklet import EXAMPLE_SCHOOL, Booklet
from schoollib_xl.ledgers.kept import NOTHING_KEPT, Kept
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
    def booklet(self) -> Booklet:
        return replace(Booklet.of(*self.rows, school=self.school), kept=self.kept)

    def library(self) -> Library:
        """The books these rows are."""
        return self.booklet.library(self.as_of)
