"""A column that stands a line lower or higher than the rest of its rows: numbers beside the words of other lines."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any, NamedTuple

from schoollib_xl.causes.columns.at_odds import KEPT_IN, TOLD_BY, lines_at_odds
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind, written
from schoollib_xl.causes.excerpt import excerpt, subject_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import LedgerTable

# Two lines whose numbers stand with each other are exchanged; of three that a step apart all fit, none does by chance.
_LEAST = 3
# So many cards below each other may never have been used.
_AT_ENDS = 2
# Lines within the column that are right all the same, since the line beside them has the same number.
_RIGHT_BY_CHANCE = 2
# Of what may be looked at so much goes to columns slid; the rest is for what comes after.
_SHARE = 0.2
# Of the words of a column that was moved so many stand with other numbers, where not all are written alike.
_PART = 2
# A block of more lines is tried on these of them first: to run the checks on a hundred thousand loans takes seconds.
_MOST_WHOLE, _LINES_OF_MANY = 2_000, 300
_STEPS = {1: Slip.ONE_LOWER, -1: Slip.ONE_HIGHER}


class _Block(NamedTuple):
    """Rows below each other whose words are at odds with a number, and the field of that number."""

    rows: list[Any]
    number: str


def columns_slid(course: Course) -> None:
    """Name the column that is to be moved a line up or down in a block of rows, where that settles all of it: that
    of the numbers, which says more, or that of the words where it alone does.
    """
    enough = course.effort.part(_SHARE)
    for blocks, holds in ((_blocks, _settles_all), (_blocks_of_cards, _is_of_cards)):
        for code, block in list(blocks(course)):
            if course.effort.done > enough:
                course.complete = False
                return
            part = _tried_on(course, block)
            fitting = [one for one in _moved(course.trial.library, block) if holds(part, one, block, code)]
            _name_one(course, part, fitting)


def _tried_on(course: Course, block: _Block) -> Course:
    """All the books, or of a block of many lines the books of those whom its first lines are about."""
    if len(block.rows) <= _MOST_WHOLE:
        return course
    part = excerpt(course.trial.library, subject_of(block.rows[:_LINES_OF_MANY]))
    lines = {row.line for row in block.rows[:_LINES_OF_MANY]}
    own = [one for one in course.open_findings().values() if one.at.row_type is LoanRow and one.at.line in lines]
    return Course(part, Report(tuple(own), (), 0), course.effort)


def _name_one(course: Course, part: Course, fitting: list[Correction]) -> None:
    """Of the columns that may be moved the one that settles most, of these the one whose end stands twice; the others
    that would do are said as well.
    """
    ranked = fitting
    if len(fitting) > 1:
        library = course.trial.library
        ranked = sorted(
            fitting,
            key=lambda one: (
                -len(part.trial.of([one]).gone),
                not _stands_twice(library, one),
                _are_in_order(library, one, as_moved=False),
            ),
        )
    for one in ranked:
        if course.accept([one], [[other for other in ranked if other is not one]], at_least=_LEAST):
            return


def _stands_twice(library: Library, correction: Correction) -> bool:
    """Whether the cell at the end that the column was pushed from says what the line beyond says."""
    cells = [*(edit.at for edit in correction.edits if isinstance(edit, Change)), *correction.untold]
    end, step = (min, -1) if correction.slip is Slip.ONE_LOWER else (max, 1)
    at = end(cells, key=lambda one: one.line)
    return bool(written(library, at) == written(library, at._replace(line=at.line + step)))


def _settles_all(course: Course, correction: Correction, block: _Block, code: str) -> bool:
    """Whether nothing is left on the lines of the block: what is, tells of another column too."""
    lines = {(type(row), row.line) for row in block.rows}
    open_ = {index for index, one in course.open_findings().items() if one.at[:2] in lines}
    return open_ <= course.trial.of([correction]).gone


def _blocks_of_cards(course: Course) -> Iterator[tuple[str, _Block]]:
    """Cards below each other that the loans tell by other names."""
    [(number, words)] = [pair for pair in TOLD_BY.items() if KEPT_IN[pair[0]] is ReaderRow]
    lines: dict[str, set[int]] = defaultdict(set)
    for finding in course.open_findings().values():
        if finding.at.row_type is LoanRow and {number, words} <= finding.check.looks_at.get(ReaderRow, frozenset()):
            lines[finding.check.code].update(cell.line for cell in finding.see_also if cell.row_type is ReaderRow)
    for code, found in lines.items():
        for run in _runs(course.trial.library[ReaderRow], sorted(found), words):
            # A card at either end that nobody borrowed with is found by nothing.
            for before, after in product(range(_AT_ENDS + 1), repeat=2) if len(run) >= _LEAST else ():
                lines_of = range(run[0] - before, run[-1] + after + 1)
                rows = [course.trial.library[ReaderRow].sound_at(line) for line in lines_of]
                if all(rows):
                    yield code, _Block(rows, number)


def _is_of_cards(course: Course, correction: Correction, block: _Block, code: str) -> bool:
    """Whether nothing is left of what the check found of the cards of the block; where more cards than these are moved,
    the numbers are in order with those above and below.
    """
    lines = {row.line for row in block.rows}
    own = {
        index
        for index, one in course.open_findings().items()
        if one.check.code == code and any(cell.row_type is ReaderRow and cell.line in lines for cell in one.see_also)
    }
    told = {cell.line for index in own for cell in course.trial.findings[index].see_also if cell.row_type is ReaderRow}
    is_whole = {block.rows[0].line, block.rows[-1].line} <= told or _are_in_order(course.trial.library, correction)
    return bool(own) and is_whole and own <= course.trial.of([correction], {code}).gone


def _are_in_order(library: Library, correction: Correction, as_moved: bool = True) -> bool:
    """Whether the cards that the correction numbers otherwise are then numbered upwards, with those beside them; or are
    so now.
    """
    moved = {edit.at.line: edit.should for edit in correction.edits if isinstance(edit, Change)}
    if any(isinstance(edit, Change) and edit.at[::2] != (ReaderRow, "reader_no") for edit in correction.edits):
        return False
    rows = [library[ReaderRow].sound_at(line) for line in range(min(moved) - 1, max(moved) + 2)]
    numbers = [moved.get(row.line, row.reader_no) if as_moved else row.reader_no for row in rows if row]
    return all(one < other if len(one) == len(other) else not as_moved for one, other in pairwise(numbers))


def _blocks(course: Course) -> Iterator[tuple[str, _Block]]:
    """The blocks that one check finds fault with in nearly every line. A finding that stands for many lines does not
    name each, and titles written nearly alike are none.
    """
    for (code, row_type, number), found in lines_at_odds(course).items():
        table, words = course.trial.library[row_type], TOLD_BY[number]
        told = _told_by_others(course.trial.library, KEPT_IN[number], number)
        pairs = zip(table.rows, table.column(number), table.column(words), strict=True)
        at_odds = {row.line for row, one, said in pairs if told.get(one, said) != said}
        between = at_odds.intersection(range(min(found), max(found)))
        for lines in _runs(table, sorted(found | between), words) if len(found) >= _LEAST else ():
            first, last = (
                _to_the_end(table, line, step, words, at_odds) for line, step in ((lines[0], -1), (lines[-1], 1))
            )
            rows = [row for line in range(first, last + 1) if (row := table.row_at(line))]
            if len(lines) >= _LEAST and all(type(row) is row_type for row in rows):
                yield code, _Block(rows, number)


def _to_the_end(table: LedgerTable[Any], line: int, step: int, words: str, at_odds: set[int]) -> int:
    """The first or last line of a run; that of the sheet where all beyond say the same words or are at odds as well."""
    said, beyond = getattr(table.row_at(line), words, None), line + step
    while (row := table.row_at(beyond)) and (beyond in at_odds or getattr(row, words, None) == said):
        said, beyond = getattr(row, words, None), beyond + step
    return line if row else beyond - step


def _runs(table: LedgerTable[Any], lines: list[int], words: str) -> Iterator[list[int]]:
    """The lines that stand together: between them nothing, or lines that are right by chance."""
    run = lines[:1]
    for line, following in pairwise(lines):
        # Lines below each other that say the same words are as right a line lower.
        between = (getattr(table.sound_at(one), words, None) for one in range(line + 1, following))
        if following - line > _RIGHT_BY_CHANCE + 1 and len(set(between)) > 1:
            yield run
            run = []
        run.append(following)
    yield run


def _moved(library: Library, block: _Block) -> Iterator[Correction]:
    """The numbers a line up or down, then the words, where most of them then stand with what they are told by."""
    words, kept_in = TOLD_BY[block.number], KEPT_IN[block.number]
    # What is on cards the loans tell.
    teller = LoanRow if isinstance(block.rows[0], kept_in) else kept_in
    told = _told_by_others(library, teller, block.number)
    rows = [(told.get(getattr(row, block.number)), getattr(row, words)) for row in block.rows]
    for field, sign in ((block.number, 1), (words, -1)):
        for step, slip in _STEPS.items():
            fitting = sum(one[0] == other[1] for one, other in _apart(rows, step * sign))
            if fitting * _PART >= len(rows) - 1:
                yield _moved_by(library, block, field, step, slip)


def _apart(rows: list[tuple[Any, Any]], step: int) -> Iterator[tuple[tuple[Any, Any], tuple[Any, Any]]]:
    """Each row with the one so many lines above it, or below."""
    return ((one, other) for other, one in pairwise(rows)) if step > 0 else pairwise(rows)


def _told_by_others(library: Library, teller: type[Any], number: str) -> dict[Any, Any]:
    """What a book says in words of each number."""
    return dict(zip(library[teller].column(number), library[teller].column(TOLD_BY[number]), strict=True))


def _moved_by(library: Library, block: _Block, field: str, step: int, slip: Slip) -> Correction:
    """Each row with what stands a line further; the last one with what it pushed out, where the books tell it."""
    rows = block.rows[::step]
    last = _of_the_last(library, block, rows, field)
    said = [*(getattr(row, field) for row in rows[1:]), last]
    changes = [
        Change(Cell(type(row), row.line, field), should)
        for row, should in zip(rows, said, strict=True)
        if should is not None and should != getattr(row, field)
    ]
    untold = () if last is not None else (Cell(type(rows[-1]), rows[-1].line, field),)
    return Correction(SlipKind.MOVED, tuple(changes[::step]), slip, slip.cost, untold)


def _of_the_last(library: Library, block: _Block, rows: list[Any], field: str) -> Any:
    """What the last row should hold: what stands at the other end, or the one thing that the rest of the row fits."""
    words, kept_in = TOLD_BY[block.number], KEPT_IN[block.number]
    known = {getattr(one, block.number): getattr(one, words) for one in library[kept_in]}
    last, first = rows[-1], rows[0]
    if isinstance(last, ReaderRow):
        return _as_borrowed(library, last, first, field)
    if field == words:
        return known.get(getattr(last, block.number))
    if known.get(getattr(first, field)) == getattr(last, words):
        return getattr(first, field)
    fitting = [number for number, said in known.items() if said == getattr(last, words)]
    return fitting[0] if len(fitting) == 1 else None


def _as_borrowed(library: Library, last: ReaderRow, first: ReaderRow, field: str) -> str:
    """What the loans have that say the other of the card's number and name; without loans, what was pushed out."""
    own = "reader_no" if field == "name" else "name"
    told: Counter[str] = Counter(getattr(loan, field) for loan in library[LoanRow].among(own, {getattr(last, own)}))
    return max(told, key=lambda said: told[said]) if told else str(getattr(first, field))
