"""How far 借阅登记账 has come, beside how far it had come when a line was found in it."""

from functools import cached_property

from pydantic import BaseModel, ConfigDict

from schoollib_xl.desk.request import next_number
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library


class LedgerState(BaseModel):
    """How far 借阅登记账 had come when a line was found in it: its last loan, how many had ended and were renewed. A
    ledger that has not come so far is an older copy or another one, or she has taken something out: only she can tell.
    """

    model_config = ConfigDict(frozen=True)
    loan_no: str
    accession_no: str
    ended: int
    renewals: int


class LedgerNow:
    """借阅登记账 as it stands."""

    def __init__(self, base: Library) -> None:
        self._loans = base[LoanRow].rows

    @cached_property
    def state(self) -> LedgerState:
        """How far it has come."""
        last = self._loans[-1] if self._loans else None
        return LedgerState(
            loan_no=last.loan_no if last else "",
            accession_no=last.accession_no if last else "",
            ended=sum(not loan.is_open for loan in self._loans),
            renewals=sum(loan.renewals or 0 for loan in self._loans),
        )

    @cached_property
    def by_number(self) -> dict[str, LoanRow]:
        """Its loans by 借阅序号."""
        return {loan.loan_no: loan for loan in self._loans}

    def has_lent(self, then: LedgerState) -> bool:
        """Whether it holds the loan that was its last then, or later ones and no other of that number."""
        if last := self.by_number.get(then.loan_no):
            return last.accession_no == then.accession_no
        return next_number([*self.by_number, then.loan_no], "") != next_number([then.loan_no], "")

    def has_ended(self, then: LedgerState) -> bool:
        """Whether as many loans have ended and were renewed as then, and it holds what was lent then."""
        return self.has_lent(then) and self.state.ended >= then.ended and self.state.renewals >= then.renewals
