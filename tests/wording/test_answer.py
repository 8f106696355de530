"""An answer is printed alike by every renderer: what is said first, what is left out, what sums up."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from schoollib_xl.pages.answer import answer_html
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.answer import ON_PAGE, Answer, Chart, Medium, Section, Table, answer_text

_ROWS = [(f"三（{number}）班", number, Decimal("1.50"), None) for number in range(1, ON_PAGE + 6)]
_ANSWER = Answer(
    "样本",
    ("先看这一句。",),
    (
        Section(
            "各班",
            (10, 6, 6, 6),
            ("学生个人借书。",),
            (Table("", ("班级", "人数", "生均", "目标"), [*_ROWS, ("全校", 9, None, 8)], 1),),
        ),
        Section("只在文件里", (10,), (), (Table("", ("日期",), [(date(2026, 3, 5),)]),), medium=Medium.FILE),
    ),
)


def test_the_sentences_come_first_and_a_long_table_says_how_many_rows_it_has() -> None:
    lines = list(answer_text(_ANSWER))
    assert lines[0] == "先看这一句。"
    assert f"  等 {len(_ROWS)} 行，全部写在文件里。" in lines
    assert any(line.strip().startswith("全校") for line in lines)
    assert not any("只在文件里" in line for line in lines)


def test_a_page_shows_more_rows_than_a_terminal_and_says_as_well_what_is_left_out() -> None:
    page = answer_html(_ANSWER)
    assert page.count("<tr>") == 1 + ON_PAGE + 1
    assert f"等 {len(_ROWS)} 行" in page
    assert "只在文件里" not in page


def test_a_section_without_a_header_is_sentences() -> None:
    answer = Answer("样本", (), (Section("提醒", (40,), (), (Table("", (), [("只有一句。",)]),)),))
    assert list(answer_text(answer)) == ["", "提醒", "  只有一句。"]
    assert "<li>只有一句。</li>" in answer_html(answer)


def test_a_chart_shows_the_rows_of_its_table_without_the_totals(tmp_path: Path) -> None:
    table = Table("", ("班级", "人数"), [("三（1）班", 40), ("三（2）班", 38), ("全校", 78)], 1, [Chart("人数", (1,))])
    written = write_answer_book(Answer("样本", (), (Section("各班", (10, 6), (), (table,)),)), tmp_path / "样本.xlsx")
    (chart,) = load_workbook(written)["各班"]._charts
    assert chart.series[0].val.numRef.f == "各班!$B$3:$B$4"
