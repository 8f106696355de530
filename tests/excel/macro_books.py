"""Workbooks with macros for the tests: the sample school, right and faulty, each built once."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from calc import Calc, running_calc
from schoollib_xl.ledgers.booklet import Booklet
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook

TESTS = Path(__file__).parent.parent
# A name that trips launchers: blanks, Chinese and a sign that xlwings splits its arguments at.
AWKWARD_FOLDER = "学校 甲=乙"
NAME = "图书 台账.xlsm"


@cache
def sample() -> Booklet:
    """The sample school."""
    return clean_school()


def clean(folder: Path, name: str = NAME) -> Path:
    """The sample school's workbook, right."""
    return _copied(_built("right"), folder, name)


def faulty(folder: Path, name: str = NAME) -> Path:
    """The sample school's workbook with its known faults."""
    return _copied(_built("faulty"), folder, name)


@contextmanager
def calc_with(folder: Path, *, live: bool = False, **environment: str) -> Iterator[Calc]:
    """A LibreOffice whose macros find this Python; where `live`, one that reaches the open workbook."""
    python = Path(sys.executable)
    if live:
        python = folder / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{TESTS / "live_python.py"}" "$@"\n')
        python.chmod(0o755)
    settings = {"SCHOOLLIB_PYTHON": str(python), "TEMP": str(folder), "SCHOOLLIB_SECONDS": "100"}
    with running_calc(folder, settings | environment) as calc:
        yield calc


@cache
def _built(kind: str) -> Path:
    path = Path(mkdtemp()) / f"{kind}.xlsm"
    if kind == "right":
        write_workbook(sample(), path)
    else:
        write_workbook(with_faults(sample()), path, RAW_FAULTS)
    return path


def _copied(built: Path, folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(built, folder / name))
