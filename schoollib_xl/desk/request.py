"""What is asked at the desk, and the reader, the copy and the loan it is about."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import DEFAULT_WIDTH
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.stock import is_out


class Act(StrEnum):
    """What can be done with a copy at the desk."""

    LEND = "借出"
    RETURN = "归还"
    RENEW = "续借"
    LOSE = "遗失"
    WITHDRAW = "注销"


@dataclass(frozen=True)
class Request:
    """What was scanned or typed: a 读者证号, a 个别登记号 or 条码号, and what is to be done. Without an act, a copy
    that is out is returned and any other is lent.
    """

    library: Library
    day: date
    reader_no: str
    copy_no: str
    wanted: Act | None = None

    @cached_property
    def reader(self) -> ReaderRow | None:
        return self.library.readers.get(self.reader_no)

    @cached_property
    def copy(self) -> AccessionRow | None:
        """The copy of this number; zeros that were not typed and barcodes are understood."""
        width = self.library.school.accession_width or DEFAULT_WIDTH
        copies = self.library.copies
        by_number = copies.get(self.copy_no) or copies.get(self.copy_no.zfill(width))
        return by_number or next((copy for copy in copies.values() if copy.barcode == self.copy_no), None)

    @cached_property
    def loan(self) -> LoanRow | None:
        """The loan the copy is out on."""
        loans = self.library.loans_by_copy.get(self.copy.accession_no, []) if self.copy else []
        return next((loan for loan in reversed(loans) if is_out(loan, self.day)), None)

    @property
    def act(self) -> Act:
        return self.wanted or (Act.RETURN if self.loan else Act.LEND)
