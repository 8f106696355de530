"""The part of the books that a few rows are about, small enough to try many corrections on."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Correction, on_trial
from schoollib_xl.causes.effort import Effort
from schoollib_xl.causes.trial import Place, bearing
from schoollib_xl.checks.check import CHECKS, Check
from schoollib_xl.checks.report import standing
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow

# A batch with more copies than this is not looked through whole: its sums are the arithmetic's business.
_WHOLE_BATCH = 8_000
_COPY = ("accession_no", "replacement_no", "first_bound_no")
_READER = ("reader_no",)
_BATCH = ("batch_no", "withdrawal_no")


class Subject(NamedTuple):
    """The numbers that the rows bear: copies, readers, batches."""

    copies: Collection[str]
    readers: Collection[str]
    batches: Collection[str]


class Effect(NamedTuple):
    """What a correction does in the sample: the places of the findings that go, and how many are new."""

    gone: frozenset[Place]
    settled: int
    new: int

    @property
    def won(self) -> int:
        """What is settled less what is new, which weighs twice."""
        return self.settled - 2 * self.new


class TrialSample:
    """Tries corrections on a library that is only a part of the books; a finding is known by its check and cell."""

    def __init__(self, library: Library, effort: Effort) -> None:
        self._library, self._effort = library, effort
        self._known: dict[str, Counter[Place]] = {}

    def number(self, codes: Iterable[str]) -> int:
        """How many findings of these checks there are."""
        return sum(self._before(CHECKS[code]).total() for code in codes)

    def of(self, correction: Correction, among: frozenset[str] | None = None) -> Effect:
        """What the correction does, `among` these checks only, or among all that it bears on."""
        checks = [one for one in bearing((correction,)) if among is None or one.code in among]
        self._effort.spend_on_checks(self._library, checks)
        with on_trial(self._library, [correction]) as library:
            left = self._places(library, checks)
        before: Counter[Place] = Counter()
        for check in checks:
            before.update(self._before(check))
        gone = before - left
        return Effect(frozenset(gone), gone.total(), (left - before).total())

    def _before(self, check: Check) -> Counter[Place]:
        if check.code not in self._known:
            self._effort.spend_on_checks(self._library, [check])
            self._known[check.code] = self._places(self._library, [check])
        return self._known[check.code]

    def _places(self, library: Library, checks: Iterable[Check]) -> Counter[Place]:
        came_to = [standing(library, check) for check in checks]
        self._effort.spend_on_findings(came_to)
        return Counter((outcome.check.code, one.at) for outcome in came_to for one in outcome.found)


def subject_of(rows: Iterable[Any], numbers: Iterable[str] = ()) -> Subject:
    """What the rows are about, and these numbers, which may be of copies or readers."""
    found = list(rows)
    copies, readers, batches = (_said(found, *names) for names in (_COPY, _READER, _BATCH))
    others = set(numbers)
    return Subject(copies | others, readers | others, batches)


def _said(rows: list[Any], *names: str) -> set[str]:
    return {value for row in rows for name in names if (value := getattr(row, name, None))}


def excerpt(library: Library, subject: Subject) -> Library:
    """The books with the copies, loans and scans that concern the subject; all other sheets whole."""
    small = {batch for batch in subject.batches if len(library.copies_by_batch.get(batch, ())) <= _WHOLE_BATCH}
    gone = {row.accession_no for batch in subject.batches for row in library.withdrawals_by_batch.get(batch, ())}
    named = gone.union(subject.copies)
    rows = library.derive(_RowsByNumber)
    loans = _in_order(_of(library.loans_by_copy, subject.copies), _of(library.loans_by_reader, subject.readers))
    copies = _in_order(_of(rows.copies, named), _of(library.copies_by_batch, small))
    lent = {row.accession_no for row in loans}.difference(row.accession_no for row in copies)
    copies = _in_order(copies, (copy for number in lent if (copy := library.copies.get(number))))
    scans = _in_order(_of(rows.scans, subject.copies))
    kept: list[tuple[type[Any], list[Any]]] = [(AccessionRow, copies), (LoanRow, loans), (StocktakeRow, scans)]
    return library.with_tables(*(library[row_type].changed(rows=rows) for row_type, rows in kept))


class _RowsByNumber:
    """Copies and scans by the numbers on them: an excerpt takes a few, and there are many excerpts."""

    def __init__(self, library: Library) -> None:
        self.copies = group_by(library[AccessionRow], "accession_no")
        self.scans = group_by(library[StocktakeRow], "accession_no")


def _of(rows: dict[Any, list[Any]], numbers: Iterable[str]) -> Iterator[Any]:
    return (row for number in numbers for row in rows.get(number, ()))


def _in_order(*rows: Iterable[Any]) -> list[Any]:
    """Each of the rows once, in the order of their sheet."""
    return sorted({row.line: row for row in chain(*rows)}.values(), key=lambda row: row.line)
