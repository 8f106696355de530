"""A day of lending drawn down over a page, and due dates that are those of other lines of it, are one cause each."""

from datetime import date
from itertools import pairwise

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.causes import what_to_do
from small_sample import small_sample


@pytest.mark.parametrize("first", [498, 944, 1304])
def test_a_day_of_lending_drawn_down_over_several_days_is_one_cause(first: int) -> None:
    pen, drawn = Pen(small_sample(1), 1), set[Cell]()
    above, *page = pen.rows(LoanRow)[first : first + 30]
    for row in page:
        if row.lent_on != above.lent_on:
            drawn.add(Cell(LoanRow, row.line, "lent_on"))
            pen.change("", row, lent_on=above.lent_on)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.LENT_ON_ONE_DAY
    assert set(cause.correction.untold) == drawn
    assert len(cause.explains) == len(report.findings)
    assert what_to_do(pen.ledger_set.library(), cause.correction).endswith("格照原来的那一份填")


def _pasted_lower(page: list[LoanRow]) -> list[date]:
    return [page[max(0, at - 2)].due_on for at in range(len(page))]


def _sorted(page: list[LoanRow]) -> list[date]:
    return sorted((row.due_on for row in page), reverse=True)


@pytest.mark.parametrize("first", [549, 1261])
@pytest.mark.parametrize("moved", [_pasted_lower, _sorted])
def test_due_dates_of_other_lines_are_reckoned_anew(first: int, moved: object) -> None:
    pen, before = Pen(small_sample(1), 1), {}
    page = pen.rows(LoanRow)[first : first + 60]
    assert callable(moved)
    for row, due_on in zip(page, moved(page), strict=True):
        if row.due_on != due_on:
            before[Cell(LoanRow, row.line, "due_on")] = row.due_on
            pen.change("", row, due_on=due_on)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.DUE_OF_OTHERS
    edits = {edit.at: edit.should for edit in cause.correction.edits if isinstance(edit, Change)}
    assert edits.items() <= before.items()


def test_the_first_line_of_a_class_with_a_reader_of_the_one_above_keeps_its_class() -> None:
    pen = Pen(small_sample(1), 1)
    for above, row in pairwise(pen.rows(LoanRow)):
        below = pen.ledger_set.library()[LoanRow].sound_at(row.line + 1)
        if below and above.class_name != row.class_name == below.class_name and above.is_personal and row.is_personal:
            pen.change("", row, reader_no=above.reader_no, name=above.name)
            break
    _, causes = explained(pen.ledger_set)
    assert not any(edit.at.field == "class_name" for one in causes for edit in one.correction.edits)


def test_a_withdrawal_renamed_on_all_its_lines_is_looked_into_like_any_other() -> None:
    pen = Pen(small_sample(1), 1)
    rows = pen.rows(WithdrawalRow)
    number = max((row.withdrawal_no for row in rows), key=[row.withdrawal_no for row in rows].count)
    for row in [row for row in rows if row.withdrawal_no == number]:
        pen.change("", row, withdrawal_no=f"{number}1")
    report, _ = explained(pen.ledger_set)
    assert {finding.check.code for finding in report.findings} >= {"SUM353", "WDL304"}
