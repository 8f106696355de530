"""Whether two texts mean one name or one title, however they are typed."""

import re
import unicodedata
from functools import lru_cache
from operator import ne

# What is written behind a name to say who it is.
_ADDED = re.compile(r"\s*(?:[（(].*[）)]|同学|小朋友|老师)\s*$")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The letters and digits alone, full width made half, upper case: what people copy faithfully."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum()).upper()


def same_name(written: str, name: str) -> bool:
    """Whether two names are one: 李 明 is 李明, 买买提•艾力 is 买买提·艾力, 李明同学 and 李明（三1班） are 李明."""
    return written == name or bare(written) == bare(name) or bare(_ADDED.sub("", written)) == bare(name)


def is_called(written: str, name: str, remarks: str | None) -> bool:
    """Whether somebody of this name may have been called so: 备注 tells a former name (曾用名范秋彤)."""
    former = bare(written)
    return same_name(written, name) or (remarks is not None and len(former) > 1 and former in bare(remarks))


def one_sign_apart(one: str, other: str) -> bool:
    """Whether two texts of one length differ in one sign."""
    return len(one) == len(other) and sum(map(ne, one, other)) == 1


def same_title(short: str, full: str) -> bool:
    """Whether two titles are one, or one is the other shortened or with a subtitle."""
    one, other = bare(short), bare(full)
    return one in other or other in one


def says(remarks: str | None, *words: str) -> bool:
    """Whether 备注 holds one of the words that explain an oddity."""
    return remarks is not None and any(word in remarks for word in words)
