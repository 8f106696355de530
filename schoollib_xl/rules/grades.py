"""适用年级 of a target: `3-6`, `1,2` or blank for the whole school."""

import re

ALL_GRADES = frozenset(range(1, 7))
_SPAN = re.compile(r"([1-6])(?:[-—–~～至到]([1-6]))?")


def grades_of(text: str | None) -> frozenset[int] | None:
    """The grades a scope names; None where the text is neither blank nor a list of grades and spans."""
    if not text:
        return ALL_GRADES
    grades: set[int] = set()
    for piece in re.split(r"[,，、;；\s]+", text.replace("年级", "").strip()):
        match = _SPAN.fullmatch(piece)
        if match is None:
            return None
        grades.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(grades)
