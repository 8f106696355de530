"""Numbers a line lower or higher than the rest of their rows are one cause, however many they are."""

from collections.abc import Callable

import pytest

from bench import slips_of_many_rows as slips
from bench.slips_of_the_pen import Pen, Slip
from make import explained
from schoollib_xl.causes.correction import Change
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.wording.checking.causes import what_to_do


@pytest.mark.parametrize("field", ["accession_no", "reader_no"])
@pytest.mark.parametrize("ends", [True, False])
def test_eight_numbers_slid_by_a_line_are_one_cause(pen: Pen, field: str, ends: bool) -> None:
    slip = slips._slid(LoanRow, field, ends=ends)(pen)
    report, [cause] = explained(pen.ledger_set)
    assert len(cause.explains) == len(report.findings) - sum(one.explained for one in report.findings)
    cells = {*(edit.at for edit in cause.correction.edits if isinstance(edit, Change)), *cause.correction.untold}
    assert cells == slip.cells


@pytest.mark.parametrize("end", ["照单据填", " 填 "])
def test_the_column_is_told_by_its_ends_and_what_the_books_do_not_tell_is_left_to_the_papers(
    pen: Pen, end: str
) -> None:
    slips._slid(LoanRow, "accession_no", ends=end == " 填 ")(pen)
    _, [cause] = explained(pen.ledger_set)
    said = what_to_do(pen.ledger_set.library(), cause.correction)
    assert "往上移一行" in said
    assert end in said


@pytest.mark.parametrize("plant", [slips._slid(LoanRow, "title"), slips._slid(LoanRow, "name")])
def test_where_the_words_may_have_slid_as_well_both_are_said(pen: Pen, plant: Callable[[Pen], Slip]) -> None:
    slip = plant(pen)
    _, [cause] = explained(pen.ledger_set)
    edits = [edit for one in (cause.correction, *cause.others) for edit in one.edits]
    assert slip.cells <= {edit.at for edit in edits if isinstance(edit, Change)}


def test_a_column_slid_down_to_the_last_line_is_one_cause(pen: Pen) -> None:
    slips._slid_to_the_end(LoanRow, "accession_no")(pen)
    report, [cause] = explained(pen.ledger_set)
    assert len(cause.explains) == len(report.findings) > 4


@pytest.mark.parametrize("step", [1, -1])
def test_a_day_of_returns_a_month_off_is_one_cause_and_no_rule_is_blamed(pen: Pen, step: int) -> None:
    slip = slips._returned_a_month_off(step)(pen)
    report, [cause] = explained(pen.ledger_set)
    assert {edit.at for edit in cause.correction.edits if isinstance(edit, Change)} <= slip.cells
    assert len(cause.explains) == len(report.findings) > 4


def test_loans_of_a_class_under_another_are_one_cause(pen: Pen) -> None:
    slip = slips._another_class(pen)
    report, [cause] = explained(pen.ledger_set)
    assert {edit.at for edit in cause.correction.edits if isinstance(edit, Change)} <= slip.cells
    assert len(cause.explains) == len(report.findings) > 2


def test_where_the_cards_of_a_class_say_otherwise_than_all_its_loans_the_loans_stay(pen: Pen) -> None:
    own, other = (row.class_name for row in pen.rows(ClassRow)[2:4])
    for reader in [row for row in pen.rows(ReaderRow) if row.class_name == own]:
        pen.change("", reader, class_name=other)
    _, causes = explained(pen.ledger_set)
    edits = [edit for cause in causes for edit in cause.correction.edits]
    named = {edit.at.line for edit in edits if isinstance(edit, Change) and edit.at.row_type is LoanRow}
    assert len(named) < 3
