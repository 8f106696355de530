"""What the findings that stay without a cause say against one: it fits by chance, or what it is told by is in doubt."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Cause, Change, Removal, Slip, SlipKind, written
from schoollib_xl.causes.governed.governing import GOVERNING, NO_TRACE
from schoollib_xl.causes.outweighed import OF_COPIES, changes_of, is_of_class_off
from schoollib_xl.causes.trial import cells_of, is_of_writing
from schoollib_xl.checks.check import CHECKS, Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule

# Three lines may each have their own slip. Of more whose one column is at odds with another, the rows were mixed up,
# and which of the two columns is right, no single line tells.
MOST_ALIKE = 3
# Where so many times as many findings alike stay without a cause, what explains one or two fits by chance.
_TIMES_AS_MANY, MOST_BY_CHANCE = 3, 2
# Of cells moved to other lines, all lines are to be told but for one in so many.
_ONE_IN = 3
# Where rules or days are wrong, the lines that tell it are in order otherwise: of all books tried, no line of those
# where they were, and one in four or more where they were not.
_PART = 5
# What was pasted, drawn on or sorted by mistake is a few lines together: the lines of a column so near to one that is
# found fault with are in doubt as well.
_BESIDE = 6
# On so many lines above and below, a page or the next, nobody knows whose the loans are where other slips stand there.
_PAGE = 40
_LAID_DOWN = frozenset(GOVERNING) - {ClassRow, ReaderRow}
OF_WHAT_GOVERNS = (SlipKind.RULE, SlipKind.CALENDAR, SlipKind.SETTING)
_OF_ONE_CELL = (SlipKind.CELL, SlipKind.DATE, SlipKind.NUMBER)


class FindingsLeft(NamedTuple):
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
    def without(cls, library: Library, causes: Sequence[Cause], findings: Sequence[Finding]) -> "FindingsLeft":
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


def is_contradicted(library: Library, cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
    """Whether what is left without a cause speaks against this one."""
    kind, sheets = cause.correction.kind, {one.at.row_type for one in left.findings}
    return (
        _fits_by_chance(cause, findings, left)
        or _is_told_by_doubtful(cause, findings, left)
        or _is_on_a_doubtful_page(cause, left)
        or _is_told_by_doubtful_copies(cause, findings, left)
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


def stays_at_odds(cause: Cause, left: FindingsLeft) -> bool:
    """Whether findings that stay name the rows accused, more than one for so many that are settled: what is behind
    those may be behind all, and the cell be right.
    """
    stay = set[int]().union(*(left.naming.get(row, ()) for row in _rows(cause)))
    return len(stay) * _ONE_IN > len(cause.explains)


def _is_told_by_doubtful(cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
    """Whether what stays names the rows that speak against a cell or two exchanged, or lines beside those or beside its
    own in the same column.
    """
    is_moved = cause.correction.kind is SlipKind.MOVED
    # An amount in 经费登记 is no part of a sum that others prove.
    is_of_one = cause.correction.kind in _OF_ONE_CELL or CashRow in _sheets(cause)
    if not is_moved and (not is_of_one or len(cause.correction.edits) > 1):
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


def _is_on_a_doubtful_page(cause: Cause, left: FindingsLeft) -> bool:
    """Whether a day of return that the reader's next loan tells, or a word of a loan that no slip makes of the one that
    stands there, is among lines of which something else is found.
    """
    is_word = cause.correction.kind is SlipKind.CELL and _sheets(cause) == {LoanRow}
    is_guess = cause.correction.slip is Slip.NEXT_LOAN or (is_word and cause.correction.slip is Slip.PLAIN)
    page = range(-_PAGE, _PAGE + 1) if is_guess else ()
    return any((row_type, line + by) in left.naming for row_type, line in _rows(cause) for by in page)


def _is_told_by_doubtful_copies(cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
    """Whether the word that a line of another book should have is that of a copy among several found fault with: a
    column may have slid there.
    """
    if not any(edit.at.row_type in OF_COPIES for edit in changes_of(cause)):
        return False
    named = {at for index in cause.explains for at in cells_of(findings[index]) if at.row_type is AccessionRow}
    near = {at.line + by for at in named for by in range(-_BESIDE, _BESIDE + 1)}
    return len({at.line for at in left.hinted if at.row_type is AccessionRow and at.line in near}) > MOST_BY_CHANCE


def _is_told_by_rival(cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
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


def _is_governed_by_doubtful(cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
    """Whether several other rows that govern as many lines are found fault with, in what the checks read."""
    sheets, own = _sheets(cause), _rows(cause)
    if sheets.isdisjoint({ClassRow, *_LAID_DOWN}):
        return False
    read = [findings[index].check.looks_at for index in cause.explains]
    doubtful = {at for at in left.doubtful if at.row_type in {ClassRow, *_LAID_DOWN} and at[:2] not in own}
    return sum(any(at.field in one.get(at.row_type, ()) for one in read) for at in doubtful) > MOST_BY_CHANCE


def _named(library: Library, finding: Finding) -> tuple[frozenset[Cell], frozenset[str]]:
    """The cells that a finding names, and the words in them."""
    cells = [at for at in cells_of(finding) if at.field]
    said = (written(library, at) for at in cells)
    return frozenset(cells), frozenset(word for word in said if isinstance(word, str))


def _are_at_odds_elsewhere(library: Library, edit: Change, left: FindingsLeft) -> bool:
    """Whether the word that stands there and the one that should are at odds on other rows too: then one was put for
    the other throughout, and which of the two books has it right, this row does not tell.
    """
    words = {written(library, edit.at), edit.should}
    return len(words) > 1 and any(words <= said and edit.at not in cells for cells, said in left.words)


def _is_told_by_doubtful_rows(cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
    """Whether of what is to be laid down otherwise a part is told by rows that are found fault with in another way."""
    own = _rows(cause)
    told = ({at[:2] for at in cells_of(findings[index])} - own for index in cause.explains)
    return sum(not rows.isdisjoint(left.naming) for rows in told) * _PART > len(cause.explains)


def _fits_by_chance(cause: Cause, findings: Sequence[Finding], left: FindingsLeft) -> bool:
    own = Counter(findings[index].check.code for index in cause.explains)
    stay = sum(one.check.code in own for one in left.findings)
    if cause.correction.kind is SlipKind.MOVED and stay * _ONE_IN > own.total():
        return True
    # What governs the rows may be wrong instead of one of them, where as many of what it governs stay.
    is_governed = any(not CHECKS[code].looks_at.keys().isdisjoint(GOVERNING) for code in own)
    if cause.correction.kind in _OF_ONE_CELL and is_governed and stay >= max(MOST_BY_CHANCE, own.total()):
        return True
    # What governs all is not wrong where more of what it governs stays at odds than is settled, nor where it settles
    # one or two of what is wrong in another way.
    if cause.correction.kind in OF_WHAT_GOVERNS and (
        stay > own.total() or (own.total() <= MOST_BY_CHANCE and sum(left.told[code] for code in own) > own.total())
    ):
        return True
    # What no slip speaks for is a guess where anything alike stays.
    if stay and cause.correction.kind in _OF_ONE_CELL and cause.correction.cost >= NO_TRACE:
        return True
    # Of findings alike, most of which have no cause, that of the others is a guess.
    if stay > max(MOST_BY_CHANCE, sum(left.told[code] for code in own)):
        return True
    return own.total() <= MOST_BY_CHANCE and stay > max(MOST_ALIKE, _TIMES_AS_MANY * own.total())
