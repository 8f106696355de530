"""Several classes written in one cell: 一（1）班、一（2）班, 一（1、2）班, 三至六年级, 低年级."""

import re
from collections.abc import Iterator

from schoollib_xl.ledgers.grades import CLASS_NUMBER, class_key, grades_in, grades_in_scope, grades_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import squeezed
from schoollib_xl.ledgers.supporting.people import ClassRow

_BETWEEN = re.compile(r"[、,;/+&.和与及跟]+|(?<=\))(?=\()|(?<=班)(?=[1-6一二三四五六])")
_OF_A_CLASS = rf"[1-9一二三四五六七八九](?:年级|年)?(?:\((?:{CLASS_NUMBER})\)班?|(?:{CLASS_NUMBER})班)"
_WHOLE_GRADE = "[1-9一二三四五六七八九]年级"
_GRADE = r"[1-6一二三四五六](?:年级|年)?(?=\(?[0-9一二三四五六七八九十])"
_NUMBER_ALONE = rf"\(?(?:{CLASS_NUMBER})\)?班?"


def classes_named(library: Library, text: str | None) -> tuple[ClassRow, ...]:
    """The classes of 班级 that a cell names, one or several; none where any of them is not in 班级."""
    if not text:
        return ()
    if own := library.class_called(text):
        return (own,)
    rows = [library.class_called(name) for name in _names(text)]
    if all(rows):
        return tuple({row.class_name: row for row in rows if row}.values())
    together = grades_in(text)
    grades = grades_in_scope(text) or (frozenset() if together is None else frozenset(grades_of(together)))
    return tuple(row for row in library.classes.values() if grades.intersection(grades_of(row.grade)))


def unknown_classes(library: Library, text: str | None) -> tuple[str, ...]:
    """What a cell names as a class, or as a grade, and 班级 has not; what is written otherwise may be anything."""
    if not text or classes_named(library, text):
        return ()
    pieces = list(_names(text))
    unknown = [one for one in pieces if re.fullmatch(_OF_A_CLASS, one) and library.class_called(one) is None]
    return (*unknown, *(one for one in pieces if re.fullmatch(_WHOLE_GRADE, one) and not classes_named(library, one)))


def _names(text: str) -> Iterator[str]:
    """Each class written, its grade taken from the one before it where it says none: 一（1）、（2）班."""
    plain = squeezed(text)
    with_grade = ""
    for piece in filter(None, _BETWEEN.split(plain)):
        # Of a figure alone nothing tells whether it is a grade.
        if class_key(piece) != piece and len(piece) > 1:
            with_grade = piece
        elif with_grade and re.fullmatch(_NUMBER_ALONE, piece) and (found := re.match(_GRADE, with_grade)):
            yield found[0] + piece
            continue
        else:
            with_grade = ""
        yield piece
