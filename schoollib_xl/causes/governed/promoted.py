"""A roster whose classes were all moved up a grade before their time: the loans have the pupils in the one below. Or
one of last year, which has them in the grade that they came from.
"""

from collections import Counter, defaultdict
from itertools import product

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.grades import grade_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow

# A few pupils may be a class too high each; of the pupils at odds so many must be so, in two classes or more.
_LEAST, _CLASSES = 8, 2
_OF, _MOST = 10, 8


def roster_promoted(course: Course) -> None:
    """Name the classes of the roster that are a grade higher than the loans have them, or all a grade lower, where that
    settles most.
    """
    at_odds = {
        cell.line
        for one in course.open_findings().values()
        for cell in one.see_also
        if one.at.field == "class_name" and (cell.row_type, cell.field) == (ReaderRow, "class_name")
    }
    # The highest grade has those who were moved up and those who stayed: of one who borrowed nothing either may be.
    tried = product((Slip.PROMOTED, Slip.LAST_YEARS), (False, True)) if len(at_odds) >= _LEAST else ()
    for slip, doubtful_too in tried:
        correction = _a_grade_off(course.trial.library, at_odds, slip, doubtful_too)
        if correction and course.accept([correction], at_least=len(at_odds) // 2):
            return


def _a_grade_off(library: Library, at_odds: set[int], slip: Slip, doubtful_too: bool) -> Correction | None:
    """The readers in the classes that their loans of the year have; who borrowed nothing, or in the class he came
    from, goes by his class.
    """
    year = library.year_begins
    told: dict[int, str] = {}
    of_class: set[int] = set()
    meant_of: dict[str, Counter[str]] = defaultdict(Counter)
    for reader in library[ReaderRow]:
        loans = (one for one in library.loans_by_reader.get(reader.reader_no, ()) if one.lent_on >= year)
        classes = Counter(loan.class_name for loan in loans if loan.class_name)
        if reader.class_name and classes:
            [(said, _)] = classes.most_common(1)
            told[reader.line] = said
            if said == reader.class_name or _is_off(said, reader.class_name, year.year, slip):
                meant_of[reader.class_name][said] += 1
                of_class.add(reader.line)
    rows = [
        row for row in library[ReaderRow] if row.class_name and told.get(row.line, row.class_name) != row.class_name
    ]
    off = [row for row in rows if _is_off(told[row.line], row.class_name, year.year, slip)]
    are_most = len(off) * _OF >= len(rows) * _MOST and len({row.class_name for row in off}) >= _CLASSES
    if not are_most or len(at_odds.intersection(row.line for row in off)) * _OF < len(at_odds) * _MOST:
        return None
    meant = {row.line: told[row.line] for row in off}
    for row in library[ReaderRow]:
        others = meant_of[row.class_name] if row.class_name and row.line not in of_class else Counter[str]()
        if len(others) == 1 or (others and doubtful_too):
            likely = (said for said, _ in others.most_common() if len(others) == 1 or said != row.class_name)
            meant[row.line] = next(likely)
    changed = (row for row in library[ReaderRow] if meant.get(row.line, row.class_name) != row.class_name)
    edits = tuple(Change(Cell(ReaderRow, row.line, "class_name"), meant[row.line]) for row in changed)
    return Correction(SlipKind.COLUMN, edits, slip, slip.cost)


def _is_off(said: str, class_name: str | None, year: int, slip: Slip) -> bool:
    """Whether the class is a grade above the one that the loans say, or below it."""
    own, loaned = (grade_of(name or "", year) for name in (class_name, said))
    return own is not None and loaned is not None and own - loaned == (1 if slip is Slip.PROMOTED else -1)
