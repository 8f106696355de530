"""A column of loans that was sorted without the others is one cause, by whatever it was sorted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.wording.checking.causes import what_to_do


def _as_written(value: Any) -> Any:
    return value


def _by_strokes_perhaps(value: Any) -> Any:
    """Another order than that of the characters' numbers, as the system has it."""
    return value[::-1]


def _the_last_first(day: date) -> int:
    return -day.toordinal()


def _sorted_by(pen: Pen, field: str, key: Callable[[Any], Any]) -> dict[Cell, Any]:
    """What stood in the cells before."""
    rows = [row for row in pen.rows(LoanRow) if getattr(row, field) and (field != "due_on" or row.is_personal)]
    before = {Cell(LoanRow, row.line, field): getattr(row, field) for row in rows}
    for row, value in zip(rows, sorted(before.values(), key=key), strict=True):
        pen.change("", row, **{field: value})
    return before


@pytest.mark.parametrize("key", [_as_written, _by_strokes_perhaps])
@pytest.mark.parametrize("field", ["name", "class_name", "title", "reader_no"])
def test_a_column_sorted_without_the_others_is_one_cause(pen: Pen, field: str, key: Callable[[Any], Any]) -> None:
    before = _sorted_by(pen, field, key)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.SORTED_ALONE
    assert all(before[edit.at] == edit.should for edit in cause.correction.edits if isinstance(edit, Change))
    assert len(cause.explains) == len(report.findings)
    assert "都照同一行别的栏重填，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_so_are_due_dates_as_the_rules_tell_them(pen: Pen) -> None:
    before = _sorted_by(pen, "due_on", _the_last_first)
    report, [cause] = explained(pen.ledger_set)
    assert all(before[edit.at] == edit.should for edit in cause.correction.edits if isinstance(edit, Change))
    assert len(cause.explains) == len(report.findings)


def test_names_on_other_lines_in_no_order_were_not_sorted(pen: Pen) -> None:
    names = [row.name for row in pen.rows(LoanRow)]
    for row, name in zip(list(pen.rows(LoanRow)), names[7:] + names[:7], strict=True):
        pen.change("", row, name=name)
    _, causes = explained(pen.ledger_set)
    assert all(cause.correction.slip is not Slip.SORTED_ALONE for cause in causes)
