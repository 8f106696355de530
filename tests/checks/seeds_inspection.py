"""评估细则 and 图书审查: one defect in the clean school per check."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, again, first, wrong
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.kept import Kept, KeptSample
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome

_DAY = timedelta(days=1)


def item_twice(books: Books) -> list[str]:
    first, second = books.rows(EvaluationRow)[:2]
    return [books.at("EVA001", books.edit(second, item=first.item), "item")]


def labels_outdated(books: Books) -> list[str]:
    """Every label was printed, and one copy has got another 书次号 since."""
    books.keep(Kept({copy.accession_no: copy.call_number for copy in books.rows(AccessionRow)}))
    copy = books.edit(books.first(AccessionRow, lambda copy: copy.withdrawn_on is None), book_no="99")
    return [books.at("CRD201", copy, "class_no")]


def sample_unanswered(books: Books) -> list[str]:
    copy = books.first(AccessionRow, lambda copy: copy.withdrawn_on is None)
    books.keep(Kept(samples=(KeptSample(date(2026, 6, 20), 20, (copy.accession_no,)),)))
    return [books.at("EVA401", copy, "accession_no")]


def review_long_ago(books: Books) -> list[str]:
    """The review was last year's, so that no batch of this year was looked through either."""
    row = books.edit(books.first(ReviewRow), reviewed_on=date(2025, 6, 30))
    return [
        books.at("RVW101", row, "reviewed_on"),
        books.at("RVW303", books.first(SummaryRow), "batch_no"),
    ]


def lent_though_stopped(books: Books) -> list[str]:
    loan = books.first(LoanRow)
    stopped = {"scope": loan.accession_no, "outcome": ReviewOutcome.STOPPED, "reviewed_on": loan.lent_on - _DAY}
    books.add(books.first(ReviewRow)._replace(**stopped))
    again = [one for one in books.rows(LoanRow) if one.accession_no == loan.accession_no]
    return [books.at("RVW301", one, "accession_no") for one in again]


def to_be_removed_and_kept(books: Books) -> list[str]:
    """Decided in the first term, still there in the second; that everything passed since takes nothing back."""
    reviewed_on = date(2025, 12, 10)
    lent = {loan.accession_no for loan in books.rows(LoanRow) if loan.lent_on > reviewed_on}
    copy = books.first(AccessionRow, lambda copy: copy.withdrawn_on is None and copy.accession_no not in lent)
    removed = {"scope": copy.accession_no, "outcome": ReviewOutcome.REMOVE, "reviewed_on": reviewed_on}
    return [books.at("RVW302", books.add(books.first(ReviewRow)._replace(**removed)), "outcome")]


def batch_not_reviewed(books: Books) -> list[str]:
    last = books.last(SummaryRow, lambda row: row.flow.value == "入藏")
    books.edit(books.first(ReviewRow), reviewed_on=last.registered_on - _DAY)
    unseen = [row for row in books.rows(SummaryRow) if row.registered_on >= last.registered_on]
    first = next(row for row in unseen if row.flow.value == "入藏")
    return [books.at("RVW303", first, "batch_no")]


def reviewed_before_it_came(books: Books) -> list[str]:
    batch = books.last(SummaryRow, lambda row: row.flow.value == "入藏")
    early = {"scope": batch.batch_no, "reviewed_on": batch.registered_on - _DAY}
    return [books.at("RVW102", books.add(books.first(ReviewRow)._replace(**early)), "reviewed_on")]


def stopped_without_reason(books: Books) -> list[str]:
    copy = books.last(AccessionRow, lambda copy: copy.withdrawn_on is None)
    stopped = {"scope": copy.accession_no, "outcome": ReviewOutcome.STOPPED, "reviewed_on": date(2026, 7, 2)}
    unsaid = books.first(ReviewRow)._replace(**stopped, reason=None, remarks=None)
    return [books.at("RVW305", books.add(unsaid), "reason")]


def reviewed_after_it_went(books: Books) -> list[str]:
    gone = books.first(AccessionRow, lambda copy: copy.withdrawn_on is not None)
    passed = {"scope": gone.accession_no, "outcome": ReviewOutcome.PASSED, "reviewed_on": date(2026, 7, 2)}
    return [books.at("RVW306", books.add(books.first(ReviewRow)._replace(**passed)), "scope")]


def _of_figure(code: str, name: str, field: str, **changes: Any) -> Callable[[Books], list[str]]:
    def seed(books: Books) -> list[str]:
        row = books.first(EvaluationRow, lambda row: row.figure == name)
        return [books.at(code, books.edit(row, **changes), field)]

    return seed


SEEDS["EVA303"] = _of_figure("EVA303", "书标齐全率", "figure", figure="书袋卡齐全率")
SEEDS["EVA304"] = _of_figure("EVA304", "报刊种数", "standard", standard="40")
SEEDS["EVA305"] = _of_figure("EVA305", "帐物相符率", "standard", standard="980%")
wrong("EVA302", first(EvaluationRow, lambda row: row.figure is not None), standard="七本齐全")
wrong("EVA306", first(EvaluationRow), record="本校藏书5000册")
wrong("EVA201", first(EvaluationRow), own_mark=lambda row: row.full + Decimal(1))
wrong("EVA301", first(EvaluationRow, figure="报刊种数"), figure="报刊总种数目")
again("RVW304", first(ReviewRow), "scope", scope="2025-099")
