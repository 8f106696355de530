"""Few children: what their figures would say of each of them is shown only together with others'."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import Rolled, SchoolEntry, SinceLastRun, county
from schoollib_xl.quotas.basis.figures import quotient

# A figure of fewer children than this says something about each of them: it is not shown by itself.
SMALL_GROUP = 10
ABOUT_CHILDREN = ("pupils", "loans", "mean", "per_pupil")
"""The figures of a school that are about its children."""


class Together(NamedTuple):
    """The schools that are not shown by themselves, by file, and what they come to together; None where these are still
    a few children only.
    """

    files: tuple[str, ...]
    pupils: int | None
    loans: int | None
    mean: Decimal | None
    per_pupil: Decimal | None


def not_shown_alone(entries: Sequence[SchoolEntry]) -> frozenset[str]:
    """The files of schools whose figures about people are shown only with others': those of a few children and, where
    the totals would still tell these by subtraction, the next larger ones.
    """
    hidden = frozenset[str]()
    for told_by in _SIZES:
        hidden = _with_the_next({entry.file: told_by(entry.record) for entry in entries}, hidden)
    return hidden


def _with_the_next(sizes: Mapping[str, int], hidden: frozenset[str]) -> frozenset[str]:
    """What is hidden already, the small ones, and of the others so many that all together are not small."""
    files, together = {*hidden}, sum(map(sizes.__getitem__, hidden))
    for size, file in sorted((size, file) for file, size in sizes.items() if size and file not in hidden):
        if size >= SMALL_GROUP and (not files or (len(files) > 1 and together >= SMALL_GROUP)):
            break
        files.add(file)
        together += size
    return frozenset(files)


def children(record: SchoolRecord) -> int:
    """How many children a school's figures are about: its pupils, or those who borrowed where their number, or not even
    a class, is written.
    """
    return _who_borrowed_of_the_classes(record) or record.card_holders or 0


def _pupils(record: SchoolRecord) -> int:
    return record.pupils or 0


def _who_borrowed_of_the_classes(record: SchoolRecord) -> int:
    return record.pupils or record.borrowers or 0


# One figure is of those schools that tell their pupils, another also of those that tell who borrowed: in none of them
# may the rest be a few.
_SIZES = (_pupils, _who_borrowed_of_the_classes, children)


def per_borrower(record: SchoolRecord) -> Decimal | None:
    """借书册数 ÷ 借书人数 of one school; None where these are a few children."""
    borrowers = record.borrowers or 0
    return None if record.loans is None or borrowers < SMALL_GROUP else quotient(record.loans, borrowers)


def are_few(records: Iterable[SchoolRecord]) -> bool:
    """Whether figures of these schools, even together, are of a few children."""
    counted = [[told_by(record) for told_by in _SIZES] for record in records]
    return any(0 < sum(sizes) < SMALL_GROUP for sizes in zip(*counted, strict=True))


def changed_and_not_shown_alone(rolled: Rolled, changes: SinceLastRun) -> frozenset[str]:
    """Of the schools that changed, the files of those whose figures about people one of the two runs does not show."""
    now, then = not_shown_alone(rolled.counted), not_shown_alone(changes.was)
    return frozenset(entry.file for entry, old in changes.changed if entry.file in now or old.file in then)


def told_by_difference(rolled: Rolled, changes: SinceLastRun) -> bool:
    """Whether the totals of two runs tell by subtraction of a few children: of all that came, went or changed and is
    not shown by itself.
    """
    now, then = not_shown_alone(rolled.counted), not_shown_alone(changes.was)
    came = [*changes.new, *(entry for entry, _ in changes.changed)]
    went = [*changes.gone, *(old for _, old in changes.changed)]
    moved = ([one.record for one in came if one.file in now], [one.record for one in went if one.file in then])
    return any(map(are_few, moved))


def together(entries: Sequence[SchoolEntry]) -> Together | None:
    """The schools that are not shown by themselves as one group; None where there is none."""
    hidden = not_shown_alone(entries)
    if not hidden:
        return None
    group = [entry for entry in entries if entry.file in hidden]
    files = tuple(entry.file for entry in group)
    if are_few(entry.record for entry in group):
        return Together(files, None, None, None, None)
    figures = county(group)
    return Together(files, figures.pupils, figures.loans, figures.mean, figures.per_pupil)
