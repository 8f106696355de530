"""Legitimate situations: nobody is accused. A hint may be given, never an 错误 or a 存疑."""

import pytest

from checks.books import Books, right_for
from checks.legitimate_books import SITUATIONS
from schoollib_xl.wording.places import address


def test_there_are_enough_situations() -> None:
    assert len(SITUATIONS) >= 150


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_a_legitimate_situation_accuses_nobody(name: str) -> None:
    clean, before = right_for(name)
    books = Books(clean)
    SITUATIONS[name](books)
    assert books.ledger_set != clean
    library = books.library()
    failing = [finding for finding in books.report_after(clean, before).findings if finding.fails]
    assert [f"{one.check.code} {address(library, one.at)}" for one in failing] == []
