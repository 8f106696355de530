"""What of a term's quotas cannot be worked out, sheet by sheet, and which lines no figure rests on."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.quotas.basis.classes import unclear_classes
from schoollib_xl.quotas.basis.period import unclear_period
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle, backward_lines
from schoollib_xl.quotas.basis.stock import has_nothing_to_plan
from schoollib_xl.quotas.borrowing.obligation import TermBooks
from schoollib_xl.quotas.borrowing.overdue import perhaps_late
from schoollib_xl.quotas.borrowing.tally import uncounted_loans
from schoollib_xl.quotas.borrowing.targets import mixed_targets, unreadable_targets
from schoollib_xl.quotas.measures.holdings import copies_apart, stocks_apart, undivided_orders, unfit_standard
from schoollib_xl.rules.incidents import perhaps_open

_NEEDED = (
    LoanRow,
    AccessionRow,
    PeriodicalRow,
    ClassRow,
    ReaderRow,
    LendingRule,
    TargetRow,
    OpeningRow,
    CalendarRow,
    ActivityRow,
)
# Of these, the sheets a line of which no other message misses.
_TOLD_BY_LINE = (ClassRow, ReaderRow, LendingRule, OpeningRow, CalendarRow, TurnRow, ActivityRow, PeriodicalRow)
# Of a subscription nothing else is counted; of a class without a number or a grade another message tells.
_COUNTED: dict[type[Any], frozenset[str]] = {
    PeriodicalRow: frozenset({"title", "starts_on", "ends_on", "amount"}),
    ClassRow: frozenset({"class_name"}),
}


def lacks_of(library: Library, books: TermBooks | None) -> Iterator[NotComputed]:
    """All that keeps figures of a term from being worked out, or rows out of them."""
    for row_type in _NEEDED:
        if not library[row_type].present:
            yield NotComputed(Obstacle.NO_SHEET, (SHEETS[row_type].name,), (Cell(row_type, 0),))
    yield from _unread_sheets(library)
    yield from _lacking_columns(library)
    yield from _unreadable_rows(library)
    yield from backward_lines(library)
    yield from unclear_period(library)
    yield from unreadable_targets(library)
    yield from mixed_targets(library)
    yield from unclear_classes(library, books.period.cut_off if books else library.as_of)
    if books:
        yield from undivided_orders(library, books.period)
    if books and books.counted is not None:
        yield from uncounted_loans(library, books.counted, books.period.window)
    if lines := sorted(
        {*perhaps_late(library, library.as_of), *(perhaps_late(library, books.period.cut_off) if books else ())}
    ):
        yield NotComputed(Obstacle.LATENESS_UNREADABLE, (), tuple(lines))
    if incidents := perhaps_open(library, library.as_of):
        yield NotComputed(Obstacle.SETTLEMENT_UNREADABLE, (), incidents)
    if has_nothing_to_plan(library):
        yield NotComputed(Obstacle.NO_BOOKS, (), (Cell(AccessionRow, 0),))
    yield from unfit_standard(library)
    day = books.period.cut_off if books else library.as_of
    yield from copies_apart(library, day)
    yield from stocks_apart(library, day)


def _unread_sheets(library: Library) -> Iterator[NotComputed]:
    """Ledgers that go on in a sheet nobody read: every figure counted from them is too small."""
    for declared in ALL_SHEETS:
        for name in library[declared.row_type].left_over:
            yield NotComputed(Obstacle.SHEET_UNREAD, (declared.name, name), (Cell(declared.row_type, 0),))


def _lacking_columns(library: Library) -> Iterator[NotComputed]:
    """Columns without which no line of a sheet can be counted."""
    for row_type in _TOLD_BY_LINE:
        declared, table = SHEETS[row_type], library[row_type]
        counted = _COUNTED.get(row_type, declared.by_name.keys())
        lacking = [name for name in dict.fromkeys(chain.from_iterable(table.missing)) if name in counted]
        if table.incomplete and lacking:
            headers = "、".join(declared.by_name[name].header for name in lacking)
            yield NotComputed(Obstacle.COLUMN_LACKING, (declared.name, headers), (Cell(row_type, 0),))


def _unreadable_rows(library: Library) -> Iterator[NotComputed]:
    """Lines that no figure can rest on, sheet by sheet: left out in silence, a holiday would become a school day."""
    for row_type in _TOLD_BY_LINE:
        lines = library[row_type].incomplete_lines
        unread = (at for at in sorted(library[row_type].unreadable) if at[0] in lines)
        counted = _COUNTED.get(row_type)
        cells = [Cell(row_type, *at) for at in unread if counted is None or at[1] in counted]
        if cells:
            yield NotComputed(Obstacle.ROW_UNREADABLE, (SHEETS[row_type].name,), tuple(cells))
