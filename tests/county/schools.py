"""Small invented schools as workbooks, and ways in which a workbook is broken."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.sheets.building.workbook import write_workbook

PUPIL = "苗小禾"
"""The name of every pupil of these schools: it must never be seen again."""
TITLE = "没有别人看过的书"


def school(number: int, *, copies: int = 12, pupils: int = 20, loans: int = 6) -> LedgerSet:
    """A school whose class has so many pupils, with so many copies and loans; both carry a pupil's secret."""
    settings = EXAMPLE_SCHOOL._replace(name=f"第{number}小学")
    start = date(2025, 9, 8)
    return LedgerSet.of(
        *(example(AccessionRow, accession_no=f"{n:06}") for n in range(1, copies + 1)),
        example(ClassRow, pupils=pupils),
        *(example(ReaderRow, reader_no=f"S{n:04}", name=PUPIL) for n in range(1, pupils + 1)),
        *(
            example(
                LoanRow,
                loan_no=f"{n:05}",
                reader_no=f"S{n % pupils + 1:04}",
                name=PUPIL,
                title=TITLE,
                accession_no=f"{n % copies + 1:06}",
                lent_on=start + timedelta(n),
                due_on=start + timedelta(n + 14),
                returned_on=start + timedelta(n),
            )
            for n in range(loans)
        ),
        school=settings,
    )


def county_of(folder: Path, schools: int, seed: int = 1) -> None:
    """A folder of so many schools of different size, in folders of their towns."""
    random = Random(seed)
    for number in range(1, schools + 1):
        books = school(
            number, copies=random.randrange(5, 40), pupils=random.randrange(5, 30), loans=random.randrange(9)
        )
        write_workbook(books, folder / f"{'东西'[number % 2]}镇" / f"第{number}小学.xlsx")


def asked(workbook: Path, as_of: str = "", seed: int = 1) -> dict[str, Any]:
    """What the process that examines workbooks is asked of one that is no copy."""
    return {"file": str(workbook), "is_copy": False, "as_of": as_of, "seed": seed}


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


BROKEN: dict[str, Callable[[Path], object]] = {
    "空的": lambda path: path.write_bytes(b""),
    "文字": lambda path: path.write_text("这不是账", encoding="utf-8"),
    "截断": _cut_short,
    "乱码": lambda path: path.write_bytes(os.urandom(3000)),
}


def broken(folder: Path) -> None:
    """Add one workbook for each way of being broken."""
    for name, breaking in BROKEN.items():
        path = folder / f"{name}.xlsx"
        write_workbook(school(99), path)
        breaking(path)


def another_year(books: LedgerSet) -> LedgerSet:
    """The same school a year earlier."""
    day = date(2025, 1, 17)
    settings = books.school._replace(term_start=date(2024, 9, 2), term_end=day, cut_off=day, school_year="2024-2025")
    return replace(books, school=settings)
