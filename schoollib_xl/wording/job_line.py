"""What 工作安排 asks this month and next, in one sentence at the end of another answer."""

from collections.abc import Sequence
from datetime import date

from schoollib_xl.quotas.jobs import JobPromise, State, of_next_month
from schoollib_xl.wording.zh import listed


def progress_line(jobs: Sequence[JobPromise], day: date) -> str:
    """One sentence for the end of another answer; '' where nothing is late, nothing is to be done this month and
    nothing is planned for the next.
    """
    late, due = ([job for job in jobs if job.state is state] for state in (State.LATE, State.DUE))
    kinds = (("过期没做", late), ("这个月要做", due), ("下个月", of_next_month(jobs, day)))
    said = [f"{words} {len(found)} 项（{_tasks(found)}）" for words, found in kinds if found]
    return f"工作安排：{'；'.join(said)}。" if said else ""


def _tasks(jobs: Sequence[JobPromise]) -> str:
    return listed([job.row.task for job in jobs], 3, "项")
