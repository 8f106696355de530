"""The clean school as a test may break it, and how expected findings are written."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import CheckOutcome, Report, assembled, outcomes, run
from schoollib_xl.ledgers.kept import Kept
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, R
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.places import address, column_letters
from small_sample import small_sample

# Codes and situations about an event so rare that only a school of the sample's size has it.
_ONLY_IN_THE_SAMPLE = frozenset(
    {"ACC001", "ACC005", "ACC006", "CIR106", "RPR302", "another book brought instead", "parents came along"}
)


class Right(NamedTuple):
    """A right school, and what every check comes to in it: a check of other sheets need not be run again."""

    clean: LedgerSet
    before: dict[str, CheckOutcome]


def right_for(case: str) -> Right:
    """The right school in which a code or a situation is tried: the small one, wherever that has what it is about."""
    return _right(case in _ONLY_IN_THE_SAMPLE)


@cache
def _right(as_large_as_the_sample: bool) -> Right:
    clean = clean_school() if as_large_as_the_sample else small_sample()
    return Right(clean, {outcome.check.code: outcome for outcome in outcomes(clean.library(), ALL.values())})


class Books:
    """A copy of the clean school whose rows a seed changes before everything is checked again."""

    def __init__(self, clean: LedgerSet) -> None:
        self.ledger_set = LedgerSet(clean.school, {kind: list(rows) for kind, rows in clean.rows.items()})

    def rows(self, row_type: type[R]) -> list[R]:
        """The rows of a sheet, in line order."""
        return self.ledger_set.rows[row_type]

    def first(self, row_type: type[R], holds: Callable[[R], bool] = lambda row: True) -> R:
        """The first row for which the condition holds."""
        return next(row for row in self.rows(row_type) if holds(row))

    def last(self, row_type: type[R], holds: Callable[[R], bool] = lambda row: True) -> R:
        """The last row for which the condition holds."""
        return next(row for row in reversed(self.rows(row_type)) if holds(row))

    def edit(self, row: Any, **changes: Any) -> Any:
        """Change cells of one row; the changed row."""
        rows: list[Any] = self.rows(type(row))
        index = next(index for index, other in enumerate(rows) if other.line == row.line)
        rows[index] = rows[index]._replace(**changes)
        return rows[index]

    def add(self, row: Any) -> Any:
        """Write a row below the last one of its sheet; the row as it stands there."""
        rows: list[Any] = self.ledger_set.rows.setdefault(type(row), [])
        rows.append(row._replace(line=rows[-1].line + 1 if rows else 2))
        return rows[-1]

    def drop(self, row: Any) -> None:
        """Leave one row out; its line stays empty, so that no other address moves."""
        self.rows(type(row)).remove(row)

    def at(self, code: str, row: Any, field: str) -> str:
        """How a finding at this cell is written in an expected list."""
        declared = SHEETS[type(row)]
        return f"{code} {declared.name}!{column_letters(declared.positions[field])}{row.line}"

    def keep(self, kept: Kept) -> None:
        """Lay something beside the workbook."""
        self.ledger_set.kept = kept

    def library(self) -> Library:
        """The books as they stand now."""
        return self.ledger_set.library()

    def report(self) -> Report:
        """Everything checked."""
        return run(self.library(), ALL.values())

    def report_after(self, clean: LedgerSet, before: Mapping[str, CheckOutcome]) -> Report:
        """Everything checked; what a check of unchanged sheets came to in the clean school is taken over."""
        if (self.ledger_set.school, self.ledger_set.kept) != (clean.school, clean.kept):
            return self.report()
        changed = [kind for kind, rows in self.ledger_set.rows.items() if rows != clean.rows.get(kind)]
        library = self.library()
        return assembled(library, outcomes(library, ALL.values(), before, changed))

    def found(self, report: Report | None = None) -> list[str]:
        """All findings, as `CODE sheet!A1`, sorted."""
        books = self.library()
        found = (report or self.report()).findings
        return sorted(f"{one.check.code} {address(books, one.at)}" for one in found)
