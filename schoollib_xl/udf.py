"""Worksheet functions for those who have xlwings' own add-in (Excel for Windows); the workbook does without them.

Every function is a pure lookup: what it needs comes in as ranges with their headers, so that Excel knows when to
calculate it anew, and is read as the sheets of a workbook are. What cannot be answered comes back as a sentence.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import wraps
from typing import Any

import xlwings as xw

from schoollib_xl.actions.lookups import (
    LENT_ON,
    READER_NO,
    RENEWALS,
    Unanswered,
    answered,
    due_day,
    known_reader,
    looked_up,
    meaning,
)
from schoollib_xl.excel.live import cell_value
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Field
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, School
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.loading import school_of
from schoollib_xl.sheets.reading.recognising import Names
from schoollib_xl.sheets.reading.rows import PartReader, join
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.excel.functions import (
    CLASS_NAME,
    CLASS_NO,
    DUE,
    ISBN,
    LEFT,
    MEAN,
    NOT_A_COUNT,
    NOT_A_DAY,
    RULE,
    Function,
    no_column,
)

Cells = list[list[Any]]
_CATEGORY = "图书室"
_READERS = {
    ReaderRow: ("reader_no", "kind"),
    ClassRow: ("class_name", "grade"),
    LendingRule: ("since", "copies", "days"),
}
_LOANS = {LoanRow: ("lent_on", "reader_no", "due_on", "mode")}
# What is right or wrong by itself asks no books.
_NO_BOOKS = Library([], School(), date.min)
_DAYS = {CalendarRow: ("starts_on", "ends_on", "kind"), OpeningRow: ("weekday", "starts_at", "ends_at", "audience")}


def _worksheet_function(words: Function) -> Callable[[Callable[..., Cells]], Callable[..., Cells]]:
    """Offer a function to Excel under the words declared for it. Its arguments come in as rows of cells, and a
    refusal comes back as its sentence.
    """

    def declare(function: Callable[..., Cells]) -> Callable[..., Cells]:
        @wraps(function)
        def offered(*cells: Any) -> Cells:
            try:
                return function(*cells)
            except Unanswered as refusal:
                return [[str(refusal)]]

        offered.__doc__ = f"{words.gives}。"
        for argument in words.arguments:
            offered = xw.arg(argument.name, doc=argument.words, ndim=2, empty="", err_to_str=True)(offered)
        return xw.func(category=_CATEGORY)(offered)

    return declare


@_worksheet_function(LEFT)
def lib_left(reader_no: Cells, readers: Cells, classes: Cells, rules: Cells, loans: Cells, day: Any = None) -> Cells:
    """How many copies each reader may still borrow on the day, as `quota --reader` says."""
    tables = _tables(_READERS, readers, classes, rules) + _tables(_LOANS, loans)
    books = _library(tables, _day(day) or date.today())
    return _each(LEFT, reader_no, books)


@_worksheet_function(RULE)
def lib_rule(reader_no: Cells, readers: Cells, classes: Cells, rules: Cells, day: Any = None) -> Cells:
    """The lending rule that decides for each reader on the day, in words."""
    books = _library(_tables(_READERS, readers, classes, rules), _day(day) or date.today())
    return _each(RULE, reader_no, books)


@_worksheet_function(DUE)
def lib_due(
    lent_on: Cells,
    reader_no: Cells,
    readers: Cells,
    classes: Cells,
    rules: Cells,
    calendar: Cells,
    openings: Cells,
    renewals: Any = None,
) -> Cells:
    """When a copy lent to the reader on each of these days is due."""
    first = reader_no[0][0]
    tables = _tables(_READERS, readers, classes, rules) + _tables(_DAYS, calendar, openings)
    books, renewed = _library(tables, date.today()), _count(renewals)
    reader = known_reader(books, meaning(cell_value(first), READER_NO) or "")

    def due(day: date) -> datetime:
        return datetime.combine(due_day(books, reader, day, renewed), time())

    return [[answered(cell_value(day), LENT_ON, due, NOT_A_DAY) for day in row] for row in lent_on]


@_worksheet_function(ISBN)
def lib_isbn(isbn: Cells) -> Cells:
    """Whether each ISBN is right."""
    return _each(ISBN, isbn)


@_worksheet_function(CLASS_NO)
def lib_classno(class_no: Cells) -> Cells:
    """Whether each class number is well formed."""
    return _each(CLASS_NO, class_no)


@_worksheet_function(CLASS_NAME)
def lib_classname(class_no: Cells) -> Cells:
    """The name of the class each number belongs to."""
    return _each(CLASS_NAME, class_no)


@_worksheet_function(MEAN)
def lib_mean(
    class_name: Cells, classes: Cells, readers: Cells, loans: Cells, settings: Cells, day: Any = None
) -> Cells:
    """How many copies a pupil of each class has borrowed on average this term, as `quota` says."""
    wanted = {ClassRow: ("class_name", "pupils"), ReaderRow: ("reader_no",), SettingRow: ("item", "value")} | _LOANS
    *tables, own, lent = _tables(wanted, classes, readers, settings, loans)
    own, school = school_of(own)
    as_of = _day(day) or school.cut_off or date.today()
    return _each(MEAN, class_name, Library([*tables, own, lent], school, as_of))


# -- cells into what they mean ------------------------------------------------------------------------


def _library(tables: list[LedgerTable[Any]], as_of: date) -> Library:
    return Library(tables, School(), as_of)


def _tables(wanted: Mapping[type[Any], tuple[str, ...]], *ranges: Cells) -> list[LedgerTable[Any]]:
    """The ranges as tables, each with the columns it cannot do without. Raises Unanswered."""
    return [_table(row_type, names, cells) for (row_type, names), cells in zip(wanted.items(), ranges, strict=True)]


def _table(row_type: type[Any], names: tuple[str, ...], cells: Cells) -> LedgerTable[Any]:
    declared = SHEETS[row_type]
    grid = [[cell_value(value) for value in row] for row in cells]
    table = join(declared, [PartReader(declared, Columns(DEFAULT_WIDTH), Names()).read(declared.name, [grid])])
    for name in names:
        if not table.has(name):
            raise Unanswered(no_column(declared.name, declared.by_name[name].header))
    return table


def _each(function: Function, cells: Cells, books: Library = _NO_BOOKS) -> Cells:
    """The answer for each cell, in its place."""
    return [[looked_up(function, books, books.as_of, cell_value(value)) for value in row] for row in cells]


def _optional(argument: Any, field: Field, unreadable: str) -> Any:
    """What the one cell of an argument says; None where it is left out or blank. Raises Unanswered."""
    value = argument[0][0] if isinstance(argument, list) else argument
    if value is None or shown(cell_value(value)).strip() == "":
        return None
    taken = meaning(cell_value(value), field)
    if taken is None:
        raise Unanswered(unreadable)
    return taken


def _day(argument: Any) -> date | None:
    day: date | None = _optional(argument, LENT_ON, NOT_A_DAY)
    return day


def _count(argument: Any) -> int:
    count: int | None = _optional(argument, RENEWALS, NOT_A_COUNT)
    return count or 0
