"""The arithmetic of the ledgers: every sum that must hold, by how much each is off, and which figures stand in it.

Copies are whole numbers, money is cents. Each identity has a key; a `Vector` says for some keys what a correction
adds to them. Rules: contract 3, A to E (总括, 个别, 分类统计, 注销), and 经费登记 by its running balance and vouchers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from schoollib_xl.causes.amounts import Key, Summand, Vector, as_number, cents, difference
from schoollib_xl.causes.correction import Correction, on_trial
from schoollib_xl.causes.effort import EACH_PROPOSAL, EACH_SUMMED, Effort
from schoollib_xl.causes.sums.blanks import Blanks
from schoollib_xl.causes.sums.cash import booked_elsewhere, cash_terms
from schoollib_xl.checks.stock.batches import in_order, is_of_another_source, stated_range
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.class_periods import ClassPeriod, class_periods
from schoollib_xl.rules.corrections import correcting
from schoollib_xl.rules.holdings import unclassified_by_batch

MEASURES = ("copies", "value")
SUMMED = (AccessionRow, WithdrawalRow, SummaryRow, ClassificationRow)
PARTS = {"opening": 1, "added": 1, "removed": -1, "closing": -1}


class Balance:
    """The identities of one library, as they are off before anything is corrected."""

    def __init__(self, library: Library, effort: Effort, suspects: frozenset[int] = frozenset()) -> None:
        self.library, self.effort = library, effort
        self.suspects = suspects
        self.figures: dict[Key, list[Summand]] = defaultdict(list)
        self.keys_of: dict[Cell, list[tuple[Key, int]]] = defaultdict(list)
        self.values: dict[Cell, Any] = {}
        self._off: Counter[Key] = Counter()
        self._sum_up()

    @cached_property
    def off(self) -> Vector:
        """What each identity that does not hold is off by; those that lean on a blank cell are not judged."""
        blanks = Blanks(self.library)
        return {key: amount for key, amount in self._off.items() if amount and not blanks.bear_on(key)}

    def change_by(self, correction: Correction) -> Vector:
        """By how much each identity is off otherwise once the correction is made; those it leaves as they are, not."""
        with on_trial(self.library, [correction]) as library:
            return difference([Balance(library, self.effort, self.suspects).off], [self.off])

    @cached_property
    def periods(self) -> list[ClassPeriod]:
        """The periods of 分类统计账 that these books tell of."""
        return [one for one in self.library.derive(class_periods) if not self.library.in_older_books(one.span.ends_on)]

    @cached_property
    def copies_times(self) -> Counter[str]:
        """How often each 个别登记号 stands in 个别登记账."""
        return Counter(self.library[AccessionRow].column("accession_no"))

    def copy_terms(self, copy: AccessionRow, row: WithdrawalRow | None) -> Vector:
        """What one copy, with its line in 注销登记账, adds."""
        self.effort.spend(EACH_PROPOSAL)
        terms = dict(self._in_force(copy, row))
        number, batch = copy.accession_no, self.library.batches.get(copy.batch_no)
        if batch is None or batch.flow is Flow.OUT:
            terms["unknown", copy.batch_no] = 1
        elif self._counts(copy, batch):
            terms["copies", batch.batch_no] = 1
            terms["value", batch.batch_no] = cents(copy.price)
            terms["batch_class", batch.batch_no, copy.class_letter] = 1
        if batch is not None and batch.flow is Flow.IN:
            numbers = stated_range(batch)
            terms["range", number] = int(numbers is not None and (as_number(number) or 0) not in numbers)
            terms["early", number] = int(copy.held_from < batch.registered_on)
            terms["source", number] = int(is_of_another_source(copy, batch))
        terms["no_class", number] = int(copy.class_letter not in CLASS_LETTERS)
        terms.update(self._written_off(copy, row))
        return terms

    def _counts(self, copy: AccessionRow, batch: SummaryRow) -> bool:
        """The opening stock counts what had not been written off before it."""
        gone = copy.withdrawn_on
        return batch.flow is not Flow.OPENING or gone is None or gone >= batch.registered_on

    def _in_force(self, copy: AccessionRow, row: WithdrawalRow | None) -> Iterator[tuple[Key, int]]:
        letter, price, batch = copy.class_letter, cents(copy.price), self.library.batches.get(copy.batch_no)
        arrived, left = (batch.registered_on if batch else copy.held_from), self._left(row or copy)
        for index, period in enumerate(self.periods):
            first, last = period.counts_from, period.span.ends_on
            came = first <= arrived <= last and not (batch and batch.flow is Flow.OPENING)
            went = left is not None and first <= left <= last
            held = arrived <= last and not (left is not None and left <= last)
            for part, holds in (("added", came), ("removed", went), ("closing", held)):
                if holds:
                    yield ("period", index, letter, part, "copies"), 1
                    yield ("period", index, letter, part, "value"), price

    def _left(self, mark: AccessionRow | WithdrawalRow) -> date | None:
        batch = self.library.batches.get(mark.withdrawal_no or "")
        return batch.registered_on if batch and batch.flow is Flow.OUT and mark.withdrawn_on else mark.withdrawn_on

    def _written_off(self, copy: AccessionRow, row: WithdrawalRow | None) -> Vector:
        number = copy.accession_no
        if row is None:
            return {("gone", number): int(copy.withdrawn_on is not None or copy.withdrawal_no is not None)}
        same_mark = (row.withdrawn_on, row.withdrawal_no) == (copy.withdrawn_on, copy.withdrawal_no)
        return {
            ("gone", number): int(not same_mark),
            ("gone_price", number): 0 if row.price is None else cents(row.price) - cents(copy.price),
            ("gone_title", number): int(row.title is not None and row.title != copy.title),
            ("gone_class", number): int(row.class_no is not None and row.class_no != copy.class_no),
        }

    def row_terms(self, row: WithdrawalRow) -> Vector:
        """What one line of 注销登记账 adds by itself."""
        self.effort.spend(EACH_PROPOSAL)
        number, batch = row.accession_no, self.library.batches.get(row.withdrawal_no)
        copy = self.library.copies.get(number)
        terms: Vector = {("orphan", number): int(copy is None), ("gone_twice", number): 1}
        if batch is None or batch.flow is not Flow.OUT:
            return terms | {("unknown_out", row.withdrawal_no, row.line): 1}
        letter = (row.class_no or (copy.class_no if copy else ""))[:1].upper()
        return terms | {
            ("copies", batch.batch_no): 1,
            ("value", batch.batch_no): cents(row.price),
            ("batch_class", batch.batch_no, letter): 1,
            ("gone_on", row.line): (row.withdrawn_on - batch.registered_on).days,
        }

    def _sum_up(self) -> None:
        self.effort.spend(EACH_SUMMED * sum(len(self.library[kind].rows) for kind in SUMMED))
        self._add_copies()
        self._add_withdrawals()
        batches = [row for row in self.library.derive(in_order) if row]
        for row in batches:
            self._add_batch(row)
        self._add_running(batches)
        self._add_periods()
        self._add_cash()

    def _add_copies(self) -> None:
        """Copies nobody suspects are counted by batch, class and price: all of one kind add the same."""
        alike: dict[Key, list[AccessionRow]] = {}
        gone = self.library.withdrawals
        for copy in self.library[AccessionRow]:
            number = copy.accession_no
            if copy.line in self.suspects or number in gone or copy.withdrawn_on or copy.withdrawal_no:
                is_first = self.library.copies[number] is copy
                self._add(self.copy_terms(copy, gone.get(number) if is_first else None))
                continue
            alike.setdefault((copy.batch_no, copy.class_no[:1], copy.price), []).append(copy)
        for group in alike.values():
            self._add(self.copy_terms(group[0], None), len(group))
        for number, times in self.copies_times.items():
            if times > 1:
                self._off["twice", number] = times - 1

    def _add_withdrawals(self) -> None:
        for row in self.library.standing_withdrawals:
            self._add(self.row_terms(row))
        for number in self.library.withdrawals:
            self._off["gone_twice", number] -= 1

    def _add(self, terms: Vector, times: int = 1) -> None:
        for key, amount in terms.items():
            self._off[key] += amount * times

    def _add_batch(self, row: SummaryRow) -> None:
        batch = self.library.derive(correcting).get(row.line, row)
        batch_no, is_counted = batch.batch_no, self.library.batches[batch.batch_no] is batch
        filled = [letter for letter in CLASS_LETTERS if getattr(row, letter) is not None]
        for letter in CLASS_LETTERS if filled else ():
            self._stand(row, letter, {("classes", row.line): 1})
            if is_counted:
                self._stand(row, letter, {("batch_class", batch_no, letter): -1})
        self._stand(row, "copies", {("classes", row.line): -1} if filled else {})
        self._off["classes", row.line] += self._in_no_class(row) if filled else 0
        if is_counted:
            self._stand(row, "copies", {("copies", batch_no): -1})
            self._stand(row, "list_value", {("value", batch_no): -1})
        else:
            self._off["batch_twice", row.batch_no] += 1
        if stated_range(row) is not None:
            key = ("range_length", row.line)
            self._stand(row, "first_no", {key: -1})
            self._stand(row, "last_no", {key: 1})
            self._stand(row, "copies", {key: -1})
            self._off[key] += 1
        if not filled:
            self._forget("batch_class", batch_no)

    def _in_no_class(self, row: SummaryRow) -> int:
        """The copies of a batch that have no class yet, where its 22 columns leave them out; 0 where they do not."""
        unclassified = self.library.derive(unclassified_by_batch)[row.batch_no]
        lacking = row.copies - sum(row.by_class().values())
        return unclassified if abs(lacking - unclassified) < abs(lacking) else 0

    def _forget(self, kind: str, batch_no: str) -> None:
        for letter in CLASS_LETTERS:
            self._off.pop((kind, batch_no, letter), None)

    def _add_running(self, batches: list[SummaryRow]) -> None:
        for total, figure in (("running_copies", "copies"), ("running_value", "list_value")):
            before = None
            for row in (batch for batch in batches if getattr(batch, total) is not None):
                key = (total, row.line)
                self._stand(row, total, {key: 1})
                self._stand(row, figure, {key: -row.sign})
                if before:
                    self._stand(before, total, {key: -1})
                before = row

    def _add_periods(self) -> None:
        for index, period in enumerate(self.periods):
            earlier = period.previous.by_class if period.previous else {}
            for letter, row in period.by_class.items():
                for measure in MEASURES:
                    self._add_class(index, letter, row, earlier.get(letter), measure)
            self._add_totals(index, period)

    def _add_class(
        self, index: int, letter: str, row: ClassificationRow, before: ClassificationRow | None, measure: str
    ) -> None:
        own: Key = ("own", row.line, measure)
        for part, times in PARTS.items():
            keys = {own: times}
            if part != "opening":
                keys["period", index, letter, part, measure] = -1
            elif before is not None:
                keys["carried", row.line, measure] = 1
            self._stand(row, f"{part}_{measure}", keys)
        if before is not None:
            self._stand(before, f"closing_{measure}", {("carried", row.line, measure): -1})

    def _add_totals(self, index: int, period: ClassPeriod) -> None:
        for measure, field in {"copies": "copies", "value": "list_value"}.items() if period.complete else ():
            key = ("total", index, measure)
            for row in period.by_class.values():
                self._stand(row, f"closing_{measure}", {key: 1})
            for batch in self.library[SummaryRow]:
                if self.library.derive(correcting).get(batch.line, batch).registered_on <= period.span.ends_on:
                    self._stand(batch, field, {key: -batch.sign})

    def _add_cash(self) -> None:
        for key, row, field, times in cash_terms(self.library):
            self._stand(row, field, {key: times})
        for key, amount in booked_elsewhere(self.library):
            self._off[key] -= amount

    def _stand(self, row: Any, field: str, keys: Vector) -> None:
        """A figure stands in these identities."""
        at, value = cell(row, field), getattr(row, field)
        if (number := as_number(value)) is None:
            return
        self.values[at] = value
        for key, times in keys.items():
            self.figures[key].append(Summand(at, times))
            self.keys_of[at].append((key, times))
            self._off[key] += times * number
