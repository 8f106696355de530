"""The sample school's books as an older program would have exported them: titles on top, other headers, columns
in another order, dates and prices as text, totals at the foot.
"""

from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from itertools import cycle
from typing import Any

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import DeclaredSheet, Field, Kind
from schoollib_xl.ledgers.supporting.office import SettingRow

_DAYS: tuple[Callable[[date], Any], ...] = (
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: day,
)
_PRICES: tuple[Callable[[Decimal], Any], ...] = (
    lambda price: f"CNY{price}",
    lambda price: f"{price}元",
    lambda price: f"￥{price}",
    float,
)


def old_style(ledger_set: LedgerSet) -> dict[str, list[list[Any]]]:
    """Every filled sheet of the set of ledgers in the old style, by the sheet's name."""
    return {
        sheet.name: list(_sheet(sheet, ledger_set.rows[sheet.row_type]))
        for sheet in ALL_SHEETS
        if ledger_set.rows.get(sheet.row_type)
    }


def _sheet(sheet: DeclaredSheet, rows: list[Any]) -> Iterator[list[Any]]:
    fields = list(reversed(sheet.fields)) if sheet.row_type is not SettingRow else list(sheet.fields)
    writers = [_writer(sheet, field) for field in fields]
    yield [f"{sheet.name}（旧系统导出）"]
    yield []
    yield ["序号 ", *(_header(field) for field in fields)] if _takes_numbers(sheet) else [_header(f) for f in fields]
    for number, row in enumerate(rows, 1):
        cells = [write(getattr(row, field.name)) for field, write in zip(fields, writers, strict=True)]
        yield [number, *cells] if _takes_numbers(sheet) else cells
    yield [f"合计 {len(rows)} 行"]


def _takes_numbers(sheet: DeclaredSheet) -> bool:
    """Whether a column of row numbers can stand in front: where 序号 means nothing else."""
    words = {word for field in sheet.fields for word in (field.header, *field.column.synonyms)}
    return "序号" not in words and sheet.row_type is not SettingRow


def _header(field: Field) -> str:
    return f" {field.column.synonyms[-1] if field.column.synonyms else field.header}"


def _writer(sheet: DeclaredSheet, field: Field) -> Callable[[Any], Any]:
    days, prices = cycle(_DAYS), cycle(_PRICES)

    def write(value: Any) -> Any:
        if value is None or isinstance(value, time):
            return value
        if field.kind is Kind.DATE:
            return next(days)(value)
        if field.kind is Kind.MONEY:
            return next(prices)(value)
        if field.name == "title":
            return f"《{value}》" if "《" not in value else value
        if field.name == "class_no":
            return f"{value} "
        if field.name == "isbn":
            return f"{value[:3]}-{value[3:]}"
        return str(value) if field.kind is Kind.CHOICE else value

    return write
