"""Whole numbers in Chinese numerals, small and formal, read and written: 十二, 廿五, 壹, 两, 一百零五, 二〇二五."""

import re
import unicodedata
from decimal import Decimal

NUMERALS = "零〇○一壹二贰貳两兩叁參三四肆五伍六陆陸七柒八捌九玖十拾百佰千仟廿卅"
# How a text counts things: as part of a pattern.
COUNT = "[零一二两三四五六七八九十百]{1,5}"
# A sign of a day or a year, in figures or numerals: as part of a pattern.
FIGURE = r"[\d〇零一二三四五六七八九十廿]"
_PLAIN = str.maketrans("〇○◯壹贰貳两兩叁參肆伍陆陸柒捌玖拾佰仟", "零零零一二二二二三三四五六六七八九十百千") | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_DIGITS = "零一二三四五六七八九"
_IN_DIGITS = str.maketrans(f"{_DIGITS}〇○◯", "0123456789000")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_POWERS = ("万", "千", "百", "十", "")
# Numerals below ten thousand: no library holds more of one title, and no book costs more.
_LONGEST = 8

_LEAST = (
    rf"(?P<before>不(?:得|应|能|可)?(?:少|低|小)于|至少|最少|最低|起码|>=|≥|≧|大于(?:或)?等于)?:?"
    rf"(?P<number>\d+(?:\.\d+)?|{COUNT})(?:[册本次种期份人名元个场字天%]|小时)?(?P<after>(?:[及或]?以上|[及或]更多))?"
)

TICKS = ("√", "✓", "✔", "☑", "✅")
CROSSES = ("×", "✗", "✘", "✕", "X", "x")
# Parts of a pattern: a word of not having done, and words of having done a part.
NOT = "(?:未|[没沒]有?)"
PARTLY = "一半|部分|[还尚][差欠缺少]"


def squeezed(text: str) -> str:
    """A text without blanks and with half-width signs, as it is searched and compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def number_in(text: str) -> int | None:
    """The number a text writes in numerals; None for other texts, 三五 and 一百二 too, of which nobody can tell
    whether 120 or 102 is meant.
    """
    plain = text.translate(_PLAIN).replace("一十", "十")
    if not plain or len(plain) > _LONGEST or any(sign not in _DIGITS and sign not in _UNITS for sign in plain):
        return None
    number = _value(plain)
    return number if plain == _written(number).replace("一十", "十") else None


def least_asked(text: str) -> Decimal | None:
    """The number a text sets as the least: 不少于8册, ≥8, 8册以上, 至少八次; None for other texts, ranges and the most
    that is allowed too, and where a time is named beside it (不少于8册/年), which a number would lose.
    """
    match = re.fullmatch(_LEAST, squeezed(text))
    if match is None or not (match["before"] or match["after"]):
        return None
    return decimal_in(match["number"])


def standard_in(text: str) -> Decimal | None:
    """The figure of a standard as people write it: 25, ≥25册, 98％, 不少于三次, 九成八 and 百分之九十八 (both 98);
    None where there is none.
    """
    plain = squeezed(text)
    if match := re.search(r"\d+(?:\.\d+)?", plain):
        return Decimal(match[0])
    if match := re.search("([一二三四五六七八九十])成([一二三四五六七八九半])?", plain):
        tenth = 5 if match[2] == "半" else number_in(match[2] or "零") or 0
        return Decimal(10 * (number_in(match[1]) or 0) + tenth)
    if match := re.search(f"百分之({COUNT})", plain):
        return decimal_in(match[1])
    return least_asked(plain)


def decimal_in(text: str) -> Decimal | None:
    """A number in figures, with decimals or without, or in numerals; None for what is none."""
    number = text if text[0].isdecimal() else number_in(text)
    return None if number is None else Decimal(number)


def whole_number(text: str) -> int | None:
    """The number a text writes in figures or numerals; None where it is none."""
    return int(text) if text.isdecimal() else number_in(text)


def in_digits(text: str) -> str:
    """A text with each numeral below ten as a figure: 二〇二五年 → 2025年."""
    return text.translate(_IN_DIGITS)


def numeral(number: int) -> str:
    """A number from 0 to 99,999 as headings count: 一, 十, 十一, 二十, 一百零一."""
    written = _written(number)
    return written.removeprefix("一") if 10 <= number < 20 else written


def _value(plain: str) -> int:
    total = digit = 0
    for sign in plain:
        if unit := _UNITS.get(sign):
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit


def _written(number: int) -> str:
    """The number as it is written out, 10 as 一十."""
    signs = [
        f"{_DIGITS[digit]}{power}" if digit else _DIGITS[0]
        for digit, power in zip(map(int, f"{number:05}"), _POWERS, strict=True)
    ]
    text = "".join(signs).strip(_DIGITS[0])
    while _DIGITS[0] * 2 in text:
        text = text.replace(_DIGITS[0] * 2, _DIGITS[0])
    return text or _DIGITS[0]
