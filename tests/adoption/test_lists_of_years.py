"""Lists of several years, and days whose year stands elsewhere."""

from pathlib import Path

import pytest

from adoption.old_lists import Rows, copies, rows_of, taken_over
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow

HEADER = ("姓名", "书名", "借出", "归还")


def days(folder: Path, rows: Rows, name: str = "借阅") -> list[tuple[str, str | None]]:
    lent = rows_of(taken_over(folder, {name: rows}), LoanRow)
    return [(str(loan.lent_on), loan.returned_on and str(loan.returned_on)) for loan in lent]


def test_the_year_in_the_title_of_a_sheet_is_that_of_every_class_on_it(tmp_path: Path) -> None:
    rows = [
        ("2024年秋季借阅登记",),
        ("三（1）班",), HEADER, ("林小满", "小河", "9.8", "9.15"),
        ("三（2）班",), HEADER, ("高远", "大山", "9.9", None),
        ("四（1）班",), ("王芳", "田野", "9.10", "9.20"),
        ("2025年春四（2）班",), HEADER, ("谢谢", "草地", "3.9", None),
    ]  # fmt: skip
    assert days(tmp_path, rows) == [
        ("2024-09-08", "2024-09-15"), ("2024-09-09", None), ("2024-09-10", "2024-09-20"), ("2025-03-09", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("9/8/2025", "9/15/2025", "9/9/2025"), ("2025-09-08", "2025-09-15", "2025-09-09")),
        (("08.09.2025", "15.09.2025", "09.09.2025"), ("2025-09-08", "2025-09-15", "2025-09-09")),
    ],
)
def test_days_with_the_year_behind_are_read_as_the_whole_list_can_be(
    tmp_path: Path, cells: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    rows = [HEADER, ("林小满", "小河", cells[0], cells[1]), ("高远", "大山", cells[2], None)]
    assert days(tmp_path, rows) == [(meant[0], meant[1]), (meant[2], None)]


@pytest.mark.parametrize("cells", [("9/8/2025", "9/10/2025"), ("9/15/2025", "16/9/2025")])
def test_where_figures_may_be_either_or_both_no_day_is_made_up(tmp_path: Path, cells: tuple[str, str]) -> None:
    assert days(tmp_path, [HEADER, ("林小满", "小河", *cells)]) == []


def test_of_class_lists_of_two_years_the_later_one_says_the_class(tmp_path: Path) -> None:
    header = ("学号", "姓名", "班级")
    lists: dict[str, Rows] = {
        "2024学年": [header, ("1001", "林小满", "二（1）班"), ("1002", "高远", "二（1）班")],
        "2025学年": [header, ("1001", "林小满", "三（1）班"), ("1003", "王芳", "三（1）班")],
    }
    done = taken_over(tmp_path, lists)
    classes = {reader.reader_no: reader.class_name for reader in rows_of(done, ReaderRow)}
    assert classes == {"1001": "三（1）班", "1002": "二（1）班", "1003": "三（1）班"}
    assert any(
        "只在旧的上、新的上没有的 1 人（第一处《旧账.xlsx》2024学年 第 3 行）" in one for one in done.journal.urgent
    )


def test_lists_of_those_who_came_in_two_years_are_of_different_people(tmp_path: Path) -> None:
    header = ("学号", "姓名")
    lists: dict[str, Rows] = {
        "2023年新生": [header, ("1001", "林小满"), ("1002", "高远")],
        "2024年新生": [header, ("2001", "王芳"), ("2002", "谢谢")],
    }
    done = taken_over(tmp_path, lists)
    assert [reader.reader_no for reader in rows_of(done, ReaderRow)] == ["1001", "1002", "2001", "2002"]
    assert not done.journal.urgent


def test_books_that_but_one_of_two_years_lists_has_are_told(tmp_path: Path) -> None:
    header = ("登记号", "书名")
    old, new = ([(f"{at:06}", f"书{at}") for at in numbers] for numbers in ((1, 2, 3, 4, 5, 6), (1, 2, 4, 5, 6, 7, 8)))
    done = taken_over(tmp_path, {"2024": [header, *old], "2025": [header, *new]})
    assert len(copies(done)) == 8
    assert any("只在一份上的 3 册都收了" in said for said in done.journal.urgent)


def test_gaps_between_numbers_of_rows_are_told_with_what_takes_them_over(tmp_path: Path) -> None:
    rows = [("顺序号", "书名", "单价"), *((number, f"书{number}", 9) for number in (1205, 1206, 1209, 1215))]
    (said,) = (one for one in taken_over(tmp_path, {"书": rows}).journal.assumed if "有跳号" in one)
    assert "“顺序号”有跳号（1205、1206、1209…）" in said
    assert '--column "顺序号=个别登记号"' in said
    whole = [("序号", "书名", "单价"), (101, "小河", 9), (102, "大山", 9), (103, "田野", 9)]
    assert not any("有跳号" in one for one in taken_over(tmp_path, {"书": whole}).journal.assumed)


@pytest.mark.parametrize(("title", "came"), [("送货单", "2024-09-05"), ("图书目录", "2025-09-01")])
def test_the_day_of_a_delivery_note_is_that_of_its_books(tmp_path: Path, title: str, came: str) -> None:
    rows = [(title,), ("No. 0012345", "日期：2024年9月5日"), ("书名", "单价", "册数"), ("小河", 25, 1)]
    assert [str(copy.accessioned_on) for copy in copies(taken_over(tmp_path, {"Sheet1": rows}))] == [came]


def test_the_sum_of_each_parcel_is_no_book(tmp_path: Path) -> None:
    rows = [
        ("包号", "书名", "单价", "册数"), ("第1包", "小河", 25, 2), ("本包小计", "", "", 2),
        ("第2包", "大山", 30, 1), ("第2包小计", "", "", 1), ("总计", "", "", 3),
    ]  # fmt: skip
    assert len(copies(taken_over(tmp_path, {"发货": rows}))) == 3
