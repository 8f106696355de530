"""Batches named otherwise than in 总括登记账: 2025-1, 2025/001, 25-001, 2025年第1号, all 2025-001; or made a date."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Where batches are named, beside the register that has them.
_NAMED = {
    AccessionRow: ("batch_no", "withdrawal_no"),
    WithdrawalRow: ("withdrawal_no",),
    CompensationRow: ("withdrawal_no",),
    ReviewRow: ("scope",),
}
_WRITTEN = r"(?:20)?(\d\d) ?(?:[-/.·—–－_]|年) ?第?0*([1-9]\d*) ?[号批]?"
# What Excel makes of 2025-1 is the first of January.
_FIRST_OF_MONTH = r"20(\d\d)-0?(\d+)-01"


def with_batch_numbers(tables: Iterable[LedgerTable[Any]]) -> list[LedgerTable[Any]]:
    """The tables, batches as 总括登记账 has them: a number that is none of them, of the year and the place of one."""
    tables = list(tables)
    register = next((table for table in tables if table.declared.row_type is SummaryRow), None)
    if not register:
        return tables
    known = {*register.distinct("batch_no"), *(line.values.get("batch_no") for line in register.incomplete)} - {None}
    strange = {
        table.declared.row_type
        for table in tables
        for name in _NAMED.get(table.declared.row_type, ())
        if not table.distinct(name) - {None} <= known
    }
    if not strange:
        return tables
    by_place = gathered((_place(number), number) for number in known)
    only = {place: numbers[0] for place, numbers in by_place.items() if place and len(numbers) == 1}
    return [_named(table, known, only) if table.declared.row_type in strange else table for table in tables]


def _place(number: str, written: str = _WRITTEN) -> str:
    """Year and place of a batch, 25-1; '' where it tells none."""
    match = re.fullmatch(written, number, re.ASCII)
    return f"{match[1]}-{match[2]}" if match else ""


def _named(table: LedgerTable[Any], known: set[Any], only: Mapping[str, str]) -> LedgerTable[Any]:
    for name in _NAMED[table.declared.row_type]:
        unknown = table.distinct(name) - known - {None}
        meant = {text: only[place] for text in unknown if (place := _place(text)) in only}
        dates = dict(_made_dates(table, name, only))
        if not (meant or dates):
            continue
        rows = [
            row._replace(**{name: number}) if (number := dates.get(row.line) or meant.get(getattr(row, name))) else row
            for row in table.rows
        ]
        short = {text: number for text, number in meant.items() if len(text) < len(number) and text[:5] == number[:5]}
        zeros = [
            FlawedCell(row.line, name, Flaw.ZEROS_LOST, getattr(row, name), short[getattr(row, name)])
            for row in table.among(name, short.keys())
        ]
        flaws = [
            cell._replace(taken=dates[cell.line]) if cell.field == name and cell.line in dates else cell
            for cell in table.flaws
        ]
        table = table.changed(rows=rows, flaws=[*flaws, *zeros])
    return table


def _made_dates(table: LedgerTable[Any], name: str, only: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """(line, number) of the cells in which Excel made a date of a number."""
    for cell in table.flaws:
        if cell.field == name and cell.flaw is Flaw.DATE_FOR_TEXT:
            place = _place(cell.text, _FIRST_OF_MONTH)
            if place in only:
                yield cell.line, only[place]
