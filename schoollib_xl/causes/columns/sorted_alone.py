"""A column that was sorted by itself: what stands in it is in order, beside numbers it is not of."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import Enum
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from schoollib_xl.causes.cells.respelling import WEIGHED_BY_MANY
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# A column, those beside it that tell what it says, and the book in which these stand together.
_TOLD: tuple[tuple[type[Any], str, tuple[str, ...], type[Any]], ...] = (
    (LoanRow, "title", ("accession_no",), AccessionRow),
    (LoanRow, "name", ("reader_no",), ReaderRow),
    (LoanRow, "class_name", ("reader_no",), ReaderRow),
    (LoanRow, "reader_no", ("name", "class_name"), ReaderRow),
    (LoanRow, "accession_no", ("title",), AccessionRow),
    (ReaderRow, "name", ("reader_no",), LoanRow),
    (ReaderRow, "class_name", ("reader_no",), LoanRow),
    (ReaderRow, "reader_no", ("name", "class_name"), LoanRow),
    (AccessionRow, "title", ("accession_no",), LoanRow),
)
# A column that no other tells, and one that would be in no order any more had the whole sheet been sorted by it.
_UNTOLD: tuple[tuple[type[Any], str, str], ...] = (
    *((AccessionRow, name, "batch_no") for name in ("class_no", "price", "author", "isbn", "publisher")),
    (LoanRow, "returned_on", "lent_on"),
)
# Fewer lines or words than these may stand together by chance.
_LEAST_LINES, _LEAST_WORDS = 20, 3
# Sorted, one line in so many stays right; in order with its numbers, so many times as often the next line says another.
_PARTS, _OFTENER = 3, 2
# So many of the words that are told must stand in the column, on other lines: names are written otherwise. So many of
# the words must follow each other in order: what is rare has no place in that of the sounds.
_SAME, _OF = 9, 10
_CODES = ("gb18030", "utf-8")


class _Order(Enum):
    """Which way a column is sorted."""

    UP = 1
    DOWN = -1


def columns_sorted(course: Course) -> None:
    """Name each column that was sorted without the others, where that settles what is found of it: of two of a sheet
    that may be, the one that settles more.
    """
    at_odds = _lines_at_odds(course)
    sheets = {kind for kind, lines in at_odds.items() if len(lines) >= _least(course.trial.library, kind)}
    found = sheets and list(_sorted(course.trial.library, sheets))
    for correction in sorted(found or (), key=lambda one: -len(course.trial.of([one]).gone)):
        course.accept([correction], at_least=len(correction.edits) // _PARTS)
    for correction in list(_in_order(course)):
        course.accept([correction], at_least=_LEAST_LINES)


def _in_order(course: Course) -> Iterator[Correction]:
    """Each column that no other tells, and that is in order through batches, or days of lending, that are so too."""
    library = course.trial.library
    read = Counter[tuple[type[Any], str]]()
    for one in course.open_findings().values():
        # What goes by a rule as well, the rule may be wrong for.
        if one.check.looks_at.keys().isdisjoint(WEIGHED_BY_MANY):
            read.update((sheet, name) for sheet, names in one.check.looks_at.items() for name in names)
    for sheet, column, beside in _UNTOLD:
        if read[sheet, column] < _LEAST_LINES:
            continue
        rows = [row for row in library[sheet] if getattr(row, column) is not None]
        said, others = ([getattr(row, name) for row in rows] for name in (column, beside))
        are_several = min(len(set(said)), len(set(others))) >= _LEAST_WORDS
        if (
            len(rows) >= _LEAST_LINES
            and are_several
            and _are_together(said)
            and None not in (_order(said), _order(others))
        ):
            untold = tuple(Cell(sheet, row.line, column) for row in rows)
            yield Correction(SlipKind.COLUMN, (), Slip.SORTED_ALONE, Slip.SORTED_ALONE.cost, untold)


def _lines_at_odds(course: Course) -> dict[type[Any], set[int]]:
    """The lines of each sheet that findings name, of loans those that they are about."""
    lines = defaultdict[type[Any], set[int]](set)
    for one in course.open_findings().values():
        for cell in cells_of(one):
            if cell is one.at or cell.row_type is not LoanRow:
                lines[cell.row_type].add(cell.line)
    return lines


def _least(library: Library, row_type: type[Any]) -> float:
    """Of loans all are found fault with where a column was sorted; of cards and books those that were lent."""
    return max(_LEAST_LINES, len(library[row_type]) / _PARTS if row_type is LoanRow else 0)


def _sorted(library: Library, sheets: set[type[Any]]) -> Iterator[Correction]:
    """Each such column with what those beside it tell; where they tell nothing, a cell is wrong all the same."""
    for sheet, column, beside, kept_in in _TOLD:
        if sheet not in sheets:
            continue
        keys_of = attrgetter(*beside)
        known = defaultdict[Any, set[Any]](set)
        for row in library[kept_in]:
            known[keys_of(row)].add(getattr(row, column))
        rows = [row for row in library[sheet] if getattr(row, column) is not None]
        right = {
            row.line: said for row in rows if len(told := known.get(keys_of(row), ())) == 1 for said in told if said
        }
        wrong = [row for row in rows if right.get(row.line, getattr(row, column)) != getattr(row, column)]
        said = [getattr(row, column) for row in rows]
        if len(wrong) * _PARTS > len(right) and _is_sorted(said, list(right.values())):
            edits = tuple(Change(Cell(sheet, row.line, column), right[row.line]) for row in wrong)
            untold = tuple(Cell(sheet, row.line, column) for row in rows if row.line not in right)
            yield Correction(SlipKind.COLUMN, edits, Slip.SORTED_ALONE, Slip.SORTED_ALONE.cost, untold)


def _is_sorted(said: list[Any], right: list[Any]) -> bool:
    """Whether the words that are told stand there in another order: all that is alike together, by whatever it was
    sorted, or all as they are sounded, and are not so where they should be.
    """
    if len(right) < _LEAST_LINES or (Counter(said) & Counter(right)).total() * _OF < len(right) * _SAME:
        return False
    kinds = len(set(said))
    is_together = _are_together(said) and _runs(right) > len(set(right)) * _OFTENER
    is_in_order = _order(said) not in (None, _order(right))
    return kinds >= _LEAST_WORDS and (is_together or is_in_order)


def _are_together(words: list[Any]) -> bool:
    """Whether all that is alike stands together."""
    return _runs(words) <= len(set(words)) + 1


def _runs(words: list[Any]) -> int:
    return len(list(groupby(words)))


def _order(words: list[Any]) -> _Order | None:
    """How the words follow each other as a program sorts them: by sound, as GB18030 has them, or by another code; days
    and money as such.
    """
    changes = [word for word, _ in groupby(words)]
    coded = [[word.encode(code) for word in changes] for code in _CODES] if isinstance(words[0], str) else [changes]
    for codes in coded:
        up = sum(one <= other for one, other in pairwise(codes))
        for order, following in ((_Order.UP, up), (_Order.DOWN, len(codes) - 1 - up)):
            if following * _OF >= (len(codes) - 1) * _SAME:
                return order
    return None
