"""A small school as old systems and paper would have it: whatever the form, the adopted books hold the same."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

import pytest

from adoption.old_lists import adopt_tables
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.sheets.cells import Grid
from small_sample import small_sample

AS_OF = date(2026, 7, 3)


def copies() -> list[AccessionRow]:
    found: list[AccessionRow] = small_sample().rows[AccessionRow]
    return found


def loans() -> list[LoanRow]:
    found: list[LoanRow] = small_sample().rows[LoanRow]
    return found


def readers() -> list[ReaderRow]:
    found: list[ReaderRow] = small_sample().rows[ReaderRow]
    return found


def book_list() -> SourceSheet:
    """As a library system exports it: titles above, other headers, prices and dates as text, a total at the foot."""
    rows: Grid = [
        ["图书清单"],
        [],
        ["序号", "题名", "责任者", "出版者", "索书号", "登录号", "价格(元)", "ISBN号", "放哪"],
    ]
    for number, copy in enumerate(copies(), 1):
        title = f"《{copy.title}》" if number % 3 else f" {copy.title}　"
        price = f"CNY{copy.price}" if number % 2 else f"定价：{copy.price}元"
        call_no = f"{copy.class_no}/{copy.book_no or ''}"
        isbn = f"ISBN {copy.isbn}" if copy.isbn else ""
        rows.append([
            str(number), title, copy.author or "", copy.publisher or "", call_no, copy.accession_no, price, isbn,
            copy.location or "",
        ])  # fmt: skip
    return SourceSheet("书目.csv", "书目", [*rows, ["合计", "", "", "", "", "", str(len(copies())), "", ""]])


def rosters() -> Iterator[SourceSheet]:
    """One sheet a class, the class in its title, personal columns that are nobody's business."""
    by_class = sorted(readers(), key=lambda row: (row.kind, row.class_name or "", row.reader_no))
    for name, rows in groupby(by_class, key=lambda row: (row.kind, row.class_name or "")):
        title = f"{name[1]}学生名单" if name[0] == "学生" else f"教师名单 {name[1]}"
        grid: Grid = [[title], ["序号", "借书证号", "姓名", "性别", "家长电话"]]
        grid += [[str(n), row.reader_no, row.name, "女", "13800000000"] for n, row in enumerate(rows, 1)]
        yield SourceSheet("名册.xlsx", f"表{name[0]}{name[1]}", grid)


def register() -> SourceSheet:
    """A line for each loan, by number."""
    header = ["借书日期", "借书证", "借书人", "图书编号", "图书名", "还书日期", "状态", "借阅类型"]
    rows: Grid = [
        [f"{one.lent_on:%Y.%m.%d}", one.reader_no, one.name or "", one.accession_no, one.title or "",
         f"{one.returned_on:%Y年%m月%d日}" if one.returned_on else "未还",
         {LoanOutcome.RETURNED: "已归还", LoanOutcome.LOST: "丢失"}.get(one.outcome, "借出"), ""]
        for one in loans() if one.outcome
    ]  # fmt: skip
    return SourceSheet("借阅.csv", "借阅", [header, *rows])


def log(seed: int) -> SourceSheet:
    """Each loan as 借书 and 还书 or 丢书, with the time of day, in any order."""
    lines: Grid = []
    for number, one in enumerate(sorted(loans(), key=lambda loan: (loan.lent_on, loan.returned_on or date.max))):
        if not one.outcome:
            continue
        noon = datetime.combine(one.lent_on, time(12)) + timedelta(seconds=number)
        lines.append([f"{noon:%Y-%m-%d %H:%M:%S}", "借书", one.reader_no, one.accession_no])
        back = datetime.combine(one.returned_on or one.lent_on, time(8)) + timedelta(seconds=number)
        back += timedelta(hours=5) if one.returned_on == one.lent_on else timedelta()
        done = "还书" if one.outcome is LoanOutcome.RETURNED else "丢书"
        lines.append([f"{back:%Y-%m-%d %H:%M:%S}", done, one.reader_no, one.accession_no])
    Random(seed).shuffle(lines)
    return SourceSheet("流水.csv", "流水", [["时间", "动作", "读者条码", "图书条码"], *lines])


def adopted(*sources: SourceSheet) -> Adoption:
    return adopt_tables(sources, Options(AS_OF))


@pytest.fixture(scope="module")
def from_register() -> Adoption:
    return adopted(book_list(), *rosters(), register())


@pytest.fixture(scope="module")
def from_log() -> Adoption:
    return adopted(book_list(), *rosters(), log(1))


@pytest.mark.parametrize("form", ["from_register", "from_log"])
def test_the_adopted_books_hold_what_the_school_has(form: str, request: pytest.FixtureRequest) -> None:
    done: Adoption = request.getfixturevalue(form)
    rows = done.ledger_set.rows
    assert [copy.accession_no for copy in rows[AccessionRow]] == [copy.accession_no for copy in copies()]
    assert [(copy.price, copy.class_no) for copy in rows[AccessionRow]] == [(c.price, c.class_no) for c in copies()]
    assert {(r.reader_no, r.name, r.kind) for r in rows[ReaderRow]} == {
        (r.reader_no, r.name, r.kind) for r in readers()
    }
    stated = Counter((o.lent_on, o.reader_no, o.accession_no, o.returned_on, o.outcome) for o in loans() if o.outcome)
    found = Counter((o.lent_on, o.reader_no, o.accession_no, o.returned_on, o.outcome) for o in rows[LoanRow])
    assert found == stated


@pytest.mark.parametrize("form", ["from_register", "from_log"])
def test_every_row_has_its_line_and_nothing_was_set_aside(form: str, request: pytest.FixtureRequest) -> None:
    done: Adoption = request.getfixturevalue(form)
    assert sum(table.filled_rows for table in done.tables) == len(done.journal.row_records)
    assert [
        row_record
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE and row_record.is_record
    ] == []
    assert [what for what in What if done.journal.counts[what].aside] == []
    assert "13800000000" not in repr(done.journal)
