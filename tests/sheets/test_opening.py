"""Workbooks of every make, read to the same grid."""

import hashlib
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
import xlsxwriter

from calc import MISSING, properties, running_calc
from raw_workbooks import MAIN, parts, write, zipped
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Grid, Uncalculated
from schoollib_xl.sheets.opening import ooxml
from schoollib_xl.sheets.opening.plain import read_text_rows
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.workbook import open_workbook

SECONDS, MEGABYTES = 10, 1024


def grid(path: Path, sheet: str | None = None) -> Grid:
    """The cells of a sheet, the first one if none is named; the same where it is large, but for how far rows go on
    blank.
    """
    read = _read(path, sheet)
    with taken_as_large():
        again = _read(path, sheet)
    assert _without_blank_ends(again) == _without_blank_ends(read)
    if isinstance(read, Unusable):
        raise read
    return read


def taken_as_large() -> AbstractContextManager[object]:
    """Sheets of any size are looked at for plain rows meanwhile, and have a reader of their own where they are not."""
    return patch.object(ooxml, "_LARGE", 0)


def _read(path: Path, sheet: str | None) -> Grid | Unusable:
    try:
        with open_workbook(path) as opened:
            wanted = sheet or opened.sheet_names[0]
            return dict(opened.grids([wanted]))[wanted]
    except Unusable as refusal:
        return refusal


def _without_blank_ends(read: Grid | Unusable) -> str:
    if isinstance(read, Unusable):
        return str(read)
    return str([row[: max((at for at, value in enumerate(row, 1) if value != ""), default=0)] for row in read])


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


SEVEN = row('<c r="A1"><v>7</v></c>')


def test_values_keep_the_type_they_are_stored_with(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "名册.xlsx"))
    sheet = book.add_worksheet("个别登记账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row("B2", ["000123", 12.5, True])
    sheet.write_datetime("E2", datetime(2025, 9, 10), day)
    sheet.write_datetime("F2", time(8, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_datetime("G2", timedelta(hours=26), book.add_format({"num_format": "[h]:mm"}))
    book.close()
    expected = ["", "000123", 12.5, True, date(2025, 9, 10), time(8, 30), timedelta(hours=26)]
    found = grid(tmp_path / "名册.xlsx")
    assert found == [[""] * 7, expected]
    assert list(map(type, found[1])) == list(map(type, expected))


def test_sheets_come_in_order_hidden_ones_too_and_charts_not(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "名册.xlsx"))
    book.add_worksheet("总括登记账").write("A1", 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=总括登记账!$A$1"})
    book.add_chartsheet("图").set_chart(chart)
    book.add_worksheet("个别登记账").hide()
    book.close()
    with open_workbook(tmp_path / "名册.xlsx") as opened:
        assert opened.sheet_names == ("总括登记账", "个别登记账")
        assert opened.cannot_tell == ""


ERRORS = {
    "error typed in": ('<c r="C1" t="e"><v>#N/A</v></c>', ErrorValue("#N/A")),
    "error of a formula": ('<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
    "type before address": ('<c t="e" s="1" r="C1"><v>#REF!</v></c>', ErrorValue("#REF!")),
    "single quotes": ("<c r='C1' t='e'><v>#NAME?</v></c>", ErrorValue("#NAME?")),
    "error without a text": ('<c r="C1" t="e"/>', ErrorValue("#ERROR!")),
    "formula without value": ('<c r="C1"><f>A1&amp;"x"</f></c>', Uncalculated('A1&"x"')),
    "formula with an empty value": ('<c r="C1"><f>A1</f><v/></c>', Uncalculated("A1")),
    "formula with an empty value, open": ('<c r="C1"><f>A1</f><v></v></c>', Uncalculated("A1")),
    "text formula without any value": ('<c r="C1" t="str"><f>A1</f></c>', Uncalculated("A1")),
    "shared formula": ('<c r="B1"><f t="shared" ref="B1:C1" si="0">A1</f><v>1</v></c>'
                       '<c r="C1"><f t="shared" si="0"/></c>', Uncalculated("A1")),
    "after an empty cell": ('<c r="B1" s="1"/><c r="C1" t="e"><v>#NUM!</v></c>', ErrorValue("#NUM!")),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "value"), ERRORS.values(), ids=ERRORS)
def test_a_cell_the_quick_reader_loses_is_found_at_its_address(tmp_path: Path, cells: str, value: object) -> None:
    found = grid(write(tmp_path / "名册.xlsx", row('<c r="A1"><v>7</v></c>', cells)))
    assert found[0][2] == value
    assert found[0][0] == 7


SOUND = {
    "formula whose value is an empty text": '<c r="B1" t="str"><f>""</f><v></v></c>',
    "formula whose value is an empty text, closed": '<c r="B1" t="str"><f>""</f><v/></c>',
    "text that looks like markup": '<c r="B1" t="inlineStr"><is><t>t="e"</t></is></c>',
    "empty styled cell": '<c r="B1" s="1"/>',
    "rule of a conditional format": "",
}


@pytest.mark.parametrize("cell", SOUND.values(), ids=SOUND)
def test_a_sound_cell_is_not_taken_for_a_lost_one(tmp_path: Path, cell: str) -> None:
    rule = '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1</formula></cfRule>'
    data = row('<c r="A1"><v>7</v></c>', cell)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{rule}</conditionalFormatting></worksheet>'
    lost = [v for v in grid(write(tmp_path / "名册.xlsx", sheet=sheet))[0] if isinstance(v, tuple)]
    assert lost == []


def test_lost_cells_below_and_beside_all_others_still_count(tmp_path: Path) -> None:
    data = row('<c r="A1"><v>1</v></c>') + row('<c r="D5"><f>A1</f></c>', number=5)
    found = grid(write(tmp_path / "名册.xlsx", data))
    assert len(found) == 5
    assert found[4] == ["", "", "", Uncalculated("A1")]


def test_lost_cells_are_found_however_the_pieces_are_cut(tmp_path: Path) -> None:
    # Rows of ever new lengths, so that the cuts between pieces fall everywhere in a cell.
    rows = [
        row(f'<c r="A{n}" t="inlineStr"><is><t>{hashlib.sha256(str(n).encode()).hexdigest()[: n % 61]}</t></is></c>',
            f'<c r="B{n}" t="e"><v>#N/A</v></c>', f'<c r="C{n}"><f>A{n}</f></c>', number=n)
        for n in range(1, 9001)
    ]  # fmt: skip
    found = grid(write(tmp_path / "名册.xlsx", "".join(rows)))
    assert len(found) == 9000
    assert all(cells[1:] == [ErrorValue("#N/A"), Uncalculated(f"A{n}")] for n, cells in enumerate(found, 1))


def test_a_sheet_written_with_a_prefix_reads_alike(tmp_path: Path) -> None:
    cells = '<x:c r="A1"><x:v>7</x:v></x:c><x:c r="B1" t="e"><x:v>#N/A</x:v></x:c><x:c r="C1"><x:f>A1</x:f></x:c>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">{cells}</x:row></x:sheetData></x:worksheet>'
    assert grid(write(tmp_path / "名册.xlsx", sheet=sheet)) == [[7, ErrorValue("#N/A"), Uncalculated("A1")]]


def test_cells_without_addresses_are_counted_through(tmp_path: Path) -> None:
    data = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c t="e"><v>#N/A</v></c><c><v>5</v></c></row>'
    assert grid(write(tmp_path / "名册.xlsx", data)) == [[1, 2], [ErrorValue("#N/A"), 5]]


def test_a_sheet_is_found_through_the_relationships_and_not_by_its_part_name(tmp_path: Path) -> None:
    data = row('<c r="A1" t="e"><v>#N/A</v></c>')
    for part in ("worksheets/别的.xml", "/xl/worksheets/Sheet9.xml", "../xl/deep/../data.xml"):
        made = parts(data)
        made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", part)
        name = {"w": f"xl/{part}", "/": part[1:], ".": "xl/data.xml"}[part[0]]
        made[name] = made.pop("xl/worksheets/sheet1.xml")
        (tmp_path / "名册.xlsx").write_bytes(zipped(made))
        assert grid(tmp_path / "名册.xlsx") == [[ErrorValue("#N/A")]]


def test_strict_ooxml_reads_like_any_other_dates_too(tmp_path: Path) -> None:
    cells = (
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="B1" s="1"><v>45910</v></c>',
        '<c r="C1" t="d"><v>2025-09-10</v></c>',
    )
    path = write(tmp_path / "名册.xlsx", row(*cells, '<c r="D1"><f>B1</f></c>'), strict=True, strings=("城南旧事",))
    assert grid(path) == [["城南旧事", date(2025, 9, 10), date(2025, 9, 10), Uncalculated("B1")]]


def test_dates_that_count_from_1904_are_the_same_days(tmp_path: Path) -> None:
    data = row('<c r="A1" s="1"><v>44448</v></c>')
    path = write(tmp_path / "名册.xlsx", data, properties='<workbookPr date1904="1"/>')
    assert grid(path) == [[date(2025, 9, 10)]]


def test_a_zip_with_backslashes_reads_alike(tmp_path: Path) -> None:
    made = parts(row('<c r="A1"><v>7</v></c>', '<c r="B1" t="e"><v>#N/A</v></c>'))
    (tmp_path / "名册.xlsx").write_bytes(zipped(made, backslashes=True))
    assert grid(tmp_path / "名册.xlsx") == [[7, ErrorValue("#N/A")]]


def test_escaped_returns_of_pasted_text_are_plain_line_ends(tmp_path: Path) -> None:
    data = row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>')
    path = write(tmp_path / "名册.xlsx", data, strings=("城南_x000D_\n旧事", "西游记_x000D_\n"))
    assert grid(path) == [["城南\n旧事", "西游记"]]


def test_the_extension_is_not_asked(tmp_path: Path) -> None:
    data = row('<c r="A1"><v>7</v></c>')
    for name in ("名册.xls", "名册.xlsb", "名册", "名册.XLSX", "名册.et"):
        assert grid(write(tmp_path / name, data)) == [[7]]


def test_a_hundred_thousand_merged_cells_cost_nothing(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 100_000))
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{SEVEN}</sheetData>'
        f'<mergeCells count="99998">{merges}</mergeCells></worksheet>'
    )
    assert grid(write(tmp_path / "名册.xlsx", sheet=sheet)) == [[7]]


def test_what_stands_behind_the_rows_may_be_longer_than_any_cell(tmp_path: Path) -> None:
    links = "".join(
        f'<hyperlink ref="A{n}" location="个别登记账!A{n}" display="{"书" * 30}"/>' for n in range(2, 40_000)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{SEVEN}</sheetData><hyperlinks>{links}</hyperlinks></worksheet>'
    assert grid(write(tmp_path / "名册.xlsx", sheet=sheet)) == [[7]]


def test_deeply_nested_markup_is_read_past(tmp_path: Path) -> None:
    noise = os.urandom(20_000).hex()
    deep = "<a>" * 50_000 + noise + "</a>" * 50_000
    assert grid(write(tmp_path / "名册.xlsx", SEVEN + deep)) == [[7]]


PHANTOMS: dict[str, tuple[str, Grid]] = {
    "a blank in the last row": (
        SEVEN + row('<c r="A1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', number=1048576),
        [[7]],
    ),
    "a blank in the last cell of all": (
        SEVEN + row('<c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', number=1048576),
        [[7]],
    ),
    "styles to the last cell of all": (
        row('<c r="A1"><v>7</v></c>', '<c r="XFD1" s="1"/>') + row('<c r="XFD1048576" s="1"/>', number=1048576),
        [[7]],
    ),
    "a value in the last column": (
        "".join(row(f'<c r="A{n}"><v>7</v></c>', number=n) for n in range(1, 3000))
        + row('<c r="A3000"><v>8</v></c>', '<c r="XFD3000"><v>9</v></c>', number=3000),
        [*([7.0] for _ in range(2999)), [8, *[""] * 16382, 9]],
    ),
    "a declared range that lies": (
        SEVEN
        + row('<c r="ZZ2" t="inlineStr"><is><t> </t></is></c>', number=2)
        + row('<c r="A900000" t="inlineStr"><is><t> </t></is></c>', number=900000),
        [[7]],
    ),
}


@pytest.mark.parametrize(
    "data",
    [
        row('<c r="XFD1048576"><v>1</v></c>', number=1048576) + SEVEN,
        SEVEN + row('<c r="ZZZZ2"><v>1</v></c>', number=2),
        SEVEN + row('<c r="AA99999999"><v>1</v></c>', number=99999999),
        row('<c r="A1"><v>1</v></c>', '<c r="B99999999999"><v>2</v></c>', '<c r="C1"><v>3</v></c>') + SEVEN,
        "".join(row(f'<c r="XFD{n}" t="e"><v>#N/A</v></c>', number=n) for n in range(1, 20_000)),
    ],
    ids=[
        *("rows out of order", "a column no sheet has", "a row no sheet has", "a row no sheet has in the middle"),
        "errors in a far column",
    ],
)
def test_a_range_no_office_program_writes_is_refused_and_never_read_in_part(tmp_path: Path, data: str) -> None:
    assert_refused_in_time(write(tmp_path / "名册.xlsx", data), "不安全")


def without_blank_end(cells: list[CellValue]) -> list[CellValue]:
    return cells[: max((n for n, value in enumerate(cells, 1) if value not in ("", " ")), default=0)]


@pytest.mark.parametrize(("data", "expected"), PHANTOMS.values(), ids=PHANTOMS)
def test_a_phantom_used_range_is_cut_off(tmp_path: Path, data: str, expected: Grid) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>{data}</sheetData></worksheet>'
    path = write(tmp_path / "名册.xlsx", sheet=sheet)
    ended = read_in_a_fresh_process(path)
    assert ended.megabytes < MEGABYTES
    assert ended.seconds < SECONDS
    assert [without_blank_end(cells) for cells in grid(path)] == expected


def _nothing() -> None:
    """Nobody has anything else to do."""


def test_a_damaged_sheet_is_refused_when_it_is_read_and_no_sooner(tmp_path: Path) -> None:
    made = parts(row('<c r="A1"><v>7</v></c>'), names=("个别登记账", "借阅登记账"))
    made["xl/worksheets/sheet1-1.xml"] = made["xl/worksheets/sheet1-1.xml"][:-40]
    (tmp_path / "名册.xlsx").write_bytes(zipped(made))
    assert grid(tmp_path / "名册.xlsx", "个别登记账") == [[7]]
    with pytest.raises(Unusable, match="已损坏"):
        grid(tmp_path / "名册.xlsx", "借阅登记账")


UNPAIRED = {
    "a text that was not escaped": '<c r="A1" t="inlineStr"><is><t><小女巫></t></is></c>',
    "a cell that does not begin": '<v>7</v></c><c r="B1"><v>8</v></c>',
    "a row that ends twice": '<c r="A1"><v>7</v></c></row>',
    "a cell's end without its end": '<c r="A1"><v>7</v></c<c r="B1"><v>8</v></c>',
    "a text's beginning without its end": '<c r="A1" t="inlineStr"><is><t小女巫</t></is></c>',
    "a row's beginning without its end": '</row><row r="2"<c r="A2"><v>7</v></c>',
}


@pytest.mark.parametrize("cells", UNPAIRED.values(), ids=UNPAIRED)
def test_a_sheet_whose_tags_do_not_pair_is_damaged(tmp_path: Path, cells: str) -> None:
    with pytest.raises(Unusable, match="已损坏"):
        grid(write(tmp_path / "名册.xlsx", row(cells)))


def cell(address: str, value: int) -> str:
    return f'<c r="{address}"><v>{value}</v></c>'


TWICE = {
    "one after the other": [row(cell("A4", 1), number=4), row(cell("A5", 2), number=5), row(cell("A5", 3), number=5)],
    "with the next one's number": [row(cell("A5", 2), number=5), row(cell("A5", 3), number=5), row(number=7)],
    "far below": [row(cell("A5", 2), number=5), row(cell("A6", 1), number=6), row(cell("A5", 3), number=5)],
}


@pytest.mark.parametrize("rows", TWICE.values(), ids=TWICE)
def test_a_row_that_is_written_twice_is_refused_by_its_number(tmp_path: Path, rows: list[str]) -> None:
    with pytest.raises(Unusable, match="“个别登记账”第 5 行在文件里写了两遍"):
        grid(write(tmp_path / "名册.xlsx", "".join(rows)))


def test_a_row_of_cells_without_address_that_is_written_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="不安全"):
        grid(write(tmp_path / "名册.xlsx", 2 * row("<c><v>7</v></c>")))


def test_rows_out_of_order_or_in_two_parts_lose_nothing(tmp_path: Path) -> None:
    rows = [row(cell("A2", 2), number=2), row(cell("A1", 1)), row(cell("B2", 3), number=2)]
    assert grid(write(tmp_path / "名册.xlsx", "".join(rows))) == [[1, ""], [2, 3]]


def test_a_greater_than_in_a_text_is_no_end_of_a_tag(tmp_path: Path) -> None:
    assert grid(write(tmp_path / "名册.xlsx", row('<c r="A1" t="inlineStr"><is><t>7>6</t></is></c>'))) == [["7>6"]]


def test_a_comment_is_no_tag_without_its_end(tmp_path: Path) -> None:
    assert grid(write(tmp_path / "名册.xlsx", SEVEN + "<!-- kept -->")) == [[7]]


def test_a_dangerous_sheet_that_nobody_asks_for_hinders_no_other(tmp_path: Path) -> None:
    made = parts(SEVEN, names=("个别登记账", "借阅登记账"))
    made["xl/worksheets/sheet1-1.xml"] = made["xl/worksheets/sheet1-1.xml"].replace('r="A1"', 'r="ZZZZ1"')
    (tmp_path / "名册.xlsx").write_bytes(zipped(made))
    with open_workbook(tmp_path / "名册.xlsx") as opened:
        assert dict(opened.grids(["个别登记账"])) == {"个别登记账": [[7]]}
        with pytest.raises(Unusable, match="不安全"):
            dict(opened.grids(["借阅登记账"]))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("大") / "名册.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, rows in (("个别登记账", 400), ("借阅登记账", 900), ("总括登记账", 50)):
        sheet = book.add_worksheet(name)
        for n in range(rows):
            sheet.write_row(n, 0, [f"{name}{n}", n, *[f"书{n % 97}"] * 18])
        sheet.write_formula(rows - 1, 3, "=1/0", None, "#DIV/0!")
    book.close()
    return path


@pytest.mark.parametrize("taken", [nullcontext, taken_as_large], ids=["as it is", "as large"])
@pytest.mark.parametrize(
    "asked", ["个别登记账 借阅登记账 总括登记账", "借阅登记账 个别登记账", "总括登记账 借阅登记账"]
)
def test_each_sheet_comes_once_in_turn_and_whole(
    taken: Callable[[], AbstractContextManager[object]], asked: str, large: Path
) -> None:
    names, heard = asked.split(), list[str]()
    with taken(), open_workbook(large) as opened:
        read = list(opened.grids(names, heard.append))
        assert [*opened.grids(names)] == read
    assert heard == names == [name for name, _ in read]
    for name, cells in read:
        assert len(cells) == {"个别登记账": 400, "借阅登记账": 900, "总括登记账": 50}[name]
        assert cells[-1][3] == ErrorValue("#DIV/0!")
        assert all(line[:2] == [f"{name}{n}", n] for n, line in enumerate(cells))


def test_the_first_rows_are_those_of_the_grid_however_large_the_sheet(large: Path) -> None:
    with open_workbook(large) as opened:
        for name in opened.sheet_names:
            assert opened.first_rows(name, 12) == dict(opened.grids([name]))[name][:12]
            assert len(opened.first_rows(name, 60)) == min(60, len(opened.first_rows(name, 10_000)))


TEXTS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "gb18030": lambda text: text.encode("gb18030"),
    "utf-16 as Excel saves it": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("encode", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_text_table_called_xls_is_read(tmp_path: Path, encode: Callable[[str], bytes], delimiter: str) -> None:
    lines = [["个别登记号", "书名", "单价"], ["000123", "城南旧事", "25.00"], ["000124", '"昆虫\n记，上"', "8"]]
    path = tmp_path / "旧账.xls"
    path.write_bytes(encode("\r\n".join(delimiter.join(line) for line in [*lines, ["", "", ""]])))
    with open_workbook(path) as opened:
        assert opened.sheet_names == ("旧账",)
        assert "文字" in opened.cannot_tell
    assert grid(path) == [*lines[:2], ["000124", "昆虫\n记，上", "8"]]


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_what_an_office_program_saves_reads_alike(tmp_path: Path) -> None:
    cells = ('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" s="1"><v>45910</v></c>', '<c r="C1"><v>12.5</v></c>')
    made = write(tmp_path / "名册.xlsx", row(*cells), strings=("城南旧事",))
    with running_calc(tmp_path / "calc") as calc:
        document = calc.open(made)
        for kind, name in (("xls", "MS Excel 97"), ("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")):
            document.storeToURL((tmp_path / f"saved.{kind}").as_uri(), properties(FilterName=name))
        document.close(True)
    for kind in ("xls", "ods", "xlsx"):
        assert grid(tmp_path / f"saved.{kind}") == [["城南旧事", date(2025, 9, 10), 12.5]], kind


def ods(path: Path, rows: str) -> Path:
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "table", "text"))
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
        f'<office:body><office:spreadsheet><table:table table:name="个别登记账">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    path.write_bytes(zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}))
    return path


def test_an_ods_is_read_and_says_what_it_cannot_tell(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>城南旧事</text:p></table:table-cell>'
    path = ods(tmp_path / "名册.ods", f"<table:table-row>{cell}</table:table-row>")
    with open_workbook(path) as opened:
        assert list(opened.grids(opened.sheet_names)) == [("个别登记账", [["城南旧事"]])]
        assert opened.first_rows("个别登记账", 5) == [["城南旧事"]]
        assert "错误值和空单元格看起来一样" in opened.cannot_tell


def test_an_ods_that_repeats_one_cell_over_a_whole_sheet_is_refused_in_time(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    path = ods(
        tmp_path / "名册.ods",
        f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>',
    )
    assert_refused_in_time(path, "损坏")


def test_an_ole_file_whose_sectors_go_round_in_circles_is_refused_in_time(tmp_path: Path) -> None:
    # Header, then sector 0: the allocation table, where sector 1 (the directory) is followed by itself.
    version = struct.pack("<16x5H10x", 0x3E, 3, 0xFFFE, 9, 6)
    starts = struct.pack("<4I", 1, 1, 0, 4096) + struct.pack("<4I", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    table = struct.pack("<128I", 0xFFFFFFFD, 1, *[0xFFFFFFFF] * 126)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + version + starts + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    path = tmp_path / "旧账.xls"
    path.write_bytes(header + table + bytes(512))
    assert_refused_in_time(path, "损坏")


def assert_refused_in_time(path: Path, words: str) -> None:
    ended = read_in_a_fresh_process(path)
    assert (ended.errors, ended.status) == ("", 0)
    assert words in ended.said
    assert ended.seconds < SECONDS
    assert ended.megabytes < MEGABYTES


class Ended:
    """How reading a file in a process of its own went."""

    def __init__(self, output: str, errors: str, status: int) -> None:
        self.errors, self.status = errors, status
        said, seconds, megabytes = output.rsplit("\n", 3)[:3] if status == 0 else ("", "0", "0")
        self.said, self.seconds, self.megabytes = said, float(seconds), float(megabytes)


# Measures seconds of processor and peak memory of the reader and of the child it may have started. The reader's own
# memory is what the system says of it since it began: its resource usage would begin with that of this test run.
READER = """
import os, re, resource, sys, traceback
from pathlib import Path
import python_calamine
from schoollib_xl.sheets.opening import markup, ooxml, zip_entry
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.opening.refusing import Unusable

def read(path):
    try:
        with open_workbook(Path(path)) as opened:
            print(*(name for name, _ in opened.grids(opened.sheet_names)), sep="|")
    except Unusable as refused:
        print(refused)
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(one.ru_utime + one.ru_stime for one in used))
    status = Path("/proc/self/status")
    own = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) if status.exists() else 0
    print(max(own, used[1].ru_maxrss) / 1024, flush=True)

for path, *streams in (line.rstrip("\\n").split("\\t") for line in sys.stdin):
    if reader := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1]), flush=True)
        continue
    for number, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    try:
        read(path)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
"""


@cache
def readers() -> subprocess.Popen[str]:
    """A process that has loaded the program, and begins a process of its own for each file it is told of."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-X", "utf8", "-c", READER], stdin=pipe, stdout=pipe, encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def end_of_the_readers() -> Iterator[None]:
    yield
    if readers.cache_info().currsize:
        readers().communicate()
        readers.cache_clear()


@cache
def read_in_a_fresh_process(path: Path) -> Ended:
    """Read every sheet of a file."""
    with TemporaryDirectory() as folder:
        output, errors = (Path(folder) / name for name in ("output", "errors"))
        begun = readers()
        assert begun.stdin
        assert begun.stdout
        begun.stdin.write(f"{path}\t{output}\t{errors}\n")
        begun.stdin.flush()
        status = int(begun.stdout.readline())
        return Ended(output.read_text("utf-8"), errors.read_text("utf-8"), status)


@pytest.mark.parametrize(
    ("text", "is_formula"),
    [
        ("=A1", True),
        ("=名单!$B$2", True),
        ("=VLOOKUP(B2)", True),
        ("王五", False),
        ("=cmd|'/c calc'!A1", False),
        ("+1", False),
    ],
)
def test_a_formula_without_its_value_is_no_text(text: str, is_formula: bool, tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text(f"姓名,班级\n{text},三（1）班\n", encoding="utf-8")
    assert isinstance(read_text_rows(tmp_path / "名单.csv")[1][0], Uncalculated) == is_formula


def test_a_control_character_in_a_line_makes_no_file_unreadable(tmp_path: Path) -> None:
    (tmp_path / "书目.csv").write_bytes("登记号,书名\n0001,小\x07河\n".encode())
    assert read_text_rows(tmp_path / "书目.csv")[1] == ["0001", "小\x07河"]


@pytest.mark.parametrize(
    "text",
    [
        '登记号,书名\n="0001",小河\n',
        '"登记号","书名"\n"=""0001""","小河"\n',
        "登记号\t,书名\t\n0001\t,小河\t\n",
        "登记号，书名\n0001，小河\n",
        "登记号\t书名\n0001\t小河\n\x1a",
        "\ufeff\ufeff登记号;书名\n0001;小河\n",
    ],
)
def test_what_programs_put_round_a_value_is_no_part_of_it(text: str, tmp_path: Path) -> None:
    """As text formulas, tabs against the loss of zeros, full-width commas, an end of file of DOS."""
    (tmp_path / "书目.csv").write_bytes(text.encode())
    assert read_text_rows(tmp_path / "书目.csv") == [["登记号", "书名"], ["0001", "小河"]]
