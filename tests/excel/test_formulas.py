"""The formulas that 公式和工作函数.md gives, calculated by a real spreadsheet program."""

import re
from pathlib import Path

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
