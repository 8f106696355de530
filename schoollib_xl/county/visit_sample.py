"""What a visitor looks at in a school: the two-way sample of the inspection, by numbers only."""

from collections.abc import Iterator, Set

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from schoollib_xl.inspection.sample import DEFAULT_COPIES, draw
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS

# What is shorter stands in half of all words and numbers, and names nobody.
_SHORTEST_NAME, _SHORTEST_CARD = 2, 3


class VisitSample(BaseModel):
    """Copies to be found on the shelf, books to be taken from each place and found in the register, batches to be
    matched with their papers; `inspect` of the school's workbook with this seed draws the same, with titles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(description="种子")
    population: NonNegativeInt = Field(description="应在架的册数")
    copies: tuple[str, ...] = Field(description="到架上找的个别登记号")
    blanks: dict[str, NonNegativeInt] = Field(description="每一处从架上拿几册，到账上找")
    batches: tuple[str, ...] = Field(description="对单据的总括登记号")


def visit_sample(library: Library, seed: int) -> VisitSample | None:
    """The sample of a school; None where nothing stands on its shelves. A number that holds somebody's name or card
    does not leave the school, nor what a place is called where that holds a name or a card number.
    """
    drawn = draw(library, DEFAULT_COPIES, seed)
    if not drawn.copies:
        return None
    names = frozenset(_written(library, "name", _SHORTEST_NAME))
    cards = frozenset(_written(library, "reader_no", _SHORTEST_CARD))
    # A card number of digits alone may stand in the number of any copy, and says nothing there.
    persons = names | {card for card in cards if not card.isdecimal()}
    blanks: dict[str, int] = {}
    for number, (place, count) in enumerate(drawn.blanks.items(), 1):
        said = f"第 {number} 处" if _holds(place, names | cards) else place
        blanks[said] = blanks.get(said, 0) + count
    return VisitSample(
        seed=seed,
        population=drawn.population,
        copies=tuple(one.accession_no for one in drawn.copies if not _holds(one.accession_no, persons)),
        blanks=blanks,
        batches=tuple(one.batch_no for one in drawn.batches if not _holds(one.batch_no, persons)),
    )


def _written(library: Library, field: str, shortest: int) -> Iterator[str]:
    """Whatever stands in this field of the sheets that are about readers."""
    for row_type, sheet in SHEETS.items():
        if {"reader_no", field} <= sheet.by_name.keys():
            values = (getattr(row, field) for row in library[row_type])
            yield from (value for value in values if value and len(value) >= shortest)


def _holds(text: str, persons: Set[str]) -> bool:
    return any(person in text for person in persons)
