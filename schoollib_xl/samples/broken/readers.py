"""班级, 读者名册, 学生管理员 and the classes other sheets name: one small broken example per check."""

from datetime import date

from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind
from schoollib_xl.samples.broken.example import Example

_CLASS = example(ClassRow)
_OTHER_CLASS = example(ClassRow, class_name="三（2）班")
_READER = example(ReaderRow)
_TEACHER = example(ReaderRow, reader_no="T001", name="陈静", kind=ReaderKind.TEACHER, class_name=None)
_HELPER = example(PupilLibrarianRow)
_UNKNOWN, _SPELLED = "七（1）班", "三(1)班"

EXAMPLES = {
    "RDR107": Example((_READER._replace(stopped_on=date(2026, 8, 1)),)),
    "RDR101": Example((_READER._replace(stopped_on=date(2025, 8, 20), stop_reason=LeavingReason.MOVED),)),
    "RDR102": Example((_READER._replace(stop_reason=LeavingReason.MOVED),)),
    "RDR106": Example(
        (
            *(_CLASS, example(ClassRow, class_name="六（1）班", grade=6)),
            _READER._replace(stopped_on=date(2025, 11, 20), stop_reason=LeavingReason.GRADUATED),
        )
    ),
    "RDR201": Example((_CLASS._replace(pupils=2), _READER)),
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
}
