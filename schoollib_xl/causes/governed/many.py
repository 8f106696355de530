"""Findings that one row brought about: every likely correction is tried on a part of the books, the best on all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Change, Correction, Slip, written
from schoollib_xl.causes.excerpt import Effect, Subject, TrialSample, excerpt, subject_of
from schoollib_xl.causes.governed.calendar_rows import as_its_term, corrections_of_calendar
from schoollib_xl.causes.governed.governing import (
    GOVERNING,
    NO_TRACE,
    cells_named,
    corrections_of_cells,
    corrections_of_openings,
    corrections_of_roster,
    corrections_of_settings,
    repeated_row,
)
from schoollib_xl.causes.governed.lending_rules import corrections_of_terms
from schoollib_xl.causes.governed.lending_scopes import LendingScopes
from schoollib_xl.causes.governed.whole_days import whole_days
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.check import CHECKS
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule

# A sample of so many readers shows what a rule does to all; as many more show what it does to those not concerned.
_READERS = 4
# Rows named by findings that are looked at for a cell to mend, those named most often first.
_ROWS = 8
# Loans found fault with that are in the sample whoever borrowed.
_FEW = 12
_MOST_OTHERS = 3
# So many of the best are tried on all the books.
_PROVEN = 3
_MOST_CAUSES = 6
# Once one settles all that the sample shows, so many more are looked at for what it might be instead.
_LOOKED_AT_AFTER = 20
# The part of the work left that is done for one row once something is found, so that there is some for the next.
_SHARE = 0.4
# Several rows may be wrong at once: one that settles all of some kinds, and so much of the whole, is one of them.
_PART = 4
_ALL = 1_000_000
# Where most findings are about one reader, his row is likelier to be wrong than one that governs many readers; where
# all of many name one rule, its days, if a slip of the pen speaks for it.
_NAMED = 0.3


class _WeighedCorrection(NamedTuple):
    """A correction, what it costs with how far it is from what stands there, and what it wins in the sample."""

    won: int
    cost: tuple[float, float]
    correction: Correction


def governed_rows(course: Course) -> None:
    """Name one row after the other that brought several of the findings about."""
    likely: set[Correction] = set()
    for _ in range(_MOST_CAUSES):
        open_ = _of_many(list(course.open_findings().values()))
        if _rows_amiss(open_) < 2 or not _settled_by_one(course, open_, likely):
            return


def _rows_amiss(findings: list[Finding]) -> int:
    """The rows found fault with; one finding may stand for many rows alike."""
    own = {(one.at, cell.line) for one in findings for cell in (one.at, *one.see_also) if _is_like(cell, one.at)}
    return len(own)


def _is_like(cell: Cell, at: Cell) -> bool:
    return (cell.row_type, cell.field) == (at.row_type, at.field)


def _of_many(findings: list[Finding]) -> list[Finding]:
    """All where they are few; of many, those of which there are several alike, or that name a row which governs."""
    times = Counter(finding.check.code for finding in findings)
    few = len(findings) <= _FEW
    return [finding for finding in findings if few or times[finding.check.code] > 1 or finding.at.row_type in GOVERNING]


def _settled_by_one(course: Course, findings: list[Finding], likely: set[Correction]) -> bool:
    best = sorted(_rated(course, findings, likely), key=lambda correction: (-correction.won, correction.cost))
    likely.update(correction.correction for correction in best)
    # One finding that stands for many rows is settled as they are.
    at_least = min(2, len(findings))
    # Where two rows are wrong at once, the first put right may bring to light what only the second explains.
    for tolerated in (0, 1):
        for correction in best[:_PROVEN]:
            others = [other.correction for other in best if other.won == correction.won and other is not correction]
            may_be_new = tolerated * correction.won // 4
            if course.accept([correction.correction], [others[:_MOST_OTHERS]], at_least=at_least, tolerates=may_be_new):
                return True
    return False


def _rated(course: Course, findings: list[Finding], likely: Collection[Correction]) -> Iterator[_WeighedCorrection]:
    """The corrections that win something in a sample of the books, until one settles all that the sample shows of
    what it bears on. `likely` won something before, and are tried first.
    """
    library = course.trial.library
    codes = frozenset(finding.check.code for finding in findings)
    part, loans = _sample(library, findings)
    sample = TrialSample(part, course.effort)
    number, most, left = sample.number(codes), 1, _ALL
    enough = course.effort.part(_SHARE)
    for cost, correction in _offered(course, findings, loans, likely):
        if sample.of(correction, codes).won >= most:
            # Only of what does as well as the best so far is asked what all the other checks say.
            effect = sample.of(correction)
            most = max(most, effect.won)
            if effect.won > 0:
                yield _WeighedCorrection(effect.won, cost, correction)
            if _settles_its_own(sample, effect, number):
                left = min(left, _LOOKED_AT_AFTER)
        left -= 1
        if left == 0 or (most > 1 and course.effort.done > enough):
            return


def _settles_its_own(sample: TrialSample, effect: Effect, number: int) -> bool:
    """Whether nothing is left of the kinds it settles, nothing is new, and these are a good part of all."""
    kinds = {code for code, _ in effect.gone}
    return effect.new == 0 and effect.settled * _PART >= number and effect.settled == sample.number(kinds)


def _offered(
    course: Course, findings: list[Finding], loans: list[LoanRow], likely: Collection[Correction]
) -> list[tuple[tuple[float, float], Correction]]:
    """What may be wrong, the likelier first."""
    library, scopes = course.trial.library, LendingScopes(course.trial.library, findings)
    corrections = course.effort.asked_for(_corrections(course, findings, loans, scopes))
    offered = (one for one in corrections if scopes.is_needed(one))
    if len(findings) <= _FEW:
        # A few findings do not outweigh a correction that no slip speaks for.
        offered = (correction for correction in offered if correction.cost < NO_TRACE)
    return sorted(_by_cost(library, offered), key=lambda pair: pair[1] not in likely)


def _by_cost(library: Library, corrections: Iterable[Correction]) -> list[tuple[tuple[float, float], Correction]]:
    """The likelier before the others; of those as likely, the smaller change."""
    rated = [((change.cost, _distance(library, change)), change) for change in dict.fromkeys(corrections)]
    return sorted(rated, key=lambda pair: pair[0])


def _distance(library: Library, correction: Correction) -> float:
    edit = correction.edits[0]
    if not isinstance(edit, Change):
        return 0.0
    is_, should = written(library, edit.at), edit.should
    return abs(float(should) - float(is_)) if all(isinstance(one, int | Decimal) for one in (is_, should)) else 0.0


def _corrections(
    course: Course, findings: list[Finding], loans: list[LoanRow], scopes: LendingScopes
) -> Iterator[Correction]:
    library, fields = course.trial.library, _fields_read({finding.check.code for finding in findings})
    yield from _of_named_rows(library, findings, fields)
    yield from _of_ranges_found_fault_with(library, findings)
    yield from corrections_of_openings(library)
    yield from scopes.rules_left_out()
    yield from corrections_of_terms(library, loans, scopes.limits_as_used())
    yield from whole_days(library, loans, _loans_named(library, findings), course.effort)
    yield from corrections_of_calendar(library, loans)
    yield from corrections_of_roster(library, loans)
    for row_type in GOVERNING:
        if row_type is not ReaderRow and row_type is not SettingRow and row_type in fields:
            for row in library[row_type].rows[:40]:
                yield from corrections_of_cells(library, row, fields[row_type])
    yield from corrections_of_settings(library)


def _fields_read(codes: Iterable[str]) -> dict[type[Any], list[str]]:
    """The columns that these checks look at."""
    fields: dict[type[Any], dict[str, None]] = {}
    for code in codes:
        for row_type, names in CHECKS[code].reads.items():
            fields.setdefault(row_type, {}).update(dict.fromkeys(names))
    return {row_type: list(names) for row_type, names in fields.items()}


def _of_named_rows(
    library: Library, findings: list[Finding], fields: dict[type[Any], list[str]]
) -> Iterator[Correction]:
    """Cells of the rows that most findings name, and of the readers whose loans they are."""
    named: Counter[tuple[type[Any], int]] = Counter()
    for finding in findings:
        named.update(cells_named({finding.at, *finding.see_also}))
        row = library[finding.at.row_type].sound_at(finding.at.line)
        reader = library.readers.get(getattr(row, "reader_no", None) or "")
        if reader is not None:
            named[ReaderRow, reader.line] += 1
    for (row_type, line), times in named.most_common(_ROWS):
        row = library[row_type].sound_at(line)
        if times > 1 and row is not None:
            yield from repeated_row(library, row)
            is_of_one_reader = row_type is ReaderRow and times * 2 > len(findings)
            is_of_one_rule = row_type is LendingRule and times >= len(findings) > _FEW
            for one in corrections_of_cells(library, row, fields.get(row_type, ())):
                is_told = is_of_one_rule and one.slip is not Slip.MOST_OTHERS and _is_of(one, "days")
                yield one._replace(cost=one.cost - _NAMED) if is_of_one_reader or is_told else one


def _of_ranges_found_fault_with(library: Library, findings: list[Finding]) -> Iterator[Correction]:
    """A slip in the days of a row of 校历 that is found fault with itself: likelier than one in another row."""
    for line in {one.at.line for one in findings if one.at.row_type is CalendarRow}:
        row, ends = library[CalendarRow].sound_at(line), ("starts_on", "ends_on")
        for one in (*as_its_term(library, row), *corrections_of_cells(library, row, ends)) if row else ():
            if one.cost < NO_TRACE:
                yield one._replace(cost=one.cost - _NAMED)


def _is_of(correction: Correction, field: str) -> bool:
    [edit, *_] = correction.edits
    return isinstance(edit, Change) and edit.at.field == field


def _loans_named(library: Library, findings: list[Finding]) -> Iterator[LoanRow]:
    """The loans that findings are about or name besides, each once."""
    cells = (cell for one in findings for cell in (one.at, *one.see_also) if cell.row_type is LoanRow)
    rows = (library[LoanRow].sound_at(line) for line in dict.fromkeys(cell.line for cell in cells))
    return filter(None, rows)


def _sample(library: Library, findings: list[Finding]) -> tuple[Library, list[LoanRow]]:
    """The books with the loans of a few readers whom findings are about and a few others; the former's loans that
    are found fault with.
    """
    alike = (cell for one in findings for cell in (one.at, *one.see_also) if _is_like(cell, one.at))
    lines = {cell.line for cell in alike if cell.row_type is LoanRow}
    amiss = [row for row in library[LoanRow] if row.line in lines]
    if len(lines) <= 1:
        named = {(cell.row_type, cell.line) for one in findings for cell in (one.at, *one.see_also)}
        return excerpt(library, subject_of(library[row_type].sound_at(line) for row_type, line in named)), amiss
    readers = _spread([row.reader_no for row in amiss]) | _spread(list(library.loans_by_reader))
    few = frozenset(row.accession_no for row in amiss[:_FEW])
    return excerpt(library, Subject(few, readers, ())), amiss


def _spread(readers: list[str]) -> set[str]:
    """A few of the readers, from all through the list."""
    distinct = list(dict.fromkeys(readers))
    return set(distinct[:: max(1, len(distinct) // _READERS)][:_READERS])
