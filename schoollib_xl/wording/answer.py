"""An answer: made once for a command, printed by renderers that decide nothing (terminal, page, workbook, Word, steps
inside Excel). What a table leaves out, what is emphasised and who is shown it is said here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from enum import Enum, Flag, auto
from typing import Any, Generic, NamedTuple, TypeVar

from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.wording.places import Address

Item = TypeVar("Item")
# Findings in a workbook: nobody works through more; the first lines say what to mend before checking again. Inside
# Excel as many as she can work through before that; marking a cell takes Excel some milliseconds.
FINDINGS_IN_WORKBOOK, FINDINGS_IN_EXCEL = 100_000, 300
ABSENT = "—"


class Link(NamedTuple):
    """A text that leads to a cell."""

    text: str
    at: Address

    def __str__(self) -> str:
        return self.text


Value = str | int | Decimal | date | time | Address | Link | None
"""What a cell of a table holds; None is a cell with nothing in it."""


class Medium(Flag):
    """Where a section is shown: what is read on a screen (terminal, page), what is filed (workbook, Word), and what
    stands inside Excel.
    """

    TERMINAL = auto()
    PAGE = auto()
    WORKBOOK = auto()
    PAPER = auto()
    EXCEL = auto()
    SCREEN = TERMINAL | PAGE
    FILE = WORKBOOK | PAPER
    EVERYWHERE = SCREEN | FILE


# How many lines of one table, or points of one kind, each medium shows, and where the rest is. A terminal: about one
# screen. A page: as many as anybody reads, for it is loaded again and again. A workbook: more lines on one sheet nobody
# reads, and Excel could not hold them for long. Word: some forty pages; a longer table belongs into a workbook.
MOST_SHOWN: Mapping[Medium, tuple[int, str]] = {
    Medium.TERMINAL: (20, "全部写在文件里"),
    Medium.PAGE: (50, "全部写在文件里"),
    Medium.WORKBOOK: (500_000, "这里放不下了"),
    Medium.PAPER: (1000, "全部在同时写成的表里"),
}


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


class CellNote(NamedTuple):
    """What is said at a cell of her workbook, and of which kind it is (错误, in its colour); a cell of a sheet that
    she does not have takes no mark.
    """

    at: Address
    label: str
    said: str
    shade: Shade
    is_there: bool


class Table(NamedTuple):
    """A table under its heading ('' for none) and `sentences`, `notes` below it; without a header, each row is one
    sentence. The last `totals` rows sum up the others. Its `charts` are drawn below it. A workbook gives the rows
    their `shades`, has the first `frozen` columns stay in view, offers the `choices` below a header, and begins a
    `new_page` with it. A screen shows its first columns only, as many as are `on_screen` (0: all). Without rows it
    says that it is `empty`. Inside Excel each row leads to one of the `cells`, which is marked there.
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
    cells: Sequence[CellNote] = ()

    def shown(self, medium: Medium) -> tuple[Sequence[Sequence[Value]], str]:
        """The first rows, as many as are shown there, and the totals; and a sentence on the rows left out, or ''."""
        end, (most, rest) = len(self.rows) - self.totals, MOST_SHOWN[medium]
        return ((*self.rows[:most], *self.rows[end:]), f"等 {end} 行，{rest}。") if end > most else (self.rows, "")


class LabelledSentence(NamedTuple):
    """A sentence behind what it is about: 怎么改：先看单据。"""

    label: str
    said: str

    def __str__(self) -> str:
        return f"{self.label}：{self.said}"


class Point(NamedTuple):
    """One point of a group: the cell it is about, what it says, a word on it (已说明), lines below it, and whether
    the answer before did not have it.
    """

    said: str
    at: Address | None = None
    remark: str = ""
    below: Sequence[str] = ()
    is_new: bool = False


class PointGroup(NamedTuple):
    """Points in a line each, numbered where their order counts, with what is said `before` and `after` them. Points
    of one kind have its title, code, label (错误) and shade; a screen then shows the first of them and how many more
    there are, and where all `are_settled` it says so.
    """

    points: Sequence[Point]
    is_numbered: bool = False
    before: str | LabelledSentence = ""
    after: str | LabelledSentence = ""
    title: str = ""
    code: str = ""
    label: str = ""
    shade: Shade | None = None
    are_settled: bool = False

    def shown(self, medium: Medium) -> tuple[Sequence[Point], str]:
        """The points that are shown there, and a sentence without its full stop on the rest, or ''."""
        most, _ = MOST_SHOWN[medium]
        rest = len(self.points) - most if self.code else 0
        return (self.points[:most], f"同样的问题还有 {rest} 处") if rest > 0 else (self.points, "")


class Section(NamedTuple):
    """One sheet of a workbook, one section of a page: its name, the widths of its columns in characters, the
    sentences at its top, its tables, and its groups, which are not filed; its title where that is not its name ('' for
    none), who may see it, and whether it is printed on one page.
    """

    name: str
    widths: Sequence[int]
    sentences: Sequence[str] = ()
    tables: Sequence[Table] = ()
    medium: Medium = Medium.EVERYWHERE
    title: str | None = None
    only_for: str = ""
    is_one_page: bool = False
    groups: Sequence[PointGroup] = ()

    @property
    def shown_title(self) -> str:
        return self.name if self.title is None else self.title

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is filed but headers."""
        return not self.sentences and not any(one.rows or one.sentences or one.notes for one in self.tables)


class Answer(NamedTuple):
    """What a command came to: what it is about, the sentences to be read first (`first_on` these media; elsewhere a
    section says them), and the rest by sections. A terminal breaks no sentence of an answer that `is_searched`, by the
    words in it.
    """

    title: str
    sentences: Sequence[str]
    sections: Sequence[Section] = ()
    is_searched: bool = False
    first_on: Medium = Medium.EVERYWHERE

    def sentences_for(self, medium: Medium) -> Sequence[str]:
        """The sentences that are read first there."""
        return self.sentences if medium in self.first_on else ()

    def sections_for(self, medium: Medium) -> list[Section]:
        """The sections that are shown there."""
        return [section for section in self.sections if medium in section.medium]


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
    frozen: int = 0,
) -> Section:
    """A section of one table, its columns by their headers with their widths in characters."""
    table = Table("", tuple(columns), rows, totals, charts, frozen=frozen)
    return Section(name, tuple(columns.values()), sentences, [table], medium)


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


def on_screen(table: Table, medium: Medium) -> tuple[Sequence[str], list[Sequence[str]], str]:
    """The header and the rows of a table that are shown there, each cell in words; what is said of the rest, or ''."""
    (rows, more), across = table.shown(medium), table.on_screen or None
    return table.header[:across], [tuple(map(in_words, row[:across])) for row in rows], more


def in_one_line(row: Sequence[Value]) -> str:
    """A row of a table without a header."""
    return "　".join(map(in_words, row))


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
