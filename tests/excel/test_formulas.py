"""The formulas that 公式和工作函数.md gives, calculated by a real spreadsheet program."""

import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
from macro_books import calc_with, clean

from calc import MISSING, properties
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.sheets.reading.loading import load
from small_sample import tiny_sample

PAGE = Path(__file__).parent.parent.parent / "workbook" / "公式和工作函数.md"
FORMULAS = dict(re.findall(r"^\| ([A-Z])2 \S+ \| `(=.*)` \|$", PAGE.read_text("utf-8"), re.MULTILINE))
COLUMNS = {"D": "姓名", "E": "班级", "G": "书名"}

pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clean(tmp_path_factory.mktemp("school"))


@pytest.fixture(scope="module")
def of_the_table(school: Path) -> dict[str, str]:
    """The formulas of the table's columns by their headers."""
    with ZipFile(school) as archive:
        tables = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/tables/")]
    table = next(one for one in tables if 'displayName="借阅登记账"' in one)
    return {
        header: unescape(formula, {"&quot;": '"'})
        for header, formula in re.findall(
            r'<tableColumn [^>]*name="(\S+?)"[^>]*>\s*<calculatedColumnFormula>(.*?)</calculatedColumnFormula>', table
        )
    }


@pytest.fixture(scope="module")
def calculated(school: Path, of_the_table: dict[str, str]) -> list[LoanRow]:
    """What is read of the loans when the first is calculated as the page says, the second as the table says."""
    path = school.with_name("公式.xlsx")
    with calc_with(school.parent) as calc:
        document = calc.open(school)
        ledger = document.Sheets.getByName("借阅登记账")
        for column, header in COLUMNS.items():
            _calculate(ledger, f"{column}2", re.sub(r"(\w+)!", r"$\1.", FORMULAS[column]))
            _calculate(ledger, f"{column}3", f"={of_the_table[header]}")
        document.calculateAll()
        document.storeToURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
        document.close(True)
    return list(load(path, None).library[LoanRow])


def _calculate(ledger: Any, cell: str, formula: str) -> None:
    ledger.getCellRangeByName(cell).Formula = formula.replace(",", ";")


def test_formulas_give_what_was_written_by_hand_and_are_read_as_values(calculated: list[LoanRow]) -> None:
    assert set(FORMULAS) == set(COLUMNS)
    assert calculated[0] == tiny_sample().rows[LoanRow][0]


def test_a_new_line_fills_in_who_and_what_by_itself(of_the_table: dict[str, str], calculated: list[LoanRow]) -> None:
    """Excel and WPS lay the formulas of a table's columns down in its new line; here that is done by hand."""
    assert set(of_the_table) == set(COLUMNS.values())
    assert calculated[1] == tiny_sample().rows[LoanRow][1]
