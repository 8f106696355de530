"""Books of which a list tells but the month in which they came or went, 二三年九月, or the term, 2024年春: the day is
assumed and told.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.sheets.reading.dates import day_of, in_arabic
from schoollib_xl.sheets.reading.texts import PUNCTUATION
from schoollib_xl.wording.zh import say

ASSUMED = (
    "“{header}”只写到月份或学期的 {count} 行（第一处{first}“{text}”）：登记日期先写那个月的 1日"
    "（春季 3月1日，秋季 9月1日；正是启用那个月的写 2日，算启用以后来的），原文在备注里，照单据改。"
)
GONE = (
    "“{header}”只写到月份或年份的 {count} 行（第一处{first}“{text}”）：记作注销，不算馆藏；"
    "注销日期先写那个月、那一年的最后一天，原文在备注里，照注销单改。"
)
BLANK = (
    "“{header}”空着的 {count} 行（第一处{first}），同一张表别的行写了：登记日期先写启用日期 {day}；"
    "和上面一行同一天的，在旧表里填上再接收。"
)
_DAY, _GONE_ON = "accessioned_on", "withdrawn_on"
_MONTH = re.compile(r"(20\d\d|\d\d(?=年))\s*[-年./]\s*(\d{1,2})\s*月?(?:份|初)?")
_YEAR = re.compile(r"(20\d\d)年?")
_TERM = re.compile(r"(20\d\d|\d\d(?=年))\s*年?\s*(?:的)?([春秋])(?:[季天期]|季?学期)?")
# The months in which the terms begin.
_BEGINS = {"春": 3, "秋": 9}


def assume_days(records: Sequence[Record], opened_on: date, as_of: date, journal: Journal) -> Iterator[str]:
    """Give the books of which but a month is told the first day of it, those that went in it the last, which is not
    after `as_of`; a sentence on them, none for none.
    """
    came = [(record, first) for record in records if _DAY in record.unread and (first := _first_day(record))]
    for record, first in came:
        # What came in the month that began with the opening came after it.
        record.values[_DAY] = first + timedelta(days=1) if first == opened_on else first
    gone = [(record, last) for record in records if _GONE_ON in record.unread and (last := _last_day(record))]
    for record, last in gone:
        record.values[_GONE_ON] = min(last, as_of)
    for name, sentence, told in ((_DAY, ASSUMED, came), (_GONE_ON, GONE, gone)):
        yield from _said(name, sentence, [record for record, _ in told], journal)
    dated = {id(record.table) for record in records if record.get(_DAY)}
    blank = [record for record in records if id(record.table) in dated and _is_blank(record)]
    header = blank[0].header(_DAY) if blank else ""
    yield from of_many(BLANK, [record.place for record in blank], header=header, day=say(opened_on))


def _is_blank(record: Record) -> bool:
    """Whether no day stands in the column for it, and no batch that may tell it either."""
    return record.get(_DAY) is None and not record.said(_DAY) and not record.get("batch_no")


def _said(name: str, sentence: str, told: Sequence[Record], journal: Journal) -> list[str]:
    """What these say of a day has been read after all."""
    places = {record.place for record in told}
    headers = {record.header(name) for record in told}
    journal.unread = [one for one in journal.unread if one.place not in places or one.header not in headers]
    for record in told:
        record.unread -= {name}
    text, header = (told[0].said(name), told[0].header(name)) if told else ("", "")
    return of_many(sentence, [record.place for record in told], text=text, header=header)


def _plain(record: Record, name: str) -> str:
    text = in_arabic(record.said(name).translate(PUNCTUATION))
    # October of a cell that took it for a number, or January.
    return "" if isinstance(record.cell(name), float) and text.endswith(".1") else text


def _last_day(record: Record) -> date | None:
    text = _plain(record, _GONE_ON)
    month, year = _MONTH.fullmatch(text), _YEAR.fullmatch(text)
    if month is None:
        return date(int(year[1]), 12, 31) if year else None
    first = day_of(int(month[1]) % 100 + 2000, int(month[2]), 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if first else None


def _first_day(record: Record) -> date | None:
    text = _plain(record, _DAY)
    if match := _MONTH.fullmatch(text):
        month = int(match[2])
    elif match := _TERM.fullmatch(text):
        month = _BEGINS[match[2]]
    return day_of(int(match[1]) % 100 + 2000, month, 1) if match else None
