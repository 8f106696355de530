"""借阅登记账: one defect in the clean school per check."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from checks.books import Books
from checks.seeding import first, last, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode, LoanOutcome, ReaderKind

_DAY = timedelta(days=1)
_UNUSED = "999999"


def _taken_home(books: Books, holds: Callable[[LoanRow], bool] = lambda loan: True) -> LoanRow:
    """A loan a reader took home and brought back some days later, the only loan of its copy."""
    lent = Counter(loan.accession_no for loan in books.rows(LoanRow))
    return books.first(
        LoanRow,
        lambda loan: (
            loan.is_personal
            and loan.outcome is LoanOutcome.RETURNED
            and (loan.returned_on or loan.lent_on) > loan.lent_on + _DAY
            and lent[loan.accession_no] == 1
            and holds(loan)
        ),
    )


def _last_of_its_reader(books: Books, holds: Callable[[LoanRow], bool] = lambda loan: True) -> LoanRow:
    last = {loan.reader_no: loan.line for loan in books.rows(LoanRow)}
    return _taken_home(books, lambda loan: last[loan.reader_no] == loan.line and holds(loan))


def _copy(books: Books, number: str) -> AccessionRow:
    return books.first(AccessionRow, lambda copy: copy.accession_no == number)


def _scan(books: Books, loan: LoanRow) -> StocktakeRow:
    return books.first(StocktakeRow, lambda scan: scan.accession_no == loan.accession_no)


def lent_before_accession(books: Books) -> list[str]:
    loan = _taken_home(books)
    copy = books.edit(_copy(books, loan.accession_no), accessioned_on=loan.lent_on + _DAY)
    return [books.at("CIR101", loan, "lent_on"), books.at("ACC103", copy, "accessioned_on")]


def lent_before_card_issued(books: Books) -> list[str]:
    helpers = {row.reader_no for row in books.rows(PupilLibrarianRow)}
    loan = _taken_home(books, lambda loan: loan.reader_no not in helpers)
    reader = books.first(ReaderRow, lambda reader: reader.reader_no == loan.reader_no)
    books.edit(reader, issued_on=loan.lent_on + _DAY)
    return [books.at("CIR104", loan, "lent_on")]


def lent_after_card_stopped(books: Books) -> list[str]:
    reader = books.first(ReaderRow, lambda reader: reader.stopped_on is not None)
    loan = books.last(LoanRow, lambda loan: loan.reader_no == reader.reader_no)
    books.edit(reader, stopped_on=loan.lent_on)
    return [books.at("CIR105", loan, "lent_on")]


def open_after_term(books: Books) -> list[str]:
    """A loan of the first term nobody brought back, with a due date far off, which hides it from the reminders."""
    loan = _last_of_its_reader(books, lambda loan: loan.lent_on < date(2026, 1, 23))
    loan = books.edit(loan, due_on=date(2026, 9, 1), returned_on=None, outcome=None)
    return [
        books.at("CIR103", loan, "due_on"),
        books.at("CIR106", loan, "returned_on"),
        books.at("STK303", _scan(books, loan), "accession_no"),
    ]


def too_many_at_once(books: Books) -> list[str]:
    """A pupil who may have one copy takes a second, a day before the first comes back."""
    lent = Counter(loan.accession_no for loan in books.rows(LoanRow))
    own = [loan for loan in books.rows(LoanRow) if loan.class_name == "三（1）班" and loan.reader_no.startswith("S")]
    loans = sorted(own, key=lambda loan: (loan.reader_no, loan.lent_on))
    first, second = next(
        (one, other)
        for one, other in pairwise(loans)
        if one.reader_no == other.reader_no and lent[one.accession_no] == 1 and one.lent_on < other.lent_on
    )
    books.edit(first, returned_on=second.lent_on + _DAY)
    return [books.at("CIR202", second, "accession_no")]


def lent_after_withdrawal(books: Books) -> list[str]:
    """The number and title of a book that had been written off by then."""
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    loan = _taken_home(books, lambda loan: loan.lent_on > gone.withdrawn_on)
    loan = books.edit(loan, accession_no=gone.accession_no, title=gone.title)
    return [books.at("CIR302", loan, "lent_on")]


def withdrawn_while_lent(books: Books) -> list[str]:
    """The number and title of a book that was written off before this loan came back."""
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    loan = _taken_home(books, lambda loan: loan.lent_on < gone.withdrawn_on < (loan.returned_on or loan.lent_on))
    loan = books.edit(loan, accession_no=gone.accession_no, title=gone.title)
    return [books.at("CIR303", loan, "returned_on")]


def lent_twice_at_once(books: Books) -> list[str]:
    """A copy lent to the next reader a day before the last loan of the one before came back."""
    last = {loan.reader_no: loan.line for loan in books.rows(LoanRow)}
    loans = sorted(books.rows(LoanRow), key=lambda loan: (loan.accession_no, loan.lent_on))
    first, second = next(
        (one, other)
        for one, other in pairwise(loans)
        if one.accession_no == other.accession_no
        and last[one.reader_no] == one.line
        and one.is_personal
        and one.outcome is LoanOutcome.RETURNED
        and one.lent_on < other.lent_on
    )
    books.edit(first, returned_on=second.lent_on + _DAY)
    return [books.at("CIR304", second, "accession_no")]


def reference_copy_lent_out(books: Books) -> list[str]:
    loan = _taken_home(books)
    books.edit(_copy(books, loan.accession_no), circulation=Circulation.REFERENCE)
    return [books.at("CIR310", loan, "accession_no")]


def lent_without_rule(books: Books) -> list[str]:
    """The rule for everyone begins a day after the first loan it should govern."""
    rule = books.first(LendingRule, lambda rule: rule.reader_kind is None and rule.grade is None)
    governed = ("一", "二", "三", "四")
    loan = books.first(
        LoanRow, lambda loan: loan.is_personal and loan.reader_no.startswith("S") and loan.class_name[:1] in governed
    )
    books.edit(rule, since=loan.lent_on + _DAY)
    return [books.at("CIR312", loan, "lent_on")]


def lent_on_closed_day(books: Books) -> list[str]:
    """A first loan of a Monday, dated on the Sunday before; its due date comes out the same."""
    first = {loan.reader_no: loan.line for loan in reversed(books.rows(LoanRow))}
    loan = _taken_home(books, lambda loan: loan.lent_on.weekday() == 0 and first[loan.reader_no] == loan.line)
    loan = books.edit(loan, lent_on=loan.lent_on - _DAY)
    return [books.at("CIR901", loan, "lent_on")]


def overdue(books: Books) -> list[str]:
    loan = books.edit(_last_of_its_reader(books), returned_on=None, outcome=None)
    return [books.at("CIR902", loan, "returned_on"), books.at("STK303", _scan(books, loan), "accession_no")]


def lent_ahead_of_the_rows_below(books: Books) -> list[str]:
    """A book read in the room is said to have been read eight weeks later."""
    rows, weeks = books.rows(LoanRow), timedelta(days=56)
    copies = Counter(loan.accession_no for loan in rows)
    row = books.first(LoanRow, lambda loan: loan.mode is LoanMode.IN_ROOM and copies[loan.accession_no] == 1)
    later = {name: getattr(row, name) + weeks for name in ("lent_on", "due_on", "returned_on")}
    return [books.at("CIR110", books.edit(row, **later), "lent_on")]


def teacher_lends_for_no_class(books: Books) -> list[str]:
    teachers = {row.reader_no for row in books.rows(ReaderRow) if row.kind is ReaderKind.TEACHER}
    loan = books.first(LoanRow, lambda loan: loan.reader_no in teachers and loan.is_personal)
    return [books.at("CIR316", books.edit(loan, class_name="六（8）班"), "class_name")]


wrong("CIR102", _taken_home, returned_on=lambda row: row.lent_on - _DAY)
wrong("CIR103", _taken_home, due_on=lambda row: row.due_on + _DAY)
wrong("CIR107", _taken_home, returned_on=None)
wrong("CIR108", _taken_home, outcome=None)
# A renewal more than allowed, written down without the longer term it would bring.
wrong("CIR201", first(LoanRow, renewals=1), "CIR103 due_on", "renewals", renewals=2)
wrong("CIR203", first(LoanRow, mode=LoanMode.IN_ROOM), renewals=1)
wrong("CIR301", _taken_home, accession_no=_UNUSED)
wrong("CIR305", _taken_home, reader_no="S9999")
wrong("CIR306", _taken_home, name="林小满")
wrong(
    "CIR307",
    lambda books: _taken_home(books, lambda loan: loan.class_name == "四（1）班" and loan.reader_no.startswith("S")),
    class_name="四（2）班",
)
wrong("CIR308", _taken_home, class_name="七（1）班")
wrong(
    "CIR309",
    lambda books: _taken_home(books, lambda loan: loan.class_name == "四（1）班" and loan.reader_no.startswith("S")),
    class_name="四(1)班",
)
wrong("CIR311", _taken_home, title="没有这本书")


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


def taken_home_by_a_reading_class(books: Books) -> list[str]:
    row = books.edit(books.first(ClassRow, lambda row: row.grade == 4), lending=ClassLending.IN_ROOM)
    turn = books.first(TurnRow, lambda turn: turn.class_name == row.class_name)
    return [books.at("CIR315", row, "lending"), books.at("QUO327", turn, "kind")]


wrong("CIR352", first(LoanRow), remarks="弄丢一页，已赔款")
wrong("CIR109", last(LoanRow, mode=LoanMode.IN_ROOM), returned_on=lambda row: row.lent_on + _DAY)


def month_without_a_loan(books: Books) -> list[str]:
    books.rows(LoanRow)[:] = [row for row in books.rows(LoanRow) if row.lent_on < date(2026, 5, 28)]
    return [books.at("CIR113", books.rows(LoanRow)[-1], "lent_on")]


wrong("CIR111", first(LoanRow, mode=LoanMode.CLASS), lent_on=date(2025, 3, 4), due_on=date(2026, 7, 3))


def lent_while_away_from_school(books: Books) -> list[str]:
    loan = books.first(LoanRow, lambda row: row.lent_on >= date(2026, 6, 1) and row.reader_no.startswith("S"))
    reader = books.first(ReaderRow, lambda row: row.reader_no == loan.reader_no)
    books.edit(reader, remarks="2026年5月休学")
    return [books.at("CIR112", loan, "lent_on")]
