"""Lists that write what several lines have in common once, over the first of them: a class, a day, a reader."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from schoollib_xl.adoption.forms.bare_rows import A_HEADING
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import A_BOOK, BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.list_titles import as_named
from schoollib_xl.adoption.forms.tables import FoundTable, RowSetAside
from schoollib_xl.ledgers.grades import class_in, class_key, grade_in
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.reading.dittos import DITTO_MARKS

# A register with a quarter of its readers or days forgotten is none; fewer lines may be slips of the pen. A roster that
# writes each class once has more pupils than classes.
_FEWEST, _LEAST, _LEAST_OF_PUPILS = 3, 0.25, 0.5
_READER = ("reader_no", "name", "class_name")
_SAID = "{table} 的“{header}”有 {lines} 行空着，照上面一行的填了，对着原本看一遍。"
_SAID_OF_CLASSES = "{table} 的“{header}”一个班只写了一次，下面空着的 {lines} 人照上面的班级填。"


def carry_down(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Give the lines below a class, a reader or a day what stands there once, where it is clear that the blanks mean
    it; a sentence on each column, those of the pages and parts of one sheet together.
    """
    filled = Counter[tuple[str, str, str, str]]()
    for table in tables:
        said, columns = (_SAID_OF_CLASSES, _classes) if table.kind is READERS else (_SAID, _of_register)
        for column in columns(table):
            filled[said, table.file, as_named(table.sheet), column.header] += column.fill()
    for (said, file, sheet, header), lines in filled.items():
        if lines:
            yield said.format(table=f"《{file}》{sheet}", header=header, lines=lines)


class _Written:
    """The columns of a table that are written together, or left blank together on lines that have something."""

    def __init__(self, table: FoundTable, at: Sequence[int], has_something: Callable[[FilledLine], bool]) -> None:
        self._at = at
        self._lines = list(table.lines)
        self._said = [tuple(_written(table, line, one) for one in at) for line in table.lines]
        self._headers = [table.headers[one] for one in at]
        self.blanks = [
            index for index, line in enumerate(table.lines) if not any(self._said[index]) and has_something(line)
        ]

    @property
    def header(self) -> str:
        """What the list calls them."""
        return "、".join(self._headers)

    def is_written_once(self, within: Sequence[tuple[str, ...]]) -> bool:
        """Whether no value comes twice, from the first line on, and many a line that has something is blank; `within`
        are the readers of the lines where a value may come again with another reader.
        """
        if not self._said or not any(self._said[0]):
            return False
        readers = within or [()] * len(self._said)
        written = [(reader, said) for reader, said in zip(readers, self._said, strict=True) if any(said)]
        return len(set(written)) == len(written) and len(self.blanks) >= max(_FEWEST, _LEAST * len(self._said))

    def carried(self) -> list[tuple[str, ...]]:
        """The value of each line, that of the one above where it is blank."""
        values: list[tuple[str, ...]] = []
        for said in self._said:
            values.append(said if any(said) or not values else values[-1])
        return values

    def fill(self) -> int:
        """Fill the blank lines; how many there were."""
        written = [index for index, said in enumerate(self._said) if any(said)]
        for index in self.blanks:
            line, above = self._lines[index], self._lines[written[bisect_left(written, index) - 1]]
            line.cells.extend([""] * (max(self._at) - len(line.cells)))
            for at in self._at:
                line.cells[at - 1] = above.cell(at)
        return len(self.blanks)


def _written(table: FoundTable, line: FilledLine, at: int) -> str:
    """What stands in a cell; '' for a mark that means the cell above, written out or below a blank one."""
    said = line.said(at)
    return "" if said in DITTO_MARKS or (line.row, at) in table.dittos else said


def _of_register(table: FoundTable) -> Iterator[_Written]:
    """The readers, and the days, that a register or a list of books writes once."""
    if table.kind not in (LOANS, EVENTS, BOOKS):
        return
    books = [table.columns[name] for name in A_BOOK if name in table.columns]
    reader = [table.columns[name] for name in _READER if name in table.columns]
    of_reader = _Written(table, reader, lambda line: any(map(line.said, books)))
    is_once = bool({"name", "reader_no"} & table.columns.keys()) and of_reader.is_written_once([])
    if is_once:
        yield of_reader
    day = [table.columns[name] for name in ("lent_on", "happened_on", "accessioned_on") if name in table.columns][:1]
    of_day = _Written(table, day, lambda line: any(map(line.said, books)))
    if day and of_day.is_written_once(of_reader.carried() if is_once else []):
        yield of_day


def _classes(table: FoundTable) -> Iterator[_Written]:
    """The classes of a roster that writes each once, at its first pupil or on a line of its own, which is no pupil;
    their grade beside them, or once over several classes.
    """
    at, beside = table.columns.get("class_name", 0), table.columns.get("grade", 0)
    if beside and _is_each_once([line.said(beside) for line in table.lines], lambda name: grade_in(name) is not None):
        yield _Written(table, [beside], lambda line: _is_pupil(table, line))
    if not at or not _is_each_once([_class_in_two(line, beside, at) for line in table.lines], class_in):
        return
    is_grade_told = beside and all(line.said(beside) for line in table.lines)
    columns = [at] if is_grade_told or not beside else [beside, at]
    yield _Written(table, columns, lambda line: _is_pupil(table, line))
    headings = [line for line in table.lines if at in line.texts and line.texts.keys() <= {at, beside}]
    table.non_entries += [RowSetAside(line, A_HEADING) for line in headings]
    table.lines = [line for line in table.lines if line not in headings]


def _class_in_two(line: FilledLine, beside: int, at: int) -> str:
    return f"{line.said(beside)}{line.said(at)}" if line.said(at) else ""


def _is_each_once(cells: Sequence[str], tells: Callable[[str], object]) -> bool:
    """Whether the cells name classes, or grades, each once from the first line on, and have blanks for the pupils."""
    named = [cell for cell in cells if cell]
    are_told = len(set(map(class_key, named))) == len(named) and all(map(tells, named))
    return bool(named) and cells[0] != "" and are_told and len(cells) - len(named) >= _LEAST_OF_PUPILS * len(cells)


def _is_pupil(table: FoundTable, line: FilledLine) -> bool:
    said = line.said(table.columns.get("kind", 0)) or ReaderKind.PUPIL.value
    return said == ReaderKind.PUPIL.value and line.said(table.columns["name"]) != ""
