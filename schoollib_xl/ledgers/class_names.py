"""Class names as they are written: 三(1)班, 三（1）班 and 三年级一班 are one class."""

import re
import unicodedata
from functools import lru_cache

_NUMERAL = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_CLASS_NAME = re.compile(
    r"(?P<grade>[1-6一二三四五六])(?:年级|年)?\(?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\)?班?"
)


_IN_TITLE = re.compile(
    r"[1-6一二三四五六](?:年级|年級|年)?\s*[(（〔\[]?\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[)）〕\]]?\s*班"
)


def class_in(title: str) -> str | None:
    """The class a title names (三（1）班学生名单 → 三（1）班); None where it names none, or several."""
    found = {class_key(name): name for name in _IN_TITLE.findall(title)}
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
    return f"{_NUMERAL.get(match['grade'], match['grade'])}-{_number(match['number'])}"


_BRACKETS = str.maketrans("〔〕[]【】{}級", "()()()()级")


def _number(text: str) -> int:
    """1 to 99 in digits, 一 to 十九 in characters."""
    if text.isdecimal():
        return int(text)
    tens, has_ten, units = text.partition("十")
    if not has_ten:
        return int("".join(_NUMERAL[digit] for digit in text))
    return 10 * int(_NUMERAL.get(tens, "1")) + int(_NUMERAL.get(units, "0"))
