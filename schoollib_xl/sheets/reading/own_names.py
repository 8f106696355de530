"""账册对照: what it calls standard and is not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import Sheet
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, Table
from schoollib_xl.sheets.reading.recognising import plain, plain_header

# Half the characters alike is a slip of the pen; less is another word.
_ALIKE = 0.5
_SHEETS = {plain(sheet.name): sheet for sheet in ALL_SHEETS}


def with_slips(table: Table[Any]) -> Table[Any]:
    """账册对照 with its misspelt standard names as flawed cells, each with the nearest right one; another sheet as
    it is.
    """
    if table.declared.row_type is not MappingRow:
        return table
    return replace(table, flaws=[*table.flaws, *_slips(table)])


def _slips(rows: Iterable[MappingRow]) -> Iterator[FlawedCell]:
    for row in rows:
        declared = _SHEETS.get(plain(row.standard_sheet))
        if declared is None:
            near = _nearest(plain(row.standard_sheet), {name: sheet.name for name, sheet in _SHEETS.items()})
            yield FlawedCell(row.line, "standard_sheet", Flaw.NO_SUCH_NAME, row.standard_sheet, near)
        elif row.standard_header and not _has(declared, row.standard_header):
            headers = {plain_header(field.header): field.header for field in declared.fields}
            near = _nearest(plain_header(row.standard_header), headers)
            yield FlawedCell(row.line, "standard_header", Flaw.NO_SUCH_NAME, row.standard_header, near)


def _has(declared: Sheet, header: str) -> bool:
    words = (word for field in declared.fields for word in (field.header, *field.column.synonyms))
    return plain_header(header) in map(plain_header, words)


def _nearest(word: str, known: dict[str, str]) -> str | None:
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1, _ALIKE)
    return known[near[0]] if near else None
