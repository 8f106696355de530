"""What makes nearly all loans differ from 借阅规则 is one cause, and what explains as much is said beside it."""

from datetime import timedelta

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.wording.checking.causes import what_to_do


def _lent_to_persons(pen: Pen) -> list[LoanRow]:
    return [row for row in pen.rows(LoanRow) if row.is_personal and row.due_on]


def test_a_formula_in_the_whole_column_is_said_before_the_rules_it_may_follow(pen: Pen) -> None:
    right = {Cell(LoanRow, row.line, "due_on"): row.due_on for row in _lent_to_persons(pen)}
    for row in _lent_to_persons(pen):
        pen.change("", row, due_on=row.lent_on + timedelta(30))
    report, [cause] = explained(pen.ledger_set)
    assert all(right[edit.at] == edit.should for edit in cause.correction.edits if isinstance(edit, Change))
    assert len(cause.explains) == len(report.findings) > 1000
    assert "都照借阅规则重算，如 I8：" in what_to_do(pen.ledger_set.library(), cause.correction)
    [rules] = cause.others
    assert {edit.at.row_type for edit in rules.edits if isinstance(edit, Change)} == {LendingRule}


@pytest.mark.parametrize(("by", "said"), [(1, "都改早一天"), (-1, "都改晚一天")])
def test_days_of_lending_a_day_off_throughout_are_one_cause(pen: Pen, by: int, said: str) -> None:
    right = {Change(Cell(LoanRow, row.line, "lent_on"), row.lent_on) for row in pen.rows(LoanRow)}
    for row in list(pen.rows(LoanRow)):
        pen.change("", row, lent_on=row.lent_on + timedelta(by))
    report, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == right
    assert len(cause.explains) == len(report.findings)
    assert f"格{said}，如 B2：" in what_to_do(pen.ledger_set.library(), cause.correction)


def test_several_rules_written_otherwise_are_one_cause(pen: Pen) -> None:
    rules = [row for row in pen.rows(LendingRule) if row.days == 14]
    for row in rules:
        pen.change("", row, days=10)
    report, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == {Change(Cell(LendingRule, row.line, "days"), 14) for row in rules}
    assert len(rules) > 1
    assert len(cause.explains) == len(report.findings)


def test_due_dates_that_opening_hours_speak_against_stay(pen: Pen) -> None:
    for row in list(pen.rows(OpeningRow))[1:]:
        pen.drop("", row)
    _, causes = explained(pen.ledger_set)
    assert not {edit.at for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)} & {
        Cell(LoanRow, row.line, "due_on") for row in pen.rows(LoanRow)
    }


@pytest.mark.parametrize("first", [0, 290])
def test_one_due_date_drawn_down_over_loans_of_several_days_is_one_cause(pen: Pen, first: int) -> None:
    drawn = _lent_to_persons(pen)[first : first + 40]
    right = {Change(Cell(LoanRow, row.line, "due_on"), row.due_on) for row in drawn if row.due_on != drawn[0].due_on}
    for row in drawn:
        pen.change("", row, due_on=drawn[0].due_on)
    report, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == right
    assert len(cause.explains) == len(report.findings) == len(right)
    assert "都照借阅规则重算，如 " in what_to_do(pen.ledger_set.library(), cause.correction)
