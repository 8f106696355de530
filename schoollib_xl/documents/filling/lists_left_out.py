"""Lists that our template of a paper shows and hers has no place for: what they hold is in no paper then."""

from collections.abc import Iterator
from pathlib import Path

from docx.document import Document

from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.blanks import Facts
from schoollib_xl.documents.filling.markup import paragraphs
from schoollib_xl.documents.filling.opening import open_template
from schoollib_xl.documents.filling.placeholders import items, own_lists
from schoollib_xl.documents.filling.stories import shipped_template, stories


def lists_left_out(template: Path, document: Document, facts: Facts) -> Iterator[str]:
    """Yield a sentence about the lists of our template of this name that hold something and do not stand in hers."""
    ours = shipped_template(template.name)
    if ours is None or ours.samefile(template):
        return
    there = _lists(document, facts)
    if missing := [name for name in _lists(open_template(ours), facts) if name not in there and items(name, facts)]:
        yield faults.lists_missing(missing)


def _lists(document: Document, facts: Facts) -> list[str]:
    """The lists used anywhere in a template, in reading order."""
    used = (paragraph for story in stories(document) for paragraph in paragraphs(story.root))
    return list(dict.fromkeys(name for paragraph in used for name in own_lists(paragraph, facts)))
