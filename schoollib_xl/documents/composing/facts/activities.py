"""Facts about what was planned, promised and done in the term."""

import re
from collections.abc import Iterator

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.facts.lending import TARGETS, grade_words, is_nearly_over
from schoollib_xl.documents.composing.facts.stating import Fact
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.completeness import may_lack
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.quotas.jobs import JobPromise, State, planned_jobs
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.rules.completion import Completion, is_mark

ACTIVITIES = SourceColumns(ActivityRow, ("held_on", "kind", "participants"))
JOBS = SourceColumns(JobRow, ("month", "done"))
# What is recorded beside reading activities: inspections, meetings, papers printed, work on the books and the room.
_NOT_READING = re.compile(
    "检查|研讨|教研|培训|会议|例会|考评|评选|(?<!手抄)(?<!小)报$|刊$"
    "|征订|订阅|采购|购书|捐|赠|验收|编目|上架|修补|整理|清点|盘点|剔旧|注销|消毒|安全|防火|消防|疏散|逃生|卫生|值日|布置"
)
# What an activity is called in which readers read, tell or write of it; a meeting of parents or a sports day is not.
_READING = re.compile(
    "读|阅|书(?!法|记|画)|诵|故事|演讲|讲演|征文|作文|作家|写作|诗|词|成语|经典|绘本|童话|课本剧|手抄报|小报"
)


def activity_facts(material: SourceMaterial) -> Iterator[Fact]:
    """Activities, jobs of the plan, targets."""
    if (held := reading_activities(material)) and activities_known(material):
        people = [row.participants for row in held]
        yield Fact("活动次数", len(held), (ACTIVITIES,))
        yield Fact("活动人次", None if None in people else sum(filter(None, people)) or None, (ACTIVITIES,))
    jobs = asked_jobs(material)
    # Of a column that nobody filled in, nothing is said: left blank is not left undone.
    if any(job.said is not Completion.SILENT or job.shown_by for job in jobs):
        open_jobs = [job for job in jobs if job.state not in (State.DONE, State.UNKNOWN)]
        done = sum(job.state is State.DONE for job in jobs)
        yield Fact("安排项数", len(jobs), (JOBS,))
        yield Fact("完成安排项数", done or None, (JOBS,))
        cells = tuple(cell for job in open_jobs for cell in job.cells)
        yield Fact("未完成安排", "、".join(map(_open_job, open_jobs)) or None, (JOBS,), cells)
    comparable = comparable_outcomes(material)
    unknown = len(outcomes(material)) - len(comparable) if is_nearly_over(material) else 0
    if comparable:
        undone = [outcome for outcome in comparable if not outcome.is_reached]
        missed = [outcome for outcome in undone if not outcome.is_open]
        yield Fact("指标项数", len(comparable), (TARGETS,))
        yield Fact("无数指标项数", unknown or None, (TARGETS,))
        yield Fact("完成指标项数", len(comparable) - len(undone) or None, (TARGETS,))
        yield Fact("全年指标项数", len(undone) - len(missed) or None, (TARGETS,))
        yield Fact("未完成指标", "、".join(dict.fromkeys(map(_full_name, missed))) or None, (TARGETS,))
    else:
        yield Fact("都是无数指标项数", unknown or None, (TARGETS,))


def _full_name(outcome: TargetOutcome) -> str:
    target = outcome.target
    return f"{grade_words(target.grades)}{target.name}" if target.scope else target.name


def activities(material: SourceMaterial) -> list[ActivityRow]:
    """The rows of 活动记录 in the term up to the cut-off, by day."""
    window = material.window
    held = [row for row in material.library[ActivityRow] if window and row.held_on in window]
    return sorted(held, key=lambda row: (row.held_on, row.line))


def activities_known(material: SourceMaterial) -> bool:
    """Whether no line of 活动记录 that may be of the term lacks its day, what it was or what it was called."""
    return material.window is None or not may_lack(material.library[ActivityRow], "held_on", material.window)


def reading_activities(material: SourceMaterial) -> list[ActivityRow]:
    """The activities in which readers took part."""
    return [row for row in activities(material) if _is_reading(row)]


def _is_reading(row: ActivityRow) -> bool:
    """By 类别, or by 名称 where that says neither."""
    telling = (text for text in (row.kind, row.name) if _NOT_READING.search(text) or _READING.search(text))
    said = next(telling, None)
    return said is not None and not _NOT_READING.search(said)


def term_jobs(material: SourceMaterial) -> list[JobRow]:
    """The rows of 工作安排 for the months of the term."""
    return [row for row in material.library[JobRow] if row.month in material.months]


def asked_jobs(material: SourceMaterial) -> list[JobPromise]:
    """The jobs of 工作安排 in the term that are asked by the cut-off, by month. What the month that is under way still
    has time for is not, but for the last weeks of a term; nor is anything of a school year that is over.
    """
    term = material.period.term if material.period else None
    planned = planned_jobs(material.library, material.cut_off, term)
    has_time = not is_nearly_over(material)
    own = (job for job in planned if job.row.month in material.months and job.state is not State.PAST_YEAR)
    begun = (job for job in own if job.begins_on <= material.cut_off)
    return [job for job in begun if not (has_time and job.state is State.DUE and material.cut_off < job.due_on)]


def _open_job(job: JobPromise) -> str:
    task = f"“{job.row.task.rstrip('。；')}”"
    done = (job.row.done or "").strip()
    said = [done.rstrip("。；")] if done and not is_mark(done) else []
    if job.said is not Completion.SILENT and job.shown_by:
        said.append("活动记录里有")
    return f"{task}（{'，'.join(said)}）" if said else task


def comparable_outcomes(material: SourceMaterial) -> list[TargetOutcome]:
    """The targets that have a figure to compare them with."""
    return [outcome for outcome in outcomes(material) if outcome.actual is not None]
