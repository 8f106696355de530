"""催还单, 未达标名单, 赔偿通知: papers for class teachers and readers; these alone hold names."""

from dataclasses import dataclass
from typing import Annotated

from schoollib_xl.documents.filling.blanks import Blank
from schoollib_xl.documents.papers.plan import SignedPaper
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, TargetRow


@dataclass(frozen=True, kw_only=True)
class ClassNotice(SignedPaper):
    """A paper about one class, for its class teacher only."""

    class_name: Annotated[str, Blank.of(ClassRow, "class_name")]
    teacher: Annotated[str, Blank.of(ClassRow, "teacher")]
    cut_off: Annotated[str, Blank.of(School, "cut_off")]
    remarks: Annotated[str, Blank("备注")] = ""


@dataclass(frozen=True)
class OverdueLine:
    """One copy that should have come back."""

    reader_no: Annotated[str, Blank.of(LoanRow, "reader_no")]
    name: Annotated[str, Blank.of(LoanRow, "name")]
    title: Annotated[str, Blank.of(LoanRow, "title")]
    accession_no: Annotated[str, Blank.of(LoanRow, "accession_no")]
    lent_on: Annotated[str, Blank.of(LoanRow, "lent_on")]
    due_on: Annotated[str, Blank.of(LoanRow, "due_on")]
    days: Annotated[str, Blank("逾期天数")]


@dataclass(frozen=True, kw_only=True)
class OverdueNotice(ClassNotice):
    """催还单: one class's overdue copies, for the class teacher only."""

    count: Annotated[str, Blank("册数")]
    return_by: Annotated[str, Blank("归还期限")]
    loans: Annotated[tuple[OverdueLine, ...], Blank("逾期")]


@dataclass(frozen=True)
class BehindPupil:
    """One pupil who has borrowed less than the target."""

    reader_no: Annotated[str, Blank.of(ReaderRow, "reader_no")]
    name: Annotated[str, Blank.of(ReaderRow, "name")]
    loans: Annotated[str, Blank("已借")]
    gap: Annotated[str, Blank("还差")]


@dataclass(frozen=True, kw_only=True)
class BehindNotice(ClassNotice):
    """未达标名单: one class's pupils below the target, for the class teacher only."""

    target: Annotated[str, Blank.of(TargetRow, "name")]
    count: Annotated[str, Blank("人数")]
    reminder: Annotated[str, Blank("提醒")]
    pupils: Annotated[tuple[BehindPupil, ...], Blank("名单")]


@dataclass(frozen=True, kw_only=True)
class CompensationNotice(SignedPaper):
    """赔偿通知: what one reader owes for one copy, and why."""

    number: Annotated[str, Blank.of(CompensationRow, "incident_no")]
    class_name: Annotated[str, Blank.of(CompensationRow, "class_name")]
    name: Annotated[str, Blank.of(CompensationRow, "name")]
    reader_no: Annotated[str, Blank.of(CompensationRow, "reader_no")]
    title: Annotated[str, Blank.of(CompensationRow, "title")]
    accession_no: Annotated[str, Blank.of(CompensationRow, "accession_no")]
    price: Annotated[str, Blank.of(CompensationRow, "price")]
    kind: Annotated[str, Blank.of(CompensationRow, "incident")]
    settlement: Annotated[str, Blank.of(CompensationRow, "settlement")]
    owed: Annotated[str, Blank.of(CompensationRow, "owed")]
    basis: Annotated[str, Blank.of(CompensationRule, "basis")]
    registered_on: Annotated[str, Blank.of(CompensationRow, "registered_on")]
    remarks: Annotated[str, Blank("备注")] = ""
