"""What an example is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from schoollib_xl.ledgers.booklet import EXAMPLE_SCHOOL, Booklet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import School


@dataclass(frozen=True)
class Example:
    """The fewest rows that show a check firing. Rows start from the declared example of their sheet."""

    rows: tuple[Any, ...]
    school: School = EXAMPLE_SCHOOL
    as_of: date | None = None

    @property
    def booklet(self) -> Booklet:
        return Booklet.of(*self.rows, school=self.school)

    def library(self) -> Library:
        """The books these rows are."""
        return self.booklet.library(self.as_of)
