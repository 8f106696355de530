"""What a new line of 借阅登记账 fills in by itself: formulas that Excel and WPS lay down as she types under the table.

Lines that are there hold values, as the desk and this program write them; what a formula shows is read as a value.
应还日期 is not among them: it follows rules and calendar, which no formula of a sensible length does.
"""

from collections.abc import Mapping
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS, header_of
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.layout import LedgerSheet

# A field of a loan, and where it stands: the register, its key, and the field there.
_LOOKUPS: Mapping[str, tuple[type[Any], str, str]] = {
    "name": (ReaderRow, "reader_no", "name"),
    "class_name": (ReaderRow, "reader_no", "class_name"),
    "title": (AccessionRow, "accession_no", "title"),
}


def lookups_of(page: LedgerSheet) -> dict[str, str]:
    """The formulas of a page by field; a ledger in several parts has none, for no formula spans its tables."""
    if page.declared.row_type is not LoanRow or page.part:
        return {}
    return {field: _formula(page.name, *where) for field, where in _LOOKUPS.items()}


def _formula(table: str, register: type[Any], key: str, field: str) -> str:
    declared = SHEETS[register]
    own = f"{table}[[#This Row],[{header_of(LoanRow, key)}]]"
    keys, values = (f"{declared.name}[{declared.by_name[name].header}]" for name in (key, field))
    # Without &"" a blank cell would show as 0.
    return f'IF({own}="","",IFERROR(INDEX({values},MATCH({own},{keys},0))&"",""))'
