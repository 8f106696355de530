"""What a list says it adds up to is held against its lines, and a difference is said."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import taken_over
from schoollib_xl.adoption.own_totals import differing, own_totals
from schoollib_xl.ledgers.supporting.office import CashRow

COUNTED = ("书名", "分类号", "单价", "册数", "金额")
SINGLE = ("登录号", "书名", "分类号", "单价")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([COUNTED, ("大山", "I2", 10, 2, 20), ("小河", "I2", 5, 1, 5), ("合计", None, None, 3, 25)], []),
        ([COUNTED, ("大山", "I2", 10, 2, 20), ("小河", "I2", 5, 1, 5), ("合计", None, None, 4, 25)], [("册数", 4, 3)]),
        ([COUNTED, ("大山", "I2", 10, 2, 20), ("合计", None, None, 2, "20.50元")], [("金额", "20.50", 20)]),
        # Of several copies in a row the prices do not add up to what they cost.
        ([COUNTED[:4], ("大山", "I2", 10, 2), ("合计", None, 10, 2)], []),
        (
            [SINGLE, ("000001", "大山", "I2", 10), ("000002", "小河", "I2", 5), ("合计", None, None, 16)],
            [("金额", 16, 15)],
        ),
        ([SINGLE, ("000001", "大山", "I2", 10), ("合计：2册", None, None, None)], [("册数", 2, 1)]),
        ([SINGLE, ("000001", "大山", "I2", 10), ("合计：1册", None, None, None)], []),
        ([SINGLE, ("000001-000003", "大山", "I2", 10), ("合计：3册", None, None, None)], []),
        ([SINGLE, ("000001", "大山（全2册）", "I2", 10), ("合计：2册", None, None, None)], []),
        (
            [
                SINGLE,
                ("000001", "大山（全2册）", "I2", 10),
                ("合计：1册", None, None, None),
                ("000002", "小河", "I2", 5),
                ("合计：1册", None, None, None),
            ],
            [],
        ),
        # At the head of the list it adds up what is below.
        ([COUNTED, ("合计", None, None, 2, 20), ("大山", "I2", 10, 2, 20)], []),
        ([COUNTED, ("合计", None, None, 3, 20), ("大山", "I2", 10, 2, 20)], [("册数", 3, 2)]),
        # A page carries over what stands left of it as well.
        (
            [
                ("编号", "书名", "定价", None) * 2,
                (1, "大山", 10, None, 2, "小河", 5),
                (None, "过次页", 10, None, None, "过次页", 15),
            ],
            [],
        ),
        # One below each delivery is of that, one below all of them of all; each is held against its own.
        (
            [
                COUNTED,
                *(("大山", "I2", 10, 2, 20), ("合计", None, None, 2, 20)),
                *(("小河", "I2", 5, 1, 5), ("合计", None, None, 1, 5), ("总计", None, None, 3, 25)),
            ],
            [],
        ),
        (
            [
                COUNTED,
                *(("大山", "I2", 10, 2, 20), ("合计", None, None, 3, 20)),
                *(("小河", "I2", 5, 1, 5), ("合计", None, None, 1, 5)),
            ],
            [("册数", 3, 2)],
        ),
        (
            [
                COUNTED,
                *(("大山", "I2", 10, 2, 20), ("合计", None, None, 2, 20), ("9月合计", None, None, 2, 20)),
                *(
                    ("小河", "I2", 5, 1, 5),
                    ("合计", None, None, 1, 5),
                    ("田野", "K2", 5, 1, 5),
                    ("合计", None, None, 1, 5),
                ),
                ("10月合计", None, None, 2, 10),
            ],
            [],
        ),
        # A page is not the list.
        ([COUNTED, ("大山", "I2", 10, 2, 20), ("本页小计", None, None, 2, 20), ("小河", "I2", 5, 1, 5)], []),
    ],
)
def test_a_total_that_is_not_the_sum_of_its_lines_is_said(
    tmp_path: Path, rows: Sequence[Sequence[object]], said: list[tuple[str, Any, Any]]
) -> None:
    found = differing(taken_over(tmp_path, {"书目": rows}).tables)
    assert [(one.what, one.stated, one.counted) for one in found] == [
        (what, Decimal(stated), counted) for what, stated, counted in said
    ]


def test_the_sentence_names_the_row_and_both_figures(tmp_path: Path) -> None:
    rows = [COUNTED, ("大山", "I2", 10, 2, 20), ("合计", None, None, 3, 20)]
    copies, amount = own_totals(taken_over(tmp_path, {"书目": rows}).tables)
    assert copies.sentence() == "《旧账.xlsx》书目第3行自己写的册数合计是 3，上面各行加起来是 2，看看哪个对。"
    assert amount.agrees


def test_the_last_balance_of_a_book_nobody_knows_is_held_against_the_copies(tmp_path: Path) -> None:
    books = [("登记号", "书名"), *((f"{number:06}", f"书{number}") for number in range(1, 30))]
    two = [("日期", "摘要", "收入", None, "支出", None, "结存", None), (None, None, *("册数", "金额") * 3)]
    one = [("日期", "摘要", "收入册数", "收入金额", "注销册数", "注销金额", "结存册数", "结存金额")]
    short = [("日期", "摘要", "收入（册）", None, "支出（册）", None, "结存（册）")]
    years = {2023: ("2023-9-1", "上年结存", None, None, None, None, 20, 200)}
    for at, (header, left, said) in enumerate(
        ((two, 29, "相符"), (one, 28, "多 1 册"), (one, 31, "少 2 册"), (short, 29, "相符"))
    ):
        (folder := tmp_path / str(at)).mkdir()
        last = [("2024-6-1", "报废", None, None, 1, 10, left, 290)]
        sheets = {"总账2024": [("图书总账",), *header, *last], "总账2023": [("图书总账",), *header, years[2023]]}
        done = taken_over(folder, {"书目": books, **sheets})
        (told,) = [one for one in (*done.journal.urgent, *done.journal.assumed) if "最后的结存" in one]
        assert f"是 {left} 册" in told
        assert said in told
        assert CashRow not in done.ledger_set.rows
        assert (told in done.journal.assumed) is (left == 29)


@pytest.mark.parametrize(("total", "differs"), [(8, False), (2, False), (9, True)])
def test_a_total_may_hold_what_the_sheets_before_came_to(tmp_path: Path, total: int, differs: bool) -> None:
    rows = [("登记号", "书名", "册数"), ("承前页", None, 6), ("00007", "小河", 1), ("00008", "大山", 1)]
    done = taken_over(tmp_path, {"第二页": [*rows, ("累计", None, total)]})
    assert bool(differing(done.tables)) == differs
