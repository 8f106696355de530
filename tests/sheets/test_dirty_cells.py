"""One table of cells as schools write them, and what they mean: to the check of a workbook and to old lists alike."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from schoollib_xl.adoption.rows.cells import CellReader
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, Field
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Frequency,
    LoanOutcome,
    PeriodicalKind,
    ReaderKind,
    Source,
    Weekday,
)
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.copy_numbers import with_zeros
from schoollib_xl.sheets.reading.prices import Price
from schoollib_xl.sheets.reading.tidy import Flawed, tidy

THE_DAY = date(2026, 3, 5)
LENT, BACK = (LoanRow, "lent_on"), (LoanRow, "returned_on")
PRICE, COPIES = (AccessionRow, "price"), (SummaryRow, "copies")
CLASS, ISBN, SOURCE = (AccessionRow, "class_no"), (AccessionRow, "isbn"), (AccessionRow, "source")
CARD, OUTCOME, READER = (StocktakeRow, "catalogue_card"), (LoanRow, "outcome"), (LoanRow, "reader_no")
# A cell that cannot be read as what its column is.
UNREAD = object()

CASES: list[tuple[tuple[type[Any], str], Any, Any]] = [
    *((LENT, cell, THE_DAY) for cell in (
        THE_DAY, datetime(2026, 3, 5, 10, 20), 46086, 46086.0, "46086", "46086.0", "2026-3-5", "2026-03-05 00:00:00",
        "2026/3/5", "2026.03.05", "2026.3.5.", "2026年3月5日", "2026 年 3 月 5 日", "２０２６年３月５日", "20260305",
        "二〇二六年三月五日", "二○二六年三月五日", "二零二六年三月五日", "2026,3,5", "2026、3、5", "2026 3 5",
        "2026-3-5 星期四", "2026-3-5（周四）", "2026/3/5 10:20", "2026-3-5 上午10:20", "2026年3月5日下午4点20分",
        "2026-03-05T10:20:00", "2026-03-05T10:20:00.000Z", "2026/3/5 4:20 PM", "26-3-5", "26.3.5", "5-Mar-26",
        "Mar 5, 2026", "民国115年3月5日", "民國一百一十五年三月五日", "115/03/05", "2026-3-5号",
    )),
    *((LENT, cell, UNREAD) for cell in (
        "2026-3", "2026年", "3月5日", "2026-02-30", "去年秋天", "5/3", "12", "5/3/2026", "2026-3-5至2026-3-9",
        "2026-3-5 前后", "20261301", 7.0, True, "126/3/5", "206-3-5", "226.3.5",
    )),
    (LENT, "27-3-5", date(2027, 3, 5)),
    (LENT, "98-3-5", date(1998, 3, 5)),
    (LENT, "二〇二五年十二月三十一日", date(2025, 12, 31)),
    (LENT, "二〇二五年十二月廿一日", date(2025, 12, 21)),
    (LENT, "二〇二五年元月十日", date(2025, 1, 10)),
    (LENT, "民国八十九年三月五日", date(2000, 3, 5)),
    (LENT, "099/3/5", date(2010, 3, 5)),
    (LENT, "民国126年3月5日", date(2037, 3, 5)),
    *((BACK, cell, None) for cell in ("", "  ", "未还", "—", "/", "无", "nan", "NaT")),
    *((PRICE, cell, Decimal("25.00")) for cell in (
        25, 25.0, "25", "25.00", "25元", "25圆", "25元整", "25块", "CNY25.00", "￥25.00", "¥ 25", "RMB25",
        "定价：25.00", "定价：25.00元", "人民币25元", "２５．００", "CNY25.00(精装)", "CNY25.00,CNY25(精装)",
        "二十五元", "25.00元/册", "25.-", "25元/套", "一套25元", "25.00（全套）",
    )),
    (PRICE, "25元5角", Decimal("25.50")),
    (PRICE, "1,280.00", Decimal("1280.00")),
    *((PRICE, cell, UNREAD) for cell in (
        "EUR 50.84", "USD12.00", "CNY23.00,CNY28.00(精装)", "赠", "CN15.00", "12.00-15.00", "×23", "元", "约25",
    )),
    # More figures than the sum of all libraries has.
    (PRICE, "9" * 5000, UNREAD),
    (PRICE, "无", UNREAD),
    *(((LoanRow, "renewals"), cell, None) for cell in ("无", "/", "—")),
    *(((JobRow, "month"), cell, 9) for cell in (9, "9", "9月", "9月份", "九月")),
    *(((AccessionRow, "circulation"), cell, Circulation.LENDING) for cell in ("是", "√", "可以")),
    *(((AccessionRow, "circulation"), cell, Circulation.REFERENCE) for cell in ("否", "×")),
    *((COPIES, cell, 3) for cell in (3, 3.0, "3", "３", "3册", "3 本")),
    *((CLASS, cell, "I287.5") for cell in ("I287.5", "i287.5", "Ｉ２８７．５", "I 287.5", "I287.5/51", "I287。5")),
    # A blank or a break of the line before the book number, as it stands on the spine.
    *((CLASS, cell, "I287.5") for cell in ("I287.5 51", "i 287.5 Z51", "I287.5\n51-2", "I287.5 51/2", "I 287 .5")),
    (CLASS, "k825（7）", "K825(7)"),
    (CLASS, "K825(7)", "K825(7)"),
    (CLASS, "tp3-05", "TP3-05"),
    (CLASS, "K 827=52", "K827=52"),
    *((ISBN, cell, "9787020024759") for cell in (
        "9787020024759", 9787020024759, 9787020024759.0, "9787020024759.0", "978-7-02-002475-9", "ISBN 9787020024759",
        "ISBN978-7-02-002475-9", "isbn：9787020024759", "９７８７０２００２４７５９",
    )),
    (ISBN, "ISBN 7-80077-316-x", "780077316X"),
    (ISBN, "R10024·3123", "R10024·3123"),
    (ISBN, "r10024.3123", "R10024·3123"),
    (ISBN, "1234", "1234"),
    (ISBN, "9.78702E+12", UNREAD),
    *((CARD, cell, Presence.PRESENT) for cell in ("有", "√", "是", "齐全", "1", 1, True)),
    *((CARD, cell, Presence.ABSENT) for cell in ("无", "×", "否", "没有", "0", 0, False)),
    *((OUTCOME, cell, LoanOutcome.RETURNED) for cell in ("已还", "已归还", "归还", "是", "√")),
    *((OUTCOME, cell, LoanOutcome.LOST) for cell in ("遗失", "丢失", "已丢失")),
    *((OUTCOME, cell, None) for cell in ("", "未还", "借出", "在借", "否", "—")),
    *((SOURCE, cell, Source.PURCHASE) for cell in ("购入", "购买", "采购", "购 买")),
    *((SOURCE, cell, Source.ALLOCATION) for cell in ("调拨", "配发", "上级配送")),
    *((SOURCE, cell, Source.DONATION) for cell in ("捐赠", "赠送", "赠")),
    (SOURCE, "新华", UNREAD),
    ((PeriodicalRow, "kind"), "杂志", PeriodicalKind.MAGAZINE),
    ((PeriodicalRow, "frequency"), "周报", Frequency.WEEKLY),
    ((PeriodicalRow, "frequency"), "半周", Frequency.HALF_WEEKLY),
    ((PeriodicalRow, "frequency"), "半年刊", Frequency.HALF_YEARLY),
    *(((OpeningRow, "starts_at"), cell, time(11, 30)) for cell in (
        "11:30", "11：30", "中午11:30", "中午11点30分", "上午 11点半", "11时30分", "11:30:00",
    )),
    *(((OpeningRow, "starts_at"), cell, time(13)) for cell in ("13:00", "13点", "下午1点", "中午1:00", "下午13:00")),
    *(((OpeningRow, "starts_at"), cell, UNREAD) for cell in ("11.5", 11.3, "11:75", "午休")),
    ((OpeningRow, "weekday"), "周一", Weekday.MONDAY),
    ((OpeningRow, "weekday"), "星期天", Weekday.SUNDAY),
    ((ReaderRow, "kind"), "职工", ReaderKind.STAFF),
    ((ReaderRow, "kind"), "老师", ReaderKind.TEACHER),
    (READER, 330100202004011000, UNREAD),
    (READER, 3.30100202004011e17, UNREAD),
    (READER, 20250901, "20250901"),
    (READER, "20250901.0", "20250901"),
]  # fmt: skip


def field(where: tuple[type[Any], str]) -> Field:
    return SHEETS[where[0]].by_name[where[1]]


def read_of(found: Any) -> Any:
    """What a cell was read as; UNREAD where nobody can say."""
    if not isinstance(found, Flawed):
        return found
    return found.taken if found.flaw.understood else UNREAD


def test_the_check_reads_a_cell_as_what_it_means() -> None:
    read = [(cell, read_of(tidy(cell, field(where), 6))) for where, cell, _ in CASES]
    assert read == [(cell, meant) for _, cell, meant in CASES]


@pytest.mark.parametrize("cell", ["未分类", "待分", "？", "-", "无"])
def test_a_copy_that_is_said_to_have_no_class_yet_has_none(cell: str) -> None:
    assert tidy(cell, field(CLASS), 6) == Flawed(Flaw.BLANK, "")
    assert CellReader(field(CLASS), prices=False).read(cell).value is None


def test_an_old_list_is_read_alike() -> None:
    for where, cell, meant in CASES:
        read = CellReader(field(where), prices=where == PRICE).read(cell)
        value = read.value.yuan if isinstance(read.value, Price) else read.value
        assert value == (None if meant is UNREAD else meant), cell
        assert bool(read.verbatim) is (meant is UNREAD), cell


def test_a_whole_column_is_read_as_its_cells_are() -> None:
    for where, cell, _ in CASES:
        (value,) = Columns(6).tidied([cell], field(where)).values
        found = tidy(cell, field(where), 6)
        assert value == (found.taken if isinstance(found, Flawed) else found), cell


def test_what_of_a_long_number_was_an_identity_number_is_not_quoted() -> None:
    found = tidy(3.30100202004011e17, field(READER), 6)
    assert found.text == "18 位的数"


def test_numbers_of_readers_that_lost_their_zeros_are_those_of_the_roster() -> None:
    roster = LedgerTable(
        SHEETS[ReaderRow], [example(ReaderRow, reader_no="0012"), example(ReaderRow, 3, reader_no="0345")]
    )
    loans = LedgerTable(
        SHEETS[LoanRow], [example(LoanRow, line, reader_no=no) for line, no in enumerate(("12", "0345", "9"), 2)]
    )
    _, read = with_zeros([roster, loans])
    assert [row.reader_no for row in read] == ["0012", "0345", "9"]
    assert list(read.flaws) == [FlawedCell(2, "reader_no", Flaw.ZEROS_LOST, "12", "0012")]
    assert with_zeros([LedgerTable(SHEETS[ReaderRow], [example(ReaderRow, reader_no="S012")]), loans])[1] is loans


@pytest.mark.parametrize(("cell", "grade"), [("三年级", 3), ("3年级", 3), ("三", 3), ("学前班", 0), (0, 0), (6.0, 6)])
def test_a_grade_is_a_figure_however_it_is_written(cell: Any, grade: int) -> None:
    found = tidy(cell, field((ClassRow, "grade")), 6)
    assert (found.taken if isinstance(found, Flawed) else found) == grade
