"""计划文字: her own words as paragraphs, headings and items.

A row is one paragraph. 章节 is its heading, numbered by itself: ``主要措施／藏书`` is a heading below a heading,
``【工作安排】`` one without a number, ``正文`` none at all, ``结尾`` the words after the last section. A row with a
序号 is an item, unless it is the only row of its section; ``（1）…`` is an item below it and ``注：…`` a remark.
Text may name facts, ``{藏书册数}``, as 句式 does; ``{工作安排}`` and ``{任务指标}`` alone stand for the jobs of the
term by month and for the goals; ``{月历}`` alone asks for the month calendar of the term, a table. ``不写`` leaves out
the section of that name that would come by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from schoollib_xl.documents.composing.words.sentences import Sentences
from schoollib_xl.documents.filling.stylebook import HEADING, ITEM, NOTE, PLAIN_HEADING, SUBHEADING, SUBITEM
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind

HEADLESS, CLOSING, OMITTED = "正文", "结尾", "不写"
_PLAIN = re.compile(r"【(.+)】")
# 一、指导思想。 as people type it: the number comes by itself, and a heading ends without a full stop. A
# ★ or ① stands for a number; 100 本好书 has none.
_TYPED_NUMBER = re.compile(
    r"^(?:[★☆■□●○◆◇▲△※◎•*－—-]+|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①-⒛㈠-㈩][、．.]?|[（(]?\d+[）)]、?|第?[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+(?:、|．|\.|章|节|部分|，|[：:]|\s)|[（(][一二三四五六七八九十]+[）)]、?|\d+[、．.])\s*"
)
_HEADING_END = "。．.：:，,；; 　"
_NOTE_LIST = re.compile(r"\s*注[：:]\s*1[、．.]")
_BLOCK = re.compile(r"\s*\{(\w+)\}\s*")
_STYLES = (
    (re.compile(r"[（(]\d+[）)]"), SUBITEM),
    (re.compile(r"\d+[．.、]"), ITEM),
    (re.compile(r"注[：:]"), NOTE),
)
Blocks = Mapping[str, Callable[[], Sequence[PlanLine]]]
"""Lines that come from another sheet, made where a row asks for them by name: ``{工作安排}``."""


class TextSection(NamedTuple):
    """The rows of one 章节. `path` is its headings from the outermost, each without brackets and typed number;
    empty for 正文. `is_plain` says that the outermost has no number.
    """

    path: tuple[str, ...]
    is_plain: bool
    rows: tuple[ParagraphRow, ...]

    @property
    def name(self) -> str:
        """The outermost heading, '' for 正文."""
        return self.path[0] if self.path else ""

    @property
    def is_omitted(self) -> bool:
        return len(self.rows) == 1 and self.rows[0].text.strip() == OMITTED


def text_sections(library: Library, paper: PaperKind, term: str) -> list[TextSection]:
    """Her sections for a term in the order of the sheet. Rows of one 章节 belong together wherever they stand;
    正文 stays where it is.
    """
    found: dict[tuple[str, int], list[ParagraphRow]] = {}
    block = 0
    previous = ""
    for row in rows_for(library, paper, term):
        written = row.section.strip()
        block += written == HEADLESS and previous != HEADLESS
        found.setdefault((written, block if written == HEADLESS else 0), []).append(row)
        previous = written
    return [_section(written, rows) for (written, _), rows in found.items()]


def rows_for(library: Library, paper: PaperKind, term: str) -> list[ParagraphRow]:
    """The rows for a paper of this term; one without a term is for the current one, one whose term cannot be read
    for none.
    """
    table, current = library[ParagraphRow], library.school.term_name
    return [
        row
        for row in table
        if row.paper is paper and (row.term or current or term) == term and (row.line, "term") not in table.unreadable
    ]


def _section(written: str, rows: Sequence[ParagraphRow]) -> TextSection:
    orders = [row.order for row in rows]
    in_order = None not in orders and len(set(orders)) == len(orders) and written != HEADLESS
    rows = sorted(rows, key=lambda row: (row.order or 0, row.line)) if in_order else rows
    if written == HEADLESS:
        return TextSection((), False, tuple(rows))
    names = [name.strip() for name in re.split("[／/]", written) if name.strip()]
    path = tuple(_TYPED_NUMBER.sub("", _PLAIN.sub(r"\1", name)).rstrip(_HEADING_END) or name for name in names)
    return TextSection(path, _PLAIN.fullmatch(names[0]) is not None, tuple(rows))


def section_lines(
    section: TextSection, sentences: Sentences, blocks: Blocks, before: TextSection | None
) -> Iterator[PlanLine]:
    """The headings of a section, those it shares with the one before left out, and its rows."""
    is_continued = before is not None and before.path[:1] == section.path[:1]
    styles = (PLAIN_HEADING, HEADING) if section.is_plain else (HEADING, SUBHEADING)
    for depth, name in enumerate(section.path):
        if depth or not is_continued:
            yield PlanLine(name, styles[min(depth, 1)])
    yield from row_lines(section, sentences, blocks)


def row_lines(section: TextSection, sentences: Sentences, blocks: Blocks) -> Iterator[PlanLine]:
    """The rows of a section as paragraphs and items."""
    is_list = len(section.rows) > 1 or not section.path
    noted = 0
    for row in section.rows:
        noted = _noted(row, noted)
        block = _BLOCK.fullmatch(row.text)
        if block and block[1] in blocks:
            yield from blocks[block[1]]()
        elif said := sentences.say(row.text.strip(), f"计划文字：{row.section}", Cell(ParagraphRow, row.line, "text")):
            yield PlanLine(f"{row.order}、{said}", NOTE) if noted > 1 else _line(row, said, is_list)


def _noted(row: ParagraphRow, before: int) -> int:
    """The number of the remark a row is, where a note begins a list of its own (注：1、…) and its rows go on counting;
    0 for what is no part of such a note.
    """
    if _NOTE_LIST.match(row.text):
        return 1
    return before + 1 if before and row.order == before + 1 else 0


def _line(row: ParagraphRow, said: str, is_list: bool) -> PlanLine:
    style = next((style for lead, style in _STYLES if lead.match(said)), "")
    if row.order is None or style or not is_list:
        return PlanLine(said, style)
    return PlanLine(f"{row.order}．{said}", ITEM)


def asks_for(sections: Sequence[TextSection], block: str) -> bool:
    """Whether any row asks for a block by its name alone."""
    texts = [_BLOCK.fullmatch(row.text) for section in sections for row in section.rows]
    return any(found and found[1] == block for found in texts)
