"""What is asked at the desk, and the reader, the copy and the loan it is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import R
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.basis.stock import is_out
from schoollib_xl.rules.copy_numbers import CopyNumbers

NUMBERED = re.compile(r"(.*?)(\d+)")


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
    that is out is returned and any other is lent. `today` is the last day anything can be entered for; None where
    nobody asks. `now` is the day of the computer: a desk that is opened for an earlier one knows what came after.
    """

    library: Library
    day: date
    reader_no: str
    copy_no: str
    wanted: Act | None = None
    today: date | None = None
    now: date | None = None

    @cached_property
    def reader(self) -> ReaderRow | None:
        return self.library.readers.get(self.reader_no)

    @cached_property
    def copies(self) -> tuple[AccessionRow, ...]:
        """The copies this number may mean; several where one 条码号 is on several copies. Zeros that were not typed and
        barcodes are understood.
        """
        meant = self.library.derive(CopyNumbers).of(self.copy_no)
        return tuple(self.library.copies[number] for number in meant)

    @property
    def copy(self) -> AccessionRow | None:
        """The copy of this number; None also where it may be one of several."""
        return self.copies[0] if len(self.copies) == 1 else None

    @cached_property
    def loans(self) -> tuple[LoanRow, ...]:
        """The loans the copy is out on, the newest first: on the day, else now, which are then later ones. Several
        where it was lent anew though nobody had entered its return.
        """
        loans = self.library.loans_by_copy.get(self.copy.accession_no, []) if self.copy else []
        on_the_day = tuple(loan for loan in reversed(loans) if is_out(loan, self.day))
        return on_the_day or tuple(loan for loan in reversed(loans) if loan.is_open)

    @property
    def loan(self) -> LoanRow | None:
        """Of the loans the copy is out on that of the reader, else the newest."""
        own = (loan for loan in self.loans if loan.reader_no == self.reader_no)
        return next(own, None) or next(iter(self.loans), None)

    @property
    def last_day(self) -> date:
        """The day until which a back-dated entry must agree with the books."""
        return max(self.day, self.today or self.day, self.now or self.day)

    @property
    def act(self) -> Act:
        return self.wanted or (Act.RETURN if self.loan else Act.LEND)


def next_line(library: Library, row_type: type[R]) -> int:
    """The line below the last one with anything in it; below the header where there is none."""
    table = library[row_type]
    header = table.place(0)[1] if table.present else 1
    used = [row.line for row in table.rows[-1:]]
    used += [row.line for row in table.incomplete]
    used += [odd.line for odd in table.oddities]
    return max([header, *used]) + 1


def next_number(numbers: Iterable[str], otherwise: str) -> str:
    """The number after the last one, in its own manner: J000123 → J000124; `otherwise` where there is none."""
    numbered = [match for match in map(NUMBERED.fullmatch, numbers) if match]
    if not numbered:
        return otherwise
    prefix = numbered[-1][1]
    last = max((match for match in numbered if match[1] == prefix), key=lambda match: int(match[2]))
    return f"{prefix}{int(last[2]) + 1:0{len(last[2])}}"
