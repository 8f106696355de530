"""The school year and term a day lies in, where no source says: by the usual dates, to be set right later."""

import re
from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.school import FIRST_MONTH, School, Term, TermName, first_year

_SEPTEMBER, _FEBRUARY = 9, 2
_YEAR = re.compile(r"20\d{2}")


class UsualTerm(NamedTuple):
    """A term by the usual dates: 1 September to 31 January, 1 February to 31 July (August is of the year to come)."""

    school_year: str
    name: TermName
    term: Term


def usual_term(day: date) -> UsualTerm:
    """The term the day lies in."""
    year = first_year(day)
    if day.month >= FIRST_MONTH or day.month < _FEBRUARY:
        return UsualTerm(f"{year}-{year + 1}", TermName.FIRST, Term(date(year, _SEPTEMBER, 1), date(year + 1, 1, 31)))
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
    year = _YEAR.match(school.school_year or "")
    if year is None or school.term_name is None:
        return None
    first = school.term_name is TermName.FIRST
    return date(int(year[0]), _SEPTEMBER, 1) if first else date(int(year[0]) + 1, _FEBRUARY, 1)
