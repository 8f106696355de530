"""A zip written in memory of data that is packed already, or not at all: nothing is copied but once, into its place."""

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from schoollib_xl.sheets.opening.zip_entry import STORED

# Headers of a zip (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16): of a part, of a part in the directory, of the directory's end.
_PART, _IN_DIRECTORY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _NAMES_IN_UTF8 = 20, 0x800


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
