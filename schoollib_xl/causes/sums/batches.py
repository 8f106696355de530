"""Corrections of whole batches: its date, its number, a batch entered twice or not at all.

So much hangs on a batch that what a correction does is seen by adding up the corrected books; only batches that
other rows speak against are tried.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from schoollib_xl.causes.amounts import Proposal, Vector
from schoollib_xl.causes.correction import Addition, Change, Correction, Removal, Slip, SlipKind, changed
from schoollib_xl.causes.evidence import WEIGHT, weighed
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.causes.sums.balance import Balance
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.rules.holdings import batch_line, carried_on
from schoollib_xl.rules.titles import count_titles

# A batch that others speak against is tried; more than so many at once are no slip of the pen.
_MOST_TRIED = 8


def batch_proposals(balance: Balance, misdated: Vector) -> list[Proposal]:
    """The corrections of batches with what each does to every sum. `misdated` are batches whose day is in doubt."""
    library = balance.library
    found = [*_doubled(library), *_dated(library), *_the_other_way(library), *_unknown(balance)]
    return [Proposal(correction, _effect(balance, correction, misdated)) for correction in found[:_MOST_TRIED]]


def _effect(balance: Balance, correction: Correction, misdated: Vector) -> Vector:
    settled: Vector = {}
    if correction.kind is SlipKind.DATE:
        lines = {edit.at.line for edit in correction.edits if isinstance(edit, Change)}
        settled = {key: -amount for key, amount in misdated.items() if key[1] in lines}
    return balance.change_by(correction) | settled


def _doubled(library: Library) -> Iterator[Correction]:
    """A line of 总括登记账 that repeats an earlier one."""
    seen: dict[Any, SummaryRow] = {}
    for row in library[SummaryRow]:
        alike = (row.batch_no, row.flow)
        figures = (row.registered_on, row.flow, row.copies, row.list_value, row.voucher_no)
        if alike in seen or (row.voucher_no and figures in seen):
            same = seen.get(figures) is not None
            slip = Slip.SAME_ROW if same else Slip.PLAIN
            yield Correction(SlipKind.BATCH_TWICE, (Removal(row),), slip, slip.cost)
        seen.setdefault(alike, row)
        seen.setdefault(figures, row)


def _dated(library: Library) -> Iterator[Correction]:
    """A batch whose own rows say another day, nearly all of them the same."""
    for row in library.batches.values():
        yield from _opened(library, row)
        days = _days_of(library, row)
        day, times = days.most_common(1)[0] if days else (row.registered_on, 0)
        if day is not None and day != row.registered_on and times * 2 > days.total():
            slip = slip_between(row.registered_on, day)
            slip = Slip.OTHER_BOOK if slip in (Slip.PLAIN, Slip.ONE_DIGIT) else slip
            yield changed(SlipKind.DATE, row, slip, slip.cost, registered_on=day)


def _opened(library: Library, row: SummaryRow) -> Iterator[Correction]:
    """The opening stock, entered later than another batch, on a day a slip away and before all of them."""
    others = [one.registered_on for one in library[SummaryRow] if one.flow is not Flow.OPENING]
    if row.flow is not Flow.OPENING or not others or row.registered_on <= min(others):
        return
    for day in neighbouring_dates(row.registered_on):
        if day <= min(others):
            slip = slip_between(row.registered_on, day)
            yield changed(SlipKind.DATE, row, slip, slip.cost, registered_on=day)


def _the_other_way(library: Library) -> Iterator[Correction]:
    """A batch entered as come in whose number stands on withdrawals, or the other way round; one that came later than
    the opening stock, entered as such.
    """
    opened = min((row.registered_on for row in library[SummaryRow] if row.flow is Flow.OPENING), default=date.max)
    for row in library.batches.values():
        if row.flow is Flow.OPENING and row.registered_on > opened:
            yield changed(SlipKind.CELL, row, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost, flow=Flow.IN)
        arrived, gone = row.batch_no in library.copies_by_batch, row.batch_no in library.withdrawals_by_batch
        is_other_way = gone and not arrived if row.flow is Flow.IN else arrived and not gone
        if row.flow is not Flow.OPENING and is_other_way:
            flow = Flow.IN if row.flow is Flow.OUT else Flow.OUT
            yield changed(SlipKind.CELL, row, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost, flow=flow)


def _days_of(library: Library, row: SummaryRow) -> Counter[date | None]:
    if row.flow is Flow.OUT:
        return Counter(withdrawal.withdrawn_on for withdrawal in library.withdrawals_by_batch.get(row.batch_no, ()))
    if row.flow is Flow.OPENING:
        return Counter()
    return Counter(copy.accessioned_on for copy in library.copies_by_batch.get(row.batch_no, ()))


def _unknown(balance: Balance) -> Iterator[Correction]:
    """Batch numbers that copies or withdrawals carry and 总括登记账 lacks: a line misnumbered, or none written."""
    library = balance.library
    names = {key[1]: key[0] for key in balance.off if key[0] in ("unknown", "unknown_out") and key[1]}
    left_out: dict[str, list[Any]] = {}
    for name, kind in sorted(names.items()) if library[SummaryRow].rows else ():
        copies = library.copies_by_batch.get(name, []) if kind == "unknown" else []
        gone = library.withdrawals_by_batch.get(name, []) if kind == "unknown_out" else []
        lines = copies or gone
        if not lines or name in library.batches:
            continue
        yield from _misnumbered(library, name, lines)
        # One line with such a number is a slip of its own; several were written for a batch.
        left_out[name] = lines
        if len(lines) > 1:
            yield _not_entered(library, {name: lines})
    # A page of them, each carried on from the one before.
    if len(left_out) > 1:
        yield _not_entered(library, left_out)


def _misnumbered(library: Library, name: str, lines: list[Any]) -> Iterator[Correction]:
    """Batches of as many copies that nothing else belongs to, or whose number another batch has as well."""
    times = Counter(row.batch_no for row in library[SummaryRow])
    for row in library[SummaryRow]:
        rows = library.withdrawals_by_batch if row.flow is Flow.OUT else library.copies_by_batch
        is_free = row.batch_no not in rows or times[row.batch_no] > 1
        if not is_free or row.copies != len(lines):
            continue
        slip = slip_between(row.batch_no, name)
        # The numbers of 总括登记账 follow each other.
        is_next = weighed(library, row, "batch_no", name) < 0
        slip = Slip.OTHER_BOOK if slip is Slip.PLAIN and is_next else slip
        if len(lines) > 1 or slip is not Slip.PLAIN:
            yield changed(SlipKind.NUMBER, row, slip, slip.cost - WEIGHT * is_next, batch_no=name)


def _not_entered(library: Library, left_out: dict[str, list[Any]]) -> Correction:
    """The lines of 总括登记账 that these copies or withdrawals ask for, by their numbers."""
    carried = [batch for batch in library[SummaryRow] if batch.running_copies is not None]
    for name, rows in left_out.items():
        before = max((batch for batch in carried if batch.batch_no < name), key=_number, default=None)
        carried.append(_line_of(name, rows, before))
    additions = tuple(Addition(row) for row in carried if row.batch_no in left_out)
    return Correction(SlipKind.MISSING, additions, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost)


def _number(batch: SummaryRow) -> str:
    return batch.batch_no


def _line_of(name: str, rows: list[Any], before: SummaryRow | None) -> SummaryRow:
    """The line of a batch of these copies or withdrawals, carried on from the one before."""
    is_in = isinstance(rows[0], AccessionRow)
    numbers = sorted(row.accession_no for row in rows) if is_in else [None]
    whence = {row.source if is_in else row.reason for row in rows}
    told = whence.pop() if len(whence) == 1 else None
    row = batch_line(
        rows,
        registered_on=rows[0].accessioned_on if is_in else rows[0].withdrawn_on,
        batch_no=name,
        flow=Flow.IN if is_in else Flow.OUT,
        source=SourceOrDestination(told) if told else None,
        titles=count_titles(rows) if is_in else None,
        first_no=numbers[0],
        last_no=numbers[-1],
    )
    return carried_on(row, before) if before else row
