"""A record of books as so many copies with the numbers it states, and by what it is known in another list."""

from dataclasses import dataclass

from schoollib_xl.adoption.records import Record

# Columns that number copies, and what of a title list is not a matter of its copies.
_NUMBERED = frozenset({"accession_no", "first_no", "last_no"})
_OF_A_LIST = frozenset({"held", "remarks"})


@dataclass
class Lot:
    """A record of a list of books with the numbers it states itself, and how many copies it is; `listed` of them
    stand in a list of single copies as well.
    """

    record: Record
    numbers: tuple[str, ...]
    copies: int
    listed: int = 0

    @property
    def is_of_titles(self) -> bool:
        """Whether it stems from a list of titles, which numbers no copies."""
        return not self.numbers and not _NUMBERED & self.record.table.columns.keys()

    def is_titled_alike(self, other: "Lot") -> bool:
        """Whether two records of one ISBN or title may be the same book."""
        one, two = self.record.get("author"), other.record.get("author")
        return not one or not two or _plain(one) == _plain(two)


def keys_of(record: Record) -> list[str]:
    """What a book may be known by in another list: its ISBN, then its title."""
    isbn, title = record.get("isbn"), record.get("title")
    return [*([isbn] if isbn else []), *([_plain(title)] if title else [])]


def complete(copy: Record, title: Record) -> None:
    """What a copy's record lacks, as the record of its title has it."""
    for name, value in title.values.items():
        if copy.values.get(name) is None and name not in _OF_A_LIST:
            copy.values[name] = value


def identity_of(isbn: str | None, title: str | None) -> tuple[str, str]:
    """What tells a title from others, as far as a list says it."""
    return isbn or "", _plain(title or "")


def _plain(text: str) -> str:
    return "".join(text.split()).strip("《》")
