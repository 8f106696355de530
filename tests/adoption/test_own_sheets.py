"""Her own sheets and columns go over into a new workbook by their values, as often as one is written."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.own_sheets import own_content
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.school import School
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.own_sheets import OWN_COLUMNS
from schoollib_xl.sheets.reading.loading import load


@pytest.fixture(scope="module")
def hers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [example(AccessionRow, line, accession_no=f"00000{line - 1}") for line in (2, 3)]
    path = tmp_path_factory.mktemp("hers") / "七本账.xlsx"
    write_workbook(LedgerSet(School(), {AccessionRow: rows}), path)
    book = openpyxl.load_workbook(path)
    ledger = book["个别登记账"]
    column = ledger.max_column + 1
    ledger.cell(1, column, "捐赠人")
    ledger.cell(3, column, "王校友")
    own = book.create_sheet("值班表")
    own.append(["星期", "谁", "哪天"])
    own.append(["星期一", "林小满", datetime(2025, 9, 8)])
    own.append([1.5, True, None])
    book.save(path)
    return path


def again(path: Path, name: str) -> Path:
    """The workbook written anew with what is hers."""
    library = load(path, None).library
    target = path.with_name(name)
    rows = list(library[AccessionRow].rows)
    write_workbook(LedgerSet(School(), {AccessionRow: rows}), target, own=own_content(path, library).sheets)
    return target


def test_they_go_over_again_and_again(hers: Path) -> None:
    second = again(again(hers, "二.xlsx"), "三.xlsx")
    with open_workbook(second) as opened:
        grids = dict(opened.grids(["值班表", OWN_COLUMNS]))
    assert grids["值班表"] == [["星期", "谁", "哪天"], ["星期一", "林小满", date(2025, 9, 8)], [1.5, True, ""]]
    assert grids[OWN_COLUMNS] == [["工作表", "编号", "栏目", "内容"], ["个别登记账", "000002", "捐赠人", "王校友"]]


def test_it_is_said_what_went_over(hers: Path) -> None:
    assert own_content(hers, load(hers, None).library).sentences == [
        "自己加的工作表照内容带过来了，格式没有带：值班表。",
        "自己加的栏目抄在“自己加的栏目”那张表里：个别登记账的捐赠人。",
    ]


def test_notes_on_cells_are_told_where_they_stay_behind(hers: Path) -> None:
    book = openpyxl.load_workbook(hers)
    for cell in ("B2", "D3"):
        book["个别登记账"][cell].comment = Comment("等发票", "她")
    path = hers.with_name("批注.xlsx")
    book.save(path)
    assert own_content(path, load(path, None).library).sentences[-1] == (
        "格子上的批注（2 处）没有带，在原来的工作簿里。"
    )
    told = "《批注.xlsx》的格子上有 2 处批注，没有接收；批注里写着书或人的事，先抄到“备注”一栏再接收。"
    assert told in adopt([path], Options(date(2025, 10, 8))).journal.assumed


def test_the_check_minds_no_sheet_that_the_program_wrote(hers: Path) -> None:
    library = load(again(hers, "二.xlsx"), None).library
    said = " ".join(str(finding.facts) for finding in run(library, ALL.values()).findings)
    assert OWN_COLUMNS not in said


def test_a_workbook_of_ours_is_taken_over_without_its_guides(hers: Path) -> None:
    done = adopt([again(hers, "二.xlsx")], Options(date(2025, 10, 8)))
    assert {table.sheet for table in done.tables if table.kind is None} == {"值班表", OWN_COLUMNS}
    assert [copy.accession_no for copy in done.ledger_set.rows[AccessionRow]] == ["000001", "000002"]
