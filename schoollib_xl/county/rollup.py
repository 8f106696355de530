"""All schools together. Totals are sums of what the schools tell; a ratio is of the schools that tell both."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import NamedTuple

from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.ledgers.numerals import squeezed
from schoollib_xl.quotas.basis.figures import quotient, rounded

# 县域义务教育均衡发展督导评估暂行办法（教督〔2012〕3号）: 小学校际差异系数 at most this.
MOST_VARIATION = Decimal("0.65")
PER_THOUSAND = 1000
_PER_CENT = 100


class SchoolEntry(NamedTuple):
    """One school's workbook, by its path below the county's folder, and its record; the other workbooks of the same
    学校名称, of which nobody can tell whether they are another school's or which of them is the last; where two schools
    have one name, where this one's workbook lies; and where others are counted whose books are the same in large part,
    the files of all of them.
    """

    file: str
    record: SchoolRecord
    namesakes: tuple["SchoolEntry", ...] = ()
    place: str = ""
    doubles: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What the school is called: by its file where its workbook does not say, and by its place where two are."""
        if self.record.school is None:
            return self.file
        return f"{self.record.school}（{self.place}）" if self.place else self.record.school

    @property
    def is_sound(self) -> bool:
        """Whether its books are, and it is clear whose they are."""
        return self.record.is_sound and not (self.namesakes or self.doubles)

    @property
    def lacks_optional_sheets_alone(self) -> bool:
        """Whether it would be sound if it had the sheets that no school must have."""
        return self.record.lacks_optional_sheets_alone and not (self.namesakes or self.doubles)


class Failure(NamedTuple):
    """A workbook that is not in the totals, and why; the school that is in none because of it, where it is known."""

    file: str
    why: str
    school: str | None = None


class Outstanding(NamedTuple):
    """A workbook beside which something lies that may not be in it yet, and what; or that itself."""

    file: str
    what: str


class Rolled(NamedTuple):
    """A roll-up: how many workbooks there were, the schools counted, those that could not be read, those left out
    of the totals, the records of the run before, by file, what else must be said, how many results of this program
    lay among the workbooks, the folders and packed files that were not looked into, and what lies beside workbooks and
    may not be in them.
    """

    workbooks: int
    counted: Sequence[SchoolEntry]
    unread: Sequence[Failure]
    left_out: Sequence[Failure]
    before: Mapping[str, SchoolRecord] = {}
    notes: Sequence[str] = ()
    results: int = 0
    unseen: Sequence[Failure] = ()
    outstanding: Sequence[Outstanding] = ()

    @property
    def failed(self) -> tuple[Failure, ...]:
        return (*sorted([*self.unread, *self.unseen]), *self.left_out)

    @property
    def absent(self) -> tuple[Failure, ...]:
        """The workbooks whose schools are in no total: what cannot be read, and another year's alone."""
        return (*self.unread, *(failure for failure in self.left_out if failure.school))

    @property
    def changes(self) -> "SinceLastRun | None":
        """What is other than in the run before; None where there was none."""
        if not self.before:
            return None
        was = told_apart(SchoolEntry(file, record) for file, record in sorted(self.before.items()))
        then = _as_they_were(self.counted, was)
        known = [(entry, old) for entry in self.counted if (old := then.get(entry.file))]
        changed = [(entry, old) for entry, old in known if not entry.record.has_figures_of(old.record)]
        there = {old.file for old in then.values()}
        gone = [old for old in was if old.file not in there]
        return SinceLastRun(was, gone, [entry for entry in self.counted if entry.file not in then], changed)

    @property
    def needs_attention(self) -> bool:
        """Whether a workbook is not in the totals, none is, one may be in them twice, or a school has findings that
        nobody has explained.
        """
        found = any(entry.record.errors or entry.record.warnings or entry.doubles for entry in self.counted)
        return found or bool(self.failed) or not self.counted


class SinceLastRun(NamedTuple):
    """The schools as they were in the run before, those that are gone and those that are new, and the schools that
    are not as they were, each with what it was.
    """

    was: Sequence[SchoolEntry]
    gone: Sequence[SchoolEntry]
    new: Sequence[SchoolEntry]
    changed: Sequence[tuple[SchoolEntry, SchoolEntry]]


def _as_they_were(now: Sequence[SchoolEntry], was: Sequence[SchoolEntry]) -> dict[str, SchoolEntry]:
    """By their files of now, the schools as they were: by their names, since a workbook comes under another name every
    month; a school that has another name by now is the one whose books lay in that file.
    """
    by_name, by_file = {_known_by(old): old for old in was}, {old.file: old for old in was}
    known = {entry.file: old for entry in now if (old := by_name.get(_known_by(entry)))}
    taken = {old.file for old in known.values()}
    renamed = [entry.file for entry in now if entry.file not in known and entry.file in by_file.keys() - taken]
    return {**known, **{file: by_file[file] for file in renamed}}


def _known_by(entry: SchoolEntry) -> tuple[str, str]:
    """The school by its name, and by its place where two have that name; without one by all its figures where it has
    begun its books.
    """
    record = entry.record
    return name_of(entry) or (record.figures_alone().model_dump_json() if record.is_begun else entry.file), entry.place


def name_of(entry: SchoolEntry) -> str:
    """学校名称, however it is spaced; '' where there is none."""
    return squeezed(entry.record.school or "")


def told_apart(entries: Iterable[SchoolEntry]) -> list[SchoolEntry]:
    """The entries, those of one name each with its place: so much of its path as no other of them has."""
    schools = [*entries]
    paths: dict[str, list[list[str]]] = {}
    for entry in schools:
        paths.setdefault(name_of(entry), []).append(entry.file.split("/"))
    return [entry._replace(place=_place(entry, paths[name_of(entry)])) for entry in schools]


def _place(entry: SchoolEntry, paths: Sequence[Sequence[str]]) -> str:
    if len(paths) == 1 or not name_of(entry):
        return ""
    depth = next(depth for depth in count(1) if len({(*path[:depth],) for path in paths}) == len(paths))
    return "/".join(entry.file.split("/")[:depth])


def shared_names(entries: Iterable[SchoolEntry]) -> dict[str, list[SchoolEntry]]:
    """The names that several schools have, and whose they are."""
    shared: dict[str, list[SchoolEntry]] = {}
    for entry in entries:
        if entry.place:
            shared.setdefault(name_of(entry), []).append(entry)
    return shared


class County(NamedTuple):
    """What the schools come to. None is what no school tells.

    `mean` is Σ loans ÷ Σ pupils, `per_pupil` Σ copies ÷ Σ pupils. `variation` is 差异系数 of 生均图书册数 weighted by
    pupils: the standard deviation about the county's mean, divided by it. `turnover` is 流通册数 ÷ 藏书册数 in per
    cent, `per_borrower` 借书册数 ÷ 借书人数: both are called 流通率. `unfinished` counts the schools of which not
    everything could be checked, `lacking_optional` those that would be sound but for sheets no school must have.
    """

    schools: int
    pupils: int | None
    copies: int | None
    loans: int | None
    mean: Decimal | None
    per_pupil: Decimal | None
    variation: Decimal | None
    turnover: Decimal | None
    per_borrower: Decimal | None
    sound: int
    unfinished: int
    lacking_optional: int
    meeting_standard: int
    errors: int
    warnings: int
    per_thousand: Decimal | None


def county(entries: Sequence[SchoolEntry]) -> County:
    """The county's figures; they do not depend on the order of the schools."""
    records = [entry.record for entry in entries]
    rows = sum(record.rows for record in records)
    failing = sum(record.errors + record.warnings for record in records)
    return County(
        schools=len(records),
        pupils=_told(record.pupils for record in records),
        copies=_told(record.copies for record in records),
        loans=_told(record.loans for record in records),
        mean=_ratio((record.counted_loans, record.pupils) for record in records),
        per_pupil=_ratio(record.stock_and_pupils for record in records),
        variation=variation([record.stock_and_pupils for record in records]),
        turnover=_ratio(((record.circulated, record.copies) for record in records), _PER_CENT),
        per_borrower=_ratio((record.loans, record.borrowers) for record in records),
        sound=sum(entry.is_sound for entry in entries),
        unfinished=sum(record.unchecked > 0 for record in records),
        lacking_optional=sum(entry.lacks_optional_sheets_alone for entry in entries),
        meeting_standard=sum(record.meets_standard for record in records),
        errors=sum(record.errors for record in records),
        warnings=sum(record.warnings for record in records),
        per_thousand=quotient(failing * PER_THOUSAND, rows),
    )


def _told(figures: Iterable[int | None]) -> int | None:
    """The sum of what schools tell; None where none does, which is not known to be nothing."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def turnover(record: SchoolRecord) -> Decimal | None:
    """流通册数 ÷ 藏书册数 of one school, in per cent."""
    return _ratio([(record.circulated, record.copies)], _PER_CENT)


def _ratio(pairs: Iterable[tuple[int | None, int | None]], times: int = 1) -> Decimal | None:
    known = [(above, below) for above, below in pairs if above is not None and below]
    return quotient(sum(above for above, _ in known) * times, sum(below for _, below in known))


def variation(pairs: Sequence[tuple[int | None, int | None]]) -> Decimal | None:
    """差异系数 of copies per pupil: √(Σ pupils × (x − mean)² ÷ Σ pupils) ÷ mean, with mean = Σ copies ÷ Σ pupils.

    Of fewer than two schools there is none.
    """
    known = [(copies, pupils) for copies, pupils in pairs if copies is not None and pupils]
    pupils = sum(count for _, count in known)
    mean = Fraction(sum(copies for copies, _ in known), pupils) if pupils else Fraction(0)
    if len(known) < 2 or not mean:
        return None
    squares = sum((count * (Fraction(copies, count) - mean) ** 2 for copies, count in known), Fraction(0)) / pupils
    # The root to twelve places by whole numbers, so that no machine rounds it another way.
    root = Fraction(math.isqrt(int(squares * 10**24)), 10**12)
    return rounded(root / mean)


def ranked(
    entries: Iterable[SchoolEntry], figure: Callable[[SchoolRecord], Decimal | None]
) -> list[tuple[int, SchoolEntry]]:
    """The schools that tell this figure with their places, the highest first; equal figures share a place."""
    told = [(value, entry) for entry in entries if (value := figure(entry.record)) is not None]
    told.sort(key=lambda pair: (-pair[0], pair[1].file))
    places: dict[Decimal, int] = {}
    return [(places.setdefault(value, number), entry) for number, (value, entry) in enumerate(told, 1)]
