"""年级 as schools write it (3, 三年级, 学前班, 1、2 for a mixed class) and the names of classes, however spelled."""

import re
import unicodedata
from functools import lru_cache
from typing import Self

from schoollib_xl.ledgers.numerals import in_digits, whole_number

_BEFORE_SCHOOL = frozenset({"学前班", "学前", "幼儿班", "幼儿园", "大班"})
WORDED = {"低": (1, 2), "中": (3, 4), "高": (5, 6)}
"""Grades as schools call them together: 低年级, 中年级, 高年级."""
GRADES_TOGETHER = re.compile("([低中高]+)(?:年级|段)")
EVERY_GRADE = frozenset(["全校", "全体", "全体学生", "全校学生", "各", "各年级", "所有年级", "全部年级", "全部"])
_DASH = "[-—–―‐−~～至到]"
_AROUND_DASH = re.compile(rf"(?<={_DASH})\s+|\s+(?={_DASH})")
_SPAN = re.compile(rf"([0-6])(?:{_DASH}+([0-6]))?")
_BETWEEN = re.compile(r"[,，.、;；/&+和与及\s]+")
# 五六年级 are two grades, 5、6.
_TWO_NUMERALS = re.compile(r"(?<=[一二三四五六])(?=[一二三四五六])")
ALL_GRADES = frozenset(range(1, 7))
_DIGIT = "[一二三四五六七八九]"
CLASS_NUMBER = f"[0-9]{{1,2}}|{_DIGIT}?十{_DIGIT}?|{_DIGIT}{{1,2}}"
_CLASS_NAME = re.compile(rf"(?P<grade>[1-6一二三四五六])(?:年级|年|[.·-])?\(?(?P<number>{CLASS_NUMBER})\)?班?")
_IN_TITLE = rf"[1-6一二三四五六](?:年级|年級|年)?\s*[(（〔\[]?\s*(?:{CLASS_NUMBER})\s*[)）〕\]]?\s*班"
_BRACKETS = str.maketrans("〔〕[]【】{}級", "()()()()级")


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


def grades_together(words: str) -> tuple[int, ...]:
    """The grades that 低, 中高 name."""
    return tuple(grade for word in words for grade in WORDED[word])


def grades_listed(text: str) -> tuple[int, ...] | None:
    """The grades of a list of grades and spans (1、3-5, 一至三, 五六); None for other texts."""
    apart = in_digits(_TWO_NUMERALS.sub("、", _AROUND_DASH.sub("", text)))
    spans = [_SPAN.fullmatch(piece) for piece in _BETWEEN.split(apart) if piece]
    return tuple(grade for span in spans if span for grade in _run(span)) if spans and all(spans) else None


def _run(span: re.Match[str]) -> range:
    first, last = int(span[1]), int(span[2] or span[1])
    return range(min(first, last), max(first, last) + 1)


def grades_in(text: str) -> int | None:
    """The grade or grades that a text names, also by a word for several: 低年级, 中高年级, 全校."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain in EVERY_GRADE:
        return MixedGrade(*range(1, 7))
    words = GRADES_TOGETHER.fullmatch(plain)
    return MixedGrade(*grades_together(words[1])) if words else grade_in(text)


def grade_in(text: str) -> int | None:
    """The grade, or the grades of a mixed class, that a text names; None where it names none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain in _BEFORE_SCHOOL:
        return 0
    bare = plain.replace("复式班", "").replace("复式", "").replace("年级", "").removesuffix("年").removesuffix("班")
    grades = grades_listed(bare.strip("()"))
    return (MixedGrade(*grades) if len(set(grades)) > 1 else grades[0]) if grades else None


def grades_in_scope(text: str | None) -> frozenset[int] | None:
    """The grades a scope names; None where the text is neither blank nor a list of grades and spans."""
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if not text or plain in EVERY_GRADE:
        return ALL_GRADES
    grades = frozenset(grades_listed(plain.replace("年级", "").replace("第", "")) or ())
    return grades if grades and grades <= ALL_GRADES else None


def class_in(title: str) -> str | None:
    """The class a title names (三（1）班学生名单 → 三（1）班); None where it names none, or several."""
    found = {class_key(name): name for name in re.findall(_IN_TITLE, title)}
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=4096)
def class_key(name: str) -> str:
    """The same text for every way of writing one class: grade and number where the name tells them,
    else the name without blanks and with half-width brackets.
    """
    plain = "".join(unicodedata.normalize("NFKC", name).translate(_BRACKETS).split())
    match = _CLASS_NAME.fullmatch(plain)
    if match is None:
        return plain
    number = whole_number(match["number"])
    # 三（一二）班 is the twelfth class.
    return f"{in_digits(match['grade'])}-{int(in_digits(match['number'])) if number is None else number}"
