"""Seven kinds of plan as Word papers, and what a paper asks: its outline, its sentences, its quantities."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document

from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.options import Options
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.fill import fill
from schoollib_xl.documents.filling.stories import find_template
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.quotas.statement import statement

_ORDINAL = r"[一二三四五六七八九十]{1,3}"
_HEAD = re.compile(rf"({_ORDINAL})、(.+)")
_ITEM = re.compile(r"(\d{1,2})[、．.]\s*(.+)")
_SUB = re.compile(r"[(（](\d{1,2})[)）]\s*(.+)")
_NOTE = re.compile(r"注[：:]")
_MONTH = re.compile(r"(十?[一二三四五六七八九十])月份[：:]?")
_GRADES = re.compile(r"[一二三四五六、至到]{1,6}年级")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[一二两三四五六七八九十百]+(?=[册本次期种元字名个])")


class Asked(NamedTuple):
    """What a plan consists of: its lines by kind in order, and every quantity named in it."""

    outline: list[str]
    sentences: list[str]
    quantities: list[str]

    def differs_from(self, other: "Asked") -> list[str]:
        """Which of the three are not the same."""
        return [name for name, one, two in zip(self._fields, self, other, strict=True) if one != two]


def asked(lines: Sequence[tuple[str, str]]) -> Asked:
    """What a paper asks; each line is its style ('' where it is not known) and its text."""
    parts = [_part(style, text) for style, text in lines]
    said = [text for _, text in parts]
    whole = unicodedata.normalize("NFKC", "\n".join(said))
    return Asked([kind for kind, _ in parts], said, [*_NUMBER.findall(whole), *_CHINESE.findall(whole)])


def _part(style: str, text: str) -> tuple[str, str]:
    """The kind of a line with its number, and its text without."""
    text = text.lstrip("-– ").strip()
    if month := _MONTH.fullmatch(text):
        return f"{month[1]}月份", ""
    for pattern, kind in ((_ITEM, "条"), (_SUB, "小条")):
        if match := pattern.fullmatch(text):
            return f"{kind}{match[1]}", match[2]
    if _NOTE.match(text):
        return "注", text
    head = None if _GRADES.match(text) else _HEAD.fullmatch(text)
    if style in ("Heading 1", "小标题") or head or _is_plain_heading(style, text):
        return "标题" if style == "Heading 1" or head else "小标题", (head[2] if head else text).rstrip("。：:")
    return "¶", text


def _is_plain_heading(style: str, text: str) -> bool:
    return not style and len(text) <= 8 and not text.endswith("。")


def joined(lines: Sequence[str]) -> list[str]:
    """The lines of a text, those put together that were cut by hand."""
    whole: list[str] = []
    for line in lines:
        is_open = whole and len(whole[-1]) >= 16 and not re.search(r"[。！？；：:”）)]$", whole[-1])
        if is_open and len(line) <= 25 and line.endswith("。") and not re.match(r"[-–(（\d]", line):
            whole[-1] += line
        else:
            whole.append(line)
    return whole


def word_paper(path: Path, lines: Sequence[str]) -> Path:
    """The lines as a Word paper with a title."""
    document = docx.Document()
    for line in ("图书室工作计划", *lines):
        document.add_paragraph(line)
    document.save(str(path))
    return path


def plan_from(paper: Path, day: date) -> Document:
    """The plan of a school that has nothing but this old plan."""
    ledger_set = adopt([paper], Options(day)).ledger_set
    library = LedgerSet(ledger_set.school._replace(name="青禾小学"), ledger_set.rows).library(day)
    composed = work_plan(SourceMaterial(library, statement(library), None))
    return fill(find_template(composed.template, paper), content(composed.paper)).document


def said_in(paper: Document) -> list[tuple[str, str]]:
    """The lines of a plan between title and signature, each with its style."""
    edges = ("Title", "Subtitle", "落款", "落款日期")
    shown = [(p.style.name if p.style else "", p.text) for p in paper.paragraphs if p.text]
    return [(style, text) for style, text in shown if style not in edges]


def count(outline: Sequence[str]) -> str:
    """How many of each kind: 标题3、条9、¶2."""
    kinds = ("标题", "小标题", "月份", "条", "小条", "注", "¶")
    names = [_kind(one) for one in outline]
    return "、".join(f"{kind}{names.count(kind)}" for kind in kinds if kind in names)


def _kind(mark: str) -> str:
    return "月份" if mark.endswith("月份") else mark.rstrip("0123456789")
