"""A date as people type it, where the cell is not a date: 2025.9.1, 2025年9月1日, 20250901, 二〇二五年九月一日."""

import re
from datetime import date, timedelta

# Nothing may follow a date but its time of day or its weekday: 2025-9-1至2025-9-5 is no date.
_DATE = re.compile(
    r"(\d{4}|\d{2})\s*[-/.,、年\s]\s*(\d{1,2})\s*[-/.,、月\s]\s*(\d{1,2})\s*[日号.。]?"
    r"(?:[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\s*\(?(?:星期|周)[1-6日天]\)?)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_EPOCH = date(1899, 12, 30)
# Serial numbers taken for dates when a date column holds a bare number: 1954 to 2119.
_SERIALS = range(20_000, 80_000)
# Excel takes two digits of a year below 30 for this century.
_PIVOT_YEAR = 30


def typed_date(text: str) -> date | None:
    """The day a text means, its punctuation half width; None where it is no date or an impossible one."""
    text = _arabic(text)
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if year < 100:
        year += 2000 if year < _PIVOT_YEAR else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric_date(number: int) -> date | None:
    """The day a bare number means: an Excel serial number, or eight digits such as 20250901."""
    return _EPOCH + timedelta(days=number) if number in _SERIALS else typed_date(str(number))


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二五年十二月三十一日 → 2025年12月31日."""
    text = re.sub(r"(?<![一二三])十(?![一二三四五六七八九])", "10", text)
    text = re.sub(r"(?<![一二三])十", "1", text)
    text = re.sub(r"([一二三])十(?![一二三四五六七八九])", r"\g<1>0", text).replace("十", "")
    return text.translate(_CHINESE_DIGITS)
