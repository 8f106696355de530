"""What a filled paper says, read back as text; ``GOLDEN=write pytest`` rewrites the golden pages."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import paper_samples
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from filled import fill
from test_templates import FOLDER, PAPERS

from documents.read_back import dump
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.charts import charts_of
from schoollib_xl.documents.filling.long_names import broken
from schoollib_xl.documents.filling.opening import package_bytes, stamp
from schoollib_xl.documents.papers.plan import PlanLine, WorkPlan
from schoollib_xl.documents.papers.summary import NO_CHART, TermSummary

GOLDEN = Path(__file__).parent / "golden"
ANNEX = re.compile(r"(附件：)?\d．")


def paper(name: str, said: object | None = None) -> docx.document.Document:
    return fill(FOLDER / f"{name}.docx", content(said or PAPERS[name]))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_its_golden_page_says(name: str) -> None:
    page = "\n".join(dump(paper(name))) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
def test_no_brace_and_no_none_is_left_in_a_paper(name: str) -> None:
    text = "".join(part.blob.decode() for part in paper(name).part.package.iter_parts() if part.partname.ext == "xml")
    assert not re.search(r"[{｛]{2}|[}｝]{2}|\bNone\b|\bnan\b", text)


@pytest.mark.parametrize("name", PAPERS)
def test_every_number_of_a_paper_is_among_its_facts(name: str) -> None:
    facts = content(PAPERS[name])
    known = set(re.findall(r"\d+(?:\.\d+)?", repr(facts)))
    ordinals = {str(number) for number in range(1, 100)}
    body = [line for line in dump(paper(name)) if not line.startswith(("页面", "页脚", "偶数页页脚"))]
    assert set(re.findall(r"\d+(?:\.\d+)?", "\n".join(body))) <= known | ordinals


def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import paper_samples as s;"
        "from schoollib_xl.documents.filling.blanks import content;"
        "from filled import fill;"
        "from schoollib_xl.documents.filling.opening import package_bytes;"
        "paper = fill(Path(sys.argv[2]), content(s.summary())); Path(sys.argv[1]).write_bytes(package_bytes(paper))"
    )
    made = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        command = [sys.executable, "-c", program, str(target), str(FOLDER / "工作总结.docx")]
        subprocess.run(command, check=True, env=environment)
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_a_paper_tells_its_title_author_and_date_and_nothing_of_the_program() -> None:
    document = paper("工作计划")
    stamp(document, "图书室工作计划", "青禾镇中心小学图书室", date(2026, 9, 1))
    properties = document.core_properties
    assert (properties.title, properties.author) == ("图书室工作计划", "青禾镇中心小学图书室")
    assert properties.created is not None
    assert properties.created.date() == date(2026, 9, 1)
    assert properties.comments == ""
    assert package_bytes(document) == package_bytes(document)


def test_a_school_whose_name_is_a_paragraph_gets_its_paper() -> None:
    document = docx.Document()
    stamp(document, "图书室工作计划", "小学" * 200, date(2026, 9, 1))
    assert document.core_properties.author == ("小学" * 200)[:255]


def test_a_plan_with_text_only_has_no_table_and_no_empty_heading() -> None:
    bare = WorkPlan(
        school="青禾小学",
        school_year="2026—2027",
        term="第二学期",
        body=(PlanLine("管好图书。"),),
        signed_by="图书室",
        signed_on="2027年3月1日",
    )
    document = paper("工作计划", bare)
    assert document.tables == []
    assert [line for line in dump(document) if line.startswith("heading")] == []


def test_a_summary_with_nothing_in_it_keeps_title_date_and_signature_only() -> None:
    empty = TermSummary(
        school="青禾小学",
        school_year="2026—2027",
        term="第一学期",
        signed_by="图书室",
        signed_on="2027年1月20日",
        cut_off="2027年1月20日",
    )
    assert dump(paper("工作总结", empty))[:5] == [
        "title| 青禾小学⏎图书室工作总结",
        "subtitle| （2026—2027学年度第一学期）",
        "文末注| 注：数据截至2027年1月20日。",
        "落款| 图书室",
        "落款日期| 2027年1月20日",
    ]


def test_headings_close_up_over_a_section_with_nothing_to_say() -> None:
    shorter = replace(paper_samples.summary(), circulation=(), holdings=(), keeping=())
    headings = [line for line in dump(paper("工作总结", shorter)) if line.startswith("heading 1")]
    assert headings[1:] == ["heading 1| 二、主要工作", "heading 1| 三、存在问题", "heading 1| 四、今后打算"]


def test_quotes_and_dashes_are_set_in_chinese_type() -> None:
    runs = [
        run for run in paper("工作计划").element.body.iter(qn("w:r")) if re.search("[“”—]", "".join(run.itertext()))
    ]
    hints = {run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:hint")) for run in runs}
    assert len(runs) > 10
    assert hints == {"eastAsia"}


def test_the_signature_travels_with_the_end_of_the_text() -> None:
    kept = [p for p in paper("工作总结").paragraphs if p.paragraph_format.keep_with_next]
    assert [p.text for p in kept if p.text and not ANNEX.match(p.text)][-4:] == [
        "下学期增订4种期刊，把四（2）班作为送书进班的重点。",
        "图书室将继续努力，为全校师生服务。",
        "注：数据截至2027年1月20日。",
        "青禾镇中心小学图书室",
    ]


def test_the_annexes_that_are_left_are_listed_above_the_signature() -> None:
    listed = [line for line in dump(paper("工作总结")) if line.startswith("附件说明")]
    names = ["任务指标", "借阅统计", "藏书增减", "经费收支和账册核对", "各项活动"]
    assert listed == [f"附件说明| {'附件：' if n == 1 else ''}{n}．{name}" for n, name in enumerate(names, 1)]
    without = replace(paper_samples.summary(), targets=(), holdings_changes=(), holdings_chart=NO_CHART)
    listed = [line for line in dump(paper("工作总结", without)) if line.startswith(("附件说明", "小标题"))]
    names = ["借阅统计", "经费收支和账册核对", "各项活动"]
    assert listed[:3] == [f"附件说明| {'附件：' if n == 1 else ''}{n}．{name}" for n, name in enumerate(names, 1)]
    assert listed[3:] == [f"小标题| 附件{n}　{name}" for n, name in enumerate(names, 1)]


def test_an_annex_alone_has_no_number() -> None:
    """GB/T 9704-2012, 7.3.4: numbers only where there are several."""
    said = paper_samples.summary()
    alone = TermSummary(
        school=said.school,
        school_year=said.school_year,
        term=said.term,
        targets=said.targets,
        cut_off=said.cut_off,
        signed_by=said.signed_by,
        signed_on=said.signed_on,
    )
    listed = [line for line in dump(paper("工作总结", alone)) if line.startswith(("附件说明", "小标题"))]
    assert listed == ["附件说明| 附件：任务指标", "小标题| 附件　任务指标"]


def kept_together(table: Table) -> list[bool]:
    """Return for each row whether it stays on one page with the next."""
    return [all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs) for row in table.rows]


def test_a_short_table_stays_on_one_page_and_a_long_one_leaves_no_row_alone() -> None:
    short, long = paper("清点报告").tables[0], paper("注销清册", paper_samples.withdrawals(90)).tables[0]
    assert kept_together(short) == [True] * (len(short.rows) - 1) + [False]
    assert (
        kept_together(long) == [True] * 3 + [False] * (len(long.rows) - 6) + [True] * 3
    )  # the last with the signature


def test_a_short_table_that_the_signature_stays_with_leaves_no_page_half_empty() -> None:
    long = paper("注销清册", paper_samples.withdrawals(4)).tables[0]
    assert kept_together(long) == [True, True, False, False, True, True]


def test_a_sentence_below_a_table_is_company_enough_for_the_signature() -> None:
    assert kept_together(paper("清点报告").tables[-1])[-1] is False


def test_a_table_of_few_high_rows_may_be_parted() -> None:
    """Else it goes to the next page whole and leaves the one before it empty."""
    month = paper_samples.plan().months[0]
    months = tuple(replace(month, jobs=("整理新书，" * 40,)) for _ in range(5))
    table = paper("工作计划", replace(paper_samples.plan(), months=months)).tables[0]
    assert kept_together(table) == [True, True, False, False, True, False]


LONG_NAME = "云岭省青禾自治州白水河县松岗民族乡九年一贯制寄宿学校梨花坪教学点"


def test_a_long_name_breaks_where_a_reader_pauses() -> None:
    said = replace(paper_samples.plan(), school=LONG_NAME, signed_by=f"{LONG_NAME}图书室")
    shown = [paragraph.text for paragraph in paper("工作计划", said).paragraphs]
    assert shown[0].split("\n") == [
        "云岭省青禾自治州白水河县松岗民族乡",
        "九年一贯制寄宿学校梨花坪教学点",
        "图书室工作计划",
    ]
    signed = next(text for text in shown[1:] if text.startswith("云岭省"))
    assert signed.split("\n") == [
        "云岭省青禾自治州白水河县",
        "松岗民族乡九年一贯制寄宿学校",
        "梨花坪教学点图书室",
    ]
    cover = replace(paper_samples.cover(), school="白水河县松岗乡中心小学梨花坪教学点")
    assert paper("迎检封面", cover).paragraphs[0].text.split("\n")[:2] == ["白水河县松岗乡", "中心小学梨花坪教学点"]
    assert (broken("景德镇市瑶里镇中心小学", 8), broken("甲乙丙丁戊己庚辛", 4)) == (
        ["景德镇市", "瑶里镇中心小学"],
        ["甲乙丙丁戊己庚辛"],
    )


def test_a_table_at_the_end_of_an_annex_leaves_no_page_with_a_few_rows() -> None:
    lines = tuple(replace(paper_samples.summary().targets[0], name=f"指标{number}") for number in range(18))
    filled = paper("工作总结", replace(paper_samples.summary(), targets=lines))
    table = next(one for one in filled.tables if any("指标17" in cell.text for cell in one.rows[-1].cells))
    assert kept_together(table) == [True] * 3 + [False] * (len(table.rows) - 9) + [True] * 5 + [False]


def test_a_style_the_template_has_lost_leaves_the_look_of_its_placeholder() -> None:
    said = replace(paper_samples.plan(), body=(PlanLine("一行字", "花体"),))
    document = fill(FOLDER / "工作计划.docx", content(said))
    assert next(p for p in document.paragraphs if p.text == "一行字").style.name == "公文正文"


def test_a_style_asked_for_replaces_the_look_the_blank_had() -> None:
    document = paper("工作计划")
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["指导思想"] == "Heading 1"
    assert styles["（1）阅读笔记展评两次，每次选出20本；"] == "小条"


def test_drawings_have_numbers_of_their_own() -> None:
    frames = paper("工作总结").element.body.xpath(".//wp:docPr/@id")
    assert len(frames) == len(set(frames)) == len(list(charts_of(paper("工作总结"))))
