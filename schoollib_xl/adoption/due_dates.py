"""Due dates of loans whose lists have none, by the lending rules in force when they were lent."""

from datetime import date

from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.transforms import DUE_BY_RULE
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.rules.lending import LoanTerms

_WHERE = SourceRow("", "借阅登记账", 0)


def with_due_dates(ledger_set: LedgerSet, as_of: date, journal: Journal) -> list[LoanRow]:
    """The loans of the set of ledgers, each with a due date where a rule says one."""
    loans: list[LoanRow] = ledger_set.rows.get(LoanRow, [])
    if all(loan.due_on for loan in loans):
        return loans
    terms = LoanTerms(ledger_set.library(as_of))
    return [loan if loan.due_on else _with_due_date(loan, terms, journal) for loan in loans]


def _with_due_date(loan: LoanRow, terms: LoanTerms, journal: Journal) -> LoanRow:
    due_on = terms.due_on(loan)
    if due_on is None:
        return loan
    journal.did(DUE_BY_RULE, _WHERE._replace(row=loan.line), "应还日期", "", due_on.isoformat())
    return loan._replace(due_on=due_on)
