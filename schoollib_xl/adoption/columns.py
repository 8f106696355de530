"""Columns known by what stands in them, where their headers say nothing: ISBN, class numbers, prices."""

import re
from collections.abc import Callable, Iterable

from schoollib_xl.adoption.cells import price_of
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.ledgers.identifiers import is_class_no
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.texts import book_number, class_number, cleaned
from schoollib_xl.sheets.reading.tidy import shown

_SAMPLE = 200
# So many of the filled cells must be of the kind before a column is taken for it.
_MOST = 0.8
_FEWEST = 3
BY_CONTENT = "内容"


def _is_isbn(value: CellValue) -> bool:
    text = book_number(cleaned(shown(value)))
    return bool(re.fullmatch(r"97[89]\d{10}|7\d{8}[\dX]", text))


def _is_class_no(value: CellValue) -> bool:
    text = class_number(cleaned(shown(value)))
    return is_class_no(text) and any(map(str.isdigit, text))


def _is_marked_price(value: CellValue) -> bool:
    text = shown(value)
    return bool(re.search(r"CNY|RMB|[￥¥元]", text)) and price_of(value).value is not None


_TELLERS: dict[str, Callable[[CellValue], bool]] = {
    "isbn": _is_isbn,
    "class_no": _is_class_no,
    "price": _is_marked_price,
}


def recognise_by_content(table: FoundTable) -> None:
    """Give the columns whose headers are not known the field their cells tell of, where the table lacks it."""
    if table.kind is None:
        return
    free = [at for at in table.headers if at not in table.columns.values()]
    for name, tells in _TELLERS.items():
        if (
            name not in table.kind.by_name
            or name in table.columns
            or (name == "class_no" and "call_no" in table.columns)
        ):
            continue
        at = next((at for at in free if _mostly(tells, _filled(table, at))), None)
        if at is not None:
            table.columns[name] = at
            table.how[at] = BY_CONTENT
            free.remove(at)


def _filled(table: FoundTable, at: int) -> list[CellValue]:
    cells = (line.cells[at - 1] for line in table.lines[:_SAMPLE] if len(line.cells) >= at)
    return [value for value in cells if shown(value).strip()]


def _mostly(tells: Callable[[CellValue], bool], cells: Iterable[CellValue]) -> bool:
    judged = [tells(value) for value in cells]
    return len(judged) >= _FEWEST and sum(judged) >= _MOST * len(judged)
