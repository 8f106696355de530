"""What tells the books of one school from those of another: signs of their first lines, which give no line away."""

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import count

from pydantic import BaseModel, ConfigDict, Field

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library

# A book grows at its end: two states of it have their first lines in common.
_LINES = 32
# Fewer lines may agree by chance, or be those every new workbook is tried out with.
_FEWEST = 8
# Two bytes tell lines apart well enough; each stands for a thousand loans that are possible, and tells of none.
_BYTES = 2
_MOST_OF_TWO, _LEAST_OF_ONE = Fraction(1, 4), Fraction(3, 4)


class BookSigns(BaseModel):
    """Signs of the first copies by number and title, and of the first loans by day and copy; of no reader."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    copies: str = Field(default="", description="个别登记账开头几册的指纹，一册四位")
    loans: str = Field(default="", description="借阅登记账开头几笔的指纹，一笔四位，不含读者")

    @property
    def of_loans(self) -> frozenset[str]:
        """The signs of the loans, each by itself."""
        return _parted(self.loans)

    @property
    def tell_of_copies(self) -> bool:
        """Whether there are enough copies to tell whose they are."""
        return len(_parted(self.copies)) >= _FEWEST


class Kinship(Enum):
    """What two workbooks of one name are, the nearest first; UNKNOWN is what is to be asked."""

    ONE_SCHOOL = 1
    UNKNOWN = 2
    TWO_SCHOOLS = 3


def signs_of(library: Library) -> BookSigns:
    """The signs of a school's books."""
    copies, loans = library[AccessionRow], library[LoanRow]
    copies_in_order = nsmallest(_LINES, zip(copies.column("accession_no"), count(), strict=False))
    loans_in_order = nsmallest(_LINES, zip(loans.column("lent_on"), loans.column("accession_no"), strict=True))
    return BookSigns(
        copies=_signs(f"{number} {copies.rows[at].title}" for number, at in copies_in_order),
        loans=_signs(f"{day} {number}" for day, number in loans_in_order),
    )


def _signs(lines: Iterable[str]) -> str:
    return "".join(blake2b(line.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest() for line in lines)


def kinship(one: BookSigns, other: BookSigns, *, have_other_pupils: bool, lie_apart: bool) -> Kinship:
    """Whether two workbooks are two states of one school's books, or two schools' books. One school may keep its books
    in two workbooks of a folder, each with the same classes; two may have got the same delivery with the same numbers.
    """
    copies, loans = _agreement(one.copies, other.copies), _agreement(one.loans, other.loans)
    if copies is None:
        return Kinship.UNKNOWN
    if loans is not None and min(copies, loans) >= _LEAST_OF_ONE:
        return Kinship.ONE_SCHOOL
    is_two = copies <= _MOST_OF_TWO and (have_other_pupils if loans is None else loans <= _MOST_OF_TWO)
    return Kinship.TWO_SCHOOLS if is_two and (have_other_pupils or lie_apart) else Kinship.UNKNOWN


def _agreement(one: str, other: str) -> Fraction | None:
    """Which part of the shorter is in the other; None where there are too few lines to tell."""
    ones, others = _parted(one), _parted(other)
    fewest = min(len(ones), len(others))
    return Fraction(len(ones & others), fewest) if fewest >= _FEWEST else None


# Each of a county whose schools have no names is compared with all others.
@lru_cache(maxsize=1 << 14)
def _parted(signs: str) -> frozenset[str]:
    return frozenset(signs[begin : begin + 2 * _BYTES] for begin in range(0, len(signs), 2 * _BYTES))
