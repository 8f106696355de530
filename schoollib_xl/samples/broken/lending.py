"""借阅登记账, 赔偿登记账, readers, classes and helpers (CIR, CMP, RDR, PLB): one small broken example per check."""

from datetime import date, timedelta
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Incident,
    LeavingReason,
    LoanMode,
    LoanOutcome,
    Settlement,
    Source,
    WithdrawalReason,
)
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.samples.broken.rows import (
    BOUGHT,
    CLASS,
    COPY,
    DAMAGED,
    GONE,
    INCIDENT,
    LOAN,
    MONDAYS,
    NEW_COPY,
    OTHER_CLASS,
    READER,
    REPAIR,
    RETURNED,
    RULE,
    RULED,
    SECOND_COPY,
    SPELLED,
    TEACHER,
    TERM,
    UNKNOWN,
    WITHDRAWAL,
)

_AGAIN = INCIDENT._replace(incident_no="P2025-002")
_BOOK_BROUGHT = INCIDENT._replace(settlement=Settlement.REPLACEMENT, receipt_no=None, replacement_no="000002")
_BROUGHT = NEW_COPY._replace(source=Source.REPLACEMENT)
_LOST_LOAN = LOAN._replace(returned_on=INCIDENT.registered_on, outcome=LoanOutcome.LOST)
_LATER_LOAN = example(LoanRow, loan_no="J000002", lent_on=date(2025, 10, 20), due_on=date(2025, 11, 3))
_WITHDRAWN_EARLY = example(AccessionRow, withdrawn_on=date(2025, 9, 20), withdrawal_no="2025-002")
_DAY_AFTER = date(2026, 1, 24)
_SECOND_INCIDENT = INCIDENT._replace(incident_no="P2025-002", accession_no="000002")
_REPLACED = INCIDENT._replace(
    settlement=Settlement.REPLACEMENT, owed=Decimal("0.00"), paid=None, receipt_no=None, replacement_no="000002"
)
_REPAIRED = INCIDENT._replace(
    incident=Incident.DAMAGED, settlement=Settlement.REPAIR, owed=Decimal("0.00"), paid=None, receipt_no=None
)
_HELPER = example(PupilLibrarianRow)

EXAMPLES = {
    "CIR001": Example((example(LoanRow), example(LoanRow, accession_no="000002"))),
    "CIR002": Example(tuple(example(LoanRow, loan_no=f"J{at:06}") for at in range(1, 61) if at != 30)),
    "CIR003": Example(
        tuple(example(LoanRow, loan_no="J000220" if at == 22 else f"J{at:06}", line=at + 1) for at in range(1, 31))
    ),
    "CIR101": Example((COPY._replace(accessioned_on=date(2025, 9, 10)), RETURNED)),
    "CIR102": Example((RETURNED._replace(returned_on=date(2025, 9, 1)),)),
    "CIR103": Example((*RULED, RETURNED._replace(due_on=date(2025, 9, 29)))),
    "CIR104": Example((READER._replace(issued_on=date(2025, 9, 15)), RETURNED)),
    "CIR105": Example((READER._replace(stopped_on=date(2025, 9, 8)), RETURNED)),
    "CIR106": Example((LOAN._replace(lent_on=date(2026, 1, 19), due_on=date(2026, 2, 2)),), as_of=_DAY_AFTER),
    "CIR107": Example((RETURNED._replace(returned_on=None),)),
    "CIR108": Example((RETURNED, RETURNED._replace(loan_no="J000002", outcome=None))),
    "CIR109": Example(
        (LOAN._replace(mode=LoanMode.IN_ROOM, returned_on=date(2025, 9, 15), outcome=LoanOutcome.RETURNED),)
    ),
    "CIR110": Example(
        tuple(
            LOAN._replace(line=at + 1, loan_no=f"J{at:06}", lent_on=date(2025, 12 if at == 20 else 9, 8))
            for at in range(1, 61)
        )
    ),
    "CIR113": Example(
        (
            *(
                LOAN._replace(loan_no=f"J{at:06}", lent_on=date(2025, 9, 1) + timedelta(weeks=at))
                for at in range(1, 11)
            ),
            TERM,
        )
    ),
    "CIR112": Example((READER._replace(remarks="2025年6月休学"), LOAN)),
    "CIR111": Example((LOAN._replace(mode=LoanMode.CLASS, lent_on=date(2024, 9, 8), due_on=date(2026, 1, 23)),)),
    "CIR201": Example((*RULED, RETURNED._replace(renewals=2, due_on=date(2025, 10, 20)))),
    "CIR202": Example((*RULED, RETURNED, RETURNED._replace(loan_no="J000002", accession_no="000002"))),
    "CIR203": Example((RETURNED._replace(mode=LoanMode.IN_ROOM, renewals=1),)),
    "CIR301": Example((SECOND_COPY, RETURNED)),
    "CIR302": Example((_WITHDRAWN_EARLY, RETURNED._replace(lent_on=date(2025, 9, 22)))),
    "CIR303": Example((_WITHDRAWN_EARLY, LOAN)),
    "CIR304": Example((COPY, RETURNED, RETURNED._replace(loan_no="J000002", lent_on=date(2025, 9, 15)))),
    "CIR305": Example((READER._replace(reader_no="S0002"), RETURNED)),
    "CIR306": Example((READER, RETURNED._replace(name="林小曼"))),
    "CIR307": Example((CLASS, OTHER_CLASS, READER, RETURNED._replace(class_name="三（2）班"))),
    "CIR308": Example((CLASS, READER, RETURNED._replace(class_name="七（1）班"))),
    "CIR309": Example((CLASS, READER, RETURNED._replace(class_name="三(1)班"))),
    "CIR310": Example((COPY._replace(circulation=Circulation.REFERENCE), RETURNED)),
    "CIR311": Example((COPY, RETURNED._replace(title="草房子"))),
    "CIR312": Example((CLASS, READER, RULE._replace(since=date(2025, 10, 1)), RETURNED)),
    "CIR313": Example((READER, LOAN._replace(mode=LoanMode.CLASS))),
    "CIR314": Example((COPY, _LOST_LOAN, _LATER_LOAN)),
    "CIR315": Example((CLASS._replace(lending=ClassLending.IN_ROOM), READER, LOAN)),
    "CIR316": Example((CLASS, TEACHER, RETURNED._replace(reader_no="T001", name="陈静", class_name="三（9）班"))),
    "CIR351": Example((COPY, _LOST_LOAN)),
    "CIR352": Example((LOAN._replace(remarks="丢了，已赔款"),)),
    "CIR901": Example((READER, TERM, MONDAYS, RETURNED._replace(lent_on=date(2025, 9, 9)))),
    "CIR902": Example((LOAN,), as_of=date(2025, 10, 8)),
    "CMP001": Example((example(CompensationRow), example(CompensationRow, accession_no="000002"))),
    "CMP002": Example(tuple(INCIDENT._replace(incident_no=f"P2025-{at:03}") for at in (1, 2, 3, 4, 6))),
    "CMP003": Example(
        tuple(
            INCIDENT._replace(incident_no=number)
            for number in (*(f"P2025-{at:03}" for at in range(1, 6)), "P4025-006", "P2025-007")
        )
    ),
    "CMP011": Example((INCIDENT._replace(receipt_no=None),)),
    "CMP012": Example((INCIDENT, _SECOND_INCIDENT._replace(reader_no="S0002"))),
    "CMP013": Example((_REPLACED, _REPLACED._replace(incident_no="P2025-002", accession_no="000003"))),
    "CMP014": Example((INCIDENT, _AGAIN)),
    "CMP101": Example((INCIDENT._replace(settled_on=date(2025, 10, 2)),)),
    "CMP102": Example((INCIDENT._replace(refunded_on=date(2025, 10, 16)),)),
    "CMP103": Example((_LATER_LOAN, INCIDENT)),
    "CMP104": Example((_LOST_LOAN, INCIDENT._replace(registered_on=date(2025, 10, 8)))),
    "CMP105": Example((INCIDENT, GONE._replace(withdrawn_on=date(2025, 10, 8)))),
    "CMP106": Example((COPY, _BROUGHT._replace(accessioned_on=date(2025, 9, 1)), _BOOK_BROUGHT)),
    "CMP107": Example(
        (
            INCIDENT._replace(settled_on=date(2026, 1, 20)),
            BOUGHT._replace(voucher_no="SJ0001", received=INCIDENT.paid, spent=None, booked_on=date(2025, 10, 20)),
        )
    ),
    "CMP108": Example((INCIDENT, _AGAIN, INCIDENT._replace(incident_no="P2026-003"))),
    "CMP201": Example((COPY, INCIDENT._replace(price=Decimal("52.00"), owed=Decimal("52.00")))),
    "CMP202": Example((INCIDENT._replace(owed=Decimal("50.00")),)),
    "CMP203": Example((INCIDENT._replace(paid=Decimal("15.00")),)),
    "CMP204": Example((INCIDENT._replace(paid=None, refunded_on=date(2025, 11, 3)),)),
    "CMP205": Example((INCIDENT._replace(settled_on=None),)),
    "CMP301": Example((INCIDENT._replace(accession_no="000010"),)),
    "CMP302": Example((COPY, _LOST_LOAN._replace(reader_no="S0002"), INCIDENT)),
    "CMP303": Example((COPY, LOAN, INCIDENT)),
    "CMP304": Example((COPY, _LOST_LOAN, INCIDENT)),
    "CMP305": Example((COPY, _LOST_LOAN, INCIDENT._replace(withdrawal_no="2026-001"))),
    "CMP306": Example((COPY, INCIDENT._replace(withdrawal_no="2026-010"), WITHDRAWAL)),
    "CMP307": Example((COPY, _REPAIRED, WITHDRAWAL)),
    "CMP308": Example((_REPLACED._replace(replacement_no=None),)),
    "CMP309": Example((COPY, _REPLACED)),
    "CMP310": Example((example(SummaryRow), COPY, NEW_COPY, _REPLACED)),
    "CMP311": Example((READER, INCIDENT._replace(reader_no="S0009"))),
    "CMP312": Example((READER, INCIDENT._replace(name="周小舟"))),
    "CMP313": Example((CLASS, OTHER_CLASS, READER, INCIDENT._replace(class_name="三（2）班"))),
    "CMP314": Example((COPY, INCIDENT._replace(title="草房子"))),
    "CMP315": Example((_BOOK_BROUGHT._replace(replacement_no="000001"),)),
    "CMP316": Example((COPY, _BROUGHT._replace(title="草房子"), _BOOK_BROUGHT)),
    "CMP317": Example((INCIDENT._replace(replacement_no="000002"),)),
    "CMP318": Example((INCIDENT._replace(refunded_on=date(2025, 11, 3)), GONE)),
    "CMP319": Example((INCIDENT, GONE._replace(reason=WithdrawalReason.WEEDED))),
    "CMP320": Example((INCIDENT, _AGAIN._replace(accession_no="000002", withdrawal_no="2026-001"), GONE)),
    "CMP321": Example((COPY, READER, LOAN._replace(reader_no="S0002"), DAMAGED)),
    "CMP322": Example((COPY, REPAIR._replace(accession_no="000009"), DAMAGED._replace(settlement=Settlement.REPAIR))),
    "CMP323": Example(
        (
            DAMAGED._replace(settlement=Settlement.REPAIR, settled_on=INCIDENT.registered_on),
            REPAIR._replace(sent_on=INCIDENT.registered_on),
        )
    ),
    "CMP391": Example((CLASS, READER, example(CompensationRow, class_name=UNKNOWN))),
    "CMP392": Example((CLASS, READER, example(CompensationRow, class_name=SPELLED))),
    "PLB301": Example((READER, _HELPER._replace(reader_no="S0009"))),
    "PLB302": Example((READER._replace(stopped_on=date(2025, 9, 5), stop_reason=LeavingReason.MOVED), _HELPER)),
    "PLB303": Example((CLASS, OTHER_CLASS, READER, _HELPER._replace(class_name="三（2）班"))),
    "PLB304": Example((READER, _HELPER._replace(name="林小曼"))),
    "PLB305": Example((CLASS, READER, _HELPER._replace(class_name=UNKNOWN))),
    "PLB306": Example((CLASS, READER, _HELPER._replace(class_name=SPELLED))),
    "PLB307": Example((TEACHER, _HELPER._replace(reader_no="T001", name="陈静"))),
    "PLB308": Example((example(PupilLibrarianRow), example(PupilLibrarianRow, class_name="三（2）班"))),
    "PLB309": Example(
        (
            *(CLASS, READER, example(PupilLibrarianRow)),
            example(TargetRow, name=TargetName.PUPIL_LIBRARIANS.value, grades=None, value=Decimal(2), unit="名"),
        )
    ),
    "RDR001": Example((example(ReaderRow), example(ReaderRow, name="周小舟"))),
    "RDR002": Example((example(ClassRow), example(ClassRow, class_name="三(1)班"))),
    "RDR003": Example((CLASS, READER, READER._replace(reader_no="S0002"))),
    "RDR004": Example((TEACHER, TEACHER._replace(reader_no="T002"))),
    "RDR101": Example((READER._replace(stopped_on=date(2025, 8, 20), stop_reason=LeavingReason.MOVED),)),
    "RDR102": Example((READER._replace(stop_reason=LeavingReason.MOVED),)),
    "RDR103": Example((READER._replace(stopped_on=date(2026, 1, 5), stop_reason=LeavingReason.LEFT_POST),)),
    "RDR104": Example((CLASS._replace(grade=4),)),
    "RDR106": Example(
        (
            *(CLASS, example(ClassRow, class_name="六（1）班", grade=6)),
            READER._replace(stopped_on=date(2025, 11, 20), stop_reason=LeavingReason.GRADUATED),
        )
    ),
    "RDR107": Example((READER._replace(stopped_on=date(2026, 8, 1)),)),
    "RDR108": Example((CLASS, READER._replace(issued_on=date(2002, 9, 1)))),
    "RDR109": Example((READER._replace(issued_on=date(2026, 9, 1)),)),
    "RDR201": Example((CLASS._replace(pupils=2), READER)),
    "RDR202": Example((CLASS._replace(pupils=0), READER._replace(stopped_on=date(2025, 12, 1)), LOAN)),
    "RDR301": Example((READER._replace(class_name=None),)),
    "RDR302": Example((CLASS, READER._replace(class_name=UNKNOWN))),
    "RDR303": Example((CLASS, READER._replace(class_name=SPELLED))),
    "RDR304": Example(
        (
            CLASS,
            OTHER_CLASS,
            CLASS._replace(class_name="三（3）班", teacher="方启明"),
            TEACHER,
        )
    ),
    "RDR305": Example((CLASS, OTHER_CLASS)),
    "RDR306": Example((CLASS, OTHER_CLASS._replace(teacher="李明"), TEACHER._replace(class_name="三（2）班"))),
}
