"""The same core as formulas: a workbook of bare ledgers beside COUNTIF, COUNTIFS and SUMIFS, for LibreOffice.

    python tests/bench/with_formulas.py school formulas.xlsx

The ledgers are those of the faulty school (faulty.py). Left out is what would take a spreadsheet hours: overlapping
loans and loans after a withdrawal, which need a COUNTIFS over all loans for every loan, and due dates.
"""

import sys
from pathlib import Path

from faulty import with_many_faults
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.year import clean_school

# LibreOffice keeps the results a file brings along unless told always to calculate (0) when loading; calculating so
# many formulas on several threads, version 7.4 falls over.
_ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Calculation">
<prop oor:name="UseThreadedCalculationForFormulaGroups" oor:op="fuse"><value>false</value></prop></item></oor:items>
"""


def write_formulas(school: LedgerSet, path: Path) -> int:
    """Write the workbook; how many formulas it holds."""
    copies, loans = school.rows[AccessionRow], school.rows[LoanRow]
    batches = [row for row in school.rows[SummaryRow] if row.flow is not Flow.OUT]
    readers = school.rows[ReaderRow]
    numbers = f"copies!$A$1:$A${len(copies)}"
    of_batch = f"copies!$B$1:$B${len(copies)}"
    letters, prices = f"copies!$C$1:$C${len(copies)}", f"copies!$D$1:$D${len(copies)}"
    sheets = {
        "copies": [
            (c.accession_no, c.batch_no, c.class_letter, float(c.price), f"=COUNTIF({numbers},A{n})",
             f"=COUNTIF(batches!$A$1:$A${len(batches)},B{n})")
            for n, c in enumerate(copies, 1)
        ],
        "batches": [
            (b.batch_no, b.copies, float(b.list_value), f"=COUNTIF({of_batch},A{n})-B{n}",
             f"=SUMIFS({prices},{of_batch},A{n})-C{n}",
             *(f'=COUNTIFS({of_batch},A{n},{letters},"{letter}")-{b.by_class()[letter]}' for letter in CLASS_LETTERS))
            for n, b in enumerate(batches, 1)
        ],
        "readers": [(reader.reader_no,) for reader in readers],
        "loans": [
            (loan.accession_no, loan.reader_no, loan.lent_on, loan.returned_on, f"=COUNTIF({numbers},A{n})",
             f"=COUNTIF(readers!$A$1:$A${len(readers)},B{n})", f'=AND(D{n}<>"",D{n}<C{n})')
            for n, loan in enumerate(loans, 1)
        ],
    }  # fmt: skip
    with Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return sum(str(value).startswith("=") for rows in sheets.values() for row in rows for value in row)


def calculating_profile(folder: Path) -> Path:
    """A LibreOffice profile in the folder that calculates every formula when it loads a file."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_ALWAYS_CALCULATE, encoding="utf-8")
    return user.parent


def counts(calculated: Path) -> dict[str, int]:
    """How often each rule is broken, by the results LibreOffice wrote; what is nowhere counts once, however often it is
    named.
    """
    book = CalamineWorkbook.from_path(calculated)
    copies, batches, loans = (book.get_sheet_by_name(name).to_python() for name in ("copies", "batches", "loans"))
    twice = [number for number, *_, times, _ in copies if times > 1]
    by_class = [differs for _, _, _, _, _, *letters in batches for differs in letters]
    return {
        "ACC001": len(twice) - len({*twice}),
        "ACC301": len({batch for _, batch, _, _, _, times in copies if not times}),
        "SUM301": sum(bool(differs) for _, _, _, differs, *_ in batches),
        "SUM302": sum(bool(round(differs, 2)) for _, _, _, _, differs, *_ in batches),
        "SUM304": sum(map(bool, by_class)),
        "CIR102": sum(bool(is_before) for *_, is_before in loans),
        "CIR301": len({number for number, _, _, _, times, _, _ in loans if not times}),
        "CIR305": len({reader for _, reader, _, _, _, times, _ in loans if not times}),
    }


if __name__ == "__main__":
    print(write_formulas(with_many_faults(clean_school(size=Size(sys.argv[1]))), Path(sys.argv[2])))
