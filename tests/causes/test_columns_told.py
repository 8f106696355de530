"""A column sorted by itself, filled, pasted over or replaced is one cause where another column tells its cells."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from bench import slips_of_many_rows as slips
from bench.slips_of_the_pen import Pen, Slip
from make import explained
from schoollib_xl.causes.columns import told
from schoollib_xl.causes.correction import Change, SlipKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def _over(pen: Pen, rows: list[Any], field: str, values: list[Any]) -> Slip:
    return slips._written(pen, "", rows, [{field: value} for value in values])


def _names_sorted(pen: Pen) -> Slip:
    rows = list(pen.rows(CompensationRow))
    return _over(pen, rows, "name", sorted(row.name for row in rows))


def _titles_pasted_from_above(pen: Pen) -> Slip:
    rows = list(pen.rows(WithdrawalRow))
    half = len(rows) // 2
    return _over(pen, rows[half : 2 * half], "title", [row.title for row in rows[:half]])


def _prices_filled_down(pen: Pen) -> Slip:
    rows = list(pen.rows(WithdrawalRow))[2:8]
    return _over(pen, rows, "price", [rows[0].price] * len(rows))


def _batch_replaced(pen: Pen) -> Slip:
    [(one, _), *_, (other, _)] = Counter(row.withdrawal_no for row in pen.rows(WithdrawalRow)).most_common()
    rows = [row for row in pen.rows(WithdrawalRow) if row.withdrawal_no == one]
    return _over(pen, rows, "withdrawal_no", [other] * len(rows))


def _days_replaced_in_the_other_book(pen: Pen) -> Slip:
    [(day, _), *_] = Counter(row.withdrawn_on for row in pen.rows(WithdrawalRow)).most_common()
    rows = [row for row in pen.rows(AccessionRow) if row.withdrawn_on == day]
    return _over(pen, rows, "withdrawn_on", [day.replace(year=day.year - 1)] * len(rows))


@pytest.mark.parametrize(
    "plant",
    [
        _names_sorted,
        _titles_pasted_from_above,
        _prices_filled_down,
        _batch_replaced,
        _days_replaced_in_the_other_book,
    ],
)
def test_a_column_written_over_is_one_cause(pen: Pen, plant: Callable[[Pen], Slip]) -> None:
    before = {kind: {row.line: row for row in pen.rows(kind)} for kind in pen.ledger_set.rows}
    slip = plant(pen)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.kind is SlipKind.COLUMN
    assert len(cause.explains) == len(report.findings) > 3
    edits = [edit for edit in cause.correction.edits if isinstance(edit, Change)]
    assert {edit.at for edit in edits} == slip.cells
    assert all(edit.should == getattr(before[edit.at.row_type][edit.at.line], edit.at.field) for edit in edits)


def test_cells_of_a_column_that_bear_no_mark_in_common_are_not_said_to_be_written_over(pen: Pen) -> None:
    rows = list(pen.rows(WithdrawalRow))[2:7]
    _over(pen, rows, "price", [row.price + index for index, row in enumerate(rows, 1)])
    _, causes = explained(pen.ledger_set)
    assert all(cause.correction.kind is not SlipKind.COLUMN for cause in causes)


def test_numbers_drawn_on_are_named_before_the_names_beside_them(pen: Pen) -> None:
    rows = pen.rows(LoanRow)
    first = next(index for index, row in enumerate(rows) if index > 9 and row.reader_no.startswith("S000"))
    block = list(rows[first : first + 6])
    drawn = [f"S{int(block[0].reader_no[1:]) + index:04}" for index in range(len(block))]
    slip = _over(pen, block, "reader_no", drawn)
    _, causes = explained(pen.ledger_set)
    accused = {edit.at for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)}
    assert len(slip.cells) > 3
    assert accused <= slip.cells


def test_days_that_only_bound_each_other_tell_nothing(pen: Pen) -> None:
    day = max(Counter(row.lent_on for row in pen.rows(LoanRow)).items(), key=lambda item: item[1])[0]
    rows = [row for row in pen.rows(LoanRow) if row.lent_on == day]
    _over(pen, rows, "lent_on", [day.replace(year=day.year - 9)] * len(rows))
    report, _ = explained(pen.ledger_set)
    early = [one for one in report.findings if one.check.code == "CIR104"]
    assert early
    assert not told._columns(pen.ledger_set.library(), early)
