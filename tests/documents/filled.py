"""A paper filled into a template, for tests that do not ask what the template has no place for."""

from pathlib import Path

from docx.document import Document

from schoollib_xl.documents.filling import fill as filling
from schoollib_xl.documents.filling.blanks import Content


def fill(template: Path, content: Content) -> Document:
    """Return the paper in memory."""
    return filling.fill(template, content).document
