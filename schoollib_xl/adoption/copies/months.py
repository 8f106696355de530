"""Books of which a list tells but the month in which they came, 二三年九月, or the term, 2024年春: the day is assumed
and told.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.sheets.reading.dates import day_of, in_arabic
from schoollib_xl.sheets.reading.texts import PUNCTUATION

ASSUMED = (
    "“{header}”只写到月份或学期的 {count} 行（第一处{first}“{text}”）：登记日期先写那个月的 1日"
    "（春季 3月1日，秋季 9月1日；正是启用那个月的写 2日，算启用以后来的），原文在备注里，照单据改。"
)
_DAY = "accessioned_on"
_MONTH = re.compile(r"(20\d\d|\d\d(?=年))\s*[-年./]\s*(\d{1,2})\s*月?(?:份|初)?")
_TERM = re.compile(r"(20\d\d|\d\d(?=年))\s*年?\s*(?:的)?([春秋])(?:[季天期]|季?学期)?")
# The months in which the terms begin.
_BEGINS = {"春": 3, "秋": 9}


def assume_days(records: Iterable[Record], opened_on: date, journal: Journal) -> Iterator[str]:
    """Give the books of which but a month is told the first day of it; a sentence on them, none for none."""
    told = [(record, first) for record in records if _DAY in record.unread and (first := _first_day(record))]
    for record, first in told:
        # What came in the month that began with the opening came after it.
        record.values[_DAY] = first + timedelta(days=1) if first == opened_on else first
    places = {record.place for record, _ in told}
    headers = {record.header(_DAY) for record, _ in told}
    journal.unread = [one for one in journal.unread if one.place not in places or one.header not in headers]
    text, header = (told[0][0].said(_DAY), told[0][0].header(_DAY)) if told else ("", "")
    yield from of_many(ASSUMED, [record.place for record, _ in told], text=text, header=header)


def _first_day(record: Record) -> date | None:
    text = in_arabic(record.said(_DAY).translate(PUNCTUATION))
    if isinstance(record.cell(_DAY), float) and text.endswith(".1"):
        # October of a cell that took it for a number, or January.
        return None
    if match := _MONTH.fullmatch(text):
        month = int(match[2])
    elif match := _TERM.fullmatch(text):
        month = _BEGINS[match[2]]
    return day_of(int(match[1]) % 100 + 2000, month, 1) if match else None
