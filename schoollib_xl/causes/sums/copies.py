"""Corrections of 个别登记账: a copy's price, class, batch or number, a copy left out, a copy entered twice."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from schoollib_xl.causes.amounts import Proposal, Vector, as_number, difference
from schoollib_xl.causes.correction import Correction, Removal, Slip, SlipKind, changed
from schoollib_xl.causes.effort import EACH_NEIGHBOUR
from schoollib_xl.causes.evidence import weighed
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.causes.sums.balance import Balance
from schoollib_xl.causes.sums.missing import CopiesLeftOut, LackingCopies, MissingCopies, gaps
from schoollib_xl.checks.stock.batches import stated_range
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Source
from schoollib_xl.rules.titles import as_title

# So many copies of one kind (same effect on every sum) are offered; the rest are no likelier.
_OFFERED = 4


class CopyProposals:
    """What may be wrong with copies. `absent` are numbers that other books name and 个别登记账 lacks, with the row
    that names each; `odd` are copies that cost otherwise than others of their title.
    """

    def __init__(self, balance: Balance, absent: dict[str, Any], odd: Collection[str] = ()) -> None:
        self._balance = balance
        self._library = balance.library
        self._absent = absent
        self._odd = odd
        self._missing = MissingCopies(balance, absent)
        self._together = CopiesLeftOut(balance, absent)
        self._known: dict[Any, list[Proposal]] = {}
        self._free: dict[int, dict[str, None]] = {}

    def __call__(self, off: Vector) -> Iterator[Proposal]:
        lacking = tuple(key[1] for key in _lacking(off, "copies"))
        for key, amount in off.items():
            kind, name = key[0], key[1]
            if kind == "value":
                yield from self._once(("price", name, -amount), self._prices, name, -amount)
                for letter, move in sorted(_money_off(off) - {(one, -amount) for one in CLASS_LETTERS}):
                    yield from self._once(("price", name, move, letter), self._prices, name, move, letter)
            elif kind == "odd_price":
                yield from self._once(key, self._as_its_title, name)
            elif kind == "gone_price":
                yield from self._once(key, self._price_of, name, amount)
            elif kind == "batch_class" and amount > 0:
                wanted = tuple(sorted(key[2] for key in _lacking(off, "batch_class") if key[1] == name))
                yield from self._once((*key, wanted), self._classes, name, key[2], wanted)
            elif kind == "copies" and amount < 0:
                letters = tuple(sorted(key[2] for key in _lacking(off, "batch_class") if key[1] == name))
                moves = {-off.get(("value", name), 0), *(move for _, move in _money_off(off))}
                prices = tuple(sorted(Decimal(move).scaleb(-2) for move in moves if move > 0))
                # What several copies cost together says of none of them what it costs.
                prices = prices if amount == -1 else ()
                yield from self._once((*key, letters, prices), self._missing, name, letters, prices)
                together = LackingCopies.of(off, name, _money_off(off))
                yield from self._once((*key, together), self._together, name, together)
                sources = tuple(key[1] for key, over in off.items() if key[0] in ("copies", "unknown") and over > 0)
                yield from self._once((*key, sources), self._strays, name, sources)
            elif kind == "twice":
                yield from self._once(key, self._twice, name)
            elif kind in ("no_class", "range", "early", "source"):
                yield from self._once((*key, lacking), self._suspect, kind, name, lacking)

    def _once(self, key: Any, propose: Callable[..., Iterator[Proposal]], *about: Any) -> list[Proposal]:
        """The same question gets the same answer, without looking through the copies again."""
        if key not in self._known:
            self._known[key] = list(propose(*about))
        return self._known[key]

    # -- what the copies of a batch have in common -------------------------------------------------------

    @cached_property
    def _same_title(self) -> dict[Any, list[AccessionRow]]:
        return grouped(self._library[AccessionRow], as_title)

    @cached_property
    def _title_classes(self) -> dict[Any, Counter[str]]:
        return {title: Counter(copy.class_no for copy in copies) for title, copies in self._same_title.items()}

    def _classes_of_others(self, copy: AccessionRow) -> list[str]:
        """The class numbers that the other copies of the title have, each once."""
        times = self._title_classes[as_title(copy)]
        return [class_no for class_no, number in times.items() if number > (class_no == copy.class_no)]

    def _effect(self, copy: AccessionRow, after: AccessionRow | None) -> Vector:
        """What the sums gain where the copy is as it should be, or is not there."""
        row = self._row_of(copy)
        before = [self._balance.copy_terms(copy, row)]
        return difference([self._balance.copy_terms(after, row)] if after else [], before)

    def _row_of(self, copy: AccessionRow) -> Any:
        is_first = self._library.copies.get(copy.accession_no) is copy
        return self._library.withdrawals.get(copy.accession_no) if is_first else None

    def _changed(self, kind: SlipKind, copy: AccessionRow, slip: Slip, **values: Any) -> Proposal:
        correction = changed(kind, copy, slip, slip.cost, **values)
        return Proposal(correction, self._effect(copy, copy._replace(**values)))

    # -- prices ---------------------------------------------------------------------------------------------

    def _prices(self, batch_no: str, move: int, letter: str | None = None) -> Iterator[Proposal]:
        """The copies of the batch, or of one class of it, whose price, off by so much, explains its 码洋; likeliest
        first in each kind.
        """
        step = Decimal(move).scaleb(-2)
        slips: dict[Decimal, Slip] = {}
        kinds: dict[Any, list[tuple[float, int, AccessionRow, Slip]]] = defaultdict(list)
        for copy in self._copies_of(batch_no, letter):
            if copy.price is None or (should := copy.price + step) < 0:
                continue
            slip = slips.get(copy.price) or slips.setdefault(copy.price, slip_between(copy.price, should))
            cost, named_slip = self._price_told(copy, should, slip)
            kinds[copy.class_letter, copy.withdrawn_on].append((cost, copy.line, copy, named_slip))
        for found in kinds.values():
            for cost, _, copy, named_slip in nsmallest(_OFFERED, found, key=itemgetter(0, 1)):
                yield self._priced(copy, copy.value + step, named_slip, cost)

    def _copies_of(self, batch_no: str, letter: str | None) -> Sequence[AccessionRow]:
        if letter is None:
            return self._library.copies_by_batch.get(batch_no, ())
        return self._by_class.get((batch_no, letter), ())

    @cached_property
    def _by_class(self) -> dict[tuple[str, str], list[AccessionRow]]:
        return grouped(self._library[AccessionRow], lambda copy: (copy.batch_no, copy.class_letter))

    def _price_told(self, copy: AccessionRow, should: Decimal, slip: Slip) -> tuple[float, Slip]:
        """What the price costs, less where the title's other copies have it, and what speaks for it."""
        if copy.price == 0 and copy.source is Source.PURCHASE:
            return Slip.ZERO.cost - 0.1, Slip.ZERO
        prices = self._title_prices[as_title(copy)]
        if not prices[should]:
            return slip.cost, slip
        named_slip = Slip.SAME_TITLE if prices[copy.price] == 1 else slip
        return min(slip.cost, named_slip.cost) - 0.1, named_slip

    @cached_property
    def _title_prices(self) -> dict[Any, Counter[Decimal | None]]:
        return {title: Counter(copy.price for copy in copies) for title, copies in self._same_title.items()}

    def _priced(self, copy: AccessionRow, should: Decimal, named_slip: Slip, cost: float) -> Proposal:
        correction = changed(SlipKind.PRICE, copy, named_slip, cost, price=should)
        effect = self._effect(copy, copy._replace(price=should))
        effect.update(dict.fromkeys((("odd_price", number) for number in self._no_longer_odd(copy, should)), -1))
        return Proposal(correction, effect)

    def _no_longer_odd(self, copy: AccessionRow, should: Decimal) -> Iterator[str]:
        """The copies that cost otherwise than others of the title, and no more where this one costs so much: of two
        either may be the one that is told.
        """
        title = as_title(copy)
        others = self._title_prices[title] - Counter((copy.price,))
        if others.keys() == {should}:
            yield from (one.accession_no for one in self._same_title[title] if one.accession_no in self._odd)
        elif copy.accession_no in self._odd and others[should]:
            yield copy.accession_no

    def _as_its_title(self, number: str) -> Iterator[Proposal]:
        """A copy that costs otherwise than the other copies of its title: as most of them."""
        copy = self._library.copies[number]
        others = self._title_prices[as_title(copy)] - Counter((copy.price,))
        for should, _ in others.most_common(2):
            if should is not None and should != copy.price:
                cost, named_slip = self._price_told(copy, should, slip_between(copy.price, should))
                yield self._priced(copy, should, named_slip, cost)

    def _price_of(self, number: str, move: int) -> Iterator[Proposal]:
        # A number that only another correction would bring about is no copy's yet.
        if copy := self._library.copies.get(number):
            yield self._changed(SlipKind.PRICE, copy, Slip.OTHER_BOOK, price=copy.value + Decimal(move).scaleb(-2))

    # -- classes and batches --------------------------------------------------------------------------------

    def _classes(self, batch_no: str, letter: str, wanted: tuple[str, ...]) -> Iterator[Proposal]:
        """Copies that count under one class too many and under another too few."""
        copies = [one for one in self._library.copies_by_batch.get(batch_no, ()) if one.class_letter == letter]
        for should in wanted:
            kinds: dict[Any, list[tuple[float, AccessionRow, Slip, str]]] = defaultdict(list)
            for copy in copies:
                named_slip, class_no = self._class_no(copy, should)
                kinds[copy.price, copy.withdrawn_on].append((named_slip.cost, copy, named_slip, class_no))
            for found in kinds.values():
                found.sort(key=lambda one: (one[0], one[1].line))
                for _, copy, named_slip, class_no in found[:_OFFERED]:
                    yield self._changed(SlipKind.CLASS, copy, named_slip, class_no=class_no)

    def _class_no(self, copy: AccessionRow, letter: str) -> tuple[Slip, str]:
        """The class number under the other letter: that of the title's other copies, else the letter alone."""
        class_numbers = self._classes_of_others(copy)
        fitting = [number for number in class_numbers if number[:1].upper() == letter]
        if fitting and copy.class_no not in class_numbers:
            return Slip.SAME_TITLE, fitting[0]
        return (Slip.PLAIN if class_numbers else Slip.ONE_SIGN), letter + copy.class_no[1:]

    def _strays(self, batch_no: str, sources: tuple[str, ...]) -> Iterator[Proposal]:
        """Copies of batches that are unknown or have too many, which the batch lacks."""
        batch = self._library.batches[batch_no]
        numbers = stated_range(batch) or range(0)
        for source in sources:
            for copy in self._library.copies_by_batch.get(source, ()):
                fits = (as_number(copy.accession_no) or 0) in numbers
                if fits or copy.batch_no not in self._library.batches:
                    slip = Slip.NUMBER_IN_RANGE if fits else slip_between(copy.batch_no, batch_no)
                    yield self._changed(SlipKind.BATCH, copy, slip, batch_no=batch_no)

    def _suspect(self, kind: str, number: str, lacking: tuple[str, ...]) -> Iterator[Proposal]:
        """A copy that does not fit its batch: its own cell is the one to mend."""
        copy = self._library.copies.get(number)
        if copy is None:
            return
        batch = self._library.batches.get(copy.batch_no)
        if kind == "no_class":
            letters = {class_no[:1].upper() for class_no in self._classes_of_others(copy)} & set(CLASS_LETTERS)
            for letter in sorted(letters or CLASS_LETTERS):
                named_slip, class_no = self._class_no(copy, letter)
                yield self._changed(SlipKind.CLASS, copy, named_slip, class_no=class_no)
            return
        for batch_no in lacking:
            named_slip = slip_between(copy.batch_no, batch_no)
            yield self._changed(SlipKind.BATCH, copy, named_slip, batch_no=batch_no)
        if kind == "range":
            yield from self._renumbered(copy, Slip.NUMBER_LEFT_OUT)
            yield self._struck(copy, Slip.PLAIN)
        elif kind == "early" and batch:
            slip = slip_between(copy.accessioned_on, batch.registered_on)
            yield self._changed(SlipKind.DATE, copy, slip, accessioned_on=batch.registered_on)

    # -- rows too many and too few --------------------------------------------------------------------------

    def _twice(self, number: str) -> Iterator[Proposal]:
        """A number on two lines: one line is too many, or one of the numbers should be one that is left out."""
        rows = [copy for copy in self._library[AccessionRow] if copy.accession_no == number]
        alike = {row._replace(line=0) for row in rows}
        for row in reversed(rows):
            yield self._struck(row, Slip.SAME_ROW if len(alike) < len(rows) else Slip.PLAIN)
        for row in rows:
            yield from self._renumbered(row, Slip.NUMBER_LEFT_OUT)

    def _struck(self, row: AccessionRow, slip: Slip) -> Proposal:
        effect = self._effect(row, None)
        if self._balance.copies_times[row.accession_no] > 1:
            effect["twice", row.accession_no] = -1
        return Proposal(Correction(SlipKind.TWICE, (Removal(row),), slip, slip.cost), effect)

    def _renumbered(self, row: AccessionRow, slip: Slip) -> Iterator[Proposal]:
        batch = self._library.batches.get(row.batch_no)
        free = self._free_numbers(batch) if batch else {}
        for number in free:
            after = row._replace(accession_no=number)
            effect = difference(
                [self._balance.copy_terms(after, None)], [self._balance.copy_terms(row, self._row_of(row))]
            )
            effect.update(self._number_settled(row.accession_no, number))
            named_slip = slip if number in self._absent else slip_between(row.accession_no, number)
            self._balance.effort.spend(EACH_NEIGHBOUR)
            cost = named_slip.cost + weighed(self._library, row, "accession_no", number)
            yield Proposal(changed(SlipKind.NUMBER, row, named_slip, cost, accession_no=number), effect)

    def _free_numbers(self, batch: SummaryRow) -> dict[str, None]:
        if batch.line not in self._free:
            self._free[batch.line] = dict.fromkeys([*self._absent, *gaps(self._library, batch)])
        return self._free[batch.line]

    def _number_settled(self, old: str, new: str) -> Vector:
        settled: Vector = {}
        if self._balance.copies_times[old] > 1:
            settled["twice", old] = -1
        if new in self._absent:
            settled["absent", new] = -1
        return settled


def _money_off(off: Vector) -> set[tuple[str, int]]:
    """By how much classes are off in money at the end of a period: what one copy of the class may be off by."""
    return {(key[2], -amount) for key, amount in off.items() if key[0] == "period" and key[3:] == ("closing", "value")}


def _lacking(off: Vector, kind: str) -> list[Any]:
    """The keys of this kind that have too few."""
    return [key for key, amount in off.items() if key[0] == kind and amount < 0]
