"""Writing files: the same bytes every time, complete or not at all."""

import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# A zip entry must carry a date; the earliest the format knows says nothing and never changes.
_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")
# Names tried beside one that is in use: 核对结果(2).xlsx … 核对结果(9).xlsx.
_NEXT_NAMES = range(2, 10)
_REASONS = {
    errno.ENOSPC: "磁盘满了，“{name}”没有写成，腾出空间以后再试。",
    errno.EDQUOT: "磁盘满了，“{name}”没有写成，腾出空间以后再试。",
    errno.EROFS: "“{folder}”只能看不能写，“{name}”没有写成，换一个文件夹再试。",
    errno.EACCES: "“{folder}”不让写入，“{name}”没有写成，关闭正在用它的程序或者换一个文件夹再试。",
    errno.EPERM: "“{folder}”不让写入，“{name}”没有写成，关闭正在用它的程序或者换一个文件夹再试。",
    errno.ENOTDIR: "“{folder}”不是文件夹，“{name}”没有写成，换一个位置再试。",
    errno.EEXIST: "“{folder}”不是文件夹，“{name}”没有写成，换一个位置再试。",
    errno.EISDIR: "“{name}”是一个文件夹的名字，没有写成，换一个名字再试。",
    errno.ENAMETOOLONG: "文件名太长，“{name}”没有写成，把工作簿或文件夹的名称改短再试。",
}
_OTHERWISE = "“{folder}”里写不了文件，“{name}”没有写成，换一个文件夹再试。"


class CannotWrite(Exception):
    """A file could not be written; says so in one sentence, and nothing of it remains."""


def make_folder(folder: Path) -> None:
    """Create the output folder and those above it; raises :class:`CannotWrite`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, folder.name, error) from error


def write(path: Path, data: bytes) -> None:
    """Write a file completely or not at all; raises :class:`CannotWrite` and leaves nothing behind."""
    save(path, lambda file: file.write(data))


def save(path: Path, fill: Callable[[IO[bytes]], object], *, or_beside: bool = False) -> Path:
    """Let `fill` write a draft that then takes the place of `path`; where the file went. The folder is made.

    With `or_beside`, a file that another program holds open is left alone and the next free name is taken.
    Raises :class:`CannotWrite` and leaves nothing behind.
    """
    import tempfile

    draft: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "w+b") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
        return _put(draft, path, or_beside)
    except OSError as error:
        raise _cannot_write(path.parent, path.name, error) from error
    finally:
        if draft is not None:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return the parts of an Office file as one, always the same for the same parts."""
    file = io.BytesIO()
    with ZipFile(file, "w") as target:
        for name in in_order(parts):
            target.writestr(entry(name), parts[name])
    return file.getvalue()


def normalised(package: bytes) -> bytes:
    """Return an Office file with its parts in fixed order and without the time of zipping."""
    return zipped(parts_of(package))


def parts_of(package: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file by their names."""
    with ZipFile(io.BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


def in_order(names: Iterable[str]) -> list[str]:
    """The part names of an Office file in the order they are stored."""
    return sorted(names, key=lambda name: (name not in _FIRST, name))


def entry(name: str) -> ZipInfo:
    """A zip entry for this part that says nothing about when and where it was made."""
    info = ZipInfo(name, _ENTRY_DATE)
    info.compress_type, info.create_system = ZIP_DEFLATED, 0
    return info


def _put(draft: Path, path: Path, or_beside: bool) -> Path:
    """Rename the draft; the folder took it, so a refusal is about the file already there."""
    for candidate in _names(path):
        try:
            return draft.replace(candidate)
        except PermissionError:
            if not or_beside:
                raise
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in _NEXT_NAMES:
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def _cannot_write(folder: Path, name: str, error: OSError) -> CannotWrite:
    sentence = _REASONS.get(error.errno or 0, _OTHERWISE)
    return CannotWrite(sentence.format(folder=folder, name=name))


def _umask() -> int:
    """Return the permissions new files do not get; the draft was made private and must not stay so."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
