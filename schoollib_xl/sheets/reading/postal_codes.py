"""邮发代号 that Excel took for dates: what the other lines of the same paper say, where they say one thing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable

_FIELD = "postal_code"


def with_codes_of_the_paper(tables: Iterable[LedgerTable[Any]]) -> list[LedgerTable[Any]]:
    """The tables, a code that became a date read as the same paper's other lines have it."""
    return [_mended(table) if table.declared.row_type is PeriodicalRow else table for table in tables]


def _mended(table: LedgerTable[PeriodicalRow]) -> LedgerTable[PeriodicalRow]:
    lost = {cell.line for cell in table.flaws if _is_lost(cell)}
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for row in table.rows if lost else ():
        if row.line not in lost and row.postal_code and row.title:
            codes[_plain(row.title)].add(row.postal_code)
    known = {row.line: codes[_plain(row.title)] for row in table.rows if row.line in lost and row.title}
    meant = {line: next(iter(found)) for line, found in known.items() if len(found) == 1}
    if not meant:
        return table
    rows = [row._replace(postal_code=meant.get(row.line, row.postal_code)) for row in table.rows]
    flaws = [
        cell._replace(taken=meant[cell.line]) if _is_lost(cell) and cell.line in meant else cell for cell in table.flaws
    ]
    return table.changed(rows=rows, flaws=flaws)


def _is_lost(cell: FlawedCell) -> bool:
    return cell.field == _FIELD and cell.flaw is Flaw.DATE_FOR_TEXT


def _plain(title: str) -> str:
    return "".join(title.split())
