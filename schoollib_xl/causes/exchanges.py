"""Cards that stand with each other's readers, and lines whose words are at odds with their numbers."""

from collections import defaultdict
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import cost_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# What a number stands for on a line that says it in words as well, and the book that the words are taken from.
TOLD_BY = {"accession_no": "title", "reader_no": "name"}
KEPT_IN: dict[str, type[Any]] = {"accession_no": AccessionRow, "reader_no": ReaderRow}


def cards_exchanged(course: Course) -> None:
    """Name two numbers of 读者名册 that stand with each other's readers: loans tell each by the other's name."""
    library = course.trial.library
    cells = (one.at for one in course.open_findings().values())
    rows = (library[LoanRow].row_at(at.line) for at in cells if (at.row_type, at.field) == (LoanRow, "name"))
    told = {(row.reader_no, row.name): None for row in rows if isinstance(row, LoanRow)}
    for number, name in told:
        reader = library.readers.get(number)
        others = [one for one in library[ReaderRow] if one.name == name]
        if reader and len(others) == 1 and number < others[0].reader_no and (others[0].reader_no, reader.name) in told:
            numbers = _exchange(reader, others[0], "reader_no", SlipKind.EXCHANGED)
            words = _exchange(reader, others[0], "name", SlipKind.CELL)
            course.accept([numbers], [[words]], at_least=2)


def lines_at_odds(course: Course) -> dict[tuple[str, type[Any], str], set[int]]:
    """Lines whose words are at odds with a number, by the check that finds fault, the sheet and the number."""
    found: dict[tuple[str, type[Any], str], set[int]] = defaultdict(set)
    for finding in course.open_findings().values():
        for number, words in TOLD_BY.items():
            read = finding.check.looks_at.get(finding.at.row_type, frozenset())
            if {number, words} <= read and finding.at.row_type is not KEPT_IN[number]:
                found[finding.check.code, finding.at.row_type, number].add(finding.at.line)
    return found


def _exchange(one: ReaderRow, other: ReaderRow, field: str, kind: SlipKind) -> Correction:
    """Each row with what the other has in the field."""
    edits = (Change(cell(row, field), getattr(beside, field)) for row, beside in ((one, other), (other, one)))
    return Correction(kind, tuple(edits), Slip.OTHER_LINE, cost_of(Slip.OTHER_LINE))
