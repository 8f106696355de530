"""Her own sheets and columns of two copies go into the merged workbook, whatever each of them says."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from running import schoollib
from schoollib_xl.adoption.own_sheets import Own
from schoollib_xl.adoption.two_copies.merging import Difference, MergedDifference
from schoollib_xl.adoption.two_copies.own_of_both import OwnOfBoth, own_of_both
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.office import ExplanationRow, MappingRow
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.own_sheets import OWN_COLUMNS
from schoollib_xl.sheets.reading.loading import load

HEADER = ["工作表", "编号", "栏目", "内容"]


def own(telephone: str = "88", *cells: tuple[str, str, str, str]) -> Own:
    sheets: dict[str, Any] = {"通讯录": [["中心校", telephone]]}
    if cells:
        sheets[OWN_COLUMNS] = [HEADER, *map(list, cells)]
    return Own(sheets, [f"{cell[0]}的{cell[2]}" for cell in cells])


def donor(who: str, number: str = "000002") -> tuple[str, str, str, str]:
    return ("个别登记账", number, "捐赠人", who)


def together(a: Own, b: Own, before: Own | None = None, *entries: MergedDifference) -> tuple[dict[str, Any], OwnOfBoth]:
    done = own_of_both(a, b, before, entries)
    return dict(done.own.sheets), done


def test_what_both_have_alike_goes_over_once() -> None:
    sheets, done = together(own("88", donor("甲")), own("88", donor("甲")))
    assert sheets == {"通讯录": [["中心校", "88"]], OWN_COLUMNS: [HEADER, [*donor("甲")]]}
    assert (done.is_same, done.needs_her) == (True, False)


def test_what_only_one_copy_has_goes_over() -> None:
    sheets, done = together(Own({}, []), own("88", donor("甲")))
    assert sheets == {"通讯录": [["中心校", "88"]], OWN_COLUMNS: [HEADER, [*donor("甲")]]}
    assert (done.is_same, done.needs_her) == (False, False)


def test_of_what_differs_both_go_over_and_it_is_said() -> None:
    sheets, done = together(own("88", donor("甲")), own("99", donor("乙")))
    assert (sheets["通讯录"], sheets["通讯录（乙）"]) == ([["中心校", "88"]], [["中心校", "99"]])
    assert sheets[OWN_COLUMNS] == [HEADER, [*donor("甲")], [*donor("乙")]]
    assert done.sentences[-2:] == (
        "“通讯录”两份不一样，乙的放在“通讯录（乙）”那张表里。",
        "“自己加的栏目”有 1 格两份写的不一样，两样都抄了，先甲后乙。",
    )
    assert done.needs_her


@pytest.mark.parametrize("changes_a", [True, False])
def test_what_one_copy_changed_since_is_taken(changes_a: bool) -> None:
    old, new = own("88", donor("甲")), own("99", donor("乙"))
    sheets, done = together(*((new, old) if changes_a else (old, new)), old)
    assert sheets == {"通讯录": [["中心校", "99"]], OWN_COLUMNS: [HEADER, [*donor("乙")]]}
    assert not done.needs_her


def test_names_that_differ_in_capitals_only_are_one_to_excel() -> None:
    a, b = Own({"Tel": [["一"]], "A": [["同"]]}, []), Own({"TEL": [["二"]], "a": [["同"]]}, [])
    assert together(a, b)[0] == {"Tel": [["一"]], "A": [["同"]], "TEL（乙）": [["二"]]}


def test_what_she_wrote_beside_the_cells_stays_and_a_short_row_is_one() -> None:
    a = Own({OWN_COLUMNS: [HEADER, [*donor("甲"), "已谢过"], []]}, [])
    b = Own({OWN_COLUMNS: [[*HEADER, ""], [*donor("甲"), ""], ["个别登记账"]]}, [])
    sheets, done = together(a, b, own("88", donor("甲")))
    assert sheets[OWN_COLUMNS] == [HEADER, [*donor("甲"), "已谢过"], ["", "", ""], ["个别登记账", "", ""]]
    assert not done.needs_her


def test_no_sheet_takes_the_place_of_another() -> None:
    a = Own({"甲" * 31: [["一"]], f"{'甲' * 28}（乙）": [["二"]]}, [])
    sheets, _ = together(a, Own({"甲" * 31: [["三"]]}, []))
    assert sheets == {**a.sheets, f"{'甲' * 27}（乙2）": [["三"]]}


def test_a_cell_stands_under_the_number_its_row_got() -> None:
    cell = ("借阅登记账", "J000002", "我的话", "乙说")
    entry = MergedDifference(Difference.RENUMBERED, SHEETS[LoanRow], "J000002", "借阅序号", "J000002", "J000009", "")
    sheets, _ = together(own(), own("88", cell), None, entry)
    assert sheets[OWN_COLUMNS] == [HEADER, ["借阅登记账", "J000009", "我的话", "乙说"]]


def test_merge_leaves_nothing_of_hers_behind(tmp_path: Path) -> None:
    copies = [tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"]
    for path, telephone in zip(copies, ("88", "99"), strict=True):
        write_workbook(LedgerSet(School(), {AccessionRow: [example(AccessionRow, 2, accession_no="000001")]}), path)
        book = openpyxl.load_workbook(path)
        book["个别登记账"].cell(1, book["个别登记账"].max_column + 1, "捐赠人")
        book["个别登记账"].cell(2, book["个别登记账"].max_column, "王校友")
        book.create_sheet("通讯录").append(["中心校", telephone])
        book.save(path)
    done = schoollib("merge", *copies, "--into", tmp_path / "合")
    assert done.returncode == 1
    assert "两份的账完全一样。" in done.stdout
    merged = openpyxl.load_workbook(tmp_path / "合" / "甲_合并.xlsx")
    found = {name: [*merged[name].values] for name in ("通讯录", "通讯录（乙）", OWN_COLUMNS)}
    assert found == {
        "通讯录": [("中心校", "88")],
        "通讯录（乙）": [("中心校", "99")],
        OWN_COLUMNS: [tuple(HEADER), ("个别登记账", "000001", "捐赠人", "王校友")],
    }


@pytest.mark.parametrize("command", ["merge", "new-year"])
def test_a_new_workbook_has_the_standard_names_everywhere(command: str, tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    copy = example(AccessionRow, 2, accession_no="000001", withdrawn_on=None, withdrawal_no=None)
    explained = example(ExplanationRow, 2, sheet_name="图书明细", number="000001", valid_until=None)
    named = example(MappingRow, 2, standard_sheet="个别登记账", own_sheet="图书明细")
    write_workbook(LedgerSet(School(), {AccessionRow: [copy], ExplanationRow: [explained], MappingRow: [named]}), path)
    book = openpyxl.load_workbook(path)
    book["个别登记账"].title = "图书明细"
    book.save(path)
    done = schoollib(command, *([path, path] if command == "merge" else [path]), "--into", tmp_path / "新")
    assert "表名和栏名换成了标准的，“账册对照”用不着了，没有带。" in done.stdout
    [written] = (tmp_path / "新").glob("甲_*.xlsx")
    library = load(written, date(2030, 1, 1)).library
    assert not library[MappingRow].rows
    assert [row.sheet_name for row in library[ExplanationRow]] == ["个别登记账"]
