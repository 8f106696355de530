"""The templates that ship: complete, named by the papers they belong to, and in Chinese type."""

import ast
import re
from dataclasses import MISSING, fields
from pathlib import Path
from zipfile import ZipFile

import docx
import paper_samples
import pytest
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.blanks import content, names_of
from schoollib_xl.documents.filling.charts import charts_of
from schoollib_xl.documents.filling.fill import fill
from schoollib_xl.documents.filling.markup import paragraphs
from schoollib_xl.documents.filling.placeholders import ORDINALS, placeholders
from schoollib_xl.documents.filling.stories import find_template, stories

FOLDER = Path(__file__).parents[2] / "templates"
COMPOSING = Path(__file__).parents[2] / "schoollib_xl" / "documents" / "composing"
PAPERS = {
    "工作计划": paper_samples.plan(),
    "工作计划_简版": paper_samples.plan(),
    "工作总结": paper_samples.summary(),
    "工作总结_简版": paper_samples.summary(),
    "催还单": paper_samples.overdue(),
    "未达标名单": paper_samples.behind(),
    "赔偿通知": paper_samples.compensation(),
    "清点报告": paper_samples.stocktake(),
    "注销清册": paper_samples.withdrawals(),
    "迎检封面": paper_samples.cover(),
    "自查自评报告": paper_samples.assessment(),
    "图书审查清理报告": paper_samples.reviews(),
}
SHORT = ("工作计划_简版", "工作总结_简版")
SHORT = ("工作计划_简版", "工作总结_简版")
# Facts a template may ask for although ours do not.
NOT_USED = {
    "工作计划": {"指标.完成", "指标.结果", "指标.原因", "截止日期"},
    "工作总结": {"指标.依据", "指标.责任人", "账册.数据", "账册.结果"},
    "催还单": {"逾期.读者证号"},
    "迎检封面": {"账册.已说明"},
    # For a template of hers with a table of the reasons.
    "注销清册": {"汇总.注销原因", "汇总.册数", "汇总.金额"},
}


def xml(name: str, part: str) -> etree._Element:
    with ZipFile(FOLDER / f"{name}.docx") as package:
        return etree.fromstring(package.read(part))


def used(name: str) -> set[str]:
    return {
        placeholder.name
        for story in stories(docx.Document(str(FOLDER / f"{name}.docx")))
        for paragraph in paragraphs(story.root)
        for placeholder in placeholders(paragraph)
    }


def test_every_paper_has_its_template_and_every_template_its_paper() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PAPERS)


@pytest.mark.parametrize("name", PAPERS)
def test_a_template_asks_for_all_its_paper_can_say_and_nothing_else(name: str) -> None:
    known, asked = names_of(type(PAPERS[name])), used(name) - set(ORDINALS)
    assert asked <= known
    if name not in SHORT:
        assert asked == known - NOT_USED.get(name, set())


def test_whatever_a_paper_may_lack_is_put_in_somewhere() -> None:
    """A blank nobody ever fills is a gap in every paper."""
    for paper in map(type, PAPERS.values()):
        may_lack = {field.name for field in fields(paper) if field.default is not MISSING}
        [composer] = [
            text for path in COMPOSING.rglob("*.py") if f"{paper.__name__}(" in (text := path.read_text("utf-8"))
        ]
        named = {word for one in ast.walk(ast.parse(composer)) for word in _named(one)}
        assert may_lack <= named, paper


def _named(node: ast.AST) -> list[object]:
    """A keyword of a call, the keys of a dictionary."""
    if isinstance(node, ast.Dict):
        return [key.value for key in node.keys if isinstance(key, ast.Constant)]
    return [node.arg] if isinstance(node, ast.keyword) else []


@pytest.mark.parametrize("name", SHORT)
def test_the_short_layout_is_text_without_tables_and_charts(name: str) -> None:
    document = docx.Document(str(FOLDER / f"{name}.docx"))
    assert not document.tables
    assert not list(charts_of(document))


@pytest.mark.parametrize("name", PAPERS)
def test_a_template_holds_the_charts_its_paper_draws(name: str) -> None:
    found = {chart.alt for chart in charts_of(docx.Document(str(FOLDER / f"{name}.docx")))}
    assert found == (set() if name in SHORT else set(content(PAPERS[name]).charts))


def test_lists_taken_out_of_a_template_are_said_and_those_the_short_layout_lacks_are_not(tmp_path: Path) -> None:
    document = docx.Document(str(FOLDER / "工作总结.docx"))
    for table in [one._tbl for one in document.tables]:
        if re.search(r"{{(活动|年级)\.", etree.tostring(table, encoding=str)):
            document.element.body.remove(table)
    document.save(str(tmp_path / "工作总结.docx"))
    said = content(PAPERS["工作总结"])
    assert fill(tmp_path / "工作总结.docx", said).notes == ("工作总结.docx：没有清单“年级”、“活动”，没有写。",)
    assert fill(FOLDER / "工作总结_简版.docx", said._replace(charts={})).notes == ()
    empty = said._replace(facts={**said.facts, "年级": (), "活动": ()})
    assert fill(tmp_path / "工作总结.docx", empty).notes == ()


@pytest.mark.parametrize("name", PAPERS)
def test_every_style_names_its_chinese_font_and_leans_on_no_theme(name: str) -> None:
    styles = xml(name, "word/styles.xml")
    for style in styles.iterfind(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph":
            fonts = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts is not None, style.get(qn("w:styleId"))
            assert fonts.get(qn("w:eastAsia")) in {"仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"}
    defaults = styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert defaults is not None
    assert defaults.get(qn("w:eastAsia")) == "zh-CN"
    assert b"heme=" not in etree.tostring(styles)


@pytest.mark.parametrize("name", PAPERS)
def test_a_template_opens_in_word_without_compatibility_mode_and_with_pages_of_two_kinds(name: str) -> None:
    settings = xml(name, "word/settings.xml")
    modes = settings.xpath("//w:compatSetting/@w:val", namespaces={"w": settings.nsmap["w"]})
    assert modes == ["15"]
    assert settings.find(qn("w:evenAndOddHeaders")) is not None


@pytest.mark.parametrize("name", PAPERS)
def test_every_table_repeats_its_heading_row_and_breaks_no_row(name: str) -> None:
    body = xml(name, "word/document.xml")
    for table in body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        headed = rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert headed or name == "赔偿通知"  # a form has labels at the side and no heading row


@pytest.mark.parametrize("name", PAPERS)
def test_a_template_carries_nothing_of_the_program_that_made_it(name: str) -> None:
    with ZipFile(FOLDER / f"{name}.docx") as package:
        text = b"".join(package.read(part) for part in package.namelist() if not part.endswith(".xlsx")).decode()
        dates = {info.date_time for info in package.infolist()}
    assert "python-docx" not in text
    assert not re.search(r"\b20[012]\d-\d\d-\d\dT", text)
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_the_official_layout_is_that_of_the_standard() -> None:
    body = xml("工作计划", "word/document.xml")
    margins, grid = next(body.iter(qn("w:pgMar"))), next(body.iter(qn("w:docGrid")))
    millimetres = {
        side: round(int(margins.get(qn(f"w:{side}"), "0")) / 1440 * 25.4) for side in ("top", "left", "right")
    }
    assert millimetres == {"top": 37, "left": 28, "right": 26}
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_a_template_beside_the_workbook_wins_over_one_in_its_folder_and_both_over_ours(tmp_path: Path) -> None:
    workbook = tmp_path / "七本账.xlsx"
    assert find_template("工作计划.docx", workbook) == FOLDER / "工作计划.docx"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "工作计划.docx").write_bytes(b"")
    assert find_template("工作计划.docx", workbook) == tmp_path / "templates" / "工作计划.docx"
    (tmp_path / "工作计划.docx").write_bytes(b"")
    assert find_template("工作计划.docx", workbook) == tmp_path / "工作计划.docx"
    with pytest.raises(FileNotFoundError):
        find_template("请假条.docx", workbook)
