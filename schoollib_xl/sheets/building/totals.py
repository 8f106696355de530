"""Running totals: formulas for her convenience, each with the result it will show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.sheets.layout import LedgerSheet


@dataclass(frozen=True)
class RunningTotal:
    """A column that sums the lines above it and its own. `step` is what one line adds; `formula` says the
    same in Excel's words, for a table of the name it is given.
    """

    row_type: type[Any]
    field: str
    takes: tuple[str, ...]
    step: Callable[[Any], int | Decimal]
    formula: Callable[[str], str]


def totals_of(page: LedgerSheet) -> list[RunningTotal]:
    """The running totals of a page; a ledger in several parts has none, for no formula spans its tables."""
    return running_totals(page.declared.row_type) if page.part == 0 else []


def running_totals(row_type: type[Any]) -> list[RunningTotal]:
    """The columns of a sheet that sum the lines above."""
    return [total for total in _TOTALS if total.row_type is row_type]


def agreeing_lines(total: RunningTotal, rows: Iterable[Any]) -> frozenset[int]:
    """The lines whose written total is what the formula gives. The others keep what was written: the
    difference is for the checks to name, not for a formula to hide.
    """
    running: int | Decimal = 0
    agreeing = set()
    for row in rows:
        running += total.step(row)
        if getattr(row, total.field) == running:
            agreeing.add(row.line)
    return frozenset(agreeing)


def _signed(table: str, amount: str) -> str:
    """Sum of a column from the table's first line to this one, withdrawals subtracted.

    Structured references, as relative ones go misplaced where a table grows.
    """
    amounts, flows = _so_far(table, amount), _so_far(table, header_of(SummaryRow, "flow"))
    body = f'SUM({amounts})-2*SUMIF({flows},"{Flow.OUT}",{amounts})'
    return _unless_blank(table, amount, body)


def _balance(table: str) -> str:
    received, spent = (header_of(CashRow, name) for name in ("received", "spent"))
    body = f"SUM({_so_far(table, received)})-SUM({_so_far(table, spent)})"
    return _unless_blank(table, header_of(CashRow, "summary"), body)


def _so_far(table: str, header: str) -> str:
    return f"INDEX({table}[{header}],1):{table}[[#This Row],[{header}]]"


def _unless_blank(table: str, header: str, body: str) -> str:
    return f'IF({table}[[#This Row],[{header}]]="","",{body})'


_TOTALS = (
    RunningTotal(
        SummaryRow,
        "running_copies",
        ("copies", "flow"),
        lambda row: row.sign * row.copies,
        lambda table: _signed(table, header_of(SummaryRow, "copies")),
    ),
    RunningTotal(
        SummaryRow,
        "running_value",
        ("list_value", "flow"),
        lambda row: row.sign * row.list_value,
        lambda table: _signed(table, header_of(SummaryRow, "list_value")),
    ),
    RunningTotal(
        CashRow,
        "balance",
        ("received", "spent", "summary"),
        lambda row: (row.received or 0) - (row.spent or 0),
        _balance,
    ),
)
