"""Every Word file we make, and every workbook in one, keeps to the schemas of ECMA-376 and hangs together."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

import docx
import paper_samples
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from filled import fill
from hostile import para, word
from lxml import etree
from openxml_audit import OpenXmlValidator
from school import document
from test_regeneration import NEW_SITUATION, SITUATION, STOCKTAKE, edit, newer, reword, write
from test_sample_pages import PAPERS as SAMPLE_PAPERS
from test_templates import FOLDER, PAPERS

from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.comments import annotate
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.opening import package_bytes
from schoollib_xl.documents.papers.plan import TargetLine
from schoollib_xl.marks import PART
from schoollib_xl.packages import zipped

# Elements whose number or name must not stand twice in one document, and the attribute that holds it.
_NUMBERED = (
    ("wp:docPr", "id"),
    ("w:comment", qn("w:id")),
    ("w:commentReference", qn("w:id")),
    ("w:bookmarkStart", qn("w:id")),
    ("w:style", qn("w:styleId")),
    ("w:abstractNum", qn("w:abstractNumId")),
    ("w:num", qn("w:numId")),
)


@cache
def validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def faults(path: Path) -> list[str]:
    """Return what is wrong with a Word file or workbook, and with the workbooks inside it."""
    if not is_zipfile(path):
        return [f"{path.name}: no package"]
    found = [f"{error.part_uri}: {error.description}" for error in validator().validate(path).errors]
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    found += [f"{name}: no content type" for name in _untyped(parts)]
    found += [f"{name}: {number} twice" for name, data in parts.items() for number in _repeated(name, data)]
    for name in [name for name in parts if name.endswith(".xlsx")]:
        found += [f"{name}: {fault}" for fault in _faults_of_workbook(parts[name])]
    return found


@cache
def _faults_of_workbook(data: bytes) -> list[str]:
    """Looked for once where many papers hold the same workbook."""
    with TemporaryDirectory() as folder:
        book = Path(folder) / "图表.xlsx"
        book.write_bytes(data)
        return faults(book)


def _untyped(parts: dict[str, bytes]) -> list[str]:
    """Return the parts that are xml of no stated kind; Word refuses a file that has one."""
    stated = {one.get("PartName") for one in etree.fromstring(parts["[Content_Types].xml"])}
    listed = [name for name in parts if name.endswith(".xml") and name != "[Content_Types].xml"]
    # The mark of this program is no part of the document: nothing refers to it, and it has the default type of xml.
    return [name for name in listed if f"/{name}" not in stated and name != PART]


def _repeated(name: str, data: bytes) -> list[str]:
    if not name.startswith("word/") or not name.endswith(".xml"):
        return []
    root = etree.fromstring(data)
    counted = Counter((tag, one.get(key)) for tag, key in _NUMBERED for one in root.iter(qn(tag)))
    return [f"{tag} {number}" for (tag, number), times in counted.items() if times > 1]


def saved(paper: Document, folder: Path) -> Path:
    path = folder / "文书.docx"
    path.write_bytes(package_bytes(paper))
    return path


@pytest.mark.parametrize("name", PAPERS)
def test_a_template_is_valid(name: str, tmp_path: Path) -> None:
    copy = tmp_path / f"{name}.docx"
    copy.write_bytes((FOLDER / copy.name).read_bytes())
    assert faults(copy) == []


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_that_uses_every_part_of_its_template_is_valid(name: str, tmp_path: Path) -> None:
    assert faults(saved(fill(FOLDER / f"{name}.docx", content(PAPERS[name])), tmp_path)) == []


@pytest.mark.parametrize("name", SAMPLE_PAPERS)
def test_the_papers_of_the_sample_school_are_valid(name: str, tmp_path: Path) -> None:
    composed = SAMPLE_PAPERS[name][1]()
    assert composed is not None
    assert faults(saved(document(composed), tmp_path)) == []


def test_the_copy_of_a_template_with_its_faults_as_comments_is_valid(tmp_path: Path) -> None:
    template = word(tmp_path, para("{{学笑}}和{学校}") + para("{{学校"))
    target = tmp_path / "模板_批注.docx"
    with pytest.raises(TemplateFaults) as found:
        fill(template, content(paper_samples.plan()))
    annotate(template, found.value, target, date(2026, 11, 22))
    assert len(list(docx.Document(str(target)).comments)) == 3
    assert faults(target) == []


def test_a_paper_made_again_around_her_edits_is_valid_with_its_comments_and_charts(tmp_path: Path) -> None:
    sample = paper_samples.summary()
    first = write(tmp_path, newer(problems=(), month_chart=sample.month_chart._replace(categories=())))

    def rework(hers: Document) -> None:
        reword(STOCKTAKE, "清点见附表。")(hers)
        reword(NEW_SITUATION, NEW_SITUATION.replace("。", "，全体教师功不可没。"))(hers)
        hers.tables[0].rows[2].cells[5].paragraphs[0].runs[0].text = "已补订4种"
        hers.tables[0].add_row().cells[1].text = "校本读物"

    edit(first, rework)
    targets = (sample.targets[0], TargetLine("报刊种数", "全校", "50种", "47种", "差3种"))
    second = write(tmp_path, replace(sample, targets=targets))
    merged = docx.Document(str(second.path))
    assert len(list(merged.comments)) == 1
    assert SITUATION.replace("。", "，全体教师功不可没。") in [paragraph.text for paragraph in merged.paragraphs]
    assert faults(second.path) == []


def _without(pattern: str) -> Callable[[bytes], bytes]:
    return lambda data: re.sub(pattern.encode(), b"", data, count=1)


def _swapped(first: str, second: str) -> Callable[[bytes], bytes]:
    return lambda data: re.sub(f"({first})({second})".encode(), rb"\2\1", data, count=1)


def _replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Those of a whole summary."""
    whole = saved(fill(FOLDER / "工作总结.docx", content(paper_samples.summary())), tmp_path_factory.mktemp("whole"))
    with ZipFile(whole) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("part", "breaking"),
    [
        ("word/document.xml", _replaced("<w:pPr>", '<w:pPr><w:jc w:val="left"/>')),
        ("word/document.xml", _replaced("<w:pPr>", "<w:p/><w:pPr>")),
        ("word/document.xml", _swapped("<w:pgSz[^>]*/>", "<w:pgMar[^>]*/>")),
        ("word/document.xml", _replaced('w:val="OfficialBody"', 'w:val="Elsewhere"')),
        ("word/document.xml", _replaced('r:id="rIdChart1"', 'r:id="rIdChart9"')),
        ("word/document.xml", _replaced('docPr id="2"', 'docPr id="1"')),
        ("word/document.xml", _without("(?<=</w:tcPr>)<w:p>.*?</w:p>")),
        ("word/styles.xml", _swapped("<w:jc[^>]*/>", "<w:outlineLvl[^>]*/>")),
        ("word/styles.xml", _replaced('w:val="both"', 'w:val="wide"')),
        ("word/numbering.xml", _swapped("<w:start[^>]*/>", "<w:numFmt[^>]*/>")),
        ("word/settings.xml", _swapped("<w:zoom[^>]*/>", "<w:defaultTabStop[^>]*/>")),
        ("word/charts/chart1.xml", _swapped("<c:barDir[^>]*/>", "<c:grouping[^>]*/>")),
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", lambda data: data[: len(data) // 2]),
        ("word/_rels/document.xml.rels", _replaced("theme/theme1.xml", "theme/theme9.xml")),
        ("[Content_Types].xml", _without('<Override PartName="/word/charts/chart1.xml"[^>]*/>')),
    ],
)
def test_a_file_that_is_broken_is_found_out(
    part: str, breaking: Callable[[bytes], bytes], parts: dict[str, bytes], tmp_path: Path
) -> None:
    broken = breaking(parts[part])
    assert broken != parts[part]
    path = tmp_path / "坏.docx"
    path.write_bytes(zipped(parts | {part: broken}))
    assert faults(path)
