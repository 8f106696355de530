"""Grids into rows: every sheet of an opened workbook as a typed table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, compress, repeat, zip_longest
from operator import attrgetter, not_
from typing import Any, NamedTuple

from schoollib_xl.ledgers.parts import Part
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, DeclaredSheet
from schoollib_xl.ledgers.table import FlawedCell, IncompleteRow, LedgerTable, Oddity, OddPlace
from schoollib_xl.sheets.cells import Block, CellValue, ColumnBlock, Grid, Merge
from schoollib_xl.sheets.opening.grids import without_looked_up_end
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.recognising import Header, Names, find_header, header_too_low, reordered
from schoollib_xl.sheets.reading.total_rows import SUM_WORDS, TOTAL_WORDS

# Totals that are filled in throughout stand in short sheets only.
_SHORT = 500


class PartRead(NamedTuple):
    """What one Excel sheet of a ledger held; `columns`, by field, of which its rows were made, none where some of these
    were taken out; `totals`, the lines of totals that were held against its rows.
    """

    part: Part
    rows: list[Any]
    incomplete: list[IncompleteRow]
    flaws: list[FlawedCell]
    oddities: list[OddPlace]
    columns: dict[str, list[Any]]
    totals: list[int]


def join(declared: DeclaredSheet, parts: Sequence[PartRead], oddities: Iterable[OddPlace] = ()) -> LedgerTable[Any]:
    """The sheets of one ledger, in order, as one table; `oddities` are those found outside their cells."""
    table: LedgerTable[Any] = LedgerTable(
        declared,
        [row for read in parts for row in read.rows] if len(parts) != 1 else parts[0].rows,
        [row for read in parts for row in read.incomplete],
        [cell for read in parts for cell in read.flaws],
        [*oddities, *(odd for read in parts for odd in read.oddities)],
        [read.part for read in parts],
    )
    table.know(parts[0].columns if len(parts) == 1 else {})
    return table


class PartReader:
    """Reads the Excel sheets of one ledger."""

    def __init__(self, declared: DeclaredSheet, columns: Columns, names: Names) -> None:
        self._declared = declared
        self._columns = columns
        self._names = names

    def read(self, sheet_name: str, blocks: Iterable[Block], index: int = 0, merges: Sequence[Merge] = ()) -> PartRead:
        """Read one Excel sheet, given some rows at a time, as part `index` of the ledger. Its header stands in the
        first block.
        """
        left = iter(blocks)
        top = [*next(left, [])]
        base = index * LINES_PER_SHEET
        header = find_header(top, self._declared, self._names) or Header(1, {}, ())
        low = self._declared.missing_from(header.columns) and header_too_low(top, self._declared, self._names)
        if low or not header.columns:
            header = Header(low or 1, {}, ())
            return PartRead(
                Part(sheet_name, header.row, {}, {}),
                [],
                [],
                [],
                [OddPlace(Oddity.NO_HEADER, base + header.row, sheet_name)],
                {},
                [],
            )
        read = PartRead(Part(sheet_name, header.row, header.columns, {}), [], [], [], [], {}, [])
        read.oddities.extend(_header_oddities(self._declared, header, base))
        body: Iterable[Block] = chain([top[header.row :]], left)
        self._read_body(self._unmerged(body, merges, read.part) if merges else body, base + header.row + 1, read)
        return read

    def entries(self, before: PartRead, rows: Grid, lines: Sequence[int]) -> list[Any] | None:
        """These rows of a sheet that was read before; None where one of them is anything but an entry without a flaw,
        or where rows of the sheet are judged together.
        """
        read = PartRead(before.part, [], [], [], [], {}, [])
        are_alone = len(before.rows) > _SHORT and not (before.part.below or before.totals)
        doubtful = self._read_rows(rows, lines, read) if are_alone else {}
        return read.rows if are_alone and not doubtful and not read.flaws else None

    def _unmerged(self, blocks: Iterable[Block], merges: Sequence[Merge], part: Part) -> Iterator[Grid]:
        """The rows below the header, what is merged over several of them in each."""
        from schoollib_xl.sheets.reading.merged_cells import MergedCells

        cells = MergedCells(self._declared, merges, part.header_row)
        first = part.header_row + 1
        for block in blocks:
            rows = [*block]
            cells.put_into(rows, first, part)
            first += len(rows)
            yield rows

    def _read_body(self, blocks: Iterable[Block], first: int, read: PartRead) -> None:
        """The rows below the header, the first of them on line `first`."""
        blank: list[int] = []
        doubtful: dict[int, list[CellValue]] = {}
        for rows in without_looked_up_end(blocks, read.part.columns.get(self._declared.key)):
            lines: Sequence[int] = range(first, first + len(rows))
            first += len(rows)
            if not _say_something(rows):
                filled = [any(row) or row.count("") < len(row) for row in rows]
                blank += compress(lines, map(not_, filled))
                rows, lines = [*compress(rows, filled)], [*compress(lines, filled)]
            doubtful |= self._read_on(rows, lines, read)
        blank += self._set_aside(read, doubtful)
        if self._declared.missing_from(read.part.columns):
            read.incomplete.extend(IncompleteRow(row.line, row._asdict()) for row in read.rows)
            read.incomplete.sort(key=lambda row: row.line)
            read.rows.clear()
        last = max((entry.line for entry in (*read.rows[-1:], *read.incomplete[-1:])), default=0)
        # Of blank lines one below the other the first: a slip near the sheet's end leaves a million of them.
        ends = {line + 1 for line in blank}
        read.oddities.extend(
            OddPlace(Oddity.BLANK_ROW, line) for line in sorted(blank) if line < last and line not in ends
        )

    def _totals(self, read: PartRead) -> set[int]:
        """The lines of totals that are filled in throughout; only short sheets have such."""
        if len(read.rows) > _SHORT:
            return set()
        return self._saying_total(read.rows)

    def _saying_total(self, rows: Sequence[Any]) -> set[int]:
        """The lines with a total where their number should stand, or, with a day and no number, where their text
        should: 本月合计. What is brought over (上学年结转) is an entry of its own.
        """
        numbers, texts = [*map(attrgetter(self._declared.key), rows)], self._declared.texts
        if None not in numbers and TOTAL_WORDS.isdisjoint(numbers):
            return set()
        return {
            row.line
            for row, number in zip(rows, numbers, strict=True)
            if number in TOTAL_WORDS or (number is None and any(getattr(row, name) in SUM_WORDS for name in texts))
        }

    def _read_on(self, rows: Block, lines: Sequence[int], read: PartRead) -> dict[int, list[CellValue]]:
        """Read rows, each by the header above it; by line, the cells of those that may be no entries."""
        if not rows or not read.part.at(lines[0] % LINES_PER_SHEET).columns:
            return {}
        doubtful = self._read_rows(rows, lines, read)
        for line in sorted(doubtful):
            columns = read.part.at(line % LINES_PER_SHEET).columns
            if found := reordered(doubtful[line], columns, self._declared, self._names):
                self._turn_to(found, line, read)
                rest = lines.index(line) + 1
                above = {at: cells for at, cells in doubtful.items() if at < line}
                return above | self._read_on(rows[rest:], lines[rest:], read)
        return doubtful

    def _turn_to(self, columns: dict[str, int], line: int, read: PartRead) -> None:
        """Take back what was read from this line on: it is a header of these columns."""
        read.columns.clear()
        read.rows[:] = [row for row in read.rows if row.line < line]
        read.flaws[:] = [cell for cell in read.flaws if cell.line < line]
        row = line % LINES_PER_SHEET
        lacks = tuple(self._declared.by_name[name].header for name in self._declared.missing_from(columns))
        read.part.below[row] = {} if lacks else columns
        if lacks:
            below = f"{read.part.sheet_name}第 {row} 行以下"
            read.oddities.append(OddPlace(Oddity.UNREAD_BELOW, line, below, lacks))
        else:
            read.oddities.append(OddPlace(Oddity.REORDERED_HEADER, line))

    def _read_rows(self, rows: Block, lines: Sequence[int], read: PartRead) -> dict[int, list[CellValue]]:
        """Read rows; by line, the cells of those that may be no entries."""
        doubtful: dict[int, list[CellValue]] = {}
        cells = dict(enumerate(_columns_of(rows), 1))
        columns = read.part.at(lines[0] % LINES_PER_SHEET).columns
        # The row and the column hold the same numbers, not each its own.
        numbers = [*lines]
        values: list[Iterable[Any]] = [numbers]
        read.columns.setdefault("line", []).extend(numbers)
        for field in self._declared.fields:
            position = columns.get(field.name)
            if position is None:
                values.append(repeat(field.blank if field.column.may_wait else None))
                continue
            tidied = self._columns.tidied(cells.get(position) or ("",) * len(rows), field)
            values.append(tidied.values)
            read.columns.setdefault(field.name, []).extend(tidied.values)
            for index, (flaw, text, taken) in tidied.flawed.items():
                read.flaws.append(FlawedCell(lines[index], field.name, flaw, text, taken))
                if not (flaw.understood or field.nullable):
                    doubtful[lines[index]] = rows[index]
        # What `_make` does, without a call of Python for every row.
        make = partial(tuple.__new__, self._declared.row_type)
        made = [*map(make, zip(*values, strict=False))]
        read.rows.extend(made)
        if len(read.rows) <= _SHORT:
            totals = self._saying_total(made)
            doubtful |= {line: cells for line, cells in zip(lines, rows, strict=True) if line in totals}
        return doubtful

    def _set_aside(self, read: PartRead, doubtful: Mapping[int, list[CellValue]]) -> list[int]:
        """Take out the lines that lack a value they cannot do without, and of those the lines that are no
        entries at all; the ones among these that are as good as blank.
        """
        required = {field.name for field in self._declared.fields if not field.nullable}
        lacking = {cell.line for cell in read.flaws if not cell.flaw.understood and cell.field in required}
        lacking |= self._totals(read)
        if not lacking:
            return []
        read.columns.clear()
        # What tells them apart is not imported for books that have none.
        from schoollib_xl.sheets.reading.non_entries import IncompleteLine, NonEntries, words_of

        broken = [IncompleteLine(row, doubtful[row.line]) for row in read.rows if row.line in lacking]
        read.rows[:] = [row for row in read.rows if row.line not in lacking]
        last_sound = read.rows[-1] if read.rows else None
        non_entries = dict(NonEntries(self._declared, read.part, last_sound).of(broken))
        self._sort_out([line.row for line in broken if line.row.line not in non_entries], read)
        # What a header of every page says in a column of figures leaves no total unclear.
        read.flaws[:] = [cell for cell in read.flaws if cell.line not in non_entries]
        self._judge_totals([line for line in broken if line.row.line in non_entries], read)
        blank = [line for line, oddity in non_entries.items() if oddity is Oddity.BLANK_ROW]
        closing = {line for line, oddity in non_entries.items() if oddity is Oddity.CLOSING_LINE}
        said = {line.row.line: words_of(line) for line in broken if line.row.line in closing}
        read.oddities.extend(
            OddPlace(oddity, line, said.get(line, ""))
            for line, oddity in non_entries.items()
            if oddity and line not in blank
        )
        return blank

    def _judge_totals(self, lines: Sequence[Any], read: PartRead) -> None:
        from schoollib_xl.sheets.reading.non_entries import is_brought_forward, is_of_month, is_total
        from schoollib_xl.sheets.reading.totals import TotalLine, are_judged, wrong_totals

        totals = [TotalLine(line.row, is_brought_forward(line), is_of_month(line)) for line in lines if is_total(line)]
        if are_judged(self._declared, totals):
            read.totals.extend(total.row.line for total in totals)
            unread = [row.line for row in read.incomplete]
            read.oddities.extend(wrong_totals(self._declared, totals, read.rows, unread, read.flaws))

    def _sort_out(self, rows: list[Any], read: PartRead) -> None:
        """Rows that lack a value: those that stand all the same go back to the sound ones."""
        whole = [field.name for field in self._declared.fields if field.holds_up]
        waiting = {field.name: field.blank for field in self._declared.fields if field.column.may_wait}
        stands = {
            row.line: bool(waiting)
            and all(getattr(row, name) is not None for name in whole)
            and _says_something(row, self._declared)
            for row in rows
        }
        read.incomplete.extend(IncompleteRow(row.line, row._asdict()) for row in rows if not stands[row.line])
        for row in rows:
            if stands[row.line]:
                blanks = {name: blank for name, blank in waiting.items() if getattr(row, name) is None}
                read.rows.append(row._replace(**blanks))
        read.rows.sort(key=lambda row: row.line)


def _say_something(rows: Block) -> bool:
    """Whether each of these rows surely holds something: most begin with it. A zero says nothing here."""
    return any(map(all, rows.columns)) if isinstance(rows, ColumnBlock) else all(map(any, rows))


def _columns_of(rows: Block) -> Iterable[Sequence[CellValue]]:
    """The columns of some rows; short rows end in blanks."""
    if isinstance(rows, ColumnBlock):
        return rows.columns
    is_even = len({*map(len, rows)}) == 1
    return zip(*rows, strict=True) if is_even else zip_longest(*rows, fillvalue="")


def _says_something(row: Any, declared: DeclaredSheet) -> bool:
    """Whether the row says anything but its own number."""
    return any(value not in (None, "") for name, value in row._asdict().items() if name not in ("line", declared.key))


def _header_oddities(declared: DeclaredSheet, header: Header, base: int) -> Iterator[OddPlace]:
    for field in declared.fields:
        if field.required and field.name not in header.columns:
            yield OddPlace(Oddity.MISSING_COLUMN, base, field.header)
    for name in header.doubled:
        yield OddPlace(Oddity.DOUBLED_COLUMN, base, name)
