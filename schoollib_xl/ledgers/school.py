"""基本信息 as one value: the school, its term and its own settings."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.schema import Field, LedgerColumn, Plain, fields_of
from schoollib_xl.ledgers.vocabulary import Word

# 个别登记号位数 where 基本信息 does not say.
DEFAULT_WIDTH = 6
# 停借日期 where 基本信息 does not say: a week before 学期结束.
_COLLECTING = timedelta(weeks=1)

# The last day of a month that may be a month itself.
_MONTHS = 12
# A school year and its holidays.
_LONGEST = timedelta(days=366)

# Minutes for one copy: what takes an hour is no lending.
_HOUR = 60
# A village school has one room; the sample of 500,000 copies, made for measuring, seats 185 classes at once.
_MOST_CLASSES = 999
# The platforms schools subscribe to offer a few million titles.
_MOST_E_BOOKS = 99_999_999

# A school year begins in autumn: what is done from August on belongs to the one about to begin.
FIRST_MONTH = 8
# 学年 begins on 1 September; timetables start up to some weeks earlier or later, so July is the border.
_EARLIEST = 7
# A first term ends before this month: the second begins after the New Year's holidays.
_SPRING = 4
# Books are kept in this workbook since this century.
_FIRST_OF_TWO = r"20\d{2}"
_SCHOOL_YEAR = re.compile(rf"({_FIRST_OF_TWO})\D+(\d{{4}})\D*")


class TermName(Word):
    """学期: of the two of a school year, 上学期 is the first one and 下学期 the second."""

    FIRST = "第一学期", "上学期 上 第1学期 1 一 秋季学期 秋季 秋学期 秋"
    SECOND = "第二学期", "下学期 下 第2学期 2 二 春季学期 春季 春学期 春"


class Layout(Word):
    """版式 of the papers: GB/T 9704-2012, or a lighter house style."""

    OFFICIAL = "公文", "公文版 公文格式 正式"
    PLAIN = "简版", "简 简式 简易 简明 简单 简洁"


class Term(NamedTuple):
    """A range of days, both ends included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def by_month(self) -> Iterator["Term"]:
        """The range cut at the ends of its months."""
        start = self.start
        while start <= self.end:
            following = (start.replace(day=1) + timedelta(days=31)).replace(day=1)
            yield Term(start, min(self.end, following - timedelta(days=1)))
            start = following

    @property
    def is_too_long(self) -> bool:
        """Whether it is longer than a school year, which holds two terms: the year of a date is a slip of the pen."""
        return self.end - self.start > _LONGEST

    @property
    def ends_year(self) -> bool:
        """Whether no term of its school year comes after it: the summer holidays do."""
        return _SPRING <= self.end.month <= FIRST_MONTH


def first_year(day: date) -> int:
    """The calendar year in which the school year of a day begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def school_year_from(year: int) -> "Term":
    """The school year that begins in this calendar year, from the weeks of preparing it to its summer holidays; the
    August between two of them belongs to both.
    """
    return Term(date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 31))


def month_in(year: int, month: int) -> Term:
    """The days of a month of the school year that begins in this calendar year."""
    first = date(year + (month < FIRST_MONTH), month, 1)
    return Term(first, (first + timedelta(31)).replace(day=1) - timedelta(1))


def exchanged(day: date) -> date | None:
    """The day with its month and day in each other's place; None where that is no other day."""
    is_one = day.day <= _MONTHS and day.day != day.month
    return day.replace(month=day.day, day=day.month) if is_one else None


def months_apart(first: date, last: date) -> int:
    """How many months the month of one day is before that of another."""
    return (last.year - first.year) * 12 + last.month - first.month


def usual_start(year: int) -> date:
    """The first day of the school year that begins in this calendar year, where nobody says another."""
    return date(year, 9, 1)


def year_named(school_year: str) -> int | None:
    """2025 for 2025-2026; None where the text does not name two years in a row."""
    match = _SCHOOL_YEAR.fullmatch(school_year.strip())
    return int(match[1]) if match and int(match[2]) == int(match[1]) + 1 else None


def year_begun(school_year: str | None) -> int | None:
    """2025 for whatever text begins with it, 2025-26 as well as 2025-2026; None for one of no year of ours."""
    match = re.match(_FIRST_OF_TWO, school_year or "")
    return int(match[0]) if match else None


class School(NamedTuple):
    """The settings of 基本信息; a setting that is not filled is None unless a default is declared."""

    name: Annotated[str | None, LedgerColumn("学校名称", "全称，用在文件标题和落款", "青禾小学")] = None
    kind: Annotated[str | None, LedgerColumn("学校类别", "如 小学", "小学")] = None
    school_year: Annotated[str | None, LedgerColumn("学年", "如 2025-2026", "2025-2026")] = None
    term_name: Annotated[TermName | None, LedgerColumn("学期", "第一学期或第二学期", TermName.SECOND)] = None
    term_start: Annotated[date | None, LedgerColumn("学期开始", "本学期第一天", date(2026, 2, 23))] = None
    term_end: Annotated[date | None, LedgerColumn("学期结束", "本学期最后一天", date(2026, 7, 3))] = None
    previous_start: Annotated[date | None, LedgerColumn("上学期开始", "没有就空着", date(2025, 9, 1))] = None
    previous_end: Annotated[date | None, LedgerColumn("上学期结束", "没有就空着", date(2026, 1, 23))] = None
    cut_off: Annotated[date | None, LedgerColumn("截止日期", "核对和统计算到哪一天", date(2026, 7, 3))] = None
    principal: Annotated[str | None, LedgerColumn("校长", "", "周校长")] = None
    librarian: Annotated[str | None, LedgerColumn("图书管理员", "", "苏老师")] = None
    e_books: Annotated[
        int | None, LedgerColumn("电子图书册数", "没有就空着", 7000, least=0, greatest=_MOST_E_BOOKS)
    ] = None
    accession_width: Annotated[
        int | None, LedgerColumn("个别登记号位数", "个别登记号有几位数字", 6, least=1, greatest=14)
    ] = 6
    standard: Annotated[str | None, LedgerColumn("省份标准", "用哪一套藏书标准，空着就用教育部 2018 年规程", None)] = (
        None
    )
    layout: Annotated[Layout | None, LedgerColumn("版式", "公文或简版", Layout.OFFICIAL)] = Layout.OFFICIAL
    minutes_per_copy: Annotated[
        Decimal | None,
        Plain,
        LedgerColumn("每册借还分钟数", "一个学生还一册、借一册要几分钟，如 0.5", Decimal(1), least=0, greatest=_HOUR),
    ] = Decimal(1)
    room_capacity: Annotated[
        int | None, LedgerColumn("阅览室容纳班数", "阅览室同时坐得下几个班", 1, least=1, greatest=_MOST_CLASSES)
    ] = 1
    lending_stops: Annotated[
        date | None, LedgerColumn("停借日期", "从这天起不再借出，只收书；空着就是学期结束前一周", None)
    ] = None
    confirmed: Annotated[
        str | None,
        LedgerColumn("已确认", "新工作簿自带的内容核对过的，写上表名，如 开放时间；都核对过写 全部", None),
    ] = None

    @property
    def term(self) -> Term | None:
        """This term, where both its ends are known."""
        return Term(self.term_start, self.term_end) if self.term_start and self.term_end else None

    @property
    def previous_term(self) -> Term | None:
        """The term before this one, where both its ends are known."""
        return Term(self.previous_start, self.previous_end) if self.previous_start and self.previous_end else None

    @property
    def is_named_right(self) -> bool:
        """Whether the term begins on a day on which one of its 学期 in its 学年 may; what is not said fits all days."""
        if self.term_start is None:
            return True
        is_autumn = self.term_start.month >= _EARLIEST
        year = year_named(self.school_year or "")
        begins = self.term_start.year if is_autumn else self.term_start.year - 1
        is_its_season = self.term_name is None or is_autumn is (self.term_name is TermName.FIRST)
        return is_its_season and year in (None, begins)

    @property
    def year_told(self) -> int | None:
        """The calendar year in which its school year begins, by 学年 or the first day of the term."""
        return year_begun(self.school_year) or (first_year(self.term_start) if self.term_start else None)

    @property
    def number_width(self) -> int:
        """How many digits a 个别登记号 has."""
        return self.accession_width or DEFAULT_WIDTH

    @property
    def terms(self) -> tuple[Term, ...]:
        """This term and the one before it, as far as both ends of each are known."""
        return tuple(term for term in (self.term, self.previous_term) if term)

    def last_lending_day(self, term: Term) -> date:
        """The last day of the term on which books go out: the day before 停借日期; where that is not said for this
        term, it is a week before the term ends, so that books are back in time.
        """
        stops = self.lending_stops if self.lending_stops in term else term.end - _COLLECTING
        return (stops or term.end) - timedelta(days=1)

    def kept_until(self, as_of: date) -> date:
        """How far the books go. Judged on an earlier day than their 截止日期 they hold what was done since, and that
        day had come when it was written.
        """
        return max(as_of, self.cut_off or as_of)

    def term_of(self, day: date) -> Term | None:
        """The term `day` lies in, or None."""
        return next((term for term in self.terms if day in term), None)

    def is_between_terms(self, day: date) -> bool:
        """Whether the day lies after 上学期 and before this term."""
        term, previous = self.term, self.previous_term
        return term is not None and previous is not None and previous.end < day < term.start


SETTINGS: dict[str, Field] = {field.header: field for field in fields_of(School)}
