"""A column sorted by itself, drawn down, pasted over or replaced: what its cells should say another column tells.

One gesture of the hand makes many cells wrong at once, and leaves its mark on what stands there: the same words in
another order, one word for another throughout, one word or one series in all of them. Cells that another book tells and
that bear no such mark were each written wrong, or that book was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from schoollib_xl.causes.cells.between import place_of
from schoollib_xl.causes.cells.respelling import WEIGHED_BY_MANY, hold_the_same, in_words_of, is_said_of
from schoollib_xl.causes.columns.at_odds import KEPT_IN, TOLD_BY
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind, written
from schoollib_xl.causes.trial import Course, Place
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import SHEETS, Cell, Field, Kind

# Two or three cells may have a slip each; a mark on four is none of chance.
_LEAST = 4
# Of two words that alternate every second line says the same.
_DISTINCT = 3
# So many lines that a word may have come from are looked at.
_TRIED = 12
# Lines of a column farther apart than this were not written over together.
_APART = 6
# Of more findings of one check, a term's loans, a column has another reason than one gesture of the hand.
_MOST_FINDINGS = 2_000
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.2
_MOST_OTHERS = 3
_BOUNDED = (Kind.DATE, Kind.COUNT, Kind.NUMBER, Kind.MONEY)

# What the cells of a column should say.
_Told = dict[Cell, Any]


class _Tried(NamedTuple):
    """Cells written as they are told, the findings that go, and whether others come: then a third book speaks against
    it. Where one word was put in place of several nothing else may have been done; else as much speaks for the column
    that tells.
    """

    correction: Correction
    gone: frozenset[Place]
    is_contradicted: bool
    is_filled: bool = False

    @property
    def codes(self) -> set[str]:
        """The checks behind these findings."""
        return {code for code, _ in self.gone}

    @property
    def column(self) -> tuple[type[Any], str]:
        """Where the cells stand."""
        [edit, *_] = self.correction.edits
        assert isinstance(edit, Change)
        return edit.at.row_type, edit.at.field


def columns_told(course: Course) -> None:
    """Name the column of which many cells bear one mark and that settles most; one that settles as much is said too."""
    enough = course.effort.part(_SHARE)
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for one in course.open_findings().values():
        # What many rows are judged by may be wrong itself: many.py weighs it.
        if one.check.looks_at.keys().isdisjoint(WEIGHED_BY_MANY):
            by_check[one.check.code].append(one)
    for code, findings in by_check.items():
        if len(findings) > _MOST_FINDINGS:
            continue
        columns = list(_columns(course.trial.library, findings).values())
        marked = [cells for told in columns for cells in _marked(course.trial.library, told)]
        if marked and course.effort.done < enough:
            numbers = (cells for one in marked for cells in _numbers_instead(course.trial.library, one))
            _name_the_best(course, code, marked, [*columns, *numbers])


def _name_the_best(course: Course, code: str, marked: list[_Told], instead: list[_Told]) -> None:
    tried = [_tried(course, cells) for cells in marked]
    left = [one for one in tried if not one.is_contradicted and len(one.gone) > 1]
    while left:
        best = max(left, key=lambda one: len(one.gone))
        rivals = [one for one in tried if _is_rival(one, best)]
        is_told = best.is_filled or best.codes != {code}
        if not is_told:
            rivals += (one for one in (_tried(course, cells) for cells in instead) if _is_rival(one, best))
            # A third book speaks against all that might be wrong instead, and none for these.
            are_contradicted = all(one.is_contradicted and one.codes == {code} for one in rivals)
            is_told = bool(rivals) and are_contradicted
        as_good = [one for one in rivals if not one.is_contradicted and one.gone >= best.gone]
        if is_told or as_good:
            # What bears no mark, and settles more, is likelier all the same.
            named, *others = sorted([best, *as_good], key=lambda one: -len(one.gone))
            course.accept([named.correction], [[one.correction for one in others[:_MOST_OTHERS]]], at_least=2)
        left = [one for one in left if one.gone.isdisjoint(best.gone)]


def _is_rival(one: _Tried, other: _Tried) -> bool:
    """Whether they are of two columns, and settle something in common."""
    return one.column != other.column and not one.gone.isdisjoint(other.gone)


def _tried(course: Course, cells: _Told) -> _Tried:
    edits = tuple(Change(at, should) for at, should in cells.items())
    correction = Correction(SlipKind.COLUMN, edits, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost)
    outcome = course.trial.of([correction])
    is_filled = len(set(cells.values())) > 1 and len({written(course.trial.library, at) for at in cells}) == 1
    gone = frozenset(place_of(course.trial.findings[index]) for index in outcome.gone)
    return _Tried(correction, gone, outcome.new > 0, is_filled)


def _marked(library: Library, told: _Told) -> Iterator[_Told]:
    """The cells of a column that bear a mark together."""
    alike: dict[Any, _Told] = defaultdict(dict)
    for at, should in told.items():
        alike[written(library, at), should][at] = should
    replaced = {should: cells for (_, should), cells in alike.items() if len(cells) >= _LEAST}
    for should, cells in replaced.items():
        [at, *_] = cells
        # Of all lines that said so, or of lines that stand together.
        if not library[at.row_type].among(at.field, {should}) or len(list(_runs(cells))) == 1:
            yield cells
    together = [told, *_runs(told)] if not replaced else []
    for cells in together if len(together) != 2 else together[:1]:
        if _is_of_one_gesture(library, cells):
            yield cells


def _numbers_instead(library: Library, cells: _Told) -> Iterator[_Told]:
    """Where words are to be those of other lines, the numbers of the lines that the words stand on now."""
    [at, *_] = cells
    number = next((number for number, words in TOLD_BY.items() if words == at.field), None)
    if number is None or at.row_type is KEPT_IN[number]:
        return
    lines = {should: one.line for one, should in cells.items()}
    said = {one._replace(field=number): lines.get(written(library, one)) for one in cells}
    if numbers := {one: written(library, one._replace(line=line)) for one, line in said.items() if line is not None}:
        yield numbers


def _columns(library: Library, findings: list[Finding]) -> dict[tuple[type[Any], str], _Told]:
    """What the findings of a check tell of cells, by column."""
    columns: dict[tuple[type[Any], str], _Told] = defaultdict(dict)
    for finding in findings:
        for at, should in _told(library, finding):
            columns[at.row_type, at.field].setdefault(at, should)
    return columns


def _told(library: Library, finding: Finding) -> Iterator[tuple[Cell, Any]]:
    """What each cell that a finding sets against another book, or against what it reckons itself, should then say: of
    all rows that one finding stands for.
    """
    cells = [at for at in (finding.at, *finding.see_also) if at.line and at.field in SHEETS[at.row_type].by_name]
    rows: dict[Any, Any] = {at[:2]: library[at.row_type].sound_at(at.line) for at in cells}
    for row_type, name in dict.fromkeys((at.row_type, at.field) for at in cells if at.row_type not in WEIGHED_BY_MANY):
        field = SHEETS[row_type].by_name[name]
        said = {
            in_words_of(field, written(library, at))
            for at in cells
            if at.row_type is not row_type and _says_the_same(field, SHEETS[at.row_type].by_name[at.field])
        }
        if not said and (row_type, name) == (finding.at.row_type, finding.at.field):
            said = {fact for fact_name, fact in finding.facts.items() if is_said_of(field, fact_name, finding)}
        for row in (row for (kind, _), row in rows.items() if kind is row_type and type(row) is row_type):
            is_ = getattr(row, name)
            values = {
                one for one in said or _numbers_by_words(library, row, name) if type(one) is type(is_) and one != is_
            }
            if is_ is not None and len(values) == 1:
                yield Cell(row_type, row.line, name), *values


def _says_the_same(one: Field, other: Field) -> bool:
    """Whether what the one holds is what the other should: a day or a figure of another name only bounds it."""
    is_bounded = one.kind in _BOUNDED and not one.choices
    return hold_the_same(one, other) and (one.name == other.name or not is_bounded)


def _numbers_by_words(library: Library, row: Any, name: str) -> set[Any]:
    """The numbers of what the row says in words."""
    words = TOLD_BY.get(name)
    if words is None or type(row) is KEPT_IN[name]:
        return set()
    return library.derive(_NumbersOfWords).by_number[name].get(getattr(row, words, None), set())


class _NumbersOfWords:
    """By the name of a number all numbers that each word stands beside in the book it is kept in."""

    def __init__(self, library: Library) -> None:
        self.by_number: dict[str, dict[Any, set[Any]]] = {}
        for number, words in TOLD_BY.items():
            rows = group_by(library[KEPT_IN[number]], words)
            self.by_number[number] = {word: {getattr(row, number) for row in own} for word, own in rows.items()}


def _runs(told: _Told) -> Iterator[_Told]:
    """The cells that stand near each other."""
    cells = sorted(told, key=lambda at: at.line)
    starts = [0, *(index for index, (one, other) in enumerate(pairwise(cells), 1) if other.line - one.line > _APART)]
    for first, last in pairwise([*starts, len(cells)]):
        yield {at: told[at] for at in cells[first:last]}


def _is_of_one_gesture(library: Library, told: _Told) -> bool:
    """Whether the cells hold each other's words, one word where others are told, or the words of other lines as far
    away as theirs.
    """
    if len(told) < _LEAST:
        return False
    is_, should = [written(library, at) for at in told], list(told.values())
    if len({*is_}) >= _DISTINCT:
        is_sorted = Counter(is_) == Counter(should)
        return is_sorted or any(_are_from(library, told, by) for by in _distances(library, told))
    lines = [at.line for at in told]
    [at, *_] = told
    return len({written(library, at._replace(line=line)) for line in range(min(lines), max(lines) + 1)}) == 1


def _distances(library: Library, told: _Told) -> Iterator[int]:
    """How many lines away the word of a cell in the middle stands, or would as it is told."""
    at = sorted(told, key=lambda one: one.line)[len(told) // 2]
    rows = library[at.row_type].among(at.field, {written(library, at)})
    lines = {row.line for row in rows}.union(one.line for one, should in told.items() if should == written(library, at))
    yield from sorted((line - at.line for line in lines if line != at.line), key=abs)[:_TRIED]


def _are_from(library: Library, told: _Told, by: int) -> bool:
    """Whether each cell, but for one at an end, says what is told of the line that far away."""
    sources = ((at, at._replace(line=at.line + by)) for at in told)
    return sum(bool(told.get(one, written(library, one)) != written(library, at)) for at, one in sources) <= 1
