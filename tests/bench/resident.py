"""The resident program on the sample school: from a press to its result, and its memory over many saves.

    python tests/bench/resident.py --rounds 7             # a scan, a check from memory, papers, beside `python -c pass`
    python tests/bench/resident.py --queue 40             # 40 pupils: keys, scans, confirmations, seconds
    python tests/bench/resident.py --saves 1000           # memory of the program, a line every tenth of the saves

`serve` runs as she starts it, in a process of its own, and is asked over its address; ratios are medians over rounds in
which everything is measured in turn. Prints Markdown.
"""

import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from readme_table import parser_for, tell

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.quotas.basis.stock import is_out, lendable
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook
from surgery import set_cell

# The library of the sample school is open on this day, and loans of it are out.
DAY = date(2026, 6, 3)
_PAUSE = 0.05
# Scans of one round: a single one is over sooner than a clock is fair.
_SCANS = 9


class Program:
    """A running `serve` of one workbook."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self._there = urlsplit(address)

    def ask(self, name: str, body: Any = None) -> bytes:
        """What the page asks under this name."""
        connection = http.client.HTTPConnection(self._there.hostname or "", self._there.port or 0, timeout=120)
        content = None if body is None else json.dumps(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        connection.request("GET" if body is None else "POST", f"{self._there.path}{name}", content, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert answer.status == 200, text.decode()
        return text

    def resident(self) -> float:
        """Its memory in MiB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

    def reading(self) -> int:
        """The number of the last reading that the pages are told of."""
        return int(json.loads(self.ask("state"))["reading"])


@contextmanager
def program(workbook: Path, home: Path) -> Iterator[Program]:
    """`serve` on the workbook, which it has read."""
    command = [sys.executable, "-m", "schoollib_xl", "serve", str(workbook), "--no-browser", "--port", "0",
               "--as-of", DAY.isoformat()]  # fmt: skip
    environment = os.environ | {"SCHOOLLIB_HOME": str(home), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        address = next(word for line in process.stdout if "http" in line for word in line.split("：") if "http" in word)
        running = Program(process, address.strip())
        while b"findings" not in running.ask("body"):
            time.sleep(_PAUSE)
        try:
            yield running
        finally:
            process.terminate()


def school() -> LedgerSet:
    """The sample school as it stood on the day: nothing that happened later is known."""
    whole = clean_school()
    loans = [_as_of(loan) for loan in whole.rows[LoanRow] if loan.lent_on <= DAY]
    incidents = [row for row in whole.rows[CompensationRow] if row.registered_on <= DAY]
    rows = {**whole.rows, StocktakeRow: [], LoanRow: loans, CompensationRow: incidents}
    return LedgerSet(whole.school, rows)


def _as_of(loan: LoanRow) -> LoanRow:
    is_later = loan.returned_on is not None and loan.returned_on > DAY
    return loan._replace(returned_on=None, outcome=None) if is_later else loan


def queue(books: Library) -> Iterator[tuple[str, str]]:
    """The scans of a queue: each pupil's card, the book brought back, the book taken; with the card that lies there."""
    out = (one for one in books[LoanRow] if is_out(one, DAY) and one.is_personal)
    free = (one.accession_no for one in lendable(books, DAY) if one.accession_no not in books.loans_by_copy)
    for loan, copy_no in zip(out, free, strict=False):
        yield from ((loan.reader_no, ""), (loan.accession_no, loan.reader_no), (copy_no, loan.reader_no))


def timed(act: Callable[..., object], *given: object) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    act(*given)
    return time.perf_counter() - begun


def saved(running: Program, workbook: Path, value: float) -> float:
    """Save another price; seconds until the pages are told what is found now."""
    draft = workbook.with_name("~draft.tmp")
    shutil.copy(workbook, draft)
    set_cell(draft, "个别登记账", "M2", value)
    known = running.reading()
    draft.replace(workbook)
    begun = time.perf_counter()
    while running.reading() == known:
        time.sleep(_PAUSE)
    return time.perf_counter() - begun


def papers(workbook: Path, into: Path) -> None:
    """The summary, as a button of the page makes it."""
    command = [sys.executable, "-P", "-m", "schoollib_xl", "summary", str(workbook), "--into", str(into)]
    subprocess.run([*command, "--as-of", DAY.isoformat()], check=False, capture_output=True)


def presses(running: Program, scans: Iterator[tuple[str, str]], workbook: Path, rounds: int) -> Iterator[str]:
    """The table of presses."""
    found: dict[str, list[float]] = {"python -c pass": [], "借还台扫一笔": [], "存盘到网页更新": [], "工作总结": []}
    for number in range(rounds):
        found["python -c pass"].append(timed(python_alone))
        several = [timed(scanned, running, *next(scans)) for _ in range(_SCANS)]
        found["借还台扫一笔"].append(statistics.median(several))
        found["存盘到网页更新"].append(saved(running, workbook, 10 + number))
        found["工作总结"].append(timed(papers, workbook, workbook.parent / "文书"))
    yield "| press to result | seconds | ÷ python -c pass |"
    yield "|---|---|---|"
    for name, own in found.items():
        ratios = (mine / base for mine, base in zip(own, found["python -c pass"], strict=True))
        yield f"| {name} | {statistics.median(own):.3f} | {statistics.median(ratios):.1f} |"


def python_alone() -> None:
    """Python that does nothing."""
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def scanned(running: Program, code: str, reader_no: str) -> dict[str, Any]:
    """What the desk answers to a scan."""
    answer: dict[str, Any] = json.loads(
        running.ask("scan", {"code": code, "reader_no": reader_no, "day": DAY.isoformat()})
    )
    return answer


def queued(running: Program, scans: Iterator[tuple[str, str]], pupils: int) -> Iterator[str]:
    """What a queue costs: every scan ends with the scanner's own Enter, nothing else is pressed."""
    seconds, asked, entered = [], 0, 0
    for code, reader_no in islice(scans, pupils * 3):
        begun = time.perf_counter()
        answer = scanned(running, code, reader_no)
        seconds.append(time.perf_counter() - begun)
        asked += bool(answer["ask"])
        entered += answer["done"] is not None
    middle, slowest, whole = statistics.median(seconds), max(seconds), sum(seconds)
    yield f"{pupils} pupils in the queue: {len(seconds)} scans, {asked} confirmations, {entered} lines entered;"
    yield f"a median of {middle:.3f} s a scan, the slowest {slowest:.3f} s, together {whole:.1f} s."


def saves(running: Program, workbook: Path, times: int) -> Iterator[str]:
    """The memory of the program over many saves."""
    memory = []
    for number in range(times + 1):
        if number:
            saved(running, workbook, 10 + number % 50 + number / 10_000)
        if number % max(times // 10, 1) == 0:
            memory.append(f"{running.resident():.0f}")
    yield f"Memory of `serve` over {times:,} saves, in MiB at first and after each tenth: {', '.join(memory)}."


def main() -> None:
    """Build the workbook, start the program, measure."""
    parser = parser_for(__doc__)
    for name in ("--rounds", "--queue", "--saves"):
        parser.add_argument(name, type=int, default=0)
    parser.add_argument("--small", action="store_true", help="one copy and one loan: saves follow each other faster")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "学校" / "图书室七本账.xlsx"
        workbook.parent.mkdir()
        ledger_set = (
            LedgerSet.of(example(AccessionRow), example(ReaderRow), example(LoanRow)) if asked.small else school()
        )
        write_workbook(ledger_set, workbook)
        scans = queue(ledger_set.library(DAY))
        with program(workbook, Path(folder) / "home") as running:
            measured = {
                "resident presses": [*presses(running, scans, workbook, asked.rounds)] if asked.rounds else [],
                "resident queue": [*queued(running, scans, asked.queue)] if asked.queue else [],
                "resident saves": [*saves(running, workbook, asked.saves)] if asked.saves else [],
            }
    for name, lines in measured.items():
        tell(asked, name, lines)


if __name__ == "__main__":
    main()
