"""What a template leaves out: placeholders where nothing is filled (alternative texts, links, charts, properties), and
lists that ours shows and hers has no place for.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.blanks import Facts
from schoollib_xl.documents.filling.markup import A_P, PARAGRAPHS, W_P, ancestor, paragraphs
from schoollib_xl.documents.filling.opening import open_template
from schoollib_xl.documents.filling.placeholders import items, named, own_lists
from schoollib_xl.documents.filling.stories import parsed, shipped_template, stories, story_name

# What the attributes are called where she types them; any other is a setting.
_ATTRIBUTES = {
    "descr": "图片的替代文字",
    "title": "图片的替代文字",
    "alt": "图片的替代文字",
    "{urn:schemas-microsoft-com:office:office}title": "图片的替代文字",
    qn("w:tooltip"): "链接的提示",
}
_PROPERTIES, _SETTING, _LINK, _IN_CHART = "文件的属性", "不显示的设置", "链接的地址", "图表的数据"
# What is never in the paper: comments on a template are taken out of it, and the shelf of building blocks is no text.
_LEFT_OUT = ("comments", "people.xml", "/glossary/", "/customXml/")
# What every paper is given of its own.
_STAMPED = (qn("dc:title"), qn("dc:creator"), qn("dc:description"), qn("cp:lastModifiedBy"))
# Old WordArt shows such an attribute, which is a fault of its own.
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


def unfilled(document: Document) -> list[str]:
    """Return a sentence for each placeholder that stays as it is because no text of the paper holds it."""
    parts = document.part.package.iter_parts()
    found = (
        place for part in parts if not any(name in str(part.partname) for name in _LEFT_OUT) for place in _in(part)
    )
    return list(dict.fromkeys(faults.out_of_reach(where, name) for where, name in found))


def _in(part: Part) -> Iterator[tuple[str, str]]:
    for relation in part.rels.values():
        if relation.is_external:
            yield from ((_LINK, name) for name in named(unquote(relation.target_ref)))
    root = part.element if isinstance(part, XmlPart) else parsed(part) if part.content_type.endswith("xml") else None
    if root is not None:
        story = story_name(part)
        for element in root.iter(etree.Element):
            yield from _in_attributes(element, story)
            yield from _in_text(element, story)


def _in_attributes(element: etree._Element, story: str) -> Iterator[tuple[str, str]]:
    if element.tag != _WORD_ART:
        for attribute, value in element.attrib.items():
            yield from ((f"{story}{_ATTRIBUTES.get(str(attribute), _SETTING)}", name) for name in named(str(value)))


def _in_text(element: etree._Element, story: str) -> Iterator[tuple[str, str]]:
    """Text that belongs to no paragraph: the names and figures a chart keeps, the properties of the file."""
    if element.tag not in (*PARAGRAPHS, *_STAMPED) and ancestor(element, W_P, A_P) is None:
        for name in named(element.text or ""):
            yield {"": _PROPERTIES, "图表": _IN_CHART}.get(story, story), name


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
