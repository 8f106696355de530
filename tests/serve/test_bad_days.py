"""What goes wrong around the running program: a sentence each, and nothing lost."""

import errno
import json
import os
import webbrowser
from pathlib import Path
from typing import Any

import pytest

from schoollib_xl.actions import following
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.serve import program
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.serving import NO_BROWSER
from serve.serving import NOON, Asking, serving, small_workbook
from serve.test_serving import look_twice

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
        assert scanned(one, loan.accession_no, act=Act.RETURN, sure=True)[1]["tone"] == "fine"
        again = scanned(other, loan.accession_no, act=Act.RETURN, sure=True)[1]
        assert (again["tone"], again["done"]) == ("no", None)
        assert "没有借出去" in again["said"]
        for asking in (one, other):
            assert "有 1 笔还没有抄到账上" in asking.get("pending").text
        assert other.post("undo", {}).status == 200
        assert "没有要抄的" in one.get("pending").text


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
