"""The last 结存 of an old 总账 beside the copies taken over: nothing else of it says which copy a line is of."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.list_titles import is_account_of_books
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.rows.cells import count_in
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import typed_moment
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned

AGREES = "{place}最后的结存是 {stated} 册，和接收下来在馆的册数相符；这张总账没有接收。"
DIFFERS = (
    "{place}最后的结存是 {stated} 册，接收下来在馆的是 {held} 册，{more} {by} 册：这张总账没有接收，"
    "对着它查一遍，是结存以后来的、走的书，还是书目漏了、多了。"
)
_BALANCE = re.compile("(?:期末|本期|累计)?(?:结存|库存|现存|结余|余存)(?:图书|数量)?")
_COPIES = re.compile("[册本]数?|数量?")
_OF_COPIES = re.compile(rf"{_BALANCE.pattern}\(?(?:[册本]数?|数)\)?")


class _Balance(NamedTuple):
    """What a table says last: on which day, or the earliest there is where it says none, in which line, and how many
    copies.
    """

    day: date
    place: SourceRow
    copies: int


def tell_last_balance(tables: Iterable[FoundTable], copies: Iterable[AccessionRow], journal: Journal) -> None:
    """Say whether the last 结存 of the tables nobody knows is that of the copies."""
    found = [one for table in tables if table.kind is None and (one := _last(table))]
    held = sum(copy.withdrawn_on is None for copy in copies)
    if not found or not held:
        return
    # Of a sheet for each year the last goes on from those before it.
    last = max(found)
    told = {"place": last.place, "stated": last.copies, "held": held, "by": abs(held - last.copies)}
    if held == last.copies:
        journal.assumed.append(AGREES.format(**told))
    else:
        journal.urgent.append(DIFFERS.format(**told, more="多" if held > last.copies else "少"))


def _last(table: FoundTable) -> _Balance | None:
    lines = sorted(table.every_line, key=lambda line: line.row)
    title = " ".join([table.sheet, *(line.alone for line in lines[:HEADER_DEPTH])])
    is_of_books = is_account_of_books(title)
    at = next(filter(None, (_column(*two, is_of_books) for two in pairwise(lines[:HEADER_DEPTH]))), 0)
    stated = [(line, copies) for line in lines if at and (copies := count_in(line.cell(at))) is not None]
    if not stated:
        return None
    line, copies = stated[-1]
    return _Balance(max(map(_day, line.cells)), table.place_of(line), copies)


def _column(line: FilledLine, below: FilledLine, is_of_books: bool) -> int:
    """The column of the copies left, by a line of headers, or by two; 0 where they tell none. On an account of books
    结存 alone is of copies.
    """
    texts = {at: "".join(text.translate(PUNCTUATION).split()) for at, text in line.texts.items()}
    if flat := [at for at, text in texts.items() if _OF_COPIES.fullmatch(text)]:
        return flat[0]
    under = below.texts
    over = [at for at, text in texts.items() if _BALANCE.fullmatch(text)]
    ends = {at: min((other for other in texts if other > at), default=len(line.cells) + 1) for at in over}
    told = (one for at in over for one in range(at, ends[at]) if _COPIES.fullmatch(under.get(one, "")))
    alone = next((at for at in over if is_of_books and count_in(below.cell(at)) is not None), 0)
    return next(told, alone)


def _day(cell: CellValue) -> date:
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    moment = typed_moment(cleaned(cell).translate(PUNCTUATION)) if isinstance(cell, str) else None
    return moment.day if moment else date.min
