"""Findings that one row brought about: every likely correction is tried on a part of the books, the best on all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import thread_time
from typing import Any

from schoollib_xl.causes.cause import Cause
from schoollib_xl.causes.correction import Correction
from schoollib_xl.causes.governing import (
    GOVERNING,
    cells_named,
    corrections_of_calendar,
    corrections_of_cells,
    corrections_of_openings,
    corrections_of_roster,
    corrections_of_settings,
    corrections_of_terms,
    repeated_row,
)
from schoollib_xl.causes.trial import Trial
from schoollib_xl.checks.check import CHECKS
from schoollib_xl.checks.report import Finding, run
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow

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


def causes_of_many(
    library: Library, findings: tuple[Finding, ...], open_: frozenset[int], trial: Trial, deadline: float
) -> Iterator[Cause]:
    """One cause after the other, each of which settles several of the findings that are still open."""
    for _ in range(_MOST_CAUSES):
        cause = _cause(library, findings, open_, trial, deadline) if len(open_) > 1 else None
        if cause is None:
            return
        yield cause
        open_ -= frozenset(cause.explains)


def _cause(
    library: Library, findings: tuple[Finding, ...], open_: frozenset[int], trial: Trial, deadline: float
) -> Cause | None:
    own = [findings[index] for index in sorted(open_)]
    codes = frozenset(finding.check.code for finding in own)
    sample, loans = _sample(library, own)
    sampled = Trial(sample, run(sample, [CHECKS[code] for code in sorted(codes)]).findings)
    rated: list[tuple[int, float, Correction]] = []
    for correction in dict.fromkeys(_corrections(library, own, loans, codes)):
        if thread_time() > deadline:
            break
        verdict = sampled.of([correction], codes)
        won = len(verdict.gone) - 2 * verdict.new
        if won > 0:
            rated.append((won, correction.cost, correction))
        if won == sampled.number and (cause := _proven(correction, rated, open_, trial)):
            return cause
    rated.sort(key=lambda one: (-one[0], one[1]))
    proven = (_proven(correction, rated, open_, trial) for _, _, correction in rated[:_PROVEN])
    return next(filter(None, proven), None)


def _proven(
    correction: Correction, rated: list[tuple[int, float, Correction]], open_: frozenset[int], trial: Trial
) -> Cause | None:
    """The correction as a cause, if on all the books it settles several findings and makes none."""
    verdict = trial.of([correction])
    gone = verdict.gone & open_
    if len(gone) < 2 or verdict.new:
        return None
    won = next(points for points, _, other in rated if other is correction)
    others = [other for points, _, other in rated if points == won and other is not correction]
    return Cause(correction, tuple(sorted(gone)), tuple(others[:_MOST_OTHERS]))


def _corrections(
    library: Library, findings: list[Finding], loans: list[LoanRow], codes: frozenset[str]
) -> Iterator[Correction]:
    fields = _fields_read(codes)
    yield from _of_named_rows(library, findings, fields)
    if len(findings) < 2:
        return
    yield from corrections_of_openings(library)
    yield from corrections_of_terms(library, loans)
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
        row = library[finding.at.row_type].row_at(finding.at.line)
        reader = library.readers.get(getattr(row, "reader_no", None) or "")
        if reader is not None:
            named[ReaderRow, reader.line] += 1
    for (row_type, line), times in named.most_common(_ROWS):
        row = library[row_type].row_at(line)
        if times > 1 and row is not None and hasattr(row, "_replace") and type(row) is row_type:
            yield from repeated_row(library, row)
            yield from corrections_of_cells(library, row, fields.get(row_type, ()))


def _sample(library: Library, findings: list[Finding]) -> tuple[Library, list[LoanRow]]:
    """The books with the loans of a few readers whom findings are about and a few others; the former's loans that
    are found fault with.
    """
    lines = {finding.at.line for finding in findings if finding.at.row_type is LoanRow}
    if len(lines) <= 1:
        return library, [row for row in library[LoanRow] if row.line in lines]
    amiss = [row for row in library[LoanRow] if row.line in lines]
    readers = _spread([row.reader_no for row in amiss]) | _spread(list(library.loans_by_reader))
    few = set(sorted(lines)[:_FEW])
    kept = [row for row in library[LoanRow] if row.reader_no in readers or row.line in few]
    tables = [
        replace(library[sheet.row_type], rows=kept) if sheet.row_type is LoanRow else library[sheet.row_type]
        for sheet in ALL_SHEETS
    ]
    return Library(tables, library.school, library.as_of), amiss


def _spread(readers: list[str]) -> set[str]:
    """A few of the readers, from all through the list."""
    distinct = list(dict.fromkeys(readers))
    return set(distinct[:: max(1, len(distinct) // _READERS)][:_READERS])
