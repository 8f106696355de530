"""Checking a template before it is filled: every fault at once, each with its place."""

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.blanks import ORDINALS, Content
from schoollib_xl.documents.filling.faults import TemplateFault
from schoollib_xl.documents.filling.markup import A_P, W_TR, ancestor, own_text, paragraphs
from schoollib_xl.documents.filling.placeholders import (
    meant,
    named,
    own_lists,
    placeholders,
    row_lists,
    single_braced,
    unpaired,
)
from schoollib_xl.documents.filling.stories import Story, place, stories
from schoollib_xl.documents.filling.stylebook import StyleBook, style_book


def template_faults(document: Document, content: Content) -> list[TemplateFault]:
    """Return everything that keeps this template from being filled with this content, in reading order."""
    book = style_book(document)
    found = [
        fault
        for story in stories(document)
        for number, paragraph in enumerate(paragraphs(story.root))
        for fault in _paragraph_faults(story, number, paragraph, content, book)
    ]
    for story in stories(document):
        found += [
            TemplateFault(
                story.name, f"{story.name}：{faults.IN_WORD_ART.format(name=name)}", str(story.part.partname), 0
            )
            for name in _names_in_attributes(story.root)
            if name in content.names
        ]
    if not found and not _is_to_be_filled(document):
        return [TemplateFault("", faults.NOTHING_TO_FILL)]
    # The same text box is stored twice, for Word and for older programs: one fault is enough.
    return list({(fault.place, fault.message): fault for fault in reversed(found)}.values())[::-1]


def _is_to_be_filled(document: Document) -> bool:
    return any(placeholders(paragraph) for story in stories(document) for paragraph in paragraphs(story.root))


def _paragraph_faults(
    story: Story, number: int, paragraph: etree._Element, content: Content, book: StyleBook
) -> Iterator[TemplateFault]:
    for sentence in _sentences(paragraph, content):
        where = place(story, paragraph, book)
        yield TemplateFault(where, f"{where}：{sentence}", str(story.part.partname), number)


def _sentences(paragraph: etree._Element, content: Content) -> Iterator[str]:
    """Say each fault of one paragraph."""
    names = content.names | set(ORDINALS)
    for placeholder in placeholders(paragraph):
        if placeholder.name not in names:
            yield faults.unknown_name(placeholder.name, names)
    text = own_text(paragraph)
    around = unpaired(text)
    if around:
        yield faults.OPEN_BRACE.format(text=around.strip())
    for name in [] if around else single_braced(text):
        if name in names:
            yield faults.SINGLE_BRACE.format(name=name)
    for name in _field_names(paragraph):
        if name in names:
            yield faults.FIELD_CODE.format(name=name)
    for name in named("".join(_field_codes(paragraph))):
        yield faults.IN_FIELD_CODE.format(name=name)
    yield from _repeating(paragraph, content)


def _repeating(paragraph: etree._Element, content: Content) -> Iterator[str]:
    row = ancestor(paragraph, W_TR)
    own = own_lists(paragraph, content.facts)
    around = own if row is None else row_lists(row, content.facts)
    if paragraph.tag == A_P:
        for name in own:
            yield faults.LIST_IN_PICTURE.format(name=name)
    elif own and own[-1] != around[0]:
        yield faults.several_lists(around, "段" if row is None else "行")
    if not around:
        for placeholder in placeholders(paragraph):
            if placeholder.name in ORDINALS:
                yield faults.STRAY_NUMBER.format(name=placeholder.name)


def _field_names(paragraph: etree._Element) -> list[str]:
    """Return what stands in field codes: braces made with Ctrl+F9 look like typed ones but are not."""
    return [meant(code).strip("{}｛｝") for code in _field_codes(paragraph)]


def _field_codes(paragraph: etree._Element) -> list[str]:
    return [code.text or "" for code in paragraph.iter(qn("w:instrText"))]


def _names_in_attributes(root: etree._Element) -> Iterator[str]:
    """Yield the names old WordArt shows: its text is an attribute and cannot be filled."""
    for element in root.iter("{urn:schemas-microsoft-com:vml}textpath"):
        yield from named(element.get("string", ""))
