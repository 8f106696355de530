"""班级, 读者名册, 学生管理员 and class names wherever they are written: one defect per check."""

from datetime import date, timedelta

from checks.books import Books
from checks.seeding import again, first, wrong
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import JobRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind

_DAY = timedelta(days=1)
_NOWHERE = "七（1）班"


def _quiet_pupil(books: Books) -> ReaderRow:
    """A pupil who has borrowed nothing and helps nobody."""
    busy = {loan.reader_no for loan in books.rows(LoanRow)} | {row.reader_no for row in books.rows(PupilLibrarianRow)}
    return books.first(ReaderRow, lambda row: row.kind is ReaderKind.PUPIL and row.reader_no not in busy)


def other_number_of_pupil_librarians(books: Books) -> list[str]:
    first, second = books.rows(PupilLibrarianRow)[:2]
    books.drop(second)
    job = books.first(JobRow, lambda row: "管理员" in row.task)
    return [books.at("PLB309", first, "class_name"), books.at("ACT108", job, "done")]


def stopped_before_issued(books: Books) -> list[str]:
    """A card that is no longer in use, so that the class lacks a pupil as well."""
    row = _quiet_pupil(books)
    row = books.edit(row, stopped_on=row.issued_on - _DAY, stop_reason=LeavingReason.MOVED)
    own = books.first(ClassRow, lambda one: one.class_name == row.class_name)
    return [books.at("RDR101", row, "stopped_on"), books.at("RDR201", own, "pupils")]


def class_without_pupils_borrowed(books: Books) -> list[str]:
    row = books.first(ClassRow, lambda one: one.lending is ClassLending.PERSONAL)
    row = books.edit(row, pupils=0)
    for reader in books.rows(ReaderRow):
        if reader.class_name == row.class_name and reader.kind is ReaderKind.PUPIL and not reader.stopped_on:
            books.edit(reader, stopped_on=date(2026, 7, 3), stop_reason=LeavingReason.MOVED)
    return [books.at("RDR202", row, "pupils")]


def reader_without_rule(books: Books) -> list[str]:
    """The rule for everyone begins only after the books are closed: neither readers nor loans have one."""
    rule = books.first(LendingRule, lambda rule: rule.reader_kind is None and rule.grade is None)
    loan = books.first(
        LoanRow,
        lambda loan: (
            loan.is_personal and loan.reader_no.startswith("S") and loan.class_name[:1] in ("一", "二", "三", "四")
        ),
    )
    books.edit(rule, since=date(2026, 8, 1))
    return [books.at("CIR312", loan, "lent_on"), books.at("QUO301", books.first(ReaderRow), "reader_no")]


def inactive_pupil_librarian(books: Books) -> list[str]:
    row = books.first(PupilLibrarianRow)
    reader = books.first(ReaderRow, lambda reader: reader.reader_no == row.reader_no)
    row = books.edit(row, appointed_on=reader.issued_on - _DAY)
    return [books.at("PLB302", row, "reader_no")]


def pupil_librarian_of_another_class(books: Books) -> list[str]:
    row = books.edit(books.first(PupilLibrarianRow), class_name=books.rows(ClassRow)[-1].class_name)
    return [books.at("PLB303", row, "class_name")]


def pupil_librarian_is_no_pupil(books: Books) -> list[str]:
    teacher = books.first(ReaderRow, lambda row: row.kind is ReaderKind.TEACHER)
    row = books.edit(books.first(PupilLibrarianRow), reader_no=teacher.reader_no, name=teacher.name)
    return [books.at("PLB307", row, "reader_no")]


wrong("RDR108", _quiet_pupil, issued_on=date(2002, 9, 1))
wrong("RDR109", _quiet_pupil, issued_on=date(2027, 9, 1))
wrong("RDR107", _quiet_pupil, stopped_on=date(2027, 7, 10))
wrong("RDR102", _quiet_pupil, "stopped_on", stop_reason=LeavingReason.MOVED)
wrong("RDR106", _quiet_pupil, "stop_reason", stopped_on=date(2026, 7, 3), stop_reason=LeavingReason.GRADUATED)
wrong("RDR201", first(ClassRow), pupils=lambda row: row.pupils + 1)
wrong("RDR301", _quiet_pupil, class_name=None)

wrong("PLB301", first(PupilLibrarianRow), reader_no="S9999")
wrong("PLB304", first(PupilLibrarianRow), name="林小满")
for _row_type, _unknown, _spelled in (
    *((ReaderRow, "RDR302", "RDR303"), (CompensationRow, "CMP391", "CMP392"), (LendingRule, "", "QUO304")),
    *((TurnRow, "QUO331", "QUO332"), (VisitRow, "VIS301", "VIS302"), (PupilLibrarianRow, "PLB305", "PLB306")),
):
    _pick = _quiet_pupil if _row_type is ReaderRow else first(_row_type, lambda row: row.class_name is not None)
    if _unknown:
        wrong(_unknown, _pick, class_name=_NOWHERE)
    wrong(_spelled, _pick, class_name=lambda row: row.class_name.replace("（", "(").replace("）", ")"))
again("QUO303", first(LendingRule), "class_name", class_name=_NOWHERE)


def one_pupil_with_two_cards(books: Books) -> list[str]:
    reader = books.first(ReaderRow)
    row = books.add(reader._replace(reader_no="S0999"))
    held = books.first(ClassRow, lambda one: one.class_name == reader.class_name)
    return [books.at("RDR003", row, "reader_no"), books.at("RDR201", held, "pupils")]


def one_teacher_with_two_cards(books: Books) -> list[str]:
    teacher = books.last(ReaderRow, lambda row: row.kind is ReaderKind.TEACHER)
    return [books.at("RDR004", books.add(teacher._replace(reader_no="T0999")), "reader_no")]


def teacher_of_two_classes(books: Books) -> list[str]:
    one, other = books.rows(ClassRow)[:2]
    return [books.at("RDR305", books.edit(other, teacher=one.teacher), "teacher")]


def pupil_librarian_twice(books: Books) -> list[str]:
    row = books.add(books.rows(PupilLibrarianRow)[0])
    job = books.first(JobRow, lambda row: "管理员" in row.task)
    return [books.at("PLB308", row, "reader_no"), books.at("ACT108", job, "done")]


wrong("RDR306", first(ReaderRow, kind=ReaderKind.TEACHER), class_name="五（2）班")
wrong("RDR103", first(ReaderRow, stop_reason=LeavingReason.MOVED), stop_reason=LeavingReason.LEFT_POST)
wrong("RDR104", first(ClassRow), grade=2)
wrong("RDR304", first(ClassRow), teacher="无此人")
