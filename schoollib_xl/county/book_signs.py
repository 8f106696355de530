"""What tells the books of one school from those of another: signs of some of their lines, which give no line away."""

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import count
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ClassRow

# A book grows at its end: two states of it have their first lines in common.
_LINES = 32
# Fewer lines may agree by chance, or be those every new workbook is tried out with.
_FEWEST = 8
# Two bytes tell lines apart well enough; each stands for a thousand loans that are possible, and tells of none.
_BYTES = 2
# A part of another book may begin anywhere. Of the numbers in so many steps each has half of those before it; of any
# book the numbers of the first step that leaves so many are looked at, the same numbers in every book.
_STEPS, _SPREAD = 16, 128
_EVERY_STEP = (1 << _STEPS - 1) - 1
# So many copies alike in both, and a part of the smaller, are no chance.
_FEWEST_COPIES = 4
_MOST_OF_TWO, _LEAST_OF_ONE = Fraction(1, 4), Fraction(3, 4)


class BookSigns(BaseModel):
    """Signs of the first copies by number and title, and of the first loans by day and copy; of copies from all over
    the books, and of their loans by class as well; of no reader.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    copies: str = Field(default="", description="个别登记账开头几册的指纹，一册四位")
    loans: str = Field(default="", description="借阅登记账开头几笔的指纹，一笔四位，不含读者")
    spread_copies: str = Field(default="", description="个别登记账各处若干册的指纹，一册五位，第一位说有多稀")
    spread_loans: str = Field(default="", description="其中几册的借阅的指纹，一笔五位，不含读者")
    classes: str = Field(default="", description="班级和人数一起的指纹，四位")

    @property
    def of_loans(self) -> frozenset[str]:
        """The signs of the loans, each by itself."""
        return _parted(self.loans)

    @property
    def tell_of_copies(self) -> bool:
        """Whether there are enough copies to tell whose they are."""
        return len(_parted(self.copies)) >= _FEWEST

    @property
    def of_copies_all_over(self) -> frozenset[str]:
        """The signs of copies from all over the books, each by itself."""
        return _parted(self.spread_copies, 1 + 2 * _BYTES)

    def holds_copies_of(self, other: "BookSigns", part: Fraction) -> bool:
        """Whether so large a part of the copies of the smaller book is in the other."""
        return _are_shared(self.spread_copies, other.spread_copies, part, _FEWEST_COPIES)

    def holds_loans_of(self, other: "BookSigns", part: Fraction) -> bool:
        """Whether so large a part of the loans of the smaller book is in the other."""
        return _are_shared(self.spread_loans, other.spread_loans, part, _FEWEST)

    def is_kept_apart_from(self, other: "BookSigns") -> bool:
        """Whether each has copies of its own, a quarter at least, and other first loans, whatever both got alike."""
        loans = _agreement(self.loans, other.loans)
        if loans is None or not (self.spread_copies and other.spread_copies):
            return False
        return loans <= _MOST_OF_TWO and not self.holds_copies_of(other, _LEAST_OF_ONE)

    def begins_like(self, other: "BookSigns") -> bool:
        """Whether more than a few of the first copies are the same, as those of a delivery that both got."""
        alike = _agreement(self.copies, other.copies)
        return alike is None or alike > _MOST_OF_TWO


class Kinship(Enum):
    """What two workbooks of one name are, the nearest first; UNKNOWN is what is to be asked."""

    ONE_SCHOOL = 1
    UNKNOWN = 2
    TWO_SCHOOLS = 3


def signs_of(library: Library) -> BookSigns:
    """The signs of a school's books."""
    copies, loans, classes = library[AccessionRow], library[LoanRow], library[ClassRow]
    copies_in_order = nsmallest(_LINES, zip(copies.column("accession_no"), count(), strict=False))
    loans_in_order = nsmallest(_LINES, zip(loans.column("lent_on"), loans.column("accession_no"), strict=True))
    steps = _spread_numbers(copies.column("accession_no"))
    return BookSigns(
        spread_copies=_spread(
            (steps[row.accession_no], f"{row.accession_no} {row.title}")
            for row in copies.among("accession_no", steps.keys())
        ),
        spread_loans=_spread(
            (steps[row.accession_no], f"{row.lent_on} {row.accession_no} {row.class_name}")
            for row in loans.among("accession_no", steps.keys())
        ),
        classes=_signs([" ".join(sorted(f"{row.class_name} {row.pupils}" for row in classes))] if len(classes) else []),
        copies=_signs(f"{number} {copies.rows[at].title}" for number, at in copies_in_order),
        loans=_signs(f"{day} {number}" for day, number in loans_in_order),
    )


def _spread_numbers(numbers: Sequence[str]) -> dict[str, int]:
    """Numbers from all over the books with the step each is of."""
    least = min((len(numbers) // _SPREAD).bit_length(), _STEPS - 1)
    others = (1 << least) - 1
    return {number: _step(mixed) for number in numbers if not (mixed := _mixed(number)) & others}


def _mixed(number: str) -> int:
    # Neighbouring numbers differ in the sum's last figures only; times a large odd number they do in all.
    return crc32(number.encode("utf-8", "replace")) * 0x9E3779B1 >> 16 & _EVERY_STEP


def _step(mixed: int) -> int:
    """Half of all are in one step more than the first, a quarter in two."""
    return (mixed & -mixed).bit_length() - 1 if mixed else _STEPS - 1


def _spread(lines: Iterable[tuple[int, str]]) -> str:
    return "".join(sorted({f"{step:x}{_signs([line])}" for step, line in lines}))


def _are_shared(one: str, other: str, part: Fraction, at_least: int) -> bool:
    """Whether so large a part of what both look at is in both, and so much; both look at the steps of the larger."""
    if not (one and other):
        return False
    ones, others = _parted(one, 1 + 2 * _BYTES), _parted(other, 1 + 2 * _BYTES)
    least = max(min(ones), min(others))[0]
    ones, others = (frozenset(sign for sign in each if sign[0] >= least) for each in (ones, others))
    shared = len(ones & others)
    return shared >= at_least and shared >= part * min(len(ones), len(others))


def _signs(lines: Iterable[str]) -> str:
    return "".join(blake2b(line.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest() for line in lines)


def kinship(
    one: BookSigns, other: BookSigns, *, have_other_pupils: bool, lie_apart: bool, are_of_two_towns: bool = False
) -> Kinship:
    """Whether two workbooks are two states of one school's books, or two schools' books. One school may keep its books
    in two workbooks of a folder, each with the same classes; two may have got the same delivery with the same numbers,
    and others since, or nothing else in two towns.
    """
    copies, loans = _agreement(one.copies, other.copies), _agreement(one.loans, other.loans)
    if copies is None:
        return Kinship.UNKNOWN
    if loans is not None and min(copies, loans) >= _LEAST_OF_ONE:
        return Kinship.ONE_SCHOOL
    have_other_loans = loans is not None and loans <= _MOST_OF_TWO
    if have_other_pupils and (one.is_kept_apart_from(other) or (are_of_two_towns and have_other_loans)):
        return Kinship.TWO_SCHOOLS
    is_two = copies <= _MOST_OF_TWO and (have_other_pupils if loans is None else have_other_loans)
    return Kinship.TWO_SCHOOLS if is_two and (have_other_pupils or lie_apart) else Kinship.UNKNOWN


def _agreement(one: str, other: str) -> Fraction | None:
    """Which part of the shorter is in the other; None where there are too few lines to tell."""
    ones, others = _parted(one), _parted(other)
    fewest = min(len(ones), len(others))
    return Fraction(len(ones & others), fewest) if fewest >= _FEWEST else None


# Each of a county whose schools have no names is compared with all others.
@lru_cache(maxsize=1 << 14)
def _parted(signs: str, width: int = 2 * _BYTES) -> frozenset[str]:
    return frozenset(signs[begin : begin + width] for begin in range(0, len(signs), width))
