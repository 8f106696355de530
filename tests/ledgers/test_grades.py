"""年级 as schools write it, mixed classes among them."""

from datetime import date
from pathlib import Path

import pytest

from schoollib_xl.adoption.next_year.promotion import promote
from schoollib_xl.ledgers.grades import MixedGrade, grade_in
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("3", 3),
        ("三年级", 3),
        ("3年级", 3),
        ("学前班", 0),
        ("1、2", MixedGrade(1, 2)),
        ("１，２", MixedGrade(1, 2)),
        ("一二年级", MixedGrade(1, 2)),
        ("四、五年级复式班", MixedGrade(4, 5)),
        ("1-3", MixedGrade(1, 2, 3)),
        ("12", None),
        ("7", None),
        ("年级", None),
        ("一、七", None),
    ],
)
def test_what_a_grade_is_written_as(text: str, grade: int | None) -> None:
    assert grade_in(text) == grade


def test_a_mixed_grade_counts_as_its_lowest_and_is_no_other_mixed_grade() -> None:
    assert MixedGrade(2, 1) == 1
    assert MixedGrade(1, 2) != MixedGrade(1, 3)
    assert str(MixedGrade(2, 1)) == "1、2"


def test_a_workbook_keeps_all_the_grades_of_a_class(tmp_path: Path) -> None:
    rows = [
        ClassRow(2, "复式班", MixedGrade(1, 2), None, 20, None, None),
        ClassRow(3, "混合班", MixedGrade(1, 3), None, 9, None, None),
        ClassRow(4, "一（1）班", 1, None, 30, None, None),
    ]
    path = tmp_path / "账.xlsx"
    write_workbook(LedgerSet(School(), {ClassRow: rows}), path)
    table = load(path, None).library[ClassRow]
    assert (table.rows, table.flaws) == (rows, [])


def test_a_mixed_class_stays_until_its_list_tells_who_goes_up() -> None:
    row = ClassRow(2, "复式班", MixedGrade(1, 2), "陈静", 20, None, None)
    assert promote([row], [], date(2026, 9, 1)).classes == [row]
