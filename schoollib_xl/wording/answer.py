"""An answer: made once for a command, printed by renderers that decide nothing (terminal, page, workbook, Word, steps
inside Excel). What a table leaves out, what is emphasised and who is shown it is said here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from enum import Enum, auto
from typing import Any, Generic, NamedTuple, TypeVar

from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.wording.columns import TERMINAL_WIDTH, display_width, wrapped
from schoollib_xl.wording.columns import table as lines_of_table
from schoollib_xl.wording.findings import Address

Item = TypeVar("Item")
# Word: some forty pages; a longer table belongs into the workbook that is written beside the paper.
ON_PAPER = 1000
# A workbook: more lines on one sheet nobody reads, and Excel could not hold them for long.
IN_WORKBOOK = 500_000
# How many lines of one table, or findings of one kind, each medium shows. A terminal: about one screen, the whole
# stands in the file. A page: as many as anybody reads, for it is loaded again and again.
ON_TERMINAL, ON_PAGE = 20, 50
# Findings in a workbook: nobody works through more; the first lines say what to mend before checking again. Inside
# Excel as many as she can work through before that; marking a cell takes Excel some milliseconds.
FINDINGS_IN_WORKBOOK, FINDINGS_IN_EXCEL = 100_000, 300
ABSENT, _INDENT = "—", "  "


class Link(NamedTuple):
    """A text that leads to a cell."""

    text: str
    at: Address

    def __str__(self) -> str:
        return self.text


Value = str | int | Decimal | date | time | Address | Link | None
"""What a cell of a table holds; None is a cell with nothing in it."""


class Medium(Enum):
    """Where a section is shown: what is read on a screen (terminal, page), and what is filed (workbook, Word)."""

    EVERYWHERE = auto()
    SCREEN = auto()
    FILE = auto()


class Shade(Enum):
    """What a cell says by its colour."""

    RED = auto()
    AMBER = auto()
    BLUE = auto()
    GREY = auto()
    TOTAL = auto()


class Strong(str):
    """A sentence that must not be overlooked."""

    __slots__ = ()


class Chart(NamedTuple):
    """A picture of a table, its totals left out: `columns` are drawn as bars and `lines` as lines, both by their
    index in the table, above the names in its first column; where the columns have `shades` they are parts of one bar.
    It stands below the table, or below the section of the name `below`.
    """

    title: str
    columns: Sequence[int]
    lines: Sequence[int] = ()
    shades: Sequence[Shade] = ()
    below: str = ""


Shades = Shade | None | Sequence[Shade | None]
"""The colour of a row, or of each of its cells."""


class Table(NamedTuple):
    """A table under its heading ('' for none) and `sentences`, `notes` below it; without a header, each row is one
    sentence. The last `totals` rows sum up the others. Its `charts` are drawn below it. A workbook gives the rows
    their `shades`, has the first `frozen` columns stay in view, offers the `choices` below a header, and begins a
    `new_page` with it. A screen shows its first columns only, as many as are `on_screen` (0: all). Without rows it
    says that it is `empty`.
    """

    heading: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    totals: int = 0
    charts: Sequence[Chart] = ()
    sentences: Sequence[str] = ()
    notes: Sequence[str] = ()
    shades: Sequence[Shades] = ()
    frozen: int = 0
    choices: Mapping[str, Sequence[str]] = {}
    new_page: bool = False
    on_screen: int = 0
    empty: str = "没有。"


class Section(NamedTuple):
    """One sheet of a workbook, one section of a page: its name, the widths of its columns in characters, the
    sentences at its top and its tables; its title where that is not its name ('' for none), who may see it, and
    whether it is printed on one page.
    """

    name: str
    widths: Sequence[int]
    sentences: Sequence[str] = ()
    tables: Sequence[Table] = ()
    medium: Medium = Medium.EVERYWHERE
    title: str | None = None
    only_for: str = ""
    is_one_page: bool = False

    @property
    def shown_title(self) -> str:
        return self.name if self.title is None else self.title


class Answer(NamedTuple):
    """What a command came to: what it is about, the sentences to be read first, and the rest by sections."""

    title: str
    sentences: Sequence[str]
    sections: Sequence[Section] = ()

    def sections_for(self, medium: Medium) -> list[Section]:
        """The sections that are shown there."""
        return [section for section in self.sections if section.medium in (Medium.EVERYWHERE, medium)]


class TableColumn(NamedTuple, Generic[Item]):
    """A column of a table about items: its header, its width in characters, and its value for an item."""

    header: str
    width: int
    of: Callable[[Item], Value]


def section_of(
    name: str,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[Value]],
    sentences: Sequence[str] = (),
    medium: Medium = Medium.EVERYWHERE,
    *,
    totals: int = 0,
    charts: Sequence[Chart] = (),
) -> Section:
    """A section of one table, its columns by their headers with their widths in characters."""
    return Section(name, tuple(columns.values()), sentences, [Table("", tuple(columns), rows, totals, charts)], medium)


def columns_of(row_type: type[Any], **widths: int) -> dict[str, int]:
    """Columns of a ledger by their fields, called as there, each so many characters wide."""
    return {header_of(row_type, name): width for name, width in widths.items()}


def table_of(columns: Sequence[TableColumn[Item]], items: Iterable[Item]) -> Table:
    """The table of these columns, a row for each item."""
    header = [column.header for column in columns]
    return Table("", header, [tuple(column.of(item) for column in columns) for item in items])


def widths_of(columns: Sequence[TableColumn[Item]]) -> list[int]:
    """How wide the columns are."""
    return [column.width for column in columns]


def answer_text(answer: Answer, workbook: str = "") -> Iterator[str]:
    """The lines of an answer for a terminal; the workbook it is about is named first."""
    for index, sentence in enumerate(answer.sentences):
        yield from wrapped(f"《{workbook}》{sentence}" if workbook and not index else sentence)
    for section in answer.sections_for(Medium.SCREEN):
        yield from ("", section.shown_title)
        yield from _section_text(section)


def _section_text(section: Section) -> Iterator[str]:
    yield from _paragraphs(section.sentences)
    for table in section.tables:
        if table.heading:
            yield f"{_INDENT}{table.heading}"
        yield from _paragraphs(table.sentences)
        yield from _table_text(table)
        yield from _paragraphs(table.notes)


def _paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from wrapped(sentence, _INDENT)


def _table_text(table: Table) -> Iterator[str]:
    shown, more = on_screen(table, ON_TERMINAL)
    if shown.header and shown.rows:
        lines = list(lines_of_table(shown.header, shown.rows, _INDENT))
        # A table that fits only without its indent begins at the edge.
        fits_without = 0 < max(map(display_width, lines)) - TERMINAL_WIDTH <= len(_INDENT)
        yield from (line.removeprefix(_INDENT) for line in lines) if fits_without else lines
    else:
        yield from _paragraphs("　".join(row) for row in shown.rows)
    yield from _paragraphs([more] if more else [])


class Shown(NamedTuple):
    """What a screen shows of a table: its header and rows, each cell in words."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def on_screen(table: Table, most: int) -> tuple[Shown, str]:
    """The first rows of a table and its totals; and a sentence on the rows left out, or ''."""
    end, across = len(table.rows) - table.totals, table.on_screen or None
    rows = (*table.rows[: min(end, most)], *table.rows[end:])
    more = f"等 {end} 行，全部写在文件里。" if end > most else ""
    return Shown(table.header[:across], [tuple(map(in_words, row[:across])) for row in rows]), more


def in_words(value: Value) -> str:
    """A value as a table shows it: a day as 2025-09-01, nothing as a dash."""
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    return ABSENT if value is None else str(value)


def number(value: Decimal | None) -> int | Decimal | None:
    """A target as a number to be shown: 8, not 8.00; 1.5."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()
