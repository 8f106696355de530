"""Registers with a line for each book and several borrowers beside one another: 借阅人 | 借阅时间, and again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from schoollib_xl.adoption.forms.kinds import LOANS
from schoollib_xl.adoption.forms.table_kinds import unnumbered
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.sheets.reading.recognising import plain_header

_READER = ("reader_no", "name")
# What is said once of the line is said of its first loan.
_OF_THE_FIRST = frozenset({"loan_no", "due_on", "returned_on", "outcome", "renewals", "handled_by", "remarks"})
_OF_A_LOAN = (*_READER, "class_name", "lent_on", "due_on", "returned_on", "outcome")


def with_further_borrowers(tables: Iterable[FoundTable]) -> Iterator[FoundTable]:
    """The tables; a register that names several readers of a book on its line once for each of them."""
    for table in tables:
        groups = _groups(table)
        of_all = {at for group in groups for at in group.values()}
        yield table.without(of_all - {*groups[0].values()}) if groups else table
        for nth, group in enumerate(groups[1:], 2):
            columns = {name: at for name, at in table.columns.items() if name not in _OF_THE_FIRST} | group
            lines = [line for line in table.lines if any(map(line.said, group.values()))]
            again = replace(
                table, sheet=f"{table.sheet}（第 {nth} 个借书人）", lines=lines, columns=columns, non_entries=[]
            )
            yield replace(again, how=dict(table.how)).without(of_all - {*group.values()})


def _groups(table: FoundTable) -> list[dict[str, int]]:
    """The columns of each borrower, those the table knows first; none where there is but one of them."""
    if table.kind is not LOANS or table.own.kind:
        return []
    first = {name: table.columns[name] for name in _OF_A_LOAN if name in table.columns}
    free = {at: _plain(text) for at, text in sorted(table.headers.items()) if at not in table.columns.values()}
    again = {name: [to for to, text in free.items() if text == _plain(table.headers[at])] for name, at in first.items()}
    again = {name: columns for name, columns in again.items() if columns}
    times = {len(columns) for columns in again.values()}
    # Books side by side have days of their own, and one reader.
    if len(times) != 1 or "lent_on" not in again or again.keys().isdisjoint(_READER):
        return []
    groups = [{name: columns[nth] for name, columns in again.items()} for nth in range(times.pop())]
    return [{name: first[name] for name in again}, *groups]


def _plain(header: str) -> str:
    return unnumbered(plain_header(header))
