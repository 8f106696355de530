"""月历 of a plan: a row for each week of each month, with what 校历, 工作安排 and 活动记录 have on its days."""

import re
from calendar import Calendar
from collections.abc import Iterator
from datetime import date, timedelta

from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.activities import term_jobs
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.papers.plan import CalendarWeek
from schoollib_xl.ledgers.identifiers import MONTH_AND_DAY
from schoollib_xl.ledgers.schema import Row, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.calendar import days, week_number

_DAYS = "日历上的日子。"
# A holiday longer than this is a vacation: its name stands on its first day alone.
_LONGEST_HOLIDAY = timedelta(days=10)


def calendar_weeks(material: SourceMaterial, evidence: Evidence) -> tuple[CalendarWeek, ...]:
    """The weeks of the months of the term; nothing where the term is not known."""
    if material.period is None:
        return ()
    term = material.period.term
    events = dict[date, list[str]]()
    for day, said in _events(material, term, evidence):
        if said and said not in events.setdefault(day, []):
            events[day].append(said)
    return tuple(_weeks(term, events, evidence))


def _weeks(term: Term, events: dict[date, list[str]], evidence: Evidence) -> Iterator[CalendarWeek]:
    def day_said(day: date, part: Term) -> str:
        if day not in part:
            return ""
        return "\n".join((evidence.of("月历的日子", day.day, _DAYS), *events.get(day, ())))

    for part in term.by_month():
        for week in Calendar().monthdatescalendar(part.start.year, part.start.month):
            said = [day_said(day, part) for day in week]
            if any(said):
                number = evidence.of("月历的周次", week_number(term, week[0]), _DAYS)
                yield CalendarWeek(evidence.of("月历的月份", f"{part.start.month}月", _DAYS), number, *said)


def _events(material: SourceMaterial, term: Term, evidence: Evidence) -> Iterator[tuple[date, str]]:
    yield term.start, "学期开始"
    for row in material.library[CalendarRow]:
        yield from _of_calendar(row, term, evidence)
    for job in term_jobs(material):
        if named := list(_days_in(job.task, term)):
            task = re.sub(MONTH_AND_DAY, "", job.task).strip("，。； ")
            said = evidence.quote(task, f"工作安排：{job.month}月", cell(job, "task"))
            yield from ((day, said) for day in named)
    for held in material.library[ActivityRow]:
        if held.held_on in term:
            yield held.held_on, _quoted(held, "name", "活动名称", evidence)
    yield term.end, "学期结束"


def _of_calendar(row: CalendarRow, term: Term, evidence: Evidence) -> Iterator[tuple[date, str]]:
    """Holidays by their name on each of their days, and days on which another weekday's lessons are given."""
    if row.kind is DayKind.SCHOOL:
        return
    name = _quoted(row, "note", "校历说明", evidence) or row.kind.value
    said = f"补{row.follows}的课" if row.follows else name
    last = row.ends_on if row.ends_on - row.starts_on < _LONGEST_HOLIDAY else row.starts_on
    first = max(row.starts_on, term.start)
    yield from ((day, said) for day in days(first, min(last, term.end)))


def _quoted(row: Row, field: str, name: str, evidence: Evidence) -> str:
    return evidence.quote(getattr(row, field), name, cell(row, field))


def _days_in(text: str, term: Term) -> Iterator[date]:
    """The days of the term a text names: 4月23日."""
    for month, day in re.findall(MONTH_AND_DAY, text):
        yield from (one for one in days(*term) if (one.month, one.day) == (int(month), int(day)))
