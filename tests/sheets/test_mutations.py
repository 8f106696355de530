"""Workbooks as faulty programs and disks leave them end in an answer or a sentence (the bench tries thousands)."""

from pathlib import Path

import pytest

from bench.mutations import MUTATIONS, mishap, small_school
from schoollib_xl.sheets.reading.loading import load


@pytest.fixture(scope="module")
def book() -> bytes:
    return small_school()


@pytest.mark.parametrize("seed", range(len(MUTATIONS)))
def test_a_mutated_workbook_is_no_mishap(seed: int, book: bytes, tmp_path: Path) -> None:
    assert mishap(book, seed, tmp_path) == ""


def test_a_name_that_is_no_text_of_the_system_is_read_all_the_same(book: bytes, tmp_path: Path) -> None:
    path = tmp_path / "账\udcd5.xlsx"
    path.write_bytes(book)
    assert load(path, None).library.school.name
