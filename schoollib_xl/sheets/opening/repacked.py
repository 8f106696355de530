"""A workbook put into a zip of its own: whole, so that the quick reader goes through each sheet once instead of twice,
or with the top of a large worksheet, so that its header costs no whole read. The zip is written in memory of data that
is packed already, or not at all: nothing is copied but once, into its place.
"""

import re
import struct
import zlib
from collections.abc import Collection, Container, Iterable, Mapping
from typing import NamedTuple

from schoollib_xl.sheets.opening.zip_entry import DEFLATED, STORED, ZipEntry, packed

# Headers of a zip (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16): of a part, of a part in the directory, of the directory's end.
_PART, _IN_DIRECTORY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _NAMES_IN_UTF8 = 20, 0x800
# Merged cells are listed behind all rows, and python-calamine goes through the whole sheet a second time to find them;
# it looks no further than the first list. This one says that there are none: `markup.scan` finds hers. The attribute is
# there so that the CRC-32 of these bytes is 0, and that of whatever follows them stays as it is.
_NO_MERGES = b'<mergeCells f="blfkcgbj"></mergeCells>'
# The same as a block of a deflated stream that holds its bytes as they are, and is not the last (RFC 1951, 3.2.4).
_NO_MERGES_DEFLATED = struct.pack("<BHH", 0, len(_NO_MERGES), len(_NO_MERGES) ^ 0xFFFF) + _NO_MERGES
_ROW_END = rb"</([\w.-]+:)?row>"
_NEEDED = (
    "[content_types].xml",
    "_rels/.rels",
    "workbook.xml",
    "workbook.xml.rels",
    "sharedstrings.xml",
    "styles.xml",
)


class ZipPart(NamedTuple):
    """One file of the zip: how it is packed, the CRC-32 and the bytes of what it holds, and its data in pieces."""

    name: str
    method: int
    crc: int
    size: int
    data: list[bytes]

    @classmethod
    def stored(cls, name: str, pieces: list[bytes]) -> "ZipPart":
        """These bytes as they are."""
        crc = 0
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
        return cls(name, STORED, crc, sum(map(len, pieces)), pieces)


def repacked(parts: Collection[ZipEntry], sheets: Container[ZipEntry]) -> bytes:
    """A zip of these parts as they lie in hers, nothing inflated; each of the sheets says first that nothing is merged.

    Raises Unusable where the data of a part is not there.
    """
    return zip_of(_part(part, part in sheets) for part in parts)


def _part(part: ZipEntry, is_sheet: bool) -> ZipPart:
    is_deflated = part.info.compress_type == DEFLATED
    before = (_NO_MERGES_DEFLATED if is_deflated else _NO_MERGES) if is_sheet else b""
    size = part.size + (len(_NO_MERGES) if is_sheet else 0)
    return ZipPart(part.info.filename, part.info.compress_type, part.info.CRC, size, [before, *packed(part)])


def zip_of(parts: Iterable[ZipPart]) -> bytes:
    """A zip of these files in their order."""
    whole: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for part in parts:
        name, packed = part.name.encode("utf-8", "surrogateescape"), sum(map(len, part.data))
        head = (_VERSION, _NAMES_IN_UTF8, part.method, 0, 0, part.crc, packed, part.size, len(name))
        directory.append(_IN_DIRECTORY.pack(b"PK\1\2", _VERSION, *head, 0, 0, 0, 0, 0, at) + name)
        start = _PART.pack(b"PK\3\4", *head, 0) + name
        whole += [start, *part.data]
        at += len(start) + packed
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), sum(map(len, directory)), at, 0)
    return b"".join([*whole, *directory, end])


def top_of(pieces: Iterable[bytes], count: int) -> bytes:
    """A worksheet's XML cut after `count` rows and closed again; all of it where it has fewer."""
    xml = bytearray()
    ends = 0
    for piece in pieces:
        xml += piece
        searched = max(0, len(xml) - len(piece) - 100)
        for end in re.compile(_ROW_END).finditer(xml, searched):
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
