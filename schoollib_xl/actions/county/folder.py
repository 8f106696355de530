"""What lies in a county's folder: workbooks, and places that nobody could look into."""

import os
import re
import stat
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from schoollib_xl.actions.county.without_workbook import folders_without, papers_without
from schoollib_xl.county.rollup import Failure
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.marks import is_ours
from schoollib_xl.names import is_unseen, written_out
from schoollib_xl.packages import DAMAGE
from schoollib_xl.saving import first_name
from schoollib_xl.sheets.layout import MADE_ON
from schoollib_xl.sheets.opening.vetting import MAX_BINARY

BOOK_NAME, RECORDS_NAME = "县汇总.xlsx", "县汇总_记录"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".xltx", ".xltm", ".xlt", ".ett")
_SHUT = "这个文件夹打不开，里面的工作簿没有算进来。"
_PACKED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
_TABLES = (".csv", ".tsv", ".numbers", ".dbf", ".mdb", ".accdb")
_NO_WORKBOOK = "不是工作簿，没有读；是学校的账，另存为 .xlsx 放在这里再汇总。"
# A workbook of today, and of before 2007.
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UNPACK = "是压缩包，里面的没有看；解开放在这里再汇总。"
_RENAMED = "名字不是以 .xlsx 这些结尾的，没有读；没有下载完的重新下载，是账就把名字改回来。"
# 第1小学.xlsx.part, 第1小学.xlsx - 快捷方式.lnk, 第1小学.xlsx.pdf.
_ONCE_A_WORKBOOK = re.compile(rf"\.({'|'.join(ending[1:] for ending in _WORKBOOKS)})\b", re.IGNORECASE)
# What systems keep on a stick, or a Mac puts into what it packs.
_OF_SYSTEMS = frozenset({"__MACOSX", "System Volume Information", "$RECYCLE.BIN"})
# What says when a workbook was made, and what its sheets are called; where they say it in any that is a result.
_TELLING = ("docProps/core.xml", "xl/workbook.xml")
_BEGINNING = 1 << 16
# Some hundred thousand lines; what is larger may be a package of a million parts, which takes seconds to open.
_LARGEST_RESULT = 8 << 20
_NO_FILE = "不是文件，没有算进来。"
_LINK = "是指到别处的链接，没有进去看；那里的工作簿要算，就放到这个文件夹里来。"


class FolderContents(NamedTuple):
    """The workbooks, by name; where books may be that were not read, folders and packed files, with the reason; and how
    many results of this program lie there, as a school's folder holds them beside its ledgers, without those of a
    county's run.
    """

    workbooks: list[Path]
    shut: list[Failure]
    results: int = 0


def look_through(folder: Path) -> FolderContents:
    """Every workbook below the folder; lock files, hidden ones and results left out. A folder that is a link is not
    followed: it may lead back, or to another county.
    """
    found, places, others, shut = list[Path](), list[Path](), list[Path](), dict[Path, str]()

    def cannot(error: OSError) -> None:
        shut[Path(error.filename)] = _SHUT

    for name, folders, files in os.walk(folder, onerror=cannot):
        place = Path(name)
        places.append(place)
        inside = [place / one for one in folders if not (is_unseen(one) or one in _OF_SYSTEMS or one == RECORDS_NAME)]
        links = [one for one in inside if _is_link(one)]
        shut |= dict.fromkeys(links, _LINK)
        folders[:] = [one.name for one in inside if one not in links]
        for path in (place / one for one in files if not is_unseen(one)):
            if why := _why_not(path):
                shut[path] = why
            elif path.suffix.lower() in _WORKBOOKS:
                found.append(path)
            else:
                others.append(path)
    results = {path for path in found if _is_result(path)}
    workbooks = sorted({*found} - results)
    # Beside the one workbook of a school a table is of scans, of names: its books are there.
    lone = {place for place, count in Counter(path.parent for path in workbooks).items() if count == 1}
    shut = {path: why for path, why in shut.items() if why != _NO_WORKBOOK or path.parent not in lone}
    empty = folders_without(folder, places, workbooks, [*found, *shut])
    shut |= {**papers_without(folder, others, workbooks), **empty}
    told = sum(first_name(path) != BOOK_NAME for path in results)
    return FolderContents(workbooks, sorted(Failure(_named(path, folder), why) for path, why in shut.items()), told)


def _named(path: Path, folder: Path) -> str:
    return written_out(str(folder) if path == folder else path.relative_to(folder).as_posix())


def _why_not(path: Path) -> str:
    """Why a school's books, if they are there, cannot be read from it; '' where they can, or it is plainly none."""
    ending = path.suffix.lower()
    if ending in _PACKED:
        return _UNPACK
    if ending in _TABLES:
        return _NO_WORKBOOK
    if ending not in _WORKBOOKS:
        return _RENAMED if _ONCE_A_WORKBOOK.search(path.name) or _has_lost_its_ending(path) else ""
    # Of what is just being saved, may not be read or is a link to nowhere the reason is said when it is read.
    with suppress(OSError):
        return "" if stat.S_ISREG(path.stat().st_mode) else _NO_FILE
    return ""


def _has_lost_its_ending(path: Path) -> bool:
    """Whether it holds what an office program saved, and its name does not say so: 第1小学, 第1小学．xlsx."""
    with suppress(OSError):
        if not path.suffix and stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                return file.read(4) in _OFFICE
    return False


def _is_result(path: Path) -> bool:
    """Whether this program wrote it and it is none of the seven ledgers: these carry another mark."""
    try:
        size = path.stat().st_size
    except OSError:
        # It is just being saved; what it is will be seen when it is read.
        return False
    is_ours_still = size <= MAX_BINARY and is_ours(path, first_name(path))
    return is_ours_still or (size <= _LARGEST_RESULT and _was_result(path))


def _was_result(path: Path) -> bool:
    """Whether it is a result that an office program has saved since: it carries the day all of ours are made on, and
    holds no sheet that is called by a ledger.
    """
    with suppress(KeyError, *DAMAGE), ZipFile(path) as package:
        made, sheets = (package.open(part).read(_BEGINNING).decode("utf-8", "replace") for part in _TELLING)
        return f">{MADE_ON.isoformat()}Z<" in made and not any(ledger.name in sheets for ledger in LEDGERS)
    return False


def _is_link(path: Path) -> bool:
    """Whether it is a link or, on Windows, a junction: it lies elsewhere than it stands."""
    return path.resolve() != path.parent.resolve() / path.name
