"""Totals among or below the rows of a ledger: a total is no entry, and yet a figure to check."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, DeclaredSheet, Field, Kind
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.table import FlawedCell, Oddity, OddPlace
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# What may be added up; not running totals, nor titles, which are counted anew for any number of batches.
_ADDED_UP: dict[type[Any], tuple[str, ...]] = {
    SummaryRow: ("copies", "list_value", "paid_value"),
    AccessionRow: ("price",),
    PeriodicalRow: ("copies", "amount"),
    WithdrawalRow: ("price",),
    CompensationRow: ("owed", "paid"),
    CashRow: ("received", "spent"),
    ClassRow: ("pupils",),
    VisitRow: ("people",),
}

# So many totals are looked for among all the sums that they may be of; on a book with one on every page that would
# take too long, and most are the sum of what stands above.
_MOST_SEARCHED = 50


class TotalLine(NamedTuple):
    """A line of totals; `is_brought` where it is the sum of what stands before (承前页), `of_month` where it says to be
    of a month (本月合计).
    """

    row: Any
    is_brought: bool = False
    of_month: bool = False


def wrong_totals(
    declared: DeclaredSheet,
    totals: Sequence[TotalLine],
    rows: Iterable[Any],
    unread: Sequence[int],
    flaws: Sequence[FlawedCell],
) -> Iterator[OddPlace]:
    """The figures of totals that are no sum of rows above: of 分类统计账 of those since the last total, of all or of
    those of the last period; of other sheets of the last rows, however many, all of them or those of one choice or
    month, or of what was brought forward and the rows since.
    Nothing is said of a total above which a line is `unread`, or a figure of its column, nor of a ledger's further
    sheets, which may go on with the sums of the first.
    """
    first_unread = min(unread, default=None)
    judged = [one for one in totals if first_unread is None or one.row.line < first_unread]
    unclear = {(cell.line, cell.field) for cell in flaws if not cell.flaw.understood}
    in_order = sorted(rows, key=attrgetter("line"))
    wrong: list[tuple[int, Field]] = []
    for field in _fields(declared):
        first_unclear = min((line for line, name in unclear if name == field.name), default=None)
        readable = [one for one in judged if first_unclear is None or one.row.line <= first_unclear]
        wrong += ((line, field) for line in _wrong_lines(declared, field.name, readable, in_order))
    yield from (OddPlace(Oddity.WRONG_TOTAL, line, field.header) for line, field in sorted(wrong, key=itemgetter(0)))


def _wrong_lines(declared: DeclaredSheet, name: str, totals: Sequence[TotalLine], rows: Sequence[Any]) -> Iterator[int]:
    """The lines of the totals whose figure of this column is no sum."""
    lines = [row.line for row in rows]
    sums = _SumsAbove(declared, name, rows)
    began, before, month_began = 0, None, 0
    for total in totals:
        first, end = bisect_left(lines, began), bisect_left(lines, total.row.line)
        stated = getattr(total.row, name)
        if stated is None and total.is_brought:
            return
        is_repeated = first == end and stated == before
        holds = sums.of_month if total.of_month else sums.holds
        since = month_began if total.of_month else first
        if stated is not None and end and not is_repeated and not holds(stated, since, end):
            yield total.row.line
        if total.of_month:
            month_began = end
        if total.is_brought:
            sums.brought.append((end, stated))
        began, before = total.row.line, stated


class _SumsAbove:
    """The sums that a figure may be of; `brought` are what was brought forward, each with how many rows stand above."""

    def __init__(self, declared: DeclaredSheet, name: str, rows: Sequence[Any]) -> None:
        self._declared, self._name, self._rows = declared, name, rows
        self.brought: list[tuple[int, Any]] = []
        self._searched = 0

    def of_month(self, stated: Any, first: int, end: int) -> bool:
        """Whether it is the sum of the rows since the last total of a month, or of those of the last row's month."""
        above = self._rows[:end]
        day = next(
            (field.name for field in self._declared.fields if field.kind is Kind.DATE and not field.nullable), None
        )
        last = getattr(above[-1], day) if day else None
        if day is None or last is None:
            return self.holds(stated, first, end)
        month = [row for row in above if (on := getattr(row, day)) and (on.year, on.month) == (last.year, last.month)]
        parts = [above[first:], month]
        sums = [sum(_figures(part, self._name)) for part in parts]
        if self._declared.row_type is SummaryRow:
            sums += [sum(_signed(part, self._name)) for part in parts]
        return stated in sums

    def holds(self, stated: Any, first: int, end: int) -> bool:
        """Whether it is the sum of the rows since the last total, which most are, or of any others it may be of."""
        above = self._rows[:end]
        if self._declared.row_type is ClassificationRow:
            return first == end or _is_sum_of_classes(self._name, stated, above, first)
        if stated in (sum(_figures(above[first:], self._name)), *self._with_brought(above)):
            return True
        # A total of every page may run through the book.
        if stated == sum(_figures(above, self._name)):
            return True
        self._searched += 1
        if self._searched > _MOST_SEARCHED:
            return True
        return any(stated in accumulate(reversed(part)) for part in _parts(self._declared, self._name, above))

    def _with_brought(self, above: Sequence[Any]) -> Iterator[Any]:
        for at, amount in self.brought:
            yield amount + sum(_figures(above[at:], self._name))
            if self._declared.row_type is SummaryRow:
                yield amount + sum(_signed(above[at:], self._name))


def are_judged(declared: DeclaredSheet, totals: Sequence[TotalLine]) -> bool:
    """Whether totals of a sheet are held against its rows."""
    is_first = all(total.row.line < LINES_PER_SHEET for total in totals)
    return bool(totals) and (declared.row_type is ClassificationRow or (declared.row_type in _ADDED_UP and is_first))


def _fields(declared: DeclaredSheet) -> list[Field]:
    if declared.row_type is ClassificationRow:
        return [field for field in declared.fields if field.kind in (Kind.COUNT, Kind.MONEY)]
    return [declared.by_name[name] for name in _ADDED_UP[declared.row_type]]


def _is_sum_of_classes(name: str, stated: Any, above: Sequence[Any], first: int) -> bool:
    since = above[first:]
    period = [row for row in since if (row.starts_on, row.ends_on) == (since[-1].starts_on, since[-1].ends_on)]
    return stated in (sum(getattr(row, name) for row in own) for own in (since, above, period))


def _parts(declared: DeclaredSheet, name: str, above: Sequence[Any]) -> Iterator[list[Any]]:
    """The figures of all rows, what goes out taken off, and of those with one choice, of one month, or with or without
    a day.
    """
    yield _figures(above, name)
    if declared.row_type is SummaryRow:
        yield _signed(above, name)
        yield [getattr(row, name) or 0 for row in above if row.sign > 0]
    for field in declared.fields:
        if field.kind is Kind.CHOICE:
            said = {getattr(row, field.name) for row in above}
            yield from (_figures([row for row in above if getattr(row, field.name) == one], name) for one in said)
        elif field.kind is Kind.DATE and not field.nullable:
            months: defaultdict[tuple[int, int] | None, list[Any]] = defaultdict(list)
            for row in above:
                day = getattr(row, field.name)
                months[day and (day.year, day.month)].append(row)
            yield from (_figures(own, name) for own in months.values())
        elif field.kind is Kind.DATE:
            days = [getattr(row, field.name) for row in above]
            for is_blank in (True, False):
                yield _figures([row for row, day in zip(above, days, strict=True) if (day is None) is is_blank], name)


def _figures(rows: Sequence[Any], name: str) -> list[int | Decimal]:
    return [getattr(row, name) or 0 for row in rows]


def _signed(rows: Sequence[Any], name: str) -> list[int | Decimal]:
    return [row.sign * (getattr(row, name) or 0) for row in rows]
