"""Old files of every format: text in any encoding, CNMARC records, blank rows without end."""

from datetime import date
from pathlib import Path

import pytest
from pymarc import Field, Indicators, Record, Subfield

from adoption.old_lists import HEADER, TODAY, book, copies, old_book, record_of
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.copies.stock import NO_COPIES
from schoollib_xl.adoption.files.sources import read_sources
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.totals import EMPTY, ColumnTaken, sources_taken
from schoollib_xl.sheets.cells import ErrorValue
from schoollib_xl.sheets.opening.plain import read_text_rows
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.vetting import MAX_TEXT

LINES = ("书名,著者,册数\r\n", "城南旧事,林海音,2\r\n", "草房子,曹文轩,1\r\n")


def adopted(*paths: Path, held: int | None = None) -> Adoption:
    return adopt(paths, Options(TODAY, held=held))


def record(title: str = "城南旧事", *numbers: str, price: str = "CNY25.00") -> Record:
    """A CNMARC record as a library system exports it."""
    made = Record(leader=" " * 24)
    for tag, subfields in (
        ("010", [("a", "978-7-02-002475-9"), ("d", price)]),
        ("200", [("a", title), ("f", "林海音著")]),
        ("205", [("a", "2版")]),
        ("210", [("a", "北京"), ("c", "人民文学出版社"), ("d", "2003")]),
        ("215", [("a", "235页"), ("d", "21cm")]),
        ("606", [("a", "童年"), ("x", "回忆")]),
        ("690", [("a", "I246.5"), ("v", "4")]),
        *(("905", [("b", number), ("d", "I246.5"), ("e", "12")]) for number in numbers),
    ):
        made.add_field(Field(tag, Indicators(" ", " "), [Subfield(code, value) for code, value in subfields]))
    return made


def encoded(made: Record, encoding: str) -> bytes:
    """The record in transmission format; the library itself writes UTF-8 or Latin alone."""
    made.to_unicode = False
    for field in made.fields:
        field.subfields = [Subfield(one.code, one.value.encode(encoding).decode("latin-1")) for one in field.subfields]
    transmitted: bytes = made.as_marc()
    return transmitted


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_marc_records_are_read_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "书目.iso"
    path.write_bytes(encoded(record("城南旧事", "000101", "000102"), encoding) + encoded(record("草房子"), encoding))
    first, second, third = copies(adopted(path, held=1))
    assert (first.accession_no, first.title, first.author, first.publisher) == (
        "000101",
        "城南旧事",
        "林海音著",
        "人民文学出版社",
    )
    assert (first.published, first.pages, first.edition) == ("2003", "235", "2版")
    assert (first.isbn, first.class_no, first.book_no, str(first.price)) == ("9787020024759", "I246.5", "12", "25.00")
    assert (second.accession_no, third.accession_no, third.title) == ("000102", "000103", "草房子")
    assert first.remarks == "主题：童年"


def test_fields_a_marc_file_does_not_have_are_no_columns_nobody_knew(tmp_path: Path) -> None:
    path = tmp_path / "书目.iso"
    path.write_bytes(encoded(record("城南旧事", "000101"), "utf-8"))
    done = adopted(path)
    (source,) = sources_taken(done.tables, done.journal)
    assert [column.header for column in source.unrecognised] == ["主题"]
    assert ColumnTaken("丛编", EMPTY) in source.columns


def test_a_damaged_marc_record_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "书目.mrc"
    one, other = (encoded(record("草房子", number), "gb18030") for number in ("000101", "000102"))
    path.write_bytes(one + b"00123nam0 2200049   450 " + "半条记录".encode("gb18030") + b"\x1d" + other)
    done = adopted(path)
    assert len(copies(done)) == 2
    assert record_of(done, 3)[0] is RowOutcome.ASIDE
    assert "半条记录" in next(
        row_record.text for row_record in done.journal.row_records.values() if row_record.place.row == 3
    )


def test_a_marc_record_without_holdings_is_asked_for_and_no_copy_made_up(tmp_path: Path) -> None:
    path = tmp_path / "书目.iso"
    path.write_bytes(encoded(record("城南旧事", "000101"), "utf-8") + encoded(record("草房子"), "utf-8"))
    done = adopted(path)
    assert [copy.title for copy in copies(done)] == ["城南旧事"]
    assert record_of(done, 3) == (RowOutcome.ASIDE, NO_COPIES)


def test_marks_round_what_a_title_is_not_sorted_by_are_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "书目.iso"
    path.write_bytes(encoded(record("\x88The \x89Hobbit", "000101"), "utf-8"))
    assert [copy.title for copy in copies(adopted(path))] == ["The Hobbit"]


@pytest.mark.parametrize(
    "content",
    [
        "000001\n000002\n",
        "Date;Format;Content\n2026-01-02 10:00;CODE_128;000001\n",
        "000001,2026-1-2 10:00\n",
        "2026-1-2 10:00,000001\n",
        "序号,条码,时间\n1,000001,2026-1-2 10:00\n",
    ],
)
def test_what_a_scanner_gives_is_told_from_old_lists(tmp_path: Path, content: str) -> None:
    path = tmp_path / "scan.txt"
    path.write_text(content, "utf-8")
    with pytest.raises(Unusable, match="schoollib stocktake"):
        adopted(path)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    (books := tmp_path / "书目.csv").write_text("登记号,书名\n000001,小河\n", "utf-8")
    (ragged := tmp_path / "借书.txt").write_text(
        "姓名  班级  书名  备注\n甲一 三（1）班 小河\n乙 大山 三 四 五\n", "utf-8"
    )
    done = adopt([ragged, books], Options(TODAY))
    assert [copy.title for copy in copies(done)] == ["小河"]
    assert any("《借书.txt》的各栏是用空格隔开的，有 2 行看不出各是哪一栏" in one for one in done.journal.urgent)
    with pytest.raises(Unusable, match="《借书"):
        adopt([ragged], Options(TODAY))


def test_a_merged_cell_means_its_value_for_every_row_it_covers(tmp_path: Path) -> None:
    import openpyxl

    path = old_book(
        tmp_path / "旧账.xlsx",
        {"书目": [("登录号", "登记日期", "书名"), ("000001", "2024-3-5", "小河"), ("000002", None, "大山")]},
    )
    opened = openpyxl.load_workbook(path)
    opened["书目"].merge_cells("B2:B3")
    opened.save(path)
    assert {copy.accessioned_on for copy in copies(adopted(path))} == {date(2024, 3, 5)}


def test_a_marc_file_without_a_sound_record_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "书目.iso"
    path.write_bytes(b"00123nam0 2200049   450 xxxx\x1d")
    with pytest.raises(Unusable, match="一条记录也读不出来"):
        adopted(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "书目.csv"
    path.write_bytes("".join(LINES).encode(encoding))
    assert [copy.title for copy in copies(adopted(path))] == ["城南旧事", "城南旧事", "草房子"]


def test_lines_in_two_encodings_are_each_read_in_their_own(tmp_path: Path) -> None:
    path = tmp_path / "书目.csv"
    path.write_bytes(LINES[0].encode() + LINES[1].encode("gb18030") + LINES[2].encode())
    done = adopted(path)
    assert [copy.title for copy in copies(done)] == ["城南旧事", "城南旧事", "草房子"]
    assert any("文字存法不一样" in sentence for sentence in done.journal.assumed)


@pytest.mark.parametrize(
    "line", ["２０２５．９．３,S1,0001,", "2025-9-3,S1,0001,√", "2025。9。3,S1,0001,〃", "2025-9-3,S1,0001,￥"]
)
def test_a_line_without_a_chinese_character_is_in_the_encoding_of_its_file(tmp_path: Path, line: str) -> None:
    path = tmp_path / "借书.csv"
    path.write_text(f"日期,证号,登记号,还\n{line}\n", encoding="utf-8")
    (first,) = read_sources([path])
    assert (first.grid[1], first.remark.count("GB18030")) == (line.split(","), 0)


def test_ticks_are_told_from_the_lines_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "借书.csv"
    path.write_bytes("日期,姓名,还\n2025-9-3,,√\n".encode() + "2025-9-4,赵一鸣,√\n".encode("gb18030"))
    (first,) = read_sources([path])
    assert [row[-1] for row in first.grid] == ["还", "√", "√"]


def test_several_files_are_one_library(tmp_path: Path) -> None:
    one = old_book(tmp_path / "一.xlsx", {"书目": [HEADER, book()]})
    other = old_book(tmp_path / "二.xlsx", {"书目": [HEADER, book("草房子")]})
    assert [copy.accession_no for copy in copies(adopted(one, other))] == ["000001", "000002"]


def test_two_files_of_one_name_are_told_apart_and_one_given_twice_is_read_once(tmp_path: Path) -> None:
    (folder := tmp_path / "乙").mkdir()
    path = old_book(tmp_path / "一.xlsx", {"书目": [HEADER, book()]})
    other = old_book(folder / "一.xlsx", {"书目": [HEADER, book("呼兰河传")]})
    done = adopted(path, other, path)
    assert sorted({place.file for place in done.journal.row_records}) == ["一.xlsx", "一.xlsx（2）"]
    assert len(done.journal.row_records) == 4


def test_a_million_blank_rows_are_no_rows(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "旧账.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(list(HEADER))
    sheet.append(list(book()))
    sheet.cell(1_048_576, 1).value = " "
    workbook.save(path)
    done = adopted(path)
    assert (len(copies(done)), len(done.journal.row_records)) == (1, 2)


def test_an_error_cell_saved_as_text_is_nobody_s_name(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("姓名,班级\n#N/A,三（1）班\n甲一#1,三（1）班\n", encoding="utf-8")
    table = read_text_rows(path)
    assert [row[0] for row in table] == ["姓名", ErrorValue("#N/A"), "甲一#1"]


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_row_struck_through_is_told(tmp_path: Path, is_whole: bool) -> None:
    import xlsxwriter

    path = tmp_path / "借书.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, struck = made.add_worksheet("借书"), made.add_format({"font_strikeout": True})
        for row, cells in enumerate(
            [("日期", "姓名", "书名"), ("2025-9-3", "甲一", "小河"), ("2025-9-4", "乙二", "大山")]
        ):
            sheet.write_row(row, 0, cells, struck if is_whole and row == 2 else None)
        if not is_whole:
            sheet.write_rich_string(2, 2, "小河", struck, "大山")
        sheet.write_blank(0, 5, None, struck)
        made.add_worksheet("还书").write_string(6, 0, "小河", struck)
    (said,) = {one.remark for one in read_sources([path])}
    assert said.startswith("《借书.xlsx》有 2 行划了删除线（第一处借书 第 3 行）")


def test_of_a_list_that_nobody_crossed_out_nothing_is_said(tmp_path: Path) -> None:
    path = old_book(tmp_path / "借书.xlsx", {"借书": [("日期", "姓名", "书名"), ("2025-9-3", "甲一", "小河")]})
    assert [one.remark for one in read_sources([path])] == [""]


def test_a_text_longer_than_lists_are_is_refused_also_where_its_lines_are_in_two_encodings(tmp_path: Path) -> None:
    path = tmp_path / "书目.csv"
    path.write_bytes(LINES[0].encode() + LINES[1].encode("gb18030") + LINES[2].encode() * (MAX_TEXT >> 4))
    assert path.stat().st_size > MAX_TEXT
    with pytest.raises(Unusable, match="太大了"):
        list(read_sources([path]))


def test_more_rows_than_any_school_has_are_refused_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "书.csv"
    path.write_text("书名,单价\n" + "小河,1\n" * 500_000, encoding="utf-8")
    with pytest.raises(Unusable, match=r"《书\.csv》有 500001 行，一次最多接收 500000 行"):
        list(read_sources([path]))
