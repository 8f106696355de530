"""Done as told: the finding goes, and nothing new comes."""

from collections.abc import Callable
from typing import Any

import pytest

from checks.books import Books
from checks.test_seeded_defects import SEEDS
from make import flat
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.year import clean_school

Act = Callable[[Books], None]


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


def _moved_out(row_type: type[Any], key: str) -> Act:
    """The later of two rows with one number is moved out of the ledger."""

    def act(books: Books) -> None:
        seen: set[str] = set()
        for row in list(books.rows(row_type)):
            if getattr(row, key) in seen:
                books.drop(row)
            seen.add(getattr(row, key))

    return act


def _remarked(row_type: type[Any], holds: Callable[[Any], bool], remarks: str) -> Act:
    """A word is written into 备注, as the advice says."""

    def act(books: Books) -> None:
        books.edit(books.last(row_type, holds), remarks=remarks)

    return act


def _entered_twice(row_type: type[Any], **changes: Any) -> Act:
    def act(books: Books) -> None:
        books.add(books.rows(row_type)[-1]._replace(**changes))

    return act


def _of_a_class_that_was_merged(books: Books) -> None:
    for row in books.rows(LoanRow)[:3]:
        books.edit(row, class_name="二（9）班")


def _merged_class_added(books: Books) -> None:
    books.add(example(ClassRow, class_name="二（9）班", grade=2, pupils=0, teacher=None))


def _overpaid(books: Books) -> None:
    row = books.first(SummaryRow, lambda row: row.batch_no == "2025-003")
    books.edit(row, paid_value=row.list_value + 1, voucher_no=None)


def _two_bound_in_one(books: Books) -> None:
    """Two titles bound in one volume: both name the number."""
    one, other = [row for row in books.rows(PeriodicalRow) if row.bound_volumes][:2]
    numbers = {"first_bound_no": one.first_bound_no, "last_bound_no": one.last_bound_no}
    books.edit(other, **numbers)


def _seeded(code: str) -> Act:
    def act(books: Books) -> None:
        SEEDS[code](books)

    return act


# What is amiss, and what the advice of the code says.
ADVICE: dict[str, tuple[Act, Act]] = {
    "CIR001": (_entered_twice(LoanRow), _moved_out(LoanRow, "loan_no")),
    "CMP001": (_entered_twice(CompensationRow), _moved_out(CompensationRow, "incident_no")),
    "CMP014": (
        _seeded("CMP014"),
        lambda books: books.drop(books.rows(CompensationRow)[-1]),
    ),
    "WDL001": (_entered_twice(WithdrawalRow), _moved_out(WithdrawalRow, "accession_no")),
    "SUM221": (
        _overpaid,
        _remarked(SummaryRow, lambda row: row.batch_no == "2025-003", "多付 1 元，书店要求整数"),
    ),
    "CMP203": (
        _seeded("CMP203"),
        _remarked(CompensationRow, lambda row: row.incident_no == "P2025-002", "协商多赔"),
    ),
    "RDR003": (
        lambda books: _second_pupil(books),
        _remarked(ReaderRow, lambda row: row.reader_no == "S0999", "同名"),
    ),
    "CIR308": (_of_a_class_that_was_merged, _merged_class_added),
    "ACC013": (
        _seeded("ACC013"),
        lambda books: _isbn_corrected(books),
    ),
}


def _second_pupil(books: Books) -> None:
    reader = books.first(ReaderRow)
    books.add(reader._replace(reader_no="S0999"))
    held = books.first(ClassRow, lambda row: row.class_name == reader.class_name)
    books.edit(held, pupils=held.pupils + 1)


def _isbn_corrected(books: Books) -> None:
    right = {copy.accession_no: copy.isbn for copy in clean_school().rows[AccessionRow]}
    for copy in list(books.rows(AccessionRow)):
        if copy.isbn != right[copy.accession_no]:
            books.edit(copy, isbn=right[copy.accession_no])


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_done_as_told_the_finding_goes_and_nothing_new_comes(code: str, clean: LedgerSet) -> None:
    books = Books(clean)
    amiss, advised = ADVICE[code]
    amiss(books)
    assert code in {finding.split()[0] for finding in books.found()}
    advised(books)
    assert [finding for finding in books.found() if finding] == []


def _put_right(books: Books, clean: LedgerSet, named: set[tuple[type[Any], int]]) -> bool:
    """The lines that a finding names written as they were in the clean school; whether all is as it was then.
    What was left out is written again: no finding can name a line that is not there.
    """
    for kind, rows in books.ledger_set.rows.items():
        right = {row.line: row for row in clean.rows.get(kind, [])}
        kept = {row.line: right.get(row.line) if (kind, row.line) in named else row for row in rows}
        books.ledger_set.rows[kind] = [row for _, row in sorted((right | kept).items()) if row]
    return all(rows == clean.rows.get(kind, []) for kind, rows in books.ledger_set.rows.items())


# What is amiss there is a line that lacks: none can be named.
_A_LINE_LACKS = {"QUO002"}
_ERRORS = {code for code in SEEDS if ALL[code].severity is Severity.ERROR} - _A_LINE_LACKS


@pytest.mark.parametrize("code", sorted(_ERRORS))
def test_putting_right_the_lines_a_finding_names_settles_it_and_nothing_new_comes(code: str, clean: LedgerSet) -> None:
    books = Books(clean)
    SEEDS[code](books)
    library = books.library()
    own = run(library, [ALL[code]]).findings
    named = {(at.row_type, at.line) for one in own for at in (one.at, *one.see_also)}
    # As before the slip there is nothing to be found: that is another test.
    if not _put_right(books, clean, named):
        before = set(flat(library, run(library, ALL.values()).findings))
        after = flat(books.library(), run(books.library(), ALL.values()).findings)
        assert set(after) < before
        assert code not in {one.split()[0] for one in after}
