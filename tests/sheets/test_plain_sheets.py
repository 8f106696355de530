"""A large plain sheet is read without its tags being taken apart, and holds what the quick reader would find in it."""

from itertools import chain
from pathlib import Path
from unittest.mock import patch

import pytest

from raw_workbooks import DATE_STYLES, parts, zipped
from schoollib_xl.sheets.cells import Grid
from schoollib_xl.sheets.opening import ooxml, zip_entry
from schoollib_xl.sheets.opening.plain_sheets import PlainSheet, plain_sheet
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH

_ROWS, _AT = 400, 200
STRINGS = ("西游记", "A&amp;B", " 城南旧事 ", "红_x000D_岩", "")
STYLES = DATE_STYLES.replace("</cellXfs>", '<xf numFmtId="21"/><xf numFmtId="46"/><xf numFmtId="2"/></cellXfs>')


def _plain(number: int) -> str:
    cells = f'<c r="A{number}" s="4"><v>{number}</v></c><c r="C{number}" s="1" t="n"><v>{45000 + number}</v></c>'
    texts = (
        f'<c r="D{number}" t="inlineStr"><is><t>第{number}本</t></is></c><c r="E{number}" t="s"><v>{number % 5}</v></c>'
    )
    return f'<row r="{number}" spans="1:5" ht="{number}">{cells}{texts}<c r="F{number}" s="{number}"/></row>'


def _both_ways(
    folder: Path, rows: list[str], properties: str = "", shared: str | None = None
) -> tuple[Grid, Grid, list[PlainSheet | None]]:
    """The sheet as the quick reader has it, and as a plain one; and what that was read to be."""
    made = parts("".join(rows), properties=properties, strings=STRINGS) | {"xl/styles.xml": STYLES}
    made |= {"xl/sharedStrings.xml": shared} if shared else {}
    path = folder / "名册.xlsx"
    path.write_bytes(zipped(made))
    seen: list[PlainSheet | None] = []

    def noted(*given: object) -> PlainSheet | None:
        seen.append(plain_sheet(*given))  # type: ignore[arg-type]
        return seen[-1]

    grids = []
    for size in (1 << 40, 0):
        with (
            patch.multiple(ooxml, _LARGE=size, plain_sheet=noted),
            patch.object(zip_entry, "_CHUNK", 700),
            open_workbook(path) as opened,
        ):
            grids += [list(chain.from_iterable(rows for _, rows in opened.grids(opened.sheet_names)))]
    return grids[0], grids[1], seen


def _cells(grid: Grid) -> list[tuple[int, int, type, object]]:
    return [(r, c, type(v), v) for r, row in enumerate(grid) for c, v in enumerate(row) if v != ""]


def _row(cells: str, number: int = _AT) -> str:
    return f'<row r="{number}">{cells}</row>'


ODD = {
    "a time": '<c r="B200" s="2"><v>0.375</v></c>',
    "a day and a time": '<c r="B200" s="1"><v>45000.5</v></c>',
    "a span of hours": '<c r="B200" s="3"><v>1.5</v></c>',
    "a day before there are any": '<c r="B200" s="1"><v>60</v></c>',
    "a day before 1900": '<c r="B200" s="1"><v>-3</v></c>',
    "a style nobody has": '<c r="B200" s="77"><v>3</v></c>',
    "a number as Excel writes small ones": '<c r="B200"><v>1.5E-3</v></c>',
    "a tick": '<c r="B200" t="b"><v>1</v></c>',
    "an error": '<c r="B200" t="e"><v>#N/A</v></c>',
    "a formula": '<c r="B200"><f>A1+A2</f><v>3</v></c>',
    "a formula without a result": '<c r="B200"><f>A1+A2</f></c>',
    "a text of a formula": '<c r="B200" t="str"><v>三</v></c>',
    "an escaped sign": '<c r="B200" t="inlineStr"><is><t>A&amp;B</t></is></c>',
    "a return escaped in Excel's way": '<c r="B200" t="inlineStr"><is><t>红_x000D_岩</t></is></c>',
    "white space kept": '<c r="B200" t="inlineStr"><is><t xml:space="preserve"> 三 </t></is></c>',
    "white space": '<c r="B200" t="inlineStr"><is><t> 三\n</t></is></c>',
    "a return": '<c r="B200" t="inlineStr"><is><t>三\r\n国</t></is></c>',
    "a text of two runs": '<c r="B200" t="inlineStr"><is><r><t>三</t></r><r><t>国</t></r></is></c>',
    "a row's number in a text": '<c r="B200" t="inlineStr"><is><t>&lt;c r="200" 200"</t></is></c>',
    "its own number in a text": '<c r="B200" t="inlineStr"><is><t>r="B200" s="1</t></is></c>',
    "a cell beyond column Z": '<c r="AB200"><v>3</v></c>',
    "cells out of order": '<c r="C200"><v>3</v></c><c r="B200"><v>2</v></c>',
    "an address once more, and blank": '<c r="B200" t="inlineStr"><is><t>三</t></is></c><c r="B200" s="1"/>',
    "no cell": "",
    "a cell with nothing in it": '<c r="B200" s="1"></c>',
    "its number once more as a style": '<c r="B200" s="200"/><c r="C200" s="1200"><v>3</v></c>',
}


@pytest.mark.parametrize("cells", ODD.values(), ids=ODD)
def test_a_row_of_its_own_kind_among_plain_ones_is_read_as_ever(cells: str, tmp_path: Path) -> None:
    rows = [_row(cells) if number == _AT else _plain(number) for number in range(1, _ROWS)]
    as_ever, plain, [seen] = _both_ways(tmp_path, rows)
    assert seen is not None
    assert len(as_ever) == _ROWS - 1
    assert _cells(plain) == _cells(as_ever)


def _numbered(number: int) -> str:
    text = "２" if number == _AT else f"{number:06d}"
    return _row(
        f'<c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c><c r="B{number}"><v>{number}</v></c>', number
    )


def test_of_a_column_of_numbers_that_all_differ_each_is_its_own(tmp_path: Path) -> None:
    as_ever, plain, [seen] = _both_ways(tmp_path, [*map(_numbered, range(1, 5 * _ROWS))])
    assert seen is not None
    assert not seen.odd
    assert _cells(plain) == _cells(as_ever)
    assert len({row[0] for row in plain}) == 5 * _ROWS - 1


def test_plain_rows_are_not_parsed_and_days_count_from_where_the_workbook_says(tmp_path: Path) -> None:
    rows = [_plain(number) for number in range(1, _ROWS) if number not in (7, _AT)]
    rows[50] = '<row r="52" ht="20"/>'
    for properties in ("", '<workbookPr date1904="1"/>'):
        as_ever, plain, [seen] = _both_ways(tmp_path, rows, properties)
        assert seen is not None
        assert not seen.odd
        assert _cells(plain) == _cells(as_ever)


OTHERWISE = {
    "a formula in every row": [_row(f'<c r="B{n}"><f>A{n}</f><v>1</v></c>', n) for n in range(1, _ROWS)],
    "tags with a prefix": [_plain(n).replace("<row", "<x:row").replace("</row", "</x:row") for n in range(1, _ROWS)],
    "rows set aside as a comment": [
        *map(_plain, range(1, _AT)),
        *("<!--", *map(_plain, range(_AT, _AT + 9)), "-->"),
        *map(_plain, range(_AT + 9, _ROWS)),
    ],
    "rows that fall": [_plain(n) for n in (*range(50, 1, -1), *range(60, _ROWS))],
}


@pytest.mark.parametrize("rows", OTHERWISE.values(), ids=OTHERWISE)
def test_a_sheet_that_is_hardly_plain_is_left_to_the_quick_reader(rows: list[str], tmp_path: Path) -> None:
    as_ever, plain, [seen] = _both_ways(tmp_path, rows)
    assert seen is None
    assert _cells(plain) == _cells(as_ever)


def test_a_cell_that_says_another_row_than_its_own_stands_where_it_says(tmp_path: Path) -> None:
    rows = [_plain(number) for number in range(1, _ROWS)]
    rows[_AT - 1] = _row('<c r="B300"><v>3</v></c>')
    as_ever, plain, _ = _both_ways(tmp_path, rows)
    assert (299, 1, float, 3.0) in _cells(plain)
    assert _cells(plain) == _cells(as_ever)


SHARED = {
    "plain": "<t>西游记</t>",
    "white space kept": '<t xml:space="preserve"> 红楼 </t>',
    "how it is pronounced": '<t>东京</t><rPh sb="0" eb="2"><t>トウ</t></rPh><phoneticPr fontId="1"/>',
    "nothing of how it is pronounced": '<t>姓名</t><phoneticPr fontId="1" type="noConversion"/>',
    "two runs": '<r><t>红</t></r><r><rPr><sz val="9"/></rPr><t>岩</t></r>',
    "escaped": "<t>a&amp;b &#20013;_x000D_</t>",
    "a return": "<t>城南\r\n旧事</t>",
    "a line": "<t>城南\n旧事</t>",
    "nothing": "<t/>",
    "no text": "",
}


@pytest.mark.parametrize("item", SHARED.values(), ids=SHARED)
def test_a_shared_text_is_read_as_ever_however_it_is_written(item: str, tmp_path: Path) -> None:
    items = "".join(f"<si>{one}</si>" for one in ("<t>一</t>", item, "<t>三</t>", item))
    rows = [_row(f'<c r="A{number}" t="s"><v>{number % 4}</v></c>', number) for number in range(1, 9)]
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4">{items}</sst>'
    as_ever, plain, [seen] = _both_ways(tmp_path, rows, shared=shared)
    assert seen is not None
    assert not seen.odd
    assert _cells(plain) == _cells(as_ever)


def test_the_first_block_holds_titles_and_header_however_wide_they_are(tmp_path: Path) -> None:
    titles = [_row(f'<c r="A{number}" t="inlineStr"><is><t>个别登记账</t></is></c>', number) for number in (1, 2)]
    path = tmp_path / "名册.xlsx"
    made = parts("".join([*titles, *map(_plain, range(4, _ROWS))]), strings=STRINGS) | {"xl/styles.xml": STYLES}
    path.write_bytes(zipped(made))
    with patch.multiple(ooxml, _LARGE=0), open_workbook(path) as opened:
        [(_, first)] = opened.made_of(opened.sheet_names, lambda _, blocks: [*next(blocks)])
    assert [bool(any(row)) for row in first[:5]] == [True, True, False, True, True]
    assert len(first) > HEADER_DEPTH
