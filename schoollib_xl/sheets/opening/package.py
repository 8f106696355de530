"""The inside of an .xlsx file: which part of the zip holds which worksheet."""

from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.parsers import expat

from schoollib_xl.sheets.opening.refusing import damaged, unsafe
from schoollib_xl.sheets.opening.vetting import part_name
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated, inflated_in_turn

_MAX_INDEX = 32 << 20
"""Bytes of a part that names other parts; Excel's own stay under 1 MB."""
_ROOT_RELS = "_rels/.rels"
_CARRIAGE_RETURN = b"_x000D_"


class Element(NamedTuple):
    """A start tag, its name and attribute names without their namespaces."""

    name: str
    attributes: dict[str, str]


def sheet_parts(path: Path, parts: Mapping[str, ZipEntry]) -> dict[str, ZipEntry]:
    """The part of every worksheet, by its name in workbook order; charts and macro sheets hold no rows.

    Found through the workbook's relationships (ECMA-376 part 2, 9.3), strict or transitional, whatever
    the parts are called. Raises Unusable for a workbook that cannot be followed.
    """
    workbook = _workbook_part(path, parts)
    targets = _worksheet_targets(path, parts, workbook)
    sheets = [e.attributes for e in elements(path, parts[workbook]) if e.name == "sheet"]
    try:
        return {s["name"]: parts[targets[s["id"]]] for s in sheets if s.get("id") in targets}
    except KeyError:
        raise damaged(path) from None


def _workbook_part(path: Path, parts: Mapping[str, ZipEntry]) -> str:
    """The name of the part that lists the sheets. Nobody opens a package that does not say where it begins."""
    if _ROOT_RELS not in parts:
        raise damaged(path)
    for element in elements(path, parts[_ROOT_RELS]):
        target = part_name(element.attributes.get("Target", ""))
        if element.attributes.get("Type", "").endswith("/officeDocument") and target in parts:
            return target
    if "xl/workbook.xml" in parts:
        return "xl/workbook.xml"
    raise damaged(path)


def _worksheet_targets(path: Path, parts: Mapping[str, ZipEntry], workbook: str) -> dict[str, str]:
    folder, name = dirname(workbook), workbook.rpartition("/")[2]
    rels = parts.get(part_name(f"{folder}/_rels/{name}.rels"))
    if rels is None:
        raise damaged(path)
    return {
        relation["Id"]: _resolved(folder, relation.get("Target", ""))
        for _, relation in elements(path, rels)
        if "Id" in relation and relation.get("Type", "").endswith("/worksheet")
    }


def _resolved(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return part_name(normpath(target if target.startswith("/") else join(folder, target)))


def vet_index(path: Path, parts: Mapping[str, ZipEntry], sheets: Mapping[str, ZipEntry]) -> bool:
    """Inflate every XML part that is no worksheet, once, so that readers meet no surprise in it.

    Says whether any text holds an escaped carriage return. Raises Unusable for what `inflated` refuses.
    """
    worksheets = set(sheets.values())
    others = (part for name, part in parts.items() if name.endswith((".xml", ".rels")) and part not in worksheets)
    found, end = False, b""
    for piece in inflated_in_turn(path, others):
        found = found or _CARRIAGE_RETURN in end + piece
        end = piece[-len(_CARRIAGE_RETURN) :]
    return found


def elements(path: Path, part: ZipEntry) -> list[Element]:
    """Every start tag of a small part. Raises Unusable when it is not well formed."""
    if part.size > _MAX_INDEX:
        raise unsafe(path)
    found: list[Element] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append(
        Element(_local(name), {_local(key): value for key, value in attributes.items()})
    )
    try:
        parser.Parse(b"".join(inflated(part)), True)
    except expat.ExpatError:
        raise damaged(path) from None
    return found


def is_well_formed(part: ZipEntry) -> bool:
    """Whether the part's XML is well formed, read as UTF-8 as the quick reader does. Raises Unusable."""
    parser = expat.ParserCreate("utf-8")
    try:
        for piece in inflated(part):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError:
        return False
    return True


def _local(name: str) -> str:
    return name.rpartition(":")[2]
