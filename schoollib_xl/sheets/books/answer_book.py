"""An answer as a workbook: one sheet a section, each a title, sentences and tables."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schoollib_xl.saving import normalised, save
from schoollib_xl.sheets.books.leaf import TOTAL_LINE, Leaf, Marks
from schoollib_xl.sheets.layout import MADE_ON
from schoollib_xl.sheets.styles import Styles, book_options
from schoollib_xl.wording.answer import Answer, Section, Table, Value

# More lines than this on one sheet nobody reads, and Excel could not hold them for long.
MOST_LINES = 500_000
# From so many lines on, the height of each is not worked out; Excel shows the first line of every cell.
_MOST_MEASURED = 5_000


def write_answer_book(answer: Answer, target: Path, school: str = "") -> Path:
    """Write every section of the answer as a sheet, or write it under the next free name where that file is open;
    where it went. The answer's own sentences stand on the first sheet. The same answer gives the same bytes.

    Raises CannotWrite.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, book_options()) as book:
        book.set_properties({"title": answer.title, "author": school, "created": MADE_ON})
        book.set_size(2400, 1400)
        styles = Styles(book)
        for index, section in enumerate(answer.sections):
            _add(book, styles, section, school, () if index else answer.sentences)
    package = normalised(file.getvalue())
    return save(target, lambda draft: draft.write(package), or_beside=True)


def _add(book: Any, styles: Styles, section: Section, school: str, first: Sequence[str]) -> None:
    leaf = Leaf(book, styles, section.name, section.widths, right=school)
    leaf.title(section.name)
    for sentence in (*first, *section.sentences):
        leaf.paragraph(sentence)
    for table in section.tables:
        _add_table(leaf, styles, table, is_alone=len(section.tables) == 1)


def _add_table(leaf: Leaf, styles: Styles, table: Table, *, is_alone: bool) -> None:
    if table.heading:
        leaf.heading(table.heading)
    rows = table.rows[:MOST_LINES]
    if not table.header:
        for row in rows:
            leaf.paragraph(str(row[0]))
    elif is_alone and len(rows) > _MOST_MEASURED:
        _long_listing(leaf, styles, table.header, rows)
    elif is_alone and not table.totals:
        leaf.listing(table.header, rows)
    else:
        leaf.table(table.header, rows, _marks(table))
    if len(table.rows) > MOST_LINES:
        leaf.paragraph(f"还有 {len(table.rows) - MOST_LINES} 行，这里放不下了。")


def _marks(table: Table) -> Sequence[Marks]:
    plain = len(table.rows) - table.totals
    return [TOTAL_LINE if index >= plain else {} for index in range(len(table.rows))]


def _long_listing(leaf: Leaf, styles: Styles, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """A table of very many lines, each one line high, its header in view and to be filtered."""
    leaf.table(header, ())
    first, style = leaf.row, styles.boxed(text_wrap=False)
    for row, values in enumerate(rows, first):
        for column, value in enumerate(values):
            leaf.sheet.write(row, column, value, style)
    leaf.row = first + len(rows)
    leaf.sheet.autofilter(first - 1, 0, leaf.row - 1, len(header) - 1)
    leaf.sheet.freeze_panes(first, 0)
    leaf.sheet.repeat_rows(first - 1)
