"""Schools of a third and an eighth of the sample school's size, right by construction like it, for tests that write,
read or judge whole workbooks and need no more.
"""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.rules.joint_classes import classes_named
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.samples.scale import Scale
from schoollib_xl.samples.year import scaled_school

_SMALL = Scale(
    classes_per_grade=2, pupils=100, teachers=14, opening_copies=1_500, bought_copies=590, editions=1,
    general_copies=1, keenness=0.92, weekly_turns=False,
)  # fmt: skip
# Not all of the demonstration's faults can be put into so few books.
_TINY = _SMALL._replace(pupils=36, opening_copies=300, bought_copies=100)


@cache
def small_sample(seed: int = 1) -> LedgerSet:
    """A small school whose books agree in everything; made once for a seed, never changed."""
    return _made(seed, _SMALL)


@cache
def tiny_sample() -> LedgerSet:
    """A tiny one, for what takes time by the line, such as a running office program."""
    return _made(1, _TINY)


@cache
def first_rows() -> LedgerSet:
    """The first rows of each of its ledgers, which no longer agree: for what is all the same whatever is in them."""
    whole = tiny_sample()
    return LedgerSet(whole.school, {kind: rows[:40] for kind, rows in whole.rows.items()})


def _made(seed: int, scale: Scale) -> LedgerSet:
    made = scaled_school(seed, scale)
    library = LedgerSet(made.school, {ClassRow: made.rows[ClassRow]}).library()
    everyone = sum(row.pupils for row in made.rows[ClassRow])

    def invited(classes: str | None) -> int:
        return sum(row.pupils for row in classes_named(library, classes)) or everyone

    # Of fewer fewer spoke and won: what came of it is told by the number of those who took part.
    fewer = [
        row._replace(participants=people, result=row.result if people == row.participants else None)
        for row in made.rows[ActivityRow]
        for people in [row.participants and min(row.participants, invited(row.classes))]
    ]
    chosen = made.rows[PupilLibrarianRow]
    told = {"24 名上岗": f"{len(chosen)} 名上岗", "评出 6 名": f"评出 {sum(bool(row.award) for row in chosen)} 名"}
    jobs = [row._replace(done=told.get(row.done or "", row.done)) for row in made.rows[JobRow]]
    # In a class of three hardly one has a card when helpers are chosen.
    helpers = min(Counter(row.class_name for row in chosen).values())
    targets = [
        row._replace(value=Decimal(helpers)) if row.name == TargetName.PUPIL_LIBRARIANS.value else row
        for row in made.rows[TargetRow]
    ]
    return replace(made, rows={**made.rows, ActivityRow: fewer, TargetRow: targets, JobRow: jobs})
