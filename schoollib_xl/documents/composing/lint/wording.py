"""What is amiss in 计划文字 and 句式: names nobody knows, braces that do not pair, sentences without an end."""

from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter

from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.words.sentences import (
    BRACED,
    SentenceCondition,
    SentenceSection,
    given_way,
    names_in,
)
from schoollib_xl.documents.composing.words.texts import OMITTED, rows_for
from schoollib_xl.documents.filling.faults import nearest
from schoollib_xl.documents.filling.placeholders import ILLEGAL
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.schema import Cell, Row, cell
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import listed

BLOCKS = ("工作安排", "任务指标", "开放时间", "借阅轮流表", "月历")
_ENDS = ("。", "！", "？", "；", "：")
_BRACES = "{}｛｝"


def text_notes(material: SourceMaterial, paper: PaperKind) -> Iterator[str]:
    """About the rows of 计划文字 for a paper, and where there are none at all."""
    rows = rows_for(material.library, paper, material.term_name)
    if not rows:
        yield _without_text(material, paper)
    for row in rows:
        yield from _names(material, row, "text", row.text, [*FACTS, *BLOCKS])
        yield from control_notes(material, row, "text")
    yield from _unreadable(material)
    yield from _of_no_term(material, paper)


def _without_text(material: SourceMaterial, paper: PaperKind) -> str:
    """That there is none for a paper, or only for the other term."""
    others = [row for row in material.library[ParagraphRow] if row.paper is paper]
    term = (others[0].term or material.library.school.term_name) if others else None
    if term is None or term.value == material.term_name:
        return f"计划文字里没有“{paper}”的文字，{paper}只写了从账册来的部分。"
    first = cell_said(material, others[0], "term")
    span = f"等{len(others)}行" if len(others) > 1 else ""
    return f"{first} {span}“{paper}”的文字是{term}的，没有写进{material.term_name}的{paper}。"


def control_notes(material: SourceMaterial, row: Row, field: str) -> Iterator[str]:
    """About characters nobody sees and no Word file can hold; reading has taken them away and says where."""
    flawed = material.library[type(row)].flaws
    signs = any((one.line, one.field, one.flaw) == (row.line, field, Flaw.HIDDEN_SIGNS) for one in flawed)
    if signs or ILLEGAL.search(getattr(row, field)):
        yield f"{cell_said(material, row, field)} 里有看不见的控制字符，没有放进文件，删掉重打一遍。"


def _unreadable(material: SourceMaterial) -> Iterator[str]:
    """Rows of 计划文字 of which a necessary cell is blank or cannot be read: which paper, which chapter, what."""
    lacking = [
        (line.line, next(name for name in ("paper", "section", "text") if line.values.get(name) is None))
        for line in material.library[ParagraphRow].incomplete
    ]
    for lines in grouped(lacking, itemgetter(1)).values():
        where = listed([str(address(material.library, Cell(ParagraphRow, *at))) for at in lines])
        yield f"{where} 空着或者读不出，{'这一行' if len(lines) == 1 else f'这 {len(lines)} 行'}没有放进文件。"


def _of_no_term(material: SourceMaterial, paper: PaperKind) -> Iterator[str]:
    """Rows whose 学期 cannot be read: they may be of another term, so no paper has them."""
    table = material.library[ParagraphRow]
    for row in table:
        if row.paper is paper and (row.line, "term") in table.unreadable:
            yield f"{cell_said(material, row, 'term')} 的学期读不出，这一行没有放进文件；写第一学期或第二学期。"


def chapter_notes(material: SourceMaterial, known: Collection[str]) -> Iterator[str]:
    """About chapters a summary does not have."""
    told: set[str] = set()
    for row in rows_for(material.library, PaperKind.SUMMARY, material.term_name):
        name = row.section.strip()
        if name in known or name in told or row.text.strip() == OMITTED:
            continue
        told.add(name)
        near = nearest(name, list(known))
        advice = f"是不是“{near}”？" if near else "总结的章节见栏目说明。"
        yield f"{cell_said(material, row, 'section')} 的“{name}”不是总结的章节，放在主要工作后面；{advice}"


def sentence_notes(material: SourceMaterial) -> Iterator[str]:
    """About the rows of 句式; of those nobody changed since an earlier program, that this one's are written."""
    stale = given_way(material.library)
    if stale:
        named = "".join(f"“{name}”" for name in dict.fromkeys(row.section for row in stale))
        yield (
            f"句式里的{named}是以前自带的句子，没有改过，文件照现在自带的写；要照表里的写，在基本信息的“已确认”里写上“句式”。"
        )
    passed = {row.line for row in stale}
    for row in (row for row in material.library[SentenceRow] if row.line not in passed):
        yield from _unknown(material, row, "section", row.section, SentenceSection)
        yield from _unknown(material, row, "condition", row.condition, SentenceCondition)
        yield from _names(material, row, "pattern", row.pattern, FACTS)
        if not row.pattern.rstrip("”’）").endswith(_ENDS):
            yield f"{cell_said(material, row, 'pattern')} 的句子末尾没有句号。"


def _names(material: SourceMaterial, row: Row, field: str, text: str, known: Iterable[str]) -> Iterator[str]:
    if any(brace in BRACED.sub("", text) for brace in _BRACES):
        yield f"{cell_said(material, row, field)} 的花括号不成对，名称要写在半角的 {{ 和 }} 之间。"
    for name in dict.fromkeys(names_in(text)):
        yield from _unknown(material, row, field, name, known, braced=True)


def _unknown(
    material: SourceMaterial, row: Row, field: str, name: str, known: Iterable[str], *, braced: bool = False
) -> Iterator[str]:
    names = [str(one) for one in known]
    if name in names:
        return
    near = nearest(name, names)
    shown = "{%s}" if braced else "“%s”"
    advice = f"，是不是{shown % near}？" if near else "，能用的见句式说明。"
    yield f"{cell_said(material, row, field)} 的{shown % name}没有这个名称{advice}"


def cell_said(material: SourceMaterial, row: Row, field: str) -> str:
    """Where a field of a row stands, as she reads it."""
    return str(address(material.library, cell(row, field)))
