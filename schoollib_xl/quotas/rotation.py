"""借阅轮流表: a turn for every class inside the opening hours, never more classes at once than the room takes."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.vocabulary import Audience, Weekday, WeekPattern
from schoollib_xl.quotas.classes import school_classes
from schoollib_xl.quotas.lending_plan import Stretch
from schoollib_xl.quotas.packing import Place, Proof, Turn, packed, usable
from schoollib_xl.quotas.seating import Start, seated
from schoollib_xl.quotas.timetable import merged, minute_of
from schoollib_xl.quotas.week_board import PARITIES, Board, Placed, Unplaced
from schoollib_xl.quotas.wishes import SCHOOL_WEEK, Wish, wishes


class Shortage(NamedTuple):
    """Why not every turn has a place: the turns and their minutes in two weeks, the minutes that are open to them
    (an opening counts once for each class that may come at a time), and those that whole turns can fill.
    """

    proof: Proof
    turns: int
    needed: int
    offered: int
    usable: int


@dataclass(frozen=True)
class Rotation:
    """A rotation table, ready to paste, and the turns that could not be placed. `shortage` is why those that are
    not too long for every opening could not; None where there are none.
    """

    turns: tuple[TurnRow, ...]
    unplaced: tuple[Unplaced, ...]
    shortage: Shortage | None = None


def rotation(library: Library) -> Rotation:
    """Give every class the turns 借阅轮流表 asks for, moved where they clash; a class that has none there gets
    the usual ones (see `wishes`). Every turn is placed wherever that is possible at all; where it is not, each
    class first gets one of its turns.
    """
    openings, capacity = _openings(library), library.school.room_capacity or 1
    wanted = wishes(library)
    board, left, shortage = _fullest(openings, capacity, wanted)
    order = {one.name: index for index, one in enumerate(school_classes(library))}
    placed = sorted(board.turns, key=lambda turn: (turn.weekday, turn.stretch, turn.weeks, order[turn.wish.class_name]))
    rows = tuple(_row(line, turn) for line, turn in enumerate(placed, 2))
    return Rotation(rows, tuple(board.refusal(wish) for wish in wanted if wish in left), shortage)


_Openings = dict[Weekday, list[Stretch]]
_Filled = tuple[Board, list[Wish]]
# Orders tried before all turns are packed anew: those left over go first in the next, so that most stay where asked.
_MOST_ORDERS = 4


def _fullest(openings: _Openings, capacity: int, wanted: list[Wish]) -> tuple[Board, list[Wish], Shortage | None]:
    """The fullest week, the turns it has no place for, and why."""
    board, left = _as_asked(openings, capacity, wanted)
    longest = max((one.end - one.start for stretches in openings.values() for one in stretches), default=0)
    fitting = [wish for wish in wanted if wish.minutes <= longest]
    if not any(wish in fitting for wish in left):
        return board, left, None
    found = _packed(fitting, openings, capacity)
    if not isinstance(found, Proof):
        board = Board(openings, capacity, found)
        return board, [wish for wish in wanted if wish not in fitting], None
    board, left = max((board, left), _most_classes(openings, capacity, wanted, fitting), key=_worth)
    return board, left, _shortage(found, fitting, _seats(openings, capacity)) if left else None


def _as_asked(openings: _Openings, capacity: int, wanted: list[Wish]) -> _Filled:
    """Every turn at its best free place, one after the other; the fullest week of some orders."""
    found: list[_Filled] = []
    order = wanted
    for _ in range(_MOST_ORDERS):
        board = Board(openings, capacity)
        left = [wish for wish in order if not board.place(wish)]
        found.append((board, left))
        following = [*left, *(wish for wish in order if wish not in left)]
        if not left or following == order:
            break
        order = following
    return max(found, key=_worth)


def _worth(filled: _Filled) -> tuple[int, int]:
    """Classes that have a turn, then turns."""
    turns = filled[0].turns
    return len({turn.wish.class_name for turn in turns}), len(turns)


def _most_classes(openings: _Openings, capacity: int, wanted: list[Wish], fitting: list[Wish]) -> _Filled:
    """As many turns as can be packed, each class's first one before any second, short ones before long ones; then
    what still fits in between.
    """
    order = [wish for _, wish in sorted(_in_rounds(fitting), key=lambda one: (one[0], _turn(one[1]).fortnight))]

    seats = _seats(openings, capacity)
    most = bisect_left(
        range(len(order)), True, key=lambda last: isinstance(_side_by_side(order[: last + 1], seats), Proof)
    )
    found = _side_by_side(order[:most], seats)
    board = Board(openings, capacity, [] if isinstance(found, Proof) else found)
    return board, [wish for wish in wanted if wish not in order[:most] and not board.place(wish)]


def _in_rounds(wanted: Sequence[Wish]) -> Iterator[tuple[int, Wish]]:
    """Each turn with how many its class has before it."""
    before = Counter[str]()
    for wish in wanted:
        yield before[wish.class_name], wish
        before[wish.class_name] += 1


class _Seat(NamedTuple):
    """An opening of a weekday for one of the classes that may come at a time."""

    weekday: Weekday
    opening: Stretch


def _seats(openings: _Openings, capacity: int) -> list[_Seat]:
    return [_Seat(day, one) for day, stretches in openings.items() for one in stretches for _ in range(capacity)]


def _turn(wish: Wish) -> Turn:
    return Turn(wish.minutes, wish.is_fortnightly)


def _shortage(proof: Proof, wanted: list[Wish], seats: list[_Seat]) -> Shortage:
    lengths, turns = [seat.opening.end - seat.opening.start for seat in seats], [_turn(wish) for wish in wanted]
    needed = sum(turn.fortnight for turn in turns)
    return Shortage(proof, len(turns), needed, 2 * sum(lengths), usable(lengths, turns))


def _packed(wanted: list[Wish], openings: _Openings, capacity: int) -> list[Placed] | Proof:
    """All turns packed into the week; or why that cannot be done."""
    found = _side_by_side(wanted, _seats(openings, capacity))
    # With one seat lengths tell all; with more, turns may also share them in other ways.
    if capacity == 1 or found not in (Proof.ALL_TRIED, Proof.NOT_FOUND):
        return found
    return _seated(wanted, _seats(openings, 1), capacity)


def _side_by_side(wanted: list[Wish], seats: list[_Seat]) -> list[Placed] | Proof:
    """All turns packed so that each seat has its own; or why that cannot be done."""
    found = packed([_turn(wish) for wish in wanted], [seat.opening.end - seat.opening.start for seat in seats])
    if isinstance(found, Proof):
        return found
    placed = _in_time(wanted, found, seats)
    return next((one for one in (_spread(wanted, placed), placed) if not _doubled(one)), Proof.NOT_FOUND)


def _seated(wanted: list[Wish], seats: list[_Seat], capacity: int) -> list[Placed] | Proof:
    turns = [(_turn(wish), wish.class_name) for wish in wanted]
    found = seated(turns, [seat.opening.end - seat.opening.start for seat in seats], capacity)
    if isinstance(found, Proof):
        return found
    return [_placed(wish, seats[start.opening], start) for wish, start in zip(wanted, found, strict=True)]


def _placed(wish: Wish, seat: _Seat, start: Start) -> Placed:
    begins = seat.opening.start + start.minutes
    weeks = PARITIES[start.parities[0]] if wish.is_fortnightly else WeekPattern.EVERY
    return Placed(seat.weekday.number, Stretch(begins, begins + wish.minutes), weeks, wish)


def _in_time(wanted: list[Wish], places: list[Place], seats: list[_Seat]) -> list[Placed]:
    """The turns of each seat one after the other, those of every week first."""
    found = []
    free = [[seat.opening.start, seat.opening.start] for seat in seats]
    for wish, place in sorted(zip(wanted, places, strict=True), key=lambda one: one[0].is_fortnightly):
        parities = (0, 1) if not wish.is_fortnightly else (0 if place.in_odd else 1,)
        seat, begins = seats[place.opening], free[place.opening][parities[0]]
        for parity in parities:
            free[place.opening][parity] = begins + wish.minutes
        found.append(_placed(wish, seat, Start(place.opening, begins - seat.opening.start, parities)))
    return found


def _spread(wanted: list[Wish], placed: list[Placed]) -> list[Placed]:
    """The same places, turns of equal length exchanged: a turn on the day it asks for where there is one, and the
    turns of one class on days far apart.
    """
    in_rounds = [wish for _, wish in sorted(_in_rounds(wanted), key=lambda one: one[0])]
    places: dict[Turn, list[Placed]] = {}
    for one in sorted(placed, key=lambda one: one[:3]):
        places.setdefault(_turn(one.wish), []).append(one)
    # Those that ask for a day choose first.
    choosing = sorted(in_rounds, key=lambda wish: wish.weekday is None)
    return [_chosen(places[_turn(wish)], wish) for wish in choosing]


def _chosen(free: list[Placed], wish: Wish) -> Placed:
    """The first place on the day the turn asks for, or the first of all, taken from those that are free."""
    on_day = (one for one in free if wish.weekday and one.weekday == wish.weekday.number)
    place = next(on_day, free[0])
    free.remove(place)
    return place._replace(wish=wish)


def _doubled(placed: list[Placed]) -> bool:
    """Whether some class would have to be in two places at once."""
    pairs = ((one, other) for at, one in enumerate(placed) for other in placed[:at])
    return any(one.wish.class_name == other.wish.class_name and one.meets(other) for one, other in pairs)


def _openings(library: Library) -> _Openings:
    """When pupils may come, Monday to Friday; openings that touch are one."""
    found: _Openings = {}
    for weekday in SCHOOL_WEEK:
        rows = [row for row in library[OpeningRow] if row.weekday is weekday and row.audience is not Audience.TEACHERS]
        found[weekday] = merged(Stretch(minute_of(row.starts_at), minute_of(row.ends_at)) for row in rows)
    return found


def _row(line: int, turn: Placed) -> TurnRow:
    start, end = (time(*divmod(minute, 60)) for minute in turn.stretch)
    weekday = tuple(Weekday)[turn.weekday]
    return TurnRow(line, turn.wish.class_name, weekday, turn.weeks, start, end, turn.wish.kind)
