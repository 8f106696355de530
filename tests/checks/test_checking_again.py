"""Checking again after an edit: only what the edit can bear on is done, and the report is that of a first check."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest

from checks.books import Books, right_for
from checks.test_seeded_defects import SEEDS
from schoollib_xl.checks.check import Found
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import CheckOutcome, assembled, outcomes, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.derivations import Derivation
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow, LedgerTable
from schoollib_xl.quotas.statement import judge_of_term, statement
from schoollib_xl.rules.shelves import Shelves
from schoollib_xl.samples.broken.every import EXAMPLES
from small_sample import small_sample, tiny_sample


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
    tables = [books[sheet.row_type].changed(parts=before[sheet.row_type].parts) for sheet in ALL_SHEETS]
    return Library(tables, books.school, books.as_of)


def with_table(before: Library, row_type: type[Any], **changes: Any) -> Library:
    tables = {sheet.row_type: before[sheet.row_type] for sheet in ALL_SHEETS}
    tables[row_type] = tables[row_type].changed(**changes)
    return Library(tables.values(), before.school, before.as_of)


# In the small school nobody who borrowed in the first term borrows no more.
WITHOUT_A_PLACE = {"CIR106"}


# Each seed is judged whole in test_seeded_defects; what is taken over from the last run is the same for all of them.
@pytest.mark.parametrize("code", sorted(SEEDS.keys() - WITHOUT_A_PLACE)[::24])
def test_after_any_seeded_defect_and_after_its_correction_the_report_is_that_of_a_first_check(
    code: str, clean: LedgerSet, first: Library, known: dict[str, CheckOutcome]
) -> None:
    books = Books(clean)
    SEEDS[code](books)
    broken = read_again(first, books.library())
    found = outcomes(broken, ALL.values(), known, broken.changed_since(first), first)
    assert assembled(broken, found) == run(broken, ALL.values())
    mended = read_again(broken, first)
    found_no_more = outcomes(mended, ALL.values(), by_code(found), mended.changed_since(broken), broken)
    assert assembled(mended, found_no_more) == run(first, ALL.values())


def test_a_check_asks_for_no_sheet_it_does_not_name(first: Library) -> None:
    for code in (code for code in ALL if ALL[code].reads):
        broken = Books(right_for(code).clean)
        if code in SEEDS:
            SEEDS[code](broken)
        for books in (first.with_tables(), broken.library(), EXAMPLES[code].library()):
            books.derive(_found, code)
            assert books.facts[_found, code].sheets() <= set(ALL[code].looks_at), code


def _found(books: Library, code: str) -> list[Found]:
    return list(ALL[code].test(books))


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
    moved = part._replace(columns={**part.columns, "remarks": 20})
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


def test_verdicts_stand_while_all_they_rest_on_is_the_same(clean: LedgerSet) -> None:
    first = clean.library()
    judge = first.derive(judge_of_term)
    fewer = [row for row in first[LoanRow] if row.returned_on][1:]
    again = with_table(first, LoanRow, rows=fewer)
    again.follow(first)
    assert judge is not None
    assert again.derive(judge_of_term) is judge
    assert statement(again) == statement(with_table(first, LoanRow, rows=fewer))


@pytest.mark.parametrize(
    ("row_type", "rows"),
    [*((sheet, 1) for sheet in (CalendarRow, ClassRow, LendingRule, OpeningRow, TurnRow)), (AccessionRow, 50)],
)
def test_verdicts_are_worked_out_anew_where_what_they_rest_on_is_another(row_type: type[Any], rows: int) -> None:
    first = tiny_sample().library()
    judge = first.derive(judge_of_term)
    statement(first)
    fewer = with_table(first, row_type, rows=first[row_type].rows[:-rows])
    fewer.follow(first)
    assert fewer.derive(judge_of_term) is not judge


def test_of_the_stocks_that_were_judged_by_the_last_alone_is_kept() -> None:
    books = tiny_sample().library()
    books.derive(statement)
    known = []
    for left in range(1, 4):
        fewer = with_table(books, AccessionRow, rows=books[AccessionRow].rows[:-left])
        fewer.follow(books)
        assert fewer.derive(statement) == statement(fewer.with_tables())
        books = fewer
        known.append(len(books.facts))
    assert len(set(known)) == 1


def test_another_target_is_judged_anew() -> None:
    first = tiny_sample().library()
    assert first.derive(statement).outcomes
    more = [row._replace(value=row.value + 1) if row.value else row for row in first[TargetRow]]
    again = with_table(first, TargetRow, rows=more)
    again.follow(first)
    assert again.derive(statement) == statement(with_table(first, TargetRow, rows=more))


def test_a_fact_follows_into_the_next_reading_while_its_sheets_are_the_same(clean: LedgerSet) -> None:
    first = clean.library()
    copies, loans, shelves = first.copies, first.loans_by_copy, first.derive(Shelves)
    lost = shelves.losses
    again = with_table(first, RepairRow, rows=first[RepairRow].rows[1:])
    assert again.follow(first) == {RepairRow}
    assert again.copies is copies
    assert again.loans_by_copy is loans
    # What was asked for before the edit did not rest on 修补登记; from now on it looks at the new rows.
    assert again.derive(Shelves) is shelves
    assert again.derive(Shelves).losses is lost
    days = {row.sent_on for row in first[RepairRow]}
    anew = clean.library().with_tables(again[RepairRow]).derive(Shelves)
    assert [shelves.under_repair(day) for day in days] == [anew.under_repair(day) for day in days]


def test_a_fact_that_looks_at_a_changed_sheet_while_it_is_taken_over_stays_behind(
    clean: LedgerSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clean.library()
    shelves = first.derive(Shelves)
    again = with_table(first, RepairRow, rows=first[RepairRow].rows[1:])

    def asked_meanwhile(fact: Derivation) -> set[type[Any]]:
        found = sheets(fact)
        if fact.value is shelves:
            shelves.under_repair(first.as_of)
        return found

    sheets = Derivation.sheets
    monkeypatch.setattr(Derivation, "sheets", asked_meanwhile)
    again.follow(first)
    assert again.derive(Shelves) is not shelves


def test_what_a_fact_asks_for_while_it_is_taken_over_is_worked_out_of_the_later_reading(clean: LedgerSet) -> None:
    first = clean.library()
    again = with_table(first, RepairRow, rows=first[RepairRow].rows[1:])

    def asking(books: Library) -> Callable[[], Sequence[RepairRow]]:
        return lambda: books.derive(repairs)

    def repairs(books: Library) -> Sequence[RepairRow]:
        rows = books[RepairRow].rows
        if asking not in {key[0] for key in again.facts}:
            again.follow(first)
        return rows

    asked = first.derive(asking)
    assert asked() == again[RepairRow].rows
    assert again.derive(asking) is asked


# The sheets whose rows are compared by what they have in common, so that the others need not be looked at again.
TIED = sorted({row_type for check in ALL.values() for row_type in check.ties}, key=lambda kind: kind.__name__)


def edited(books: Library, random: Random, kinds: Sequence[type[Any]]) -> Library:
    """The books with a cell or a row of one of these sheets changed, the sheet read anew."""
    return books.with_tables(_edited(books[random.choice(kinds)], random))


def _edited(table: LedgerTable[Any], random: Random) -> LedgerTable[Any]:
    rows = [row._replace() for row in table]
    at, name = random.randrange(len(rows)), random.choice(table.declared.fields).name
    row, other = rows[at], random.choice(rows)
    match random.randrange(8):
        case 0:
            rows.append(other._replace(line=rows[-1].line + 1))
        case 1:
            del rows[at]
        case 2:
            del rows[at]
            lacking = IncompleteRow(row.line, {**row._asdict(), name: None})
            flaws = [*table.flaws, FlawedCell(row.line, name, Flaw.BLANK, "")]
            incomplete = sorted([*table.incomplete, lacking], key=lambda line: line.line)
            return table.changed(rows=rows, incomplete=incomplete, flaws=flaws)
        case _:
            rows[at] = row._replace(**{name: getattr(other, name)})
    return table.changed(rows=rows)


@pytest.fixture(scope="module")
def slips() -> Library:
    """Books with slips of the pen in the sheets whose rows are compared with one another."""
    books, random = tiny_sample().library(), Random(7)
    for _ in range(30):
        table = books[random.choice(TIED)]
        rows, name = list(table), random.choice(table.declared.fields).name
        at, other = random.randrange(len(rows)), random.choice(rows)
        rows[at] = rows[at]._replace(**{name: getattr(other, name)})
        books = books.with_tables(table.changed(rows=rows))
    return books


@pytest.fixture(scope="module")
def last(slips: Library) -> list[tuple[Library, dict[str, CheckOutcome]]]:
    """What was read and found last."""
    books = slips.with_tables()
    books.derive(statement)
    return [(books, by_code(outcomes(books, ALL.values())))]


@pytest.mark.parametrize("seed", range(16))
def test_after_any_edit_everything_is_as_at_a_first_check(
    seed: int, slips: Library, last: list[tuple[Library, dict[str, CheckOutcome]]]
) -> None:
    random, (before, known) = Random(seed), last.pop()
    some = [sheet.row_type for sheet in ALL_SHEETS if slips[sheet.row_type].rows] if seed % 3 == 0 else TIED
    # Every other time what was changed is changed again, else it is put right and another cell is changed.
    again = edited(before.with_tables() if seed % 2 else slips, random, some)
    fresh = again.with_tables()
    came_to = outcomes(again, ALL.values(), known, again.follow(before), before)
    assert repr(assembled(again, came_to)) == repr(run(fresh, ALL.values()))
    assert repr(again.derive(statement)) == repr(statement(fresh))
    last.append((again, by_code(came_to)))


def test_after_an_edit_only_the_rows_it_can_bear_on_are_looked_at(clean: LedgerSet) -> None:
    books = Books(clean)
    SEEDS["CIR301"](books)
    before = books.library()
    known = by_code(outcomes(before, ALL.values()))
    [far] = known["CIR301"].findings
    loan = next(row for row in before[LoanRow] if row.accession_no != far.key and row.line != far.at.line)
    rows = [row._replace(title="别的书") if row is loan else row._replace() for row in before[LoanRow]]
    again = with_table(before, LoanRow, rows=rows)
    came_to = by_code(outcomes(again, ALL.values(), known, again.follow(before), before))
    assert came_to["CIR301"].findings[0] is far
    assert [one.at.line for one in came_to["CIR311"].findings] == [loan.line]
