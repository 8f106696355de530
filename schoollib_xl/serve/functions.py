"""What the worksheet functions of WPS are answered, from a workbook as it was last saved."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from schoollib_xl.actions.lookups import (
    CLASS,
    CLASS_NO_FIELD,
    ISBN_FIELD,
    LENT_ON,
    READER_NO,
    Unanswered,
    class_mean,
    class_name,
    copies_left,
    due_day,
    known_reader,
    meaning,
    rule_in_words,
    term_of,
)
from schoollib_xl.excel.answer import day_of, serial
from schoollib_xl.ledgers.identifiers import is_class_no, is_isbn
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Field
from schoollib_xl.wording.functions import NOT_A_DAY, UNREADABLE

Value = str | int | float | bool
_Answering = Callable[[Library, date, Any], Value | None]

_OF_ONE: Mapping[str, tuple[Field, _Answering]] = {
    "LIB_LEFT": (READER_NO, lambda books, today, number: copies_left(books, number, today)),
    "LIB_RULE": (READER_NO, lambda books, today, number: rule_in_words(books, number, today)),
    "LIB_MEAN": (CLASS, lambda books, _, name: class_mean(books, term_of(books), name)),
    "LIB_ISBN": (ISBN_FIELD, lambda _books, _, isbn: is_isbn(isbn)),
    "LIB_CLASSNO": (CLASS_NO_FIELD, lambda _books, _, number: is_class_no(number)),
    "LIB_CLASSNAME": (CLASS_NO_FIELD, lambda _books, _, number: class_name(number)),
}
_DUE = "LIB_DUE"
NAMES = frozenset((*_OF_ONE, _DUE))


def value_of(books: Library, today: date, name: str, values: Sequence[Value]) -> Value:
    """The value of a function of NAMES for these cells: a day as its number, a sentence where there is no answer."""
    given = [*values, "", ""]
    try:
        found = _due(books, given[0], given[1]) if name == _DUE else _of_one(books, today, name, given[0])
    except Unanswered as refusal:
        return str(refusal)
    return "" if found is None else found


def _of_one(books: Library, today: date, name: str, value: Value) -> Value | None:
    field, answering = _OF_ONE[name]
    if str(value).strip() == "":
        return ""
    meant = meaning(value, field)
    return UNREADABLE if meant is None else answering(books, today, meant)


def _due(books: Library, lent_on: Value, reader_no: Value) -> Value:
    if str(lent_on).strip() == "" or str(reader_no).strip() == "":
        return ""
    day = day_of(lent_on) if isinstance(lent_on, int | float) else meaning(lent_on, LENT_ON)
    if day is None:
        return NOT_A_DAY
    return serial(due_day(books, known_reader(books, meaning(reader_no, READER_NO) or ""), day, 0))
