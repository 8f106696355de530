"""What two books hold, and one of them has otherwise: every likely cell of the rows that a few findings name."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from time import thread_time
from typing import Any, NamedTuple, TypeGuard

from schoollib_xl.causes.correction import Change, Correction, Edit
from schoollib_xl.causes.course import Course
from schoollib_xl.causes.excerpt import excerpt, subject_of
from schoollib_xl.causes.respelling import corrections_of_rows
from schoollib_xl.causes.trial import Trial
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Finding, run
from schoollib_xl.ledgers.schema import Cell

# Findings about more rows than this are not one cell's doing, unless that cell governs them all: see many.py.
_MOST_ROWS = 4
# So many cells of a finding are looked at; a finding that names more leaves it open which is wrong.
_MOST_CELLS = 6
_MOST_OTHERS = 3
# So many of the best are tried on all the books.
_PROVEN = 2


class _Rated(NamedTuple):
    """A correction with the findings of the excerpt that it settles."""

    won: int
    cost: float
    correction: Correction


def between_books(course: Course, alone: bool = False) -> None:
    """Name the cell that settles each small group of findings, where one does and nothing new comes of it. `alone`:
    only of groups whose checks found nothing else, since what many rows have in common has another reason.
    """
    open_ = course.open_findings()
    times = _codes(open_.values())
    for group in _groups(open_.values()):
        if alone and any(times[code] != found for code, found in _codes(group).items()):
            continue
        if thread_time() > course.deadline:
            course.complete = False
            return
        still = {id(one) for one in course.trial.findings}
        findings = [one for one in group if id(one) in still]
        rated = _rated(course, findings) if findings else []
        for one in rated[:_PROVEN]:
            alike = [other.correction for other in rated if other is not one and other.won == one.won]
            if course.accept([one.correction], [alike[:_MOST_OTHERS]]):
                break


def _codes(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(one.check.code for one in findings)


def _groups(open_: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that name a row in common, the groups that few rows are in."""
    groups: list[list[Finding]] = []
    group_of: dict[tuple[type[Any], int], list[Finding]] = {}
    for finding in open_:
        rows = {(cell.row_type, cell.line) for cell in cells_of(finding)}
        joined = [finding]
        for group in {id(one): one for row in rows if (one := group_of.get(row))}.values():
            joined, group = (group, joined) if len(group) > len(joined) else (joined, group)
            joined += group
            for member in group:
                group_of.update(((cell.row_type, cell.line), joined) for cell in cells_of(member))
            group.clear()
        group_of.update((row, joined) for row in rows)
        groups.append(joined)
    return [group for group in {id(one): one for one in groups if one}.values() if _is_small(group)]


def _is_small(findings: Iterable[Finding]) -> bool:
    lines: dict[type[Any], set[int]] = defaultdict(set)
    for finding in findings:
        lines[finding.at.row_type].add(finding.at.line)
    return all(len(found) <= _MOST_ROWS for found in lines.values())


def cells_of(finding: Finding) -> list[Cell]:
    """The cells that a finding names, the one to look at first before the others."""
    return [cell for cell in (finding.at, *finding.see_also[:_MOST_CELLS]) if cell.line]


def _names_a_number(edit: Edit) -> TypeGuard[Change]:
    return isinstance(edit, Change) and isinstance(edit.should, str)


def _rated(course: Course, findings: list[Finding]) -> list[_Rated]:
    library = course.trial.library
    others = [one for one in course.open_findings().values() if one not in findings][:_MOST_CELLS]
    corrections = list(dict.fromkeys(corrections_of_rows(library, findings, others)))
    rows = [library[cell.row_type].row_at(cell.line) for one in findings for cell in cells_of(one)]
    numbers = {edit.should for one in corrections for edit in one.edits if _names_a_number(edit)}
    part = excerpt(library, subject_of(rows, numbers))
    sampled = Trial(part, run(part, ALL.values()).findings)
    places = {(one.check.code, one.at) for one in course.open_findings().values()}
    rated, codes = [], {one.check.code for one in findings}
    for correction in corrections:
        if thread_time() > course.deadline:
            break
        if not sampled.of([correction], codes).gone:
            continue
        verdict = sampled.of([correction])
        gone = (sampled.findings[index] for index in verdict.gone)
        won = sum((one.check.code, one.at) in places for one in gone)
        if won and not verdict.new:
            rated.append(_Rated(won, correction.cost, correction))
    return sorted(rated, key=lambda one: (-one.won, one.cost))
