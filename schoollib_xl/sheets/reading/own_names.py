"""账册对照: what it calls standard and is not, and names of her own that nothing in the workbook bears."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from schoollib_xl.ledgers.schema import DeclaredSheet
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable, Oddity, OddPlace
from schoollib_xl.sheets.cells import Grid
from schoollib_xl.sheets.reading.recognising import BY_NAME, Names, plain, plain_header

# Half the characters alike is a slip of the pen; less is another word.
_ALIKE = 0.5


def with_slips(table: LedgerTable[Any]) -> LedgerTable[Any]:
    """账册对照 with its misspelt standard names as flawed cells, each with the nearest right one, and with the columns
    without which its rows have no effect as odd places; another sheet as it is.
    """
    if not _is_mapping(table):
        return table
    lacks = [OddPlace(Oddity.MISSING_COLUMN, 0, table.declared.by_name[name].header) for name in _lacking(table)]
    return table.changed(flaws=[*table.flaws, *_slips(table)], oddities=[*table.oddities, *lacks])


def _lacking(table: LedgerTable[MappingRow]) -> Iterator[str]:
    """The columns without which its rows lead to no name of her own."""
    if table.rows and not table.has("own_header"):
        if any(row.standard_header for row in table):
            yield "own_header"
        elif not table.has("own_sheet"):
            yield "own_sheet"
    if table.has("own_header") and not table.has("standard_header") and any(row.own_header for row in table):
        yield "standard_header"


def _slips(rows: LedgerTable[MappingRow]) -> Iterator[FlawedCell]:
    names = Names.of(rows)
    for row in rows:
        declared = BY_NAME.get(plain(row.standard_sheet))
        stands_for = BY_NAME.get(names.sheets.get(plain(row.own_sheet or ""), ""))
        if declared and stands_for and stands_for is not declared:
            yield FlawedCell(row.line, "own_sheet", Flaw.NAMED_TWICE, row.own_sheet or "", stands_for.name)
        elif declared is None:
            near = _nearest(plain(row.standard_sheet), {name: sheet.name for name, sheet in BY_NAME.items()})
            yield FlawedCell(row.line, "standard_sheet", Flaw.NO_SUCH_NAME, row.standard_sheet, near)
        elif row.standard_header and not _has(declared, row.standard_header):
            near = _nearest(plain_header(row.standard_header), _words(declared))
            yield FlawedCell(row.line, "standard_header", Flaw.NO_SUCH_NAME, row.standard_header, near)
        elif row.standard_header and row.own_header:
            words = _words(declared)
            used = names.headers[plain(row.standard_sheet), plain_header(row.own_header)]
            if used in words and words[used] != words[plain_header(row.standard_header)]:
                yield FlawedCell(row.line, "own_header", Flaw.NAMED_TWICE, row.own_header, words[used])


def with_unmet_names(
    tables: Sequence[LedgerTable[Any]], sheet_names: Iterable[str], top: Callable[[str], Grid]
) -> list[LedgerTable[Any]]:
    """The tables, with the rows of 账册对照 that had no effect: the workbook has no sheet of that name, or the ledger
    no column of that name, each with the nearest name that is left unknown. `top` gives the first rows of a sheet.
    """
    others = [name for name in sheet_names if plain(name) not in BY_NAME]
    by_name = {plain(table.declared.name): table for table in tables}
    return [
        table.changed(flaws=[*table.flaws, *_unmet(table, by_name, others, top)]) if _is_mapping(table) else table
        for table in tables
    ]


def _is_mapping(table: LedgerTable[Any]) -> bool:
    return table.declared.row_type is MappingRow


def _unmet(
    rows: Iterable[MappingRow], tables: dict[str, LedgerTable[Any]], others: list[str], top: Callable[[str], Grid]
) -> Iterator[FlawedCell]:
    known = {plain(name): name for name in others}
    for row in rows:
        if row.own_sheet and not _is_met(row, known):
            unknown = {own: name for own, name in known.items() if not _is_read(name, tables.values())}
            near = _nearest(plain(row.own_sheet), unknown)
            yield FlawedCell(row.line, "own_sheet", Flaw.NO_SUCH_OWN_NAME, row.own_sheet, near)
        elif row.own_header and (table := tables.get(plain(row.standard_sheet))) and _lacks(table, row, top):
            yield FlawedCell(row.line, "own_header", Flaw.NO_SUCH_OWN_NAME, row.own_header, None)


def _is_met(row: MappingRow, known: dict[str, str]) -> bool:
    """Whether a sheet bears the name, or goes on under it: 流水（下） of 流水. A standard name says nothing."""
    own = plain(row.own_sheet)
    return own in BY_NAME or any(name.startswith(own) for name in known)


def _is_read(sheet_name: str, tables: Iterable[LedgerTable[Any]]) -> bool:
    return any(part.sheet_name == sheet_name for table in tables for part in table.parts)


def _lacks(table: LedgerTable[Any], row: MappingRow, top: Callable[[str], Grid]) -> bool:
    """Whether the ledger is there, and none of its sheets that the row is about has a column of that name."""
    header = plain_header(row.standard_header or "")
    is_known = any(plain_header(field.header) == header for field in table.declared.fields)
    begins = plain(row.own_sheet or "")
    parts = [part for part in table.parts if plain(part.sheet_name).startswith(begins)]
    headers = {plain_header(text) for part in parts for line in top(part.sheet_name) for text in line if text != ""}
    return is_known and bool(parts) and plain_header(row.own_header) not in headers


def _has(declared: DeclaredSheet, header: str) -> bool:
    return plain_header(header) in _words(declared)


def _words(declared: DeclaredSheet) -> dict[str, str]:
    """Every name of the columns, synonyms among them, with the header each stands for."""
    words = ((word, field.header) for field in declared.fields for word in (field.header, *field.column.synonyms))
    return {plain_header(word): header for word, header in words}


def _nearest(word: str, known: dict[str, str]) -> str | None:
    """What the known name most like a word stands for; of several as like, the one that is its own name."""
    from difflib import SequenceMatcher

    alike = {other: SequenceMatcher(None, other, word).ratio() for other in known}
    best = max(alike, key=lambda other: (alike[other], plain_header(known[other]) == other), default=None)
    return known[best] if best and alike[best] >= _ALIKE else None
