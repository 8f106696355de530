"""Totals among or below the rows of 分类统计账: a total is no entry, and yet a figure to check."""

from collections.abc import Iterator, Sequence
from typing import Any

from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.schema import DeclaredSheet, Kind
from schoollib_xl.ledgers.table import Oddity, OddPlace


def has_judged_totals(declared: DeclaredSheet) -> bool:
    """Whether the totals on a sheet are held against its rows."""
    return declared.row_type is ClassificationRow


def wrong_totals(
    declared: DeclaredSheet, totals: Sequence[Any], rows: Sequence[Any], unread: Sequence[int]
) -> Iterator[OddPlace]:
    """The figures of totals that are the sum neither of the rows since the last total nor of all rows above nor of
    those of the last period. Of other sheets, whose columns cannot all be added up, nothing is said; nor of a total
    above which a line is `unread`.
    """
    names = [field for field in declared.fields if field.kind in (Kind.COUNT, Kind.MONEY)]
    began = 0
    for total in totals if has_judged_totals(declared) else ():
        above = [row for row in rows if row.line < total.line]
        since = [row for row in above if row.line > began]
        began = total.line
        if not since or any(line < total.line for line in unread):
            continue
        period = [row for row in since if (row.starts_on, row.ends_on) == (since[-1].starts_on, since[-1].ends_on)]
        for field in names:
            stated = getattr(total, field.name)
            sums = (sum(getattr(row, field.name) for row in own) for own in (since, above, period))
            if stated is not None and stated not in sums:
                yield OddPlace(Oddity.WRONG_TOTAL, total.line, field.header)
