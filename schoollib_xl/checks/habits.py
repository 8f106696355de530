"""What most lines of a column have in common is how the school keeps it: told once, and not on each of them."""

from collections.abc import Iterable, Iterator

from schoollib_xl.checks.check import MOST_SHOWN, Alike, Found
from schoollib_xl.ledgers.library import gathered, grouped

# So many lines, and such a part of those that might be amiss, are no slips.
_FEWEST, _PART = 10, 0.5


def told_once(told: Iterable[Found], of: int = 0) -> Iterator[Found]:
    """Findings about one column, of which so many lines might have one. Where most do, the first stands for all that
    are as bad, some of them shown beside it. Each message says how many more there are (`alike`).
    """
    amiss = sorted(told, key=lambda one: one.at.line)
    is_habit = len(amiss) >= max(_FEWEST, of * _PART)
    as_bad = grouped(amiss, lambda one: one.severity).values() if is_habit else ([one] for one in amiss)
    for first, *others in as_bad:
        cells = (one.at for one in others[: MOST_SHOWN - 1])
        see_also, alike = (*first.see_also, *cells), Alike(len(others), is_habit=bool(others))
        yield first._replace(see_also=see_also, facts={**first.facts, "alike": alike})


def blanks_told_once(told: Iterable[tuple[bool, Found]], of: int) -> Iterator[Found]:
    """Findings about one column, each with whether its cell is blank: those as `told_once` tells them, for where nobody
    fills the column in it is how the school keeps it; every other by itself.
    """
    by_blank = gathered(told)
    yield from told_once(by_blank.get(True, ()), of)
    for one in by_blank.get(False, ()):
        yield from told_once([one])
