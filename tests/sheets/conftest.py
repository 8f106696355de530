"""What several modules of this room read."""

from pathlib import Path

import pytest

from schoollib_xl.sheets.building.workbook import write_workbook
from small_sample import first_rows
from surgery import rewrite


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small school's workbook, as an office program saves it; a test edits a copy."""
    path = tmp_path_factory.mktemp("school") / "图书室七本账.xlsx"
    write_workbook(first_rows(), path)
    rewrite(path)
    return path
