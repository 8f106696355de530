"""What a new workbook starts with: the shipped default rows, and the year's public holidays."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import SHEETS_BY_NAME
from schoollib_xl.ledgers.schema import DeclaredSheet, Field
from schoollib_xl.ledgers.school import School, first_year, usual_start
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.papers import SentenceRow
from schoollib_xl.rules.placeholders import shipped
from schoollib_xl.sheets.building.prefill import prefill
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.tidy import Flawed, tidy
from schoollib_xl.wording.papers.sentence_patterns import shipped_sentences

# The first years of school years that end within what a date in a ledger may be.
_YEARS = range(1900, 2100)
_NO_SCHOOL_YEAR = "{first}-{last} 不会是要记账的学年：命令里写了日期就改日期，没有写就先把电脑的日期改对，再来一次。"


class Start(NamedTuple):
    """The set of ledgers of a new workbook, and the years whose public holidays are not known yet."""

    ledger_set: LedgerSet
    unknown_years: tuple[int, ...]


def starting_ledger_set(as_of: date) -> Start:
    """The set of ledgers of a new workbook for the school year that `as_of` lies in; from August on, for the one
    about to begin.
    """
    year = first_year(as_of)
    first, last = usual_start(year), date(year + 1, 7, 31)
    calendar = prefill(first, last)
    rows = {**default_rows(first), CalendarRow: calendar.rows, SentenceRow: list(shipped_sentences())}
    return Start(LedgerSet(School(school_year=f"{year}-{year + 1}"), rows), calendar.unknown_years)


def default_rows(since: date) -> dict[type[Any], list[Any]]:
    """The shipped rows by sheet; rules without a date of their own count from `since`, the first day of a
    school year.

    Raises Unusable for a year nobody keeps books in, as a clock that has stopped gives.
    """
    if since.year not in _YEARS:
        raise Unusable(_NO_SCHOOL_YEAR.format(first=since.year, last=since.year + 1))
    rows: dict[type[Any], list[Any]] = defaultdict(list)
    for name, entries in shipped().items():
        for line, entry in enumerate(entries, 2):
            declared = SHEETS_BY_NAME[name]
            values = dict(_values(declared, {"since": since} | entry))
            rows[declared.row_type].append(declared.row_type(line=line, **values))
    return dict(rows)


def _values(declared: DeclaredSheet, entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for field in declared.fields:
        yield field.name, _value(field, entry.get(field.name))


def _value(field: Field, given: Any) -> Any:
    """The value as a cell of this column would be read."""
    if given is None:
        return None
    taken = tidy(given, field, 0)
    if isinstance(taken, Flawed):
        raise ValueError(f"placeholders.toml: {field.header} cannot be {given!r}")
    return taken
