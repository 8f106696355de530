"""Files of scanners and phones: whatever their form, every number is read in its order."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from adoption.old_lists import old_book
from schoollib_xl.intake.scan_files import read_scan_files
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.stocktaking.scans import Scan

KNOWN = {"000001", "000002", "000003"}


def read(tmp_path: Path, data: bytes, name: str = "扫描.txt") -> list[Scan]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_scan_files([path], KNOWN.__contains__).scans)


def texts(scans: list[Scan]) -> list[str]:
    return [scan.text for scan in scans]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_number_a_line_in_the_order_of_the_scans(tmp_path: Path, encoding: str, end: str) -> None:
    data = end.join(["000003", "000001", "", "000002", ""]).encode(encoding)
    assert [(scan.text, scan.row) for scan in read(tmp_path, data)] == [("000003", 1), ("000001", 2), ("000002", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "000001\n000002\n",
        "个别登记号\n000001\n000002\n",
        "序号,条码\n1,000001\n2,000002\n",
        "书名,登录号\n小河,000001\n大山,000002\n",
        "Date;Format;Content\n2026-07-03 09:10:11;CODE_128;000001\n2026-07-03 09:10:15;CODE_128;000002\n",
        "2026-07-03,000001\n2026-07-03,000002\n",
        "000001\t1\n000002\t1\n",
        "*000001*\n*000002*\n",
        "０００００１\n０００００２\n",
        '时间,扫描内容\n2026-7-3,="000001"\n2026-7-3,="000002"\n',
        "1,000001,QR_CODE\n2,000002,QR_CODE\n",
        "阅览室清点\n序号,号码\n1,000001\n2,000002\n合计,000003\n",
        "号码,书名,备注\n000001,小河,小计\n000002,大山,\n合计,,2\n",
        "000001\t\n000002\t\n\x1a",
        "000001 000002\n",
        "QR_CODE:000001\nCODE_128: 000002\n",
        "编号：000001\n编号：000002\n",
        "1. 000001\n2、000002\n",
        "\x02000001\n\x02000002\n",
        '"000001" 2026/6/20\n"000002" 2026/6/20\n',
        "2026/6/20 10:20:30 000001\n2026/6/20 10:20:33 000002\n",
    ],
)
def test_the_column_of_numbers_is_found_with_and_without_a_header(tmp_path: Path, text: str) -> None:
    assert texts(read(tmp_path, text.encode())) == ["000001", "000002"]


def test_the_number_of_a_line_is_none_of_a_copy_nobody_knows(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "1. 000001\n2. 999999\n3、888888\n".encode())) == ["000001", "999999", "888888"]


def test_numbers_that_a_scanner_ran_together_are_told_apart_and_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "扫描.txt"
    for text, expected in {
        "000001000002000003": ["000001", "000002", "000003"],
        "000001000002": ["000001000002"],
    }.items():
        path.write_text(text)
        found = read_scan_files([path], KNOWN.__contains__)
        assert (texts(list(found.scans)), len(found.refusals)) == (expected, len(expected) > 1)


@pytest.mark.parametrize("between", ["\t", ",", " "])
def test_a_page_of_numbers_is_read_row_by_row_whatever_stands_between_them(tmp_path: Path, between: str) -> None:
    rows = (["000001", "000002", "000003", "999999"], ["000003", "000002", "000001"])
    scans = read(tmp_path, "\n".join(map(between.join, rows)).encode())
    assert texts(scans) == [number for row in rows for number in row]
    assert {scan.row for scan in scans} == {1, 2}


def test_rows_numbered_in_front_are_no_scans_even_where_copies_have_such_numbers(tmp_path: Path) -> None:
    (tmp_path / "扫描.csv").write_text("1,000003\n2,000001\n")
    known = {"1": 1, "000001": 1, "2": 2, "000002": 2, "000003": 3}.get
    found = read_scan_files([tmp_path / "扫描.csv"], known)
    assert (texts(list(found.scans)), found.refusals) == (["000003", "000001"], ())


def test_a_line_that_names_a_place_is_of_the_numbers_below_it(tmp_path: Path) -> None:
    scans = read(tmp_path, "000001\n架位：A1\n000002\n书架: 3\n000003\n".encode())
    assert [(scan.text, scan.place) for scan in scans] == [("000001", None), ("000002", "A1"), ("000003", "3")]


def test_days_and_places_are_taken_where_the_file_gives_them(tmp_path: Path) -> None:
    scans = read(tmp_path, "时间,位置,条码\n2026-7-3 9:10,书库,000001\n,,000002\n".encode())
    assert [(scan.day, scan.place) for scan in scans] == [(date(2026, 7, 3), "书库"), (None, None)]


def test_a_word_nobody_knows_is_kept_for_the_librarian_to_see(tmp_path: Path) -> None:
    assert texts(read(tmp_path, b"ABC-12\n000001\n0000\n")) == ["ABC-12", "000001", "0000"]


def test_a_workbook_of_scans_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["条码号"])
    book.active.append(["000001"])
    book.create_sheet("下").append(["000002"])
    book.save(tmp_path / "扫描.xlsx")
    assert texts(list(read_scan_files([tmp_path / "扫描.xlsx"], KNOWN.__contains__).scans)) == ["000001", "000002"]


def test_a_file_given_twice_is_counted_once_and_told(tmp_path: Path) -> None:
    numbers = ["000001", "000002", "000003", "000001", "000002"]
    for name, count in (("甲.txt", 5), ("甲(1).txt", 5), ("乙.txt", 2), ("丙.txt", 2)):
        (tmp_path / name).write_text("\n".join(numbers[:count]), "utf-8")
    found = read_scan_files([tmp_path / "甲.txt", tmp_path / "甲(1).txt"], KNOWN.__contains__)
    assert texts(list(found.scans)) == numbers
    assert found.refusals == ("《甲(1).txt》里的号和《甲.txt》一个个都一样，是同一份，只算一次。",)
    # Two people may well begin with the same two copies.
    assert len(read_scan_files([tmp_path / "乙.txt", tmp_path / "丙.txt"], KNOWN.__contains__).scans) == 4


def test_a_file_that_cannot_be_used_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    (tmp_path / "空.txt").write_bytes(b" \r\n\r\n")
    (tmp_path / "好.txt").write_bytes(b"000001\n")
    found = read_scan_files([tmp_path / name for name in ("图.txt", "好.txt", "空.txt")], KNOWN.__contains__)
    assert texts(list(found.scans)) == ["000001"]
    assert [sentence.partition("》")[0] for sentence in found.refusals] == ["《图.txt", "《空.txt"]
    with pytest.raises(Unusable, match="空"):
        read_scan_files([tmp_path / "空.txt"], KNOWN.__contains__)


def test_two_hundred_thousand_lines_are_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"000001\r\n" * 200_000)) == 200_000


def test_a_second_column_of_numbers_is_named_and_one_of_barcodes_is_not(tmp_path: Path) -> None:
    copies = {"000001": "000001", "000002": "000002", "B1": "000001", "B2": "000002", "000003": "000003"}
    (tmp_path / "两栏.csv").write_text("000001,000002\n000002,000003\n")
    (tmp_path / "条码.csv").write_text("000001,B1\n000002,B2\n")
    two, barcodes = (read_scan_files([tmp_path / name], copies.get) for name in ("两栏.csv", "条码.csv"))
    assert texts(list(two.scans)) == texts(list(barcodes.scans)) == ["000001", "000002"]
    assert two.refusals == ("《两栏.csv》第 2 栏也是号码，没有算，只照第 1 栏读；两栏都要算，就分开存成两个文件。",)
    assert barcodes.refusals == ()


@pytest.mark.parametrize(
    "text",
    [
        "登记号,书名,在架\n000001,小河,√\n000002,大山,\n000003,大海,✓\n",
        "000001,√\n000002,×\n000003,√\n",
        "登记号,缺失\n000001,\n000002,√\n000003,\n",
        "登记号,盘点结果\n000001,相符\n000002,盘亏\n000003,在架\n",
        "登记号,账面数量,实盘数量\n000001,1,1\n000002,1,0\n000003,1,1\n",
    ],
)
def test_of_a_list_with_ticks_only_the_copies_that_were_there_are_scans(text: str, tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text(text)
    found = read_scan_files([tmp_path / "清单.csv"], KNOWN.__contains__)
    assert texts(list(found.scans)) == ["000001", "000003"]
    [said] = found.refusals
    assert said.endswith("看到 2 册，没有看到的 1 册不算扫过。")


def test_counts_of_a_checklist_are_no_numbers_of_copies_where_every_number_is_known_without_its_zeros(
    tmp_path: Path,
) -> None:
    rows = "".join(f"{number:06},1,{int(number != 3)}\n" for number in range(1, 7))
    (tmp_path / "盘点表.csv").write_text(f"登记号,账面册数,实盘册数\n{rows}")
    found = read_scan_files([tmp_path / "盘点表.csv"], lambda text: text.isdecimal() and 0 < int(text) < 7)
    assert texts(list(found.scans)) == [f"{number:06}" for number in (1, 2, 4, 5, 6)]
    assert [said.endswith("没有看到的 1 册不算扫过。") for said in found.refusals] == [True]


@pytest.mark.parametrize(
    "lines",
    [
        [f"]C1{number:06}" for number in range(1, 7)],
        [f"https://example.cn/b?no={number:06}" for number in range(1, 7)],
        [f"2026-01-10 09:0{number}:33 扫描成功：{number:06} 《365夜》" for number in range(1, 7)],
        ["000001-000004、000005", "000006"],
    ],
)
def test_a_number_is_found_in_what_a_program_or_a_hand_writes_round_it(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "扫描.txt").write_text("\n".join(lines), "utf-8")
    # Each of these is the number of a copy as well, but for its zeros.
    found = read_scan_files([tmp_path / "扫描.txt"], lambda text: text.isdecimal() and 0 < int(text) < 9999)
    assert texts(list(found.scans)) == [f"{number:06}" for number in range(1, 7)]


def test_pages_of_numbers_below_a_title_are_scans_and_lists_of_what_was_not_there_are_none(tmp_path: Path) -> None:
    pages = {
        "第1架": [("书库 第1架 盘点日期：2026年1月10日",), ("000001", "000002", "000003"), ("000001", "000002", None)]
    }
    found = read_scan_files([old_book(tmp_path / "架.xlsx", pages)], KNOWN.__contains__)
    assert texts(list(found.scans)) == ["000001", "000002", "000003", "000001", "000002"]
    lacking = [("登记号", "书名", "备注"), ("000001", "小河", "架上没有")]
    for path in (
        old_book(tmp_path / "缺书清单.xlsx", {"表": lacking}),
        old_book(tmp_path / "一.xlsx", {"表": [("没找到的书",), *lacking]}),
    ):
        with pytest.raises(Unusable, match="没有找到的书"):
            read_scan_files([path], KNOWN.__contains__)
    scanned = tmp_path / "查找丢失的书.csv"
    scanned.write_text("2025-09-01 10:12:30,000001\n2025-09-01 10:12:34,000002\n")
    assert texts(list(read_scan_files([scanned], KNOWN.__contains__).scans)) == ["000001", "000002"]
    # A box not ticked, a remark that a copy was not there, a sheet of those that were not, fewer than a line has.
    numbers = ("000001", "000002", "000003")
    for at, sheets in enumerate(
        (
            {"盘点": [("登记号", "☑"), *((one, "□" if one == "000003" else "☑") for one in numbers)]},
            {"盘点": [("登记号", "备注"), *((one, "未见" if one == "000003" else None) for one in numbers)]},
            {"看到": [("登记号",), *((one,) for one in numbers[:2])], "没找到": [("登记号",), ("000003",)]},
            {"盘点": [("登记号", "册数", "实有"), ("000001", 1, 1), ("000002", 1, 1), ("000001-000003", 3, 2)]},
        )
    ):
        found = read_scan_files([old_book(tmp_path / f"{at}.xlsx", sheets)], KNOWN.__contains__)
        assert texts(list(found.scans)) == ["000001", "000002"]
        assert found.refusals
    with pytest.raises(Unusable, match="借出、注销的书"):
        read_scan_files([old_book(tmp_path / "在借图书清单.xlsx", {"表": lacking})], KNOWN.__contains__)
    (tmp_path / "扫描.json").write_text('[{"content":"000001"},{"content":"000002"}]')
    with pytest.raises(Unusable, match="JSON"):
        read_scan_files([tmp_path / "扫描.json"], KNOWN.__contains__)


def test_places_between_the_lines_of_a_list_with_ticks_are_of_those_below(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text("登记号,在架\n架位：A1,\n000001,√\n000002,\n000003,√\n")
    found = read_scan_files([tmp_path / "清单.csv"], KNOWN.__contains__)
    assert [(scan.text, scan.place) for scan in found.scans] == [("000001", "A1"), ("000003", "A1")]
    assert found.refusals == ("《清单.csv》是打钩的清单，照“在架”算：看到 2 册，没有看到的 1 册不算扫过。",)


@pytest.mark.parametrize(
    "rest", [",破损\n000001,√\n000002,\n", ",状态\n000001,0\n000002,0\n", ",在架\n000001,√\n000002,√\n"]
)
def test_a_tick_that_says_nothing_of_being_there_leaves_all_scans(rest: str, tmp_path: Path) -> None:
    assert texts(read(tmp_path, f"登记号{rest}".encode())) == ["000001", "000002"]


@pytest.mark.parametrize("header", ["", "条码;本数\n"])
def test_how_often_each_number_was_scanned_is_no_number_that_lost_its_zeros(tmp_path: Path, header: str) -> None:
    (tmp_path / "枪.txt").write_text(f"{header}000001;1\n000009;1\n000002;1\n000003;2\n")
    found = read_scan_files([tmp_path / "枪.txt"], lambda text: text.zfill(6) in KNOWN)
    assert texts(list(found.scans)) == ["000001", "000009", "000002", "000003", "000003"]
    assert found.refusals == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "《号.txt》是空文件（0 字节），换一份有内容的扫描文件再试。"),
        (bytes(range(256)), "《号.txt》不是扫描文件，换成扫描枪或手机导出的文件再试。"),
    ],
)
def test_what_is_no_file_of_scans_is_not_called_a_workbook(content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "号.txt").write_bytes(content)
    with pytest.raises(Unusable, match=re.escape(sentence)):
        read_scan_files([tmp_path / "号.txt"], KNOWN.__contains__)


def test_the_books_themselves_are_no_scans_and_of_several_sheets_each_is_told(tmp_path: Path) -> None:
    for name, sheets in (("账.xlsx", ("个别登记账", "盘点记录")), ("扫.xlsx", ("一架", "二架", "说明"))):
        book = Workbook()
        for index, sheet in enumerate(sheets, 1):
            book.create_sheet(sheet).append([f"00000{index}" if sheet != "说明" else "每架一张"])
        del book["Sheet"]
        book.save(tmp_path / name)
    read_both = read_scan_files([tmp_path / "账.xlsx", tmp_path / "扫.xlsx"], KNOWN.__contains__)
    assert [scan.text for scan in read_both.scans][:2] == ["000001", "000002"]
    assert read_both.refusals[0] == "《账.xlsx》是七本账的工作簿，不是扫描文件，换成扫描枪或手机导出的文件再试。"
    assert read_both.refusals[1].startswith("《扫.xlsx》里有几张表，都读了：“一架” 1 个号，“二架” 1 个号")


def test_scans_exported_as_a_web_page_under_xls_are_read(tmp_path: Path) -> None:
    page = "<table><tr><td>条码<td>时间<tr><td>000001<td>2026-01-05 10:00<tr><td>000002<td>2026-01-05 10:01</table>"
    assert texts(read(tmp_path, page.encode("utf-8"), "扫描.xls")) == ["000001", "000002"]
