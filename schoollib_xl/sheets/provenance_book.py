"""…_数据来源.xlsx: every figure of a paper with its meaning and the cells it comes from, linked."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import save
from schoollib_xl.sheets.layout import height, set_up_print
from schoollib_xl.sheets.links import Links
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.findings import Address
from schoollib_xl.wording.provenance import Figure, places

SHEET = "数据来源"
_HEADERS = {"数字": 22, "名称": 28, "怎么算的": 52, "截止日期": 12}
_PLACE, _PLACE_WIDTH = "来源", 26


def write_provenance(title: str, figures: Sequence[Figure], library: Library, workbook: Path, target: Path) -> Path:
    """Write where the figures of a paper come from, each place linked into `workbook`; where it went. The same
    figures give the same bytes.

    Raises CannotWrite.
    """
    return save(target, lambda file: _fill(title, figures, library, Links(workbook, target), file), or_beside=True)


def _fill(title: str, figures: Sequence[Figure], library: Library, links: Links, file: IO[bytes]) -> None:
    from xlsxwriter import Workbook

    found = [(figure, places(library, figure)) for figure in figures]
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


def _head(sheet: Any, styles: Styles, most: int) -> None:
    names = [*_HEADERS.items(), *((_PLACE if not i else f"{_PLACE}{i + 1}", _PLACE_WIDTH) for i in range(most))]
    for column, (header, width) in enumerate(names):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles.header(required=True))


def _line(
    sheet: Any, styles: Styles, links: Links, row: int, figure: Figure, where: Sequence[Address], most: int
) -> None:
    texts = (figure.shown, figure.name, figure.definition)
    sheet.set_row(row, height((*texts, ""), _HEADERS.values()))
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, styles.boxed())
    sheet.write_datetime(row, len(texts), figure.as_of, styles.boxed(num_format="yyyy-mm-dd", align="center"))
    for column in range(most):
        at = len(_HEADERS) + column
        if column < len(where):
            sheet.write_url(row, at, links.to(where[column]), styles.link(), str(where[column]))
        else:
            sheet.write_blank(row, at, None, styles.boxed())
