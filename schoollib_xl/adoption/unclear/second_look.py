"""Tables that a second look takes for another kind than their headers told: by what their rows hold, or by the tables
beside them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import BOOKS, CLASSES, EVENTS, LOANS, READERS, WITHDRAWALS
from schoollib_xl.adoption.forms.list_titles import tells_of_withdrawals
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.forms.words import BORROWED, RETURNED, action_in
from schoollib_xl.adoption.readers.same_people import names_in
from schoollib_xl.adoption.unclear.columns import filled, is_whole_day, looks_like_numbers, take
from schoollib_xl.sheets.reading.recognising import plain_header

# What only a list of books says of each line.
_OF_BOOKS = frozenset({"author", "publisher", "price", "class_no", "call_no", "location", "published", "batch_no"})
_OF_BOOKS_AND_LOANS = frozenset({"accession_no", "barcode", "isbn", "title", "author", "remarks", "held"})
_MAY_NUMBER = frozenset({"编号", "书号", "图书编号", "号码"})
_TELLS_OF_A_LOAN = ("lent_on", "name", "reader_no")
_TELLS_OF_A_WITHDRAWAL = ("withdrawn_on", "reason", "approved_by", "withdrawal_no")
_NOTHING = frozenset(["", "0", "否", "无", "-", "—", "/"])
_OF_RETURNS = re.compile("还书|归还|还回")
_OF_LENDING = re.compile("借")
_MAY_SAY_WHAT_WAS_DONE = frozenset({"outcome", "remarks"})
_OF_WHOM_AND_WHAT = ("reader_no", "name", "accession_no", "barcode", "title", "isbn")
# What is said of a loan, and not what was done on a day.
_STATES = frozenset({"已还"})
_SAYS_MORE_THAN_A_DAY = frozenset({"due_on", "outcome", "renewals"})


def with_loans_apart(tables: Iterable[FoundTable]) -> Iterator[FoundTable]:
    """The tables; a list of all copies that says beside some of them who has it as one of books, and one of loans with
    its lines that name a reader or a day.
    """
    for table in tables:
        books = _columns_of_copies(table) if table.kind is LOANS else {}
        telling = [table.columns[name] for name in _TELLS_OF_A_LOAN if name in table.columns]
        lent = [line for line in table.lines if any(map(line.said, telling))]
        if not _OF_BOOKS & books.keys() or not (
            len(lent) * 2 <= len(table.lines) or _is_of_each_copy(table, books, lent)
        ):
            yield table
            continue
        own = {at for name, at in table.columns.items() if name not in _OF_BOOKS_AND_LOANS}
        yield replace(table.without(own), kind=BOOKS, columns=books, how=table.known_by(BOOKS, books))
        if lent:
            sheet = f"{table.sheet}（借出的）"
            held = set(books.values()) - set(table.columns.values())
            loans = replace(table, sheet=sheet, lines=lent, non_entries=[], dittos=set())
            yield loans.without(held)


def _is_of_each_copy(table: FoundTable, books: dict[str, int], lent: Sequence[FilledLine]) -> bool:
    """Whether no number stands twice, and a copy that nobody has is among them."""
    at = books.get("accession_no") or books.get("barcode", 0)
    numbers = [line.said(at) for line in table.lines]
    return len(set(numbers)) == len(numbers) > len(lent) and all(numbers)


def _columns_of_copies(table: FoundTable) -> dict[str, int]:
    """The columns of a register as a list of copies; none where it can be none, or the school says what it is."""
    if table.own.kind:
        return {}
    columns = table.columns_of(BOOKS)
    if not {"accession_no", "barcode"} & columns.keys():
        free = [at for at, header in table.headers.items() if plain_header(header) in _MAY_NUMBER]
        if free and looks_like_numbers(table, free[0]):
            columns["accession_no"] = free[0]
    return columns if BOOKS.fits(columns) and {"accession_no", "barcode"} & columns.keys() else {}


def take_for_copies(tables: Iterable[FoundTable]) -> None:
    """Take lists of all copies for such of books, though they have columns for withdrawals, and lists of books that say
    why each was written off for such of withdrawals.
    """
    for table in tables:
        may_be_either = table.kind is WITHDRAWALS or (table.kind is BOOKS and "reason" in table.columns)
        if not may_be_either or table.own.kind or tells_of_withdrawals(table.said_round) or not table.lines:
            continue
        kind = BOOKS if _is_of_all(table) else WITHDRAWALS
        columns = table.columns_of(kind)
        if kind is not table.kind and kind.fits(columns):
            table.kind, table.columns, table.how = kind, columns, table.known_by(kind, columns)


def _is_of_all(table: FoundTable) -> bool:
    """Whether the first row says nothing of a withdrawal, or most rows do not: a list of withdrawals may leave blank
    what is as in the row above, and only that.
    """
    telling = [table.columns[name] for name in _TELLS_OF_A_WITHDRAWAL if name in table.columns]
    silent = [all(line.said(at) in _NOTHING for at in telling) for line in table.lines]
    return bool(silent) and (silent[0] or sum(silent) * 2 > len(silent))


def take_for_rosters(tables: Iterable[FoundTable]) -> None:
    """Take lists of classes with the names of each in a cell for rosters; how many they are is said of no pupil."""
    for table in tables:
        columns = table.columns_of(READERS) if table.kind in (CLASSES, READERS) and not table.own.kind else {}
        names = [line.said(columns["name"]) for line in table.lines] if "name" in columns else []
        if 2 * sum(len(names_in(text)) > 1 for text in names) <= len(names):
            continue
        table.counting |= {at for name, at in table.columns_of(CLASSES).items() if name == "pupils"}
        if table.kind is CLASSES:
            table.kind, table.columns, table.how = READERS, columns, table.known_by(READERS, columns)


def take_for_logs(tables: Iterable[FoundTable]) -> None:
    """Take registers of which a column says of each line 借 or 还, whatever its header, for logs, where most of what
    came back was lent on another line.
    """
    for table in tables:
        if table.kind is not LOANS or table.own.kind or {"lent_on", "returned_on"} <= table.columns.keys():
            continue
        _take_days(table)
        known = {at for name, at in table.columns.items() if name not in _MAY_SAY_WHAT_WAS_DONE}
        at = next((at for at in table.headers if at not in known and _tells_what_was_done(table, at)), 0)
        if at:
            columns = table.columns_of(EVENTS)
            _as_log(table, "")
            spare = {name: columns[name] for name in ("happened_at",) if columns.get(name, at) != at}
            kept = {name: own for name, own in table.columns.items() if own != at}
            table.columns = kept | spare | {"action": at}


def _take_days(table: FoundTable) -> None:
    """Give a register without any day the one column that holds nothing else."""
    if {"lent_on", "returned_on", "due_on"} & table.columns.keys():
        return
    free = [at for at in table.headers if at not in table.columns.values()]
    days = [at for at in free if (cells := filled(table, at, whole=True)) and all(map(is_whole_day, cells))]
    if len(days) == 1:
        take(table, "lent_on", days[0])


def _tells_what_was_done(table: FoundTable, at: int) -> bool:
    told = [action_in(text) for line in table.lines if (text := line.said(at)) not in _STATES]
    if not all(told) or len(told) < len(table.lines):
        return False
    about = [table.columns[name] for name in _OF_WHOM_AND_WHAT if name in table.columns]
    lines = [(action, tuple(map(line.said, about))) for action, line in zip(told, table.lines, strict=True)]
    lent = {said for action, said in lines if action == BORROWED}
    came_back = [said in lent for action, said in lines if action == RETURNED]
    return any(came_back) and 2 * sum(came_back) >= len(came_back)


def join_registers(tables: Sequence[FoundTable]) -> None:
    """Take registers of returns, and of lending beside them, for logs: the day of a return is none of a loan."""
    returns = [table for table in tables if _is_of_returns(table)]
    for table in returns:
        _as_log(table, RETURNED)
    for table in tables if returns else ():
        if table.kind is LOANS and not {"returned_on", *_SAYS_MORE_THAN_A_DAY} & table.columns.keys():
            _as_log(table, BORROWED)


def _is_of_returns(table: FoundTable) -> bool:
    columns = table.columns.keys()
    if table.kind is not LOANS or _SAYS_MORE_THAN_A_DAY & columns or {"lent_on", "returned_on"} <= columns:
        return False
    said = f"{table.said_round}{table.header_of('lent_on')}"
    return bool(_OF_RETURNS.search(table.said_round)) and not _OF_LENDING.search(said)


def _as_log(table: FoundTable, action: str) -> None:
    days = dict.fromkeys(("lent_on", "returned_on"), "happened_on")
    columns = {days.get(name, name): at for name, at in table.columns.items()}
    table.kind, table.action = EVENTS, action
    table.columns = {name: at for name, at in columns.items() if name in EVENTS.by_name}
