"""Prices and days on several columns, as paper ledgers rule them: whole, or said to be unreadable, never cut."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from adoption.old_lists import TODAY, copies, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.journal import What
from schoollib_xl.adoption.options import Options

THREE = ("元", "角", "分")
FIVE = ("百", "十", "元", "角", "分")


def priced(folder: Path, *rows: tuple[Any, ...]) -> tuple[list[str], Any]:
    done = taken_over(folder, {"登记簿": rows})
    assert [copy.title for copy in copies(done)] == ["红岩", "大山"]
    return [str(copy.price) for copy in copies(done)], done


@pytest.mark.parametrize(
    "header",
    [
        [("登录号", "书名", "单价", None, None), (None, None, *THREE)],
        [("登录号", "书名", "单价", None, None), ("登录号", "书名", *THREE)],
        [("登录号", "书名", *THREE)],
        [("登录号", "书名", "定价元", "定价角", "定价分")],
        [("登录号", "书名", "单价(元)", "单价(角)", "单价(分)")],
        [("登录号", "书名", "单价", None, None)],
    ],
)
def test_yuan_jiao_and_fen_are_one_price(tmp_path: Path, header: list[tuple[Any, ...]]) -> None:
    prices, done = priced(tmp_path, *header, ("0101", "红岩", 12, 5, 0), ("0102", "大山", "8", "8", "5"))
    assert prices == ["12.50", "8.85"]
    assert done.journal.counts[What.MONEY].came_in == Decimal("21.35")


def test_a_column_for_each_figure_makes_one_price_beside_one_sum(tmp_path: Path) -> None:
    header = [("登录号", "书名", "单价", *[None] * 4, "金额", *[None] * 4), (None, None, *FIVE, *FIVE)]
    first = ("0101", "红岩", None, 1, 2, 5, 0, None, 1, 2, 5, 0)
    prices, done = priced(tmp_path, *header, first, ("0102", "大山", 1, None, 8, None, 5, 1, 0, 8, 0, 5))
    assert prices == ["12.50", "108.05"]
    assert [copy.remarks for copy in copies(done)] == [None, None]


def test_merged_headers_over_the_units(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [("登录号", "书名", "单价"), (None, None, *THREE), ("0101", "红岩", 12, 5, 0), ("0102", "大山", 8, "—", 5)]
    for row in rows:
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:E1"):
        sheet.merge_cells(cells)
    book.save(path := tmp_path / "旧账.xlsx")
    assert [str(copy.price) for copy in copies(adopt([path], Options(TODAY)))] == ["12.50", "8.05"]


def test_a_day_under_year_month_and_day_is_that_of_the_header_over_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    header = [("登录号", "书名", "登记日期", None, None, "单价"), (None, None, "年", "月", "日", None)]
    for row in (*header, ("0101", "红岩", 2011, 3, 7, 12), ("0102", "大山", None, None, 9, 8)):
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
        sheet.merge_cells(cells)
    book.save(path := tmp_path / "旧账.xlsx")
    found = copies(adopt([path], Options(TODAY)))
    assert [(copy.accessioned_on, copy.remarks) for copy in found] == [(date(2011, 3, day), None) for day in (7, 9)]


@pytest.mark.parametrize(
    ("cells", "price"),
    [
        ((12.5, 5, 0), None),
        ((12, 55, 0), None),
        (("约12", 5, 0), None),
        (("12.50",), "12.50"),
        (("〃", "〃", "〃"), "12.50"),
    ],
)
def test_what_is_no_price_on_columns_is_not_made_one(tmp_path: Path, cells: tuple[Any, ...], price: str | None) -> None:
    prices, done = priced(tmp_path, ("登录号", "书名", *THREE), ("0101", "红岩", 12, 5, 0), ("0102", "大山", *cells))
    assert prices == ["12.50", str(price)]
    assert done.journal.counts[What.MONEY].unread == (price is None)
