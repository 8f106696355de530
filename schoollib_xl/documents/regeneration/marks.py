"""The mark inside a paper by which it is known again, whatever it is called and whichever program saved it.

It is a custom property of the document (docProps/custom.xml), which Word, WPS and LibreOffice carry through a save.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from schoollib_xl.documents.filling.opening import DAMAGE
from schoollib_xl.documents.filling.stories import swap

_NAME = "图书室文书"
_PART = PackURI("/docProps/custom.xml")
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# What every custom property of Office carries, and the first number one may have ([MS-OE376] 2.1.1278).
_FORMAT, _FIRST_NUMBER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2
_VALUE = re.compile(r"(.+)｜([0-9a-f]{64})")


class PaperMark(NamedTuple):
    """Which paper a document is, and the digest of what was generated."""

    paper: str
    generated: str


def put_mark(document: Document, mark: PaperMark) -> None:
    """Write the mark, in place of one that is there already; other properties stay."""
    part = next((one for one in document.part.package.iter_parts() if one.partname == _PART), None)
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={"op": _PROPERTIES, "vt": _VALUES})
    if part is not None:
        root = etree.fromstring(part.blob)
    for old in [one for one in root if one.get("name") == _NAME]:
        root.remove(old)
    number = max([_FIRST_NUMBER - 1, *(int(one.get("pid", "0")) for one in root)]) + 1
    entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=_NAME)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = f"{mark.paper}｜{mark.generated}"
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if part is not None:
        swap(document, part, data)
    else:
        package = document.part.package
        package.relate_to(Part(_PART, _TYPE, data, package), _RELATION)


def marked_papers(folder: Path, paper: str) -> Iterator[tuple[Path, PaperMark]]:
    """Yield the Word files of a folder that are versions of this paper, by name; unreadable ones are passed over."""
    for path in sorted(folder.glob("*.docx")):
        mark = None if path.name.startswith("~$") else mark_of(path)
        if mark is not None and mark.paper == paper:
            yield path, mark


def mark_of(path: Path) -> PaperMark | None:
    """Which paper a Word file is; None for one that is none of ours or cannot be read."""
    try:
        with ZipFile(path) as package:
            root = etree.fromstring(package.read(_PART.membername))
    except DAMAGE:
        return None
    for entry in root:
        found = _VALUE.fullmatch("".join(str(text) for text in entry.itertext()).strip())
        if entry.get("name") == _NAME and found:
            return PaperMark(found[1], found[2])
    return None
