"""Days of return left out, pasted over or sorted are one cause, though nothing may tell what each should say."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Causes, Change, Slip
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.wording.checking.causes import causes_json, what_to_do


def _leave_out(pen: Pen, fits: Callable[[LoanRow], bool]) -> dict[Cell, Any]:
    rows = [row for row in pen.rows(LoanRow) if row.returned_on and fits(row)]
    before = {Cell(LoanRow, row.line, name): getattr(row, name) for row in rows for name in ("returned_on", "outcome")}
    for row in rows:
        pen.change("", row, returned_on=None, outcome=None)
    return before


def _days(pen: Pen, is_lent_on: bool) -> list[date]:
    """The days with most returns, on which copies were lent as well or none was."""
    lent = {row.lent_on for row in pen.rows(LoanRow)}
    days = Counter(row.returned_on for row in pen.rows(LoanRow) if row.returned_on and row.is_personal)
    return [day for day, _ in days.most_common() if (day in lent) is is_lent_on]


@pytest.mark.parametrize("nth", [6, 14, 30])
def test_returns_of_a_day_of_lending_that_were_forgotten_are_told(pen: Pen, nth: int) -> None:
    day = _days(pen, True)[nth]
    before = _leave_out(pen, lambda row: row.returned_on == day)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.DAY_LEFT_OUT
    edits = [edit for edit in cause.correction.edits if isinstance(edit, Change)]
    assert {edit.at: edit.should for edit in edits}.items() <= before.items()
    assert len(cause.explains) * 4 > len(report.findings) * 3
    said = what_to_do(pen.ledger_set.library(), cause.correction)
    assert f"“归还日期”都补填 {day.year}年{day.month}月{day.day}日，“归还情况”都补填 已还" in said


def test_where_nothing_tells_the_day_the_loans_are(pen: Pen) -> None:
    [day, *_] = _days(pen, False)
    before = _leave_out(pen, lambda row: row.returned_on == day)
    report, causes = explained(pen.ledger_set)
    [cause] = causes
    assert (cause.correction.slip, cause.correction.edits) == (Slip.BACK_AGAIN, ())
    assert set(cause.correction.untold) <= set(before)
    assert len(cause.explains) == len(report.findings)
    library = pen.ledger_set.library()
    assert "“归还日期”漏填了，照还书的那一天补" in what_to_do(library, cause.correction)
    [shown] = causes_json(library, Causes(causes))
    assert len(shown["cells"]) == len(cause.correction.untold)
    assert {cell["should"] for cell in shown["cells"]} == {None}


@pytest.mark.parametrize("which", [min, max])
def test_one_day_pasted_over_the_returns_of_a_page_is_one_cause(pen: Pen, which: Callable[[list[date]], date]) -> None:
    page = list(pen.rows(LoanRow))[700:900]
    day = which([row.returned_on for row in page if row.returned_on])
    for row in page:
        if row.returned_on:
            pen.change("", row, returned_on=day)
    report, [cause] = explained(pen.ledger_set)
    assert (cause.correction.slip, cause.correction.edits) == (Slip.ONE_DAY, ())
    assert len(cause.explains) == len(report.findings) > 20
    assert "格照原来的那一份填" in what_to_do(pen.ledger_set.library(), cause.correction)


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        *((AccessionRow, name) for name in ("class_no", "price", "author", "isbn")),
        (LoanRow, "returned_on"),
    ],
)
def test_a_column_sorted_alone_that_no_other_tells_is_one_cause(pen: Pen, sheet: type[Any], field: str) -> None:
    rows = [row for row in pen.rows(sheet) if getattr(row, field) is not None]
    values = sorted(getattr(row, field) for row in rows)
    for row, value in zip(rows, values, strict=True):
        pen.change("", row, **{field: value})
    report, [cause] = explained(pen.ledger_set)
    assert (cause.correction.slip, cause.correction.edits) == (Slip.SORTED_ALONE, ())
    assert len(cause.explains) == len(report.findings) > 20


def test_a_register_entered_class_by_class_was_not_sorted(pen: Pen) -> None:
    """Each batch by itself is in order, the whole is not; or there is but one."""
    copies = sorted(pen.rows(AccessionRow), key=lambda row: (row.batch_no, row.class_no))
    numbered = zip(copies, sorted(row.accession_no for row in copies), strict=True)
    pen.ledger_set.rows[AccessionRow] = [
        row._replace(line=line, accession_no=number) for line, (row, number) in enumerate(numbered, 2)
    ]
    _, causes = explained(pen.ledger_set)
    assert all(cause.correction.slip is not Slip.SORTED_ALONE or cause.correction.edits for cause in causes)
