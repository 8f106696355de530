"""One cell, made into what its column holds, or named for what it is instead."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from schoollib_xl.ledgers.identifiers import BookNumber, ClassNumber, code_before_date
from schoollib_xl.ledgers.schema import Field, Kind
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.ledgers.units import BEYOND_COUNTING, to_cents
from schoollib_xl.sheets.cells import ERROR_TEXTS, CellValue, ErrorValue, MergedFigure, Uncalculated
from schoollib_xl.sheets.reading.texts import LEAKED, NOTHING, PUNCTUATION, book_number, class_number, cleaned, unhidden

# Most books are read without these four, which `re` compiles when they are first asked.
_UNITS = r"(?:册|本|种|期|份|人|次|天|日|个|分钟)$"
_NUMBER = r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?|[-+]?\.\d+"
_TWO_FIGURES = r"\d\s*[\s/;；、]\s*\d"
_TIME = (
    r"(?P<part>上午|早上|早晨|中午|下午|傍晚|晚上)?\s*(?P<hour>\d{1,2})\s*"
    r"[:时点]\s*(?:(?P<minute>\d{1,2})?\s*分?(?::\d{1,2})?|(?P<half>半))"
)
# 下午2点 is 14:00 and 中午1点 is 13:00; 中午11点 and 下午14点 are as they stand.
_BEFORE_NOON = {"下午": 12, "傍晚": 12, "晚上": 12, "中午": 11}
# An export that took identifiers for numbers writes them so: 123.0.
_NUMBER_AS_TEXT = re.compile(r"\d+\.0")
# What Excel shows of a number too long for its cell, saved as text: 9.78702E+12.
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
# A number in a cell has 15 digits; of a longer one the last digits are gone (ECMA-376, IEEE 754).
_DIGITS = 15
# No school library has books registered earlier or plans made for later; other years are slips of the pen.
_YEARS = range(1900, 2101)
# A copy number has six to eight digits; a longer one is two barcodes scanned into one cell. Excel keeps 15.
LONGEST_NUMBER = 15
# The longest text that may be a number, a name or a code of anything.
_LONGEST_NAME = 100
# Columns in which a dash or 无 may be what somebody wants to say.
_SAYS_ANYTHING = frozenset({Kind.TEXT, Kind.ANY})
# What a number is in a column that is larger than any can be (1e400, 5,000 digits): its digits are gone.
_BEYOND_NUMBERS = {
    Kind.DATE: Flaw.NOT_A_DATE,
    Kind.TIME: Flaw.NOT_A_TIME,
    Kind.CHOICE: Flaw.NOT_IN_LIST,
    **dict.fromkeys((Kind.COUNT, Kind.MONEY, Kind.NUMBER), Flaw.NOT_A_NUMBER),
    **dict.fromkeys((Kind.TEXT, Kind.IDENTIFIER, Kind.ANY), Flaw.DIGITS_LOST),
}
_FORMS: dict[type, Callable[[str], str]] = {ClassNumber: class_number, BookNumber: book_number}


class Flawed(NamedTuple):
    """A cell that is not quite, or not at all, what its column holds."""

    flaw: Flaw
    text: str
    taken: Any = None


def tidy(value: CellValue, field: Field, width: int) -> Any:
    """The value as the column's kind, None for a blank, or `Flawed`.

    `width` is the school's 个别登记号位数. Understood flaws carry the value taken.
    """
    if isinstance(value, ErrorValue):
        return Flawed(Flaw.ERROR_VALUE, value.text)
    if isinstance(value, MergedFigure):
        return Flawed(Flaw.MERGED, value.text)
    if isinstance(value, Uncalculated):
        return Flawed(Flaw.UNCALCULATED, value.formula)
    if isinstance(value, float) and not isfinite(value):
        return Flawed(_BEYOND_NUMBERS[field.kind], "太大的数")
    if isinstance(value, bool):
        value = "TRUE" if value else "FALSE"
    if isinstance(value, str):
        if (plain := unhidden(value)) != value:
            return _without_hidden(plain, field, width)
        value = cleaned(value)
        if value in ERROR_TEXTS:
            # A formula's answer pasted as it stood; nobody and no book is called #N/A.
            return Flawed(Flaw.ERROR_VALUE, value)
        if not value or value.lower() in LEAKED or value in field.column.blanks:
            return None if field.nullable else Flawed(Flaw.BLANK, "")
        if field.nullable and value in NOTHING and field.kind not in _SAYS_ANYTHING and value not in field.words:
            return None
    taken = _identifier(value, field, width) if field.kind is Kind.IDENTIFIER else _TIDY[field.kind](value, field)
    return _within_limits(taken, field)


def _without_hidden(plain: str, field: Field, width: int) -> Any:
    taken = tidy(plain, field, width)
    return taken if isinstance(taken, Flawed) or taken is None else Flawed(Flaw.HIDDEN_SIGNS, plain, taken)


def shown(value: CellValue) -> str:
    """The cell's text as Excel shows it and as a message quotes it."""
    if isinstance(value, float):
        # What binary adds beyond the digits of a cell nobody typed.
        return str(int(value)) if value.is_integer() and abs(value) < 10**_DIGITS else f"{value:.{_DIGITS}g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, timedelta):
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    return str(value)


def _within_limits(taken: Any, field: Field) -> Any:
    value = taken.taken if isinstance(taken, Flawed) else taken
    return taken if value is None or field.allows(value) else Flawed(Flaw.OUT_OF_RANGE, shown(value))


def _text(value: CellValue, field: Field) -> str:
    return shown(value)


def _choice(value: CellValue, field: Field) -> Any:
    text = shown(value)
    return field.words.get("".join(text.split())) or Flawed(Flaw.NOT_IN_LIST, text)


def _identifier(value: CellValue, field: Field, width: int) -> Any:
    if isinstance(value, date):
        return Flawed(Flaw.DATE_FOR_TEXT, value.isoformat()[:10], code_before_date(value))
    if isinstance(value, int | float) and abs(value) >= 10**_DIGITS:
        # Its digits are not quoted: what stands in such a column may be an identity number.
        return Flawed(Flaw.DIGITS_LOST, f"{len(str(int(abs(value))))} 位的数")
    text = shown(value).translate(PUNCTUATION)
    if _ROUNDED.fullmatch(text):
        return Flawed(Flaw.DIGITS_LOST, text)
    was_number = not isinstance(value, str)
    if _NUMBER_AS_TEXT.fullmatch(text):
        text, was_number = text.removesuffix(".0"), True
    if len(text) > longest(field):
        return Flawed(Flaw.OUT_OF_RANGE, f"{text[:LONGEST_NUMBER]}…")
    if form := _FORMS.get(type(field.identifies)):
        return form(text)
    if was_number and field.is_accession_no and len(text) < width and text.isdecimal():
        return Flawed(Flaw.ZEROS_LOST, text, text.zfill(width))
    return text


def longest(field: Field) -> int:
    """How many signs the longest text has that an identifier of this column can be."""
    return LONGEST_NUMBER if field.is_accession_no else _LONGEST_NAME


def _number(value: CellValue) -> Decimal | Flawed:
    if isinstance(value, int | float):
        return Decimal(shown(value))
    if not isinstance(value, str):
        return Flawed(Flaw.NOT_A_NUMBER, shown(value))
    bare = re.sub(_UNITS, "", value.translate(PUNCTUATION)).strip()
    if re.fullmatch(_NUMBER, bare):
        return Flawed(Flaw.TEXT_NUMBER, value, Decimal(bare.replace(",", "")))
    # Few cells ask for these rooms, whose regular expressions take as long to compile as thousands of cells to read.
    from schoollib_xl.sheets.reading.prices import WHOLE_SET, prices_in

    prices = set(prices_in(value))
    # 25元/套 beside a number of its own is what that copy cost.
    if len(prices) != 1 or any(price.volumes not in (1, WHOLE_SET) for price in prices):
        return Flawed(Flaw.NOT_A_NUMBER, value)
    return Flawed(Flaw.TEXT_NUMBER, value, prices.pop().yuan)


def _converted(value: CellValue, convert: Callable[[Decimal], Any]) -> Any:
    number = _number(value)
    exact = number.taken if isinstance(number, Flawed) else number
    if exact is None:
        return number
    if abs(exact) >= BEYOND_COUNTING:
        return Flawed(Flaw.OUT_OF_RANGE, shown(value))
    return number._replace(taken=convert(exact)) if isinstance(number, Flawed) else convert(exact)


def _money(value: CellValue, field: Field) -> Any:
    return _converted(value, to_cents)


def _plain(value: CellValue, field: Field) -> Any:
    tells = field.column.figure
    if tells and isinstance(value, str) and (figure := tells(value)) is not None:
        return figure
    return _converted(value, lambda number: number)


def _count(value: CellValue, field: Field) -> Any:
    tells = field.column.figure
    if tells and isinstance(value, str) and not value.isdecimal() and (figure := tells(value)) is not None:
        return figure
    number = _number(value)
    exact = number.taken if isinstance(number, Flawed) else number
    if isinstance(value, str) and re.search(_TWO_FIGURES, value):
        return Flawed(Flaw.NOT_A_NUMBER, value)
    if exact is not None and exact != exact.to_integral_value():
        return Flawed(Flaw.NOT_WHOLE, shown(value))
    return _converted(value, int)


def _date(value: CellValue, field: Field) -> Any:
    taken = _day(value)
    day = taken.taken if isinstance(taken, Flawed) else taken
    return taken if day is None or day.year in _YEARS else Flawed(Flaw.OUT_OF_RANGE, shown(value))


def _day(value: CellValue) -> date | Flawed:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    from schoollib_xl.sheets.reading.dates import numeric_date, typed_date

    if isinstance(value, int | float):
        taken = numeric_date(int(value))
    else:
        taken = typed_date(shown(value).translate(PUNCTUATION))
    return Flawed(Flaw.TEXT_DATE if taken else Flaw.NOT_A_DATE, shown(value), taken)


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
    match = re.fullmatch(_TIME, shown(value).translate(PUNCTUATION))
    if match is None:
        return None
    hour, minute = int(match["hour"]), 30 if match["half"] else int(match["minute"] or 0)
    if hour < _BEFORE_NOON.get(match["part"], 0):
        hour += 12
    return hour * 60 + minute if minute < 60 else None


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
