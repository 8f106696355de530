"""A workbook's content before it is a file: the school and its rows by sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from schoollib_xl.ledgers.kept import NOTHING_KEPT, Kept
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import DeclaredSheet
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.table import LedgerTable

# Small examples play in the first term of one school year.
EXAMPLE_SCHOOL = School(
    name="青禾小学",
    school_year="2025-2026",
    term_start=date(2025, 9, 1),
    term_end=date(2026, 1, 23),
    cut_off=date(2026, 1, 23),
)


@dataclass
class LedgerSet:
    """Rows by type, as they will stand below a header in row 1, the school they belong to, and what is kept beside
    the file.
    """

    school: School = EXAMPLE_SCHOOL
    rows: dict[type[Any], list[Any]] = field(default_factory=dict)
    kept: Kept = NOTHING_KEPT

    @classmethod
    def of(cls, *rows: Any, school: School = EXAMPLE_SCHOOL) -> "LedgerSet":
        """A set of ledgers of these rows, numbered one below the other where they all carry the example's line."""
        ledger_set = cls(school)
        for row in rows:
            ledger_set.rows.setdefault(type(row), []).append(row)
        ledger_set.rows = {row_type: list(_numbered(found)) for row_type, found in ledger_set.rows.items()}
        return ledger_set

    def library(self, as_of: date | None = None) -> Library:
        """The library these rows are when read; sheets without rows are there and empty."""
        tables = [_table(sheet, self.rows.get(sheet.row_type, [])) for sheet in ALL_SHEETS]
        return Library(tables, self.school, as_of or self.school.cut_off or date(2026, 1, 23), self.kept)


def _table(declared: DeclaredSheet, rows: list[Any]) -> LedgerTable[Any]:
    # As a sheet is read: by line, on which whoever looks at a table relies.
    rows = sorted(rows, key=attrgetter("line"))
    return LedgerTable(declared, rows, parts=[laid_as_declared(declared)])


def _numbered(rows: Iterable[Any]) -> Iterator[Any]:
    line = 1
    for row in rows:
        line = max(line + 1, row.line)
        yield row._replace(line=line)
