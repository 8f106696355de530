"""The top of a large worksheet as a small workbook of its own, so that its header costs no whole read."""

import re
from collections.abc import Iterable, Mapping

from schoollib_xl.sheets.opening.zip_entry import ZipEntry
from schoollib_xl.sheets.opening.zip_written import ZipPart, zip_of

_ROW_END = re.compile(rb"</([\w.-]+:)?row>")
_NEEDED = (
    "[content_types].xml",
    "_rels/.rels",
    "workbook.xml",
    "workbook.xml.rels",
    "sharedstrings.xml",
    "styles.xml",
)


def top_of(pieces: Iterable[bytes], count: int) -> bytes:
    """A worksheet's XML cut after `count` rows and closed again; all of it where it has fewer."""
    xml = bytearray()
    ends = 0
    for piece in pieces:
        xml += piece
        searched = max(0, len(xml) - len(piece) - 100)
        for end in _ROW_END.finditer(xml, searched):
            ends += end.end() > len(xml) - len(piece)
            if ends == count:
                prefix = end[1] or b""
                return bytes(xml[: end.end()]) + b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
    return bytes(xml)


def beside_sheets(parts: Mapping[str, ZipEntry]) -> list[ZipEntry]:
    """The parts that a reader needs beside a worksheet."""
    return [part for name, part in parts.items() if name.endswith(_NEEDED)]


def excerpt(beside: Mapping[ZipEntry, bytes], sheet: ZipEntry, xml: list[bytes]) -> bytes:
    """A workbook, as the bytes of a zip, that holds these pieces of XML in place of `sheet` and no other worksheet."""
    parts = [ZipPart.stored(part.info.filename, [data]) for part, data in beside.items()]
    return zip_of([*parts, ZipPart.stored(sheet.info.filename, xml)])
