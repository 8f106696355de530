"""The grade a roster tells of a class: in its name, in a column beside it, or in what stands above the list."""

import re
from collections.abc import Iterable

from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.ledgers.grades import class_in, class_key, whole_grade_in
from schoollib_xl.ledgers.numerals import in_digits

KEY = re.compile(r"([1-6])-(\d{1,2})")
"""A class by its class_key: the grade and which of its classes."""
BARE = re.compile(r"[(（]?(\d{1,2})[)）]?班?")
"""A class without its grade: 2班, （2）, 12班."""
_ENTERED = re.compile(r"(20\d\d)[年级]?(?:[-./年]\d{1,2}(?:[-./月]\d{1,2})?[月日]?)?")
_WHOLE_GRADE = re.compile(r"[1-6一二三四五六]年级")
# As a grade with a class of it, or as a grade alone.
_GRADE_AND_NUMBER, _GRADE = re.compile(r"[1-6][1-9]"), re.compile(r"[1-6]")


def grade_beside(record: Record) -> str | None:
    """The grade a record tells beside its class: in a column, or for a class without it in the title."""
    grade, written = _grade_named(record.get("grade")), record.get("class_name")
    return grade or (whole_grade_in(record.table.heading) if written and BARE.fullmatch(written) else None)


def class_with_grade(record: Record) -> str | None:
    """The class of a record with the grade it tells beside: 三 | 1班 is 三年级1班."""
    written: str | None = record.get("class_name")
    grade = grade_beside(record)
    if grade is None or (written is not None and says_its_grade(written, grade)):
        return written
    return f"{grade}{written or ''}"


def take_grade(record: Record) -> Record:
    """The record, its class now named with the grade that stood beside."""
    record.values |= {"class_name": class_with_grade(record), "grade": None}
    return record


def bare_class(record: Record) -> str | None:
    """The class of a record that tells no grade at all."""
    written: str | None = record.get("class_name")
    return written if written and BARE.fullmatch(written) and not grade_beside(record) else None


def counted_throughout(names: Iterable[str]) -> frozenset[str]:
    """Classes without a grade that are counted throughout the school: of 1班 to 12班 the last is no second of the first
    grade, as it is beside 11班, 21班 and 22班, and 2班 no second grade, as it is where six is the highest.
    """
    numbers = {name: match[1].lstrip("0") for name in names if (match := BARE.fullmatch(name))}
    is_told = any(all(map(form.fullmatch, numbers.values())) for form in (_GRADE_AND_NUMBER, _GRADE))
    return frozenset() if is_told else frozenset(numbers)


def says_its_grade(written: str, grade: str) -> bool:
    """Whether the name of a class tells its grade: 12班 is 一（2）班 in the first, the twelfth class in any other."""
    match = KEY.fullmatch(class_key(written))
    if match and BARE.fullmatch(written):
        return _WHOLE_GRADE.fullmatch(grade) is not None and match[1] == in_digits(grade[0])
    return match is not None or class_in(written) is not None


def _grade_named(written: str | None) -> str | None:
    """The grade of a column beside that of the class: 三 is 三年级, 2023年 (of entry) 2023级."""
    if written is None:
        return None
    entered = _ENTERED.fullmatch(written)
    return f"{entered[1]}级" if entered else f"{written}年级" if re.fullmatch("[1-6一二三四五六]", written) else written
