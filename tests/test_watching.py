"""A workbook that is watched: checked when it is saved, with one page kept up to date."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from browser import chromium, open_page
from checks.books import Books
from schoollib_xl.actions.watching import PAGE_NAME, Rounds, lay_down, place_of_page, watch
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.booklet import Booklet
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS, example
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.pages.watch_page import Reading, Sighting, watch_page
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.year import clean_school
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.vetting import Unusable
from schoollib_xl.wording.findings import column_letters
from surgery import rewrite, set_cell

NOON = datetime(2026, 7, 3, 12)
LOANS = SHEETS[LoanRow]
# An unexplained finding of this code, and no other, is in the workbook.
CODE = "CIR103"
FORBIDDEN = re.compile("请|您|字段|校验|非法|外键|null|None|异常|Error")
SECONDS = 60

Act = Callable[[], object]


class Fault:
    """A workbook with a wrong 应还日期, and the way to put it right."""

    def __init__(self, workbook: Path, line: int, due_on: date) -> None:
        self.workbook = workbook
        self.page = workbook.with_name(PAGE_NAME)
        self.cell = f"{column_letters(LOANS.positions['due_on'])}{line}"
        self._serial = (due_on - date(1899, 12, 30)).days

    def mend(self) -> None:
        """Write the right day, as Excel saves: another file takes the place of the old one."""
        draft = self.workbook.with_name("~draft.tmp")
        draft.write_bytes(self.workbook.read_bytes())
        set_cell(draft, LOANS.name, self.cell, self._serial)
        draft.replace(self.workbook)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, LoanRow]:
    books = Books(clean_school())
    loan = books.first(LoanRow, lambda one: one.is_personal and one.returned_on is not None)
    books.edit(loan, due_on=loan.due_on + timedelta(1))
    path = tmp_path_factory.mktemp("faulty") / "账.xlsx"
    write_workbook(books.booklet, path)
    rewrite(path)
    return path.read_bytes(), loan


@pytest.fixture
def fault(faulty: tuple[bytes, LoanRow], tmp_path: Path) -> Fault:
    content, loan = faulty
    path = tmp_path / "学校 文件夹" / "图书室 七本账.xlsx"
    path.parent.mkdir()
    path.write_bytes(content)
    return Fault(path, loan.line, loan.due_on)


def looks(*acts: Act) -> Iterator[datetime]:
    """A look at noon, then after each act two looks, a second later each time."""
    now = NOON
    yield now
    for act in acts:
        act()
        for _ in range(2):
            now += timedelta(seconds=1)
            yield now


def seen(fault: Fault, *acts: Act) -> list[Sighting]:
    return list(watch(fault.workbook, None, fault.page, looks(*acts)))


def codes(sighting: Sighting) -> list[str]:
    assert sighting.last is not None
    return [finding.check.code for finding in sighting.last.report.findings]


def nothing() -> None:
    """No act: time passes."""


def test_a_corrected_cell_takes_its_finding_off_the_page(fault: Fault) -> None:
    pages: list[str] = []
    first, second = seen(fault, lambda: pages.append(fault.page.read_text("utf-8")), fault.mend)
    assert (codes(first), codes(second)) == ([CODE], [])
    assert f"{LOANS.name}!{fault.cell}" in pages[0]
    after = fault.page.read_text("utf-8")
    assert CODE not in after
    assert "七本账都对得上" in after
    assert second.last is not None
    assert second.last.at == second.at == NOON + timedelta(seconds=4)


def test_a_second_check_finds_what_a_first_check_finds(fault: Fault) -> None:
    rounds = Rounds(None)
    rounds.check(fault.workbook, NOON)
    fault.mend()
    again, fresh = rounds.check(fault.workbook, NOON), Rounds(None).check(fault.workbook, NOON)
    assert (again.report, again.stated) == (fresh.report, fresh.stated)
    pages = [watch_page(Sighting("账.xlsx", reading, "", NOON)) for reading in (again, fresh)]
    assert pages[0] == pages[1]


def test_a_workbook_that_is_gone_leaves_the_last_findings_and_says_so(fault: Fault) -> None:
    aside = fault.workbook.with_name("别处.xlsx")
    pages: list[str] = []
    first, gone, back = seen(
        fault,
        lambda: fault.workbook.rename(aside),
        lambda: pages.append(fault.page.read_text("utf-8")),
        lambda: aside.rename(fault.workbook),
    )
    assert gone.last is first.last
    assert "找不到" in gone.trouble
    assert "找不到" in pages[0]
    assert "下面还是 2026年7月3日 12:00:00 读到的。" in pages[0]
    assert CODE in pages[0]
    assert (back.trouble, codes(back)) == ("", [CODE])
    assert "找不到" not in fault.page.read_text("utf-8")


def test_a_half_saved_workbook_is_told_and_read_when_it_is_whole(fault: Fault) -> None:
    whole = fault.workbook.read_bytes()
    _, half, full = seen(
        fault,
        lambda: fault.workbook.write_bytes(whole[:5000]),
        nothing,
        lambda: fault.workbook.write_bytes(whole),
    )
    assert "没有拷完整" in half.trouble
    assert codes(half) == [CODE]
    assert full.trouble == ""


def test_a_workbook_is_let_alone_while_it_is_being_written(fault: Fault) -> None:
    whole = fault.workbook.read_bytes()
    told: list[Sighting] = []

    def writing() -> Iterator[datetime]:
        yield NOON
        for end in (1000, 200_000, 400_000):
            fault.workbook.write_bytes(whole[:end])
            yield NOON
        assert len(told) == 1
        fault.workbook.write_bytes(whole)
        yield NOON
        yield NOON

    told.extend(watch(fault.workbook, None, fault.page, writing()))
    assert [one.trouble for one in told] == [""]


def test_saving_without_a_change_is_no_news(fault: Fault) -> None:
    content = fault.workbook.read_bytes()
    assert len(seen(fault, lambda: fault.workbook.write_bytes(content), fault.workbook.touch)) == 1


def test_a_workbook_that_is_not_there_at_the_beginning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="找不到"):
        list(watch(tmp_path / "没有.xlsx", None, tmp_path / PAGE_NAME, looks()))
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_at_first_is_refused(fault: Fault) -> None:
    blocked = fault.workbook / "里面" / PAGE_NAME
    with pytest.raises(CannotWrite):
        list(watch(fault.workbook, None, blocked, looks()))


def test_a_page_that_another_program_holds_is_written_later(fault: Fault) -> None:
    def hold() -> None:
        fault.page.unlink()
        fault.page.mkdir()
        fault.mend()

    seen(fault, hold, fault.page.rmdir)
    assert "七本账都对得上" in fault.page.read_text("utf-8")


def test_a_page_that_is_never_let_go_ends_the_watching(fault: Fault) -> None:
    def hold() -> None:
        fault.page.unlink()
        fault.page.mkdir()
        fault.mend()

    with pytest.raises(CannotWrite):
        seen(fault, hold, *[nothing] * 20)


def test_nothing_but_the_page_is_left_and_the_workbook_is_as_it_was(fault: Fault) -> None:
    before = fault.workbook.read_bytes()
    seen(fault)
    assert sorted(path.name for path in fault.page.parent.iterdir()) == sorted([fault.workbook.name, PAGE_NAME])
    assert fault.workbook.read_bytes() == before


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = [("", {})]
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags[-1][0] not in ("style", "script"):
            self.text += data


def hostile() -> Sighting:
    """A school whose sheets say markup, with an explained finding, a column missing and a workbook oddly named."""
    markup = '<script>alert(1)</script><img src="http://example.org/x.png">&amp;'
    booklet = Booklet.of(
        example(LoanRow, accession_no=markup, title=markup, line=2),
        example(LoanRow, accession_no="000009", line=3),
        example(ExplanationRow, code="CIR310", sheet_name="借阅登记账", number="J000001", valid_until=None),
    )
    library = booklet.library()
    reading = Reading(library, run(library, ALL.values()), statement(library), "这种格式看不出错误值。", NOON)
    return Sighting(f"{markup}.xlsx", reading, f"{markup}。", NOON)


def test_what_the_workbook_says_stays_text_and_nothing_is_fetched() -> None:
    page = Tags(watch_page(hostile()))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not {"img", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [value for _, attributes in page.tags for key, value in attributes.items() if key in ("src", "href")]
    assert "<script>alert(1)</script>" in page.text


def test_the_page_speaks_as_the_program_does() -> None:
    for is_watched in (True, False):
        said = Tags(watch_page(hostile(), is_watched)).text
        assert not FORBIDDEN.findall(said)
        assert "这种格式看不出错误值。" in said


def test_a_page_left_behind_says_that_it_stays_as_it_is(fault: Fault) -> None:
    (last,) = seen(fault)
    lay_down(fault.page, last)
    page = Tags(fault.page.read_text("utf-8"))
    assert "不再更新" in page.text
    assert not [tag for tag, attributes in page.tags if tag == "script" or attributes.get("http-equiv") == "refresh"]


@contextmanager
def watching(*words: str | Path) -> Iterator[subprocess.Popen[str]]:
    """The program in a process of its own, ended if the test does not end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "schoollib_xl", "watch", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_the_command_keeps_the_page_until_it_is_interrupted(fault: Fault) -> None:
    page = fault.page
    with watching(fault.workbook) as process:
        wait_until(lambda: page.exists() and CODE in page.read_text("utf-8"))
        fault.mend()
        wait_until(lambda: CODE not in page.read_text("utf-8"))
        process.send_signal(signal.SIGINT)
        said, complaints = process.communicate(timeout=SECONDS)
    begun, found, mended, ended = said.splitlines()
    assert (process.returncode, complaints) == (0, "")
    assert str(page) in begun
    assert "错误 1 处" in found
    assert "七本账都对得上" in mended
    assert ended == f"不再看着《{fault.workbook.name}》了。"
    assert "不再更新" in page.read_text("utf-8")


def test_the_command_gives_one_line_of_json_for_each_check_and_writes_nothing(fault: Fault) -> None:
    with watching(fault.workbook, "--format", "json") as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        fault.mend()
        second = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        said, aside = process.communicate(timeout=SECONDS)
    assert [one["code"] for one in first["findings"]] == [CODE]
    assert second["findings"] == []
    assert (process.returncode, said) == (0, "")
    assert len(aside.splitlines()) == 2
    assert [path.name for path in fault.page.parent.iterdir()] == [fault.workbook.name]


@pytest.mark.skipif(chromium() is None or os.name == "nt", reason="Chromium is not installed")
def test_a_page_that_is_open_in_a_browser_renews_itself(fault: Fault, tmp_path: Path) -> None:
    shown = f"document.body.textContent.includes('{fault.cell}')"
    acts = []

    def in_browser() -> None:
        with open_page(fault.page, tmp_path) as page:
            page.wait_for(shown)
            fold = f"document.getElementById('{CODE}-error').open"
            page.evaluate(f"{fold} = false; scrollTo(0, 300); window.first = true")
            page.wait_for("window.first === undefined && document.readyState === 'complete'")
            assert page.evaluate(fold) is False
            assert page.evaluate("scrollY") == 300
            assert page.evaluate(shown)
            acts.append("renewed")
            fault.mend()
            seen(fault)
            page.wait_for(f"!{shown} && document.body.textContent.includes('七本账都对得上')")
            acts.append("mended")

    seen(fault, in_browser)
    assert acts == ["renewed", "mended"]


def test_a_page_of_hers_stays_and_the_next_name_is_kept_from_watch_to_watch(fault: Fault) -> None:
    fault.page.write_bytes(b"hers")
    folder = fault.page.parent
    for _ in range(2):
        page = place_of_page(folder)
        list(watch(fault.workbook, None, page, looks(nothing, nothing)))
        assert page == folder / "账册核对(2).html"
        assert page.exists()
    assert fault.page.read_bytes() == b"hers"
