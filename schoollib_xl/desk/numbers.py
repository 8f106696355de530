"""The next line and the next number of a ledger."""

import re
from collections.abc import Iterable

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import R

NUMBERED = re.compile(r"(.*?)(\d+)")


def next_line(library: Library, row_type: type[R]) -> int:
    """The line below the last one with anything in it; below the header where there is none."""
    table = library[row_type]
    header = table.place(0)[1] if table.present else 1
    used = [row.line for row in table.rows[-1:]]
    used += [row.line for row in table.incomplete]
    used += [odd.line for odd in table.oddities]
    return max([header, *used]) + 1


def next_number(numbers: Iterable[str], otherwise: str) -> str:
    """The number after the last one, in its own manner: J000123 → J000124; `otherwise` where there is none."""
    numbered = [match for match in map(NUMBERED.fullmatch, numbers) if match]
    if not numbered:
        return otherwise
    prefix = numbered[-1][1]
    last = max((match for match in numbered if match[1] == prefix), key=lambda match: int(match[2]))
    return f"{prefix}{int(last[2]) + 1:0{len(last[2])}}"
