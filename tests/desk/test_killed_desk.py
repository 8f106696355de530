"""A desk that is killed at any step: what was answered stands, and what was not is there once or not at all."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.desk.request import Act
from schoollib_xl.desk.scanning import Scan
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Weekday

DAY = date(2026, 6, 3)
NOON = datetime(2026, 6, 3, 12)
COPIES = [f"{number:06}" for number in range(1, 31)]
# What a scan asks of the system, in whatever order.
CALLS = ("open", "write", "fsync", "close")
KILLED = 9

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed on purpose is a fork")


@pytest.fixture(scope="module")
def books() -> Library:
    rule = example(LendingRule, reader_kind=None, grade=None, class_name=None, copies=100, since=date(2020, 1, 1))
    copies = [example(AccessionRow, line, accession_no=number) for line, number in enumerate(COPIES, 2)]
    days = example(CalendarRow, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), kind=DayKind.SCHOOL)
    openings = [example(OpeningRow, 2 + day, weekday=weekday) for day, weekday in enumerate(Weekday)]
    return LedgerSet.of(*copies, example(ReaderRow), example(ClassRow), rule, days, *openings).library(DAY)


def lend(desk: DeskBook, books: Library, copy_no: str, reader_no: str) -> bool:
    scan = Scan(copy_no, reader_no, DAY, DAY, NOON, Act.LEND)
    return desk.scan(books, scan).line is not None


def dying(act: Callable[..., Any], countdown: list[int]) -> Callable[..., Any]:
    """The call, which ends this process as a power cut does once the countdown is over: half a text is written."""

    def called(*given: Any, **named: Any) -> Any:
        countdown[0] -= 1
        if countdown[0] == 0:
            if act is WRITE:
                WRITE(given[0], given[1][: len(given[1]) // 2])
            os._exit(KILLED)
        return act(*given, **named)

    return called


WRITE = os.write


def killed_at(step: int, act: Callable[[], Any]) -> bool:
    """Do something in a process that is killed at its so-manyth call of the system; whether it got that far."""
    child = os.fork()
    if child == 0:
        countdown = [step]
        for name in CALLS:
            setattr(os, name, dying(getattr(os, name), countdown))
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


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
    child = os.fork()
    if child == 0:
        lent = [lend(DeskBook(workbook), books, number, reader) for number in COPIES]
        os._exit(len(lent) - len(COPIES))
    desk = DeskBook(workbook)
    for number in reversed(COPIES):
        lend(desk, books, number, reader)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    loans = DeskBook(workbook).pending(books, NOON).loans
    assert sorted(row.accession_no for row in loans) == COPIES
    assert len({row.loan_no for row in loans}) == len(COPIES)
