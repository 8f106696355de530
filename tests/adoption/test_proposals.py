"""Settings as the data propose them: shown before anything is written, changed by an option or in 账册对照."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from adoption.old_lists import Rows, old_book, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.mapping_file import read_mapping, write_mapping
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.proposals import proposals, weekdays_in, with_settings
from schoollib_xl.adoption.report import open_loans
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.opening.refusing import Unusable

SEPTEMBER = date(2026, 9, 10)
FIRST = date(2026, 3, 3)


def sheets(returned_after: int = 7, *more: tuple[str, ...]) -> dict[str, Rows]:
    """Three pupils borrow on Tuesdays and Thursdays for sixteen weeks."""
    days = [FIRST + timedelta(weeks=week, days=day) for week in range(16) for day in (0, 2)]
    lent = [(day, pupil) for day in days for pupil in range(3)]
    loans = [
        (f"{n:06}", f"100{pupil}", f"甲{pupil}", f"{day}", f"{day + timedelta(days=returned_after)}")
        for n, (day, pupil) in enumerate(lent, 1)
    ]
    books = [("登记号", "书名"), *((row[0], "小河") for row in loans)]
    return {"书": books, "借": [("登记号", "借书证号", "姓名", "借出日期", "归还日期"), *loans, *more]}


def test_the_books_begin_before_the_loans_that_are_taken_over(tmp_path: Path) -> None:
    done = taken_over(tmp_path, sheets(), as_of=SEPTEMBER)
    assert done.options.opening_day == date(2025, 9, 1)
    said = "启用日期照借阅记录定为 2025年9月1日（最早的一笔是 2026年3月3日）；要改，加 --opened-on。"
    assert said in done.journal.assumed


def test_loans_before_the_day_she_chose_are_said(tmp_path: Path) -> None:
    done = taken_over(tmp_path, sheets(), as_of=SEPTEMBER, opened_on=date(2026, 9, 1))
    assert done.options.opening_day == date(2026, 9, 1)
    assert any("有 96 笔借出在启用日期 2026年9月1日 以前（最早 2026年3月3日）" in said for said in done.journal.assumed)


def test_one_slip_of_the_pen_does_not_move_the_day_the_books_begin(tmp_path: Path) -> None:
    done = taken_over(tmp_path, sheets(7, *[("000001", "1000", "甲0", "2016-03-03", "2016-03-09")]), as_of=SEPTEMBER)
    assert done.options.opening_day == date(2025, 9, 1)


def test_the_weekdays_on_which_books_moved_are_the_open_ones(tmp_path: Path) -> None:
    rows: list[OpeningRow] = taken_over(tmp_path, sheets(), as_of=SEPTEMBER).ledger_set.rows[OpeningRow]
    assert {row.weekday for row in rows} == {Weekday.TUESDAY, Weekday.THURSDAY}
    rows = taken_over(tmp_path, sheets(), as_of=SEPTEMBER, weekdays=(Weekday.MONDAY,)).ledger_set.rows[OpeningRow]
    assert {row.weekday for row in rows} == {Weekday.MONDAY}


def test_as_many_copies_at_once_as_the_records_show(tmp_path: Path) -> None:
    rule: LendingRule = taken_over(tmp_path, sheets(), as_of=SEPTEMBER).ledger_set.rows[LendingRule][0]
    assert (rule.copies, "同时在借的册数" in rule.basis) == (2, True)
    rule = taken_over(tmp_path, sheets(), as_of=SEPTEMBER, copies=1).ledger_set.rows[LendingRule][0]
    assert rule.copies == 1
    # The school never said that one copy is all.
    lent = [("姓名", "班级", "登记号", "借出日期"), *(("甲一", "三1", f"00000{at}", "2026-03-03") for at in (1, 2))]
    few = {"书目": [("登记号", "书名"), ("000001", "小河"), ("000002", "大山")], "借阅": lent}
    rule = taken_over(tmp_path, few, as_of=SEPTEMBER).ledger_set.rows[LendingRule][0]
    assert rule.copies == 2
    # Where nobody wrote down what came back, all that was ever lent is not out at once.
    later = [*lent, ("甲一", "三1", "000002", "2026-03-10"), ("甲一", "三1", "000001", "2026-03-17")]
    rule = taken_over(tmp_path, few | {"借阅": later}, as_of=SEPTEMBER).ledger_set.rows[LendingRule][0]
    assert rule.copies == 2


def test_open_loans_stand_by_age(tmp_path: Path) -> None:
    more = (("000002", "1000", "甲0", "2026-06-30", ""), ("000001", "1001", "甲1", "2026-06-25", ""))
    found = open_loans(taken_over(tmp_path, sheets(7, *more), as_of=SEPTEMBER))
    assert [(days, loan.accession_no) for days, loan in found] == [(77, "000001"), (72, "000002")]


def test_what_she_changes_in_the_mapping_is_taken(tmp_path: Path) -> None:
    path = old_book(tmp_path / "旧账.xlsx", sheets())
    first = adopt([path], Options(SEPTEMBER))
    items = {one.item: one.value for one in proposals(first)}
    assert (items["启用日期"], items["开放星期"], items["借期天数"]) == ("2025-09-01", "二四", "14")
    written = write_mapping(first.tables, proposals(first), tmp_path / "账册对照.xlsx")
    book = openpyxl.load_workbook(written)
    changed = {"启用日期": "2026-2-20", "借期天数": 21, "开放星期": "一、三"}
    for row in book["接收设置"].iter_rows(min_row=4):
        row[2].value = changed.get(row[0].value)
    book.save(written)
    options = with_settings(Options(SEPTEMBER), read_mapping(written).settings)
    again = adopt([path], options).ledger_set.rows
    assert options.opening_day == date(2026, 2, 20)
    assert {row.weekday for row in again[OpeningRow]} == {Weekday.MONDAY, Weekday.WEDNESDAY}
    loan: LoanRow = again[LoanRow][0]
    assert (again[LendingRule][0].days, loan.due_on) == (21, date(2026, 3, 24))


def test_a_setting_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Unusable, match="“借期天数”改成的“两周”读不出来"):
        with_settings(Options(SEPTEMBER), {"借期天数": "两周"})
    with pytest.raises(ValueError, match="八"):
        weekdays_in("八")


@pytest.mark.parametrize(
    ("item", "value", "is_lawful"),
    [
        ("借期天数", "999999999", False),
        ("同时可借册数", 0, False),
        ("没写册数的每种算几册", 999_999_999, False),
        ("个别登记号位数", 999_999_999, False),
        ("起始登记号", "9" * 26, False),
        ("借期天数", 14.0, True),
        ("没写册数的每种算几册", "2", True),
        ("起始登记号", "000001", True),
    ],
)
def test_a_setting_out_of_all_measure_is_refused(item: str, value: CellValue, *, is_lawful: bool) -> None:
    if is_lawful:
        assert with_settings(Options(SEPTEMBER), {item: value}) != Options(SEPTEMBER)
    else:
        with pytest.raises(Unusable, match=f"“{item}”改成的"):
            with_settings(Options(SEPTEMBER), {item: value})
