"""Whether a file name is free, taking one without ever taking the place of another file, and writing one out."""

import errno
import os
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

_REFUSED_SIGNS = frozenset('\\/:*?"<>|')
# Names of devices, with any ending (Naming Files, Paths, and Namespaces; Win32).
_PORTS = (f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *_PORTS})
# What Excel and WPS keep ledgers in.
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_OFFICE = "~$"
# So begins what Excel, WPS and Word lay down beside a file that is open, and what a Mac lays down beside each file on a
# stick; they list no such file, and neither do we.
_UNSEEN = (".", _OFFICE)
# What a disk answers that knows no second name for a file.
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)

# A virus scanner of Windows looks through each new file and lets no one rename it meanwhile: git and npm try again too.
# Ours are small, and longer than a second is another reason.
_SECONDS_OF_A_SCANNER = 1.0
_SECONDS_BETWEEN = 0.02
# As Python holds the bytes of a name that is not of the system's encoding (PEP 383).
_NOT_UTF8 = "[\ud800-\udfff]"


def create(draft: Path, path: Path) -> Path:
    """Name a draft without ever taking the place of another file. Raises FileExistsError."""
    return _patiently(lambda: _create(draft, path))


def put_over(draft: Path, path: Path) -> Path:
    """Name a draft, in place of a file that may be there. Raises OSError."""
    return _patiently(lambda: draft.replace(path))


def _patiently(rename: Callable[[], Path]) -> Path:
    until = monotonic() + _SECONDS_OF_A_SCANNER
    while True:
        try:
            return rename()
        except PermissionError:
            if monotonic() > until:
                raise
            sleep(_SECONDS_BETWEEN)


def _create(draft: Path, path: Path) -> Path:
    if os.name == "nt":
        return draft.rename(path)
    try:
        path.hardlink_to(draft)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        return draft.rename(path)
    draft.unlink()
    return path


def is_unseen(name: str) -> bool:
    """Whether a file is the system's or an office program's own and no workbook or paper of anybody."""
    return name.startswith(_UNSEEN)


def owner_beside(path: Path) -> str:
    """The name of the file by which an office program says that it has this one open: LibreOffice, Excel, Word, WPS; ''
    where there is none. One that broke down may have left its own behind.
    """
    # Word alone puts its sign in place of the first two letters.
    of_word = [f"{_OFFICE}{path.name[2:]}"] if path.suffix.lower().startswith(".do") else []
    names = (f".~lock.{path.name}#", f"{_OFFICE}{path.name}", f".~{path.name}", *of_word)
    return next((name for name in names if os.path.lexists(path.with_name(name))), "")


def is_free(path: Path) -> bool:
    """Whether nothing has this name, in whatever case or Unicode form: a stick or a shared folder may know no
    difference.
    """
    wanted = _folded(path.name)
    return not os.path.lexists(path) and all(_folded(one.name) != wanted for one in path.parent.iterdir())


def refusal_of_windows(name: str) -> str:
    """Why Windows does not take a file name, in a sentence; '' for a name it takes. A workbook is carried to Windows on
    a stick sooner or later, whatever it was made on.
    """
    if name.startswith(_OFFICE):
        return f"文件名“{name}”开头的“{_OFFICE}”是Excel和WPS自己用的，换一个文件名再试。"
    what = _refused_by_windows(name)
    return f"文件名“{name}”{what}在Windows里不能用，换一个文件名再试。" if what else ""


def _refused_by_windows(name: str) -> str:
    if signs := sorted(_REFUSED_SIGNS & set(name)):
        return f"里的“{'、'.join(signs)}”"
    if not name.isprintable():
        return "里看不见的字符"
    if name != name.rstrip(" ."):
        return "末尾的空格或点"
    stem = name.partition(".")[0].rstrip().upper()
    return f"里的“{name.partition('.')[0]}”" if stem in _DEVICES else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_same(path: Path, other: Path) -> bool:
    """Asked of the system, which sees through links and other spellings."""
    with suppress(OSError):
        return path.samefile(other)
    return False


def written_out(path: str) -> str:
    """A path as it can be written into a result: names that are no UTF-8 come from old Chinese Windows."""
    return "/".join(map(_name_written_out, path.split("/")))


def legible(text: str) -> str:
    """A text in which such a name stands as it can be written into a file: what is no text is shown as a sign."""
    return re.sub(_NOT_UTF8, "\N{REPLACEMENT CHARACTER}", text)


def _name_written_out(name: str) -> str:
    if not re.search(_NOT_UTF8, name):
        return name
    try:
        return name.encode(errors="surrogateescape").decode("gb18030")
    except UnicodeError:
        return name.encode(errors="backslashreplace").decode()
