"""账册打印本.xlsx: the ledgers as they are bound. So many lines a page, under each page its sum and the sum so far. A
text that is too long for its column is printed smaller, or over several lines where it could not be read.

A ledger too wide for A4 goes on in the next sheet with its numbers repeated, as the paper one does on the facing page.
Columns in which nothing stands are left out.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field, Kind
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.packages import normalised
from schoollib_xl.saving import save
from schoollib_xl.sheets.layout import LINE_HEIGHT, MADE_ON, across, height, set_up_print
from schoollib_xl.sheets.styles import NUMBER_FORMATS, Styles, book_options

TITLE = "账册打印本"
# What is added up under a page, by ledger; a withdrawal in 总括登记账 is taken away.
SUMMED: Mapping[type[Any], tuple[str, ...]] = {
    SummaryRow: ("copies", "list_value", "paid_value", *CLASS_LETTERS),
    AccessionRow: ("price",),
    # What there was at the start and at the end of each term is no sum: two terms together would be stock nobody has.
    ClassificationRow: ("added_copies", "added_value", "removed_copies", "removed_value"),
    WithdrawalRow: ("price",),
    PeriodicalRow: ("copies", "amount"),
    LoanRow: (),
    CompensationRow: ("owed", "paid"),
}
# At full size (11 points) so many characters go across A4 less its margins, measured on printed ledgers (of 124 the
# last column went to a page of its own); so many of them are letters of 8 points still.
_AT_FULL_SIZE, _MOST_ACROSS = 120, 164
_FULL_POINTS, _LEAST_POINTS = 11, 8
# Excel keeps 5 pixels of every column free, a character being 7 wide.
_BESIDE = 5 / 7
# A4 across is 595 points high, margins take 97; the header row and two sums of what is left stand on every page.
_POINTS_DOWN, _HEADER_HEIGHT, _SUMS = 490, 32, 2
# Columns of words, and what such a column is wider than its longest word.
_WORDS, _ROOM = (Kind.TEXT, Kind.IDENTIFIER, Kind.CHOICE), 2
_CENTRED, _FIGURES = (Kind.DATE, Kind.CHOICE), (Kind.COUNT, Kind.MONEY, Kind.NUMBER)


class _Part(NamedTuple):
    """What goes onto one sheet: the ledger, the columns, and the number of this part where there are several."""

    declared: DeclaredSheet
    fields: Sequence[Field]
    number: int

    @property
    def name(self) -> str:
        return f"{self.declared.name}（{self.number}）" if self.number else self.declared.name

    @property
    def scale(self) -> int:
        """How large it is printed, in per cent."""
        return min(100, int(100 * _AT_FULL_SIZE / _across(self.fields)))

    @property
    def lines(self) -> int:
        """How many lines a page holds."""
        return (_POINTS_DOWN * 100 // self.scale - _HEADER_HEIGHT) // LINE_HEIGHT - _SUMS

    def is_broken(self, text: str, field: Field) -> bool:
        """Whether a text is longer than its column takes in letters that are read without glasses."""
        # One character more than wrapped lines are given, which must not be cut.
        widened = field.column.width * self.scale * _FULL_POINTS // (100 * _LEAST_POINTS) + 1
        return height([text], [widened]) > LINE_HEIGHT

    def lines_of(self, row: Any) -> int:
        """How many lines of a page a row takes."""
        found = ((getattr(row, field.name), field) for field in self.fields)
        broken = [
            (text, field.column.width) for text, field in found if isinstance(text, str) and self.is_broken(text, field)
        ]
        return min(self.lines, height(*zip(*broken, strict=True)) // LINE_HEIGHT) if broken else 1

    def pages(self, rows: Sequence[Any]) -> Iterator[list[tuple[Any, int]]]:
        """The rows of each page, with the lines that each takes."""
        page: list[tuple[Any, int]] = []
        left = self.lines
        for row in rows:
            taken = self.lines_of(row)
            if taken > left:
                yield page
                page, left = [], self.lines
            page.append((row, taken))
            left -= taken
        if page:
            yield page


def write_print_book(library: Library, ledgers: Sequence[type[Any]], target: Path) -> Path:
    """Write the book; where it went. The same library gives the same bytes. Raises CannotWrite."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, book_options()) as book:
        school = library.school.name or ""
        book.set_properties({"title": TITLE, "author": school, "created": MADE_ON})
        styles = Styles(book)
        for row_type in ledgers:
            rows = library[row_type].rows
            for part in parts(SHEETS[row_type], rows):
                _sheet(book, styles, part, rows, school)
    return save(target, lambda draft: draft.write(normalised(file.getvalue())))


def pages(library: Library, ledgers: Sequence[type[Any]]) -> int:
    """How many pages the book has."""
    found = ((library[one].rows, part) for one in ledgers for part in parts(SHEETS[one], library[one].rows))
    return sum(sum(1 for _ in part.pages(rows)) for rows, part in found)


def parts(declared: DeclaredSheet, rows: Sequence[Any]) -> list[_Part]:
    """The sheets of a ledger: every column in which something stands, the key of the line in each."""
    key = declared.by_name[declared.key]
    used = [field for field in declared.fields if any(getattr(row, field.name) is not None for row in rows)]
    if _across(used) > _MOST_ACROSS:
        used = [field if field.name == declared.key else _narrowed(field, rows) for field in used]
    groups: list[list[Field]] = [[]]
    for field in used:
        if groups[-1] and _across((*groups[-1], field)) > _MOST_ACROSS:
            groups.append([key])
        groups[-1].append(field)
    several = len(groups) > 1
    return [_Part(declared, group, number if several else 0) for number, group in enumerate(groups, 1)]


def _narrowed(field: Field, rows: Sequence[Any]) -> Field:
    """A column of words no wider than the longest, its header over two lines: a register that lacks room for one
    column more would fill as many pages again with it.
    """
    if field.kind not in _WORDS:
        return field
    longest = max(across(getattr(row, field.name) or "") for row in rows)
    width = min(field.column.width, max(longest, -(-across(field.header) // 2)) + _ROOM)
    return Field(
        field.name,
        field.annotation,
        field.column._replace(width=width),
        field.kind,
        field.nullable,
        field.choices,
    )


def _across(fields: Sequence[Field]) -> float:
    return sum(field.column.width + _BESIDE for field in fields)


def _sheet(book: Any, styles: Styles, part: _Part, rows: Sequence[Any], school: str) -> None:
    sheet = book.add_worksheet(part.name)
    set_up_print(sheet, part.declared.name, school)
    sheet.set_print_scale(part.scale)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, _HEADER_HEIGHT)
    for index, field in enumerate(part.fields):
        sheet.set_column(index, index, field.column.width)
        sheet.write_string(0, index, field.header, styles.header(field.required))
    breaks, line, before = [], 1, 0
    sums: dict[str, Decimal] = {}
    for page in part.pages(rows):
        line = _page(sheet, styles, part, page, line, sums, before + len(page))
        before += len(page)
        breaks.append(line)
    # Nothing follows the last page.
    sheet.set_h_pagebreaks(breaks[:-1])
    sheet.print_area(0, 0, max(line - 1, 0), len(part.fields) - 1)


def _page(
    sheet: Any,
    styles: Styles,
    part: _Part,
    page: Sequence[tuple[Any, int]],
    line: int,
    sums: dict[str, Decimal],
    count: int,
) -> int:
    """One page from this line on; the line after it. `sums` goes on from page to page."""
    rows = [row for row, _ in page]
    for row, taken in page:
        if taken > 1:
            sheet.set_row(line, LINE_HEIGHT * taken)
        for index, field in enumerate(part.fields):
            value = getattr(row, field.name)
            is_broken = taken > 1 and isinstance(value, str) and part.is_broken(value, field)
            look = _look(field) | ({"text_wrap": True, "shrink": False} if is_broken else {})
            _write(sheet, line, index, value, styles.boxed(**look))
        line += 1
    own = {name: _sum(rows, name) for name in SUMMED[part.declared.row_type]}
    for name, value in own.items():
        sums[name] = sums.get(name, Decimal(0)) + value
    for words, found in ((f"本页小计 {len(rows)} 行", own), (f"累计 {count} 行", sums)):
        for index, field in enumerate(part.fields):
            said = found.get(field.name) if index else words
            look = _look(field) | {"bold": True, "align": "right" if index else "left"}
            _write(sheet, line, index, said, styles.make(**look, top=1, bottom=1))
        line += 1
    return line


def _sum(rows: Sequence[Any], name: str) -> Decimal:
    return sum((_signed(row, getattr(row, name)) for row in rows), Decimal(0))


def _signed(row: Any, value: Decimal | int | None) -> Decimal:
    amount = Decimal(value or 0)
    return amount * row.sign if isinstance(row, SummaryRow) else amount


def _look(field: Field) -> dict[str, Any]:
    centred = {"align": "center"} if field.kind in _CENTRED else {}
    # The blank at the end keeps a figure away from the words in the next column.
    beside = "_ " if field.kind in _FIGURES else ""
    return {"num_format": NUMBER_FORMATS[field.kind] + beside, "text_wrap": False, "shrink": True} | centred


def _write(sheet: Any, line: int, index: int, value: Any, style: Any) -> None:
    if value is None:
        sheet.write_blank(line, index, None, style)
    elif isinstance(value, Decimal | int):
        sheet.write_number(line, index, value, style)
    elif hasattr(value, "toordinal"):
        sheet.write_datetime(line, index, value, style)
    else:
        sheet.write_string(line, index, str(value), style)
