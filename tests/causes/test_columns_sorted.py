"""A column that was sorted without the others is one cause, of loans by whatever it was sorted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Change, Slip
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
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


@pytest.mark.parametrize(
    ("sheet", "field", "of_all"),
    [(ReaderRow, "name", 1), (ReaderRow, "class_name", 2), (AccessionRow, "title", 2), (LoanRow, "accession_no", 7)],
)
def test_so_is_one_that_the_other_books_tell_in_part(pen: Pen, sheet: type[Any], field: str, of_all: int) -> None:
    rows = [row for row in pen.rows(sheet) if getattr(row, field)]
    before = {Cell(sheet, row.line, field): getattr(row, field) for row in rows}
    for row, value in zip(rows, sorted(before.values(), key=_as_sounded), strict=True):
        pen.change("", row, **{field: value})
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.SORTED_ALONE
    edits = [edit for edit in cause.correction.edits if isinstance(edit, Change)]
    assert all(before[edit.at] == edit.should for edit in edits)
    assert len(edits) * of_all > len(rows) * 9 // 10
    assert len(cause.explains) > len(report.findings) * 9 // 10
    assert what_to_do(pen.ledger_set.library(), cause.correction).endswith("格照原来的那一份填")


def test_a_roster_in_the_order_of_its_names_is_as_good_as_any(pen: Pen) -> None:
    """Numbers drawn down anew beside it are no sorting of the names."""
    rows = pen.rows(ReaderRow)
    rows.sort(key=lambda row: _as_sounded(row.name))
    numbers = sorted(row.reader_no for row in rows)
    rows[:] = [row._replace(line=line) for line, row in enumerate(rows, 2)]
    for row, number in zip(list(rows), numbers, strict=True):
        pen.change("", row, reader_no=number)
    _, causes = explained(pen.ledger_set)
    assert all(
        edit.at.field != "name" for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)
    )


@pytest.mark.parametrize("first", [100, 480, 900, 1300])
def test_copies_of_a_page_that_were_sorted_accuse_no_title(pen: Pen, first: int) -> None:
    rows = pen.rows(LoanRow)[first : first + 40]
    for row, number in zip(rows, sorted(row.accession_no for row in rows), strict=True):
        pen.change("", row, accession_no=number)
    _, causes = explained(pen.ledger_set)
    assert all(
        edit.at.field != "title" for cause in causes for edit in cause.correction.edits if isinstance(edit, Change)
    )


def _as_sounded(word: str) -> bytes:
    return word.encode("gb18030")
