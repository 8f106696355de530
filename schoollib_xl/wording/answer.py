"""An answer: made once for a command, printed by renderers that decide nothing (terminal, workbook, page)."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.wording.columns import table as lines_of_table
from schoollib_xl.wording.columns import wrapped
from schoollib_xl.wording.findings import Address

Value = str | int | Decimal | date | time | Address | None
"""What a cell of a table holds; None is a cell with nothing in it."""

# A screen holds about this many lines below the sentences; the whole table stands in the file.
MOST_ON_SCREEN = 20
ABSENT = "—"


class Chart(NamedTuple):
    """A picture of a table, its totals left out: `columns` are drawn as bars and `lines` as lines, both by their
    index in the table, above the names in its first column.
    """

    title: str
    columns: Sequence[int]
    lines: Sequence[int] = ()


class Table(NamedTuple):
    """A table under its heading ('' for none); without a header, each row is one sentence. The last `totals`
    rows sum up the others. Its `charts` are drawn below it.
    """

    heading: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    totals: int = 0
    charts: Sequence[Chart] = ()


class Section(NamedTuple):
    """One sheet of a workbook, one section of a page: its name, the widths of its columns in characters, the
    sentences at its top and its tables. One that is `on_paper_only` is not shown on a terminal.
    """

    name: str
    widths: Sequence[int]
    sentences: Sequence[str] = ()
    tables: Sequence[Table] = ()
    on_paper_only: bool = False


class Answer(NamedTuple):
    """What a command came to: what it is about, the sentences to be read first, and the rest by sections."""

    title: str
    sentences: Sequence[str]
    sections: Sequence[Section] = ()


def answer_text(answer: Answer) -> Iterator[str]:
    """The lines of an answer for a terminal."""
    for sentence in answer.sentences:
        yield from wrapped(sentence)
    for section in answer.sections:
        if not section.on_paper_only:
            yield from ("", section.name)
            yield from _section_text(section)


def _section_text(section: Section) -> Iterator[str]:
    for sentence in section.sentences:
        yield from wrapped(sentence, "  ")
    for table in section.tables:
        if table.heading:
            yield f"  {table.heading}"
        yield from _table_text(table)


def _table_text(table: Table) -> Iterator[str]:
    shown, more = on_screen(table)
    if table.header and shown:
        yield from lines_of_table(table.header, shown)
    else:
        for row in shown:
            yield from wrapped("　".join(row), "  ")
    if more:
        yield f"  {more}"


def on_screen(table: Table) -> tuple[list[tuple[str, ...]], str]:
    """The first rows of a table and its totals, each cell in words; and a sentence on the rows left out, or ''."""
    end = len(table.rows) - table.totals
    shown = (*table.rows[: min(end, MOST_ON_SCREEN)], *table.rows[end:])
    more = f"等 {end} 行，全部写在文件里。" if end > MOST_ON_SCREEN else ""
    return [tuple(map(in_words, row)) for row in shown], more


def in_words(value: Value) -> str:
    """A value as a table shows it: a day as 2025-09-01, nothing as a dash."""
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    return ABSENT if value is None else str(value)
