"""Print the ledgers: what is bound at the end of a term."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.actions.kept import telling_of_desk
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.sheets.books.print_book import SUMMED, TITLE, pages, write_print_book
from schoollib_xl.sheets.opening.grids import Progress
from schoollib_xl.sheets.reading.loading import load

LEDGERS = {SHEETS[row_type].name: row_type for row_type in SUMMED}


class Printable(NamedTuple):
    """What can be printed: the books, the ledgers that hold something, the names of those that hold nothing, and what
    the file or the clock leaves in doubt.
    """

    library: Library
    ledgers: Sequence[type[Any]]
    empty: Sequence[str]
    cannot_tell: str

    @property
    def pages(self) -> int:
        """How many pages they take."""
        return pages(self.library, self.ledgers)

    @property
    def incomplete(self) -> dict[str, int]:
        """How many lines of a ledger lack what it cannot do without, and are therefore not printed, by its name."""
        counts = {SHEETS[ledger].name: len(self.library[ledger].incomplete) for ledger in self.ledgers}
        return {name: count for name, count in counts.items() if count}


def printable(
    workbook: Path, as_of: date | None, names: Sequence[str] = (), progress: Progress | None = None
) -> Printable:
    """Read what is to be printed: the ledgers of these names, all where none is said. Raises Unusable."""
    library, cannot_tell = telling_of_desk(load(workbook, as_of, progress), workbook)
    wanted = [LEDGERS[name] for name in names] or list(LEDGERS.values())
    full = [row_type for row_type in wanted if library[row_type].rows]
    empty = [SHEETS[row_type].name for row_type in wanted if row_type not in full]
    return Printable(library, full, empty, cannot_tell)


def write_printable(done: Printable, folder: Path) -> Path:
    """Write 账册打印本.xlsx into the folder; where it went. Raises CannotWrite."""
    return write_print_book(done.library, done.ledgers, folder / f"{TITLE}.xlsx")
