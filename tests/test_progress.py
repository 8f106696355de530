"""`progress` from the command line."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from make import row
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.sheets.building.workbook import write_workbook


@pytest.fixture
def books(tmp_path: Path) -> Path:
    jobs = [row(JobRow, line=2, month=9, done=None, task="制订计划"), row(JobRow, line=3, month=11, done="已完成")]
    write_workbook(LedgerSet.of(*jobs), tmp_path / "账.xlsx")
    return tmp_path / "账.xlsx"


def test_what_is_late_is_said_with_its_cells(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", str(books), "--as-of", "2025-11-20", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(job["task"], job["state"], job["cells"][1]) for job in found["jobs"][:1]] == [
        ("制订计划", "late", {"sheet": "工作安排", "cell": "G2"})
    ]
    assert (found["late"], found["done"], found["due"]) == (1, 1, 0)
    assert list(books.parent.iterdir()) == [books]


def test_a_target_in_counts_is_a_number_and_a_mean_is_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets = [
        row(TargetRow, line=2, name="读书演讲比赛次数", value=Decimal(1), unit="次"),
        row(TargetRow, line=3, name="生均借书册数", value=Decimal(3), unit="册"),
    ]
    write_workbook(LedgerSet.of(*targets), tmp_path / "账.xlsx")
    main(["progress", str(tmp_path / "账.xlsx"), "--as-of", "2025-11-20", "--format", "json"])
    assert [one["target"] for one in json.loads(capsys.readouterr().out)["targets"]] == [1, "3"]


def test_the_answer_is_printed_and_written(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", str(books), "--as-of", "2025-09-20"]) == 0
    assert "这个月要做" in capsys.readouterr().out
    assert (books.parent / "计划进度.xlsx").exists()


def test_check_ends_with_what_is_late_and_due(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(books), "--as-of", "2025-11-20"])
    assert capsys.readouterr().out.splitlines()[-1] == "工作安排：过期没做 1 项（制订计划）。"
    main(["check", str(books), "--as-of", "2025-09-20"])
    assert capsys.readouterr().out.splitlines()[-1] == "工作安排：这个月要做 1 项（制订计划）。"
    main(["check", str(books), "--as-of", "2025-10-20"])
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith("工作安排：过期没做 1 项（制订计划）；下个月 1 项（")
