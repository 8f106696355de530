"""Corrections of what was written off: in one book only, under another number, on another day, twice."""

from collections.abc import Iterator
from typing import Any

from schoollib_xl.causes.amounts import Proposal, Vector, difference
from schoollib_xl.causes.correction import Addition, Correction, Removal, Slip, SlipKind, changed
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.causes.sums.balance import Balance
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_MARK = ("withdrawn_on", "withdrawal_no")


class WithdrawalProposals:
    """What may be wrong between 注销登记账, the marks in 个别登记账 and the batches of 总括登记账."""

    def __init__(self, balance: Balance) -> None:
        self._balance = balance
        self._library = balance.library

    def __call__(self, off: Vector) -> Iterator[Proposal]:
        marked = [copy for copy in self._of(off, "gone") if copy.accession_no not in self._library.withdrawals]
        unmarked = list(self._unmarked(off))
        for copy in marked:
            yield from self._not_entered(copy)
            yield from (self._renumbered(row, copy) for row in unmarked)
        for row in unmarked:
            yield from self._not_marked(row)
        for copy in self._of(off, "gone"):
            yield from self._marked_otherwise(copy)
        for kind, field in (("gone_price", "price"), ("gone_class", "class_no"), ("gone_title", "title")):
            for copy in self._of(off, kind):
                entry = self._library.withdrawals.get(copy.accession_no)
                if entry is None:  # its line would first have to be written by another correction
                    continue
                # What the other book leaves blank tells nothing of this one.
                own, entered = getattr(copy, field), getattr(entry, field)
                if own not in ("", None):
                    yield self._changed(entry, Slip.OTHER_BOOK, **{field: own})
                if field != "price" and entered not in ("", None):
                    yield self._copy_changed(copy, Slip.OTHER_BOOK, **{field: entered})
        yield from self._twice(off)
        yield from self._of_another_batch(off)

    def _of(self, off: Vector, kind: str) -> list[AccessionRow]:
        numbers = [key[1] for key in off if key[0] == kind]
        return [self._library.copies[number] for number in numbers if number in self._library.copies]

    def _unmarked(self, off: Vector) -> Iterator[WithdrawalRow]:
        """Rows whose copy bears no mark, or is not in the book."""
        for number in [key[1] for key in off if key[0] in ("gone", "orphan")]:
            copy, row = self._library.copies.get(number), self._library.withdrawals.get(number)
            if row is not None and (copy is None or copy.withdrawn_on is None):
                yield row

    def _terms(self, copy: AccessionRow | None, row: WithdrawalRow | None) -> list[Vector]:
        of_copy = [self._balance.copy_terms(copy, row)] if copy else []
        return [*of_copy, *([self._balance.row_terms(row)] if row else [])]

    def _changed(self, row: WithdrawalRow, slip: Slip, **values: Any) -> Proposal:
        copy, after = self._library.copies.get(row.accession_no), row._replace(**values)
        effect = difference(self._terms(copy, after), self._terms(copy, row))
        return Proposal(changed(SlipKind.WITHDRAWAL, row, slip, slip.cost, **values), effect)

    def _copy_changed(self, copy: AccessionRow, slip: Slip, **values: Any) -> Proposal:
        row, after = self._library.withdrawals.get(copy.accession_no), copy._replace(**values)
        effect = difference(self._terms(after, row), self._terms(copy, row))
        return Proposal(changed(SlipKind.WITHDRAWAL, copy, slip, slip.cost, **values), effect)

    def _both_changed(self, row: WithdrawalRow, copy: AccessionRow, slip: Slip, **values: Any) -> Proposal:
        """The line and the mark say the same, and both otherwise than the batch."""
        effect = difference(
            self._terms(copy._replace(**values), row._replace(**values)),
            self._terms(copy, row),
        )
        edits = tuple(edit for one in (row, copy) for edit in changed(SlipKind.BATCH, one, slip, 0, **values).edits)
        return Proposal(Correction(SlipKind.BATCH, edits, slip, slip.cost), effect)

    def _not_entered(self, copy: AccessionRow) -> Iterator[Proposal]:
        """A copy marked as written off that 注销登记账 lacks: the line is missing, or the mark is wrong."""
        mates = self._library.withdrawals_by_batch.get(copy.withdrawal_no or "") or list(self._library[WithdrawalRow])
        if mates and copy.withdrawn_on and copy.withdrawal_no:
            values = {name: getattr(copy, name) for name in ("accession_no", "title", "class_no", "price", *_MARK)}
            addition = Addition(mates[0]._replace(remarks=None, **values))
            effect = difference(self._terms(copy, addition.row), self._terms(copy, None))
            effect.pop(("gone_twice", copy.accession_no), None)
            correction = Correction(SlipKind.WITHDRAWAL, (addition,), Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost)
            yield Proposal(correction, effect)
        yield self._copy_changed(copy, Slip.OTHER_BOOK, withdrawn_on=None, withdrawal_no=None)

    def _not_marked(self, row: WithdrawalRow) -> Iterator[Proposal]:
        copy = self._library.copies.get(row.accession_no)
        if copy is not None:
            yield self._copy_changed(
                copy, Slip.OTHER_BOOK, withdrawn_on=row.withdrawn_on, withdrawal_no=row.withdrawal_no
            )
        yield self._struck(row, Slip.PLAIN)

    def _struck(self, row: WithdrawalRow, slip: Slip) -> Proposal:
        is_first = self._library.withdrawals[row.accession_no] is row
        copy = self._library.copies.get(row.accession_no) if is_first else None
        effect = difference(self._terms(copy, None), self._terms(copy, row))
        if is_first:
            effect.pop(("gone_twice", row.accession_no), None)
        return Proposal(Correction(SlipKind.TWICE, (Removal(row),), slip, slip.cost), effect)

    def _renumbered(self, row: WithdrawalRow, copy: AccessionRow) -> Proposal:
        """The line was meant for the copy that bears the mark."""
        other, after = self._library.copies.get(row.accession_no), row._replace(accession_no=copy.accession_no)
        before = [*self._terms(other, row), *self._terms(copy, None)]
        effect = difference([*self._terms(other, None), *self._terms(copy, after)], before)
        effect = {key: amount for key, amount in effect.items() if key[0] != "gone_twice"}
        slip = slip_between(row.accession_no, copy.accession_no)
        slip = Slip.OTHER_BOOK if row.title == copy.title and slip is Slip.PLAIN else slip
        return Proposal(changed(SlipKind.NUMBER, row, slip, slip.cost, accession_no=copy.accession_no), effect)

    def _marked_otherwise(self, copy: AccessionRow) -> Iterator[Proposal]:
        """Day and batch differ between the copy's mark and its line: either may be the one that is wrong."""
        row = self._library.withdrawals.get(copy.accession_no)
        if row is None or copy.withdrawn_on is None:
            return
        differing = [name for name in _MARK if getattr(row, name) != getattr(copy, name)]
        slip = slip_between(getattr(copy, differing[0]), getattr(row, differing[0])) if differing else Slip.PLAIN
        yield self._copy_changed(copy, slip, **{name: getattr(row, name) for name in differing})
        yield self._changed(row, slip, **{name: getattr(copy, name) for name in differing})

    def _twice(self, off: Vector) -> Iterator[Proposal]:
        for number in [key[1] for key in off if key[0] == "gone_twice"]:
            rows = [row for row in self._library.standing_withdrawals if row.accession_no == number]
            for row in rows[1:]:
                yield self._struck(row, Slip.SAME_ROW)

    def _of_another_batch(self, off: Vector) -> Iterator[Proposal]:
        """Lines under a batch that is not one, or dated otherwise than their batch."""
        out = [row for row in self._library[SummaryRow] if row.flow is Flow.OUT]
        lines = {key[2] for key in off if key[0] == "unknown_out"} | {key[1] for key in off if key[0] == "gone_on"}
        for row in self._library.standing_withdrawals:
            if row.line not in lines:
                continue
            batch = self._library.batches.get(row.withdrawal_no)
            if batch is not None and batch.flow is Flow.OUT and batch.registered_on != row.withdrawn_on:
                slip = slip_between(row.withdrawn_on, batch.registered_on)
                yield self._changed(row, slip, withdrawn_on=batch.registered_on)
            for one in out:
                if one.batch_no != row.withdrawal_no:
                    slip = slip_between(row.withdrawal_no, one.batch_no)
                    yield self._changed(row, slip, withdrawal_no=one.batch_no)
                    copy = self._library.copies.get(row.accession_no)
                    if copy is not None and copy.withdrawal_no == row.withdrawal_no:
                        yield self._both_changed(row, copy, slip, withdrawal_no=one.batch_no)
