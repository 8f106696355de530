"""The classics a sample school holds, from data/titles.csv."""

import csv
from collections import defaultdict
from decimal import Decimal
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

from schoollib_xl.ledgers.vocabulary import Circulation

# Distinguishes the editions of a classic that a large library holds side by side.
_EDITIONS = (
    "",
    "注音版",
    "美绘版",
    "青少版",
    "插图本",
    "名师导读版",
    "双色版",
    "大字版",
    "精装本",
    "朗读版",
    "珍藏版",
    "学生版",
)
_USES = {
    "外借": (Circulation.LENDING, "书库"),
    "低幼": (Circulation.LENDING, "低年级书架"),
    "教师": (Circulation.LENDING, "教师书架"),
    "仅阅览": (Circulation.REFERENCE, "阅览室"),
}
# From this year on a title is new to the school: it comes in a batch of the year, not with the opening stock.
_NEW_SINCE = 2023


class Title(NamedTuple):
    """What all copies of one title share."""

    title: str
    author: str | None
    publisher: str | None
    published: str | None
    edition: str | None
    pages: str | None
    isbn: str | None
    class_no: str
    book_no: str
    price: Decimal
    circulation: Circulation
    location: str

    @property
    def letter(self) -> str:
        return self.class_no[0]

    @property
    def is_new(self) -> bool:
        """Whether it appeared too late to be in the opening stock."""
        return int(self.published or 0) >= _NEW_SINCE


def catalogue(editions: int = 1) -> list[Title]:
    """Every title, each volume of a set on its own, each in as many editions as asked for."""
    with files("schoollib_xl.samples").joinpath("data/titles.csv").open(encoding="utf-8") as lines:
        works = list(csv.DictReader(lines))
    book_nos: dict[str, int] = defaultdict(int)
    isbns: set[str] = set()
    titles = []
    for name in _EDITIONS[:editions]:
        for work in works:
            for number in range(1, int(work["volumes"]) + 1):
                book_nos[work["class_no"]] += 1
                titles.append(_title(work, name, number, book_nos[work["class_no"]], isbns))
    return titles


def _title(work: dict[str, str], edition: str, number: int, book_no: int, isbns: set[str]) -> Title:
    circulation, location = _USES[work["use"]]
    title = _named(work, edition, number)
    return Title(
        title,
        work["author"],
        work["publisher"],
        work["published"],
        "1",
        work["pages"],
        _isbn(title, isbns),
        work["class_no"],
        str(book_no),
        Decimal(work["price"]),
        circulation,
        location,
    )


def _named(work: dict[str, str], edition: str, number: int) -> str:
    title = work["title"] + (f"（{number}）" if int(work["volumes"]) > 1 else "")
    return f"{title}·{edition}" if edition else title


def _isbn(title: str, taken: set[str]) -> str:
    """A number with the right check digit, made from the title: not the number of any real edition."""
    seed = title
    while True:
        digits = f"9787{crc32(seed.encode()) % 10**8:08d}"
        if digits not in taken:
            taken.add(digits)
            return digits + _check_digit(digits)
        seed += "′"


def _check_digit(digits: str) -> str:
    """The thirteenth digit of an ISBN (ISO 2108)."""
    numbers = [*map(int, digits)]
    return str(-(sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10)
