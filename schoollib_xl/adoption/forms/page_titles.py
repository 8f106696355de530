"""Titles that a list printed page by page, or card by card, begins with again and again, and its pages put together."""

import re
from collections.abc import Callable, Iterable, Iterator, Set

from schoollib_xl.adoption.forms.deliveries import delivery_over
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.list_titles import as_named, tells_whether_held
from schoollib_xl.adoption.forms.reader_cards import reader_over
from schoollib_xl.adoption.forms.said_round import approver_in, day_of_going, day_over, place_over
from schoollib_xl.adoption.forms.tables import HEADER, REPEATED, FoundTable
from schoollib_xl.adoption.forms.years import time_told
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.ledgers.numerals import squeezed

_OF_A_PAGE = re.compile(r"\(?[第共]?[\d〇一二三四五六七八九十百]+[页頁]\)?|[页頁]次?:?|\d+")


# What a title says of every line below it; None where it says nothing.
_TOLD_OVER: tuple[Callable[[str], object], ...] = (
    *(reader_over, class_in, whole_grade_in, time_told, day_over, day_of_going, approver_in, delivery_over, place_over),
    tells_whether_held,
)


def titles_in(lines: Iterable[FilledLine]) -> set[str]:
    """The texts without blanks, figures and numbers of pages: what is alike in the titles of all pages."""
    texts = (text for line in lines for text in line.texts.values())
    plain = (squeezed(text) for text in texts)
    return {_OF_A_PAGE.sub("", text) for text in plain} - {""}


def repeats_title(line: FilledLine, titles: Set[str]) -> bool:
    """Whether a line repeats one of the titles, with nothing beside it but the number of its page."""
    texts = titles_in([line])
    return bool(texts) and texts <= titles


def joined_pages(tables: Iterable[FoundTable]) -> Iterator[FoundTable]:
    """A table whose header only repeats the one before it goes on with it."""
    last: FoundTable | None = None
    for table in tables:
        # The name of the sheet alone tells nothing new of a page.
        is_titled = table.heading != as_named(table.sheet)
        is_other = is_titled and last is not None and _is_of_another(table.heading, last.heading)
        if last and table.kind is last.kind and table.headers == last.headers and not is_other:
            last.lines += table.lines
            last.non_entries += [
                one._replace(reason=REPEATED) if one.reason == HEADER else one for one in table.non_entries
            ]
            continue
        if last:
            yield last
        last = table
    if last:
        yield last


def _is_of_another(heading: str, before: str) -> bool:
    """Whether the title of a table says otherwise of its lines than the one before; that of a page says nothing."""
    return any(tells(heading) not in (None, tells(before)) for tells in _TOLD_OVER)
