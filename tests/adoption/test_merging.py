"""Two copies edited apart: what is added, changed, removed and in conflict."""

from datetime import date
from decimal import Decimal

import pytest

from adoption.old_lists import rows_of
from make import library, row
from schoollib_xl.adoption.two_copies.merging import Difference, Merged, merge
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.schema import SHEETS, Row
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable

BACK = date(2025, 9, 20)


def merged(a: list[Row], b: list[Row], base: list[Row] | None = None) -> Merged:
    return merge(library(*a), library(*b), library(*base) if base is not None else None)


def said(done: Merged) -> list[tuple[Difference, str, str]]:
    return [(entry.kind, entry.key, entry.header) for entry in done.entries]


def test_rows_only_one_copy_has_are_all_there() -> None:
    first, second = row(ReaderRow, reader_no="S1"), row(ReaderRow, reader_no="S2", name="周小麦")
    done = merged([first], [second])
    assert [one.reader_no for one in rows_of(done, ReaderRow)] == ["S1", "S2"]
    assert said(done) == [(Difference.ADDED, "S1", ""), (Difference.ADDED, "S2", "")]
    assert done.conflicts == []


def test_a_cell_only_one_copy_has_filled_is_filled() -> None:
    done = merged([row(LoanRow)], [row(LoanRow, returned_on=BACK)])
    assert rows_of(done, LoanRow)[0].returned_on == BACK
    assert said(done) == [(Difference.CHANGED, "J000001", "归还日期")]


def test_a_cell_both_have_filled_otherwise_is_a_conflict_and_a_is_kept() -> None:
    done = merged([row(AccessionRow, location="书库")], [row(AccessionRow, location="阅览室")])
    assert rows_of(done, AccessionRow)[0].location == "书库"
    (conflict,) = done.conflicts
    assert (conflict.header, conflict.a, conflict.b) == ("馆藏地", "书库", "阅览室")


def test_with_the_copy_they_came_from_the_one_who_changed_is_right() -> None:
    base = [row(AccessionRow, location="书库")]
    done = merged(base, [row(AccessionRow, location="阅览室")], base)
    assert rows_of(done, AccessionRow)[0].location == "阅览室"
    assert said(done) == [(Difference.CHANGED, "000001", "馆藏地")]
    emptied = merged(base, [row(AccessionRow, location=None)], base)
    assert rows_of(emptied, AccessionRow)[0].location is None


def test_with_the_copy_they_came_from_two_changes_of_one_cell_are_a_conflict() -> None:
    done = merged(
        [row(AccessionRow, location="甲处")], [row(AccessionRow, location="乙处")], [row(AccessionRow, location="书库")]
    )
    assert [entry.kind for entry in done.entries] == [Difference.CONFLICT]
    assert rows_of(done, AccessionRow)[0].location == "甲处"


def test_a_row_removed_on_one_side_is_removed_only_where_the_other_left_it_alone() -> None:
    base = [row(ReaderRow)]
    assert rows_of(merged([], base, base), ReaderRow) == []
    assert said(merged(base, [], base)) == [(Difference.REMOVED, "S0001", "")]
    changed = merged([row(ReaderRow, name="改了名")], [], base)
    assert len(rows_of(changed, ReaderRow)) == 1
    assert [entry.kind for entry in changed.entries] == [Difference.CONFLICT]


def test_two_loans_that_got_one_number_are_both_kept() -> None:
    mine, theirs = row(LoanRow, loan_no="J000009"), row(LoanRow, loan_no="J000009", reader_no="S0002")
    done = merged([mine], [theirs])
    loans = [(one.loan_no, one.reader_no) for one in rows_of(done, LoanRow)]
    assert loans == [("J000009", "S0001"), ("J000010", "S0002")]
    assert [entry.kind for entry in done.entries] == [Difference.RENUMBERED, Difference.ADDED, Difference.ADDED]
    assert done.conflicts == []


def test_a_loan_without_a_number_is_not_the_one_to_count_on_from() -> None:
    unnumbered = row(LoanRow, loan_no=None, accession_no="000002")
    done = merged([row(LoanRow), unnumbered], [row(LoanRow, accession_no="000003")])
    assert [(one.loan_no, one.accession_no) for one in rows_of(done, LoanRow)] == [
        ("J000001", "000001"),
        (None, "000002"),
        ("J000002", "000003"),
    ]


def test_two_books_that_got_one_number_are_not_mixed() -> None:
    mine = row(AccessionRow, accession_no="000009", isbn=None)
    theirs = row(AccessionRow, accession_no="000009", title="草房子", isbn="9787534618727")
    done = merged([mine], [theirs])
    (copy,) = rows_of(done, AccessionRow)
    assert (copy.title, copy.isbn) == ("城南旧事", None)
    (conflict,) = done.conflicts
    assert "草房子 | " in conflict.b


def test_rows_without_a_number_of_their_own_are_told_by_all_they_say() -> None:
    visit = row(VisitRow)
    done = merged([visit, visit], [visit, row(VisitRow, people=30)])
    assert [one.people for one in rows_of(done, VisitRow)] == [24, 24, 30]
    assert [entry.kind for entry in done.entries] == [Difference.ADDED, Difference.ADDED]


def test_copies_that_are_alike_have_no_difference() -> None:
    rows = [row(AccessionRow), row(LoanRow), row(VisitRow)]
    assert merged(rows, rows).entries == []


def test_a_cell_nobody_could_read_is_written_as_it_stood() -> None:
    declared = SHEETS[AccessionRow]
    flaw = FlawedCell(2, "withdrawn_on", Flaw.NOT_A_DATE, "去年")
    table = LedgerTable(declared, [row(AccessionRow)], flaws=[flaw], parts=[laid_as_declared(declared)])
    books = Library([table], EXAMPLE_SCHOOL, date(2026, 1, 23))
    done = merge(books, library(row(AccessionRow)))
    assert done.raw == [(AccessionRow, 2, "withdrawn_on", "去年")]
    assert [entry.kind for entry in done.entries] == [Difference.CHANGED]


@pytest.mark.parametrize("with_base", [False, True])
def test_a_promise_that_one_copy_changed_is_one_promise(with_base: bool) -> None:
    promise, more = row(TargetRow, value=Decimal(2)), row(TargetRow, value=Decimal(3))
    done = merged([promise], [more], [promise] if with_base else None)
    assert [one.value for one in rows_of(done, TargetRow)] == [Decimal(3 if with_base else 2)]
    assert [entry.kind for entry in done.entries] == [Difference.CHANGED if with_base else Difference.CONFLICT]


def test_running_totals_are_summed_over_the_rows_of_both() -> None:
    opened = row(CashRow, line=2, voucher_no="1", received=Decimal(100), spent=None, balance=Decimal(100))
    bought = row(CashRow, line=3, voucher_no="2", received=None, spent=Decimal(30), balance=Decimal(70))
    mended = row(CashRow, line=3, voucher_no="3", received=None, spent=Decimal(5), balance=Decimal(95))
    wrong = bought._replace(balance=Decimal(71))
    assert [one.balance for one in rows_of(merged([opened, bought], [opened, mended]), CashRow)] == [100, 70, 65]
    assert [one.balance for one in rows_of(merged([opened, wrong], [opened, mended]), CashRow)] == [100, 71, 65]


def test_a_sum_that_one_copy_has_not_calculated_is_no_difference() -> None:
    declared = SHEETS[CashRow]
    known = row(CashRow, received=Decimal(100), spent=None, balance=Decimal(100))
    flaw = FlawedCell(2, "balance", Flaw.UNCALCULATED, "SUM(D2:D2)")
    table = LedgerTable(declared, [known._replace(balance=None)], flaws=[flaw], parts=[laid_as_declared(declared)])
    done = merge(library(known), Library([table], EXAMPLE_SCHOOL, date(2026, 1, 23)))
    assert (rows_of(done, CashRow), done.entries) == ([known], [])
