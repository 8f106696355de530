"""Causes that are not named: what fits by chance, and the word of one row against what more rows say."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from schoollib_xl.causes.contradicted import (
    MOST_ALIKE,
    MOST_BY_CHANCE,
    OF_WHAT_GOVERNS,
    FindingsLeft,
    is_contradicted,
    stays_at_odds,
)
from schoollib_xl.causes.correction import Cause, Change, Slip, SlipKind
from schoollib_xl.causes.governed.governing import NO_TRACE
from schoollib_xl.causes.outweighed import are_outweighed, changes_of, is_taken_from
from schoollib_xl.causes.trial import cells_of
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow

# Of the few rows of 班级 two are many.
_MOST_CLASSES = 2
# A column of more lines than this that says one word only was filled with it.
_MANY_LINES = 20
# What the sums of several books prove, however often.
_SUMMED = (
    *(SlipKind.FIGURE, SlipKind.EXCHANGED, SlipKind.COPIED, SlipKind.PRICE, SlipKind.BATCH_PRICES, SlipKind.CLASS),
    *(SlipKind.BATCH, SlipKind.BATCH_TWICE),
)
_OF_WHOLE_COLUMNS = (
    *(Slip.SORTED_ALONE, Slip.PROMOTED, Slip.LAST_YEARS, Slip.HEADERS_EXCHANGED, Slip.COLUMNS_EXCHANGED),
    Slip.CLASSES_EXCHANGED,
)


def worth_naming(library: Library, causes: Sequence[Cause], findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """The causes for which more speaks than chance and a single row."""
    in_doubt = _in_doubt(causes, findings)
    alone = _alone_in_a_column(library, causes, findings)
    classes = [cause for cause in causes if any(at.row_type is ClassRow for at, _ in changes_of(cause))]
    kept = [
        cause
        for cause in causes
        if (_column(cause) is None or cause in alone)
        and (len(classes) <= _MOST_CLASSES or cause not in classes)
        and not _is_guessed(cause)
        and not (in_doubt[AccessionRow, "class_no"] > 1 and _has_made_up_class(cause))
        and not (in_doubt[AccessionRow, "price"] > 1 and _is_one_price_of_several(cause))
        # What stands on other lines after sorting, or in other classes after moving up, speaks for none of them.
        and (cause.correction.slip in _OF_WHOLE_COLUMNS or not _is_told_otherwise(library, cause, findings, in_doubt))
    ]
    while len(likely := _left_standing(library, kept, findings)) < len(kept):
        kept = likely
    return tuple(kept)


def _alone_in_a_column(library: Library, causes: Sequence[Cause], findings: Sequence[Finding]) -> list[Cause]:
    """Of the causes that are one cell each those that are few in what they are told by: of many alike the rows were
    mixed up, and of several in one column a word that stands on all lines tells nothing.
    """
    of_a_cell = [(cause, column) for cause in causes if (column := _column(cause))]
    alike = Counter(column for _, column in of_a_cell)
    by_check = Counter(code for cause, _ in of_a_cell for code in _codes(cause, findings))
    return [
        cause
        for cause, column in of_a_cell
        if all(by_check[code] <= MOST_ALIKE for code in _codes(cause, findings))
        and not (alike[column] > 1 and _is_told_by_one_word(library, cause, findings))
    ]


def _is_told_otherwise(
    library: Library, cause: Cause, findings: Sequence[Finding], in_doubt: Counter[tuple[type[Any], str]]
) -> bool:
    """Whether more rows say another word, or what tells this one is in doubt itself."""
    return (
        are_outweighed(library, cause)
        or _is_of_teachers(cause, findings)
        or any(is_taken_from(in_doubt, edit) for edit in changes_of(cause))
    )


def _left_standing(library: Library, causes: Sequence[Cause], findings: Sequence[Finding]) -> list[Cause]:
    """The causes against which nothing speaks of what they leave without one."""
    left = FindingsLeft.without(library, causes, findings)
    likely = [cause for cause in causes if not is_contradicted(library, cause, findings, left)]
    at_odds = [cause for cause in likely if stays_at_odds(cause, left)]
    # A line may have two slips of its own, but not many lines, nor a class or a reader what many lines tell.
    is_many = len(at_odds) > MOST_BY_CHANCE or not all(_column(cause) for cause in at_odds)
    dropped = [one for one in at_odds if is_many or one.correction.kind is SlipKind.READER]
    return [cause for cause in likely if cause not in dropped]


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
        cause.correction.kind in OF_WHAT_GOVERNS and cause.correction.cost < NO_TRACE
    )
    if len(edits) != 1 or not isinstance(edits[0], Change) or is_proven:
        return None
    return edits[0].at.row_type, edits[0].at.field


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


def _is_of_teachers(cause: Cause, findings: Sequence[Finding]) -> bool:
    """Whether it is the class of a card that is at odds with the teacher of a class, as several others are: then the
    teachers of 班级 may be what was mixed up.
    """
    if not any((edit.at.row_type, edit.at.field) == (ReaderRow, "class_name") for edit in changes_of(cause)):
        return False
    codes = _codes(cause, findings)
    alike = (one for one in findings if one.check.code in codes)
    return sum("teacher" in one.check.looks_at.get(ClassRow, ()) for one in alike) > _MOST_CLASSES


def _has_made_up_class(cause: Cause) -> bool:
    """Whether sums tell the letter, and no copy of the title the number: a slip of the pen where it is the one class in
    doubt, but over several one was drawn down or pasted, and each had its own number.
    """
    return cause.correction.kind is SlipKind.CLASS and cause.correction.slip in (Slip.ONE_SIGN, Slip.PLAIN)


def _is_one_price_of_several(cause: Cause) -> bool:
    """Whether it is a price that no slip makes of the one that stands there, and other copies' would do as well."""
    return cause.correction.kind is SlipKind.PRICE and cause.correction.slip is Slip.PLAIN and bool(cause.others)


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
