"""Which of several columns that may number the copies does."""

import re

from schoollib_xl.adoption.columns import BY_CONTENT, filled
from schoollib_xl.adoption.kinds import BOOKS
from schoollib_xl.adoption.number_lists import SPANS
from schoollib_xl.adoption.own_names import BY_MAPPING
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.sheets.reading.tidy import shown

# A column in which a fifth of the numbers stood before names no copies: fewer may be slips of the pen. One with a
# number of its own on four rows of five does.
_MOST = 0.8
_OF_PROPERTY = re.compile("[财资]产")


def take_own_numbers(table: FoundTable) -> None:
    """Take the column with a number of its own for each row, where the one to the left of it repeats its numbers, or
    is the school's for its property: 总登记号 beside 登记号 names the batch, 财产号 is the accountant's.
    """
    at = table.columns.get("accession_no") if table.kind is BOOKS else None
    if at is None or table.how.get(at) == BY_MAPPING or SPANS & table.columns.keys():
        return
    if not _OF_PROPERTY.search(table.headers[at]) and not _repeats(table, at):
        return
    free = [other for other in table.headers if other not in table.columns.values()]
    named = [other for other in free if "accession_no" in BOOKS.called(plain_header(table.headers[other]))]
    own = next((other for other in named if _is_each_once(table, other)), None)
    if own is None:
        return
    if "batch_no" not in table.columns and "总" in table.headers[at]:
        table.columns["batch_no"] = at
    table.columns["accession_no"] = own
    table.how[own] = BY_CONTENT


def _is_each_once(table: FoundTable, at: int) -> bool:
    texts = _texts(table, at)
    return len(texts) >= len(table.lines) * _MOST and len(set(texts)) == len(texts)


def _repeats(table: FoundTable, at: int) -> bool:
    texts = _texts(table, at)
    return bool(texts) and len(set(texts)) <= len(texts) * _MOST


def _texts(table: FoundTable, at: int) -> list[str]:
    return [cleaned(shown(value)) for value in filled(table, at, whole=True)]
