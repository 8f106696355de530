"""Whether a figure of all lines of a ledger can be given, although some could not be read whole."""

from typing import Any

from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.table import IncompleteRow, LedgerTable


def told(table: LedgerTable[Any], *names: str) -> list[tuple[Any, ...]] | None:
    """These values of every line, read in full or in part; None where a line lacks one of them, so that no figure of
    all lines can be given.
    """
    lines = list(zip(*map(table.column, names), strict=True))
    lines += [tuple(map(line.values.get, names)) for line in table.incomplete]
    return None if any(None in line for line in lines) else lines


def may_lack(table: LedgerTable[Any], day: str, window: Term) -> bool:
    """Whether an incomplete line may be of these days, so that no figure of them can be given."""
    days = (line.values.get(day) for line in table.incomplete)
    return any(found is None or found in window for found in days)


def may_fall(table: LedgerTable[Any], line: int, day: str, window: Term | None) -> bool:
    """Whether a line may be of these days, or where none are known of any."""
    row = table.row_at(line)
    found = row.values.get(day) if isinstance(row, IncompleteRow) else getattr(row, day, None)
    return found is None or window is None or found in window
