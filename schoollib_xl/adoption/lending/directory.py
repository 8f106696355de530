"""Who and which copies an old list means: by number, barcode, ISBN or title; by number, or name and class."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.adoption.copies.lots import are_other_books, numbered_title
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.lending.reader_names import Pupil, ReaderNames, is_surname
from schoollib_xl.adoption.readers.class_spellings import ClassSpellings
from schoollib_xl.adoption.rows.records import Record, class_of
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.adoption.transforms import (
    CLASS_FROM_PLACE,
    CLASS_NAME,
    COPY_BY_BARCODE,
    NUMBER_WITH_TITLE,
    READER_FOUND,
    ZEROS,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.grades import class_in, class_key
from schoollib_xl.ledgers.identifiers import is_isbn, isbn_core
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.reading.texts import book_number


class Copies(NamedTuple):
    """The copies a record may be about, lowest number first, and whether it names the very copy. None of them
    where no list has the book. `against` is the title that its number has just been given to, where the record says
    another.
    """

    numbers: tuple[str, ...] = ()
    is_named: bool = False
    against: str = ""


def _plain_number(number: str) -> str:
    """A number as it compares, in either case of its letters, with its strokes or without: TS-0001 and ts0001."""
    return plain_title(number).replace("-", "")


def _isbn(text: str) -> str:
    """An ISBN as it compares: of ten figures or thirteen."""
    return (isbn_core(text) if is_isbn(text) else None) or text


def _is_of(author: str, other: str) -> bool:
    """Whether two texts name one author: 甲一 and 甲一著."""
    return bool(author) and (author in other or other in author)


class Directory:
    """Looks up copies and readers in the books taken over so far. `width` is the digits of an accession number,
    `renumbered` the new number of a copy by what was too long to be one, `given` the numbers that no list stated: what
    an old register means by one of them is another book, where its title says so. Of such records `found_by_book` are
    those looked up by ISBN or title, `of_another_book` those that no list has, `by_given_number` those of which nothing
    but the number tells the book. `strangers` are those whose names mean no reader, or several,
    `by_surname` those of 高老师 where one teacher is called so. `year` and `namesakes` are as in ReaderNames.
    """

    def __init__(
        self,
        copies: Iterable[AccessionRow],
        readers: Iterable[ReaderRow],
        names: ClassSpellings,
        width: int,
        renumbered: Mapping[str, str],
        given: Container[str] = (),
        *,
        year: int,
        namesakes: Container[Pupil] = (),
    ) -> None:
        self._renumbered = renumbered
        self._given = given
        self._given_to: dict[str, AccessionRow] = {}
        self._names = names
        self._width = width
        self.found_by_book: list[Record] = []
        self.by_given_number: list[Record] = []
        self.of_another_book: list[Record] = []
        self.strangers: list[Record] = []
        self.by_surname: list[Record] = []
        self.withdrawn: dict[str, AccessionRow] = {}
        self._copies: dict[str, AccessionRow] = {}
        self._however_written: dict[str, str] = {}
        self._by_barcode: dict[str, str] = {}
        self._by_isbn: dict[str, list[str]] = defaultdict(list)
        self._by_title: dict[str, list[str]] = defaultdict(list)
        for copy in sorted(copies, key=lambda copy: copy.accession_no):
            self._enter(copy)
        readers = list(readers)
        self._full_names = {reader.reader_no: reader.name or "" for reader in readers}
        self._by_name = ReaderNames(readers, year, namesakes)
        self._classes = {class_key(reader.class_name) for reader in readers if reader.class_name}
        self._teachers: dict[str, list[str]] = defaultdict(list)
        for reader in readers:
            if reader.kind is not ReaderKind.PUPIL and reader.class_name:
                self._teachers[class_key(reader.class_name)].append(reader.reader_no)

    def _enter(self, copy: AccessionRow) -> None:
        self._copies[copy.accession_no] = copy
        if not copy.accession_no.isdecimal():
            self._however_written.setdefault(_plain_number(copy.accession_no), copy.accession_no)
        if copy.accession_no in self._given:
            self._given_to[copy.accession_no] = copy
        if copy.withdrawn_on:
            self.withdrawn[copy.accession_no] = copy
        if copy.barcode:
            self._by_barcode.setdefault(plain_title(copy.barcode), copy.accession_no)
        if copy.isbn:
            self._by_isbn[_isbn(copy.isbn)].append(copy.accession_no)
        if copy.title:
            self._by_title[plain_title(copy.title)].append(copy.accession_no)

    @property
    def has_copies(self) -> bool:
        """Whether any list of books was taken over."""
        return bool(self._copies)

    def has_number(self, number: str) -> bool:
        """Whether a copy has the number, at the school's width."""
        return self._padded(number) in self._copies

    def title_of(self, number: str) -> str | None:
        """The title of the copy of that number, as the books have it."""
        copy = self._copies.get(number)
        return copy.title if copy else None

    def price_of(self, number: str | None) -> Decimal | None:
        """The price of the copy a number means; None where no copy has it, or the books say none."""
        copy = self._copies.get(self._padded(number)) if number else None
        return copy.price if copy else None

    def _padded(self, number: str) -> str:
        if number.isdecimal():
            padded = number.zfill(self._width)
            # 001205 is the copy that its own list calls 1205.
            bare = padded.lstrip("0").zfill(self._width)
            return bare if padded not in self._copies and bare in self._copies else padded
        # a0051 is the copy on which A0051 is stamped, I—001 that of I-001.
        return number if number in self._copies else self._however_written.get(_plain_number(number), number)

    def has_title(self, title: str) -> bool:
        """Whether a copy has the title."""
        return plain_title(title) in self._by_title

    def is_given(self, record: Record) -> bool:
        """Whether its number has just been given to a copy."""
        return self._padded(record.get("accession_no") or "") in self._given_to

    def copies(self, record: Record, journal: Journal) -> Copies:
        """The copies a record may be about: those of its author, where any are, then those of which the books say none;
        else the author is a remark.
        """
        found = self._copies_meant(record, journal)
        author = plain_title(record.get("author") or "")
        if not author:
            return found
        by_them = [one for one in found.numbers if _is_of(plain_title(self._author_of(one)), author)]
        by_nobody = [one for one in found.numbers if not self._author_of(one)]
        if by_them:
            return found._replace(numbers=(*by_them, *by_nobody))
        record.notes.append(f"{record.header('author', '作者')}：{record.get('author')}")
        return found

    def _author_of(self, number: str) -> str:
        copy = self._copies.get(number)
        return copy.author or "" if copy else ""

    def _copies_meant(self, record: Record, journal: Journal) -> Copies:
        written: str | None = record.get("accession_no") or record.get("barcode")
        if written:
            return self._by_number(written, record, journal)
        if renumbered := self._renumbered.get(record.written("accession_no")):
            return Copies((renumbered,), True)
        return self._by_numbered_title(record, journal) or self._by_book(record)

    def _by_numbered_title(self, record: Record, journal: Journal) -> Copies | None:
        """The copy whose number stands before its title in one cell, or beside it under 书号."""
        title = record.get("title") or ""
        beside = self._copies.get(self._padded(record.get("isbn") or ""))
        if beside and title and not are_other_books(None, title, None, beside.title):
            return Copies((beside.accession_no,), True)
        if self.has_title(title) or not (found := numbered_title(title)):
            return None
        number = self._padded(found.number)
        if number not in self._by_title.get(plain_title(found.title), ()):
            return None
        record.values["title"] = found.title
        journal.did(NUMBER_WITH_TITLE, record.place, "书名", title, f"{number} {found.title}")
        return Copies((number,), True)

    def _by_book(self, record: Record) -> Copies:
        isbn, title = record.get("isbn"), record.get("title")
        held = self._by_isbn.get(_isbn(isbn), ()) if isbn else ()
        if isbn and not held and not is_isbn(isbn):
            # 书号 may be the number on the book.
            record.notes.append(f"{record.header('isbn', '书号')}原写 {isbn}")
        return Copies(tuple(held or (self._by_title.get(plain_title(title), ()) if title else ())))

    def _by_number(self, written: str, record: Record, journal: Journal) -> Copies:
        padded = self._padded(written)
        against = self._contradicted(padded, record)
        found = self._by_barcode.get(plain_title(written))
        # A label on a copy goes before a number that was given just now.
        if padded in self._copies and not against and not (found and padded in self._given_to):
            if padded in self._given_to and not (record.get("title") or record.get("isbn")):
                self.by_given_number.append(record)
            if padded != written:
                journal.did(ZEROS, record.place, "个别登记号", written, padded)
            return Copies((padded,), True)
        if found:
            journal.did(COPY_BY_BARCODE, record.place, "个别登记号", written, found)
            return Copies((found,), True)
        if held := self._by_isbn.get(_isbn(book_number(written))):
            return Copies(tuple(held))
        if against:
            copies = self._by_book(record)._replace(against=against)
            (self.found_by_book if copies.numbers else self.of_another_book).append(record)
            record.notes.append(f"登记号原写 {written}")
            return copies
        if padded != written:
            journal.did(ZEROS, record.place, "个别登记号", written, padded)
        return Copies((padded,), True)

    def _contradicted(self, number: str, record: Record) -> str:
        """The title of the copy that has just been given the number, where the record is of another book; '' if not."""
        copy, title = self._given_to.get(number), record.get("title")
        if copy is None or copy.title is None or not title or plain_title(title) == plain_title(copy.title):
            return ""
        is_other = self.has_title(title) or are_other_books(record.get("isbn"), title, copy.isbn, copy.title)
        return copy.title if is_other else ""

    def reader(self, record: Record, journal: Journal) -> str | None:
        """The number of the reader a record is about; None where it cannot be told."""
        written: str | None = record.get("reader_no")
        name = record.get("name")
        if written or not name:
            return written
        named = self._by_name.of(record)
        if len(named) != 1:
            self.strangers.append(record)
            return None
        (number,) = named
        if is_surname(name) and plain_title(name) != plain_title(full := self._full_names[number]):
            self.by_surname.append(record)
            record.notes.append(f"{record.header('name', '姓名')}原写 {name}")
            record.values["name"] = full
        journal.did(READER_FOUND, record.place, "读者证号", name, number)
        return number

    def teacher(self, record: Record) -> str | None:
        """The card of the class teacher, for books lent to a whole class; None where there is not just one."""
        numbers = self._teachers.get(class_key(class_of(record) or ""), [])
        return numbers[0] if len(numbers) == 1 else None

    def class_name(self, record: Record, journal: Journal) -> str | None:
        """The class on the record, or in the title of its list, spelled as everywhere; a grade alone is no class of a
        school whose readers are in none of that name.
        """
        written = class_of(record)
        is_told = record.get("class_name") or class_in(written or "") or class_key(written or "") in self._classes
        if not written or not is_told:
            return None
        spelled = self._names.spelled(written, record.get("lent_on") or record.get("happened_on"))
        if not record.get("class_name"):
            journal.did(CLASS_FROM_PLACE, record.place, "班级", "", spelled)
        elif spelled != written:
            journal.did(CLASS_NAME, record.place, "班级", written, spelled)
        return spelled
