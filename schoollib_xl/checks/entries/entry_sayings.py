"""What 备注 may say of a line as a whole: that it is none, or which copy, batch or paper it is about (FMT210)."""

from schoollib_xl.checks.entries.sayings import (
    Saying,
    always,
    is_blank,
    stands,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# A line that says of itself that it is none, alone or beside which other.
_TWICE = r"(?:[与和同跟].{1,12})?[此本这该]?[行笔条号册批]?已?[为系是]?(?:重复登[记账]|重登|登重|同一册)了?"
_NO_ENTRY = rf"[此本这该]?[行笔条号册批]?已?作废了?|{_TWICE}"
# A batch says so of numbers that nobody used (SUM015).
_NO_BATCH = rf"[此本这该][行笔条批]已?作废了?|{_TWICE}"
_NO_ENTRIES = (
    Saying(SummaryRow, "remarks", "废重同", _NO_BATCH, "copies", stands("copies")),
    *(
        Saying(row_type, "remarks", "废重同", _NO_ENTRY, name, stands(name))
        for row_type, name in (
            (WithdrawalRow, "price"),
            (PeriodicalRow, "amount"),
            (CompensationRow, "price"),
            (CashRow, "spent"),
            (CashRow, "received"),
        )
    ),
    Saying(AccessionRow, "remarks", "废重同", _NO_ENTRY, "withdrawn_on", is_blank("withdrawn_on")),
    *(
        Saying(row_type, "remarks", "废重同", _NO_ENTRY, name, always)
        for row_type, name in ((LoanRow, "accession_no"), (StocktakeRow, "accession_no"))
    ),
    Saying(ReaderRow, "remarks", "废", r"(?:此|该|旧)?证?已?作废", "stopped_on", is_blank("stopped_on")),
)
ENTRY_SAYINGS: tuple[Saying, ...] = (*_NO_ENTRIES,)
