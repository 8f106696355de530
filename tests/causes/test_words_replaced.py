"""A word replaced throughout a column, or a title on all its copies: the book that was changed is named, no other."""

from collections import Counter
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Cause, Change, Slip
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.causes import what_to_do


def _replace(pen: Pen, row_type: type[Any], field: str, old: str, new: str) -> dict[Cell, str]:
    """What stood in the cells before."""
    rows = [row for row in pen.rows(row_type) if old in (getattr(row, field) or "")]
    before = {Cell(row_type, row.line, field): getattr(row, field) for row in rows}
    for row in rows:
        pen.change("", row, **{field: getattr(row, field).replace(old, new)})
    return before


def _edits(cause: Cause) -> list[Change]:
    return [edit for edit in cause.correction.edits if isinstance(edit, Change)]


@pytest.mark.parametrize(("old", "new"), [("的", "地"), ("1", "")])
def test_a_word_replaced_in_all_titles_of_the_copies_blames_no_other_book(pen: Pen, old: str, new: str) -> None:
    before = _replace(pen, AccessionRow, "title", old, new)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.REPLACED
    assert not cause.others
    assert all(before[edit.at] == edit.should for edit in _edits(cause))
    assert len(cause.explains) > len(report.findings) // 2
    assert "都照原来的字改回，如 " in what_to_do(pen.ledger_set.library(), cause.correction)


@pytest.mark.parametrize(
    ("row_type", "field", "old", "new"),
    [(LoanRow, "title", "的", "某"), (LoanRow, "name", "王", "主"), (ReaderRow, "name", "王", "主")],
)
def test_so_is_one_of_loans_or_cards(pen: Pen, row_type: type[Any], field: str, old: str, new: str) -> None:
    before = _replace(pen, row_type, field, old, new)
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.slip is Slip.REPLACED
    assert {edit.at: edit.should for edit in _edits(cause)}.items() <= before.items()
    assert len(cause.explains) == len(report.findings)


def test_a_title_that_all_copies_have_otherwise_than_two_books_is_theirs(pen: Pen) -> None:
    lent = {row.title for row in pen.rows(LoanRow)}
    title = next(row.title for row in pen.rows(WithdrawalRow) if row.title in lent)
    before = _replace(pen, AccessionRow, "title", title, "另一本书")
    report, [cause] = explained(pen.ledger_set)
    assert {edit.at: edit.should for edit in _edits(cause)} == before
    assert len(cause.explains) == len(report.findings)


def test_where_only_the_loans_speak_against_its_copies_both_are_named(pen: Pen) -> None:
    kept = {row.title for row in pen.rows(WithdrawalRow)}
    [title, *_] = (one for one, _ in Counter(row.title for row in pen.rows(LoanRow)).most_common() if one not in kept)
    before = _replace(pen, LoanRow, "title", title, "另一本书")
    _, [cause] = explained(pen.ledger_set)
    likely = (cause.correction, *cause.others)
    assert len(likely) == 2
    assert any({edit.at for edit in one.edits if isinstance(edit, Change)} == set(before) for one in likely)
