"""What goes wrong around the running program: a sentence each, and nothing lost."""

import errno
import json
import os
import sys
import webbrowser
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from schoollib_xl.actions import following
from schoollib_xl.actions.desk import Entered
from schoollib_xl.desk.decision import Decision, NewRow
from schoollib_xl.desk.lines import line_of
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.serve import program
from schoollib_xl.serve.served import key_of
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.page.serving import NO_BROWSER
from serve.serving import NOON, TOKEN, Asking, serving, small_workbook
from serve.test_serving import look_twice, wait_until

OTHER = example(ReaderRow, 3, reader_no="S0002", name="陈小山")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return small_workbook(tmp_path_factory.mktemp("made") / "七本账.xlsx").read_bytes()


@pytest.fixture
def workbook(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCHOOLLIB_HOME", str(tmp_path / "用户 甲" / "home"))
    path = tmp_path / "优盘" / "七本账.xlsx"
    path.parent.mkdir()
    path.write_bytes(content)
    return path


def scanned(asking: Asking, code: str, **more: Any) -> tuple[int, dict[str, Any]]:
    answer = asking.post("scan", {"code": code, **more})
    return answer.status, json.loads(answer.text) if answer.status == 200 else {"said": answer.text}


def test_a_workbook_that_excel_holds_leaves_the_last_answer(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "held")

    with serving(workbook) as asking:
        os.utime(workbook, (1, 1))
        with monkeypatch.context() as patch:
            patch.setattr(following.shutil, "copyfile", held)
            look_twice(asking, 2)
        assert "读到的，是旧的" in asking.get("body").text
        look_twice(asking, 5)
        assert "是旧的" not in asking.get("body").text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is a text")
def test_names_that_are_no_text_are_shown_as_far_as_they_are(workbook: Path) -> None:
    folder = workbook.parent / os.fsdecode("旧".encode("gb18030"))
    folder.mkdir()
    beside = workbook.rename(folder / os.fsdecode("七本账".encode("gb18030") + b".xlsx"))
    with serving(beside) as asking:
        assert [asking.get(part).status for part in ("", "body", "desk", "jobs")] == [200] * 4
        assert asking.ask("GET", f"/{TOKEN}/", None, {}).status == 200
        answer = asking.choose("open", {"key": key_of(beside)})
        assert answer.status == 200


def test_an_unknown_code_is_quoted_without_what_turns_the_line_about(workbook: Path) -> None:
    with serving(workbook) as asking:
        _, answer = scanned(asking, "9\u202e87\x1b[2J")
    assert answer["said"].startswith("账上没有“987[2J”：")


def test_a_stick_that_is_pulled_out(workbook: Path) -> None:
    loan = example(LoanRow, returned_on=None, outcome=None)
    write_workbook(LedgerSet.of(example(AccessionRow), example(ReaderRow), loan), workbook)
    with serving(workbook) as asking:
        away = workbook.parent.rename(workbook.parent.with_name("在口袋里"))
        look_twice(asking, 2)
        assert "读到的，是旧的" in asking.get("body").text
        status, answer = scanned(asking, loan.accession_no, act=Act.RETURN)
        assert (status, "没有记" in answer["said"]) == (422, True)
        away.rename(workbook.parent)
        look_twice(asking, 5)
        assert "是旧的" not in asking.get("body").text


def test_a_workbook_that_got_another_name_takes_no_scan_under_the_old_one(workbook: Path) -> None:
    loan = example(LoanRow, returned_on=None, outcome=None)
    write_workbook(LedgerSet.of(example(AccessionRow), example(ReaderRow), loan), workbook)
    with serving(workbook) as asking:
        now = workbook.rename(workbook.with_name("七本账2026.xlsx"))
        look_twice(asking, 2)
        status, answer = scanned(asking, loan.accession_no, act=Act.RETURN, sure=True)
        assert (status, "“七本账.xlsx”不在原处了" in answer["said"]) == (422, True)
        assert not asking.served.desk.journal.path.exists()
        now.rename(workbook)
        assert scanned(asking, loan.accession_no, act=Act.RETURN, sure=True)[1]["tone"] == "fine"


def test_a_workbook_that_cannot_be_read_since_yesterday_is_tried_once_a_day(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(workbook) as asking:
        asking.served.stop()
        content = workbook.read_bytes()
        workbook.write_bytes(content[: len(content) // 2])
        tried: list[Path] = []
        checked = asking.served._follower._rounds.check

        def counted(copy: Path, *given: Any) -> Any:
            tried.append(copy)
            return checked(copy, *given)

        monkeypatch.setattr(asking.served._follower._rounds, "check", counted)
        for day in range(3):
            for seconds in range(2, 6):
                asking.served.look(NOON + timedelta(days=day, seconds=seconds))
        assert len(tried) <= 3


def test_a_scan_while_a_reading_is_taken_in_is_judged_by_that_reading(workbook: Path) -> None:
    """Else a loan copied meanwhile would be in neither: its line is known as copied, and the books are those before."""
    readers = (example(ReaderRow), OTHER)
    write_workbook(LedgerSet.of(example(AccessionRow), *readers), workbook)
    with serving(workbook) as asking:
        desk, books = asking.served.desk, asking.served.library
        assert books
        lent = example(LoanRow, returned_on=None, outcome=None)
        request = Request(books, NOON.date(), lent.reader_no, lent.accession_no, Act.LEND)
        line = line_of(Decision(request, entries=(NewRow(lent),)), "1", NOON)
        with desk.journal.alone():
            desk.journal.append([line])
        answered = desk.scan

        def while_read(scan: DeskScan) -> Entered:
            write_workbook(LedgerSet.of(example(AccessionRow), *readers, lent), workbook)
            reading = Thread(target=look_twice, args=(asking, 2))
            reading.start()
            reading.join(1)
            return answered(scan)

        desk.scan = while_read  # type: ignore[method-assign]
        answer = scanned(asking, lent.accession_no, reader_no=OTHER.reader_no, act=Act.LEND, sure=True)[1]
        assert (answer["tone"], lent.reader_no in answer["said"]) == ("no", True)


def test_what_is_to_be_copied_is_written_while_a_command_runs(workbook: Path) -> None:
    with serving(workbook) as asking:
        asking.served.jobs.run("核对账册", ["check", str(workbook)])
        assert asking.post("write", {}).status == 200
        written, running = asking.served.jobs.latest()
        assert (running.is_running, written.files[0].name) == (True, "借还流水_待抄.xlsx")
        wait_until(lambda: not running.is_running)


def test_what_is_answered_to_a_question_is_for_the_reader_it_was_asked_of(workbook: Path) -> None:
    loan = example(LoanRow, returned_on=None, outcome=None)
    write_workbook(LedgerSet.of(example(AccessionRow), example(ReaderRow), OTHER, loan), workbook)
    with serving(workbook) as asking:
        day = loan.lent_on.isoformat()
        (chosen,) = scanned(asking, loan.accession_no, reader_no=OTHER.reader_no, day=day)[1]["ask"]
        assert (chosen["scan"]["reader_no"], chosen["scan"]["day"]) == (OTHER.reader_no, day)


def test_a_medium_that_takes_nothing_enters_nothing(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open
    loan = example(LoanRow, returned_on=None, outcome=None)
    write_workbook(LedgerSet.of(example(AccessionRow), example(ReaderRow), loan), workbook)
    with serving(workbook) as asking:
        journal = asking.served.desk.journal
        for refusal in (errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO):

            def refused(path: Any, *given: Any, why: int = refusal, **named: Any) -> int:
                if Path(path) == journal.path:
                    raise OSError(why, os.strerror(why))
                return opened(path, *given, **named)

            with monkeypatch.context() as patch:
                patch.setattr(os, "open", refused)
                status, answer = scanned(asking, loan.accession_no, act=Act.RETURN, sure=True)
            assert (status, "没有记" in answer["said"], journal.lines) == (422, True, [])
        assert scanned(asking, loan.accession_no, act=Act.RETURN, sure=True)[1]["tone"] == "fine"
        assert len(journal.lines) == 1


def test_two_programs_on_one_workbook_have_one_desk(workbook: Path) -> None:
    loan = example(LoanRow, returned_on=None, outcome=None)
    write_workbook(LedgerSet.of(example(AccessionRow), example(ReaderRow), loan), workbook)
    with serving(workbook) as one, serving(workbook) as other:
        before = other.get("state").text
        assert scanned(one, loan.accession_no, act=Act.RETURN, sure=True)[1]["tone"] == "fine"
        # The page of the other asks once a second whether anything is new, and then for both of its lists.
        assert other.get("state").text != before
        assert loan.accession_no in other.get("done").text
        again = scanned(other, loan.accession_no, act=Act.RETURN, sure=True)[1]
        assert (again["tone"], again["done"]) == ("no", None)
        assert "没有借出去" in again["said"]
        for asking in (one, other):
            assert "有 1 笔还没有抄到账上" in asking.get("pending").text
        (line,) = one.served.desk.journal.lines
        stale = json.loads(other.post("undo", {"line": "of another desk"}).text)
        assert ("没有撤销" in stale["said"], line.id in stale["done"]) == (True, True)
        assert other.post("undo", {"line": line.id}).status == 200
        assert "没有要抄的" in one.get("pending").text


def test_an_older_copy_put_back_is_said_on_both_pages_and_settled_by_a_button(workbook: Path) -> None:
    loan = example(LoanRow, returned_on=None, outcome=None)
    rows = [example(AccessionRow), example(ReaderRow)]
    write_workbook(LedgerSet.of(*rows, loan), workbook)

    def saved(asking: Asking, *rows: Any) -> None:
        write_workbook(LedgerSet.of(*rows), workbook)
        asking.served.look(NOON)
        asking.served.look(NOON)

    with serving(workbook) as asking:
        assert scanned(asking, loan.accession_no, act=Act.RETURN, sure=True)[1]["tone"] == "fine"
        assert asking.served.library
        [ended] = asking.served.desk.to_copy(asking.served.library).changed.values()
        saved(asking, *rows, ended)
        assert "没有要抄的" in asking.get("pending").text
        saved(asking, *rows, loan)
        assert "借还台有 1 笔和账上对不上" in asking.get("body").text
        shown = asking.get("pending").text
        assert "没有要抄的；对不上的在下面" in shown
        assert 'data-settle="重新待抄" data-known="1"' in shown
        assert asking.post("settle", {"what": "重新待抄", "known": 1}).status == 200
        assert "有 1 笔还没有抄到账上" in asking.get("pending").text
        saved(asking, *rows, ended)
        assert "没有要抄的" in asking.get("pending").text
        saved(asking, *rows, loan)
        assert asking.post("settle", {"what": "不再提", "known": 1}).status == 200
        assert "都已经在账上" in asking.get("pending").text
        assert "借还台有" not in asking.get("body").text


def test_two_cards_in_a_row_open_the_second_and_a_strange_code_is_said(workbook: Path) -> None:
    write_workbook(LedgerSet.of(example(ReaderRow), OTHER), workbook)
    with serving(workbook) as asking:
        first = scanned(asking, example(ReaderRow).reader_no)[1]
        second = scanned(asking, OTHER.reader_no, reader_no=first["reader_no"])[1]
        assert (first["reader_no"], second["reader_no"]) == (example(ReaderRow).reader_no, OTHER.reader_no)
        strange = scanned(asking, "QX-2009-00017", reader_no=OTHER.reader_no)[1]
        assert (strange["tone"], strange["reader_no"], strange["done"]) == ("no", OTHER.reader_no, None)
        assert "QX-2009-00017" in strange["said"]
        assert not asking.served.desk.journal.path.exists()


def test_without_a_browser_the_address_is_said(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> bool:
        raise webbrowser.Error("none")

    told: list[str] = []
    monkeypatch.setattr(program, "_wait", lambda _: None)
    for opened in (missing, lambda _: False):
        told.clear()
        monkeypatch.setattr(webbrowser, "open", opened)
        program.serve(workbook, NOON.date(), 0, told.append, shows=True)
        assert NO_BROWSER in told
        assert any("http://127.0.0.1:" in line for line in told[: told.index(NO_BROWSER)])
