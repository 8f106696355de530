"""借阅登记账: one small broken example per check."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import Circulation, LoanOutcome
from schoollib_xl.samples.broken.example import Example

_COPY = example(AccessionRow)
_OTHER_COPY = example(AccessionRow, accession_no="000002")
_WITHDRAWN = example(AccessionRow, withdrawn_on=date(2025, 9, 20), withdrawal_no="2025-002")
_READER = example(ReaderRow)
_CLASS = example(ClassRow)
_OTHER_CLASS = example(ClassRow, class_name="三（2）班")
_RULE = example(LendingRule)
_TERM = example(CalendarRow)
_MONDAYS = example(OpeningRow)
_LOAN = example(LoanRow, returned_on=date(2025, 9, 22), outcome=LoanOutcome.RETURNED)
_OPEN = example(LoanRow)
_RULED = (_CLASS, _READER, _RULE, _TERM, _MONDAYS)
_DAY_AFTER = date(2026, 1, 24)

EXAMPLES = {
    "CIR101": Example((_COPY._replace(accessioned_on=date(2025, 9, 10)), _LOAN)),
    "CIR102": Example((_LOAN._replace(returned_on=date(2025, 9, 1)),)),
    "CIR103": Example((*_RULED, _LOAN._replace(due_on=date(2025, 9, 29)))),
    "CIR104": Example((_READER._replace(issued_on=date(2025, 9, 15)), _LOAN)),
    "CIR105": Example((_READER._replace(stopped_on=date(2025, 9, 8)), _LOAN)),
    "CIR106": Example((_OPEN._replace(lent_on=date(2026, 1, 19), due_on=date(2026, 2, 2)),), as_of=_DAY_AFTER),
    "CIR107": Example((_LOAN._replace(returned_on=None),)),
    "CIR108": Example((_LOAN, _LOAN._replace(loan_no="J000002", outcome=None))),
    "CIR201": Example((*_RULED, _LOAN._replace(renewals=2, due_on=date(2025, 10, 20)))),
    "CIR202": Example((*_RULED, _LOAN, _LOAN._replace(loan_no="J000002", accession_no="000002"))),
    "CIR301": Example((_OTHER_COPY, _LOAN)),
    "CIR302": Example((_WITHDRAWN, _LOAN._replace(lent_on=date(2025, 9, 22)))),
    "CIR303": Example((_WITHDRAWN, _OPEN)),
    "CIR304": Example((_COPY, _LOAN, _LOAN._replace(loan_no="J000002", lent_on=date(2025, 9, 15)))),
    "CIR305": Example((_READER._replace(reader_no="S0002"), _LOAN)),
    "CIR306": Example((_READER, _LOAN._replace(name="林小曼"))),
    "CIR307": Example((_CLASS, _OTHER_CLASS, _READER, _LOAN._replace(class_name="三（2）班"))),
    "CIR308": Example((_CLASS, _READER, _LOAN._replace(class_name="七（1）班"))),
    "CIR309": Example((_CLASS, _READER, _LOAN._replace(class_name="三(1)班"))),
    "CIR310": Example((_COPY._replace(circulation=Circulation.REFERENCE), _LOAN)),
    "CIR311": Example((_COPY, _LOAN._replace(title="草房子"))),
    "CIR312": Example((_CLASS, _READER, _RULE._replace(since=date(2025, 10, 1)), _LOAN)),
    "CIR901": Example((_READER, _TERM, _MONDAYS, _LOAN._replace(lent_on=date(2025, 9, 9)))),
    "CIR902": Example((_OPEN,), as_of=date(2025, 10, 8)),
}
