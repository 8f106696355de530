"""What lies in a county's folder: workbooks, and places that nobody could look into."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.county.rollup import Failure
from schoollib_xl.marks import is_ours
from schoollib_xl.names import is_unseen, written_out
from schoollib_xl.saving import first_name
from schoollib_xl.sheets.opening.vetting import MAX_BINARY

BOOK_NAME = "县汇总.xlsx"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_SHUT = "这个文件夹打不开，里面的工作簿没有算进来。"
_PACKED = (".zip", ".rar", ".7z")
_UNPACK = "是压缩包，里面的没有看；解开放在这里再汇总。"
_NO_FILE = "不是文件，没有算进来。"
_LINK = "是指到别处的链接，没有进去看；那里的工作簿要算，就放到这个文件夹里来。"


class FolderContents(NamedTuple):
    """The workbooks, by name; what was not looked into, folders and packed files, with the reason; and how many results
    of this program lie there, as a school's folder holds them beside its ledgers, without those of a county's run.
    """

    workbooks: list[Path]
    shut: list[Failure]
    results: int = 0


def look_through(folder: Path) -> FolderContents:
    """Every workbook below the folder; lock files, hidden ones and results left out. A folder that is a link is not
    followed: it may lead back, or to another county.
    """
    found, shut = list[Path](), list[Failure]()

    def cannot(error: OSError) -> None:
        below = Path(error.filename).relative_to(folder)
        shut.append(Failure(written_out(below.as_posix() if below.name else str(folder)), _SHUT))

    for place, folders, files in os.walk(folder, onerror=cannot):
        here = Path(place)
        folders[:] = [name for name in folders if not is_unseen(name)]
        links = [name for name in folders if _is_link(here / name)]
        shut += [Failure(written_out((here / name).relative_to(folder).as_posix()), _LINK) for name in links]
        folders[:] = [name for name in folders if name not in links]
        for path in (here / name for name in files if not is_unseen(name)):
            if why := _why_not(path):
                shut.append(Failure(written_out(path.relative_to(folder).as_posix()), why))
            elif path.suffix.lower() in _WORKBOOKS:
                found.append(path)
    results = {path for path in found if _is_result(path)}
    told = sum(first_name(path) != BOOK_NAME for path in results)
    return FolderContents(sorted({*found} - results), sorted(shut), told)


def _why_not(path: Path) -> str:
    """Why a school's books, if they are there, cannot be read from it; '' where they can, or it is plainly none."""
    ending = path.suffix.lower()
    if ending in _PACKED:
        return _UNPACK
    if ending not in _WORKBOOKS:
        return ""
    # Of what is just being saved, may not be read or is a link to nowhere the reason is said when it is read.
    with suppress(OSError):
        return "" if stat.S_ISREG(path.stat().st_mode) else _NO_FILE
    return ""


def _is_result(path: Path) -> bool:
    """Whether this program wrote it and it is none of the seven ledgers: these carry another mark."""
    try:
        is_too_large = path.stat().st_size > MAX_BINARY
    except OSError:
        # It is just being saved; what it is will be seen when it is read.
        return False
    return not is_too_large and is_ours(path, first_name(path))


def _is_link(path: Path) -> bool:
    """Whether it is a link or, on Windows, a junction: it lies elsewhere than it stands."""
    return path.resolve() != path.parent.resolve() / path.name
