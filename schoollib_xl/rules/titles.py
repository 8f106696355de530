"""What counts as one title (种): copies of the same book in the same edition."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library

# 书名, 著者, 出版社, 版次, ISBN: blanks equal.
TITLE_FIELDS = ("title", "author", "publisher", "edition", "isbn")
TitleKey = tuple[str | None, ...]
as_title = attrgetter(*TITLE_FIELDS)


def by_title(copies: Iterable[AccessionRow]) -> dict[TitleKey, list[AccessionRow]]:
    """Copies by title; blanks inside a name and dashes in an ISBN make no difference."""
    written: dict[TitleKey, list[AccessionRow]] = defaultdict(list)
    for copy in copies:
        written[as_title(copy)].append(copy)
    titles: dict[TitleKey, list[AccessionRow]] = {}
    for key, group in written.items():
        titles.setdefault(_plain(key), []).extend(group)
    return titles


def titles(library: Library) -> list[list[AccessionRow]]:
    """The copies of each title in the books."""
    return list(by_title(library[AccessionRow]).values())


def count_titles(copies: Iterable[AccessionRow]) -> int:
    """How many titles the copies are. Titles are counted anew and never added up."""
    return len({_plain(key) for key in set(map(as_title, copies))})


def _plain(key: TitleKey) -> TitleKey:
    *names, isbn = ("".join(text.split()) if text else None for text in key)
    return (*names, isbn.replace("-", "") if isbn else None)
