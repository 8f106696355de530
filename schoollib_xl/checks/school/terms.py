"""基本信息 (SET): the days of a term against those on which 校历 says there is school."""

from collections.abc import Iterator
from datetime import date, timedelta

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.school.settings import ENDS_OF_TERMS, SETTING_HEADERS, setting_cell
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.terms_cut_short import left_out

# Teachers come a week before the pupils, and a term ends with marking and a meeting; the winter holiday is longer.
_WITHOUT_SCHOOL = timedelta(days=14)


@check(
    "SET105",
    title="学期的日期和校历的上课对不上",
    message="{item}写的是 {day}，可是校历从 {first} 到 {last} 也在上课，这 {count} 天不在学期里。",
    why="学期少了这些天，这些天里借的书就不算，进度和指标都算错。",
    fix="先看教育局的校历；学期写错就改基本信息，校历写错就改校历。",
    severity=Severity.WARNING,
    reads={SettingRow: "item value", CalendarRow: "starts_on ends_on kind follows"},
)
def school_outside_the_term(library: Library) -> Iterator[Found]:
    school = library.school
    for term, names in zip((school.term, school.previous_term), ENDS_OF_TERMS, strict=True):
        for name, day, out in zip(names, term, left_out(library, term), strict=True) if term else ():
            around = [row for row in library[CalendarRow] if out and row.starts_on <= out[0] <= row.ends_on]
            if out:
                yield found(
                    setting_cell(library, name),
                    *(cell(row, "starts_on") for row in around),
                    item=SETTING_HEADERS[name],
                    day=day,
                    first=out[0],
                    last=out[-1],
                    count=len(out),
                )


@check(
    "SET109",
    title="学期里有一大段不上课",
    message="{item}写的是 {day}，校历{said} {other}，中间都不上课。",
    why="假期算进了学期，每周开放几小时、每周还要借几册就都算少了。",
    fix="先看教育局的校历；学期写错就改基本信息，校历漏写了上课就补上。",
    severity=Severity.WARNING,
    reads={SettingRow: "item value", CalendarRow: "starts_on ends_on kind follows"},
)
def holidays_within_the_term(library: Library) -> Iterator[Found]:
    school = library.school
    for term, names in zip((school.term, school.previous_term), ENDS_OF_TERMS, strict=True):
        days = _school_days(library, term) if term and not term.is_too_long else []
        # What lies before the first school day 校历 knows is of a year it does not tell (QUO112).
        if not term or not days:
            continue
        for name, day, other, said in zip(
            names, term, (days[0], days[-1]), ("上课的第一天却是", "上课的最后一天却是"), strict=True
        ):
            if abs(day - other) > _WITHOUT_SCHOOL and _are_holidays(library, *sorted((day, other))):
                yield found(setting_cell(library, name), item=SETTING_HEADERS[name], day=day, other=other, said=said)


def _school_days(library: Library, term: Term) -> list[date]:
    calendar = library.derive(SchoolCalendar)
    return calendar.school_days(term.start, term.end) if calendar.is_whole and calendar.has_school else []


def _are_holidays(library: Library, first: date, last: date) -> bool:
    """Whether 校历 itself says of a weekday between the two that there is no school."""
    between = (first + timedelta(days=n) for n in range(1, (last - first).days))
    off = library.derive(SchoolCalendar).off
    return any(off(day) for day in between)
