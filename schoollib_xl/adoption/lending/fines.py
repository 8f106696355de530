"""What old lists of fines leave unsaid: whose they are, which copy, what happened and how it was settled."""

import re
from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.adoption.forms.list_titles import incident_told
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.lending.directory import Directory
from schoollib_xl.adoption.lending.given_numbers import tell_numbers_of_fines
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import COPY_BY_TITLE, INCIDENT_FROM_PLACE, PAID_IN_MONEY, SETTLED_THEN
from schoollib_xl.ledgers.vocabulary import Settlement

FOR_BEING_LATE = "是还书晚了的罚款，没有丢书、损书，没有记进赔偿登记账"
_OF_BEING_LATE = re.compile("[超逾过]期|滞纳")
# Whose day is that of the payment, where all is paid and no other day stands there.
_PAID_ON = re.compile("处理|赔偿|赔款|[缴交收付]款|[缴交]费")
# 逾期未还，已丢失 is a book lost.
_OF_THE_BOOK = re.compile("丢|遗失|损|污|破|撕|毁|坏")


def complete_fines(fines: Sequence[Record], directory: Directory, journal: Journal) -> None:
    """Give each fine the incident its title tells, the reader of its name, the copy of its title and its price, and
    money as its settlement where money was paid. What they say themselves stays, but a number that now is another
    book's.
    """
    for record in fines:
        _tell_incident(record, journal)
        _tell_settlement(record, journal)
        record.values["reader_no"] = directory.reader(record, journal)
        if directory.is_given(record) or not (record.get("accession_no") or "accession_no" in record.unread):
            _find_copy(record, directory, journal)
        if record.get("price") is None and "price" not in record.unread:
            record.values["price"] = directory.price_of(record.get("accession_no"))
    tell_numbers_of_fines(fines, directory, journal)


def without_overdue(fines: Iterable[Record], journal: Journal) -> Iterator[Record]:
    """The fines without those for coming late: no book was lost or damaged."""
    for record in fines:
        said = record.said("incident")
        if _OF_BEING_LATE.search(said) and not _OF_THE_BOOK.search(said):
            journal.aside(record.place, FOR_BEING_LATE, record.text)
        else:
            yield record


def _tell_incident(record: Record, journal: Journal) -> None:
    incident = incident_told(record.table.said_round)
    if incident and not record.get("incident") and "incident" not in record.unread:
        record.values["incident"] = incident
        journal.did(INCIDENT_FROM_PLACE, record.place, "情形", "", incident.value)


def _tell_settlement(record: Record, journal: Journal) -> None:
    if record.get("paid") and not record.get("settlement") and "settlement" not in record.unread:
        record.values["settlement"] = Settlement.PAYMENT
        journal.did(PAID_IN_MONEY, record.place, "处理方式", "", Settlement.PAYMENT.value)
    day, owed = record.get("registered_on"), record.get("owed")
    is_paid = record.get("settlement") is Settlement.PAYMENT and owed and (record.get("paid") or 0) >= owed
    if day and is_paid and "settled_on" not in record.table.columns and _PAID_ON.match(record.header("registered_on")):
        record.values["settled_on"] = day
        journal.did(SETTLED_THEN, record.place, "结清日期", "", day.isoformat())


def _find_copy(record: Record, directory: Directory, journal: Journal) -> None:
    written, copies = record.get("accession_no"), directory.copies(record, journal)
    record.values["accession_no"] = copies.numbers[0] if len(copies.numbers) == 1 else None
    if not written and (found := record.get("accession_no")):
        journal.did(COPY_BY_TITLE, record.place, "个别登记号", record.get("title") or "", found)
