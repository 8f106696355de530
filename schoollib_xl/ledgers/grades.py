"""年级 as schools write it: 3, 三年级, 学前班, and 1、2 for a mixed class (复式班)."""

import re
import unicodedata
from typing import Self

from schoollib_xl.ledgers.numerals import in_digits

_BEFORE_SCHOOL = frozenset({"学前班", "学前", "幼儿班", "幼儿园", "大班"})
WORDED = {"低": (1, 2), "中": (3, 4), "高": (5, 6)}
"""Grades as schools call them together: 低年级, 中年级, 高年级."""
_WORDS = re.compile("([低中高]+)(?:年级|段)")
_ALL = frozenset({"全校", "全体", "所有年级", "全部年级", "全部"})
_BETWEEN = re.compile(r"[、,;/+&.和与及~～\-—–至到]+")
_SPANS = re.compile(r"[~～\-—–至到]")
# 五六年级 are two grades, 5、6.
_TWO_NUMERALS = re.compile(r"(?<=[一二三四五六])(?=[一二三四五六])")


class MixedGrade(int):
    """The grades of a mixed class: its lowest wherever one grade is asked for, written with all of them."""

    grades: tuple[int, ...]

    def __new__(cls, *grades: int) -> Self:
        made = super().__new__(cls, min(grades))
        made.grades = tuple(sorted(set(grades)))
        return made

    def __eq__(self, other: object) -> bool:
        return self.grades == other.grades if isinstance(other, MixedGrade) else int(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(int(self))

    def __str__(self) -> str:
        return "、".join(map(str, self.grades))


def grades_of(grade: int) -> tuple[int, ...]:
    """Every grade of a class, mixed or not."""
    return grade.grades if isinstance(grade, MixedGrade) else (grade,)


def grades_in(text: str) -> int | None:
    """The grade or grades that a text names, also by a word for several: 低年级, 中高年级, 全校."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("各年级", "全校")
    if plain in _ALL:
        return MixedGrade(*range(1, 7))
    words = _WORDS.fullmatch(plain)
    return MixedGrade(*(grade for word in words[1] for grade in WORDED[word])) if words else grade_in(text)


def grades_apart(text: str) -> str:
    """A text with its grades in figures and those written together apart: 五六 → 5、6."""
    return in_digits(_TWO_NUMERALS.sub("、", text))


def grade_in(text: str) -> int | None:
    """The grade, or the grades of a mixed class, that a text names; None where it names none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain in _BEFORE_SCHOOL:
        return 0
    bare = plain.replace("复式班", "").replace("复式", "").replace("年级", "").removesuffix("年").removesuffix("班")
    pieces = _BETWEEN.split(grades_apart(bare.strip("()")))
    if not all(re.fullmatch("[0-6]", piece) for piece in pieces):
        return None
    grades = [int(piece) for piece in pieces]
    if len(grades) == 2 and _SPANS.search(bare):
        grades = list(range(min(grades), max(grades) + 1))
    return MixedGrade(*grades) if len(set(grades)) > 1 else grades[0]
