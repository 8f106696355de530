"""Loan lists into 借阅登记账: readers and copies looked up where the list names them in another way."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import Any

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.people import ClassNames
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.transforms import (
    CLASS_NAME,
    COPY_BY_BARCODE,
    COPY_BY_TITLE,
    NEW_NUMBER,
    READER_FOUND,
    RETURNED,
    ZEROS,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.class_names import class_key
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome

UNDATED = "没有借出日期，或读不出来"
NO_READER = "没有读者证号，照姓名和班级也查不到"
NO_COPY = "没有登记号，照书名也定不下是哪一册"
_FIELDS = tuple(field.name for field in SHEETS[LoanRow].fields)


class Directory:
    """Who and which copy an old list means: by barcode, by title, by name and class."""

    def __init__(
        self, copies: Iterable[AccessionRow], readers: Iterable[ReaderRow], names: ClassNames, width: int
    ) -> None:
        self._names = names
        self._width = width
        self._numbers: set[str] = set()
        self._by_barcode: dict[str, str] = {}
        self._by_title: dict[str, list[str]] = defaultdict(list)
        for copy in copies:
            self._numbers.add(copy.accession_no)
            if copy.barcode:
                self._by_barcode.setdefault(copy.barcode, copy.accession_no)
            if copy.title:
                self._by_title[_plain(copy.title)].append(copy.accession_no)
        self._by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for reader in readers:
            for class_name in {reader.class_name or "", ""}:
                self._by_name[reader.name, class_key(class_name)].append(reader.reader_no)

    def copy(self, record: Record, journal: Journal) -> str | None:
        """The accession number of the copy a record is about; None where it cannot be told."""
        written: str | None = record.get("accession_no")
        if not written:
            return self._copy_by_title(record, journal)
        padded = written.zfill(self._width) if written.isdecimal() else written
        if padded not in self._numbers and (found := self._by_barcode.get(written)):
            journal.did(COPY_BY_BARCODE, record.place, "个别登记号", written, found)
            return found
        if padded != written:
            journal.did(ZEROS, record.place, "个别登记号", written, padded)
        return padded

    def _copy_by_title(self, record: Record, journal: Journal) -> str | None:
        title = record.get("title")
        held = self._by_title.get(_plain(title), []) if title else []
        if len(held) != 1:
            return None
        journal.did(COPY_BY_TITLE, record.place, "个别登记号", title, held[0])
        return held[0]

    def reader(self, record: Record, journal: Journal) -> str | None:
        """The number of the reader a record is about; None where it cannot be told."""
        written: str | None = record.get("reader_no")
        if written or not record.get("name"):
            return written
        named = self._by_name.get((record.get("name"), class_key(record.get("class_name") or "")), [])
        if len(named) != 1:
            return None
        journal.did(READER_FOUND, record.place, "读者证号", record.get("name"), named[0])
        return named[0]

    def class_name(self, record: Record, journal: Journal) -> str | None:
        """The class on the record, spelled as everywhere."""
        written: str | None = record.get("class_name")
        if not written:
            return None
        spelled = self._names.spelled(written)
        if spelled != written:
            journal.did(CLASS_NAME, record.place, "班级", written, spelled)
        return spelled


class Loans:
    """Takes over loans one by one; `rows` are those that can stand in 借阅登记账."""

    def __init__(self, directory: Directory, journal: Journal, taken: Iterable[str] = ()) -> None:
        self._directory = directory
        self._journal = journal
        self._taken = set(taken)
        self._fresh = (number for number in (f"J{n:06}" for n in count(1)) if number not in self._taken)
        self.rows: list[LoanRow] = []

    def take(self, records: Iterable[Record]) -> None:
        """Take over records that are a loan each."""
        records = list(records)
        self._taken |= {record.get("loan_no") for record in records}
        for record in records:
            values: dict[str, Any] = {name: record.get(name) for name in _FIELDS}
            reader_no = self._directory.reader(record, self._journal)
            accession_no = self._directory.copy(record, self._journal)
            if reason := _missing(values["lent_on"], reader_no, accession_no):
                self._journal.aside(record.place, reason, record.text)
                continue
            values |= {"reader_no": reader_no, "accession_no": accession_no, "remarks": record.remarks}
            values["class_name"] = self._directory.class_name(record, self._journal)
            if values["returned_on"] and values["outcome"] is None:
                values["outcome"] = LoanOutcome.RETURNED
                self._journal.did(RETURNED, record.place, "归还情况", "", LoanOutcome.RETURNED.value)
            number = self.add(values, record)
            self._journal.adopted(record.place, "借阅登记账", [number])

    def add(self, values: dict[str, Any], record: Record) -> str:
        """Write a loan down; its number."""
        if not values.get("loan_no"):
            values["loan_no"] = next(self._fresh)
            self._journal.did(NEW_NUMBER, record.place, "借阅序号", "", values["loan_no"])
        self.rows.append(LoanRow(line=len(self.rows) + 2, **values))
        number: str = values["loan_no"]
        return number


def _missing(lent_on: object, reader_no: str | None, accession_no: str | None) -> str:
    if lent_on is None:
        return UNDATED
    if not reader_no:
        return NO_READER
    return "" if accession_no else NO_COPY


def _plain(title: str) -> str:
    return "".join(title.split())
