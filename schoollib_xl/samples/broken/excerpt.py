"""A broken example as small tables: of each sheet the lines there are and the columns the check looks at."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import islice
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Check
from schoollib_xl.ledgers.schema import DeclaredSheet, Field
from schoollib_xl.samples.broken.entry import Misread
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.sheets.building.body import WrittenLine
from schoollib_xl.sheets.building.contents import Contents, RawCell
from schoollib_xl.sheets.cells import ErrorValue, Uncalculated
from schoollib_xl.sheets.layout import HEADER_ROW

_MOST_LINES = 8
_MOST_COLUMNS = 8


class Excerpt(NamedTuple):
    """Part of a sheet as text; `left_out` is how many more lines the example has."""

    sheet: str
    headers: tuple[str, ...]
    lines: list[tuple[str, ...]]
    left_out: int


def excerpts(check: Check, example: Example) -> Iterator[Excerpt]:
    """The sheets an example is about, each with its own number and the columns the check looks at."""
    raw = example.raw if isinstance(example, Misread) else ()
    contents = Contents(example.ledger_set, raw)
    concerned = {*example.ledger_set.rows, *(row_type for row_type, *_ in raw)}
    for page in contents.pages():
        if page.declared.row_type in concerned:
            fields = list(islice(_columns(check, page.declared, raw), _MOST_COLUMNS))
            lines = list(contents.lines(page))
            texts = [_texts(line, page.declared, fields) for line in lines[:_MOST_LINES]]
            headers = ("行", *(field.header for field in fields))
            yield Excerpt(page.name, headers, texts, max(0, len(lines) - _MOST_LINES))


def _columns(check: Check, declared: DeclaredSheet, raw: Sequence[RawCell]) -> Iterator[Field]:
    """The row's own number, what the check reads, and what is raw, in the order of the sheet."""
    wanted = {declared.key, *check.reads.get(declared.row_type, ())}
    wanted |= {field for row_type, _, field, _ in raw if row_type is declared.row_type}
    return (field for field in declared.fields if field.name in wanted)


def _texts(line: WrittenLine, declared: DeclaredSheet, fields: Sequence[Field]) -> tuple[str, ...]:
    number = "表头" if line.number == HEADER_ROW else str(line.number)
    return (number, *(_text(line, declared.positions[field.name] - 1) for field in fields))


def _text(line: WrittenLine, column: int) -> str:
    value: Any = line.raw.get(column, line.values[column])
    if value is None:
        return ""
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, Uncalculated):
        return f"={value.formula}（没有结果）"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else f"{value:g}" if isinstance(value, float) else str(value)
