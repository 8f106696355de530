"""Workbooks with macros for the tests: a tiny school, right, and a small one, faulty, each built once."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from calc import Calc, running_calc
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.quotas.basis.stock import lendable
from schoollib_xl.quotas.borrowing.allowance import allowance
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.sheets.building.workbook import write_workbook
from small_sample import small_sample, tiny_sample
from surgery import without_repeated_headings

TESTS = Path(__file__).parent.parent
# A name that trips launchers: blanks, Chinese and a sign that xlwings splits its arguments at.
AWKWARD_FOLDER = "学校 甲=乙"
NAME = "图书 台账.xlsm"
# The library is open on this day of the second term.
A_DAY = date(2026, 6, 3)


@cache
def few_rows() -> LedgerSet:
    """The first rows of each ledger, which no longer agree: for buttons about which it is all the same."""
    whole = tiny_sample()
    return LedgerSet(whole.school, {kind: rows[:60] for kind, rows in whole.rows.items()})


@cache
def free(*, of_few_rows: bool = False) -> tuple[str, str]:
    """The number of a reader who may borrow on A_DAY and borrows nothing later, and of a copy nobody ever borrows."""
    books = (few_rows() if of_few_rows else tiny_sample()).library(A_DAY)
    lent = {loan.accession_no for loan in books[LoanRow]}
    busy = {loan.reader_no for loan in books[LoanRow] if loan.lent_on >= A_DAY}
    readers = (number for number in books.readers if number not in busy)
    copies = (copy.accession_no for copy in lendable(books, A_DAY))
    reader = next(number for number in readers if allowance(books, number, A_DAY).left)
    return reader, next(number for number in copies if number not in lent)


def clean(folder: Path, name: str = NAME) -> Path:
    """The tiny school's workbook, right."""
    return _copied(_built("right"), folder, name)


def short(folder: Path, name: str = NAME) -> Path:
    """The workbook of `few_rows`."""
    return _copied(_built("short"), folder, name)


def faulty(folder: Path, name: str = NAME) -> Path:
    """The small school's workbook with the known faults of the demonstration."""
    return _copied(_built("faulty"), folder, name)


def write_python(path: Path, *, live: bool = False) -> Path:
    """A program that macros start as their Python; where `live`, one that reaches the open workbook."""
    command = f'"{sys.executable}" "{TESTS / "live_python.py"}"' if live else f'"{sys.executable}"'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    path.chmod(0o755)
    return path


@contextmanager
def calc_with(folder: Path, **environment: str) -> Iterator[Calc]:
    """A LibreOffice whose macros find this Python."""
    settings = {
        "SCHOOLLIB_PYTHON": sys.executable,
        "TEMP": str(folder),
        "SCHOOLLIB_SECONDS": "300",
        "SCHOOLLIB_DAY": "2026-07-03",
    }
    with running_calc(folder, settings | environment) as calc:
        yield calc


@cache
def _built(kind: str) -> Path:
    path = Path(mkdtemp()) / f"{kind}.xlsm"
    if kind == "faulty":
        write_workbook(with_faults(small_sample()), path, RAW_FAULTS)
    else:
        write_workbook(few_rows() if kind == "short" else tiny_sample(), path)
    return without_repeated_headings(path)


def _copied(built: Path, folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(built, folder / name))
