"""How large a sample school is."""

from enum import StrEnum
from typing import NamedTuple


class Size(StrEnum):
    """`school` is what a village school looks like; the others are for measuring."""

    SCHOOL = "school"
    LARGE = "large"
    STRESS = "stress"


class Scale(NamedTuple):
    """What a size means, in people, books and habits.

    `editions` is in how many editions each classic is held; `keenness` is how likely a pupil is to take
    another copy at a turn.
    """

    classes_per_grade: int
    pupils: int
    teachers: int
    opening_copies: int
    bought_copies: int
    editions: int
    general_copies: int
    keenness: float
    weekly_turns: bool

    @property
    def schools(self) -> int:
        """How many village schools would make one of this size: what happens rarely happens so often."""
        return max(1, self.pupils // 300)


SCALES = {
    Size.SCHOOL: Scale(2, 300, 15, 5_390, 590, 1, 1, 0.92, False),
    Size.LARGE: Scale(20, 5_000, 160, 45_300, 4_900, 4, 2, 0.635, True),
    Size.STRESS: Scale(185, 50_000, 1_400, 453_000, 49_500, 12, 2, 0.635, True),
}
