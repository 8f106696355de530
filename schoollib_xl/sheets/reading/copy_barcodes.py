"""Copies named by the barcode on their back: wherever a 个别登记号 is asked for, a scanner writes 条码号 as well."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.table import Table


def with_copy_numbers(tables: Iterable[Table[Any]]) -> list[Table[Any]]:
    """The tables, copies named by 个别登记号. A barcode on two copies, or one that is some copy's number, stays."""
    tables = list(tables)
    accessions = next((table for table in tables if table.declared.row_type is AccessionRow), None)
    numbers = _numbers_by_barcode(accessions) if accessions else {}
    return [table if table is accessions or not numbers else _named(table, numbers) for table in tables]


def _numbers_by_barcode(accessions: Table[AccessionRow]) -> dict[str, str]:
    partly = ((line.values.get("accession_no"), line.values.get("barcode")) for line in accessions.incomplete)
    pairs = [*((row.accession_no, row.barcode) for row in accessions), *partly]
    known = {number for number, _ in pairs}
    times = Counter(barcode for _, barcode in pairs)
    return {
        barcode: number
        for number, barcode in pairs
        if number and barcode and barcode not in known and times[barcode] == 1
    }


def _named(table: Table[Any], numbers: dict[str, str]) -> Table[Any]:
    for field in table.declared.fields:
        if field.is_accession_no and not numbers.keys().isdisjoint(getattr(row, field.name) for row in table.rows):
            table = replace(table, rows=[_with_number(row, field.name, numbers) for row in table.rows])
    return table


def _with_number(row: Any, field: str, numbers: dict[str, str]) -> Any:
    number = numbers.get(getattr(row, field))
    return row._replace(**{field: number}) if number else row
