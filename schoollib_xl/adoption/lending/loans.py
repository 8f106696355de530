"""Loan registers and logs into 借阅登记账: a row of a register is a loan, or so many as its 册数 says. Where lists have
no due dates, the lending rules say them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from schoollib_xl.adoption.fresh_numbers import numbers_from
from schoollib_xl.adoption.journal import Journal, SourceRow, What, of_many
from schoollib_xl.adoption.lending.claims import Claim, Shelf
from schoollib_xl.adoption.lending.directory import Copies, Directory
from schoollib_xl.adoption.lending.events import NO_READER, EventLog, no_book, tell_strangers
from schoollib_xl.adoption.lending.given_numbers import another_book, tell_given_numbers
from schoollib_xl.adoption.lending.several_books import BooksOfRows
from schoollib_xl.adoption.lending.stated_twice import settle_twice, stated_twice
from schoollib_xl.adoption.rows.records import Record, class_of
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.adoption.transforms import COPY_BY_TITLE, DUE_BY_RULE, LOWEST_COPY, NEW_NUMBER, RETURNED
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome
from schoollib_xl.rules.lending import LoanTerms

UNDATED = "没有借出日期，或读不出来"
YEARLESS = "借出日期只写了月、日，标题、表名、文件名和上下行里都没有年份；把年份写进标题或文件名再接收"
ALL_OUT = (
    "登记号定不下，馆里的那天又都借出去了的 {count} 笔（第一处{first}）：记了书名，个别登记号空着；"
    "先查前面的还书漏没漏记，再对着书补上。"
)
SEVERAL = "册数是 {held}，书名写了 {books} 本，不知道各是几册；一本一行再接收"
UNKNOWN_BOOK = "借的书在书目里没有的 {count} 笔（第一处{first}“{book}”）：记了书名，个别登记号空着；{remedy}。"
CHOSEN = "登记号定不下、同一种书馆里又有几册的 {loans} 笔借阅，记的是那时在馆的号最小的一册，还书时对着书改。"
UNDATED_END = (
    "写着已还或丢失、没写哪天的 {count} 笔（第一处{first}）：照写的记归还情况，归还日期空着，没有猜；查得到的补上。"
)
_REMEDY = {True: "书名和书目写得不一样的改成一样，再接收一次", False: "连书目一起再接收一次"}
DOUBTFUL = "借出日期 {text} 存成了数，也可能是 {text}0；改成 10月10日 这样的文字再接收"
UNCLEAR_END = "归还一栏写的“{text}”看不懂，不知道还了没有；改成归还的日期、已还、未还或遗失再接收"
PAID_FOR = "归还一栏写的“{text}”是赔了，不知道是遗失还是损坏；改成遗失，或书还回来的日期，再接收"
NO_TEACHER = "是班级借的，名册里没有这个班的班主任；加一栏“班主任”再接收"
NOTHING_LENT = "只写了人，没有借书"
_FIELDS = tuple(field.name for field in SHEETS[LoanRow].fields)
_PAID = ("赔", "已赔", "照价赔", "原价赔", "按价赔")
# What says anything of a loan; all else in its row is of the reader.
_OF_A_LOAN = ("title", "accession_no", "isbn", "barcode", "lent_on", "due_on", "returned_on", "outcome", "unclear_end")
_ENDED = ("returned_on", "outcome", "unclear_end")
# More loans in one row of a register than this are a slip of the pen, such as a number in the wrong column.
_MOST_AT_ONCE = 200
# Due dates by rule are told of the row of the ledger: no list holds them.
_WHERE = SourceRow("", "借阅登记账", 0)


class Loans:
    """Takes over the loans of registers and logs together; `rows` are those that stand in 借阅登记账."""

    def __init__(self, directory: Directory, journal: Journal) -> None:
        self._directory = directory
        self._journal = journal
        self._log = EventLog(directory, journal)
        self._books = BooksOfRows(directory, journal)
        self._taken: set[Any] = set()
        # Registers of several classes each begin with 1: only the first keeps its numbers.
        self._given: set[Any] = set()
        self._of_unknown_books: list[Record] = []
        self._undated: list[SourceRow] = []
        self._all_out: list[SourceRow] = []
        self._chosen = 0
        self._fresh = numbers_from(1, 6, "J", used=self._taken)
        self.rows: list[LoanRow] = []

    def take(self, register: Iterable[Record], log: Iterable[Record]) -> None:
        """Take over every loan the records state."""
        register = list(register)
        self._taken |= {record.get("loan_no") for record in register}
        stated = [self._claims(record) for record in register]
        log = list(log)
        self._books.look_at(log)
        self._books.told()
        self._journal.urgent += _unclear_renewals(register)
        self._journal.assumed += [*_two_days(register), *_in_room(register)]
        logged = self._log.claims(log)
        twice = stated_twice((claim for claims in stated for claim in claims), logged)
        left_out = {id(one.claim) for one in twice}
        own = [[claim for claim in claims if id(claim) not in left_out] for claims in stated]
        Shelf(self._directory).give([*(claim for claims in own for claim in claims), *logged])
        for claims in own:
            self._settle(claims)
        for claim in logged:
            self._log.settle(claim, self._write(claim))
        settle_twice(twice, self._journal)
        told = self._journal.urgent if self._directory.has_copies else self._journal.assumed
        told += _unknown_books(self._of_unknown_books, self._directory)
        tell_given_numbers(self._directory, self._journal)
        tell_strangers(self._directory, self._journal)
        self._journal.urgent += of_many(ALL_OUT, self._all_out)
        self._journal.assumed += of_many(UNDATED_END, self._undated)
        if self._chosen:
            self._journal.assumed.append(CHOSEN.format(loans=self._chosen))

    def _claims(self, record: Record) -> list[Claim]:
        """The loans of a row; none where it is set aside."""
        if not any(map(record.get, _OF_A_LOAN)) and not (record.unread or record.further or record.notes):
            # Registers are kept on lists of the class, a line for each pupil beforehand.
            self._journal.aside(record.place, NOTHING_LENT, record.text, is_record=False)
            return []
        held = record.get("held")
        times = held if isinstance(held, int) and 0 < held <= _MOST_AT_ONCE else 1
        books = self._books.of(record)
        if len(books) > 1 and times not in (1, len(books)):
            self._count(record, came_in=times, aside=times)
            self._journal.aside(record.place, SEVERAL.format(held=times, books=len(books)), record.text)
            return []
        each = times if len(books) == 1 else 1
        for book in books:
            self._count(book, came_in=each)
        if "held" in record.unread:
            self._journal.unreadable(What.LOANS)
        borrower = self._borrower(record)
        reasons: list[str] = []
        claims: list[Claim] = []
        for book in books:
            copies = self._directory.copies(book, self._journal)
            if reason := _why_not(book, borrower["reader_no"], copies):
                self._count(book, aside=each)
                reasons.append(reason)
                continue
            values = self._values(book) | borrower
            number = 1 if copies.is_named else each
            claims += (Claim(book, _nth(values, n, record.get("back")), copies) for n in range(number))
        if reasons:
            self._not_all(record, reasons[0], partly=bool(claims))
        return claims

    def _borrower(self, record: Record) -> dict[str, Any]:
        """Whose the loans of a row are, and how: of a class without a name, of its teacher for the class."""
        reader_no, mode = self._directory.reader(record, self._journal), record.get("mode")
        if not reader_no and not record.get("name") and (reader_no := self._directory.teacher(record)):
            mode = mode or LoanMode.CLASS
        return {"reader_no": reader_no, "mode": mode}

    def _values(self, book: Record) -> dict[str, Any]:
        class_name = self._directory.class_name(book, self._journal)
        values = {name: book.get(name) for name in _FIELDS} | {"class_name": class_name, "remarks": book.remarks}
        self._closed(values, book)
        return values

    def _not_all(self, record: Record, reason: str, *, partly: bool) -> None:
        """Say why a row, or some of its books, is set aside."""
        if partly:
            self._journal.urgent.append(f"{record.place}写了几本书，有的没有接收：{reason}。")
        else:
            self._journal.aside(record.place, reason, record.text)

    def _closed(self, values: dict[str, Any], record: Record) -> None:
        if values["returned_on"] and values["outcome"] is None:
            values["outcome"] = LoanOutcome.RETURNED
            self._journal.did(RETURNED, record.place, "归还情况", "", LoanOutcome.RETURNED.value)

    def _settle(self, claims: list[Claim]) -> None:
        """Write the loans of a row."""
        if claims:
            self._journal.adopted(claims[0].record.place, "借阅登记账", list(map(self._write, claims)))

    def _write(self, claim: Claim) -> str:
        """Write a loan down; its number."""
        values: dict[str, Any] = dict.fromkeys(_FIELDS) | claim.values
        place = claim.record.place
        if not values["loan_no"] or values["loan_no"] in self._given:
            values["loan_no"] = next(self._fresh)
            self._journal.did(NEW_NUMBER, place, "借阅序号", "", values["loan_no"])
        values["accession_no"] = claim.accession_no
        if claim.accession_no is None and claim.copies.numbers:
            values["title"] = values["title"] or self._directory.title_of(claim.copies.numbers[0])
            self._all_out.append(place)
        elif claim.accession_no is None:
            self._of_unknown_books.append(claim.record)
        elif not claim.copies.is_named:
            how = COPY_BY_TITLE if len(claim.copies.numbers) == 1 else LOWEST_COPY
            said = _book_of(claim.record)
            self._chosen += how is LOWEST_COPY
            self._journal.did(how, place, "个别登记号", said, claim.accession_no)
        if values["outcome"] and not values["returned_on"]:
            self._undated.append(place)
        self._given.add(values["loan_no"])
        self.rows.append(LoanRow(line=len(self.rows) + 2, **values))
        number: str = values["loan_no"]
        claim.loan_no = number
        return number

    def _count(self, record: Record, *, came_in: int = 0, aside: int = 0) -> None:
        """So many loans of a row were stated, or set aside; of ended ones as many returns, or those that came back."""
        self._journal.count(What.LOANS, came_in=came_in, aside=aside)
        if any(map(record.get, _ENDED)):
            back = record.get("back")
            most = back if isinstance(back, int) else max(came_in, aside)
            self._journal.count(What.RETURNS, came_in=min(came_in, most), aside=min(aside, most))


def _nth(values: Mapping[str, Any], n: int, back: int | None) -> dict[str, Any]:
    """The values of the n-th loan of a row (from 0), of which so many came back."""
    is_out = isinstance(back, int) and n >= back
    return {**values, "returned_on": None, "outcome": None} if is_out else dict(values)


def _book_of(record: Record) -> str:
    return str(record.get("title") or record.get("isbn") or record.get("accession_no") or "")


def _unknown_books(records: Sequence[Record], directory: Directory) -> list[str]:
    book, remedy = next(map(_book_of, records), ""), _REMEDY[directory.has_copies]
    return of_many(UNKNOWN_BOOK, [record.place for record in records], book=book, remedy=remedy)


def _unclear_renewals(records: Iterable[Record]) -> Iterator[str]:
    told = [record for record in records if record.get("unclear_renewal")]
    if told:
        yield (
            f"续借一栏看不懂的 {len(told)} 行（第一处{told[0].place}“{told[0].get('unclear_renewal')}”）："
            "续借次数空着，没写应还日期的照没有续借推算；"
            "续借过几次，在借阅登记账补上，应还日期照着改。原话在备注里。"
        )


def _two_days(records: Iterable[Record]) -> Iterator[str]:
    told = [record for record in records if record.get("two_days")]
    if told:
        due = sum(record.get("two_days") == "due_on" for record in told)
        yield (
            f"借出日期一格里写了起止两个日子的 {len(told)} 行（第一处{told[0].place}）："
            f"前一个记借出，后一个记归还的 {len(told) - due} 行，记应还的 {due} 行。"
        )


def _in_room(records: Iterable[Record]) -> Iterator[str]:
    told = [record for record in records if record.get("in_room")]
    if told:
        yield f"{told[0].table.name} 是室内阅览的登记：{len(told)} 行记成室内，当天归还。"


def readers_named(records: Iterable[Record]) -> Iterator[Record]:
    """Of the records of loans the first that names each reader, by number, else by name and class."""
    seen: set[tuple[Any, ...]] = set()
    names: set[str] = set()
    # A list that does not say the class means those of whom another one does.
    for record in sorted(records, key=lambda record: not _class_of(record)):
        number, name, in_class = record.get("reader_no"), record.get("name"), _class_of(record)
        plain = plain_title(name or "")
        key = (number,) if number else (plain, in_class)
        if plain and key not in seen and (number or in_class or plain not in names):
            seen.add(key)
            names.add(plain)
            yield record


def _class_of(record: Record) -> str:
    return class_key(class_of(record) or "")


def _why_not(record: Record, reader_no: str | None, copies: Copies) -> str:
    if text := record.get("lent_on") is None and record.doubtful_day("lent_on"):
        return DOUBTFUL.format(text=text)
    if record.get("lent_on") is None:
        return YEARLESS if record.lacks_year("lent_on") else UNDATED
    if not reader_no:
        return NO_TEACHER if not record.get("name") and _class_of(record) else NO_READER
    if text := record.get("unclear_end"):
        return (PAID_FOR if text.startswith(_PAID) else UNCLEAR_END).format(text=text)
    if copies.against and not copies.numbers:
        return another_book(record, copies)
    return "" if copies.numbers or record.get("title") else no_book(record)


def with_due_dates(ledger_set: LedgerSet, as_of: date, journal: Journal) -> list[LoanRow]:
    """The loans of the set of ledgers, each with a due date where a rule says one."""
    loans: list[LoanRow] = ledger_set.rows.get(LoanRow, [])
    if all(loan.due_on for loan in loans):
        return loans
    terms = LoanTerms(ledger_set.library(as_of))
    return [loan if loan.due_on else _with_due_date(loan, terms, journal) for loan in loans]


def _with_due_date(loan: LoanRow, terms: LoanTerms, journal: Journal) -> LoanRow:
    due_on = terms.due_on(loan)
    if due_on is None:
        return loan
    journal.did(DUE_BY_RULE, _WHERE._replace(row=loan.line), "应还日期", "", due_on.isoformat())
    return loan._replace(due_on=due_on)
