"""What Excel says and refuses while a cell is being filled: prompts, drop-downs, kinds of value."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from schoollib_xl.ledgers.schema import DeclaredSheet, Field, Kind
from schoollib_xl.sheets.building.lists import ChoiceLists
from schoollib_xl.wording.zh import say

# Excel's own limits for the title and the text of a prompt.
_TITLE, _TEXT = 32, 255
_MOST = 10_000_000
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2099, 12, 31)


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
