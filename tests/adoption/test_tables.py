"""Where tables stand: below titles, one below the other, side by side, or nowhere to be made out."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adoption.old_lists import HEADER, TODAY, Rows, book, copies, old_book, record_of, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.forms import tables
from schoollib_xl.adoption.forms.own_names import OwnNames
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.mapping_file import read_mapping, write_mapping
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.own_totals import differing
from schoollib_xl.adoption.report import AdoptionResult, report_answer
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow

ROSTER = ("学号", "姓名", "班级")


def test_two_tables_one_below_the_other_are_two_tables(tmp_path: Path) -> None:
    rows = [HEADER, book(), (), ROSTER, ("S1", "林小满", "三（1）班"), ("S2", "周小麦", "三（1）班")]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert (len(copies(done)), len(done.ledger_set.rows[ReaderRow])) == (1, 2)
    assert [table.kind.name for table in done.tables if table.kind] == ["书目", "读者名册"]


def test_two_tables_side_by_side_are_two_tables(tmp_path: Path) -> None:
    rows = [
        ("书名", "分类号", "册数", None, *ROSTER),
        ("城南旧事", "I246.5", 2, None, "S1", "林小满", "三（1）班"),
        (None, None, None, None, "S2", "周小麦", "三（1）班"),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert (len(copies(done)), len(done.ledger_set.rows[ReaderRow])) == (2, 2)
    assert record_of(done, 2, "Sheet1（并排第 2 张）") == (RowOutcome.ADOPTED, "读者名册 S1")


def test_a_roster_printed_in_two_columns_is_read_in_both(tmp_path: Path) -> None:
    rows = [
        ("三（1）班名册",),
        ("学号", "姓名", "学号", "姓名"),
        ("1", "林小满", "3", "苏小禾"),
        ("2", "周小麦", None, None),
    ]
    done = taken_over(tmp_path, {"名册": rows})
    assert sorted(row.name for row in done.ledger_set.rows[ReaderRow]) == ["周小麦", "林小满", "苏小禾"]


def test_an_unknown_table_is_set_aside_row_by_row(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"值日": [("星期", "打扫"), ("一", "林小满")], "书目": [HEADER, book()]})
    assert record_of(done, 2, "值日") == (RowOutcome.ASIDE, tables.UNKNOWN)
    assert len(copies(done)) == 1


def test_a_table_without_a_header_waits_for_a_mapping(tmp_path: Path) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"Sheet1": [("城南旧事", "林海音", 3), ("草房子", "曹文轩", 2)]})
    first = adopt([path], Options(TODAY))
    assert first.is_empty
    mapping = old_book(
        tmp_path / "账册对照.xlsx",
        {
            "账册对照": [
                ("标准账册", "本校工作表", "标准栏目", "本校栏目", "来源文件"),
                ("书目", "Sheet1", None, None, "旧账.xlsx"),
                ("书目", "Sheet1", "书名", "第1列", "旧账.xlsx"),
                ("书目", "Sheet1", "著者", "第2列", "旧账.xlsx"),
                ("书目", "Sheet1", "册数", "第3列", None),
            ]
        },
    )
    second = adopt([path], Options(TODAY, names=OwnNames.of(read_mapping(mapping).lines)))
    assert [(copy.title, copy.author) for copy in copies(second)] == [("城南旧事", "林海音")] * 3 + [
        ("草房子", "曹文轩")
    ] * 2


def test_the_mapping_that_is_written_says_the_same_when_read(tmp_path: Path) -> None:
    path = old_book(
        tmp_path / "旧账.xlsx",
        {"书目": [(*HEADER, "主题"), (*book(copies=2), "童年")], "名册": [ROSTER, ("S1", "林小满", "三（1）班")]},
    )
    first = adopt([path], Options(TODAY))
    mapping = write_mapping(first.tables, (), tmp_path / "账册对照.xlsx")
    second = adopt([path], Options(TODAY, names=OwnNames.of(read_mapping(mapping).lines)))
    assert second.ledger_set == first.ledger_set


def test_a_mapping_decides_what_a_column_is_and_what_is_not_wanted(tmp_path: Path) -> None:
    path = old_book(
        tmp_path / "旧账.xlsx",
        {
            "书目": [(*HEADER, "放哪", "主题"), (*book(), "二楼", "童年")],
            "名册": [ROSTER, ("S1", "林小满", "三（1）班")],
        },
    )
    mapping = old_book(
        tmp_path / "对照.xlsx",
        {
            "对照": [
                ("标准账册", "本校工作表", "标准栏目", "本校栏目"),
                ("书目", "书目", "馆藏地", "放哪"),
                ("书目", "书目", "不接收", "主题"),
                ("不接收", "名册", None, None),
            ]
        },
    )
    done = adopt([path], Options(TODAY, names=OwnNames.of(read_mapping(mapping).lines)))
    (copy,) = copies(done)
    assert (copy.location, copy.remarks) == ("二楼", None)
    assert record_of(done, 2, "名册") == (RowOutcome.ASIDE, tables.UNWANTED)
    assert ReaderRow not in done.ledger_set.rows


def test_what_is_personal_is_neither_taken_over_nor_reported(tmp_path: Path) -> None:
    rows = [(*ROSTER, "身份证号", "家长电话"), ("S1", "林小满", "三（1）班", "510682201601010011", "13800000000")]
    done = taken_over(tmp_path, {"名册": rows})
    said = repr((done.ledger_set, done.journal))
    assert "510682201601010011" not in said
    assert "13800000000" not in said
    assert any("身份证号" in sentence for sentence in done.journal.assumed)


def test_a_standard_sheet_is_known_by_its_name(tmp_path: Path) -> None:
    rows = [
        ("借阅序号", "借出日期", "读者证号", "个别登记号", "应还日期"),
        ("J1", "2025-9-8", "S1", "000001", "2025-9-22"),
    ]
    done = taken_over(tmp_path, {"借阅登记账": rows})
    assert [loan.loan_no for loan in done.ledger_set.rows[LoanRow]] == ["J1"]


UNKNOWN_TABLE = [("啥书", "谁写的", "几块钱"), ("小河", "甲", "10"), ("大山", "乙", "20")]


def test_an_unknown_table_keeps_its_own_headers_in_the_mapping(tmp_path: Path) -> None:
    import openpyxl

    path = old_book(tmp_path / "旧账.xlsx", {"表": UNKNOWN_TABLE})
    written = write_mapping(adopt([path], Options(TODAY)).tables, (), tmp_path / "账册对照.xlsx")
    sheet = openpyxl.load_workbook(written)["账册对照"]
    headers = [row[3] for row in sheet.iter_rows(values_only=True) if row[1] == "表" and row[3]]
    assert headers == ["啥书", "谁写的", "几块钱"]
    assert {str(rule.sqref)[0] for rule in sheet.data_validations.dataValidation} == {"A", "C"}


def test_the_examples_of_a_column_in_the_mapping_are_of_its_own_table(tmp_path: Path) -> None:
    import openpyxl

    rows = [("书名", "著者"), ("小河", "甲一"), (), ("姓名", "班级"), ("林春", "三（1）班")]
    done = taken_over(tmp_path, {"表": rows})
    sheet = openpyxl.load_workbook(write_mapping(done.tables, (), tmp_path / "账册对照.xlsx"))["账册对照"]
    examples = {row[3]: row[6] for row in sheet.iter_rows(values_only=True) if row[1] == "表" and row[3]}
    assert examples == {"书名": "小河", "著者": "甲一", "姓名": "林春", "班级": "三（1）班"}


@pytest.mark.parametrize("is_last", [True, False])
def test_a_row_without_a_serial_does_not_make_the_others_numbers_of_copies(tmp_path: Path, is_last: bool) -> None:
    def listed(*titles: str) -> list[tuple[object, ...]]:
        rows = [("书名", "编号", "单价"), *((title, at if at < 3 else None, 8) for at, title in enumerate(titles, 1))]
        return [(row[0], row[2], row[1]) if is_last else row for row in rows]

    done = taken_over(tmp_path, {"柜一": listed("小河", "大山", "田野"), "柜二": listed("海", "湖", "江")})
    assert any("当作序号" in said for said in done.journal.assumed)
    assert sorted(copy.accession_no for copy in copies(done)) == [f"00000{at}" for at in range(1, 7)]


@pytest.mark.parametrize(
    "lines",
    [
        [("书目", "表", "书名", "啥书")],
        [("书目", "表", "书名", "第1列")],
        [("书目", "表", None, None), ("书目", "表", "书名", "啥书")],
    ],
)
def test_a_header_nobody_knew_is_a_header_where_the_mapping_names_its_columns(
    tmp_path: Path, lines: list[tuple[str | None, ...]]
) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"表": UNKNOWN_TABLE})
    mapping = old_book(tmp_path / "对照.xlsx", {"对照": [("标准账册", "本校工作表", "标准栏目", "本校栏目"), *lines]})
    done = adopt([path], Options(TODAY, names=OwnNames.of(read_mapping(mapping).lines)))
    assert [copy.title for copy in copies(done)] == ["小河", "大山"]


@pytest.mark.parametrize(
    ("line", "slip"),
    [(("书目", "没有", "书名", "啥书"), "本校工作表“没有”没有找到"), (("书目", "表", "书明", "啥书"), "是不是“书名”")],
)
def test_a_slip_in_the_mapping_is_said_where_nothing_is_taken_over_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: tuple[str, ...], slip: str
) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"表": UNKNOWN_TABLE})
    header = ("标准账册", "本校工作表", "标准栏目", "本校栏目")
    mapping = old_book(tmp_path / "对照.xlsx", {"对照": [header, line]})
    assert main(["adopt", str(path), "--into", str(tmp_path / "新.xlsx"), "--mapping", str(mapping)]) == 2
    assert slip in capsys.readouterr().err


def test_a_table_named_alone_is_honoured_with_the_headers_that_are_known(tmp_path: Path) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"表": [("书名", "颜色"), ("小河", "红")]})
    assert adopt([path], Options(TODAY)).is_empty
    mapping = old_book(
        tmp_path / "对照.xlsx", {"对照": [("标准账册", "本校工作表", "标准栏目", "本校栏目"), ("书目", "表")]}
    )
    done = adopt([path], Options(TODAY, names=OwnNames.of(read_mapping(mapping).lines)))
    assert [(copy.title, copy.remarks) for copy in copies(done)] == [("小河", "颜色：红")]


def test_a_list_of_titles_and_one_of_their_copies_are_one_stock(tmp_path: Path) -> None:
    titles = [("书名", "ISBN", "单价", "册数"), ("小河", "9787020024759", 10, 2), ("大山", "9787020090006", 20, 3)]
    single = [
        ("登录号", "书名", "ISBN"),
        ("000001", "小河", "9787020024759"),
        ("000002", "小河", "9787020024759"),
        ("000003", "大山", "9787020090006"),
    ]
    done = taken_over(tmp_path, {"书目": titles, "单册": single})
    assert [(copy.accession_no, copy.title, copy.price) for copy in copies(done)] == [
        ("000004", "大山", 20), ("000005", "大山", 20),
        ("000001", "小河", 10), ("000002", "小河", 10), ("000003", "大山", 20),
    ]  # fmt: skip
    counted = done.journal.counts
    assert (counted[What.COPIES].came_in, counted[What.COPIES].merged) == (8, 3)
    assert counted[What.MONEY].came_in - counted[What.MONEY].merged == 80


@pytest.mark.parametrize("header", ["编号", "系统号", "条形码"])
def test_the_numbers_that_stand_on_the_books_are_kept(tmp_path: Path, header: str) -> None:
    rows = [(header, "书名", "著者"), ("1205", "小河", "甲"), ("1207", "大山", "乙"), ("1301", "田野", "丙")]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.accession_no for copy in copies(done)] == ["1205", "1207", "1301"]


@pytest.mark.parametrize("header", ["书架位置", "放哪", "存放位置(架位)"])
def test_a_shelf_is_no_class(tmp_path: Path, header: str) -> None:
    rows = [("书名", "著者", header), ("小河", "甲", "A-1-1"), ("大山", "乙", "A-1-2"), ("田野", "丙", "B-2-1")]
    assert [copy.class_no for copy in copies(taken_over(tmp_path, {"书目": rows}))] == [None] * 3


@pytest.mark.parametrize(
    ("sheet", "rows", "names"),
    [
        ("三（1）班", [("序号", "姓名", "性别"), (1, "甲一", "男"), (2, "乙二", "女")], ["甲一", "乙二"]),
        (
            "Sheet1",
            [("三（1）班学生名单",), ("序号", "姓名", "序号", "姓名"), (1, "甲一", 2, "乙二")],
            ["甲一", "乙二"],
        ),
        ("三（1）班分组", [("第一组", "第二组"), ("甲一", "乙二"), ("丙三", None)], ["甲一", "丙三", "乙二"]),
        ("三（1）班", [("姓名",), ("甲一",)], ["甲一"]),
    ],
)
def test_a_roster_is_known_by_its_title(
    tmp_path: Path, sheet: str, rows: list[tuple[object, ...]], names: list[str]
) -> None:
    done = taken_over(tmp_path, {sheet: rows})
    assert [(row.name, row.class_name) for row in done.ledger_set.rows[ReaderRow]] == [(n, "三（1）班") for n in names]


def test_who_is_in_a_unit_and_no_class_is_a_teacher_or_staff(tmp_path: Path) -> None:
    rows = [("借书证号", "姓名", "单位"), ("1", "赵老", "教师"), ("2", "钱工", "后勤"), ("3", "甲一", "三（1）班")]
    done = taken_over(tmp_path, {"名册": rows})
    assert [str(row.kind) for row in done.ledger_set.rows[ReaderRow]] == ["教师", "职工", "学生"]
    assert [(row.class_name, row.pupils) for row in done.ledger_set.rows[ClassRow]] == [("三（1）班", 1)]


def test_taiwanese_headers_and_years_are_read(tmp_path: Path) -> None:
    rows = [
        ("登錄號", "題名", "索書號", "館藏地", "價格", "入藏日期"),
        ("000001", "小河", "I287.5/51", "書庫", "100元", "114/9/1"),
        ("000002", "大山", "I287.5\nZ52", "書庫", "100元", "114/9/1"),
    ]
    copy, other = copies(taken_over(tmp_path, {"館藏": rows}))
    assert (copy.accession_no, copy.title, copy.class_no, copy.book_no) == ("000001", "小河", "I287.5", "51")
    assert (other.class_no, other.book_no) == ("I287.5", "Z52")
    assert (copy.location, copy.accessioned_on) == ("書庫", date(2025, 9, 1))


def test_a_header_may_stand_on_two_rows(tmp_path: Path) -> None:
    rows = [
        ("登记号", "图书情况", None, "价格"),
        (None, "书名", "著者", None),
        ("0001", "小河", "甲", "10.00"),
        ("0002", "大山", "乙", "12.00"),
    ]
    done = taken_over(tmp_path, {"书": rows})
    assert [(one.accession_no, one.title, one.author, str(one.price)) for one in copies(done)] == [
        ("0001", "小河", "甲", "10.00"),
        ("0002", "大山", "乙", "12.00"),
    ]
    assert sum(table.filled_rows for table in done.tables) == len(done.journal.row_records) == 4


def test_month_and_day_on_two_columns_are_one_date(tmp_path: Path) -> None:
    rows = [
        ("2025—2026学年借阅登记簿",),
        ("借出日期", None, "读者", None, "书名", "归还日期", None),
        ("月", "日", "班级", "姓名", None, "月", "日"),
        (12, 30, "三（1）班", "甲一", "小河", 1, 6),
        (None, 31, "〃", "乙二", "大山", None, None),
        (1, 5, "三（2）班", "丙三", "田野", 1, 9),
    ]
    loans: list[LoanRow] = taken_over(tmp_path, {"借阅": rows}).ledger_set.rows[LoanRow]
    assert [(one.lent_on, one.returned_on) for one in loans] == [
        (date(2025, 12, 30), date(2026, 1, 6)),
        (date(2025, 12, 31), None),
        (date(2026, 1, 5), date(2026, 1, 9)),
    ]


def test_surname_and_given_name_are_one_name(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"名册": [("会员号", "姓", "名", "所属部门"), ("1001", "林", "小满", "三（1）班")]})
    (reader,) = done.ledger_set.rows[ReaderRow]
    assert (reader.reader_no, reader.name, reader.class_name) == ("1001", "林小满", "三（1）班")


def test_a_day_below_the_header_of_a_group_is_the_day_of_that_group(tmp_path: Path) -> None:
    header = (None, "书名", "作者", "日期", "单价", "册数")
    rows = [
        ("青山小学图书登记册", *[None] * 5),
        ("序号", "图书信息", None, "购置", None, None),
        header,
        (1, "小河", "甲一", "2019年3月5日", "12.5元", "三"),
        ("序号", *header[1:]),
        (2, "星空", "戊五", "2019年3月8日", "8", 1),
    ]
    done = taken_over(tmp_path, {"赠书": rows})
    assert [table.header_row for table in done.tables] == [3]
    assert [copy.accessioned_on for copy in copies(done)] == [date(2019, 3, 5)] * 3 + [date(2019, 3, 8)]


def test_a_day_below_a_group_nobody_knows_is_kept_in_words(tmp_path: Path) -> None:
    rows = [("图书", None, "开会", None), ("书名", "作者", "日期", "单价"), ("小河", "甲", "3月5日", 8)]
    (copy,) = copies(taken_over(tmp_path, {"赠书": rows}))
    assert copy.remarks == "日期：3月5日"


@pytest.mark.parametrize(
    "foot",
    [
        ("校长签字：张三", None, "保管员：李四"), ("负责人（签字）：", None, "监交人（签字）："), ("图书室（章）",),
        ("（以下空白）",), ("———", "———", "———"), ("说明：本批图书由县教育局配发",), ("备注：定价为码洋。",),
    ],
)  # fmt: skip
def test_what_a_list_says_below_its_last_row_is_no_book(foot: tuple[str | None, ...], tmp_path: Path) -> None:
    rows = [("书名", "著者", "单价"), ("城南旧事", "林海音", 25), ("负责人", "甲", 10), foot]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert [copy.title for copy in copies(done)] == ["城南旧事", "负责人"]
    assert record_of(done, 4, "Sheet1") == (RowOutcome.ASIDE, tables.CLOSING)


@pytest.mark.parametrize(
    ("header", "carried"),
    [
        (("登录号", "书名", "著者", "单价"), [(None, "过次页", None, "10.00"), (None, "承前页", None, "10.00")]),
        (("登录号", "书名", "著者", "册数", "单价"), [("过次页", None, None, 1, 10), ("承前页", None, None, 1, 10)]),
        (("登录号", "书名", "著者", "单价"), [("接上页", None, None, 10), ("转第 3 页", None, None, 10)]),
        (("登录号", "书名", "著者", "单价"), [("本年累计", None, None, 22), (3, "本学期合计：", "2 册", 22)]),
    ],
)
def test_what_a_page_carries_over_is_no_book(
    tmp_path: Path, header: tuple[str, ...], carried: list[tuple[object, ...]]
) -> None:
    held = (1,) if "册数" in header else ()
    rows = [header, ("0101", "红岩", "甲", *held, 10), *carried, ("0102", "小计算家", "乙", *held, 12)]
    done = taken_over(tmp_path, {"财产账": [*rows, ("小计算机", "大山", "丙", *held, 5)]})
    assert [copy.title for copy in copies(done)] == ["红岩", "小计算家", "大山"]
    assert done.journal.counts[What.COPIES].came_in == 3
    assert [record_of(done, row) for row in (3, 4)] == [(RowOutcome.ASIDE, tables.TOTAL)] * 2


def test_a_total_of_one_page_is_not_held_against_the_whole_list(tmp_path: Path) -> None:
    rows = [HEADER, book(copies=2), ("承前页", *[None] * 5, 2), book("大山", 3), ("合计", *[None] * 5, 5)]
    done = taken_over(tmp_path, {"书目": [*rows, book("田野", 1), ("本页小计", *[None] * 5, 4)]})
    tables_said = report_answer(done, AdoptionResult((), (), ())).sections[0].tables
    (part,) = [part for part in tables_said if part.heading == "旧表自己写的合计"]
    assert [tuple(row[2:]) for row in part.rows] == [("5", "册数", 5, 5, "一致")]


@pytest.mark.parametrize(
    "title",
    [
        ("图书登记表（第2页）",),
        (None, "图书登记表"),
        ("图书登记表", None, None, "第 2 页"),
        ("图书登记表", None, "共3页"),
    ],
)
def test_the_title_that_a_page_begins_with_is_no_book_and_parts_no_marks(
    tmp_path: Path, title: tuple[str | None, ...]
) -> None:
    header = ("登录号", "书名", "著者", "单价")
    page = [title, header, (None, "承前页", None, "10.00"), ("0002", "〃", "同上", "〃")]
    rows = [("图书登记表",), header, ("0001", "红岩", "甲", "10"), *page, title, header, ("0003", "大山", "乙", "5")]
    done = taken_over(tmp_path, {"财产账": rows})
    assert [(copy.title, copy.author) for copy in copies(done)] == [("红岩", "甲"), ("红岩", "甲"), ("大山", "乙")]
    assert [record_of(done, row)[1] for row in (4, 8)] == [tables.ABOVE] * 2


def test_a_card_begins_with_what_the_one_before_began_with(tmp_path: Path) -> None:
    header = ("借出日期", "书名", "归还日期")
    card = [("借书卡",), ("姓名：甲一", None, "班级：三（1）班"), header, ("2025.9.3", "红岩", "2025.9.9")]
    done = taken_over(tmp_path, {"卡": [*card, ("借书卡",), ("姓名：乙二", None, "班级：三（1）班"), header, card[-1]]})
    assert [row.name for row in done.ledger_set.rows[LoanRow]] == ["甲一", "乙二"]
    assert done.journal.counts[What.LOANS].came_in == 2


def test_a_mark_with_nothing_above_it_is_told_and_is_no_name(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "著者"), ("0001", "〃", "〃"), ("0002", "红岩", None), ("0003", "〃", "同上")]
    done = taken_over(tmp_path, {"财产账": rows})
    assert [(copy.title, copy.author) for copy in copies(done)] == [(None, None), ("红岩", None), ("红岩", None)]
    assert [(one.place.row, one.header) for one in done.journal.unread] == [(2, "书名"), (2, "著者"), (4, "著者")]


def test_headers_merged_over_two_rows_head_each_page_of_one_list(tmp_path: Path) -> None:
    header = [("编号", "书名", "册数", "价格", None), ("编号", "书名", "册数", "单价", "码洋")]
    rows = [
        ("入库日期：2019年10月18日", None, "来源：县教育局配发"),
        *header,
        ("0001-0003", "小河", 3, "8元", "24元"),
        ("本页小计", None, 3, None, "24元"),
        (),
        ("图书登记簿（续）",),
        *header,
        ("0004", "大山", 1, "9元", "9元"),
        ("合计", None, 4, None, "33元"),
    ]
    done = taken_over(tmp_path, {"2019年配发": rows})
    assert [(copy.title, copy.accessioned_on) for copy in copies(done)] == [
        *[("小河", date(2019, 10, 18))] * 3, ("大山", date(2019, 10, 18))
    ]  # fmt: skip
    assert not list(differing(done.tables))


def test_units_below_the_headers_are_no_book(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "单价"), ("（6位）", None, "（元）"), ("000001", "小河", 8), (None, "（上）", None)]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.title, copy.price) for copy in copies(done)] == [("小河", 8), ("（上）", None)]


def test_a_ledger_of_pages_with_two_rows_of_headers_is_one_list(tmp_path: Path) -> None:
    page: Rows = [
        ("日期", None, "书名", "登录号", "册数", "单价", None, "金额"),
        ("月", "日", None, None, None, "元", "角", None),
    ]
    rows = [
        ("2021年图书登记账",), *page,
        (3, 12, "小河", "1001–1004，缺1003", 3, 12, 5, 37.5), (None, None, "大山", "1005", 1, 8, 0, 8),
        (None, None, "（作废）", "1006", None, None, None, None), ("以上核对无误　张",),
        (None, None, "过次页", None, 4, None, None, 45.5), ("第2页",), *page,
        (None, None, "接上页", None, 4, None, None, 45.5), (5, 20, "田野", "1007-1008", 2, 9, 0, 18),
        (None, None, "星空", "1009", 1, 5, 5, 5.5), (None, None, "海", "1010", 1, 5, 5, 5.5),
        (None, None, "本年累计", None, 8, None, None, 74.5),
    ]  # fmt: skip
    done = taken_over(tmp_path, {"2021年": rows})
    held = [(copy.accession_no, copy.price, copy.accessioned_on.month) for copy in copies(done) if copy.accessioned_on]
    first = [("1001", Decimal("12.5"), 3), ("1002", Decimal("12.5"), 3), ("1004", Decimal("12.5"), 3), ("1005", 8, 3)]
    assert held == [*first, ("1007", 9, 5), ("1008", 9, 5), ("1009", Decimal("5.5"), 5), ("1010", Decimal("5.5"), 5)]
    assert not done.journal.unread
    assert not differing(done.tables)


def test_a_line_over_the_books_is_their_place_and_no_row_goes_with_it(tmp_path: Path) -> None:
    header = ("登记号", "书名", "定价")
    rows = [
        ("图书目录",), ("第1柜",), header, (1, "小河", 1), ("第2柜",), header, (2, "大山", 1), (3, "田野", 1),
        # A row below a line alone, and a page after it.
        ("第3柜",), (4, "星空", 1), ("第4柜",), header, (5, "海", 1),
    ]  # fmt: skip
    done = taken_over(tmp_path, {"书目": rows})
    # Of those above 星空 the list says that others of it stand elsewhere.
    assert [(copy.title, copy.location) for copy in copies(done)] == [
        ("小河", "第1柜"), ("大山", None), ("田野", None), ("星空", None), ("海", "第4柜"),
    ]  # fmt: skip
