"""Lists that other programs export under .xls without being workbooks, and merged cells outside .xlsx."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from schoollib_xl.sheets.cells import ErrorValue, Grid, Merge
from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.confined import READERS
from schoollib_xl.sheets.opening.exported import exported_tables
from schoollib_xl.sheets.opening.merged import fill_down, merges_of_zip
from schoollib_xl.sheets.opening.quick import Garbled
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.workbook import open_list, open_workbook

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td{mso-number-format:"\\@"}</style></head>
<body><h2>双河小学&nbsp;藏书</h2><script>var rows = "<td>";</script>
<table><tr><th>登记号<th>书名<br>（全称）<th>定价<th>ISBN<th>登记日期</tr>
<tr><td>000001<td>小河<b>边</b><td>10.00<td x:num="9787020024759">9.78702E+12<td rowspan=2>2025-03-01</tr>
<tr><td>000002<td><table><tr><td>大山</table><td>&nbsp;<td></tr>
<tr><td>000003<td colspan=2>山&amp;水<td>#N/A<td>="0123"</tr></table><p>制表人：丙</p></body></html>"""
ROWS: Grid = [
    ["双河小学 藏书"],
    ["登记号", "书名\n（全称）", "定价", "ISBN", "登记日期"],
    ["000001", "小河边", "10.00", "9787020024759", "2025-03-01"],
    ["000002", "大山", "", ""],
    ["000003", "山&水", "", ErrorValue("#N/A"), "0123"],
    ["制表人：丙"],
]


def page_of(*tables: str) -> Tables:
    return exported_tables("".join(f"<table>{table}</table>" for table in tables).encode(), "书目")


def rows_of(*rows: str) -> str:
    """Rows of a page, each of some cells between blanks; nothing is closed, as many programs write them."""
    return "".join("<tr>" + "".join(f"<td>{cell}" for cell in row.split()) for row in rows)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_is_read_in_whatever_it_is_encoded_and_whatever_it_declares(encoding: str) -> None:
    read = exported_tables(PAGE.encode(encoding), "书目")
    assert read.grids == {"书目": ROWS}
    assert read.merges == {"书目": [Merge(3, 5, 4)]}


def test_a_page_in_a_single_file_is_read() -> None:
    head = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=gbk\n"
    )
    data = head + b"Content-Transfer-Encoding: 8bit\n\n" + PAGE.encode("gbk") + b"\n--B--\n"
    assert exported_tables(data, "书目").grids == {"书目": ROWS}


def test_a_header_in_a_table_of_its_own_and_further_pages_are_one_sheet_other_tables_their_own() -> None:
    read = page_of(
        rows_of("登记号 书名"), rows_of("000001 小河"), rows_of("第2页"), rows_of("000002 大山"), rows_of("a b c")
    )
    assert read.grids == {
        "书目": [["登记号", "书名"], ["000001", "小河"], ["第2页"], ["000002", "大山"]],
        "书目（2）": [["a", "b", "c"]],
    }


def test_a_table_that_only_places_another_is_no_list() -> None:
    read = page_of(f"<caption>导航</caption><tr><td>首页<td><table>{rows_of('1 小河', '2 大山')}</table>")
    assert read.grids["书目"][-2:] == [["1", "小河"], ["2", "大山"]]


@pytest.mark.parametrize("unseen", ["<!-- <table><tr> -->", "<script>write('<table>')</script>"])
def test_a_table_that_is_not_shown_is_none(unseen: str) -> None:
    assert page_of(unseen + rows_of("1 2")).grids == {"书目": [["1", "2"]]}


@pytest.mark.parametrize("begun", ["<!-", "<style", "<SCRIPT>"])
def test_what_begins_a_hundred_thousand_times_and_never_ends_is_looked_for_once(begun: str) -> None:
    page = rows_of("1 2") + "</table><!-- <table> --><table><tr><td title='" + f"{begun}-" * 100_000 + "'>3"
    assert page_of(page).grids["书目"][0] == ["1", "2"]


def test_of_a_list_to_choose_from_the_cell_holds_what_is_chosen() -> None:
    shown = "<select><option>在馆<option selected>借出</select>", "<select><option>在馆<option>借出</select>"
    (grid,) = page_of("<tr>" + "".join(f"<td>{cell}" for cell in shown)).grids.values()
    assert grid == [["借出", "在馆"]]


def test_the_title_of_a_table_stands_above_it() -> None:
    assert page_of("<caption>三（1）班</caption>" + rows_of("姓名 性别", "甲一 男")).grids["书目"][0] == ["三（1）班"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<table><tr><td>000001<td>小河", id="cut off"),
        pytest.param("<table><tr><td colspan=99999>1</table>", id="wider than any sheet"),
        pytest.param("<table><tr><td>" + "<b>" * 200_000 + "</table>", id="nested without end"),
    ],
)
def test_a_broken_page_is_refused(page: str) -> None:
    with pytest.raises(Garbled):
        exported_tables(page.encode(), "书目")


def sheet_of(rows: str) -> bytes:
    spaces = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    sheet = f"<Worksheet ss:Name='书'><Table>{rows}</Table></Worksheet>"
    return f"<?xml version='1.0'?><Workbook {spaces}>{sheet}</Workbook>".encode()


def cell(kind: str, text: str, more: str = "") -> str:
    return f"<Cell {more}><Data ss:Type='{kind}'>{text}</Data></Cell>"


def test_an_xml_spreadsheet_keeps_types_places_and_merges() -> None:
    first = (
        cell("String", "000001") + cell("DateTime", "2025-03-01T00:00:00.000", "ss:MergeDown='1'") + cell("Number", "7")
    )
    second = cell("Error", "#N/A", "ss:MergeAcross='1'") + cell("Number", "10.5", "ss:Index='4'")
    read = exported_tables(sheet_of(f"<Row>{first}</Row><Row ss:Index='3'>{second}</Row>"), "x")
    day = read.grids["书"][0][1]
    assert read.grids == {"书": [["000001", day, 7], [], [ErrorValue("#N/A"), "", "", 10.5]]}
    assert str(day) == "2025-03-01"
    assert read.merges == {"书": [Merge(1, 2, 2)]}


@pytest.mark.parametrize("rows", ["<Row>", "<Row ss:Index='0'/>", "<Row ss:Index='9999999'/>", "<Row ss:Index='x'/>"])
def test_a_broken_xml_spreadsheet_is_refused(rows: str) -> None:
    with pytest.raises(Garbled):
        exported_tables(sheet_of(rows), "x")


def test_a_list_is_opened_for_what_it_is_and_ledgers_are_not_kept_in_it(tmp_path: Path) -> None:
    path = tmp_path / "书目.xls"
    path.write_bytes(PAGE.encode("gb18030"))
    with open_list(path) as opened:
        assert dict(opened.grids(opened.sheet_names)) == {"书目": ROWS}
        assert "都当作文字读" in opened.cannot_tell
    with pytest.raises(Unusable, match=r"其实是网页或 XML，先用 Excel 打开，另存为 \.xlsx"):
        open_workbook(path)


def test_half_a_character_is_read_as_that_and_said_and_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "书目.xls"
    page = f"<meta charset=gbk><table>{rows_of(*(f'{number:06} 小河与大山' for number in range(90)))}</table>"
    encoded = page.encode("gbk")
    path.write_bytes(encoded.replace("山".encode("gbk") + b"<", "山".encode("gbk")[:1] + b"<", 1))
    with open_list(path) as opened:
        assert next(opened.grids(opened.sheet_names))[1][:2] == [["000000", "小河与大�"], ["000001", "小河与大山"]]
        assert "有 1 格的字被截掉了半个" in opened.cannot_tell
    with pytest.raises(Garbled):
        exported_tables("<table><tr><td>本日は晴天なり".encode("euc_jis_2004") + b"\xff\xff</table>", "x")


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "书目.xls"
    path.write_bytes(b"<html><body>404</body></html>")
    with pytest.raises(Unusable, match="里面没有表格"):
        open_list(path)


def test_a_workbook_read_apart_keeps_its_merges(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["2025-001", "小河"])
    sheet.merge_cells("A1:A3")
    sheet.merge_cells("B1:D1")
    book.save(tmp_path / "书.xlsx")
    assert READERS["calamine"](tmp_path / "书.xlsx", ()).merges == {"Sheet": [Merge(1, 1, 3)]}


def zipped(name: str, content: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_merges_of_an_ods_are_found_with_rows_and_cells_repeated() -> None:
    content = (
        '<table:table table:name="书&amp;刊"><table:table-row table:number-rows-repeated="3"><table:table-cell/>'
        '</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="3"><text:p>a</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-spanned="4" table:number-rows-spanned="1"/>'
        '<table:covered-table-cell table:number-columns-repeated="3"/><table:table-cell table:number-rows-spanned="2"/>'
        "</table:table-row></table:table>"
    )
    assert merges_of_zip(zipped("content.xml", content.encode())) == {"书&刊": [Merge(4, 3, 6), Merge(4, 8, 5)]}


def test_merges_of_an_xlsb_are_known_to_be_there_and_not_where() -> None:
    merges = b"\xb1\x01\x04\x01\x00\x00\x00" + b"\xb0\x01\x10" + bytes(16)
    assert merges_of_zip(zipped("xl/worksheets/sheet1.bin", b"rows" + merges)) is None
    assert merges_of_zip(zipped("xl/worksheets/sheet1.bin", b"rows")) == {}


def test_a_merged_value_is_that_of_every_row_it_covers_and_of_no_other() -> None:
    grid: Grid = [["a", "2025"], ["b"], ["c", "own"], ["d"]]
    fill_down(grid, [Merge(1, 2, 3), Merge(9, 1, 10)])
    assert grid == [["a", "2025"], ["b", "2025"], ["c", "own"], ["d"]]
