"""Numbers that stand in each other's place on two lines written one soon after the other."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from time import thread_time
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import cost_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# What a number stands for on a line that says it in words as well, and the book that the words are taken from.
TOLD_BY = {"accession_no": "title", "reader_no": "name"}
KEPT_IN: dict[str, type[Any]] = {"accession_no": AccessionRow, "reader_no": ReaderRow}
# Lines farther apart than this are not filled in from one pile of books, so that their numbers get mixed up.
_NEIGHBOURS = 5
_MOST_TRIED = 8


class _Pair(NamedTuple):
    """Two rows of a sheet whose words are at odds with a number, and the field of that number."""

    one: Any
    other: Any
    number: str


def numbers_exchanged(course: Course) -> None:
    """Name the two numbers where exchanging them settles what is found on both lines, whose words are right."""
    for code, pair in list(_pairs(course))[:_MOST_TRIED]:
        if thread_time() > course.deadline:
            course.complete = False
            return
        numbers = _exchange(pair, pair.number, SlipKind.EXCHANGED)
        if len(course.trial.of([numbers], {code}).gone) > 1:
            words = _exchange(pair, TOLD_BY[pair.number], SlipKind.CELL)
            course.accept([numbers], [[words]], at_least=2)


def _named_otherwise(course: Course) -> Iterator[Finding]:
    """What is found at names of readers in 借阅登记账."""
    found = course.open_findings().values()
    return (one for one in found if (one.at.row_type, one.at.field) == (LoanRow, "name"))


def cards_exchanged(course: Course) -> None:
    """Name two numbers of 读者名册 that stand with each other's readers: loans tell each by the other's name."""
    library = course.trial.library
    rows = (library[LoanRow].row_at(one.at.line) for one in _named_otherwise(course))
    told = {(row.reader_no, row.name): None for row in rows if isinstance(row, LoanRow)}
    for number, name in told:
        reader = library.readers.get(number)
        others = [one for one in library[ReaderRow] if one.name == name]
        if reader and len(others) == 1 and number < others[0].reader_no and (others[0].reader_no, reader.name) in told:
            pair = _Pair(reader, others[0], "reader_no")
            words = _exchange(pair, "name", SlipKind.CELL)
            course.accept([_exchange(pair, "reader_no", SlipKind.EXCHANGED)], [[words]], at_least=2)


def lines_at_odds(course: Course) -> dict[tuple[str, type[Any], str], set[int]]:
    """Lines whose words are at odds with a number, by the check that finds fault, the sheet and the number."""
    found: dict[tuple[str, type[Any], str], set[int]] = defaultdict(set)
    for finding in course.open_findings().values():
        for number, words in TOLD_BY.items():
            read = finding.check.looks_at.get(finding.at.row_type, frozenset())
            if {number, words} <= read and finding.at.row_type is not KEPT_IN[number]:
                found[finding.check.code, finding.at.row_type, number].add(finding.at.line)
    return found


def _pairs(course: Course) -> Iterator[tuple[str, _Pair]]:
    """Neighbouring lines that one check finds fault with, in the words that a number is told by."""
    for (code, row_type, number), lines in lines_at_odds(course).items():
        # Two lines of a list of numbers are as likely right while the two cards are exchanged.
        beside = pairwise(sorted(lines)) if SHEETS[row_type].key != number else ()
        for line, following in beside:
            if following - line <= _NEIGHBOURS and (
                pair := _pair(course.trial.library, row_type, number, line, following)
            ):
                yield code, pair


def _pair(library: Library, row_type: type[Any], number: str, line: int, following: int) -> _Pair | None:
    one, other = (library[row_type].row_at(at) for at in (line, following))
    values = {getattr(row, number, None) for row in (one, other)}
    return _Pair(one, other, number) if len(values) == 2 and None not in values else None


def _exchange(pair: _Pair, field: str, kind: SlipKind) -> Correction:
    """Each row with what the other has in the field."""
    edits = (
        Change(Cell(type(row), row.line, field), getattr(beside, field))
        for row, beside in ((pair.one, pair.other), (pair.other, pair.one))
    )
    return Correction(kind, tuple(edits), Slip.OTHER_LINE, cost_of(Slip.OTHER_LINE))
