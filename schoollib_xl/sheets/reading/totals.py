"""Totals among or below the rows of a ledger: a total is no entry, and yet a figure to check."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter
from typing import Any

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

# A book with more totals has one on every page; to look for every sum that each may be would take too long.
_MOST_TOTALS = 50


def wrong_totals(
    declared: DeclaredSheet,
    totals: Sequence[Any],
    rows: Iterable[Any],
    unread: Sequence[int],
    flaws: Sequence[FlawedCell],
) -> Iterator[OddPlace]:
    """The figures of totals that are no sum of rows above: of 分类统计账 of those since the last total, of all or of
    those of the last period; of other sheets of the last rows, however many, all of them or those of one choice.
    Nothing is said of a total above which a line is `unread`, or a figure of its column, nor of a ledger's further
    sheets, which may go on with the sums of the first.
    """
    in_order = sorted(rows, key=attrgetter("line"))
    lines = [row.line for row in in_order]
    is_classified = declared.row_type is ClassificationRow
    unclear = {(cell.line, cell.field) for cell in flaws if not cell.flaw.understood}
    began = 0
    for total in totals:
        first, end = bisect_left(lines, began), bisect_left(lines, total.line)
        began = total.line
        if first == end or any(line < total.line for line in unread):
            continue
        for field in _fields(declared):
            stated = getattr(total, field.name)
            if stated is None or any(line < total.line and name == field.name for line, name in unclear):
                continue
            is_sum = _is_sum_of_classes if is_classified else _is_sum
            if not is_sum(declared, field.name, stated, in_order[:end], first):
                yield OddPlace(Oddity.WRONG_TOTAL, total.line, field.header)


def are_judged(declared: DeclaredSheet, totals: Sequence[Any], *, are_plain: bool) -> bool:
    """Whether totals of a sheet are held against its rows: of most sheets only plain ones (合计), and nothing that is
    carried over from page to page.
    """
    if declared.row_type is ClassificationRow:
        return bool(totals)
    is_first = all(total.line < LINES_PER_SHEET for total in totals)
    return declared.row_type in _ADDED_UP and are_plain and is_first and len(totals) <= _MOST_TOTALS


def _fields(declared: DeclaredSheet) -> list[Field]:
    if declared.row_type is ClassificationRow:
        return [field for field in declared.fields if field.kind in (Kind.COUNT, Kind.MONEY)]
    return [declared.by_name[name] for name in _ADDED_UP[declared.row_type]]


def _is_sum_of_classes(_: DeclaredSheet, name: str, stated: Any, above: Sequence[Any], first: int) -> bool:
    since = above[first:]
    period = [row for row in since if (row.starts_on, row.ends_on) == (since[-1].starts_on, since[-1].ends_on)]
    return stated in (sum(getattr(row, name) for row in own) for own in (since, above, period))


def _is_sum(declared: DeclaredSheet, name: str, stated: Any, above: Sequence[Any], first: int) -> bool:
    """Whether it is the sum of the rows since the last total, which most are, or of any others it may be of."""
    if stated == sum(_figures(above[first:], name)):
        return True
    return any(stated in accumulate(reversed(figures)) for figures in _parts(declared, name, above))


def _parts(declared: DeclaredSheet, name: str, above: Sequence[Any]) -> Iterator[list[Any]]:
    """The figures of all rows, what goes out taken off, and of those with one choice, or with or without a day."""
    yield _figures(above, name)
    if declared.row_type is SummaryRow:
        yield [row.sign * (getattr(row, name) or 0) for row in above]
        yield [getattr(row, name) or 0 for row in above if row.sign > 0]
    for field in declared.fields:
        if field.kind is Kind.CHOICE:
            said = {getattr(row, field.name) for row in above}
            yield from (_figures([row for row in above if getattr(row, field.name) == one], name) for one in said)
        elif field.kind is Kind.DATE and field.nullable:
            days = [getattr(row, field.name) for row in above]
            for is_blank in (True, False):
                yield _figures([row for row, day in zip(above, days, strict=True) if (day is None) is is_blank], name)


def _figures(rows: Sequence[Any], name: str) -> list[int | Decimal]:
    return [getattr(row, name) or 0 for row in rows]
