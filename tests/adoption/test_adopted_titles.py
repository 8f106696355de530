"""Title lists and copy lists: one row per copy, numbered, priced, and nothing lost on the way."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from adoption.old_lists import HEADER, OPENED_ON, book, copies, old_book, record_of, taken_over, times
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.copies import stock
from schoollib_xl.adoption.forms import tables
from schoollib_xl.adoption.forms.bare_rows import IN_PAIRS, ONLY_A_NUMBER, ONLY_A_NUMBER_BETWEEN
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.report import AdoptionResult, report_answer
from schoollib_xl.adoption.rows.numbers_below import FURTHER_COPY
from schoollib_xl.adoption.transforms import CALL_NO, INTO_OPENING, NEW_NUMBER, RANGE, SHARED_PRICE, ZEROS
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Circulation, Flow, Source, SourceOrDestination, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.opening.refusing import Unusable


def numbers(adoption: Adoption) -> list[str]:
    return [copy.accession_no for copy in copies(adoption)]


def test_a_title_of_three_copies_becomes_three_rows_in_one_series(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=3), book("草房子", copies=1)]})
    assert numbers(done) == ["000001", "000002", "000003", "000004"]
    assert [copy.title for copy in copies(done)] == ["城南旧事"] * 3 + ["草房子"]
    assert record_of(done, 2) == (RowOutcome.ADOPTED, "个别登记账 000001–000003（3 行）")


def test_what_came_after_the_opening_is_a_batch_of_its_own_day_and_no_opening_stock(tmp_path: Path) -> None:
    header = ("登记号", "登记日期", "书名", "分类号", "单价", "来源")
    old = [(f"00010{n}", "2020-09-10", f"小河{n}", "I287", 10, "购入") for n in range(5)]
    new = [("000110", "2025-10-06", "大山", "K1", 20, "捐赠"), ("000111", "2025-10-06", "雪山", "N1", 30, "捐赠")]
    gone = [("登记号", "注销日期", "注销原因"), ("000100", "2025-09-22", "破损")]
    done = taken_over(tmp_path, {"书目": [header, *old, *new], "报废清单": gone})
    batches = done.ledger_set.rows[SummaryRow]
    assert [(one.flow, one.copies, one.running_copies) for one in batches] == [
        (Flow.OPENING, 5, 5),
        (Flow.OUT, 1, 4),
        (Flow.IN, 2, 6),
    ]
    assert [one.batch_no for one in batches] == ["2025-001", "2025-002", "2025-003"]
    came = batches[-1]
    assert (came.registered_on, came.source, came.list_value) == (date(2025, 10, 6), SourceOrDestination.DONATION, 50)
    assert (came.first_no, came.last_no) == ("000110", "000111")
    assert [copy.batch_no for copy in copies(done)] == ["2025-001"] * 5 + ["2025-003"] * 2
    added = {row.class_letter: row.added_copies for row in done.ledger_set.rows[ClassificationRow] if row.added_copies}
    assert added == {"K": 1, "N": 1}


def test_a_stock_entered_after_a_guessed_opening_is_none_that_came_then_and_told(tmp_path: Path) -> None:
    rows = [("登记号", "登记日期", "书名", "单价"), *((n, "2025-10-06", f"大山{n}", 20) for n in ("000110", "000111"))]
    guessed = taken_over(tmp_path, {"书目": rows})
    (only,) = guessed.ledger_set.rows[SummaryRow]
    assert (only.flow, only.copies) == (Flow.OPENING, 2)
    assert any("在那以后登记的 2 册（最早 2025年10月6日）占了大半" in one for one in guessed.journal.assumed)
    said = taken_over(tmp_path, {"书目": rows}, opened_on=OPENED_ON)
    assert [(one.flow, one.copies) for one in said.ledger_set.rows[SummaryRow]] == [(Flow.IN, 2)]


def test_the_series_begins_where_she_says_at_the_width_she_says(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=2)]}, start=501, width=8)
    assert numbers(done) == ["00000501", "00000502"]
    assert done.ledger_set.school.accession_width == 8


def test_the_opening_batch_says_what_the_copies_say(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=2), book("趣味物理学", 3, 分类号="O4", 单价="10")]})
    (batch,) = done.ledger_set.rows[SummaryRow]
    assert (batch.registered_on, batch.batch_no, batch.flow) == (OPENED_ON, "2025-001", Flow.OPENING)
    assert batch.source is SourceOrDestination.OTHER
    assert (batch.titles, batch.copies, batch.list_value) == (2, 5, Decimal("80.00"))
    assert (batch.I, batch.O, batch.A) == (2, 3, None)
    assert (batch.first_no, batch.last_no) == ("000001", "000005")
    assert (batch.running_copies, batch.running_value) == (5, Decimal("80.00"))
    assert {copy.batch_no for copy in copies(done)} == {"2025-001"}


def test_every_class_opens_with_what_it_holds(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=2)]})
    rows = {row.class_letter: row for row in done.ledger_set.rows[ClassificationRow]}
    assert len(rows) == 22
    assert (rows["I"].opening_copies, rows["I"].closing_value) == (2, Decimal("50.00"))
    assert (rows["A"].opening_copies, rows["A"].closing_value) == (0, Decimal("0.00"))


def test_copies_keep_the_numbers_they_have_and_lost_zeros_come_back(tmp_path: Path) -> None:
    header = ("登录号", "书名", "分类号", "定价", "入藏日期", "批号")
    rows = [
        header,
        (123, "城南旧事", "I246.5", 25, "2015.9.1", "2015-3"),
        ("000124", "草房子", "I287.45", "￥18", None, None),
        (None, "鲁滨孙", "I561.44", 20, None, None),
    ]
    done = taken_over(tmp_path, {"财产账": rows})
    assert numbers(done) == ["000123", "000124", "000125"]
    assert [copy.accessioned_on for copy in copies(done)] == [date(2015, 9, 1), OPENED_ON, OPENED_ON]
    assert copies(done)[0].remarks == "原批号：2015-3"
    assert (times(done, ZEROS), times(done, INTO_OPENING), times(done, NEW_NUMBER)) == (1, 1, 1)


def test_a_range_of_numbers_with_its_end_cut_short_is_written_out(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [("登记号", "题名", "册数"), ("20295403-5408", "城南旧事", 6)]})
    assert numbers(done) == [str(number) for number in range(20295403, 20295409)]
    assert times(done, RANGE) == 1


def test_first_and_last_number_in_two_columns_are_a_range(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [("书名", "起始号", "终止号", "册数"), ("城南旧事", "000011", "000013", 3)]})
    assert numbers(done) == ["000011", "000012", "000013"]


def test_more_numbers_than_copies_are_set_aside(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [("登记号", "书名", "册数"), ("000001-000003", "城南旧事", 2)]})
    assert record_of(done, 2) == (RowOutcome.ASIDE, "登记号有 3 个，册数写的是 2")
    assert copies(done) == []


def test_copies_without_a_number_among_numbered_ones_get_the_next(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path, {"书目": [("登记号", "书名", "册数"), ("000007", "城南旧事", 3), ("000009", "草房子", 1)]}
    )
    assert numbers(done) == ["000007", "000010", "000011", "000009"]


def test_one_copy_written_twice_is_merged(tmp_path: Path) -> None:
    line = ("000001", "城南旧事", "I246.5")
    done = taken_over(tmp_path, {"财产账": [("登录号", "书名", "分类号"), line, line]})
    assert numbers(done) == ["000001"]
    assert record_of(done, 3) == (RowOutcome.MERGED, stock.AGAIN.format(number="000001"))


def test_two_books_of_one_number_are_both_taken_over(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "分类号"), ("000001", "城南旧事", "I246.5"), ("000001", "草房子", "I287.45")]
    assert numbers(taken_over(tmp_path, {"财产账": rows})) == ["000001", "000001"]


def test_the_price_of_a_set_is_shared_and_said(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book("神曲", 3, 单价="CNY43.00(全3册)")]})
    assert [copy.price for copy in copies(done)] == [Decimal("14.34"), Decimal("14.33"), Decimal("14.33")]
    assert (done.journal.counts[What.MONEY].came_in, times(done, SHARED_PRICE)) == (Decimal("43.00"), 1)


@pytest.mark.parametrize("price", ["EUR 50.84", "CNY50.00(全5册)", "7RMB×23"])
def test_a_price_that_cannot_be_told_is_kept_in_words_and_listed(tmp_path: Path, price: str) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(单价=price)]})
    (copy,) = copies(done)
    assert (copy.price, copy.remarks) == (None, f"单价原记 {price}")
    assert [(one.header, one.text) for one in done.journal.unread] == [("单价", price)]
    assert done.priceless == 1


def test_a_blank_class_number_stays_blank(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=2, 分类号=None)]})
    (batch,) = done.ledger_set.rows[SummaryRow]
    assert [copy.class_no for copy in copies(done)] == [None, None]
    assert (batch.copies, batch.Z) == (2, None)


def test_a_call_number_is_taken_apart(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path, {"书目": [("书名", "索书号", "馆藏本数"), ("城南旧事", "I246.5/12", 1), ("草房子", "A841.4 ", 1)]}
    )
    assert [(copy.class_no, copy.book_no) for copy in copies(done)] == [("I246.5", "12"), ("A841.4", None)]
    assert times(done, CALL_NO) == 1


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (0, stock.NOUGHT),
        (None, stock.NO_COPIES),
        ("若干", stock.NO_COPIES),
        (-2, stock.LESS.format(held=-2)),
        (99_999_999, stock.TOO_MANY.format(held=99_999_999)),
    ],
)
def test_a_title_of_which_nobody_knows_how_many_is_set_aside(tmp_path: Path, held: object, reason: str) -> None:
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=held), book("草房子")]})
    assert record_of(done, 2) == (RowOutcome.ASIDE, reason)
    assert len(copies(done)) == 1


def test_more_copies_in_all_than_any_school_has_are_refused_before_they_are_made(tmp_path: Path) -> None:
    flood = [book(f"书{line}", copies=9_000 + line) for line in range(60)]
    with pytest.raises(Unusable, match=r"541770 册，一次最多接 500000 册.*第 61 行，9059 册"):
        taken_over(tmp_path, {"书目": [HEADER, *flood]})


def test_a_list_without_a_count_has_one_copy_a_line(tmp_path: Path) -> None:
    assert len(copies(taken_over(tmp_path, {"书目": [("书名", "著者"), ("城南旧事", "林海音")]}))) == 1


def test_what_has_no_column_of_ours_goes_into_the_remarks(tmp_path: Path) -> None:
    rows = [(*HEADER, "主题", "备注", None), (*book(), "童年", "有破损", "另一格")]
    (copy,) = copies(taken_over(tmp_path, {"书目": rows}))
    assert copy.remarks == "有破损；主题：童年；第10列：另一格"


def test_words_for_sources_and_lending_become_ours(tmp_path: Path) -> None:
    rows = [(*HEADER, "来源", "流通方式"), (*book(), "赠送", "不外借"), (*book("草房子"), "拍卖", "可借")]
    first, second = copies(taken_over(tmp_path, {"书目": rows}))
    assert (first.source, first.circulation) == (Source.DONATION, Circulation.REFERENCE)
    assert (second.source, second.circulation, second.remarks) == (None, Circulation.LENDING, "来源原记 拍卖")


def test_titles_headers_totals_and_prenumbered_rows_are_no_books_and_are_said(tmp_path: Path) -> None:
    rows = [
        ("青禾小学藏书清单",),
        ("批号：2015-3",),
        (),
        ("序号", *HEADER),
        (1, *book(copies=2)),
        ("序号", *HEADER),
        (2, *book("草房子", 1)),
        ("合计", None, None, None, None, None, 75, 3),
        (3,),
        (4,),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert len(copies(done)) == 3
    assert [record_of(done, row)[1] for row in (1, 2, 4, 6, 8, 9)] == [
        tables.ABOVE, tables.ABOVE, "表头", tables.REPEATED, tables.TOTAL, ONLY_A_NUMBER,
    ]  # fmt: skip
    assert len(done.journal.row_records) == 9
    assert not any(
        row_record.is_record
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE
    )


def test_a_number_alone_among_books_is_said(tmp_path: Path) -> None:
    rows = [("登记号", "书名"), ("0001", "城南旧事"), ("0002", None), ("0003", "草房子"), ("0004", None)]
    done = taken_over(tmp_path, {"书目": rows})
    assert [record_of(done, row) for row in (3, 5)] == [
        (RowOutcome.ASIDE, ONLY_A_NUMBER_BETWEEN),
        (RowOutcome.ASIDE, ONLY_A_NUMBER),
    ]
    aside = [one.is_record for one in done.journal.row_records.values() if one.outcome is RowOutcome.ASIDE]
    assert aside.count(True) == 1


@pytest.mark.parametrize(
    ("is_counted", "title", "held", "own"),
    [
        (True, None, None, ["000001"]),
        (False, None, None, ["000001"]),
        (True, "〃", "〃", ["000001"]),
        (False, "同上", None, ["000001"]),
        (False, None, "〃", ["000001"]),
        # Each number a copy, and all numbers below the book.
        (True, None, 1, ["000001"]),
        (True, None, 1, []),
        (False, None, None, []),
    ],
)
def test_numbers_below_a_book_are_its_further_copies(
    tmp_path: Path, is_counted: bool, title: str | None, held: str | int | None, own: list[str]
) -> None:
    rows = [
        *([("三国", 3, "000001")] if own else [("三国", 3, None), (title, held, "000001")]),
        (title, held, "000002"),
        (title, held, 3),
        ("小河", 1, "000004"),
        ("大山", 2, "000005"),
    ]
    lines = [(at if is_counted else None, *row) for at, row in enumerate(rows, 1)]
    done = taken_over(tmp_path, {"书目": [("序号", "书名", "册数", "登记号"), *lines]})
    assert [(copy.accession_no, copy.title) for copy in copies(done)] == [
        *(("000001", "三国"), ("000002", "三国"), ("000003", "三国")),
        *(("000004", "小河"), ("000005", "大山"), ("000006", "大山")),
    ]
    assert [record_of(done, row) for row in (3, 4)] == [(RowOutcome.MERGED, FURTHER_COPY)] * 2


def test_numbers_below_a_book_may_be_fewer_than_its_copies_and_not_more(tmp_path: Path) -> None:
    header = ("书名", "册数", "登记号")
    fewer = [("三国", 3, "000001"), (None, None, "000002"), ("小河", 4, None), (None, 1, "000003"), (None, 1, "000004")]
    done = taken_over(tmp_path, {"书目": [header, *fewer]})
    assert [(copy.accession_no, copy.title) for copy in copies(done)] == [
        *(("000001", "三国"), ("000002", "三国"), ("000005", "三国")),
        *(("000003", "小河"), ("000004", "小河"), ("000006", "小河"), ("000007", "小河")),
    ]
    assert any("有 2 行写的登记号比册数少" in said for said in done.journal.assumed)
    more = [("三国", 2, "000001"), (None, None, "000002"), (None, None, "000003"), ("小河", 3, "000004")]
    (folder := tmp_path / "乙").mkdir()
    done = taken_over(folder, {"书目": [header, *more, (None, None, "000005")]})
    assert [record_of(done, row)[1] for row in (3, 4, 6)] == [*[ONLY_A_NUMBER_BETWEEN] * 2, ONLY_A_NUMBER]


def test_a_card_is_no_book_called_by_its_headers(tmp_path: Path) -> None:
    cards = [("书名", "西游记", "登记号", "0001"), ("作者", "吴承恩", "单价", "25")]
    done = taken_over(tmp_path, {"书目": cards})
    assert (copies(done), record_of(done, 2)) == ([], (RowOutcome.ASIDE, IN_PAIRS))


def test_columns_without_a_telling_header_are_known_by_what_stands_in_them(tmp_path: Path) -> None:
    header = ("书名", "著者", "甲", "乙", "丙")
    line = ("林海音", "978-7-02-002475-9", "I246.5", "25.00元")
    done = taken_over(tmp_path, {"书目": [header, *((f"城南旧事{n}", *line) for n in range(3))]})
    copy = copies(done)[0]
    assert (copy.isbn, copy.class_no, copy.price) == ("9787020024759", "I246.5", Decimal("25.00"))


def test_old_batches_that_come_along_are_kept(tmp_path: Path) -> None:
    batch = ("2024-001", "2024-9-1", "入藏", "购入", 1, 1, 25, "000001", "000001", 1, 25, 1)
    header = ("总括登记号", "登记日期", "收支", "来源或去向", "种数", "册数", "码洋")
    header += ("个别号起", "个别号止", "累计册数", "累计金额", "I")
    copy_header = ("个别登记号", "书名", "总括登记号", "登记日期", "分类号", "单价")
    rows = [
        copy_header,
        ("000001", "城南旧事", "2024-001", "2024-9-2", "I246.5", 25),
        (None, "草房子", None, None, "I2", 10),
    ]
    done = taken_over(tmp_path, {"总括登记账": [header, batch], "个别登记账": rows})
    assert [row.batch_no for row in done.ledger_set.rows[SummaryRow]] == ["2024-001", "2025-001"]
    assert done.ledger_set.rows[SummaryRow][1].running_copies == 2
    assert [copy.batch_no for copy in copies(done)] == ["2024-001", "2025-001"]


def test_what_came_later_leaves_the_sums_of_old_batches_as_she_wrote_them(tmp_path: Path) -> None:
    header = ("总括登记号", "登记日期", "收支", "来源或去向", "种数", "册数", "码洋", "累计册数", "累计金额")
    batches = [
        ("2024-001", "2024-9-1", "入藏", "购入", 1, 1, 25, 1, 25),
        ("2024-002", None, "入藏", "购入", 1, 1, 9, 7, 34),
    ]
    copy_header = ("个别登记号", "书名", "总括登记号", "登记日期", "分类号", "单价")
    rows = [
        ("000001", "城南旧事", "2024-001", "2024-9-1", "I246.5", 25),
        ("000002", "草房子", "2024-002", None, "I2", 9),
    ]
    rows += [("000003", "小河", None, None, "I2", 10), ("000004", "大山", None, "2025-10-06", "I2", 10)]
    done = taken_over(tmp_path, {"总括登记账": [header, *batches], "个别登记账": [copy_header, *rows]})
    found = [(one.batch_no, one.running_copies) for one in done.ledger_set.rows[SummaryRow]]
    assert found == [("2024-001", 1), ("2024-002", 7), ("2025-001", 8), ("2025-002", 9)]


def test_batches_kept_by_hand_say_in_one_column_where_books_came_from_and_that_they_went(tmp_path: Path) -> None:
    lines = [
        ("日期", "总括登记号", "来源", "种数", "册数", "金额", "起号", "止号"),
        ("2024年9月1日", "2024-001", "购入", "2", "2", "35", "000001", "000002"),
        ("2024年12月1日", "2024-002", "注销", "1", "1", "10", "", ""),
    ]
    books = [
        ("登记号", "总括号", "书名", "分类号", "单价"),
        ("000001", "2024-001", "大山", "I2", 25),
        ("000002", "2024-001", "草房子", "I2", 10),
    ]
    for title in ("青山小学2024年图书总括登记账", "总括登记账"):
        paper = docx.Document()
        paper.add_paragraph(title)
        table = paper.add_table(len(lines), len(lines[0]))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, value in zip(row.cells, line, strict=True):
                cell.text = value
        paper.save(str(tmp_path / "图书室手抄.docx"))
        done = adopt(
            [tmp_path / "图书室手抄.docx", old_book(tmp_path / "书.xlsx", {"书": books})], Options(date(2025, 10, 8))
        )
        batches = done.ledger_set.rows[SummaryRow]
        assert [(row.batch_no, row.flow, row.copies) for row in batches] == [
            ("2024-001", Flow.IN, 2),
            ("2024-002", Flow.OUT, 1),
        ]
        assert {copy.batch_no for copy in copies(done)} == {"2024-001"}


def test_the_total_a_list_states_itself_is_compared_with_its_lines(tmp_path: Path) -> None:
    foot = ("合计", None, None, None, None, None, 4)
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=2), book("草房子", 3), foot]})
    tables = report_answer(done, AdoptionResult((), (), ())).sections[0].tables
    (part,) = [part for part in tables if part.heading == "旧表自己写的合计"]
    assert [tuple(line) for line in part.rows] == [("旧账.xlsx", "书目", "4", "册数", 4, 5, "不一致")]


@pytest.mark.parametrize(
    ("copies_written", "foot", "said"),
    [
        ("三本", "五", (5, 5, "一致")),
        ("若干", 2, (2, 2, "有读不出来的，不知道")),
        (3, "五多", ("五多", 5, "有读不出来的，不知道")),
    ],
)
def test_what_nobody_can_read_agrees_with_no_total_of_a_list(
    tmp_path: Path, copies_written: Any, foot: Any, said: tuple[Any, ...]
) -> None:
    last = ("合计", None, None, None, None, None, foot)
    done = taken_over(tmp_path, {"书目": [HEADER, book(copies=2), book("草房子", copies_written), last]})
    tables = report_answer(done, AdoptionResult((), (), ())).sections[0].tables
    (part,) = [part for part in tables if part.heading == "旧表自己写的合计"]
    assert tuple(part.rows[0][4:]) == said


def test_a_list_of_withdrawals_marks_the_copies_it_names(tmp_path: Path) -> None:
    books = [
        ("登录号", "书名", "分类号", "单价"),
        ("000001", "城南旧事", "I246.5", 25),
        ("000002", "草房子", "I287.45", 18),
    ]
    gone = [("剔除日期", "登录号", "书名", "定价", "剔旧原因"), ("2024-6-1", 2, "草房子", 18, "残破")]
    done = taken_over(tmp_path, {"财产账": books, "剔旧清单": gone})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2024, 6, 1)]
    (batch,) = done.ledger_set.rows[SummaryRow]
    (line,) = done.ledger_set.rows[WithdrawalRow]
    assert (batch.copies, line.accession_no, line.reason) == (1, "000002", WithdrawalReason.WORN_OUT)


@pytest.mark.parametrize(
    ("header", "title", "cell", "held", "prices"),
    [
        ("套价", "三国演义", "43.00", 3, ["14.34", "14.33", "14.33"]),
        ("全套定价", "三国演义（全2册）", "50.00", 4, ["25.00"] * 4),
        ("单价", "三国演义", "43.00元/套", 3, ["14.34", "14.33", "14.33"]),
        ("单价", "三国演义", "50.00(全套)", 2, ["25.00", "25.00"]),
        ("单价", "三国演义（全3册）", "43.00", 3, ["43.00"] * 3),
        ("单价", "三国演义", "43.00元/册", 2, ["43.00", "43.00"]),
    ],
)
def test_the_price_of_a_whole_set_is_shared(
    tmp_path: Path, header: str, title: str, cell: str, held: int, prices: list[str]
) -> None:
    done = taken_over(tmp_path, {"书目": [("书名", header, "册数", "分类号"), (title, cell, held, "I242")]})
    assert [str(copy.price) for copy in copies(done)] == prices
    assert done.journal.counts[What.MONEY].came_in == sum(copy.price or 0 for copy in copies(done))


def test_the_price_of_a_whole_set_may_be_said_in_the_remarks(tmp_path: Path) -> None:
    said = {"套价": "10.00", "全套书定价": "10.00", "全套30元": "10.00", "不是套价": "30.00", "全套28元": "30.00"}
    lines = [(f"三国演义{line}（全3册）", 30, 3, remark) for line, remark in enumerate(said)]
    done = taken_over(tmp_path, {"书目": [("书名", "单价", "册数", "备注"), *lines]})
    assert [str(copy.price) for copy in copies(done)] == [price for price in said.values() for _ in range(3)]


def test_money_tells_the_price_of_sets_and_without_it_that_is_asked(tmp_path: Path) -> None:
    header = ("书名", "单价", "册数", "金额")
    rows = [("红楼梦（全4册）", 100, 8, 200), ("史记（全3册）", 25, 3, 75), ("西游记（上、下册）", 68, 2, None)]
    done = taken_over(tmp_path, {"书目": [header, *rows, ("水浒（全2册）", "30元/册", 2, None)]})
    assert [str(copy.price) for copy in copies(done)] == [
        *["25.00"] * 8,
        *["25.00"] * 3,
        *["68.00"] * 2,
        *["30.00"] * 2,
    ]
    (said,) = [said for said in done.journal.assumed if "一册的还是一套的" in said]
    assert "1 行（第一处《旧账.xlsx》书目 第 4 行）" in said


def test_one_number_for_two_books_and_one_card_for_two_people_are_said(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path,
        {
            "书目": [("登记号", "书名"), ("000001", "小河"), ("000001", "大山"), ("000002", "田野")],
            "名册": [("证号", "姓名", "班级"), ("1", "甲一", "三（1）班"), ("1", "乙二", "三（2）班")],
        },
    )
    books, people = done.journal.urgent
    assert "000001 《小河》、《大山》" in books
    assert "1 甲一（三（1）班）、乙二（三（2）班）" in people
    assert len(copies(done)) == 3


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (["001", "002", "010"], ["001", "002", "010"]),
        (["1205", "1206", "1207"], ["1205", "1206", "1207"]),
        ([1, 2, 10], ["000001", "000002", "000010"]),
    ],
)
def test_numbers_on_the_books_stay_as_they_stand(tmp_path: Path, numbers: list[Any], kept: list[str]) -> None:
    done = taken_over(tmp_path, {"书目": [("登记号", "书名"), *((number, "小河") for number in numbers)]})
    assert [copy.accession_no for copy in copies(done)] == kept


def test_a_blank_day_of_registration_beside_others_is_told(tmp_path: Path) -> None:
    rows = [("登记号", "登记日期", "书名"), (1, "2020-9-1", "小河"), (2, None, "大山"), (3, "2020-9-3", "田野")]
    told = "“登记日期”空着的 1 行（第一处《旧账.xlsx》书目 第 3 行）"
    assert any(told in one for one in taken_over(tmp_path, {"书目": rows}).journal.assumed)
    none = [(number, None, title) for number, _, title in rows[1:]]
    assert not any("空着的" in one for one in taken_over(tmp_path, {"书目": [rows[0], *none]}).journal.assumed)


def test_copies_behind_the_titles_of_a_list_that_counts_none_are_taken(tmp_path: Path) -> None:
    titles = ["小河×3", "大山 * 2本", "魔方3×3", "田野（2册）", "雪山"]
    rows = [("序号", "书名", "单价"), *((at, title, 5) for at, title in enumerate(titles, 1))]
    done = taken_over(tmp_path, {"书目": rows})
    held = [copy.title for copy in copies(done)]
    assert held == ["小河"] * 3 + ["大山"] * 2 + ["魔方3×3", "田野（2册）", "雪山"]
    told = "".join(done.journal.assumed)
    assert "写着几册的 2 行（第一处《旧账.xlsx》书目 第 2 行“小河×3”）" in told
    assert "括号里写着几册的 1 行（第一处《旧账.xlsx》书目 第 5 行“田野（2册）”）" in told


@pytest.mark.parametrize(
    "rows",
    [
        [("书名", "册数"), ("小河×3", 1), ("大山×2", 2), ("魔方3×3", 1)],
        [("登记号", "书名"), ("000001", "小河×3"), ("000002-000003", "大山×2"), ("000004", "魔方3×3")],
    ],
)
def test_copies_behind_a_title_that_a_number_or_a_column_counts_once_are_told(
    rows: list[tuple[object, ...]], tmp_path: Path
) -> None:
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.title for copy in copies(done)] == ["小河×3", "大山×2", "大山×2", "魔方3×3"]
    assert "的 1 行（第一处《旧账.xlsx》书目 第 2 行“小河×3”）：每行只记了 1 册" in "".join(done.journal.assumed)
