"""A day without its year, or with two figures of it, is read as in old lists: by the days round it, or not at all."""

from datetime import date
from typing import Any

import pytest

from make import library, row
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow, LedgerTable
from schoollib_xl.sheets.reading.years import with_years

AS_OF = date(2025, 12, 20)


def loans(*days: tuple[Any, Any]) -> LedgerTable[LoanRow]:
    """Loans lent and returned on these days; a text is a cell that nobody could read by itself."""
    rows, incomplete, flaws = [], [], []
    for line, said in enumerate(days, 2):
        days_read = [day if isinstance(day, date) else None for day in said]
        loan = row(LoanRow, line=line, loan_no=f"J{line}", lent_on=days_read[0], returned_on=days_read[1])
        (rows if days_read[0] else incomplete).append(loan)
        names = zip(("lent_on", "returned_on"), said, strict=True)
        flaws += [FlawedCell(line, name, Flaw.NOT_A_DATE, text) for name, text in names if isinstance(text, str)]
    aside = [IncompleteRow(loan.line, loan._asdict()) for loan in incomplete]
    [table] = with_years([library(*rows)[LoanRow].changed(incomplete=aside, flaws=flaws)], AS_OF)
    return table


@pytest.mark.parametrize(
    ("said", "lent", "back"),
    [
        (("9月11日", "9.18"), date(2025, 9, 11), date(2025, 9, 18)),
        (("9/11", None), date(2025, 9, 11), None),
        (("12月30日", "1月5日"), date(2025, 12, 30), date(2026, 1, 5)),
        # No day of a loan that was lent in autumn, and no day that a number alone may mean.
        (("9月11日", "9月2日"), date(2025, 9, 11), None),
        (("10.1", None), None, None),
    ],
)
def test_a_day_without_its_year_is_near_the_one_above(
    said: tuple[Any, Any], lent: date | None, back: date | None
) -> None:
    table = loans((date(2025, 9, 8), None), said, (date(2025, 9, 15), None))
    found = [(loan.lent_on, loan.returned_on) for loan in table if loan.line == 3]
    assert found == ([(lent, back)] if lent else [])
    assert [one.line for one in table.incomplete] == ([] if lent else [3])
    told = {(cell.field, cell.flaw) for cell in table.flaws}
    assert (("lent_on", Flaw.TEXT_DATE) in told) is bool(lent)
    assert (("returned_on", Flaw.NOT_A_DATE) in told) is bool(said[1] and not back)


def test_a_day_to_come_of_two_figures_is_no_day_of_what_is_gone_by() -> None:
    slip = row(LoanRow, line=3, loan_no="J3", lent_on=date(2027, 3, 5), returned_on=date(2027, 3, 6))
    later = row(LoanRow, line=4, loan_no="J4", lent_on=date(2026, 2, 25), returned_on=None)
    flaws = [
        FlawedCell(3, "lent_on", Flaw.TEXT_DATE, "27-3-5", slip.lent_on),
        FlawedCell(3, "returned_on", Flaw.TEXT_DATE, "2027-3-6", slip.returned_on),
        FlawedCell(4, "lent_on", Flaw.TEXT_DATE, "26-2-25", later.lent_on),
    ]
    [table] = with_years([library(slip, later)[LoanRow].changed(flaws=flaws)], AS_OF)
    assert [loan.line for loan in table] == [4]
    assert [(one.line, one.values["lent_on"], one.values["returned_on"]) for one in table.incomplete] == [
        (3, None, date(2027, 3, 6))
    ]
    assert [cell.flaw for cell in table.flaws] == [Flaw.NOT_A_DATE, Flaw.TEXT_DATE, Flaw.TEXT_DATE]


def test_books_whose_days_are_days_are_the_very_same() -> None:
    books = library(row(LoanRow))[LoanRow]
    assert next(with_years([books], AS_OF)) is books
