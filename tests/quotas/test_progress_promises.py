"""工作安排 and 任务指标 on a day: done, due, late, to come."""

from datetime import date
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, library, row, with_unreadable, without_column
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.quotas.jobs import State, planned_jobs
from schoollib_xl.quotas.promises import Promises, promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.starting import default_rows
from schoollib_xl.wording.job_line import progress_line
from schoollib_xl.wording.progress import progress_answer
from schoollib_xl.wording.quotas.verdicts import outcome_word

NOVEMBER = date(2025, 11, 20)


def job(month: int, done: str | None = None, **changes: Any) -> JobRow:
    return row(JobRow, month=month, done=done, **changes)


def stand(day: date, *rows: Any) -> Promises:
    books = library(*rows, as_of=day)
    return promises(books, statement(books))


@pytest.mark.parametrize(
    ("month", "done", "state"),
    [
        (9, "已完成", State.DONE),
        (9, None, State.LATE),
        (9, "未完成", State.LATE),
        (9, "进行中", State.LATE),
        (9, "因疫情取消", State.DROPPED),
        (10, "推迟到下学期", State.DROPPED),
        (11, None, State.DUE),
        (11, "已完成", State.DONE),
        (12, None, State.AHEAD),
        (12, "已完成", State.AHEAD),
        (3, None, State.AHEAD),
    ],
)
def test_a_job_stands_by_its_month_and_its_words(month: int, done: str | None, state: State) -> None:
    (found,) = stand(NOVEMBER, job(month, done)).jobs
    assert found.state is state


def test_a_job_is_due_until_the_term_ends_where_that_is_in_its_month() -> None:
    (found,) = stand(date(2026, 1, 23), job(1)).jobs
    assert (found.due_on, found.state) == (date(2026, 1, 23), State.DUE)
    assert stand(date(2026, 1, 24), job(1)).jobs[0].state is State.LATE


def test_a_blank_is_filled_by_what_the_activities_show() -> None:
    held = row(ActivityRow, held_on=date(2025, 10, 24), kind="阅读笔记展评")
    task = {"task": "举办秋季阅读笔记展评"}
    (found,) = stand(NOVEMBER, job(10, **task), held).jobs
    assert (found.state, found.shown_by) == (State.DONE, (held,))
    assert stand(NOVEMBER, job(10, planned_times=2, **task), held).jobs[0].state is State.LATE
    assert stand(NOVEMBER, job(9, **task), held).jobs[0].state is State.LATE


def test_jobs_come_in_the_order_of_the_school_year() -> None:
    months = [one.row.month for one in stand(NOVEMBER, job(1), job(9), job(6), job(12)).jobs]
    assert months == [9, 12, 1, 6]


def test_next_month_is_asked_for_ahead() -> None:
    assert [one.row.month for one in stand(NOVEMBER, job(12), job(1)).next_month()] == [12]
    assert [one.row.month for one in stand(date(2025, 12, 5), job(12), job(1)).next_month()] == [1]


def test_the_jobs_of_a_term_are_those_its_months_touch() -> None:
    books = library(*(job(month) for month in (9, 1, 2, 6)), as_of=NOVEMBER)
    term = EXAMPLE_SCHOOL.term
    assert [one.row.month for one in planned_jobs(books, NOVEMBER, term)] == [9, 1]


def test_the_school_year_that_is_written_says_which_plan_it_is() -> None:
    rows = [job(9, "已完成"), job(6, "已完成")]
    by_dates = EXAMPLE_SCHOOL._replace(school_year=None)
    for school in (EXAMPLE_SCHOOL, by_dates):
        summer = library(*rows, school=school, as_of=date(2026, 8, 20))
        assert [one.state for one in planned_jobs(summer, summer.as_of)] == [State.DONE, State.DONE]
        autumn = library(*rows, row(TargetRow), school=school, as_of=date(2026, 9, 10))
        found = promises(autumn, statement(autumn))
        assert {one.state for one in (*found.jobs, *found.targets)} == {State.PAST_YEAR}
        said = "工作安排是 2025-2026 学年的，2026年9月10日不在这个学年里，没有算；"
        assert progress_answer(autumn, found).sentences[2].startswith(said)
        assert progress_line(found.jobs, autumn.as_of).startswith(said)
    ahead = library(*rows, school=EXAMPLE_SCHOOL._replace(school_year="2026-2027"), as_of=date(2025, 10, 10))
    found = promises(ahead, statement(ahead))
    assert ({one.state for one in found.jobs}, found.next_month()) == ({State.AHEAD}, [])
    assert "不在这个学年里，都还没到时候。" in progress_line(found.jobs, ahead.as_of)


def test_between_two_terms_what_grows_in_a_term_is_to_come_or_over() -> None:
    books = clean_school().library(date(2026, 2, 10))
    found = promises(books, statement(books))
    states = {one.outcome.target.name: one.state for one in found.targets}
    assert (states["生均借书册数"], states["读书报期数"], states["工具书种数"]) == (State.AHEAD, State.AHEAD, State.DUE)
    assert "学期从 2026年2月23日开始" in " ".join(progress_answer(books, found).sentences)
    words = {one.target.name: outcome_word(one) for one in statement(books).outcomes}
    assert (words["生均借书册数"], words["工具书种数"]) == ("还没开学", "未完成")
    summer = clean_school().library(date(2026, 7, 20))
    words = {one.target.name: outcome_word(one) for one in statement(summer).outcomes}
    assert (words["每生最低借书册数"], words["工具书种数"]) == ("学期已过，未完成", "未完成")
    said = progress_answer(summer, promises(summer, statement(summer))).sentences
    assert said[-1] == "学期到 2026年7月3日已经结束，按学期算的指标算到那天。"


def test_a_target_counted_in_times_is_due_until_the_end() -> None:
    target = row(TargetRow, name="阅读笔记展评次数", value=2, unit="次", grades=None)
    held = row(ActivityRow, held_on=date(2025, 10, 24), kind="阅读笔记展评")
    assert [stand(day, target, held).targets[0].state for day in (NOVEMBER, date(2026, 1, 23))] == [
        State.DUE,
        State.LATE,
    ]
    twice = held._replace(held_on=date(2025, 11, 3))
    assert stand(NOVEMBER, target, held, twice).targets[0].state is State.DONE


def test_a_minimum_is_told_by_how_many_have_it_and_a_mean_with_time_left_is_not_past_its_day() -> None:
    books = clean_school().library(date(2026, 3, 20))
    said = progress_answer(books, promises(books, statement(books)))
    rows = {row[0]: row for section in said.sections for row in section.tables[0].rows if "指标" in section.name}
    assert rows["每生最低借书册数"][3] == "199 人中 24 人借满"
    assert not any("过期" in str(value) for row in rows.values() for value in row)
    assert said.sentences[-1].endswith("落后于进度 1 项。")


def test_what_a_new_workbook_asks_by_itself_is_no_promise_until_it_is_confirmed() -> None:
    shipped = default_rows(NOVEMBER)[TargetRow]
    books = library(*shipped, as_of=NOVEMBER)
    assert {one.state for one in promises(books, statement(books)).targets} == {State.UNCONFIRMED}
    confirmed = library(*shipped, as_of=NOVEMBER, school=EXAMPLE_SCHOOL._replace(confirmed="任务指标"))
    assert State.UNCONFIRMED not in {one.state for one in promises(confirmed, statement(confirmed)).targets}


def test_what_nothing_records_is_not_judged() -> None:
    target = row(TargetRow, name="学习笔记字数", value=3000, unit="字", grades=None)
    assert stand(NOVEMBER, target).targets[0].state is State.UNKNOWN
    # In the first weeks of a term there need not be a record of anything.
    days = (date(2025, 9, 1), date(2025, 9, 28), date(2025, 9, 29))
    assert [stand(day, target).targets[0].state for day in days] == [State.DUE, State.DUE, State.UNKNOWN]


def test_the_clean_school_has_done_every_job_by_the_end_of_its_year() -> None:
    books = clean_school().library()
    found = promises(books, statement(books))
    assert {one.state for one in found.jobs} == {State.DONE}
    assert len(found.targets) == len(statement(books).outcomes)


def test_of_a_job_of_which_nobody_can_read_what_became_nobody_says_that_it_is_late() -> None:
    held = row(ActivityRow, held_on=date(2025, 10, 24), kind="阅读笔记展评")
    books = library(job(9, "已完成"), job(10, task="秋季阅读笔记展评"), job(12), held, as_of=NOVEMBER)
    assert [one.state for one in planned_jobs(books, NOVEMBER)] == [State.DONE, State.DONE, State.AHEAD]
    lacking = without_column(books, JobRow, "done")
    found = promises(lacking, statement(lacking))
    assert [one.state for one in found.jobs] == [State.UNKNOWN, State.DONE, State.AHEAD]
    sections = [section.name for section in progress_answer(lacking, found).sections]
    assert sections == ["下个月要做", "做了没有看不出来的", "做完的"]
    assert progress_line(found.jobs, NOVEMBER).startswith("工作安排：下个月 1 项")
    blank = library(job(9), job(10, task="秋季阅读笔记展评"), job(12), held, as_of=NOVEMBER)
    unread = with_unreadable(blank, blank[JobRow].rows[0], "done")
    assert [one.state for one in planned_jobs(unread, NOVEMBER)] == [one.state for one in found.jobs]
    assert planned_jobs(blank, NOVEMBER)[0].state is State.LATE
