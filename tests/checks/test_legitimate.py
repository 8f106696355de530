"""Legitimate situations: nobody is accused. A hint may be given, never an 错误 or a 存疑."""

import pytest

from checks.books import Books
from checks.legitimate_books import SITUATIONS
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import CheckOutcome, outcomes
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.findings import address


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


@pytest.fixture(scope="module")
def before(clean: LedgerSet) -> dict[str, CheckOutcome]:
    """What every check comes to in the clean school: a check of other sheets need not be run again."""
    came_to = outcomes(Books(clean).library(), ALL.values())
    return {outcome.check.code: outcome for outcome in came_to}


def test_there_are_enough_situations() -> None:
    assert len(SITUATIONS) >= 150


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_a_legitimate_situation_accuses_nobody(name: str, clean: LedgerSet, before: dict[str, CheckOutcome]) -> None:
    books = Books(clean)
    SITUATIONS[name](books)
    assert books.ledger_set != clean
    library = books.library()
    failing = [finding for finding in books.report_after(clean, before).findings if finding.fails]
    assert [f"{one.check.code} {address(library, one.at)}" for one in failing] == []
