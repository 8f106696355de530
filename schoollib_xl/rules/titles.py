"""Titles: which copies are one, and which volumes are parts of one set and what they cost together."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.numerals import COUNT, whole_number
from schoollib_xl.ledgers.vocabulary import Source

# 书名, 著者, 出版社, 版次, ISBN: blanks equal.
TITLE_FIELDS = ("title", "author", "publisher", "edition", "isbn")
TitleKey = tuple[str | None, ...]
as_title = attrgetter(*TITLE_FIELDS)

_NUMERAL = "(?:[上中下]|[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
# 三国演义（上）, 三国演义.下册, 十万个为什么 第3卷, 《西游记. 2》
_VOLUME = (
    rf"(.+?)[\s·,，]*(?:[（(]第?{_NUMERAL}[册卷部集辑]?[)）]|[.．]\s*{_NUMERAL}|[.．]?\s*第?{_NUMERAL}[册卷部集辑])》?"
)
_DAY = r"(?:\d{4}年(?:\d{1,2}月)?)?"
_LONGEST_EDITION = 2
_PRINTING = rf"[,，/、]?{_DAY}第?(?:\d+|{COUNT})(?:次|印)(?:印?刷)?"
_EDITION = rf"{_DAY}第?(\d{{1,{_LONGEST_EDITION}}}|{COUNT})(?:版(?:{_PRINTING})?)?"
_SetKey = tuple[str, str, str | None]


class SetPrices:
    """What each set costs: volumes of one title, one publisher and one batch, each volume once."""

    def __init__(self, library: Library) -> None:
        volumes: dict[_SetKey, dict[str, Decimal]] = {}
        for copy in library[AccessionRow]:
            if key := _set_key(copy):
                volumes.setdefault(key, {}).setdefault(copy.title, copy.value)
        self._volumes: Mapping[_SetKey, Mapping[str, Decimal]] = {
            key: prices for key, prices in volumes.items() if len(prices) > 1
        }

    def price(self, copy: AccessionRow | None) -> Decimal | None:
        """The price in yuan of the whole set the copy belongs to; None where it is no volume of a set."""
        key = _set_key(copy) if copy else None
        prices = self._volumes.get(key) if key else None
        return sum(prices.values(), Decimal(0)) if prices else None


def by_title(copies: Iterable[AccessionRow]) -> dict[TitleKey, list[AccessionRow]]:
    """Copies by title; blanks inside a name and dashes in an ISBN make no difference."""
    copies = list(copies)
    return _together(_by_key(map(as_title, copies), copies))


def _by_key(keys: Iterable[TitleKey], copies: Iterable[AccessionRow]) -> dict[TitleKey, list[AccessionRow]]:
    return gathered(zip(keys, copies, strict=True))


def _together(written: Mapping[TitleKey, list[AccessionRow]]) -> dict[TitleKey, list[AccessionRow]]:
    titles: dict[TitleKey, list[AccessionRow]] = {}
    for key, group in written.items():
        titles.setdefault(_plain(key), []).extend(group)
    return titles


def titles_as_written(library: Library) -> dict[TitleKey, list[AccessionRow]]:
    """The copies of which the books say the very same, by what they say."""
    table = library[AccessionRow]
    return _by_key(zip(*map(table.column, TITLE_FIELDS), strict=True), table)


def titles(library: Library) -> list[list[AccessionRow]]:
    """The copies of each title in the books."""
    return list(_together(library.derive(titles_as_written)).values())


def held_more_than_once(library: Library) -> int:
    """How many titles have more than one copy."""
    return sum(len(copies) > 1 for copies in library.derive(titles))


def title_numbers(library: Library) -> dict[int, int]:
    """By the line of a copy, which title it is; the numbers say no more than that."""
    return {copy.line: number for number, copies in enumerate(library.derive(titles)) for copy in copies}


def count_titles(copies: Iterable[AccessionRow]) -> int:
    """How many titles the copies are. Titles are counted anew and never added up."""
    return len({_plain(key) for key in set(map(as_title, copies))})


# So many titles has a school; the causes and a county ask for them again and again.
@lru_cache(maxsize=8192)
def _plain(key: TitleKey) -> TitleKey:
    *names, edition, isbn = ("".join(text.split()) if text else None for text in key)
    return (*names, _edition_in(edition) if edition else None, isbn.replace("-", "") if isbn else None)


@lru_cache(maxsize=8192)
def _edition_in(text: str) -> str:
    """The edition's number; a printing is none: 1版3次印刷 and 2012年3月第1版 are 1, 修订版 stays as it is."""
    if text.isdecimal() and len(text) <= _LONGEST_EDITION:
        return str(int(text))
    match = re.fullmatch(_EDITION, text)
    return str(whole_number(match[1]) or match[1]) if match else text


def set_title(copy: AccessionRow) -> str | None:
    """The title of the set the copy is a volume of, without the volume's number; None where it is none."""
    volume = re.fullmatch(_VOLUME, copy.title) if copy.source is not Source.BINDING else None
    return volume[1] if volume else None


def _set_key(copy: AccessionRow) -> _SetKey | None:
    title = set_title(copy)
    return (title, copy.batch_no, copy.publisher) if title else None
