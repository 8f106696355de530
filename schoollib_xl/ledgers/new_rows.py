"""Rows made from a declaration: with the values that are given, or as the declared example says."""

from collections.abc import Callable
from typing import Any

from schoollib_xl.ledgers.schema import SHEETS, R


def new_row(row_type: type[R], line: int, **values: Any) -> R:
    """A row with these values by field; every other column that may be blank is.

    Raises TypeError where a column that may not be blank is not given.
    """
    blanks = dict.fromkeys(SHEETS[row_type].nullable)
    make: Callable[..., R] = row_type
    return make(line=line, **(blanks | values))


def example(row_type: type[R], line: int = 2, **changes: Any) -> R:
    """The declared example row, with `changes`: what help pages show and tests start from."""
    declared = SHEETS[row_type]
    values = {field.name: field.column.example for field in declared.fields}
    make: Callable[..., R] = row_type
    return make(line=line, **(values | changes))
