"""Whether a file may be opened at all: what it really is, and whether its zip is safe to inflate."""

import stat
import struct
import zlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

MAX_ENTRIES = 10_000
MAX_PART = 1 << 30
MAX_TOTAL = 2 << 30
"""Bytes inflated. Half a million copies and a million loans are 640 MB of XML; Excel itself stops at a
million rows a sheet."""
MAX_RATIO = 150
RATIO_FROM = 16 << 20
"""Sheets saved by Excel, WPS and LibreOffice shrink 7 to 40 times; only parts from 16 MB up are judged."""
MAX_BINARY = 100 << 20
"""Bytes of an old binary workbook or a text table: .xls holds 65,536 rows a sheet."""
CHUNK = 1 << 20

_STORED, _DEFLATED, _ENCRYPTED_FLAG = 0, 8, 1


class Unusable(Exception):
    """The workbook cannot be used; the text is one Chinese sentence naming the file and what to do."""


class Kind(Enum):
    """What a file holds, by its first bytes; the extension is not asked."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


_MAGIC = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
)
_STRANGERS = (
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"{\\rtf", "文字文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序"),
)


def unusable(path: Path, what: str) -> Unusable:
    """The refusal of a file: 《名册.xlsx》 followed by what is the matter and what to do."""
    return Unusable(f"《{path.name}》{what}。")


def damaged(path: Path) -> Unusable:
    """A workbook that no reader can make sense of."""
    return unusable(path, "已损坏，打不开，用备份或重新拷一份再核对")


def sniff(path: Path) -> Kind:
    """What kind of file this is.

    Raises Unusable for a missing or forbidden file, a folder, a lock file, and contents that hold no table.
    """
    head = _head(path)
    if path.name.startswith("~$"):
        raise unusable(path, "是工作簿打开时留下的临时文件，改选名字不带 ~$ 的那一份再核对")
    if not head:
        raise unusable(path, "是空文件（0 字节），换一份有内容的工作簿再核对")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, what in _STRANGERS:
        if head.startswith(magic):
            raise unusable(path, f"是{what}，不是工作簿，换成账册所在的 .xlsx 文件再核对")
    return Kind.TEXT


def _head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise unusable(path, "是文件夹，不是工作簿，改选里面的工作簿再核对")
        if not stat.S_ISREG(mode):
            raise unusable(path, "不是普通文件，换成账册所在的 .xlsx 文件再核对")
        with path.open("rb") as file:
            return file.read(16)
    except FileNotFoundError:
        raise unusable(path, "找不到，检查文件名和所在文件夹再核对") from None
    except PermissionError:
        raise unusable(path, "没有权限打开，先关闭占用它的程序，或拷到自己的文件夹再核对") from None
    except OSError:
        raise unusable(path, "读不出来，检查磁盘或网络是否连着，拷到本机再核对") from None


def refuse_if_big(path: Path) -> None:
    """Raise Unusable for an old binary workbook or text table too big to be one."""
    if path.stat().st_size > MAX_BINARY:
        raise unusable(path, "太大了，先在 Excel 里另存为 .xlsx 再核对")


class Part(NamedTuple):
    """One file inside a zip, to be inflated."""

    archive: ZipFile
    info: ZipInfo

    @property
    def size(self) -> int:
        """Inflated bytes, as declared; `inflated` refuses to give more."""
        return self.info.file_size


def vetted_parts(path: Path, archive: ZipFile) -> dict[str, Part]:
    """The parts of a zip by their name in lower case with forward slashes.

    Raises Unusable for a zip whose directory announces a bomb, or that has a password.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise locked(path)
    if (
        len(infos) > MAX_ENTRIES
        or sum(info.file_size for info in infos) > MAX_TOTAL
        or any(map(_is_bomb, infos))
    ):
        raise unsafe(path)
    return {part_name(info.filename): Part(archive, info) for info in infos}


def part_name(name: str) -> str:
    """A part's name as all writers agree on it: some use backslashes, other cases or a leading slash."""
    return name.replace("\\", "/").lstrip("/").lower()


def _is_bomb(info: ZipInfo) -> bool:
    size, packed = info.file_size, max(info.compress_size, 1)
    return size > MAX_PART or (size > RATIO_FROM and size / packed > MAX_RATIO)


def locked(path: Path) -> Unusable:
    """The refusal of a workbook that asks for a password when it is opened."""
    return unusable(path, "加了打开密码，先在 Excel 里取消密码再核对")


def unsafe(path: Path) -> Unusable:
    """The refusal of a workbook whose inside no office program would have written."""
    return unusable(path, "的内部结构不正常，可能不安全，从原来的账册重新拷一份再核对")


def inflated(path: Path, part: Part) -> Iterator[bytes]:
    """The part's bytes in pieces of about a megabyte, never more in all than the zip declares.

    Not ``ZipFile.open``: that one hides what exceeds the declared size, and the readers would inflate it.
    Raises Unusable when the data is damaged, exceeds what was declared, or declares a document type.
    """
    left = part.size
    first = True
    try:
        for piece in _raw(part):
            left -= len(piece)
            if left < 0 or (first and _declares_entities(piece)):
                raise unsafe(path)
            first = False
            yield piece
    except (zlib.error, BadZipFile, EOFError, struct.error):
        raise damaged(path) from None


def _raw(part: Part) -> Iterator[bytes]:
    file = part.archive.fp
    assert file is not None, "the archive is kept open while its parts are read"
    method = part.info.compress_type
    if method not in (_STORED, _DEFLATED):
        raise BadZipFile
    start = _data_start(file, part.info)
    end = start + part.info.compress_size
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if method == _DEFLATED else None
    while start < end:
        # Sought each time: two sheets may be read from one archive in turn.
        file.seek(start)
        packed = file.read(min(CHUNK // 8, end - start))
        if not packed:
            raise EOFError
        start += len(packed)
        if inflater is None:
            yield packed
            continue
        while packed:
            yield inflater.decompress(packed, CHUNK)
            packed = inflater.unconsumed_tail
    if inflater is not None:
        yield inflater.flush()


def _data_start(file: IO[bytes], info: ZipInfo) -> int:
    file.seek(info.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise BadZipFile
    name_length, extra_length = struct.unpack("<26xHH", header)
    return int(info.header_offset + 30 + name_length + extra_length)


def _declares_entities(start: bytes) -> bool:
    """Whether an XML part begins with a document type; no workbook has one, entity bombs need one.

    A part in UTF-16 would hide it, and no office program writes one.
    """
    return b"<!DOCTYPE" in start or start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:4]
