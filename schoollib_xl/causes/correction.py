"""A correction (cells written otherwise, a row added or struck), the books as they would then be, and a cause."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import Cell, key_of
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.table import LedgerTable


class SlipKind(StrEnum):
    """What went wrong with the pen."""

    FIGURE = "figure"
    EXCHANGED = "neighbour_column"
    MOVED = "other_line"
    COPIED = "copied_figures"
    PRICE = "copy_price"
    BATCH_PRICES = "batch_prices"
    CLASS = "copy_class"
    BATCH = "copy_batch"
    NUMBER = "number"
    MISSING = "row_missing"
    TWICE = "row_twice"
    BATCH_TWICE = "batch_twice"
    WITHDRAWAL = "withdrawal_in_one_book"
    RULE = "rule"
    CALENDAR = "calendar"
    SETTING = "setting"
    READER = "roster"
    DATE = "date"
    CELL = "cell"
    COLUMN = "column"


class Slip(StrEnum):
    """What tells one explanation from a likelier one, and what a correction with this behind it costs. The differences
    only order corrections of equal number: even the least likely one is cheaper than two.
    """

    _value_: str
    cost: float

    def __new__(cls, name: str, cost: float) -> "Slip":
        """Make the member of this name."""
        member = str.__new__(cls, name)
        member._value_, member.cost = name, cost
        return member

    DIGITS_SWAPPED = "digits_swapped", 0.80
    TENFOLD = "tenfold", 0.80
    ONE_DIGIT = "one_digit", 0.90
    ONE_SIGN = "one_sign", 0.90
    ZERO = "zero", 0.80
    SIGN = "sign", 0.85
    NEIGHBOUR = "neighbour", 0.90
    OTHER_LINE = "other_line", 0.85
    OWN_ROW = "own_row", 0.55
    LINES_EXCHANGED = "lines_exchanged", 0.85
    LINES_MOVED = "lines_moved", 0.85
    ONE_LOWER = "one_lower", 0.85
    ONE_HIGHER = "one_higher", 0.85
    SAME_TITLE = "same_title", 0.70
    OTHER_BOOK = "other_book", 0.75
    WORDS_OF_ROW = "words_of_row", 0.75
    MOST_OTHERS = "most_others", 0.75
    NUMBER_LEFT_OUT = "number_left_out", 0.80
    NUMBER_IN_RANGE = "number_in_range", 0.75
    SAME_ROW = "same_row", 0.70
    SAME_LOAN = "same_loan", 0.60
    DAY_AND_MONTH = "day_and_month", 0.80
    YEAR = "year", 0.80
    MONTH = "month", 0.82
    COPIED = "copied", 0.85
    NEAREST = "nearest", 0.85
    NEXT_LOAN = "next_loan", 0.70
    ENDS_EXCHANGED = "ends_exchanged", 0.65
    DUE_DATE = "due_date", 0.70
    BOOKED = "booked", 0.60
    SAME_SHIFT = "same_shift", 0.80
    COUNTED_ON = "counted_on", 0.75
    SAME_YEARS = "same_years", 0.80
    ALL_SHIFTED = "all_shifted", 0.80
    FILLED = "filled", 0.75
    SORTED_ALONE = "sorted_alone", 0.80
    DAY_LEFT_OUT = "day_left_out", 0.75
    BACK_AGAIN = "back_again", 0.80
    ONE_DAY = "one_day", 0.75
    CLASSES_EXCHANGED = "classes_exchanged", 0.75
    ONE_COPY = "one_copy", 0.75
    DUE_OF_OTHERS = "due_of_others", 0.75
    LENT_ON_ONE_DAY = "lent_on_one_day", 0.75
    ONE_WORD = "one_word", 0.75
    COLUMNS_EXCHANGED = "columns_exchanged", 0.75
    OUT_OF_SERIES = "out_of_series", 0.75
    REPLACED = "replaced", 0.80
    PREFIX = "prefix", 0.80
    LOOK_ALIKE = "look_alike", 0.80
    PROMOTED = "promoted", 0.75
    LAST_YEARS = "last_years", 0.75
    HEADERS_EXCHANGED = "headers_exchanged", 0.75
    ALL_EXCHANGED = "all_exchanged", 0.80
    SAME_FACTOR = "same_factor", 0.80
    DISCOUNTED = "discounted", 0.80
    SAME_PERIOD = "same_period", 0.80
    ONE_SCOPE = "one_scope", 0.75
    CARD_OF_KIND = "card_of_kind", 0.70
    # Of two rules for the same readers one is for others; of one that nobody used yet that is a guess.
    SAME_SCOPE = "same_scope", 0.74
    UNUSED = "unused", 0.76
    PLAIN = "plain", 1.00


class Change(NamedTuple):
    """A cell that should hold another value."""

    at: Cell
    should: Any


class Removal(NamedTuple):
    """A row that should not be there."""

    row: Any


class Addition(NamedTuple):
    """A row that should be there as well, below the last line of its sheet; its own `line` says nothing. What stands
    in the `unknown` fields only fills them: the books do not tell it of this row.
    """

    row: Any
    unknown: tuple[str, ...] = ()


Edit = Change | Removal | Addition


class Correction(NamedTuple):
    """Edits that belong together, what they stand for, what speaks for them, and how unlikely they are: 1 for a
    slip that leaves no trace, a little less for each thing that speaks for it. `untold` are cells that are wrong with
    them, or without any, of which the books do not tell what they should hold.
    """

    kind: SlipKind
    edits: tuple[Edit, ...]
    slip: Slip
    cost: float
    untold: tuple[Cell, ...] = ()

    def collides(self, other: "Correction") -> bool:
        """Whether both cannot be made: they change one cell, or one changes a row that the other strikes."""
        mine, theirs = _touched(self), _touched(other)
        return any(at[0:2] in theirs or at in theirs for at in mine) or any(at[0:2] in mine for at in theirs)


class Cause(NamedTuple):
    """What is wrong in one place: the correction, the findings it settles (indexes into the report's), and the
    corrections that would do as well, less likely.
    """

    correction: Correction
    explains: tuple[int, ...]
    others: tuple[Correction, ...] = ()


class Causes(NamedTuple):
    """The causes, those that settle most first, and whether the time was enough to look for all of them."""

    found: tuple[Cause, ...] = ()
    complete: bool = True

    @property
    def explained(self) -> frozenset[int]:
        """Indexes of the findings that have a cause."""
        return frozenset(index for cause in self.found for index in cause.explains)


def changed(kind: SlipKind, row: Any, slip: Slip, cost: float, /, **values: Any) -> Correction:
    """A correction of cells of one row."""
    edits = (Change(Cell(type(row), row.line, field), value) for field, value in values.items())
    return Correction(kind, tuple(edits), slip, cost)


def corrected(library: Library, corrections: Iterable[Correction]) -> Library:
    """The books as they would be with the corrections made; the library given stays as it is."""
    by_type = gathered((_row_type(edit), edit) for correction in corrections for edit in correction.edits)
    tables = {sheet.row_type: library[sheet.row_type] for sheet in ALL_SHEETS}
    tables |= {row_type: _edited(library[row_type], edits) for row_type, edits in by_type.items()}
    school = library.school._replace(**_settings(library, by_type.get(SettingRow, [])))
    # The day that books are judged on is their 截止日期, where no other was asked for.
    as_of = school.cut_off if library.as_of == library.school.cut_off else None
    return Library(tables.values(), school, as_of or library.as_of)


@contextmanager
def on_trial(library: Library, corrections: Iterable[Correction]) -> Iterator[Library]:
    """The same for as long as it is looked at: hundreds are, and nobody collects them in a run of one command."""
    changed_books = corrected(library, corrections)
    try:
        yield changed_books
    finally:
        changed_books.forget()


def collide(corrections: Iterable[Correction]) -> bool:
    """Whether any two of them cannot both be made."""
    touched: set[tuple[Any, ...]] = set()
    rows: set[tuple[Any, ...]] = set()
    for correction in corrections:
        mine = _touched(correction)
        if any(at in touched or at[0:2] in touched or at in rows for at in mine):
            return True
        touched |= mine
        rows.update(at[0:2] for at in mine)
    return False


def _touched(correction: Correction) -> set[tuple[Any, ...]]:
    """Cells that are changed as (row type, line, field), rows that are struck or added as (row type, line)."""
    touched: set[tuple[Any, ...]] = set()
    for edit in correction.edits:
        if isinstance(edit, Change):
            touched.add(tuple(edit.at))
        elif isinstance(edit, Removal):
            touched.add((type(edit.row), edit.row.line))
        else:
            touched.add((type(edit.row), key_of(edit.row)))
    return touched | {tuple(at) for at in correction.untold}


def _row_type(edit: Edit) -> type[Any]:
    return edit.at.row_type if isinstance(edit, Change) else type(edit.row)


def _edited(table: LedgerTable[Any], edits: list[Edit]) -> LedgerTable[Any]:
    rows = {row.line: row for row in table.rows}
    for edit in edits:
        if isinstance(edit, Change) and edit.at.line in rows:
            rows[edit.at.line] = rows[edit.at.line]._replace(**{edit.at.field: edit.should})
        elif isinstance(edit, Removal):
            rows.pop(edit.row.line, None)
    last = max((one.line for one in (*table.rows[-1:], *table.incomplete)), default=1)
    additions = [edit.row for edit in edits if isinstance(edit, Addition)]
    below = [row._replace(line=line) for line, row in enumerate(additions, last + 1)]
    return table.changed(rows=[*rows.values(), *below])


def _settings(library: Library, edits: list[Edit]) -> dict[str, Any]:
    items = {row.line: row.item for row in library[SettingRow]}
    changes = [edit for edit in edits if isinstance(edit, Change)]
    return {SETTINGS[items[edit.at.line]].name: edit.should for edit in changes if items[edit.at.line] in SETTINGS}


def written(library: Library, at: Cell) -> Any:
    """What stands in a cell now; None where the row is not there."""
    row = library[at.row_type].sound_at(at.line)
    return getattr(row, at.field, None) if row else None
