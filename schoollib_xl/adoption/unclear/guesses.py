"""What a column or a table nobody recognised may be: offered to her with the words that take it over, never taken."""

import re
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from schoollib_xl.adoption.forms.headers import FEWEST_HEADERS, is_row_number
from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.list_titles import tells_of_nothing_held
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import FoundTable, RowSetAside
from schoollib_xl.adoption.unclear.candidates import can_hold, candidates
from schoollib_xl.adoption.unclear.columns import guessed_title
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header

# As many as a sheet had in the programs most old lists were made with (.xls): wider ones were made by no hand.
_MOST_COLUMNS = 256
# Who has these columns keeps an account, of money or of copies: nothing on it is held because it stands there.
_COMES, _GOES = re.compile("收入?|收方|进账|借方|拨入"), re.compile("支出?|付出?|支方|贷方|用出")
# A table that says nothing of these is one of figures, not of books: titles and numbers of copies stand in both.
_OF_A_BOOK = frozenset({"isbn", "publisher", "price", "class_no", "call_no", "accession_no", "barcode", "author"})
# What a table nobody recognised may be, the kind that asks most first.
_KINDS = (LOANS, EVENTS, BOOKS, READERS)


class Guess(NamedTuple):
    """A column under a header nobody knew, and the 标准栏目 it may be."""

    at: int
    header: str
    standard: str


def guesses(table: FoundTable) -> list[Guess]:
    """For each column nobody recognised what it may be, each field once; nothing for those that look like nothing."""
    kind = table.kind or guessed_kind(table)
    if kind is None:
        return []
    table = _as(table, kind)
    fields = [*table.columns]
    found: list[Guess] = []
    titled = _titled(table, kind)
    for at in _unknown(table):
        may_be = (name for name in candidates(table, kind, at, titled) if can_hold(table, at, name))
        name = next((candidate for candidate in may_be if candidate not in fields), None)
        if name:
            fields.append(name)
            found.append(Guess(at, table.headers[at], kind.by_name[name].header))
    return found


def guessed_kind(table: FoundTable) -> TableKind | None:
    """What a table nobody recognised may be, by its cells and the words of its headers; nothing for tables side by
    side, of which each column would be taken for another field, nor for one of what changed.
    """
    if any(map(_stands_twice, table.non_entries[:HEADER_DEPTH])) or _is_of_changes(table):
        return None
    fitting = [(len(told), -place, kind) for place, kind in enumerate(_KINDS) if kind.fits(told := _told(table, kind))]
    kind = max(fitting)[2] if fitting else None
    is_held = not tells_of_nothing_held(table.said_round) and not _is_account(table)
    return None if kind is BOOKS and not (is_held and _tells_of_books(table)) else kind


def _is_of_changes(table: FoundTable) -> bool:
    """Whether it sets old beside new, 旧证号 | 新证号: who stands on it may have left long since."""
    headers = set(map(plain_header, table.headers.values()))
    return any(header[:1] in ("旧", "原") and f"新{header[1:]}" in headers for header in headers)


def _is_account(table: FoundTable) -> bool:
    """Whether its columns say what came and what went: 收 and 支, 收入 and 支出."""
    headers = [plain_header(header) for header in table.headers.values()]
    return any(map(_COMES.match, headers)) and any(map(_GOES.match, headers))


def _tells_of_books(table: FoundTable) -> bool:
    """Whether a column says of each line what only books have: short names alone may be those of pupils."""
    told = _told(table, BOOKS) & _OF_A_BOOK
    headers = [plain_header(header) for header in table.headers.values()]
    by_header = {name for word in BOOKS.headers for name in BOOKS.headers[word] if any(word in one for one in headers)}
    return bool(told - {"author"}) or bool(told & by_header)


def _stands_twice(aside: RowSetAside) -> bool:
    """Whether a row says the same words several times over, as the headers of tables side by side do."""
    texts = list(aside.line.texts.values())
    times = texts.count(texts[0]) if texts else 0
    width = len(texts) // times if times > 1 else 0
    return width >= FEWEST_HEADERS and texts == texts[:width] * times


def _told(table: FoundTable, kind: TableKind) -> set[str]:
    table = _as(table, kind)
    titled = _titled(table, kind)
    return {name for at in _unknown(table) for name in list(candidates(table, kind, at, titled))[:1]}


def _titled(table: FoundTable, kind: TableKind) -> int | None:
    """The column that looks most like titles, where no column is known to hold them."""
    return guessed_title(table) if kind is BOOKS and "title" not in table.columns else None


def _as(table: FoundTable, kind: TableKind) -> FoundTable:
    """The table as one of this kind: the rows of one nobody recognised are looked at all the same."""
    if table.kind:
        return table
    lines = [one.line for one in table.non_entries if one.is_record and one.line.texts != table.headers]
    return replace(table, kind=kind, lines=lines)


def _unknown(table: FoundTable) -> list[int]:
    """The columns nobody recognised for which something may be offered: the first of them."""
    known = {*table.fields_by_column, *table.personal, *table.joined, *table.of_school, *table.counting}
    unknown = (at for at, header in table.headers.items() if at not in known and not is_row_number(header))
    return list(islice(unknown, _MOST_COLUMNS))
