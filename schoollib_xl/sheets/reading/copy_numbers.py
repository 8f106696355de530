"""Copies and readers named otherwise than in their own register: by the barcode, with other letters, fewer zeros."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable

# More rows than this of one sheet are its way of writing numbers; fewer may be slips of the pen.
_HABIT = 10
# What stands round the figures that tell copies apart: QH, NO., №, #, zeros; 号.
_ROUND = r"(?:[A-Za-z]+[.\-]?|[№#＃第])?0*(\d+)号?"

# Begins and ends a barcode of Code 39 (ISO/IEC 16388); no sign of the number itself.
_CODE_39 = "*"

_FIELD = "reader_no"
_LETTERS_AND_FIGURES = r"(?a)([A-Za-z]*[.\-]?)(\d+)"


def with_copy_numbers(tables: Iterable[LedgerTable[Any]]) -> list[LedgerTable[Any]]:
    """The tables, copies named by 个别登记号. A barcode on two copies, or one that is some copy's number, stays; so
    does a number written in another way than 个别登记账 where that is no habit of its sheet.
    """
    tables = list(tables)
    accessions = next((table for table in tables if table.declared.row_type is AccessionRow), None)
    if not accessions:
        return tables
    partly = [(line.values.get("accession_no"), line.values.get("barcode")) for line in accessions.incomplete]
    known = (accessions.distinct("accession_no") - {None, ""}) | {number for number, _ in partly if number}
    if not any(_unknown_in(table, known) for table in tables if table is not accessions):
        return tables
    pairs = [*((row.accession_no, row.barcode) for row in accessions), *partly]
    by_barcode = _unique((barcode, number) for number, barcode in pairs if barcode not in known)
    by_scan = {**by_barcode, **_as_scanned(tables, known, by_barcode)}
    tables = [table if table is accessions else _named(table, by_scan) for table in tables]
    # The ranges of batches are reckoned with: they stay as they are written.
    others = [table for table in tables if table.declared.row_type not in (AccessionRow, SummaryRow)]
    few = _HABIT if any(map(str.isdecimal, known)) else 0
    strange = [table for table in others if len(_unknown(table, known)) > few]
    if not strange:
        return tables
    by_figures = _unique((_figures(number), number) for number in known)
    return [_of_habit(table, known, by_figures) if table in strange else table for table in tables]


def _as_scanned(
    tables: Iterable[LedgerTable[Any]], known: frozenset[str], by_barcode: Mapping[str, str]
) -> dict[str, str]:
    """The numbers that unknown ones mean without the asterisks some scanners send, and in the other case."""
    in_any_case = _unique((code.casefold(), number) for code, number in by_barcode.items())
    names = (
        (table, name) for table in tables if table.declared.row_type is not AccessionRow for name in _fields(table)
    )
    unknown = {text for table, name in names for text in table.distinct(name) if text and text not in known}
    plain = {text: text.strip(_CODE_39).strip() for text in unknown - by_barcode.keys()}
    named = {text: code if code in known else in_any_case.get(code.casefold()) for text, code in plain.items()}
    return {text: number for text, number in named.items() if number}


def _unique(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, str]:
    """Numbers by what else names them, where that names one of them only."""
    found = [(other, number) for other, number in pairs if other and number]
    times = Counter(other for other, _ in found)
    return {other: number for other, number in found if times[other] == 1}


def _named(table: LedgerTable[Any], numbers: Mapping[str, str]) -> LedgerTable[Any]:
    for name in _fields(table):
        if not numbers.keys().isdisjoint(table.distinct(name)):
            table = table.changed(rows=[_with_number(row, name, numbers) for row in table.rows])
    return table


def _with_number(row: Any, name: str, numbers: Mapping[str, str]) -> Any:
    number = numbers.get(getattr(row, name))
    return row._replace(**{name: number}) if number else row


def _fields(table: LedgerTable[Any]) -> list[str]:
    return [field.name for field in table.declared.fields if field.is_accession_no]


def _unknown_in(table: LedgerTable[Any], known: frozenset[str]) -> list[str]:
    """The columns with copies that 个别登记账 does not have by that number."""
    # Copies are lent again and again: the numbers are far fewer than the rows.
    return [name for name in _fields(table) if any(table.distinct(name) - known)]


def _unknown(table: LedgerTable[Any], known: frozenset[str]) -> list[tuple[int, str, str]]:
    """(line, column, number) of the copies that 个别登记账 does not have by that number."""
    fields = _unknown_in(table, known)
    cells = ((row.line, name, getattr(row, name)) for row in table.rows for name in fields)
    return [(line, name, number) for line, name, number in cells if number and number not in known]


def _figures(number: str) -> str | None:
    """The figures that tell a copy apart; None where there is something else round them."""
    match = re.fullmatch(_ROUND, number, re.ASCII)
    return match[1] if match else None


def _of_habit(table: LedgerTable[Any], known: frozenset[str], by_figures: Mapping[str, str]) -> LedgerTable[Any]:
    cells = _unknown(table, known)
    meant = {number: by_figures[key] for _, _, number in cells if (key := _figures(number)) and key in by_figures}
    told = [cell for cell in cells if cell[2] in meant]
    if len(told) <= _HABIT:
        if any(map(str.isdecimal, known)):
            return table
        # 个别登记账 alone puts something before every number: bare figures are no slip of the pen.
        meant = {number: copy for number, copy in meant.items() if number.isdecimal()}
    named = _named(table, meant)
    zeros = [
        FlawedCell(line, name, Flaw.ZEROS_LOST, written, meant[written])
        for line, name, written in told
        if written in meant and _lost_zeros(written, meant[written])
    ]
    return named.changed(flaws=[*named.flaws, *zeros])


def _lost_zeros(written: str, number: str) -> bool:
    return len(written) < len(number) and written.zfill(len(number)) == number


def with_zeros(tables: Iterable[LedgerTable[Any]]) -> list[LedgerTable[Any]]:
    """The tables, readers' numbers as 读者名册 has them; each cell so read is a flaw that was understood."""
    tables = list(tables)
    roster = next((table for table in tables if table.declared.row_type is ReaderRow), None)
    numbers = frozenset(filter(None, roster.distinct(_FIELD))) if roster else frozenset()
    tables = [table if table is roster else _as_on_the_roster(table, numbers) for table in tables]
    if lost := _lost_by_roster((table for table in tables if table.declared.row_type is not ReaderRow), numbers):
        tables = [_mended(table, lost) for table in tables]
        numbers = frozenset(lost.get(number, number) for number in numbers)
    strange = [table for table in tables if not _reader_numbers(table) <= numbers]
    widths = _widths(numbers) if strange else {}
    return [_mended(table, _short(table, numbers, widths)) if table in strange else table for table in tables]


def _parts(number: str) -> tuple[str, str]:
    """The letters in front of a number and its figures, S and 0012; no figures where it is written in another way."""
    match = re.fullmatch(_LETTERS_AND_FIGURES, number)
    return (match[1], match[2]) if match else (number, "")


def _widths(numbers: Iterable[str]) -> dict[str, int]:
    """By the letters in front, how many figures the roster's numbers have. Zeros are lost where all have as many, some
    begin with one, and what is left is none of the roster's.
    """
    by_letters = gathered(map(_parts, numbers))
    return {
        letters: len(alike[0])
        for letters, alike in by_letters.items()
        if len({*map(len, alike)}) == 1 and any(figures.startswith("0") for figures in alike)
    }


def _lost_by_roster(others: Iterable[LedgerTable[Any]], numbers: frozenset[str]) -> dict[str, str]:
    """The roster's numbers that lost their zeros there, as the other sheets have them: those know them by no other, or
    there are so many that it is no slip of the pen in the others.
    """
    used = {number for table in others for number in _reader_numbers(table)}
    full = {number for number in used - numbers if _parts(number)[1].startswith("0")}
    widths = _widths(full)
    meant = {bare: number for number in full if _parts(number)[0] in widths and (bare := _bare(number)) in numbers}
    return meant if len(meant) > _HABIT or used.isdisjoint(meant) else {}


def _bare(number: str) -> str:
    """The number without the zeros before its figures."""
    letters, figures = _parts(number)
    return letters + figures.lstrip("0")


def _reader_numbers(table: LedgerTable[Any]) -> frozenset[str]:
    has_any = _FIELD in table.declared.by_name
    return frozenset(filter(None, table.distinct(_FIELD))) if has_any else frozenset()


def _as_on_the_roster(table: LedgerTable[Any], numbers: frozenset[str]) -> LedgerTable[Any]:
    """The table, numbers typed in small letters, or with another sign behind their letters, as the roster has them."""
    if _FIELD not in table.declared.by_name:
        return table
    typed = frozenset(filter(None, table.distinct(_FIELD))) - numbers
    if not typed:
        return table
    written = _unique((_plain(number), number) for number in numbers)
    meant = {number: written[plain] for number in typed if (plain := _plain(number)) in written}
    rows = [row._replace(reader_no=meant.get(row.reader_no, row.reader_no)) for row in table.rows]
    return table.changed(rows=rows) if meant else table


def _plain(number: str) -> str:
    """A reader's number in capitals, without what stands between its letters and its figures: S-0018, s 0018, S.0018.
    A sign between figures tells readers apart: 1-12 is not 11-2.
    """
    return re.sub(r"(?<=[A-Z])[-. _]+(?=\d)", "", number.upper(), flags=re.ASCII)


def _mended(table: LedgerTable[Any], meant: Mapping[str, str]) -> LedgerTable[Any]:
    """The table, readers' numbers that lost their zeros written with them."""
    if meant.keys().isdisjoint(_reader_numbers(table)):
        return table
    rows = [row._replace(reader_no=meant[row.reader_no]) if row.reader_no in meant else row for row in table.rows]
    flaws = [
        FlawedCell(row.line, _FIELD, Flaw.ZEROS_LOST, row.reader_no, meant[row.reader_no])
        for row in table.among(_FIELD, meant.keys())
    ]
    return table.changed(rows=rows, flaws=[*table.flaws, *flaws])


def _short(table: LedgerTable[Any], numbers: frozenset[str], widths: Mapping[str, int]) -> dict[str, str]:
    """The numbers of a table that are the roster's but for their zeros, by what stands there."""
    unknown = ((number, *_parts(number)) for number in _reader_numbers(table) - numbers)
    filled = ((number, letters + figures.zfill(widths.get(letters, 0))) for number, letters, figures in unknown)
    return {number: meant for number, meant in filled if meant in numbers}
