"""借阅登记账, 赔偿登记账, readers, classes, rules, targets, hours and turns: one small broken example per check."""

from datetime import date, time
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, DayKind, TurnKind
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Incident,
    LeavingReason,
    LoanOutcome,
    ReaderKind,
    Settlement,
    Weekday,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
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
_INCIDENT = example(CompensationRow)
_SECOND_INCIDENT = _INCIDENT._replace(incident_no="P2025-002", accession_no="000002")
_REPLACED = _INCIDENT._replace(
    settlement=Settlement.REPLACEMENT, owed=Decimal("0.00"), paid=None, receipt_no=None, replacement_no="000002"
)
_REPAIRED = _INCIDENT._replace(
    incident=Incident.DAMAGED, settlement=Settlement.REPAIR, owed=Decimal("0.00"), paid=None, receipt_no=None
)
_NEW_COPY = example(AccessionRow, accession_no="000002", accessioned_on=date(2025, 10, 20))
_LOST_LOAN = _OPEN._replace(returned_on=_INCIDENT.registered_on, outcome=LoanOutcome.LOST)
_WITHDRAWAL = example(WithdrawalRow)
_TEACHER = example(ReaderRow, reader_no="T001", name="陈静", kind=ReaderKind.TEACHER, class_name=None)
_HELPER = example(PupilLibrarianRow)
_UNKNOWN, _SPELLED = "七（1）班", "三(1)班"
_OWING = example(CompensationRule)
_TARGET = example(TargetRow)
_TURN = example(TurnRow)
_READING = example(TurnRow, kind=TurnKind.READING)
_SATURDAY = date(2025, 10, 11)
_MAKE_UP = example(CalendarRow, starts_on=_SATURDAY, ends_on=_SATURDAY, kind=DayKind.MAKE_UP, note=None)
_HOLIDAY = example(
    CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY, note="国庆节"
)

EXAMPLES = {
    "CIR101": Example((_COPY._replace(accessioned_on=date(2025, 9, 10)), _LOAN)),
    "CIR102": Example((_LOAN._replace(returned_on=date(2025, 9, 1)),)),
    "CIR103": Example((*_RULED, _LOAN._replace(due_on=date(2025, 9, 29)))),
    "CIR104": Example((_READER._replace(issued_on=date(2025, 9, 15)), _LOAN)),
    "CIR105": Example((_READER._replace(stopped_on=date(2025, 9, 8)), _LOAN)),
    "CIR106": Example((_OPEN._replace(lent_on=date(2026, 1, 19), due_on=date(2026, 2, 2)),), as_of=_DAY_AFTER),
    "CIR107": Example((_LOAN._replace(returned_on=None),)),
    "CIR108": Example((_LOAN, _LOAN._replace(loan_no="J000002", outcome=None))),
    "CIR110": Example(
        tuple(
            _OPEN._replace(line=at + 1, loan_no=f"J{at:06}", lent_on=date(2025, 12 if at == 20 else 9, 8))
            for at in range(1, 61)
        )
    ),
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
    "CIR316": Example((_CLASS, _TEACHER, _LOAN._replace(reader_no="T001", name="陈静", class_name="三（9）班"))),
    "CIR901": Example((_READER, _TERM, _MONDAYS, _LOAN._replace(lent_on=date(2025, 9, 9)))),
    "CIR902": Example((_OPEN,), as_of=date(2025, 10, 8)),
    "CMP011": Example((_INCIDENT._replace(receipt_no=None),)),
    "CMP012": Example((_INCIDENT, _SECOND_INCIDENT._replace(reader_no="S0002"))),
    "CMP013": Example((_REPLACED, _REPLACED._replace(incident_no="P2025-002", accession_no="000003"))),
    "CMP101": Example((_INCIDENT._replace(settled_on=date(2025, 10, 2)),)),
    "CMP102": Example((_INCIDENT._replace(refunded_on=date(2025, 10, 16)),)),
    "CMP201": Example((_COPY, _INCIDENT._replace(price=Decimal("52.00"), owed=Decimal("52.00")))),
    "CMP202": Example((_INCIDENT._replace(owed=Decimal("50.00")),)),
    "CMP301": Example((_INCIDENT._replace(accession_no="000010"),)),
    "CMP302": Example((_COPY, _LOST_LOAN._replace(reader_no="S0002"), _INCIDENT)),
    "CMP303": Example((_COPY, _OPEN, _INCIDENT)),
    "CMP304": Example((_COPY, _LOST_LOAN, _INCIDENT)),
    "CMP305": Example((_COPY, _LOST_LOAN, _INCIDENT._replace(withdrawal_no="2026-001"))),
    "CMP306": Example((_COPY, _INCIDENT._replace(withdrawal_no="2026-010"), _WITHDRAWAL)),
    "CMP307": Example((_COPY, _REPAIRED, _WITHDRAWAL)),
    "CMP308": Example((_REPLACED._replace(replacement_no=None),)),
    "CMP309": Example((_COPY, _REPLACED)),
    "CMP310": Example((example(SummaryRow), _COPY, _NEW_COPY, _REPLACED)),
    "CIR351": Example((_COPY, _LOST_LOAN)),
    "RDR108": Example((_CLASS, _READER._replace(issued_on=date(2002, 9, 1)))),
    "RDR107": Example((_READER._replace(stopped_on=date(2026, 8, 1)),)),
    "RDR109": Example((_READER._replace(issued_on=date(2026, 9, 1)),)),
    "RDR101": Example((_READER._replace(stopped_on=date(2025, 8, 20), stop_reason=LeavingReason.MOVED),)),
    "RDR102": Example((_READER._replace(stop_reason=LeavingReason.MOVED),)),
    "RDR106": Example(
        (
            *(_CLASS, example(ClassRow, class_name="六（1）班", grade=6)),
            _READER._replace(stopped_on=date(2025, 11, 20), stop_reason=LeavingReason.GRADUATED),
        )
    ),
    "RDR201": Example((_CLASS._replace(pupils=2), _READER)),
    "RDR202": Example((_CLASS._replace(pupils=0), _READER._replace(stopped_on=date(2025, 12, 1)), _OPEN)),
    "RDR301": Example((_READER._replace(class_name=None),)),
    "RDR302": Example((_CLASS, _READER._replace(class_name=_UNKNOWN))),
    "RDR303": Example((_CLASS, _READER._replace(class_name=_SPELLED))),
    "CMP391": Example((_CLASS, _READER, example(CompensationRow, class_name=_UNKNOWN))),
    "CMP392": Example((_CLASS, _READER, example(CompensationRow, class_name=_SPELLED))),
    "QUO303": Example((_CLASS, example(LendingRule, class_name=_UNKNOWN))),
    "QUO304": Example((_CLASS, example(LendingRule, class_name=_SPELLED))),
    "QUO331": Example((_CLASS, example(TurnRow, class_name=_UNKNOWN))),
    "QUO332": Example((_CLASS, example(TurnRow, class_name=_SPELLED))),
    "VIS301": Example((_CLASS, example(VisitRow, class_name=_UNKNOWN))),
    "VIS302": Example((_CLASS, example(VisitRow, class_name="一(1)班"), example(ClassRow, class_name="一（1）班"))),
    "PLB301": Example((_READER, _HELPER._replace(reader_no="S0009"))),
    "PLB302": Example((_READER._replace(stopped_on=date(2025, 9, 5), stop_reason=LeavingReason.MOVED), _HELPER)),
    "PLB303": Example((_CLASS, _OTHER_CLASS, _READER, _HELPER._replace(class_name="三（2）班"))),
    "PLB304": Example((_READER, _HELPER._replace(name="林小曼"))),
    "PLB305": Example((_CLASS, _READER, _HELPER._replace(class_name=_UNKNOWN))),
    "PLB306": Example((_CLASS, _READER, _HELPER._replace(class_name=_SPELLED))),
    "PLB307": Example((_TEACHER, _HELPER._replace(reader_no="T001", name="陈静"))),
    "QUO001": Example((_RULE, _RULE._replace(copies=2))),
    "QUO002": Example((_RULE,)),
    "QUO003": Example((_OWING, _OWING._replace(multiple=_OWING.multiple * 2))),
    "QUO306": Example(
        (
            *_RULED[:2],
            _RULE._replace(days=999),
            *_RULED[3:],
            *(_LOAN._replace(loan_no=f"J{at:06}") for at in range(1, 6)),
        )
    ),
    "QUO307": Example((_RULE, _RULE._replace(reader_kind=ReaderKind.TEACHER, days=300))),
    "QUO031": Example((_TURN, _TURN)),
    "QUO032": Example((example(JobRow), example(JobRow))),
    "QUO121": Example((_TERM, _MONDAYS, _MONDAYS._replace(weekday=Weekday.SUNDAY))),
    "QUO033": Example((_RULE, _RULE)),
    "QUO308": Example((_RULE._replace(renewals=11),)),
    "QUO011": Example((_TARGET._replace(name="生均借书数"),)),
    "QUO012": Example((_TARGET, _TARGET._replace(value=_TARGET.value + 1))),
    "QUO013": Example((_TARGET._replace(grades="高年级"),)),
    "QUO101": Example((_MONDAYS._replace(ends_at=time(11, 0)),)),
    "QUO102": Example((_MONDAYS, _MONDAYS._replace(starts_at=time(12, 0), ends_at=time(13, 0)))),
    "QUO104": Example(
        (
            *(
                opening
                for day in Weekday
                for opening in (
                    _MONDAYS._replace(weekday=day),
                    _MONDAYS._replace(
                        weekday=day,
                        starts_at=time(12, 30 if day is not Weekday.MONDAY else 10),
                        ends_at=time(15, 20),
                        audience=Audience.TEACHERS,
                    ),
                )
            ),
        )
    ),
    "QUO103": Example((_TERM,)),
    "QUO117": Example((_TERM._replace(starts_on=date(2024, 9, 1)),)),
    "QUO111": Example((_TERM, _HOLIDAY._replace(ends_on=date(2025, 9, 8)))),
    "QUO112": Example((_TERM._replace(ends_on=date(2025, 12, 31)),)),
    "QUO113": Example((_TERM, _MAKE_UP)),
    "QUO118": Example((_TERM, _MAKE_UP._replace(follows=Weekday.SATURDAY))),
    "QUO119": Example((_TERM, _HOLIDAY, _HOLIDAY)),
    "QUO116": Example((_TERM, _HOLIDAY._replace(kind=DayKind.SCHOOL))),
    "QUO114": Example((_TERM, _HOLIDAY, _MAKE_UP._replace(starts_on=date(2025, 10, 8), ends_on=date(2025, 10, 8)))),
    "QUO115": Example((_HOLIDAY,)),
    "QUO122": Example((_TERM,)),
    "QUO201": Example((_OWING._replace(whole_set="看情况"),)),
    "QUO301": Example(
        (
            _CLASS,
            example(ReaderRow),
            _RULE._replace(reader_kind=ReaderKind.TEACHER),
        )
    ),
    "QUO305": Example((_CLASS, _RULE._replace(class_name="三（1）班", grade=4))),
    "QUO321": Example((_TURN._replace(ends_at=time(11, 0)),)),
    "QUO328": Example((_TURN, _TURN._replace(line=3, weekday=Weekday.TUESDAY, ends_at=None))),
    "QUO322": Example((_CLASS, _OTHER_CLASS, _TURN)),
    "QUO323": Example((_MONDAYS, _TURN._replace(weekday=Weekday.TUESDAY))),
    "QUO324": Example((_MONDAYS, _TURN._replace(ends_at=time(12, 40)))),
    "QUO325": Example((_READING, _READING._replace(class_name="三（2）班"))),
    "QUO327": Example((_CLASS._replace(lending=ClassLending.IN_ROOM), _TURN)),
    "QUO326": Example((_TURN, _TURN._replace(class_name="三（2）班"))),
    "QUO911": Example((_TARGET._replace(name="教师读书笔记篇数"),)),
    "ACT001": Example((example(ActivityRow), example(ActivityRow))),
    "ACT101": Example((example(ActivityRow, held_on=date(2024, 10, 24)),)),
    "ACT104": Example(
        (
            example(ActivityRow, held_on=date(2025, 12, 24)),
            example(ActivityRow, line=3),
            example(ActivityRow, line=4, held_on=date(2025, 11, 14)),
        )
    ),
    "ACT301": Example(
        (_TARGET._replace(name="阅读笔记展评次数"), example(ActivityRow, kind="阅读笔记展览")),
    ),
    "ACT302": Example((example(ActivityRow, classes="三（9）班"), example(ClassRow))),
    "VIS001": Example((example(VisitRow), example(VisitRow))),
    "VIS102": Example((example(VisitRow, visited_on=date(2025, 9, 13)), example(CalendarRow), example(OpeningRow))),
    "VIS101": Example((example(VisitRow, visited_on=date(2024, 9, 10)),)),
    "VIS103": Example(
        (
            example(VisitRow, visited_on=date(2025, 11, 10)),
            example(VisitRow, line=3),
            example(VisitRow, line=4, visited_on=date(2025, 9, 17)),
        )
    ),
    "VIS303": Example((example(VisitRow, class_name=None),)),
    "CIR001": Example((example(LoanRow), example(LoanRow, accession_no="000002"))),
    "CIR002": Example(tuple(example(LoanRow, loan_no=f"J{at:06}") for at in range(1, 61) if at != 30)),
    "CIR003": Example(
        tuple(example(LoanRow, loan_no="J000220" if at == 22 else f"J{at:06}", line=at + 1) for at in range(1, 31))
    ),
    "CMP002": Example(tuple(_INCIDENT._replace(incident_no=f"P2025-{at:03}") for at in (1, 2, 3, 4, 6))),
    "CMP003": Example(
        tuple(
            _INCIDENT._replace(incident_no=number)
            for number in (*(f"P2025-{at:03}" for at in range(1, 6)), "P4025-006", "P2025-007")
        )
    ),
    "PER002": Example(
        tuple(
            example(PeriodicalRow, periodical_no=number)
            for number in (*(f"BK2025-{at:03}" for at in range(1, 6)), "BK0225-006", "BK2025-007")
        )
    ),
    "CMP001": Example((example(CompensationRow), example(CompensationRow, accession_no="000002"))),
    "PER001": Example((example(PeriodicalRow), example(PeriodicalRow, title="少年文艺"))),
    "RDR001": Example((example(ReaderRow), example(ReaderRow, name="周小舟"))),
    "RDR002": Example((example(ClassRow), example(ClassRow, class_name="三(1)班"))),
}
