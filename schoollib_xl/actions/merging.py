"""Merge two copies of a workbook into a new one, with the list of their differences."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.actions.filing import WrittenBooks, file_answer
from schoollib_xl.actions.kept import telling_of_desk
from schoollib_xl.adoption.own_sheets import own_content
from schoollib_xl.adoption.two_copies.merge_report import merge_answer
from schoollib_xl.adoption.two_copies.merging import Merged, merge
from schoollib_xl.adoption.two_copies.own_of_both import OwnOfBoth, own_of_both
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import squeezed
from schoollib_xl.saving import newly, refuse_if_there
from schoollib_xl.sheets.building.macros import suffix_like
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.answer import Answer


class Joined(NamedTuple):
    """What was merged, what of her own goes over, what there is to say of it, and what neither copy tells."""

    merged: Merged
    own: OwnOfBoth
    answer: Answer
    cannot_tell: str

    @property
    def needs_her(self) -> bool:
        """Whether the copies say two things of one, which nobody but the librarian can settle."""
        return bool(self.merged.conflicts) or self.own.needs_her


def join(a: Path, b: Path, base: Path | None, as_of: date | None, progress: Progress | None) -> Joined:
    """The books of two copies as one; nothing is written.

    Raises Unusable where a copy cannot be read, and where they are the books of two schools.
    """
    before = load(base, as_of, progress).library if base else None
    (mine, of_a), (theirs, of_b) = (telling_of_desk(load(copy, as_of, progress), copy) for copy in (a, b))
    _refuse_two_schools(a, mine, b, theirs)
    merged = merge(mine, theirs, before)
    old = own_content(base, before) if base and before else None
    own = own_of_both(own_content(a, mine), own_content(b, theirs), old, merged.entries)
    cannot_tell = "\n".join(dict.fromkeys(filter(None, (of_a, of_b))))
    return Joined(merged, own, merge_answer(merged, a.name, b.name, own), cannot_tell)


def _refuse_two_schools(a: Path, mine: Library, b: Path, theirs: Library) -> None:
    """Two schools number their copies and readers alike: put together, each would get the other's."""
    one, other = mine.school.name, theirs.school.name
    if one and other and squeezed(one) != squeezed(other):
        raise Unusable(
            f"《{a.name}》是“{one}”的账，《{b.name}》是“{other}”的，没有合并；是同一所学校的，把“基本信息”里的学校名称"
            "写成一样再合并。"
        )


def write(joined: Joined, a: Path, folder: Path) -> WrittenBooks:
    """Write the merged workbook and 合并清单.xlsx into the folder; neither copy is touched.

    Raises CannotWrite where the merged one is there already or cannot be written.
    """
    merged = joined.merged
    target = folder / f"{a.stem}_合并{suffix_like(a)}"
    refuse_if_there(target)
    with newly(target) as place:
        write_workbook(merged.ledger_set, place, merged.raw, own=joined.own.own.sheets)
        report = file_answer(joined.answer, merged.ledger_set.school, folder)
    return WrittenBooks(target, report)
