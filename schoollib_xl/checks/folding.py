"""Many rows with one cause are one finding, at the first of them."""

from collections.abc import Iterable

from schoollib_xl.ledgers.schema import Cell, Row, cell

# A slip in one row of 班级 can touch thousands of loans; nobody follows so many links.
MOST_SHOWN = 20


def folded(rows: Iterable[Row], field: str) -> list[Cell]:
    """The cells of rows with one cause, in line order: the first is to be blamed, the rest shown beside it."""
    lines = sorted(rows, key=lambda row: row.line)
    return [cell(row, field) for row in lines[:MOST_SHOWN]]
