"""What is settled once all rows are taken: one number for two things, and due dates by the lending rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.transforms import DUE_BY_RULE
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.rules.lending import LoanTerms

# What is said of them on the screen; check lists each.
_MOST_SHOWN = 3

_WHERE = SourceRow("", "借阅登记账", 0)


def doubled(copies: Iterable[AccessionRow], readers: Iterable[ReaderRow]) -> Iterator[str]:
    """A sentence on accession numbers and one on readers' numbers that stand more than once."""
    books = _twice((copy.accession_no, f"《{copy.title or '没有书名'}》") for copy in copies)
    if books:
        yield f"一个登记号两册书：{_some(books)}；都照原样收下，先看书上盖的号，再改写错的那一行。"
    people = _twice((reader.reader_no, f"{reader.name}（{reader.class_name or '没有班级'}）") for reader in readers)
    if people:
        yield f"一个证号两个人：{_some(people)}；都照原样收下，借书先看姓名，给其中一人换一个新证号。"


def _twice(numbered: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_number: dict[str, list[str]] = defaultdict(list)
    for number, name in numbered:
        by_number[number].append(name)
    return {number: names for number, names in by_number.items() if len(names) > 1 and number}


def _some(found: dict[str, list[str]]) -> str:
    shown = "；".join(f"{number} {'、'.join(names)}" for number, names in list(found.items())[:_MOST_SHOWN])
    return shown if len(found) <= _MOST_SHOWN else f"{shown}等 {len(found)} 个号"


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
