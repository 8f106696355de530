"""A new school year: classes go up, the sixth grade leaves, the lowest ones stand ready."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schoollib_xl.ledgers.grades import MixedGrade, class_key, grades_of
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind

LAST_GRADE = 6
# 三（1）班, 301, 三年甲班, 三甲, 东村小学三年级1班; no part of a year, as in 2023年1班.
_GRADE = re.compile(
    r"(?<![\d〇零一二三四五六七八九十百])[1-6一二三四五六](?=年|[甲乙丙丁戊(（.·-])|^[1-6一二三四五六](?=\d{0,2}班?$)"
)
_ENTRY_YEAR = re.compile(r"(?:20)?\d\d(?=年?级|届)")


class Move(NamedTuple):
    """What becomes of a class: its name now and next year ('' where it leaves)."""

    before: str
    after: str


@dataclass(frozen=True)
class Promotion:
    """The classes of the new year, the cards of its readers, what became of each class and who left; the classes of
    which only a new list tells who goes up, and where to; and those in a grade that the school had none of before,
    which a school of four grades does not have either.
    """

    classes: list[ClassRow]
    readers: list[ReaderRow]
    moves: list[Move]
    leavers: list[ReaderRow]
    undecided: list[str]
    beyond: list[ClassRow]

    def class_after(self, name: str | None) -> str | None:
        """The name a class of the old year has in the new one; that of a leaving class stays as it was."""
        if not name:
            return name
        found = next((move.after for move in self.moves if class_key(move.before) == class_key(name)), None)
        return found or name


def promoted_name(name: str, grade: int, by: int = 1) -> str:
    """The name so many grades up: 三（1）班 → 四（1）班. What does not tell its grade stays: 2023级1班, 向日葵班."""
    told = _GRADE.search(name)
    if told is None:
        return name
    written = str if told[0].isdecimal() else numeral
    return f"{name[: told.start()]}{written(grade + by)}{name[told.end() :]}" if told[0] == written(grade) else name


def promote(classes: Sequence[ClassRow], readers: Iterable[ReaderRow], opened_on: date) -> Promotion:
    """Everybody one grade up. A class keeps its teacher; how it borrows goes with the grade, so it takes that of
    the class whose name it gets. Pupils of the last grade get a stopped card (毕业).
    """
    entered = _entered_from_preschool(classes)
    moves = [Move(row.class_name, _after(row, entered)) for row in classes]
    lending = {class_key(row.class_name): row.lending for row in classes}
    going_up = [
        row._replace(
            class_name=move.after,
            grade=row.grade + 1,
            lending=lending.get(class_key(move.after), row.lending),
        )
        for row, move in zip(classes, moves, strict=True)
        if row.grade < LAST_GRADE and not _is_undecided(row, entered)
    ]
    undecided = [row for row in classes if _is_undecided(row, entered)]
    new_ones = [
        row._replace(class_name=_entering(row.class_name), teacher=None, pupils=0, remarks=None)
        for row in classes
        if row.grade == (0 if entered else 1) and not isinstance(row.grade, MixedGrade)
    ]
    rows = sorted([*new_ones, *undecided, *going_up], key=lambda row: row.grade)
    cards = [_card(row, moves, opened_on) for row in readers]
    leavers = [after for before, after in cards if before.stopped_on is None and after.stopped_on is not None]
    numbered = [row._replace(line=line) for line, row in enumerate(rows, 2)]
    highest = max((grade for row in classes for grade in grades_of(row.grade)), default=LAST_GRADE)
    beyond = [row for row in going_up if row.grade > highest]
    names = [row.class_name for row in undecided]
    return Promotion(numbered, [after for _, after in cards], moves, leavers, names, beyond)


def _entered_from_preschool(classes: Sequence[ClassRow]) -> str:
    """The first grade that the preschool class goes up into; '' where there are several of either, or it is mixed."""
    preschool = [row for row in classes if row.grade == 0 and not isinstance(row.grade, MixedGrade)]
    first = [row for row in classes if row.grade == 1]
    is_certain = len(preschool) == len(first) == 1 and not isinstance(first[0].grade, MixedGrade)
    return first[0].class_name if is_certain else ""


def _is_undecided(row: ClassRow, entered: str) -> bool:
    """Whether only the new class list tells who of the class goes up and where to."""
    return isinstance(row.grade, MixedGrade) or (row.grade == 0 and not entered)


def _after(row: ClassRow, entered: str) -> str:
    if _is_undecided(row, entered):
        return row.class_name
    if row.grade == 0:
        return entered
    return promoted_name(row.class_name, row.grade) if row.grade < LAST_GRADE else ""


def _entering(name: str) -> str:
    """The name of this year's first grade for next year's: the same, or with the year of entry one later."""
    return _ENTRY_YEAR.sub(lambda year: str(int(year[0]) + 1), name)


def _card(row: ReaderRow, moves: Sequence[Move], opened_on: date) -> tuple[ReaderRow, ReaderRow]:
    key = class_key(row.class_name) if row.class_name else ""
    move = next((move for move in moves if class_key(move.before) == key), None) if key else None
    if move is None:
        return row, row
    if move.after:
        return row, row._replace(class_name=move.after)
    if row.kind is ReaderKind.TEACHER:
        return row, row._replace(class_name=None)
    if row.stopped_on is not None:
        return row, row
    return row, row._replace(stopped_on=opened_on, stop_reason=LeavingReason.GRADUATED)
