"""Where many lines are mixed up nobody else is accused: neither what fits one of them by chance nor the other book."""

import ast
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import schoollib_xl.causes
from bench import slips_of_many_rows as slips
from bench.slips_of_the_pen import Pen
from make import explained
from schoollib_xl.causes.correction import Addition, Change, Correction, Removal
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.checking.causes import what_to_do


def _cells(correction: Correction) -> set[Cell]:
    struck = (edit.row for edit in correction.edits if isinstance(edit, Removal))
    keys = {Cell(type(row), row.line, SHEETS[type(row)].key) for row in struck}
    return {edit.at for edit in correction.edits if isinstance(edit, Change)}.union(correction.untold, keys)


def _sorted(row_type: type[Any], field: str, first: int, last: int) -> Callable[[Pen], set[Cell]]:
    """One column of some lines sorted, the others left as they were."""

    def plant(pen: Pen) -> set[Cell]:
        rows = pen.rows(row_type)[first:last]
        values = sorted(getattr(row, field) for row in rows)
        slip = slips._written(pen, "", rows, [{field: value} for value in values])
        return set(slip.cells)

    return plant


def _filled_in_a_row(pen: Pen) -> set[Cell]:
    """The numbers of six lines of 注销登记账 drawn on from the first."""
    rows = pen.rows(WithdrawalRow)[10:16]
    numbers = [f"{int(rows[0].accession_no) + index:06}" for index in range(len(rows))]
    return set(slips._written(pen, "", rows, [{"accession_no": number} for number in numbers]).cells)


def _authors_left_out(pen: Pen) -> set[Cell]:
    rows = pen.rows(AccessionRow)[3600:3605]
    return set(slips._written(pen, "", rows, [{"author": None}] * len(rows)).cells)


def _one_reader_for_another(pen: Pen) -> set[Cell]:
    """All loans of one card under another."""
    one, other = pen.rows(ReaderRow)[202], pen.rows(ReaderRow)[225]
    rows = [row for row in pen.rows(LoanRow) if row.reader_no == one.reader_no]
    return set(slips._written(pen, "", rows, [{"reader_no": other.reader_no}] * len(rows)).cells)


def _scans_twice(pen: Pen) -> set[Cell]:
    rows = pen.rows(StocktakeRow)
    again = [row._replace(line=rows[-1].line + index) for index, row in enumerate(rows[5168:5188], 1)]
    rows += again
    return {Cell(StocktakeRow, row.line, SHEETS[StocktakeRow].key) for row in again}


def _titles_replaced(pen: Pen) -> set[Cell]:
    """One title put for another in all of 个别登记账."""
    rows = [row for row in pen.rows(AccessionRow) if row.title == "朗读手册"]
    return set(slips._written(pen, "", rows, [{"title": "长袜子皮皮"}] * len(rows)).cells)


def _rules_slid(pen: Pen) -> set[Cell]:
    rows = pen.rows(LendingRule)
    kinds = [{"reader_kind": row.reader_kind} for row in (rows[-1], *rows[:-1])]
    return set(slips._written(pen, "", list(rows), kinds).cells)


def _line_of_money_left_out(pen: Pen) -> set[Cell]:
    pen.drop("", pen.rows(CashRow)[1])
    return set()


def _authors_slid(pen: Pen) -> set[Cell]:
    rows = pen.rows(AccessionRow)
    authors = [{"author": row.author} for row in (rows[-1], *rows[:-1])]
    return set(slips._written(pen, "", list(rows), authors).cells)


def _classes_slid(pen: Pen) -> set[Cell]:
    rows = pen.rows(ClassRow)
    names = [{"class_name": row.class_name} for row in (rows[0], *rows[:-1])]
    return set(slips._written(pen, "", list(rows), names).cells)


def _days_exchanged_and_weekdays_slid(pen: Pen) -> set[Cell]:
    """A day made up for and a holiday with each other's days, and the weekdays that days follow a line lower."""
    rows = pen.rows(CalendarRow)
    made_up, holiday = next(pair for pair in pairwise(rows) if [row.kind for row in pair] == _MADE_UP_AND_HOLIDAY)
    days = {made_up.line: holiday, holiday.line: made_up}
    values = [
        {
            "starts_on": days.get(row.line, row).starts_on,
            "ends_on": days.get(row.line, row).ends_on,
            "follows": above.follows,
        }
        for above, row in pairwise((rows[-1], *rows))
    ]
    return set(slips._written(pen, "", list(rows), values).cells)


def _teachers_slid(pen: Pen) -> set[Cell]:
    rows = pen.rows(ClassRow)[2:8]
    teachers = [{"teacher": row.teacher} for row in (rows[0], *rows[:-1])]
    return set(slips._written(pen, "", rows, teachers).cells)


def _amounts_of_the_price_above(pen: Pen) -> set[Cell]:
    """A formula of 报刊 that points a line too high."""
    rows = pen.rows(PeriodicalRow)[5:11]
    amounts = [{"amount": above.price * row.copies} for above, row in pairwise(rows) if above.price]
    return set(slips._written(pen, "", rows[1:], amounts).cells)


def _a_batch_left_out(pen: Pen) -> set[Cell]:
    pen.drop("", pen.rows(SummaryRow)[5])
    return set()


def _days_drawn_on(pen: Pen) -> set[Cell]:
    rows = pen.rows(StocktakeRow)[676:682]
    days = [{"counted_on": rows[0].counted_on + timedelta(index)} for index in range(len(rows))]
    return set(slips._written(pen, "", rows, days).cells)


def _pasted(row_type: type[Any], field: str, at: int, source: int) -> Callable[[Pen], set[Cell]]:
    """Five cells of a column pasted over five others of it."""

    def plant(pen: Pen) -> set[Cell]:
        rows = pen.rows(row_type)
        values = [{field: getattr(row, field)} for row in rows[source : source + 5]]
        return set(slips._written(pen, "", rows[at : at + 5], values).cells)

    return plant


def _drawn_on(row_type: type[Any], field: str, first: int, last: int) -> Callable[[Pen], set[Cell]]:
    """The cell of the first line drawn down over the others."""

    def plant(pen: Pen) -> set[Cell]:
        rows = pen.rows(row_type)[first:last]
        return set(slips._written(pen, "", rows, [{field: getattr(rows[0], field)}] * len(rows)).cells)

    return plant


def _receipts_pasted_a_line_lower(pen: Pen) -> set[Cell]:
    rows = pen.rows(CompensationRow)[7:10]
    values = [{"receipt_no": row.receipt_no} for row in rows[:2]]
    return set(slips._written(pen, "", rows[1:], values).cells)


def _slid_round(row_type: type[Any], field: str) -> Callable[[Pen], set[Cell]]:
    """A whole column a line lower, the last cell at the head."""

    def plant(pen: Pen) -> set[Cell]:
        rows = list(pen.rows(row_type))
        values = [{field: getattr(row, field)} for row in (rows[-1], *rows[:-1])]
        return set(slips._written(pen, "", rows, values).cells)

    return plant


def _numbers_in_a_series(pen: Pen) -> set[Cell]:
    """Three readers' numbers drawn on, and loans of others left out."""
    rows = pen.rows(LoanRow)[1443:1446]
    first = rows[0].reader_no
    numbers = [f"{first[:1]}{int(first[1:]) + index:04}" for index in range(3)]
    for loan in pen.rows(LoanRow)[2707:2710]:
        pen.drop("", loan)
    return set(slips._written(pen, "", rows, [{"reader_no": number} for number in numbers]).cells)


def _days_filled_down(pen: Pen) -> set[Cell]:
    rows = pen.rows(RepairRow)[2:17]
    return set(slips._written(pen, "", rows, [{"sent_on": rows[0].sent_on}] * len(rows)).cells)


def _grades_sorted_downwards(pen: Pen) -> set[Cell]:
    rows = pen.rows(ClassRow)[3:11]
    grades = sorted((row.grade for row in rows), reverse=True)
    return set(slips._written(pen, "", rows, [{"grade": grade} for grade in grades]).cells)


_MADE_UP_AND_HOLIDAY = [DayKind.MAKE_UP, DayKind.HOLIDAY]


@pytest.mark.parametrize(
    "plant",
    [
        _sorted(ClassRow, "class_name", 3, 11),
        _days_exchanged_and_weekdays_slid,
        _teachers_slid,
        _sorted(LoanRow, "accession_no", 2577, 2597),
        _sorted(LoanRow, "reader_no", 2774, 2834),
        _sorted(AccessionRow, "title", 1294, 1354),
        _sorted(AccessionRow, "class_no", 1479, 1539),
        _filled_in_a_row,
        _authors_left_out,
        _one_reader_for_another,
        _scans_twice,
        _titles_replaced,
        _rules_slid,
        _line_of_money_left_out,
        _classes_slid,
        _authors_slid,
        _amounts_of_the_price_above,
        _a_batch_left_out,
        _days_drawn_on,
        _pasted(LoanRow, "mode", 1829, 3528),
        _pasted(AccessionRow, "accession_no", 1706, 1752),
        _pasted(StocktakeRow, "accession_no", 3195, 4412),
        _days_filled_down,
        _grades_sorted_downwards,
        _numbers_in_a_series,
        _slid_round(ClassRow, "class_name"),
        _drawn_on(AccessionRow, "publisher", 2084, 2090),
        _receipts_pasted_a_line_lower,
    ],
)
def test_of_many_lines_mixed_up_no_other_cell_is_accused(school: LedgerSet, plant: Callable[[Pen], set[Cell]]) -> None:
    pen = Pen(school, 5)
    planted = plant(pen)
    report, causes = explained(pen.ledger_set)
    assert report.findings
    accused = [cause for cause in causes if not any(_cells(one) & planted for one in (cause.correction, *cause.others))]
    assert accused == []


@pytest.fixture(scope="module")
def school() -> LedgerSet:
    return clean_school()


@pytest.mark.parametrize("also", [{"accession_no": "999999"}, {"title": "没有这本"}, {"outcome": None}])
def test_the_second_slip_of_a_line_hides_no_first(school: LedgerSet, also: dict[str, Any]) -> None:
    loans = list(school.rows[LoanRow])
    at = next(index for index, loan in enumerate(loans) if index > 300 and loan.returned_on)
    right = loans[at].reader_no
    loans[at] = loans[at]._replace(reader_no="S9999", **also)
    found, causes = explained(LedgerSet(school.school, school.rows | {LoanRow: loans}))
    assert len(found.findings) > 1
    assert [edit for cause in causes for edit in cause.correction.edits] == [
        Change(Cell(LoanRow, loans[at].line, "reader_no"), right)
    ]


@pytest.mark.parametrize(
    ("field", "first", "last"),
    [("reader_no", 128, 140), ("name", 128, 140), ("reader_no", 40, 48), ("reader_no", 248, 256)],
    ids=["numbers", "names", "a card never used at the end", "two classes"],
)
def test_cards_slid_by_a_line_are_one_cause(school: LedgerSet, field: str, first: int, last: int) -> None:
    pen = Pen(school, 3)
    rows = pen.rows(ReaderRow)[first:last]
    slip = slips._written(pen, "", rows, [{field: getattr(row, field)} for row in (rows[-1], *rows[:-1])])
    report, [cause, *others] = explained(pen.ledger_set)
    assert _cells(cause.correction) == slip.cells
    assert not others
    assert len(cause.explains) == len(report.findings)


def test_a_class_entered_as_another_is_one_cause_also_where_readers_borrowed_several(school: LedgerSet) -> None:
    pen = Pen(school, 1000060)
    slip = slips._another_class(pen)
    _, [cause] = explained(pen.ledger_set)
    assert _cells(cause.correction) == slip.cells


def test_numbers_written_off_a_line_lower_accuse_no_word(school: LedgerSet) -> None:
    pen = Pen(school, 2)
    slip = slips._slid_to_the_end(WithdrawalRow, "accession_no")(pen)
    _, causes = explained(pen.ledger_set)
    assert set().union(*(_cells(cause.correction) for cause in causes)) <= slip.cells


@pytest.mark.parametrize("field", ["reader_no", "accession_no"])
def test_a_whole_column_a_line_lower_is_one_cause(school: LedgerSet, field: str) -> None:
    pen = Pen(school, 5)
    planted = _slid_round(LoanRow, field)(pen)
    report, [cause, *_] = explained(pen.ledger_set)
    assert _cells(cause.correction) <= planted
    assert len(cause.correction.edits) > len(planted) * 9 // 10
    assert len(cause.explains) > len(report.findings) * 9 // 10


def test_batches_left_out_one_after_the_other_are_one_cause(school: LedgerSet) -> None:
    pen = Pen(school, 5)
    batches = pen.rows(SummaryRow)[4:7]
    for batch in batches:
        pen.drop("", batch)
    report, [cause] = explained(pen.ledger_set)
    added = [edit.row for edit in cause.correction.edits if isinstance(edit, Addition)]
    assert [(one.batch_no, one.copies, one.running_copies) for one in added] == [
        (one.batch_no, one.copies, one.running_copies) for one in batches
    ]
    assert len(cause.explains) == len(report.findings)
    assert batches[0].batch_no in what_to_do(pen.ledger_set.library(), cause.correction)


def test_a_formula_drawn_down_over_due_dates_of_several_days_is_one_cause(school: LedgerSet) -> None:
    pen = Pen(school, 5)
    loans = pen.rows(LoanRow)[1568:1628]
    days = [{"due_on": loan.lent_on + timedelta(20)} for loan in loans]
    planted = set(slips._written(pen, "", loans, days).cells)
    report, [cause] = explained(pen.ledger_set)
    assert _cells(cause.correction) <= planted
    assert len(cause.explains) > len(report.findings) * 9 // 10 > 50


@pytest.mark.parametrize("field", ["lent_on", "due_on"])
def test_the_weekday_of_a_class_tells_which_day_of_all_lines_is_a_day_off(school: LedgerSet, field: str) -> None:
    pen = Pen(school, 1)
    rows = [row for row in pen.rows(LoanRow) if row.is_personal and row.lent_on == date(2025, 11, 4)]
    slip = slips._written(pen, "", rows, [{field: getattr(row, field) + timedelta(1)} for row in rows])
    _, causes = explained(pen.ledger_set)
    assert [_cells(cause.correction) <= slip.cells for cause in causes] == [True]


def test_days_of_the_calendar_in_each_others_place_are_one_cause(school: LedgerSet) -> None:
    pen = Pen(school, 1)
    rows = pen.rows(CalendarRow)
    one = next(row for row in rows if row.kind is DayKind.MAKE_UP)
    other = next(row for row in rows if row.kind is DayKind.HOLIDAY and row.line > one.line)
    days = [{"starts_on": row.starts_on, "ends_on": row.ends_on} for row in (other, one)]
    slip = slips._written(pen, "", [one, other], days)
    report, [cause] = explained(pen.ledger_set)
    assert _cells(cause.correction) == slip.cells
    assert len(cause.explains) == len(report.findings)


def test_sixty_copies_left_out_are_one_cause(school: LedgerSet) -> None:
    pen = Pen(school, 1)
    rows = pen.rows(AccessionRow)[1500:1560]
    for row in rows:
        pen.drop("", row)
    _, [cause] = explained(pen.ledger_set)
    added = [edit.row for edit in cause.correction.edits if isinstance(edit, Addition)]
    assert [row.accession_no for row in added] == [row.accession_no for row in rows]


def test_what_is_looked_for_does_not_hang_on_a_clock() -> None:
    for path in Path(schoollib_xl.causes.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
        imported |= {name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names}
        assert "time" not in imported, path


def test_a_batch_number_out_of_order_and_a_title_with_another_number_are_told_by_the_third_book(
    school: LedgerSet,
) -> None:
    pen = Pen(school, 6)
    times = Counter(copy.batch_no for copy in pen.rows(AccessionRow))
    batch = pen.pick(SummaryRow, lambda row: times[row.batch_no] == 1)
    pen.change("", batch, batch_no=batch.batch_no.replace("-", "--"))
    copy = next(row for row in pen.rows(AccessionRow) if row.title.endswith("（10）") and _is_lent(pen, row))
    pen.change("", copy, title=copy.title.replace("（10）", "（17）"))
    _, causes = explained(pen.ledger_set)
    named = {cell for cause in causes for cell in _cells(cause.correction)}
    assert named == {Cell(SummaryRow, batch.line, "batch_no"), Cell(AccessionRow, copy.line, "title")}


def _is_lent(pen: Pen, copy: AccessionRow) -> bool:
    return any(loan.accession_no == copy.accession_no for loan in pen.rows(LoanRow))


def test_a_page_of_batches_entered_again_is_one_cause(school: LedgerSet) -> None:
    pen = Pen(school, 7)
    rows = pen.rows(SummaryRow)
    again = [row._replace(line=rows[-1].line + index) for index, row in enumerate(rows, 1)]
    rows += again
    report, [cause] = explained(pen.ledger_set)
    assert [edit.row for edit in cause.correction.edits if isinstance(edit, Removal)] == again
    assert len(cause.explains) == len(report.findings)


def test_a_line_of_the_cash_book_entered_again_is_no_income_on_the_wrong_side(school: LedgerSet) -> None:
    pen = Pen(school, 7)
    rows = pen.rows(CashRow)
    index = next(index for index, row in enumerate(rows) if row.spent)
    rows.insert(index + 1, rows[index])
    rows[:] = [row._replace(line=line) for line, row in enumerate(rows, 2)]
    report, [cause] = explained(pen.ledger_set)
    assert cause.correction.edits == (Removal(rows[index + 1]),)
    assert len(cause.explains) == len(report.findings)
