"""适用年级 of a target: `3-6`, `1,2`, 三至六年级, 一、二年级, or blank for the whole school."""

import re
import unicodedata

from schoollib_xl.ledgers.grades import grades_apart

ALL_GRADES = frozenset(range(1, 7))
_EVERYONE = frozenset({"全校", "全体", "全体学生", "全校学生", "各年级", "全部", "所有年级", "各"})
_SPAN = re.compile(r"([1-6])(?:[-—–―‐−~～至到]+([1-6]))?")
_BETWEEN = re.compile(r"[,，.、;；/&+和与及\s]+")


def grades_of(text: str | None) -> frozenset[int] | None:
    """The grades a scope names; None where the text is neither blank nor a list of grades and spans."""
    if not text:
        return ALL_GRADES
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _EVERYONE:
        return ALL_GRADES
    bare = re.sub(r"(?<=[-—–―‐−~～至到])\s+|\s+(?=[-—–―‐−~～至到])", "", plain.replace("年级", "").replace("第", ""))
    spans = [_SPAN.fullmatch(piece) for piece in _BETWEEN.split(grades_apart(bare)) if piece]
    return frozenset(grade for span in spans if span for grade in _run(span)) if spans and all(spans) else None


def _run(span: re.Match[str]) -> range:
    first, last = int(span[1]), int(span[2] or span[1])
    return range(min(first, last), max(first, last) + 1)
