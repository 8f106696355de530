"""One question to the books, one value: what a worksheet function answers, wherever it is typed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.identifiers import is_class_no, is_isbn
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import new_row
from schoollib_xl.ledgers.schema import SHEETS, Field
from schoollib_xl.ledgers.school import DEFAULT_WIDTH
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES, LoanMode
from schoollib_xl.quotas.basis.classes import ClassNames
from schoollib_xl.quotas.basis.period import period
from schoollib_xl.quotas.borrowing.allowance import UnknownReader, allowance
from schoollib_xl.quotas.borrowing.obligation import TermBooks, obligation, term_books
from schoollib_xl.rules.lending import LoanTerms, has_unread_rules, rule_for_reader
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy
from schoollib_xl.wording.desk.allowance import NO_DUE_DATE, allowance_sentence, no_rule, rule_terms, unknown_reader
from schoollib_xl.wording.excel.functions import (
    CLASS_NAME,
    CLASS_NO,
    ISBN,
    LEFT,
    MEAN,
    NO_TERM,
    RULE,
    UNREADABLE,
    Function,
    no_class,
    no_pupils,
    no_such_letter,
)


class Unanswered(Exception):
    """What is asked cannot be answered; the text is one Chinese sentence."""


class Lookup(NamedTuple):
    """A function of one cell: the column the cell is read as, and what the books answer on a day to what it says.
    `answer` raises Unanswered.
    """

    field: Field
    answer: Callable[[Library, date, Any], Any]


def _field(row_type: type[Any], name: str) -> Field:
    return SHEETS[row_type].by_name[name]


READER_NO = _field(ReaderRow, "reader_no")
LENT_ON, RENEWALS = _field(LoanRow, "lent_on"), _field(LoanRow, "renewals")


def looked_up(function: Function, books: Library, as_of: date, value: CellValue) -> Any:
    """The answer of one of LOOKUPS to a cell."""
    field, answer = LOOKUPS[function]
    return answered(value, field, lambda meant: answer(books, as_of, meant))


def answered(value: CellValue, field: Field, answer: Callable[[Any], Any], unreadable: str = UNREADABLE) -> Any:
    """The answer to what a cell says; '' for a blank cell, a sentence where there is no answer."""
    if shown(value).strip() == "":
        return ""
    meant = meaning(value, field)
    try:
        return unreadable if meant is None else answer(meant)
    except Unanswered as refusal:
        return str(refusal)


def meaning(value: CellValue, field: Field) -> Any:
    """What a cell says, tidied as the field's column is; None for a blank and for what cannot be understood."""
    taken = tidy(value, field, DEFAULT_WIDTH)
    return taken.taken if isinstance(taken, Flawed) else taken


def _copies_left(books: Library, as_of: date, number: str) -> int | str | None:
    """As `quota --reader` says; why not where none are left."""
    try:
        allowed = allowance(books, number, as_of)
    except UnknownReader as error:
        raise Unanswered(unknown_reader(error)) from error
    return allowed.left if allowed.is_active and allowed.rule else allowance_sentence(allowed)


def _rule_in_words(books: Library, as_of: date, number: str) -> str:
    reader = known_reader(books, number)
    rule = rule_for_reader(books, reader, as_of)
    return rule_terms(rule) if rule else no_rule(reader.name, has_unread_rules(books))


def due_day(books: Library, reader: ReaderRow, day: date, renewals: int) -> date:
    """When a copy lent to the reader on the day is due. Raises Unanswered where no rule says, or no calendar."""
    due_on = books.derive(LoanTerms).due_on(_loan(reader, day, renewals))
    if due_on is None and rule_for_reader(books, reader, day):
        raise Unanswered(NO_DUE_DATE)
    if due_on is None:
        raise Unanswered(no_rule(reader.name, has_unread_rules(books)))
    return due_on


def _class_name(_books: Library, _as_of: date, class_no: str) -> str:
    return CLASS_NAMES.get(class_no[:1].upper()) or no_such_letter(class_no)


def _term_books(books: Library) -> TermBooks:
    span = period(books)
    if span is None:
        raise Unanswered(NO_TERM)
    return term_books(books, span)


def _class_mean(books: Library, _as_of: date, name: str) -> float:
    """As `quota` says."""
    term, own = books.derive(_term_books), books.derive(ClassNames)[name]
    found = [school_class for school_class in term.classes if school_class.name == own]
    if not found:
        raise Unanswered(no_class(name))
    mean = obligation(term, found).mean
    if mean is None:
        raise Unanswered(no_pupils(own))
    return float(mean)


def known_reader(books: Library, number: str) -> ReaderRow:
    """The reader of this number. Raises Unanswered."""
    reader = books.readers.get(number)
    if reader is None:
        raise Unanswered(unknown_reader(UnknownReader(number)))
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


LOOKUPS: Mapping[Function, Lookup] = {
    LEFT: Lookup(READER_NO, _copies_left),
    RULE: Lookup(READER_NO, _rule_in_words),
    MEAN: Lookup(_field(ClassRow, "class_name"), _class_mean),
    ISBN: Lookup(_field(AccessionRow, "isbn"), lambda _books, _as_of, isbn: is_isbn(isbn)),
    CLASS_NO: Lookup(_field(AccessionRow, "class_no"), lambda _books, _as_of, class_no: is_class_no(class_no)),
    CLASS_NAME: Lookup(_field(AccessionRow, "class_no"), _class_name),
}
