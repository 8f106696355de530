"""借阅轮流表: a turn for every class inside the opening hours, never more classes at once than the room takes."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, WeekPattern
from schoollib_xl.ledgers.vocabulary import SCHOOL_WEEK, Weekday
from schoollib_xl.quotas.basis.classes import school_classes
from schoollib_xl.quotas.turns.lending_plan import Stretch
from schoollib_xl.quotas.turns.timetable import merged, minute_of
from schoollib_xl.quotas.week.packing import Proof, Turn, TurnPlace, packed, usable
from schoollib_xl.quotas.week.seating import TurnStart, seated
from schoollib_xl.quotas.week.turn_requests import TurnRequest, turn_requests, turns_of_nobody
from schoollib_xl.quotas.week.week_board import PARITIES, Board, Placed, Unplaced

_Openings = dict[Weekday, list[Stretch]]
_Filled = tuple[Board, list[TurnRequest]]
# Orders tried before all turns are packed anew: those left over go first in the next, so that most stay where asked.
_MOST_ORDERS = 4


class Shortage(NamedTuple):
    """Why not every turn has a place: how often they are taken in two weeks and the minutes that takes, the minutes
    open to them (an opening counts once for each class that may come at a time), and those that whole turns can fill.
    """

    proof: Proof
    times: int
    needed: int
    offered: int
    usable: int


@dataclass(frozen=True)
class Rotation:
    """A rotation table, ready to paste, and the turns that could not be placed. `shortage` is why those that are
    not too long for every opening could not; None where there are none. `unknown` are classes that have turns in
    借阅轮流表 and are not in 班级.
    """

    turns: tuple[TurnRow, ...]
    unplaced: tuple[Unplaced, ...]
    shortage: Shortage | None = None
    unknown: tuple[str, ...] = ()


def rotation(library: Library) -> Rotation:
    """Give every class the turns 借阅轮流表 asks for, moved where they clash; a class that has none there gets
    the usual ones (see `turn_requests`). Every turn is placed wherever that is possible at all; where it is not, each
    class first gets one of its turns.
    """
    openings, capacity = _openings(library), library.school.room_capacity or 1
    wanted = turn_requests(library)
    board, left, shortage = _fullest(openings, capacity, wanted)
    order = {one.name: index for index, one in enumerate(school_classes(library))}
    placed = sorted(
        board.turns, key=lambda turn: (turn.weekday, turn.stretch, turn.weeks, order[turn.request.classes[0]])
    )
    rows = tuple(_row(line, turn) for line, turn in enumerate(placed, 2))
    unplaced = tuple(board.refusal(request) for request in wanted if request in left)
    return Rotation(rows, unplaced, shortage, turns_of_nobody(library))


def _fullest(
    openings: _Openings, capacity: int, wanted: list[TurnRequest]
) -> tuple[Board, list[TurnRequest], Shortage | None]:
    """The fullest week, the turns it has no place for, and why."""
    board, left = _as_asked(openings, capacity, wanted)
    longest = max((stretch.end - stretch.start for stretches in openings.values() for stretch in stretches), default=0)
    fitting = [request for request in wanted if request.minutes <= longest]
    if not any(request in fitting for request in left):
        return board, left, None
    found = _packed(fitting, openings, capacity)
    if not isinstance(found, Proof):
        board = Board(openings, capacity, found)
        return board, [request for request in wanted if request not in fitting], None
    board, left = max((board, left), _most_classes(openings, capacity, wanted, fitting), key=_worth)
    return board, left, _shortage(found, fitting, _seats(openings, capacity)) if left else None


def _as_asked(openings: _Openings, capacity: int, wanted: list[TurnRequest]) -> _Filled:
    """Every turn at its best free place, one after the other; the fullest week of some orders."""
    found: list[_Filled] = []
    order = wanted
    for _ in range(_MOST_ORDERS):
        board = Board(openings, capacity)
        left = [request for request in order if not board.place(request)]
        found.append((board, left))
        following = [*left, *(request for request in order if request not in left)]
        if not left or following == order:
            break
        order = following
    return max(found, key=_worth)


def _worth(filled: _Filled) -> tuple[int, int]:
    """Classes that have a turn, then turns."""
    turns = filled[0].turns
    return len({name for turn in turns for name in turn.request.classes}), len(turns)


def _most_classes(openings: _Openings, capacity: int, wanted: list[TurnRequest], fitting: list[TurnRequest]) -> _Filled:
    """As many turns as can be packed, each class's first one before any second, short ones before long ones; then
    what still fits in between.
    """
    order = [request for _, request in sorted(_in_rounds(fitting), key=lambda one: (one[0], _turn(one[1]).fortnight))]

    seats = _seats(openings, capacity)
    most = bisect_left(
        range(len(order)), True, key=lambda last: isinstance(_side_by_side(order[: last + 1], seats), Proof)
    )
    found = _side_by_side(order[:most], seats)
    board = Board(openings, capacity, [] if isinstance(found, Proof) else found)
    return board, [request for request in wanted if request not in order[:most] and not board.place(request)]


def _in_rounds(wanted: Sequence[TurnRequest]) -> Iterator[tuple[int, TurnRequest]]:
    """Each turn with how many its class has before it."""
    before = Counter[str]()
    for request in wanted:
        yield before[request.class_name], request
        before[request.class_name] += 1


class _Seat(NamedTuple):
    """An opening of a weekday for one of the classes that may come at a time."""

    weekday: Weekday
    opening: Stretch


def _seats(openings: _Openings, capacity: int) -> list[_Seat]:
    return [_Seat(day, one) for day, stretches in openings.items() for one in stretches for _ in range(capacity)]


def _turn(request: TurnRequest) -> Turn:
    return Turn(request.minutes, request.is_fortnightly)


def _shortage(proof: Proof, wanted: list[TurnRequest], seats: list[_Seat]) -> Shortage:
    lengths, turns = [seat.opening.end - seat.opening.start for seat in seats], [_turn(request) for request in wanted]
    needed = sum(turn.fortnight for turn in turns)
    times = sum(turn.times for turn in turns)
    return Shortage(proof, times, needed, 2 * sum(lengths), usable(lengths, turns))


def _packed(wanted: list[TurnRequest], openings: _Openings, capacity: int) -> list[Placed] | Proof:
    """All turns packed into the week; or why that cannot be done."""
    found = _side_by_side(wanted, _seats(openings, capacity))
    # With one seat lengths tell all; with more, turns may also share them in other ways.
    if capacity == 1 or found not in (Proof.ALL_TRIED, Proof.NOT_FOUND):
        return found
    return _seated(wanted, _seats(openings, 1), capacity)


def _side_by_side(wanted: list[TurnRequest], seats: list[_Seat]) -> list[Placed] | Proof:
    """All turns packed so that each seat has its own; or why that cannot be done."""
    found = packed([_turn(request) for request in wanted], [seat.opening.end - seat.opening.start for seat in seats])
    if isinstance(found, Proof):
        return found
    placed = _in_time(wanted, found, seats)
    return next((one for one in (_spread(wanted, placed), placed) if not _doubled(one)), Proof.NOT_FOUND)


def _seated(wanted: list[TurnRequest], seats: list[_Seat], capacity: int) -> list[Placed] | Proof:
    turns = [(_turn(request), request.class_name) for request in wanted]
    found = seated(turns, [seat.opening.end - seat.opening.start for seat in seats], capacity)
    if isinstance(found, Proof):
        return found
    placed = [_placed(request, seats[start.opening], start) for request, start in zip(wanted, found, strict=True)]
    # Of classes that come together it is only known by what name they do.
    return Proof.NOT_FOUND if _doubled(placed) else placed


def _placed(request: TurnRequest, seat: _Seat, start: TurnStart) -> Placed:
    begins = seat.opening.start + start.minutes
    weeks = PARITIES[start.parities[0]] if request.is_fortnightly else WeekPattern.EVERY
    return Placed(seat.weekday.number, Stretch(begins, begins + request.minutes), weeks, request)


def _in_time(wanted: list[TurnRequest], places: list[TurnPlace], seats: list[_Seat]) -> list[Placed]:
    """The turns of each seat one after the other, those of every week first."""
    found = []
    free = [[seat.opening.start, seat.opening.start] for seat in seats]
    for request, place in sorted(zip(wanted, places, strict=True), key=lambda one: one[0].is_fortnightly):
        parities = (0, 1) if not request.is_fortnightly else (0 if place.in_odd else 1,)
        seat, begins = seats[place.opening], free[place.opening][parities[0]]
        for parity in parities:
            free[place.opening][parity] = begins + request.minutes
        found.append(_placed(request, seat, TurnStart(place.opening, begins - seat.opening.start, parities)))
    return found


def _spread(wanted: list[TurnRequest], placed: list[Placed]) -> list[Placed]:
    """The same places, turns of equal length exchanged: a turn on the day it asks for where there is one, and the
    turns of one class on days far apart.
    """
    in_rounds = [request for _, request in sorted(_in_rounds(wanted), key=lambda in_round: in_round[0])]
    places = grouped(sorted(placed, key=lambda one: one[:3]), lambda one: _turn(one.request))
    # Those that ask for a day choose first.
    choosing = sorted(in_rounds, key=lambda request: request.weekday is None)
    return [_chosen(places[_turn(request)], request) for request in choosing]


def _chosen(free: list[Placed], request: TurnRequest) -> Placed:
    """The first place on the day the turn asks for, or the first of all, taken from those that are free."""
    on_day = (placed for placed in free if request.weekday and placed.weekday == request.weekday.number)
    place = next(on_day, free[0])
    free.remove(place)
    return place._replace(request=request)


def _doubled(placed: list[Placed]) -> bool:
    """Whether some class would have to be in two places at once."""
    pairs = ((one, other) for at, one in enumerate(placed) for other in placed[:at])
    return any(one.request.shares_class(other.request) and one.meets(other) for one, other in pairs)


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
    return TurnRow(line, turn.request.class_name, weekday, turn.weeks, start, end, turn.request.kind)
