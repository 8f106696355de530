"""A stock that several lists state is taken over once; where nobody can tell whether it is one, that is asked."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from adoption.old_lists import OPENED_ON, TODAY, Rows, copies, old_book, taken_over
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.copies import one_stock, same_numbers
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

ISBN, OTHER = "9787544291095", "9787020024759"
TITLES = [("题名", "ISBN", "复本数", "价格"), ("小河", ISBN, 2, 10), ("大山", None, 1, 12)]
CUPBOARDS = {
    "一号柜": [("书名", "册数"), ("小河", 2), ("大山", 1)],
    "二号柜": [("书名", "册数"), ("大山", 1), ("田野", 3)],
}
TOTAL = [("书名", "册数", "著者"), ("小河", 2, "甲"), ("大山", 2, "乙"), ("田野", 3, "丙")]


def titles(done: Adoption) -> list[str]:
    return [copy.title for copy in copies(done)]


@pytest.mark.parametrize(
    "single",
    [
        [("条码号", "题名", "ISBN"), ("T001", "小河", ISBN), ("T002", "小河", ISBN), ("T003", "大山", None)],
        [("图书条码", "题名"), ("T001", "小河"), ("T002", "小河"), ("T003", "大山")],
        [("登录号", "题名"), ("000001", "小河"), ("000002", "小河"), ("000003", "大山")],
        [("题名", "索书号"), ("小河", "I2/1"), ("小河", "I2/1"), ("大山", "K2/1")],
    ],
)
def test_titles_and_their_copies_are_one_stock(tmp_path: Path, single: Rows) -> None:
    done = taken_over(tmp_path, {"书目": TITLES, "馆藏": single})
    assert sorted(titles(done)) == ["大山", "小河", "小河"]
    assert {copy.title: copy.price for copy in copies(done)} == {"小河": 10, "大山": 12}
    count = done.journal.counts[What.COPIES]
    assert (count.came_in, count.merged) == (6, 3)


def test_a_second_list_of_titles_of_the_same_copies_makes_none_more(tmp_path: Path) -> None:
    titles: Rows = [("书名", "册数"), ("小河", 2), ("大山", 1)]
    numbered: Rows = [("财产号", "书名"), ("101", "小河"), ("102", "小河"), ("103", "大山")]
    done = taken_over(tmp_path, {"目录": titles, "单册": numbered, "新目录": titles})
    assert [copy.accession_no for copy in copies(done)] == ["000101", "000102", "000103"]


def test_lists_of_titles_of_two_deliveries_have_copies_each(tmp_path: Path) -> None:
    titles: Rows = [("书名", "册数"), ("小河", 1), ("大山", 1), ("田野", 1)]
    numbered: Rows = [
        ("财产号", "书名"),
        *((str(101 + at), title) for at, title in enumerate(("小河", "大山", "田野") * 2)),
    ]
    assert len(copies(taken_over(tmp_path, {"甲批": titles, "单册": numbered, "乙批": titles}))) == 6


def test_barcodes_printed_on_the_books_are_no_labels_of_copies(tmp_path: Path) -> None:
    one = [("书名", "条码号", "册数"), ("小河", ISBN, 2)]
    other = [("书名", "条码号"), ("大山", OTHER), ("田野", ISBN)]
    assert titles(taken_over(tmp_path, {"甲": one, "乙": other})) == ["小河", "小河", "大山", "田野"]


@pytest.mark.parametrize("name", ["汇总", "合计", "全校图书总表", "图书总目录", "全部"])
def test_a_list_that_adds_up_the_others_is_not_held_once_more(tmp_path: Path, name: str) -> None:
    done = taken_over(tmp_path, {**CUPBOARDS, name: TOTAL})
    assert titles(done) == ["小河", "小河", "大山", "大山", "田野", "田野", "田野"]
    assert {copy.title: copy.author for copy in copies(done)} == {"小河": "甲", "大山": "乙", "田野": "丙"}
    assert one_stock.TOTALS_AGREE.format(total=f"《旧账.xlsx》{name}") in done.journal.assumed
    assert done.journal.urgent == []


def test_of_what_a_total_states_more_the_rest_is_held_as_well_and_said(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {**CUPBOARDS, "汇总": [*TOTAL[:3], ("田野", 5, "丙"), ("天空", 1, "丁")]})
    assert (titles(done).count("田野"), titles(done).count("天空"), len(titles(done))) == (5, 1, 10)
    assert "有 1 种册数不一样（第一处《田野》总的写 5 册，各张加起来 3 册）" in done.journal.urgent[0]


def test_a_list_that_shares_some_titles_with_another_is_a_stock_of_its_own(tmp_path: Path) -> None:
    new = [("书名", "册数"), ("小河", 3), ("天空", 1)]
    assert len(titles(taken_over(tmp_path, {**CUPBOARDS, "新书汇总": new}))) == 11


def test_the_same_list_once_more_is_asked(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书": TOTAL, "书（2）": TOTAL})
    assert len(titles(done)) == 14
    said = one_stock.SAID_AGAIN.format(one="《旧账.xlsx》书", other="《旧账.xlsx》书（2）", books=3, more="")
    assert done.journal.urgent == [said]


def test_two_versions_of_a_list_are_one_stock_by_their_names(tmp_path: Path) -> None:
    rows = [("书名", "单价", "册数"), ("小河", 10, 1), ("大山", 12, 2), ("田野", 8, 2)]
    old, new, other = [
        old_book(tmp_path / f"{name}.xlsx", {"图书": [*rows, *more]})
        for name, more in (("书目", []), ("书目（修订）", [("海", 3, 1)]), ("新书", [("湖", 5, 1)]))
    ]
    versions = adopt([old, new], Options(TODAY))
    assert sorted(titles(versions)) == sorted(["小河", "大山", "大山", "田野", "田野", "海"])
    assert any("像是一张清单的几份：同一种书算一遍" in said for said in versions.journal.urgent)
    assert len(copies(adopt([old, other], Options(TODAY)))) == 11


@pytest.mark.parametrize(
    ("names", "held", "said"),
    [
        (
            ("书目", "书目（修订）", "书目（定稿）"),
            4,
            "图书记（第一处《小河》：5、3、4 册，记 4 册）",
        ),
        (("书目v1", "书目v3", "书目v2"), 3, "照《书目v3.xlsx》图书记"),
        (("书目", "书目（原版）", "书目（修订）"), 4, "照《书目（修订）.xlsx》图书记"),
        (("书目", "书目 - 副本", "书目v2"), 5, "看不出哪一份在后，照多的记"),
    ],
)
def test_of_versions_that_count_otherwise_the_last_is_right_or_it_is_asked(
    tmp_path: Path, names: tuple[str, ...], held: int, said: str
) -> None:
    rest = [("大山", 12, 2), ("田野", 8, 1), ("海", 9, 1), ("湖", 7, 1)]
    lists = [
        old_book(tmp_path / f"{name}.xlsx", {"图书": [("书名", "单价", "册数"), ("小河", 10, count), *rest]})
        for name, count in zip(names, (5, 3, 4), strict=True)
    ]
    done = adopt(lists, Options(TODAY))
    assert (titles(done).count("小河"), len(titles(done))) == (held, held + 5)
    assert any(said in sentence for sentence in done.journal.urgent)
    assert (done.journal.counts[What.COPIES].came_in, done.journal.counts[What.COPIES].merged) == (27, 22 - held)


def test_two_lists_that_are_alike_throughout_are_asked_though_they_are_short(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"捐赠": TOTAL[:3], "社会捐书": TOTAL[:3]})
    assert len(titles(done)) == 8
    assert any("有 2 种书一样" in said for said in done.journal.urgent)


def test_a_fine_of_a_copy_nobody_knows_that_two_lists_tell_is_one(tmp_path: Path) -> None:
    header, one, other = (
        ("日期", "姓名", "书名", "赔偿金额"),
        ("2025-9-9", "王一", "小河", 3),
        ("2025-9-10", "王一", "小河", 3),
    )
    books = [("书名", "册数"), ("小河", 4)]
    done = taken_over(tmp_path, {"书目": books, "赔偿": [header, one, one, other], "赔书": [header, one, one, one]})
    fines = done.ledger_set.rows[CompensationRow]
    assert [(row.registered_on.day, row.accession_no) for row in fines] == [(9, None), (9, None), (10, None), (9, None)]


def test_what_was_paid_for_deliveries_is_that_of_their_batch(tmp_path: Path) -> None:
    first = [("书名", "单价", "册数", "实洋", "来源"), ("小河", 10, 2, 15, "购入"), ("大山", 20, 1, None, "捐赠")]
    done = taken_over(tmp_path, {"一": first, "二": [("书名", "单价", "实付"), ("田野", 30, 24)]})
    assert [row.paid_value for row in done.ledger_set.rows[SummaryRow]] == [39]
    assert [copy.remarks for copy in copies(done)] == ["实洋：15", "实洋：15", None, "实付：24"]
    unclear = taken_over(tmp_path, {"一": [*first, ("海", 10, 2, 10, "购入")]})
    assert [row.paid_value for row in unclear.ledger_set.rows[SummaryRow]] == [None]
    assert any("实洋空着" in said for said in unclear.journal.assumed)


def test_a_title_and_its_only_copy_are_one_book_for_a_list_of_losses(tmp_path: Path) -> None:
    lost = [("书名", "册数"), ("大山", 1)]
    single = [("登录号", "题名"), ("000001", "小河"), ("000002", "小河"), ("000003", "大山")]
    done = taken_over(tmp_path, {"书目": TITLES, "馆藏": single, "丢失图书清单": lost})
    assert [copy.remarks for copy in copies(done)] == [None, None, "状态：遗失"]


def test_the_corners_of_two_classes_hold_the_same_books_by_intent(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"三（1）班": TOTAL, "三（2）班": TOTAL})
    assert len(titles(done)) == 14
    assert done.journal.urgent == []


@pytest.mark.parametrize(
    ("other", "held", "is_asked"),
    [
        ([("登录号", "书名"), ("000001", "小河"), ("000002", "大山")], 2, False),
        ([("登录号", "书名", "著者"), ("000001", "小河", "甲"), ("000003", "田野", "丙")], 3, False),
        ([("登录号", "书名"), ("000001", "天空"), ("000002", "大山")], 3, True),
        ([("登录号", "书名", "定价"), ("000001", "小河", 99)], 3, True),
    ],
)
def test_a_number_that_two_lists_give_one_book_is_one_copy(
    tmp_path: Path, other: Rows, held: int, is_asked: bool
) -> None:
    books = [("登录号", "书名", "定价"), ("000001", "小河", 10), ("000002", "大山", 12)]
    done = taken_over(tmp_path, {"书目": books, "汇总": other})
    assert len(copies(done)) == held
    assert any("一个登记号两册书" in one for one in done.journal.urgent) is is_asked


def test_new_books_that_share_a_title_with_numbered_ones_are_further_copies(tmp_path: Path) -> None:
    numbered = [("登录号", "书名"), *((f"{at:06}", f"书{at}") for at in range(1, 9))]
    new = [("书名", "册数"), ("书1", 2), ("天空", 1), ("田野", 1)]
    assert len(copies(taken_over(tmp_path, {"书目": numbered, "2025年新书": new}))) == 12


def test_copies_are_of_the_batch_of_an_old_summary_register_and_are_not_counted_again(tmp_path: Path) -> None:
    header = ("登记日期", "总登记号", "来源", "册数", "金额", "起始登记号", "终止登记号")
    batches = [("图书总登记账",), header, ("2021.9.1", "2021-001", "购入", 2, 18, "000001", "000002")]
    by_number = [("登记号", "书名", "单价"), ("000001", "红岩", 10), ("000002", "大山", 8), ("000003", "小河", 5)]
    by_batch = [("总登记号", *row) for row in [("登记号", "书名", "单价")]]
    by_batch += [("2021-001", *row) for row in by_number[1:3]] + [("2022-009", *by_number[3])]
    for name, books in (("号", by_number), ("批", by_batch)):
        (folder := tmp_path / name).mkdir()
        done = taken_over(folder, {"Sheet1": batches, "书目": books})
        rows = done.ledger_set.rows[SummaryRow]
        assert [(row.batch_no, row.flow, row.copies) for row in rows] == [
            ("2021-001", Flow.IN, 2), ("2025-001", Flow.OPENING, 1),
        ]  # fmt: skip
        assert [(copy.accession_no, copy.batch_no, copy.accessioned_on.year) for copy in copies(done)] == [
            ("000001", "2021-001", 2021), ("000002", "2021-001", 2021), ("000003", "2025-001", 2025),
        ]  # fmt: skip


def test_the_day_over_a_list_is_that_of_its_books_and_the_day_it_was_printed_is_not(tmp_path: Path) -> None:
    header = ("书名", "单价", "册数")
    title = ("收货单位：青山小学", "配送日期：2016年11月4日", "打印时间：2026-6-30")
    sheets = {"甲": [title, header, ("红岩", 10, 2)], "乙": [("打印时间：2026-6-30",), header, ("大山", 8, 1)]}
    done = taken_over(tmp_path, sheets)
    assert [copy.accessioned_on for copy in copies(done)] == [date(2016, 11, 4)] * 2 + [date(2025, 9, 1)]


def test_the_day_over_a_page_is_that_of_its_lines(tmp_path: Path) -> None:
    came, went = ("书名", "单价", "册数"), ("登记号", "书名", "注销原因")
    stock = [("入库日期：2025年3月1日",), came, ("小河", 8, 1), ("捐赠图书", "入库日期：二〇二五年三月十五日"), came]
    stock += [("大山", 8, 1), ("2025年4月购入图书",), came, ("田野", 8, 1)]
    gone = [("注销日期：2025年3月1日",), went, ("000008", "旧书", "破损")]
    gone += [("注销日期：2025年3月15日",), went, ("000009", "旧书", "破损")]
    done = taken_over(tmp_path, {"登记": stock, "注销": gone})
    meant = [date(2025, 3, 1), date(2025, 3, 15)]
    assert [copy.accessioned_on for copy in copies(done)] == [*meant, OPENED_ON]
    assert done.journal.counts[What.TITLES].aside == 0
    assert [row.withdrawn_on for row in done.ledger_set.rows[WithdrawalRow]] == meant


@pytest.mark.parametrize("header", [("登记号", "书名"), ("登记号", "书名", "备注")])
def test_what_is_gone_is_not_held_though_it_stands_below_the_books_under_the_same_header(
    tmp_path: Path, header: tuple[str, ...]
) -> None:
    books = [("登记号", "书名"), ("000001", "小河"), ("剔除图书清单",), header, ("000002", "大山"), header]
    done = taken_over(tmp_path, {"书目": [*books, ("000003", "田野"), ("丢失图书清单",), header, ("000001", "小河")]})
    assert [(copy.title, copy.remarks) for copy in copies(done)] == [("小河", "状态：遗失")]
    assert [row.accession_no for row in done.ledger_set.rows[WithdrawalRow]] == ["000002", "000003"]


def test_what_is_held_below_a_list_of_withdrawals_under_the_same_header_is_held(tmp_path: Path) -> None:
    header = ("登记号", "书名")
    gone = [("注销图书清单",), header, ("000001", "小河"), ("在册图书目录",), header, ("000002", "大山")]
    done = taken_over(tmp_path, {"图书": gone})
    assert titles(done) == ["大山"]
    assert [row.accession_no for row in done.ledger_set.rows[WithdrawalRow]] == ["000001"]


@pytest.mark.parametrize("header", [("书名", "单价"), ("书名", "估价", "出版社")])
def test_what_is_only_to_come_is_not_held_though_it_stands_below_the_books(
    tmp_path: Path, header: tuple[str, ...]
) -> None:
    wished = [("采购计划",), header, ("大山", 2), header, ("长河", 3)]
    books = [("书名", "单价"), ("小河", 1), ("心愿", None), *wished, ("馆藏图书",), ("书名", "单价"), ("田野", 4)]
    done = taken_over(tmp_path, {"书目": books})
    assert titles(done) == ["小河", "心愿", "田野"]
    told = [one.text for one in done.journal.row_records.values() if one.outcome is RowOutcome.ASIDE and one.is_record]
    assert {"采购计划", "大山 | 2", "长河 | 3"} <= set(told)


def test_a_kind_merged_over_several_rows_says_nothing_of_money(tmp_path: Path) -> None:
    rows = [("小类", "书名", "单价"), ("文学", "红岩", 10), (None, "大山", 8), ("小计", None, 18), ("科普", "小河", 5)]
    path = old_book(tmp_path / "旧账.xlsx", {"Sheet1": [*rows, (None, "星星", 5)]})
    book = openpyxl.load_workbook(path)
    book["Sheet1"].merge_cells("A5:A6")
    book.save(path)
    assert [copy.remarks for copy in copies(adopt([path], Options(as_of=TODAY)))][2:] == ["小类：科普"] * 2


def test_a_withdrawal_of_several_numbers_is_of_the_books_it_names(tmp_path: Path) -> None:
    held = enumerate(["小河", "小河", "大山", "田野"], 1)
    books = [("登记号", "书名", "单价"), *((f"00000{n}", title, 10) for n, title in held)]
    listed = [("注销日期", "登记号", "书名", "注销原因"), ("2025-9-20", "000001、000003", "小河", "破损")]
    header = ("注销日期", "起始登记号", "终止登记号", "书名", "注销原因")
    spans = [header, ("2025-9-21", "000002", "000004", "小河等3册", "丢失")]
    done = taken_over(tmp_path, {"书目": books, "注销": listed, "注销登记": spans})
    rows = done.ledger_set.rows[WithdrawalRow]
    # The title she wrote beside another book's number stays, for the check to ask.
    assert [(row.accession_no, row.title) for row in rows] == [
        ("000001", "小河"), ("000003", "小河"), ("000002", "小河"), ("000003", "大山"), ("000004", "田野"),
    ]  # fmt: skip
    assert [row.price for row in rows[:2]] == [10, None]
    assert all(copy.withdrawn_on for copy in copies(done))


def test_a_number_just_given_is_not_the_one_that_an_old_fine_or_withdrawal_means(tmp_path: Path) -> None:
    books = [("书名", "单价", "册数"), ("小河", 10, 2), ("大山", 12, 1)]
    header = ("日期", "姓名", "班级", "登记号", "书名", "情形", "处理", "赔款")
    said = [("000002", "田野"), ("000001", "大山"), ("3", "大山"), ("000002", None), ("000001、3", "小河等")]
    fines = [header, *(("2025-9-20", "甲一", "三（1）班", *one, "遗失", "赔款", 8) for one in said)]
    done = taken_over(
        tmp_path,
        {"书目": books, "赔偿": fines, "注销": [("注销日期", "登记号", "注销原因"), ("2025-9-20", "000002", "破损")]},
    )
    assert [(row.accession_no, row.remarks) for row in done.ledger_set.rows[CompensationRow]] == [
        (None, "登记号原写 000002"), ("000003", "登记号原写 000001"),
        ("000003", None), ("000002", None), ("000001、3", None),
    ]  # fmt: skip
    urgent = [sentence.partition("（")[0] for sentence in done.journal.urgent]
    assert urgent[:4] == [
        "注销清单上只写了登记号、没写书名的 1 册",
        "一行写了几个登记号的 1 行赔偿",
        "登记号书目里原来没有、现在编给了别的书的 2 行赔偿",
        "只写了登记号、没写书名的 1 行赔偿",
    ]


def test_what_a_delivery_or_a_list_of_withdrawals_says_round_it_is_of_every_line_and_no_line(tmp_path: Path) -> None:
    delivery = [
        ("收货单位：青石小学", None, "发货日期：2022年4月12日"),
        ("登记号", "书名", "定价", "数量"),
        ("000001", "小河", 10, 1),
        ("000002", "大山", 12, 1),
        ("合计", None, 22, 2),
        ("大写：", "贰拾贰元整"),
        ("发货人：甲一", "收货人：乙二"),
    ]
    gone = [("2023年图书剔旧清单",), ("登记号", "书名", "剔除原因"), ("000002", "大山", "破损")]
    gone += [("剔除日期：2023年12月25日", "批准人：陈静")]
    done = taken_over(tmp_path, {"发货": delivery, "剔旧": gone})
    assert [copy.accessioned_on for copy in copies(done)] == [date(2022, 4, 12)] * 2
    (row,) = done.ledger_set.rows[WithdrawalRow]
    assert (row.accession_no, row.withdrawn_on, row.approved_by) == ("000002", date(2023, 12, 25), "陈静")
    assert done.journal.counts[What.COPIES].aside == 0


def test_numbers_of_which_two_lists_tell_more_or_otherwise_are_one_copy_each(tmp_path: Path) -> None:
    cards = [
        ("登记号", "书名", "单价", "分类号"),
        *((f"00000{at}", f"书{(at + 1) // 2}", 10, "I287") for at in range(1, 7)),
    ]
    ranges = [("编号", "书名", "著者", "单价", "册数")]
    ranges += [
        ("000001-000002", "书1", "甲", 10, 2),
        ("000003-000004", "书2", "乙", 12, 2),
        ("000005-000007", "书3", "丙", 10, 3),
    ]
    done = taken_over(tmp_path, {"单册": cards, "总目": ranges})
    assert [(copy.accession_no, copy.author, copy.class_no) for copy in copies(done)] == [
        *((f"00000{at}", "甲乙丙"[(at - 1) // 2], "I287") for at in range(1, 7)), ("000007", "丙", None),
    ]  # fmt: skip
    assert [copy.remarks for copy in copies(done)][1:3] == [None, "单价另一份清单写的是 12"]
    two, differing = done.journal.urgent
    assert differing == same_numbers.DIFFERING.format(count=1, first="《旧账.xlsx》总目 第 3 行")
    assert "号和书名都一样的 6 册算一遍，只在一份上的 1 册都收了（第一处《旧账.xlsx》总目 第 4 行）" in two
    assert (done.journal.counts[What.COPIES].came_in, done.journal.counts[What.COPIES].merged) == (13, 6)


def test_of_two_numbered_versions_of_a_list_what_but_one_has_is_told(tmp_path: Path) -> None:
    old = [("登记号", "书名"), *((f"{at:04d}", f"书{at}甲") for at in range(1, 21))]
    new = [row for row in old if row[0] not in ("0004", "0009")] + [("0021", "新书")]
    done = taken_over(tmp_path, {"2023": old, "2025": new})
    assert len(copies(done)) == 21
    (said,) = done.journal.urgent
    assert said.startswith("《旧账.xlsx》2023 和 《旧账.xlsx》2025 像是一张清单的两份")
    assert "只在一份上的 3 册都收了（第一处《旧账.xlsx》2023 第 5 行）" in said


def test_a_list_of_new_books_that_the_whole_list_has_is_no_version_of_it(tmp_path: Path) -> None:
    whole = [("登记号", "书名"), *((f"{at:04d}", f"书{at}甲") for at in range(1, 21))]
    done = taken_over(tmp_path, {"全部": whole, "新书": [whole[0], *whole[-5:]]})
    assert (len(copies(done)), done.journal.urgent) == (20, [])


def test_a_file_twice_a_log_twice_and_a_withdrawal_twice_are_taken_over_once(tmp_path: Path) -> None:
    books = [("登记号", "书名"), ("000001", "小河"), ("000002", "大山")]
    log = [
        ("日期", "姓名", "班级", "登记号", "书名", "借/还"),
        ("2025-9-3", "甲一", "三（1）班", "000001", "小河", "借"),
    ]
    log += [
        ("2025-9-9", "甲一", "三（1）班", "000001", "小河", "还"),
        ("2025-9-9", "甲一", "三（1）班", "000001", "小河", "借"),
    ]
    gone = [("注销日期", "登记号", "书名", "注销原因"), ("2025-9-20", "000002", "大山", "破损")]
    paid = [
        ("日期", "姓名", "班级", "登记号", "书名", "情形", "赔偿金额"),
        ("2025-9-9", "甲一", "三（1）班", "000001", "小河", "损坏", 3),
    ]
    path = old_book(tmp_path / "旧账.xlsx", {"书目": books, "流水": log, "注销": gone, "赔偿": paid})
    same = tmp_path / "旧账（备份）.xlsx"
    same.write_bytes(path.read_bytes())
    anew = old_book(tmp_path / "又存.xlsx", {"流水": log, "注销": gone, "赔偿": [*paid, ()]})
    done = adopt([path, same, anew], Options(as_of=TODAY))
    assert "《旧账（备份）.xlsx》和《旧账.xlsx》是同一个文件，一个字也不差，只接收了一份。" in done.journal.assumed
    rows = done.ledger_set.rows
    assert [len(rows[kind]) for kind in (AccessionRow, LoanRow, WithdrawalRow, CompensationRow)] == [2, 2, 1, 1]
    assert (done.journal.counts[What.LOANS].came_in, done.journal.counts[What.LOANS].merged) == (4, 2)
