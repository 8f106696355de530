"""Opening a .docx as programs and accidents leave it: strict OOXML is read, a damaged package is one sentence."""

import io
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl import packages
from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.faults import TemplateFault, TemplateFaults
from schoollib_xl.documents.filling.markup import remove
from schoollib_xl.documents.filling.placeholders import ILLEGAL
from schoollib_xl.packages import normalised, zipped
from schoollib_xl.saving import CannotWrite

# Unpacked, a paper with a dozen photographs has some 60 MB; far more is no paper but a trap for memory.
_MOST_BYTES = 200 << 20
_ENCRYPTED = 0x1
# Word keeps a paper with a password as a stream of this name in a compound file (MS-OFFCRYPTO 1.3.2).
_COMPOUND, _LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
# Before this year a zip, and so a Word file, can name no day (APPNOTE 4.4.6).
_FIRST_YEAR = 1980
_STOPPED_CLOCK = "电脑上的日期是 {today}，Word 文件写不成；先把电脑的日期改对，再来一次。"
_OLD_ENTRY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# ISO/IEC 29500-1 (strict) names against those of ECMA-376 (transitional), longest first.
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"officeDocument/relationships/extendedProperties", b"officeDocument/2006/relationships/extended-properties"),
    (b"officeDocument/relationships/customProperties", b"officeDocument/2006/relationships/custom-properties"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/", b"officeDocument/2006/"),
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"drawingml/", b"drawingml/2006/"),
)
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_CONFORMANCE = re.compile(rb'\s(?:w:)?conformance="strict"')
# What the zip module, the parser and python-docx raise for a package that does not hang together: a stream cut
# short, a part that is missing, no XML, or XML without what the schema demands.
DAMAGE = (*packages.DAMAGE, PackageNotFoundError, etree.LxmlError, LookupError, AttributeError, TypeError)
# What Word keeps of a file about itself is no longer than this.
_PROPERTY_LENGTH = 255


def open_template(path: Path) -> Document:
    """Open a Word file; raises :class:`TemplateFaults` with a single fault where it is none or damaged."""
    with damage_told(path):
        document = docx.Document(io.BytesIO(_transitional(_parts(path))))
        _drop_dangling(document)
        return document


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn what a damaged part of this file raises into :class:`TemplateFaults`."""
    try:
        yield
    except DAMAGE as error:
        raise TemplateFaults(path.name, [TemplateFault(path.name, f"{path.name}：{_why_not(path)}")]) from error


def _why_not(path: Path) -> str:
    """Why a file could not be opened: a folder, withheld, with a password, a damaged Word file, or none."""
    data = b""
    if path.is_dir():
        return faults.FOLDER
    try:
        data = path.read_bytes()
        if data.startswith(_COMPOUND):
            return faults.LOCKED if _LOCKED in data else faults.UNREADABLE
        with ZipFile(io.BytesIO(data)) as package:
            if any(entry.flag_bits & _ENCRYPTED for entry in package.infolist()):
                return faults.LOCKED
    except PermissionError:
        return faults.WITHHELD
    except packages.DAMAGE:
        pass
    # The names of its parts stand in front of each, and so in a file that was cut off as well.
    return faults.DAMAGED if data.startswith(b"PK") and b"word/" in data else faults.UNREADABLE


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        entries = package.infolist()
        if sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise BadZipFile("too large")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise BadZipFile("encrypted")
        return {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}


def _transitional(parts: dict[str, bytes]) -> bytes:
    """Return the package with every name of strict OOXML in the spelling that python-docx knows."""
    parts = {name: _renamed(data) if name.endswith((".xml", ".rels")) else data for name, data in parts.items()}
    return zipped(parts | dict(_without_lost_workbooks(parts)))


def _without_lost_workbooks(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The charts, with their relations, whose workbook is not in the package: LibreOffice leaves it out where the
    paper was an .odt in between. Word draws such a chart from the figures it holds itself.
    """
    for name, data in parts.items():
        folder, _, file = name.rpartition("/_rels/")
        if file.endswith(".rels") and RT.PACKAGE.encode() in data:
            relations = etree.fromstring(data)
            lost = [one for one in relations if _is_lost(one, folder, parts)]
            chart = f"{folder}/{file.removesuffix('.rels')}"
            if lost and chart in parts:
                drawn, keys = etree.fromstring(parts[chart]), {one.get("Id") for one in lost}
                mentions = [one for one in drawn.iter(qn("c:externalData")) if one.get(qn("r:id")) in keys]
                for gone in (*lost, *mentions):
                    remove(gone)
                yield from ((part, etree.tostring(root)) for part, root in ((name, relations), (chart, drawn)))


def _is_lost(relation: etree._Element, folder: str, parts: Collection[str]) -> bool:
    """Whether a workbook behind a part of this folder is not in the package."""
    is_workbook = relation.get("Type") == RT.PACKAGE and relation.get("TargetMode") != "External"
    return is_workbook and normpath(join("/", folder, relation.get("Target", ""))).lstrip("/") not in parts


def _renamed(data: bytes) -> bytes:
    if _OLD_ENTRY.search(data):
        raise BadZipFile("entities")
    if _STRICT not in data:
        return data
    for strict, transitional in _NAMES:
        data = data.replace(_STRICT + strict, _TRANSITIONAL + transitional)
    return _CONFORMANCE.sub(b"", data)


def _drop_dangling(document: Document) -> None:
    """Take out references to headers and footers that are no longer in the package; Word does the same."""
    for reference in list(document.element.body.iter(qn("w:headerReference"), qn("w:footerReference"))):
        if reference.get(qn("r:id")) not in document.part.rels:
            remove(reference)


def package_bytes(document: Document) -> bytes:
    """Return the bytes of a .docx, depending on nothing but its content.

    Raises CannotWrite where the computer's clock stands before the first year a zip can name.
    """
    if date.today().year < _FIRST_YEAR:
        raise CannotWrite(_STOPPED_CLOCK.format(today=date.today()))
    file = io.BytesIO()
    document.save(file)
    return normalised(file.getvalue())


def stamp(document: Document, title: str, author: str, on: date) -> None:
    """Set what the file says about itself: title, author and the date all papers of this run carry."""
    properties, moment = document.core_properties, datetime.combine(on, time())
    # A name copied from elsewhere may hold signs that no XML can; they are left out here as in the text.
    title, author = (ILLEGAL.sub("", text)[:_PROPERTY_LENGTH] for text in (title, author))
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = moment
    properties.comments, properties.revision = "", 1
