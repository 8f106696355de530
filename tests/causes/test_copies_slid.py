"""A column of 个别登记账 pushed down or drawn up among the titles is one cause, with what stood there."""

from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip, SlipKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.wording.checking.causes import what_to_do

_LINES = 30


def _pushed(pen: Pen, field: str, first: int, step: int) -> dict[Cell, Any]:
    """What stood in the cells before the column was pushed by a line, down or up, from the first on."""
    rows = pen.rows(AccessionRow)[first - step : first + _LINES - step]
    before = {}
    for row, beside in zip(pen.rows(AccessionRow)[first : first + _LINES], rows, strict=True):
        if getattr(row, field) != getattr(beside, field):
            before[Cell(AccessionRow, row.line, field)] = getattr(row, field)
            pen.change("", row, **{field: getattr(beside, field)})
    return before


@pytest.mark.parametrize("field", ["title", "class_no", "price"])
@pytest.mark.parametrize(("step", "slip"), [(1, Slip.ONE_LOWER), (-1, Slip.ONE_HIGHER)])
@pytest.mark.parametrize("first", [400, 955, 1500])
def test_the_block_is_to_be_moved_back(pen: Pen, field: str, first: int, step: int, slip: Slip) -> None:
    before = _pushed(pen, field, first, step)
    report, [cause] = explained(pen.ledger_set)
    assert (cause.correction.kind, cause.correction.slip) == (SlipKind.MOVED, slip)
    edits = [edit for edit in cause.correction.edits if isinstance(edit, Change)]
    assert all(before[edit.at] == edit.should for edit in edits)
    assert len(edits) + len(cause.correction.untold) >= len(before) - 2
    assert cause.explains == tuple(range(len(report.findings)))
    assert f"都往{'上' if step > 0 else '下'}移一行" in what_to_do(pen.ledger_set.library(), cause.correction)


def test_one_copy_that_says_what_the_title_before_does_is_no_block(pen: Pen) -> None:
    rows = pen.rows(AccessionRow)
    at = next(at for at in range(900, 1000) if rows[at - 1].title != rows[at].title == rows[at + 1].title)
    pen.change("", rows[at], title=rows[at - 1].title)
    _, causes = explained(pen.ledger_set)
    assert all(len(cause.correction.edits) == 1 for cause in causes)
