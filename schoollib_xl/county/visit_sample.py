"""What a visitor looks at in a school: the two-way sample of the inspection, by numbers only."""

from collections.abc import Iterator, Set
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from schoollib_xl.inspection.sample import DEFAULT_COPIES, draw
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import LedgerTable

# What is shorter stands in half of all words and numbers, and names nobody.
_SHORTEST_NAME, _SHORTEST_CARD = 2, 3


class VisitSample(BaseModel):
    """Copies to be found on the shelf, books to be taken from each place and found in the register, batches to be
    matched with their papers; `inspect` of the school's workbook with this seed draws the same, with titles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(description="抽签号")
    population: NonNegativeInt = Field(description="应在架的册数")
    copies: tuple[str, ...] = Field(description="到架上找的个别登记号")
    blanks: dict[str, NonNegativeInt] = Field(description="每一处从架上拿几册，到账上找")
    batches: tuple[str, ...] = Field(description="对单据的总括登记号")


def visit_sample(library: Library, seed: int) -> VisitSample | None:
    """The sample of a school; None where nothing stands on its shelves. A number that holds somebody's name or card
    does not leave the school, nor what a place is called where that holds a name or a card number; where not all names
    could be read, nor does what is no plain number.
    """
    drawn = draw(library, DEFAULT_COPIES, seed)
    if not drawn.copies:
        return None
    names = frozenset(_written(library, "name", _SHORTEST_NAME))
    cards = frozenset(_written(library, "reader_no", _SHORTEST_CARD))
    # A card number of digits alone may stand in the number of any copy, and says nothing there.
    persons = names | {card for card in cards if not card.isdecimal()}
    # Of so many persons hardly one is in any number: these alone are looked for in each.
    numbers = (*(copy.accession_no for copy in drawn.copies), *(batch.batch_no for batch in drawn.batches))
    persons = frozenset(filter("\n".join(numbers).__contains__, persons))
    readers = library[ReaderRow]
    all_read = all(map(_is_whole, _about_readers(library))) and (not readers.present or readers.has("name"))

    def is_nobody(text: str) -> bool:
        return (all_read or text.isascii()) and not _holds(text, persons)

    blanks: dict[str, int] = {}
    for number, (place, count) in enumerate(drawn.blanks.items(), 1):
        said = place if all_read and not _holds(place, names | cards) else f"第 {number} 处"
        blanks[said] = blanks.get(said, 0) + count
    return VisitSample(
        seed=seed,
        population=drawn.population,
        copies=tuple(copy.accession_no for copy in drawn.copies if is_nobody(copy.accession_no)),
        blanks=blanks,
        batches=tuple(batch.batch_no for batch in drawn.batches if is_nobody(batch.batch_no)),
    )


def _written(library: Library, field: str, shortest: int) -> Iterator[str]:
    """Whatever stands in this field of the sheets that are about readers, also in lines that are not whole."""
    for table in _about_readers(library):
        values = (*table.distinct(field), *(row.values.get(field) for row in table.incomplete))
        yield from (value for value in values if value and len(value) >= shortest)


def _about_readers(library: Library) -> list[LedgerTable[Any]]:
    return [library[row_type] for row_type, sheet in SHEETS.items() if {"reader_no", "name"} <= sheet.by_name.keys()]


def _is_whole(table: LedgerTable[Any]) -> bool:
    """Whether everything on the sheet was read that says who somebody is."""
    unread = {name for _, name in table.unreadable}.intersection(("reader_no", "name"))
    return not table.present or (table.has("reader_no") and not (table.left_over or unread))


def _holds(text: str, persons: Set[str]) -> bool:
    return any(map(text.__contains__, persons))
