"""What a list says its own signs mean is what they mean."""

from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import copies, loans, rows_of, taken_over, times
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.transforms import SIGN_EXPLAINED
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome

BOOKS = [("登记号", "书名"), ("000001", "小河"), ("000002", "大山"), ("000003", "田野")]
HEADER = ("日期", "姓名", "班级", "书名", "归还")
LOANS = [
    ("2025-9-8", "甲一", "三（1）班", "小河", "√"),
    ("2025-9-9", "乙二", "三（1）班", "大山", "○"),
    ("2025-9-9", "丙三", "三（1）班", "田野", None),
]
ENDS = [LoanOutcome.RETURNED, LoanOutcome.LOST, None]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER, *LOANS, ("符号说明：√=已还  ○=丢失 空白=没还",)],
        [("借书登记（打“√”的表示已还，“○”表示丢失）",), HEADER, *LOANS],
        [(*HEADER[:-1], "归还（√已还○丢失）"), *LOANS],
        [HEADER, *LOANS, ("√=已还", "○：丢失")],
    ],
)
def test_a_sign_is_the_word_its_list_says(tmp_path: Path, rows: list[Any]) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, "借书": rows})
    assert [loan.outcome for loan in loans(done)] == ENDS
    assert times(done, SIGN_EXPLAINED) == 2
    assert not [one for one in done.journal.row_records.values() if one.outcome is RowOutcome.ASIDE and one.is_record]


def test_a_figure_is_a_code_only_where_all_cells_are_and_no_number_stands_there(tmp_path: Path) -> None:
    rows = [("序号", "登记号", "书名", "册数", "状态"), (1, "000001", "小河", 1, 1), (2, "000002", "大山", 2, 2)]
    done = taken_over(tmp_path, {"书目": [*rows, ("注：1=在馆，2=丢失",)]})
    assert [copy.remarks for copy in copies(done)] == [None, "状态：丢失", "状态：丢失"]
    mixed = taken_over(tmp_path, {"书目": [*rows, (3, "000004", "田野", 1, 7), ("注：1=在馆，2=丢失",)]})
    assert times(mixed, SIGN_EXPLAINED) == 0


def test_a_title_with_a_sign_is_a_book(tmp_path: Path) -> None:
    rows = [("登记号", "书名"), ("000001", "小河"), (None, "2=1加1"), (None, "☆为什么")]
    assert len(copies(taken_over(tmp_path, {"书目": rows}))) == 3
    assert not rows_of(taken_over(tmp_path, {"书目": rows}), ReaderRow)
