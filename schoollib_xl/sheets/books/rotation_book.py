"""借阅轮流表.xlsx: a generated rotation table, its columns as in the workbook, ready to paste."""

from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.quotas.rotation import Rotation
from schoollib_xl.saving import save
from schoollib_xl.sheets.books.sheet_writer import SheetWriter
from schoollib_xl.sheets.layout import set_up_print
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.quotas import unplaced_sentences

_UNPLACED = "没有排上的"
_MARGIN = 2


def write_rotation_book(made: Rotation, library: Library, target: Path) -> Path:
    """Write the table, and on a second page what could not be placed and why; where it went.

    Raises CannotWrite where it cannot be written.
    """
    return save(target, lambda file: _fill(made, library, file))


def _fill(made: Rotation, library: Library, file: IO[bytes]) -> None:
    from xlsxwriter import Workbook

    with Workbook(file, book_options()) as book:
        school_name = library.school.name or ""
        made_on = datetime.combine(library.as_of, time())
        book.set_properties({"title": "借阅轮流表", "author": school_name, "created": made_on})
        styles = Styles(book)
        _table(book, styles, made, school_name)
        if made.unplaced:
            writer = SheetWriter(book, styles, _UNPLACED, (80,), right=school_name)
            writer.title(_UNPLACED)
            for said in unplaced_sentences(made):
                writer.paragraph(said)


def _table(book: Any, styles: Styles, made: Rotation, school_name: str) -> None:
    declared = SHEETS[TurnRow]
    sheet = book.add_worksheet(declared.name)
    for column, field in enumerate(declared.fields):
        sheet.set_column(column, column, field.column.width + _MARGIN)
        sheet.write_string(0, column, field.header, styles.header(field.required))
        style = styles.column(field.kind)
        for line, turn in enumerate(made.turns, 1):
            value = getattr(turn, field.name)
            if isinstance(value, time):
                sheet.write_datetime(line, column, value, style)
            else:
                sheet.write_string(line, column, value or "", style)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    set_up_print(sheet, declared.name, school_name, landscape=False)
