"""What the librarian is told about a plan before it is printed; nothing of it stands in the plan."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from schoollib_xl.documents.composing.activity_facts import term_jobs
from schoollib_xl.documents.composing.confirmed import outcomes, unconfirmed_notes
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.text_lint import schedule_lint, text_lint
from schoollib_xl.documents.composing.texts import rows_for, text_sections
from schoollib_xl.documents.composing.weeks import months_of
from schoollib_xl.documents.composing.wording_lint import control_notes, text_notes
from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.schema import Cell, Row, cell
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.vocabulary import PaperKind
from schoollib_xl.quotas.holdings import standard_of
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.findings import address
from schoollib_xl.wording.quotas import limit_reason, not_computed, plain
from schoollib_xl.wording.zh import say

# A plan is written in the first weeks of its term.
_IN_TIME = timedelta(days=31)
_NUMERAL = re.compile(r"[\d一二三四五六七八九十两几]")
_ACTIVITY = re.compile("活动|比赛|展评|交流|演讲|征文|读书节")


def plan_notes(grounds: Grounds) -> tuple[str, ...]:
    """Everything to look at again, each with its cell."""
    return (
        *_months(grounds),
        *_promises(grounds),
        *_hours(grounds),
        *_targets(grounds),
        *_below_standard(grounds),
        *text_notes(grounds, PaperKind.PLAN),
        *(note for place, text in _jobs(grounds) for note in control_notes(place, text)),
        *text_lint(grounds, _texts(grounds)),
        *schedule_lint(grounds),
        *_when_signed(grounds),
        *unconfirmed_notes(grounds),
        *missing_figures(grounds),
    )


def _texts(grounds: Grounds) -> Iterator[tuple[str, str]]:
    for row in rows_for(grounds.library, PaperKind.PLAN, grounds.term_name):
        yield _at(grounds, row, "text"), row.text
    yield from _jobs(grounds)


def _jobs(grounds: Grounds) -> Iterator[tuple[str, str]]:
    for job in term_jobs(grounds):
        yield _at(grounds, job, "task"), job.task


def paper_notes(grounds: Grounds, texts: Sequence[str]) -> tuple[str, ...]:
    """The same lint of a finished paper, whatever she changed in it; `texts` are its paragraphs in order."""
    placed = [(f"第{number}段", text) for number, text in enumerate(texts, 1) if text.strip()]
    return (*text_lint(grounds, placed), *schedule_lint(grounds))


def _at(grounds: Grounds, row: Row, field: str) -> str:
    return str(address(grounds.library, cell(row, field)))


def _months(grounds: Grounds) -> Iterator[str]:
    """Months of neither this term nor the one before, whose jobs may still stand on the sheet."""
    if grounds.period is None:
        return
    term, school = grounds.period.term, grounds.library.school
    known = {month for one in (term, school.term, school.previous_term) if one for month in months_of(one)}
    strays = group_by([row for row in grounds.library[JobRow] if row.month not in known], "month")
    for month, rows in strays.items():
        span = f"{say(term.start)}到{say(term.end)}"
        first = f"{_at(grounds, rows[0], 'month')} {f'等{len(rows)}行' if len(rows) > 1 else ''}"
        yield f"{first}的{month}月不在本学期（{span}），没有放进计划。"


def _promises(grounds: Grounds) -> Iterator[str]:
    months = months_of(grounds.period.term) if grounds.period else range(1, 13)
    for row in grounds.library[JobRow]:
        if row.month in months and row.planned_times is None and _ACTIVITY.search(f"{row.kind or ''}{row.task}"):
            yield f"{_at(grounds, row, 'planned_times')} 没有写次数，“{row.task}”到期末没法对照。"
    for section in text_sections(grounds.library, PaperKind.PLAN, grounds.term_name):
        if "目标" in section.name and not any(_NUMERAL.search(row.text) for row in section.rows):
            first = _at(grounds, section.rows[0], "text")
            yield f"{first} 起的“{section.name}”没有一个数，到期末没法对照。"


def _hours(grounds: Grounds) -> Iterator[str]:
    for row in (*grounds.library[OpeningRow], *grounds.library[TurnRow]):
        if row.starts_at and row.ends_at and row.ends_at <= row.starts_at:
            span = f"{say(row.starts_at)}到{say(row.ends_at)}"
            yield f"{_at(grounds, row, 'ends_at')} 结束不比开始晚（{span}）。"


def _targets(grounds: Grounds) -> Iterator[str]:
    """Targets the rules, the turns, the hours or the stock do not allow; not where the rules are nobody's."""
    for outcome in outcomes(grounds):
        reason = limit_reason(outcome)
        if reason and all(verdict.is_by_own_rule for verdict in outcome.hindered):
            at = address(grounds.library, Cell(TargetRow, outcome.target.line, "value"))
            yield f"{at} “{outcome.target.name}”{plain(outcome.target.value)}{outcome.target.unit}做不到：{reason}"


def _below_standard(grounds: Grounds) -> Iterator[str]:
    standard = standard_of(grounds.library)
    asked = {
        TargetName.HOLDINGS: standard.copies_per_pupil,
        TargetName.NEW_COPIES: standard.new_copies_per_pupil,
        TargetName.PERIODICALS: standard.periodicals,
        TargetName.REFERENCE_TITLES: standard.reference_titles,
        TargetName.OPENING_HOURS: standard.hours_per_week,
    }
    for outcome in outcomes(grounds):
        target = outcome.target
        least = next((figure for name, figure in asked.items() if name == target.name), None)
        if least is not None and target.value is not None and target.value < least:
            at = address(grounds.library, Cell(TargetRow, target.line, "value"))
            said = f"“{target.name}”{plain(target.value)}低于标准的{plain(least)}"
            yield f"{at} {said}（{standard.source}）。"


def _when_signed(grounds: Grounds) -> Iterator[str]:
    if grounds.period and grounds.library.as_of > grounds.period.term.start + _IN_TIME:
        signed, start = grounds.library.as_of, grounds.period.term.start
        how = f"再写一次，日期写 {start.isoformat()}（按钮会问，命令加 --as-of {start.isoformat()}）。"
        yield f"计划的落款日期是{say(signed)}，离开学已远；要用开学时的日期和数，{how}"


def missing_figures(grounds: Grounds) -> Iterator[str]:
    """What could not be worked out, and why."""
    for one in grounds.stated.not_computed:
        what, why = not_computed(grounds.library, one)
        yield f"没有算{what}：{why}"
