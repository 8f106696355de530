"""Titles that a list printed page by page, or card by card, begins with again and again."""

import re
import unicodedata
from collections.abc import Iterable, Set

from schoollib_xl.adoption.headers import FilledLine

_OF_A_PAGE = re.compile(r"\(?[第共]?[\d〇一二三四五六七八九十百]+[页頁]\)?|[页頁]次?:?|\d+")


def titles_in(lines: Iterable[FilledLine]) -> set[str]:
    """The texts without blanks, figures and numbers of pages: what is alike in the titles of all pages."""
    texts = (text for line in lines for text in line.texts.values())
    plain = ("".join(unicodedata.normalize("NFKC", text).split()) for text in texts)
    return {_OF_A_PAGE.sub("", text) for text in plain} - {""}


def repeats_title(line: FilledLine, titles: Set[str]) -> bool:
    """Whether a line repeats one of the titles, with nothing beside it but the number of its page."""
    texts = titles_in([line])
    return bool(texts) and texts <= titles
