"""What is amiss in 计划文字 and 句式: names nobody knows, braces that do not pair, sentences without an end."""

from collections.abc import Collection, Iterable, Iterator

from schoollib_xl.documents.composing.conditions import Condition
from schoollib_xl.documents.composing.fact_names import FACTS
from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.sentences import BRACED, Section, names_in
from schoollib_xl.documents.composing.texts import OMITTED, rows_for
from schoollib_xl.documents.filling.faults import nearest
from schoollib_xl.documents.filling.placeholders import ILLEGAL
from schoollib_xl.ledgers.schema import Cell, Row, cell
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.vocabulary import PaperKind
from schoollib_xl.wording.findings import address

BLOCKS = ("工作安排", "任务指标", "开放时间", "借阅轮流表")
_ENDS = ("。", "！", "？", "；", "：")
_BRACES = "{}｛｝"


def text_notes(grounds: Grounds, paper: PaperKind) -> Iterator[str]:
    """About the rows of 计划文字 for a paper, and where there are none at all."""
    rows = rows_for(grounds.library, paper, grounds.term_name)
    if not rows:
        yield f"计划文字里没有“{paper}”的文字，{paper}只写了从账册来的部分。"
    for row in rows:
        yield from _names(grounds, row, "text", row.text, [*FACTS, *BLOCKS])
        yield from control_notes(_at(grounds, row, "text"), row.text)
    yield from _unreadable(grounds)


def control_notes(place: str, text: str) -> Iterator[str]:
    """About characters nobody sees and no Word file can hold."""
    if ILLEGAL.search(text):
        yield f"{place} 里有看不见的控制字符，没有放进文件，删掉重打一遍。"


def _unreadable(grounds: Grounds) -> Iterator[str]:
    """Rows of 计划文字 of which a necessary cell is blank or cannot be read: which paper, which chapter, what."""
    table = grounds.library[ParagraphRow]
    for line in table.incomplete:
        field = next(name for name in ("paper", "section", "text") if line.values.get(name) is None)
        where = address(grounds.library, Cell(ParagraphRow, line.line, field))
        yield f"{where} 空着或者读不出，这一行没有放进文件。"


def chapter_notes(grounds: Grounds, known: Collection[str]) -> Iterator[str]:
    """About chapters a summary does not have."""
    told: set[str] = set()
    for row in rows_for(grounds.library, PaperKind.SUMMARY, grounds.term_name):
        name = row.section.strip()
        if name in known or name in told or row.text.strip() == OMITTED:
            continue
        told.add(name)
        near = nearest(name, list(known))
        advice = f"是否想写“{near}”？" if near else "总结的章节见栏目说明。"
        yield f"{_at(grounds, row, 'section')} 的“{name}”不是总结的章节，放在主要工作后面；{advice}"


def sentence_notes(grounds: Grounds) -> Iterator[str]:
    """About the rows of 句式."""
    for row in grounds.library[SentenceRow]:
        yield from _unknown(grounds, row, "section", row.section, Section)
        yield from _unknown(grounds, row, "condition", row.condition, Condition)
        yield from _names(grounds, row, "pattern", row.pattern, FACTS)
        if not row.pattern.rstrip("”’）").endswith(_ENDS):
            yield f"{_at(grounds, row, 'pattern')} 的句子末尾没有句号。"


def _names(grounds: Grounds, row: Row, field: str, text: str, known: Iterable[str]) -> Iterator[str]:
    if any(brace in BRACED.sub("", text) for brace in _BRACES):
        yield f"{_at(grounds, row, field)} 的花括号不成对，名称要写在半角的 {{ 和 }} 之间。"
    for name in dict.fromkeys(names_in(text)):
        yield from _unknown(grounds, row, field, name, known, braced=True)


def _unknown(
    grounds: Grounds, row: Row, field: str, name: str, known: Iterable[str], *, braced: bool = False
) -> Iterator[str]:
    names = [str(one) for one in known]
    if name in names:
        return
    near = nearest(name, names)
    shown = "{%s}" if braced else "“%s”"
    advice = f"，是否想写{shown % near}？" if near else "，能用的见句式说明。"
    yield f"{_at(grounds, row, field)} 的{shown % name}没有这个名称{advice}"


def _at(grounds: Grounds, row: Row, field: str) -> str:
    return str(address(grounds.library, cell(row, field)))
