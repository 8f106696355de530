"""What a declared column says, said once."""

from typing import Any

import pytest

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.new_rows import new_row
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind


def test_a_new_row_is_blank_where_it_may_be_and_refused_where_it_may_not() -> None:
    row = new_row(ReaderRow, 5, reader_no="S1", name="林小满", kind=ReaderKind.PUPIL)
    assert (row.line, row.class_name, row.stopped_on) == (5, None, None)
    with pytest.raises(TypeError, match="name"):
        new_row(ReaderRow, 5, reader_no="S1", kind=ReaderKind.PUPIL)


@pytest.mark.parametrize("row_type", [LoanRow, ReaderRow, SummaryRow])
def test_what_names_a_row_of_its_own_stands_once(row_type: type[Any]) -> None:
    assert SHEETS[row_type].key in {field.name for field in SHEETS[row_type].unique}
