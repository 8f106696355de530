"""Where tables stand: below titles, one below the other, side by side, or nowhere to be made out."""

from pathlib import Path

from adoption.old_lists import HEADER, TODAY, book, copies, fate_of, old_book, taken_over
from schoollib_xl.adoption import tables
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.journal import Outcome
from schoollib_xl.adoption.mapping_file import read_mapping, write_mapping
from schoollib_xl.adoption.options import Options
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow

ROSTER = ("学号", "姓名", "班级")


def test_two_tables_one_below_the_other_are_two_tables(tmp_path: Path) -> None:
    rows = [HEADER, book(), (), ROSTER, ("S1", "林小满", "三（1）班"), ("S2", "周小麦", "三（1）班")]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert (len(copies(done)), len(done.booklet.rows[ReaderRow])) == (1, 2)
    assert [table.kind.name for table in done.tables if table.kind] == ["书目", "读者名册"]


def test_two_tables_side_by_side_are_two_tables(tmp_path: Path) -> None:
    rows = [
        ("书名", "分类号", "册数", None, *ROSTER),
        ("城南旧事", "I246.5", 2, None, "S1", "林小满", "三（1）班"),
        (None, None, None, None, "S2", "周小麦", "三（1）班"),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert (len(copies(done)), len(done.booklet.rows[ReaderRow])) == (2, 2)
    assert fate_of(done, 2, "Sheet1（并排第 2 张）") == (Outcome.ADOPTED, "读者名册 S1")


def test_a_roster_printed_in_two_columns_is_read_in_both(tmp_path: Path) -> None:
    rows = [
        ("三（1）班名册",),
        ("学号", "姓名", "学号", "姓名"),
        ("1", "林小满", "3", "苏小禾"),
        ("2", "周小麦", None, None),
    ]
    done = taken_over(tmp_path, {"名册": rows})
    assert sorted(row.name for row in done.booklet.rows[ReaderRow]) == ["周小麦", "林小满", "苏小禾"]


def test_an_unknown_table_is_set_aside_row_by_row(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"值日": [("星期", "打扫"), ("一", "林小满")], "书目": [HEADER, book()]})
    assert fate_of(done, 2, "值日") == (Outcome.ASIDE, tables.UNKNOWN)
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
    second = adopt([path], Options(TODAY, names=read_mapping(mapping)))
    assert [(copy.title, copy.author) for copy in copies(second)] == [("城南旧事", "林海音")] * 3 + [
        ("草房子", "曹文轩")
    ] * 2


def test_the_mapping_that_is_written_says_the_same_when_read(tmp_path: Path) -> None:
    path = old_book(
        tmp_path / "旧账.xlsx",
        {"书目": [(*HEADER, "主题"), (*book(copies=2), "童年")], "名册": [ROSTER, ("S1", "林小满", "三（1）班")]},
    )
    first = adopt([path], Options(TODAY))
    mapping = write_mapping(first.tables, tmp_path / "账册对照.xlsx")
    second = adopt([path], Options(TODAY, names=read_mapping(mapping)))
    assert second.booklet == first.booklet


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
    done = adopt([path], Options(TODAY, names=read_mapping(mapping)))
    (copy,) = copies(done)
    assert (copy.location, copy.remarks) == ("二楼", None)
    assert fate_of(done, 2, "名册") == (Outcome.ASIDE, tables.UNWANTED)
    assert ReaderRow not in done.booklet.rows


def test_what_is_personal_is_neither_taken_over_nor_reported(tmp_path: Path) -> None:
    rows = [(*ROSTER, "身份证号", "家长电话"), ("S1", "林小满", "三（1）班", "510682201601010011", "13800000000")]
    done = taken_over(tmp_path, {"名册": rows})
    said = repr((done.booklet, done.journal))
    assert "510682201601010011" not in said
    assert "13800000000" not in said
    assert any("身份证号" in sentence for sentence in done.journal.assumed)


def test_a_standard_sheet_is_known_by_its_name(tmp_path: Path) -> None:
    rows = [
        ("借阅序号", "借出日期", "读者证号", "个别登记号", "应还日期"),
        ("J1", "2025-9-8", "S1", "000001", "2025-9-22"),
    ]
    done = taken_over(tmp_path, {"借阅登记账": rows})
    assert [loan.loan_no for loan in done.booklet.rows[LoanRow]] == ["J1"]
