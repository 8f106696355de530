"""…_数据来源.xlsx: every figure of a paper with its meaning and the cells it comes from, linked."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import save
from schoollib_xl.sheets.books.links import Links
from schoollib_xl.sheets.layout import height, set_up_print
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.findings import Address
from schoollib_xl.wording.provenance import Figure, places

SHEET = "数据来源"
_HEADERS = {"数字": 22, "名称": 28, "怎么算的": 52, "截止日期": 12}
_PLACE, _PLACE_WIDTH = "来源", 48


class _Place(NamedTuple):
    """All cells of one sheet a figure comes from, as they are shown, and the first of them."""

    text: str
    first: Address


def write_provenance(title: str, figures: Sequence[Figure], library: Library, workbook: Path, target: Path) -> Path:
    """Write where the figures of a paper come from, each place linked into `workbook`; where it went. The same
    figures give the same bytes.

    Raises CannotWrite.
    """
    return save(target, lambda file: _fill(title, figures, library, Links(workbook, target), file))


def _fill(title: str, figures: Sequence[Figure], library: Library, links: Links, file: IO[bytes]) -> None:
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
            _line(sheet, styles, links, row, figure, where, most)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(found)), len(_HEADERS) - 1)
        set_up_print(sheet, SHEET, library.school.name or "")


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
    sheet: Any, styles: Styles, links: Links, row: int, figure: Figure, where: Sequence[_Place], most: int
) -> None:
    texts = (figure.shown, figure.name, figure.definition)
    places_wide = [_PLACE_WIDTH] * len(where)
    sheet.set_row(row, height((*texts, "", *(place.text for place in where)), (*_HEADERS.values(), *places_wide)))
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, styles.boxed())
    sheet.write_datetime(row, len(texts), figure.as_of, styles.boxed(num_format="yyyy-mm-dd", align="center"))
    for column in range(most):
        at = len(_HEADERS) + column
        if column < len(where):
            sheet.write_url(row, at, links.to(where[column].first), styles.link(), where[column].text)
        else:
            sheet.write_blank(row, at, None, styles.boxed())
