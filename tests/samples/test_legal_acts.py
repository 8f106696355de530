"""Whatever a librarian does by the rules, the books agree."""

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samples.village import ACTS, Act, attempt, close_year, days_pass, lend, village
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import Incident
from schoollib_xl.wording.checking.findings import message_of

# Lending and the passing of days come up more often than the rest: everything else follows from them.
_MIXED = st.sampled_from((*ACTS, *[act for act in ACTS if act.__name__ in ("lend", "days_pass")] * 4))
_STEPS = st.lists(st.tuples(_MIXED, st.integers(0, 100_000)), max_size=60)


# A copy looked at by itself, a place looked at in part, a copy not fetched from the mender's or a month in which nobody
# read is told for what it is and accuses nobody.
_TOLD = ("CIR113", "VIS104", "RPR901", "STK001", "STK102", "STK203")


def said(ledger_set: LedgerSet) -> list[str]:
    """Everything all checks find, in words, and every check left undone; what `_TOLD` names left out."""
    library = ledger_set.library()
    report = run(library, ALL.values())
    findings = [one for one in report.findings if one.check.code not in _TOLD or one.severity is not Severity.HINT]
    found = [f"{one.check.code} {message_of(library, one).message}" for one in findings]
    return found + [f"{one.check.code} unchecked" for one in report.unchecked]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS)
def test_any_sequence_of_legal_acts_stays_silent(steps: list[tuple[Act, int]]) -> None:
    librarian = village()
    for act, number in steps:
        attempt(act, librarian, number)
    assert said(close_year(librarian)) == []


@pytest.mark.parametrize("seed", range(4))
def test_books_left_in_the_middle_of_a_term_accuse_nobody(seed: int) -> None:
    """A new librarian takes over: half of the loans stand on a second sheet, and what was found again is refunded."""
    librarian, rng = village(), Random(seed)
    for _ in range(150):
        attempt(rng.choice((*ACTS, lend, lend, days_pass)), librarian, rng.randrange(100_000))
    ledger_set = librarian.ledger_set({})
    _refund(ledger_set, librarian.today)
    library = _on_two_sheets(ledger_set.library(librarian.today))
    failing = [one for one in run(library, ALL.values()).findings if one.fails]
    assert [f"{one.check.code} {message_of(library, one).message}" for one in failing] == []


def _refund(ledger_set: LedgerSet, today: date) -> None:
    """The money goes back for every lost book that is still in force: it was found again."""
    rows, cash = ledger_set.rows[CompensationRow], ledger_set.rows[CashRow]
    for index, row in enumerate(rows):
        if row.incident is Incident.LOST and row.paid and row.settled_on and not row.withdrawal_no:
            rows[index] = row._replace(refunded_on=today)
            last = cash[-1]._replace(line=cash[-1].line + 1, booked_on=today, summary="退图书赔款", received=None)
            cash.append(last._replace(voucher_no=row.receipt_no, spent=row.paid, balance=last.balance - row.paid))


def _on_two_sheets(library: Library) -> Library:
    whole = library[LoanRow]
    half = len(whole.rows) // 2
    second = [row._replace(line=LINES_PER_SHEET + line) for line, row in enumerate(whole.rows[half:], 2)]
    parts = [*whole.parts, whole.parts[0]._replace(sheet_name="借阅登记账（下）")]
    loans = whole.changed(rows=[*whole.rows[:half], *second], parts=parts)
    tables = [loans if sheet.row_type is LoanRow else library[sheet.row_type] for sheet in ALL_SHEETS]
    return Library(tables, library.school, library.as_of, library.kept)


@pytest.mark.parametrize("seed", range(6))
def test_a_long_year_of_every_act_stays_silent(seed: int) -> None:
    librarian, rng = village(), Random(seed)
    done = set()
    for _ in range(1_500):
        act, number = rng.choice(ACTS), rng.randrange(100_000)
        if attempt(act, librarian, number if act is not days_pass else number % 3):
            done.add(act)
    assert done == set(ACTS)
    assert said(close_year(librarian)) == []
