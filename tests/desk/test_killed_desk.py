"""A desk that is killed at any step: what was answered stands, and what was not is there once or not at all."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from killing import at_once, killed_at, with_room_for
from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.saving import CannotWrite

DAY = date(2026, 6, 3)
NOON = datetime(2026, 6, 3, 12)
COPIES = [f"{number:06}" for number in range(1, 31)]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed on purpose is a fork")


@pytest.fixture(scope="module")
def books() -> Library:
    rule = example(LendingRule, reader_kind=None, grade=None, class_name=None, copies=100, since=date(2020, 1, 1))
    copies = [example(AccessionRow, line, accession_no=number) for line, number in enumerate(COPIES, 2)]
    days = example(CalendarRow, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), kind=DayKind.SCHOOL)
    openings = [example(OpeningRow, 2 + day, weekday=weekday) for day, weekday in enumerate(Weekday)]
    return LedgerSet.of(*copies, example(ReaderRow), example(ClassRow), rule, days, *openings).library(DAY)


def lend(desk: DeskBook, books: Library, copy_no: str, reader_no: str) -> bool:
    scan = DeskScan(Request(books, DAY, reader_no, copy_no, Act.LEND, DAY), NOON)
    return desk.scan(scan).line is not None


def test_a_desk_killed_at_every_step_loses_nothing_and_books_nothing_twice(tmp_path: Path, books: Library) -> None:
    workbook, reader = tmp_path / "七本账.xlsx", example(ReaderRow).reader_no
    answered: list[str] = []
    for step, copy_no in enumerate(COPIES, 1):
        was_killed = killed_at(step, lambda number=copy_no: lend(DeskBook(workbook), books, number, reader))
        desk = DeskBook(workbook)
        there = [row.accession_no for row in desk.pending(books, NOON).loans]
        assert there in (answered, [*answered, copy_no])
        assert was_killed or there[-1] == copy_no
        # Who stands at the desk scans again: lent now, or found lent already.
        assert lend(desk, books, copy_no, reader) == (copy_no not in there)
        answered.append(copy_no)
        if not was_killed:
            break
    assert 4 < step < len(COPIES)
    assert not list(tmp_path.glob("*.tmp"))


def test_two_programs_at_one_desk_lend_every_copy_once(tmp_path: Path, books: Library) -> None:
    workbook, reader = tmp_path / "七本账.xlsx", example(ReaderRow).reader_no

    def lending(numbers: list[str]) -> list[bool]:
        return [lend(DeskBook(workbook), books, number, reader) for number in numbers]

    at_once(lambda: lending(COPIES), lambda: lending(COPIES[::-1]))
    loans = DeskBook(workbook).pending(books, NOON).loans
    assert sorted(row.accession_no for row in loans) == COPIES
    assert len({row.loan_no for row in loans}) == len(COPIES)


@pytest.mark.parametrize("room", [0, 1, 30, 31, 90, 300])
def test_a_disk_that_is_full_enters_a_line_or_none_and_the_next_is_not_glued_to_it(
    tmp_path: Path, books: Library, room: int
) -> None:
    workbook, reader = tmp_path / "七本账.xlsx", example(ReaderRow).reader_no
    with_room_for(room, lambda: lend(DeskBook(workbook), books, COPIES[0], reader), CannotWrite)
    desk = DeskBook(workbook)
    assert desk.pending(books, NOON).loans == []
    assert [lend(desk, books, number, reader) for number in COPIES[:2]] == [True, True]
    assert [row.accession_no for row in DeskBook(workbook).pending(books, NOON).loans] == COPIES[:2]
