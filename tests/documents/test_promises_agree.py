"""`progress`, the last line of `check` and the summary count the same promises alike, whatever the plan."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from make import library, row
from schoollib_xl.documents.composing.facts.activities import activity_facts
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.jobs import planned_jobs
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.job_line import progress_line
from schoollib_xl.wording.progress import progress_json

WORDS = (None, "已完成", "未完成", "进行中", "因疫情取消", "推迟到下学期", "办了1次")
TASKS = ("制订计划", "阅读笔记展评", "图书室检查", "读书演讲比赛")
FIRST, LAST = date(2025, 9, 1), date(2026, 1, 23)
JOBS = st.builds(
    lambda month, task, done, times: row(JobRow, month=month, task=task, done=done, planned_times=times),
    st.sampled_from((9, 10, 11, 12, 1, 3, 5)),
    st.sampled_from(TASKS),
    st.sampled_from(WORDS),
    st.sampled_from((None, 2)),
)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda more: FIRST + timedelta(days=more))
ACTS = st.builds(lambda day, kind: row(ActivityRow, held_on=day, kind=kind), DAYS, st.sampled_from(TASKS[1:]))
TARGETS = st.builds(
    lambda name, value: row(TargetRow, name=name, grades=None, value=value, unit="次"),
    st.sampled_from(("阅读笔记展评次数", "图书室检查次数", "读书演讲比赛次数")),
    st.integers(1, 3).map(Decimal),
)


def counted(line: str, what: str) -> int:
    found = re.search(rf"{what} (\d+) 项", line)
    return int(found[1]) if found else 0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(JOBS, max_size=8), st.lists(ACTS, max_size=5), st.lists(TARGETS, max_size=3), DAYS)
def test_the_same_promises_are_counted_alike_everywhere(
    jobs: list[JobRow], acts: list[ActivityRow], targets: list[TargetRow], day: date
) -> None:
    books = library(*jobs, *acts, *targets, as_of=day)
    quotas = statement(books)
    said: dict[str, Any] = progress_json(books, promises(books, quotas))
    line = progress_line(planned_jobs(books, day), day)
    states = [job["state"] for job in said["jobs"]]
    assert (counted(line, "过期没做"), counted(line, "这个月要做")) == (states.count("late"), states.count("due"))
    coming = [job["state"] for job in said["jobs"] if job["month"] == day.month % 12 + 1]
    assert counted(line, "下个月") == coming.count("ahead")
    facts = {fact.name: fact.value for fact in activity_facts(SourceMaterial(books, quotas, None))}
    # A job that was put off or called off was asked for all the same once its month has begun; for what this month
    # still has time for nobody is asked yet.
    begun = [job for job in said["jobs"] if date.fromisoformat(job["due_on"]).replace(day=1) <= day]
    asked_jobs = [job for job in begun if job["state"] != "due" or date.fromisoformat(job["due_on"]) <= day]
    asked = [job["state"] for job in asked_jobs]
    # Of jobs none of which anybody wrote of, or recorded something for, the summary is silent.
    is_told = any(job["said"] or len({cell["sheet"] for cell in job["cells"]}) > 1 for job in asked_jobs)
    assert facts.get("安排项数", 0) == (len(asked) if is_told else 0)
    assert (facts.get("完成安排项数") or 0) == asked.count("done") == states.count("done")
    known = [target for target in said["targets"] if target["state"] != "unknown" and target["actual"] is not None]
    assert facts.get("指标项数", 0) == len(known)
    assert (facts.get("完成指标项数") or 0) == sum(target["state"] == "done" for target in known)
