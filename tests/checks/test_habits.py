"""What a school does on every line of a column is one finding, however many lines there are."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from checks.books import Books, right_for
from make import findings, sentences
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence, VisitorKind
from schoollib_xl.ledgers.vocabulary import Circulation, Flow, LoanMode, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.findings import message_of

Written = Callable[[Any], dict[str, Any]]
_DAY, _FEBRUARY = timedelta(days=1), date(2026, 2, 25)
HABITS: dict[str, tuple[str, type[Any], Written]] = {
    "no cards for the pockets": ("CRD002", StocktakeRow, lambda _: {"book_card": Presence.ABSENT}),
    "forty readers on every line": ("VIS304", VisitRow, lambda row: {"people": 40} if _is_class(row) else {}),
    "classes that read without their names": ("VIS303", VisitRow, lambda _: {"class_name": None}),
    "nobody counted": ("VIS307", VisitRow, lambda _: {"people": 0}),
    "open for readers on Saturdays": ("VIS102", VisitRow, lambda row: {"visited_on": _saturday(row.visited_on)}),
    "postal codes with a word": ("PER011", PeriodicalRow, lambda row: {"postal_code": f"邮发{row.postal_code}"}),
    "ISSN run together": ("PER013", PeriodicalRow, lambda row: {"issn": row.issn and row.issn.replace("-", "")}),
    "dashes of another kind": ("PER015", PeriodicalRow, lambda row: {"cn": row.cn and row.cn.replace("-", "——")}),
    "issues not checked in": ("PER203", PeriodicalRow, lambda _: {"received_issues": 0}),
    "withdrawals without prices": ("WDL201", WithdrawalRow, lambda _: {"price": Decimal(0)}),
    "withdrawals by their letter": ("WDL303", WithdrawalRow, lambda row: {"class_no": row.class_no[0]}),
    "withdrawals nobody approved": ("WDL002", WithdrawalRow, lambda _: {"approved_by": None}),
    "bound volumes without numbers": ("PER301", PeriodicalRow, lambda _: {"bound_volumes": 1, "first_bound_no": None}),
    "withdrawals not marked": ("ACC352", AccessionRow, lambda _: {"withdrawn_on": None, "withdrawal_no": None}),
    "marked on the day of approval": ("ACC353", AccessionRow, lambda row: _earlier(row, "withdrawn_on")),
    "batch of the withdrawal not noted": ("ACC354", AccessionRow, lambda _: {"withdrawal_no": None}),
    "ISBN without the last figure": ("ACC016", AccessionRow, lambda row: {"isbn": row.isbn and row.isbn[:-1]}),
    "ISBN with the figure of the old ten": ("ACC013", AccessionRow, lambda row: {"isbn": row.isbn and _old(row.isbn)}),
    "picture books under L": ("ACC011", AccessionRow, lambda row: {"class_no": "L"} if row.class_letter == "J" else {}),
    "a book number for each copy": ("ACC905", AccessionRow, lambda row: {"book_no": row.accession_no}),
    "printed after it came": ("ACC014", AccessionRow, lambda _: {"published": "2026"}),
    "a delivery catalogued late": ("ACC102", AccessionRow, lambda row: _of(row, "2025-002", +250)),
    "a delivery registered when done": ("ACC101", AccessionRow, lambda row: _of(row, "2025-002", -(row.line % 9))),
    "new cards for everybody": ("PLB302", ReaderRow, lambda row: {} if row.stopped_on else {"issued_on": _FEBRUARY}),
    "one teacher for all classes": ("RDR305", ClassRow, lambda _: {"teacher": "谢雅玥"}),
    "scans under other numbers": ("STK301", StocktakeRow, lambda row: {"accession_no": f"B{row.accession_no}"}),
    "read in the room until the next day": ("CIR109", LoanRow, lambda row: _later(row) if _in_room(row) else {}),
    "a remark filled down": ("FMT210", LoanRow, lambda row: {"remarks": "未还"} if row.returned_on else {}),
    "every copy for reading in the room": ("CIR310", AccessionRow, lambda _: {"circulation": Circulation.REFERENCE}),
}


def _is_class(row: VisitRow) -> bool:
    return row.visitor is VisitorKind.CLASS


def _in_room(row: LoanRow) -> bool:
    return row.mode is LoanMode.IN_ROOM


def _saturday(day: date) -> date:
    return min(day, date(2026, 6, 26)) + (5 - min(day, date(2026, 6, 26)).weekday()) * _DAY


def _later(row: LoanRow) -> dict[str, Any]:
    return {"returned_on": row.returned_on and row.returned_on + _DAY}


def _earlier(row: Any, field: str) -> dict[str, Any]:
    return {field: getattr(row, field) and getattr(row, field) - 3 * _DAY}


def _of(row: AccessionRow, batch_no: str, days: int) -> dict[str, Any]:
    is_of_it = row.batch_no == batch_no and row.accessioned_on
    return {"accessioned_on": row.accessioned_on + days * _DAY} if is_of_it and row.accessioned_on else {}


def _old(isbn: str) -> str:
    """978 before the nine figures and the last of the ten-figure number."""
    last = -sum((10 - place) * int(figure) for place, figure in enumerate(isbn[3:12])) % 11
    return isbn[:12] + ("X" if last == 10 else str(last))


_WAYS: dict[str, tuple[int, Written]] = {
    "due at the end of the term, whatever the rule": (
        2,
        lambda row: {"due_on": _end_of_term(row.lent_on)} if row.is_personal else {},
    ),
    "the classes' shelves for the year": (1, lambda row: {"due_on": date(2026, 7, 10)} if _is_corner(row) else {}),
    "every loan a person's": (2, lambda _: {"mode": LoanMode.PERSONAL}),
}


def _end_of_term(day: date) -> date:
    return date(2026, 1, 16) if day < date(2026, 1, 17) else date(2026, 6, 26)


def _is_corner(row: LoanRow) -> bool:
    return row.mode is LoanMode.CLASS


@pytest.mark.parametrize("name", _WAYS)
def test_a_way_of_lending_that_is_not_in_the_rules_is_told_once_and_accuses_no_loan(name: str) -> None:
    most, written = _WAYS[name]
    clean, before = right_for(name)
    books = Books(clean)
    books.rows(LoanRow)[:] = [row._replace(**written(row)) for row in books.rows(LoanRow)]
    found = [one for one in books.report_after(clean, before).findings if one.check.code == "CIR103"]
    assert 0 < len(found) <= most
    assert {one.severity for one in found} == {Severity.WARNING}


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_is_one_finding_that_counts_its_lines(name: str) -> None:
    code, row_type, written = HABITS[name]
    clean, before = right_for(name)
    books = Books(clean)
    books.rows(row_type)[:] = [row._replace(**written(row)) for row in books.rows(row_type)]
    library = books.library()
    found = [one for one in books.report_after(clean, before).findings if one.check.code == code]
    assert [one.severity for one in found] == [found[0].severity]
    assert "格也是这样" in message_of(library, found[0]).message


def test_a_day_of_typing_accuses_no_withdrawal_of_the_opening_stock() -> None:
    clean, before = right_for("WDL101")
    books = Books(clean)
    opening = [row for row in books.rows(AccessionRow) if row.batch_no == "2025-001"]
    for row in opening:
        books.edit(row, accessioned_on=date(2026, 6, 25))
    found = [one for one in books.report_after(clean, before).findings if one.check.code == "WDL101"]
    assert [one.severity for one in found] == [Severity.WARNING]


def test_slips_on_a_few_lines_are_told_one_by_one() -> None:
    clean, before = right_for("CRD002")
    books = Books(clean)
    for row in books.rows(StocktakeRow)[:30]:
        books.edit(row, book_card=Presence.ABSENT)
    assert len(books.report_after(clean, before).findings) == 30


def test_a_classification_in_whole_yuan_is_one_hint_and_a_slip_of_more_is_told() -> None:
    clean, before = right_for("CLS210")
    books = Books(clean)
    kept = [field for field in ClassificationRow._fields if field.endswith("_value")]
    for row in books.rows(ClassificationRow)[:]:
        books.edit(row, **{field: Decimal(int(getattr(row, field) + Decimal("0.5"))) for field in kept})
    found = books.report_after(clean, before).findings
    assert [(one.check.code, one.severity) for one in found] == [("CLS210", Severity.HINT)]
    row = books.rows(ClassificationRow)[8]
    books.edit(row, closing_value=row.closing_value + 9)
    assert Severity.ERROR in [one.severity for one in books.report_after(clean, before).findings]


def test_a_column_of_the_classification_that_was_never_filled_is_told_once() -> None:
    clean, before = right_for("CLS210")
    books = Books(clean)
    for row in books.rows(ClassificationRow)[:]:
        books.edit(row, closing_copies=0)
    codes = [one.check.code for one in books.report_after(clean, before).findings]
    assert codes.count("CLS209") == 1


def test_a_classification_without_movements_is_told_once_for_a_column() -> None:
    clean, before = right_for("CLS203")
    books = Books(clean)
    for row in books.rows(ClassificationRow)[:]:
        still = {"opening_copies": row.closing_copies, "opening_value": row.closing_value}
        nothing = dict.fromkeys(("added_value", "removed_value"), Decimal(0))
        books.edit(row, added_copies=0, removed_copies=0, **still, **nothing)
    codes = [one.check.code for one in books.report_after(clean, before).findings]
    assert sorted(codes) == [f"CLS{number}" for number in range(203, 209)]


def test_totals_that_follow_from_line_to_line_are_not_told_of_a_second_opening_batch() -> None:
    clean, before = right_for("SUM211")
    books = Books(clean)
    books.edit(books.last(SummaryRow), flow=Flow.OPENING, source=SourceOrDestination.OTHER)
    codes = {one.check.code for one in books.report_after(clean, before).findings}
    assert "SUM101" in codes
    assert codes.isdisjoint({"SUM211", "SUM212"})


def test_blanks_of_a_column_are_told_once_and_sums_that_are_off_one_by_one() -> None:
    settled = [example(CompensationRow, line=line, incident_no=f"P{line:03}", paid=None) for line in range(2, 12)]
    assert (
        len(findings("CMP203", *settled))
        == len(findings("CMP011", *[one._replace(receipt_no=None) for one in settled]))
        == 1
    )
    assert len(findings("CMP203", *(one._replace(paid=Decimal(1)) for one in settled))) == 10
    unsettled = [one._replace(paid=one.owed, settled_on=None) for one in settled]
    assert sentences("CMP205", *unsettled)[0].endswith("结清日期空着，这一栏还有 9 格也是这样。")
    assert len(findings("CMP205", *unsettled[:9])) == 9
    batches = [example(SummaryRow, line=line, batch_no=f"2025-{line:03}", last_no=None) for line in range(2, 12)]
    assert len(findings("SUM013", *batches)) == 1
    bound = [example(PeriodicalRow, line=line, bound_volumes=2, first_bound_no="000001") for line in range(2, 12)]
    assert len(findings("PER205", *bound)) == 1
    assert len(findings("PER205", *(one._replace(last_bound_no="000003") for one in bound))) == 10
    assert len(findings("PER306", *(one._replace(bound_volumes=None) for one in bound))) == 1
