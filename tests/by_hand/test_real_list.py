"""The title list of a real village school: everything comes out, and the totals agree."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from running import schoollib
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.loading import load

REAL = Path(__file__).parents[3] / "shared" / "data" / "真实藏书清单.xlsx"
pytestmark = pytest.mark.skipif(not REAL.is_file(), reason="the real title list is not beside this checkout")
# What check finds in the list as it was typed: class numbers, prices and a title that are not there, and one ISBN
# somebody made up.
TRUE_OF_THE_DATA = {"ACC013", "FMT101"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("接收")
    for name, more in (("账.xlsx", []), ("起点.xlsx", ["--baseline"])):
        target = made / Path(name).stem / name
        done = schoollib("adopt", REAL, "--into", target, "--as-of", "2025-10-08", "--format", "json", *more)
        # One title of the list has no copy at all: it is left behind, and that is worth a look.
        assert (done.returncode, done.stderr) == (1, "")
        (made / f"{target.stem}.json").write_text(done.stdout, "utf-8")
    return made


def answer(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "账.json").read_text("utf-8"))
    return said


@cache
def checked(path: Path) -> tuple[Library, Report]:
    library = load(path, None).library
    return library, run(library, ALL.values())


def test_every_title_and_every_copy_comes_out(folder: Path) -> None:
    said = answer(folder)
    (source,) = said["sources"]
    assert (source["kind"], source["rows"], source["taken"], source["aside"]) == ("书目", 2662, 2661, 1)
    assert [column["header"] for column in source["columns"] if column["as"] is None] == ["主题"]
    totals = {total["what"]: (total["in"], total["out"], total["aside"], total["agree"]) for total in said["totals"]}
    assert totals["copies"] == (9945, 9945, 0, True)
    assert totals["money"] == ("251936.80", "251936.80", "0.00", True)
    assert totals["titles"] == (2662, 2661, 1, False)


def test_the_books_say_what_the_list_says(folder: Path) -> None:
    library, _ = checked(folder / "账" / "账.xlsx")
    table = library[AccessionRow]
    rows = [*table, *table.incomplete]
    assert len(rows) == 9945
    (batch,) = library[SummaryRow]
    assert (batch.copies, batch.first_no, batch.last_no) == (9945, "000001", "009945")
    assert batch.list_value == Decimal("251936.80")


def test_the_check_finds_only_what_is_true_of_the_list(folder: Path) -> None:
    _, report = checked(folder / "账" / "账.xlsx")
    assert {finding.check.code for finding in report.findings if finding.fails} <= TRUE_OF_THE_DATA


def test_after_a_baseline_nothing_old_is_left_to_do_and_nothing_is_hidden(folder: Path) -> None:
    _, before = checked(folder / "账" / "账.xlsx")
    _, after = checked(folder / "起点" / "起点.xlsx")
    assert before.failed
    assert not after.failed
    assert len(after.findings) == len(before.findings)
    assert sum(finding.explained for finding in after.findings) == sum(finding.fails for finding in before.findings)


def test_the_report_lists_the_prices_nobody_can_read(folder: Path) -> None:
    with open_workbook(folder / "账" / "接收报告.xlsx") as opened:
        grids = dict(opened.grids(opened.sheet_names))
    told = {str(row[4]) for row in grids["读不出来的"] if len(row) > 4}
    assert {"EUR 50.84", "7RMB×23", "CN15.00", "CNY50.00(全5册)"} <= told
