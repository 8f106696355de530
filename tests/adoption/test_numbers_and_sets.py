"""Numbers that stand on books are kept, numbers that count rows are none; sets are as many copies as they have."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adoption.old_lists import TODAY, Rows, copies, old_book, record_of, rows_of, taken_over
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.copies import stock
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.totals import ROW_NUMBER, sources_taken
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


@pytest.mark.parametrize(
    ("header", "numbers", "kept"),
    [
        ("书号", ("1205", "1206"), ("1205", "1206")),
        ("书号", ("TS0001", "TS0002"), ("TS0001", "TS0002")),
        ("书号", (7, 8), ("000007", "000008")),
        ("书号", ("TS-01", "TS-02"), ("TS-01", "TS-02")),
        ("书号", ("9787544291095", "9787020024759"), ("000001", "000002")),
        ("书号", ("10019·1205", "10019·1206"), ("000001", "000002")),
        ("书号", ("1205", "1205"), ("000001", "000002")),
        ("ISBN", ("1205", "1206"), ("000001", "000002")),
    ],
)
def test_what_stands_under_the_number_of_a_book(
    tmp_path: Path, header: str, numbers: tuple[Any, ...], kept: tuple[str, ...]
) -> None:
    rows = [(header, "书名", "定价"), (numbers[0], "小河", 10), (numbers[1], "大山", 12)]
    assert tuple(copy.accession_no for copy in copies(taken_over(tmp_path, {"书目": rows}))) == kept


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("登记号", "书名", "册数"), ("7", "大山", 1), ("8-10", "小河", 3)], "7 8 9 10"),
        ([("登记号", "书名", "册数"), ("TS98-101", "小河", 4)], "TS98 TS99 TS100 TS101"),
        (
            [("登记号", "书名", "册数"), ("8/9/10", "小河", 3), ("11.13", "大山", 2), ("14-15-17", "田野", 3)],
            "8 9 10 11 13 14 15 17",
        ),
        ([("登记号", "书名", "册数"), ("21-1001", "小河", 1), ("21-1002", "大山", 1)], "21-1001 21-1002"),
        ([("登记号", "书名", "册数"), ("21/1001", "小河", 2)], "21/1001 1"),
        ([("登记号", "书名", "作者"), ("6-7", "大山", "甲"), ("8-10", "小河", "乙")], "6 7 8 9 10"),
        ([("登记号", "书名", "作者"), ("8-10", "小河", "乙"), ("11", "大山", "甲")], "8 9 10 11"),
        ([("登记号", "书名", "作者"), ("21-1001", "小河", "乙"), ("21-1002", "大山", "甲")], "21-1001 21-1002"),
    ],
)
def test_a_range_may_end_in_more_figures_where_its_count_or_its_neighbours_say_so(
    tmp_path: Path, rows: Rows, kept: str
) -> None:
    found = [copy.accession_no.lstrip("0") for copy in copies(taken_over(tmp_path, {"书目": rows}))]
    assert found == kept.split()


def test_withdrawals_of_several_numbers_are_of_the_copies_that_the_books_have(tmp_path: Path) -> None:
    books = [
        ("登记号", "书名"),
        *((f"{number}", "小河" if number < 8 else "大山") for number in range(1, 11)),
        ("20-21", "海"),
    ]
    header = ("登记号", "书名", "注销日期", "原因")
    for written, title, gone in (
        ("8-10", "大山", ["000008", "000009", "000010"]),
        ("1/2", "小河", ["000001", "000002"]),
        # Not all of one book, or not all held: as it stands.
        ("6.7.8", "小河", ["6.7.8"]),
        ("9-12", "大山", ["9-12"]),
    ):
        (folder := tmp_path / gone[0]).mkdir()
        done = taken_over(folder, {"书目": books, "注销": [header, (written, title, "2025.3.10", "破损")]})
        assert [row.accession_no for row in rows_of(done, WithdrawalRow)] == gone
        assert sorted(one.accession_no for one in copies(done) if one.withdrawn_on) == [
            one for one in gone if len(gone) > 1
        ]


def test_a_letter_under_a_header_of_classes_is_a_class_in_short_lists_too(tmp_path: Path) -> None:
    rows = [("登录号", "书名", "类别", "架位"), ("000001", "小河", "I", "A"), ("000002", "大山", "K", "B")]
    assert [(copy.class_no, copy.location) for copy in copies(taken_over(tmp_path, {"书": rows}))] == [
        ("I", "A"),
        ("K", "B"),
    ]
    # The school's own words beside letters and numbers stay words.
    rows = [("登录号", "书名", "类别"), ("1", "小河", "I"), ("2", "大山", "自然科学"), ("3", "田野", "O6")]
    for header in ("类别", "分类号"):
        (folder := tmp_path / header).mkdir()
        done = taken_over(folder, {"书": [("登录号", "书名", header), *rows[1:]]})
        assert [(copy.class_no, copy.remarks) for copy in copies(done)] == [
            ("I", None), (None, f"{header}原记 自然科学"), ("O6", None),
        ]  # fmt: skip


def numbered(*titles: str, header: str = "编号") -> Rows:
    return [(header, "书名", "定价"), *((at, title, 10) for at, title in enumerate(titles, 1))]


@pytest.mark.parametrize(
    ("sheets", "numbers"),
    [
        ({"文学": numbered("小河", "大山"), "历史": numbered("史话", "秦朝")}, "1 2 3 4"),
        ({"书": [*numbered("小河", "大山"), *numbered("史话")[1:]]}, "1 2 3"),
        ({"文学": numbered("小河", "大山")}, "1 2"),
        ({"甲": numbered("小河", header="登录号"), "乙": numbered("史话", header="登录号")}, "1 1"),
        ({"旧书": [("登录号", "书名", "定价"), ("000001", "小河", 1)], "新书": numbered("史话")}, "1 2"),
        ({"文学": numbered("小河"), "历史": [("编号", "书名", "定价"), (2, "史话", 10), (3, "秦朝", 9)]}, "1 2 3"),
    ],
)
def test_numbers_that_begin_again_count_rows(tmp_path: Path, sheets: dict[str, Rows], numbers: str) -> None:
    done = taken_over(tmp_path, sheets)
    assert [int(copy.accession_no) for copy in copies(done)] == [int(number) for number in numbers.split()]
    assert [copy.remarks for copy in copies(done)] == [None] * len(copies(done))


def test_what_counts_rows_is_told_as_that(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"文学": numbered("小河"), "历史": numbered("史话")})
    (first, *_) = sources_taken(done.tables, done.journal)
    assert (first.columns[0].header, first.columns[0].taken_as) == ("编号", ROW_NUMBER)
    assert any("当作序号，没有当登记号" in one for one in done.journal.assumed)
    assert stock.NUMBERED.format(copies=2) in done.journal.assumed


def roster(class_name: str, *names: str, header: str = "学号") -> Rows:
    return [(header, "姓名", "班级"), *((at, name, class_name) for at, name in enumerate(names, 1))]


@pytest.mark.parametrize(
    ("sheets", "numbers"),
    [
        ({"一班": roster("三（1）班", "甲一", "乙二"), "二班": roster("三（2）班", "丙三")}, "S0001 S0002 S0003"),
        ({"全校": [*roster("三（1）班", "甲一", "乙二"), (2, "丙三", "三（2）班")]}, "S0001 S0002 S0003"),
        ({"一班": roster("三（1）班", "甲一", "乙二")}, "1 2"),
        ({"一班": roster("三（1）班", "甲一"), "二班": roster("三（1）班", "甲一")}, "1"),
        ({"全校": [("借书证号", "姓名", "班级"), (1, "甲一", "三（1）班"), (1, "丙三", "三（2）班")]}, "1 1"),
        ({"全校": [("学号", "姓名", "班级"), (101, "甲一", "三（1）班"), (101, "丙三", "三（2）班")]}, "101 101"),
    ],
)
def test_numbers_of_pupils_that_begin_again_in_each_class_are_no_cards(
    tmp_path: Path, sheets: dict[str, Rows], numbers: str
) -> None:
    done = taken_over(tmp_path, sheets)
    assert [reader.reader_no for reader in done.ledger_set.rows[ReaderRow]] == numbers.split()
    assert any("没有当读者证号" in one for one in done.journal.assumed) == numbers.startswith("S")


def test_a_register_with_such_numbers_tells_its_readers_by_name_and_class(tmp_path: Path) -> None:
    books = [("登录号", "书名", "定价"), ("000001", "小河", 10), ("000002", "大山", 10)]
    lent = [
        ("学号", "姓名", "班级", "登录号", "借书日期"),
        (1, "丙三", "三（2）班", "000001", "2025-09-10"),
        (1, "甲一", "三（1）班", "000002", "2025-09-10"),
    ]
    sheets = {"书": books, "一班": roster("三（1）班", "甲一"), "二班": roster("三（2）班", "丙三"), "借阅": lent}
    done = taken_over(tmp_path, sheets)
    names = {reader.reader_no: reader.name for reader in done.ledger_set.rows[ReaderRow]}
    loans = done.ledger_set.rows[LoanRow]
    assert [(names[loan.reader_no], loan.accession_no) for loan in loans] == [("丙三", "000001"), ("甲一", "000002")]


def of_sets(folder: Path, header: str, *lines: str) -> Adoption:
    return taken_over(folder, {"书": [header.split(","), *(line.split(",") for line in lines)]})


@pytest.mark.parametrize(
    ("header", "line", "held", "price"),
    [
        ("书名,单位,数量,单价,金额", "三国（全4册）,套,2,98.00,196", 8, "24.50"),
        ("书名,单位,数量,单价,金额", "三国（全4册）,套,2,24.50,196", 8, "24.50"),
        ("书名,计量单位,册数,单价", "三国（上下）,套,1,43.01", 2, "21.51"),
        ("书名,单位,数量,每套册数,单价", "三国,套,2,3,30", 6, "10.00"),
        ("书名,单位,数量,单价", "三国,套（4册）,2,98", 8, "24.50"),
        ("书名,单位,数量,单价", "三国,4册/套,2,98", 8, "24.50"),
        ("书名,套数,单价", "三国（全4册）,2,98", 8, "24.50"),
        ("书名,单价,册/套", "三国,98,4", 4, "24.50"),
        ("书名,数量,单价", "三国,1套（4本）,98", 4, "24.50"),
        ("书名,数量,单价", "三国,2套8册,98", 8, "24.50"),
        ("书名,数量,单价", "三国（全4册）,两套,98", 8, "24.50"),
        ("书名,数量,单价", "三国,2套（每套4本）,98", 8, "24.50"),
        ("书名,数量,单价", "三国,2套，每套4本,98", 8, "24.50"),
        ("书名,单位,数量,单价", "三国（全4册）,册,4,25", 4, "25.00"),
        ("登录号,书名,单位,数量,单价", "000001-000004,三国（全4册）,套,1,98", 4, "24.50"),
        ("登录号,书名,单位,数量,单价", "000001-000008,三国,套,2,98", 8, "24.50"),
        ("登录号,书名,单位,数量,单价", "000001,三国（全4册）,套,1,98", 1, "98.00"),
    ],
)
def test_sets_are_so_many_copies(tmp_path: Path, header: str, line: str, held: int, price: str) -> None:
    done = of_sets(tmp_path, header, line)
    assert (len(copies(done)), copies(done)[0].price) == (held, Decimal(price))
    count = done.journal.counts[What.COPIES]
    assert (count.came_in, count.unread, done.journal.unread, done.journal.urgent) == (held, 0, [], [])


def test_sets_of_nobody_knows_how_many_are_asked(tmp_path: Path) -> None:
    done = of_sets(tmp_path, "书名,单位,数量,单价", "三国,套,2,98", "小河,本,1,10")
    assert [copy.price for copy in copies(done)] == [98, 98, 10]
    assert "按套记的 1 行看不出一套几册" in done.journal.urgent[0]


def test_a_cell_that_can_be_read_in_two_ways_is_set_aside(tmp_path: Path) -> None:
    done = of_sets(tmp_path, "书名,数量,单价", "三国,2套（8本）,98", "小河,1,10")
    assert record_of(done, 2) == (RowOutcome.ASIDE, stock.NO_COPIES)


def test_a_title_of_more_volumes_than_copies_is_said(tmp_path: Path) -> None:
    done = of_sets(tmp_path, "书名,册数,单价", "三国（全4册）,1,98", "水浒（上下）,2,30")
    assert len(copies(done)) == 3
    assert [one for one in done.journal.assumed if "册数没有这么多的 1 行" in one]


@pytest.mark.parametrize(("unit", "remarks"), [("张", "单位：张"), ("本", None)])
def test_a_unit_is_no_class_of_a_borrower(tmp_path: Path, unit: str, remarks: str | None) -> None:
    done = of_sets(tmp_path, "日期,书名,单位,数量,单价,金额", f"2024-9-1,小河,{unit},2,10,20")
    assert [table.kind and table.kind.name for table in done.tables] == ["书目"]
    assert [(copy.accessioned_on, copy.remarks) for copy in copies(done)] == [(date(2024, 9, 1), remarks)] * 2


@pytest.mark.parametrize("header", ["全年价", "年定价", "全年订价"])
def test_the_price_of_a_periodical_is_that_of_the_period(tmp_path: Path, header: str) -> None:
    rows = [("刊名", "邮发代号", "份数", "单价", header), ("少年报", "1-23", 2, 1, 52)]
    (row,) = taken_over(tmp_path, {"报刊": rows}).ledger_set.rows[PeriodicalRow]
    assert (row.price, row.remarks) == (52, "单价：1")


def test_the_year_in_the_title_is_the_period_of_the_papers_and_a_list_saved_anew_is_one(tmp_path: Path) -> None:
    def period(title: str) -> list[tuple[date | None, date | None]]:
        rows = [(title,), ("刊名", "邮发代号", "份数", "金额"), ("少年报", "1-23", 2, 104), ("小学生", "2-34", 1, 60)]
        paths = [old_book(tmp_path / f"{name}.xlsx", {"报刊": rows}) for name in ("甲", "乙")]
        found = adopt(paths, Options(as_of=TODAY)).ledger_set.rows[PeriodicalRow]
        return [(row.starts_on, row.ends_on) for row in found]

    year = (date(2025, 1, 1), date(2025, 12, 31))
    assert period("2025年报刊订阅清单") == [year] * 2
    assert period("2025年度下半年报刊") == [(date(2025, 7, 1), year[1])] * 2
    for unclear in ("2024-2025学年报刊", "2025年秋季报刊", "报刊"):
        assert period(unclear) == [(None, None)] * 2


def test_the_barcodes_a_line_lists_are_the_numbers_of_its_copies(tmp_path: Path) -> None:
    lines = [("小河", "0030001;0030002", 2), ("大山", "0030003", 1), ("田野", "0030004、0030005", 2)]
    lent = [("条码号", "读者姓名", "班级", "借出时间"), ("0030002", "甲一", "三（1）班", "2025-9-3")]
    for width in (2, 3):
        (folder := tmp_path / str(width)).mkdir()
        header = ("题名", "条码号", "复本数")[:width]
        done = taken_over(folder, {"书目": [header, *(line[:width] for line in lines)], "借阅": lent})
        assert [copy.accession_no for copy in copies(done)] == [f"003000{at}" for at in range(1, 6)]
        assert done.ledger_set.rows[LoanRow][0].accession_no == "0030002"


@pytest.mark.parametrize("barcodes", [("000002", "000001"), ("000205",), ("000207", None, "000205")])
def test_barcodes_of_digits_are_the_numbers_of_copies_however_few_there_are(
    tmp_path: Path, barcodes: tuple[str | None, ...]
) -> None:
    rows = [("条码", "书名"), *((code, f"书{at}") for at, code in enumerate(barcodes))]
    done = taken_over(tmp_path, {"书目": rows})
    assert [copy.accession_no for copy in copies(done)] == [code or "000208" for code in barcodes]


def test_a_label_goes_before_a_number_that_was_given_just_now(tmp_path: Path) -> None:
    books = [("条码", "书名"), ("T02", "小河"), ("000001", "大山")]
    lent = [("条码", "读者姓名", "班级", "借出时间"), ("000001", "甲一", "三（1）班", "2025-9-3")]
    done = taken_over(tmp_path, {"书目": books, "借阅": lent})
    (loan,) = done.ledger_set.rows[LoanRow]
    assert [copy.title for copy in copies(done) if copy.accession_no == loan.accession_no] == ["大山"]


def test_the_name_of_a_class_below_a_book_is_no_number_of_it(tmp_path: Path) -> None:
    rows = [("编号", "书名", "册数"), ("0001-0002", "小河", 2), ("Q类",), ("0003", "大山", 1)]
    assert [copy.accession_no for copy in copies(taken_over(tmp_path, {"书目": rows}))] == ["0001", "0002", "0003"]


def test_a_remark_tells_the_volumes_of_a_set(tmp_path: Path) -> None:
    rows = [("书名", "册数", "单价", "备注"), ("三国", 3, 43, "一套三册，套价"), ("水浒", 1, 60, "全4册")]
    whole = taken_over(tmp_path, {"书目": [("书名", "册数", "单价", "金额"), ("水浒（上中下）", 3, 43, 43)]})
    assert [str(copy.price) for copy in copies(whole)] == ["14.34", "14.33", "14.33"]
    counted = [("书名", "套数", "单价", "备注"), ("西游", 2, 60, "每套3册")]
    done = taken_over(tmp_path, {"书目": rows, "套书": counted})
    assert [copy.title for copy in copies(done)] == ["三国"] * 3 + ["水浒"] + ["西游"] * 6
    assert {str(copy.price) for copy in copies(done)} == {"14.34", "14.33", "60.00", "20.00"}
    assert any("全几册、册数没有这么多的 1 行（第一处《旧账.xlsx》书目 第 3" in said for said in done.journal.assumed)


def test_the_price_of_a_set_of_one_volume_is_that_of_each_copy(tmp_path: Path) -> None:
    rows = [("书名", "套价", "每套册数", "套数", "总册数"), ("三国", 30, 3, 2, 6), ("小河", 12, 1, 2, 2)]
    found = copies(taken_over(tmp_path, {"清单": rows}))
    assert [copy.price for copy in found] == [10] * 6 + [12] * 2


def test_of_a_set_with_a_volume_a_line_it_is_told_that_the_price_may_be_that_of_the_set(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "单价"), *((at, "三国（全3册）", 43) for at in (1, 2, 3)), (4, "水浒（全3册）", 20)]
    done = taken_over(tmp_path, {"书目": rows})
    told = [one for one in done.journal.assumed if "是一册的还是一套的 3 行（第一处《旧账.xlsx》书目 第 2 行）" in one]
    assert len(told) == 1


@pytest.mark.parametrize("lent", [["001205", "001206"], ["1205", "001206"]])
def test_zeros_that_the_list_of_books_lost_are_those_of_the_register(tmp_path: Path, lent: list[str]) -> None:
    books = [("登记号", "书名"), (1205, "小河"), (1206, "大山")]
    loans = [("借书日期", "姓名", "班级", "登记号"), *(("2025-09-03", "甲一", "三（1）班", number) for number in lent)]
    done = taken_over(tmp_path, {"书目": books, "借阅登记": loans})
    numbers = [copy.accession_no for copy in copies(done)]
    assert numbers == (["001205", "001206"] if lent[0] == "001205" else ["1205", "1206"])
    assert [loan.accession_no for loan in done.ledger_set.rows[LoanRow]] == numbers


def test_a_log_that_calls_the_number_as_a_list_of_books_may_is_a_log(tmp_path: Path) -> None:
    books = [("书号编号", "书名"), ("001205", "小河")]
    log = [("操作日期", "操作", "姓名", "班级", "书号编号"), ("2025-09-03", "借书", "甲一", "三（1）班", "001205")]
    done = taken_over(tmp_path, {"书目": books, "流水": log})
    assert [loan.accession_no for loan in done.ledger_set.rows[LoanRow]] == ["001205"]


@pytest.mark.parametrize(("header", "count"), [("编号", 3), ("图书编号", 3), ("登记号", 2)])
@pytest.mark.parametrize("numbers", [("1", "1", "2"), ("W01", "W01", "W02")])
def test_a_number_of_titles_is_none_of_copies(
    tmp_path: Path, header: str, count: int, numbers: tuple[str, ...]
) -> None:
    titles = ("小河", "小河", "大山")
    rows = [(header, "书名", "定价"), *((number, title, 10) for number, title in zip(numbers, titles, strict=True))]
    done = taken_over(tmp_path, {"书目": rows})
    assert len(copies(done)) == count
