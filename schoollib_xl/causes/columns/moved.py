"""Cells of one column that stand on each other's lines: two exchanged, or several moved by a place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.trial import Course, TrialOutcome, cells_of
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.table import LedgerTable

# Lines farther apart than this are not filled in together; a block that was pasted a place too low is no longer.
_NEIGHBOURS = 5
# So many are tried on one check, and so many of these on all: each run takes the time of its checks on all the books.
_MOST_TRIED, _MOST_PROVEN = 40, 8
# Of the work that may still be done, this part is spent on them: floods have their own reasons to be looked at.
_SHARE = 0.1
_MOST_OTHERS = 3
# Findings on more lines of a sheet than this have a reason that is not two of them.
_MOST_LINES = 12
# What governs many rows is weighed by what these say (many.py).
_GOVERNING = (LendingRule, CompensationRule, CalendarRow, OpeningRow, SettingRow)


class _Moved(NamedTuple):
    """Cells written as if moved, one check that read them, and how many findings name their lines."""

    correction: Correction
    code: str
    weight: int


class _ProvenMove(NamedTuple):
    """Cells whose moving settles something on every line and makes nothing new."""

    correction: Correction
    outcome: TrialOutcome


def cells_moved(course: Course) -> None:
    """Name the cells of a column that settle what is found on all their lines, each in another's place. Where other
    cells, moved likewise, settle the same, they are said as well.
    """
    while (proven := _proven(course)) and len(proven[0].outcome.gone) > 1:
        best, gone = proven[0].correction, proven[0].outcome.gone
        others = [one.correction for one in proven[1:] if one.outcome.gone == gone]
        if not course.accept([best], [others[:_MOST_OTHERS]], at_least=2):
            return


def _proven(course: Course) -> list[_ProvenMove]:
    """What does, most settled first."""
    found = sorted(_likely(course), key=lambda one: (-one.weight, len(one.correction.edits)))
    chosen: list[tuple[int, Correction]] = []
    enough = course.effort.part(_SHARE)
    for one in found[:_MOST_TRIED]:
        if course.effort.done > enough:
            break
        if gone := course.trial.of([one.correction], {one.code}).gone:
            chosen.append((len(gone), one.correction))
    chosen.sort(key=lambda pair: -pair[0])
    tried = (_ProvenMove(one, course.trial.of([one])) for _, one in chosen[:_MOST_PROVEN])
    sound = [one for one in tried if not one.outcome.new and _settles_each_line(course, one)]
    return sorted(sound, key=_rank)


def _rank(proven: _ProvenMove) -> tuple[int, int, bool]:
    """What settles most first, in the fewest cells; numbers before the words beside them, which say what is meant."""
    [edit, *_] = proven.correction.edits
    is_number = isinstance(edit, Change) and SHEETS[edit.at.row_type].by_name[edit.at.field].kind is Kind.IDENTIFIER
    return -len(proven.outcome.gone), len(proven.correction.edits), not is_number


def _settles_each_line(course: Course, proven: _ProvenMove) -> bool:
    """Whether something goes on the first line and the last, nothing of the same checks stays on any, and no single
    one of the cells would settle all of it.
    """
    findings, gone = course.trial.findings, proven.outcome.gone
    named = {cell[:2] for index in gone for cell in cells_of(findings[index])}
    codes = {findings[index].check.code for index in gone}
    edits = [edit for edit in proven.correction.edits if isinstance(edit, Change)]
    lines = {edit.at[:2] for edit in edits}
    stays = (one for index, one in course.open_findings().items() if index not in gone and one.check.code in codes)
    if any(edit.at[:2] not in named for edit in (edits[0], edits[-1])) or any(one.at[:2] in lines for one in stays):
        return False
    if any(_is_of_rows(one, index, gone, lines) for index, one in course.open_findings().items()):
        return False
    alone = (course.trial.of([proven.correction._replace(edits=(edit,))]) for edit in edits)
    return not any(one.gone >= gone and not one.new for one in alone)


def _is_of_rows(finding: Finding, index: int, gone: frozenset[int], lines: set[tuple[type[Any], int]]) -> bool:
    """Whether another sheet's finding that stays is about these lines: what is wrong with them is another column."""
    return index not in gone and finding.at[:2] not in lines and lines <= {cell[:2] for cell in finding.see_also}


def _likely(course: Course) -> Iterator[_Moved]:
    """Neighbouring lines that findings name, in each column that checks of both read."""
    by_line: dict[type[Any], dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in course.open_findings().values():
        for row_type, line in {(cell.row_type, cell.line) for cell in cells_of(finding)}:
            by_line[row_type][line].append(finding)
    for row_type, found in by_line.items():
        if row_type not in _GOVERNING and 1 < len(found) <= _MOST_LINES:
            for lines in _together(sorted(found)):
                yield from _of_lines(course.trial.library, row_type, lines, found)


def _together(lines: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Pairs of lines near each other, and all lines from the one to the other."""
    for index, first in enumerate(lines):
        for last in lines[index + 1 :]:
            if last - first <= _NEIGHBOURS:
                yield first, last
                if last - first > 1:
                    yield tuple(range(first, last + 1))


def _of_lines(
    library: Library, row_type: type[Any], lines: tuple[int, ...], found: dict[int, list[Finding]]
) -> Iterator[_Moved]:
    rows = [library[row_type].sound_at(line) for line in lines]
    if not all(rows):
        return
    read = [_read_by(found[line], row_type) for line in lines if line in found]
    for name in sorted(set[str].intersection(*map(set, read))):
        values = [getattr(row, name) for row in rows]
        if values[0] == values[-1] or SHEETS[row_type].by_name[name].kind is Kind.COUNT:
            continue
        # Exchanged, the lines' own numbers would not rise with those round them any more.
        if name == SHEETS[row_type].key and _rise(library[row_type], lines):
            continue
        codes = Counter(code for by_field in read for code in by_field[name])
        [(most, _)] = codes.most_common(1)
        for placed in {(*values[1:], values[0]), (values[-1], *values[:-1])}:
            yield _Moved(_placed(rows, name, placed), most, codes.total())


def _rise(table: LedgerTable[Any], lines: tuple[int, ...]) -> bool:
    """Whether the numbers of the lines from the one before these to the one after rise as they stand."""
    declared = table.declared
    rows = (table.sound_at(line) for line in range(lines[0] - 1, lines[-1] + 2))
    numbers = [str(getattr(row, declared.key)) for row in rows if row]
    return all((len(one), one) < (len(other), other) for one, other in pairwise(numbers))


def _placed(rows: list[Any], name: str, values: tuple[Any, ...]) -> Correction:
    """The rows with these values in the field."""
    edits = tuple(
        Change(Cell(type(row), row.line, name), value)
        for row, value in zip(rows, values, strict=True)
        if value != getattr(row, name)
    )
    slip = Slip.LINES_EXCHANGED if len(edits) == 2 else Slip.LINES_MOVED
    return Correction(SlipKind.MOVED, edits, slip, slip.cost)


def _read_by(findings: list[Finding], row_type: type[Any]) -> dict[str, list[str]]:
    """The columns of the sheet that the checks behind the findings read, with the codes of these."""
    read: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        for name in sorted(finding.check.looks_at.get(row_type, ())):
            if name in SHEETS[row_type].by_name:
                read[name].append(finding.check.code)
    return read
