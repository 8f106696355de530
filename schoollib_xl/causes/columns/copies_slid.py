"""A column of 个别登记账 a line lower or higher than the rest: each title begins with what the one before says.

Copies of a title stand together and say the same. Where the words of a column change a line later than all columns
beside it, title after title, that column was pushed.
"""

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import Cell

# What the copies of a title have in common; the first three tell where one begins.
_OF_ONE_TITLE = ("title", "author", "isbn", "publisher", "class_no", "price")
_TELLING = 3
# A title may have a copy entered otherwise; so many below each other that say what the one before says, with so much
# found fault with, are none of chance.
_SHOWN, _LEAST = 2, 3
# So many lines are tried where the block may end, among titles of one copy.
_MOST_ENDS = 6
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.2


def copies_slid(course: Course) -> None:
    """Name each block of a column that is to be moved a line up or down, where that settles what is found of it."""
    table = course.trial.library[AccessionRow]
    open_ = course.open_findings().values()
    read = Counter(name for one in open_ for name in one.check.looks_at.get(AccessionRow, ()))
    enough = course.effort.part(_SHARE)
    for name in _OF_ONE_TITLE:
        if read[name] >= _LEAST and table.has(name):
            for ends in list(_moved(list(table.rows), name)):
                if best := course.best_of(one for one in ends if course.effort.done < enough):
                    course.accept(best[:1], at_least=_LEAST)


def _moved(rows: list[AccessionRow], name: str) -> Iterator[list[Correction]]:
    """Each block of the column with what the next line says, or the one before, by where it may end."""
    said, beside = attrgetter(name), attrgetter(*(one for one in _OF_ONE_TITLE[:_TELLING] if one != name))
    for slip, ordered in ((Slip.ONE_LOWER, rows), (Slip.ONE_HIGHER, rows[::-1])):
        values, titles = list(map(said, ordered)), list(map(beside, ordered))
        for first, last, end in _blocks(values, titles):
            yield [
                _moved_to(ordered[first : stop + 1], name, values[first + 1 : stop + 2], slip, titles[stop : stop + 2])
                for stop in range(last, min(end, last + _MOST_ENDS))
            ]


def _moved_to(rows: list[AccessionRow], name: str, values: list[Any], slip: Slip, end: list[Any]) -> Correction:
    """The rows with these values, but for the last where the copy beyond it is of another title."""
    untold = () if end[0] == end[-1] else (Cell(AccessionRow, rows[-1].line, name),)
    changes = [
        Change(Cell(AccessionRow, row.line, name), value)
        for row, value in zip(rows[: -len(untold) or None], values, strict=False)
        if getattr(row, name) != value
    ]
    return Correction(SlipKind.MOVED, tuple(sorted(changes)), slip, slip.cost, untold)


def _blocks(values: list[Any], titles: list[Any]) -> Iterator[tuple[int, int, int]]:
    """The first place of each stretch in which titles begin with the value of the one before, the last that shows it,
    and where the next title begins with its own.
    """
    late: list[int] = []
    shown: list[int] = []
    for at in range(1, len(values) - 1):
        if titles[at] == titles[at - 1]:
            continue
        has_more = titles[at] == titles[at + 1]
        if values[at] == values[at - 1]:
            late.append(at)
        # Before it a title of one copy may stand, which its value has left.
        if has_more and values[at] != values[at + 1] and (values[at] == values[at - 1] or _is_single(titles, at - 1)):
            shown.append(at)
        elif has_more and values[at] == values[at + 1] != values[at - 1]:
            yield from _enough(late, shown, at)
            late, shown = [], []
    yield from _enough(late, shown, len(values) - 1)


def _is_single(titles: list[Any], at: int) -> bool:
    return at > 0 and titles[at - 1] != titles[at] != titles[at + 1]


def _enough(late: list[int], shown: list[int], end: int) -> Iterator[tuple[int, int, int]]:
    if late and len(shown) >= _SHOWN:
        yield late[0], shown[-1], end
