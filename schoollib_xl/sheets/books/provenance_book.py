"""…_数据来源.xlsx: every figure of a paper with its meaning, its place, its rows and cells, linked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.school import School
from schoollib_xl.saving import save
from schoollib_xl.sheets.books.sheet_writer import Links
from schoollib_xl.sheets.layout import height, set_up_print
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.findings import Address
from schoollib_xl.wording.provenance import Figure, counted_header, places, row_ranges

SHEET = "数据来源"
ROWS_SHEET = "所用的行"
_HEADERS = {
    "数字": 22,
    "名称": 28,
    "在文件里": 30,
    "怎么算的": 44,
    "筛选": 44,
    "行数": 10,
    header_of(School, "cut_off"): 12,
}
_ROW_HEADERS = {"数字": 14, "名称": 28, "工作表": 18, "筛选": 44, "加起来的栏目": 14, "行数": 10, "行": 80}
# Excel takes 32,767 characters in a cell; so many leave room for the last run.
_MOST_CHARACTERS = 32_000
_PLACE, _PLACE_WIDTH = "来源", 48


class _Place(NamedTuple):
    """All cells of one sheet a figure comes from, as they are shown, and the first of them."""

    text: str
    first: Address


Standing = Mapping[int, Sequence[str]]
"""Where each figure stands in the paper, by its number among the figures."""


def write_provenance(
    title: str,
    figures: Sequence[Figure],
    library: Library,
    workbook: Path,
    target: Path,
    standing: Standing | None = None,
) -> Path:
    """Write where the figures of a paper come from, each place linked into `workbook`; where it went. The same
    figures give the same bytes.

    Raises CannotWrite.
    """
    links = Links(workbook, target)
    return save(target, lambda file: _fill(title, figures, library, links, standing or {}, file))


def line_of(number: int) -> str:
    """The end of a link to the line of a figure in this book."""
    return f"#{SHEET}!A{number + 2}"


def _fill(
    title: str, figures: Sequence[Figure], library: Library, links: Links, standing: Standing, file: IO[bytes]
) -> None:
    from xlsxwriter import Workbook

    found = [(figure, _by_sheet(places(library, figure))) for figure in figures]
    most = max((len(where) for _, where in found), default=1)
    with Workbook(file, book_options()) as book:
        made_on = datetime.combine(library.as_of, time())
        book.set_properties({"title": title, "author": library.school.name or "", "created": made_on})
        styles = Styles(book)
        sheet = book.add_worksheet(SHEET)
        _head(sheet, styles, most)
        for row, (figure, where) in enumerate(found, 1):
            _line(sheet, styles, links, row, figure, standing.get(row - 1, ()), where, most)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(found)), len(_HEADERS) - 1)
        set_up_print(sheet, SHEET, library.school.name or "")
        _rows_sheet(book.add_worksheet(ROWS_SHEET), styles, links, figures, library)


def _by_sheet(where: Sequence[Address]) -> list[_Place]:
    sheets: dict[str, list[Address]] = {}
    for place in where:
        sheets.setdefault(place.sheet, []).append(place)
    return [_Place(f"{name}!{'、'.join(one.a1 for one in found)}", found[0]) for name, found in sheets.items()]


def _head(sheet: Any, styles: Styles, most: int) -> None:
    names = [*_HEADERS.items(), *((_PLACE if not i else f"{_PLACE}{i + 1}", _PLACE_WIDTH) for i in range(most))]
    for column, (header, width) in enumerate(names):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles.header(required=True))


def _line(
    sheet: Any,
    styles: Styles,
    links: Links,
    row: int,
    figure: Figure,
    standing: Sequence[str],
    where: Sequence[_Place],
    most: int,
) -> None:
    words = "；".join(one.words for one in figure.counted)
    texts = (figure.shown, figure.name, "\n".join(dict.fromkeys(standing)), figure.definition, words)
    places_wide = [_PLACE_WIDTH] * len(where)
    sheet.set_row(row, height((*texts, "", "", *(place.text for place in where)), (*_HEADERS.values(), *places_wide)))
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, styles.boxed())
    lines = sum(len(one.lines) for one in figure.counted)
    if figure.counted:
        sheet.write_number(row, len(texts), lines, styles.boxed())
    else:
        sheet.write_blank(row, len(texts), None, styles.boxed())
    sheet.write_datetime(row, len(texts) + 1, figure.as_of, styles.boxed(num_format="yyyy-mm-dd", align="center"))
    for column in range(most):
        at = len(_HEADERS) + column
        if column < len(where):
            sheet.write_url(row, at, links.to(where[column].first), styles.link(), where[column].text)
        else:
            sheet.write_blank(row, at, None, styles.boxed())


def _rows_sheet(sheet: Any, styles: Styles, links: Links, figures: Sequence[Figure], library: Library) -> None:
    """The very rows behind every counted figure, each sheet of a ledger on a line of its own."""
    for column, (header, width) in enumerate(_ROW_HEADERS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles.header(required=True))
    row = 0
    for figure, counted in [(one, counted) for one in figures for counted in one.counted]:
        for rows in row_ranges(library, counted):
            row += 1
            told = (figure.shown, figure.name, rows.sheet, counted.words, counted_header(library, counted))
            for column, text in enumerate(told):
                sheet.write_string(row, column, text, styles.boxed())
            sheet.write_number(row, len(told), rows.number, styles.boxed())
            target = links.to(Address(rows.sheet, f"A{rows.first}"))
            sheet.write_url(row, len(told) + 1, target, styles.link(), rows.runs[:_MOST_CHARACTERS])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, row), len(_ROW_HEADERS) - 1)
    set_up_print(sheet, ROWS_SHEET, library.school.name or "")
