"""开放时间, 借阅轮流表 and 工作安排 in a paper: rows that say the same thing at several times put together."""

from collections.abc import Iterable, Iterator
from datetime import time

from schoollib_xl.documents.composing.confirmed import openings
from schoollib_xl.documents.composing.evidence import COPIED, Evidence
from schoollib_xl.documents.composing.facts.activities import term_jobs
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.weeks import in_term_order, month_name, weeks_by_month, weeks_said
from schoollib_xl.documents.filling.stylebook import ITEM, MONTH
from schoollib_xl.documents.papers.plan import MonthJobs, OpeningLine, PlanLine, TurnLine
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.wording.zh import say, weekdays_said

_CALENDAR = (SourceColumns(CalendarRow, ("starts_on", "ends_on", "kind")),)


def opening_lines(material: SourceMaterial, evidence: Evidence) -> tuple[OpeningLine, ...]:
    """When the library is open for whom; weekdays with the same hours in one line."""
    groups = grouped(openings(material), lambda row: (row.audience, row.starts_at, row.ends_at, row.remarks or ""))
    return tuple(
        OpeningLine(
            audience,
            weekdays_said(row.weekday for row in rows),
            _hours("开放时间", rows[0], evidence),
            evidence.quote(remarks, "开放时间备注", cell(rows[0], "remarks")),
        )
        for (audience, _, _, remarks), rows in groups.items()
    )


def turn_lines(material: SourceMaterial, evidence: Evidence) -> tuple[TurnLine, ...]:
    """The rota as a grid of the week: a line for each time of the day, the classes under their weekday; what several
    come for at once is said below the last.
    """
    by_hours = grouped(_turns(material), lambda row: (row.starts_at or time.min, row.ends_at or time.min))
    return tuple(
        TurnLine(
            _hours("借阅轮流表", rows[0], evidence),
            *(_at_once([row for row in rows if row.weekday is weekday]) for weekday in Weekday),
        )
        for _, rows in sorted(by_hours.items(), key=lambda item: item[0])
    )


def _at_once(rows: list[TurnRow]) -> tuple[str, ...]:
    by_turn = grouped(map(_turn, rows), lambda one: one[1])
    return tuple("\n".join([*(name for name, _ in same), turn]) for turn, same in by_turn.items())


def _turns(material: SourceMaterial) -> list[TurnRow]:
    """The turns by weekday and hour, those left out that end before they begin."""
    rows = (row for row in material.library[TurnRow] if (row.starts_at or time.min) < (row.ends_at or time.max))
    return sorted(rows, key=lambda row: (row.weekday.number, row.starts_at or time.min, row.line))


def _turn(row: TurnRow) -> tuple[str, str]:
    """三（1）班 and 单周借还."""
    return row.class_name, f"{row.weeks or WeekPattern.EVERY}{row.kind or TurnKind.LENDING}"


def _hours(name: str, row: OpeningRow | TurnRow, evidence: Evidence) -> str:
    """11:30—12:10, '' where one of both is not said."""
    if row.starts_at is None or row.ends_at is None:
        return ""
    cells = cell(row, "starts_at"), cell(row, "ends_at")
    return "—".join(evidence.of(name, say(at), COPIED, *cells) for at in (row.starts_at, row.ends_at))


def month_lines(material: SourceMaterial, evidence: Evidence) -> tuple[MonthJobs, ...]:
    """工作安排 month by month, in the order of the term, with the school weeks of each month. Where a month has jobs of
    several people, each job names its own.
    """
    weeks = weeks_by_month(material.library, material.period.term) if material.period else {}
    months = _by_month(material)
    is_shared = any(len({row.person for row in rows}) > 1 for _, rows in months)
    return tuple(
        MonthJobs(
            evidence.of("工作安排的月份", f"{month}月", COPIED, cell(rows[0], "month")),
            _weeks(weeks.get(month, ()), month, evidence),
            tuple(_with_person(task, person if is_shared else "") for task, person in _told(rows, evidence)),
            "" if is_shared else _person(rows[0], evidence),
        )
        for month, rows in months
    )


def _told(rows: list[JobRow], evidence: Evidence) -> list[tuple[str, str]]:
    """The jobs of a month, each with who does it."""
    return [(task, _person(row, evidence)) for row in rows if (task := _task(row, evidence))]


def opening_sentences(material: SourceMaterial, evidence: Evidence) -> tuple[PlanLine, ...]:
    """开放时间 as a sentence: 对学生星期一至星期五11:30—12:30开放（借还图书）；…."""
    said = [
        f"对{'师生' if line.readers == Audience.EVERYONE else line.readers}{line.days}{line.hours}开放"
        f"{f'（{line.remarks}）' if line.remarks else ''}"
        for line in opening_lines(material, evidence)
    ]
    return (PlanLine(f"图书室{'；'.join(said)}。"),) if said else ()


def turn_sentences(material: SourceMaterial, evidence: Evidence) -> tuple[PlanLine, ...]:
    """借阅轮流表 as sentences, one a weekday: 星期一：11:30—12:10二（1）班（单周借还）、六（2）班（双周借还）；…."""
    by_day = grouped(_turns(material), lambda row: row.weekday)
    return tuple(PlanLine(f"{day}：{'；'.join(_of_day(rows, evidence))}。") for day, rows in by_day.items())


def _of_day(rows: Iterable[TurnRow], evidence: Evidence) -> Iterator[str]:
    """The turns of a day, each hour said once."""
    for at_once in grouped(rows, lambda row: (row.starts_at, row.ends_at)).values():
        classes = "、".join("{}（{}）".format(*_turn(row)) for row in at_once)
        yield f"{_hours('借阅轮流表', at_once[0], evidence)}{classes}"


def month_items(material: SourceMaterial, evidence: Evidence) -> tuple[PlanLine, ...]:
    """工作安排 as a list: each month with its numbered jobs."""
    lines = []
    for month, rows in _by_month(material):
        told = _told(rows, evidence)
        lines.append(PlanLine(month_name(month), MONTH))
        lines += [PlanLine(f"{n}．{_with_person(task, person)}", ITEM) for n, (task, person) in enumerate(told, 1)]
    return tuple(lines)


def _with_person(task: str, person: str) -> str:
    """The job with who does it, before the full stop it may end with."""
    if not person:
        return task
    end = task[-1] if task[-1] in "。；" else ""
    return f"{task.removesuffix(end)}（{person}）{end}"


def _by_month(material: SourceMaterial) -> list[tuple[int, list[JobRow]]]:
    jobs = term_jobs(material)
    term = material.period.term if material.period else None
    months = in_term_order({row.month for row in jobs}, term)
    return [(month, _in_order([row for row in jobs if row.month == month])) for month in months]


def _in_order(rows: list[JobRow]) -> list[JobRow]:
    return sorted(rows, key=lambda row: (row.order is None, row.order or 0, row.line))


def _task(row: JobRow, evidence: Evidence) -> str:
    return evidence.quote(row.task, f"工作安排：{row.month}月", cell(row, "task"))


def _person(row: JobRow, evidence: Evidence) -> str:
    return evidence.quote(row.person, f"工作安排：{row.month}月", cell(row, "person"))


def _weeks(weeks: tuple[int, ...], month: int, evidence: Evidence) -> str:
    meaning = "学校周，星期一起算；一周归上课天数多的那个月。"
    return evidence.of(f"{month}月的周次", weeks_said(weeks), meaning, sources=_CALENDAR) if weeks else ""
