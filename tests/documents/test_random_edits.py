"""Whatever she does to a paper, new figures come in or are marked, and nothing of hers goes.

Every figure of the invented papers is written once only, so that an old one is known wherever it stands, and 4000 more
takes its place.
"""

import os
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import docx
import paper_samples
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from filled import fill
from lxml import etree

from office import convert_all, soffice
from schoollib_xl.documents.filling.blanks import ChartData, Series, content
from schoollib_xl.documents.filling.comments import AUTHOR
from schoollib_xl.documents.filling.markup import own_text
from schoollib_xl.documents.filling.stories import find_template
from schoollib_xl.documents.papers.plan import PlanLine, TargetLine
from schoollib_xl.documents.papers.summary import ClassLoans, TermSummary
from schoollib_xl.documents.regeneration.deliver import deliver
from schoollib_xl.documents.regeneration.delivery import Delivery
from schoollib_xl.documents.regeneration.record import RECORD_NAME

NAME, DAY, LATER = "图书室工作总结_乱改", date(2026, 11, 22), date(2026, 12, 1)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIGURE = re.compile(r"\d{4,}")
Edit = Callable[[Document, Random, str], object]
# By the kinds of things she may put into a paper: what of them must be there afterwards.
BELONGINGS = ("w:drawing", "w:bookmarkStart", "w:hyperlink", "w:fldSimple", "w:ins", "w:del", "w:b", "w:highlight")


def paper(first: int) -> TermSummary:
    """Return a summary whose figures are all different, from a number on."""
    number = map(str, count(first))

    def say(text: str) -> tuple[PlanLine, ...]:
        return (PlanLine(re.sub("#", lambda _: next(number), text)),)

    return replace(
        paper_samples.summary(),
        situation=say("全校有#个班、#名学生。藏书#册，生均#册。本学期对学生开放#天。"),
        results=(*say("整理图书#册，编目#种。"), *say("接待读者#人次，比上学期多#人次，其中教师#人次。")),
        circulation=say("学生个人借书#册次，人均#册。期初提出人均#册的目标，目标已经完成。"),
        holdings=say("期初藏书#册，期末藏书#册；注销#册，其中剔旧#册。"),
        targets=tuple(
            TargetLine(name, "全校", f"{next(number)}册", f"{next(number)}册", "完成")
            for name in ("生均借书册数", "生均新增册数", "报刊种数", "工具书种数")
        ),
        by_class=tuple(
            ClassLoans(name, *(next(number) for _ in range(5)), next(number)) for name in paper_samples.CLASSES[:4]
        ),
        month_chart=ChartData(("9月", "10月"), (Series("借书（册）", (float(next(number)), float(next(number)))),)),
    )


def texts_of(document: Document) -> Iterator[etree._Element]:
    """Yield every paragraph that may be edited: those with a figure."""
    return (p for p in document.element.body.iter(qn("w:p")) if FIGURE.search(own_text(p)))


def some(document: Document, rng: Random, *, in_table: bool | None = None) -> Paragraph:
    found = [
        p
        for p in texts_of(document)
        if in_table is None or in_table == (next(p.iterancestors(qn("w:tc")), None) is not None)
    ]
    return Paragraph(rng.choice(found), document._body)


def halves(paragraph: Paragraph, rng: Random) -> list[etree._Element]:
    """Cut the run of a paragraph in two at any place; the halves."""
    run = rng.choice([run for run in paragraph.runs if run.text])._r
    text = "".join(t.text or "" for t in run.iter(qn("w:t")))
    at = rng.randint(0, len(text))
    other = deepcopy(run)
    for part, words in ((run, text[:at]), (other, text[at:])):
        for extra in list(part.iter(qn("w:t")))[1:]:
            extra.getparent().remove(extra)
        first = next(part.iter(qn("w:t")))
        first.text = words
        first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(other)
    return [run, other]


def embolden(document: Document, rng: Random, _mark: str) -> None:
    run = halves(some(document, rng), rng)[rng.randint(0, 1)]
    looks = run.find(qn("w:rPr"))
    fonts = looks.find(qn("w:rFonts"))
    fonts.addnext(looks.makeelement(qn("w:b"), {}))


def insert_words(document: Document, rng: Random, mark: str) -> None:
    first, _ = halves(some(document, rng), rng)
    next(first.iter(qn("w:t"))).text += f"（{mark}）"


def change_words(document: Document, rng: Random, mark: str) -> None:
    run = rng.choice([run for run in some(document, rng).runs if FIGURE.search(run.text)])
    found = rng.choice(list(FIGURE.finditer(run.text)))
    run.text = run.text[: max(0, found.start() - 2)] + mark + run.text[found.end() :]


def _dot() -> bytes:
    """Return a picture of one black dot."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def insert_picture(document: Document, rng: Random, _mark: str) -> None:
    some(document, rng).add_run().add_picture(BytesIO(_dot()))


def insert_comment(document: Document, rng: Random, mark: str) -> None:
    paragraph = some(document, rng, in_table=False)
    document.add_comment(paragraph.runs[0], mark, "她", "她")


def insert_bookmark(document: Document, rng: Random, mark: str) -> None:
    first, other = halves(some(document, rng), rng)
    first.addprevious(parse_xml(f'<w:bookmarkStart {NAMESPACE} w:id="{rng.randint(900, 9999)}" w:name="{mark}"/>'))
    number = first.getprevious().get(qn("w:id"))
    other.addnext(parse_xml(f'<w:bookmarkEnd {NAMESPACE} w:id="{number}"/>'))


def insert_field(document: Document, rng: Random, mark: str) -> None:
    first, _ = halves(some(document, rng, in_table=False), rng)
    first.addnext(parse_xml(f'<w:fldSimple {NAMESPACE} w:instr="AUTHOR"><w:r><w:t>{mark}</w:t></w:r></w:fldSimple>'))


def track_insertion(document: Document, rng: Random, mark: str) -> None:
    first, _ = halves(some(document, rng), rng)
    words = (
        f'<w:ins {NAMESPACE} w:id="77" w:author="她" w:date="2026-11-23T00:00:00Z"><w:r><w:t>{mark}</w:t></w:r></w:ins>'
    )
    first.addnext(parse_xml(words))


def track_deletion(document: Document, rng: Random, _mark: str) -> None:
    first, other = halves(some(document, rng), rng)
    run = rng.choice([first, other])
    for text in run.iter(qn("w:t")):
        text.tag = qn("w:delText")
    deletion = parse_xml(f'<w:del {NAMESPACE} w:id="78" w:author="她" w:date="2026-11-23T00:00:00Z"/>')
    run.addprevious(deletion)
    deletion.append(run)


def add_paragraph(document: Document, rng: Random, mark: str) -> None:
    some(document, rng, in_table=False).insert_paragraph_before(f"另外，{mark}。")


def split_paragraph(document: Document, rng: Random, _mark: str) -> None:
    paragraph = some(document, rng, in_table=False)
    _, other = halves(paragraph, rng)
    following = deepcopy(paragraph._p)
    for run in [one for one in following if one.tag != qn("w:pPr")]:
        following.remove(run)
    paragraph._p.addnext(following)
    for run in [*other.itersiblings()][::-1]:
        following.insert(1, run)
    following.insert(1, other)


def join_paragraphs(document: Document, rng: Random, _mark: str) -> None:
    paragraph = some(document, rng, in_table=False)._p
    following = paragraph.getnext()
    if following is not None and following.tag == qn("w:p") and following.find(f".//{qn('w:drawing')}") is None:
        for run in [one for one in following if one.tag != qn("w:pPr")]:
            paragraph.append(run)
        following.getparent().remove(following)


def delete_paragraph(document: Document, rng: Random, _mark: str) -> None:
    paragraph = some(document, rng, in_table=False)._p
    paragraph.getparent().remove(paragraph)


def move_paragraph(document: Document, rng: Random, _mark: str) -> None:
    some(document, rng, in_table=False)._p.addprevious(some(document, rng, in_table=False)._p)


def copy_paragraph(document: Document, rng: Random, _mark: str) -> None:
    some(document, rng, in_table=False)._p.addprevious(deepcopy(some(document, rng, in_table=False)._p))


def add_row(document: Document, rng: Random, mark: str) -> None:
    cells = rng.choice(document.tables).add_row().cells
    cells[0].text = mark


def add_column(document: Document, rng: Random, mark: str) -> None:
    table = rng.choice(document.tables)
    for row in table._tbl.iter(qn("w:tr")):
        cells = list(row.iter(qn("w:tc")))
        copy = deepcopy(cells[-1])
        for text in copy.iter(qn("w:t")):
            text.text = mark
        cells[-1].addnext(copy)


def delete_row(document: Document, rng: Random, _mark: str) -> None:
    row = rng.choice(list(rng.choice(document.tables)._tbl.iter(qn("w:tr")))[1:])
    row.getparent().remove(row)


def split_table(document: Document, rng: Random, mark: str) -> None:
    """Cut a table in two below one of its rows, with a line of hers between."""
    table = rng.choice([one for one in document.tables if len(one.rows) > 2])._tbl
    rows = list(table.iter(qn("w:tr")))
    lower = deepcopy(table)
    at = rng.randint(1, len(rows) - 1)
    for row in rows[at:]:
        table.remove(row)
    for row in list(lower.iter(qn("w:tr")))[:at]:
        lower.remove(row)
    between = parse_xml(f"<w:p {NAMESPACE}><w:r><w:t>{mark}</w:t></w:r></w:p>")
    table.addnext(between)
    between.addnext(lower)


def restyle(document: Document, rng: Random, _mark: str) -> None:
    paragraph = some(document, rng)
    paragraph.style = rng.choice([one for one in document.styles if one.type == WD_STYLE_TYPE.PARAGRAPH])
    for run in paragraph.runs:
        run.font.size = Pt(rng.choice([10, 12, 18]))


def accept_changes(document: Document, rng: Random, mark: str) -> None:
    track_insertion(document, rng, mark)
    track_deletion(document, rng, mark)
    for gone in list(document.element.body.iter(qn("w:del"))):
        gone.getparent().remove(gone)
    _unwrap(document, "w:ins")


def reject_changes(document: Document, rng: Random, mark: str) -> None:
    track_insertion(document, rng, "不要的话")
    track_deletion(document, rng, mark)
    for gone in list(document.element.body.iter(qn("w:ins"))):
        gone.getparent().remove(gone)
    for text in list(document.element.body.iter(qn("w:delText"))):
        text.tag = qn("w:t")
    _unwrap(document, "w:del")


def _unwrap(document: Document, tag: str) -> None:
    for around in list(document.element.body.iter(qn(tag))):
        for inner in list(around):
            around.addprevious(inner)
        around.getparent().remove(around)


def save_as_wps(document: Document, rng: Random, _mark: str) -> None:
    """Runs cut after every few characters, with languages, revision numbers and marks of a spelling checker."""
    for run in list(document.element.body.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        if len(texts) != 1 or len(run) - (run.find(qn("w:rPr")) is not None) != 1:
            continue
        text, size, last = texts[0].text or "", rng.randint(1, 4), run
        for at in range(size, len(text), size):
            piece = deepcopy(run)
            next(piece.iter(qn("w:t"))).text = text[at : at + size]
            next(piece.iter(qn("w:t"))).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            last.addnext(piece)
            last = piece
        texts[0].text = text[:size]
        run.set(qn("w:rsidR"), "00AB12CD")
        run.addprevious(parse_xml(f'<w:proofErr {NAMESPACE} w:type="spellStart"/>'))


EDITS: tuple[Edit, ...] = (
    *(embolden, insert_words, change_words, insert_picture, insert_comment, insert_bookmark, insert_field),
    *(track_insertion, track_deletion, add_paragraph, split_paragraph, join_paragraphs, delete_paragraph),
    *(move_paragraph, copy_paragraph, add_row, add_column, delete_row),
    *(split_table, restyle, accept_changes, reject_changes, save_as_wps),
)
# Each kind of edit comes up once; all 216 seeds, 108 of them through LibreOffice, take minutes: EVERY_EDIT=1 tries
# them all, each time before the engine is changed.
SEEDS = range(216 if "EVERY_EDIT" in os.environ else len(EDITS))
_THROUGH_OFFICE = 108 if "EVERY_EDIT" in os.environ else 4


def write(folder: Path, first: int, day: date = DAY) -> Delivery:
    return deliver(find_template("工作总结.docx", folder), content(paper(first)), folder, NAME, day)


def _laid(folder: Path) -> Delivery:
    """Lay the first version and its record in a folder; both are made once."""
    first, record = _first()
    folder.mkdir(exist_ok=True)
    path = folder / first.path.name
    path.write_bytes(first.path.read_bytes())
    (folder / RECORD_NAME).write_bytes(record)
    return first._replace(path=path)


@cache
def _first() -> tuple[Delivery, bytes]:
    folder = Path(mkdtemp())
    return write(folder, 1000), (folder / RECORD_NAME).read_bytes()


def edited(folder: Path, seed: int) -> Delivery:
    """Return the first version of a folder after some edits; each kind comes up in turn."""
    rng, first = Random(seed), _laid(folder)
    document = docx.Document(str(first.path))
    for edit in (EDITS[seed % len(EDITS)], *rng.sample(EDITS, rng.randint(0, 3))):
        edit(document, rng, f"她加的{rng.randint(10, 99)}字甲{seed}乙")
    document.save(str(first.path))
    return first


def belongings(document: Document) -> dict[str, int]:
    return {tag: len(list(document.element.body.iter(qn(tag)))) for tag in BELONGINGS}


def own_words(document: Document) -> list[str]:
    said = "".join(own_text(p) for p in document.element.body.iter(qn("w:p")))
    comments = "".join(comment.text for comment in document.comments if comment.author != AUTHOR)
    return sorted(re.findall(r"她加的\d\d字甲\d+乙", said + comments))


def unmarked(document: Document, old: set[str]) -> list[str]:
    """Return the old figures in paragraphs without a comment of ours."""
    ours = {str(comment.comment_id) for comment in document.comments if comment.author == AUTHOR}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        told = {one.get(qn("w:id")) for one in paragraph.iter(qn("w:commentReference"))} & ours
        struck = "".join(one.text or "" for one in paragraph.iter(qn("w:delText")))
        if not told:
            found += [figure for figure in FIGURE.findall(own_text(paragraph) + struck) if figure in old]
    return found


def figures(document: Document) -> set[str]:
    said = "\n".join(own_text(p) for p in document.element.body.iter(qn("w:p")))
    return set(FIGURE.findall(said))


@cache
def generated(first: int) -> frozenset[str]:
    """Return the figures of a paper as generated."""
    return frozenset(figures(fill(find_template("工作总结.docx", Path()), content(paper(first)))))


def judge(folder: Path, hers: Document) -> None:
    """Make the paper again with all figures new; nothing of hers may be missing and no old figure unmarked."""
    old = generated(1000) - generated(5000)
    second = write(folder, 5000, LATER)
    merged = docx.Document(str(second.path))
    before, after = belongings(hers), belongings(merged)
    assert {tag: number for tag, number in after.items() if number < before[tag]} == {}
    assert own_words(merged) == own_words(hers)
    assert unmarked(merged, old) == []
    told = "".join(comment.text for comment in merged.comments)
    expected = {str(int(figure) + 4000) for figure in figures(hers) & old}
    assert expected - figures(merged) - set(FIGURE.findall(told)) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_hers_goes_and_no_old_figure_stays_unmarked(seed: int, tmp_path: Path) -> None:
    first = edited(tmp_path, seed)
    judge(tmp_path, docx.Document(str(first.path)))


@pytest.mark.office
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_the_same_after_libreoffice_has_saved_her_edited_papers(tmp_path: Path) -> None:
    papers = [edited(tmp_path / str(seed), seed).path for seed in SEEDS[:: len(SEEDS) // _THROUGH_OFFICE]]
    copies = []
    for seed, path in enumerate(papers):
        copies.append(tmp_path / f"{seed}.docx")
        copies[-1].write_bytes(path.read_bytes())
    for path, resaved in zip(papers, convert_all(copies, tmp_path / "office", "docx"), strict=True):
        path.write_bytes(resaved.read_bytes())
        judge(path.parent, docx.Document(str(path)))
