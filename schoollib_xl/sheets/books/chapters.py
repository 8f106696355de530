"""A report workbook: one sheet a chapter, each a title, sentences and tables."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.saving import normalised, save
from schoollib_xl.sheets.books.leaf import Leaf, Value
from schoollib_xl.sheets.layout import MADE_ON
from schoollib_xl.sheets.styles import Styles, book_options

# More lines than this on one sheet nobody reads, and Excel could not hold them for long.
MOST_LINES = 500_000
# From so many lines on, the height of each is not worked out; Excel shows the first line of every cell.
_MOST_MEASURED = 5_000


class Part(NamedTuple):
    """A heading ('' for none) with a table below it; without a header, each row is a sentence."""

    heading: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


class Chapter(NamedTuple):
    """One sheet: its name, the widths of its columns, the sentences at its top and its tables. The table of a
    chapter that has but one stays headed on every page and can be filtered.
    """

    name: str
    widths: Sequence[int]
    sentences: Sequence[str]
    parts: Sequence[Part]


def write_chapters(title: str, chapters: Iterable[Chapter], target: Path, school: str = "") -> Path:
    """Write the report, or write it under the next free name where that file is open; where it went. The same
    chapters give the same bytes.

    Raises CannotWrite.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, book_options()) as book:
        book.set_properties({"title": title, "author": school, "created": MADE_ON})
        book.set_size(2400, 1400)
        styles = Styles(book)
        for chapter in chapters:
            _add(book, styles, chapter, school)
    package = normalised(file.getvalue())
    return save(target, lambda draft: draft.write(package), or_beside=True)


def _add(book: Any, styles: Styles, chapter: Chapter, school: str) -> None:
    leaf = Leaf(book, styles, chapter.name, chapter.widths, right=school)
    leaf.title(chapter.name)
    for sentence in chapter.sentences:
        leaf.paragraph(sentence)
    is_alone = len(chapter.parts) == 1
    for part in chapter.parts:
        if part.heading:
            leaf.heading(part.heading)
        rows = part.rows[:MOST_LINES]
        if not part.header:
            for row in rows:
                leaf.paragraph(str(row[0]))
        elif is_alone and len(rows) > _MOST_MEASURED:
            _long_listing(leaf, styles, part.header, rows)
        elif is_alone:
            leaf.listing(part.header, rows)
        else:
            leaf.table(part.header, rows)
        if len(part.rows) > MOST_LINES:
            leaf.paragraph(f"还有 {len(part.rows) - MOST_LINES} 行，这里放不下了。")


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
