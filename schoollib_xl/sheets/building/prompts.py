"""What Excel says, offers and refuses while a cell is being filled: prompts, drop-down lists, kinds of value."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Any

from schoollib_xl.checks.every import ALL
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field, Kind
from schoollib_xl.ledgers.school import SETTINGS, School
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, TargetRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, YesNo
from schoollib_xl.rules.target_names import FIGURE_NAMES, INSPECTION_NAMES, TARGET_NAMES
from schoollib_xl.sheets.layout import quoted
from schoollib_xl.sheets.own_sheets import LISTS
from schoollib_xl.wording.places import column_letters
from schoollib_xl.wording.zh import say

# Excel's own limit for a list written into the validation itself, commas included.
_MOST_CHARACTERS = 255
_MOST_ITEMS = 10
_SHEET_NAMES = tuple(sheet.name for sheet in ALL_SHEETS)
_SUGGESTED: dict[tuple[type[Any], str], tuple[str, ...]] = {
    (SettingRow, "item"): tuple(SETTINGS),
    (ClassificationRow, "class_letter"): CLASS_LETTERS,
    (CompensationRule, "whole_set"): tuple(YesNo),
    (TargetRow, "name"): TARGET_NAMES,
    (EvaluationRow, "figure"): (*TARGET_NAMES, *FIGURE_NAMES, *INSPECTION_NAMES),
    (EvaluationRow, "veto"): tuple(YesNo),
    (ExplanationRow, "code"): tuple(ALL),
    (ExplanationRow, "sheet_name"): _SHEET_NAMES,
    (MappingRow, "standard_sheet"): _SHEET_NAMES,
}
CLASS_LIST = "清单_本校班级"
_MOST = 10_000_000
_SHEET = SHEETS[SettingRow]
# Excel's own limits for the title and the text of a prompt.
_TITLE, _TEXT = 32, 255
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2099, 12, 31)


class ChoiceLists:
    """The lists of one workbook; `write` puts the long ones on their sheet."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, ...], str] = {}

    def source(self, declared: DeclaredSheet, field: Field) -> list[str] | str | None:
        """What a drop-down of this column offers: the words themselves or the name of a list; None for
        a column without one.
        """
        if field.name == "class_name" and declared.row_type is not ClassRow:
            return f"={CLASS_LIST}"
        words = choices(declared, field)
        if not words:
            return None
        if len(words) <= _MOST_ITEMS and len(",".join(words)) <= _MOST_CHARACTERS:
            return list(words)
        name = self._named.setdefault(words, f"清单_{declared.name}_{field.header}")
        return f"={name}"

    def write(self, book: Any) -> None:
        """Add the hidden sheet and the names of its lists."""
        sheet = book.add_worksheet(LISTS)
        sheet.hide()
        for column, (words, name) in enumerate(self._named.items()):
            sheet.write_column(0, column, (name, *words))
            letters = column_letters(column + 1)
            book.define_name(name, f"={quoted(LISTS)}!${letters}$2:${letters}${len(words) + 1}")
        book.define_name(CLASS_LIST, _classes_as_entered())


def validation(declared: DeclaredSheet, field: Field, lists: ChoiceLists, width: int) -> dict[str, Any]:
    """The validation of a column, as XlsxWriter takes it; `width` is the school's 个别登记号位数.

    Only a word outside its list is refused; everything else is a question, for old books hold surprises.
    """
    rule = _list_rule(declared, field, lists) or _width_rule(field, width) or _kind_rule(field)
    return {**rule, **prompt(field), "ignore_blank": True}


def prompt(field: Field) -> dict[str, str]:
    """The note beside the cell: header, help, whether it must be filled, an example."""
    return {"input_title": field.header[:_TITLE], "input_message": "".join(_said(field))[:_TEXT]}


def shown_example(field: Field) -> str:
    """The declared example as it is typed into a cell; '' where there is none."""
    value = field.column.example
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return say(value)
    return "" if value is None else str(value)


def explained(declared: DeclaredSheet, field: Field) -> tuple[str, ...]:
    """What the guides say of a column: kind, help, words to choose from, example."""
    words = "、".join(choices(declared, field))
    return field.kind.value, field.column.help, words, shown_example(field)


def _said(field: Field) -> Iterator[str]:
    if field.column.help:
        yield f"{field.column.help}。"
    yield "必填。" if field.required else "可以空着。"
    example = shown_example(field)
    if example:
        yield f"例：{example}"


def _list_rule(declared: DeclaredSheet, field: Field, lists: ChoiceLists) -> dict[str, Any] | None:
    source = lists.source(declared, field)
    if source is None:
        return None
    message = f"“{field.header}”从下拉列表里选。"
    refusal = "stop" if field.choices else "information"
    return {"validate": "list", "source": source, **_error(field, message, refusal)}


def _width_rule(field: Field, width: int) -> dict[str, Any] | None:
    if not field.is_accession_no:
        return None
    message = f"个别登记号应当是 {width} 位数字，前面的 0 不能少。"
    return {"validate": "length", "criteria": "==", "value": width, **_error(field, message)}


def _kind_rule(field: Field) -> dict[str, Any]:
    if field.kind is Kind.DATE:
        between = {"criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        return {"validate": "date", **between, **_error(field, "日期按 2025-9-1 这样填。")}
    if field.kind is Kind.TIME:
        between = {"criteria": "between", "minimum": time(0, 0), "maximum": time(23, 59)}
        return {"validate": "time", **between, **_error(field, "时间按 11:30 这样填。")}
    if field.kind is Kind.COUNT and field.column.figure is None:
        return {"validate": "integer", **_between(field), **_error(field, f"应当填{_range(field)}整数。")}
    if field.kind in (Kind.MONEY, Kind.NUMBER):
        return {"validate": "decimal", **_between(field), **_error(field, "只填数，单位不要填。")}
    return {"validate": "any"}


def _between(field: Field) -> dict[str, Any]:
    least, greatest = field.column.least, field.column.greatest
    return {"criteria": "between", "minimum": least or 0, "maximum": _MOST if greatest is None else greatest}


def _range(field: Field) -> str:
    least, greatest = field.column.least, field.column.greatest
    return f" {least} 到 {greatest} 的" if greatest is not None else ""


def _error(field: Field, message: str, refusal: str = "warning") -> dict[str, str]:
    return {"error_title": field.header[:_TITLE], "error_message": message, "error_type": refusal}


def choices(declared: DeclaredSheet, field: Field) -> tuple[str, ...]:
    """The words a column is filled with; empty where anything may stand there."""
    return field.choices or _SUGGESTED.get((declared.row_type, field.name), ())


def _classes_as_entered() -> str:
    """The names in 班级 as far down as there are any."""
    declared = SHEETS[ClassRow]
    letters = column_letters(declared.positions["class_name"])
    column = f"{quoted(declared.name)}!${letters}"
    return f"=OFFSET({column}$2,0,0,MAX(1,COUNTA({column}$2:${letters}$1000)),1)"


def setting_rows(school: School) -> list[SettingRow]:
    """The settings as the lines of 基本信息, in the order they are declared, blank ones included."""
    return [
        SettingRow(line, header, getattr(school, field.name), field.column.help or None)
        for line, (header, field) in enumerate(SETTINGS.items(), 2)
    ]


def prompt_settings(sheet: Any, rows: Iterable[SettingRow], lists: ChoiceLists, width: int) -> None:
    """Give the value cell of every known setting the prompt and the drop-down of that setting."""
    column = _SHEET.positions["value"] - 1
    for row in rows:
        if field := SETTINGS.get(row.item):
            sheet.data_validation(row.line - 1, column, row.line - 1, column, validation(_SHEET, field, lists, width))
