"""Columns and tables nobody recognised: offered with what they may be, and taken over by one word of hers."""

import sys
from math import inf
from pathlib import Path
from types import FrameType

import pytest

from adoption.old_lists import TODAY, Rows, adopt_tables, copies, old_book, record_of, taken_over
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.forms.own_names import OwnName, OwnNames
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.totals import sources_taken
from schoollib_xl.adoption.unclear.guesses import guessed_kind, guesses
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.cells import Grid

STRANGE = [
    ("登记号", "书名", "要花多少", "搁哪儿", "系统号", "谁家出的"),
    ("1205", "小河", "10.50", "A-1-1", "97", "北京出版社"),
    ("1206", "大山", "11.00", "A-1-2", "98", "北京出版社"),
    ("1207", "田野", "8", "B-2-1", "99", "人民教育出版社"),
]


def offered(done: Adoption) -> dict[str, str]:
    return {guess.header: guess.standard for table in done.tables for guess in guesses(table)}


def own(*columns: tuple[str, str]) -> OwnNames:
    return OwnNames.of(OwnName("", "", "", standard, header) for header, standard in columns)


def test_what_a_column_may_be_is_told_by_its_cells(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书": STRANGE})
    assert offered(done) == {"要花多少": "单价", "搁哪儿": "馆藏地", "谁家出的": "出版社"}
    assert copies(done)[0].remarks == "要花多少：10.50；搁哪儿：A-1-1；系统号：97；谁家出的：北京出版社"


def test_one_word_of_hers_takes_a_column_over(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书": STRANGE}, names=own(("搁哪儿", "馆藏地"), ("系统号", "不接收")))
    first = copies(done)[0]
    assert (first.location, first.remarks) == ("A-1-1", "要花多少：10.50；谁家出的：北京出版社")


def test_a_table_nobody_recognised_is_offered_for_what_it_may_be(tmp_path: Path) -> None:
    rows = [("书", "作的人", "多少钱"), ("小河", "林海音", "10.50"), ("大山", "曹文轩", "8.00"), ("田", "冰心", "9.00")]
    path = old_book(tmp_path / "旧账.xlsx", {"Sheet1": rows})
    (table,) = adopt([path], Options(TODAY)).tables
    kind = guessed_kind(table)
    assert (kind and kind.name, [guess.standard for guess in guesses(table)][::2]) == ("书目", ["书名", "单价"])
    # Who is on a list of cards exchanged may have left.
    changed = [("旧证号", "新证号", "姓名"), ("0012", "202301", "林一"), ("0013", "202302", "周二")]
    done = taken_over(tmp_path, {"书目": [("登录号", "书名"), ("0001", "小河")], "换证": changed})
    assert not [one for table in done.tables if table.sheet == "换证" for one in guesses(table)]


def test_a_number_that_never_ends_is_no_day() -> None:
    rows: Grid = [["甲", "乙"], [inf, 1.0], [inf, 2.0], [inf, 3.0]]
    done = adopt_tables([SourceSheet("旧账.xlsx", "Sheet1", rows)], Options(TODAY))
    assert [guessed_kind(table) for table in done.tables] == [None]


def calls_for(columns: int, tmp_path: Path) -> int:
    """How many functions are called to take over a list with so many columns that nobody knows."""
    strange = [f"其他{number}" for number in range(columns)]
    rows = [("著者", "册数", *strange), *((f"林{one}", one, *("甲乙丙" for _ in strange)) for one in range(1, 4))]
    return calls(old_book(tmp_path / f"{columns}.xlsx", {"书": rows}), Options(TODAY))


def calls(path: Path, options: Options) -> int:
    """How many functions are called to take over a file and to guess at its columns."""
    called = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        for table in adopt([path], options).tables:
            guesses(table)
    finally:
        sys.setprofile(None)
    return called


def test_twice_as_many_columns_take_twice_as_long(tmp_path: Path) -> None:
    calls_for(2, tmp_path)
    few, many = (calls_for(columns, tmp_path) for columns in (40, 80))
    assert many < 2.2 * few


def test_a_word_of_hers_makes_no_header_of_every_row(tmp_path: Path) -> None:
    rows = [("书名", "搁哪儿", "册数"), *((f"书{number}", f"书架{number}号", str(number)) for number in range(1, 200))]
    path = old_book(tmp_path / "旧账.xlsx", {"书": rows})
    calls(path, Options(TODAY))
    assert calls(path, Options(TODAY, names=own(("搁哪儿", "馆藏地")))) < 1.5 * calls(path, Options(TODAY))


def test_the_screen_says_what_takes_the_column_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"书": STRANGE})
    main(["adopt", str(path), "--into", str(tmp_path / "新" / "账.xlsx"), "--as-of", "2025-10-08"])
    said = capsys.readouterr().out
    assert "没有认出的栏目：要花多少（像是“单价”）、搁哪儿（像是“馆藏地”）、系统号、谁家出的（像是“出版社”）" in said
    mapping = old_book(
        tmp_path / "对照.xlsx", {"对照": [("标准账册", "本校工作表", "标准栏目", "本校栏目"), ("书目", "书")]}
    )
    main(["adopt", str(path), "--into", str(tmp_path / "又" / "账.xlsx"), "--mapping", str(mapping)])
    (way,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("要认这些栏目")]
    assert way.startswith("要认这些栏目：在《对照.xlsx》里填“标准栏目”")
    assert f'--mapping "{mapping}" --again' in way
    assert '--column "搁哪儿=馆藏地"' in said


def test_no_word_is_offered_that_would_undo_another_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = [("登记号", "书名", "类别", "那样"), *((f"{n:04}", f"小河{n}", "文学类", "北京出版社") for n in range(3))]
    counted = [("类别", "类号", "册数", "金额"), ("文学类", "I", 2, "30.50"), ("自然科学", "N", 1, "9.80")]
    tables = {"书": STRANGE, "个别账": books, "分类账": counted, "又": [("书名", "册数", "那样"), ("大海", 2, "2号柜")]}
    path = old_book(tmp_path / "旧账.xlsx", tables)
    main(["adopt", str(path), "--into", str(tmp_path / "新" / "账.xlsx"), "--as-of", "2025-10-08"])
    said = capsys.readouterr().out
    # 类别=书名 would take the titles of 个别账 for remarks, and 那样 is a publisher here and a shelf there.
    assert '--column "搁哪儿=馆藏地"' in said
    assert "类别=书名" not in said
    assert "那样=" not in said


def test_a_standard_column_may_be_said_by_another_name_for_it(tmp_path: Path) -> None:
    rows = [("甲栏", "乙栏"), ("000007", "小河"), ("000009", "大山")]
    names = OwnNames.of([OwnName("书目", "", "书", "登记号", "甲栏"), OwnName("书目", "", "书", "题名", "乙栏")])
    done = taken_over(tmp_path, {"书": rows}, names=names)
    assert [(copy.accession_no, copy.title) for copy in copies(done)] == [("000007", "小河"), ("000009", "大山")]
    assert done.journal.urgent == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (OwnName("书木", "", "书", "", ""), "标准账册“书木”没有找到，是不是“书目”"),
        (OwnName("书目", "", "书", "书明", "搁哪儿"), "标准栏目“书明”没有找到，是不是“书名”"),
        (OwnName("书目", "", "书单", "", ""), "本校工作表“书单”没有找到，是不是“书”"),
        (OwnName("书目", "", "书", "馆藏地", "搁哪"), "本校栏目“搁哪”没有找到，是不是“搁哪儿”"),
        (OwnName("书目", "旧帐.xlsx", "书", "", ""), "来源文件“旧帐.xlsx”没有找到，是不是“旧账.xlsx”"),
    ],
)
def test_a_slip_in_the_mapping_is_named_with_the_nearest_right_name(tmp_path: Path, line: OwnName, said: str) -> None:
    done = taken_over(tmp_path, {"书": STRANGE}, names=OwnNames.of([line]))
    assert len(done.journal.urgent) == 1
    assert said in done.journal.urgent[0]


@pytest.mark.parametrize("header", ["总价", "总金额", "小计", "码洋合计"])
def test_the_money_of_several_copies_is_offered_as_nothing(tmp_path: Path, header: str) -> None:
    rows = [
        ("书名", header, "登记号"),
        ("小河", "10.50", "000001"),
        ("大山", "8.00", "000002"),
        ("田", "9.00", "000003"),
    ]
    path = old_book(tmp_path / "旧账.xlsx", {"Sheet1": rows})
    (table,) = adopt([path], Options(TODAY)).tables
    assert list(guesses(table)) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("月份", "班级", "借书人数", "借书册数"), ("9月", "三（1）班", 20, 42), ("10月", "三（1）班", 21, 42)],
        [("类别", "种数", "册数", "金额"), ("文学", 100, 200, 3000), ("历史", 50, 80, 1200)],
        [("日期", "批号", "摘要", "册数", "金额"), ("2025-9-1", "2025-001", "书店购书", 100, 2000)],
        [("第一组", "第二组"), ("甲一", "乙二"), ("丙三", "丁四")],
        [
            ("日期", "哪样", "收", "支", "余"),
            ("2025-9-1", "拨款", "80.00", None, 80),
            ("2025-9-9", "水", None, "5.50", 74),
        ],
        [("月", "哪样", "收入", "支出", "结存"), ("9月", "新华书店", 40, None, 40), ("10月", "书店", 40, 2, 78)],
        [("学期", "年级", "生均册数"), ("第一学期", "三年级", 12), ("第二学期", "三年级", 13)],
    ],
)
def test_a_table_of_figures_or_names_is_offered_for_no_list_of_books(tmp_path: Path, rows: Rows) -> None:
    (table,) = taken_over(tmp_path, {"统计": rows}).tables
    assert (guessed_kind(table), guesses(table)) == (None, [])


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("捐赠人", ("甲一", "乙二", "丙三")),
        ("丢失人", ("甲一", "乙二", "丙三")),
        ("单位", ("三（1）班", "三（2）班", "三（1）班")),
        ("开本", ("16开", "32开", "32开")),
        ("复本号", (1, 2, 1)),
        ("借", ("√", "√", "√")),
        ("签名", ("甲一", "乙二", "丙三")),
        ("在架", ("√", "×", "√")),
    ],
)
def test_what_no_ledger_has_a_column_for_is_offered_as_none(tmp_path: Path, header: str, cells: tuple[object]) -> None:
    rows = [("书名", "册数", header), *(zip(("小河", "大山", "田野"), (1, 1, 1), cells, strict=True))]
    assert offered(taken_over(tmp_path, {"书": rows})) == {}


def test_money_that_is_left_is_offered_for_no_copies(tmp_path: Path) -> None:
    rows = [("书名", "余额", "余"), ("小河", "3000.00", 3000), ("大山", "20", 20), ("田野", "20", 20)]
    assert offered(taken_over(tmp_path, {"书": rows})) == {}


def test_a_table_that_is_only_called_a_roster_is_told_and_not_half_taken(tmp_path: Path) -> None:
    listed = [("壹", "贰", "叁"), ("1001", "林春", "三（1）班"), ("1002", "周夏", "三（1）班")]
    names = OwnNames.of([OwnName("读者名册", "", "名单", "", ""), OwnName("借阅登记账", "", "借", "", "")])
    books = [("登记号", "书名"), ("000001", "小河")]
    done = taken_over(tmp_path, {"书目": books, "名单": listed, "借": listed}, names=names)
    assert ReaderRow not in done.ledger_set.rows
    roster, register = done.journal.urgent
    assert "看不出哪一栏是姓名（多半是“贰”），这张表没有接收" in roster
    assert "写的是借阅登记账，可是一栏也认不出" in register
    assert [record_of(done, row, sheet)[0] for sheet in ("名单", "借") for row in (2, 3)] == [RowOutcome.ASIDE] * 4
    assert all(not source.has_remarks for source in sources_taken(done.tables, done.journal)[1:])


def test_kinds_and_shelves_are_offered_as_no_people_and_no_copies(tmp_path: Path) -> None:
    rows = [
        ("书名", "柜号", "层", "类别"),
        *((title, "A1", n, "文学") for title, n in (("小河", 1), ("大山", 1), ("田野", 2))),
    ]
    assert offered(taken_over(tmp_path, {"书": rows})) == {}
    rows = [("图书", "写的人", "出版社", "价钱"), ("小河", "林海音", "北京出版社", "8.00")]
    (table,) = adopt([old_book(tmp_path / "旧账.xlsx", {"Sheet1": rows})], Options(TODAY)).tables
    assert next(guess.standard for guess in guesses(table)) == "书名"
