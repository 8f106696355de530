"""Causes that are not named: what fits by chance, and the word of one row against what more rows say."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Cause, Change, Removal, Slip, SlipKind, written
from schoollib_xl.causes.governed.governing import GOVERNING, NO_TRACE
from schoollib_xl.causes.outweighed import are_outweighed, changes_of, is_of_class_off, is_taken_from
from schoollib_xl.causes.trial import cells_of, is_of_writing
from schoollib_xl.checks.check import CHECKS, Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule

# Three lines may each have their own slip. Of more whose one column is at odds with another, the rows were mixed up,
# and which of the two columns is right, no single line tells. Of the few rows of 班级 two are as many.
_MOST_ALIKE, _MOST_CLASSES = 3, 2
# Where so many times as many findings alike stay without a cause, what explains one or two fits by chance.
_TIMES_AS_MANY, _MOST_BY_CHANCE = 3, 2
# Of cells moved to other lines, all lines are to be told but for one in so many.
_ONE_IN = 3
# Where rules or days are wrong, the lines that tell it are in order otherwise: of all books tried, no line of those
# where they were, and one in four or more where they were not.
_PART = 5
# What was pasted, drawn on or sorted by mistake is a few lines together: the lines of a column so near to one that is
# found fault with are in doubt as well.
_BESIDE = 6
# A column of more lines than this that says one word only was filled with it.
_MANY_LINES = 20
_LAID_DOWN = frozenset(GOVERNING) - {ClassRow, ReaderRow}
_GOVERNING = (SlipKind.RULE, SlipKind.CALENDAR, SlipKind.SETTING)
# What the sums of several books prove, however often.
_SUMMED = (
    *(SlipKind.FIGURE, SlipKind.EXCHANGED, SlipKind.COPIED, SlipKind.PRICE, SlipKind.BATCH_PRICES, SlipKind.CLASS),
    *(SlipKind.BATCH, SlipKind.BATCH_TWICE),
)
_OF_WHOLE_COLUMNS = (Slip.SORTED_ALONE, Slip.PROMOTED, Slip.LAST_YEARS, Slip.HEADERS_EXCHANGED, Slip.COLUMNS_EXCHANGED)
_OF_ONE_CELL = (SlipKind.CELL, SlipKind.DATE, SlipKind.NUMBER)


class _Left(NamedTuple):
    """The findings that have no cause, with the words that each names, and how often a check's findings have one; of
    those that contradict something, as no hint does, the places and by row which of them name it; with the places of
    hints.
    """

    findings: list[Finding]
    at_odds: list[Finding]
    words: list[tuple[frozenset[Cell], frozenset[str]]]
    told: Counter[str]
    doubtful: frozenset[Cell]
    hinted: frozenset[Cell]
    naming: dict[tuple[type[Any], int], set[int]]

    @classmethod
    def without(cls, library: Library, causes: Sequence[Cause], findings: Sequence[Finding]) -> "_Left":
        """What the causes leave."""
        told = {index for cause in causes for index in cause.explains}
        open_ = (one for index, one in enumerate(findings) if index not in told and not one.explained)
        stay = [one for one in open_ if not is_of_writing(one)] if causes else []
        at_odds = [one for one in stay if one.severity is not Severity.HINT]
        naming: dict[tuple[type[Any], int], set[int]] = defaultdict(set)
        for index, one in enumerate(at_odds):
            for at in cells_of(one):
                naming[at.row_type, at.line].add(index)
        of_told = Counter(findings[index].check.code for index in told)
        words = [_named(library, one) for one in stay]
        doubtful, hinted = (frozenset(one.at for one in some) for some in (at_odds, stay))
        return cls(stay, at_odds, words, of_told, doubtful, hinted, dict(naming))


def worth_naming(library: Library, causes: Sequence[Cause], findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """The causes for which more speaks than chance and a single row."""
    doubtful = _in_doubt(causes, findings)
    alike = Counter(column for cause in causes if (column := _column(cause)))
    by_check = Counter(code for cause in causes if _column(cause) for code in _codes(cause, findings))
    classes = [cause for cause in causes if any(at.row_type is ClassRow for at, _ in changes_of(cause))]
    kept = [
        cause
        for cause in causes
        if not (_column(cause) and any(by_check[code] > _MOST_ALIKE for code in _codes(cause, findings)))
        and not ((column := _column(cause)) and alike[column] > 1 and _is_told_by_one_word(library, cause, findings))
        and not (len(classes) > _MOST_CLASSES and cause in classes)
        and not _is_guessed(cause)
        # What stands on other lines after sorting, or in other classes after moving up, speaks for none of them.
        and (
            cause.correction.slip in _OF_WHOLE_COLUMNS
            or not (
                are_outweighed(library, cause)
                or _is_of_teachers(cause, findings)
                or any(is_taken_from(doubtful, edit) for edit in changes_of(cause))
            )
        )
    ]
    while True:
        left = _Left.without(library, kept, findings)
        likely = [cause for cause in kept if not _is_contradicted(library, cause, findings, left)]
        at_odds = [cause for cause in likely if _stays_at_odds(cause, left)]
        # A line may have two slips of its own, but not many lines, nor a class or a reader what many lines tell.
        is_many = len(at_odds) > _MOST_BY_CHANCE or not all(_column(cause) for cause in at_odds)
        dropped = [one for one in at_odds if is_many or one.correction.kind is SlipKind.READER]
        likely = [cause for cause in likely if cause not in dropped]
        if len(likely) == len(kept):
            return tuple(likely)
        kept = likely


def _in_doubt(causes: Sequence[Cause], findings: Sequence[Finding]) -> Counter[tuple[type[Any], str]]:
    """How many cells of each column are found fault with, or to be written otherwise; numbers put right tell others."""
    at = [one.at for one in findings if not one.explained and _is_about(one)]
    at += [edit.at for one in causes for edit in changes_of(one) if edit.at.field != "accession_no"]
    return Counter((cell.row_type, cell.field) for cell in at)


def _is_about(finding: Finding) -> bool:
    """Whether it is about what stands in the cell: of a number in 个别登记账 only its own checks are."""
    return (finding.at.row_type, finding.at.field) != (AccessionRow, "accession_no") or finding.check.code[3] == "0"


def _codes(cause: Cause, findings: Sequence[Finding]) -> set[str]:
    return {findings[index].check.code for index in cause.explains}


def _column(cause: Cause) -> tuple[type[Any], str] | None:
    """The column of the one cell that is to be written otherwise; None of what several cells or the sums tell, or a
    slip in what governs many rows.
    """
    edits = cause.correction.edits
    is_proven = cause.correction.kind in _SUMMED or (
        cause.correction.kind in _GOVERNING and cause.correction.cost < NO_TRACE
    )
    if len(edits) != 1 or not isinstance(edits[0], Change) or is_proven:
        return None
    return edits[0].at.row_type, edits[0].at.field


def _is_contradicted(library: Library, cause: Cause, findings: Sequence[Finding], left: _Left) -> bool:
    """Whether what is left without a cause speaks against this one."""
    kind, sheets = cause.correction.kind, {one.at.row_type for one in left.findings}
    return (
        _fits_by_chance(cause, findings, left)
        or _is_told_by_doubtful(cause, findings, left)
        or (kind in _OF_ONE_CELL and _is_told_by_rival(cause, findings, left))
        or _is_governed_by_doubtful(cause, findings, left)
        or any(_are_at_odds_elsewhere(library, edit, left) for edit in changes_of(cause))
        or any(is_of_class_off(library, edit, left.doubtful) for edit in changes_of(cause))
        # Where two rules are for the same readers, whose days are wrong is not known.
        or (kind is SlipKind.RULE and LendingRule in sheets)
        or (not _sheets(cause).isdisjoint(_LAID_DOWN) and _is_told_by_doubtful_rows(cause, findings, left))
    )


def _sheets(cause: Cause) -> set[type[Any]]:
    """The sheets that are accused."""
    return {edit.at.row_type if isinstance(edit, Change) else type(edit.row) for edit in cause.correction.edits}


def _rows(cause: Cause) -> set[tuple[type[Any], int]]:
    """The rows that are accused."""
    struck = (edit.row for edit in cause.correction.edits if isinstance(edit, Removal))
    return {edit.at[:2] for edit in changes_of(cause)}.union((type(row), row.line) for row in struck)


def _stays_at_odds(cause: Cause, left: _Left) -> bool:
    """Whether findings that stay name the rows accused, more than one for so many that are settled: what is behind
    those may be behind all, and the cell be right.
    """
    stay = set[int]().union(*(left.naming.get(row, ()) for row in _rows(cause)))
    return len(stay) * _ONE_IN > len(cause.explains)


def _is_told_by_doubtful(cause: Cause, findings: Sequence[Finding], left: _Left) -> bool:
    """Whether what stays names the rows that speak against a cell or two exchanged, or lines beside those or beside its
    own in the same column.
    """
    is_moved = cause.correction.kind is SlipKind.MOVED
    if not is_moved and (cause.correction.kind not in _OF_ONE_CELL or len(cause.correction.edits) > 1):
        return False
    rows = _rows(cause)
    named = {at for index in cause.explains for at in cells_of(findings[index])}
    others = {at for at in named if at[:2] not in rows}
    return any(at[:2] in left.naming for at in others) or any(
        at._replace(line=at.line + by) in (left.hinted if at in others and not is_moved else left.doubtful)
        for at in (others if is_moved else named)
        for by in range(-_BESIDE, _BESIDE + 1)
        if by
    )


def _is_told_by_rival(cause: Cause, findings: Sequence[Finding], left: _Left) -> bool:
    """Whether as much that stays is about another column of the row that what is settled names as well: that one may be
    what is wrong.
    """
    for row_type, line, field in (edit.at for edit in changes_of(cause)):
        named = {at for index in cause.explains for at in cells_of(findings[index])}
        beside = {at.field for at in named if at[:2] == (row_type, line)} - {field}
        stay = (left.at_odds[index].check for index in left.naming.get((row_type, line), ()))
        if sum(not beside.isdisjoint(check.looks_at.get(row_type, ())) for check in stay) >= len(cause.explains):
            return True
    return False


def _is_governed_by_doubtful(cause: Cause, findings: Sequence[Finding], left: _Left) -> bool:
    """Whether several other rows that govern as many lines are found fault with, in what the checks read."""
    sheets, own = _sheets(cause), _rows(cause)
    if sheets.isdisjoint({ClassRow, *_LAID_DOWN}):
        return False
    read = [findings[index].check.looks_at for index in cause.explains]
    doubtful = {at for at in left.doubtful if at.row_type in {ClassRow, *_LAID_DOWN} and at[:2] not in own}
    return sum(any(at.field in one.get(at.row_type, ()) for one in read) for at in doubtful) > _MOST_BY_CHANCE


def _named(library: Library, finding: Finding) -> tuple[frozenset[Cell], frozenset[str]]:
    """The cells that a finding names, and the words in them."""
    cells = [at for at in cells_of(finding) if at.field]
    said = (written(library, at) for at in cells)
    return frozenset(cells), frozenset(word for word in said if isinstance(word, str))


def _are_at_odds_elsewhere(library: Library, edit: Change, left: _Left) -> bool:
    """Whether the word that stands there and the one that should are at odds on other rows too: then one was put for
    the other throughout, and which of the two books has it right, this row does not tell.
    """
    words = {written(library, edit.at), edit.should}
    return len(words) > 1 and any(words <= said and edit.at not in cells for cells, said in left.words)


def _is_told_by_one_word(library: Library, cause: Cause, findings: Sequence[Finding]) -> bool:
    """Whether a column that says the same on all of many lines is what speaks against the cell: of none of several
    cells does it tell anything.
    """
    sheets = {edit.at.row_type for edit in changes_of(cause)}
    named = (at for index in cause.explains for at in cells_of(findings[index]) if at.row_type not in sheets)
    columns = {(at.row_type, at.field) for at in named if at.field in SHEETS[at.row_type].by_name}
    return any(
        len(library[row_type].rows) > _MANY_LINES and len(library[row_type].distinct(field)) == 1
        for row_type, field in columns
    )


def _is_told_by_doubtful_rows(cause: Cause, findings: Sequence[Finding], left: _Left) -> bool:
    """Whether of what is to be laid down otherwise a part is told by rows that are found fault with in another way."""
    own = _rows(cause)
    told = ({at[:2] for at in cells_of(findings[index])} - own for index in cause.explains)
    return sum(not rows.isdisjoint(left.naming) for rows in told) * _PART > len(cause.explains)


def _is_of_teachers(cause: Cause, findings: Sequence[Finding]) -> bool:
    """Whether it is the class of a card that is at odds with the teacher of a class, as several others are: then the
    teachers of 班级 may be what was mixed up.
    """
    if not any((edit.at.row_type, edit.at.field) == (ReaderRow, "class_name") for edit in changes_of(cause)):
        return False
    codes = {findings[index].check.code for index in cause.explains}
    alike = (one for one in findings if one.check.code in codes)
    return sum("teacher" in one.check.looks_at.get(ClassRow, ()) for one in alike) > _MOST_CLASSES


def _fits_by_chance(cause: Cause, findings: Sequence[Finding], left: _Left) -> bool:
    own = Counter(findings[index].check.code for index in cause.explains)
    stay = sum(one.check.code in own for one in left.findings)
    if cause.correction.kind is SlipKind.MOVED and stay * _ONE_IN > own.total():
        return True
    # What governs the rows may be wrong instead of one of them, where as many of what it governs stay.
    is_governed = any(not CHECKS[code].looks_at.keys().isdisjoint(GOVERNING) for code in own)
    if cause.correction.kind in _OF_ONE_CELL and is_governed and stay >= max(_MOST_BY_CHANCE, own.total()):
        return True
    # What governs all is not wrong where more of what it governs stays at odds than is settled, nor where it settles
    # one or two of what is wrong in another way.
    if cause.correction.kind in _GOVERNING and (
        stay > own.total() or (own.total() <= _MOST_BY_CHANCE and sum(left.told[code] for code in own) > own.total())
    ):
        return True
    # What no slip speaks for is a guess where anything alike stays.
    if stay and cause.correction.kind in _OF_ONE_CELL and cause.correction.cost >= NO_TRACE:
        return True
    # Of findings alike, most of which have no cause, that of the others is a guess.
    if stay > max(_MOST_BY_CHANCE, sum(left.told[code] for code in own)):
        return True
    return own.total() <= _MOST_BY_CHANCE and stay > max(_MOST_ALIKE, _TIMES_AS_MANY * own.total())


def _is_guessed(cause: Cause) -> bool:
    """Whether it settles one finding, no slip makes the one value of the other, and as much speaks for another cell: a
    day that only has to be another, a balance that a line left out above it would settle as well, a number of titles
    that the copies would.
    """
    edit = next(iter(changes_of(cause)), None)
    if cause.correction.slip is not Slip.PLAIN or len(cause.explains) > 1 or edit is None:
        return False
    kind = cause.correction.kind
    if kind is SlipKind.DATE or edit.at.field in ("balance", "titles"):
        return True
    return kind in (SlipKind.CELL, SlipKind.FIGURE) and bool(cause.others)
