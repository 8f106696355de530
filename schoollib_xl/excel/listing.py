"""An answer's part for Excel, into the open workbook: the sheet 核对结果, and the cells it names in colour."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from schoollib_xl.excel.steps import (
    FINDINGS_NAME,
    POSITION_NAME,
    REFERENCE,
    SAID,
    Formula,
    Look,
    Mark,
    Name,
    Page,
    Say,
    Sheet,
    Show,
    Step,
    Unmark,
    Value,
    Width,
    Write,
)
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.sheets.cells import letters_and_row
from schoollib_xl.sheets.layout import quoted
from schoollib_xl.sheets.own_sheets import RESULTS
from schoollib_xl.sheets.styles import BLUE, GREY, GROUNDS, PALE, rgb
from schoollib_xl.wording import answer
from schoollib_xl.wording.answer import Answer, CellNote, Medium, Shade, Table, in_words
from schoollib_xl.wording.answer_text import group_text, points_text
from schoollib_xl.wording.excel.buttons import MARK_BEGINS
from schoollib_xl.wording.places import Address, column_letters

_GROUNDS = {shade: rgb(colour) for shade, colour in GROUNDS.items()}


def listing(found: Answer) -> Iterator[Step]:
    """The steps that take the last check's marks away, list what this one found, and mark its cells."""
    (section,) = found.sections_for(Medium.EXCEL)
    (table,) = section.tables
    to_do = [line for group in section.groups for line in group_text(group, section.name, found.title)]
    said = found.sentences_for(Medium.EXCEL)
    above = [*said, *section.sentences, *to_do, *table.sentences]
    header = len(above) + 1
    yield Unmark()
    yield Sheet(RESULTS)
    yield Write(RESULTS, "A1", tuple((line,) for line in above))
    yield Look(RESULTS, "A1", bold=True)
    yield from _table(table, section.widths, header)
    yield from _marks(table, header)
    yield Show(RESULTS, "A1")
    steps = [line for group in section.groups for line in points_text(group, group.points)]
    yield Say("\n".join([*said, *steps]))


def _table(table: Table, widths: Sequence[int], header: int) -> Iterator[Step]:
    """The table, and beside it, hidden, what is remembered of each cell: a formula that follows it, and the words."""
    last = column_letters(len(table.header))
    yield Write(RESULTS, f"A{header}", (tuple(table.header),))
    yield Look(RESULTS, f"A{header}:{last}{header}", bold=True, ground=rgb(PALE))
    if table.rows:
        rows = [(*map(_shown, row), *_remembered(note)) for row, note in zip(table.rows, table.cells, strict=True)]
        yield Write(RESULTS, f"A{header + 1}", tuple(rows))
        yield from _looks(table, header + 1)
    for index, width in enumerate([*widths, *[0] * (SAID - REFERENCE + 1)], 1):
        yield Width(RESULTS, f"{column_letters(index)}{header}", width)
    yield Page(RESULTS, f"A{header}:{last}{header + max(len(table.rows), 1)}")


def _looks(table: Table, first: int) -> Iterator[Step]:
    """Everything may run over several lines; places as links, colours as the table has them."""
    last, letters = first + len(table.rows) - 1, [column_letters(index) for index in range(1, len(table.header) + 1)]
    yield Look(RESULTS, f"{letters[0]}{first}:{letters[-1]}{last}", wrapped=True)
    for letter, value in zip(letters, table.rows[0], strict=True):
        if isinstance(value, Address):
            yield Look(RESULTS, f"{letter}{first}:{letter}{last}", ink=rgb(BLUE), wrapped=True)
    row = first
    for shades, group in groupby(table.shades):
        end = row + len(list(group)) - 1
        if isinstance(shades, Sequence):
            for letter, shade in zip(letters, shades, strict=True):
                if shade in _GROUNDS:
                    yield Look(RESULTS, f"{letter}{row}:{letter}{end}", ground=_GROUNDS[shade])
        elif shades is Shade.GREY:
            yield Look(RESULTS, f"{letters[0]}{row}:{letters[-1]}{end}", ink=rgb(GREY), wrapped=True)
        row = end + 1


def _shown(value: answer.Value) -> Value:
    """A value as a cell takes it, an address as a link."""
    if not isinstance(value, Address):
        return in_words(value)
    # An apostrophe inside the text of a link is doubled by the sheet's own quoting already.
    target = f"{quoted(value.sheet)}!{value.a1}"
    return Formula(f'=HYPERLINK("#{_plain(target)}","{_plain(str(value))}")')


def _remembered(note: CellNote) -> tuple[Value, ...]:
    return Formula(f"={quoted(note.at.sheet)}!{_absolute(note.at.a1)}"), f"{note.label}：{note.said}"


def _marks(table: Table, header: int) -> Iterator[Step]:
    """What the macros walk through, and each cell in the colour of its worst finding."""
    if not table.cells:
        return
    memory = len(table.header) + 1
    first, last = (column_letters(memory + offset) for offset in (0, SAID - REFERENCE))
    yield Name(FINDINGS_NAME, RESULTS, f"{first}{header + 1}:{last}{header + len(table.cells)}")
    yield Name(POSITION_NAME, RESULTS, f"{first}{header}")
    notes = grouped(table.cells, lambda note: note.at)
    for at, (worst, *others) in notes.items():
        if worst.is_there:
            said = "\n".join([MARK_BEGINS, worst.said, *(other.said for other in others)])
            yield Mark(*at, _GROUNDS[worst.shade], said)


def _absolute(cell: str) -> str:
    letters, row = letters_and_row(cell)
    return f"${letters}${row}"


def _plain(text: str) -> str:
    return text.replace('"', '""')
