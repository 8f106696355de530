"""借还台: the sheet of the circulation desk, in the workbook with macros."""

from typing import Any

from schoollib_xl.desk.request import Act
from schoollib_xl.sheets.desk import ASKED, FIRST_ROW, DeskField
from schoollib_xl.sheets.layout import DESK, set_up_print
from schoollib_xl.sheets.styles import DEEP, PALE_AMBER, Styles
from schoollib_xl.wording.buttons import DESK_BUTTONS

_PROMPTS = {
    DeskField.READER: "扫借书证，或填证号。还书可以空着。",
    DeskField.COPY: "扫书上的条码，或填个别登记号。",
    DeskField.ACT: "空着：没借出的就是借，借出的就是还。",
    DeskField.DAY: "空着算今天；补记前几天的才填。",
}
_HEIGHTS = {DeskField.BASIS: 64, DeskField.DRAFT: 48, DeskField.LAST: 34}
_FIELD_HEIGHT = 26
_BUTTON_ROW = FIRST_ROW - 2
_BUTTON = {"width": 98, "height": 26}


def add_desk(book: Any, styles: Styles) -> None:
    """Add the sheet: what is scanned on top, the answer below, the buttons between."""
    sheet = book.add_worksheet(DESK)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(DEEP)
    for letters, width in {"A": 2, "B": 24, "C": 58, "D": 30}.items():
        sheet.set_column(f"{letters}:{letters}", width)
    sheet.write_string("B1", DESK, styles.title())
    sheet.set_row(0, 40)
    for row, field in enumerate(DeskField, FIRST_ROW - 1):
        _add_field(sheet, row, field, styles)
    for place, button in enumerate(DESK_BUTTONS):
        where = {**_BUTTON, "x_offset": 4 + place * 104, "y_offset": 4}
        sheet.insert_button(_BUTTON_ROW, 2, {"macro": button.macro, "caption": button.caption, **where})
    sheet.set_row(_BUTTON_ROW, 34)
    sheet.set_selection(FIRST_ROW - 1, 2, FIRST_ROW - 1, 2)
    set_up_print(sheet, DESK, "", landscape=False)


def _add_field(sheet: Any, row: int, field: DeskField, styles: Styles) -> None:
    sheet.set_row(row, _HEIGHTS.get(field, _FIELD_HEIGHT), None, {"hidden": field is DeskField.MEMORY})
    sheet.write_string(row, 1, field.value, styles.boxed(bold=True))
    if field not in ASKED:
        kept = {"num_format": "yyyy-mm-dd"} if field is DeskField.DUE else {"num_format": "@"}
        strong = {"bold": True, "font_size": 12} if field is DeskField.VERDICT else {}
        sheet.write_blank(row, 2, None, styles.boxed(align="left", **kept, **strong))
        return
    number_format = "yyyy-mm-dd" if field is DeskField.DAY else "@"
    filled_in = styles.boxed(bg_color=PALE_AMBER, font_size=14, align="left", num_format=number_format)
    sheet.write_blank(row, 2, None, filled_in)
    sheet.write_string(row, 3, _PROMPTS[field], styles.text(font_size=9))
    if field is DeskField.ACT:
        sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": [act.value for act in Act]})
