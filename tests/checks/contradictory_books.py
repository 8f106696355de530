"""Contradictions of every kind in the sample school, each with the place where it was planted.

They are many and small: a cell written otherwise, a row too many or too few. None of them was made for a certain
check, so that they tell where the checks together are silent.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import saying
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind, Presence, ReviewOutcome, VisitorKind
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Condition,
    Flow,
    Frequency,
    Incident,
    LeavingReason,
    LoanMode,
    LoanOutcome,
    PeriodicalKind,
    ReaderKind,
    Settlement,
    Source,
    SourceOrDestination,
    Weekday,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# What a contradiction does to the books, and the cells of which one must be named.
Planted = list[Cell]
Slip = Callable[[Books], Planted]
CONTRADICTIONS: dict[str, Slip] = {}
_DAY = timedelta(days=1)
_WEEK = 7 * _DAY
_YEAR = 365 * _DAY


def _cells(row: Any, *fields: str) -> Planted:
    return [Cell(type(row), row.line, field) for field in fields]


def _wrong(called: str, row_type: type[Any], where: Callable[[Any], bool], /, **changes: Any) -> None:
    """These cells of the first row of which the condition holds are written otherwise; a function is asked."""

    def slip(books: Books) -> Planted:
        row = books.first(row_type, where)
        values = {field: value(row) if callable(value) else value for field, value in changes.items()}
        return _cells(books.edit(row, **values), *changes)

    CONTRADICTIONS[called] = slip


def _again(called: str, row_type: type[Any], where: Callable[[Any], bool], /, **changes: Any) -> None:
    """A row is written once more below the last, but for these cells: both rows are places to look."""

    def slip(books: Books) -> Planted:
        row = books.first(row_type, where)
        fields = [field for field in row._fields if field != "line"]
        return _cells(row, *fields) + _cells(books.add(row._replace(**changes)), *fields)

    CONTRADICTIONS[called] = slip


def _shifted(field: str, by: timedelta) -> Callable[[Any], Any]:
    return lambda row: getattr(row, field) + by


def _plus(field: str, by: Any) -> Callable[[Any], Any]:
    return lambda row: (getattr(row, field) or type(by)(0)) + by


def _nth(index: int) -> Callable[[Any], bool]:
    """The row on this place of its sheet, counted from 0."""
    return lambda row: row.line == index + 2


# -- 总括登记账 ---------------------------------------------------------------------------------------------

_BOUGHT = saying(batch_no="2025-002")
_GIFT = saying(batch_no="2025-004")
_OUT = saying(batch_no="2025-005")
_WORN = saying(batch_no="2026-002")
_LAST = saying(batch_no="2026-007")

_wrong("batch of next year", SummaryRow, _LAST, registered_on=_shifted("registered_on", _YEAR))
_wrong("batch a month early", SummaryRow, _LAST, registered_on=date(2026, 4, 1))
_wrong("withdrawal batch on another day", SummaryRow, _OUT, registered_on=_shifted("registered_on", _DAY))
_wrong("batch number of another year", SummaryRow, _BOUGHT, batch_no="2024-002")
_wrong("batch number a digit longer", SummaryRow, _BOUGHT, batch_no="2025-0002")
_wrong("batch number already used", SummaryRow, _GIFT, batch_no="2025-003")
_wrong("bought batch marked as withdrawal", SummaryRow, _BOUGHT, flow=Flow.OUT)
_wrong("withdrawal marked as accession", SummaryRow, _OUT, flow=Flow.IN)
_wrong("opening marked as accession", SummaryRow, _nth(0), flow=Flow.IN, source=SourceOrDestination.WEEDED)
_wrong("bought batch marked as gift", SummaryRow, _BOUGHT, source=SourceOrDestination.DONATION)
_wrong("allocation marked as bought", SummaryRow, _nth(2), source=SourceOrDestination.PURCHASE)
_wrong("worn batch marked as lost", SummaryRow, _WORN, source=SourceOrDestination.LOST)
_wrong("gift with a sum paid", SummaryRow, _GIFT, paid_value=Decimal("900.00"))
_wrong("one title too many", SummaryRow, _BOUGHT, titles=_plus("titles", 1))
_wrong("one title too few in a withdrawal", SummaryRow, _WORN, titles=_plus("titles", -1))
_wrong("copies of a withdrawal", SummaryRow, _OUT, copies=_plus("copies", 1))
_wrong("copies of the opening", SummaryRow, _nth(0), copies=5930)
_wrong("list value by a cent", SummaryRow, _LAST, list_value=_plus("list_value", Decimal("0.01")))
_wrong("list value of a withdrawal", SummaryRow, _WORN, list_value=_plus("list_value", Decimal(-9)))
_wrong(
    "paid and list value exchanged", SummaryRow, _BOUGHT, list_value=Decimal("3118.05"), paid_value=Decimal("4157.40")
)
_wrong("paid value against the cash book", SummaryRow, _LAST, paid_value=Decimal("822.00"))
_wrong("negative copies", SummaryRow, _OUT, copies=-18)
for _letter in "GIZ":
    _wrong(f"one copy too many in {_letter}", SummaryRow, _BOUGHT, **{_letter: _plus(_letter, 1)})
_wrong("one copy moved between classes", SummaryRow, _GIFT, I=_plus("I", 1), J=_plus("J", -1))
_wrong("class of a withdrawal", SummaryRow, _WORN, I=_plus("I", 1))
_wrong("first number one too low", SummaryRow, _LAST, first_no="005928")
_wrong("last number one too high", SummaryRow, _BOUGHT, last_no="005568")
_wrong("numbers exchanged", SummaryRow, _BOUGHT, first_no="005567", last_no="005391")
_wrong("number range shifted", SummaryRow, _LAST, first_no="005930", last_no="005988")
_wrong("running copies", SummaryRow, _nth(5), running_copies=_plus("running_copies", 9))
_wrong("running value", SummaryRow, _nth(9), running_value=_plus("running_value", Decimal("0.90")))
_wrong("running copies of the opening", SummaryRow, _nth(0), running_copies=5930)
_wrong("receiver is the keeper", SummaryRow, _LAST, received_by=lambda row: row.handled_by)
_wrong("voucher of another batch", SummaryRow, _LAST, voucher_no="FP20260311")
_wrong("voucher with a slip", SummaryRow, _BOUGHT, voucher_no="FP20250921")
_again("batch twice", SummaryRow, _LAST)
_again("batch twice under another number", SummaryRow, _LAST, batch_no="2026-012")

# -- 个别登记账 ---------------------------------------------------------------------------------------------

_COPY = saying(accession_no="005400")
_OTHER_COPY = saying(accession_no="005745")
_GONE = saying(accession_no="000012")

_wrong("copy number of another copy", AccessionRow, _COPY, accession_no="000777")
_wrong("copy number a digit short", AccessionRow, _COPY, accession_no="05400")
_wrong("copy number beyond the last", AccessionRow, _OTHER_COPY, accession_no="009745")
_wrong("copy number of a written off copy", AccessionRow, _OTHER_COPY, accession_no="000012")
_wrong("copy before its batch", AccessionRow, _OTHER_COPY, accessioned_on=date(2026, 3, 1))
_wrong("copy of next year", AccessionRow, _OTHER_COPY, accessioned_on=date(2027, 3, 11))
_wrong("copy a year before its batch", AccessionRow, _OTHER_COPY, accessioned_on=date(2025, 3, 11))
_wrong("copy of another batch", AccessionRow, _COPY, batch_no="2026-007")
_wrong("copy of an unknown batch", AccessionRow, _COPY, batch_no="2025-020")
_wrong("copy of a withdrawal batch", AccessionRow, _COPY, batch_no="2025-005")
_wrong("copy of the opening batch", AccessionRow, _COPY, batch_no="2025-001")
_wrong("class letter that is none", AccessionRow, _COPY, class_no="L287")
_wrong("another class letter", AccessionRow, _COPY, class_no=lambda row: "K" + row.class_no[1:])
_wrong("class number of a written off copy", AccessionRow, _GONE, class_no="J621")
_wrong("price by a cent", AccessionRow, _COPY, price=_plus("price", Decimal("0.01")))
_wrong("price times ten", AccessionRow, _OTHER_COPY, price=lambda row: row.price * 10)
_wrong("negative price", AccessionRow, _OTHER_COPY, price=lambda row: -row.price)
_wrong("price of a written off copy", AccessionRow, _GONE, price=_plus("price", Decimal(2)))
_wrong("title of a written off copy", AccessionRow, _GONE, title="没有这一本书")
_wrong("bought copy marked as gift", AccessionRow, _COPY, source=Source.DONATION)
_wrong("bound volume marked as bought", AccessionRow, saying(accession_no="005991"), source=Source.PURCHASE)
_wrong("bought copy marked as replacement", AccessionRow, _COPY, source=Source.REPLACEMENT)
_wrong("title of a bound volume", AccessionRow, saying(accession_no="005991"), title="另一种刊物")
_wrong("published in the future", AccessionRow, _COPY, published="2062")
_wrong("published after it came", AccessionRow, _nth(0), published="2016")
_wrong(
    "book number that does not check",
    AccessionRow,
    _COPY,
    isbn=lambda row: row.isbn[:-1] + str((int(row.isbn[-1]) + 1) % 10),
)
_wrong("barcode of another copy", AccessionRow, _COPY, barcode="QH000778")
_wrong("barcode that is another number", AccessionRow, _COPY, barcode="000778")
_wrong("written off on another day", AccessionRow, _GONE, withdrawn_on=date(2025, 11, 29))
_wrong("written off in another batch", AccessionRow, _GONE, withdrawal_no="2026-002")
_wrong("written off and no longer marked", AccessionRow, _GONE, withdrawn_on=None, withdrawal_no=None)
_wrong("marked, never written off", AccessionRow, _COPY, withdrawn_on=date(2026, 6, 24), withdrawal_no="2026-009")
_wrong("only the day of withdrawal", AccessionRow, _COPY, withdrawn_on=date(2026, 6, 24))
_wrong("only the batch of withdrawal", AccessionRow, _COPY, withdrawal_no="2026-009")
_wrong("withdrawn in an accession batch", AccessionRow, _GONE, withdrawal_no="2025-004")
_wrong(
    "lent copy for reading in the room", AccessionRow, saying(accession_no="003141"), circulation=Circulation.REFERENCE
)
_wrong("another place", AccessionRow, _COPY, location="教师书架")
_again("copy twice", AccessionRow, _COPY)
_again("copy twice under another number", AccessionRow, _COPY, accession_no="005995")

# -- 分类统计账 ---------------------------------------------------------------------------------------------

_FIRST_I = saying(class_letter="I", starts_on=date(2025, 9, 1))
_LATER_J = saying(class_letter="J", starts_on=date(2026, 1, 24))
for _field in ("opening", "added", "removed", "closing"):
    _wrong(
        f"{_field} copies of a class", ClassificationRow, _FIRST_I, **{f"{_field}_copies": _plus(f"{_field}_copies", 1)}
    )
    _wrong(
        f"{_field} value of a class",
        ClassificationRow,
        _LATER_J,
        **{f"{_field}_value": _plus(f"{_field}_value", Decimal("0.10"))},
    )
_wrong("letter of another class", ClassificationRow, _LATER_J, class_letter="K")
_wrong("letter that is none", ClassificationRow, _LATER_J, class_letter="Y")
_wrong("name of another class", ClassificationRow, _LATER_J, class_name="文学")
_wrong("period ends on another day", ClassificationRow, _LATER_J, ends_on=date(2026, 7, 30))
_wrong("period begins on another day", ClassificationRow, _LATER_J, starts_on=date(2026, 2, 13))
_wrong("period turned round", ClassificationRow, _LATER_J, starts_on=date(2026, 7, 3), ends_on=date(2026, 2, 23))
_wrong(
    "added and closing by one more",
    ClassificationRow,
    _LATER_J,
    added_copies=_plus("added_copies", 1),
    closing_copies=_plus("closing_copies", 1),
)
_wrong("negative copies of a class", ClassificationRow, _LATER_J, removed_copies=-1)
_again("class twice", ClassificationRow, _LATER_J)

# -- 注销登记账 ---------------------------------------------------------------------------------------------

_LINE = saying(accession_no="000012")
_LOST_LINE = saying(accession_no="003141")
_wrong("written off on a day of its own", WithdrawalRow, _LINE, withdrawn_on=date(2025, 12, 28))
_wrong("written off in the future", WithdrawalRow, _LINE, withdrawn_on=date(2026, 11, 28))
_wrong("written off before it came", WithdrawalRow, _LINE, withdrawn_on=date(2010, 11, 28))
_wrong("written off with another batch", WithdrawalRow, _LINE, withdrawal_no="2026-005")
_wrong("written off with an unknown batch", WithdrawalRow, _LINE, withdrawal_no="2025-015")
_wrong("written off with an accession batch", WithdrawalRow, _LINE, withdrawal_no="2025-004")
_wrong("written off under an unknown number", WithdrawalRow, _LINE, accession_no="900012")
_wrong("written off under another number", WithdrawalRow, _LINE, accession_no="000112")
_wrong("title of the line", WithdrawalRow, _LINE, title="没有这一本书")
_wrong("class of the line", WithdrawalRow, _LINE, class_no="K89")
_wrong("price of the line", WithdrawalRow, _LINE, price=Decimal("63.00"))
_wrong("weeded, says lost", WithdrawalRow, _LINE, reason=WithdrawalReason.LOST)
_wrong("lost, says worn out", WithdrawalRow, _LOST_LINE, reason=WithdrawalReason.WORN_OUT)
_wrong("nobody approved", WithdrawalRow, _LINE, approved_by=None)
_wrong("another approved", WithdrawalRow, _LINE, approved_by="另一人")
_again("line twice", WithdrawalRow, _LINE)
_again("line twice in another batch", WithdrawalRow, _LINE, withdrawal_no="2026-005", withdrawn_on=date(2026, 4, 15))

# -- 报刊登记账 ---------------------------------------------------------------------------------------------

_PAPER = saying(periodical_no="BK2025-007")
_DAILY = saying(periodical_no="BK2025-004")
_MONTHLY = saying(periodical_no="BK2025-013")
_VOLUMES = saying(periodical_no="BK2026-010")
_wrong("periodical number already used", PeriodicalRow, _PAPER, periodical_no="BK2025-001")
_wrong("postal code as a date", PeriodicalRow, _PAPER, postal_code="2020-1-42")
_wrong("postal code of another title", PeriodicalRow, _PAPER, postal_code="2-100")
_wrong("book number of a magazine", PeriodicalRow, _MONTHLY, issn="1001-6563")
_wrong("book number of another magazine", PeriodicalRow, _MONTHLY, issn="1001-3172")
_wrong("national number malformed", PeriodicalRow, _MONTHLY, cn="CN13-140/N")
_wrong("weekly called monthly", PeriodicalRow, _PAPER, frequency=Frequency.MONTHLY)
_wrong("daily called weekly", PeriodicalRow, _DAILY, frequency=Frequency.WEEKLY)
_wrong("ends before it starts", PeriodicalRow, _PAPER, ends_on=date(2025, 8, 31))
_wrong("ends a year later", PeriodicalRow, _PAPER, ends_on=date(2026, 12, 31))
_wrong("copies against the amount", PeriodicalRow, _PAPER, copies=2)
_wrong("price against the amount", PeriodicalRow, _PAPER, price=Decimal("21.00"))
_wrong("amount against price and copies", PeriodicalRow, _PAPER, amount=Decimal("200.00"))
_wrong("price and amount against the bill", PeriodicalRow, _PAPER, price=Decimal("21.00"), amount=Decimal("21.00"))
_wrong("bill of another year", PeriodicalRow, _PAPER, voucher_no="YZ20251210")
_wrong("due issues of a weekly", PeriodicalRow, _PAPER, due_issues=27)
_wrong("more issues received than due", PeriodicalRow, _PAPER, received_issues=19)
_wrong("fewer issues without a word", PeriodicalRow, _PAPER, received_issues=15)
_wrong("nothing missing and a note", PeriodicalRow, _PAPER, missing_note="缺第3期")
_wrong("no copies", PeriodicalRow, _PAPER, copies=0, amount=Decimal(0))
_wrong("one bound volume too many", PeriodicalRow, _VOLUMES, bound_volumes=3)
_wrong("bound volumes of another number", PeriodicalRow, _VOLUMES, first_bound_no="005989", last_bound_no="005990")
_wrong("bound volume that is a book", PeriodicalRow, _VOLUMES, first_bound_no="001000", last_bound_no="001001")
_wrong("bound volumes turned round", PeriodicalRow, _VOLUMES, first_bound_no="005992", last_bound_no="005991")
_wrong("bound volume nobody registered", PeriodicalRow, _VOLUMES, last_bound_no="006992")
_wrong("bound without numbers", PeriodicalRow, _VOLUMES, first_bound_no=None, last_bound_no=None)
_wrong("numbers without volumes", PeriodicalRow, _VOLUMES, bound_volumes=None)
_wrong("title with a slip", PeriodicalRow, _VOLUMES, title="童话果")
_wrong("magazine called newspaper", PeriodicalRow, _MONTHLY, kind=PeriodicalKind.NEWSPAPER)
_again("title twice in a period", PeriodicalRow, _MONTHLY, periodical_no="BK2025-091")
_again("subscription twice", PeriodicalRow, _MONTHLY)

# -- 借阅登记账 ---------------------------------------------------------------------------------------------


def _lent(index: int) -> Callable[[Any], bool]:
    """A returned personal loan of a pupil, one of every hundred."""
    return lambda row: (
        row.line > index * 100
        and row.mode is LoanMode.PERSONAL
        and row.outcome is LoanOutcome.RETURNED
        and row.reader_no.startswith("S")
    )


_wrong("loan number already used", LoanRow, _lent(3), loan_no="J000009")
_wrong("lent a year later", LoanRow, _lent(4), lent_on=_shifted("lent_on", _YEAR))
_wrong("lent a year earlier", LoanRow, _lent(5), lent_on=_shifted("lent_on", -_YEAR))
_wrong("lent after it came back", LoanRow, _lent(6), lent_on=lambda row: row.returned_on + _DAY)
_wrong("lent a day later", LoanRow, _lent(7), lent_on=_shifted("lent_on", _DAY))
_wrong("due a day later", LoanRow, _lent(8), due_on=_shifted("due_on", _DAY))
_wrong("due a year later", LoanRow, _lent(9), due_on=_shifted("due_on", _YEAR))
_wrong("due before it was lent", LoanRow, _lent(10), due_on=_shifted("lent_on", -_DAY))
_wrong("due in another month", LoanRow, _lent(11), due_on=_shifted("due_on", 4 * _WEEK))
_wrong("returned before it was lent", LoanRow, _lent(12), returned_on=_shifted("lent_on", -_DAY))
_wrong("returned a year early", LoanRow, _lent(13), returned_on=_shifted("returned_on", -_YEAR))
_wrong("returned in the future", LoanRow, _lent(14), returned_on=date(2027, 1, 5))
_wrong("unknown reader", LoanRow, _lent(15), reader_no="S9015")
_wrong(
    "reader of another class",
    LoanRow,
    _lent(16),
    reader_no=lambda row: "S0001" if row.reader_no != "S0001" else "S0300",
)
_wrong("reader number a digit short", LoanRow, _lent(17), reader_no=lambda row: row.reader_no[:-1])
_wrong("name of another", LoanRow, _lent(18), name="贾宝玉")
_wrong(
    "class of another",
    LoanRow,
    _lent(19),
    class_name=lambda row: "六（1）班" if row.class_name != "六（1）班" else "一（1）班",
)
_wrong("class that is none", LoanRow, _lent(20), class_name="九（9）班")
_wrong("copy nobody registered", LoanRow, _lent(21), accession_no="912345")
_wrong("copy written off before", LoanRow, _lent(38), accession_no="000012")
_wrong("copy not yet there", LoanRow, _lent(2), accession_no="005950")
_wrong("copy for the room only", LoanRow, _lent(22), accession_no="000001", title="汉字源流字典")
_wrong("copy with another title", LoanRow, _lent(23), title="没有这一本书")
_wrong("copy of another title", LoanRow, _lent(24), accession_no="000300")
_wrong("a pupil's loan to the class", LoanRow, _lent(25), mode=LoanMode.CLASS)
_wrong("taken home, says in the room", LoanRow, _lent(26), mode=LoanMode.IN_ROOM)
_wrong("renewed five times", LoanRow, _lent(27), renewals=5)
_wrong("renewed and not later due", LoanRow, _lent(28), renewals=1)
_wrong("renewed a negative time", LoanRow, _lent(29), renewals=-1)
_wrong("returned, no day", LoanRow, _lent(30), returned_on=None)
_wrong("a day, not returned", LoanRow, _lent(31), outcome=None)
_wrong("returned, says lost", LoanRow, _lent(32), outcome=LoanOutcome.LOST)
_wrong(
    "lost, says returned",
    LoanRow,
    saying(accession_no="003141", outcome=LoanOutcome.LOST),
    outcome=LoanOutcome.RETURNED,
)
_wrong(
    "lost, says still out",
    LoanRow,
    saying(accession_no="003903", outcome=LoanOutcome.LOST),
    outcome=None,
    returned_on=None,
)
_wrong("open again after the term", LoanRow, _lent(33), outcome=None, returned_on=None)
_wrong("lent on a Sunday", LoanRow, _lent(34), lent_on=lambda row: row.lent_on + (6 - row.lent_on.weekday()) * _DAY)
_again("loan twice", LoanRow, _lent(35))
_again("loan twice under another number", LoanRow, _lent(36), loan_no="J999999")
_again("one copy to two readers", LoanRow, _lent(37), loan_no="J999998", reader_no="T001", name=None, class_name=None)

# -- 赔偿登记账 ---------------------------------------------------------------------------------------------

_PAID = saying(incident_no="P2025-001")
_MENDED = saying(incident_no="P2025-002")
_REPLACED = saying(incident_no="P2025-003")
_WORN_PAID = saying(incident_no="P2026-004")
_wrong("incident number already used", CompensationRow, _MENDED, incident_no="P2025-001")
_wrong("reported before it was lent", CompensationRow, _PAID, registered_on=date(2025, 9, 1))
_wrong("reported a year later", CompensationRow, _PAID, registered_on=date(2026, 10, 15))
_wrong("reported by another", CompensationRow, _PAID, reader_no="S0001")
_wrong("reported by nobody known", CompensationRow, _PAID, reader_no="S9254")
_wrong("name of the payer", CompensationRow, _PAID, name="贾宝玉")
_wrong("class of the payer", CompensationRow, _PAID, class_name="一（1）班")
_wrong("another copy lost", CompensationRow, _PAID, accession_no="003142")
_wrong("unknown copy lost", CompensationRow, _PAID, accession_no="903141")
_wrong("title of the lost copy", CompensationRow, _PAID, title="没有这一本书")
_wrong("price of the lost copy", CompensationRow, _PAID, price=Decimal("51.00"))
_wrong("lost copy says damaged", CompensationRow, _PAID, incident=Incident.DAMAGED)
_wrong("damaged copy says lost", CompensationRow, _MENDED, incident=Incident.LOST)
_wrong("paid says mended", CompensationRow, _PAID, settlement=Settlement.REPAIR)
_wrong("paid says replaced", CompensationRow, _PAID, settlement=Settlement.REPLACEMENT)
_wrong("replaced says paid", CompensationRow, _REPLACED, settlement=Settlement.PAYMENT)
_wrong("owes another sum", CompensationRow, _WORN_PAID, owed=Decimal("21.00"))
_wrong("paid another sum", CompensationRow, _WORN_PAID, paid=Decimal("10.00"))
_wrong("paid nothing and settled", CompensationRow, _PAID, paid=None)
_wrong("receipt of another", CompensationRow, _PAID, receipt_no="SJ2025-002")
_wrong("no receipt", CompensationRow, _PAID, receipt_no=None)
_wrong("replacement nobody registered", CompensationRow, _REPLACED, replacement_no="905733")
_wrong("replacement that was bought", CompensationRow, _REPLACED, replacement_no="005400")
_wrong("replacement of another", CompensationRow, _REPLACED, replacement_no="005988")
_wrong("replacement is the lost one", CompensationRow, _REPLACED, replacement_no="004537")
_wrong("no replacement", CompensationRow, _REPLACED, replacement_no=None)
_wrong("batch of the lost copy", CompensationRow, _PAID, withdrawal_no="2026-010")
_wrong("batch of a mended copy", CompensationRow, _MENDED, withdrawal_no="2026-002")
_wrong("settled before it was reported", CompensationRow, _PAID, settled_on=date(2025, 10, 1))
_wrong("settled in the future", CompensationRow, _PAID, settled_on=date(2026, 12, 1))
_wrong("paid, not settled", CompensationRow, _PAID, settled_on=None)
_wrong("refunded before it was settled", CompensationRow, _PAID, refunded_on=date(2025, 10, 16))
_wrong("refunded and written off", CompensationRow, _PAID, refunded_on=date(2026, 6, 16))
_wrong("refunded, never paid", CompensationRow, _MENDED, refunded_on=date(2026, 6, 16))
_again("incident twice", CompensationRow, _PAID, incident_no="P2025-099")

# -- people and classes -------------------------------------------------------------------------------------

_PUPIL = saying(reader_no="S0254")
_STOPPED = saying(stop_reason=LeavingReason.MOVED)
_wrong("name of a reader", ReaderRow, _PUPIL, name="贾宝玉")
_wrong("class of a reader", ReaderRow, _PUPIL, class_name="五（2）班")
_wrong("reader of no class", ReaderRow, _PUPIL, class_name=None)
_wrong("reader of an unknown class", ReaderRow, _PUPIL, class_name="六（7）班")
_wrong("pupil called teacher", ReaderRow, _PUPIL, kind=ReaderKind.TEACHER)
_wrong("card number already used", ReaderRow, _PUPIL, reader_no="S0253")
_wrong("card given after the loans", ReaderRow, _PUPIL, issued_on=date(2026, 6, 1))
_wrong("card stopped before the loans", ReaderRow, _PUPIL, stopped_on=date(2025, 9, 2), stop_reason=LeavingReason.MOVED)
_wrong("card stopped before it was given", ReaderRow, _STOPPED, stopped_on=date(2025, 8, 1))
_wrong("stopped without a day", ReaderRow, _STOPPED, stopped_on=None)
_wrong("pupil who left the post", ReaderRow, _STOPPED, stop_reason=LeavingReason.LEFT_POST)
_again("reader with two cards", ReaderRow, _PUPIL, reader_no="S0990")
_wrong("one pupil too many in a class", ClassRow, _nth(4), pupils=24)
_wrong("grade of a class", ClassRow, _nth(4), grade=4)
_wrong("name of a class", ClassRow, _nth(4), class_name="三（4）班")
_wrong("negative pupils", ClassRow, _nth(4), pupils=-23)
_wrong("teacher nobody knows", ClassRow, _nth(4), teacher="无此人")
_again("class twice", ClassRow, _nth(4))
_wrong("pupil librarian nobody knows", PupilLibrarianRow, _nth(3), reader_no="S9003")
_wrong("pupil librarian of another class", PupilLibrarianRow, _nth(3), class_name="六（2）班")
_wrong("name of a pupil librarian", PupilLibrarianRow, _nth(3), name="贾宝玉")
_wrong("pupil librarian is a teacher", PupilLibrarianRow, _nth(3), reader_no="T001")
_wrong("pupil librarian before the card", PupilLibrarianRow, _nth(3), appointed_on=date(2019, 9, 8))

# -- rules, calendar, hours, targets -------------------------------------------------------------------------

_wrong("borrowing days of a rule", LendingRule, _nth(0), days=41)
_wrong("borrowing days of teachers", LendingRule, _nth(5), days=3)
_wrong("no copies at once", LendingRule, _nth(1), copies=0)
_wrong("rule from a later day", LendingRule, _nth(0), since=date(2026, 9, 1))
_wrong("general rule for teachers only", LendingRule, _nth(0), reader_kind=ReaderKind.TEACHER)
_wrong("rule for an unknown class", LendingRule, _nth(4), class_name="三（9）班")
_wrong("class of another grade in a rule", LendingRule, _nth(4), grade=6)
_again("two rules for one scope", LendingRule, _nth(1), copies=3)
_wrong("multiple of compensation", CompensationRule, _nth(0), multiple=Decimal(3))
_wrong("least compensation", CompensationRule, _nth(1), minimum=Decimal("20.00"))
_again("two rules of compensation", CompensationRule, _nth(0), multiple=Decimal(2))
_wrong("school days turned round", CalendarRow, _nth(0), starts_on=date(2026, 1, 23), ends_on=date(2025, 9, 1))
_wrong("school days a year early", CalendarRow, _nth(7), starts_on=date(2025, 2, 23), ends_on=date(2025, 7, 3))
_wrong("make-up day without a weekday", CalendarRow, _nth(2 - 1), follows=None)
_wrong("holidays called school", CalendarRow, _nth(6), kind=DayKind.SCHOOL)
_wrong("opening turned round", OpeningRow, _nth(1), starts_at=time(17), ends_at=time(16))
_wrong("turn turned round", TurnRow, _nth(1), starts_at=time(17), ends_at=time(16))
_wrong("turn on Sunday", TurnRow, _nth(1), weekday=Weekday.SUNDAY)
_wrong("turn of an unknown class", TurnRow, _nth(1), class_name="一（9）班")
_wrong("two classes in one room", TurnRow, _nth(1), starts_at=time(15, 20), ends_at=time(16))
_wrong("target for no grade", TargetRow, _nth(0), grades="三到六")
_wrong("negative target", TargetRow, _nth(6), value=Decimal(-24))
_wrong("least above mean", TargetRow, _nth(2), value=Decimal(9))
_wrong("target in another unit", TargetRow, _nth(6), unit="小时")
_again("two targets", TargetRow, _nth(6), value=Decimal(30))

# -- shelves, repairs, money, activities ---------------------------------------------------------------------

_SEEN = _nth(40)
_wrong("seen copy nobody registered", StocktakeRow, _SEEN, accession_no="912345")
_wrong("seen copy that was written off", StocktakeRow, _SEEN, accession_no="000012")
_wrong("seen in another place", StocktakeRow, _SEEN, place="教师书架")
_wrong("seen a year before", StocktakeRow, _SEEN, counted_on=date(2025, 7, 1))
_wrong("seen in the future", StocktakeRow, _SEEN, counted_on=date(2026, 10, 7))
_wrong("day and month exchanged", StocktakeRow, _SEEN, counted_on=date(2026, 1, 7))
_wrong("seen without a card", StocktakeRow, _SEEN, catalogue_card=Presence.ABSENT)
_wrong("seen without a stamp", StocktakeRow, _SEEN, stamp=Presence.ABSENT)
_wrong("seen damaged, never sent", StocktakeRow, _SEEN, condition=Condition.DAMAGED)
_again("seen twice", StocktakeRow, _SEEN)
_wrong("place nobody knows", StocktakeScopeRow, _nth(1), scope="五楼书架")
_wrong("count ends before it begins", StocktakeScopeRow, _nth(1), ends_on=date(2026, 6, 1))
_wrong("repair ends before it begins", RepairRow, _nth(0), reshelved_on=date(2025, 10, 1))
_wrong("repair of an unknown copy", RepairRow, _nth(0), accession_no="903694")
_wrong(
    "repair of a written off copy",
    RepairRow,
    _nth(0),
    accession_no="000012",
    sent_on=date(2026, 5, 6),
    reshelved_on=date(2026, 5, 7),
)
_wrong("repair in the future", RepairRow, _nth(0), sent_on=date(2026, 10, 29), reshelved_on=None)
_wrong("repair not ended", RepairRow, _nth(0), reshelved_on=None)
_wrong("received another sum", CashRow, _nth(4), received=Decimal("51.00"))
_wrong("spent another sum", CashRow, _nth(3), spent=Decimal("3181.05"))
_wrong("balance", CashRow, _nth(7), balance=Decimal("17966.95"))
_wrong("spent in the column of receipts", CashRow, _nth(3), received=Decimal("3118.05"), spent=None)
_wrong("receipt nobody gave", CashRow, _nth(4), voucher_no="SJ2025-011")
_wrong("booked in the future", CashRow, _nth(12), booked_on=date(2027, 6, 2))
_again("bill booked twice", CashRow, _nth(3))
_wrong("activity of another year", ActivityRow, _nth(1), held_on=date(2023, 9, 19))
_wrong("activity in the future", ActivityRow, _nth(1), held_on=date(2026, 8, 19))
_wrong("more people than the school has", ActivityRow, _nth(1), participants=3000)
_wrong("visit in the future", VisitRow, _nth(1), visited_on=date(2026, 8, 25))
_wrong("visit of an unknown class", VisitRow, _nth(0), class_name="一（9）班")
_wrong("visit of more than the class", VisitRow, _nth(0), people=230)
_wrong("visit of a class without its name", VisitRow, _nth(0), class_name=None)
_wrong("visit of a teacher with a class", VisitRow, _nth(0), visitor=VisitorKind.TEACHER)
_wrong("recommended number of another title", RecommendationRow, _nth(0), isbn="9787020024759")
_again("recommended twice", RecommendationRow, _nth(0))
_again("evaluated twice", EvaluationRow, _nth(0))
_wrong("mark above the full mark", EvaluationRow, _nth(0), own_mark=Decimal(50))
_wrong("review of an unknown batch", ReviewRow, _nth(0), scope="2031-001")
_wrong("review in the future", ReviewRow, _nth(0), reviewed_on=date(2026, 9, 2))
_wrong("stopped copies lent", ReviewRow, _nth(0), reviewed_on=date(2025, 9, 2), outcome=ReviewOutcome.STOPPED)
_wrong("explained code unknown", ExplanationRow, _nth(0), valid_until=None, code="PER999")
_wrong("explained number unknown", ExplanationRow, _nth(0), valid_until=None, number="BK2025-091")
_wrong("explained sheet unknown", ExplanationRow, _nth(0), valid_until=None, sheet_name="报纸账")
_wrong(
    "batch reviewed before it came",
    ReviewRow,
    _nth(0),
    scope="2026-004",
    reviewed_on=date(2026, 1, 6),
)
_wrong(
    "graduated from a lower grade",
    ReaderRow,
    lambda row: row.stopped_on is None and row.class_name == "三（1）班",
    stop_reason=LeavingReason.GRADUATED,
)
_wrong("read on a Sunday", VisitRow, _nth(2), visited_on=date(2026, 5, 17))
_wrong("replaced by a copy of old", CompensationRow, saying(settlement=Settlement.REPLACEMENT), replacement_no="000055")
_wrong("bought for nothing", AccessionRow, lambda row: row.batch_no == "2026-004", price=Decimal(0))
_wrong(
    "opening copy of a later year",
    AccessionRow,
    lambda row: row.batch_no == "2025-001" and row.withdrawn_on is None,
    accessioned_on=date(2026, 4, 8),
)
_wrong("subscription paid under no number", CashRow, lambda row: row.summary == "订报刊", voucher_no="XX0000")
