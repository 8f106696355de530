"""Records of loans and fines whose number no list of books states and adoption has just given to a copy."""

from collections.abc import Sequence

from schoollib_xl.adoption.copies.lots import stated_numbers
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.lending.directory import Copies, Directory
from schoollib_xl.adoption.rows.records import Record

ANOTHER_BOOK = "登记号 {number} 书目里原来没有，是新编给《{title}》的；这里写的书名不是它，书目里也没有"
FOUND_BY_BOOK = (
    "登记号书目里原来没有、现在编给了别的书的 {count} 行借阅（第一处{first}“{book}”）："
    "照书名、书号找的册，原来写的号在备注里，还书时对着书改。"
)
BY_GIVEN_NUMBER = (
    "只写了登记号、没写书名的 {count} 行借阅（第一处{first}“{book}”）：这个号书目里没有，是接收时新编的，照新号记了；"
    "写的是书上的旧号，就把旧号写进书目，再接收一次。"
)
OF_ANOTHER_BOOK = (
    "借阅里有 {count} 行没有接收（第一处{first}“{book}”）：写的登记号书目里原来没有，现在编给了别的书，"
    "这些书名书目里又没有；把书连登记号写进书目，再接收一次。"
)
FINES_OF_ANOTHER_BOOK = (
    "登记号书目里原来没有、现在编给了别的书的 {count} 行赔偿（第一处{first}“{book}”）：照书名找登记号，"
    "同名的不止一册、书目里又没有的空着；原来写的号在备注里，对着书补上。"
)
FINES_OF_SEVERAL = (
    "一行写了几个登记号的 {count} 行赔偿（第一处{first}“{book}”）照写记成一行，分不出哪一册赔多少；"
    "一册一行、钱分开写，再接收一次。"
)
FINES_BY_GIVEN_NUMBER = (
    "只写了登记号、没写书名的 {count} 行赔偿（第一处{first}“{book}”）：这个号书目里没有，是接收时新编的，照新号记了；"
    "写的是书上的旧号，就把旧号写进书目，再接收一次。"
)


def another_book(record: Record, copies: Copies) -> str:
    """Why a line is set aside whose number has been given to another book, and whose own no list has."""
    return ANOTHER_BOOK.format(number=record.get("accession_no") or record.get("barcode"), title=copies.against)


def tell_given_numbers(directory: Directory, journal: Journal) -> None:
    """Say of which records a given number was not followed, and of which nothing else tells the book."""
    journal.urgent += _said(OF_ANOTHER_BOOK, directory.of_another_book)
    journal.urgent += _said(BY_GIVEN_NUMBER, directory.by_given_number)
    journal.assumed += _said(FOUND_BY_BOOK, directory.found_by_book)


def tell_numbers_of_fines(fines: Sequence[Record], directory: Directory, journal: Journal) -> None:
    """Say of which fines the number now is another book's, and which are of several copies."""
    journal.urgent += _said(FINES_OF_SEVERAL, [record for record in fines if len(stated_numbers(record).numbers) > 1])
    journal.urgent += _said(FINES_OF_ANOTHER_BOOK, [*directory.found_by_book, *directory.of_another_book])
    journal.urgent += _said(FINES_BY_GIVEN_NUMBER, directory.by_given_number)


def _said(sentence: str, records: Sequence[Record]) -> list[str]:
    book = next((one.get("title") or one.get("accession_no") or one.get("barcode") for one in records), None)
    return of_many(sentence, [record.place for record in records], book=book)
