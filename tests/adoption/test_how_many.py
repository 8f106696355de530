"""How many copies a line of an old list is, where no column is called 册数."""

from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import copies, record_of, taken_over
from schoollib_xl.adoption.forms.own_names import OwnNames
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.unclear.guesses import guesses


def held(folder: Path, header: tuple[str, ...], *rows: tuple[Any, ...]) -> list[str]:
    """The titles of the copies of such a list."""
    return [row.title for row in copies(taken_over(folder, {"清单": [header, *rows]}))]


@pytest.mark.parametrize(
    "header", ["到数", "到货数量", "实收数", "采购数量", "入库数量", "配发册数", "验收数", "购书册数", "实到"]
)
def test_copies_that_came_or_were_bought_are_counted_under_any_such_header(tmp_path: Path, header: str) -> None:
    assert held(tmp_path, ("书名", "单价", header), ("小河", 10, 2), ("大山", 12, 1)) == ["小河", "小河", "大山"]


def test_what_came_goes_before_what_was_ordered(tmp_path: Path) -> None:
    header = ("书名", "单价", "数量", "实到数", "应到数")
    assert held(tmp_path, header, ("小河", 10, 3, 2, 3), ("大山", 12, 1, 1, 1)) == ["小河", "小河", "大山"]
    assert held(tmp_path, ("书名", "单价", "采购数量", "到货数量"), ("小河", 10, 3, 2), ("大山", 12, 1, 1)) == [
        "小河",
        "小河",
        "大山",
    ]


def test_of_a_title_none_came_and_none_is_held(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"清单": [("书名", "单价", "到数"), ("小河", 10, 2), ("大山", 12, 0)]})
    assert [row.title for row in copies(done)] == ["小河", "小河"]
    assert record_of(done, 3)[0] is RowOutcome.ASIDE


def test_a_column_counts_the_copies_where_its_sums_say_so(tmp_path: Path) -> None:
    rows = (("小河", "10元", 2, 20), ("大山", "12.50", 3, "37.5元"))
    assert len(held(tmp_path, ("书名", "单价", "要的", "码洋"), *rows)) == 5


def test_figures_that_add_up_to_no_sum_count_no_copies(tmp_path: Path) -> None:
    assert held(tmp_path, ("书名", "单价", "页次", "码洋"), ("小河", 10, 2, 30), ("大山", 12, 3, 36)) == [
        "小河",
        "大山",
    ]


def test_copies_with_numbers_of_their_own_are_one_each_whatever_came(tmp_path: Path) -> None:
    header = ("登记号", "书名", "单价", "入库数量")
    assert held(tmp_path, header, ("0001", "小河", 10, 2), ("0002", "小河", 10, 2)) == ["小河", "小河"]


def test_the_school_says_what_such_a_column_is(tmp_path: Path) -> None:
    names = OwnNames(headers={("", "", "入库数量"): "备注"})
    done = taken_over(tmp_path, {"清单": [("书名", "单价", "入库数量"), ("小河", 10, 2)]}, names=names)
    assert len(copies(done)) == 1


def test_money_that_is_the_discounted_price_of_all_is_what_was_paid_and_no_doubt(tmp_path: Path) -> None:
    header = ("书名", "定价", "折扣", "折后价", "数量", "金额")
    rows = [header, ("小河", 30, "7折", 21, 2, 42), ("大山", 20, "7折", 14, 1, 14)]
    done = taken_over(tmp_path, {"采购清单": rows})
    assert [row.price for row in copies(done)] == [30, 30, 20]
    assert any("加起来 56.00 元" in said or "加起来 56 元" in said for said in done.journal.assumed)
    assert not any("不是单价乘册数" in said for said in done.journal.assumed)


def test_how_many_are_out_is_offered_as_no_state(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"清单": [("书名", "总数", "借出", "单价"), ("小河", 5, 2, 10), ("大山", 4, 3, 9)]})
    assert [guess.standard for table in done.tables for guess in guesses(table)] == []


def test_what_was_only_ordered_is_not_held(tmp_path: Path) -> None:
    rows = (("小河", "甲", 10, 2, 20), ("大山", "乙", 12, 3, 36))
    header = ("书名", "出版社", "定价", "订购数量", "码洋")
    assert held(tmp_path, header, *rows) == ["小河", "大山"]
    done = taken_over(tmp_path, {"2026年订书单": [header, *rows], "书目": [("登记号", "书名"), ("0001", "田野")]})
    assert [row.title for row in copies(done)] == ["田野"]
    assert record_of(done, 2, "2026年订书单")[0] is RowOutcome.ASIDE


def test_ordered_and_came_may_stand_below_one_header(tmp_path: Path) -> None:
    rows = [("书名", "定价", "数量", "数量"), ("书名", "定价", "订", "到"), ("小河", 10, 3, 2), ("大山", 12, 1, 1)]
    assert held(tmp_path, rows[0], *rows[1:]) == ["小河", "小河", "大山"]


def test_figures_that_may_count_copies_are_asked_about(tmp_path: Path) -> None:
    header = ("书名", "ISBN", "单价", "青山小学", "东河小学", "合计")
    rows = [header, ("小河", "9787020024759", 25, 3, 2, 5), ("大山", "9787020008735", 30, 1, 1, 2)]
    (said,) = (one for one in taken_over(tmp_path, {"分配": rows}).journal.urgent if "没有认出册数栏" in one)
    assert "“青山小学”“东河小学”“合计”写着数" in said
    assert '--column "青山小学=册数"' in said


@pytest.mark.parametrize("header", ["页数", "版次", "第几层", "年级"])
def test_figures_that_say_something_else_are_no_counts(tmp_path: Path, header: str) -> None:
    rows = [("书名", "ISBN", "单价", header), ("小河", "9787020024759", 25, 3), ("大山", "9787020008735", 30, 1)]
    assert not any("没有认出册数栏" in one for one in taken_over(tmp_path, {"书": rows}).journal.urgent)
