"""年级 as schools write it (3, 三年级, 学前班, 1、2 for a mixed class) and the names of classes, however spelled."""

import re
import unicodedata
from functools import lru_cache
from typing import Self

from schoollib_xl.ledgers.numerals import in_digits, squeezed, whole_number

_BEFORE_SCHOOL = frozenset({"学前班", "学前", "幼儿班", "幼儿园", "大班"})
WORDED = {"低": (1, 2), "中": (3, 4), "高": (5, 6)}
"""Grades as schools call them together: 低年级, 中年级, 高年级."""
GRADES_TOGETHER = "([低中高]+)(?:年级|段)"
EVERY_GRADE = frozenset(["全校", "全体", "全体学生", "全校学生", "各", "各年级", "所有年级", "全部年级", "全部"])
_DASH = "[-—–―‐−~～至到]"
# Few lists of grades hold a blank: it is compiled when one is met.
_AROUND_DASH = rf"(?<={_DASH})\s+|\s+(?={_DASH})"
_SPAN = re.compile(rf"([0-6])(?:{_DASH}+([0-6]))?")
_BETWEEN = re.compile(r"[,，.、;；/&+和与及\s]+")
# 五六年级 are two grades, 5、6.
_TWO_NUMERALS = re.compile(r"(?<=[一二三四五六])(?=[一二三四五六])")
ALL_GRADES = frozenset(range(1, 7))
_DIGIT = "[一二三四五六七八九]"
CLASS_NUMBER = f"[0-9]{{1,2}}|{_DIGIT}?十{_DIGIT}?|{_DIGIT}{{1,2}}"
_CLASS_NAME = re.compile(rf"(?P<grade>[1-6一二三四五六])(?:年级|年|[.·-])?\(?(?P<number>{CLASS_NUMBER})\)?班?")
# 2023级1班, 23级（3）班, 2026届2班: a class by the year it entered the school, or leaves it.
_BY_YEAR = r"(?:20(?P<year>\d\d)年?|(?P<short>\d\d))(?P<said>[级届])(?P<rest>.*)"
# 202301, 202301班: the year of entry and the class, as registers of pupils number them.
_BY_CODE = re.compile(r"20(?P<year>\d\d)(?P<number>\d\d)(?=班?$)")
_NUMBER = rf"\(?(?P<number>{CLASS_NUMBER})\)?班?"
_YEAR = r"(?<!\d)(?:20\d\d年?|\d\d)[级級届屆]"
# 高三（1）班 and 初一1班 are classes of another school.
_GRADE = r"(?<![\d一二三四五六七八九十初高])[1-6一二三四五六](?:年级|年級|年)?"
# A sheet may not be called 三/2班: a point stands between. A dash is a span as well: 一年级1-6班.
_IN_TITLE = rf"(?:{_YEAR}|{_GRADE})\s*[.．·]?\s*[(（〔\[]?\s*(?:{CLASS_NUMBER}|[甲乙丙丁])\s*[)）〕\]]?\s*班|学前班"
_GRADE_IN_TITLE = "[1-6一二三四五六]年级"
# What brackets say of the whole of one grade: 三年级（共23人）, 三年级（班主任：王芳）.
_OF_ONE = r"[(（](?:[共男女]?\d+[人名]|班主任)[^()（）]*"
_GRADE_ALONE = rf"({_GRADE_IN_TITLE})(?:{_OF_ONE}[)）])?"
_SEVERAL_GRADES = (
    rf"[\d一二三四五六]\s*[-—–~～至到、,，和及]\s*{_GRADE_IN_TITLE}|[一二三四五六]{{2}}年级"
    rf"|年级(?!{_OF_ONE})[一二三四五六\d(（]"
)
_A_GRADE = re.compile("([1-6一二三四五六])(?:年级|年)?")
# 六年级, 三班, 四年甲班; no part of a larger number, as in 2023级 or 十二班.
_WHOLE_GRADE = r"([1-6一二三四五六])(?:年级|年|级)?(?![\d〇○零一二三四五六七八九十百])"
_ENDS_IN_GRADE = rf".*[^\d〇○零一二三四五六七八九十百初高]{_GRADE_IN_TITLE}"
_BRACKETS = str.maketrans("〔〕[]【】{}級屆", "()()()()级届")
_GRADES_OF_SCHOOL = 6


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
    close = re.sub(_AROUND_DASH, "", text) if any(map(str.isspace, text)) else text
    apart = in_digits(_TWO_NUMERALS.sub("、", close))
    spans = [_SPAN.fullmatch(piece) for piece in _BETWEEN.split(apart) if piece]
    return tuple(grade for span in spans if span for grade in _run(span)) if spans and all(spans) else None


def _run(span: re.Match[str]) -> range:
    first, last = int(span[1]), int(span[2] or span[1])
    return range(min(first, last), max(first, last) + 1)


def grades_in(text: str) -> int | None:
    """The grade or grades that a text names, also by a word for several: 低年级, 中高年级, 全校."""
    plain = squeezed(text)
    if plain in EVERY_GRADE:
        return MixedGrade(*ALL_GRADES)
    words = re.fullmatch(GRADES_TOGETHER, plain)
    return MixedGrade(*grades_together(words[1])) if words else grade_in(text)


def grade_in(text: str) -> int | None:
    """The grade, or the grades of a mixed class, that a text names; None where it names none."""
    plain = squeezed(text)
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


def whole_grade_in(title: str) -> str | None:
    """The grade a title names, as the class of a school with one class a grade: 三年级学生名单. None for several,
    unless the last word says one alone: 借阅登记表（一至三年级） 三年级.
    """
    last = re.fullmatch(_GRADE_ALONE, title.split()[-1]) if title.strip() else None
    found = {last[1]} if last else set(re.findall(_GRADE_IN_TITLE, title))
    return found.pop() if len(found) == 1 and (last or not re.search(_SEVERAL_GRADES, title)) else None


@lru_cache(maxsize=4096)
def class_key(name: str) -> str:
    """The same text for every way of writing one class: grade and number where the name tells them, the grade where it
    is all there is (五年级, 5年级, 五), else the name without blanks and with half-width brackets.
    """
    plain = _plain(name)
    if whole := _A_GRADE.fullmatch(plain):
        return f"{in_digits(whole[1])}年级"
    match = _CLASS_NAME.fullmatch(plain)
    number = _number(match["number"]) if match else 0
    return f"{in_digits(match['grade'])}-{number}" if match and number else plain


def class_key_in(name: str, first_year: int) -> str:
    """The key of a class in the school year that begins in `first_year`: 2023级1班 is 三（1）班 in 2025."""
    named = _by_year(_plain(name))
    number = re.fullmatch(_NUMBER, named["rest"]) if named else None
    grade = _grade_by_year(named, first_year) if named and number else None
    return f"{grade}-{_number(number['number'])}" if grade and number else class_key(name)


def grade_of(name: str, first_year: int) -> int | None:
    """The grade a class's name tells in the school year that begins in `first_year`, 0 before school; None where it
    tells none, or one that is no longer at school.
    """
    plain = _plain(name)
    if by_year := _by_year(plain):
        return _grade_by_year(by_year, first_year)
    if (key := class_key(name)) != plain:
        return int(key[0])
    # 复式一班 is the first of the mixed classes; 一、二年级（1）班 has both grades.
    listed = None if plain.startswith("复式") else grade_in(plain.partition("年级")[0])
    if listed is not None:
        return listed
    if any(map(plain.startswith, _BEFORE_SCHOOL)):
        return 0
    if grade := re.match(_WHOLE_GRADE, plain):
        return int(in_digits(grade[1]))
    # 东村小学三年级1班, 东村教学点三年级
    inside = class_in(plain) or (whole_grade_in(plain) if re.fullmatch(_ENDS_IN_GRADE, plain) else None)
    return grade_of(inside, first_year) if inside and inside != plain else None


def _by_year(plain: str) -> re.Match[str] | None:
    # 二〇二三级 is a year, 五六级 is none.
    worded = in_digits(plain) if plain[:1] == "二" else plain
    return re.fullmatch(_BY_YEAR, _BY_CODE.sub(r"20\g<year>级\g<number>", worded))


def _grade_by_year(named: re.Match[str], first_year: int) -> int | None:
    """By the year of entry; 届 is the year of leaving, and one that has come may be meant as either."""
    year = 2000 + int(named["year"] or named["short"])
    has_entered = named["said"] == "级"
    if not has_entered and year <= first_year:
        return None
    grade = first_year - year + (1 if has_entered else _GRADES_OF_SCHOOL + 1)
    return grade if 1 <= grade <= _GRADES_OF_SCHOOL else None


def _plain(name: str) -> str:
    return squeezed(name).translate(_BRACKETS)


def _number(written: str) -> int:
    number = whole_number(written)
    # 三（一二）班 is the twelfth class.
    return int(in_digits(written)) if number is None else number
