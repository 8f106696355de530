"""What 工作安排 asks this month and next, in one sentence at the end of another answer."""

from collections.abc import Sequence
from datetime import date

from schoollib_xl.ledgers.school import first_year, school_year_from
from schoollib_xl.quotas.jobs import JobPromise, State, of_next_month
from schoollib_xl.wording.zh import listed, say


def progress_line(jobs: Sequence[JobPromise], day: date) -> str:
    """One sentence for the end of another answer; '' where nothing is late, nothing is to be done this month and
    nothing is planned for the next; of the jobs of a school year that is over, that they are.
    """
    late, due = ([job for job in jobs if job.state is state] for state in (State.LATE, State.DUE))
    kinds = (("过期没做", late), ("这个月要做", due), ("下个月", of_next_month(jobs, day)))
    said = [
        f"{words} {len(found)} 项（{listed([job.row.task for job in found], 3, '项')}）"
        for words, found in kinds
        if found
    ]
    return f"工作安排：{'；'.join(said)}。" if said else of_other_year(jobs, day)


def of_other_year(jobs: Sequence[JobPromise], day: date) -> str:
    """That the jobs are those of another school year than the day lies in; '' where they are of the same, or none."""
    year = first_year(jobs[0].begins_on if jobs else day)
    if day in school_year_from(year):
        return ""
    written = f"工作安排是 {year}-{year + 1} 学年的，{say(day)}不在这个学年里"
    if day < school_year_from(year).start:
        return f"{written}，都还没到时候。"
    now = first_year(day)
    return f"{written}，没有算；写上新学年的安排，再把基本信息的“学年”改成 {now}-{now + 1}。"
