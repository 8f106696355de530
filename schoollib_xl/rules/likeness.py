"""Whether two texts mean one name or one title, however they are typed."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from operator import ne

# What is written behind a name to say who it is.
_ADDED = r"\s*(?:[（(].*[）)]|同学|小朋友|老师)\s*$"
_ADDED_ENDS = ("）", ")", "同学", "小朋友", "老师")
# What stands between the names of several people; 和 and 及 stand in names as well.
_BETWEEN_NAMES = r"[、，,；;/\s]+"
_BETWEEN_LAST_NAMES = "[和及]"


_DASHES = "-—–~～至到"
_VOLUMES = rf"第?{{0}}[册卷部集辑]?\s*[{_DASHES}]+\s*第?{{0}}[册卷部集辑本]?".format(
    "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
)
# 西游记（1-4）, 西游记 第一至四册; 从1到10 is a title. Few books have such a title: it is compiled when one is met.
_RUN_OF_VOLUMES = rf"(?P<open>[(（])?(?(open)\s*|\s*(?=第|.*[册卷部集辑本])){_VOLUMES}(?(open)\s*[)）])》?$"
# It stands at the very end: a cell of 32,000 signs is not looked through from each of them.
_LONGEST_RUN = 40
_RUN_ENDS = ")）》册卷部集辑本0123456789一二三四五六七八九十 \u3000"


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The letters and digits alone, full width made half, upper case: what people copy faithfully."""
    plain = unicodedata.normalize("NFKC", text)
    return (plain if plain.isalnum() else "".join(filter(str.isalnum, plain))).upper()


def same_name(written: str, name: str) -> bool:
    """Whether two names are one: 李 明 is 李明, 买买提•艾力 is 买买提·艾力, 李明同学 and 李明（三1班） are 李明, and so
    are they where the roster has them. 李明（大） and 李明（小） are two.
    """
    if written == name or bare(written) == bare(name):
        return True
    return by_itself(written) == bare(name) or bare(written) == by_itself(name)


def by_itself(written: str) -> str:
    """The signs of a name without what is written behind it: 李明 of 李明（代课）."""
    return bare(re.sub(_ADDED, "", written) if written.rstrip().endswith(_ADDED_ENDS) else written)


def people_in(text: str, known: Callable[[str], bool]) -> list[str]:
    """The names of the people a cell names, one or several; 李 和平, whom somebody knows, is one of them."""
    if known(text):
        return [text]
    return [name for piece in re.split(_BETWEEN_NAMES, text) for name in _parted(piece, known) if name]


def _parted(piece: str, known: Callable[[str], bool]) -> list[str]:
    """The names before and behind 和: of 李和平和张三 at the one beside somebody who is known."""
    if known(piece):
        return [piece]
    for between in re.finditer(_BETWEEN_LAST_NAMES, piece):
        before, behind = piece[: between.start()], piece[between.end() :]
        if known(before):
            return [before, *_parted(behind, known)]
        if known(behind):
            return [*_parted(before, known), behind]
    return re.split(_BETWEEN_LAST_NAMES, piece)


def is_called(written: str, name: str, remarks: str | None) -> bool:
    """Whether somebody of this name may have been called so: 备注 tells a former name (曾用名范秋彤)."""
    former = bare(written)
    return same_name(written, name) or (remarks is not None and len(former) > 1 and former in bare(remarks))


def one_sign_apart(one: str, other: str) -> bool:
    """Whether two texts of one length differ in one sign."""
    return len(one) == len(other) and sum(map(ne, one, other)) == 1


def same_title(short: str, full: str) -> bool:
    """Whether two titles are one, or one is the other shortened, with a subtitle or a volume of it: 西游记（第2册） is
    one of 西游记（第1—4册）.
    """
    if short == full:
        return True
    # 第1—4册 alone is all that the line says of its title.
    one, other = (bare(_without_volumes(title)) or bare(title) for title in (short, full))
    return one in other or other in one


def _without_volumes(title: str) -> str:
    end = title[-_LONGEST_RUN:]
    # Before the last number stands a dash.
    may_be_run = end.rstrip(_RUN_ENDS).rstrip("第 \u3000").endswith((*_DASHES,))
    return title[:-_LONGEST_RUN] + re.sub(_RUN_OF_VOLUMES, "", end) if may_be_run else title


def same_author(one: str, other: str) -> bool:
    """Whether two 责任者 name a person in common: 冰心 is 谢冰心著, 法布尔 is [法]法布尔著 王光译."""
    first, second = bare(one), bare(other)
    return first in second or second in first or any(pair in second for pair in map("".join, pairwise(first)))


def says(remarks: str | None, *words: str) -> bool:
    """Whether 备注 holds one of the words that explain an oddity."""
    return remarks is not None and any(word in remarks for word in words)
