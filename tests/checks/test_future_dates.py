"""What is done on a day that has not come, and a calendar that says nothing."""

from datetime import date
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.lending import LoanTerms

_HOLIDAY = row(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY, note=None)
_BOOKS = row(ClassRow), row(ReaderRow), row(LendingRule), row(OpeningRow)


def test_a_loan_of_next_year_is_an_error_at_its_cell() -> None:
    loan = row(LoanRow, lent_on=date(2026, 9, 8))
    assert findings("FMT112", loan) == ["FMT112 借阅登记账!B2"]
    assert sentences("FMT112", loan) == ["“借出日期”写的是 2026年9月8日，账记到 2026年1月23日 为止，这一天还没有到。"]


def test_many_entries_after_the_cut_off_are_one_finding() -> None:
    loans = [row(LoanRow, line, loan_no=f"J{line:06}", lent_on=date(2026, 3, 2)) for line in range(2, 12)]
    assert findings("FMT112", *loans) == []
    assert findings("FMT205", *loans) == ["FMT205 借阅登记账!B2"]
    assert sentences("FMT205", *loans) == [
        "账记到 2026年1月23日 为止，后面还有 10 格记的是以后的日子，最晚到 2026年3月2日。"
    ]
    assert report("FMT205", library(*loans)).findings[0].severity is Severity.WARNING


def test_a_lone_far_date_among_many_later_entries_is_an_error_of_its_own() -> None:
    loans = [row(LoanRow, line, loan_no=f"J{line:06}", lent_on=date(2026, 3, 2)) for line in range(2, 12)]
    loans.append(row(LoanRow, 12, loan_no="J000012", lent_on=date(2062, 3, 2)))
    assert findings("FMT112", *loans) == ["FMT112 借阅登记账!B12"]
    assert findings("FMT205", *loans) == ["FMT205 借阅登记账!B2"]


def test_later_entries_of_several_ledgers_are_one_finding() -> None:
    loans = [row(LoanRow, line, loan_no=f"J{line:06}", lent_on=date(2026, 3, 2)) for line in range(2, 6)]
    copies = [
        row(AccessionRow, line, accession_no=f"{line:06}", accessioned_on=date(2026, 3, 5)) for line in range(2, 6)
    ]
    assert findings("FMT205", *loans, *copies) == ["FMT205 个别登记账!B2"]
    assert findings("FMT112", *loans, *copies) == []


@pytest.mark.parametrize(
    ("ahead", "place"),
    [
        (row(PupilLibrarianRow, appointed_on=date(2026, 9, 8)), "学生管理员!D2"),
        (row(StocktakeScopeRow, ends_on=date(2026, 9, 1)), "盘点范围!C2"),
        (row(ExplanationRow, written_on=date(2027, 1, 13)), "差异说明!F2"),
    ],
)
def test_what_is_said_to_be_done_has_its_day_behind_it(ahead: Any, place: str) -> None:
    assert findings("FMT112", ahead) == [f"FMT112 {place}"]


def test_due_dates_may_lie_ahead() -> None:
    assert findings("FMT112", row(LoanRow, due_on=date(2026, 2, 10))) == []


def test_no_due_date_is_judged_or_proposed_without_school_days() -> None:
    loan = row(LoanRow, due_on=date(2025, 9, 30))
    books = library(*_BOOKS, _HOLIDAY, loan)
    assert report("CIR103", books).findings == ()
    assert books.derive(LoanTerms).due_on(loan) is None
    assert findings("QUO115", _HOLIDAY) == ["QUO115 校历!C1"]
    assert findings("QUO112", _HOLIDAY) == []


def test_a_due_date_beyond_the_calendar_is_not_judged_and_not_moved() -> None:
    term = row(CalendarRow, starts_on=date(2025, 9, 1), ends_on=date(2025, 9, 12))
    loan = row(LoanRow, lent_on=date(2025, 9, 8), due_on=date(2025, 9, 30))
    books = library(*_BOOKS, term, loan)
    assert report("CIR103", books).findings == ()
    assert books.derive(LoanTerms).due_on(loan) == date(2025, 9, 22)


def test_a_calendar_not_begun_is_a_hint_until_the_term_is_known() -> None:
    school = EXAMPLE_SCHOOL._replace(term_start=None, term_end=None)
    begun, not_begun = library(_HOLIDAY), library(_HOLIDAY, school=school)
    assert [one.severity for one in report("QUO115", begun).findings] == [Severity.ERROR]
    assert [one.severity for one in report("QUO115", not_begun).findings] == [Severity.HINT]
