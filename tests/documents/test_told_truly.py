"""What a summary says of jobs, hours and activities, and what it keeps silent about."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from school import clean, material, paper_of, sample, text

from make import library, row, with_incomplete, with_unreadable
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.cover import inspection_cover
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.activities import reading_activities
from schoollib_xl.documents.composing.facts.term import facts_of
from schoollib_xl.documents.composing.material import CannotCompose, CheckedMaterial
from schoollib_xl.documents.composing.notices import behind_notices, notice_notes, overdue_notices
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.composing.tables.timetables import turn_sentences
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import Layout, TermName
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, VisitorKind
from schoollib_xl.ledgers.table import LedgerTable, Oddity, OddPlace
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.statement import statement
from schoollib_xl.sheets.building.starting import default_rows
from schoollib_xl.wording.answer import ABSENT
from schoollib_xl.wording.quotas.quota_answer import quota_answer


def changed(row_type: type[Any], rows: list[Any]) -> Any:
    return material(LedgerSet(clean().school, clean().rows | {row_type: rows}).library())


def test_jobs_that_were_not_done_are_named_and_not_counted() -> None:
    words = {0: "未完成", 3: "因疫情取消", 9: "推迟到下学期"}
    rows = [job for job in clean().rows[JobRow] if 2 <= job.month <= 7]
    rows = [job._replace(done=words.get(at, job.done)) for at, job in enumerate(rows)]
    facts = facts_of(changed(JobRow, rows))
    assert (facts["安排项数"].shown, facts["完成安排项数"].shown) == ("21", "18")
    assert all(word in facts["未完成安排"].shown for word in words.values())


def test_jobs_of_which_nobody_wrote_anything_are_not_called_undone() -> None:
    jobs = [job._replace(done=None) for job in clean().rows[JobRow]]
    blank = clean().rows | {JobRow: jobs, ActivityRow: []}
    assert not {"安排项数", "未完成安排"} & facts_of(material(LedgerSet(clean().school, blank).library())).keys()
    blank[JobRow] = [jobs[0]._replace(done="未完成", month=3), *jobs[1:]]
    assert "未完成安排" in facts_of(material(LedgerSet(clean().school, blank).library()))


def test_what_was_made_up_for_is_done_and_a_cross_is_not_printed() -> None:
    words = {0: "未按时完成，5月补做", 3: "×"}
    rows = [job for job in clean().rows[JobRow] if 2 <= job.month <= 7]
    facts = facts_of(changed(JobRow, [job._replace(done=words.get(at, job.done)) for at, job in enumerate(rows)]))
    assert (facts["安排项数"].shown, facts["完成安排项数"].shown) == ("21", "20")
    assert facts["未完成安排"].shown == f"“{rows[3].task}”"


def test_a_job_whose_book_has_no_entry_says_so() -> None:
    uncounted = clean().rows | {StocktakeRow: [], StocktakeScopeRow: []}
    paper = paper_of(term_summary(material(LedgerSet(clean().school, uncounted).library())))
    results, problems = ("".join(line.text for line in part) for part in (paper.results, paper.problems))
    assert "全面清点藏书，写清点报告（7月2日清点完，盘点记录里没有记录）" in results
    assert "本学期没有清点的记录。" in problems


def test_a_job_that_is_crossed_out_though_it_is_recorded_says_both() -> None:
    jobs = [job._replace(done="×") if job.month == 5 and "读书报" in job.task else job for job in clean().rows[JobRow]]
    books = material(LedgerSet(clean().school, clean().rows | {JobRow: jobs}).library())
    assert facts_of(books)["未完成安排"].shown == "“出一期《青禾读书报》”（活动记录里有）"


def test_what_a_job_says_otherwise_than_another_book_is_told_before_it_is_printed() -> None:
    jobs = [job._replace(done="5月28日入藏") if "六一" in job.task else job for job in clean().rows[JobRow]]
    library = LedgerSet(clean().school, clean().rows | {JobRow: jobs}).library()
    checked = CheckedMaterial(library, statement(library), run(library, ALL.values()))
    told = [note for note in term_summary(checked).notes if "六一" in note]
    assert told == ["工作安排!G34 5月的“补充采购六一推荐书”写着“5月28日入藏”，总括登记账里最近的是 2026年5月20日。"]


def test_no_mean_is_told_over_a_class_without_pupils_and_the_paper_says_so() -> None:
    name, fields = clean().rows[ClassRow][5].class_name, clean().rows[ClassRow][5]._asdict() | {"pupils": None}
    others = [one for one in clean().rows[ClassRow] if one.class_name != name]
    books = LedgerSet(clean().school, clean().rows | {ClassRow: others}).library()
    paper = paper_of(term_summary(material(with_incomplete(books, ClassRow, **fields))))
    said = "".join(line.text for part in (paper.situation, paper.circulation) for line in part)
    assert f"{name}没有学生人数，全校人数和人均没有算" in said
    assert f"册次；{name}没有学生人数，全校人均没有算" in said
    assert "比上学期" not in said
    assert [(line.pupils, line.mean, line.target) for line in paper.by_class[-2:]] == [(ABSENT, ABSENT, ABSENT)] * 2
    assert paper.by_class[-2].reached == "200人中187人"
    assert "无记录" not in {line.outcome for line in paper.targets}
    assert "班级表不全，没有算" in {line.outcome for line in paper.targets}


def test_jobs_of_months_to_come_are_not_counted() -> None:
    assert int(facts_of(sample(date(2026, 4, 20)))["安排项数"].shown) < 21


def test_reading_activities_are_counted_without_inspections_seminars_and_newspapers() -> None:
    facts = facts_of(sample())
    assert (facts["活动次数"].shown, facts["活动人次"].shown) == ("4", "519")


def test_where_books_came_from_adds_up_where_a_batch_does_not_say_it() -> None:
    silent = [batch._replace(source=None) for batch in clean().rows[SummaryRow]]
    copies = [copy._replace(source=None) for copy in clean().rows[AccessionRow]]
    assert facts_of(changed(SummaryRow, silent))["入藏来源"].shown == facts_of(sample())["入藏来源"].shown
    books = clean().rows | {SummaryRow: silent, AccessionRow: copies}
    facts = facts_of(material(LedgerSet(clean().school, books).library()))
    assert facts["入藏来源"].shown == f"没有写来源的{facts['入藏册数'].shown}册"


def test_the_hours_for_pupils_and_those_with_teachers_are_told_apart() -> None:
    facts = facts_of(sample())
    assert (facts["学生每周开放"].shown, facts["每周开放"].shown) == ("15小时", "41小时40分钟")


def test_the_lines_of_the_seven_ledgers_are_told_apart_from_the_others() -> None:
    assert facts_of(sample())["核对行数"].shown == "10209"


def test_a_ledger_that_is_not_there_has_its_line_since_the_text_counts_it_as_an_error() -> None:
    books, gone = clean().library(), SHEETS[CompensationRow]
    there = [books[sheet.row_type] for sheet in ALL_SHEETS if sheet is not gone]
    table: LedgerTable[Any] = LedgerTable(gone, oddities=[OddPlace(Oddity.MISSING_SHEET)])
    lacking = material(Library([*there, table], books.school, books.as_of))
    for told in (paper_of(term_summary(lacking)).ledgers, paper_of(inspection_cover(lacking)).ledgers):
        lines = {line.name: (line.rows, line.errors) for line in told}
        assert lines[gone.name] == ("0", "1")
        assert sum(int(errors) for _, errors in lines.values()) == 1


def test_a_summary_before_its_term_is_refused() -> None:
    with pytest.raises(CannotCompose, match="2026年2月10日"):
        term_summary(material(clean().library(date(2026, 2, 10))))


def test_nobody_is_behind_on_the_first_day() -> None:
    assert list(behind_notices(sample(date(2026, 2, 23)))) == []


def test_texts_of_one_term_stay_out_of_the_papers_of_the_other() -> None:
    own = row(ParagraphRow, paper=PaperKind.SUMMARY, section="读书活动", text="四月办了读书节。", term=TermName.SECOND)
    books = LedgerSet(clean().school, clean().rows | {ParagraphRow: [own]})
    assert "四月办了读书节" in "".join(text(term_summary(material(books.library()))))
    assert "四月办了读书节" not in "".join(text(term_summary(material(books.library(date(2026, 1, 23))))))


HEADINGS = (
    "一、指导思想。|第一章指导思想|（一）指导思想|1、指导思想：|指导思想|一 指导思想|壹、指导思想|★指导思想|Ⅱ、指导思想"
)


@pytest.mark.parametrize("heading", HEADINGS.split("|"))
def test_a_heading_as_people_type_it_is_the_section_of_that_name(heading: str) -> None:
    own = row(ParagraphRow, paper=PaperKind.PLAN, section=heading, text="为师生服务。")
    said = text(work_plan(material(library(own))))
    assert "heading 1| 一、指导思想" in said


def test_a_guideline_with_the_goals_in_its_heading_stands_first() -> None:
    own = row(ParagraphRow, paper=PaperKind.PLAN, section="指导思想与目标", text="为师生服务。")
    headings = [line for line in text(work_plan(material(library(own)))) if line.startswith("heading 1")]
    assert headings[0] == "heading 1| 一、指导思想与目标"


def test_the_goals_of_the_short_layout_stand_once_and_below_her_heading_that_names_them() -> None:
    plain = clean().school._replace(layout=Layout.PLAIN)
    for heading, body in (("指导思想与目标", "为师生服务。"), ("目标", "{任务指标}")):
        own = row(ParagraphRow, paper=PaperKind.PLAN, section=heading, text=body)
        books = LedgerSet(plain, clean().rows | {ParagraphRow: [own]})
        said = text(work_plan(material(books.library())))
        headings = [line for line in said if line.startswith("heading 1")]
        goal = next(line for line in said if "生均借书" in line)
        assert (said.count(goal), "工作目标" in "".join(headings)) == (1, False)
        below = max(at for at, line in enumerate(said[: said.index(goal)]) if line in headings)
        assert said[below].endswith(heading)


NOT_READING = [
    ("报刊征订", ""),
    ("图书修补", ""),
    ("家长会", "家长开放日"),
    ("六一活动", "六一联欢"),
    ("其他", "阅览室消防演练"),
]
READING = [("手抄报", ""), ("读书征文", ""), ("六一活动", "经典诵读"), ("班队会", "好书推荐")]


@pytest.mark.parametrize(("called", "counts"), [*((one, 0) for one in NOT_READING), *((one, 1) for one in READING)])
def test_a_reading_activity_says_so_in_its_kind_or_its_name(called: tuple[str, str], counts: int) -> None:
    one = row(ActivityRow, kind=called[0], name=called[1])
    held = reading_activities(material(library(one, as_of=one.held_on)))
    assert len(held) == counts


def test_what_a_new_workbook_starts_with_is_no_fact_until_it_is_confirmed() -> None:
    shipped = default_rows(date(2025, 9, 1))
    rows = {row_type: shipped[row_type] for row_type in (OpeningRow, TargetRow)}
    books = material(LedgerSet(clean().school, clean().rows | rows).library())
    composed = term_summary(books)
    assert not {"学生每周开放", "开放天数", "指标项数"} & set(facts_of(books))
    assert paper_of(composed).targets == ()
    assert sum("新工作簿自带" in note for note in composed.notes) == 1
    confirmed = clean().school._replace(confirmed="全部")
    assert "学生每周开放" in facts_of(material(LedgerSet(confirmed, clean().rows | rows).library()))


def test_each_job_of_a_month_has_its_person() -> None:
    jobs = [row(JobRow, 2, month=9, task="甲", person="周老师"), row(JobRow, 3, month=9, task="乙", person="王老师")]
    (month,) = paper_of(work_plan(material(library(*jobs)))).months
    assert (month.jobs, month.handled_by) == (("甲（周老师）", "乙（王老师）"), "")


def test_the_cause_she_wrote_stands_in_the_summary() -> None:
    rows = [one._replace(reason="经费不足。") if "工具书" in one.name else one for one in clean().rows[TargetRow]]
    said = "".join(text(term_summary(changed(TargetRow, rows))))
    assert "工具书46种（目标60种），原因是经费不足" in said
    assert "三至六年级每生最低借书4册，200人中187人借满，还差29册" in said


def test_a_cause_stands_only_beside_a_target_that_was_missed() -> None:
    reasons = [one._replace(reason="经费不足。") for one in clean().rows[TargetRow]]
    fields = clean().rows[ClassRow][5]._asdict() | {"pupils": None}
    others = [one for one in clean().rows[ClassRow] if one.class_name != fields["class_name"]]
    books = LedgerSet(clean().school, clean().rows | {ClassRow: others, TargetRow: reasons}).library()
    lines = paper_of(term_summary(material(with_incomplete(books, ClassRow, **fields)))).targets
    with_reason = {line.outcome for line in lines if line.reason}
    assert {line.outcome for line in lines} - with_reason >= {"班级表不全，没有算", "已完成"}
    assert with_reason
    assert all(re.search("差|没借满|超过|未完成", outcome) for outcome in with_reason)


def test_a_chapter_a_summary_does_not_have_is_told_and_its_text_kept() -> None:
    own = row(ParagraphRow, 40, paper=PaperKind.SUMMARY, section="存在的问题", order=None, text="低年级的书太少。")
    composed = term_summary(changed(ParagraphRow, [*clean().rows[ParagraphRow], own]))
    told = "计划文字!C40 的“存在的问题”不是总结的章节，放在主要工作后面；是不是“存在问题”？"
    assert told in composed.notes
    assert "低年级的书太少。" in "".join(text(composed))


def test_characters_nobody_sees_are_told_and_left_out() -> None:
    own = row(ParagraphRow, 40, paper=PaperKind.SUMMARY, section="主要工作", order=None, text="管好\x07书。")
    composed = term_summary(changed(ParagraphRow, [own]))
    assert any(note.startswith("计划文字!E40 里有看不见的控制字符") for note in composed.notes)
    assert "管好书。" in "".join(text(composed))


def test_a_line_of_texts_without_its_chapter_is_told() -> None:
    books = with_incomplete(sample().library, ParagraphRow, paper=PaperKind.SUMMARY, section=None, text="多读书。")
    assert any("空着或者读不出，这一行没有放进文件" in note for note in term_summary(material(books)).notes)


def _with(**changes: Any) -> list[Any]:
    return [row._replace(**changes) for row in clean().rows[ClassRow]]


def test_a_sentence_about_the_classes_is_true_of_all_it_names() -> None:
    """The most of equals are all named, of nothing there is no most, whoever leaves is not looked after next term, and
    classes without pupils do not fill a line.
    """
    names = [one.class_name for one in clean().rows[ClassRow]]
    this_term = [row for row in clean().rows[LoanRow] if row.lent_on > date(2026, 2, 23)]
    one_each = {row.class_name: row for row in this_term if row.reader_no.startswith("S")}
    alike = facts_of(
        material(
            LedgerSet(
                clean().school,
                clean().rows
                | {
                    ClassRow: _with(pupils=25),
                    LoanRow: [one_each[name] for name in ("三（1）班", "六（2）班")],
                },
            ).library()
        )
    )
    assert alike["最好班级"].shown == "三（1）班和六（2）班"
    left = facts_of(
        changed(LoanRow, [row for row in clean().rows[LoanRow] if not (row.class_name or "").startswith("六")])
    )
    assert left["未达标班级"].shown.startswith("六（1）班、六（2）班和")
    assert "六" not in left["下学期重点班级"].shown
    # Of a mixed class only the highest grade leaves.
    mixed = [row._replace(grade=MixedGrade(5, 6)) if row.grade == 6 else row for row in clean().rows[ClassRow]]
    rows = clean().rows | {
        ClassRow: mixed,
        LoanRow: [row for row in clean().rows[LoanRow] if not (row.class_name or "").startswith("六")],
    }
    assert "六" in facts_of(material(LedgerSet(clean().school, rows).library()))["下学期重点班级"].shown
    teachers = [row for row in clean().rows[LoanRow] if not row.class_name]
    assert "最好班级" not in facts_of(changed(LoanRow, teachers))
    assert facts_of(changed(ClassRow, _with(pupils=0)))["没有人数的班"].shown == "各班都"
    some = [row._replace(pupils=0) if row.class_name in names[:4] else row for row in clean().rows[ClassRow]]
    assert facts_of(changed(ClassRow, some))["没有人数的班"].shown == "一（1）班、一（2）班、二（1）班等4个班"


def test_what_is_overdue_of_other_loans_is_no_part_of_what_was_lent() -> None:
    corners = [row for row in clean().rows[LoanRow] if row.mode is LoanMode.CLASS][:2]
    before = [row for row in clean().rows[LoanRow] if row.lent_on < date(2026, 1, 9) and row.mode is LoanMode.PERSONAL]
    kept = [row for row in clean().rows[LoanRow] if row not in corners and row not in before[:3]]
    late = [row._replace(returned_on=None, outcome=None, due_on=date(2026, 6, 20)) for row in (*corners, *before[:3])]
    facts = facts_of(changed(LoanRow, [*kept, *late]))
    assert "逾期未还率" not in facts
    assert facts["逾期另算"].shown == "其中3册是本学期以前借的，2册是班级图书角的"
    assert facts_of(changed(LoanRow, [*kept, *late[2:]]))["逾期另算"].shown == "都是本学期以前借的"


def test_a_target_that_asks_for_nothing_is_not_reached_and_books_nobody_wrote_down_are_not_none() -> None:
    nothing = [one._replace(value=Decimal(-index % 2)) for index, one in enumerate(clean().rows[TargetRow])]
    composed = term_summary(changed(TargetRow, [one._replace(value=-one.value) for one in nothing]))
    assert paper_of(composed).targets == ()
    [told] = [note for note in composed.notes if "目标值没有比 0 大" in note]
    assert re.match(rf"没有算指标“生均借书册数、.*等 {len({one.name for one in nothing})} 个”：", told)
    unwritten = term_summary(changed(AccessionRow, []))
    assert {line.outcome for line in paper_of(unwritten).targets if "藏书" in line.name} == {"无记录"}
    assert not re.search("还要添|工具书种数0", "".join(text(unwritten)))


def test_figures_of_less_than_were_allowed_are_no_shortfall() -> None:
    limit = row(TargetRow, 40, name="逾期率", value=Decimal(90), unit="%", grades=None, reason=None)
    (line,) = paper_of(term_summary(changed(TargetRow, [limit]))).targets
    assert line.outcome == "已完成"
    (over,) = paper_of(term_summary(changed(TargetRow, [limit._replace(value=Decimal("0.2"))]))).targets
    assert over.outcome.startswith("超过")


def test_a_school_of_one_class_has_one_row_and_no_table_of_grades() -> None:
    one = [row for row in clean().rows[ClassRow] if row.class_name == "五（2）班"]
    paper = paper_of(term_summary(changed(ClassRow, one)))
    assert [line.name for line in paper.by_class] == ["五（2）班"]
    assert paper.by_grade == ()
    assert "1个班都" not in "".join(line.text for line in paper.circulation)


def test_a_summary_of_an_earlier_term_is_of_the_books_of_that_term() -> None:
    """Neither the lines nor the findings of later entries are its own; what was found there is told beside it."""
    rows = [one for one in clean().rows[LoanRow] if one.lent_on <= date(2026, 1, 23)]
    day = date(2026, 1, 23)
    doubled = clean().rows[LoanRow][-1]
    books = LedgerSet(clean().school, clean().rows | {LoanRow: [*clean().rows[LoanRow], doubled._replace(line=9000)]})
    composed = term_summary(material(books.library(day)))
    facts = facts_of(material(books.library(day)))
    assert [line.rows for line in paper_of(composed).ledgers if line.name == "借阅登记账"] == [str(len(rows))]
    assert "差异" not in facts
    assert "没有要更正的差异" in "".join(text(composed))
    assert any(re.match(r"2026年1月23日以后记的行里有错误\d+处", note) for note in composed.notes)
    late = LedgerSet(clean().school, clean().rows | {LoanRow: [*rows, rows[-1]._replace(line=9000)]})
    assert "差异" in facts_of(material(late.library(day)))


def test_loans_of_a_class_that_is_not_there_are_told_beside_the_others() -> None:
    fewer = [one for one in clean().rows[ClassRow] if one.class_name != "三（1）班"]
    books = changed(ClassRow, fewer)
    facts, said = facts_of(books), "".join(text(term_summary(books)))
    assert int(facts["各班借书册次"].shown) + int(facts["班级不明册次"].shown) == 1799
    assert f"学生个人借书{facts['各班借书册次'].shown}册次。另有{facts['班级不明册次'].shown}册次是" in said


def test_what_there_is_none_of_is_no_figure_of_a_sentence() -> None:
    """Neither payments entered with a minus, nor kinds of which there are none, nor a span of one day."""
    paid = [one._replace(spent=one.spent and -one.spent) for one in clean().rows[CashRow]]
    assert not re.search("经费(收入|支出)", "".join(text(term_summary(changed(CashRow, paid)))).partition("附件1")[0])
    unsaid = [one._replace(circulation=None) for one in clean().rows[AccessionRow]]
    lent_all = [one._replace(circulation=Circulation.LENDING) for one in clean().rows[AccessionRow]]
    for copies, done in ((unsaid, "无记录"), (lent_all, "差60种")):
        composed = term_summary(changed(AccessionRow, copies))
        assert not re.search("有工具书0种|工具书种数0种，", "".join(text(composed)))
        assert [line.outcome for line in paper_of(composed).targets if line.name == "工具书种数"] == [done]
    first = term_summary(sample(date(2026, 2, 23)))
    assert [line.text for line in paper_of(first).opening] == ["现将2026年2月23日图书室工作总结如下。"]


TERM_START = date(2026, 2, 23)


def with_line(row_type: type[Any], values: dict[str, Any]) -> CheckedMaterial:
    """The sample school with one more line, of which these values could be read."""
    books = with_incomplete(clean().library(), row_type, **values)
    return CheckedMaterial(books, statement(books), sample().report)


def test_a_line_that_lacks_something_is_counted_said_or_the_figure_is_left_out() -> None:
    """A figure that is signed is what all lines say: never that of those that happen to be whole."""
    loans = (one for one in clean().rows[LoanRow] if one.lent_on > TERM_START and one.reader_no.startswith("S"))
    loan, day = next(one for one in loans if one.mode is LoanMode.PERSONAL)._asdict(), date(2026, 4, 20)
    still_out = loan | {"returned_on": None, "outcome": None}
    before = facts_of(sample())
    lines: dict[str, tuple[type[Any], dict[str, Any], dict[str, str | None]]] = {
        "no number": (LoanRow, loan | {"loan_no": None}, {"借出册次": "+1", "增减册次": "-1", "逾期册数": "0"}),
        "no due day": (LoanRow, still_out | {"due_on": None}, {"借出册次": "+1", "逾期册数": None, "逾期率": None}),
        "no day": (LoanRow, loan | {"lent_on": None}, {"登记不全笔数": "1", "增减册次": None, "上学期借出册次": None}),
        "no day of it": (ActivityRow, {"kind": "读书报"}, {"活动次数": None}),
        "no people": (VisitRow, {"visited_on": day, "visitor": VisitorKind.CLASS}, {"阅览次数": None}),
        "no heading": (CashRow, {"booked_on": day, "spent": Decimal(7)}, {"支出金额": "+7.00"}),
        "no day of money": (CashRow, {"spent": Decimal(7)}, {"支出金额": None, "收入金额": None, "结余金额": None}),
        "no copy": (CompensationRow, {"registered_on": day}, {"赔偿件数": "+1", "未结清件数": "+1"}),
        "no day of loss": (CompensationRow, {"reader_no": "S0001"}, {"赔偿件数": None, "未结清件数": None}),
        "no number of it": (AccessionRow, {"title": "新书"}, {"没有登记号册数": "1", "藏书册数": "+0"}),
    }
    for what, (row_type, values, expected) in lines.items():
        made = with_line(row_type, values)
        facts, notes = facts_of(made), "".join((*notice_notes(made), *term_summary(made).notes))
        assert inspection_cover(made)
        for name, shown in expected.items():
            wanted = shown and shown.startswith(("+", "-")) and str(Decimal(before[name].shown) + Decimal(shown))
            assert (what, name, facts[name].shown if name in facts else None) == (what, name, wanted or shown)
        assert SHEETS[row_type].name in notes or None not in expected.values()


def test_a_line_of_the_other_term_keeps_back_no_figure_and_is_not_said_to() -> None:
    made = with_line(VisitRow, {"visited_on": date(2025, 10, 8), "visitor": VisitorKind.CLASS})
    assert facts_of(made)["阅览次数"].shown == facts_of(sample())["阅览次数"].shown
    assert not any("要从“阅览登记”算的数" in note for note in term_summary(made).notes)


def test_loans_that_cannot_be_counted_are_told_beside_every_table_of_loans() -> None:
    made = with_line(LoanRow, {"reader_no": "S0001", "mode": LoanMode.PERSONAL})
    for section in quota_answer(made.library, made.quotas).sections:
        notes = [*section.sentences, *(note for table in section.tables for note in table.notes)]
        if section.name in {"各班", "指标", "总览"}:
            assert any("1 笔借书登记不全" in str(note) for note in notes), section.name
    annex = "".join(text(term_summary(made))).partition("附件2")[2].partition("附件3")[0]
    assert "另有1笔借书登记不全" in annex


def test_a_return_that_nobody_can_read_accuses_nobody() -> None:
    loan = next(one for one in clean().rows[LoanRow] if one.lent_on > TERM_START and one.mode is LoanMode.PERSONAL)
    said = loan._replace(returned_on=None, outcome=None)
    rows = [said if one.line == loan.line else one for one in clean().rows[LoanRow]]
    books = LedgerSet(clean().school, clean().rows | {LoanRow: rows}).library()
    for library_read, late in ((books, 1), (with_unreadable(books, said, "returned_on"), 0)):
        made = CheckedMaterial(library_read, statement(library_read), sample().report)
        assert [len(list(overdue_notices(made))), len(made.quotas.overdue)] == [late, late]
        assert ("逾期册数" in facts_of(made)) is bool(late)
        assert any("归还" in note and "没有算进逾期" in note for note in notice_notes(made)) is not bool(late)


def test_of_copies_without_a_price_it_is_said_that_no_sum_holds_them() -> None:
    copies = [copy._replace(price=None) if copy.line % 7 == 0 else copy for copy in clean().rows[AccessionRow]]
    made = changed(AccessionRow, copies)
    count = facts_of(made)["部分未定价藏书册数"].shown
    assert int(count) > 100
    assert f"元，其中{count}册没有单价。" in "".join(text(term_summary(made)))
    assert f"元（{count}册没有单价）" in "".join(text(inspection_cover(made)))


def test_activities_that_nobody_wrote_down_are_not_known_to_be_none() -> None:
    paper = paper_of(term_summary(changed(ActivityRow, [])))
    assert {line.done for line in paper.activities} == {"没有记录"}
    assert {line.outcome for line in paper.targets if "检查" in line.name} == {"无记录"}


def test_activities_of_which_a_line_cannot_be_read_are_not_counted_and_not_called_unrecorded() -> None:
    paper = paper_of(term_summary(with_line(ActivityRow, {"kind": "读书报"})))
    assert {line.done for line in paper.activities if line.kind == "读书报"} == {"没有算"}
    outcomes = {line.name: line.outcome for line in paper.targets}
    assert outcomes["读书报期数"] == "没有算"
    assert "没有算" not in {outcome for name, outcome in outcomes.items() if name != "读书报期数"}


def test_activities_of_the_term_before_alone_say_nothing_of_this_one() -> None:
    before = [one for one in clean().rows[ActivityRow] if one.held_on < date(2026, 2, 1)]
    paper = paper_of(term_summary(changed(ActivityRow, before)))
    assert {line.outcome for line in paper.targets if "检查" in line.name or "展评" in line.name} == {"无记录"}
    assert "0次" not in {line.done for line in paper.activities}


def test_a_term_of_which_no_loan_is_on_record_has_not_fallen_behind_the_one_before() -> None:
    loans = [one for one in clean().rows[LoanRow] if one.lent_on < date(2026, 2, 1) or one.mode is LoanMode.CLASS]
    said = "".join(text(term_summary(changed(LoanRow, loans))))
    assert "没有学生个人借书的记录" in said
    assert "比上学期" not in said


@pytest.mark.parametrize("lacking", [SummaryRow, WithdrawalRow])
def test_what_came_and_what_went_is_told_where_no_register_says_why(lacking: type[Any]) -> None:
    told, made = facts_of(sample()), changed(lacking, [])
    said, facts = "".join(text(term_summary(made))), facts_of(made)
    assert (facts["入藏册数"], facts["注销册数"]) == (told["入藏册数"], told["注销册数"])
    for one, parts in (("入藏", "入藏来源"), ("注销", "注销原因")):
        assert f"，{one}{facts[f'{one}册数'].shown}册、" in said
        assert sum(map(int, re.findall(r"(\d+)册", facts[parts].shown))) == int(facts[f"{one}册数"].shown)


def test_an_activity_of_which_nobody_wrote_how_many_came_is_counted_without_them() -> None:
    told = "读书演讲比赛"
    rows = [one._replace(participants=None) if one.kind == told else one for one in clean().rows[ActivityRow]]
    assert "开展读书活动4次。" in "".join(text(term_summary(changed(ActivityRow, rows))))


def test_a_paper_after_the_term_tells_how_it_stood_on_the_last_day_of_it() -> None:
    """What came back, was due or was lost in the weeks between is no matter of the paper that says 数据截至."""
    end, signed = clean().school.term_end, date(2026, 7, 15)
    assert end
    before = facts_of(sample())
    last = next(one for one in reversed(clean().rows[LoanRow]) if one.mode is LoanMode.PERSONAL)
    own = {"returned_on": None, "outcome": None}
    late = [
        last._replace(line=20_001, due_on=end, returned_on=end + timedelta(days=3)),
        last._replace(line=20_002, due_on=end, **own),
        last._replace(line=20_003, due_on=end + timedelta(days=5), **own),
    ]
    lost = row(CompensationRow, line=900, registered_on=end + timedelta(days=2), settled_on=None)
    rows = clean().rows | {
        LoanRow: [*clean().rows[LoanRow], *late],
        CompensationRow: [*clean().rows[CompensationRow], lost],
    }
    made = material(LedgerSet(clean().school, rows).library(signed))
    facts = facts_of(made)
    assert (before["逾期册数"].shown, facts["逾期册数"].shown) == ("0", "2")
    assert facts["未结清件数"].shown == before["未结清件数"].shown
    assert f"，未结清{before['未结清件数'].shown}件" in "".join(text(inspection_cover(made)))


@pytest.mark.parametrize("lacking", [OpeningRow, CalendarRow])
def test_hours_and_days_are_not_told_of_a_timetable_or_calendar_that_cannot_be_read(lacking: type[Any]) -> None:
    rows = clean().rows[lacking]
    unread = next(one for one in rows if lacking is OpeningRow or one.starts_on == date(2026, 2, 23))
    books = LedgerSet(clean().school, clean().rows | {lacking: [one for one in rows if one is not unread]}).library()
    made = material(with_incomplete(books, lacking, **unread._asdict() | {"starts_at": None, "starts_on": None}))
    said = "".join(text(term_summary(made)))
    assert "对学生共开放" not in said
    assert ("每周对学生开放" in said) is (lacking is CalendarRow)
    assert "每周开放小时" not in "".join(line.text for line in paper_of(term_summary(made)).problems)


@pytest.mark.parametrize(("starts_on", "is_told"), [(date(2026, 4, 4), False), (date(2026, 7, 4), True)])
def test_days_are_not_told_where_a_holiday_of_the_term_cannot_be_read(starts_on: date, is_told: bool) -> None:
    [holiday] = [row for row in clean().rows[CalendarRow] if row.starts_on == starts_on]
    rest = [row for row in clean().rows[CalendarRow] if row is not holiday]
    books = LedgerSet(clean().school, clean().rows | {CalendarRow: rest}).library()
    made = material(with_incomplete(books, CalendarRow, **holiday._asdict() | {"ends_on": None}))
    assert ("对学生共开放" in "".join(text(term_summary(made)))) is is_told


def test_the_rota_in_sentences_says_each_hour_of_a_day_once() -> None:
    said = [line.text for line in turn_sentences(sample(), Evidence(sample()))]
    assert unmarked(said[0]).startswith(
        "星期一：11:30—12:10二（1）班（单周借还）、四（2）班（双周借还）；15:20—16:00一（1）班"
    )
    assert [len(set(hours)) == len(hours) for hours in (re.findall(r"\d+:\d+—", unmarked(one)) for one in said)] == [
        True
    ] * 5
