"""填写 (FMT): words beside a line that contradict what the line itself says."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.entries.entry_sayings import ENTRY_SAYINGS
from schoollib_xl.checks.entries.lending_sayings import LENDING_SAYINGS
from schoollib_xl.checks.entries.periodical_sayings import PERIODICAL_SAYINGS
from schoollib_xl.checks.entries.sayings import OfTheRow, Saying, said_in
from schoollib_xl.checks.entries.sheet_sayings import SHEET_SAYINGS
from schoollib_xl.checks.entries.stock_sayings import STOCK_SAYINGS
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, gathered, grouped
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.rules.corrections import RED


def _by_text(sayings: Iterable[Saying]) -> Mapping[tuple[type[Any], str], list[tuple[frozenset[str], Saying]]]:
    """The sayings of each column of words with their signs, by row type and field."""
    return gathered(((one.row_type, one.text), (frozenset(one.signs), one)) for one in sayings)


_SAYINGS = _by_text((*ENTRY_SAYINGS, *STOCK_SAYINGS, *PERIODICAL_SAYINGS, *LENDING_SAYINGS, *SHEET_SAYINGS))


def _columns() -> dict[type[Any], str]:
    """The columns they look at, by row type."""
    named: dict[type[Any], dict[str, None]] = {}
    for sayings in _SAYINGS.values():
        for _, one in sayings:
            named.setdefault(one.row_type, {}).update({one.text: None, one.other: None})
    return {row_type: " ".join(names) for row_type, names in named.items()}


_COLUMNS = _columns()


@check(
    "FMT210",
    title="备注和这一行对不上",
    message="“{header}”写着“{text}”，“{other}”却{stated}{alike}。",
    why="一行里两种说法，不知道照哪一个算；统计只照栏目里的算。",
    fix="先查原始单据；栏目填错了就改正，备注过时了就改备注。",
    severity=Severity.WARNING,
    reads={},
    may_read={
        **_COLUMNS,
        AccessionRow: f"accession_no {_COLUMNS[AccessionRow]}",
        CompensationRow: f"accession_no {_COLUMNS[CompensationRow]}",
        SummaryRow: f"batch_no flow source voucher_no remarks {RED[SummaryRow]}",
        PeriodicalRow: f"starts_on ends_on due_issues {_COLUMNS[PeriodicalRow]}",
        ClassificationRow: "remarks added_copies removed_copies opening_copies closing_copies",
    },
)
def words_contradict_their_line(library: Library) -> Iterator[Found]:
    # One text filled down a column is one contradiction.
    for alike in grouped(_contradictions(library), _as_said).values():
        yield from told_once(alike)


def _as_said(one: Found) -> tuple[Any, ...]:
    return one.at.row_type, one.at.field, one.facts["text"], one.facts["other"], one.facts["stated"]


def _contradictions(library: Library) -> Iterator[Found]:
    for (row_type, name), sayings in _SAYINGS.items():
        table = library[row_type]
        for row in table.saying(name) if table.rows else ():
            told: set[tuple[str, Severity | None]] = set()
            for signs, saying in sayings:
                # Expressions are compiled where a line has such a text: that takes longer than most checks.
                if signs.isdisjoint(getattr(row, name)):
                    continue
                for one in _contradiction(library, row, saying):
                    if (saying.other, one.severity) not in told:
                        told.add((saying.other, one.severity))
                        yield one


def _contradiction(library: Library, row: Any, saying: Saying) -> Iterator[Found]:
    if isinstance(saying.contradicts, OfTheRow) and not saying.contradicts.holds(row):
        return
    text, value = getattr(row, saying.text), getattr(row, saying.other)
    told = [one for one in said_in(saying, text) if saying.contradicts(row, one.match, library)]
    if told and row.line not in library[saying.row_type].unread_lines.get(saying.other, ()):
        yield found(
            cell(row, saying.text),
            cell(row, saying.other),
            header=header_of(saying.row_type, saying.text),
            severity=told[0].severity,
            text=text,
            other=header_of(saying.row_type, saying.other),
            stated="空着" if value is None else f"是{_said(value)}",
        )


def _said(value: Any) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else f" {value}"
