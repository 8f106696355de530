"""读书活动 of a summary: what was promised, what was done, and the evidence."""

import re
from collections.abc import Iterator, Sequence

from schoollib_xl.checks.school.jobs_done import jobs_without_an_entry
from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.activities import ACTIVITIES, activities, asked_jobs, reading_activities
from schoollib_xl.documents.composing.facts.term import Facts
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.papers.summary import ActivityLine
from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.borrowing.targets import BORROWING
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.measures.outcomes import TargetOutcome, activity_rows
from schoollib_xl.rules.target_names import activity_of
from schoollib_xl.wording.answer import ABSENT
from schoollib_xl.wording.quotas.verdicts import plain
from schoollib_xl.wording.zh import closed_up

# What says no more than that the job is done.
_BARE = ("已完成", "完成", "按期完成", "做了", "是", "√", "✓", "按期举办", "按表进行")
_OTHER = "其他"
# Of what nobody wrote down nobody knows that there was none.
_UNRECORDED, _UNREAD = "没有记录", "没有算"
# What the ledgers tell with figures of their own is not told from 完成情况 again; nor is the writing of papers.
_COUNTED = (
    (re.compile("修补"), "修补册数"),
    (re.compile("注销|剔旧|剔除"), "注销册数"),
    (re.compile("新书|采购|添置|入藏"), "入藏册数"),
    (re.compile("清点|盘点"), "清点日期"),
)
_PAPERWORK = re.compile("(?:制订|制定|订|写|拟).{0,8}(?:计划|总结)")


def activity_lines(material: SourceMaterial, evidence: Evidence) -> tuple[ActivityLine, ...]:
    """Each kind of activity that was promised, then those done without a promise."""
    promised = [outcome for outcome in outcomes(material) if _kind(outcome)]
    lines = [_promised(outcome, material, evidence) for outcome in promised]
    kinds = {_kind(outcome) for outcome in promised}
    others = group_by([row for row in activities(material) if row.kind not in kinds], "kind")
    return (*lines, *(_unpromised(kind, rows, evidence) for kind, rows in others.items()))


def _kind(outcome: TargetOutcome) -> str | None:
    return None if outcome.target.name in BORROWING else activity_of(outcome.target.name)


def _promised(outcome: TargetOutcome, material: SourceMaterial, evidence: Evidence) -> ActivityLine:
    target, kind = outcome.target, _kind(outcome) or ""
    asked = evidence.of(f"{kind}计划", plain(target.value), "任务指标的目标值。", Cell(TargetRow, target.line, "value"))
    rows = activity_rows(material.library, material.period, target)
    unknown = _UNREAD if outcome.is_unread else _UNRECORDED
    done = unknown if rows is None else _done(kind, target.unit.partition("/")[0], rows, evidence)
    return ActivityLine(kind, f"{asked}{target.unit}", done, _evidence(rows or (), evidence))


def _unpromised(kind: str, rows: Sequence[ActivityRow], evidence: Evidence) -> ActivityLine:
    name = evidence.quote(kind, "活动记录的类别", cell(rows[0], "kind"))
    return ActivityLine(name, ABSENT, _done(kind, "次", rows, evidence), _evidence(rows, evidence))


def _done(kind: str, unit: str, rows: Sequence[ActivityRow], evidence: Evidence) -> str:
    meaning = f"活动记录中类别为“{kind}”的次数。"
    return f"{evidence.of(f'{kind}完成', len(rows), meaning, sources=(ACTIVITIES,))}{unit}"


def _evidence(rows: Sequence[ActivityRow], evidence: Evidence) -> str:
    return "；".join(filter(None, (_told(row, evidence) for row in rows))) or ABSENT


def told_briefly(row: ActivityRow, evidence: Evidence) -> str:
    """10月24日秋季阅读笔记展评."""
    name = evidence.quote(row.name, "活动名称", cell(row, "name"))
    day = f"{row.held_on.month}月{row.held_on.day}日"
    return evidence.of("活动日期", day, "活动记录的日期。") + name if name else ""


def _told(row: ActivityRow, evidence: Evidence) -> str:
    """10月24日秋季阅读笔记展评，三至六年级196人，展出阅读笔记64份."""
    begun = told_briefly(row, evidence)
    return "，".join(filter(None, (begun, *_details(row, evidence)))) if begun else ""


def _details(row: ActivityRow, evidence: Evidence) -> Iterator[str]:
    classes = evidence.quote(row.classes, header_of(ActivityRow, "classes"), cell(row, "classes"))
    if row.participants:
        name = header_of(ActivityRow, "participants")
        people = evidence.of(name, row.participants, f"活动记录的{name}。", cell(row, "participants"))
        yield f"{classes}{people}人"
    elif classes:
        yield classes
    yield evidence.quote(row.result, "活动成果", cell(row, "result"))


def work_said(material: SourceMaterial, facts: Facts, evidence: Evidence) -> str:
    """The jobs done and what came of them, by 类别: 报刊方面，装订上半年期刊（三种期刊）。"""
    kinds: dict[str, list[str]] = {}
    unrecorded = {told.row.line: told.ledger for told in jobs_without_an_entry(material.library)}
    for row in [job.row for job in asked_jobs(material) if job.state is State.DONE]:
        if not _is_told_elsewhere(row, facts) and (said := _job(row, evidence, unrecorded.get(row.line))):
            kinds.setdefault((row.kind or _OTHER).strip(), []).append(said)
    several = len(kinds) > 1
    said = "。".join(
        f"{f'{kind}方面，' if several and kind != _OTHER else ''}{'；'.join(jobs)}" for kind, jobs in kinds.items()
    )
    return f"{said}。" if said else ""


def _is_told_elsewhere(row: JobRow, facts: Facts) -> bool:
    """Whether a job is a reading activity, is told by figures, or is one of which no more is said than that it is
    done.
    """
    is_bare = (row.done or "").strip().rstrip("。") in _BARE
    is_counted = any(name in facts and word.search(row.task) for word, name in _COUNTED)
    return "读书" in (row.kind or "") or is_bare or is_counted or _PAPERWORK.search(row.task) is not None


def _job(row: JobRow, evidence: Evidence, lacking: str | None) -> str:
    """The job and what came of it; of one that is `lacking` in its book also that, which the paper tells elsewhere."""
    name = f"工作安排：{row.month}月"
    task = evidence.quote(row.task, name, cell(row, "task")).rstrip("。；")
    done = evidence.quote(closed_up(row.done or ""), name, cell(row, "done")).strip().rstrip("。；")
    said = [done] if done and done not in _BARE else []
    if lacking:
        said.append(f"{lacking}里没有记录")
    return f"{task}（{'，'.join(said)}）" if task and said else task


def reading_said(material: SourceMaterial, evidence: Evidence) -> str:
    """The reading activities in one sentence, by day; a name that does not tell what it was stands behind its 类别."""
    rows = reading_activities(material)
    named = (row if row.kind in row.name else row._replace(name=f"{row.kind}“{row.name}”") for row in rows)
    said = "、".join(filter(None, (told_briefly(row, evidence) for row in named)))
    return f"有{said}。" if said else ""
