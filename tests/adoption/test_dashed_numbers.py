"""A dash stands between two numbers of copies, or is part of one: the whole column tells, else nobody does."""

from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import copies, loans, record_of, rows_of, taken_over
from schoollib_xl.adoption.copies import stock
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


@pytest.mark.parametrize(
    "numbers",
    [
        ["2021-3001", "2021-3002", "2021-3003"],
        ["2021—3001", "2021—3002"],
        ["1-1", "1-2", "2-5"],
        ["2001-0003", "2021-3001"],
        ["2021-1", "2021-2", "2021-3"],
    ],
)
def test_numbers_with_a_dash_of_their_own_are_one_copy_each(tmp_path: Path, numbers: list[str]) -> None:
    done = taken_over(tmp_path, {"书": [("登记号", "书名"), *((one, f"书{one}") for one in numbers)]})
    assert [copy.accession_no for copy in copies(done)] == [one.replace("—", "-") for one in numbers]


def test_the_registers_of_such_a_school_name_its_copies(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path,
        {
            "书": [("登记号", "书名"), ("2021-3001", "小河"), ("2021-3002", "大山"), ("2021-3003", "田野")],
            "借": [("日期", "班级", "姓名", "登记号", "归还"), ("2025-9-8", "三（1）班", "王小禾", "2021-3001", "")],
            "注销": [("注销日期", "登记号", "书名", "原因"), ("2025-10-8", "2021-3003", "田野", "破损")],
        },
    )
    assert [loan.accession_no for loan in loans(done)] == ["2021-3001"]
    assert [row.accession_no for row in rows_of(done, WithdrawalRow)] == ["2021-3003"]


@pytest.mark.parametrize(
    "rows",
    [
        [("登记号", "书名"), ("1-5", "小河"), ("6-20", "大山"), ("21", "田野")],
        [("登记号", "书名", "册数"), ("1-5", "小河", 5), ("6-20", "大山", 15), ("21", "田野", 1)],
    ],
)
def test_numbers_from_one_to_another_go_on_being_so(tmp_path: Path, rows: list[Any]) -> None:
    assert len(copies(taken_over(tmp_path, {"书": rows}))) == 21


@pytest.mark.parametrize("number", ["000001-100000", "1-50000", "1至30000", "8-20"])
def test_a_dash_that_nothing_tells_of_is_asked(tmp_path: Path, number: str) -> None:
    done = taken_over(tmp_path, {"书": [("登记号", "书名"), (number, "小河"), ("900001", "大山"), ("900002", "田野")]})
    assert record_of(done, 2) == (RowOutcome.ASIDE, stock.UNCLEAR_NUMBERS.format(text=number))
    assert [copy.title for copy in copies(done)] == ["大山", "田野"]


def test_what_is_written_round_a_number_is_none_of_it(tmp_path: Path) -> None:
    rows = [("登记号", "书名"), ("№000004", "小河"), ("000005号", "大山"), ("(000007)", "田野"), ("TS0008", "草地")]
    done = taken_over(tmp_path, {"书": rows})
    assert [copy.accession_no for copy in copies(done)] == ["000004", "000005", "000007", "TS0008"]
