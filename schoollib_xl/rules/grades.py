"""适用年级 of a target: `3-6`, `1,2`, 三至六年级, 一、二年级, or blank for the whole school."""

import unicodedata

from schoollib_xl.ledgers.grades import EVERY_GRADE, grades_listed

ALL_GRADES = frozenset(range(1, 7))


def grades_in_scope(text: str | None) -> frozenset[int] | None:
    """The grades a scope names; None where the text is neither blank nor a list of grades and spans."""
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if not text or plain in EVERY_GRADE:
        return ALL_GRADES
    grades = frozenset(grades_listed(plain.replace("年级", "").replace("第", "")) or ())
    return grades if grades and grades <= ALL_GRADES else None
