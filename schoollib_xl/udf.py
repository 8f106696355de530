"""Worksheet functions for those who have xlwings' own add-in (Excel for Windows); the workbook does without them.

Every function is a pure lookup: what it needs comes in as ranges with their headers, so that Excel knows when to
calculate it anew, and is read as the sheets of a workbook are. What cannot be answered comes back as a sentence.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import wraps
from typing import Any

import xlwings as xw

from schoollib_xl.excel.live import cell_value
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.identifiers import is_class_no, is_isbn
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Field, new_row
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, School
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.table import Table
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES, LoanMode
from schoollib_xl.quotas.allowance import UnknownReader, allowance
from schoollib_xl.quotas.classes import ClassNames
from schoollib_xl.quotas.obligation import TermBooks, obligation, term_books
from schoollib_xl.quotas.period import period
from schoollib_xl.rules.lending import LoanTerms, rule_for_reader
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.loading import school_of
from schoollib_xl.sheets.reading.recognising import Names
from schoollib_xl.sheets.reading.rows import PartReader, join
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy
from schoollib_xl.wording.allowance import allowance_sentence, rule_terms, unknown_reader
from schoollib_xl.wording.functions import (
    CLASS_NAME,
    CLASS_NO,
    DUE,
    ISBN,
    LEFT,
    MEAN,
    NO_TERM,
    NOT_A_COUNT,
    NOT_A_DAY,
    RULE,
    UNREADABLE,
    Function,
    no_class,
    no_column,
    no_pupils,
    no_rule,
    no_such_letter,
)

Cells = list[list[Any]]
_CATEGORY = "图书室"
_READERS = {
    ReaderRow: ("reader_no", "kind"),
    ClassRow: ("class_name", "grade"),
    LendingRule: ("since", "copies", "days"),
}
_LOANS = {LoanRow: ("lent_on", "reader_no", "due_on", "mode")}
_DAYS = {CalendarRow: ("starts_on", "ends_on", "kind"), OpeningRow: ("weekday", "starts_at", "ends_at", "audience")}


class _Refused(Exception):
    """What is asked cannot be answered; the text is one Chinese sentence."""


def _worksheet_function(words: Function) -> Callable[[Callable[..., Cells]], Callable[..., Cells]]:
    """Offer a function to Excel under the words declared for it. Its arguments come in as rows of cells, and a
    refusal comes back as its sentence.
    """

    def declare(function: Callable[..., Cells]) -> Callable[..., Cells]:
        @wraps(function)
        def offered(*cells: Any) -> Cells:
            try:
                return function(*cells)
            except _Refused as refusal:
                return [[str(refusal)]]

        offered.__doc__ = f"{words.gives}。"
        for argument in words.arguments:
            offered = xw.arg(argument.name, doc=argument.words, ndim=2, empty="", err_to_str=True)(offered)
        return xw.func(category=_CATEGORY)(offered)

    return declare


@_worksheet_function(LEFT)
def lib_left(reader_no: Cells, readers: Cells, classes: Cells, rules: Cells, loans: Cells, day: Any = None) -> Cells:
    """How many copies each reader may still borrow on the day, as `quota --reader` says."""
    as_of = _day(day) or date.today()
    books = _library(_tables(_READERS, readers, classes, rules) + _tables(_LOANS, loans), as_of)

    def left(number: str) -> Any:
        try:
            allowed = allowance(books, number, as_of)
        except UnknownReader as error:
            raise _Refused(unknown_reader(error)) from error
        return allowed.left if allowed.is_active and allowed.rule else allowance_sentence(allowed)

    return _each(reader_no, _READER_NO, left)


@_worksheet_function(RULE)
def lib_rule(reader_no: Cells, readers: Cells, classes: Cells, rules: Cells, day: Any = None) -> Cells:
    """The lending rule that decides for each reader on the day, in words."""
    as_of = _day(day) or date.today()
    books = _library(_tables(_READERS, readers, classes, rules), as_of)

    def terms(number: str) -> str:
        reader = _reader(books, number)
        rule = rule_for_reader(books, reader, as_of)
        return rule_terms(rule) if rule else no_rule(reader.name)

    return _each(reader_no, _READER_NO, terms)


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
    reader = _reader(books, _taken(first, _READER_NO) or "")

    def due(day: date) -> datetime:
        due_on = books.derive(LoanTerms).due_on(_loan(reader, day, renewed))
        if due_on is None:
            raise _Refused(no_rule(reader.name))
        return datetime.combine(due_on, time())

    return _each(lent_on, _LENT_ON, due, NOT_A_DAY)


@_worksheet_function(ISBN)
def lib_isbn(isbn: Cells) -> Cells:
    """Whether each ISBN is right."""
    return _each(isbn, _field(AccessionRow, "isbn"), is_isbn)


@_worksheet_function(CLASS_NO)
def lib_classno(class_no: Cells) -> Cells:
    """Whether each class number is well formed."""
    return _each(class_no, _CLASS_NO, is_class_no)


@_worksheet_function(CLASS_NAME)
def lib_classname(class_no: Cells) -> Cells:
    """The name of the class each number belongs to."""
    return _each(class_no, _CLASS_NO, lambda number: CLASS_NAMES.get(number[:1].upper()) or no_such_letter(number))


@_worksheet_function(MEAN)
def lib_mean(
    class_name: Cells, classes: Cells, readers: Cells, loans: Cells, settings: Cells, day: Any = None
) -> Cells:
    """How many copies a pupil of each class has borrowed on average this term, as `quota` says."""
    wanted = {ClassRow: ("class_name", "pupils"), ReaderRow: ("reader_no",), SettingRow: ("item", "value")} | _LOANS
    *tables, own, lent = _tables(wanted, classes, readers, settings, loans)
    own, school = school_of(own)
    as_of = _day(day) or school.cut_off or date.today()
    books = Library([*tables, own, lent], school, as_of)
    span = period(books)
    if span is None:
        raise _Refused(NO_TERM)
    term = term_books(books, span)
    return _each(class_name, _field(ClassRow, "class_name"), lambda name: _mean(books, term, name))


def _mean(books: Library, term: TermBooks, name: str) -> float:
    own = books.derive(ClassNames)[name]
    found = [one for one in term.classes if one.name == own]
    if not found:
        raise _Refused(no_class(name))
    mean = obligation(term, found).mean
    if mean is None:
        raise _Refused(no_pupils(own))
    return float(mean)


def _reader(books: Library, number: str) -> ReaderRow:
    reader = books.readers.get(number)
    if reader is None:
        raise _Refused(unknown_reader(UnknownReader(number)))
    return reader


def _loan(reader: ReaderRow, day: date, renewals: int) -> LoanRow:
    """A loan to the reader, of a copy that does not matter."""
    return new_row(
        LoanRow,
        0,
        loan_no="",
        lent_on=day,
        reader_no=reader.reader_no,
        name=reader.name,
        class_name=reader.class_name,
        accession_no="",
        mode=LoanMode.PERSONAL,
        due_on=day,
        renewals=renewals,
    )


# -- cells into what they mean ------------------------------------------------------------------------


def _library(tables: list[Table[Any]], as_of: date) -> Library:
    return Library(tables, School(), as_of)


def _tables(wanted: Mapping[type[Any], tuple[str, ...]], *ranges: Cells) -> list[Table[Any]]:
    """The ranges as tables, each with the columns it cannot do without. Raises _Refused."""
    return [_table(row_type, names, cells) for (row_type, names), cells in zip(wanted.items(), ranges, strict=True)]


def _table(row_type: type[Any], names: tuple[str, ...], cells: Cells) -> Table[Any]:
    declared = SHEETS[row_type]
    grid = [[cell_value(value) for value in row] for row in cells]
    table = join(declared, [PartReader(declared, Columns(DEFAULT_WIDTH), Names()).read(declared.name, grid)])
    for name in names:
        if not table.has(name):
            raise _Refused(no_column(declared.name, declared.by_name[name].header))
    return table


def _field(row_type: type[Any], name: str) -> Field:
    return SHEETS[row_type].by_name[name]


_READER_NO, _CLASS_NO = _field(ReaderRow, "reader_no"), _field(AccessionRow, "class_no")
_LENT_ON, _RENEWALS = _field(LoanRow, "lent_on"), _field(LoanRow, "renewals")


def _each(cells: Cells, field: Field, answer: Callable[[Any], Any], unreadable: str = UNREADABLE) -> Cells:
    """The answer for each cell, in its place; blank for a blank cell, a sentence where there is no answer."""

    def answered(value: Any) -> Any:
        if shown(cell_value(value)).strip() == "":
            return ""
        try:
            taken = _taken(value, field)
            return unreadable if taken is None else answer(taken)
        except _Refused as refusal:
            return str(refusal)

    return [[answered(value) for value in row] for row in cells]


def _taken(value: Any, field: Field) -> Any:
    """What a cell says, tidied as the field's column is; None for a blank and for what cannot be understood."""
    taken = tidy(cell_value(value), field, DEFAULT_WIDTH)
    return taken.taken if isinstance(taken, Flawed) else taken


def _optional(argument: Any, field: Field, unreadable: str) -> Any:
    """What the one cell of an argument says; None where it is left out or blank. Raises _Refused."""
    value = argument[0][0] if isinstance(argument, list) else argument
    if value is None or shown(cell_value(value)).strip() == "":
        return None
    taken = _taken(value, field)
    if taken is None:
        raise _Refused(unreadable)
    return taken


def _day(argument: Any) -> date | None:
    day: date | None = _optional(argument, _LENT_ON, NOT_A_DAY)
    return day


def _count(argument: Any) -> int:
    count: int | None = _optional(argument, _RENEWALS, NOT_A_COUNT)
    return count or 0
