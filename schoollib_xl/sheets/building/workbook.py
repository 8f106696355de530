"""A set of ledgers into a workbook file: sheets, drop-downs, prompts and formats, all from the declarations."""

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import SHEETS, Field, Kind
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.saving import save_exactly
from schoollib_xl.sheets.building.body import Body, SheetColumn
from schoollib_xl.sheets.building.contents import Contents, RawCell
from schoollib_xl.sheets.building.frame import add_frame
from schoollib_xl.sheets.building.help_pages import TITLE, FrontPage, add_check_guide, add_column_guide, add_desk
from schoollib_xl.sheets.building.macros import SUFFIX, add_sentences, prepare, with_macros
from schoollib_xl.sheets.building.prompts import ChoiceLists, prompt_settings
from schoollib_xl.sheets.building.splicing import Frame, Splice, frames_of, splice
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.building.totals import totals_of
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.layout import MADE_ON, LedgerSheet
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.places import column_letters

# The empty workbooks kept beside the package, without and with macros, and the day they are made for.
KEPT = tuple(Path(__file__).parents[3] / "workbook" / f"{TITLE}{suffix}" for suffix in (".xlsx", SUFFIX))
KEPT_ON = date(2025, 9, 1)


def write_workbook(
    ledger_set: LedgerSet,
    target: Path,
    raw: Iterable[RawCell] = (),
    *,
    kind: str = "七本账",
    own: Mapping[str, Grid] = MappingProxyType({}),
) -> None:
    """Write the workbook of a set of ledgers; the same set gives the same bytes. A target that ends in .xlsm gets the
    buttons, the ribbon tab and 借还台.

    A raw cell is a row type, a line, a field and what is written there in place of the row's value: what a
    careful program would never write, such as an error value or a number kept as text. `own` are sheets of hers.
    It replaces nothing but an untouched workbook of its own `kind`.
    Raises CannotWrite, and ValueError for a raw header, which its Excel table would contradict.
    """
    contents = Contents(ledger_set, raw)
    if contents.has_raw_headers:
        raise ValueError("a header cannot be raw")
    pages = list(contents.pages())
    has_macros = target.suffix.lower() == SUFFIX
    frames_book = _frames_book(contents, pages, own, has_macros=has_macros)
    frames = frames_of(frames_book, pages)
    styles = _styles_by_kind(pages, frames)
    splices = [
        Splice(frame, _body(contents, page, frame, styles), page.table_end)
        for page, frame in zip(pages, frames, strict=True)
    ]
    save_exactly(target, lambda file: splice(frames_book, splices, file), kind)


def _frames_book(contents: Contents, pages: list[LedgerSheet], own: Mapping[str, Grid], *, has_macros: bool) -> bytes:
    """The workbook with everything but its rows."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, book_options()) as book:
        school = contents.school
        book.set_properties({"title": TITLE, "author": school.name or "", "created": MADE_ON})
        book.set_size(2400, 1400)
        styles, lists = Styles(book), ChoiceLists()
        counts = {page.declared.name: len(contents.rows(page.declared)) for page in pages}
        FrontPage(book, styles, has_macros).write(school, pages, counts)
        width = school.number_width
        for page in pages:
            sheet = add_frame(book, page, styles, lists, width, school.name or "")
            if page.declared.row_type is SettingRow:
                prompt_settings(sheet, contents.rows(page.declared), lists, width)
        if has_macros:
            add_desk(book, styles)
        add_column_guide(book, styles)
        add_check_guide(book, styles)
        lists.write(book)
        _add_own_sheets(book, own, styles)
        if has_macros:
            add_sentences(book, contents.rows(SHEETS[SettingRow]))
            prepare(book)
    return with_macros(file.getvalue()) if has_macros else file.getvalue()


def _styles_by_kind(pages: list[LedgerSheet], frames: list[Frame]) -> dict[Kind, int]:
    """The style of a written cell of each kind, as some sheet's pattern has it."""
    return {
        field.kind: style
        for page, frame in zip(pages, frames, strict=True)
        for field, style in zip(page.declared.fields, frame.styles, strict=True)
    }


def _body(contents: Contents, page: LedgerSheet, frame: Frame, styles: dict[Kind, int]) -> Iterator[str]:
    formulas = {total.field: total for total in totals_of(page)}

    def column(field: Field, style: int) -> SheetColumn:
        letters = column_letters(page.declared.positions[field.name])
        wrapped = field.column.width if page.is_wrapped(field) else 0
        if field.name not in formulas:
            return SheetColumn(letters, style, wrapped)
        total = formulas[field.name]
        return SheetColumn(letters, style, wrapped, total.formula(page.name), contents.formula_lines(total))

    columns = [column(field, style) for field, style in zip(page.declared.fields, frame.styles, strict=True)]
    return Body(columns, styles).rows(contents.lines(page))


# -- sheets of her own, written as they were read: values without their formats ---------------------------


def _add_own_sheets(book: Any, own: Mapping[str, Grid], styles: Styles) -> None:
    """A worksheet for each, at the end of the book."""
    for name, grid in own.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(grid):
            for column, value in enumerate(cells):
                if value != "":
                    _write(sheet, row, column, value, styles)


def _write(sheet: Any, row: int, column: int, value: CellValue, styles: Styles) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.column(Kind.DATE))
    elif isinstance(value, time | timedelta):
        sheet.write_datetime(row, column, value, styles.column(Kind.TIME))
    else:
        sheet.write_string(row, column, shown(value))


def main() -> None:
    """Write the empty workbooks kept beside the program: ``python -m schoollib_xl.sheets.building.workbook``."""
    for kept in KEPT:
        kept.unlink(missing_ok=True)
        write_workbook(starting_ledger_set(KEPT_ON).ledger_set, kept)


if __name__ == "__main__":
    main()
