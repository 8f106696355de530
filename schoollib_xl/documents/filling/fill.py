"""Filling a template: checked first, then repeated and filled, then tidied; all or nothing."""

from pathlib import Path
from typing import NamedTuple

from docx.document import Document

from schoollib_xl.documents.filling.blanks import Content
from schoollib_xl.documents.filling.charts import chart_shortcomings, draw
from schoollib_xl.documents.filling.checking import template_faults
from schoollib_xl.documents.filling.expanding import expand
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.figure_marks import Spot, take_marks
from schoollib_xl.documents.filling.headings import typed_out
from schoollib_xl.documents.filling.opening import damage_told, open_template
from schoollib_xl.documents.filling.revisions import drop_comments, settle
from schoollib_xl.documents.filling.stories import store, stories
from schoollib_xl.documents.filling.stylebook import style_book
from schoollib_xl.documents.filling.tidying import tidy


class Filled(NamedTuple):
    """A paper in memory, sentences about what its template has no place for, and where its figures stand."""

    document: Document
    notes: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()


def fill(template: Path, content: Content) -> Filled:
    """Return the paper.

    Raises :class:`TemplateFaults` with every fault of the template at once, before anything is filled.
    """
    document = open_template(template)
    with damage_told(template):
        found = template_faults(document, content)
        if found:
            raise TemplateFaults(template.name, found)
        notes = tuple(f"{template.name}：{sentence}" for sentence in chart_shortcomings(document, content.charts))
        spots = tuple(_fill(document, content))
    return Filled(document, notes, spots)


def _fill(document: Document, content: Content) -> list[Spot]:
    book = style_book(document)
    spots: list[Spot] = []
    facts = typed_out(content.facts, document, book)
    for story in list(stories(document)):
        settle(story.root)
        expand(story.root, facts, book)
        spots += take_marks(story.root)
        store(document, story)
    drop_comments(document)
    draw(document, content.charts)
    tidy(document, book)
    return spots
