"""The formulas that 公式和工作函数.md gives, calculated by a real spreadsheet program."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
from macro_books import calc_with, clean

from calc import MISSING, Calc, properties
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.sheets.reading.loading import load
from small_sample import tiny_sample

PAGE = Path(__file__).parent.parent.parent / "workbook" / "公式和工作函数.md"
FORMULAS = dict(re.findall(r"^\| ([A-Z]2) \S+ \| `(=.*)` \|$", PAGE.read_text("utf-8"), re.MULTILINE))

pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    with calc_with(tmp_path_factory.mktemp("calc")) as running:
        yield running


@pytest.fixture(scope="module")
def document(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    opened = calc.open(clean(tmp_path_factory.mktemp("school")))
    yield opened
    opened.close(True)


def first_loan(document: Any, folder: Path, formulas: dict[str, str]) -> LoanRow:
    """What is read of the first loan when cells of it are calculated."""
    path = folder / "公式.xlsx"
    ledger = document.Sheets.getByName("借阅登记账")
    for cell, formula in formulas.items():
        ledger.getCellRangeByName(cell).Formula = formula.replace(",", ";")
    document.calculateAll()
    document.storeToURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
    return load(path, None).library[LoanRow].rows[0]


def test_formulas_give_what_was_written_by_hand_and_are_read_as_values(document: Any, tmp_path: Path) -> None:
    assert set(FORMULAS) == {"D2", "E2", "G2"}
    calculated = {cell: re.sub(r"(\w+)!", r"$\1.", formula) for cell, formula in FORMULAS.items()}
    assert first_loan(document, tmp_path, calculated) == tiny_sample().rows[LoanRow][0]


def test_a_new_line_fills_in_who_and_what_by_itself(document: Any, tmp_path: Path) -> None:
    """Excel and WPS lay the formulas of a table's columns down in its new line; here that is done by hand."""
    with ZipFile(clean(tmp_path)) as archive:
        tables = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/tables/")]
    table = next(one for one in tables if 'displayName="借阅登记账"' in one)
    formulas = {
        header: unescape(formula, {"&quot;": '"'})
        for header, formula in re.findall(
            r'<tableColumn [^>]*name="(\S+?)"[^>]*>\s*<calculatedColumnFormula>(.*?)</calculatedColumnFormula>', table
        )
    }
    assert set(formulas) == {"姓名", "班级", "书名"}
    calculated = {cell: f"={formulas[header]}" for cell, header in (("D2", "姓名"), ("E2", "班级"), ("G2", "书名"))}
    assert first_loan(document, tmp_path, calculated) == tiny_sample().rows[LoanRow][0]
