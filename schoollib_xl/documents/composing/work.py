"""主要工作 of a summary: the jobs done with their 完成情况, and the reading activities, as sentences."""

from schoollib_xl.documents.composing.activity_facts import asked_jobs, reading_activities
from schoollib_xl.documents.composing.activity_tables import told_briefly
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.papers.plan import Line
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.quotas.jobs import State

# What says no more than that the job is done.
_BARE = ("已完成", "完成", "按期完成", "做了", "是", "√", "✓", "按期举办", "按表进行")
_OTHER = "其他"


def work_lines(grounds: Grounds, evidence: Evidence) -> tuple[Line, ...]:
    """The jobs done and what came of them, by 类别: 藏书方面，集中修补破损图书（修补8册）；剔旧注销（注销14册）。"""
    kinds: dict[str, list[str]] = {}
    for row in [job.row for job in asked_jobs(grounds) if job.state is State.DONE]:
        if not _is_told_elsewhere(row) and (said := _job(row, evidence)):
            kinds.setdefault((row.kind or _OTHER).strip(), []).append(said)
    several = len(kinds) > 1
    said = "。".join(
        f"{f'{kind}方面，' if several and kind != _OTHER else ''}{'；'.join(jobs)}" for kind, jobs in kinds.items()
    )
    return (Line(f"{said}。"),) if said else ()


def _is_told_elsewhere(row: JobRow) -> bool:
    """Whether a job is a reading activity, or one of which no more is said than that it is done."""
    return "读书" in (row.kind or "") or (row.done or "").strip().rstrip("。") in _BARE


def _job(row: JobRow, evidence: Evidence) -> str:
    name = f"工作安排：{row.month}月"
    task = evidence.quote(row.task, name, Cell(JobRow, row.line, "task")).rstrip("。；")
    done = evidence.quote(row.done, name, Cell(JobRow, row.line, "done")).strip().rstrip("。；")
    return f"{task}（{done}）" if task and done and done not in _BARE else task


def reading_lines(grounds: Grounds, evidence: Evidence) -> tuple[Line, ...]:
    """The reading activities in one sentence, by day."""
    said = "、".join(filter(None, (told_briefly(row, grounds, evidence) for row in reading_activities(grounds))))
    return (Line(f"有{said}。"),) if said else ()
