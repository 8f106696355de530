"""Lending and returning kept in two registers, each with a day a line: together they are one log."""

import re
from collections.abc import Sequence

from schoollib_xl.adoption.kinds import EVENTS, LOANS
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.adoption.words import BORROWED, RETURNED

_OF_RETURNS = re.compile("还书|归还|还回")
_OF_LENDING = re.compile("借")
_SAYS_MORE = frozenset({"due_on", "outcome", "renewals"})


def join_registers(tables: Sequence[FoundTable]) -> None:
    """Take registers of returns, and of lending beside them, for logs: the day of a return is none of a loan."""
    returns = [table for table in tables if _is_of_returns(table)]
    for table in returns:
        _as_log(table, RETURNED)
    for table in tables if returns else ():
        if table.kind is LOANS and not {"returned_on", *_SAYS_MORE} & table.columns.keys():
            _as_log(table, BORROWED)


def _is_of_returns(table: FoundTable) -> bool:
    if (
        table.kind is not LOANS
        or _SAYS_MORE & table.columns.keys()
        or {"lent_on", "returned_on"} <= table.columns.keys()
    ):
        return False
    title = table.said_round
    header = table.header_of("lent_on")
    return bool(_OF_RETURNS.search(title)) and not _OF_LENDING.search(f"{title}{header}")


def _as_log(table: FoundTable, action: str) -> None:
    columns = {_of_a_log(name): at for name, at in table.columns.items()}
    table.kind, table.action = EVENTS, action
    table.columns = {name: at for name, at in columns.items() if name in EVENTS.by_name}


def _of_a_log(name: str) -> str:
    return "happened_on" if name in ("lent_on", "returned_on") else name
