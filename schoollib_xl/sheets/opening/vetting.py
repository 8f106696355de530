"""Whether a file may be opened at all: what it really is, and whether its zip is safe to inflate."""

import stat
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from schoollib_xl.packages import DAMAGE
from schoollib_xl.sheets.opening.refusing import damaged, locked, stranger, unsafe, unusable
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated

MAX_ENTRIES = 10_000
MAX_PART = 1 << 30
MAX_TOTAL = 2 << 30
"""Bytes inflated. Half a million copies and a million loans are 640 MB of XML; Excel itself stops at a
million rows a sheet."""
MAX_STRINGS = 256 << 20
"""Bytes of the shared strings: readers hold them all, in three times the memory; half a million titles are 30 MB."""
MAX_RATIO = 150
RATIO_FROM = 16 << 20
"""Sheets saved by Excel, WPS and LibreOffice shrink 7 to 40 times; only parts from 16 MB up are judged."""
MAX_BINARY = 100 << 20
"""Bytes of an old binary workbook: .xls holds 65,536 rows a sheet."""
MAX_TEXT = 20 << 20
"""Bytes of a text table, some 130,000 copies: read whole, it takes 15 times its size in memory and adopt 45 times."""

_ENCRYPTED_FLAG = 1
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
# What the stream of an .xls is called; an .xls may hold a Word object, whose streams say nothing of the file.
_OLE_WORKBOOKS = ("Workbook", "Book")
_OLE_STRANGERS = (("WordDocument", "Word 文档"), ("PowerPoint Document", "PPT 文稿"))
_ZIP_STRANGERS = (("word/document.xml", "Word 文档"), ("ppt/presentation.xml", "PPT 文稿"))
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


class Packing(Enum):
    """How a file is packed, by its first bytes; the extension is not asked."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


class ZipKind(Enum):
    """Which workbook a zip holds."""

    XLSX = "xlsx"
    BINARY = "xlsb, ods"


_MAGIC = (
    (b"PK\x03\x04", Packing.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Packing.OLE),
)


def sniff(path: Path) -> Packing:
    """What kind of file this is.

    Raises Unusable for a missing or forbidden file, a folder, a lock file, and contents that hold no table.
    """
    head = _head(path)
    if path.name.startswith("~$"):
        raise unusable(path, "是工作簿打开时留下的临时文件，改选名字不带 ~$ 的那一份再试")
    if not head:
        raise unusable(path, "是空文件（0 字节），换一份有内容的工作簿再试")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, what in _STRANGERS:
        # Two letters (BM, MZ) may begin a table as well; what they otherwise begin has noughts soon after.
        if head.startswith(magic) and (len(magic) > len("BM") or b"\0" in head):
            raise stranger(path, what)
    return Packing.TEXT


def _head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise unusable(path, "是文件夹，不是工作簿，改选里面的工作簿再试")
        if not stat.S_ISREG(mode):
            raise unusable(path, "不是普通文件，换成账册所在的 .xlsx 文件再试")
        with path.open("rb") as file:
            return file.read(16)
    except FileNotFoundError:
        raise unusable(path, "找不到，检查文件名和所在文件夹再试") from None
    except PermissionError:
        raise unusable(path, "没有权限打开，先关闭占用它的程序，或拷到自己的文件夹再试") from None
    except OSError:
        raise unusable(path, "读不出来，检查磁盘或网络是否连着，拷到本机再试") from None


def refuse_if_big(path: Path) -> None:
    """Raise Unusable for an old binary workbook or text table too big to be one."""
    if path.stat().st_size > MAX_BINARY:
        raise unusable(path, "太大了，先在 Excel 里另存为 .xlsx 再试")


def refuse_if_long(path: Path) -> None:
    """Raise Unusable for a text table longer than a school's lists are."""
    if path.stat().st_size > MAX_TEXT:
        most = MAX_TEXT >> 20
        raise unusable(path, f"太大了（文本表格最多 {most} MB），先在 Excel 里打开，另存为 .xlsx，或分成几份，再来一次")


def refuse_stranger_in_ole(path: Path) -> None:
    """Raise Unusable for an OLE container that is encrypted, or of another office program."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(path)
    if any(stream.encode("utf-16-le") in data for stream in _OLE_WORKBOOKS):
        return
    for stream, what in _OLE_STRANGERS:
        if stream.encode("utf-16-le") in data:
            raise stranger(path, what)


def vetted_parts(path: Path) -> dict[str, ZipEntry]:
    """The parts of a zip by their name in lower case with forward slashes.

    Raises Unusable for a damaged zip, one with a password, and one whose directory announces a bomb.
    """
    # Nobody can ask for an entry without a name.
    infos = [info for info in _directory(path) if info.filename and not info.is_dir()]
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise locked(path)
    if any(info.file_size > MAX_STRINGS and _holds_strings(info) for info in infos):
        raise unusable(path, "里的文字太多，读不下，先在 Excel 里删去不是账册的工作表再试")
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_TOTAL or any(map(_is_bomb, infos)):
        raise unsafe(path)
    return {part_name(info.filename): ZipEntry(path, info) for info in infos}


def _directory(path: Path) -> list[ZipInfo]:
    try:
        with ZipFile(path) as archive:
            return archive.infolist()
    except DAMAGE:
        raise damaged(path) from None


def zip_kind(path: Path, parts: Mapping[str, ZipEntry]) -> ZipKind:
    """Which workbook the zip holds. Raises Unusable for any other document, and for an encrypted .ods."""
    for name, what in _ZIP_STRANGERS:
        if name in parts:
            raise stranger(path, what)
    if "content.xml" in parts:
        _refuse_unfit_ods(path, parts)
        return ZipKind.BINARY
    if any(name.endswith("workbook.bin") for name in parts):
        return ZipKind.BINARY
    if any(name.endswith("workbook.xml") for name in parts) or "_rels/.rels" in parts:
        return ZipKind.XLSX
    raise stranger(path, "压缩包")


def _refuse_unfit_ods(path: Path, parts: Mapping[str, ZipEntry]) -> None:
    """The content of an encrypted .ods is noise, so this asks its manifest; others ask for the kind."""
    manifest = parts.get("meta-inf/manifest.xml")
    if manifest and b"encryption-data" in b"".join(inflated(manifest)):
        raise locked(path)
    kind = parts.get("mimetype")
    if kind and _SPREADSHEET not in b"".join(inflated(kind)):
        raise stranger(path, "文字文档")


def part_name(name: str) -> str:
    """A part's name as all writers agree on it: some use backslashes, other cases or a leading slash."""
    return name.replace("\\", "/").lstrip("/").lower()


def _holds_strings(info: ZipInfo) -> bool:
    return part_name(info.filename).endswith("sharedstrings.xml")


def _is_bomb(info: ZipInfo) -> bool:
    size, packed = info.file_size, max(info.compress_size, 1)
    return size > MAX_PART or (size > RATIO_FROM and size / packed > MAX_RATIO)
