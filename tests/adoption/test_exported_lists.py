"""Lists as other programs export them: money of several copies, marks of CNMARC, withdrawals beside the copies."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from adoption.old_lists import TODAY, copies, record_of, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.unclear.guesses import guesses
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.reading.prices import WHOLE_SET, Price, prices_in


def prices(done: Any) -> list[str]:
    return [str(copy.price) for copy in copies(done)]


@pytest.mark.parametrize("header", ["金额", "小计", "总价", "码洋", "金额（元）"])
def test_where_only_the_money_of_all_copies_is_said_each_has_its_share(tmp_path: Path, header: str) -> None:
    rows = [("书名", "册数", header), ("红岩", 2, 24), ("大山", 3, "43.00元"), ("田野", 1, None), ("合计", 6, 67)]
    done = taken_over(tmp_path, {"书目": rows})
    assert prices(done) == ["12.00", "12.00", "14.34", "14.33", "14.33", "None"]
    assert done.journal.counts[What.MONEY].came_in == Decimal("67.00")


def test_money_that_is_not_price_times_copies_is_kept_and_told_of(tmp_path: Path) -> None:
    rows = [("书名", "册数", "单价", "金额"), ("红岩", 2, 12, 24), ("大山", 2, 10, 21), ("田野", 3, "一套36元", 36)]
    done = taken_over(tmp_path, {"书目": rows})
    assert prices(done) == ["12.00", "12.00", "10.00", "10.00", "12.00", "12.00", "12.00"]
    assert [copy.remarks for copy in copies(done)] == [None, None, "金额：21", "金额：21", None, None, None]
    assert any(
        "有 1 行写的金额不是单价乘册数（第一处《旧账.xlsx》书目 第 3 行）" in one for one in done.journal.assumed
    )


def test_money_merged_over_several_books_is_no_price_of_theirs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("书名", "册数", "单价", "金额"), ("红岩", 1, None, 60), ("大山", 2, 5), ("田野", 1, 8, 8)]:
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    book.save(path := tmp_path / "旧账.xlsx")
    done = adopt([path], Options(TODAY))
    assert prices(done) == ["None", "5.00", "5.00", "8.00"]
    assert copies(done)[0].remarks == "金额原记 60（2 行合计）"
    assert done.journal.counts[What.MONEY].unread == 1


@pytest.mark.parametrize(
    ("merged", "numbers", "held", "told"),
    [
        (3, ("000001", "000002", "000003"), 3, "正好一行一册的有 1 处（第一处书目 第 2 行）"),
        (3, ("", "", ""), 3, "正好一行一册的有 1 处"),
        ("5册", ("000001", "000002", "000003"), 3, "读不出来的有 3 格（册数 3 格"),
        (2, ("", "", ""), 6, "每行都记这么多册"),
        (1, ("", "", ""), 3, ""),
    ],
)
def test_copies_merged_over_several_volumes_are_those_of_them_all(
    tmp_path: Path, merged: Any, numbers: tuple[str, ...], held: int, told: str
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "书目"
    rows = zip(numbers, ["三国（上）", "三国（中）", "三国（下）"], [merged, None, None], strict=True)
    for row in [("登记号", "书名", "册数"), *rows, ("", "小河", 1)]:
        sheet.append(row)
    sheet.merge_cells("C2:C4")
    book.save(path := tmp_path / "旧账.xlsx")
    done = adopt([path], Options(TODAY))
    assert len(copies(done)) == held + 1
    assert told in "".join(done.journal.assumed)
    assert "合并了几行" in "".join(done.journal.assumed) or not told or "读不出来" in told


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("一套36元", Price(Decimal("36.00"), WHOLE_SET)),
        ("每套三十六元", Price(Decimal("36.00"), WHOLE_SET)),
        ("全4册48.00", Price(Decimal("48.00"), 4)),
        ("12.—", Price(Decimal("12.00"))),
        ("@15", Price(Decimal("15.00"))),
        ("25。50", Price(Decimal("25.50"))),
        ("12.00—15.00", None),
        ("—", None),
    ],
)
def test_prices_of_sets_and_prices_without_cents(text: str, price: Price | None) -> None:
    assert prices_in(text) == ([price] if price else [])


def test_a_record_of_cnmarc_spread_over_columns_loses_its_marks(tmp_path: Path) -> None:
    rows = [
        ("控制号", "200$a题名", "200$f责任者", "010$a ISBN", "010$d价格", "690$a 分类号", "905$d种次号"),
        ("0101", "$a小河$e水的一生", "$a甲著", "9787020024759", "CNY12.00", "I287.45", "/12"),
    ]
    (copy,) = copies(taken_over(tmp_path, {"书目": rows}))
    assert (copy.title, copy.author, copy.isbn) == ("小河：水的一生", "甲著", "9787020024759")
    assert (copy.price, copy.class_no, copy.book_no) == (Decimal("12.00"), "I287.45", "12")


@pytest.mark.parametrize(
    "flag", [("注销标志", "1", "0"), ("是否作废", "是", "否"), ("是否注销", "是", "否"), ("剔除标志", "√", None)]
)
def test_a_list_of_all_copies_that_tells_of_withdrawals_is_one_of_books(
    tmp_path: Path, flag: tuple[str, str, str]
) -> None:
    header, yes, no = flag
    rows = [
        ("登录号", "书名", "入藏时间", header, "注销日期", "注销原因"),
        ("000001", "小河", "2015/9/1", no, None, None),
        ("000002", "大山", "2015/9/1", yes, "2024/6/30", "破损"),
        ("000003", "田野", "2015/9/1", yes, None, None),
    ]
    done = taken_over(tmp_path, {"图书": rows})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2024, 6, 30), date(2025, 8, 31)]
    assert [copy.accessioned_on for copy in copies(done)] == [date(2015, 9, 1)] * 3
    assert WithdrawalRow not in done.ledger_set.rows
    assert f"“{header}：{yes}”的 2 行记作注销" in done.journal.urgent[0]


def test_a_list_of_withdrawals_may_say_only_once_what_holds_for_all(tmp_path: Path) -> None:
    rows = [
        ("登录号", "书名", "注销日期", "注销原因"),
        ("000001", "小河", "2024/6/30", "破损"),
        ("000002", "大山", None, "破损"),
    ]
    done = taken_over(tmp_path, {"注销清单": rows})
    assert [row.accession_no for row in done.ledger_set.rows[WithdrawalRow]] == ["000001", "000002"]


def test_the_word_of_a_total_holds_for_the_list_beside_it(tmp_path: Path) -> None:
    rows = [
        ("序号", "书名", "册数", None, "序号", "书名", "册数"),
        (1, "小河", 2, None, 3, "田野", 1),
        (2, "大山", 3, None, 4, "草原", 2),
        ("合计", None, 5, None, None, None, 3),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert (len(copies(done)), done.journal.counts[What.COPIES].aside) == (8, 0)
    assert record_of(done, 4, "书目（并排第 2 张）") == (RowOutcome.ASIDE, "合计行")


def test_books_below_the_name_of_a_class_are_of_that_class(tmp_path: Path) -> None:
    rows = [
        ("书名", "著者"),
        ("I 文学",),
        ("小河", "甲"),
        ("G类",),
        ("田野", "乙"),
        ("A 计划",),
        ("K、历史、地理",),
        ("草原",),
    ]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.title, copy.class_no) for copy in copies(done)] == [
        ("小河", "I"),
        ("田野", "G"),
        ("A 计划", "G"),
        ("草原", "K"),
    ]
    assert record_of(done, 2) == (RowOutcome.ASIDE, "大类的小标题")


def test_fields_called_by_first_letters_are_what_they_stand_for(tmp_path: Path) -> None:
    books = [("DJH", "TM", "ZZ", "DJ", "RCRQ"), ("000001", "小河", "林海", "10.00", "2020-09-10")]
    cards = [("DZH", "XM", "XB", "BJ", "DH"), ("0301", "谭怡", "女", "三（1）班", "25512345")]
    log = [
        ("LSH", "DZH", "XM", "DJH", "TM", "JCSJ", "YHRQ", "GHSJ", "XJCS", "ZT"),
        (
            "7",
            "0301",
            "谭怡",
            "000001",
            "小河",
            "2025-09-11 12:03:44.0",
            "2025-10-02",
            "2025-09-18 8:33:10.0",
            "0",
            "1",
        ),
    ]
    done = taken_over(tmp_path, {"TS": books, "DZ": cards, "JYLS": log})
    (book,), (reader,), (loan,) = copies(done), done.ledger_set.rows[ReaderRow], done.ledger_set.rows[LoanRow]
    assert (book.title, book.author, book.price, book.accessioned_on) == ("小河", "林海", 10, date(2020, 9, 10))
    assert (reader.name, reader.class_name, reader.remarks) == ("谭怡", "三（1）班", None)
    assert (loan.reader_no, loan.accession_no, loan.lent_on) == ("0301", "000001", date(2025, 9, 11))
    assert (loan.due_on, loan.returned_on, loan.remarks) == (date(2025, 10, 2), date(2025, 9, 18), "ZT：1")


def test_of_an_old_number_and_a_new_one_the_new_one_is_on_the_copy(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": [("旧号", "新号", "书名"), ("A001", "000101", "小河")]})
    assert [(copy.accession_no, copy.remarks) for copy in copies(done)] == [("000101", "旧号：A001")]


def test_words_that_name_one_source_are_of_it_and_who_gave_stays_beside_it(tmp_path: Path) -> None:
    rows = [("书名", "册数", "来源"), ("小河", 1, "中心校调拨"), ("大山", 1, "配"), ("田野", 1, "购自捐款")]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.source, copy.remarks) for copy in copies(done)] == [
        (Source.ALLOCATION, "来源：中心校调拨"),
        (Source.ALLOCATION, "来源：配"),
        (None, "来源原记 购自捐款"),
    ]


def test_a_list_that_says_but_the_year_of_a_withdrawal_is_of_that_year(tmp_path: Path) -> None:
    books = [("登记号", "书名"), *((f"00000{n}", f"小河{n}") for n in range(4))]
    header = ("登记号", "书名", "报废时间", "原因")
    gone = [
        ("2023年报废图书",), header, ("000000", "小河0", None, "破损"),
        ("2024年报废图书",), header, ("000001", "小河1", None, "破损"), ("000002", "小河2", "2025年", "破损"),
    ]  # fmt: skip
    done = taken_over(tmp_path, {"书目": books, "报废": gone}, opened_on=date(2023, 9, 1))
    days = [copy.withdrawn_on for copy in copies(done)]
    assert days == [date(2023, 8, 31), date(2024, 12, 31), TODAY, None]
    assert any("只写了年份的 2 册（第一处 000001）" in said for said in done.journal.urgent)


def test_a_remark_on_a_copy_that_a_list_of_withdrawals_names_is_no_question(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "备注"), ("000001", "小河", "2025年报废"), ("000002", "大山", "报废")]
    gone = [("登记号", "书名", "报废时间", "报废原因"), ("000001", "小河", "2025年9月12日", "破损")]
    done = taken_over(tmp_path, {"书目": rows, "报废": gone})
    assert ["注销的 1 行（第一处《旧账.xlsx》书目 第 3 行）" in said for said in done.journal.assumed].count(True) == 1


def test_figures_that_a_spreadsheet_lost_are_no_isbn_and_a_day_is_a_year(tmp_path: Path) -> None:
    rows = [("书名", "ISBN", "出版日期"), ("小河", 9787000000000, 42125), ("大山", 9787020024759, 2015.05)]
    first, second = copies(taken_over(tmp_path, {"书目": rows}))
    assert (first.isbn, first.published, first.remarks) == (None, "2015", "ISBN原记 9787000000000")
    assert (second.isbn, second.published) == ("9787020024759", "2015")


@pytest.mark.parametrize(
    ("remark", "is_told"),
    [
        ("三（1）班林小满借去", True),
        ("2026.3.5 李老师借", True),
        ("丢失，已赔15元", True),
        ("破损注销", True),
        ("缺第3页", False),
        ("不外借", False),
        ("借走，已归还", False),
        ("借出12次", False),
    ],
)
def test_remarks_that_say_a_copy_is_gone_are_told_of(tmp_path: Path, remark: str, is_told: bool) -> None:
    done = taken_over(tmp_path, {"书目": [("登录号", "书名", "备注"), ("000001", "小河", remark)]})
    assert [copy.remarks for copy in copies(done)] == [remark]
    assert any("备注里写着借走、丢失或注销的 1 行" in one for one in done.journal.assumed) is is_told


@pytest.mark.parametrize("as_text", [True, False])
def test_a_loan_by_a_number_too_long_is_of_the_copy_that_got_a_new_one(tmp_path: Path, as_text: bool) -> None:
    long_number = "310230900000000017" if as_text else 310230900000000017
    rows = [("登记号", "书名"), ("000001", "小河"), (long_number, "大山"), ("310230900000000024", "田野")]
    lent = [
        ("借书日期", "姓名", "班级", "登记号", "归还日期"),
        ("2025-09-08", "林小满", "三（1）班", long_number, None),
    ]
    done = taken_over(tmp_path, {"书目": rows, "借阅": lent})
    loans = [loan.accession_no for loan in done.ledger_set.rows.get(LoanRow, [])]
    # A number that Excel kept as one has lost its last figures: which copy it was nobody knows.
    assert loans == (["000002"] if as_text else [])


def test_a_renewal_in_a_log_brings_its_due_date_with_it(tmp_path: Path) -> None:
    header = ("操作时间", "操作类型", "读者条码", "姓名", "登录号", "书名", "应还日期")
    lent = ("2025-09-05 12:00", "借书", "S001", "林小满", "000001", "小河", "2025-09-19")
    renewed = ("2025-09-16 12:00", "续借", "S001", "林小满", "000001", "小河", "2025-10-03")
    rows = [("登录号", "书名"), ("000001", "小河")]
    done = taken_over(tmp_path, {"书目": rows, "流水": [header, lent, renewed]})
    [loan] = done.ledger_set.rows[LoanRow]
    assert (loan.due_on, loan.renewals) == (date(2025, 10, 3), 1)


def test_books_that_were_given_are_books_and_their_donors_no_readers(tmp_path: Path) -> None:
    rows = [("班级", "姓名", "捐赠书名", "数量"), ("三（1）班", "林小满", "小河", 1), ("四（2）班", "丙三", "大山", 2)]
    done = taken_over(tmp_path, {"捐书名单": rows})
    assert [copy.title for copy in copies(done)] == ["小河", "大山", "大山"]
    assert copies(done)[0].remarks == "班级：三（1）班；姓名：林小满"
    assert ReaderRow not in done.ledger_set.rows


def test_what_was_lost_is_neither_lent_nor_held(tmp_path: Path) -> None:
    rows = [
        ("日期", "班级", "姓名", "书名", "原价", "赔偿金额"),
        (date(2025, 9, 8), "三（1）班", "林小满", "小河", 12, 12),
    ]
    done = taken_over(tmp_path, {"丢失图书登记": rows})
    [incident] = done.ledger_set.rows[CompensationRow]
    assert (incident.title, incident.price, incident.paid) == ("小河", Decimal("12.00"), Decimal("12.00"))
    assert not {LoanRow, AccessionRow} & done.ledger_set.rows.keys()
    lent = [("借书日期", "姓名", "班级", "书名", "归还日期"), ("2025-09-08", "林小满", "三（1）班", "小河", None)]
    assert (
        LoanRow
        in taken_over(tmp_path, {"借还丢失登记": [*lent], "书": [("书名", "册数"), ("小河", 1)]}).ledger_set.rows
    )


def test_until_when_a_card_is_good_is_not_offered_as_the_day_it_was_given(tmp_path: Path) -> None:
    rows = [("读者条码", "姓名", "单位", "有效期"), ("S001", "林小满", "三（1）班", "2027-07-01")]
    done = taken_over(tmp_path, {"读者": rows})
    assert [guess for table in done.tables for guess in guesses(table)] == []


def test_a_web_page_under_xls_is_taken_over_with_its_merged_cells_and_zeros(tmp_path: Path) -> None:
    rows = "<tr><td>000001<td>小河<td>10.00<td rowspan=2>2025-03-01<tr><td>000002<td>大山<td>20.00"
    page = f"<meta charset=gb2312><table><tr><td>登记号<td>书名<td>定价<td>登记日期{rows}</table>"
    (tmp_path / "书目.xls").write_bytes(page.encode("gb18030"))
    done = adopt([tmp_path / "书目.xls"], Options(TODAY))
    assert [(one.accession_no, one.title, one.price, one.accessioned_on) for one in copies(done)] == [
        ("000001", "小河", Decimal("10.00"), date(2025, 3, 1)),
        ("000002", "大山", Decimal("20.00"), date(2025, 3, 1)),
    ]


def test_fewer_numbers_than_copies_are_said_where_they_stand(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "册数"), ("000001、000002", "小河", 3), ("000007", "大山", 1), (None, "田野", 2)]
    done = taken_over(tmp_path, {"书": rows})
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002", "000008", "000007", "000009", "000010"]
    told = "".join(done.journal.assumed)
    assert "有 1 行写的登记号比册数少（第一处《旧账.xlsx》书 第 2 行，3 册只有 2 个号）：差的 1 册编了新号" in told
    assert "有 2 册原来没有登记号" in told


@pytest.mark.parametrize("sign", ["：", "、1", "10.00;"])
def test_what_is_longer_than_prices_are_is_none_however_it_is_parted(sign: str) -> None:
    assert prices_in((sign * 32_767)[:32_767]) == []
    assert len(prices_in("10.00;" * 20)) == 20
