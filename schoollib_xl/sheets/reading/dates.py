"""A day as people write it where the cell is no date: 2025.9.1, 二〇二五年九月一日, 1-Sep-25, 民国114年9月1日."""

import re
from datetime import date, time
from typing import NamedTuple

from schoollib_xl.ledgers.identifiers import ENGLISH_MONTHS
from schoollib_xl.ledgers.numerals import in_digits, number_in
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.units import day_of_serial

_YEAR = r"(?P<era>民[国國])?\s*(?P<year>\d{2,4})"
_SEPARATED = re.compile(
    rf"(?:公元)?{_YEAR}\s*[-/.。,、年\s]\s*(?P<month>\d{{1,2}})\s*[-/.。,、月\s]\s*(?P<day>\d{{1,2}})\s*[日号號.。]?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
# 20250908153000, as databases write a moment.
_ALL_FIGURES = re.compile(r"((?:19|20)\d{6})(\d\d)(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-\s](?P<name>[A-Za-z]{3})[a-z]*\.?[-,\s]+(?P<year>\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"(?P<name>[A-Za-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")
_FORMS = (_SEPARATED, _COMPACT, _DAY_FIRST, _MONTH_FIRST)
_YEARLESS = re.compile(r"(?P<month>\d{1,2})\s*[-/.。月]\s*(?P<day>\d{1,2})\s*[日号號.。]?")
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(ENGLISH_MONTHS, 1)}

# Nothing may follow a date but its weekday and its time of day: 2025-9-1至2025-9-5 is no date.
_WEEKDAY = r"\s*\(?(?:星期|周|週|礼拜)[1-7日天]\)?"
_HALF = r"(?P<half>上午|下午|中午|晚上|早上|凌晨|AM|PM)"
_CLOCK = (
    rf"[T\s]*{_HALF}?\s*(?P<hour>\d{{1,2}})\s*[:时時点點]\s*(?:(?P<minute>\d{{1,2}})\s*分?)?"
    rf"(?::?(?P<second>\d{{1,2}})(?:\.\d+)?\s*秒?)?\s*(?P<late>AM|PM)?(?:Z|[+-]\d{{2}}:?\d{{2}})?"
)
_AFTER = re.compile(rf"(?:{_WEEKDAY})?(?:{_CLOCK}|\s*{_HALF.replace('half', 'alone')})?(?:{_WEEKDAY})?", re.IGNORECASE)

# An eight-digit figure or an Excel serial number, told from other numbers by its range: serials of 1954 to 2119.
_SERIALS = range(20_000, 80_000)
_SERIAL_AS_TEXT = re.compile(r"\d{5}(?:\.\d+)?")
# The one rule for two digits of a year: below 50 it is this century's. No ledger of a school library that is still
# kept reaches back to 1949, and dates to come (应还, 止订) are as common as dates gone by.
_PIVOT_YEAR = 50
# 民国 1 is 1912. A year of three digits has no other meaning where it has come: 119 is 2030; a later one is more likely
# 2025 short of a figure (125, 205), and is read only where 民国 stands before it.
_REPUBLIC = 1911
_LAST_UNMARKED = 119
_NUMERAL = re.compile("[零〇○◯一二三四五六七八九十百廿卅]+")


class Moment(NamedTuple):
    """A day and the time of day beside it, where there is one; whether its year stood there with all its digits."""

    day: date
    clock: time | None = None
    has_full_year: bool = True


def typed_moment(text: str) -> Moment | None:
    """The day and time a text means, its punctuation half width; None where it is no date or an impossible one."""
    plain = _ALL_FIGURES.sub(r"\1 \2:\3:\4", text) if _ALL_FIGURES.fullmatch(text) else in_arabic(text)
    for form in _FORMS:
        match = form.match(plain)
        after = _AFTER.fullmatch(plain[match.end() :]) if match else None
        if match and after:
            return _moment(match.groupdict(), after)
    return None


def typed_date(text: str) -> date | None:
    """The day a text means; as `typed_moment`, but an Excel serial number stored as text is a day too."""
    if _SERIAL_AS_TEXT.fullmatch(text):
        return numeric_date(int(float(text)))
    moment = typed_moment(text)
    return moment.day if moment else None


def numeric_date(number: int) -> date | None:
    """The day a bare number means: an Excel serial number, or eight digits such as 20250901."""
    if number in _SERIALS:
        return day_of_serial(number)
    moment = typed_moment(str(number)) if number >= 10_000_000 else None
    return moment.day if moment else None


def month_and_day(text: str) -> tuple[int, int] | None:
    """The month and day of a date without its year (3.5, 4月10日 周四), its punctuation half width; None for others."""
    plain = in_arabic(text)
    match = _YEARLESS.match(plain)
    is_date = match is not None and _AFTER.fullmatch(plain[match.end() :]) is not None
    found = (int(match["month"]), int(match["day"])) if match and is_date else None
    # 2024 is a leap year: the 29th of February is a day of some year.
    return found if found and day_of(2024, *found) else None


def year_last(text: str) -> tuple[int, int, int] | None:
    """The three figures of a date whose year stands last (05/07/2026 09:00:00), in their order; None for others. Which
    of the first two is the month depends on the country.
    """
    match = _YEAR_LAST.match(text)
    if match is None or not _AFTER.fullmatch(text[match.end() :]):
        return None
    return int(match["first"]), int(match["second"]), int(match["year"])


def years_in(text: str) -> list[int]:
    """The years a title names, those of a school year both: 2025年3月借阅登记 → [2025]."""
    return [int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", in_arabic(text))]


def _moment(parts: dict[str, str | None], after: re.Match[str]) -> Moment | None:
    year, day = parts["year"] or "", int(parts["day"] or 0)
    month = int(parts["month"] or 0) if "month" in parts else _MONTHS.get((parts["name"] or "").lower(), 0)
    era = parts.get("era")
    is_told = era or len(year) != len(str(_LAST_UNMARKED)) or int(year) <= _LAST_UNMARKED
    found = day_of(_full_year(year, era), month, day) if is_told else None
    return Moment(found, _clock(after), len(year) == 4) if found else None


def _full_year(year: str, era: str | None) -> int:
    if era or len(year) == 3:
        return int(year) + _REPUBLIC
    if len(year) == 2:
        return int(year) + (2000 if int(year) < _PIVOT_YEAR else 1900)
    return int(year)


def _clock(after: re.Match[str]) -> time | None:
    if after["hour"] is None:
        return None
    hour, half = int(after["hour"]), (after["late"] or after["half"] or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    minute, second = int(after["minute"] or 0), int(after["second"] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day; None where no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_after(earlier: date, month: int, day: int) -> date | None:
    """The day in the year of an earlier one, or in the next, but of the same school year: a book of 9月30日 that came
    back on 9月2日 was hardly out for a year, one of the two is a slip.
    """
    same = day_of(earlier.year, month, day)
    if same and same >= earlier:
        return same
    following = day_of(earlier.year + 1, month, day)
    return following if following and first_year(following) == first_year(earlier) else None


def day_near(last: date, month: int, day: int) -> date | None:
    """The day in the year that brings its month next to the last one: January after December is the year after."""
    years = (last.year - 1, last.year, last.year + 1)
    return day_of(min(years, key=lambda year: abs((year - last.year) * 12 + month - last.month)), month, day)


def in_arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二五年十二月三十一日 → 2025年12月31日."""
    return _NUMERAL.sub(_figures, text).replace("元", "1")


def _figures(numeral: re.Match[str]) -> str:
    """十二 → 12, and 二〇二五 figure by figure."""
    number = number_in(numeral[0]) if len(numeral[0]) > 1 or numeral[0] in "十百廿卅" else None
    return in_digits(numeral[0]) if number is None else str(number)
