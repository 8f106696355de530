"""A finding in words: where it is, what it says, what to look at as well."""

from typing import NamedTuple

from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.places import Address, address
from schoollib_xl.wording.zh import listed, sentence


class Message(NamedTuple):
    """A finding as it is shown: address, the three sentences, and the other cells."""

    finding: Finding
    at: Address
    message: str
    why: str
    fix: str
    see_also: tuple[Address, ...]

    @property
    def also(self) -> str:
        """The other cells in a line; of many the first, and how many there are."""
        return listed([str(place) for place in self.see_also], unit="处")

    @property
    def explained(self) -> str:
        """已说明 where somebody answers for it, else ''."""
        return "已说明" if self.finding.explained else ""


def message_of(library: Library, finding: Finding) -> Message:
    """The finding in words, every cell by its address."""
    check = finding.check
    see_also = tuple(dict.fromkeys(address(library, cell) for cell in finding.see_also))
    return Message(
        finding,
        address(library, finding.at),
        sentence(check.message, finding.facts),
        check.why,
        sentence(check.fix, finding.facts),
        see_also,
    )
