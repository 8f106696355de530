"""The formulas that 公式和工作函数.md gives, calculated by a real spreadsheet program."""

import re
from pathlib import Path
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
from macro_books import calc_with, clean, sample

from calc import MISSING, properties
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.sheets.reading.loading import load

PAGE = Path(__file__).parent.parent.parent / "workbook" / "公式和工作函数.md"
FORMULAS = dict(re.findall(r"^\| ([A-Z]2) \S+ \| `(=.*)` \|$", PAGE.read_text("utf-8"), re.MULTILINE))

pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


def test_formulas_give_what_was_written_by_hand_and_are_read_as_values(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with calc_with(tmp_path) as calc:
        document = calc.open(clean(tmp_path))
        ledger = document.Sheets.getByName("借阅登记账")
        for cell, formula in FORMULAS.items():
            ledger.getCellRangeByName(cell).Formula = re.sub(r"(\w+)!", r"$\1.", formula).replace(",", ";")
        document.calculateAll()
        document.storeAsURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
        document.close(True)
    assert set(FORMULAS) == {"D2", "E2", "G2"}
    assert load(path, None).library[LoanRow].rows[0] == sample().rows[LoanRow][0]


def test_a_new_line_fills_in_who_and_what_by_itself(tmp_path: Path) -> None:
    """Excel and WPS lay the formulas of a table's columns down in its new line; here that is done by hand."""
    path = tmp_path / "新的一行.xlsx"
    loan = sample().rows[LoanRow][0]
    book = clean(tmp_path)
    with ZipFile(book) as archive:
        tables = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/tables/")]
    table = next(one for one in tables if 'displayName="借阅登记账"' in one)
    formulas = {
        header: unescape(formula, {"&quot;": '"'})
        for header, formula in re.findall(
            r'<tableColumn [^>]*name="(\S+?)"[^>]*>\s*<calculatedColumnFormula>(.*?)</calculatedColumnFormula>', table
        )
    }
    assert set(formulas) == {"姓名", "班级", "书名"}
    with calc_with(tmp_path) as calc:
        document = calc.open(book)
        ledger = document.Sheets.getByName("借阅登记账")
        for cell, header in (("D2", "姓名"), ("E2", "班级"), ("G2", "书名")):
            ledger.getCellRangeByName(cell).Formula = f"={formulas[header]}".replace(",", ";")
        document.calculateAll()
        document.storeAsURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
        document.close(True)
    assert load(path, None).library[LoanRow].rows[0] == loan
