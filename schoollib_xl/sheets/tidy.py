"""One cell, made into what its column holds, or named for what it is instead."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from schoollib_xl.ledgers.identifiers import code_before_date
from schoollib_xl.ledgers.schema import Column, Field, Identifier, Kind, Plain
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Uncalculated


class Flawed(NamedTuple):
    """A cell that is not quite, or not at all, what its column holds."""

    flaw: Flaw
    text: str
    taken: Any = None


_CENT = Decimal("0.01")
# Full-width letters and digits and the full-width blank; punctuation stays as she typed it.
_HALF_WIDTH: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for r in ("０９", "ＡＺ", "ａｚ") for code in range(ord(r[0]), ord(r[1]) + 1)},
    **dict.fromkeys((0x3000, 0xA0), " "),
    **dict.fromkeys((0x200B, 0xFEFF)),
}
_PUNCTUATION = str.maketrans("－—–．，：／（）", "---.,:/()")
_CURRENCY = re.compile(r"^(?:CNY|RMB|人民币|[￥¥])|(?:元整?|RMB|册|本|种|期|份|人|次|天)$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?|[-+]?\.\d+")
_DATE = re.compile(r"(\d{4}|\d{2})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*[日号]?(?:[T\s].*)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*分?(?::\d{1,2})?")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_EPOCH = date(1899, 12, 30)
# Serial numbers taken for dates when a date column holds a bare number: 1954 to 2119.
_SERIALS = range(20_000, 80_000)


def tidy(value: CellValue, field: Field, width: int) -> Any:
    """The value as the column's kind, None for a blank, or `Flawed`.

    `width` is the school's 个别登记号位数. Understood flaws carry the value taken.
    """
    if isinstance(value, ErrorValue):
        return Flawed(Flaw.ERROR_VALUE, value.text)
    if isinstance(value, Uncalculated):
        return Flawed(Flaw.UNCALCULATED, value.formula)
    if isinstance(value, float) and not isfinite(value):
        return Flawed(Flaw.NOT_A_NUMBER, str(value))
    if isinstance(value, bool):
        value = "TRUE" if value else "FALSE"
    if isinstance(value, str):
        value = value.translate(_HALF_WIDTH).strip().lstrip("'")
        if not value:
            return None if field.nullable else Flawed(Flaw.BLANK, "")
    taken = (
        _identifier(value, field, width) if field.kind is Kind.IDENTIFIER else _TIDY[field.kind](value, field)
    )
    return _within_limits(taken, field)


def shown(value: CellValue) -> str:
    """The cell's text, as a message quotes it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _within_limits(taken: Any, field: Field) -> Any:
    judge = _limits(field)
    value = taken.taken if isinstance(taken, Flawed) else taken
    if judge is None or value is None or judge(value):
        return taken
    return Flawed(Flaw.OUT_OF_RANGE, shown(value))


@cache
def _limits(field: Field) -> Callable[[Any], bool] | None:
    """A test of the constraints the field's annotation carries, by pydantic; None where it has none."""
    marks = getattr(field.annotation, "__metadata__", ())
    if all(isinstance(mark, Column | Identifier) or mark is Plain for mark in marks):
        return None
    from pydantic import TypeAdapter, ValidationError

    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation)

    def holds(value: Any) -> bool:
        try:
            adapter.validate_python(value)
        except ValidationError:
            return False
        return True

    return holds


def _text(value: CellValue, field: Field) -> str:
    return shown(value)


def _choice(value: CellValue, field: Field) -> Any:
    text = shown(value)
    match = next((choice for choice in field.choices if choice == text.replace(" ", "")), None)
    return match or Flawed(Flaw.NOT_IN_LIST, text)


def _identifier(value: CellValue, field: Field, width: int) -> Any:
    if isinstance(value, date):
        return Flawed(Flaw.DATE_FOR_TEXT, value.isoformat()[:10], code_before_date(value))
    text = shown(value)
    if isinstance(value, str):
        return text.translate(_PUNCTUATION) if field.column.header != "ISBN" else text
    if field.is_accession_no and len(text) < width and text.isdigit():
        return Flawed(Flaw.ZEROS_LOST, text, text.zfill(width))
    return text


def _number(value: CellValue) -> Decimal | Flawed:
    if isinstance(value, int | float):
        return Decimal(str(value))
    if not isinstance(value, str):
        return Flawed(Flaw.NOT_A_NUMBER, shown(value))
    bare = _CURRENCY.sub("", _CURRENCY.sub("", value.translate(_PUNCTUATION)).strip()).strip()
    if not _NUMBER.fullmatch(bare):
        return Flawed(Flaw.NOT_A_NUMBER, value)
    return Flawed(Flaw.TEXT_NUMBER, value, Decimal(bare.replace(",", "")))


def _converted(value: CellValue, convert: Callable[[Decimal], Any]) -> Any:
    number = _number(value)
    if not isinstance(number, Flawed):
        return convert(number)
    return number if number.taken is None else number._replace(taken=convert(number.taken))


def _money(value: CellValue, field: Field) -> Any:
    return _converted(value, lambda number: number.quantize(_CENT, ROUND_HALF_UP))


def _plain(value: CellValue, field: Field) -> Any:
    return _converted(value, lambda number: number)


def _count(value: CellValue, field: Field) -> Any:
    number = _converted(value, lambda number: number)
    exact = number.taken if isinstance(number, Flawed) else number
    if exact is None:
        return number
    if exact != exact.to_integral_value():
        return Flawed(Flaw.NOT_WHOLE, shown(value))
    return _converted(value, int)


def _date(value: CellValue, field: Field) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        taken = _EPOCH + timedelta(days=int(value)) if int(value) in _SERIALS else None
    else:
        taken = _typed_date(shown(value).translate(_PUNCTUATION))
    return Flawed(Flaw.TEXT_DATE if taken else Flaw.NOT_A_DATE, shown(value), taken)


def _typed_date(text: str) -> date | None:
    text = _arabic(text)
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二五年十二月三十一日 → 2025年12月31日."""
    text = re.sub(r"(?<![一二三])十(?![一二三四五六七八九])", "10", text)
    text = re.sub(r"(?<![一二三])十", "1", text)
    text = re.sub(r"([一二三])十(?![一二三四五六七八九])", r"\g<1>0", text).replace("十", "")
    return text.translate(_CHINESE_DIGITS)


def _time(value: CellValue, field: Field) -> Any:
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    minutes = _minutes(value)
    if minutes is None or not 0 <= minutes < 24 * 60:
        return Flawed(Flaw.NOT_A_TIME, shown(value))
    return time(*divmod(minutes, 60))


def _minutes(value: CellValue) -> int | None:
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, int | float):
        return round(value * 24 * 60) if 0 <= value < 1 else None
    match = _TIME.fullmatch(shown(value).translate(_PUNCTUATION))
    return int(match[1]) * 60 + int(match[2] or 0) if match and int(match[2] or 0) < 60 else None


def _any(value: CellValue, field: Field) -> Any:
    return value.date() if isinstance(value, datetime) else value


_TIDY: dict[Kind, Callable[[CellValue, Field], Any]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.NUMBER: _plain,
    Kind.ANY: _any,
}
