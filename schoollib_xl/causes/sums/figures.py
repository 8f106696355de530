"""Corrections of figures: one cell, two columns exchanged, a line of the period before, a period's days."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from schoollib_xl.causes.amounts import Key, Proposal, Vector, as_number, as_written
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.causes.sums.balance import Balance
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.class_periods import ClassPeriod

_FIELDS = tuple(f"{part}_{measure}" for part in ("opening", "added", "removed") for measure in ("copies", "value"))
_RESULTS = ("closing_copies", "closing_value", "running_copies", "running_value", "balance")
_CARRIED = {"running_copies": "running_copies", "running_value": "running_value", "balance": "balance"}
# Fewer figures alike than this may be so by chance.
_LEAST_COPIED = 3
# Where more lines of a period are amiss, more than two were exchanged.
_MOST_AMISS = 6

# What a day moves is counted in 册数 and 金额, of what came or went and of what is held, and for the next period too;
# fewer sums than this are a figure's doing.
_LEAST_OFF = 4
# The term meant is the one nearest: a day is not wrong by half a year.
_A_TERM = timedelta(120)
# Each is tried by adding up the corrected books.
_MOST_TRIED = 6


def figure_proposals(balance: Balance, off: Vector) -> Iterator[Proposal]:
    """Every figure that, written otherwise, makes an identity hold; then pairs and whole lines."""
    single: dict[Cell, list[tuple[int, Key]]] = defaultdict(list)
    for key, amount in off.items():
        for at, times in balance.figures.get(key, ()):
            if amount % times == 0:
                single[at].append((-amount // times, key))
    for at, moves in single.items():
        for move, key in dict(moves).items():
            if proposal := _moved(balance, {at: move}, SlipKind.FIGURE, _wrong_way(balance, at, move, key)):
                yield proposal
    yield from _carried_on(balance, off)
    yield from _exchanged(balance, single)
    yield from _copied(balance, off)
    yield from _rows_exchanged(balance, off)


def _wrong_way(balance: Balance, at: Cell, move: int, key: Key) -> Slip | None:
    """除二法: a result that is off by twice a figure it was reckoned from, which was added instead of taken away."""
    slip = slip_between(balance.values[at], _after(balance, at, move))
    if at.field not in _RESULTS or slip not in (Slip.PLAIN, Slip.ONE_DIGIT):
        return None
    figures = (as_number(balance.values[summand.at]) for summand in balance.figures[key] if summand.at != at)
    return Slip.SIGN if any(figure and 2 * figure == abs(move) for figure in figures) else None


def _after(balance: Balance, at: Cell, move: int) -> Any:
    is_ = balance.values[at]
    return as_written(max((as_number(is_) or 0) + move, 0), is_, at)


def _carried_on(balance: Balance, off: Vector) -> Iterator[Proposal]:
    """A running total that was reckoned wrong, and every later one reckoned on from it."""
    for key, amount in off.items():
        figures = balance.figures.get(key, ()) if key[0] in _CARRIED else ()
        totals = [one.at for one in figures if one.at.field == _CARRIED[key[0]] and one.times > 0]
        # A row that only another correction would add has no total yet.
        if not totals:
            continue
        later = [at for at in balance.values if at[::2] == totals[0][::2] and at.line >= totals[0].line]
        slip = _wrong_way(balance, totals[0], -amount, key)
        if len(later) > 1 and (proposal := _moved(balance, dict.fromkeys(later, -amount), SlipKind.FIGURE, slip)):
            yield proposal


def _moved(balance: Balance, moves: dict[Cell, int], kind: SlipKind, slip: Slip | None = None) -> Proposal | None:
    """The proposal to change these figures by so much; None where one would fall below nothing."""
    edits, effect = [], Vector()
    for at, move in moves.items():
        is_ = balance.values[at]
        number = (as_number(is_) or 0) + move
        if number < 0:
            return None
        edits.append(Change(at, as_written(number, is_, at)))
        for key, times in balance.keys_of[at]:
            effect[key] = effect.get(key, 0) + times * move
    first = edits[0]
    slip = slip or slip_between(balance.values[first.at], first.should)
    return Proposal(Correction(kind, tuple(edits), slip, slip.cost), effect)


def _exchanged(balance: Balance, single: dict[Cell, list[tuple[int, Key]]]) -> Iterator[Proposal]:
    """Two figures that stand in each other's place, or one that slipped into the next column or line."""
    for at, moves in single.items():
        for other in _next_to(at):
            if other not in single:
                continue
            for move, _ in moves:
                mine, theirs = (as_number(balance.values[cell]) or 0 for cell in (at, other))
                is_exchange = mine + move == theirs or mine + move == theirs == 0 or (mine == 0 and theirs == move)
                moved = _moved(balance, {at: move, other: -move}, SlipKind.EXCHANGED, Slip.NEIGHBOUR)
                if is_exchange and moved:
                    yield moved


def _next_to(at: Cell) -> Iterator[Cell]:
    """The cells to the right and below of the same kind; 册数 and 金额 take turns in 分类统计账."""
    names = [field.name for field in SHEETS[at.row_type].fields]
    index, step = names.index(at.field), 2 if at.row_type is ClassificationRow else 1
    if index + step < len(names):
        yield Cell(at.row_type, at.line, names[index + step])
    if at.row_type is ClassificationRow:
        yield Cell(at.row_type, at.line + 1, at.field)


def _rows_exchanged(balance: Balance, off: Vector) -> Iterator[Proposal]:
    """Two classes of a period whose figures all stand in each other's line; out of their order, it is their letters."""
    amiss: dict[int, set[str]] = defaultdict(set)
    for key in off:
        if key[0] == "period":
            amiss[key[1]].add(key[2])
    for index, letters in amiss.items():
        by_class = balance.periods[index].by_class
        rows = [by_class[letter] for letter in sorted(letters) if letter in by_class]
        for one, other in combinations(rows, 2) if len(rows) <= _MOST_AMISS else ():
            moves = {**_moves_to(balance, one, other), **_moves_to(balance, other, one)}
            if len(moves) > 2 and (proposal := _moved(balance, moves, SlipKind.EXCHANGED, Slip.OTHER_LINE)):
                is_in_order = one.line < other.line
                yield proposal if is_in_order else Proposal(_letters_exchanged(one, other), proposal.effect)


def _letters_exchanged(one: ClassificationRow, other: ClassificationRow) -> Correction:
    edits = tuple(
        Change(Cell(ClassificationRow, row.line, "class_letter"), beside.class_letter)
        for row, beside in ((one, other), (other, one))
    )
    return Correction(SlipKind.EXCHANGED, edits, Slip.OTHER_LINE, Slip.OTHER_LINE.cost)


def _moves_to(balance: Balance, row: ClassificationRow, other: ClassificationRow) -> dict[Cell, int]:
    """By how much each figure of the row changes where it is to be the other row's."""
    moves: dict[Cell, int] = {}
    for name in (*_FIELDS, "closing_copies", "closing_value"):
        at = Cell(ClassificationRow, row.line, name)
        move = (as_number(getattr(other, name)) or 0) - (as_number(getattr(row, name)) or 0)
        if move and at in balance.values:
            moves[at] = move
    return moves


def _copied(balance: Balance, off: Vector) -> Iterator[Proposal]:
    """Lines of 分类统计账 that repeat the figures of the period before, and batches that repeat another's classes."""
    lines = {key[1] for key in off if key[0] in ("own", "carried", "classes")}
    lines |= {row.line for row in _rows_of_periods(balance, off)}
    for period in balance.periods:
        for letter, row in period.by_class.items():
            before = period.previous.by_class.get(letter) if period.previous else None
            if row.line in lines and before is not None and _alike(row, before):
                yield from _put_right(balance, off, row)


def _rows_of_periods(balance: Balance, off: Vector) -> Iterator[Any]:
    for key in off:
        if key[0] == "period" and (row := balance.periods[key[1]].by_class.get(key[2])):
            yield row


def _alike(row: ClassificationRow, before: ClassificationRow) -> bool:
    same = sum(1 for name in _FIELDS if getattr(row, name) == getattr(before, name) != 0)
    return same >= _LEAST_COPIED


def _put_right(balance: Balance, off: Vector, row: ClassificationRow) -> Iterator[Proposal]:
    """Every figure of the line as the other books have it: 期初 from the period before, the rest as counted."""
    moves: dict[Cell, int] = {}
    for name in (*_FIELDS, "closing_copies", "closing_value"):
        at = Cell(ClassificationRow, row.line, name)
        for key, times in balance.keys_of[at]:
            if key in off and (key[0] == "period" or (key[0] == "carried" and key[1] == row.line)):
                moves[at] = -off[key] // times
    if len(moves) > 1 and (proposal := _moved(balance, moves, SlipKind.COPIED, Slip.COPIED)):
        yield proposal


def repeated_classes(balance: Balance, off: Vector) -> Iterator[Proposal]:
    """Batches whose classes are another batch's."""
    rows = {row.line: row for row in balance.library[SummaryRow]}
    batches = {key[1] for key in off if key[0] == "batch_class"}
    for row in rows.values():
        if row.batch_no not in batches or all(other.by_class() != row.by_class() for other in _others(rows, row)):
            continue
        moves = {
            at: amount
            for key, amount in off.items()
            if key[:2] == ("batch_class", row.batch_no)
            for at, _ in balance.figures.get(key, ())
        }
        if len(moves) > 1 and (proposal := _moved(balance, moves, SlipKind.COPIED, Slip.COPIED)):
            yield proposal


def _others(rows: dict[int, SummaryRow], row: SummaryRow) -> list[SummaryRow]:
    return [other for other in rows.values() if other is not row]


def period_proposals(balance: Balance) -> list[Proposal]:
    """The corrections of whole periods with what each does to every sum."""
    off = Counter(key[1] for key in balance.off if key[0] == "period")
    if not balance.periods:
        return []
    after = [*(period.span.starts_on for period in balance.periods[1:]), None]
    amiss = [pair for index, pair in enumerate(zip(balance.periods, after, strict=True)) if off[index] >= _LEAST_OFF]
    found = [correction for period, following in amiss for correction in _dated(balance.library, period, following)]
    return [Proposal(correction, balance.change_by(correction)) for correction in found[:_MOST_TRIED]]


def _dated(library: Library, period: ClassPeriod, following: date | None) -> Iterator[Correction]:
    """The period from the first day of a term of 校历 to the last of one; or to the day before the next, which begins
    on `following`.
    """
    terms = [row for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]
    for field in ("ends_on", "starts_on"):
        is_ = getattr(period.span, field)
        days = {day for row in terms if abs((day := getattr(row, field)) - is_) < _A_TERM}
        if field == "ends_on" and following:
            days.add(following - timedelta(1))
        for day in sorted(days - {is_}):
            slip = slip_between(is_, day)
            slip = Slip.OTHER_BOOK if slip is Slip.PLAIN else slip
            cells = (Cell(type(row), row.line, field) for row in period.rows if getattr(row, field) == is_)
            yield Correction(SlipKind.DATE, tuple(Change(at, day) for at in cells), slip, slip.cost)
