"""Class names as they are written: 三(1)班, 三（1）班 and 三年级一班 are one class."""

import re
import unicodedata
from functools import lru_cache

from schoollib_xl.ledgers.numerals import in_digits, whole_number

_DIGIT = "[一二三四五六七八九]"
CLASS_NUMBER = f"[0-9]{{1,2}}|{_DIGIT}?十{_DIGIT}?|{_DIGIT}{{1,2}}"
_CLASS_NAME = re.compile(rf"(?P<grade>[1-6一二三四五六])(?:年级|年|[.·-])?\(?(?P<number>{CLASS_NUMBER})\)?班?")
_IN_TITLE = rf"[1-6一二三四五六](?:年级|年級|年)?\s*[(（〔\[]?\s*(?:{CLASS_NUMBER})\s*[)）〕\]]?\s*班"
_BRACKETS = str.maketrans("〔〕[]【】{}級", "()()()()级")


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
