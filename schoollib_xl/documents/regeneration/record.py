"""The record beside the papers of what was generated, so that her own changes can be told apart later, and the mark
inside a paper by which it is known again, whatever it is called and whichever program saved it.

It holds no name in clear: a name that a paper gave is kept as a mask of itself, by which the same name is known again
(:class:`schoollib_xl.documents.regeneration.weaving.Private`).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from schoollib_xl.documents.filling.blanks import Facts
from schoollib_xl.documents.filling.opening import DAMAGE
from schoollib_xl.documents.filling.placeholders import ILLEGAL
from schoollib_xl.documents.filling.stories import swap
from schoollib_xl.documents.regeneration.blocks import Block
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.names import is_unseen
from schoollib_xl.saving import ours, write

RECORD_NAME = "图书室文书记录.json"
_VERSION = re.compile(r"_v(\d+)_\d{8}$")
# The blanks of all papers that hold somebody's name or number.
_NAME_BLANKS = frozenset(
    header_of(*column)
    for column in (
        (ReaderRow, "name"),
        (ReaderRow, "reader_no"),
        (ClassRow, "teacher"),
        (JobRow, "person"),
        (TargetRow, "person"),
        (School, "librarian"),
        (School, "principal"),
    )
)
_NAME = "图书室文书"
_PART = PackURI("/docProps/custom.xml")
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_BETWEEN = "｜"
_VALUE = re.compile(f"(.+){_BETWEEN}([^{_BETWEEN}]*){_BETWEEN}([0-9a-f]{{64}})")
# What every custom property of Office carries, and the first number one may have ([MS-OE376] 2.1.1278).
_FORMAT, _FIRST_NUMBER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2


@dataclass(frozen=True)
class PaperRecord:
    """One generated paper of a school. ``generated`` is the digest of what was generated, whatever she had made of the
    version before; it also stands in the file as its mark. ``written`` is the digest of the file as written, empty
    where something of hers was merged into it.

    ``blocks`` are what the next merge starts from, with names masked; ``passed_over`` are the marks of files that
    could not be merged, told once.
    """

    file: str
    school: str
    version: int
    as_of: str
    generated: str
    written: str
    blocks: tuple[Block, ...]
    passed_over: tuple[str, ...] = ()


class PaperMark(NamedTuple):
    """Which paper of which school a document is, and the digest of what was generated: two schools may keep their
    books in one folder.
    """

    paper: str
    school: str
    generated: str


def read_record(folder: Path) -> dict[str, list[PaperRecord]]:
    """Return all entries of a folder by paper, oldest first. An absent record is an empty one, and so is what lies
    there under its name but is damaged or not as this program wrote it.
    """
    stored = _stored(folder)
    try:
        return {paper: [_entry(one) for one in papers] for paper, papers in stored.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def append(folder: Path, paper: str, entry: PaperRecord) -> None:
    """Add an entry; raises :class:`schoollib_xl.saving.CannotWrite`."""
    known = [asdict(one) for one in read_record(folder).get(paper, [])]
    stored = {**_stored(folder), paper: [*known, asdict(entry)]}
    write(folder / RECORD_NAME, json.dumps(dict(sorted(stored.items())), ensure_ascii=False, indent=1).encode())


def next_version(folder: Path, paper: str) -> int:
    """Return the number after the highest one used, by the record or by any file that lies there."""
    recorded = [entry.version for entry in read_record(folder).get(paper, [])]
    return max([0, *recorded, *(version_in(path.stem, paper) for path in folder.iterdir())]) + 1


def version_in(stem: str, paper: str) -> int:
    """The number in the name of a paper's file; 0 where it has another name."""
    found = _VERSION.fullmatch(stem.removeprefix(paper)) if stem.startswith(paper) else None
    return int(found[1]) if found else 0


def _stored(folder: Path) -> dict[str, list[Any]]:
    path = ours(folder / RECORD_NAME)
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path else {}
        return {paper: papers for paper, papers in stored.items() if isinstance(papers, list)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def names(facts: Facts) -> Iterator[str]:
    """Every name and reader's number that a paper states."""
    for blank, value in facts.items():
        if isinstance(value, str):
            yield from [value] if blank in _NAME_BLANKS and value else []
        elif isinstance(value, Sequence):
            for one in value:
                yield from names(one) if isinstance(one, Mapping) else ()


def _entry(stored: Mapping[str, Any]) -> PaperRecord:
    blocks = tuple(Block(kind, name, text, _rows(rows)) for kind, name, text, rows in stored["blocks"])
    return PaperRecord(**{**stored, "blocks": blocks, "passed_over": tuple(stored["passed_over"])})


def _rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def school_in_mark(name: str) -> str:
    """A school's name as the mark of a paper can hold it."""
    return ILLEGAL.sub("", name).replace(_BETWEEN, "|").strip()


def put_mark(document: Document, mark: PaperMark) -> None:
    """Write the mark, in place of one that is there already; other properties stay."""
    part = next((part for part in document.part.package.iter_parts() if part.partname == _PART), None)
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={"op": _PROPERTIES, "vt": _VALUES})
    if part is not None:
        root = etree.fromstring(part.blob)
    for old in [element for element in root if element.get("name") == _NAME]:
        root.remove(old)
    number = max([_FIRST_NUMBER - 1, *(int(element.get("pid", "0")) for element in root)]) + 1
    entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=_NAME)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = _BETWEEN.join(mark)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if part is not None:
        swap(document, part, data)
    else:
        package = document.part.package
        package.relate_to(Part(_PART, _TYPE, data, package), _RELATION)


def marked_papers(folder: Path, paper: str, school: str, names: str = "*.docx") -> Iterator[tuple[Path, PaperMark]]:
    """Yield the Word files of a folder that are versions of this paper, by name; unreadable ones are passed over."""
    for path in sorted(folder.glob(names)):
        mark = None if is_unseen(path.name) else _mark_of(path)
        if mark is not None and mark[:2] == (paper, school):
            yield path, mark


def _mark_of(path: Path) -> PaperMark | None:
    """Which paper a Word file is; None for one that is none of ours or cannot be read."""
    try:
        with ZipFile(path) as package:
            root = etree.fromstring(package.read(_PART.membername))
    except DAMAGE:
        return None
    for entry in root:
        found = _VALUE.fullmatch("".join(str(text) for text in entry.itertext()).strip())
        if entry.get("name") == _NAME and found:
            return PaperMark(*found.groups())
    return None
