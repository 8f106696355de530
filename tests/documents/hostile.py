"""Templates as Word, WPS and busy hands leave them: built from raw WordprocessingML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated
from zipfile import ZipFile

from docx.document import Document
from filled import fill

from schoollib_xl.documents.filling.blanks import STYLE, Blank, Content, content
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.markup import own_text, paragraphs
from schoollib_xl.packages import zipped

_OURS = Path(__file__).parents[2] / "templates" / "工作计划.docx"


@dataclass(frozen=True)
class Turn:
    day: Annotated[str, Blank("星期")]
    class_name: Annotated[str, Blank("班")]


@dataclass(frozen=True)
class Measure:
    title: Annotated[str, Blank("标题")]
    steps: Annotated[tuple[str, ...], Blank("段落")]


@dataclass(frozen=True)
class Line:
    text: Annotated[str, Blank("内容")]
    style: Annotated[str, Blank(STYLE)] = ""


@dataclass(frozen=True)
class Paper:
    school: Annotated[str | None, Blank("学校")] = "青禾小学"
    year: Annotated[str, Blank("学年")] = "2026—2027"
    note: Annotated[str, Blank("注")] = ""
    goals: Annotated[tuple[str, ...], Blank("目标")] = ("多读书", "读好书")
    turns: Annotated[tuple[Turn, ...], Blank("轮流")] = (Turn("星期一", "一班"), Turn("星期二", "二班"))
    measures: Annotated[tuple[Measure, ...], Blank("措施")] = (
        Measure("借还", ("登记", "催还")),
        Measure("进班", ("送书",)),
    )
    lines: Annotated[tuple[Line, ...], Blank("正文")] = ()


def word(folder: Path, body: str, parts: Mapping[str, str] | None = None) -> Path:
    """Return a template with this body; ``parts`` are further parts, or replacements inside existing ones."""
    with ZipFile(_OURS) as source:
        files = {name: source.read(name) for name in source.namelist()}
    bare = re.sub(rb"(?s)(<w:body>).*(<w:sectPr>)", rb"\1\2", files["word/document.xml"])
    files["word/document.xml"] = bare.replace(b"<w:body>", f"<w:body>{body}".encode())
    for name, text in (parts or {}).items():
        files[name] = text.encode()
    path = folder / "模板.docx"
    path.write_bytes(zipped(files))
    return path


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inner: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(one if one.startswith('<') else run(one) for one in inner)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else para(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def facts(**changes: object) -> Content:
    return content(replace(Paper(), **changes))


def texts(document: Document) -> list[str]:
    """Return what every paragraph of the body says, blank ones left out."""
    said = (own_text(paragraph) for paragraph in paragraphs(document.element.body))
    return [text for text in said if text]


def filled(folder: Path, body: str, **changes: object) -> list[str]:
    """Return the paragraphs of a paper made from a template with this body."""
    return texts(fill(word(folder, body), facts(**changes)))


def complaints(folder: Path, body: str, parts: Mapping[str, str] | None = None, **changes: object) -> list[str]:
    """Return the faults found in a template with this body, none if it can be filled."""
    template = word(folder, body, parts)
    try:
        fill(template, facts(**changes))
    except TemplateFaults as found:
        return [fault.message for fault in found.faults]
    return []
