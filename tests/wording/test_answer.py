"""An answer is printed alike by every renderer: what is said first, what is left out, what sums up."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from schoollib_xl.documents.answer_paper import Signature, write_answer_paper
from schoollib_xl.pages.answer import answer_html
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.styles import GROUNDS
from schoollib_xl.wording.answer import (
    MOST_SHOWN,
    Answer,
    Chart,
    LabelledSentence,
    Link,
    Medium,
    Point,
    PointGroup,
    Section,
    Shade,
    Strong,
    Table,
)
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.places import Address

ON_TERMINAL, ON_PAGE = MOST_SHOWN[Medium.TERMINAL][0], MOST_SHOWN[Medium.PAGE][0]
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


def test_a_screen_says_of_a_table_without_rows_that_there_are_none() -> None:
    answer = Answer("清单", (), (Section("借阅排行", (8,), (), (Table("", ("名次",), ()),)),))
    assert [*answer_text(answer)][-1] == "  没有。"
    assert "<p>没有。</p>" in answer_html(answer)


def test_points_of_a_kind_are_cut_alike_and_the_rest_is_counted() -> None:
    points = [Point(f"第 {number} 册", Address("个别登记账", f"A{number}")) for number in range(2, ON_PAGE + 4)]
    why = LabelledSentence("为什么要紧", "要对得上。")
    kind = PointGroup(points, before=why, title="样子", code="ACC001", label="错误", shade=Shade.RED)
    answer = Answer("核对结果", (), (Section("问题", (), groups=[kind]),))
    lines, page = list(answer_text(answer)), answer_html(answer)
    assert lines[:4] == [
        "",
        f"ACC001　样子（错误，{len(points)} 处）",
        "　为什么要紧：要对得上。",
        "　个别登记账!A2　第 2 册",
    ]
    assert lines[-1] == f"　同样的问题还有 {len(points) - ON_TERMINAL} 处，都在核对结果里。"
    assert page.count("<li") == ON_PAGE
    assert f"同样的问题还有 {len(points) - ON_PAGE} 处。" in page
    assert page.index("<b>为什么要紧　</b>要对得上。") < page.index("<details")


def test_numbered_points_are_shown_whole_with_what_is_said_after_them() -> None:
    steps = PointGroup([Point("先抄。", below=["抄完再改。"]), Point("再改。")], is_numbered=True, after="再核对一次。")
    answer = Answer("核对结果", ("对不上。" * 40,), (Section("先做这几件", (), groups=[steps]),), is_searched=True)
    assert list(answer_text(answer)) == [
        "对不上。" * 40,
        "",
        "先做这几件：",
        "1. 先抄。",
        "　　抄完再改。",
        "2. 再改。",
        "再核对一次。",
    ]
    assert "<ol><li>先抄。" in answer_html(answer)


def test_a_medium_is_shown_only_what_is_for_it(tmp_path: Path) -> None:
    shown = [Section(one.name, (10,), ("有。",), medium=one) for one in Medium if one.name]
    answer = Answer("样本", ("先看。",), shown, first_on=Medium.SCREEN)
    assert list(answer_text(answer)) == ["先看。", "", "TERMINAL", "  有。"]
    assert answer_html(answer) == "<p>先看。</p><section><h2>PAGE</h2><p>有。</p></section>"
    book = load_workbook(write_answer_book(answer, tmp_path / "样本.xlsx"))
    assert book.sheetnames == ["WORKBOOK"]
    assert "先看。" not in [cell.value for cell in book["WORKBOOK"]["A"]]


def test_a_paper_says_all_that_a_workbook_says_of_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    most, rest = 3, MOST_SHOWN[Medium.PAPER][1]
    monkeypatch.setattr("schoollib_xl.wording.answer.MOST_SHOWN", {Medium.PAPER: (most, rest)})
    table = Table("", ("号",), [(one,) for one in range(most + 2)], sentences=["先看。"], notes=["再看。"])
    plain = Table("", (), [("二（1）班", 40)])
    answer = Answer("样本", ("头一句。",), [Section("各册", (8,), (), [plain, table])])
    paper = write_answer_paper(
        answer, Signature("图书室", date(2026, 7, 3)), tmp_path / "账.xlsx", tmp_path / "样本.docx"
    )
    document = Document(str(paper))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[1:6] == ["头一句。", "各册", "二（1）班　40", "先看。", f"等{most + 2}行，{rest}。"]
    assert said[6] == "再看。"
    assert len(document.tables[0].rows) == 1 + most


def test_a_chart_shows_the_rows_of_its_table_without_the_totals(tmp_path: Path) -> None:
    table = Table("", ("班级", "人数"), [("三（1）班", 40), ("三（2）班", 38), ("全校", 78)], 1, [Chart("人数", (1,))])
    written = write_answer_book(Answer("样本", (), (Section("各班", (10, 6), (), (table,)),)), tmp_path / "样本.xlsx")
    (chart,) = load_workbook(written)["各班"]._charts
    assert chart.series[0].val.numRef.f == "各班!$B$3:$B$4"


@pytest.mark.parametrize(("rows", "high"), [(20, None), (44, None), (60, 0)])
def test_a_few_lines_more_than_a_page_do_not_stand_alone_on_the_next(
    tmp_path: Path, rows: int, high: int | None
) -> None:
    table = Table("", ("号",), [(one,) for one in range(rows)])
    section = Section("各册", (40, 40), (), (table,))
    sheet = load_workbook(write_answer_book(Answer("样本", (), (section,)), tmp_path / "样本.xlsx"))["各册"]
    # None is one page, 0 as many as it takes.
    assert sheet.page_setup.fitToHeight == high


def test_a_sentence_not_to_be_overlooked_a_coloured_row_and_a_drop_down_come_into_the_workbook(tmp_path: Path) -> None:
    table = Table(
        "",
        ("班级", "说明"),
        [("三（1）班", ""), ("三（2）班", "")],
        shades=[Shade.RED, [None, Shade.AMBER]],
        choices={"说明": ("√", "×")},
        notes=[Strong("还差一个班。")],
    )
    section = Section("各班", (10, 20), ("先看。",), (table,), title="", only_for="仅供班主任")
    sheet = load_workbook(write_answer_book(Answer("样本", (), (section,)), tmp_path / "样本.xlsx", "青禾小学"))["各班"]
    grounds = [[cell.fill.fgColor.rgb if cell.fill.fill_type else None for cell in row] for row in sheet["A3:B4"]]
    red, amber = (f"FF{GROUNDS[shade][1:]}" for shade in (Shade.RED, Shade.AMBER))
    assert grounds == [[red, red], [None, amber]]
    assert (sheet["A1"].value, sheet["A1"].font.b, sheet["A5"].value, sheet["A5"].font.b) == (
        *("先看。", False),
        *("还差一个班。", True),
    )
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"√,×"']
    assert sheet.oddHeader.right.text.endswith("青禾小学　仅供班主任")


def test_a_file_name_that_is_no_text_comes_into_the_workbook_as_a_sign(tmp_path: Path) -> None:
    named, shown = "旧\udcb0.csv", "旧\ufffd.csv"
    table = Table("", (named,), [(named,), (Link(named, Address("借阅登记账", "C7")),)])
    answer = Answer("样本", (), (Section("来源", (20,), (named,), (table,)),))
    written = write_answer_book(answer, tmp_path / "样本.xlsx", workbook=tmp_path / "账.xlsx")
    values = [value for (value,) in load_workbook(written)["来源"].values]
    assert [value for value in values if value and value != "来源"] == [shown] * 4


def test_an_address_is_a_link_into_her_workbook_and_may_be_shown_without_its_sheet(tmp_path: Path) -> None:
    at = Address("借阅登记账", "C7")
    table = Table("", ("哪里", "格子"), [(at, Link("C7", at))])
    answer = Answer("样本", (), (Section("问题", (20, 8), (), (table,), title=""),))
    sheet = load_workbook(write_answer_book(answer, tmp_path / "样本.xlsx", workbook=tmp_path / "账.xlsx"))["问题"]
    assert [cell.value for cell in sheet[2]] == ["借阅登记账!C7", "C7"]
    assert {cell.hyperlink.location for cell in sheet[2]} == {"'借阅登记账'!C7"}


def test_a_screen_shows_the_first_columns_and_what_is_said_below_them() -> None:
    table = Table("", ("项目", "现有", "依据"), [("报刊", 26, "校务会议定")], notes=("只供参考。",), on_screen=2)
    answer = Answer("样本", ("先看这一句。",), (Section("藏书", (10, 6, 30), (), (table,), title="藏书定额"),))
    assert list(answer_text(answer, "账.xlsx")) == [
        *("《账.xlsx》先看这一句。", "", "藏书定额"),
        *("  项目  现有", "  报刊    26", "  只供参考。"),
    ]
    page = answer_html(answer)
    assert "依据" not in page
    assert "只供参考。" in page


def test_a_chart_may_stand_on_the_first_sheet(tmp_path: Path) -> None:
    table = Table("", ("班级", "人数"), [("三（1）班", 40)], charts=[Chart("人数", (1,), below="总览")])
    sections = (Section("总览", (10,)), Section("各班", (10, 6), (), (table,)))
    book = load_workbook(write_answer_book(Answer("样本", (), sections), tmp_path / "样本.xlsx"))
    assert [len(book[name]._charts) for name in ("总览", "各班")] == [1, 0]


def test_a_table_too_long_to_be_measured_holds_values_of_every_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schoollib_xl.sheets.books.answer_book._MOST_MEASURED", 2)
    row = ("大山", 3, Decimal("1.50"), date(2026, 9, 1), time(8, 30), Address("借阅登记账", "C7"), None)
    table = Table("", tuple("甲乙丙丁戊己庚"), [row] * 3, shades=[Shade.RED], choices={"甲": ("大山", "小河")})
    section = Section("清单", (10,) * 7, (), (table,))
    written = write_answer_book(Answer("样本", (), (section,)), tmp_path / "样本.xlsx", workbook=tmp_path / "账.xlsx")
    sheet = load_workbook(written)["清单"]
    assert [cell.value for cell in sheet[4]][:3] == ["大山", 3, 1.5]
    assert not any(cell.alignment.wrap_text for cell in sheet[4][:5])
    assert str(sheet.data_validations.dataValidation[0].sqref) == "A3:A5"


@pytest.mark.parametrize(
    ("last", "header"), [(Table("剔旧", ("书名",), [("小河",)] * 90), "书名"), (Table("记", (), [("无", 1)]), "")]
)
def test_a_long_table_below_another_has_its_own_header_on_every_page(last: Table, header: str, tmp_path: Path) -> None:
    counted = Table("一共", ("册数",), [(90,)])
    written = write_answer_book(
        Answer("样本", (), (Section("候选", (10,), (), (counted, last)),)), tmp_path / "样本.xlsx"
    )
    sheet = load_workbook(written)["候选"]
    rows = sheet.print_title_rows
    assert (sheet[rows.replace("$", "A$").split(":")[0]].value if rows else "") == header
