"""What speaks for one reason of a finding rather than for another: a cell is named only where something does."""

from collections.abc import Collection

from schoollib_xl.causes.correction import Change, Correction, Slip, written
from schoollib_xl.causes.evidence import weighed
from schoollib_xl.checks.check import CHECKS, Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind

_FIGURES = (Kind.COUNT, Kind.MONEY, Kind.NUMBER)
# So many pupils of a class move away in a term; where more cards were stopped, the register may be what is wrong, and
# a number made smaller by it would make every mean higher.
_MOST_LEAVE = 2
# More cards than that which a class lacks were not given yet, rather than that its number is wrong by them; tens are a
# digit of the number.
_CARDS_NOT_GIVEN = range(_MOST_LEAVE + 1, 10)


def _is_of_figures(code: str) -> bool:
    """Whether the check is one of arithmetic within a book, or of two books (the first digit of its number)."""
    return code[3] in "23"


def may_be_told(finding: Finding) -> bool:
    """Whether anything may speak for one reason of the finding rather than another: of turns that collide, either may
    be moved.
    """
    if finding.at.row_type is TurnRow:
        return False
    is_dated = kind_of(finding.at) is Kind.DATE or finding.at.row_type is CalendarRow
    return finding.check.code[3] in "023" or is_dated


def is_told(library: Library, correction: Correction, code: str, at: Cell, wanted: Collection[object]) -> bool:
    """Whether another book or a slip of the pen speaks for it: of one finding alone, anything may be the reason.
    A date is told by its slip only where the check itself is about that date. `wanted` are numbers that other findings
    miss, and classes of the readers that they name.
    """
    [edit, *_] = correction.edits
    if not isinstance(edit, Change):
        return _is_of_figures(code)
    kind = kind_of(edit.at)
    if edit.at.row_type is CalendarRow:
        return True
    if kind is Kind.DATE:
        if correction.slip is Slip.ENDS_EXCHANGED:
            return True
        # A day that stands in the order of its sheet is not moved out of it, and a hint alone moves none that need not.
        speaks_against = weighed(library, library[edit.at.row_type].sound_at(edit.at.line), edit.at.field, edit.should)
        if speaks_against > 0 or (speaks_against == 0 and CHECKS[code].severity is Severity.HINT):
            return False
        is_its_own = edit.at == at and correction.slip in (Slip.YEAR, Slip.DAY_AND_MONTH)
        is_its_own |= correction.slip is Slip.MONTH and speaks_against < 0
        return is_its_own or correction.slip in (Slip.NEXT_LOAN, Slip.BOOKED)
    if (edit.at.row_type, edit.at.field) == (ClassRow, "pupils"):
        # Where a reader of the class is in doubt, either book may be the one that was not brought up to date.
        name = written(library, edit.at._replace(field="class_name"))
        lacking = written(library, edit.at) - edit.should
        is_slip = correction.slip not in (Slip.ONE_DIGIT, Slip.PLAIN) or lacking not in _CARDS_NOT_GIVEN
        return name not in wanted and bool(edit.should) and is_slip and _left(library, name) <= _MOST_LEAVE
    if written(library, at) is None and edit.at != at:
        # What is not written yet is likelier than that something else is wrong, unless rows alike say so.
        row = library[edit.at.row_type].sound_at(edit.at.line)
        return weighed(library, row, edit.at.field, edit.should) < 0
    is_missed = kind is Kind.IDENTIFIER and edit.should in wanted
    return is_missed or (_is_of_figures(code) and (kind in _FIGURES or correction.slip is not Slip.PLAIN))


def _left(library: Library, class_name: object) -> int:
    """How many pupils' cards of a class were stopped in this term, those of graduates aside."""
    term, called = library.school.term, class_key(str(class_name))
    return sum(
        row.kind is ReaderKind.PUPIL
        and row.stopped_on is not None
        and row.stop_reason is not LeavingReason.GRADUATED
        and (term is None or row.stopped_on in term)
        and class_key(row.class_name or "") == called
        for row in library.readers.values()
    )


def kind_of(at: Cell) -> Kind | None:
    """What a cell holds; None where its sheet has no such column."""
    field = SHEETS[at.row_type].by_name.get(at.field)
    return field.kind if field else None
