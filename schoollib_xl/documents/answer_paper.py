"""An answer as a Word paper in the house style: title, sentences, sections with their tables, and who signs."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

from schoollib_xl.documents.filling.opening import open_template, package_bytes, stamp
from schoollib_xl.documents.filling.stories import find_template
from schoollib_xl.documents.filling.stylebook import style_book
from schoollib_xl.documents.filling.tidying import tidy
from schoollib_xl.saving import write
from schoollib_xl.wording.answer import Answer, Medium, Section, Value, in_one_line, in_words
from schoollib_xl.wording.zh import closed_up, say

# Its styles are those of all papers; a school that has changed them beside its workbook gets its own.
_STYLES_OF = "清点报告.docx"
_TITLE, _BODY, _HEADING, _CAPTION = "Title", "公文正文", "Heading 1", "Caption"
_HEADER, _CELL, _TEXT_CELL, _SIGNED, _SIGNED_ON = "表头", "表格文字", "表格左齐", "落款", "落款日期"
# Lines to sign on keep no signature company: the end of the text goes to their page.
_TO_SIGN = "顶格"


class Signature(NamedTuple):
    """Who signs, and on which day; `parties` are those who put their names below, each on a line of its own."""

    by: str
    on: date
    parties: Sequence[str] = ()


def write_answer_paper(answer: Answer, signature: Signature, workbook: Path, target: Path) -> Path:
    """Write the answer as a Word paper; where it went. The same answer gives the same bytes.

    Raises CannotWrite, TemplateFaults where the template whose styles are used is damaged.
    """
    document = open_template(find_template(_STYLES_OF, workbook.resolve()))
    _empty(document)
    _add(document, answer.title, _TITLE)
    _add_sentences(document, answer.sentences_for(Medium.PAPER))
    for section in answer.sections_for(Medium.PAPER):
        _add_section(document, section)
    for party in signature.parties:
        _add(document, f"{party}（签名）：　　　　　　　　　　年　　月　　日", _TO_SIGN)
    _add(document, signature.by, _SIGNED)
    _add(document, say(signature.on), _SIGNED_ON)
    tidy(document, style_book(document))
    stamp(document, answer.title, signature.by, signature.on)
    return write(target, package_bytes(document))


def _empty(document: Document) -> None:
    """Take everything out but the page set-up."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)


def _add(document: Document, text: str, style: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    _dress(document, paragraph, style)
    return paragraph


def _dress(document: Document, paragraph: Paragraph, style: str) -> None:
    """Give it the style, where the school's own template still has it."""
    if style in document.styles:
        paragraph.style = document.styles[style]


def _add_section(document: Document, section: Section) -> None:
    _add(document, section.shown_title, _HEADING)
    _add_sentences(document, section.sentences)
    for table in section.tables:
        if table.heading:
            _add(document, table.heading, _CAPTION)
        _add_sentences(document, table.sentences)
        rows, more = table.shown(Medium.PAPER)
        if not table.header:
            _add_sentences(document, map(in_one_line, rows))
        elif rows:
            _add_table(document, table.header, rows, section.widths)
        _add_sentences(document, [*([more] if more else []), *table.notes])
    if not section.sentences and not any(table.rows for table in section.tables):
        _add(document, "没有。", _BODY)


def _add_sentences(document: Document, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        _add(document, closed_up(sentence), _BODY)


def _add_table(
    document: Document, header: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int]
) -> None:
    drawn = document.add_table(rows=1 + len(rows), cols=len(header), style="Table Grid")
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    lengths = _set_widths(document, drawn, widths)
    # Each look at the rows of a table goes through all of them.
    first, *others = drawn.rows
    _fill_row(document, first, header, [_HEADER] * len(header), lengths)
    _mark_row(first, "w:tblHeader")
    styles = [_TEXT_CELL if any(map(_is_text, column)) else _CELL for column in zip(*rows, strict=True)]
    for drawn_row, row in zip(others, rows, strict=True):
        _fill_row(document, drawn_row, row, styles, lengths)
        _mark_row(drawn_row, "w:cantSplit")


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and len(value) > 8


def _fill_row(
    document: Document, row: _Row, values: Sequence[Value], styles: Sequence[str], lengths: Sequence[Length]
) -> None:
    for cell, value, style, length in zip(row.cells, values, styles, lengths, strict=True):
        cell.text, cell.width = _written(value), length
        _dress(document, cell.paragraphs[0], style)


def _written(value: Value) -> str:
    """A day as the text of a paper writes it, everything else as on a screen."""
    return "" if value is None else say(value) if isinstance(value, date) else in_words(value)


def _mark_row(row: _Row, property_name: str) -> None:
    """w:tblHeader shows a row again on every page, w:cantSplit keeps it on one."""
    row._tr.get_or_add_trPr().append(OxmlElement(property_name))


def _set_widths(document: Document, drawn: WordTable, widths: Sequence[int]) -> list[Length]:
    """Share the width of the page in proportion to the widths wanted; how wide each column is."""
    page = document.sections[0]
    room = (page.page_width or Mm(210)) - (page.left_margin or 0) - (page.right_margin or 0)
    wanted = [*widths[: len(drawn.columns)], *[10] * (len(drawn.columns) - len(widths))]
    lengths = [Length(int(room * width / sum(wanted))) for width in wanted]
    for column, length in zip(drawn.columns, lengths, strict=True):
        column.width = length
    return lengths
