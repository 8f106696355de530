"""Readers' numbers as 读者名册 has them: 12 in a loan is 0012 there, and s012 is S012."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable

_FIELD = "reader_no"


def with_zeros(tables: Iterable[LedgerTable[Any]]) -> list[LedgerTable[Any]]:
    """The tables, readers' numbers as 读者名册 has them; each cell so read is a flaw that was understood."""
    tables = list(tables)
    roster = next((table for table in tables if table.declared.row_type is ReaderRow), None)
    numbers = frozenset(row.reader_no for row in roster if row.reader_no) if roster else frozenset()
    tables = [table if table is roster else _in_capitals(table, numbers) for table in tables]
    widths = Counter(map(len, numbers))
    # Zeros are lost where all numbers had one width, and what is left of them is none of the roster's.
    if len(widths) != 1 or not any(number.startswith("0") for number in numbers):
        return tables
    (width,) = widths
    return [table if table is roster else _mended(table, numbers, width) for table in tables]


def _in_capitals(table: LedgerTable[Any], numbers: frozenset[str]) -> LedgerTable[Any]:
    """The table, numbers typed in small letters written as the roster writes them."""
    if _FIELD not in table.declared.by_name:
        return table
    typed = set(filter(None, map(attrgetter(_FIELD), table.rows))) - numbers
    meant = {number: number.upper() for number in typed if number.upper() in numbers}
    if not meant:
        return table
    rows = [row._replace(reader_no=meant.get(row.reader_no, row.reader_no)) for row in table.rows]
    return replace(table, rows=rows)


def _mended(table: LedgerTable[Any], numbers: frozenset[str], width: int) -> LedgerTable[Any]:
    if _FIELD not in table.declared.by_name:
        return table
    mended = dict(_short(table, numbers, width))
    if not mended:
        return table
    rows = [row._replace(reader_no=mended[row.line]) if row.line in mended else row for row in table.rows]
    before = {row.line: row.reader_no for row in table.rows if row.line in mended}
    flaws = [FlawedCell(line, _FIELD, Flaw.ZEROS_LOST, before[line], taken) for line, taken in mended.items()]
    return replace(table, rows=rows, flaws=[*table.flaws, *flaws])


def _short(table: LedgerTable[Any], numbers: frozenset[str], width: int) -> Iterator[tuple[int, str]]:
    """(line, number) of the rows whose number is one of the roster's but for its zeros."""
    for row in table.rows:
        number = row.reader_no
        if number and number not in numbers and number.isdecimal() and number.zfill(width) in numbers:
            yield row.line, number.zfill(width)
