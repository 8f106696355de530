"""Old lists written to disk and taken over, in as few words as a test can do with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from schoollib_xl.adoption.adopting import Adoption, adopt, adopt_found
from schoollib_xl.adoption.files.old_files import FoundTables, tables_of
from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.journal import Journal, RowOutcome, RowRecord
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.transforms import Transform
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow

TODAY = date(2025, 10, 8)
OPENED_ON = date(2025, 9, 1)
Rows = Sequence[Sequence[Any]]
HEADER = ("书名", "著者", "出版社", "ISBN", "分类号", "单价", "册数")


def adopt_tables(sources: Iterable[SourceSheet], options: Options) -> Adoption:
    """Take over sheets that have been read."""
    journal = Journal()
    return adopt_found(FoundTables(tables_of(sources, options.names, journal), [], journal), options)


def old_book(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook of these sheets, cells as they are given."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def taken_over(folder: Path, sheets: Mapping[str, Rows], **choices: Any) -> Adoption:
    """What comes of a workbook of these sheets."""
    return adopt([old_book(folder / "旧账.xlsx", sheets)], Options(**({"as_of": TODAY} | choices)))


def book(title: str = "城南旧事", copies: Any = 1, **cells: Any) -> tuple[Any, ...]:
    """A line of a title list below `HEADER`."""
    values = {
        "著者": "林海音", "出版社": "北京出版社", "ISBN": "9787020024759", "分类号": "I246.5", "单价": "25.00元",
    } | cells  # fmt: skip
    return (title, *(values[name] for name in HEADER[1:-1]), copies)


def copies(adoption: Adoption) -> list[AccessionRow]:
    """The copies taken over."""
    rows: list[AccessionRow] = adoption.ledger_set.rows.get(AccessionRow, [])
    return rows


def record_of(adoption: Adoption, row: int, sheet: str | None = None) -> tuple[RowOutcome, str]:
    """What became of a row."""
    found = [row_record for row_record in adoption.journal.row_records.values() if _is(row_record, row, sheet)]
    assert len(found) == 1, found
    return found[0].outcome, found[0].detail


def times(adoption: Adoption, transform: Transform) -> int:
    """How often a transform is reported."""
    return sum(count for change, count in adoption.journal.changes.items() if change.transform is transform)


def _is(row_record: RowRecord, row: int, sheet: str | None) -> bool:
    return row_record.place.row == row and sheet in (None, row_record.place.sheet)


def rows_of(done: Any, row_type: type[Any]) -> list[Any]:
    """What stands on a sheet of the books that were made."""
    found: list[Any] = done.ledger_set.rows.get(row_type, [])
    return found


def loans(done: Adoption) -> list[LoanRow]:
    """What stands in 借阅登记账."""
    return rows_of(done, LoanRow)
