"""When the books begin, on which weekdays the library is open, and in which school year and term a day lies."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.ledgers.school import FIRST_MONTH, School, Term, TermName, first_year, usual_start, year_begun
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.vocabulary import SCHOOL_WEEK, Weekday
from schoollib_xl.wording.zh import say

# A first loan so many days before all others is a slip of the pen (2015 for 2025), and so may be one in twenty.
_LONG_BEFORE, _SLIPS = 366, 20
# Nobody goes on with a register of loans that is older.
_MOST_YEARS = 10
# So many borrowings and returns, on so many days, before their weekdays say anything.
_FEWEST, _FEWEST_DAYS = 50, 10
# A weekday with fewer of them than one in fifty was an exception.
_SELDOM = 50
_DATES = ("lent_on", "happened_on", "returned_on", "due_on")
_FEBRUARY = 2


class OpenDays(NamedTuple):
    """The weekdays the library is open; all school days where nothing tells."""

    weekdays: tuple[Weekday, ...]

    def of(self, shipped: Iterable[OpeningRow]) -> list[OpeningRow]:
        """Of the shipped opening hours those of these days."""
        kept = [row for row in shipped if row.weekday in self.weekdays]
        return [row._replace(line=line) for line, row in enumerate(kept, 2)]


class UsualTerm(NamedTuple):
    """A term by the usual dates: 1 September to 31 January, 1 February to 31 July (August is of the year to come)."""

    school_year: str
    name: TermName
    term: Term


def with_opening_day(options: Options, records: Iterable[Record], journal: Journal) -> Options:
    """The options with the day the books begin: as they say, else before the loans that are taken over."""
    lent = sorted(filter(None, (record.get("lent_on") or record.get("happened_on") for record in records)))
    earlier = [day for day in lent if day < options.opening_day]
    if not earlier:
        return options
    if options.opened_on is None and (begun := _first_of_school_year(lent, options.as_of)) < options.opening_day:
        said = f"启用日期照借阅记录定为 {say(begun)}（最早的一笔是 {say(lent[0])}）；要改，加 --opened-on。"
        journal.assumed.append(said)
        options = replace(options, first_lent=begun)
        earlier = [day for day in lent if day < begun]
    if earlier:
        journal.assumed.append(
            f"有 {len(earlier)} 笔借出在启用日期 {say(options.opening_day)} 以前（最早 {say(lent[0])}），"
            "核对时会说借出早于登记；日期没有写错的，加 --opened-on 和更早的日期重新接收。"
        )
    return options


def _first_of_school_year(lent: Sequence[date], as_of: date) -> date:
    slips = range(min(len(lent) - 1, 1 + len(lent) // _SLIPS))
    gaps = [index + 1 for index in slips if (lent[index + 1] - lent[index]).days > _LONG_BEFORE]
    first = lent[max(gaps, default=0)]
    return usual_start(max(first_year(first), first_year(as_of) - _MOST_YEARS))


def open_days_of(records: Sequence[Record], said: Sequence[Weekday], journal: Journal) -> OpenDays:
    """The weekdays that are said, else those on which books were lent, came back or were due."""
    if said:
        return OpenDays(tuple(said))
    days = [day for record in records for name in _DATES if (day := record.get(name))]
    seen = Counter(day.weekday() for day in days)
    found = tuple(day for day in SCHOOL_WEEK if seen[day.number] * _SELDOM >= len(days))
    if len(days) < _FEWEST or len(set(days)) < _FEWEST_DAYS or len(found) in (0, len(SCHOOL_WEEK)):
        return OpenDays(SCHOOL_WEEK)
    journal.assumed.append(
        f"借书还书都在{'、'.join(found)}，开放时间先只放这几天；不对就加 --open 一二三四五 这样的选项重新接收。"
    )
    return OpenDays(found)


def usual_term(day: date) -> UsualTerm:
    """The term the day lies in."""
    year = first_year(day)
    if day.month >= FIRST_MONTH or day.month < _FEBRUARY:
        return UsualTerm(f"{year}-{year + 1}", TermName.FIRST, Term(usual_start(year), date(year + 1, 1, 31)))
    return UsualTerm(f"{year}-{year + 1}", TermName.SECOND, Term(date(year + 1, 2, 1), date(year + 1, 7, 31)))


def with_usual_term(school: School, day: date) -> School:
    """The school with the usual term in the settings it lacks: that it names, else that of the day."""
    usual = usual_term(_day_named(school) or day)
    return school._replace(
        school_year=school.school_year or usual.school_year,
        term_name=school.term_name or usual.name,
        term_start=school.term_start or usual.term.start,
        term_end=school.term_end or usual.term.end,
    )


def _day_named(school: School) -> date | None:
    """A day in the term that year and term name."""
    year = year_begun(school.school_year)
    if year is None or school.term_name is None:
        return None
    first = school.term_name is TermName.FIRST
    return usual_start(year) if first else date(year + 1, _FEBRUARY, 1)
