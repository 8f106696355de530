"""Old files are looked at in stages: kinds, columns, cells. What one has settled the next ones leave as it is."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from adoption.old_lists import Rows
from schoollib_xl.adoption.files import old_files
from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.forms.own_names import OwnNames
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal

# Each way of each stage has something to settle here.
SHEETS: dict[str, Rows] = {
    "书目": [
        ("总登记号", "登记号", "书名", "号码"),
        ("1", "000001", "小河", "I287.4"), ("1", "000002", "大山", "I247.5"), ("1", "000003", "田野", "K825.6"),
    ],
    "全部": [("登记号", "书名", "单价", "注销日期", "注销原因"), ("000004", "海", 9, "", ""),
             ("000005", "湖", 8, "", "")],
    "借书登记": [("日期", "姓名", "书号"), ("2025-9-3", "王一", "000001"), ("2025-9-4", "王一", "000002")],
    "还书登记": [("日期", "姓名", "书名"), ("2025-9-9", "王一", "小河"), ("2025-9-9", "王一", "大山")],
    "设置": [("项", "数"), ("学生借期", 21)],
    "名册": [
        ("班级", "姓名", "学校", "家长"),
        ("三（1）班", "王一", "青山小学", "李明"), ("", "李二", "青山小学", "张红"), ("", "张三", "青山小学", "王建"),
    ],
    "借阅": [
        ("姓名", "书名1", "书名2", "借出日期", "归还日期"),
        ("王一", "小河", "海", "2025-9-3", "2025-9-5"), ("", "大山", "", "2025-9-4", ""),
        ("", "田野", "", "2025-9-5", ""), ("", "湖", "", "2025-9-8", ""),
    ],
}  # fmt: skip


def settled() -> list[FoundTable]:
    sources = [SourceSheet("旧账.xlsx", name, [list(row) for row in rows]) for name, rows in SHEETS.items()]
    return old_files.tables_of(sources, OwnNames(), Journal())


def kinds(tables: Sequence[FoundTable]) -> Any:
    return [(table.name, table.kind and table.kind.name, table.action) for table in tables]


def columns(tables: Sequence[FoundTable]) -> Any:
    return [(table.name, dict(table.columns), list(table.further), set(table.counting)) for table in tables]


def cells(tables: Sequence[FoundTable]) -> Any:
    lines = [(table.name, [list(line.cells) for line in table.lines], set(table.of_school)) for table in tables]
    return lines, [[one.line.row for one in table.non_entries] for table in tables]


@pytest.mark.parametrize(("stage", "of"), [("settle_columns", kinds), ("settle_cells", columns)])
def test_a_stage_leaves_what_those_before_it_have_settled(
    stage: str, of: Callable[[Sequence[FoundTable]], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[Any] = []
    own = getattr(old_files, stage)
    monkeypatch.setattr(old_files, stage, lambda tables: (before.append(of(tables)), own(tables))[1])
    assert of(settled()) == before[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("take_for_copies", "recognise_forms"),
        ("join_registers", "recognise_forms"),
        ("recognise_of_school", "carry_down"),
    ],
)
def test_within_kinds_and_cells_no_way_waits_for_another(one: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = settled()
    first, second = getattr(old_files, one), getattr(old_files, other)
    monkeypatch.setattr(old_files, one, second)
    monkeypatch.setattr(old_files, other, first)
    exchanged = settled()
    assert [of(exchanged) for of in (kinds, columns, cells)] == [of(in_order) for of in (kinds, columns, cells)]


@pytest.mark.parametrize(
    "way",
    ["take_for_copies", "join_registers", "recognise_forms", "recognise_by_content", "take_own_numbers",
     "correct_by_content", "find_further_columns", "recognise_of_school", "carry_down"],
)  # fmt: skip
def test_each_way_settles_something_here(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = settled()
    monkeypatch.setattr(old_files, way, lambda tables: [])
    without = settled()
    assert [of(without) for of in (kinds, columns, cells)] != [of(in_order) for of in (kinds, columns, cells)]
