"""What lies in a county's folder: workbooks, and places that nobody could look into."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.actions.checking import RESULTS_NAME
from schoollib_xl.county.rollup import Failure
from schoollib_xl.marks import is_ours

BOOK_NAME = "县汇总.xlsx"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
# What this program writes beside workbooks and is none of the seven ledgers.
_RESULTS = (BOOK_NAME, RESULTS_NAME)
_LOCK = "~$"
_SHUT = "这个文件夹打不开，里面的工作簿没有算进来。"
_LINK = "是指到别处的链接，没有进去看；那里的工作簿要算，就放到这个文件夹里来。"


class FolderContents(NamedTuple):
    """The workbooks, by name, and the folders that were not looked into, with the reason."""

    workbooks: list[Path]
    shut: list[Failure]


def look_through(folder: Path) -> FolderContents:
    """Every workbook below the folder; lock files, hidden ones and earlier results left out. A folder that is a link
    is not followed: it may lead back, or to another county.
    """
    found, shut = list[Path](), list[Failure]()

    def cannot(error: OSError) -> None:
        below = Path(error.filename).relative_to(folder)
        shut.append(Failure(below.as_posix() if below.name else str(folder), _SHUT))

    for place, folders, files in os.walk(folder, onerror=cannot):
        here = Path(place)
        folders[:] = [name for name in folders if not _is_hidden(name)]
        links = [name for name in folders if _is_link(here / name)]
        shut += [Failure((here / name).relative_to(folder).as_posix(), _LINK) for name in links]
        folders[:] = [name for name in folders if name not in links]
        found += _workbooks(here, files)
    return FolderContents(sorted(found), sorted(shut))


def _workbooks(place: Path, files: list[str]) -> Iterator[Path]:
    for name in files:
        path = place / name
        if path.suffix.lower() in _WORKBOOKS and not _is_hidden(name) and not _is_result(path) and path.is_file():
            yield path


def _is_result(path: Path) -> bool:
    return any(path.name.startswith(Path(name).stem) and is_ours(path, name) for name in _RESULTS)


def _is_link(path: Path) -> bool:
    """Whether it is a link or, on Windows, a junction: it lies elsewhere than it stands."""
    return path.resolve() != path.parent.resolve() / path.name


def _is_hidden(name: str) -> bool:
    return name.startswith((".", _LOCK))
