"""What was drawn down accuses neither the words beside it nor the books compared with it; a word that settles."""

import re
from itertools import pairwise

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.vocabulary import Incident
from schoollib_xl.wording.checking.causes import what_to_do


def _columns(pen: Pen) -> set[tuple[type, str]]:
    """The columns that are accused."""
    report, causes = explained(pen.ledger_set)
    assert report.findings
    edits = [edit for cause in causes for edit in cause.correction.edits]
    assert all(isinstance(edit, Change) for edit in edits)
    return {(edit.at.row_type, edit.at.field) for edit in edits if isinstance(edit, Change)}


@pytest.mark.parametrize("start", [20, 80, 140, 260, 320])
@pytest.mark.parametrize("field", ["accession_no", "reader_no"])
def test_numbers_drawn_down_three_lines_accuse_no_word(pen: Pen, field: str, start: int) -> None:
    first, *rows = pen.rows(LoanRow)[start : start + 4]
    number = getattr(first, field)
    figures = number.lstrip("SJT")
    for by, row in enumerate(rows, 1):
        pen.change("", row, **{field: f"{number[: -len(figures)]}{int(figures) + by:0{len(figures)}}"})
    assert _columns(pen) <= {(LoanRow, field)}


def _is_first(copies: list[AccessionRow], at: int) -> bool:
    return copies[at].title != copies[at - 1].title


@pytest.mark.parametrize("lines", [2, 4])
def test_a_title_filled_down_accuses_no_loan(pen: Pen, lines: int) -> None:
    lent = {row.accession_no for row in pen.rows(LoanRow)}
    copies = pen.rows(AccessionRow)
    index = next(at for at in range(40, len(copies)) if _is_first(copies, at) and copies[at].accession_no in lent)
    for row in copies[index : index + lines]:
        pen.change("", row, title=copies[index - 1].title)
    assert LoanRow not in {row_type for row_type, _ in _columns(pen)}


def test_an_incident_of_the_other_kind_is_named(pen: Pen) -> None:
    row = pen.pick(CompensationRow, lambda row: row.incident is Incident.DAMAGED)
    pen.change("", row, incident=Incident.LOST)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(CompensationRow, row.line, "incident"), Incident.DAMAGED),)


def test_classes_in_other_brackets_are_no_slip_of_one_of_them(pen: Pen) -> None:
    for row in list(pen.rows(ClassRow)):
        pen.change("", row, class_name=row.class_name.replace("（", "(").replace("）", ")"))
    report, causes = explained(pen.ledger_set)
    assert report.findings
    assert causes == ()


@pytest.mark.parametrize("first", [219, 880, 1221, 1559])
@pytest.mark.parametrize("lines", [12, 25])
def test_numbers_and_titles_a_line_too_low_tell_no_other_number(pen: Pen, first: int, lines: int) -> None:
    before = {row.line: row for row in pen.rows(LoanRow)}
    _push_down(pen, first, lines)
    _, causes = explained(pen.ledger_set)
    edits = [edit for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)]
    assert all(edit.should == getattr(before[edit.at.line], edit.at.field) for edit in edits)
    assert {(edit.at.row_type, edit.at.field) for edit in edits} <= {(LoanRow, "accession_no"), (LoanRow, "title")}


@pytest.mark.parametrize("first", [190, 370, 730])
def test_numbers_and_titles_a_line_too_low_are_to_be_moved_up(pen: Pen, first: int) -> None:
    before = {row.line: row for row in pen.rows(LoanRow)}
    _push_down(pen, first, 30)
    report, [cause] = explained(pen.ledger_set)
    assert len(report.findings) > 1
    assert cause.explains == tuple(range(len(report.findings)))
    said = what_to_do(pen.ledger_set.library(), cause.correction)
    columns = r"借阅登记账!F\d+ 到 F\d+“个别登记号”、借阅登记账!G\d+ 到 G\d+“书名”"
    assert re.fullmatch(rf"{columns}都往上移一行，F\d+、G\d+ 照单据填", said)
    edits = [edit for edit in cause.correction.edits if isinstance(edit, Change)]
    assert all(edit.should == getattr(before[edit.at.line], edit.at.field) for edit in edits)


def _push_down(pen: Pen, first: int, lines: int) -> None:
    """The numbers and titles of so many lines a line lower."""
    for above, row in pairwise(pen.rows(LoanRow)[first - 1 : first + lines]):
        pen.change("", row, accession_no=above.accession_no, title=above.title)
