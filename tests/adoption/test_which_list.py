"""Which kind a list is, by its title and its header: nothing lent, lost or written off becomes a book."""

from datetime import date
from pathlib import Path

import docx
import pytest

from adoption.old_lists import OPENED_ON, TODAY, Rows, copies, old_book, record_of, taken_over
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.copies import losses, written_off
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.report import settles_every_row
from schoollib_xl.adoption.unclear.guesses import guessed_kind
from schoollib_xl.adoption.unclear.untitled import UNTITLED
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Flow, Incident, PeriodicalKind, ReaderKind, Source, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

BOOKS = [("登录号", "书名", "定价"), ("000001", "小河", 10), ("000002", "大山", 12)]


_SUM = "总括登记账"
_SUMMARY = ("登记日期", "总括登记号", "收支", "来源或去向", "册数", "码洋")


def kinds(done: Adoption) -> list[str | None]:
    return [table.kind.name if table.kind else None for table in done.tables]


@pytest.mark.parametrize(
    ("sheet", "rows", "kind"),
    [
        (
            "教师借书",
            [("教师姓名", "书名", "册数", "借出", "归还"), ("赵老师", "教案", 1, "2025.9.1", None)],
            "借阅登记账",
        ),
        ("Sheet1", [("教师", "书名", "借出日期", "归还日期"), ("赵老师", "小河", "2025.9.1", None)], "借阅登记账"),
        ("Sheet1", [("领用人", "书名", "册数", "领用日期"), ("赵老师", "小河", 1, "2025.9.1")], "借阅登记账"),
        ("Sheet1", [("班级", "书名", "册数", "配发日期"), ("三（1）班", "小河", 2, "2025.9.1")], "借阅登记账"),
        ("借书", [("姓名", "班级", "书名"), ("甲一", "三（1）班", "小河")], "借阅登记账"),
        ("借书", [("姓名", "班级", "书名", "册数"), ("甲一", "三（1）班", "小河", 1)], "借阅登记账"),
        ("Sheet1", [("姓名", "班级", "书名", "册数"), ("甲一", "三（1）班", "小河", 1)], "借阅登记账"),
        ("捐书", [("姓名", "班级", "书名", "册数"), ("甲一", "三（1）班", "小河", 1)], "书目"),
        ("推荐", [("年级", "书名", "著者", "出版社"), ("三", "小河", "甲", "乙社")], None),
        ("必读书", [("年级", "书名", "著者", "册数"), ("三", "小河", "甲", 2)], "书目"),
        ("拟购图书", [("书名", "著者", "册数", "单价"), ("天空", "甲", 2, 10)], None),
        ("新书", [("年级", "书名", "著者", "出版社"), ("三", "天空", "甲", "乙社")], "书目"),
        ("2024年总账", [("日期", "总括登记号", "来源", "册数", "码洋"), ("2024-9-1", "2024-001", "购入", 2, 22)], _SUM),
        ("Sheet1", [(*_SUMMARY, "备注"), ("2024-9-1", "2024-001", "入藏", "购入", 2, 22, "")], _SUM),
        ("Sheet1", [("日期", "总括登记号", "来源", "册数", "码洋"), ("2024-9-1", "2024-001", "购入", 2, 22)], None),
        ("总账", [("图书编号", "书名", "单位", "单价", "数量"), ("000003", "天空", "册", 8, 1)], "书目"),
        ("修补账", [("送修日期", "个别登记号", "破损情况"), ("2025-9-1", "000001", "脱页")], "修补登记"),
        ("名册", [("姓名", "班级", "借书证", "归还"), ("甲一", "三（1）班", "01", None)], "读者名册"),
        ("名单", [("姓名", "班级", "条码号"), ("甲一", "三（1）班", "D01"), ("乙二", "三（1）班", "D02")], "读者名册"),
    ],
)
def test_title_and_header_tell_what_is_lent_or_not_there(
    tmp_path: Path, sheet: str, rows: Rows, kind: str | None
) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: rows})
    assert kinds(done) == ["书目", kind]
    assert kind or guessed_kind(done.tables[1]) is None


@pytest.mark.parametrize(
    ("sheet", "header", "line"),
    [
        (
            "报损",
            ("类别", "书名", "编号", "单价", "剔除时间", "原因"),
            ("I", "大山", "000002", 12, "2024.10.8", "破损"),
        ),
        ("报损帐", ("类别", "书名", "编号", "单价", "剔除时间", "总价"), ("I", "大山", 2, 12, "2024.10.8", 12)),
        ("作废", ("登记号", "书名", "日期"), ("000002", "大山", "2024.10.8")),
        ("除籍图书清单", ("登录号", "书名", "日期"), ("000002", "大山", "2024.10.8")),
        ("报损及丢失图书", ("登录号", "书名", "日期"), ("000002", "大山", "2024.10.8")),
        ("2024年图书淘汰清单", ("登录号", "书名", "日期"), ("000002", "大山", "2024.10.8")),
        ("Sheet1", ("财产编号", "书名", "报损日期", "报损原因"), ("000002", "大山", "2024.10.8", "破损")),
    ],
)
def test_a_list_of_withdrawals_is_none_of_books(
    tmp_path: Path, sheet: str, header: tuple[str, ...], line: tuple[object, ...]
) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: [header, line]})
    assert [(copy.accession_no, copy.withdrawn_on) for copy in copies(done)] == [
        ("000001", None),
        ("000002", date(2024, 10, 8)),
    ]
    # The list does not say when it came: no later than it went.
    assert copies(done)[1].accessioned_on == date(2024, 10, 8)
    assert [row.accession_no for row in done.ledger_set.rows[WithdrawalRow]] == ["000002"]


@pytest.mark.parametrize("header", [("登录号", "书名", "原因"), ("登录号", "书名"), ("登录号", "书名", "剔除日期")])
def test_a_list_of_withdrawals_without_days_is_followed_and_said(tmp_path: Path, header: tuple[str, ...]) -> None:
    line = ("000002", "大山", *({"原因": "破损"}.get(one) for one in header[2:]))
    done = taken_over(tmp_path, {"书目": BOOKS, "图书剔旧清单": [header, line]})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2025, 8, 31)]
    assert done.journal.urgent == [written_off.UNDATED.format(count=1, first="000002", day="2025-08-31")]


def test_what_was_lent_after_the_opening_was_not_written_off_before(tmp_path: Path) -> None:
    lent = [("借书日期", "姓名", "班级", "登录号", "还书日期"), ("2025-9-8", "林春", "三（1）班", "2", "2025-9-15")]
    sheets = {"书目": BOOKS, "借书登记": lent, "图书剔旧清单": [("登录号", "书名"), ("000002", "大山")]}
    done = taken_over(tmp_path, sheets)
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2025, 9, 15)]
    assert written_off.UNDATED_AND_LENT.format(count=1, first="000002") in done.journal.urgent
    state = [(*BOOKS[0], "状态"), *((*line, "在馆") for line in BOOKS[1:-1]), (*BOOKS[-1], "注销")]
    done = taken_over(tmp_path, {"书目": state, "借书登记": lent})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2025, 9, 15)]


def test_the_day_of_a_paper_is_that_of_what_it_writes_off(tmp_path: Path) -> None:
    header, line = ("登录号", "书名", "原因"), ("000002", "大山", "缺页、破损")
    end = [("批准人：王校长",), ("青山小学",), ("2025年9月25日",)]
    done = taken_over(tmp_path, {"书目": BOOKS, "图书注销清单": [header, line, *end]})
    (row,) = done.ledger_set.rows[WithdrawalRow]
    assert (row.withdrawn_on, row.approved_by, row.reason) == (date(2025, 9, 25), "王校长", WithdrawalReason.WORN_OUT)
    for sentence in (
        [("经研究，同意注销。校长：高志远",)],
        [("同意注销",), ("校长：高志远",)],
        [("以上图书经学校研究同意报废。",), ("校长：高志远", "2025年9月25日")],
        [("经高志远校长批准。2025年9月25日",)],
    ):
        done = taken_over(tmp_path, {"书目": BOOKS, "注销清单": [header, line, *sentence]})
        assert [row.approved_by for row in done.ledger_set.rows[WithdrawalRow]] == ["高志远"]
    done = taken_over(tmp_path, {"书目": BOOKS, "注销清单": [header, line, ("经校务会研究批准",)]})
    assert [row.approved_by for row in done.ledger_set.rows[WithdrawalRow]] == [None]
    for title in ("注销清单（截至2025年9月25日）", "2025年9月注销清单", "注销清单 盘点日期：2025年9月25日"):
        done = taken_over(tmp_path, {"书目": BOOKS, "注销": [(title,), header, line]})
        assert done.ledger_set.rows[WithdrawalRow][0].withdrawn_on == date(2025, 8, 31)
    paper = docx.Document()
    paper.add_heading("青山小学图书注销清单")
    table = paper.add_table(2, 3)
    for at, texts in enumerate((header, line)):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    for (text,) in end:
        paper.add_paragraph(text)
    paper.save(str(tmp_path / "注销清单.docx"))
    done = adopt([old_book(tmp_path / "书目.xlsx", {"书目": BOOKS}), tmp_path / "注销清单.docx"], Options(TODAY))
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2025, 9, 25)]


def test_a_line_over_a_delivery_tells_when_and_whence_its_books_came(tmp_path: Path) -> None:
    over = ("2021年9月5日 县教体局配发 2册 22元",), ("2023.5.9 爱心人士捐赠",)
    done = taken_over(tmp_path, {"明细": [BOOKS[0], over[0], *BOOKS[1:], over[1], ("000003", "田野", 9)]})
    first, last = (date(2021, 9, 5), Source.ALLOCATION), (date(2023, 5, 9), Source.DONATION)
    assert [(copy.accessioned_on, copy.source) for copy in copies(done)] == [first, first, last]
    assert [record_of(done, row)[0] for row in (2, 5)] == [RowOutcome.ASIDE] * 2
    # A delivery of which no whole day is told is not of the day of the one before it.
    later = [*BOOKS[:2], over[0], BOOKS[2], ("2022年春 家长捐赠",), ("000003", "田野", 9)]
    came = [(copy.accessioned_on, copy.source) for copy in copies(taken_over(tmp_path, {"明细": later}))]
    assert came == [(OPENED_ON, None), first, (OPENED_ON, Source.DONATION)]


def test_the_day_of_a_delivery_may_stand_behind_its_number_in_two_cells_or_over_the_header(tmp_path: Path) -> None:
    header = (*BOOKS[0], "哪来的")
    rows = [
        ("第一批　2019年9月12日　县教育局拨入　经手：田老师",), header, BOOKS[1],
        ("2022.5.17", "购进"), BOOKS[2],
        ("第三批", "2019年3月", "家长赠送"), ("000003", "田野", 9),
        ("县教育局配发 2020年9月12日",), header, ("000004", "海", None, "2018年9月1日县里捐赠"),
    ]  # fmt: skip
    done = taken_over(tmp_path, {"明细": rows})
    assert [(copy.accessioned_on, copy.source) for copy in copies(done)] == [
        (date(2019, 9, 12), Source.ALLOCATION),
        (date(2022, 5, 17), Source.PURCHASE),
        (OPENED_ON, Source.DONATION),
        (date(2020, 9, 12), Source.ALLOCATION),
    ]


def test_an_account_of_money_is_one_in_the_words_of_who_keeps_it(tmp_path: Path) -> None:
    rows = [
        ("日期", "事项", "收", "支", "余"),
        ("2025-9-1", "拨款", 3000, None, 3000),
        ("2025-9-9", "购书", None, 500, 2500),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "钱": rows})
    assert [(row.received, row.spent, row.balance) for row in done.ledger_set.rows[CashRow]] == [
        (3000, None, 3000),
        (None, 500, 2500),
    ]
    assert len(copies(done)) == len(BOOKS) - 1


@pytest.mark.parametrize("sheet", ["处理旧书", "清理图书", "下架的书"])
def test_of_what_was_handled_nobody_can_tell_whether_it_is_gone(tmp_path: Path, sheet: str) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: [BOOKS[0], BOOKS[1]]})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, None]
    assert any(one.startswith("清单名里写着处理、清理或下架的 1 张") for one in done.journal.urgent)


def test_the_name_of_a_sheet_and_the_header_above_tell_what_stands_below(tmp_path: Path) -> None:
    headers = [("编号", "书名", "出版社及时间", None, "定价"), (None, None, "社名", "年月", None)]
    rows = {
        "I文学": ("1", "小河", "北京出版社", "2011.3", 10),
        "K 历史地理类": ("2", "大山", "少年出版社", "1999.12", 12),
    }
    done = taken_over(tmp_path, {name: [*headers, row] for name, row in rows.items()})
    assert [(copy.class_no, copy.publisher, copy.published) for copy in copies(done)] == [
        ("I", "北京出版社", "2011"), ("K", "少年出版社", "1999"),
    ]  # fmt: skip
    done = taken_over(
        tmp_path, {name: [*headers, (at, *rows["I文学"][1:])] for at, name in enumerate(("K文学", "I", "Z图书"), 1)}
    )
    assert [copy.class_no for copy in copies(done)] == [None] * 3


def test_the_money_of_a_year_is_that_of_its_papers_and_the_price_of_an_issue_is_none(tmp_path: Path) -> None:
    rows = [("2025年报刊征订表",), ("报刊名称", "每期单价", "份数", "全年金额"), ("小溪流", 6, 3, 216)]
    (row,) = taken_over(tmp_path, {"报刊": rows}).ledger_set.rows[PeriodicalRow]
    assert (row.copies, row.price, row.amount, row.remarks) == (3, None, 216, "每期单价：6")
    header = ("刊名", "邮发代号", "刊期", "份数", "金额", "已到期数")
    rows = [header, ("科学画报", "4-12", "半月刊", 1, 144, 23), ("教师报", "51-7", "周报", 1, 120, 50)]
    told = taken_over(tmp_path, {"2025年报刊": rows}).ledger_set.rows[PeriodicalRow]
    assert [(row.kind, row.received_issues) for row in told] == [
        (PeriodicalKind.MAGAZINE, 23), (PeriodicalKind.NEWSPAPER, 50),
    ]  # fmt: skip
    both = [("图书报刊购置清单",), ("名称", "单价", "册数", "金额"), ("小溪流", 6, 3, 18)]
    assert len(copies(taken_over(tmp_path, {"购置": both}))) == 3


def test_papers_in_a_table_of_a_word_file_are_subscriptions_and_no_words_of_a_plan(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("2025年报刊征订")
    table = paper.add_table(2, 4)
    for row, said in zip(
        table.rows, (("报刊名称", "数量", "每份价格", "合计"), ("小蜜蜂报", "2", "36", "72")), strict=True
    ):
        for cell, text in zip(row.cells, said, strict=True):
            cell.text = text
    paper.save(str(tmp_path / "报刊征订.docx"))
    done = adopt([tmp_path / "报刊征订.docx"], Options(TODAY))
    (one,) = done.ledger_set.rows[PeriodicalRow]
    assert (one.title, one.copies, str(one.price), str(one.starts_on)) == ("小蜜蜂报", 2, "36.00", "2025-01-01")


@pytest.mark.parametrize(
    "header",
    [
        [("刊名", "上半年", None, "下半年", None), (None, "份数", "金额", "份数", "金额")],
        [("刊名", "上半年份数", "上半年金额", "下半年份数", "下半年金额")],
    ],
)
def test_each_half_of_a_year_is_a_subscription(tmp_path: Path, header: Rows) -> None:
    lines = [("少年报", 2, 48, 2, 50), ("科学画报", 1, 30, None, None), ("小作家", None, None, 1, 36)]
    done = taken_over(tmp_path, {"2025年报刊": [*header, *lines]})
    assert [
        (row.title, row.copies, row.amount, row.starts_on.month) for row in done.ledger_set.rows[PeriodicalRow]
    ] == [
        *(("少年报", 2, 48, 1), ("科学画报", 1, 30, 1)),
        *(("少年报", 2, 50, 7), ("小作家", 1, 36, 7)),
    ]
    # As in a .csv, where every cell is text.
    rows = [("刊名", "上半年", "下半年"), ("少年报", "2", "1份")]
    papers = taken_over(tmp_path, {"2025年报刊": rows}).ledger_set.rows[PeriodicalRow]
    assert [(row.copies, row.starts_on.month) for row in papers] == [(2, 1), (1, 7)]
    # The money of the whole year is not that of each half.
    rows = [("刊名", "邮发代号", "金额", "上半年", "下半年"), ("少年报", "1-1", 98, 2, 2)]
    (row,) = taken_over(tmp_path, {"2025年报刊": rows}).ledger_set.rows[PeriodicalRow]
    assert (row.amount, row.ends_on.month) == (98, 12)


def test_what_catalogues_say_in_words_of_source_author_and_order_is_understood(tmp_path: Path) -> None:
    header = ("登记号", "题名", "责任者", "来源", "类别")
    said = [
        ("000001", "小河 / 甲著", "甲 著", "中心校调拨", "文学"),
        ("000002", "大山/乙丁等编", None, "县局配发", "科普"),
    ]
    said += [("000003", "1/2的秘密", "丙", "校友募捐", "漫画"), ("000004", "读/写", None, "赠款自购", "漫画")]
    said += [("000005", "西游记/四大名著", None, "采购", "文学")]
    said += [("000006", "童话/彩绘", None, "采购", "文学")]
    done = taken_over(tmp_path, {"图书目录": [("图书目录（2025年8月清理，共分三架）",), header, *said]})
    assert [(one.title, one.author, one.source) for one in copies(done)] == [
        ("小河", "甲 著", Source.ALLOCATION),
        ("大山", "乙丁等编", Source.ALLOCATION),
        ("1/2的秘密", "丙", Source.DONATION),
        ("读/写", None, None),
        ("西游记/四大名著", None, Source.PURCHASE),
        ("童话/彩绘", None, Source.PURCHASE),
    ]
    assert not any("清理" in told for told in done.journal.urgent)
    (tmp_path / "both").mkdir()
    both = taken_over(tmp_path / "both", {"馆藏": [("登录号", "题名/责任者", "定价"), ("000001", "小河/甲一", 8)]})
    assert [(one.title, one.author) for one in copies(both)] == [("小河", "甲一")]
    # The next page of a list has the source that stands over the first.
    pages = [
        ("来源：县教育局配发",),
        header[:2],
        ("000001", "小河"),
        ("图书登记簿（续）",),
        header[:2],
        ("000002", "大山"),
    ]
    gone = [
        ("剔除清册",),
        ("文号：清小字〔2025〕8号  批准人：林校长",),
        ("登记号", "书名", "注销原因"),
        ("000001", "小河", "破损"),
    ]
    (folder := tmp_path / "续").mkdir()
    done = taken_over(folder, {"登记簿": pages, "剔除清册": gone})
    assert [one.source for one in copies(done)] == [Source.ALLOCATION] * 2
    (out,) = done.ledger_set.rows[WithdrawalRow]
    assert (out.approval_no, out.approved_by) == ("清小字〔2025〕8号", "林校长")


def test_what_is_written_off_and_on_no_list_of_books_is_not_held(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "剔除日期"), ("000007", "田野", "2024.10.8")]
    done = taken_over(tmp_path, {"书目": BOOKS, "报损": rows})
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002"]
    assert written_off.NOT_HELD.format(count=1, first="000007") in done.journal.assumed


@pytest.mark.parametrize("sheet", ["拟剔旧图书清单", "待报废图书", "剔旧候选"])
@pytest.mark.parametrize("header", [("登录号", "书名", "原因"), ("登录号", "书名", "定价")])
def test_what_is_only_meant_to_be_written_off_is_not(tmp_path: Path, sheet: str, header: tuple[str, ...]) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: [header, ("000002", "大山", "12")]})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, None]
    assert record_of(done, 2, sheet) == (RowOutcome.ASIDE, written_off.PLANNED)


@pytest.mark.parametrize("sheet", ["入藏注销登记", "图书登记（含报损）", "未注销图书"])
def test_a_list_of_all_copies_stays_one_of_books(tmp_path: Path, sheet: str) -> None:
    rows = [("登录号", "书名", "定价", "注销日期"), ("000001", "小河", 10, None), ("000002", "大山", 12, "2024.10.8")]
    done = taken_over(tmp_path, {sheet: rows})
    assert [copy.withdrawn_on for copy in copies(done)] == [None, date(2024, 10, 8)]


@pytest.mark.parametrize("sheet", ["丢失图书", "图书遗失情况", "丢书登记表"])
def test_what_was_lost_is_no_book_once_more(tmp_path: Path, sheet: str) -> None:
    header = ("登录号", "书名", "丢失人", "班级", "丢失日期", "赔偿情况")
    line = ("000002", "大山", "甲一", "三（1）班", "2025.10.8", "已赔")
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: [header, line]})
    assert [copy.accession_no for copy in copies(done)] == ["000001", "000002"]
    (row,) = done.ledger_set.rows[CompensationRow]
    assert (row.name, row.accession_no, row.remarks) == ("甲一", "000002", "赔偿情况原记 已赔")
    assert row.incident is Incident.LOST


@pytest.mark.parametrize(
    ("sheet", "header", "line", "remarks"),
    [
        ("遗失", ("登录号", "书名", "定价"), ("000002", "大山", 12), "状态：遗失"),
        ("丢失图书", ("书名", "册数", "备注"), ("大山", 1, "三年级"), "三年级；状态：遗失"),
        ("损坏图书清单", ("登录号", "书名", "定价"), (2, "大山", 12), "状态：损坏"),
    ],
)
def test_what_a_list_says_is_lost_is_told_of_the_copy_and_of_no_other(
    tmp_path: Path, sheet: str, header: tuple[str, ...], line: tuple[object, ...], remarks: str
) -> None:
    strange_line = [{"大山": "高楼", "000002": "000077", 2: 77}.get(one, one) for one in line]
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: [header, line, strange_line]})
    assert [copy.remarks for copy in copies(done)] == [None, remarks]
    assert any(f"“{remarks[-2:]}”的 1 行" in one for one in [*done.journal.urgent, *done.journal.assumed])
    assert record_of(done, 2, sheet)[0] is RowOutcome.MERGED
    what = f" {strange_line[0]}" if header[0] == "登录号" else "书"
    assert record_of(done, 3, sheet) == (RowOutcome.ASIDE, losses.NOT_HELD.format(word=remarks[-2:], what=what))


@pytest.mark.parametrize(("number", "held"), [("000001-000003", 3), ("000002", 2)])
def test_of_the_copies_of_one_line_the_lost_one_alone_is_told(tmp_path: Path, number: str, held: int) -> None:
    books = [("登录号", "书名", "册数"), (number, "大山", held)]
    lost = [("登录号", "书名", "备注"), ("000002", "大山", "三年级")]
    done = taken_over(tmp_path, {"书目": books, "遗失": lost})
    assert {copy.accession_no: "状态：遗失" in (copy.remarks or "") for copy in copies(done)} == {
        copy.accession_no: copy.accession_no == "000002" for copy in copies(done)
    }
    assert any("“遗失”的 1 行" in one for one in done.journal.urgent)


@pytest.mark.parametrize(
    ("books", "lost", "marked", "outcome", "says"),
    [
        # A range of which the last number is another book's, and one that no list has.
        (
            [("000001-000003", "小河", 3), ("000004", "大山", 1)],
            ("000002-000005", "小河"),
            {"000002", "000003"},
            RowOutcome.MERGED,
            ["000004，别的清单里是《大山》", "000005，接收进来的书里没有"],
        ),
        ([("000001", "小河", 1)], ("000001", "大山"), set(), RowOutcome.ASIDE, ["别的清单里是《小河》"]),
        ([("000001-000003", "小河", 2)], ("000002", "小河"), set(), RowOutcome.ASIDE, ["接收进来的书里没有"]),
        ([(None, "小河", 3)], ("000002", "小河"), set(), RowOutcome.ASIDE, ["没写登记号的有 3 册"]),
        ([(None, "小河", 1)], ("000009", "小河"), {"000001"}, RowOutcome.MERGED, []),
        ([("000001", "小河", 3)], ("000003", "小河"), set(), RowOutcome.ASIDE, ["没写登记号的有 2 册"]),
        # Some copies of a line, and a number without its title.
        ([("000001-000003", "小河", 3)], ("000002", None), {"000002"}, RowOutcome.MERGED, []),
    ],
)
def test_a_list_of_losses_says_what_it_could_not_place(
    tmp_path: Path,
    books: list[tuple[object, ...]],
    lost: tuple[object, ...],
    marked: set[str],
    outcome: RowOutcome,
    says: list[str],
) -> None:
    done = taken_over(tmp_path, {"书目": [("登录号", "书名", "册数"), *books], "遗失": [("登录号", "书名"), lost]})
    assert {copy.accession_no for copy in copies(done) if "遗失" in (copy.remarks or "")} == marked
    became, why = record_of(done, 2, "遗失")
    assert became is outcome
    told = why if outcome is RowOutcome.ASIDE else "".join(done.journal.urgent)
    assert all(one in told for one in says), told


def test_a_loss_is_found_by_first_and_last_number_as_well(tmp_path: Path) -> None:
    books = [("起始号", "终止号", "书名", "册数"), ("000001", "000003", "小河", 3)]
    done = taken_over(tmp_path, {"书目": books, "遗失": [("登录号", "书名"), ("000002", "小河")]})
    assert [copy.remarks for copy in copies(done)] == [None, "状态：遗失", None]


def test_of_several_copies_the_lowest_is_the_lost_one_and_so_it_is_said(tmp_path: Path) -> None:
    books = [("登录号", "书名"), ("000001", "大山"), ("000002", "大山")]
    done = taken_over(tmp_path, {"书目": books, "遗失": [("书名", "定价"), ("大山", 12)]})
    assert [copy.remarks for copy in copies(done)] == ["状态：遗失", None]
    assert record_of(done, 2, "遗失") == (RowOutcome.MERGED, losses.ON_THE_LIST.format(word="遗失"))
    assert any("丢失、损坏的清单上只写书名的 1 行" in said and "000001" in said for said in done.journal.assumed)


def test_the_next_page_of_a_list_is_one_of_the_same_kind(tmp_path: Path) -> None:
    header = ("登录号", "书名", "定价")
    rows = [("报损清册",), header, ("000001", "小河", 10), (None,), header, ("000002", "大山", 12)]
    done = taken_over(tmp_path, {"书目": BOOKS, "表2": rows})
    assert kinds(done) == ["书目", "注销登记账"]
    assert len(done.ledger_set.rows[WithdrawalRow]) == 2


def test_a_teacher_who_borrows_is_a_teacher(tmp_path: Path) -> None:
    rows = [("教师", "书名", "借出日期", "归还日期"), ("赵老师", "小河", "2025.9.1", None)]
    done = taken_over(tmp_path, {"书目": BOOKS, "Sheet2": rows})
    assert [row.kind for row in done.ledger_set.rows[ReaderRow]] == [ReaderKind.TEACHER]
    assert [row.accession_no for row in done.ledger_set.rows[LoanRow]] == ["000001"]


def test_class_and_price_of_what_is_written_off_are_those_of_the_copy(tmp_path: Path) -> None:
    books = [("登录号", "书名", "定价", "分类号"), ("000001", "小河", 10, "I287"), ("000002", "大山", 12, "K92")]
    gone = [("类别", "书名", "编号", "剔除时间"), ("I", "小河", 1, "2024.1.2"), ("I", "大山", 2, "2024.1.2")]
    rows = taken_over(tmp_path, {"书目": books, "报损": gone}).ledger_set.rows[WithdrawalRow]
    # What gainsays the copy stays, to be looked at.
    assert [(row.class_no, row.price) for row in rows] == [("I287", 10), ("I", 12)]


def test_a_line_of_withdrawals_may_name_several_copies(tmp_path: Path) -> None:
    rows = [("编号", "书名", "剔除时间", "原因"), ("000001-000002", "小河、大山", "2024.1.2", "破损")]
    done = taken_over(tmp_path, {"书目": BOOKS, "报损": rows})
    assert [(row.accession_no, row.title) for row in done.ledger_set.rows[WithdrawalRow]] == [
        ("000001", "小河"),
        ("000002", "大山"),
    ]
    assert [copy.withdrawn_on for copy in copies(done)] == [date(2024, 1, 2)] * 2


ALL_COPIES = ("登录号", "书名", "著者", "定价", "借阅人", "借出日期", "归还日期")


def test_a_list_of_all_copies_that_says_who_has_them_is_both(tmp_path: Path) -> None:
    rows = [
        ("000001", "小河", "甲", 10, None, None, None),
        ("000002", "大山", "乙", 12, "甲一", "2025.9.1", None),
        ("000003", "田野", "丙", 9, None, None, None),
    ]
    done = taken_over(tmp_path, {"图书": [ALL_COPIES, *rows]})
    assert [(copy.accession_no, copy.author, copy.remarks) for copy in copies(done)] == [
        ("000001", "甲", None),
        ("000002", "乙", None),
        ("000003", "丙", None),
    ]
    (loan,) = done.ledger_set.rows[LoanRow]
    assert (loan.accession_no, loan.name, loan.is_open, loan.remarks) == ("000002", "甲一", True, None)
    assert settles_every_row(done)


def test_a_register_that_copies_the_price_of_each_book_stays_a_register(tmp_path: Path) -> None:
    rows = [
        ("000001", "小河", "甲", 10, "甲一", "2025.9.1", None),
        ("000002", "大山", "乙", 12, "乙二", "2025.9.2", None),
    ]
    done = taken_over(tmp_path, {"书目": BOOKS, "借书": [ALL_COPIES, *rows]})
    assert (len(copies(done)), len(done.ledger_set.rows[LoanRow])) == (2, 2)


def test_a_list_nobody_can_read_keeps_no_other_from_being_taken_over(tmp_path: Path) -> None:
    unreadable = [("登记号", "啥", "ISBN"), ("000009", "草房子", "9787020024759")]
    done = taken_over(tmp_path, {"书目": [("登记号", "书名"), ("000001", "小河")], "别的": unreadable})
    assert [copy.title for copy in copies(done)] == ["小河"]
    assert record_of(done, 2, "别的") == (RowOutcome.ASIDE, UNTITLED)
    (told,) = done.journal.urgent
    assert "多半是“啥”，这张表没有接收；是它就加 --column 啥=书名 --again" in told


def test_a_withdrawal_by_a_number_just_given_to_another_book_writes_none_off(tmp_path: Path) -> None:
    gone = [
        ("注销日期", "登记号", "书名", "注销原因"),
        ("2024.6.1", "000002", "田野", "残破"),
        ("2024.6.1", "000001", "小河", "残破"),
    ]
    done = taken_over(tmp_path, {"书目": [("书名", "单价", "册数"), ("小河", 10, 2)], "注销": gone})
    assert [copy.withdrawn_on for copy in copies(done)] == [date(2024, 6, 1), None]
    assert [row.title for row in done.ledger_set.rows[WithdrawalRow]] == ["田野", "小河"]
    assert written_off.NOT_HELD.format(count=1, first="000002") in done.journal.assumed


def test_withdrawals_without_a_number_are_a_batch_a_day(tmp_path: Path) -> None:
    books = [("登录号", "书名", "定价", "分类号"), *((f"00000{n}", f"书{n}", 10, "I287") for n in range(1, 6))]
    gone = [("编号", "书名", "剔除时间", "原因", "批准人"), (1, "书1", "2024.1.2", "破损", "甲一")]
    gone += [(2, "书2", "2025.9.20", "破损", "甲一"), (3, "书3", "2025.9.20", "破损", "甲一")]
    gone += [(9, "书9", "2025.9.25", "丢失", "甲一")]
    done = taken_over(tmp_path, {"书目": books, "报损": gone})
    rows = done.ledger_set.rows
    numbers = [row.withdrawal_no for row in rows[WithdrawalRow]]
    assert numbers == ["2024-001", "2025-002", "2025-002", None]
    assert [copy.withdrawal_no for copy in copies(done)] == [*numbers[:3], None, None]
    batches = [(one.batch_no, one.flow, one.copies, one.list_value, one.running_copies) for one in rows[SummaryRow]]
    assert batches == [("2025-001", Flow.OPENING, 4, 40, 4), ("2025-002", Flow.OUT, 2, 20, 2)]
    assert any("3 册：同一天注销的算一批" in said for said in done.journal.assumed)
    assert any("也编不了的 1 册（第一处 000009）" in said for said in done.journal.urgent)
    found = run(done.ledger_set.library(TODAY), ALL.values()).findings
    assert {one.key for one in found if one.check.code[:3] in ("SUM", "WDL", "CLS")} == {"000009"}


@pytest.mark.parametrize(("number", "opening"), [("2025-002", "2025-001"), ("2025-001", "2025-002")])
def test_a_batch_that_the_list_numbers_is_entered_where_no_withdrawal_is(
    tmp_path: Path, number: str, opening: str
) -> None:
    books = [("登录号", "书名", "定价", "分类号"), *((f"00000{n}", f"书{n}", 10, "I287") for n in range(1, 6))]
    gone = [("编号", "书名", "剔除时间", "原因", "批准人", "注销批号")]
    gone += [(n, f"书{n}", "2025.9.20", "破损", "甲一", number) for n in (2, 3)]
    gone += [(n, f"书{n}", f"2025.9.{n}", "破损", "甲一", "2025-009") for n in (4, 5)]
    done = taken_over(tmp_path, {"书目": books, "报损": gone[:3]})
    batches = [(one.batch_no, one.flow, one.copies, one.running_copies) for one in done.ledger_set.rows[SummaryRow]]
    assert batches == [(opening, Flow.OPENING, 5, 5), (number, Flow.OUT, 2, 3)]
    assert any(f"1 批注销（{number}）" in said for said in done.journal.assumed)
    found = run(done.ledger_set.library(TODAY), ALL.values()).findings
    assert not [one for one in found if one.check.code[:3] in ("WDL", "CLS")]
    of_two_days = taken_over(tmp_path, {"书目": books, "报损": gone})
    assert any("注销批号 2025-009 总括登记账里没有，也补记不成" in said for said in of_two_days.journal.urgent)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("日期", "星期", "班级", "人数"),
            ("2025-09-08", "一", "三（1）班", 30),
            ("2025-09-15", "一", "三（1）班", 28),
        ],
        [("班级", "人数", "借书册数"), ("三（1）班", 30, 28)],
        [("班级", "人数", "阅览人次"), ("三（1）班", 30, 90)],
    ],
)
def test_who_came_or_how_much_a_class_borrowed_is_no_list_of_classes(tmp_path: Path, rows: Rows) -> None:
    assert ClassRow not in taken_over(tmp_path, {"图书室开放记录": rows}).ledger_set.rows
    classes: Rows = [("班级", "年级", "班主任", "人数"), ("三（1）班", 3, "高远", 30)]
    assert [row.pupils for row in taken_over(tmp_path, {"班": classes}).ledger_set.rows[ClassRow]] == [30]


def test_an_empty_column_behind_the_names_parts_no_register(tmp_path: Path) -> None:
    rows: Rows = [
        ("学生借阅登记表",),
        ("姓名", "", "班级", "书名", "借书日期"),
        ("林小满", "", "三（1）班", "小河", "2025-9-8"),
        ("高远", "", "三（1）班", "大山", "2025-9-9"),
    ]
    done = taken_over(tmp_path, {"借还登记": rows})
    assert [loan.name for loan in done.ledger_set.rows[LoanRow]] == ["林小满", "高远"]
    assert [reader.class_name for reader in done.ledger_set.rows[ReaderRow]] == ["三（1）班"] * 2


def test_a_draft_of_a_short_list_is_one_with_what_became_of_it(tmp_path: Path) -> None:
    header = ("书名", "册数", "定价")
    draft, final = (
        [header, ("小河", 2, 10), ("大山", 1, 20)],
        [header, ("小河", 3, 10), ("大山", 1, 20), ("田野", 2, 5)],
    )
    done = taken_over(tmp_path, {"目录（定稿）": final, "目录（初稿）": draft})
    assert len(copies(done)) == 6
    assert any("像是一张清单的几份" in said for said in done.journal.urgent)


def test_numbers_below_the_word_of_their_group_are_those_of_the_books(tmp_path: Path) -> None:
    rows = [
        ("登记", "登记", "图书", "图书", "价格"),
        ("日期", "号码", "书名", "著者", "（元）"),
        ("2020-3-5", "000201", "小河", "甲", 10),
        ("2020-3-6", "000202", "大山", "乙", 20),
    ]
    assert [(copy.accession_no, str(copy.accessioned_on)) for copy in copies(taken_over(tmp_path, {"册": rows}))] == [
        ("000201", "2020-03-05"), ("000202", "2020-03-06"),
    ]  # fmt: skip
