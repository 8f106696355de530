"""What two books hold, and one of them has otherwise: every likely cell of the rows that a few findings name."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from schoollib_xl.causes.cells.backing import is_told, kind_of, may_be_told
from schoollib_xl.causes.cells.respelling import corrections_of_rows, stated
from schoollib_xl.causes.correction import Change, Correction, collide
from schoollib_xl.causes.excerpt import TrialSample, excerpt, subject_of
from schoollib_xl.causes.trial import Course, Place, cells_of
from schoollib_xl.checks.check import CHECKS
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.ledgers.supporting.people import ReaderRow

# Findings about more rows than this are not one cell's doing, unless that cell governs them all: see many.py.
_MOST_ROWS = 4
_MOST_OTHERS = 3
# So many other findings are looked at for numbers that are missed.
_MOST_FINDINGS = 6
# So many values may do equally well in one cell: of more, none is likelier than a guess. Numbers follow each other, so
# that of two neighbours neither is.
_MOST_EQUAL, _MOST_NUMBERS = 3, 1
# So many of the best are tried on all the books.
_PROVEN = 2


class _OpenFindings:
    """The findings to look for a cause of, put in order once for all their groups: of thousands, each group would
    otherwise go through the others again.
    """

    def __init__(self, course: Course) -> None:
        self._library = course.trial.library
        self.indexes: dict[Place, list[int]] = defaultdict(list)
        self.findings: list[Finding] = []
        for index, one in course.open_findings().items():
            self.indexes[place_of(one)].append(index)
            self.findings.append(one)

    def besides(self, group: list[Finding]) -> list[Finding]:
        """The first of those that are not in the group."""
        return list(islice((one for one in self.findings if one not in group), _MOST_FINDINGS))

    @cached_property
    def classes(self) -> frozenset[str | None]:
        """The classes of the readers in doubt."""
        return frozenset(reader.class_name for reader in _readers_named(self._library, self.findings))


class _Rated(NamedTuple):
    """A correction with the places of the findings that it settles in the excerpt."""

    settles: frozenset[Place]
    cost: float
    correction: Correction


def between_books(course: Course, alone: bool = False, tried: frozenset[Place] = frozenset()) -> frozenset[Place]:
    """Name the cell that settles each small group of findings, where one does and nothing new comes of it. `alone`:
    only of groups whose checks found nothing else, since what many rows have in common has another reason.
    What was looked at comes back, to be given as `tried` the next time.
    """
    open_ = _OpenFindings(course)
    times, looked_at = _codes(open_.findings), set(tried)
    best: list[list[_Rated]] = []
    for group in _groups(open_.findings):
        is_alone = all(times[code] == found for code, found in _codes(group).items())
        places = frozenset(map(place_of, group))
        if (alone and not is_alone) or places <= looked_at:
            continue
        looked_at |= places
        if rated := _rated(course, open_, group):
            best.append(rated)
    best = _needed(best)
    if len(best) < 2 or not _all_at_once(course, open_, best):
        for rated in best:
            any(_taken(course, one, rated) for one in rated[:_PROVEN])
    return frozenset(looked_at)


def _needed(best: list[list[_Rated]]) -> list[list[_Rated]]:
    """The groups by what their best settles, without those that another one settles as well."""
    needed: list[list[_Rated]] = []
    settled: set[Place] = set()
    for rated in sorted(best, key=lambda rated: -len(rated[0].settles)):
        if not rated[0].settles <= settled:
            needed.append(rated)
            settled |= rated[0].settles
    return needed


def _all_at_once(course: Course, open_: _OpenFindings, best: list[list[_Rated]]) -> bool:
    """Try the best of every group together, which takes no longer than one of them."""
    chosen = [rated[0] for rated in best]
    corrections = [one.correction for one in chosen]
    if collide(corrections):
        return False
    shared = [frozenset(index for place in rated.settles for index in open_.indexes[place]) for rated in chosen]
    others = [_alike(one, rated) for one, rated in zip(chosen, best, strict=True)]
    return course.accept(corrections, others, shared=shared)


def _taken(course: Course, one: _Rated, rated: list[_Rated]) -> bool:
    return course.accept([one.correction], [_alike(one, rated)], at_least=len(one.settles))


def _alike(one: _Rated, rated: list[_Rated]) -> list[Correction]:
    """What settles as much as this one."""
    alike = (other for other in rated if other is not one and len(other.settles) == len(one.settles))
    return [other.correction for other in alike][:_MOST_OTHERS]


def place_of(finding: Finding) -> Place:
    """What a finding is known by."""
    return finding.check.code, finding.at


def _codes(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.check.code for finding in findings)


def _groups(open_: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that name a row in common, the groups that few rows are in."""
    groups: list[list[Finding]] = []
    group_of: dict[tuple[type[Any], int], list[Finding]] = {}
    for finding in open_:
        rows = dict.fromkeys((cell.row_type, cell.line) for cell in cells_of(finding))
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


def _rated(course: Course, open_: _OpenFindings, findings: list[Finding]) -> list[_Rated]:
    """What may be wrong where the findings are, what settles most first."""
    library = course.trial.library
    if said := [
        _Rated(frozenset({place_of(one)}), near.cost, near) for one in findings if (near := stated(library, one))
    ]:
        return said
    if len(findings) == 1 and not may_be_told(findings[0]):
        return []
    return sorted(_singled_out(list(_tried(course, open_, findings))), key=_rank)


def _singled_out(rated: list[_Rated]) -> list[_Rated]:
    """Without the values of one cell that more than a few others of the same cell do as well as, since nothing speaks
    for any one of them; and without what is less likely than that one of them was meant.
    """
    times = Counter(map(_claim, rated))
    crowd = [one for one in rated if times[_claim(one)] > _most_equal(one)]
    if not crowd:
        return rated
    likeliest = min(map(_rank, crowd))
    return [one for one in rated if _rank(one) < likeliest]


def _most_equal(rated: _Rated) -> int:
    """How many values may do as well: of a copy's number, one only, unless it is at odds with the title."""
    [edit, *_] = rated.correction.edits
    is_copy = isinstance(edit, Change) and (edit.at.row_type, edit.at.field) == (LoanRow, "accession_no")
    is_titled = any("title" in CHECKS[code].looks_at.get(LoanRow, ()) for code, _ in rated.settles)
    return _MOST_NUMBERS if is_copy and not is_titled else _MOST_EQUAL


def _rank(rated: _Rated) -> tuple[int, float]:
    """What settles most first, of these the likeliest."""
    return -len(rated.settles), rated.cost


def _claim(rated: _Rated) -> tuple[object, ...]:
    """The cell that is to be written otherwise, what speaks for it, and what it settles."""
    [edit, *_] = rated.correction.edits
    return (edit.at if isinstance(edit, Change) else edit, rated.correction.slip, rated.cost, len(rated.settles))


def _tried(course: Course, open_: _OpenFindings, findings: list[Finding]) -> Iterator[_Rated]:
    """The corrections that settle something in the excerpt, and make nothing new there."""
    library, others = course.trial.library, open_.besides(findings)
    corrections = _distinct(course.effort.asked_for(corrections_of_rows(library, findings, others)))
    rows = [library[cell.row_type].sound_at(cell.line) for finding in findings for cell in cells_of(finding)]
    sample = TrialSample(excerpt(library, subject_of(rows, _numbers(corrections))), course.effort)
    codes = frozenset(_codes(findings))
    wanted = {other.key for other in others} | open_.classes
    for correction in corrections:
        if not sample.of(correction, codes).gone:
            continue
        effect = sample.of(correction)
        settles = effect.gone & open_.indexes.keys()
        if effect.new or _is_left_amiss(correction, findings, settles):
            continue
        if len(settles) > 1 or any(is_told(library, correction, *settle, wanted) for settle in settles):
            yield _Rated(frozenset(settles), correction.cost, correction)


def _readers_named(library: Library, findings: Iterable[Finding]) -> Iterator[ReaderRow]:
    """Readers in doubt: findings are about their cards, or several about loans by what the cards say."""
    borrowed: Counter[str] = Counter()
    for finding in findings:
        row = library[finding.at.row_type].sound_at(finding.at.line)
        if isinstance(row, ReaderRow):
            yield row
        if isinstance(row, LoanRow) and "kind" in finding.check.looks_at.get(ReaderRow, ()):
            borrowed[row.reader_no] += 1
    several = (number for number, times in borrowed.items() if times > 1)
    yield from (reader for number in several if (reader := library.readers.get(number)))


def _is_left_amiss(correction: Correction, findings: list[Finding], settles: Collection[Place]) -> bool:
    """Whether the new day in a cell leaves another finding that names the cell: then it is not what was meant."""
    days = {edit.at for edit in correction.edits if isinstance(edit, Change) and kind_of(edit.at) is Kind.DATE}
    return any(place_of(one) not in settles and days.intersection((one.at, *one.see_also)) for one in findings)


def _distinct(corrections: Iterable[Correction]) -> list[Correction]:
    """One correction of each cell to each value, the likeliest."""
    found: dict[object, Correction] = {}
    for correction in sorted(corrections, key=lambda one: one.cost):
        found.setdefault(correction.edits, correction)
    return list(found.values())


def _numbers(corrections: Iterable[Correction]) -> set[str]:
    """The numbers that corrections write."""
    changes = (edit for correction in corrections for edit in correction.edits if isinstance(edit, Change))
    return {edit.should for edit in changes if isinstance(edit.should, str)}
