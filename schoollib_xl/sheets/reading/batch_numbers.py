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
        if any(_said(table, name) - known)
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


def _said(table: LedgerTable[Any], name: str) -> set[Any]:
    """What a column says, also on lines that lack something else: no batch is short of their copies."""
    return {*table.distinct(name), *(line.values.get(name) for line in table.incomplete)} - {None}


def _named(table: LedgerTable[Any], known: set[Any], only: Mapping[str, str]) -> LedgerTable[Any]:
    for name in _NAMED[table.declared.row_type]:
        meant = {text: only[place] for text in _said(table, name) - known if (place := _place(text)) in only}
        dates = dict(_made_dates(table, name, only))
        if not (meant or dates):
            continue
        lines = [(row.line, getattr(row, name)) for row in table.rows]
        lines += [(line.line, line.values.get(name)) for line in table.incomplete]
        batches = {line: number for line, text in lines if (number := dates.get(line) or meant.get(text))}
        zeros = [
            FlawedCell(line, name, Flaw.ZEROS_LOST, text, number)
            for line, text in lines
            if (number := meant.get(text)) and len(text) < len(number) and text[:5] == number[:5]
        ]
        flaws = [
            cell._replace(taken=dates[cell.line]) if cell.field == name and cell.line in dates else cell
            for cell in table.flaws
        ]
        table = table.changed(
            rows=[row._replace(**{name: batches[row.line]}) if row.line in batches else row for row in table.rows],
            incomplete=[
                row._replace(values={**row.values, name: batches[row.line]}) if row.line in batches else row
                for row in table.incomplete
            ],
            flaws=[*flaws, *zeros],
        )
    return table


def _made_dates(table: LedgerTable[Any], name: str, only: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """(line, number) of the cells in which Excel made a date of a number."""
    for cell in table.flaws:
        if cell.field == name and cell.flaw is Flaw.DATE_FOR_TEXT:
            place = _place(cell.text, _FIRST_OF_MONTH)
            if place in only:
                yield cell.line, only[place]
