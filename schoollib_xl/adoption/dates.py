"""Days as people write them: 2018-3-5, 2018.3.5, 二〇一八年三月五日, 20180305, 5-Mar-18 …"""

import re
from calendar import month_abbr
from datetime import date, datetime, timedelta

from schoollib_xl.adoption.transforms import REAL_DATE, SHORT_YEAR, Read, Step
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import shown

_EPOCH = date(1899, 12, 30)
# Serial numbers of 1954 to 2119, as everywhere in the house.
_SERIALS = range(20_000, 80_000)
_TIME = r"(?:[T\s]+(?:星期.|周.)?\s*(?:上午|下午)?\d{1,2}[:时]\d{1,2}.*)?"
_WEEKDAY = r"(?:\s*[(（]?(?:星期|周)[一二三四五六日天1-6][)）]?)?"
_DAY_LAST = re.compile(
    rf"(\d{{4}}|\d{{2}})\s*[-/.,年\s、]\s*(\d{{1,2}})\s*[-/.,月\s、]\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}"
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr)}
_ENGLISH = re.compile(r"(\d{1,2})[-\s]([A-Za-z]{3})[a-z]*[-,\s]+(\d{4}|\d{2})")
_ENGLISH_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WIDE = str.maketrans("０１２３４５６７８９－—–．／，：", "0123456789---./,:")


def day_of(value: CellValue, today: date) -> Read:
    """The cell as a day; what names no full day cannot be read."""
    if isinstance(value, datetime):
        return Read(value.date())
    if isinstance(value, date):
        return Read(value)
    text = " ".join(shown(value).translate(_WIDE).split())
    if not text:
        return Read()
    day, transform = _serial(value, text), REAL_DATE
    if day is None:
        day, has_short_year = _written(text, today)
        transform = SHORT_YEAR if has_short_year else REAL_DATE
    if day is None:
        return Read(verbatim=shown(value).strip())
    return Read(day, (Step(transform, text, day.isoformat()),) if text != day.isoformat() else ())


def _serial(value: CellValue, text: str) -> date | None:
    is_number = isinstance(value, int | float) or re.fullmatch(r"\d{5}(\.\d+)?", text) is not None
    if not is_number or not re.fullmatch(r"\d{5}(\.\d+)?", text) or int(float(text)) not in _SERIALS:
        return None
    return _EPOCH + timedelta(days=int(float(text)))


def _written(text: str, today: date) -> tuple[date | None, bool]:
    """The day, and whether its year was written with two digits."""
    arabic = _arabic(text)
    if match := _DAY_LAST.fullmatch(arabic) or _COMPACT.fullmatch(arabic):
        year, month, day = match.groups()
    elif match := _ENGLISH.fullmatch(text):
        day, month, year = match[1], str(_MONTHS.get(match[2].lower(), 0)), match[3]
    elif match := _ENGLISH_MONTH_FIRST.fullmatch(text):
        month, day, year = str(_MONTHS.get(match[1].lower(), 0)), match[2], match[3]
    else:
        return None, False
    try:
        return date(_full_year(year, today), int(month), int(day)), len(year) == 2
    except ValueError:
        return None, False


def _full_year(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= today.year % 100 else 1900)


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二五年十二月三十一日 → 2025年12月31日."""
    text = re.sub(r"([一二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([一二三])十", r"\g<1>0", text)
    text = re.sub(r"十([一二三四五六七八九])", r"1\1", text)
    return text.replace("十", "10").translate(_NUMERALS)
