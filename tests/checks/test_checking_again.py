"""Checking again after an edit: only what the edit can bear on is done, and the report is that of a first check."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checks.books import Books, right_for
from checks.test_seeded_defects import SEEDS
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import CheckOutcome, assembled, outcomes, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, example
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow
from schoollib_xl.quotas.feasibility import Judge
from schoollib_xl.quotas.statement import READS, judge_of_term, statement
from schoollib_xl.samples.broken.every import EXAMPLES
from small_sample import small_sample


class Recording(Library):
    """A library that notes which sheets are asked for."""

    @classmethod
    def of(cls, books: Library) -> "Recording":
        recording = cls([books[sheet.row_type] for sheet in ALL_SHEETS], books.school, books.as_of)
        recording.asked = set()
        return recording

    def __getitem__(self, row_type: Any) -> Any:
        self.asked.add(row_type)
        return super().__getitem__(row_type)

    asked: set[type[Any]]


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


@pytest.fixture(scope="module")
def first(clean: LedgerSet) -> Library:
    return clean.library()


@pytest.fixture(scope="module")
def known(first: Library) -> dict[str, CheckOutcome]:
    return by_code(outcomes(first, ALL.values()))


def by_code(came_to: Iterable[CheckOutcome]) -> dict[str, CheckOutcome]:
    return {outcome.check.code: outcome for outcome in came_to}


def read_again(before: Library, books: Library) -> Library:
    """The books as a reader hands them over who remembers where the columns stood."""
    tables = [replace(books[sheet.row_type], parts=before[sheet.row_type].parts) for sheet in ALL_SHEETS]
    return Library(tables, books.school, books.as_of)


def with_table(before: Library, row_type: type[Any], **changes: Any) -> Library:
    tables = {sheet.row_type: before[sheet.row_type] for sheet in ALL_SHEETS}
    tables[row_type] = replace(tables[row_type], **changes)
    return Library(tables.values(), before.school, before.as_of)


# Each seed is judged whole in test_seeded_defects; what is taken over from the last run is the same for all of them.
@pytest.mark.parametrize("code", sorted(SEEDS)[::12])
def test_after_any_seeded_defect_and_after_its_correction_the_report_is_that_of_a_first_check(
    code: str, clean: LedgerSet, first: Library, known: dict[str, CheckOutcome]
) -> None:
    books = Books(clean)
    SEEDS[code](books)
    broken = read_again(first, books.library())
    found = outcomes(broken, ALL.values(), known, broken.changed_since(first))
    assert assembled(broken, found) == run(broken, ALL.values())
    mended = read_again(broken, first)
    found_no_more = outcomes(mended, ALL.values(), by_code(found), mended.changed_since(broken))
    assert assembled(mended, found_no_more) == run(first, ALL.values())


@pytest.mark.parametrize("code", [code for code in sorted(ALL) if ALL[code].reads])
def test_a_check_asks_for_no_sheet_it_does_not_name(code: str, first: Library) -> None:
    broken = Books(right_for(code).clean)
    if code in SEEDS:
        SEEDS[code](broken)
    for books in (first, broken.library(), EXAMPLES[code].library()):
        recording = Recording.of(books)
        recording.asked.clear()
        list(ALL[code].test(recording))
        assert recording.asked <= set(ALL[code].looks_at)


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.row_type.__name__)
def test_a_check_that_does_not_name_a_sheet_does_not_see_its_incomplete_lines(
    sheet: Any, first: Library, known: dict[str, CheckOutcome]
) -> None:
    broken = with_table(first, sheet.row_type, incomplete=[IncompleteRow(999, dict.fromkeys(sheet.by_name))])
    again = outcomes(broken, ALL.values(), known, broken.changed_since(first))
    assert assembled(broken, again) == run(broken, ALL.values())


def test_only_the_checks_that_look_at_the_edited_sheet_run_again(
    clean: LedgerSet, first: Library, known: dict[str, CheckOutcome]
) -> None:
    books = Books(clean)
    books.edit(books.first(RepairRow), repairer="吴老师")
    edited = read_again(first, books.library())
    assert edited.changed_since(first) == {RepairRow}
    again = by_code(outcomes(edited, ALL.values(), known, {RepairRow}))
    run_again = {code for code in ALL if again[code] is not known[code]}
    assert run_again == {code for code, check in ALL.items() if RepairRow in check.looks_at or not check.reads}
    assert 0 < len(run_again) < len(ALL) / 4


def test_rows_read_anew_count_as_changed_even_where_they_are_equal(first: Library) -> None:
    anew = [row._replace() for row in first[LoanRow]]
    assert with_table(first, LoanRow, rows=anew).changed_since(first) == {LoanRow}
    assert with_table(first, LoanRow, rows=list(first[LoanRow])).changed_since(first) == frozenset()


def test_a_flawed_cell_and_a_moved_column_are_changes(first: Library) -> None:
    part = first[LoanRow].parts[0]
    moved = replace(part, columns={**part.columns, "remarks": 20})
    flaw = FlawedCell(2, "remarks", Flaw.ERROR_VALUE, "#N/A")
    for changes in ({"parts": [moved]}, {"flaws": [flaw]}):
        assert with_table(first, LoanRow, **changes).changed_since(first) == {LoanRow}


def test_another_day_and_another_setting_change_everything(clean: LedgerSet, first: Library) -> None:
    tables = [first[sheet.row_type] for sheet in ALL_SHEETS]
    assert Library(tables, first.school, date(2026, 6, 1)).changed_since(first) == frozenset(SHEETS)
    other = clean.school._replace(accession_width=7)
    assert Library(tables, other, first.as_of).changed_since(first) == frozenset(SHEETS)


def test_an_explanation_alone_marks_the_findings_of_the_last_run(clean: LedgerSet, first: Library) -> None:
    books = Books(clean)
    expected = SEEDS["CIR101"](books)
    broken = books.library()
    known = by_code(outcomes(broken, ALL.values()))
    loan = next(finding for outcome in known.values() for finding in outcome.findings if outcome.check.code == "CIR101")
    books.add(example(ExplanationRow, code="CIR101", sheet_name="借阅登记账", number=loan.key, valid_until=None))
    told = read_again(broken, books.library())
    again = outcomes(told, ALL.values(), known, told.changed_since(broken))
    assert by_code(again)["CIR101"] is known["CIR101"]
    explained = [finding.check.code for finding in assembled(told, again).findings if finding.explained]
    assert expected
    assert explained == ["CIR101"]


def _following(books: Library, earlier: Judge) -> Judge:
    judge = books.derive(judge_of_term)
    assert judge
    judge.follow(earlier)
    return judge


@pytest.fixture(scope="module")
def judge(first: Library) -> Judge:
    statement(first)
    judge = first.derive(judge_of_term)
    assert judge
    return judge


def test_verdicts_stand_while_all_they_rest_on_is_the_same(first: Library, judge: Judge) -> None:
    fewer = [row for row in first[LoanRow] if row.returned_on][1:]
    again = with_table(first, LoanRow, rows=fewer)
    assert _following(again, judge).timetable is judge.timetable
    assert statement(again) == statement(with_table(first, LoanRow, rows=fewer))


@pytest.mark.parametrize(
    ("row_type", "rows"),
    [
        *((sheet, 1) for sheet in (CalendarRow, ClassRow, LendingRule, OpeningRow, TargetRow, TurnRow)),
        (AccessionRow, 50),
    ],
)
def test_verdicts_are_worked_out_anew_where_what_they_rest_on_is_another(
    row_type: type[Any], rows: int, first: Library, judge: Judge
) -> None:
    fewer = with_table(first, row_type, rows=first[row_type].rows[:-rows])
    assert _following(fewer, judge).timetable is not judge.timetable


@pytest.mark.parametrize("code", ["", *sorted(SEEDS)[::9]])
def test_a_statement_asks_for_no_sheet_it_does_not_name(code: str, clean: LedgerSet) -> None:
    books = Books(clean)
    if code:
        SEEDS[code](books)
    recording = Recording.of(books.library())
    recording.asked.clear()
    statement(recording)
    assert recording.asked <= READS
