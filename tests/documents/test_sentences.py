"""句式: conditions worked out, missing facts, her own rows before ours, what is amiss told with its cell."""

import dataclasses
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from school import clean, material, sample

from make import EXAMPLE_SCHOOL, library, row, with_incomplete, without
from schoollib_xl import __version__
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.facts.term import differences, facts_of
from schoollib_xl.documents.composing.lint.papers import summary_notes
from schoollib_xl.documents.composing.lint.wording import sentence_notes, text_notes
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.words.sentences import (
    SentenceCondition,
    Sentences,
    SentenceSection,
    holding,
    names_in,
)
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.ledgers.vocabulary import LoanOutcome, Weekday
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.wording.papers.sentence_patterns import former_digests, shipped_digests, shipped_sentences

TWO_TERMS = EXAMPLE_SCHOOL._replace(previous_start=date(2025, 2, 24), previous_end=date(2025, 7, 4))
SCHOOL_WEEK = list(Weekday)[:5]


def loans(first: date, count: int, **changes: Any) -> list[LoanRow]:
    """Return loans of one pupil, numbered so that no two terms share a number."""
    settled = {"returned_on": first, "outcome": LoanOutcome.RETURNED, "lent_on": first, "due_on": first} | changes
    return [row(LoanRow, loan_no=f"J{first:%y%m}{number:04}", **settled) for number in range(count)]


def small_school(now: int, before: int = 0, target: str = "2", **changes: Any) -> SourceMaterial:
    """Return a school with one class of ten pupils and so many loans this term and the one before."""
    books = library(
        row(ClassRow, pupils=10),
        row(ReaderRow),
        row(TargetRow, value=Decimal(target)),
        row(CalendarRow, starts_on=date(2025, 2, 24), ends_on=date(2026, 1, 23)),
        *[row(OpeningRow, weekday=day) for day in SCHOOL_WEEK],
        *loans(date(2025, 9, 10), now, **changes),
        *loans(date(2025, 3, 5), before),
        school=TWO_TERMS,
    )
    return material(books)


def conditions(books: SourceMaterial) -> frozenset[SentenceCondition]:
    return holding(books, facts_of(books))


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (1000, 1000, SentenceCondition.AS_MANY),
        (1020, 1000, SentenceCondition.AS_MANY),
        (1021, 1000, SentenceCondition.MORE),
        (980, 1000, SentenceCondition.AS_MANY),
        (979, 1000, SentenceCondition.FEWER),
    ],
)
def test_a_change_within_two_per_cent_is_no_change(now: int, before: int, expected: SentenceCondition) -> None:
    compared = {SentenceCondition.MORE, SentenceCondition.FEWER, SentenceCondition.AS_MANY}
    assert conditions(small_school(now, before)) & compared == {expected}


def test_nothing_is_compared_while_loans_belong_to_no_class() -> None:
    books = small_school(30, 20)
    stray = loans(date(2025, 10, 8), 1, reader_no="S9", class_name="红星班")
    more = material(library(*books.library[LoanRow], *stray, *_others(books), school=TWO_TERMS))
    assert SentenceCondition.MORE in conditions(books)
    assert SentenceCondition.MORE not in conditions(more)
    assert not {"增减册次", "人均借书"} & facts_of(more).keys()


def test_without_a_term_before_nothing_is_compared() -> None:
    assert not conditions(small_school(20)) & {
        SentenceCondition.MORE,
        SentenceCondition.FEWER,
        SentenceCondition.AS_MANY,
    }


@pytest.mark.parametrize(
    ("count", "expected"), [(20, SentenceCondition.TARGET_REACHED), (19, SentenceCondition.TARGET_MISSED)]
)
def test_a_target_is_judged_on_the_exact_figure(count: int, expected: SentenceCondition) -> None:
    books = small_school(count)
    assert conditions(books) & {SentenceCondition.TARGET_REACHED, SentenceCondition.TARGET_MISSED} == {expected}
    assert ("差额" in facts_of(books)) == (expected is SentenceCondition.TARGET_MISSED)


@pytest.mark.parametrize(("late", "expected"), [(0, SentenceCondition.NONE_OVERDUE), (3, SentenceCondition.OVERDUE)])
def test_overdue_loans_are_judged_only_by_a_limit_the_school_has_set(late: int, expected: SentenceCondition) -> None:
    still_out = loans(date(2025, 10, 8), late, returned_on=None, outcome=None, due_on=date(2025, 10, 22))
    books = small_school(100 - late)
    rows = [*books.library[LoanRow], *still_out]
    more = material(library(*rows, *_others(books), school=TWO_TERMS))
    judged = {
        SentenceCondition.NONE_OVERDUE,
        SentenceCondition.OVERDUE,
        SentenceCondition.IN_TIME,
        SentenceCondition.LATE,
    }
    assert conditions(more) & judged == {expected}
    assert "逾期上限" not in facts_of(more)
    lax = row(TargetRow, 3, name="逾期率", value=Decimal("5"), unit="%")
    own = material(library(*rows, *_others(books), lax, school=TWO_TERMS))
    assert SentenceCondition.LATE not in conditions(own)
    assert facts_of(own)["逾期上限"].shown == "5%"


def _others(books: SourceMaterial) -> list[Any]:
    types = (ClassRow, ReaderRow, TargetRow, CalendarRow, OpeningRow)
    return [one for row_type in types for one in books.library[row_type]]


def test_a_sentence_without_one_of_its_facts_is_left_out() -> None:
    books = small_school(20)
    said = Sentences(books, facts_of(books), Evidence(books))
    assert said.say("借书{借出册次}册，盘亏{盘亏册数}册。", "") == ""
    assert unmarked(said.say("借书{借出册次}册。", "")) == "借书20册。"


def with_sentences(*rows: SentenceRow, confirmed: str | None = None) -> SourceMaterial:
    school = clean().school._replace(confirmed=confirmed)
    return material(LedgerSet(school, clean().rows | {SentenceRow: list(rows)}).library())


def paragraph(books: SourceMaterial, section: SentenceSection) -> str:
    return unmarked(Sentences(books, facts_of(books), Evidence(books)).paragraph(section))


def test_her_sentences_take_the_place_of_ours_section_by_section() -> None:
    own = row(SentenceRow, section="清点", order=2, condition="账物相符", pattern="账物相符。")
    first = row(SentenceRow, 3, section="清点", order=1, condition="总是", pattern="{清点日期}清点。")
    books = with_sentences(own, first)
    assert paragraph(books, SentenceSection.STOCKTAKE) == "2026年7月1日至2日清点。账物相符。"
    assert paragraph(books, SentenceSection.SITUATION) == paragraph(sample(), SentenceSection.SITUATION)


def test_a_section_can_be_silenced() -> None:
    books = with_sentences(row(SentenceRow, section="清点", condition="不写", pattern="清点过。"))
    assert paragraph(books, SentenceSection.STOCKTAKE) == ""


def test_every_section_of_ours_says_something_about_the_sample_or_its_opposite() -> None:
    assert {row.section for row in shipped_sentences()} <= set(SentenceSection)
    said = {section for section in SentenceSection if paragraph(sample(), section)}
    assert said == set(SentenceSection) - {
        SentenceSection.CLOSING,
        SentenceSection.PROBLEMS,
        SentenceSection.MORE_CHECKING,
    }


def test_the_sentences_shipped_use_known_names_and_conditions_and_end_in_full_stops() -> None:
    books = with_sentences(*shipped_sentences())
    assert list(sentence_notes(books)) == []
    assert {name for one in shipped_sentences() for name in names_in(one.pattern)} <= set(FACTS)


def test_a_new_workbook_starts_with_the_sentences_shipped_and_texts_that_name_known_facts() -> None:
    new = starting_ledger_set(date(2025, 9, 1)).ledger_set
    books = material(new.library())
    assert new.rows[SentenceRow] == list(shipped_sentences())
    assert list(sentence_notes(books)) == []
    assert [note for paper in PaperKind for note in text_notes(books, paper)] == []


def test_the_workbook_lists_every_condition() -> None:
    listed = SHEETS[SentenceRow].by_name["condition"].column.help
    assert listed.split("、") == [condition.value for condition in SentenceCondition]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"condition": "比上学期增多"}, "句式!C2 的“比上学期增多”没有这个名称，是不是“比上学期增加”？"),
        ({"section": "借阅统汁"}, "句式!A2 的“借阅统汁”没有这个名称，是不是“借阅统计”？"),
        ({"pattern": "借书{借出册数}册。"}, "句式!D2 的{借出册数}没有这个名称，是不是{借出册次}？"),
        ({"pattern": "借书{借出册次册。"}, "句式!D2 的花括号不成对，名称要写在半角的 { 和 } 之间。"),
        ({"pattern": "借书｛借出册次｝册。"}, "句式!D2 的花括号不成对，名称要写在半角的 { 和 } 之间。"),
        ({"pattern": "借书{借出册次}册"}, "句式!D2 的句子末尾没有句号。"),
    ],
)
def test_what_is_amiss_in_a_sentence_is_told_with_its_cell(changes: dict[str, Any], told: str) -> None:
    good = {"section": "借阅统计", "condition": "总是", "pattern": "借书{借出册次}册。"}
    books = with_sentences(row(SentenceRow, **(good | changes)))
    assert list(sentence_notes(books)) == [told]


def test_an_unknown_name_in_her_own_text_is_told_and_the_text_left_out() -> None:
    rows: Sequence[Any] = [row(ParagraphRow, paper=PaperKind.PLAN, section="正文", text="现有书{藏书册}册。")]
    books = material(library(*rows))
    assert list(text_notes(books, PaperKind.PLAN)) == ["计划文字!E2 的{藏书册}没有这个名称，是不是{藏书册数}？"]


def test_a_sentence_she_wrote_a_number_into_keeps_it_as_evidence() -> None:
    books = with_sentences(row(SentenceRow, section="清点", condition="总是", pattern="清点用了3天。"))
    evidence = Evidence(books)
    assert unmarked(Sentences(books, facts_of(books), evidence).paragraph(SentenceSection.STOCKTAKE)) == "清点用了3天。"
    assert [(one.shown, one.name) for one in evidence.figures] == [("3", "句式：清点")]


@pytest.mark.parametrize(
    ("errors", "warnings", "said"), [(2, 1, "错误2处、存疑1处"), (4, 0, "错误4处"), (0, 3, "存疑3处"), (0, 0, None)]
)
def test_differences_name_only_the_kinds_there_are(errors: int, warnings: int, said: str | None) -> None:
    assert differences({Severity.ERROR: errors, Severity.WARNING: warnings}) == said


@pytest.mark.parametrize(("beside", "said"), [(0, ""), (1, "（其中1处在辅助表）"), (3, "（都在辅助表）")])
def test_differences_say_how_many_stand_beside_the_seven_ledgers(beside: int, said: str) -> None:
    assert differences({Severity.ERROR: 2, Severity.WARNING: 1}, beside) == f"错误2处、存疑1处{said}"


def test_ledgers_without_a_line_are_named_and_not_said_to_agree() -> None:
    rows = {PeriodicalRow: [], CompensationRow: []}
    books = material(LedgerSet(clean().school, clean().rows | rows).library())
    said = Sentences(books, facts_of(books), Evidence(books)).paragraph(SentenceSection.CHECKING)
    assert "七本账里，报刊登记账、赔偿登记账没有记录。" in unmarked(said)


def test_what_is_overdue_and_owed_stands_among_the_problems() -> None:
    books = sample(date(2026, 5, 14))
    said = unmarked(Sentences(books, facts_of(books), Evidence(books)).paragraph(SentenceSection.PROBLEMS))
    assert said == "到期的图书还有3册没有收回。赔偿还有2件没有结清。"


def test_a_stocktake_nobody_could_record_is_not_said_to_be_missing() -> None:
    books = material(LedgerSet(clean().school, clean().rows | {StocktakeRow: []}).library())
    assert SentenceCondition.NOT_COUNTED in conditions(books)
    books = books.library
    assert SentenceCondition.NOT_COUNTED not in conditions(material(without(books, StocktakeRow)))


def test_nothing_is_said_per_pupil_where_the_pupils_of_a_class_are_not_known() -> None:
    unread = {"class_name": "六（3）班", "grade": 6, "pupils": None, "teacher": None, "lending": None}
    books = material(with_incomplete(sample().library, ClassRow, **unread))
    assert {"学生人数", "生均藏书", "生均新增"} & set(facts_of(books)) == set()
    assert {"学生人数", "生均藏书", "生均新增"} <= set(facts_of(sample()))


def test_hours_are_said_without_idle_decimals() -> None:
    books = material(library(row(OpeningRow, starts_at=time(8), ends_at=time(16))))
    assert facts_of(books)["学生每周开放"].shown == "8小时"


def test_a_term_that_is_over_is_not_called_unfinished_where_its_loans_are_missing() -> None:
    told = summary_notes(material(without(sample().library, LoanRow)))
    assert "学期还没有过完，没有和上学期比。" not in told
    assert "学期还没有过完，没有和上学期比。" in summary_notes(sample(date(2026, 4, 1)))


def test_a_term_is_over_on_its_last_day_though_nobody_wrote_the_hours() -> None:
    closed = LedgerSet(clean().school, clean().rows | {OpeningRow: []})
    over, under_way = (material(closed.library(day)) for day in (date(2026, 7, 3), date(2026, 4, 20)))
    assert SentenceCondition.NEARLY_OVER in conditions(over)
    assert "学期还没有过完，没有和上学期比。" not in summary_notes(over)
    assert SentenceCondition.UNDER_WAY in conditions(under_way)


def test_ledgers_that_differ_say_so() -> None:
    books = sample()
    failing = dataclasses.replace(books, report=material(library(*loans(date(2025, 9, 10), 1) * 2)).report)
    assert SentenceCondition.BOOKS_DIFFER in conditions(failing)
    assert SentenceCondition.BOOKS_AGREE in conditions(books)
    empty = dataclasses.replace(books, library=library(), report=run(library(), []))
    assert {SentenceCondition.BOOKS_AGREE, SentenceCondition.BOOKS_DIFFER}.isdisjoint(conditions(empty))


def test_a_sentence_goes_with_any_of_its_facts() -> None:
    books = sample()
    facts = facts_of(books)
    for one in shipped_sentences():
        for name in names_in(one.pattern):
            without_it = {key: figure for key, figure in facts.items() if key != name}
            assert not Sentences(books, without_it, Evidence(books)).say(one.pattern, "句式")


# Of whom or of what a fact is, where a sentence could set it beside one of somebody else.
BASES = {
    **dict.fromkeys(("借出册次", "人均借书", "借书人次"), "全校学生"),
    **dict.fromkeys(("目标年级", "指标年级", "全校目标", "目标册数", "目标完成", "差额"), "有指标的年级"),
    **dict.fromkeys(
        ("指标班数", "达标班数", "未达标班数", "未达标班级", "最好班级", "最好册数", "未借人数"), "有指标的班"
    ),
    **dict.fromkeys(("上学期借出册次", "上学期人均借书"), "上学期的学生"),
    **dict.fromkeys(("教师借书册次",), "教师"),
    **dict.fromkeys(("班级借书册次",), "班级图书角"),
    **dict.fromkeys(("室内阅览册次", "阅览次数", "阅览人次"), "阅览室"),
    **dict.fromkeys(("逾期册数", "逾期未还率", "逾期率", "逾期上限", "逾期集中班级"), "师生个人借的书"),
    **dict.fromkeys(("学生每周开放", "开放天数"), "对学生"),
    **dict.fromkeys(("每周开放",), "对师生"),
    **dict.fromkeys(("教师每周开放",), "对教师"),
    **dict.fromkeys(("核对项数", "核对行数"), "七本账"),
    **dict.fromkeys(("辅助表行数",), "辅助表"),
}


def test_no_sentence_sets_figures_of_two_groups_side_by_side() -> None:
    for one in shipped_sentences():
        bases = {BASES[name] for name in names_in(one.pattern) if name in BASES}
        assert len(bases) < 2 or "辅助表" in one.pattern, one.pattern


# What 0.1.0 shipped.
OPENING = "{学年}学年度{学期}，图书室围绕学校工作，做好藏书、借阅和读书活动，现将{学期开始}至{截止日期}的工作总结如下。"
FORMER = [
    row(SentenceRow, 2, section="开头", order=1, condition="总是", pattern=OPENING),
    row(
        SentenceRow,
        3,
        section="今后打算",
        order=1,
        condition="有落后班级",
        pattern="下学期把{未达标班级}作为推荐阅读和送书下班级的重点。",
    ),
]
OWN = row(SentenceRow, 4, section="清点", order=1, condition="总是", pattern="清点用了3天。")
GIVEN_WAY = (
    "句式里的“开头”“今后打算”是以前自带的句子，没有改过，文件照现在自带的写；"
    "要照表里的写，在基本信息的“已确认”里写上“句式”。"
)


def opening(books: SourceMaterial) -> str:
    return paragraph(books, SentenceSection.OPENING)


def test_sentences_nobody_changed_since_an_earlier_program_give_way_and_that_is_told() -> None:
    books = with_sentences(*FORMER, OWN)
    assert opening(books).startswith("现将")
    assert paragraph(books, SentenceSection.STOCKTAKE) == "清点用了3天。"
    assert list(sentence_notes(books)) == [GIVEN_WAY]


@pytest.mark.parametrize(
    "rows",
    [
        [FORMER[0]._replace(pattern=OPENING.replace("做好", "抓好")), FORMER[1]],
        [*FORMER, FORMER[0]._replace(line=4, order=2, pattern="再写一句。")],
        # On a sheet of today she may have made one section what it was.
        [*FORMER, *(one._replace(line=9) for one in shipped_sentences() if one.section == "读书活动")],
    ],
)
def test_a_section_she_changed_is_hers(rows: list[SentenceRow]) -> None:
    assert not opening(with_sentences(*rows)).startswith("现将2")


def test_a_sheet_she_confirmed_is_said_as_it_stands() -> None:
    books = with_sentences(*FORMER, confirmed="句式")
    assert "围绕学校工作" in opening(books)
    assert list(sentence_notes(books)) == []


def test_a_release_tells_the_sentences_it_shipped() -> None:
    """Else the sheet of a workbook it made is taken for hers for ever: what is asked for is printed where it lacks."""
    log = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = {line.split()[1] for line in log.splitlines() if line.startswith("## ") and "unreleased" not in line}
    former = former_digests()
    assert versions <= former.keys(), shipped_digests()
    assert former.get(__version__, shipped_digests()) == shipped_digests()
