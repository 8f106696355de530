"""Money typed in another unit, with the point elsewhere or as it was paid at a discount: the prices of batches or of a
page, a whole column.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from schoollib_xl.causes.amounts import Vector, difference, gain
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.sums.balance import Balance
from schoollib_xl.causes.trial import Course, cells_of
from schoollib_xl.checks.check import Alike
from schoollib_xl.checks.stock.batches import compared_batches
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.summary import SummaryRow

_FACTORS = (Decimal(10), Decimal(100), Decimal("0.1"), Decimal("0.01"))
_CENT = Decimal("0.01")
# One figure written so is a slip of one cell, two may be as well.
_LEAST = 3
# What a batch was paid of its list value is told in hundredths; less than this is no discount.
_HUNDREDTH, _LEAST_PAID = Decimal("0.01"), Decimal("0.2")
# Publishers price in tenths of a yuan: of several prices that come to the same at a discount the roundest is meant.
_TENTH = Decimal("0.1")
# So many pages of a batch are weighed against the sums of the classes.
_MOST_PAGES = 400
# What was typed in one go is no more lines, and of no more batches; pages that do as well are tried on all the books.
_MOST_LINES, _MOST_BATCHES, _MOST_ALIKE = 200, 3, 8
# Of the work that may still be done, this part is spent on it.
_SHARE = 0.2


def money_scaled(course: Course) -> None:
    """Name all prices of batches that together are ten or a hundred times their 码洋, or a part of it, as one cause;
    those of a batch that are what was paid; the prices of lines below each other that explain to the cent by how much
    the sums are off; a column of figures.
    """
    for factor in _FACTORS:
        if copies := _wholes(course, factor):
            course.accept([_divided(AccessionRow, "price", copies, factor)], at_least=2)
    _discounts(course)
    _columns(course)
    for page in _pages(course):
        course.accept([page], at_least=2)


def _batches_off(course: Course) -> list[tuple[SummaryRow, list[AccessionRow]]]:
    """The batches whose 码洋 is found fault with, and the copies it is made of."""
    found = course.open_findings().values()
    lines = {one.at.line for one in found if (one.at.row_type, one.at.field) == (SummaryRow, "list_value")}
    compared = course.trial.library.derive(compared_batches) if lines else []
    return [(batch, copies) for batch, copies in compared if batch.line in lines]


def _wholes(course: Course, factor: Decimal) -> list[AccessionRow]:
    """The copies of all batches whose prices together are so many times their 码洋."""
    by_batch = course.trial.library.copies_by_batch
    copies = [
        copy
        for batch, counted in _batches_off(course)
        if sum(copy.value for copy in counted) == batch.list_value * factor
        for copy in by_batch[batch.batch_no]
        if copy.price
    ]
    return copies if len(copies) >= _LEAST else []


def _discounts(course: Course) -> None:
    """Name the batches that are as they were paid: all at once, since one class may have copies of several."""
    found = [page for batch, copies in _batches_off(course) if (page := _discounted(batch, copies))]
    own = [course.trial.of([page]).gone for page in found]
    if found and course.accept(found, [()] * len(found), at_least=2, shared=own):
        return
    for page in found:
        course.accept([page], at_least=2)


def _discounted(batch: SummaryRow, copies: list[AccessionRow]) -> Correction | None:
    """All prices as they were before a discount in hundredths, where these make up 码洋 to the cent."""
    total = sum((copy.value for copy in copies), Decimal(0))
    if len(copies) < _LEAST or not batch.list_value * _LEAST_PAID < total < batch.list_value:
        return None
    discount = (total / batch.list_value).quantize(_HUNDREDTH)
    full = {copy: _before(copy.price, discount) for copy in copies if copy.price}
    if sum(full.values()) != batch.list_value:
        return None
    edits = tuple(Change(Cell(AccessionRow, copy.line, "price"), price) for copy, price in full.items())
    return Correction(SlipKind.BATCH_PRICES, edits, Slip.DISCOUNTED, Slip.DISCOUNTED.cost)


def _before(paid: Decimal, discount: Decimal) -> Decimal:
    """The price that comes to so much at the discount, the roundest of several."""
    about = (paid / discount).quantize(_CENT)
    fitting = [
        one for one in (about, about - _CENT, about + _CENT) if (one * discount).quantize(_CENT, ROUND_HALF_UP) == paid
    ]
    return next((one for one in fitting if not one % _TENTH), about)


def _divided(row_type: type[Any], field: str, rows: Iterable[Any], factor: Decimal) -> Correction:
    edits = tuple(
        Change(Cell(row_type, row.line, field), (value / factor).quantize(_CENT))
        for row in rows
        if (value := getattr(row, field))
    )
    kind = SlipKind.BATCH_PRICES if row_type is AccessionRow else SlipKind.COLUMN
    return Correction(kind, edits, Slip.SAME_FACTOR, Slip.SAME_FACTOR.cost)


def _pages(course: Course) -> Iterator[Correction]:
    """Of each batch the one page of prices that settles most sums, those of the classes among them."""
    batches = _batches_off(course)
    if not 0 < len(batches) <= _MOST_BATCHES:
        return
    balance = Balance(course.trial.library, course.effort)
    enough = course.effort.part(_SHARE)
    for batch, copies in batches:
        best: dict[int, list[Correction]] = defaultdict(list)
        excess = sum(copy.value for copy in copies) - batch.list_value
        for page, factor in _pages_of(copies, excess):
            if course.effort.done > enough:
                return
            won = gain(balance.off, _effect(balance, page, factor))
            best[won].append(_divided(AccessionRow, "price", page, factor))
        # 码洋 alone is explained by many pages, and by other slips.
        if best and max(best) > 1:
            yield from _the_one(course, best[max(best)][:_MOST_ALIKE])


def _the_one(course: Course, pages: list[Correction]) -> Iterator[Correction]:
    """That of the pages that settles most on the books and makes nothing new, where it is the only one."""
    outcomes = [(course.trial.of([page]), page) for page in pages]
    sound = sorted(((len(one.gone), page) for one, page in outcomes if not one.new), key=lambda pair: -pair[0])
    if sound and (len(sound) == 1 or sound[0][0] > sound[1][0]):
        yield sound[0][1]


def _pages_of(copies: list[AccessionRow], excess: Decimal) -> Iterator[tuple[list[AccessionRow], Decimal]]:
    """The copies below each other whose prices, written otherwise by a factor, make up what 码洋 is off by."""
    tried = 0
    for factor in _FACTORS:
        wanted = excess * factor / (factor - 1)
        for first, end in _adding_up(copies, wanted) if wanted > 0 else ():
            page = [copy for copy in copies[first:end] if copy.price]
            if _LEAST <= len(page) <= _MOST_LINES and tried < _MOST_PAGES:
                tried += 1
                yield page, factor


def _adding_up(copies: list[AccessionRow], wanted: Decimal) -> Iterator[tuple[int, int]]:
    """The stretches that come to so much; what costs nothing at their ends is not of them."""
    first, total = 0, Decimal(0)
    for end, copy in enumerate(copies, 1):
        total += copy.value
        while total > wanted or (first < end and not copies[first].value):
            total -= copies[first].value
            first += 1
        if total == wanted and copy.value:
            yield first, end


def _effect(balance: Balance, page: list[AccessionRow], factor: Decimal) -> Vector:
    """What the sums gain where the prices of the page are what they should be."""
    rows = [(copy, balance.library.withdrawals.get(copy.accession_no)) for copy in page]
    before = [balance.copy_terms(copy, row) for copy, row in rows]
    return difference([balance.copy_terms(copy._replace(price=copy.value / factor), row) for copy, row in rows], before)


def _columns(course: Course) -> None:
    """Name the column of figures that are all so many times what they should be, which settles most. A finding may
    stand for many lines.
    """
    named: dict[tuple[type[Any], str, str], list[int]] = defaultdict(list)
    for one in course.trial.findings:
        if _is_money(one.at.row_type, one.at.field) and not one.explained:
            alike = sum(fact.cells for fact in one.facts.values() if isinstance(fact, Alike))
            named[one.at.row_type, one.at.field, one.check.code].append(1 + alike)
    fitting: list[tuple[int, Correction]] = []
    for (row_type, field, code), lines in named.items():
        rows = [row for row in course.trial.library[row_type].rows if getattr(row, field)]
        if sum(lines) < max(_LEAST, len(rows) / 2):
            continue
        for factor in _FACTORS:
            column = _divided(row_type, field, rows, factor)
            if len(course.trial.of([column], {code}).gone) == len(lines):
                outcome = course.trial.of([column])
                # What only has to be less is so by any factor.
                if not outcome.new and _naming(course, row_type, field) <= outcome.gone:
                    fitting.append((len(outcome.gone), column))
    if fitting:
        course.accept([max(fitting, key=lambda pair: pair[0])[1]], at_least=2)


def _naming(course: Course, row_type: type[Any], field: str) -> set[int]:
    """The open findings that name a cell of the column."""
    open_ = course.open_findings().items()
    return {index for index, one in open_ if any((at.row_type, at.field) == (row_type, field) for at in cells_of(one))}


def _is_money(row_type: type[Any], field: str) -> bool:
    declared = SHEETS[row_type].by_name.get(field)
    return declared is not None and declared.kind is Kind.MONEY
