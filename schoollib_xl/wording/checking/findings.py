"""A finding in words: where it is, what it says, what to look at as well."""

from typing import NamedTuple

from schoollib_xl.checks.check import MOST_SHOWN, Alike
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.places import Address, address
from schoollib_xl.wording.zh import listed, sentence

# So many other cells has a finding of at least so many: the first is its own.
_CUT = (MOST_SHOWN - 1, MOST_SHOWN)


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
        places = [str(place) for place in self.see_also]
        alike = next((fact.cells for fact in self.finding.facts.values() if isinstance(fact, Alike)), 0)
        if alike >= len(places):
            return listed(places, unit="处", of=alike)
        # Of more than a finding names nobody counted them here: its own sentence does.
        is_cut = len(self.finding.see_also) in _CUT
        return listed(places, unit="处以上" if is_cut else "处")

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
