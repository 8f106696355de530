"""Names that may be one person's: the same, one character apart, or alike in sound."""

import re
import unicodedata
from functools import lru_cache

# Of two characters one that differs leaves only the surname or a common character: weak by itself.
_WEAK_LENGTH = 2


def name_key(name: str) -> str:
    """The same text for every way of writing one name: without blanks, the dot between parts always the same."""
    plain = unicodedata.normalize("NFKC", name).translate(_DOTS)
    return "".join(plain.split())


_DOTS = str.maketrans("•‧・.", "····")


def is_near(one: str, other: str, *, same_class: bool) -> bool:
    """Whether two different names, by their keys, may be one person's, misspelt: one character changed, added or left
    out, all of one sound, or with a mark or a word in brackets behind. Two-character names that differ in a character
    of another sound are near only in one class.
    """
    if one == other:
        return False
    if _without_marks(one) == _without_marks(other) or _sound_alike(one, other):
        return True
    return _is_one_apart(one, other) and (same_class or max(len(one), len(other)) > _WEAK_LENGTH)


def _without_marks(name: str) -> str:
    return _MARKS.sub("", name) or name


# 林小满(转入), 林小满★, 林小满2: what a list adds to a name.
_MARKS = re.compile(r"\(.*?\)|[^\w·]|[\d_]")


def _is_one_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _sound_alike(one: str, other: str) -> bool:
    same_length = len(one) == len(other)
    return same_length and all(a == b or _sounds(a) & _sounds(b) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=1 << 13)
def _sounds(character: str) -> frozenset[str]:
    """Every way the character is read, without tones; none for what is no Chinese character."""
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(sound for one in readings for sound in one)
