"""Cards and classes left out, and cards with another's number or a wrong one, are told by the books that name them."""

from collections import Counter

from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Addition, Change
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell, key_of
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow


def test_a_stretch_of_cards_left_out_is_one_cause(pen: Pen) -> None:
    lost = pen.rows(ReaderRow)[20:45]
    for row in lost:
        pen.drop("", row)
    report, [cause] = explained(pen.ledger_set)
    added = [edit.row for edit in cause.correction.edits if isinstance(edit, Addition)]
    assert [(row.reader_no, row.class_name) for row in added] == [(row.reader_no, row.class_name) for row in lost]
    # How many cards of the stretch were stopped no book tells.
    assert len(cause.explains) >= len(report.findings) - 2


def test_a_class_left_out_is_one_cause(pen: Pen) -> None:
    row = pen.rows(ClassRow)[3]
    pen.drop("", row)
    report, [cause] = explained(pen.ledger_set)
    [edit] = cause.correction.edits
    assert isinstance(edit, Addition)
    assert (key_of(edit.row), edit.row.grade, edit.row.pupils) == (row.class_name, row.grade, row.pupils)
    assert len(cause.explains) == len(report.findings)


def test_a_class_under_the_name_of_another_is_named_itself_and_none_is_lacking(pen: Pen) -> None:
    other, row = pen.rows(ClassRow)[2:4]
    pen.change("", row, class_name=other.class_name)
    _, causes = explained(pen.ledger_set)
    assert causes[0].correction.edits == (Change(Cell(ClassRow, row.line, "class_name"), row.class_name),)


def _lent_once(pen: Pen) -> list[ReaderRow]:
    times = Counter(loan.reader_no for loan in pen.rows(LoanRow))
    return [row for row in pen.rows(ReaderRow)[1:-1] if times[row.reader_no] == 1]


def test_a_card_out_of_its_order_is_miswritten_and_not_the_one_loan(pen: Pen) -> None:
    card = _lent_once(pen)[0]
    wrong = f"{card.reader_no[0]}7{card.reader_no[2:]}"
    pen.change("", card, reader_no=wrong)
    _, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Change(Cell(ReaderRow, card.line, "reader_no"), card.reader_no),)
    [other] = cause.others
    assert [edit.should for edit in other.edits if isinstance(edit, Change)] == [wrong]


def test_where_no_order_tells_the_loan_and_the_card_are_both_said(pen: Pen) -> None:
    card = _lent_once(pen)[0]
    rows = pen.rows(ReaderRow)
    # A roster kept by no order.
    mixed = rows[::2] + rows[1::2]
    rows[:] = [row._replace(line=line) for row, line in zip(mixed, [row.line for row in rows], strict=True)]
    [card] = [row for row in rows if row.reader_no == card.reader_no]
    pen.change("", card, reader_no=f"{card.reader_no[0]}7{card.reader_no[2:]}")
    _, [cause] = explained(pen.ledger_set)
    said = [
        edit.at.row_type for one in (cause.correction, *cause.others) for edit in one.edits if isinstance(edit, Change)
    ]
    assert said == [LoanRow, ReaderRow]


def test_two_cards_out_of_order_that_one_loan_tells_are_exchanged(pen: Pen) -> None:
    one = _lent_once(pen)[0]
    other = next(row for row in pen.rows(ReaderRow) if row.line == one.line + 3)
    loans = [loan for loan in pen.rows(LoanRow) if loan.reader_no != other.reader_no]
    pen.rows(LoanRow)[:] = [loan._replace(loan_no=f"J{number:06}") for number, loan in enumerate(loans, 1)]
    pen.change("", one, reader_no=other.reader_no)
    pen.change("", other, reader_no=one.reader_no)
    _, [cause] = explained(pen.ledger_set)
    assert set(cause.correction.edits) == {
        Change(Cell(ReaderRow, row.line, "reader_no"), row.reader_no) for row in (one, other)
    }
