"""Numbers without their letters all through a book, a roster moved up a grade too early, two headers exchanged: one
cause each.
"""

from collections.abc import Callable
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.wording.checking.causes import what_to_do

_GRADES = "一二三四五六"


def _rewritten(pen: Pen, row_type: type[Any], field: str, otherwise: Callable[[str], str]) -> dict[Cell, str]:
    """What stood in the cells before."""
    rows = [row for row in pen.rows(row_type) if getattr(row, field)]
    before = {Cell(row_type, row.line, field): getattr(row, field) for row in rows}
    for row in rows:
        pen.change("", row, **{field: otherwise(getattr(row, field))})
    return before


def _without_letter(number: str) -> str:
    return number.lstrip("ST")


def _with_letters(number: str) -> str:
    return f"TS{number}"


def _a_grade_higher(class_name: str) -> str:
    return _GRADES[min(_GRADES.index(class_name[0]) + 1, 5)] + class_name[1:]


@pytest.mark.parametrize(
    ("row_type", "field", "otherwise"),
    [
        (LoanRow, "reader_no", _without_letter),
        (ReaderRow, "reader_no", _without_letter),
        (LoanRow, "accession_no", _with_letters),
    ],
)
def test_numbers_that_begin_otherwise_all_through_a_book_are_one_cause(
    pen: Pen, row_type: type[Any], field: str, otherwise: Callable[[str], str]
) -> None:
    before = _rewritten(pen, row_type, field, otherwise)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.PREFIX
    assert not cause.others
    assert all(isinstance(edit, Change) and before[edit.at] == edit.should for edit in cause.correction.edits)
    assert len(cause.explains) == len(report.findings) > 100
    assert "都照别的账的写法改，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_a_roster_moved_up_before_its_time_is_one_cause(pen: Pen) -> None:
    before = _rewritten(pen, ReaderRow, "class_name", _a_grade_higher)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.PROMOTED
    assert all(isinstance(edit, Change) and before[edit.at] == edit.should for edit in cause.correction.edits)
    assert len(cause.explains) == len(report.findings) > 100
    assert "都降回一个年级，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


def test_a_pupil_who_came_from_another_class_is_moved_down_with_the_roster(pen: Pen) -> None:
    before = _rewritten(pen, ReaderRow, "class_name", _a_grade_higher)
    lent = {loan.reader_no for loan in pen.rows(LoanRow)}
    came = pen.pick(ReaderRow, lambda row: row.class_name == "六（1）班" and row.reader_no in lent)
    for loan in [loan for loan in pen.rows(LoanRow) if loan.reader_no == came.reader_no]:
        pen.change("", loan, class_name="三（1）班")
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.PROMOTED
    assert all(isinstance(edit, Change) and before[edit.at] == edit.should for edit in cause.correction.edits)


def test_a_class_that_was_moved_up_alone_is_not_called_the_roster(pen: Pen) -> None:
    _rewritten(pen, ReaderRow, "class_name", lambda name: _a_grade_higher(name) if name == "二（1）班" else name)
    _, causes = explained(pen.ledger_set)
    assert all(cause.correction.slip is not Slip.PROMOTED for cause in causes)


@pytest.mark.parametrize(
    ("row_type", "one", "other", "said"),
    [
        (LoanRow, "due_on", "returned_on", "借阅登记账“应还日期”和“归还日期”两栏的栏名写反了，对调栏名"),
        (LoanRow, "lent_on", "due_on", "借阅登记账“借出日期”和“应还日期”两栏的栏名写反了，对调栏名"),
        (ReaderRow, "name", "class_name", "读者名册“姓名”和“班级”两栏的栏名写反了，对调栏名"),
    ],
)
def test_two_headers_that_are_exchanged_are_one_cause(
    pen: Pen, row_type: type[Any], one: str, other: str, said: str
) -> None:
    for row in pen.rows(row_type):
        values = {one: getattr(row, other), other: getattr(row, one)}
        if all(value or SHEETS[row_type].by_name[name].nullable for name, value in values.items()):
            pen.change("", row, **values)
    report, causes = explained(pen.ledger_set)
    assert causes[0].correction.slip is Slip.HEADERS_EXCHANGED
    assert what_to_do(pen.ledger_set.library(), causes[0].correction) == said
    assert len(causes[0].explains) > 0.9 * len(report.findings)
