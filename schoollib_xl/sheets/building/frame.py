"""The sheet of a ledger before anything is written into it: header, table, prompts, print set-up."""

from collections.abc import Mapping
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS, Kind, header_of
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.building.prompts import ChoiceLists, validation
from schoollib_xl.sheets.building.totals import totals_of
from schoollib_xl.sheets.layout import FIRST_ROW, HEADER_ROW, LAST_ROW, LedgerSheet, set_up_print
from schoollib_xl.sheets.styles import PALE_RED, RED, TAB_COLOURS, Styles
from schoollib_xl.wording.places import column_letters

_HEADER_HEIGHT = 32
# Characters a column is wider than its text, for the arrow of its filter.
_MARGIN = 1
# What a new line of 借阅登记账 fills in by itself: a field of the loan, and where it stands: the register, its key, and
# the field there. 应还日期 follows rules and calendar, which no formula of a sensible length does. Lines that are there
# hold values, as the desk and this program write them; what a formula shows is read as a value.
_LOOKUPS: Mapping[str, tuple[type[Any], str, str]] = {
    "name": (ReaderRow, "reader_no", "name"),
    "class_name": (ReaderRow, "reader_no", "class_name"),
    "title": (AccessionRow, "accession_no", "title"),
}


def add_frame(book: Any, page: LedgerSheet, styles: Styles, lists: ChoiceLists, width: int, school_name: str) -> Any:
    """Add the sheet of a ledger's part, and return it. Row 2 is a pattern: a styled blank cell in each column."""
    sheet = book.add_worksheet(page.name)
    sheet.set_tab_color(TAB_COLOURS[page.declared.group])
    sheet.set_row(0, _HEADER_HEIGHT)
    for index, field in enumerate(page.declared.fields):
        style = styles.column(field.kind, page.is_wrapped(field))
        sheet.set_column(index, index, field.column.width + _MARGIN, style)
        sheet.write_blank(FIRST_ROW - 1, index, None, style)
        if field.kind is not Kind.ANY:
            sheet.data_validation(page.column(field), validation(page.declared, field, lists, width))
    _add_table(sheet, page, styles)
    _mark_doubles(sheet, page, styles)
    _rule_lines(sheet, page, styles)
    everywhere = f"A{FIRST_ROW}:XFD{LAST_ROW}"
    # Numbers are texts with their zeros, and a value may stand where a new line has its formula.
    sheet.ignore_errors({"number_stored_as_text": everywhere, "calculated_column": everywhere})
    sheet.freeze_panes(1, page.frozen_columns)
    sheet.repeat_rows(0)
    if page.pages_wide > 1:
        # A wide ledger is printed as the paper one is bound: a line runs over facing pages, its number on both.
        sheet.print_across()
        sheet.repeat_columns(0, max(page.frozen_columns - 1, 0))
    set_up_print(sheet, page.declared.name, school_name, page.pages_wide)
    return sheet


def _add_table(sheet: Any, page: LedgerSheet, styles: Styles) -> None:
    formulas = {total.field: total.formula(page.name) for total in totals_of(page)} | _lookups_of(page)
    columns = [
        {"header": field.header, "header_format": styles.header(field.required)}
        | ({"formula": formulas[field.name], "format": styles.column(field.kind)} if field.name in formulas else {})
        for field in page.declared.fields
    ]
    options = {"name": page.name, "columns": columns, "style": "Table Style Light 1", "banded_rows": True}
    # Two rows only: XlsxWriter keeps a note of every cell of a table. The true end is put in with the rows.
    sheet.add_table(HEADER_ROW - 1, 0, FIRST_ROW - 1, len(columns) - 1, options)


def _mark_doubles(sheet: Any, page: LedgerSheet, styles: Styles) -> None:
    doubled = styles.make(bg_color=PALE_RED, font_color=RED)
    for field in page.declared.unique:
        sheet.conditional_format(page.column(field, page.spare_end), {"type": "duplicate", "format": doubled})


def _rule_lines(sheet: Any, page: LedgerSheet, styles: Styles) -> None:
    last = column_letters(len(page.declared.fields))
    key = column_letters(page.declared.positions[page.declared.key])
    cells = f"A{FIRST_ROW}:{last}{page.spare_end}"
    rule = {"type": "formula", "criteria": f'=${key}{FIRST_ROW}<>""', "format": styles.written()}
    sheet.conditional_format(cells, rule)


# -- what a new line of 借阅登记账 fills in by itself ----------------------------------------------------------


def _lookups_of(page: LedgerSheet) -> dict[str, str]:
    """The formulas of a page by field; a ledger in several parts has none, for no formula spans its tables."""
    if page.declared.row_type is not LoanRow or page.part:
        return {}
    return {field: _formula(page.name, *where) for field, where in _LOOKUPS.items()}


def _formula(table: str, register: type[Any], key: str, field: str) -> str:
    declared = SHEETS[register]
    own = f"{table}[[#This Row],[{header_of(LoanRow, key)}]]"
    keys, values = (f"{declared.name}[{declared.by_name[name].header}]" for name in (key, field))
    # Without &"" a blank cell would show as 0.
    return f'IF({own}="","",IFERROR(INDEX({values},MATCH({own},{keys},0))&"",""))'
