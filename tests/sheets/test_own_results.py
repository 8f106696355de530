"""Our own results are known by their headers, once another program has saved them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.cells import Grid
from schoollib_xl.sheets.own_results import is_own_result
from small_sample import tiny_sample

_CLASS_LIST = [["学号", "姓名", "班级"], ["20250101", "甲一", "一（1）班"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is written beside a workbook."""
    made = tmp_path_factory.mktemp("果")
    book = str(made / "账.xlsx")
    write_workbook(tiny_sample(), made / "账.xlsx")
    (made / "名单.csv").write_text("\n".join(",".join(row) for row in _CLASS_LIST), encoding="utf-8")
    (made / "旧.csv").write_text("登记号,书名,单价,分类号\n000001,小河,10.00,I287\n", encoding="utf-8")
    seen = [scan.accession_no for scan in tiny_sample().rows[StocktakeRow]]
    (made / "扫.txt").write_text("\n".join(seen), encoding="utf-8")
    for words in (
        *(["check", book], ["quota", book], ["lists", book], ["progress", book], ["inspect", book], ["plan", book]),
        *(["roster", book, str(made / "名单.csv")], ["merge", book, book], ["new-year", book]),
        ["stocktake", book, str(made / "扫.txt"), "--date", "2026-07-02"],
    ):
        main([*words, "--into", str(made / "写")])
    main(["adopt", str(made / "旧.csv"), "--into", str(made / "写" / "新.xlsx")])
    return made / "写"


def sheets_of(path: Path) -> list[tuple[str, Grid]]:
    book = load_workbook(path, read_only=True)
    return [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]


def test_every_result_is_known_by_its_headers(folder: Path) -> None:
    known = {path.name for path in folder.glob("*.xlsx") if is_own_result(sheets_of(path))}
    results = {
        *("核对结果.xlsx", "借阅定额.xlsx", "清单.xlsx", "计划进度.xlsx", "自评表.xlsx", "佐证材料目录.xlsx"),
        *("名册报告.xlsx", "合并清单.xlsx", "换学年清单.xlsx", "清点结果.xlsx", "接收报告.xlsx"),
    }
    assert results <= known
    # What is filled in and read back, and books, are none.
    others = {path.name for path in folder.glob("*.xlsx")} - known
    assert {"抽查表.xlsx", "新.xlsx"} <= others
    assert all(name.startswith(("抽查表", "新", "账")) for name in others)


def test_a_sheet_alone_is_known_and_a_result_among_her_books_is_no_reason_to_refuse_them(folder: Path) -> None:
    quota, check = sheets_of(folder / "借阅定额.xlsx"), sheets_of(folder / "核对结果.xlsx")
    assert is_own_result([next(one for one in quota if one[0] == "未达标")])
    books = ("图书总账", [["书名", "单价"], ["小河", "10"]])
    assert not is_own_result([books, *check])
    assert not is_own_result([*check, ("借阅登记账", [["借阅序号"]])])
    assert not is_own_result([("名单", _CLASS_LIST), ("空", [])])
    assert not is_own_result([])


def test_a_count_of_hers_before_her_registers_is_no_result_of_ours() -> None:
    counted = ("月借阅表", [["班级", "9月", "合计", "生均"], ["三（1）班", 3.0, 3.0, 1.0]])
    register = ("三（1）班借书", [["日期", "姓名", "书名"], ["2025-9-8", "林小满", "小河"]])
    assert is_own_result([counted])
    assert not is_own_result([counted, register])
