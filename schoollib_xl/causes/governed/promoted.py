"""A roster whose classes were all moved up a grade before their time: the loans have the pupils in the one below."""

from collections import Counter, defaultdict

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
    """Name the classes of the roster that are a grade higher than the loans have them, where that settles most."""
    at_odds = {
        cell.line
        for one in course.open_findings().values()
        for cell in one.see_also
        if one.at.field == "class_name" and (cell.row_type, cell.field) == (ReaderRow, "class_name")
    }
    # The highest grade has those who were moved up and those who stayed: of one who borrowed nothing either may be.
    for doubtful_too in (False, True) if len(at_odds) >= _LEAST else ():
        correction = _a_grade_lower(course.trial.library, at_odds, doubtful_too)
        if correction and course.accept([correction], at_least=len(at_odds) // 2):
            return


def _a_grade_lower(library: Library, at_odds: set[int], doubtful_too: bool) -> Correction | None:
    """The readers in the classes that their loans of the year have; who borrowed nothing, or in the class he came
    from, goes by his class.
    """
    year = library.year_begins
    told: dict[int, str] = {}
    of_class: set[int] = set()
    lower: dict[str, Counter[str]] = defaultdict(Counter)
    for reader in library[ReaderRow]:
        loans = (one for one in library.loans_by_reader.get(reader.reader_no, ()) if one.lent_on >= year)
        classes = Counter(loan.class_name for loan in loans if loan.class_name)
        if reader.class_name and classes:
            [(said, _)] = classes.most_common(1)
            told[reader.line] = said
            if said == reader.class_name or _is_a_grade_lower(said, reader.class_name, year.year):
                lower[reader.class_name][said] += 1
                of_class.add(reader.line)
    rows = [
        row for row in library[ReaderRow] if row.class_name and told.get(row.line, row.class_name) != row.class_name
    ]
    raised = [row for row in rows if _is_a_grade_lower(told[row.line], row.class_name, year.year)]
    are_most = len(raised) * _OF >= len(rows) * _MOST and len({row.class_name for row in raised}) >= _CLASSES
    if not are_most or len(at_odds.intersection(row.line for row in raised)) * _OF < len(at_odds) * _MOST:
        return None
    meant = {row.line: told[row.line] for row in raised}
    for row in library[ReaderRow]:
        below = lower[row.class_name] if row.class_name and row.line not in of_class else Counter[str]()
        if len(below) == 1 or (below and doubtful_too):
            meant[row.line] = next(said for said, _ in below.most_common() if len(below) == 1 or said != row.class_name)
    changed = (row for row in library[ReaderRow] if meant.get(row.line, row.class_name) != row.class_name)
    edits = tuple(Change(Cell(ReaderRow, row.line, "class_name"), meant[row.line]) for row in changed)
    return Correction(SlipKind.COLUMN, edits, Slip.PROMOTED, Slip.PROMOTED.cost)


def _is_a_grade_lower(said: str, class_name: str | None, year: int) -> bool:
    own, loaned = (grade_of(name or "", year) for name in (class_name, said))
    return own is not None and loaned is not None and own - loaned == 1
