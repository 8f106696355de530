"""Whatever form the old lists have, the adopted books hold what the school has, and nothing is lost unsaid."""

from random import Random

import pytest

from adoption import messy
from adoption.old_lists import adopt_tables
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.report import settles_every_row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome


def check(seed: int) -> None:
    """Make a school and its lists, take them over and hold the result against the school."""
    random = Random(seed)
    school = messy.school(random)
    done = adopt_tables(messy.sources(random, school), Options(messy.AS_OF))
    assert sorted(map(_copy, done.ledger_set.rows[AccessionRow])) == sorted(map(_true_copy, school.copies))
    readers: list[ReaderRow] = done.ledger_set.rows[ReaderRow]
    assert sorted((one.reader_no, one.name, one.kind, one.class_name or "") for one in readers) == sorted(
        school.readers
    )
    assert sorted(map(_loan, done.ledger_set.rows.get(LoanRow, [])), key=repr) == sorted(
        map(_true_loan, school.loans), key=repr
    )
    assert settles_every_row(done)
    assert _left_behind(done) == []
    assert not any(done.journal.counts[what].aside for what in What)


def _copy(row: AccessionRow) -> tuple[object, ...]:
    assert row.remarks is not None
    assert row.remarks.startswith("系统码：X")
    return (
        row.accession_no, row.title, row.author, row.isbn or "", row.class_no or "", str(row.price), row.location or "",
        str(row.accessioned_on),
    )  # fmt: skip


def _true_copy(one: messy.Copy) -> tuple[object, ...]:
    return (
        one.number, one.title, one.author, one.isbn, one.class_no, str(one.price), one.location,
        str(one.accessioned_on),
    )  # fmt: skip


def _loan(row: LoanRow) -> tuple[object, ...]:
    return (row.accession_no, row.reader_no, row.lent_on, row.returned_on, row.outcome is LoanOutcome.LOST)


def _true_loan(one: messy.Loan) -> tuple[object, ...]:
    return (one.number, one.reader.number, one.lent_on, one.returned_on, one.is_lost)


def _left_behind(done: Adoption) -> list[str]:
    return [
        row_record.text
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE and row_record.is_record
    ]


@pytest.mark.parametrize("seed", range(12))
def test_the_books_hold_what_the_school_has(seed: int) -> None:
    check(seed)
