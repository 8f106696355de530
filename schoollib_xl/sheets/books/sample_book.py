"""抽查表.xlsx: one printed page to carry to the shelf, with cells to tick; read back when it is filled in."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import normalised, save
from schoollib_xl.sheets.books.sheet_writer import SheetWriter
from schoollib_xl.sheets.layout import MADE_ON
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.answer import Value
from schoollib_xl.wording.sample_sheet import (
    BATCH_HEADER,
    COPY_HEADER,
    TAKEN_HEADER,
    TITLE,
    WIDTHS,
    batch_row,
    copy_row,
    taken_rows,
    which,
)
from schoollib_xl.wording.zh import say

_TICKS = ["√", "×"]
# Thirty copies, thirty books from the shelf and six batches fill an A4 page in letters of 8 pt; more would be smaller.
_MOST_ON_A_PAGE = 30


def write_sample_book(sample: Sample, library: Library, target: Path) -> Path:
    """Write the sheet; where it went. The same sample gives the same bytes.

    Raises CannotWrite where it cannot be written.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, book_options()) as book:
        school = library.school.name or ""
        book.set_properties({"title": TITLE, "author": school, "created": MADE_ON})
        _page(book, Styles(book), sample, library, school)
    return save(target, lambda draft: draft.write(normalised(file.getvalue())))


def _page(book: Any, styles: Styles, sample: Sample, library: Library, school: str) -> None:
    writer = SheetWriter(book, styles, "抽查表", WIDTHS, right=school)
    writer.title(TITLE)
    writer.paragraph(which(sample, say(library.as_of)))
    writer.paragraph("找到打√，没找到打×；从架上拿的书，把书上的号抄下来。填好以后用 inspect --answers 读回来。")
    copies = [copy_row(number, copy) for number, copy in enumerate(sample.copies, 1)]
    _table(writer, "一、照号找书", COPY_HEADER, copies, ticks=(5, 6))
    _table(writer, "二、照书找号", TAKEN_HEADER, taken_rows(sample), ticks=())
    batches = [batch_row(number, batch) for number, batch in enumerate(sample.batches, 1)]
    _table(writer, "三、照批找单据", BATCH_HEADER, batches, ticks=(6,))
    writer.paragraph("")
    writer.paragraph("抽查人：　　　　　　　　　图书管理员：　　　　　　　　　日期：")
    is_one_page = len(sample.copies) <= _MOST_ON_A_PAGE
    writer.sheet.fit_to_pages(1, 1 if is_one_page else 0)


def _table(
    writer: SheetWriter, heading: str, header: Sequence[str], rows: Sequence[Sequence[Value]], ticks: Sequence[int]
) -> None:
    writer.heading(heading)
    found = writer.table(header, rows)
    if not rows:
        writer.paragraph("没有可抽的。")
        return
    for column in ticks:
        writer.sheet.data_validation(
            found.first, column, found.last, column, {"validate": "list", "source": _TICKS, "error_type": "warning"}
        )
