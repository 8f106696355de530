"""Numbers of a book's further copies that stand below it, each on a line of its own."""

from collections.abc import Iterator
from typing import Any

from schoollib_xl.adoption.forms.bare_rows import BareRows, class_heading
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.number_lists import numbers_of
from schoollib_xl.adoption.rows.cells import CellReader

FURTHER_COPY = "上面那种书的另一册，号写在它下面"


class NumbersBelow:
    """The lines of a list of books that hold only the number of a further copy of a book above, with 册数 1 or what
    the book says itself beside it: no more than its 册数 asks for beside the number on its own line, or asks for in all
    where no number stands there. Of more nobody can tell whose they are; nor of fewer below the last book, where
    numbers are written beforehand, unless 册数 stands beside them.
    """

    def __init__(self, table: FoundTable, bare: BareRows) -> None:
        self._bare = bare
        self._number_at = table.columns.get("accession_no", 0)
        self._held_at = table.columns.get("held", 0)
        self._naming = [table.columns[name] for name in ("title", "isbn") if name in table.columns]
        self._copies = CellReader(BOOKS.by_name["held"], prices=False)
        is_asked = table.kind is BOOKS and self._number_at and self._held_at
        self._below = dict(self._found(table)) if is_asked else {}
        self._taken = {line.row for lines in self._below.values() for line in lines}

    def holds(self, line: FilledLine) -> bool:
        """Whether the line is such a number."""
        return line.row in self._taken

    def complete(self, line: FilledLine, values: dict[str, Any]) -> None:
        """Give the book of a line the numbers of all its copies."""
        if further := self._below.get(line.row):
            values["accession_no"] = "、".join(filter(None, (one.said(self._number_at) for one in (line, *further))))

    def _found(self, table: FoundTable) -> Iterator[tuple[int, list[FilledLine]]]:
        """The row of each book with the lines of its further numbers."""
        book: FilledLine | None = None
        numbers: list[FilledLine] = []
        for line in (*table.lines, None):
            if line and book and self._is_further(line, book):
                numbers.append(line)
                continue
            if book and numbers and len(numbers) <= self._asked(book):
                is_beforehand = line is None and not any(map(self._held, numbers))
                if not is_beforehand or len(numbers) == self._asked(book):
                    yield book.row, numbers
            book, numbers = line, []

    def _is_further(self, line: FilledLine, book: FilledLine) -> bool:
        own = self._bare.own_columns(line)
        # Q类 in this column begins the books of a class.
        if self._number_at not in own or own.intersection(self._naming) or class_heading(line.alone):
            return False
        is_one = {self._held_at} if self._held(line) == 1 else set()
        said_above = {at for at in own if line.said(at) == book.said(at)}
        return self._bare.are_numbers(own - is_one - said_above)

    def _asked(self, book: FilledLine) -> int:
        """How many numbers a book asks for below its line."""
        return (self._held(book) or 0) - self._stated(book)

    def _stated(self, book: FilledLine) -> int:
        """How many numbers stand on the book's own line."""
        text = book.said(self._number_at)
        return len(numbers_of(text, self._held(book)) or (text,)) if self._bare.has_number(book) else 0

    def _held(self, line: FilledLine) -> int | None:
        held: int | None = self._copies.read(line.cell(self._held_at)).value
        return held
