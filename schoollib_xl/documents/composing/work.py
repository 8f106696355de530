"""主要工作 of a summary: the jobs done with their 完成情况, and the reading activities, as sentences."""

import re

from schoollib_xl.documents.composing.activity_facts import asked_jobs, reading_activities
from schoollib_xl.documents.composing.activity_tables import told_briefly
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts import Facts
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.quotas.jobs import State

# What says no more than that the job is done.
_BARE = ("已完成", "完成", "按期完成", "做了", "是", "√", "✓", "按期举办", "按表进行")
_OTHER = "其他"
# What the ledgers tell with figures of their own is not told from 完成情况 again; nor is the writing of papers.
_COUNTED = (
    (re.compile("修补"), "修补册数"),
    (re.compile("注销|剔旧|剔除"), "注销册数"),
    (re.compile("新书|采购|添置|入藏"), "入藏册数"),
    (re.compile("清点|盘点"), "清点日期"),
)
_PAPERWORK = re.compile("(?:制订|制定|订|写|拟).{0,8}(?:计划|总结)")


def work_said(material: SourceMaterial, facts: Facts, evidence: Evidence) -> str:
    """The jobs done and what came of them, by 类别: 报刊方面，装订上半年期刊（三种期刊）。"""
    kinds: dict[str, list[str]] = {}
    for row in [job.row for job in asked_jobs(material) if job.state is State.DONE]:
        if not _is_told_elsewhere(row, facts) and (said := _job(row, evidence)):
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


def _job(row: JobRow, evidence: Evidence) -> str:
    name = f"工作安排：{row.month}月"
    task = evidence.quote(row.task, name, Cell(JobRow, row.line, "task")).rstrip("。；")
    done = evidence.quote(row.done, name, Cell(JobRow, row.line, "done")).strip().rstrip("。；")
    return f"{task}（{done}）" if task and done and done not in _BARE else task


def reading_said(material: SourceMaterial, evidence: Evidence) -> str:
    """The reading activities in one sentence, by day."""
    said = "、".join(filter(None, (told_briefly(row, material, evidence) for row in reading_activities(material))))
    return f"有{said}。" if said else ""
