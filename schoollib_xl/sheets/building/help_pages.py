"""The sheets that are no ledger: 首页 with a link to every sheet, 栏目说明, 核对目录, and 借还台 beside macros."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from schoollib_xl.checks.every import ALL
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Group
from schoollib_xl.ledgers.school import SETTINGS, School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.sheets.building.prompts import explained
from schoollib_xl.sheets.desk import ASKED, FIRST_ROW, DeskField
from schoollib_xl.sheets.layout import LedgerSheet, height, quoted, set_up_print
from schoollib_xl.sheets.own_sheets import CHECK_GUIDE, COLUMN_GUIDE, DESK, FRONT_PAGE
from schoollib_xl.sheets.styles import DEEP, PALE_AMBER, PALE_RED, RED, Styles
from schoollib_xl.wording.checking.catalogue import blanked
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS, DESK_GROUP
from schoollib_xl.wording.excel.functions import AVAILABLE, FUNCTIONS, arguments_words
from schoollib_xl.wording.places import column_letters
from schoollib_xl.wording.zh import SEVERITY

_COLUMN_HEADERS = {"工作表": 14, "栏目": 16, "必填": 6, "填什么": 14, "说明": 44, "可选的词": 34, "例": 20}
_CHECK_HEADERS = {"编码": 9, "程度": 7, "核对什么": 24, "为什么要紧": 44, "怎么改": 60}

TITLE = "图书室七本账"
_STEPS = (
    "① 在“基本信息”里填好学校名称、学期起止日期和截止日期。",
    "② 填“班级”“读者名册”“开放时间”和“校历”；借阅规则、任务指标已有一套通行的，照本校的改。",
    "③ 从“总括登记账”开始记账：一批一行，再到“个别登记账”一册一行。选中格子，旁边会出现填写说明。",
)
_CHECKING = (
    "保存以后，在工作簿所在的文件夹运行：schoollib check 图书室七本账.xlsx",
    "结果写在同一文件夹的“核对结果.xlsx”里，点一下就跳到这里的格子；这本工作簿本身不会被改动。",
)
_BUTTON_HELP = (
    "同样的按钮在上面的“图书室”选项卡里；“核对账册”不改账，只写“核对结果”这张表，给有问题的格子上颜色。",
    "按钮没有反应：关掉工作簿，右键点文件，在“属性”里勾上“解除锁定”，再打开，点“启用内容”。",
    "不能用按钮的电脑（如WPS）：运行 schoollib serve 图书室七本账.xlsm，网页上随时看得到问题，每次保存自己更新。",
)
_BUTTONS_ABREAST = 5
_BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_LINE = 118, 26, 27
_LINE_HEIGHT = 20
_COLUMNS = {"A": 2, "B": 16, "C": 78, "D": 12}
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


class _Line(NamedTuple):
    name: str
    purpose: str
    formula: str = ""
    written: int = 0


class FrontPage:
    """Writes 首页 from top to bottom."""

    def __init__(self, book: Any, styles: Styles, has_macros: bool) -> None:
        self._sheet = book.add_worksheet(FRONT_PAGE)
        self._styles = styles
        self._has_macros = has_macros
        self._row = 0

    def write(self, school: School, pages: list[LedgerSheet], counts: dict[str, int]) -> None:
        """Write the page; `counts` is how many lines each ledger has."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.set_tab_color(DEEP)
        for letters, width in _COLUMNS.items():
            sheet.set_column(f"{letters}:{letters}", width)
        self._write_title(school)
        self._write_paragraphs("先做这三步", _STEPS)
        if self._has_macros:
            self._write_buttons()
        else:
            self._write_paragraphs("怎样核对", _CHECKING)
        self._write_legend()
        for group in Group:
            ledgers = groupby((page for page in pages if page.declared.group is group), lambda page: page.declared)
            self._write_table(group.value, [_line_of(list(parts), counts) for _, parts in ledgers])
        if self._has_macros:
            self._write_table(DESK_GROUP, [_Line(DESK, "扫证号和条码：能不能借、照哪一条规则，按“确认”记到账上")])
        guides = [_Line(COLUMN_GUIDE, "每一栏填什么"), _Line(CHECK_GUIDE, "每一项核对看什么、怎么改")]
        self._write_table("说明", guides)
        set_up_print(sheet, TITLE, school.name or "", landscape=False)
        sheet.fit_to_pages(1, 1)
        sheet.activate()
        sheet.set_first_sheet()

    def _write_title(self, school: School) -> None:
        self._sheet.set_row(0, 40)
        self._sheet.write_string("B1", TITLE, self._styles.title())
        name = " ".join(filter(None, (school.name, school.school_year, school.term_name)))
        said = '&" "&'.join(_setting(item) for item in ("学校名称", "学年", "学期"))
        self._sheet.write_formula("B2", f"=TRIM({said})", self._styles.text(text_wrap=False, font_size=12), name)
        self._row = 3

    def _write_paragraphs(self, heading: str, paragraphs: tuple[str, ...]) -> None:
        if heading:
            self._write_heading(heading)
        for paragraph in paragraphs:
            self._sheet.merge_range(self._row, 1, self._row, 3, "", self._styles.text())
            self._sheet.write_string(self._row, 1, paragraph, self._styles.text())
            self._sheet.set_row(self._row, _LINE_HEIGHT)
            self._row += 1
        self._row += 1

    def _write_buttons(self) -> None:
        self._write_heading("按钮")
        for index, button in enumerate(BUTTONS):
            line, place = divmod(index, _BUTTONS_ABREAST)
            row = self._row + line
            self._sheet.set_row(row, _BUTTON_LINE)
            where = {"width": _BUTTON_WIDTH, "height": _BUTTON_HEIGHT, "x_offset": 4 + place * (_BUTTON_WIDTH + 8)}
            options = {"macro": button.macro, "caption": button.caption, "y_offset": 4, **where}
            self._sheet.insert_button(row, 1, options)
        self._row += -(-len(BUTTONS) // _BUTTONS_ABREAST)
        self._write_paragraphs("", _BUTTON_HELP)

    def _write_legend(self) -> None:
        styles = self._styles
        self._write_heading("颜色")
        doubled = styles.boxed(bg_color=PALE_RED, font_color=RED, align="center")
        for sample, style, meaning in (
            ("必填的栏", styles.header(required=True), "每一行都要填。"),
            ("选填的栏", styles.header(required=False), "没有就空着。"),
            ("000123", doubled, "同一个号填了两次，查一查是哪一行记错了。"),
        ):
            self._sheet.write_string(self._row, 1, sample, style)
            self._sheet.write_string(self._row, 2, meaning, styles.text())
            self._row += 1
        self._row += 1

    def _write_table(self, heading: str, lines: list[_Line]) -> None:
        self._write_heading(heading, "已记行数" if any(line.formula for line in lines) else "")
        for line in lines:
            link = f"internal:{quoted(line.name)}!A1"
            self._sheet.write_url(self._row, 1, link, self._styles.link(), line.name)
            self._sheet.write_string(self._row, 2, line.purpose, self._styles.boxed())
            count = self._styles.boxed(num_format="#,##0", align="right")
            if line.formula:
                self._sheet.write_formula(self._row, 3, line.formula, count, line.written)
            else:
                self._sheet.write_blank(self._row, 3, None, count)
            self._row += 1
        self._row += 1

    def _write_heading(self, heading: str, right: str = "") -> None:
        style = self._styles.heading()
        for column, text in enumerate((heading, "", right), 1):
            self._sheet.write_string(self._row, column, text, style) if text else self._sheet.write_blank(
                self._row, column, None, style
            )
        self._row += 1


def add_column_guide(book: Any, styles: Styles) -> None:
    """栏目说明: every column of every sheet, every setting, and the worksheet functions."""
    sheet = _add(book, COLUMN_GUIDE, _COLUMN_HEADERS, styles)
    for row, line in enumerate(column_lines(), 1):
        _write(sheet, row, line, _COLUMN_HEADERS, styles)
        sheet.write_url(row, 0, f"internal:{quoted(line[0])}!A1", styles.link(), line[0])
    for row, line in enumerate(function_lines(), 1 + len(list(column_lines()))):
        _write(sheet, row, line, _COLUMN_HEADERS, styles)


def add_check_guide(book: Any, styles: Styles) -> None:
    """核对目录: every check with its reason and its remedy."""
    sheet = _add(book, CHECK_GUIDE, _CHECK_HEADERS, styles)
    for row, check in enumerate(ALL.values(), 1):
        line = (check.code, SEVERITY[check.severity], check.title, check.why, blanked(check.fix))
        _write(sheet, row, line, _CHECK_HEADERS, styles)


def column_lines() -> Iterator[tuple[str, ...]]:
    """Sheet, header, 必填, kind, help, words to choose from and example of every column and setting."""
    for declared in ALL_SHEETS:
        for field in declared.fields:
            yield declared.name, field.header, "是" if field.required else "", *explained(declared, field)
    declared = SHEETS[SettingRow]
    for field in SETTINGS.values():
        yield declared.name, f"项目“{field.header}”", "", *explained(declared, field)


def function_lines() -> Iterator[tuple[str, ...]]:
    """The worksheet functions, in the columns that explain a column: name, what it gives, what goes in, example."""
    yield "表格函数", "", "", "", AVAILABLE, "", ""
    for one in FUNCTIONS:
        yield "表格函数", one.name, "", "公式", f"{one.gives}。依次填：{arguments_words(one)}。", "", one.example


def _add(book: Any, name: str, headers: dict[str, int], styles: Styles) -> Any:
    sheet = book.add_worksheet(name)
    for column, (header, width) in enumerate(headers.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles.header(required=True))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    set_up_print(sheet, name, "")
    return sheet


def _write(sheet: Any, row: int, line: Sequence[str], headers: dict[str, int], styles: Styles) -> None:
    sheet.set_row(row, height(line, headers.values()))
    for column, text in enumerate(line):
        sheet.write_string(row, column, text, styles.boxed())


def _line_of(parts: list[LedgerSheet], counts: dict[str, int]) -> _Line:
    declared = parts[0].declared
    key = declared.by_name[declared.key]
    counted = "+".join(f"COUNTA({quoted(part.name)}!{part.column(key)})" for part in parts)
    return _Line(parts[0].name, declared.purpose, f"={counted}", counts[declared.name])


def _setting(item: str) -> str:
    """A setting as it stands in 基本信息 now."""
    declared = SHEETS[SettingRow]
    items, value = (column_letters(declared.positions[name]) for name in ("item", "value"))
    place = f"{quoted(declared.name)}!${items}:${value}"
    return f'IFERROR(VLOOKUP("{item}",{place},2,FALSE)&"","")'


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
