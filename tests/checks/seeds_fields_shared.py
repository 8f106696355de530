"""Fields that two books hold, and words that do not fit each other: one defect in the clean school per check."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from checks.books import Books
from checks.seeding import SEEDS, again, first, last, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, TurnRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, DayKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import (
    Frequency,
    Incident,
    LeavingReason,
    LoanMode,
    LoanOutcome,
    PeriodicalKind,
    ReaderKind,
    Settlement,
    SourceOrDestination,
    Weekday,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


def _paid(books: Books) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.settlement is Settlement.PAYMENT)


def _replaced(books: Books) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.settlement is Settlement.REPLACEMENT)


def _repaired(books: Books) -> CompensationRow:
    return books.first(CompensationRow, lambda row: row.settlement is Settlement.REPAIR)


def _batch(batch_no: str) -> Callable[[Books], SummaryRow]:
    return lambda books: books.first(SummaryRow, lambda row: row.batch_no == batch_no)


def _loan_of(books: Books, row: CompensationRow) -> LoanRow:
    return books.first(LoanRow, lambda loan: loan.accession_no == row.accession_no and loan.outcome is LoanOutcome.LOST)


def _copy(books: Books, number: str | None) -> AccessionRow:
    return books.first(AccessionRow, lambda copy: copy.accession_no == number)


def _gone(books: Books, row: CompensationRow) -> WithdrawalRow:
    return books.first(WithdrawalRow, lambda gone: gone.accession_no == row.accession_no)


def incident_entered_twice(books: Books) -> list[str]:
    first = _replaced(books)
    number = f"P{first.registered_on.year}-099"
    row = books.add(first._replace(incident_no=number, replacement_no=None, settled_on=None))
    return [books.at("CMP014", row, "accession_no"), books.at("CMP002", row, "incident_no")]


def registered_before_lent(books: Books) -> list[str]:
    row = _paid(books)
    loan = _loan_of(books, row)
    row = books.edit(row, registered_on=loan.lent_on - 2 * _DAY)
    return [books.at("CMP103", row, "registered_on"), books.at("CMP302", row, "accession_no")]


def registered_after_withdrawal(books: Books) -> list[str]:
    row = books.first(CompensationRow, lambda row: row.incident is Incident.DAMAGED and row.withdrawal_no is not None)
    row = books.edit(row, registered_on=date(2026, 7, 1), settled_on=date(2026, 7, 2))
    cash = books.first(CashRow, lambda cash: cash.voucher_no == row.receipt_no)
    return [books.at("CMP105", row, "registered_on"), books.at("CSH101", cash, "booked_on")]


def replacement_came_first(books: Books) -> list[str]:
    row = _replaced(books)
    day = _copy(books, row.replacement_no).accessioned_on + _DAY
    row = books.edit(row, registered_on=day, settled_on=day)
    return [books.at("CMP106", row, "replacement_no"), books.at("CMP104", row, "registered_on")]


def name_differs(books: Books) -> list[str]:
    row = _paid(books)
    return [books.at("CMP312", books.edit(row, name=_repaired(books).name), "name")]


def class_differs(books: Books) -> list[str]:
    row = _paid(books)
    return [books.at("CMP313", books.edit(row, class_name=_repaired(books).class_name), "class_name")]


def replaced_by_another_title(books: Books) -> list[str]:
    row = books.last(CompensationRow, lambda row: row.replacement_no is not None)
    books.edit(_copy(books, row.replacement_no), title="新来的书", isbn=None)
    return [books.at("CMP316", row, "replacement_no")]


def refunded_but_written_off(books: Books) -> list[str]:
    row = _paid(books)
    assert row.settled_on is not None
    row = books.edit(row, refunded_on=row.settled_on + _DAY)
    return [books.at("CMP318", row, "refunded_on"), books.at("CSH304", row, "refunded_on")]


def lost_but_gone_otherwise(books: Books) -> list[str]:
    row = _paid(books)
    gone = books.edit(_gone(books, row), reason=WithdrawalReason.WEEDED)
    return [books.at("CMP319", row, "incident"), books.at("SUM356", gone, "reason")]


def damaged_but_never_lent(books: Books) -> list[str]:
    row, other = _repaired(books), _paid(books)
    row = books.edit(row, reader_no=other.reader_no, name=other.name, class_name=other.class_name)
    return [books.at("CMP321", row, "reader_no")]


def mended_without_repair(books: Books) -> list[str]:
    row = _repaired(books)
    books.drop(books.first(RepairRow, lambda repair: repair.accession_no == row.accession_no))
    return [books.at("CMP322", row, "settlement")]


def another_copy_mended(books: Books) -> list[str]:
    """The number of a copy that nobody reported and nobody has borrowed since stands in 修补登记."""
    row = _repaired(books)
    repair = books.first(RepairRow, lambda repair: repair.accession_no == row.accession_no)
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    gone = {copy.accession_no for copy in books.rows(AccessionRow) if copy.withdrawn_on}
    other = books.first(AccessionRow, lambda copy: copy.accession_no not in lent | gone)
    return [books.at("RPR305", books.edit(repair, accession_no=other.accession_no), "accession_no")]


def isbn_of_two_titles(books: Books) -> list[str]:
    one = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    other = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-003" and copy.title != one.title)
    one = books.edit(one, isbn=other.isbn)
    return [books.at("ACC015", one, "title"), books.at("SUM303", _batch("2025-002")(books), "titles")]


def isbn_of_another_length(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    twins = [one for one in books.rows(AccessionRow) if (one.title, one.isbn) == (copy.title, copy.isbn)]
    edited = [books.edit(one, isbn="978708364243") for one in twins]
    return [books.at("ACC016", edited[0], "isbn")]


def isbn_described_two_ways(books: Books) -> list[str]:
    times = Counter(copy.isbn for copy in books.rows(AccessionRow))
    copy = books.last(AccessionRow, lambda copy: copy.isbn is not None and times[copy.isbn] > 2)
    return [books.at("ACC017", books.edit(copy, publisher="别的书局"), "publisher")]


def registered_long_after_batch(books: Books) -> list[str]:
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002" and copy.accession_no not in lent)
    copy = books.edit(copy, accessioned_on=copy.accessioned_on + timedelta(days=200))
    return [books.at("ACC102", copy, "accessioned_on")]


def replacement_of_nothing(books: Books) -> list[str]:
    row = _replaced(books)
    copy = _copy(books, row.replacement_no)
    paid = {"settlement": Settlement.PAYMENT, "owed": row.price, "paid": row.price, "receipt_no": "SJ2025-099"}
    row = books.edit(row, replacement_no=None, **paid)
    return [books.at("ACC311", copy, "source"), books.at("CSH313", row, "receipt_no")]


def bound_from_nothing(books: Books) -> list[str]:
    row = books.first(PeriodicalRow, lambda row: row.bound_volumes is not None)
    numbers = (row.first_bound_no, row.last_bound_no)
    books.edit(row, bound_volumes=None, first_bound_no=None, last_bound_no=None)
    return [books.at("ACC312", copy, "source") for copy in books.rows(AccessionRow) if copy.accession_no in numbers]


def book_no_differs_within_title(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002")
    twins = [one for one in books.rows(AccessionRow) if (one.title, one.isbn) == (copy.title, copy.isbn)]
    assert len(twins) > 2
    return [books.at("ACC905", books.edit(twins[-1], book_no="99"), "book_no")]


def _one_of_three(books: Books) -> AccessionRow:
    """A copy of which the school has two more."""
    of_title = Counter((copy.title, copy.isbn) for copy in books.rows(AccessionRow))
    return books.first(AccessionRow, lambda copy: bool(copy.isbn) and of_title[copy.title, copy.isbn] > 2)


def _second_paper(books: Books) -> PeriodicalRow:
    first = books.rows(PeriodicalRow)[0]
    return books.last(PeriodicalRow, lambda row: row.title == first.title)


def code_of_two_titles(books: Books) -> list[str]:
    papers = books.rows(PeriodicalRow)
    row = books.edit(papers[1], cn=papers[0].cn)
    later = books.last(PeriodicalRow, lambda paper: paper.title == row.title)
    return [books.at("PER017", row, "cn"), books.at("PER018", later, "cn")]


def periods_overlap(books: Books) -> list[str]:
    row = _second_paper(books)
    row = books.edit(row, starts_on=date(2025, 12, 1), voucher_no=None)
    cash = books.first(CashRow, lambda cash: cash.voucher_no == "YZ20251210")
    return [books.at("PER102", row, "starts_on"), books.at("CSH302", cash, "spent")]


def bound_volume_of_another_title(books: Books) -> list[str]:
    """The bound volumes of two magazines, swapped."""
    one, other = [row for row in books.rows(PeriodicalRow) if row.bound_volumes][:2]
    one, other = (
        books.edit(row, first_bound_no=swapped.first_bound_no, last_bound_no=swapped.last_bound_no)
        for row, swapped in ((one, other), (other, one))
    )
    return [books.at("PER304", row, "first_bound_no") for row in (one, other)]


def bound_before_the_first_issue(books: Books) -> list[str]:
    """The number of the first term's volumes stands beside the second term's issues."""
    first = books.first(PeriodicalRow, lambda row: row.bound_volumes is not None)
    row = books.last(PeriodicalRow, lambda row: row.title == first.title)
    numbers = {"first_bound_no": first.first_bound_no, "last_bound_no": first.last_bound_no}
    row = books.edit(row, starts_on=date(2026, 2, 1), **numbers)
    return [books.at("PER305", row, "first_bound_no"), books.at("PER213", row, "starts_on")]


def class_loan_to_pupil(books: Books) -> list[str]:
    loan = books.first(LoanRow, lambda loan: loan.mode is LoanMode.CLASS)
    pupil = books.first(ReaderRow, lambda reader: reader.kind is ReaderKind.PUPIL)
    loan = books.edit(loan, reader_no=pupil.reader_no, name=pupil.name, class_name=pupil.class_name)
    return [books.at("CIR313", loan, "mode")]


def lent_after_loss(books: Books) -> list[str]:
    """A copy written off as weeded is marked lost in an old loan, and was lent after that."""
    loans: dict[str, list[LoanRow]] = {}
    for loan in books.rows(LoanRow):
        loans.setdefault(loan.accession_no, []).append(loan)
    first, later, *_ = next(group for group in loans.values() if len(group) > 1 and group[0].mode is LoanMode.PERSONAL)
    first = books.edit(first, outcome=LoanOutcome.LOST)
    return [books.at("CIR314", later, "accession_no"), books.at("CIR351", first, "outcome")]


def sent_before_accession(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.batch_no == "2026-011")
    row = books.add(books.rows(RepairRow)[0]._replace(accession_no=copy.accession_no))
    return [books.at("RPR103", row, "sent_on")]


def lent_while_mended(books: Books) -> list[str]:
    loan = books.first(LoanRow, lambda loan: loan.mode is LoanMode.PERSONAL and loan.returned_on is not None)
    row = books.rows(RepairRow)[0]
    row = books.add(row._replace(accession_no=loan.accession_no, sent_on=loan.lent_on, reshelved_on=loan.returned_on))
    return [books.at("RPR303", row, "accession_no")]


def on_the_shelf_while_mended(books: Books) -> list[str]:
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    row = books.first(RepairRow, lambda row: row.reshelved_on is not None and row.accession_no not in lent)
    return [books.at("RPR304", books.edit(row, reshelved_on=None), "reshelved_on")]


def _target(name: str) -> Callable[[Books], TargetRow]:
    return lambda books: books.first(TargetRow, lambda row: row.name == name)


def entry_of_no_ledger(books: Books) -> list[str]:
    last = books.rows(CashRow)[-1]
    bill = {"voucher_no": "FP20260501", "received": None, "spent": Decimal("100.00")}
    row = books.add(last._replace(summary="购图书", balance=(last.balance or 0) - Decimal("100.00"), **bill))
    return [books.at("CSH314", row, "voucher_no")]


def one_pupil_with_two_cards(books: Books) -> list[str]:
    reader = books.first(ReaderRow)
    row = books.add(reader._replace(reader_no="S0999"))
    held = books.first(ClassRow, lambda one: one.class_name == reader.class_name)
    return [books.at("RDR003", row, "reader_no"), books.at("RDR201", held, "pupils")]


def teacher_of_two_classes(books: Books) -> list[str]:
    one, other = books.rows(ClassRow)[:2]
    return [books.at("RDR305", books.edit(other, teacher=one.teacher), "teacher")]


def pupil_librarian_twice(books: Books) -> list[str]:
    row = books.add(books.rows(PupilLibrarianRow)[0])
    job = books.first(JobRow, lambda row: "管理员" in row.task)
    return [books.at("PLB308", row, "reader_no"), books.at("ACT108", job, "done")]


def recommended_isbn_of_another_title(books: Books) -> list[str]:
    one, other = books.rows(RecommendationRow)[:2]
    return [books.at("REC301", books.edit(one, isbn=other.isbn), "title")]


def _recommended_and_held(books: Books) -> RecommendationRow:
    held = {copy.title for copy in books.rows(AccessionRow)}
    return books.first(RecommendationRow, lambda row: row.author is not None and row.title in held)


def _teacher_visit(books: Books) -> VisitRow:
    return books.first(VisitRow, lambda row: row.visitor is VisitorKind.TEACHER)


def more_participants_than_in_the_classes(books: Books) -> list[str]:
    row = books.first(ActivityRow, lambda row: row.classes == "五、六年级")
    pupils = sum(one.pupils for one in books.rows(ClassRow) if one.grade in (5, 6))
    staff = sum(one.kind is not ReaderKind.PUPIL for one in books.rows(ReaderRow))
    return [books.at("ACT202", books.edit(row, participants=pupils + staff + 1), "participants")]


def more_winners_than_participants(books: Books) -> list[str]:
    row = books.first(ActivityRow, lambda row: "奖" in (row.result or ""))
    return [books.at("ACT203", books.edit(row, participants=1), "participants")]


def taken_home_by_a_reading_class(books: Books) -> list[str]:
    row = books.edit(books.first(ClassRow, lambda row: row.grade == 4), lending=ClassLending.IN_ROOM)
    turn = books.first(TurnRow, lambda turn: turn.class_name == row.class_name)
    return [books.at("CIR315", row, "lending"), books.at("QUO327", turn, "kind")]


def issue_twice(books: Books) -> list[str]:
    row = books.edit(books.last(ActivityRow, lambda row: row.kind == "读书报"), name="《青禾读书报》第11期")
    job = books.first(JobRow, lambda job: job.month == row.held_on.month and "读书报" in job.task)
    return [books.at("ACT106", row, "name"), books.at("ACT107", job, "done")]


def named_for_another_frequency(books: Books) -> list[str]:
    weekly = books.first(PeriodicalRow, lambda row: row.frequency is Frequency.WEEKLY)
    rows = [row for row in books.rows(PeriodicalRow) if row.title == weekly.title]
    return [books.at("PER212", books.edit(row, title="少年科学月刊"), "frequency") for row in rows]


def _whole_batch(code: str, field: str, value: str, reason: WithdrawalReason) -> Callable[[Books], list[str]]:
    """One column of every line of a withdrawal batch."""

    def seed(books: Books) -> list[str]:
        first = books.first(WithdrawalRow, lambda row: row.reason is reason)
        for row in [one for one in books.rows(WithdrawalRow) if one.withdrawal_no == first.withdrawal_no]:
            books.edit(row, **{field: value})
        return [books.at(code, first, field)]

    return seed


def approved_by_the_librarian(books: Books) -> list[str]:
    librarian = books.ledger_set.school.librarian
    assert librarian
    return _whole_batch("WDL309", "approved_by", librarian, WithdrawalReason.WORN_OUT)(books)


wrong("ACT102", first(ActivityRow), held_on=date(2025, 10, 3))
wrong("ACT103", first(JobRow, month=7), done="7月10日完成")
wrong("CMP323", _repaired, settled_on=lambda row: row.registered_on)
wrong("CSH306", _batch("2026-004"), paid_value=None)
wrong(
    "PER209",
    first(PeriodicalRow, lambda row: bool(row.bound_volumes)),
    "bound_volumes",
    received_issues=0,
    missing_note=lambda row: f"缺{row.due_issues}期，邮局停投",
)
wrong("RDR306", first(ReaderRow, kind=ReaderKind.TEACHER), class_name="五（2）班")
wrong("VIS306", first(VisitRow, visitor=VisitorKind.TEACHER), name="诸葛明")
wrong("SUM018", _batch("2025-004"), voucher_no="DB20251022", supplier=None)
wrong("QUO120", first(CalendarRow, kind=DayKind.HOLIDAY), follows=Weekday.WEDNESDAY)
wrong("SUM007", _batch("2025-003"), "source", supplier="县新华书店")
wrong("SUM017", _batch("2026-005"), paid_value=Decimal("1.00"))
wrong("CIR352", first(LoanRow), remarks="弄丢一页，已赔款")
wrong("CMP108", first(CompensationRow), incident_no="P2026-009")
wrong("VIS307", first(VisitRow), people=0)
wrong("ACT303", first(ActivityRow, kind="研讨活动"), "kind", name="乡镇阅读笔记展评")
wrong("ACT105", first(JobRow, month=10), done="9月24日办完")
wrong("ACT108", first(JobRow, lambda row: "修补" in row.task), done="修补 61 册")
wrong("ACT107", first(JobRow, task="读书演讲比赛"), done="12月19日")
SEEDS["WDL307"] = _whole_batch("WDL307", "approval_no", "青小图〔2022〕6号", WithdrawalReason.WORN_OUT)
SEEDS["WDL308"] = _whole_batch("WDL308", "disposal", "调拨交换", WithdrawalReason.LOST)
wrong("CMP104", _paid, registered_on=lambda row: row.registered_on - _DAY)
wrong("CMP203", _repaired, paid=Decimal("8.00"))
wrong("CMP205", _paid, settled_on=None)
wrong("CMP311", _repaired, reader_no="S9999")
SEEDS["CMP312"] = name_differs
SEEDS["CMP313"] = class_differs
wrong("CMP314", _paid, title="没有这本书")
wrong("CMP315", _replaced, replacement_no=lambda row: row.accession_no)
wrong("CMP317", _replaced, "replacement_no", "CMP322 settlement", settlement=Settlement.REPAIR)
SEEDS["CMP318"] = refunded_but_written_off
wrong("CMP320", _paid, withdrawal_no=None)
wrong("ACC014", first(AccessionRow), published="2062")
wrong("ACC907", _one_of_three, pages="1")
wrong("ACC906", first(AccessionRow), pages="23500")
wrong(
    "ACC018",
    first(AccessionRow, lambda copy: copy.published is not None and copy.withdrawn_on is None),
    published="42125",
)
wrong("ACC019", first(AccessionRow, lambda copy: copy.pages is not None), pages="0")
wrong("SUM004", _batch("2025-005"), source=SourceOrDestination.PURCHASE)
wrong("SUM005", _batch("2025-002"), received_by="苏晓禾")
wrong("SUM006", _batch("2025-004"), voucher_no="DB20251022")
wrong("SUM016", _batch("2025-005"), first_no="000012", last_no="000029")
# The first batch of a year, dated on the last day of the year before it.
wrong("SUM102", _batch("2026-001"), registered_on=date(2025, 12, 31))
wrong("SUM103", _batch("2025-004"), voucher_no=lambda row: f"{row.voucher_no[:-1]}0")
wrong("SUM222", _batch("2026-004"), "titles", "SUM303 titles", titles=340)
wrong("SUM223", _batch("2025-004"), paid_value=Decimal("100.00"), voucher_no=None)
wrong("SUM354", _batch("2025-005"), titles=8)
wrong("SUM355", _batch("2025-005"), source=SourceOrDestination.TRANSFERRED)
wrong("SUM356", first(WithdrawalRow, withdrawal_no="2025-005"), reason=WithdrawalReason.WORN_OUT)
wrong("WDL306", last(WithdrawalRow, withdrawal_no="2025-005"), approval_no="青小图〔2025〕11号")
wrong("PER018", _second_paper, postal_code="2-101")
SEEDS["PER102"] = periods_overlap
wrong("PER103", _second_paper, ends_on=lambda row: row.ends_on + _YEAR)
wrong("PER206", first(PeriodicalRow, lambda row: row.missing_note is not None), missing_note="缺两期，已查询")
wrong("PER207", _second_paper, missing_note="缺最后一期")
wrong("PER208", _second_paper, "issn", kind=PeriodicalKind.NEWSPAPER, issn="1003-2398")
wrong("CIR109", last(LoanRow, mode=LoanMode.IN_ROOM), returned_on=lambda row: row.lent_on + _DAY)
wrong("QUO014", lambda books: books.rows(TargetRow)[1], grades="2,3", value=Decimal(5))
wrong("QUO015", _target("每生最低借书册数"), value=Decimal(9))
wrong("QUO016", _target("报刊种数"), value=Decimal(-24))
wrong("QUO017", _target("报刊种数"), unit="册")
wrong("CSH107", first(CashRow, voucher_no="SR20260302"), voucher_no="SR20260303")
wrong("CSH106", first(CashRow, voucher_no="YZ20251210"), booked_on=date(2025, 11, 10))
wrong("QUO019", _target("读书报期数"), "value", basis="县图书管理站年度考评要求：每学期不少于 2 期")
wrong("QUO018", _target("每周开放小时"), value=Decimal(400))
wrong("CSH101", first(CashRow, voucher_no="SJ2025-001"), booked_on=date(2025, 10, 10))
wrong("CSH203", lambda books: books.rows(CashRow)[1], "spent", "CSH201 balance", spent=Decimal("0.01"))
SEEDS["CSH304"] = refunded_but_written_off
wrong("RDR103", first(ReaderRow, stop_reason=LeavingReason.MOVED), stop_reason=LeavingReason.LEFT_POST)
wrong("RDR104", first(ClassRow), grade=2)
wrong("RDR304", first(ClassRow), teacher="无此人")
wrong("VIS304", first(VisitRow), people=240)
wrong("VIS305", _teacher_visit, name=None)
wrong("ACT201", first(ActivityRow), participants=3000)
wrong("CLS004", first(ClassificationRow), class_name="艺术")
wrong("REC011", first(RecommendationRow), isbn="9787142131808")
wrong("REC302", _recommended_and_held, author="无此人")
wrong("CMP204", _repaired, refunded_on=lambda row: row.settled_on + _DAY)
again("RPR102", first(RepairRow), "sent_on", sent_on=lambda row: row.sent_on + _DAY)
again("CSH202", lambda books: books.rows(CashRow)[-1], "spent", voucher_no=None, received=None)
again("REC001", first(RecommendationRow), "title")
