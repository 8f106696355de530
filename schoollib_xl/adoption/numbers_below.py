"""Numbers of a book's further copies that stand below it, each on a line of its own."""

from collections.abc import Iterator
from typing import Any

from schoollib_xl.adoption.bare_rows import BareRows
from schoollib_xl.adoption.cells import CellReader
from schoollib_xl.adoption.headers import FilledLine
from schoollib_xl.adoption.kinds import BOOKS
from schoollib_xl.adoption.tables import FoundTable

FURTHER_COPY = "上面那种书的另一册，号写在它下面"


class NumbersBelow:
    """The lines of a list of books that hold only the number of a further copy of a book above: there are as many as
    its 册数 asks for beside the number on its own line. Of another count nobody can tell whose they are.
    """

    def __init__(self, table: FoundTable, bare: BareRows) -> None:
        self._number_at = table.columns.get("accession_no", 0)
        held_at = table.columns.get("held", 0)
        is_asked = table.kind is BOOKS and self._number_at and held_at
        self._below = dict(_below(table, bare, held_at)) if is_asked else {}
        self._taken = {line.row for lines in self._below.values() for line in lines}

    def holds(self, line: FilledLine) -> bool:
        """Whether the line is such a number."""
        return line.row in self._taken

    def complete(self, line: FilledLine, values: dict[str, Any]) -> None:
        """Give the book of a line the numbers of all its copies."""
        if further := self._below.get(line.row):
            values["accession_no"] = "、".join(one.said(self._number_at) for one in (line, *further))


def _below(table: FoundTable, bare: BareRows, held_at: int) -> Iterator[tuple[int, list[FilledLine]]]:
    """The row of each book with the lines of its further numbers."""
    reader = CellReader(BOOKS.by_name["held"], prices=True)
    book: FilledLine | None = None
    numbers: list[FilledLine] = []
    for line in (*table.lines, None):
        if line and bare.is_number_of_a_copy(line):
            numbers.append(line)
            continue
        if book and numbers:
            held: int | None = reader.read(book.cell(held_at)).value
            if held == len(numbers) + 1:
                yield book.row, numbers
        book, numbers = line if line and bare.has_number(line) else None, []
