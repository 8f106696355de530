"""Columns of cells, tidied together: the same values as cell by cell, however many are clean."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, Field
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.sheets.cells import CellValue, ErrorValue
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.tidy import Flawed, tidy

WIDTH = 6
FIELDS = [
    SHEETS[row_type].by_name[name]
    for row_type, name in (
        (AccessionRow, "accession_no"),
        (AccessionRow, "title"),
        (AccessionRow, "author"),
        (AccessionRow, "isbn"),
        (AccessionRow, "price"),
        (LoanRow, "lent_on"),
        (LoanRow, "outcome"),
        (SummaryRow, "copies"),
        (ClassRow, "grade"),
    )
]
# What a cell of a school's workbook is made of, with every character that tidying changes.
TEXT = st.text(alphabet="0123.AZ册　 \u00a0\u200b\u2060\ufeff'_x０Ａａ－—：，（）\r\n\t", max_size=8)
CELL: st.SearchStrategy[CellValue] = st.one_of(
    TEXT,
    st.sampled_from(
        ["", "000001", "S0001", "I247.5", "_x000D_", "123.0", "#N/A", True, False, 1.0, 0.0, 1, ErrorValue("#N/A")]
    ),
    st.floats(allow_nan=False),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
)


def one_by_one(cells: list[CellValue], field: Field) -> list[Any]:
    return [tidy(cell, field, WIDTH) for cell in cells]


def together(columns: Columns, cells: list[CellValue], field: Field) -> list[Any]:
    values, flawed = columns.tidied(cells, field)
    assert all(value == flawed[index].taken for index, value in enumerate(values) if index in flawed)
    return [flawed.get(index, value) for index, value in enumerate(values)]


def typed(values: list[Any]) -> list[tuple[type[Any], Any]]:
    return [(type(value), value) for value in values]


@settings(deadline=None)
@given(st.lists(CELL, max_size=12), st.sampled_from(FIELDS))
def test_a_column_tidied_at_once_holds_what_its_cells_hold_one_by_one(cells: list[CellValue], field: Field) -> None:
    assert typed(together(Columns(WIDTH), cells, field)) == typed(one_by_one(cells, field))


@pytest.mark.parametrize("field", FIELDS)
def test_one_error_among_good_texts_is_seen(field: Field) -> None:
    cells: list[CellValue] = ["000001", "#N/A", "000002"]
    assert together(Columns(WIDTH), cells, field)[1] == Flawed(Flaw.ERROR_VALUE, "#N/A")


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(TEXT, max_size=6), st.sampled_from(FIELDS)), max_size=5))
def test_columns_read_before_change_nothing(sheets: list[tuple[list[CellValue], Field]]) -> None:
    columns = Columns(WIDTH)
    for cells, field in sheets:
        assert typed(together(columns, cells, field)) == typed(one_by_one(cells, field))


def test_columns_that_differ_only_in_their_words_are_alike() -> None:
    loan, copy = SHEETS[LoanRow].by_name["accession_no"], SHEETS[AccessionRow].by_name["accession_no"]
    assert loan.nature == copy.nature


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((AccessionRow, "accession_no"), (LoanRow, "reader_no")),
        ((AccessionRow, "title"), (AccessionRow, "author")),
        ((AccessionRow, "source"), (SummaryRow, "source")),
        ((SummaryRow, "copies"), (ClassRow, "grade")),
    ],
    ids=["another width", "may be blank", "another list", "other limits"],
)
def test_columns_that_hold_something_else_are_not(one: tuple[type[Any], str], other: tuple[type[Any], str]) -> None:
    assert SHEETS[one[0]].by_name[one[1]].nature != SHEETS[other[0]].by_name[other[1]].nature


def test_a_tick_is_no_number_even_after_ones_and_zeros() -> None:
    columns, grade = Columns(WIDTH), SHEETS[ClassRow].by_name["grade"]
    assert columns.tidied([1.0, 1.0], grade).values == [1, 1]
    assert columns.tidied([True, 1.0], grade).flawed == {0: Flawed(Flaw.NOT_A_NUMBER, "TRUE")}


@pytest.mark.parametrize(
    ("row_type", "field", "text", "is_lawful"),
    [
        (SummaryRow, "last_no", "9" * 26, False),
        (SummaryRow, "last_no", "9" * 15, True),
        (PeriodicalRow, "last_bound_no", "0" * 16, False),
        (AccessionRow, "accession_no", "000001000002000003", False),
        (LoanRow, "reader_no", "S" * 101, False),
        (LoanRow, "reader_no", "S" * 100, True),
    ],
)
def test_a_number_too_long_for_its_column_is_found_among_tidy_texts(
    row_type: type[Any], field: str, text: str, *, is_lawful: bool
) -> None:
    declared = SHEETS[row_type].by_name[field]
    found = Columns(6).tidied(["000001", text, "000002"], declared)
    assert {at: flawed.flaw for at, flawed in found.flawed.items()} == ({} if is_lawful else {1: Flaw.OUT_OF_RANGE})
