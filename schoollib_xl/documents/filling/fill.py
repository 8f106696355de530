"""Filling a template: checked first, then repeated and filled, then tidied; all or nothing."""

from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError

from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.blanks import Content
from schoollib_xl.documents.filling.charts import draw
from schoollib_xl.documents.filling.checking import template_faults
from schoollib_xl.documents.filling.expanding import expand
from schoollib_xl.documents.filling.faults import TemplateFault, TemplateFaults
from schoollib_xl.documents.filling.revisions import drop_comments, settle
from schoollib_xl.documents.filling.stories import store, stories
from schoollib_xl.documents.filling.stylebook import style_book
from schoollib_xl.documents.filling.tidying import tidy

# What python-docx and the standard library raise for a file that is not a sound .docx.
_NOT_WORD = (PackageNotFoundError, BadZipFile, KeyError, ValueError, LxmlError, OSError, EOFError)


def fill(template: Path, content: Content) -> Document:
    """Return the paper as a document in memory.

    Raises :class:`TemplateFaults` with every fault of the template at once, before anything is filled.
    """
    document = open_template(template)
    found = template_faults(document, content)
    if found:
        raise TemplateFaults(template.name, found)
    book = style_book(document)
    for story in list(stories(document)):
        settle(story.root)
        expand(story.root, content.facts, book)
        store(document, story)
    drop_comments(document)
    draw(document, content.charts)
    tidy(document, book)
    return document


def open_template(path: Path) -> Document:
    """Open a Word file; raises :class:`TemplateFaults` with a single fault where it is none."""
    try:
        return docx.Document(str(path))
    except _NOT_WORD as error:
        sentence = f"{path.name}：{faults.unreadable()}"
        raise TemplateFaults(path.name, [TemplateFault(path.name, "", sentence)]) from error
