"""An .xls that opens without being asked for a password and is encrypted all the same.

Excel, WPS and LibreOffice encrypt an .xls whose structure is protected (保护工作簿), with a password that all of them
know ([MS-XLS] 2.2.10); the macros' copy of such a workbook in LibreOffice is one. What asks for a password of its own
stays shut.
"""

import struct
from collections.abc import Callable, Iterator
from hashlib import md5, sha1
from typing import NamedTuple

from schoollib_xl.sheets.opening.quick import Garbled, WantsPassword

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_STREAMS = ("Workbook", "Book")
_FILE_PASS, _BOUND_SHEET = 0x2F, 0x85
# What is written plainly in an encrypted stream ([MS-XLS] 2.2.10): BOF, FilePass, InterfaceHdr, and those of sharing.
_PLAIN = frozenset({0x809, _FILE_PASS, 0xE1, 0x138, 0x194, 0x195, 0x196})
# Of the line that names a sheet, where the sheet begins.
_PLAIN_OF_SHEET = 4
_BLOCK = 1024
_HEADER = struct.Struct("<HH")
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_Keys = Callable[[int], bytes]
"""The key of each block of 1,024 bytes."""


class _StreamRecord(NamedTuple):
    """One record of the stream, and where its content begins."""

    kind: int
    start: int
    length: int


def unlocked(workbook: bytes) -> bytes | None:
    """The same workbook with its stream in plain; None where it is no .xls, or not encrypted.

    Raises WantsPassword where the password is one of her own, Garbled where the container is damaged or holds no
    workbook.
    """
    from pyopenvba.cfb import CFB

    if not workbook.startswith(_MAGIC):
        return None
    # Whatever a damaged container makes its reader raise, nothing can be read from it.
    try:
        container = CFB.from_bytes(workbook)
        name = next(name for name in container.list_streams() if name in _STREAMS)
        stream = container.get_stream(name)
        told = next((record for record in _records(stream) if record.kind == _FILE_PASS), None)
        if told is None:
            return None
        keys = _keys(stream[told.start : told.start + told.length])
        container.write_stream(name, _in_plain(stream, keys))
        plain: bytes = container.to_bytes()
        return plain
    except WantsPassword:
        raise
    except Exception as error:
        raise Garbled from error


def _records(stream: bytes) -> Iterator[_StreamRecord]:
    at = 0
    while at + _HEADER.size <= len(stream):
        kind, length = _HEADER.unpack_from(stream, at)
        yield _StreamRecord(kind, at + _HEADER.size, length)
        at += _HEADER.size + length


def _keys(said: bytes) -> _Keys:
    """The keys by what FilePass says ([MS-OFFCRYPTO] 2.3.5, 2.3.6). Raises WantsPassword."""
    kind, major, minor = struct.unpack_from("<HHH", said)
    if kind != 1:
        raise WantsPassword
    if (major, minor) == (1, 1):
        salt, check, digest = said[6:22], said[22:38], said[38:54]
        short = md5((md5(_PASSWORD).digest()[:5] + salt) * 16).digest()[:5]

        def keys(block: int) -> bytes:
            return md5(short + struct.pack("<I", block)).digest()

        is_it = _with(keys(0), check + digest)
        if md5(is_it[:16]).digest() != is_it[16:]:
            raise WantsPassword
        return keys
    return _keys_of_provider(said, minor)


def _keys_of_provider(said: bytes, minor: int) -> _Keys:
    (length,) = struct.unpack_from("<I", said, 10)
    (bits,) = struct.unpack_from("<I", said, 14 + 16)
    verifier = said[14 + length :]
    if minor != 2:
        raise WantsPassword
    first = sha1(verifier[4:20] + _PASSWORD).digest()
    # A key of 40 bits is filled up to 128 with zeros.
    size = (bits or 40) // 8

    def keys(block: int) -> bytes:
        key = sha1(first + struct.pack("<I", block)).digest()[:size]
        return key.ljust(16, b"\0") if size == 5 else key

    is_it = _with(keys(0), verifier[20:36] + verifier[40:60])
    if sha1(is_it[:16]).digest() != is_it[16:]:
        raise WantsPassword
    return keys


def _in_plain(stream: bytes, keys: _Keys) -> bytes:
    blocks = range(0, len(stream), _BLOCK)
    decoded = b"".join(_with(keys(at // _BLOCK), stream[at : at + _BLOCK]) for at in blocks)
    plain = bytearray(stream)
    for kind, start, length in _records(stream):
        if kind == _FILE_PASS:
            # A record of no kind: nobody is told any more that the stream is encrypted.
            plain[start - _HEADER.size : start + length] = _HEADER.pack(0, length) + bytes(length)
        elif kind not in _PLAIN:
            begins = start + (_PLAIN_OF_SHEET if kind == _BOUND_SHEET else 0)
            plain[begins : start + length] = decoded[begins : start + length]
    return bytes(plain)


def _with(key: bytes, text: bytes) -> bytes:
    """The text encoded, or decoded, by RC4."""
    from reportlab.lib.arciv import ArcIV

    encoded: bytes = ArcIV(key).encode(text)
    return encoded
