"""The mark inside every file this program writes, by which it is known again as ours and as untouched.

The mark is a digest of every other byte of the file and of the name the file was made for. A file that another program
saved, that was edited or added to, or that is called otherwise than it was made, does not carry a mark that holds: it
is hers.

Where it stands: in an Office file it is the remark of a part ``docProps/schoollib.xml``, which no other part refers to
and which Office drops when it saves; in JSON a line of blanks, in HTML a remark and in PDF a remark's line, all at the
end. It says nothing about when or where the file was made, so the same content has the same mark.
"""

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple
from zipfile import ZipFile, ZipInfo

from schoollib_xl.packages import DAMAGE, entry

if TYPE_CHECKING:
    from hashlib import _Hash as Digest

PART = "docProps/schoollib.xml"
_PART_TEXT = '<?xml version="1.0" encoding="UTF-8"?>\n<schoollib/>\n'
_NO_DIGEST = b"0" * 64
# A zip file ends with this many bytes that say where its directory is; before them stands the remark of its last part.
_ZIP_END = 22
_ZIP = b"PK\x03\x04"


class _TextKind(NamedTuple):
    """A kind of text file: how it begins, and the line that is put at its end for a digest."""

    beginnings: tuple[bytes, ...]
    line: Callable[[str], bytes]


def _blanks(digest: str) -> bytes:
    """A digest as spaces and tabs: JSON has no room for a remark, and its readers may allow no further key."""
    return f"\n{int(digest, 16):0256b}\n".replace("0", " ").replace("1", "\t").encode()


_TEXTS = (
    _TextKind((b"{", b"["), _blanks),
    _TextKind((b"<!DOCTYPE html",), lambda digest: f"<!-- schoollib {digest} -->\n".encode()),
    _TextKind((b"%PDF",), lambda digest: f"%schoollib {digest}\n".encode()),
)


def mark(file: IO[bytes], name: str) -> None:
    """Mark a finished file as made for this name. A format that has no place for a mark stays as it is, and is
    never replaced later.
    """
    file.seek(0)
    beginning = file.read(16)
    if beginning.startswith(_ZIP):
        _mark_package(file, name)
    elif text := _kind_of_text(beginning):
        file.seek(0)
        line = text.line(_digest(file.read(), name))
        file.seek(0, io.SEEK_END)
        file.write(line)


def is_ours(path: Path, name: str) -> bool:
    """Whether the file at `path` is just what this program wrote under this name; a link or a folder is not."""
    try:
        if path.is_symlink() or not path.is_file():
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return _is_marked_package(data, name) if data.startswith(_ZIP) else _is_marked_text(data, name)


def bears_mark(path: Path) -> bool:
    """Whether the Office file at `path` is one that this program wrote and no other has saved since, whatever it is
    called by now.
    """
    try:
        with ZipFile(path) as archive:
            return PART in archive.namelist()
    except (OSError, *DAMAGE):
        return False


def content_digest(package: bytes) -> str:
    """What a Word or Excel file is known by, marked or not: all its parts but the mark."""
    try:
        with ZipFile(io.BytesIO(package)) as archive:
            return _package_digest(archive.infolist())
    except DAMAGE:
        return _digest_of(package).hexdigest()


def _mark_package(file: IO[bytes], name: str) -> None:
    part = entry(PART)
    part.comment = _NO_DIGEST
    with ZipFile(file, "a") as archive:
        archive.writestr(part, _PART_TEXT)
    file.seek(0)
    body, _, end = _around_digest(file.read())
    file.seek(len(body))
    file.write(_digest(body + end, name).encode())


def _is_marked_package(data: bytes, name: str) -> bool:
    body, digest, end = _around_digest(data)
    return digest == _digest(body + end, name).encode()


def _around_digest(package: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the digest, the digest, and what stands after it."""
    at = len(package) - _ZIP_END - len(_NO_DIGEST)
    return package[: max(at, 0)], package[max(at, 0) : -_ZIP_END], package[-_ZIP_END:]


def _package_digest(entries: Iterable[ZipInfo]) -> str:
    """A digest of the directory: it holds the checksum of every part, and is read without inflating any."""
    digest = _digest_of()
    for info in sorted(entries, key=lambda info: info.filename):
        if info.filename != PART:
            line = f"\n{info.filename}\t{info.CRC}\t{info.file_size}"
            digest.update(line.encode(errors="surrogatepass"))
    return digest.hexdigest()


def _kind_of_text(beginning: bytes) -> _TextKind | None:
    return next((kind for kind in _TEXTS if beginning.startswith(kind.beginnings)), None)


def _is_marked_text(data: bytes, name: str) -> bool:
    text = _kind_of_text(data[:16])
    if text is None:
        return False
    size = len(text.line(_NO_DIGEST.decode()))
    return data[-size:] == text.line(_digest(data[:-size], name))


def _digest(body: bytes, name: str) -> str:
    return _digest_of(name.encode(errors="surrogatepass") + b"\n" + body).hexdigest()


def _digest_of(data: bytes = b"") -> "Digest":
    # Most runs write no file, and to load OpenSSL takes as long as to read some hundred rows.
    from hashlib import sha256

    return sha256(data)
