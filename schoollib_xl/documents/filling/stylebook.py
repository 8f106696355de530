"""The paragraph styles a document has, under the names people see."""

from collections.abc import Mapping
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import style_id

# Order of the headings from the outermost inwards; a heading reaches down to the next one of its rank or above.
RANKS = {"小标题": 0, "heading 1": 1, "heading 2": 2, "heading 3": 3, "月份": 4}
# Word's own, above a table or below a picture.
CAPTION = "caption"
TITLE, COVER_TITLE = "title", "封面标题"
HEADING, SUBHEADING, PLAIN_HEADING = "heading 1", "heading 2", "小标题"
MONTH, ITEM, SUBITEM, NOTE = "月份", "条目", "小条", "附注"
# What stands after the last section and belongs to none.
CLOSING, END_NOTE, ANNEX_LIST, SIGNED_BY, SIGNED_ON = "结束语", "文末注", "附件说明", "落款", "落款日期"


class StyleBook(NamedTuple):
    """Style ids by name and names by id; names compare without case, as Word's do."""

    ids: Mapping[str, str]
    names: Mapping[str, str]

    def id_of(self, name: str) -> str | None:
        """Return the id of the style with this name, or None."""
        return self.ids.get(name.casefold())

    def name_of(self, paragraph: etree._Element) -> str:
        """Return the name of the paragraph's style, in lower case; ``normal`` where it names none."""
        return self.names.get(style_id(paragraph), "normal")

    def rank(self, paragraph: etree._Element) -> int | None:
        """Return how far out a heading stands (0 outermost), or None for any other paragraph."""
        return RANKS.get(self.name_of(paragraph))


def style_book(document: Document) -> StyleBook:
    """Return the paragraph styles of a document."""
    pairs = [
        (style.get(qn("w:styleId"), ""), name.get(qn("w:val"), "").casefold())
        for style in document.styles.element.iterfind(qn("w:style"))
        if style.get(qn("w:type")) == "paragraph" and (name := style.find(qn("w:name"))) is not None
    ]
    return StyleBook({name: identifier for identifier, name in pairs}, dict(pairs))
