"""The number of a copy that is another's: of the next card in the hand, of the next line.

What a row says in words tells whom or what it was about; the one cell that agrees with these and settles what is found
comes before several that would settle one finding each.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from schoollib_xl.causes.amounts import as_number
from schoollib_xl.causes.correction import Correction, Slip, SlipKind, changed
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.stock.accession import repeated_numbers
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import same_title

_OF_COPIES = (WithdrawalRow, CompensationRow, LoanRow)
# More rows of a sheet than this, all at odds with their numbers, have another reason.
_MOST_ROWS = 4
# So many copies of a title are tried. Of more that do equally well than can be said, none is.
_MOST_TRIED, _MOST_OTHERS = 8, 3
# Of the work that may still be done, this part is spent on numbers.
_SHARE = 0.3


class _Proven(NamedTuple):
    """A correction that makes nothing new, and the indexes of the findings it settles."""

    correction: Correction
    gone: frozenset[int]


def numbers_of_others(course: Course) -> None:
    """Name the number of a copy that is another's."""
    enough = course.effort.part(_SHARE)
    for row in _at_odds(course):
        if course.effort.done < enough:
            _of_another_copy(course, row)
    for correction in _out_of_order(course):
        if course.effort.done < enough:
            course.accept([correction], at_least=2)


def _at_odds(course: Course) -> Iterator[Any]:
    """Rows that findings are about, whose number is not that of the title they name."""
    library = course.trial.library
    found: dict[type[Any], dict[int, Any]] = defaultdict(dict)
    # Of a number on two copies either may be meant.
    twice = library.derive(repeated_numbers)
    for finding in course.open_findings().values():
        row = library[finding.at.row_type].sound_at(finding.at.line)
        if not isinstance(row, _OF_COPIES) or not row.title or row.accession_no in twice:
            continue
        if _is_of_another(library, row.accession_no, row.title):
            found[type(row)][row.line] = row
    for rows in found.values():
        if len(rows) <= _MOST_ROWS:
            yield from rows.values()


def _is_of_another(library: Library, number: str, title: str) -> bool:
    copy = library.copies.get(number)
    return copy is not None and not same_title(title, copy.title)


def _of_another_copy(course: Course, row: Any) -> None:
    """The number of the copy that the row speaks of, where it settles more than the title of this one would."""
    library = course.trial.library
    meant = sorted((_numbered(row, one.accession_no) for one in _meant(library, row)), key=_likelihood)
    numbers = _proven(course, meant)
    copy = library.copies.get(row.accession_no)
    if not numbers or copy is None:
        return
    of_copy = changed(SlipKind.CELL, copy, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost, title=row.title)
    if any(len(one.gone) > len(numbers[0].gone) for one in _proven(course, [of_copy])):
        # The copy's own title is what its batch is at odds with too.
        return
    best = _likeliest([one.correction for one in numbers if len(one.gone) == len(numbers[0].gone)])
    slip = slip_between(row.title, copy.title)
    words = _proven(course, [changed(SlipKind.CELL, row, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost, title=copy.title)])
    is_equal = bool(words) and len(words[0].gone) >= len(numbers[0].gone)
    if is_equal and (slip is not Slip.PLAIN or _is_copied(library, row, "title")):
        course.accept([words[0].correction], [best if len(best) <= _MOST_OTHERS else []])
        return
    others = [*best[1:], *(one.correction for one in words if is_equal)]
    # Where the title would do as well, and more copies than can be said, only the findings are.
    guesses = best[:1] if len(best) > _MOST_OTHERS else []
    course.accept(best[:1], [others], guesses=guesses)


def _likelihood(number: Correction) -> tuple[bool, float]:
    """What a slip makes of the number that is written before what only the words speak for."""
    return number.slip is Slip.WORDS_OF_ROW, number.cost


def _likeliest(numbers: list[Correction]) -> list[Correction]:
    """Those of which none is likelier."""
    return [one for one in numbers if _likelihood(one) == _likelihood(numbers[0])]


def _proven(course: Course, corrections: Iterator[Correction] | list[Correction]) -> list[_Proven]:
    """Those that settle something and make nothing new, most settled first."""
    tried = ((one, course.trial.of([one])) for one in islice(corrections, _MOST_TRIED))
    sound = [_Proven(one, outcome.gone) for one, outcome in tried if outcome.gone and not outcome.new]
    return sorted(sound, key=lambda one: -len(one.gone))


def _numbered(row: Any, number: str) -> Correction:
    slip = slip_between(row.accession_no, number)
    named = Slip.WORDS_OF_ROW if slip is Slip.PLAIN else slip
    return changed(SlipKind.NUMBER, row, named, named.cost, accession_no=number)


def _meant(library: Library, row: Any) -> list[AccessionRow]:
    """The copies that all a row says agrees with; those that another book speaks of likewise before the others."""
    named = [copy for copy in library[AccessionRow] if copy.title == row.title]
    if isinstance(row, WithdrawalRow | CompensationRow) and row.price is not None:
        named = [copy for copy in named if copy.price == row.price] or named
    if isinstance(row, WithdrawalRow):
        named = [copy for copy in named if copy.class_no == row.class_no] or named
        marked = [copy for copy in named if copy.withdrawn_on == row.withdrawn_on]
        return [copy for copy in marked if copy.accession_no not in library.withdrawals] or marked or named
    if isinstance(row, CompensationRow):
        lent = {loan.accession_no for loan in library.loans_by_reader.get(row.reader_no, ())}
        return [copy for copy in named if copy.accession_no in lent] or named
    return named


def _is_copied(library: Library, row: Any, name: str) -> bool:
    """Whether the row above or below has the same in the field."""
    beside = (library[type(row)].sound_at(row.line + step) for step in (-1, 1))
    return any(getattr(other, name, None) == getattr(row, name) for other in beside)


def _out_of_order(course: Course) -> Iterator[Correction]:
    """Copies between the numbers before and after one that other books have and 个别登记账 lacks."""
    library = course.trial.library
    rows = (row for kind in (StocktakeRow, LoanRow) for row in _found_at(course, kind))
    unknown = dict.fromkeys(row.accession_no for row in rows if row.accession_no not in library.copies)
    for number in islice(unknown, _MOST_ROWS):
        before, after = (library.copies.get(beside) for beside in _beside(number))
        if before and after and after.line - before.line == 2:
            row = library[AccessionRow].sound_at(before.line + 1)
            if row:
                slip = Slip.NUMBER_LEFT_OUT
                yield changed(SlipKind.NUMBER, row, slip, slip.cost, accession_no=number)


def _beside(number: str) -> tuple[str, str]:
    """The numbers before and after, as wide; none beside one with other signs."""
    value = as_number(number)
    before, after = ((value or 0) + step for step in (-1, 1))
    return (str(before).zfill(len(number)), str(after).zfill(len(number))) if value else ("", "")


def _found_at(course: Course, row_type: type[Any]) -> Iterator[Any]:
    """The rows of a sheet that findings are about."""
    for one in course.open_findings().values():
        row = course.trial.library[one.at.row_type].sound_at(one.at.line)
        if isinstance(row, row_type):
            yield row
