"""Copies that are one title but for a slip of the pen: what explains a wrong number of titles."""

from collections.abc import Iterable

from schoollib_xl.checks.check import Named
from schoollib_xl.checks.likeness import bare
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.rules.titles import TITLE_FIELDS, by_title


def near_twins(copies: Iterable[AccessionRow]) -> Named:
    """The numbers of copies, one for each of the titles that differ from another in a single field only."""
    groups = sorted(by_title(copies).values(), key=lambda group: group[0].line)
    alike: dict[tuple[object, ...], list[AccessionRow]] = {}
    for first, *_ in groups:
        for key in _keys(first):
            alike.setdefault(key, []).append(first)
    twins = {copy.line: copy.accession_no for group in alike.values() if len(group) > 1 for copy in group}
    return Named(tuple(twins[line] for line in sorted(twins)))


def _keys(copy: AccessionRow) -> list[tuple[object, ...]]:
    """What a copy says of its title, each time with one field left out; the title or the ISBN must remain."""
    said = [bare(getattr(copy, name) or "") for name in TITLE_FIELDS]
    keys: list[tuple[object, ...]] = []
    for index, name in enumerate(TITLE_FIELDS):
        rest = (*said[:index], *said[index + 1 :])
        if name != "title" or (copy.isbn and any(said[1:4])):
            keys.append((index, *rest))
    return keys
