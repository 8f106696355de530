"""A library of a few titles for the lists, whose loans are easily counted by hand."""

from datetime import date
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Flow

PUPIL = "苗小禾"


def copy(number: int, title: str, **more: Any) -> AccessionRow:
    standard: dict[str, Any] = {"accession_no": f"{number:06}", "title": title, "isbn": None, "author": "甲"}
    return example(AccessionRow, **(standard | more))


def loan(number: int, accession_no: int, day: date, **more: Any) -> LoanRow:
    standard: dict[str, Any] = {
        "loan_no": f"{number:05}",
        "accession_no": f"{accession_no:06}",
        "lent_on": day,
        "due_on": date(2026, 1, 5),
        "returned_on": day,
        "name": PUPIL,
    }
    return example(LoanRow, **(standard | more))


def books(*rows: Any) -> LedgerSet:
    """The rows with an opening batch of August, a batch of October, a class of 24 and a pupil."""
    opening = example(SummaryRow, batch_no="2025-001", flow=Flow.OPENING, registered_on=date(2025, 8, 1))
    october = example(SummaryRow, batch_no="2025-002", registered_on=date(2025, 10, 9))
    people = (example(ClassRow, pupils=24), example(ReaderRow, name=PUPIL))
    return LedgerSet.of(opening, october, *people, *rows)


OLD, NEW = {"accessioned_on": date(2025, 8, 1)}, {"batch_no": "2025-002", "accessioned_on": date(2025, 10, 9)}
SHELF = (
    *(copy(number, "小河", **OLD) for number in (1, 2)),
    copy(3, "大山", **OLD),
    *(copy(number, "田野", **NEW) for number in (4, 5)),
)
LOANS = (
    loan(1, 1, date(2025, 9, 15)),
    loan(2, 2, date(2025, 10, 15)),
    loan(3, 4, date(2025, 10, 20), returned_on=None, outcome=None),
)
RECOMMENDED = (
    example(RecommendationRow, title="小 河", author=None),
    example(RecommendationRow, title="小河", author="别人"),
    example(RecommendationRow, title="没有的书"),
)
