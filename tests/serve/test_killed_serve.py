"""The running program killed, its disk full, or another one beside it, at every step: nothing lost, nothing half."""

import os
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from killing import at_once, killed_at, with_room_for
from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.actions.following import Follower
from schoollib_xl.actions.sampling import SampleBook
from schoollib_xl.inspection.journal import About
from schoollib_xl.inspection.sample import draw
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.saving import CannotWrite
from schoollib_xl.serve import program
from schoollib_xl.serve.memory import remember_address, remember_workbook, remembered
from schoollib_xl.serve.wps import ADDRESS_FILE, addins_folder, announce
from schoollib_xl.wording.desk.desk_journal import pending_answer
from serve.serving import NOON, small_workbook

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed on purpose is a fork")
BOOKS = LedgerSet.of(*(example(AccessionRow, n, accession_no=f"{n:06}") for n in range(2, 8))).library()
# More steps than any of these takes.
MOST_STEPS = 60


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a home, temporary files and WPS's add-ins of its own."""
    for name in ("home", "tmp", "账"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("SCHOOLLIB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "roaming"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    folder = addins_folder() / "schoollib_1"
    folder.mkdir(parents=True)
    (folder / ADDRESS_FILE).write_text("")
    return tmp_path


def addresses() -> str:
    return (addins_folder() / "schoollib_1" / ADDRESS_FILE).read_text("utf-8")


def sample_book(place: Path) -> SampleBook:
    return SampleBook(place / "账" / "七本账.xlsx")


def drawn(place: Path, seed: int) -> None:
    sample_book(place).keep(draw(BOOKS, 3, seed))


def marked(place: Path) -> None:
    last = sample_book(place).last().sheet
    number = next(number for number, said in last.found.items() if not said)
    sample_book(place).mark(About.COPY, number, "√")


def pending(place: Path) -> Path:
    replayed = DeskBook(place / "账" / "七本账.xlsx").pending(BOOKS, datetime.now())
    return file_answer(pending_answer(replayed), BOOKS.school, place / "账")


Act = Callable[[Path, int], Any]
Seen = Callable[[Path], object]
# What is done at the so-manyth try, and what can be seen of it afterwards.
STEPS: dict[str, tuple[Act, Seen]] = {
    "最近的": (lambda place, n: remember_workbook(place / f"{n}.xlsx"), lambda _: remembered().recent),
    "地址": (lambda _, n: remember_address(f"http://127.0.0.1:{8000 + n}/"), lambda _: remembered().addresses),
    "给WPS的": (lambda _, n: announce(f"http://127.0.0.1:{8000 + n}/"), lambda _: addresses()),
    "抽样": (drawn, lambda place: [one.drawn.seed for one in sample_book(place).samples()]),
    "待抄": (
        lambda place, _: pending(place),
        lambda place: sorted(one.read_bytes() for one in place.glob("账/*.xlsx")),
    ),
}


@pytest.mark.parametrize("what", STEPS)
def test_what_is_killed_at_any_step_is_done_or_not_begun(place: Path, what: str) -> None:
    act, seen = STEPS[what]
    act(place, 0)
    for step in range(1, MOST_STEPS):
        before = seen(place)
        was_killed = killed_at(step, lambda n=step: act(place, n))
        between = seen(place)
        act(place, step)
        assert between in (before, seen(place))
        if not was_killed:
            break
    assert 4 < step < MOST_STEPS - 1
    assert not [left for left in place.rglob("*") if left.name.startswith(".schoollib-") and any(left.iterdir())]


def test_an_answer_of_the_sample_is_there_or_not(place: Path) -> None:
    drawn(place, 0)
    for step in range(1, MOST_STEPS):
        if not killed_at(step, lambda: marked(place)):
            break
        said = sample_book(place).last().sheet.found
        assert set(said.values()) <= {"", "√"}
        drawn(place, step)
    assert "√" in sample_book(place).last().sheet.found.values()


@pytest.mark.parametrize("what", STEPS)
@pytest.mark.parametrize("room", [0, 1, 20])
def test_what_finds_no_room_leaves_what_was_there(place: Path, what: str, room: int) -> None:
    act, seen = STEPS[what]
    act(place, 0)
    before = seen(place)
    with_room_for(room, lambda: act(place, 1), CannotWrite)
    assert seen(place) == before
    act(place, 2)
    assert not list(place.rglob(".schoollib-*"))


def test_no_copy_of_her_books_outlives_a_killed_program(place: Path) -> None:
    workbook = small_workbook(place / "账" / "七本账.xlsx")
    for step in (3, 5, 7):
        assert killed_at(step, lambda: Follower(workbook, None).look(NOON))
    assert list((place / "tmp").rglob("*.xlsx"))
    follower = Follower(workbook, None)
    assert follower.look(NOON)
    assert follower.look(NOON + timedelta(1))
    assert not list((place / "tmp").rglob("*.xlsx"))


def test_programs_that_run_at_once_forget_nothing_of_each_other(place: Path) -> None:
    at_once(*(lambda n=n: remember_workbook(place / f"{n}.xlsx") for n in range(8)))
    assert {Path(one).stem for one in remembered().recent} == set(map(str, range(8)))


def test_of_two_starts_at_once_the_second_shows_the_page_of_the_first(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook, over = small_workbook(place / "账" / "七本账.xlsx"), Event()
    monkeypatch.setattr(program, "_wait", lambda _: over.wait(30))
    told: list[list[str]] = [[], []]
    barrier = Barrier(2)

    def started(lines: list[str]) -> None:
        barrier.wait()
        program.serve(workbook, NOON.date(), 0, lines.append, shows=False)
        over.set()

    threads = [Thread(target=started, args=(lines,)) for lines in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted((lines[0] for lines in told), key=lambda line: "已经开着" in line)
    assert "图书室开着" in first
    assert first.partition("：")[2] == second.partition("：")[2]
