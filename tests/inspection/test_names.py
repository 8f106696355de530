"""No pupil is named in what is made before an inspection, but in the list that says it is for class teachers only."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from lists.small_library import LOANS, PUPIL, RECOMMENDED, SHELF, books, loan
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.sheets.building.workbook import write_workbook

COMMANDS = ("inspect", "lists", "handover", "progress")
# Who is late, who lost a copy, who helps in the library, and a remark that names a pupil.
NAMED = (
    loan(9, 3, date(2025, 9, 15), due_on=date(2025, 9, 29), returned_on=None, outcome=None),
    loan(10, 5, date(2025, 12, 1), reader_no="S9999", returned_on=None, outcome=None),
    example(CompensationRow, name=PUPIL, accession_no="000002"),
    example(PupilLibrarianRow, name=PUPIL),
    example(ExplanationRow, text=f"{PUPIL}的家长说下周还"),
    example(ReviewRow),
)


def text_of(path: Path) -> str:
    """Everything a file holds, its name too."""
    if not is_zipfile(path):
        return path.name + path.read_bytes().decode(errors="replace")
    with ZipFile(path) as package:
        return path.name + "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def test_no_pupil_is_named_outside_the_list_for_class_teachers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = tmp_path / "账.xlsx"
    write_workbook(books(*SHELF, *LOANS, *RECOMMENDED, *NAMED), workbook)
    for command in COMMANDS:
        assert main([command, str(workbook), "--into", str(tmp_path / "出")]) in (0, 1)
        assert main([command, str(workbook), "--format", "json"]) in (0, 1)
    said = capsys.readouterr()
    assert PUPIL not in said.out + said.err
    named = [path.name for path in (tmp_path / "出").iterdir() if PUPIL in text_of(path)]
    assert named == ["借书清单（仅供班主任）.xlsx"]
    assert len(list((tmp_path / "出").iterdir())) >= 10
