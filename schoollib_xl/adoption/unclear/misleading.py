"""Columns whose headers mislead: the batch under 总登记号, numbers of books under 书号 or any other word, days under
借期, by what stands in them and on the other lists.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from schoollib_xl.adoption.copies.lots import numbered_title
from schoollib_xl.adoption.forms.headers import is_row_number
from schoollib_xl.adoption.forms.kinds import A_BOOK, BOOKS, COMPENSATIONS, EVENTS, LOANS, WITHDRAWALS
from schoollib_xl.adoption.forms.own_names import BY_MAPPING
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.number_lists import SPANS, between, numbers_of
from schoollib_xl.adoption.rows.cells import CellReader, count_in
from schoollib_xl.adoption.rows.register_rows import who_in
from schoollib_xl.adoption.rows.texts import is_sort, plain_title
from schoollib_xl.adoption.unclear.columns import (
    FEWEST_DIGITS,
    MOST,
    filled,
    is_day,
    is_isbn,
    lacks,
    looks_like_numbers,
    take,
)
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.sheets.reading.tidy import shown

# The accountant's number, or the school's, of its property.
_OF_PROPERTY = re.compile("[财资]产")
# What nobody stamps on a book by its name: 登记号 and 登录号 are.
_OF_ANYTHING = re.compile("(?:图?书籍?的?)?编号|图书号")
# Too short for an ISBN, and no 统一书号, which has a dot.
_STAMPED = re.compile(r"[A-Za-z]{0,4}-?(?:\d{1,4}-)?\d{1,8}")
# B-2-3: B-49 is a class number of 中图法, two strokes behind the bare letter are a shelf's.
_SHELF = re.compile(r"(?:[A-Za-z]|\d{1,2})(?:[-－—]\d{1,2}){2,3}")
# A架, 3号柜, 乙区2层: no class number ends so.
_CALLED_SHELF = re.compile(r".{1,8}(?:架|柜|橱|层|排|区)")
# Nobody is called R00012.
_OF_A_CARD = re.compile(r"[A-Za-z]{0,4}-?\d{3,12}")
# An ISBN has ten figures or thirteen, its dashes left out.
_SHORTEST_ISBN, _LONGEST_ISBN = 10, 13
# A register of loans may call them anything; on a list with money or reasons figures may be of those.
_ANY, _NUMBERED = re.compile(""), re.compile("[号码]")


def take_own_numbers(tables: Iterable[FoundTable]) -> None:
    """Take the column with a number of its own for each row, where the one to the left of it repeats its numbers, or
    is the school's for its property: 总登记号 beside 登记号 names the batch, 财产号 is the accountant's.
    """
    for table in tables:
        at = table.columns.get("accession_no", 0) if table.kind is BOOKS else 0
        if own := _own_numbers(table, at) if at else 0:
            if "batch_no" not in table.columns and "总" in table.headers[at]:
                table.columns["batch_no"] = at
            take(table, "accession_no", own)


def _own_numbers(table: FoundTable, at: int) -> int:
    """The column that numbers the copies rather than the one that is taken to do so; 0 where none does."""
    if table.how.get(at) == BY_MAPPING or SPANS & table.columns.keys():
        return 0
    if not _OF_PROPERTY.search(table.headers[at]) and not _repeats(table, at):
        return 0
    free = [other for other in table.headers if other not in table.columns.values()]
    named = (other for other in free if "accession_no" in BOOKS.called(plain_header(table.headers[other])))
    return next((other for other in named if _is_each_once(table, other)), 0)


def _is_each_once(table: FoundTable, at: int) -> bool:
    texts = [*map(_plain, filled(table, at, whole=True))]
    return len(texts) >= len(table.lines) * MOST and len(set(texts)) == len(texts)


def _repeats(table: FoundTable, at: int) -> bool:
    texts = [*map(_plain, filled(table, at, whole=True))]
    return bool(texts) and len(set(texts)) <= len(texts) * MOST


class BooksHeld:
    """The numbers of the copies of the lists of books, and their titles, as they compare."""

    def __init__(self, tables: Iterable[FoundTable]) -> None:
        books = [table for table in tables if table.kind is BOOKS]
        self.numbers = {_number(value) for table in books for value in _stamped(table)}
        self.titles = {_title(value) for table in books for value in _column(table, "title")}
        self._books = books

    @cached_property
    def _of_one_copy(self) -> set[str]:
        lines = Counter(_title(value) for table in self._books for value in _column(table, "title"))
        several = {title for table in self._books for title in _of_several(table)}
        return {title for title, count in lines.items() if count == 1} - several

    def has_one(self, text: str) -> bool:
        """Whether the lists tell of one copy of the title, and of no other."""
        return _title(text) in self._of_one_copy

    def has_numbers(self, texts: Iterable[str]) -> bool:
        """Whether all of them are numbers of copies, long enough to count nothing else."""
        return all(len(text) >= FEWEST_DIGITS and _number(text) in self.numbers for text in texts)

    def has_title(self, text: str) -> bool:
        """Whether it is the title of one."""
        return _title(text) in self.titles


def correct_by_content(tables: Sequence[FoundTable]) -> None:
    """Give such columns the field that their cells tell of, where the table lacks it and 账册对照 does not decide."""
    for table in tables:
        if table.kind is BOOKS and not SPANS & table.columns.keys() and _looks_like_numbers_of_books(table):
            _move(table, "isbn", "accession_no", _is_short)
        if table.kind is BOOKS:
            _move(table, "accession_no", "isbn", _is_long_isbn)
            _move(table, "call_no", "location", _is_shelf)
            _move(table, "class_no", "location", _is_called_shelf)
            _leave_sorts(table)
            _leave_numbers_of_titles(table)
    held = BooksHeld(tables)
    for table in tables:
        if table.kind in (COMPENSATIONS, WITHDRAWALS):
            _take_numbers(table, held.numbers, _NUMBERED)
    for table in tables:
        if table.kind is LOANS:
            _move(table, "lending_days", "lent_on", is_day)
        if table.kind in (LOANS, EVENTS):
            _move(table, "isbn", "accession_no", lambda value: _is_of_a_copy(value, held.numbers))
            _take_numbers(table, held.numbers, _ANY)
            _take_titles(table, held.titles)
            _take_readers(table)
            _move(table, "name", "reader_no", _is_of_a_card)


def _leave_sorts(table: FoundTable) -> None:
    """Take no column for class numbers that holds nothing but words: 绘本 is a school's own sort, kept in 备注."""
    at = table.columns.get("class_no", 0)
    cells = filled(table, at) if at and table.how.get(at) != BY_MAPPING else []
    if cells and all(is_sort(_plain(value)) for value in cells):
        del table.columns["class_no"]


def _leave_numbers_of_titles(table: FoundTable) -> None:
    """Take no column under a header of any numbers for those of copies that numbers titles: 1, 1, 2, with one title at
    each. The second line of a title would be the first once more.
    """
    at, title = table.columns.get("accession_no", 0), table.columns.get("title", 0)
    is_any = at and table.how.get(at) != BY_MAPPING and _OF_ANYTHING.fullmatch(plain_header(table.headers[at]))
    if is_any and _repeats(table, at):
        pairs = {(line.said(at), _title(line.cell(title))) for line in table.lines if line.said(at)}
        if len(pairs) == len({number for number, _ in pairs}):
            del table.columns["accession_no"]


def _take_numbers(table: FoundTable, numbers: set[str], called: re.Pattern[str]) -> None:
    """Give a list of what was done with books the column that holds their numbers, unless it counts its rows."""
    if not lacks(table, "accession_no") or "barcode" in table.columns:
        return
    free = [at for at in table.headers if at not in table.columns.values() and not is_row_number(table.headers[at])]
    for at in [at for at in free if called.search(table.headers[at])]:
        cells = filled(table, at)
        told = [_number(value) for value in cells]
        # 001 is stamped on a book, 1 counts a row.
        is_counting = [*map(_plain, cells)] == [str(number) for number in range(1, len(told) + 1)]
        if told and not is_counting and sum(one in numbers for one in told) >= MOST * len(told):
            take(table, "accession_no", at)
            return


def _take_titles(table: FoundTable, titles: set[str]) -> None:
    """Give a register that names no book the column that holds titles of the lists, whatever it is called."""
    if A_BOOK & table.columns.keys():
        return
    for at in [at for at in table.headers if at not in table.columns.values()]:
        told = [not titles.isdisjoint(_titles(value)) for value in filled(table, at)]
        if told and sum(told) >= MOST * len(told):
            take(table, "title", at)
            return


def _take_readers(table: FoundTable) -> None:
    """Give a register that names no reader the column that holds classes with names, 三（2）班 杜雪."""
    if {"name", "reader_no"} & table.columns.keys():
        return
    own = table.columns.get("class_name")
    for at in [at for at in table.headers if at == own or at not in table.columns.values()]:
        told = ["class_name" in who_in(_plain(value)) for value in filled(table, at)]
        if table.how.get(at) != BY_MAPPING and told and sum(told) >= MOST * len(told):
            if at == own:
                del table.columns["class_name"]
            take(table, "name", at)
            return


def _column(table: FoundTable, name: str) -> list[CellValue]:
    return filled(table, table.columns.get(name, 0), whole=True)


def _of_several(table: FoundTable) -> Iterator[str]:
    """The titles of lines that are, or may be, of several copies."""
    title, number, held = (table.columns.get(name, 0) for name in ("title", "accession_no", "held"))
    for line in table.lines:
        copies = count_in(line.cell(held)) or len(numbers_of(line.said(number)) or ("",))
        if copies > 1 or not SPANS.isdisjoint(table.columns):
            yield _title(line.cell(title))


def _title(value: CellValue) -> str:
    return plain_title(shown(value))


def _titles(value: CellValue) -> set[str]:
    """What a cell may say of a title: all of it, or what follows a number."""
    numbered = numbered_title(shown(value))
    return {_title(value), *([plain_title(numbered.title)] if numbered else [])}


def _looks_like_numbers_of_books(table: FoundTable) -> bool:
    """Whether what stands under the header of the ISBN numbers the rows, each once and in one form: 书号 may mean
    either, so that two rows are enough.
    """
    at = table.columns.get("isbn")
    if at is None:
        return False
    texts = [*map(_plain, filled(table, at, whole=True))]
    is_vague = "ISBN" not in plain_header(table.headers[at]) and "标准" not in table.headers[at]
    are_numbers = is_vague and len(set(texts)) == len(texts) and all(map(_STAMPED.fullmatch, texts))
    return are_numbers or looks_like_numbers(table, at)


def _move(table: FoundTable, name: str, other: str, tells: Callable[[CellValue], bool]) -> None:
    at = table.columns.get(name)
    if at is None or other in table.columns or table.how.get(at) == BY_MAPPING:
        return
    cells = filled(table, at)
    if cells and sum(map(tells, cells)) >= MOST * len(cells):
        del table.columns[name]
        take(table, other, at)


def _stamped(table: FoundTable) -> Iterator[CellValue]:
    """The numbers of the copies of a list of books, those from one to another each."""
    for name in ("accession_no", "barcode", "span"):
        # As the books are read: Excel makes a day of 1-3.
        reader = CellReader(BOOKS.by_name[name], prices=False, several=True)
        for value in filled(table, table.columns.get(name, 0), whole=True):
            text = reader.read(value).value or _plain(value)
            yield from numbers_of(text) or (text,)
    if {"first_no", "last_no"} <= table.columns.keys():
        first, last = (table.columns[name] for name in ("first_no", "last_no"))
        for line in table.lines:
            yield from between(_plain(line.cell(first)), _plain(line.cell(last))) or ()


def _plain(value: CellValue) -> str:
    return cleaned(shown(value))


def _number(value: CellValue) -> str:
    """A number of a book as it compares: without the noughts before it, whatever its case and dashes."""
    return plain_title(shown(value)).lstrip("0")


def _is_of_a_copy(value: CellValue, numbers: set[str]) -> bool:
    """Whether it is one of the numbers of the books, or lists such, or where no list has any, looks like one stamped on
    a book.
    """
    if is_isbn(value):
        return False
    listed = numbers_of(_plain(value)) or (value,)
    return all(_number(one) in numbers for one in listed) if numbers else _STAMPED.fullmatch(_plain(value)) is not None


def _is_long_isbn(value: CellValue) -> bool:
    """Whether it is an ISBN of thirteen figures; a number on a book may have ten."""
    return is_isbn(value) and len(re.sub(r"\D", "", _plain(value))) == _LONGEST_ISBN


def _is_shelf(value: CellValue) -> bool:
    return _SHELF.fullmatch(_plain(value)) is not None


def _is_called_shelf(value: CellValue) -> bool:
    return _CALLED_SHELF.fullmatch(_plain(value)) is not None


def _is_of_a_card(value: CellValue) -> bool:
    return _OF_A_CARD.fullmatch(_plain(value)) is not None


def _is_short(value: CellValue) -> bool:
    return len(_plain(value)) < _SHORTEST_ISBN
