"""The sample school holds what it promises, and its sums come out when added up another way."""

import hashlib
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest

from samples.test_legal_acts import said
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.office import CashRow, MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import (
    CLASS_LETTERS,
    Circulation,
    Flow,
    Incident,
    LoanMode,
    PeriodicalKind,
    ReaderKind,
    Settlement,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.samples.faults import with_faults
from schoollib_xl.samples.people import STAFF
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.terms import FIRST, SECOND
from schoollib_xl.samples.year import clean_school

SEEDS = (1, 2, 3)
school = cache(clean_school)


def rows(row_type: type[Any], seed: int = 1) -> list[Any]:
    return school(seed).rows[row_type]


def pupils_in_use(ledger_set: LedgerSet) -> list[ReaderRow]:
    cards = ledger_set.rows[ReaderRow]
    return [card for card in cards if card.kind is ReaderKind.PUPIL and card.stopped_on is None]


def test_what_was_done_is_told_with_the_figures_of_the_books() -> None:
    helpers = rows(PupilLibrarianRow)
    commended = sum(row.award is not None for row in helpers)
    sent = Counter(row.sent_on.month for row in rows(RepairRow))
    told = {(job.month, job.done) for job in rows(JobRow)}
    assert {(9, f"{len(helpers)} 名上岗"), (6, f"评出 {commended} 名")} < told
    assert {(month, f"修补 {sent[month]} 册") for month in (11, 4)} < told


@pytest.mark.parametrize("seed", SEEDS)
def test_the_school_is_of_the_promised_size(seed: int) -> None:
    assert len(pupils_in_use(school(seed))) == 300
    assert len(rows(ClassRow, seed)) == 12
    assert 5_900 <= len(rows(AccessionRow, seed)) <= 6_100
    assert 3_800 <= len(rows(LoanRow, seed)) <= 4_200
    assert len({row.title for row in rows(PeriodicalRow, seed)}) >= 20


@pytest.mark.parametrize("seed", SEEDS)
def test_the_year_has_the_events_the_checks_and_papers_need(seed: int) -> None:
    withdrawn = [row.withdrawn_on for row in rows(WithdrawalRow, seed)]
    incidents = rows(CompensationRow, seed)
    assert len(withdrawn) >= 10
    assert all(any(day in term for day in withdrawn) for term in (FIRST, SECOND))
    assert min(day for day in withdrawn if day in SECOND) < max(loan.lent_on for loan in rows(LoanRow, seed))
    assert len(incidents) >= 5
    assert len({row.receipt_no for row in incidents if row.receipt_no}) >= 2
    assert any(row.settlement is Settlement.REPLACEMENT and row.replacement_no for row in incidents)
    assert {row.incident for row in incidents} == {Incident.LOST, Incident.DAMAGED}
    assert any(row.settlement is Settlement.REPAIR for row in incidents)
    assert any(row.renewals for row in rows(LoanRow, seed))
    assert {row.mode for row in rows(LoanRow, seed)} == set(LoanMode)
    assert any(row.stopped_on for row in rows(ReaderRow, seed))
    assert {row.class_letter for row in rows(AccessionRow, seed)} == set(CLASS_LETTERS)


def test_some_classes_reach_the_target_and_others_do_not() -> None:
    target = next(row for row in rows(TargetRow) if (row.name, row.grades) == ("生均借书册数", "3-6"))
    borrowed = Counter(
        loan.class_name
        for loan in rows(LoanRow)
        if loan.is_personal and loan.lent_on in SECOND and loan.reader_no.startswith("S")
    )
    reached = {
        row.class_name: Decimal(borrowed[row.class_name]) / row.pupils >= target.value
        for row in rows(ClassRow)
        if row.grade >= 3
    }
    assert set(reached.values()) == {True, False}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_people_share_a_name(seed: int) -> None:
    names = [card.name for card in rows(ReaderRow, seed)] + [*STAFF]
    assert len(names) == len(set(names))


def test_every_sheet_is_filled_but_the_names_of_other_schools() -> None:
    empty = {sheet.row_type for sheet in ALL_SHEETS if not school().rows.get(sheet.row_type)}
    assert empty == {MappingRow}


def test_every_row_stands_one_below_the_other_from_line_2() -> None:
    for row_type, found in school().rows.items():
        assert [row.line for row in found] == list(range(2, len(found) + 2)), row_type


def test_settings_on_the_sheet_are_the_settings_of_the_school() -> None:
    written = {row.item: row.value for row in rows(SettingRow)}
    assert written == {header: getattr(school().school, field.name) for header, field in SETTINGS.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_required_cell_is_filled(seed: int) -> None:
    for row_type, found in school(seed).rows.items():
        required = [field.name for field in SHEETS[row_type].fields if field.required]
        for row in found:
            assert all(getattr(row, name) is not None for name in required), row


@pytest.mark.parametrize("seed", SEEDS)
def test_the_summary_register_adds_up_from_the_copies(seed: int) -> None:
    came, went = defaultdict(list), defaultdict(list)
    for copy in rows(AccessionRow, seed):
        came[copy.batch_no].append(copy)
        went[copy.withdrawal_no].append(copy)
    held, value = 0, Decimal(0)
    for batch in rows(SummaryRow, seed):
        copies = (went if batch.flow is Flow.OUT else came)[batch.batch_no]
        prices = sum(copy.price for copy in copies)
        held += -len(copies) if batch.flow is Flow.OUT else len(copies)
        value += -prices if batch.flow is Flow.OUT else prices
        assert (batch.copies, batch.list_value) == (len(copies), prices)
        assert batch.titles == len({(c.title, c.author, c.publisher, c.edition, c.isbn) for c in copies})
        assert batch.by_class() == dict.fromkeys(CLASS_LETTERS, 0) | Counter(c.class_no[0] for c in copies)
        assert (batch.running_copies, batch.running_value) == (held, value)
        if batch.flow is not Flow.OUT:
            assert (batch.first_no, batch.last_no) == (copies[0].accession_no, copies[-1].accession_no)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_statistics_by_class_add_up_from_the_copies(seed: int) -> None:
    opening = next(batch.batch_no for batch in rows(SummaryRow, seed) if batch.flow is Flow.OPENING)
    for line in rows(ClassificationRow, seed):
        shelf = [copy for copy in rows(AccessionRow, seed) if copy.class_no[0] == line.class_letter]
        held = [c for c in shelf if c.accessioned_on <= line.ends_on and not _gone(c, line.ends_on)]
        added = [c for c in shelf if c.batch_no != opening and line.starts_on <= c.accessioned_on <= line.ends_on]
        removed = [c for c in shelf if c.withdrawn_on and line.starts_on <= c.withdrawn_on <= line.ends_on]
        assert (line.closing_copies, line.closing_value) == (len(held), sum(c.price for c in held))
        assert (line.added_copies, line.added_value) == (len(added), sum(c.price for c in added))
        assert (line.removed_copies, line.removed_value) == (len(removed), sum(c.price for c in removed))
        assert line.opening_copies + line.added_copies - line.removed_copies == line.closing_copies


def _gone(copy: AccessionRow, day: date) -> bool:
    return copy.withdrawn_on is not None and copy.withdrawn_on <= day


@pytest.mark.parametrize("seed", SEEDS)
def test_the_stocktake_sees_exactly_what_should_be_on_the_shelf(seed: int) -> None:
    mending = {row.accession_no for row in rows(RepairRow, seed) if row.reshelved_on is None}
    in_force = {copy.accession_no for copy in rows(AccessionRow, seed) if copy.withdrawn_on is None}
    seen = [row.accession_no for row in rows(StocktakeRow, seed)]
    assert mending
    assert sorted(seen) == sorted(in_force - mending)


@pytest.mark.parametrize("seed", SEEDS)
def test_loans_keep_to_the_fine_print(seed: int) -> None:
    library = school(seed).library()
    calendar = SchoolCalendar(library)
    reference = {c.accession_no for c in rows(AccessionRow, seed) if c.circulation is Circulation.REFERENCE}
    assert len({library.copies[number].title for number in reference}) >= 40
    for loan in rows(LoanRow, seed):
        card = library.readers[loan.reader_no]
        assert loan.class_name
        assert calendar.is_open(loan.lent_on, card.kind)
        assert card.is_active(loan.lent_on)
        assert loan.returned_on is not None
        assert loan.mode is LoanMode.IN_ROOM or loan.accession_no not in reference
        if loan.mode is LoanMode.IN_ROOM:
            assert loan.lent_on == loan.due_on == loan.returned_on
        if loan.mode is LoanMode.CLASS:
            term = FIRST if loan.lent_on in FIRST else SECOND
            assert loan.due_on == term.end
            assert loan.returned_on <= term.end
            assert card.kind is ReaderKind.TEACHER


@pytest.mark.parametrize("seed", SEEDS)
def test_periodicals_are_as_the_post_office_lists_them(seed: int) -> None:
    for row in rows(PeriodicalRow, seed):
        assert (row.issn is None) == (row.kind is PeriodicalKind.NEWSPAPER)
        assert row.price is not None
        assert row.amount == row.price * row.copies
        assert row.due_issues - row.received_issues == (1 if row.missing_note else 0)
    assert sum(row.bound_volumes or 0 for row in rows(PeriodicalRow, seed)) == sum(
        copy.source is not None and copy.source.value == "合订" for copy in rows(AccessionRow, seed)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_cash_book_agrees_with_the_ledgers_by_voucher(seed: int) -> None:
    booked: dict[str | None, Decimal] = defaultdict(Decimal)
    balance = Decimal(0)
    for entry in rows(CashRow, seed):
        amount = (entry.received or 0) - (entry.spent or 0)
        booked[entry.voucher_no] += amount
        balance += amount
        assert entry.balance == balance >= 0
    bills: dict[str | None, Decimal] = defaultdict(Decimal)
    for batch in rows(SummaryRow, seed):
        if batch.paid_value is not None:
            bills[batch.voucher_no] -= batch.paid_value
    for order in rows(PeriodicalRow, seed):
        bills[order.voucher_no] -= order.amount
    for incident in rows(CompensationRow, seed):
        if incident.receipt_no:
            bills[incident.receipt_no] += incident.paid
    assert {number: amount for number, amount in booked.items() if not (number or "").startswith("SR")} == bills


@pytest.mark.parametrize("seed", SEEDS)
def test_every_class_has_as_many_pupils_as_cards_and_two_pupil_librarians(seed: int) -> None:
    cards = Counter(card.class_name for card in pupils_in_use(school(seed)))
    helpers = Counter(row.class_name for row in rows(PupilLibrarianRow, seed))
    assert {row.class_name: row.pupils for row in rows(ClassRow, seed)} == cards
    assert {row.class_name: 2 for row in rows(ClassRow, seed)} == helpers


@pytest.mark.parametrize("seed", range(1, 6))
def test_nothing_is_found_in_a_clean_school_whatever_the_seed(seed: int) -> None:
    assert said(school(seed)) == []


def test_two_processes_make_the_same_school() -> None:
    code = (
        "import hashlib; from schoollib_xl.samples.year import clean_school; ledger_set = clean_school(7); "
        "print(hashlib.sha256(repr((ledger_set.school, ledger_set.rows)).encode()).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": str(salt)}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for salt in (1, 2)
    }
    ledger_set = school(7)
    here = hashlib.sha256(repr((ledger_set.school, ledger_set.rows)).encode()).hexdigest()
    assert prints == {here}


def test_seeds_make_different_schools() -> None:
    assert rows(LoanRow, 1) != rows(LoanRow, 2)


@pytest.mark.parametrize("make", [clean_school, lambda: with_faults(clean_school())], ids=["clean", "faulty"])
def test_shuffled_rows_give_the_same_findings(make: Callable[[], LedgerSet]) -> None:
    written, rng = make(), Random(5)
    shuffled = LedgerSet(written.school, {kind: _shuffled(rng, kind, found) for kind, found in written.rows.items()})
    assert _by_key(shuffled) == _by_key(written)


def _shuffled(rng: Random, row_type: type[Any], found: list[Any]) -> list[Any]:
    # The balance of 经费登记 runs from line to line: its order is part of what it says.
    mixed = found if row_type is CashRow else rng.sample(found, len(found))
    return [row._replace(line=line) for line, row in enumerate(mixed, 2)]


def _by_key(ledger_set: LedgerSet) -> list[tuple[str, str]]:
    report = run(ledger_set.library(), ALL.values())
    return sorted((one.check.code, one.key) for one in report.findings)


def test_a_large_school_is_of_the_promised_size() -> None:
    ledger_set = clean_school(1, Size.LARGE)
    assert len(pupils_in_use(ledger_set)) == 5_000
    assert 49_000 <= len(ledger_set.rows[AccessionRow]) <= 51_000
    assert 98_000 <= len(ledger_set.rows[LoanRow]) <= 104_000
