"""What was promised and how it stands: the answer, and its JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.jobs import JobPromise, State
from schoollib_xl.quotas.promises import Promises, TargetPromise, states_of
from schoollib_xl.rules.completion import Completion
from schoollib_xl.wording.answer import Answer, Section, Value, columns_of, section_of
from schoollib_xl.wording.job_line import of_other_year
from schoollib_xl.wording.places import address
from schoollib_xl.wording.quotas.quota_json import asked_json, figure_json
from schoollib_xl.wording.quotas.verdicts import reached_words
from schoollib_xl.wording.zh import listed, say

_SAID = {
    Completion.BEGUN: "做了一部分",
    Completion.NOT_DONE: "没有做",
    Completion.PUT_OFF: "推迟了",
    Completion.CALLED_OFF: "取消了",
    Completion.SILENT: "完成情况空着",
}
_STATE = {
    State.DONE: "做到了",
    State.DUE: "正在做",
    State.LATE: "过期没做到",
    State.AHEAD: "还没到时候",
    State.DROPPED: "说明不做",
    State.UNKNOWN: "没有记录，算不出",
    State.UNCONFIRMED: "自带的，没有确认",
    State.PAST_YEAR: "以前学年的，没有算",
}
_BEHIND = "落后于进度"
_JOBS = columns_of(JobRow, month=6, task=36, person=12) | {"最迟": 12} | columns_of(JobRow, done=22) | {"在哪里": 20}
_TARGETS = {"指标": 22, "年级": 8, "目标": 10, "现在": 10, "到今天该到": 12, "最迟": 12, "怎样": 18, "在哪里": 18}


def progress_json(library: Library, promised: Promises) -> dict[str, Any]:
    """The answer for other programs: every job and every target with its state and its cells."""
    both = {state: count + states_of(promised.targets)[state] for state, count in states_of(promised.jobs).items()}
    return {
        "as_of": promised.as_of.isoformat(),
        "jobs": [_job_json(library, job) for job in promised.jobs],
        "targets": [_target_json(library, target) for target in promised.targets],
        **{state.value: count for state, count in both.items()},
    }


def _job_json(library: Library, job: JobPromise) -> dict[str, Any]:
    return {
        "month": job.row.month,
        "task": job.row.task,
        "person": job.row.person,
        "due_on": job.due_on.isoformat(),
        "said": job.row.done,
        "state": job.state.value,
        "cells": _cells_json(library, job.cells),
    }


def _target_json(library: Library, promise: TargetPromise) -> dict[str, Any]:
    target = promise.outcome.target
    return {
        "name": target.name,
        "grade": target.scope,
        "target": asked_json(target.value, target.name),
        "unit": target.unit,
        "actual": figure_json(promise.outcome.actual),
        "expected_by_now": None if promise.expected is None else str(promise.expected),
        "due_on": promise.due_on.isoformat() if promise.due_on else None,
        "state": promise.state.value,
        "cells": _cells_json(library, promise.cells),
    }


def _cells_json(library: Library, cells: Sequence[Cell]) -> list[dict[str, str]]:
    return [address(library, cell).as_json() for cell in cells]


def progress_answer(library: Library, promised: Promises) -> Answer:
    """The answer: what is late, what is to be done now, what comes next, the targets."""
    jobs, targets = promised.jobs, promised.targets
    sections = [
        _jobs(library, "过期没做", promised.jobs_in(State.LATE)),
        _jobs(library, "这个月要做", promised.jobs_in(State.DUE)),
        _jobs(library, "下个月要做", promised.next_month()),
        _jobs(library, "做了没有看不出来的", promised.jobs_in(State.UNKNOWN)),
        _jobs(library, "说明不做的", promised.jobs_in(State.DROPPED)),
        _targets(library, "没有达到的指标", promised, State.LATE, State.UNKNOWN),
        _targets(library, "还要继续做的指标", promised, State.DUE),
        _targets(library, "开学以后才算的指标", promised, State.AHEAD),
        _targets(library, "新工作簿自带、本校没有确认的指标", promised, State.UNCONFIRMED),
        _jobs(library, "做完的", promised.jobs_in(State.DONE)),
        _targets(library, "达到的指标", promised, State.DONE),
        _jobs(library, "以前学年的工作安排", promised.jobs_in(State.PAST_YEAR)),
        _targets(library, "以前学年的指标", promised, State.PAST_YEAR),
    ]
    unread = [
        f"“{SHEETS[row_type].name}”有 {len(library[row_type].incomplete)} 行读不全，没有算。"
        for row_type in (JobRow, TargetRow)
        if library[row_type].incomplete
    ]
    nothing = [] if unread else ["工作安排和任务指标里还没有内容。"]
    sentences = [*(_sentences(promised) if jobs or targets else nothing), *unread]
    return Answer("计划进度", sentences, tuple(section for section in sections if section))


def _sentences(promised: Promises) -> Iterator[str]:
    yield f"算到 {say(promised.as_of)}。"
    if promised.jobs:
        yield f"工作安排：{_counted(_STATE[job.state] for state in State for job in promised.jobs_in(state))}。"
    if said := of_other_year(promised.jobs, promised.as_of):
        yield said
    if promised.targets:
        yield f"任务指标：{_counted(_stands(promised, one) for state in State for one in promised.targets_in(state))}。"
    if promised.targets and promised.term and promised.as_of not in promised.term:
        yield _beside_term(promised.as_of, promised.term)
    if promised.targets_in(State.UNCONFIRMED):
        yield "自带的指标改成本校的，或者在基本信息的“已确认”里写上“任务指标”，才算进来。"


def _beside_term(day: date, term: Term) -> str:
    """Where no term is under way, when the one of the targets begins or when it ended."""
    if day < term.start:
        return f"学期从 {say(term.start)}开始，借书、活动这些按学期算的指标到那时才算。"
    return f"学期到 {say(term.end)}已经结束，按学期算的指标算到那天。"


def _counted(words: Iterable[str]) -> str:
    return "，".join(f"{word} {count} 项" for word, count in Counter(words).items())


def _stands(promised: Promises, target: TargetPromise) -> str:
    """How a target stands; one that is behind while there is time left is not past its day."""
    has_time = target.due_on is not None and promised.as_of < target.due_on
    return _BEHIND if target.state is State.LATE and has_time else _STATE[target.state]


def _jobs(library: Library, name: str, jobs: Sequence[JobPromise]) -> Section | None:
    rows = [_job_row(library, job) for job in jobs]
    return section_of(name, _JOBS, rows) if rows else None


def _job_row(library: Library, job: JobPromise) -> tuple[Value, ...]:
    row = job.row
    silent = _SAID.get(job.said) if job.state is not State.UNKNOWN else "看不出"
    said = row.done or (listed([one.name for one in job.shown_by]) if job.shown_by else silent)
    return f"{row.month}月", row.task, row.person, job.due_on, said, address(library, job.cells[1])


def _targets(library: Library, name: str, promised: Promises, *states: State) -> Section | None:
    rows = [_target_row(library, promise, _stands(promised, promise)) for promise in promised.targets_in(*states)]
    return section_of(name, _TARGETS, rows) if rows else None


def _target_row(library: Library, promise: TargetPromise, stands: str) -> tuple[Value, ...]:
    target = promise.outcome.target
    return (
        target.name,
        target.scope or "全校",
        f"{target.value} {target.unit}",
        reached_words(*promise.pupils) if promise.pupils else promise.outcome.actual,
        promise.expected,
        promise.due_on,
        stands,
        address(library, promise.cells[0]),
    )
