"""Where a paragraph stands, in the words of someone looking at the page."""

from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

import schoollib_xl
from schoollib_xl.documents.filling.markup import A_P, W_P, W_TBL, W_TC, W_TR, ancestor, own_text
from schoollib_xl.documents.filling.stories import Story
from schoollib_xl.documents.filling.stylebook import StyleBook

_TEXT_BOX = qn("w:txbxContent")
_HEADING_LENGTH = 16


def place(story: Story, paragraph: etree._Element, book: StyleBook) -> str:
    """Return the place of a paragraph, such as ``正文第1个表格第2行第2列`` or ``正文第5段（“工作重点”下）``."""
    if paragraph.tag == A_P:
        return story.name
    box = ancestor(paragraph, _TEXT_BOX)
    holder = None if box is None else ancestor(box, W_P)
    if holder is not None:
        return place(story, holder, book) + "的文本框"
    return story.name + (_cell(story.root, paragraph) or _line(story.root, paragraph, book))


def _cell(root: etree._Element, paragraph: etree._Element) -> str:
    """Return the place by the outermost table, which is the one she sees."""
    cell = next(reversed(list(paragraph.iterancestors(W_TC))), None)
    if cell is None:
        return ""
    row, table = ancestor(cell, W_TR), ancestor(cell, W_TBL)
    return (
        f"第{_number(root, table, W_TBL, None)}个表格"
        f"第{_number(table, row, W_TR, table)}行第{_number(row, cell, W_TC, row)}列"
    )


def _number(
    within: etree._Element | None, element: etree._Element | None, tag: str, holder: etree._Element | None
) -> int:
    """Return which one it is, from 1, of the elements with this tag that the holder holds directly."""
    if within is None or element is None:
        return 0
    holder_tag = W_TBL if holder is None else str(holder.tag)
    return [peer for peer in within.iter(tag) if ancestor(peer, holder_tag) is holder].index(element) + 1


def _line(root: etree._Element, paragraph: etree._Element, book: StyleBook) -> str:
    number, heading = 0, ""
    for peer in root.iter(W_P):
        if ancestor(peer, W_TC, _TEXT_BOX) is not None:
            continue
        number += 1
        if peer is paragraph:
            break
        if book.rank(peer) is not None:
            heading = own_text(peer)[:_HEADING_LENGTH]
    return f"第{number}段" + (f"（“{heading}”下）" if heading else "")


def find_template(name: str, beside: Path) -> Path:
    """Return the template with this file name for a workbook.

    Looks beside the workbook, in ``templates`` beside it, in the installed package, and in the source checkout.
    Raises :class:`FileNotFoundError` for a name that is none of our papers.
    """
    package = Path(schoollib_xl.__file__).parent
    folder = beside if beside.is_dir() else beside.parent
    places = (folder, folder / "templates", package / "templates", package.parent / "templates")
    for place in places:
        if (place / name).is_file():
            return place / name
    raise FileNotFoundError(name)
