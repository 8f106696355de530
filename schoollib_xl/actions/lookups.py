"""One question to the books, one value: what a worksheet function answers, wherever it is typed."""

from datetime import date
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Field, new_row
from schoollib_xl.ledgers.school import DEFAULT_WIDTH
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES, LoanMode
from schoollib_xl.quotas.allowance import UnknownReader, allowance
from schoollib_xl.quotas.classes import ClassNames
from schoollib_xl.quotas.obligation import TermBooks, obligation, term_books
from schoollib_xl.quotas.period import period
from schoollib_xl.rules.lending import LoanTerms, rule_for_reader
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import Flawed, tidy
from schoollib_xl.wording.allowance import allowance_sentence, rule_terms, unknown_reader
from schoollib_xl.wording.functions import NO_TERM, no_class, no_pupils, no_rule, no_such_letter


class Unanswered(Exception):
    """What is asked cannot be answered; the text is one Chinese sentence."""


def _field(row_type: type[Any], name: str) -> Field:
    return SHEETS[row_type].by_name[name]


READER_NO, CLASS = _field(ReaderRow, "reader_no"), _field(ClassRow, "class_name")
ISBN_FIELD, CLASS_NO_FIELD = _field(AccessionRow, "isbn"), _field(AccessionRow, "class_no")
LENT_ON, RENEWALS = _field(LoanRow, "lent_on"), _field(LoanRow, "renewals")


def meaning(value: CellValue, field: Field) -> Any:
    """What a cell says, tidied as the field's column is; None for a blank and for what cannot be understood."""
    taken = tidy(value, field, DEFAULT_WIDTH)
    return taken.taken if isinstance(taken, Flawed) else taken


def copies_left(books: Library, number: str, as_of: date) -> int | str | None:
    """How many copies the reader may still borrow on the day, as `quota --reader` says; why not where none.

    Raises Unanswered.
    """
    try:
        allowed = allowance(books, number, as_of)
    except UnknownReader as error:
        raise Unanswered(unknown_reader(error)) from error
    return allowed.left if allowed.is_active and allowed.rule else allowance_sentence(allowed)


def rule_in_words(books: Library, number: str, as_of: date) -> str:
    """The lending rule that decides for the reader on the day. Raises Unanswered for an unknown reader."""
    reader = known_reader(books, number)
    rule = rule_for_reader(books, reader, as_of)
    return rule_terms(rule) if rule else no_rule(reader.name)


def due_day(books: Library, reader: ReaderRow, day: date, renewals: int) -> date:
    """When a copy lent to the reader on the day is due. Raises Unanswered where no rule says."""
    due_on = books.derive(LoanTerms).due_on(_loan(reader, day, renewals))
    if due_on is None:
        raise Unanswered(no_rule(reader.name))
    return due_on


def class_name(class_no: str) -> str:
    """The name of the class a number belongs to, or that there is none."""
    return CLASS_NAMES.get(class_no[:1].upper()) or no_such_letter(class_no)


def term_of(books: Library) -> TermBooks:
    """The term's books. Raises Unanswered where its days are not known."""
    span = period(books)
    if span is None:
        raise Unanswered(NO_TERM)
    return term_books(books, span)


def class_mean(books: Library, term: TermBooks, name: str) -> float:
    """How many copies a pupil of the class has borrowed on average, as `quota` says. Raises Unanswered."""
    own = books.derive(ClassNames)[name]
    found = [one for one in term.classes if one.name == own]
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
