"""Lists of all copies that say beside some of them who has it: the copies and the loans are both taken over."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schoollib_xl.adoption.headers import FilledLine, HeaderFinder
from schoollib_xl.adoption.kinds import BOOKS, LOANS
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.reading.recognising import plain_header

# What only a list of books says of each line.
_OF_BOOKS = frozenset({"author", "publisher", "price", "class_no", "call_no", "location", "published", "batch_no"})
_OF_BOTH = frozenset({"accession_no", "barcode", "isbn", "title", "remarks", "held"})
_TELLING = ("lent_on", "name", "reader_no")


def with_loans_apart(tables: Iterable[FoundTable], names: OwnNames) -> Iterator[FoundTable]:
    """The tables, such a list as one of books, and one of loans with its lines that name a reader or a day."""
    for table in tables:
        books = _as_books(table, names) if table.kind is LOANS else {}
        lent = [line for line in table.lines if _is_lent(line, table)]
        if not _OF_BOOKS & books.keys() or len(lent) * 2 > len(table.lines):
            yield table
            continue
        own = {at for name, at in table.columns.items() if name not in _OF_BOTH}
        yield replace(
            table,
            kind=BOOKS,
            columns=books,
            headers={at: header for at, header in table.headers.items() if at not in own},
            how={at: names.reason(BOOKS, table.file, table.sheet, table.headers[at]) for at in books.values()},
            lines=[_without(line, own) for line in table.lines],
        )
        if lent:
            sheet = f"{table.sheet}（借出的）"
            held = set(books.values()) - set(table.columns.values())
            headers = {at: header for at, header in table.headers.items() if at not in held}
            lines = [_without(line, held) for line in lent]
            yield replace(table, sheet=sheet, headers=headers, lines=lines, non_entries=[], dittos=set())


def _as_books(table: FoundTable, names: OwnNames) -> dict[str, int]:
    if names.kind(table.file, table.sheet):
        return {}
    texts = [plain_header(table.headers.get(at, "")) for at in range(1, max(table.headers, default=0) + 1)]
    columns = HeaderFinder(table.file, table.sheet, names).columns(BOOKS, texts)
    return columns if BOOKS.fits(columns) and {"accession_no", "barcode"} & columns.keys() else {}


def _is_lent(line: FilledLine, table: FoundTable) -> bool:
    at = [table.columns[name] for name in _TELLING if name in table.columns]
    return any(map(line.said, at))


def _without(line: FilledLine, columns: set[int]) -> FilledLine:
    """The line with those cells blank."""
    cells = [("" if at in columns else value) for at, value in enumerate(line.cells, 1)]
    return line._replace(cells=cells)
