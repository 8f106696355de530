"""填写 (FMT), 活动记录 (ACT): a month, a feast or a day that the words of a line name, far from the day of the line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.school import first_year, month_in
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.days_told import days_told
from schoollib_xl.rules.likeness import says

_YEAR, _LEAP_YEAR = 12, 2024
# What is bought, written or shown for a feast is so many months before or after it: 暑假阅读奖品.
_FOR_A_FEAST = 2
# So many that were held in the month they are called by are held month by month; days by which one may be late.
_A_SERIES, _LATE = 2, 7
_PUT_OFF = ("推迟", "延", "提前", "补", "改期", "改到")
# The months of each word. Seasons are those of the school: what is bought in spring is bought from February on.
_SEASONS: dict[str, tuple[int, ...]] = {
    "春季": (2, 3, 4, 5, 6, 7),
    "秋季": (8, 9, 10, 11, 12, 1),
    "第一学期": (9, 10, 11, 12),
    "第二学期": (3, 4, 5, 6),
}
_FEASTS: dict[str, tuple[int, ...]] = {
    "寒假": (1, 2),
    "暑假": (7, 8),
    "元旦": (12, 1),
    "春节": (1, 2),
    "清明": (4,),
    "劳动节": (5,),
    "端午": (5, 6),
    "六一": (5, 6),
    "中秋": (9, 10),
    "国庆": (9, 10),
}
_MONTH = r"(?<![\d一二三四五六七八九十个几])(\d{1,2}|十?[一二三四五六七八九十])月"
# Which month is meant by these is not the month of the line: 上月, 预订明年1月的, 1月至6月.
_ANOTHER = frozenset("上下去预补退欠前后起止至到—-~～期号刊年")
# What is done from a day on, or until one; and what may lie ahead.
_A_SPAN = frozenset("起至到—-~")
_TO_COME = frozenset("起止至前预拟将再余补缺另待—-~")
# The first month of a season or half, where a text names it with its year: 2026年寒假购入. What is ordered or paid for
# another time says so too.
_FROM_MONTH = {"春": 2, "夏": 5, "秋": 8, "冬": 11, "寒假": 1, "暑假": 7, "上半年": 1, "下半年": 7}
_YEAR_AND = rf"(20\d\d)年(?:(\d{{1,2}})月(?!\d)|({'|'.join(_FROM_MONTH)}))"


# Columns in which a day is told in words.
_TOLD_IN: dict[type[Any], str] = {
    JobRow: "done",
    ActivityRow: "name result",
    CashRow: "summary remarks",
    PeriodicalRow: "missing_note remarks",
    **dict.fromkeys((SummaryRow, AccessionRow, WithdrawalRow, LoanRow, CompensationRow), "remarks"),
}
_OF_A_MONTH = re.compile(r"(?<![\d.])(\d{1,2})月(\d{1,2})[日号]")


class _DatedWords(NamedTuple):
    """A column of words, and the day of its line."""

    row_type: type[Any]
    text: str
    day: str


_CASH = _DatedWords(CashRow, "summary", "booked_on")
_HELD = _DatedWords(ActivityRow, "name", "held_on")
_DATED_WORDS = (_CASH, _HELD, _DatedWords(CalendarRow, "note", "starts_on"))
# By column, the signs of what has been done.
_ARRIVED = _DatedWords(SummaryRow, "remarks", "registered_on")
_BOUGHT = _DatedWords(AccessionRow, "remarks", "accessioned_on")
_ACTS = {_CASH: frozenset("付购买订收交"), _ARRIVED: frozenset("到收购"), _BOUGHT: frozenset("购赠买")}


@check(
    "FMT211",
    title="写的月份离这一行的日期很远",
    message="“{header}”写着“{text}”，“{other}”却是 {day}。",
    why="说的月份和日期差得远，多半有一个写错了，这一笔就会算到别的时候去。",
    fix="先查原始单据；日期写错就改日期，月份写错就改文字；补付、补办以前的，在后面写上“补”。",
    severity=Severity.HINT,
    reads={},
    may_read={**{one.row_type: f"{one.text} {one.day}" for one in _DATED_WORDS}, ActivityRow: "name held_on result"},
)
def month_said_is_far_away(library: Library) -> Iterator[Found]:
    for told in _DATED_WORDS:
        for row in library[told.row_type].saying(told.text):
            leeway = 0 if told.row_type is CalendarRow else _FOR_A_FEAST
            day, months = getattr(row, told.day), _months_said(getattr(row, told.text), leeway)
            if months and day and not _is_near(months, day):
                yield _beside(row, told)
    yield from _series_broken(library)


def _series_broken(library: Library) -> Iterator[Found]:
    """Of what is held month by month and called by its month (九月图书室检查), what was held in the next one or the one
    before: a few days into it are written off as late.
    """
    monthly = [row for row in library[ActivityRow] if "月" in row.name and not says(row.result, *_PUT_OFF)]
    series = grouped(monthly, lambda row: re.sub(_MONTH, "", row.name))
    for rows in series.values() if len(monthly) > _A_SERIES else ():
        named = [(row, months) for row in rows if len(months := _months_said(row.name, 0)) == 1]
        held = [row for row, months in named if row.held_on.month in months]
        if len(held) >= _A_SERIES:
            for row, months in named:
                around = {(row.held_on + timedelta(days)).month for days in (-_LATE, 0, _LATE)}
                if not months & around and _is_near(months, row.held_on):
                    yield _beside(row, _HELD)


def _beside(row: Any, told: _DatedWords) -> Found:
    """The words of a line beside its day."""
    return found(
        cell(row, told.text),
        cell(row, told.day),
        header=header_of(told.row_type, told.text),
        text=getattr(row, told.text),
        other=header_of(told.row_type, told.day),
        day=getattr(row, told.day),
    )


def _months_said(text: str, leeway: int) -> set[int]:
    """The months a text names by number or by a word, of feasts with so many before and after; none where it may
    speak of another time than its own.
    """
    if not _ANOTHER.isdisjoint(text.replace("学期", "")):
        return set()
    months = set(chain.from_iterable(own for word, own in _SEASONS.items() if word in text))
    of_feasts = set(chain.from_iterable(own for word, own in _FEASTS.items() if word in text))
    months |= {(month + by - 1) % _YEAR + 1 for month in of_feasts for by in range(-leeway, leeway + 1)}
    if "月" in text:
        numbers = (whole_number(found) for found in re.findall(_MONTH, "".join(text.split())))
        months |= {number for number in numbers if number and number <= _YEAR}
    return months


def _is_near(months: set[int], day: date) -> bool:
    """Whether one of the months is that of the day or one beside it: what is done in one is written in the next."""
    return any((month - day.month + 1) % _YEAR <= 2 for month in months)


@check(
    "FMT212",
    title="写的日子在这一行的日期以后",
    message="“{header}”写着“{text}”，“{other}”却是 {day}，那一天还没有到。",
    why="还没有到的事不会先记下来，两个日子总有一个写错了。",
    fix="先查原始单据；日期写错就改日期，文字写错就改文字。",
    severity=Severity.WARNING,
    reads={},
    may_read={
        CashRow: "summary booked_on",
        SummaryRow: "remarks registered_on",
        AccessionRow: "remarks accessioned_on",
    },
)
def day_said_is_later(library: Library) -> Iterator[Found]:
    for told, acts in _ACTS.items():
        for row in library[told.row_type].saying(told.text):
            words, day = getattr(row, told.text), getattr(row, told.day)
            is_of_an_act = not acts.isdisjoint(words) and _TO_COME.isdisjoint(words)
            days = days_told(words, first_year(day)) if is_of_an_act and "月" in words else []
            if is_of_an_act and not days and told is not _CASH:
                days = _first_days(words)
            if len(days) == 1 and days[0] > day:
                yield _beside(row, told)


def _first_days(words: str) -> list[date]:
    """The first days of the months and seasons that are named with their years."""
    named = re.findall(_YEAR_AND, "".join(words.split())) if "年" in words else []
    months = ((int(year), int(month or 0) or _FROM_MONTH[season]) for year, month, season in named)
    return [date(year, month, 1) for year, month in months if month <= _YEAR]


@check(
    "ACT105",
    title="完成的日子早于排的月份",
    message="{month}月的“{task}”写着“{done}”，那时还没有到 {month} 月。",
    why="工作是照月份排的，提前做完的，总结里就写不进那一个月。",
    fix="先问办的人是哪一天；日子写错就改完成情况，月份排错就改月份；真是提前办的不用动。",
    severity=Severity.HINT,
    reads={JobRow: "month task done"},
)
def done_before_its_month(library: Library) -> Iterator[Found]:
    # Looked at in the holidays it is still the plan of the year that 基本信息 is about.
    year = library.year_begins.year
    for row in library[JobRow]:
        days = days_told(row.done, year)
        is_early = bool(days) and max(days) < month_in(year, row.month).start
        # A day to come is ACT103.
        if is_early and max(days) <= library.as_of and _A_SPAN.isdisjoint(row.done or ""):
            yield found(cell(row, "done"), cell(row, "month"))


@check(
    "FMT216",
    title="写的日子没有这一天",
    message="“{header}”写着“{text}”，没有{said}这一天。",
    why="读不出是哪一天，进度和核对都没有算它。",
    fix="先查原始记录，再把日子改对。",
    severity=Severity.WARNING,
    reads={},
    may_read=_TOLD_IN,
)
def day_that_is_none(library: Library) -> Iterator[Found]:
    for row_type, names in _TOLD_IN.items():
        for name in names.split():
            for row in library[row_type].saying(name):
                text = getattr(row, name)
                told = _OF_A_MONTH.finditer(text) if "月" in text else ()
                if said := next((match[0] for match in told if not _is_a_day(int(match[1]), int(match[2]))), None):
                    yield found(cell(row, name), header=header_of(row_type, name), text=text, said=said)


def _is_a_day(month: int, of_month: int) -> bool:
    """Whether any year has the day; a leap year has them all."""
    try:
        date(_LEAP_YEAR, month, of_month)
    except ValueError:
        return False
    return True
