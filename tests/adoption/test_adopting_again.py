"""The sample school, exported in the style of an old program and taken over again, is the same school."""

from pathlib import Path

import pytest

from adoption.old_lists import TODAY, old_book
from adoption.old_style import old_style
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.transforms import BLANKS, ISBN_DASHES, PRICE, REAL_DATE, TITLE_MARKS
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import ALL_SHEETS
from small_sample import tiny_sample


@pytest.fixture(scope="module")
def school() -> LedgerSet:
    return tiny_sample()


@pytest.fixture(scope="module")
def taken(school: LedgerSet, tmp_path_factory: pytest.TempPathFactory) -> Adoption:
    path: Path = tmp_path_factory.mktemp("旧系统") / "旧账.xlsx"
    return adopt([old_book(path, old_style(school))], Options(TODAY))


@pytest.mark.parametrize("name", [sheet.name for sheet in ALL_SHEETS])
def test_every_sheet_comes_back_as_it_was(school: LedgerSet, taken: Adoption, name: str) -> None:
    row_type = next(sheet.row_type for sheet in ALL_SHEETS if sheet.name == name)
    before, after = school.rows.get(row_type, []), taken.ledger_set.rows.get(row_type, [])
    assert [row for row, other in zip(after, before, strict=False) if row != other][:3] == []
    assert len(after) == len(before)


def test_the_school_itself_comes_back(school: LedgerSet, taken: Adoption) -> None:
    assert taken.ledger_set.school == school.school


def test_nothing_but_titles_headers_and_totals_is_set_aside(taken: Adoption) -> None:
    assert {row.detail for row in taken.journal.row_records.values() if row.outcome is RowOutcome.ASIDE} == {
        "表头以上的文字", "表头", "合计行",
    }  # fmt: skip


def test_the_ways_of_cleaning_are_counted(taken: Adoption) -> None:
    used = {change.transform for change in taken.journal.changes}
    assert {REAL_DATE, PRICE, TITLE_MARKS, BLANKS, ISBN_DASHES} <= used
