"""What the librarian is told about a plan or a summary before it is printed; nothing of it stands in the paper."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from schoollib_xl.documents.composing.confirmed import outcomes, unconfirmed_notes
from schoollib_xl.documents.composing.facts.activities import asked_jobs, term_jobs
from schoollib_xl.documents.composing.facts.lending import grade_words, is_nearly_over, lacked_loans_before
from schoollib_xl.documents.composing.facts.term import differences
from schoollib_xl.documents.composing.lint.texts import schedule_lint, text_lint
from schoollib_xl.documents.composing.lint.wording import cell_said, control_notes, sentence_notes, text_notes
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.weeks import months_of
from schoollib_xl.documents.composing.words.texts import rows_for, text_sections
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.completeness import may_fall
from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.schema import SHEETS, Cell, cell
from schoollib_xl.ledgers.school import year_named
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.quotas.basis.period import progress
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle, by_kind
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.measures.holdings import standard_of
from schoollib_xl.rules.completion import Completion
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.checking.unchecked import unchecked_sentences
from schoollib_xl.wording.places import address
from schoollib_xl.wording.quotas.obstacles import not_computed
from schoollib_xl.wording.quotas.quota_sentences import without_loans
from schoollib_xl.wording.quotas.verdicts import limit_reason, plain
from schoollib_xl.wording.zh import listed, say

# What is counted all the same, and told of.
_COUNTED = (
    Obstacle.CLASS_OF_TODAY,
    Obstacle.READER_UNLISTED,
    Obstacle.MODE_LACKING,
    Obstacle.COPIES_UNCLASSIFIED,
    Obstacle.COPIES_UNPRICED,
    Obstacle.STOCKS_DIFFER,
)
# A plan is written in the first weeks of its term.
_PLAN_IN_TIME = timedelta(days=31)
# Jobs in so many months of the other term are its plan.
_MONTHS_OF_A_TERM = 3
# More jobs than these of which nobody wrote the end are told together.
_MOST_JOBS = 3
_NUMERAL = re.compile(r"[\d一二三四五六七八九十两几]")
_ACTIVITY = re.compile("活动|比赛|展评|交流|演讲|征文|读书节")

# The cells by which the papers count what no quota is made of.
_COUNTED_BY: Mapping[type[Any], tuple[str, ...]] = {
    CashRow: ("booked_on", "received", "spent"),
    CompensationRow: ("registered_on",),
    VisitRow: ("visited_on", "people"),
}
# A summary is signed within the weeks after its term.
_SUMMARY_IN_TIME = timedelta(days=62)


def plan_notes(material: SourceMaterial) -> tuple[str, ...]:
    """Everything to look at again, each with its cell."""
    return (
        *heading_notes(material),
        *_months(material),
        *_unread_jobs(material),
        *_promises(material),
        *_targets(material),
        *_below_standard(material),
        *text_notes(material, PaperKind.PLAN),
        *(note for job in term_jobs(material) for note in control_notes(material, job, "task")),
        *text_lint(material, _texts(material)),
        *schedule_lint(material),
        *_when_signed(material),
        *unconfirmed_notes(material),
        *missing_figures(material),
    )


def _texts(material: SourceMaterial) -> Iterator[tuple[str, str]]:
    for row in rows_for(material.library, PaperKind.PLAN, material.term_name):
        yield cell_said(material, row, "text"), row.text
    yield from _jobs(material)


def _jobs(material: SourceMaterial) -> Iterator[tuple[str, str]]:
    for job in term_jobs(material):
        yield cell_said(material, job, "task"), job.task


def paper_notes(material: SourceMaterial, texts: Sequence[str]) -> tuple[str, ...]:
    """The same lint of a finished paper, whatever she changed in it; `texts` are its paragraphs in order."""
    placed = [(f"第{number}段", text) for number, text in enumerate(texts, 1) if text.strip()]
    return (*text_lint(material, placed), *schedule_lint(material))


def _unread_jobs(material: SourceMaterial) -> Iterator[str]:
    """Lines of 工作安排 whose month or job cannot be read: neither what was planned nor what became of it."""
    if lines := material.library[JobRow].incomplete:
        at = address(material.library, Cell(JobRow, lines[0].line))
        yield f"工作安排有{len(lines)}行读不全（第一处 {at}），没有放进文件。"


def _months(material: SourceMaterial) -> Iterator[str]:
    """Months of neither this term nor the one before, whose jobs may still stand on the sheet, nor of a sheet that
    plans the whole year; of a term whose days nobody wrote, which months were taken for its own.
    """
    if material.period is None:
        if material.library[JobRow]:
            span = f"{material.months[0]}月到{material.months[-1]}月"
            yield f"学期的起止日期没有写全，工作安排只放了{material.term_name}的，从{span}。"
        return
    term, school = material.period.term, material.library.school
    known = {month for one in (term, school.term, school.previous_term) if one for month in months_of(one)}
    strays = [row for row in material.library[JobRow] if row.month not in known]
    if strays and len({row.month for row in strays}) < _MONTHS_OF_A_TERM:
        span = f"{say(term.start)}到{say(term.end)}"
        first = f"{cell_said(material, strays[0], 'month')} {f'等{len(strays)}行' if len(strays) > 1 else ''}"
        months = "、".join(map(str, group_by(strays, "month")))
        yield f"{first}的{months}月不在本学期（{span}），没有放进计划。"


def _promises(material: SourceMaterial) -> Iterator[str]:
    for row in term_jobs(material):
        if row.planned_times is None and _ACTIVITY.search(f"{row.kind or ''}{row.task}"):
            yield f"{cell_said(material, row, 'planned_times')} 没有写次数，“{row.task}”到期末没法对照。"
    for section in text_sections(material.library, PaperKind.PLAN, material.term_name):
        if "目标" in section.name and not any(_NUMERAL.search(row.text) for row in section.rows):
            first = cell_said(material, section.rows[0], "text")
            yield f"{first} 起的“{section.name}”没有一个数，到期末没法对照。"


def _targets(material: SourceMaterial) -> Iterator[str]:
    """Targets of grades that no class is of, and those that the rules, the turns, the hours or the stock do not allow;
    not where the rules are nobody's.
    """
    known = [quota.school_class.grade for quota in material.quotas.classes]
    taught = {one for grade in known if grade is not None for one in grades_of(grade)}
    for outcome in outcomes(material):
        grades = outcome.target.grades
        if outcome.target.scope and grades and taught and None not in known and not grades & taught:
            at = address(material.library, Cell(TargetRow, outcome.target.line, "grades"))
            yield f"{at} “{outcome.target.name}”是{grade_words(grades)}的，班级表里没有这样的班。"
        reason = limit_reason(outcome)
        if reason and all(verdict.is_by_own_rule for verdict in outcome.hindered):
            at = address(material.library, Cell(TargetRow, outcome.target.line, "value"))
            yield f"{at} “{outcome.target.name}”{plain(outcome.target.value)}{outcome.target.unit}做不到：{reason}"


def _below_standard(material: SourceMaterial) -> Iterator[str]:
    standard = standard_of(material.library)
    asked = {
        TargetName.HOLDINGS: standard.copies_per_pupil,
        TargetName.NEW_COPIES: standard.new_copies_per_pupil,
        TargetName.PERIODICALS: standard.periodicals,
        TargetName.REFERENCE_TITLES: standard.reference_titles,
        TargetName.OPENING_HOURS: standard.hours_per_week,
    }
    for outcome in outcomes(material):
        target = outcome.target
        least = next((figure for name, figure in asked.items() if name == target.name), None)
        if least is not None and target.value is not None and target.value < least:
            at = address(material.library, Cell(TargetRow, target.line, "value"))
            said = f"“{target.name}”{plain(target.value)}低于标准的{plain(least)}"
            yield f"{at} {said}（{standard.source}）。"


def heading_notes(material: SourceMaterial) -> Iterator[str]:
    """A heading that cannot be right: 学年 and 学期 as written where the days of the term belong to another."""
    school = material.library.school
    if not material.is_set_term:
        return
    where = listed([str(address(material.library, at)) for at in material.setting("学年", "学期", "学期开始")])
    heading = f"标题照写的是{material.school_year}学年度{material.term_name}"
    if not school.is_named_right and school.term_start:
        yield f"{heading}，学期却从{say(school.term_start)}开始，对不上（{where}）；改对以后再写一次。"
    elif school.school_year and year_named(school.school_year) is None:
        yield f"{heading}，看不出是哪两年（{where}）；改成 2025-2026 这样的写法，再写一次。"


def _when_signed(material: SourceMaterial) -> Iterator[str]:
    if material.period and material.library.as_of > material.period.term.start + _PLAN_IN_TIME:
        signed, start = material.library.as_of, material.period.term.start
        how = f"再写一次，日期写 {start.isoformat()}（按钮会问，命令加 --as-of {start.isoformat()}）。"
        yield f"计划的落款日期是{say(signed)}，离开学已远；要用开学时的日期和数，{how}"


def missing_figures(material: SourceMaterial) -> Iterator[str]:
    """What could not be worked out, and why."""
    for alike in by_kind(material.quotas.not_computed):
        what, why = not_computed(material.library, *alike)
        is_told = what[0].isdigit() or "没有算进" in why or alike[0].obstacle in _COUNTED
        yield f"{'' if is_told else '没有算'}{what}：{why}"


def summary_notes(material: SourceMaterial) -> tuple[str, ...]:
    """Everything to look at again, each with its cell."""
    return (
        *heading_notes(material),
        *text_notes(material, PaperKind.SUMMARY),
        *sentence_notes(material),
        *_not_told(material),
        *_unread_jobs(material),
        *_told_otherwise(material),
        *_not_over(material),
        *_no_loans(material),
        *unconfirmed_notes(material),
        *_long_past(material),
        *_later_entries(material),
        *_left_out(material),
        *missing_figures(material),
        *_not_checked(material),
    )


def _not_told(material: SourceMaterial) -> Iterator[str]:
    """Jobs of the months gone by that nobody wrote the end of; of many where the first stand."""
    left = [job.row for job in asked_jobs(material) if job.said is Completion.SILENT and job.state is not State.DONE]
    jobs = left if material.window else []
    at = [str(address(material.library, cell(job, "done"))) for job in jobs]
    if jobs and not material.library[JobRow].has("done"):
        yield f"工作安排没有“完成情况”这一栏，{len(jobs)} 项工作做了没有看不出来，没有写进总结。"
    elif len(jobs) > _MOST_JOBS:
        yield f"{listed(at)}没有写完成情况，这 {len(jobs)} 项工作没有算完成。"
    else:
        yield from (f"{place} 没有写完成情况，“{job.task}”没有算完成。" for place, job in zip(at, jobs, strict=True))


def _told_otherwise(material: SourceMaterial) -> Iterator[str]:
    """What 完成情况 says of the term's jobs otherwise than another book: the paper is written from both."""
    found = material.report.findings if material.report else ()
    jobs = {row.line for row in term_jobs(material)}
    for one in found:
        if one.at.row_type is JobRow and one.at.field == "done" and one.at.line in jobs:
            yield f"{address(material.library, one.at)} {message_of(material.library, one).message}"


def _not_over(material: SourceMaterial) -> Iterator[str]:
    """A term with much of it to come is not compared with the one before, and on its first day there is nothing."""
    if material.period and material.library.as_of == material.period.term.start:
        yield f"截止日期{say(material.library.as_of)}是学期的第一天，还没有什么可以总结。"
    is_wanting = material.quotas.unread_loans or lacked_loans_before(material)
    if material.quotas.comparisons and is_nearly_over(material) and is_wanting:
        yield "借阅登记账有登记不全的行，没有和上学期比。"
    if material.quotas.comparisons and not is_nearly_over(material):
        is_known = material.period is not None and progress(material.library, material.period) is not None
        yield f"{'学期还没有过完' if is_known else '算不出学期过了多少'}，没有和上学期比。"


def _no_loans(material: SourceMaterial) -> Iterator[str]:
    """Targets of borrowing look missed where nobody wrote the loans down."""
    has_begun = material.period is not None and material.library.as_of > material.period.term.start
    if has_begun and material.quotas.may_be_behind and material.quotas.lacks_loans:
        then = "先补全" if material.quotas.unread_loans else "借书的指标没有算；先记借阅登记账"
        yield f"本学期{without_loans(material.quotas)}，{then}，再写总结。"


def _long_past(material: SourceMaterial) -> Iterator[str]:
    """A summary signed long after its term: the settings may still be those of last year."""
    if material.period and material.library.as_of > material.period.term.end + _SUMMARY_IN_TIME:
        signed, end = say(material.library.as_of), say(material.period.term.end)
        about = f"到{end}为止的{material.school_year}学年度{material.term_name}"
        yield f"落款日期是{signed}，这份总结说的是{about}；要总结新学期，先改基本信息里的学期。"


def _later_entries(material: SourceMaterial) -> Iterator[str]:
    """What was found in entries of days after the cut-off: the paper, which is not about them, says nothing of it."""
    if material.report and material.found:
        found = Counter(one.severity for one in material.report.findings if one.fails)
        if left_out := differences(found - Counter(one.severity for one in material.found.findings if one.fails)):
            yield f"{say(material.cut_off)}以后记的行里有{left_out}，没有算进总结；先核对，看核对结果。"


def _left_out(material: SourceMaterial) -> Iterator[str]:
    """The lines of sheets that only papers count which may be of the term and of which such a cell cannot be read."""
    for row_type, names in _COUNTED_BY.items():
        table = material.library[row_type]
        lines = {line.line for line in table.seen_by(set(names)).incomplete}
        unread = [(line, name) for name in names for line in table.unread_lines.get(name, ())]
        cells = [Cell(row_type, *at) for at in sorted(unread)] or [Cell(row_type, line, names[0]) for line in lines]
        if cells := [one for one in cells if may_fall(table, one.line, names[0], material.window)]:
            lack = NotComputed(Obstacle.SUM_UNREADABLE, (SHEETS[row_type].name,), tuple(cells))
            yield "没有算{}：{}".format(*not_computed(material.library, lack))


def _not_checked(material: SourceMaterial) -> Iterator[str]:
    if material.report:
        yield from unchecked_sentences(material.library, material.report.unchecked)
