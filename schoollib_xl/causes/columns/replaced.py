"""A word replaced throughout the titles or names of one book: another book has them as they were."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Any, NamedTuple

from schoollib_xl.causes.columns.at_odds import KEPT_IN, TOLD_BY
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, key_of
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.titles import as_title

# One title or two may be written otherwise in one book; of more the same word was not changed by chance.
_LEAST = 3
# Of the words at odds so many must come of it.
_OF, _MOST = 10, 8
# Of more titles, all at odds, another reason is likelier.
_MOST_TITLES = 4
_BOOKS = (LoanRow, WithdrawalRow, CompensationRow)


class _AtOdds(NamedTuple):
    """A line whose words are at odds with those of what its number stands for."""

    line: Any
    kept: Any
    words: str

    @property
    def said(self) -> tuple[str, str]:
        """What the line says, and what the book says that the words are kept in."""
        return getattr(self.line, self.words), getattr(self.kept, self.words)


def words_replaced(course: Course) -> None:
    """Name the column in which one word was put for another, or one title all through its copies, where that settles
    most of what is at odds with it; of two that may be, both.
    """
    columns = [{(cell.row_type, cell.field) for cell in cells_of(one)} for one in course.open_findings().values()]
    for number, words in TOLD_BY.items():
        if sum((KEPT_IN[number], words) in read for read in columns) > 1:
            at_odds, undisputed = _at_odds(course.trial.library, number, words)
            if not name_the_best(course, list(_replaced(course.trial.library, at_odds, words)), _LEAST):
                for either in _of_one_title(course.trial.library, at_odds, undisputed):
                    name_the_best(course, either, 2)


def name_the_best(course: Course, likely: list[Correction], at_least: int) -> bool:
    """Name what settles most and makes nothing new; what settles as much is said too, the fewer columns and cells
    first.
    """
    best = sorted(course.best_of(likely), key=_many)
    return bool(best) and course.accept(best[:1], [best[1:]], at_least=at_least)


def _many(correction: Correction) -> tuple[int, int]:
    """How many columns are to be written otherwise, and how many cells."""
    cells = [edit.at for edit in correction.edits if isinstance(edit, Change)]
    return len({(at.row_type, at.field) for at in cells}), len(cells)


def _at_odds(library: Library, number: str, words: str) -> tuple[list[_AtOdds], set[str]]:
    """The lines at odds with the book that the words are kept in, and the words that no line disputes, or not all."""
    kept = _kept(library, number)
    at_odds, undisputed = list[_AtOdds](), set[str]()
    for book in _BOOKS:
        if {number, words} <= SHEETS[book].by_name.keys():
            compared = library.derive(_compared, book, number)
            undisputed |= compared.same
            lines = library[book].among(number, {of for of, _ in compared.odd})
            pairs = ((row, getattr(row, number)) for row in lines)
            at_odds += (_AtOdds(row, kept[of], words) for row, of in pairs if (of, getattr(row, words)) in compared.odd)
    return at_odds, undisputed


class _WordsCompared(NamedTuple):
    """The numbers of a book with the words beside them that are at odds with those kept, and the words that are not."""

    odd: frozenset[tuple[str, str]]
    same: frozenset[str]


def _compared(library: Library, book: type[Any], number: str) -> _WordsCompared:
    kept, words, table = _kept(library, number), TOLD_BY[number], library[book]
    told = set(zip(table.column(number), table.column(words), strict=True))
    # A title that nobody wrote was not replaced.
    said_kept = {(of, said): getattr(kept[of], words) for of, said in told if said and of in kept}
    odd = frozenset(pair for pair, one in said_kept.items() if one and one != pair[1])
    return _WordsCompared(odd, frozenset(one for pair, one in said_kept.items() if one == pair[1]))


def _kept(library: Library, number: str) -> Any:
    """The rows that the numbers stand for."""
    return library.copies if KEPT_IN[number] is AccessionRow else library.readers


def _of_one_title(library: Library, at_odds: list[_AtOdds], undisputed: set[str]) -> Iterator[list[Correction]]:
    """Of a title that all lines about its copies have alike, and otherwise than these: the copies, or the lines."""
    titles: dict[str, list[_AtOdds]] = defaultdict(list)
    for one in at_odds:
        if isinstance(one.kept, AccessionRow) and one.said[1] not in undisputed:
            titles[one.said[1]].append(one)
    entered = library[AccessionRow].distinct("title") if titles else ()
    for own in islice((own for own in titles.values() if len(own) > 1), _MOST_TITLES):
        [(said, now), *others] = {one.said for one in own}
        # What another copy is called, the number of that one was meant.
        if not others and said not in entered:
            copies = library[AccessionRow].among("title", {now})
            yield [
                _written(Change(Cell(AccessionRow, copy.line, "title"), said) for copy in copies),
                _written(Change(Cell(type(one.line), one.line.line, "title"), now) for one in own),
            ]


def _written(changes: Iterable[Change], slip: Slip = Slip.OTHER_BOOK) -> Correction:
    return Correction(SlipKind.COLUMN, tuple(changes), slip, slip.cost)


def _replaced(library: Library, at_odds: list[_AtOdds], words: str) -> Iterator[Correction]:
    """The column of the book that the words are kept in, then those of the others."""
    if at_odds and (found := _words_of(library, at_odds, type(at_odds[0].kept), words)):
        yield _as_told(library, found)
    for book in _BOOKS:
        own = [one for one in at_odds if type(one.line) is book]
        if found := _words_of(library, own, book, words, is_kept=False):
            yield _written((Change(Cell(book, one.line.line, words), one.said[1]) for one in found), Slip.REPLACED)


def _words_of(
    library: Library, at_odds: list[_AtOdds], book: type[Any], words: str, is_kept: bool = True
) -> list[_AtOdds]:
    """Those that come of one word put for another all through the column of the book, which has it nowhere now."""
    pairs = {one.said if is_kept else one.said[::-1] for one in at_odds}
    exchanged: dict[tuple[str, str], set[str]] = defaultdict(set)
    for before, now in pairs:
        exchanged[_difference(before, now)].add(before)
    if not exchanged:
        return []
    (old, new), titles = max(exchanged.items(), key=lambda item: (len(item[1]), item[0]))
    if len(titles) < _LEAST or not old or any(old in said for said in library[book].distinct(words) if said):
        return []
    fitting = {(before, now) for before, now in pairs if before.replace(old, new) == now}
    is_most = len(fitting) * _OF >= len(pairs) * _MOST
    return [one for one in at_odds if (one.said if is_kept else one.said[::-1]) in fitting] if is_most else []


def _difference(before: str, now: str) -> tuple[str, str]:
    """What stands in the one, and in the other in its place."""
    first = _alike(before, now)
    before, now = before[first:], now[first:]
    last = _alike(before[::-1], now[::-1])
    return before[: len(before) - last], now[: len(now) - last]


def _alike(one: str, other: str) -> int:
    """How many signs at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _as_told(library: Library, at_odds: list[_AtOdds]) -> Correction:
    """The rows as the other books have them, with what is entered like them; of what was not replaced alike it is not
    told.
    """
    [first, *_] = at_odds
    words, book = first.words, type(first.kept)
    alike_of = as_title if book is AccessionRow else key_of
    told: dict[int, Counter[str]] = defaultdict(Counter)
    alike: dict[Any, set[str]] = defaultdict(set)
    for one in at_odds:
        told[one.kept.line][one.said[0]] += 1
        alike[alike_of(one.kept)].add(one.said[0])
    edits, untold = [], []
    for row in library[book].among(words, {one.said[1] for one in at_odds}):
        at, own, before = Cell(book, row.line, words), told.get(row.line), alike.get(alike_of(row), ())
        if own or len(before) == 1:
            edits.append(Change(at, own.most_common(1)[0][0] if own else next(iter(before))))
        elif before:
            untold.append(at)
    return _written(edits, Slip.REPLACED)._replace(untold=tuple(untold))
