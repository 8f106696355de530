"""What 工作安排 asks this month, in one sentence at the end of another answer."""

from collections.abc import Sequence

from schoollib_xl.quotas.jobs import JobPromise, State
from schoollib_xl.wording.zh import listed


def progress_line(jobs: Sequence[JobPromise]) -> str:
    """One sentence for the end of another answer; '' where nothing is late and nothing is to be done this month."""
    late, due = ([job for job in jobs if job.state is state] for state in (State.LATE, State.DUE))
    said = [f"过期没做 {len(late)} 项（{_tasks(late)}）"] if late else []
    said += [f"这个月要做 {len(due)} 项（{_tasks(due)}）"] if due else []
    return f"工作安排：{'；'.join(said)}。" if said else ""


def _tasks(jobs: Sequence[JobPromise]) -> str:
    return listed([job.row.task for job in jobs], 3, "项")
