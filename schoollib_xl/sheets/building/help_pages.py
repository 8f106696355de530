"""栏目说明 and 核对目录 as the last sheets of the workbook."""

from collections.abc import Iterator, Sequence
from typing import Any

from schoollib_xl.checks.every import ALL
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.sheets.building.lists import choices
from schoollib_xl.sheets.building.prompts import shown_example
from schoollib_xl.sheets.layout import CHECK_GUIDE, COLUMN_GUIDE, height, quoted, set_up_print
from schoollib_xl.sheets.styles import Styles
from schoollib_xl.wording.catalogue import blanked
from schoollib_xl.wording.functions import AVAILABLE, FUNCTIONS, arguments_words
from schoollib_xl.wording.zh import SEVERITY

_COLUMN_HEADERS = {"工作表": 14, "栏目": 16, "必填": 6, "填什么": 14, "说明": 44, "可选的词": 34, "例": 20}
_CHECK_HEADERS = {"编码": 9, "程度": 7, "核对什么": 24, "为什么要紧": 44, "怎么改": 60}


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
            required, words = "是" if field.required else "", "、".join(choices(declared, field))
            said = (field.kind.value, field.column.help, words, shown_example(field))
            yield declared.name, field.header, required, *said
    for field in SETTINGS.values():
        words = "、".join(field.choices)
        yield "基本信息", f"项目“{field.header}”", "", field.kind.value, field.column.help, words, shown_example(field)


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
