"""The rows that examples of several files start from."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome, ReaderKind, Source, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

INCIDENT = example(CompensationRow)
DAMAGED = INCIDENT._replace(incident=Incident.DAMAGED)
COPY = example(AccessionRow)
NEW_COPY = example(AccessionRow, accession_no="000002", accessioned_on=date(2025, 10, 20))
LOAN = example(LoanRow)
GONE = example(WithdrawalRow, reason=WithdrawalReason.LOST)
READER = example(ReaderRow)
TEACHER = example(ReaderRow, reader_no="T001", name="陈静", kind=ReaderKind.TEACHER, class_name=None)
CLASS = example(ClassRow)
OTHER_CLASS = example(ClassRow, class_name="三（2）班")
BATCH = example(SummaryRow)
PAPER = example(PeriodicalRow)
BINDING = COPY._replace(title="儿童文学合订本", source=Source.BINDING, accessioned_on=date(2026, 1, 20))
REPAIR = example(RepairRow)
BOUGHT = example(CashRow)
ISBN = "9787020024759"
SECOND_COPY = example(AccessionRow, accession_no="000002")
RULE = example(LendingRule)
TERM = example(CalendarRow)
MONDAYS = example(OpeningRow)
RETURNED = example(LoanRow, returned_on=date(2025, 9, 22), outcome=LoanOutcome.RETURNED)
RULED = (CLASS, READER, RULE, TERM, MONDAYS)
WITHDRAWAL = example(WithdrawalRow)
UNKNOWN = "七（1）班"
SPELLED = "三(1)班"
SHORT_PAPER = example(PeriodicalRow, received_issues=4)
