"""An oracle for rotation tables: the same week as an integer program over its ticks, solved by HiGHS.

It shares no code with the packing it judges.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import highspy

TICK = 10


class Asked(NamedTuple):
    """A turn asked for, in ticks."""

    class_name: str
    ticks: int
    is_weekly: bool


def can_all_be_placed(asked: Sequence[Asked], openings: Mapping[int, Sequence[tuple[int, int]]], capacity: int) -> bool:
    """Whether all turns have room in the openings (first and last tick by weekday), so many classes at a time and no
    class twice at once.
    """
    solver = highspy.Highs()
    solver.silent()
    room: defaultdict[tuple[int, int, int], list[Any]] = defaultdict(list)
    of_class: defaultdict[tuple[str, int, int, int], list[Any]] = defaultdict(list)
    for turn in asked:
        choices = []
        for weekday, stretches in openings.items():
            for first, last in stretches:
                for start in range(first, last - turn.ticks + 1):
                    for parities in ((0, 1),) if turn.is_weekly else ((0,), (1,)):
                        chosen = solver.addBinary()
                        choices.append(chosen)
                        for parity in parities:
                            for tick in range(start, start + turn.ticks):
                                room[weekday, parity, tick].append(chosen)
                                of_class[turn.class_name, weekday, parity, tick].append(chosen)
        if not choices:
            return False
        solver.addConstr(sum(choices) == 1)
    for chosen in room.values():
        solver.addConstr(sum(chosen) <= capacity)
    for chosen in of_class.values():
        solver.addConstr(sum(chosen) <= 1)
    solver.solve()
    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)
