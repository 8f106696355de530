"""One file inside a zip: its bytes, packed and inflated, never more at a time than a piece."""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipInfo

from schoollib_xl.packages import DAMAGE
from schoollib_xl.sheets.opening.refusing import damaged, of_encoding, unsafe

# Pieces that the allocator takes from what it has; for larger ones it asks the system for new memory each time.
_CHUNK, _PACKED_CHUNK = 64 << 10, 16 << 10
STORED, DEFLATED = 0, 8
# What a part says it is written in, and what every reader takes it for.
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]{1,40})""")
_USUAL = (b"UTF-8", b"UTF8", b"US-ASCII", b"ASCII")


class ZipEntry(NamedTuple):
    """One file inside the zip at `path`."""

    path: Path
    info: ZipInfo

    @property
    def size(self) -> int:
        """Inflated bytes, as declared; `inflated` refuses to give more."""
        return self.info.file_size


class PackedPart(NamedTuple):
    """A part's bytes as they lay in a zip that may be gone."""

    data: bytes
    is_deflated: bool

    @classmethod
    def of(cls, part: ZipEntry) -> "PackedPart":
        """Take it out of its zip. Raises Unusable when the data is damaged."""
        return cls(b"".join(packed(part)), part.info.compress_type == DEFLATED)

    def inflated(self) -> Iterator[bytes]:
        """Its bytes in pieces."""
        pieces = (self.data[at : at + _PACKED_CHUNK] for at in range(0, len(self.data), _PACKED_CHUNK))
        return _inflate(pieces) if self.is_deflated else pieces


def inflated(part: ZipEntry) -> Iterator[bytes]:
    """The part's bytes in pieces, never more in all than the zip declares.

    Not ``ZipFile.open``: that one hides what exceeds the declared size, and the readers would inflate it.
    Raises Unusable when the data is damaged, exceeds what was declared, or declares a document type; at the end also
    where it has another sum than the zip states, for the quick reader does not add it up.
    """
    return inflated_in_turn(part.path, [part])


def inflated_in_turn(path: Path, parts: Iterable[ZipEntry]) -> Iterator[bytes]:
    """As `inflated`, of several parts of the zip at `path`, which is opened once for all of them."""
    try:
        with path.open("rb") as file:
            for part in parts:
                yield from _inflated(file, part)
    except DAMAGE:
        raise damaged(path) from None


def _inflated(file: IO[bytes], part: ZipEntry) -> Iterator[bytes]:
    left, crc = part.size, 0
    for piece in _raw(file, part.info):
        if left == part.size:
            _refuse_hidden(part.path, piece)
        left -= len(piece)
        if left < 0:
            raise unsafe(part.path)
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != part.info.CRC:
        raise BadZipFile


def _raw(file: IO[bytes], info: ZipInfo) -> Iterator[bytes]:
    if info.compress_type not in (STORED, DEFLATED):
        raise BadZipFile
    pieces = _packed(file, info)
    return pieces if info.compress_type == STORED else _inflate(pieces)


def packed(part: ZipEntry) -> Iterator[bytes]:
    """The part's bytes as they lie in the zip, in pieces. Raises Unusable when the data is damaged."""
    try:
        with part.path.open("rb") as file:
            yield from _packed(file, part.info)
    except DAMAGE:
        raise damaged(part.path) from None


def _packed(file: IO[bytes], info: ZipInfo) -> Iterator[bytes]:
    file.seek(_data_start(file, info))
    return _pieces(file, info.compress_size)


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0:
        piece = file.read(min(_PACKED_CHUNK, size))
        if not piece:
            raise BadZipFile
        size -= len(piece)
        yield piece


def _inflate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in pieces:
        while packed:
            yield inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
    yield inflater.flush()
    if not inflater.eof:
        raise BadZipFile


def _data_start(file: IO[bytes], info: ZipInfo) -> int:
    file.seek(info.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise BadZipFile
    name_length, extra_length = struct.unpack("<26xHH", header)
    return int(info.header_offset + 30 + name_length + extra_length)


def _refuse_hidden(path: Path, start: bytes) -> None:
    """Refuse an XML part that begins with a document type: no workbook has one, entity bombs need one. One in another
    encoding than readers take it for would hide it, and no spreadsheet program writes such parts.

    Raises Unusable.
    """
    if b"<!DOCTYPE" in start:
        raise unsafe(path)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:4]:
        raise of_encoding(path, "UTF-16")
    said = _DECLARED.match(start)
    if said and said[1].upper() not in _USUAL:
        raise of_encoding(path, said[1].decode("latin-1"))
