"""What was done at the desk and does not stand in the ledgers yet is told by whoever reads the ledgers alone."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from running import schoollib
from schoollib_xl.actions.desk import DeskBook
from schoollib_xl.actions.kept import telling_of_desk
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from small_sample import tiny_sample

DAY = date(2026, 6, 3)
NOON = datetime(2026, 6, 3, 12)
TOLD = "“借还流水_七本账.jsonl”里有 1 笔借还还没有抄到账上，这里没有算；抄好保存，再做一遍。"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The tiny school, whose last loan before the day is still out."""
    path, school = tmp_path / "七本账.xlsx", tiny_sample()
    *before, last = (loan for loan in school.rows[LoanRow] if loan.lent_on <= DAY)
    loans = [*before, last._replace(returned_on=None, outcome=None)]
    write_workbook(LedgerSet(school.school, {**school.rows, LoanRow: loans}), path)
    return path


@pytest.fixture
def desk(workbook: Path) -> DeskBook:
    """A desk at which one copy was brought back."""
    library, desk = load(workbook, DAY).library, DeskBook(workbook)
    loan = next(loan for loan in library[LoanRow] if loan.is_open)
    request = Request(library, DAY, loan.reader_no, loan.accession_no, Act.RETURN, DAY)
    assert desk.scan(DeskScan(request, NOON, is_sure=True)).line
    return desk


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("quota",),
        ("notices",),
        ("plan",),
        ("handover",),
        ("print", "--sheet", "借阅登记账"),
        ("new-year",),
        ("stocktake", "扫.txt"),
        ("roster", "名单.csv"),
    ],
    ids=lambda command: str(command[0]),
)
def test_a_command_that_reads_the_ledgers_says_what_the_desk_has_still_to_hand_on(
    command: tuple[str, ...], workbook: Path, desk: DeskBook, tmp_path: Path
) -> None:
    (tmp_path / "扫.txt").write_text("000001\n", "utf-8")
    (tmp_path / "名单.csv").write_text("班级,姓名,学号\n一（1）班,林小满,1\n", "utf-8")
    name, *words = command
    done = schoollib(name, workbook, *words, "--as-of", DAY.isoformat(), cwd=tmp_path)
    assert TOLD.replace(" ", "") in done.stdout.replace("\n", "").replace(" ", ""), done.stdout + done.stderr
    assert desk.journal.path.is_file()


def test_two_copies_put_together_say_it_of_each_that_has_a_journal(
    workbook: Path, desk: DeskBook, tmp_path: Path
) -> None:
    other = tmp_path / "另一份.xlsx"
    other.write_bytes(workbook.read_bytes())
    assert schoollib("merge", other, workbook, cwd=tmp_path).stdout.count("笔借还还没有抄到账上") == 1


def test_labels_and_books_without_such_lines_have_nothing_to_say(workbook: Path, desk: DeskBook) -> None:
    assert "借还流水" not in schoollib("labels", workbook, "--what", "书标", "--numbers", "000001").stdout
    loaded = load(workbook, DAY)
    with_it = loaded._replace(library=desk.to_copy(loaded.library).library)
    assert telling_of_desk(with_it, workbook).cannot_tell == ""
    desk.undo(loaded.library, NOON)
    assert telling_of_desk(loaded, workbook).cannot_tell == ""


def test_a_workbook_that_got_another_name_still_hears_of_the_lines_under_the_old_one(
    workbook: Path, desk: DeskBook
) -> None:
    loaded, renamed = load(workbook, DAY), workbook.rename(workbook.with_name("账2026.xlsx"))
    told = telling_of_desk(loaded, renamed).cannot_tell
    assert told.startswith("这里还有“借还流水_七本账.jsonl”，叫这个名字的工作簿不在了，里面的没有算。")
    # What waits there for another school's books is none of these.
    emptied = loaded._replace(library=loaded.library.with_tables(loaded.library[LoanRow].changed(rows=[])))
    assert telling_of_desk(emptied, renamed).cannot_tell == ""
    desk.journal.path.write_text("她自己的", "utf-8")
    assert telling_of_desk(loaded, renamed).cannot_tell == ""


def test_lines_that_fit_nowhere_and_a_journal_that_is_none_are_told(workbook: Path, desk: DeskBook) -> None:
    loaded = load(workbook, DAY)
    emptied = loaded._replace(library=loaded.library.with_tables(loaded.library[LoanRow].changed(rows=[])))
    assert telling_of_desk(emptied, workbook).cannot_tell.endswith("有 1 笔和账上对不上，在网页的借还台上看。")
    desk.journal.path.write_text("她自己的", "utf-8")
    told = telling_of_desk(loaded, workbook).cannot_tell
    assert told == "“借还流水_七本账.jsonl”读不出来，借还台记的这里没有算。"


@pytest.mark.parametrize("command", [("check",), ("quota", "--reader", "1"), ("merge", "另一份.xlsx")], ids=str)
def test_other_programs_get_json_and_people_the_sentence_beside_it(
    command: tuple[str, ...], workbook: Path, desk: DeskBook, tmp_path: Path
) -> None:
    (tmp_path / "另一份.xlsx").write_bytes(workbook.read_bytes())
    reader = next(iter(load(workbook, DAY).library.readers))
    name, *words = (reader if word == "1" else word for word in command)
    in_words = schoollib(name, workbook, *words, cwd=tmp_path)
    assert TOLD.replace(" ", "") in in_words.stdout.replace("\n", "").replace(" ", "")
    done = schoollib(name, workbook, *words, "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)
    assert TOLD in done.stderr
