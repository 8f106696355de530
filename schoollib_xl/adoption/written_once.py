"""Registers that write what several lines have in common once, over the first of them: the day, or the reader."""

from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.adoption.headers import FilledLine
from schoollib_xl.adoption.kinds import A_BOOK, EVENTS, LOANS
from schoollib_xl.adoption.tables import FoundTable

# A register with a quarter of its readers or days forgotten is none; fewer lines may be slips of the pen.
_FEWEST, _LEAST = 3, 0.25
_READER = ("reader_no", "name", "class_name")
_SAID = "{table} 的“{header}”有 {lines} 行空着，照上面一行的填了，对着原本看一遍。"


def carry_down(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Give the lines below a reader or a day that reader or day, where it is clear that the blanks mean it; a sentence
    on each column.
    """
    for table in tables:
        if table.kind not in (LOANS, EVENTS):
            continue
        reader = [table.columns[name] for name in _READER if name in table.columns]
        is_named = bool({"name", "reader_no"} & table.columns.keys())
        of_reader = _Written(table, reader)
        is_once = is_named and of_reader.is_written_once([])
        day = [table.columns[name] for name in ("lent_on", "happened_on") if name in table.columns][:1]
        of_day = _Written(table, day)
        columns = [of_reader] if is_once else []
        if day and of_day.is_written_once(of_reader.carried() if is_once else []):
            columns.append(of_day)
        for column in columns:
            yield _SAID.format(table=table.name, header=column.header, lines=column.fill())


class _Written:
    """The columns of a table that are written together, or left blank together."""

    def __init__(self, table: FoundTable, at: Sequence[int]) -> None:
        self._at = at
        self._said = [tuple(map(line.said, at)) for line in table.lines]
        self._table = table
        self._books = [table.columns[name] for name in A_BOOK if name in table.columns]

    @property
    def header(self) -> str:
        """What the list calls them."""
        return "、".join(self._table.headers[at] for at in self._at)

    def is_written_once(self, within: Sequence[tuple[str, ...]]) -> bool:
        """Whether no value comes twice, from the first line on, and many a line that names a book is blank; `within`
        are the readers of the lines where a value may come again with another reader.
        """
        if not self._said or not any(self._said[0]):
            return False
        readers = within or [()] * len(self._said)
        written = [(reader, said) for reader, said in zip(readers, self._said, strict=True) if any(said)]
        blank = len(self._blanks())
        return len(set(written)) == len(written) and blank >= max(_FEWEST, _LEAST * len(self._said))

    def carried(self) -> list[tuple[str, ...]]:
        """The value of each line, that of the one above where it is blank."""
        values: list[tuple[str, ...]] = []
        for said in self._said:
            values.append(said if any(said) or not values else values[-1])
        return values

    def fill(self) -> int:
        """Fill the blank lines; how many there were."""
        blanks = self._blanks()
        for index in blanks:
            _fill(self._table.lines[index], self._at, self._table.lines[index - 1])
        return len(blanks)

    def _blanks(self) -> list[int]:
        lines = self._table.lines
        return [at for at, said in enumerate(self._said) if not any(said) and any(map(lines[at].said, self._books))]


def _fill(line: FilledLine, columns: Sequence[int], above: FilledLine) -> None:
    line.cells.extend([""] * (max(columns) - len(line.cells)))
    for at in columns:
        line.cells[at - 1] = above.cell(at)
