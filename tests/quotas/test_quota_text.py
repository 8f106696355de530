"""The answer of `quota` in a terminal of eighty columns."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_school import SPRING, lent, pupil, school_class, small_school, target, turn

from make import row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.recorded import as_recorded
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.columns import TERMINAL_WIDTH, display_width, padded, table, unwrapped, wrapped
from schoollib_xl.wording.quotas.quota_answer import quota_answer
from schoollib_xl.wording.quotas.quota_sentences import headline

# A busy machine is no fault of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("day", [None, date(2026, 4, 15), date(2025, 11, 14)])
def test_no_line_of_the_sample_school_is_wider_than_the_terminal(day: date | None) -> None:
    books = clean_school().library(day)
    lines = list(answer_text(quota_answer(books, statement(books)), "图书室七本账.xlsx"))
    assert [line for line in lines if display_width(line) > TERMINAL_WIDTH] == []
    assert any(line.strip().startswith("全校") for line in lines)


def test_no_reader_is_named_in_the_terminal() -> None:
    clean = clean_school()
    books = clean.library(date(2026, 4, 15))
    said = "\n".join(answer_text(quota_answer(books, statement(books)), "图书室七本账.xlsx"))
    named = [reader for reader in clean.rows[ReaderRow] if reader.reader_no in said or reader.name in said]
    assert named == []


def test_the_first_lines_say_the_term_the_figure_and_who_is_behind() -> None:
    rows = [school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), target("生均借书册数", Decimal(1))]
    books = small_school(*rows)
    lines = list(answer_text(quota_answer(books, statement(books)), "图书室.xlsx"))
    assert lines[:2] == [
        "《图书室.xlsx》2025年9月1日到 2026年1月2日，算到 2026年1月2日：2 名学生借书 1",
        "  册，生均 0.50 册；没有借够。",
    ]


def test_the_first_line_counts_the_classes_behind_among_those_that_have_a_target() -> None:
    books = clean_school().library(date(2026, 7, 3))
    assert headline(statement(books)).endswith("；有借阅指标的 10 个班中 5 个班没有借够。")


@pytest.mark.parametrize("name", ["生均借书册数", "每生最低借书册数"])
@pytest.mark.parametrize("day", [date(2025, 11, 3), date(2026, 1, 2)])
def test_nobody_is_said_to_have_borrowed_nothing_where_no_loan_is_on_record(day: date, name: str) -> None:
    books = small_school(school_class(), pupil("甲"), pupil("乙"), target(name, Decimal(4)), as_of=day)
    answer = quota_answer(books, statement(books))
    told = [section.title for section in answer.sections]
    assert not {"三年级", "未达标", "赶进度", "没有借够的班", "落后的班怎么赶上"} & set(told)
    named = [
        str(value) for section in answer.sections for table in section.tables for one in table.rows for value in one
    ]
    assert not [value for value in named if "同学" in value]
    figures = {
        one.name: one.value for one in as_recorded(statement(books)).indicators if one.source[0].row_type is LoanRow
    }
    assert set(figures.values()) == {None}
    assert [promise.state for promise in promises(books, statement(books)).targets] == [State.UNKNOWN]


@pytest.mark.parametrize("lent_before", [False, True])
def test_a_term_before_of_which_no_loan_is_on_record_is_not_compared_with(lent_before: bool) -> None:
    loans = [lent("甲", day) for day in [date(2026, 3, 2), *([date(2025, 9, 8)] if lent_before else [])]]
    books = small_school(school_class(), pupil("甲"), *loans, school=SPRING)
    compared = {one.now.name for one in statement(books).comparisons}
    of_loans = {"生均借书册数", "流通册次"}
    assert (of_loans & compared, "开放天数" in compared) == (of_loans if lent_before else set(), True)


def test_what_is_to_be_borrowed_is_told_before_the_first_loan_is() -> None:
    books = small_school(school_class(), pupil("甲"), target("生均借书册数", Decimal(4)), as_of=date(2025, 9, 1))
    [told] = as_recorded(statement(books)).classes
    assert (told.obligation.gap, told.obligation.loans) == (8, None)


def test_whoever_only_waits_for_a_turn_is_not_behind() -> None:
    shelf = [row(AccessionRow, accession_no=number) for number in ("000001", "000002")]
    second = turn(weekday=Weekday.THURSDAY, weeks=WeekPattern.EVEN)
    rows = [school_class(), pupil("甲"), pupil("乙"), second, *shelf, target("生均借书册数", Decimal(7))]
    taken = [lent(number, date(2025, 9, 11)) for number in "甲乙"]

    def pace(day: date, *loans: LoanRow) -> str:
        books = small_school(*rows, *loans, as_of=day)
        return next(said for said in answer_text(quota_answer(books, statement(books))) if "三（1）班" in said[:8])

    assert "跟上" in pace(date(2025, 9, 2))
    assert "落后" in pace(date(2025, 9, 12), taken[0])
    assert "跟上" in pace(date(2025, 9, 24), *taken)
    assert "落后" in pace(date(2025, 9, 26), *taken)
    waiting = small_school(*rows, as_of=date(2025, 9, 2))
    assert "不算落后" in "".join(answer_text(quota_answer(waiting, statement(waiting))))


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        ([], "“班级”表里还没有班，学生借书 1 册，没有分班。"),
        ([school_class(pupils=0)], "“班级”表里的学生人数是 0，学生借书 1 册，生均没有算。"),
        ([school_class(pupils=None)], "“班级”表里没有学生人数，学生借书 1 册，生均没有算。"),
        (
            [school_class(pupils=None), school_class("四（1）班", 4)],
            "学生借书 1 册；“班级”表里三（1）班没有学生人数，别的班 2 人，生均 0.00 册。",
        ),
    ],
)
def test_a_school_whose_pupils_are_not_known_is_told_so(classes: list[ClassRow], said: str) -> None:
    books = small_school(*classes, pupil("甲"), lent("甲", date(2025, 9, 8)))
    assert headline(statement(books)).endswith(f"：{said}")


def test_a_target_out_of_reach_is_said_below_the_targets() -> None:
    rows = [school_class(), turn(weeks=WeekPattern.ODD), target("生均借书册数", Decimal(12))]
    books = small_school(*rows)
    lines = list(answer_text(quota_answer(books, statement(books)), "图书室.xlsx"))
    assert "".join(lines).count("做不到") == 1


def test_a_chinese_character_takes_two_columns() -> None:
    assert display_width("三（1）班") == 9
    assert padded("三班", 6) == "三班  "
    assert padded("12", 6, right=True) == "    12"


def test_columns_of_figures_are_set_to_the_right() -> None:
    assert list(table(("班级", "册数"), [("三（1）班", "5"), ("四\n1班", "12")], "")) == [
        "班级       册数",
        "三（1）班     5",
        "四 1班       12",
    ]


def _without_blanks_before_marks(text: str) -> str:
    """Nobody writes a blank before a full stop; a line may be broken at any blank."""
    return re.sub("\\s+(?=[，。）])", "", text)


@UNHURRIED
@given(st.text("一二三，。（）ab 1", max_size=300).map(_without_blanks_before_marks))
def test_wrapping_loses_nothing_and_fits(text: str) -> None:
    lines = list(wrapped(text))
    for one in ("".join(lines), unwrapped([*lines, "下一句。"])):
        assert "".join(one.split()) == "".join(text.split())
    # A run of figures, or of marks that close something, is never broken.
    unbroken = max((display_width(run) for run in re.findall("[ab1]+[，。）]*|.[，。）]*", text)), default=0)
    assert all(display_width(line) <= max(TERMINAL_WIDTH, unbroken + 2) for line in lines)
    assert not any(line.lstrip().startswith(("，", "。", "）")) for line in lines[1:])


def test_a_reader_row_is_not_needed_to_say_anything() -> None:
    books = small_school(school_class(), row(ReaderRow, reader_no="甲"))
    assert list(answer_text(quota_answer(books, statement(books)), "图书室.xlsx"))


def test_a_rate_of_some_places_says_what_was_left_out() -> None:
    copies = [row(AccessionRow, line, accession_no=f"{line:06}", location="书库") for line in range(2, 6)]
    room = row(AccessionRow, 6, accession_no="000006", location="阅览室")
    day = date(2025, 12, 1)
    seen = [row(StocktakeRow, counted_on=day, accession_no=copy.accession_no, place="书库") for copy in copies]

    def titles(*rows: Any) -> list[str]:
        return [one.title for one in statement(small_school(*copies, *seen, *rows)).indicators if one.unit == "%"]

    assert "帐物相符率（没有盘到的 1 册不算）" in titles(room)
    assert "帐物相符率" in titles()
