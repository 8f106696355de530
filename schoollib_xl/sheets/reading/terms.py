"""Terms told with their school year: 2025-2026第二学期 in the books of 2025-2026 is 第二学期."""

from collections.abc import Iterable, Iterator
from typing import Any

from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import TermName, year_named
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.table import FlawedCell, LedgerTable

_FIELD = "term"
_TERM = "学期"


def with_terms(tables: Iterable[LedgerTable[Any]], school_year: str | None) -> Iterator[LedgerTable[Any]]:
    """The tables, terms of 计划文字 without their school year; one of another year stays unread, as it is of none of
    the terms that papers are made for.
    """
    for table in tables:
        yield _without_year(table, school_year) if table.declared.row_type is ParagraphRow else table


def _without_year(table: LedgerTable[Any], school_year: str | None) -> LedgerTable[Any]:
    told = {flaw.line: term for flaw in table.flaws if (term := _term_of(flaw, school_year))}
    if not told:
        return table
    rows = [row._replace(term=told.get(row.line, row.term)) for row in table]
    flaws = [flaw for flaw in table.flaws if flaw.field != _FIELD or flaw.line not in told]
    return table.changed(rows=rows, flaws=flaws)


def _term_of(flaw: FlawedCell, school_year: str | None) -> TermName | None:
    """The term that the cell names, where the year before it is that of these books."""
    if flaw.field != _FIELD or not school_year:
        return None
    text = "".join(flaw.text.split())
    words = SHEETS[ParagraphRow].by_name[_FIELD].words
    word = max((one for one in words if one.endswith(_TERM) and text.endswith(one)), key=len, default=None)
    year = year_named(text.removesuffix(word)) if word else None
    return TermName(words[word]) if word and year is not None and year == year_named(school_year) else None
