"""Two columns of one kind whose headers stand over each other's cells, 应还日期 over the days of return; or a page of
lines where what belongs in the one was written in the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from schoollib_xl.causes.columns.at_odds import TOLD_BY
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind

# With fewer findings, or in a short book fewer than it has half of its lines, the lines are written wrongly one by one.
_LEAST, _LEAST_OF_FEW = 20, 6
# Of the findings that name either column so many parts must go with the headers put right.
_OF, _MOST = 10, 9
# Of the lines of a page one in so many is found fault with: a title or a name nobody else has.
_PAGE = 2
# So many pairs are tried: a loan has three dates.
_MOST_PAIRS = 3
# Of words only a title or a name and what stands beside it: other books have it, what nobody has settles all of it.
_KINDS, _TOLD = (Kind.DATE, Kind.MONEY, Kind.COUNT), frozenset(TOLD_BY.values())


class _Pair(NamedTuple):
    """Two fields of a sheet, how many open findings name either, and whether these are enough for all the sheet."""

    row_type: type[Any]
    fields: tuple[str, str]
    named: int
    is_whole: bool


def headers_exchanged(course: Course) -> None:
    """Name two columns whose headers are exchanged, or the page on which they are, where that settles nearly all that
    is said of either.
    """
    pairs = sorted(_pairs(course), key=lambda one: -one.named)[:_MOST_PAIRS]
    for pair in (one for one in pairs if one.is_whole):
        if _are_named(course, pair, course.trial.library[pair.row_type].rows, Slip.HEADERS_EXCHANGED):
            return
    for pair in pairs:
        pages = (rows for rows in _pages(course, pair) if not _is_in_order(course, pair, rows))
        any(_are_named(course, pair, rows, Slip.COLUMNS_EXCHANGED) for rows in pages)


def _are_named(course: Course, pair: _Pair, rows: Sequence[Any], slip: Slip) -> bool:
    correction = _exchanged(pair, rows, slip)
    return bool(correction.edits) and course.accept([correction], at_least=pair.named * _MOST // _OF)


def _is_in_order(course: Course, pair: _Pair, page: Iterable[Any]) -> bool:
    """Whether on the page the one column is before the other as it is all over the sheet: exchanged it would not be."""
    if SHEETS[pair.row_type].by_name[pair.fields[0]].kind is Kind.TEXT:
        return False
    usual, own = (_order(pair, rows) for rows in (course.trial.library[pair.row_type].rows, page))
    return usual is not None and usual is own


def _order(pair: _Pair, rows: Iterable[Any]) -> bool | None:
    """Whether the first of the two columns has the lesser of two that differ, on nearly all lines; None where neither
    has.
    """
    told = (tuple(getattr(row, name) for name in pair.fields) for row in rows)
    lesser = Counter(first < second for first, second in told if None not in (first, second) and first != second)
    (is_first, times), *_ = lesser.most_common(1) or [(None, 0)]
    return is_first if times * _OF >= lesser.total() * _MOST else None


def _pages(course: Course, pair: _Pair) -> Iterator[list[Any]]:
    """The lines from the first to the last whose cells in the columns are found fault with, and those alone; none where
    many between them are not.
    """
    cells = (cell for one in course.open_findings().values() for cell in cells_of(one))
    lines = {cell.line for cell in cells if cell.row_type is pair.row_type and cell.field in pair.fields}
    rows, said = course.trial.library[pair.row_type].rows, attrgetter(*pair.fields)
    # A line of which a cell is not read is no row, and may be named all the same.
    places = [at for at, row in enumerate(rows) if row.line in lines]
    if len(places) < _LEAST_OF_FEW:
        return
    first, last = places[0], places[-1]
    # Of the copies of a title one is found fault with.
    while first > 0 and said(rows[first - 1]) == said(rows[first]):
        first -= 1
    while last < len(rows) - 1 and said(rows[last + 1]) == said(rows[last]):
        last += 1
    page = list(rows[first : last + 1])
    own = [row for row in page if row.line in lines]
    # Beside several words, one on all lines was drawn down over them.
    words = sorted(len({getattr(row, name) for row in own}) for name in pair.fields)
    if len(places) * _PAGE >= len(page) and not words[0] == 1 < words[1]:
        yield page
        yield own


def _pairs(course: Course) -> Iterator[_Pair]:
    """The pairs of columns of one kind that many findings name."""
    named = Counter[frozenset[tuple[type[Any], str | None]]](
        frozenset((cell.row_type, cell.field) for cell in cells_of(one)) for one in course.open_findings().values()
    )
    read = {row_type for columns in named for row_type, _ in columns}
    for declared in (one for one in ALL_SHEETS if one.row_type in read):
        row_type, table = declared.row_type, course.trial.library[declared.row_type]
        fields = [field for field in declared.fields if table.has(field.name)]
        alike = [pair for kind in _KINDS for pair in combinations((one for one in fields if one.kind is kind), 2)]
        words = [field for field in fields if field.kind is Kind.TEXT]
        alike += [pair for pair in pairwise(words) if _TOLD.intersection(one.name for one in pair)]
        alike += combinations((field for field in words if field.name in _TOLD), 2)
        for one, other in alike:
            both = {(row_type, one.name), (row_type, other.name)}
            times = sum(count for columns, count in named.items() if columns & both)
            if times < _LEAST_OF_FEW:
                continue
            are_many = times >= _LEAST or 2 * times >= len(table.rows)
            # A figure that is not there is one of nothing, and is reckoned with.
            if one.kind is Kind.COUNT or all(_is_filled(table.rows, field.name) for field in (one, other)):
                yield _Pair(row_type, (one.name, other.name), times, are_many)


def _is_filled(rows: Sequence[Any], field: str) -> bool:
    """Whether most lines have something there: what is blank settles whatever reads it."""
    return 2 * sum(getattr(row, field) not in (None, "") for row in rows) > len(rows)


def _exchanged(pair: _Pair, rows: Iterable[Any], slip: Slip) -> Correction:
    by_name, edits = SHEETS[pair.row_type].by_name, list[Change]()
    for row in rows:
        first, second = (getattr(row, name) for name in pair.fields)
        meant = dict(zip(pair.fields, (second, first), strict=True))
        # What no line can do without stays where the other column has nothing.
        if first != second and all(value is not None or by_name[name].nullable for name, value in meant.items()):
            edits += [Change(Cell(pair.row_type, row.line, name), value) for name, value in meant.items()]
    return Correction(SlipKind.COLUMN, tuple(edits), slip, slip.cost)
