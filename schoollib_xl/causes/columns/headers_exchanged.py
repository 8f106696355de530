"""Two columns of one kind whose headers stand over each other's cells: 应还日期 over the days of return."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from schoollib_xl.causes.columns.at_odds import TOLD_BY
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind

# With fewer findings, or in a short book fewer than it has half of its lines, the lines are written wrongly one by one.
_LEAST, _LEAST_OF_FEW = 20, 6
# Of the findings that name either column so many parts must go with the headers put right.
_OF, _MOST = 10, 9
# So many pairs are tried: a loan has three dates.
_MOST_PAIRS = 3
# Of words only a title or a name and what stands beside it: other books have it, what nobody has settles all of it.
_KINDS, _TOLD = (Kind.DATE, Kind.MONEY), frozenset(TOLD_BY.values())


class _Pair(NamedTuple):
    """Two fields of a sheet, and how many open findings name either."""

    row_type: type[Any]
    fields: tuple[str, str]
    named: int


def headers_exchanged(course: Course) -> None:
    """Name two columns whose headers are exchanged, where that settles nearly all that is said of either."""
    for pair in sorted(_pairs(course), key=lambda one: -one.named)[:_MOST_PAIRS]:
        correction = _exchanged(course.trial.library, pair)
        if correction.edits and course.accept([correction], at_least=pair.named * _MOST // _OF):
            return


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
        for one, other in alike:
            both = {(row_type, one.name), (row_type, other.name)}
            times = sum(count for columns, count in named.items() if columns & both)
            are_many = times >= _LEAST or (times >= _LEAST_OF_FEW and 2 * times >= len(table.rows))
            if are_many and _is_filled(table.rows, one.name) and _is_filled(table.rows, other.name):
                yield _Pair(row_type, (one.name, other.name), times)


def _is_filled(rows: Sequence[Any], field: str) -> bool:
    """Whether most lines have something there: what is blank settles whatever reads it."""
    return 2 * sum(bool(getattr(row, field)) for row in rows) > len(rows)


def _exchanged(library: Library, pair: _Pair) -> Correction:
    by_name, edits = SHEETS[pair.row_type].by_name, list[Change]()
    for row in library[pair.row_type]:
        first, second = (getattr(row, name) for name in pair.fields)
        meant = dict(zip(pair.fields, (second, first), strict=True))
        # What no line can do without stays where the other column has nothing.
        if first != second and all(value is not None or by_name[name].nullable for name, value in meant.items()):
            edits += [Change(Cell(pair.row_type, row.line, name), value) for name, value in meant.items()]
    return Correction(SlipKind.COLUMN, tuple(edits), Slip.HEADERS_EXCHANGED, Slip.HEADERS_EXCHANGED.cost)
