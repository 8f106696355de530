"""A county of generated schools: serial beside two workers, the same result however it is run, memory that stays flat.

    PYTHONPATH=tests python tests/bench/whole_county.py --schools 1000 --kills 5 --readme tests/bench/README.md
    PYTHONPATH=tests python tests/bench/whole_county.py --schools 600 --kills 0 --ways cluster --name "county cluster" …

A few schools of 100 to 20,000 copies are built once and copied under other names, twenty of them broken in different
ways. Runs it with one worker, with two, with three in another order while examiners are killed, and on a cluster of
processes of its own whose workers are killed; all must come to the same. Prints Markdown: seconds, memory at each tenth
and by how much it grows, and what 10,000 schools would take. `--ways 1 2` leaves the kills and the cluster out.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

from distributed import Client
from readme_table import parser_for, write_table

from schoollib_xl.actions.county import rolling
from schoollib_xl.actions.county.folder import FolderContents, look_through
from schoollib_xl.actions.county.rolling import Cluster, CountyRun, roll_up
from schoollib_xl.county.rollup import Rolled
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.samples.scale import Scale
from schoollib_xl.samples.year import scaled_school
from schoollib_xl.sheets.building.workbook import write_workbook
from surgery import set_cell

# Copies, and how many schools of a hundred have so many: teaching points are many, town schools few.
SIZES = {100: 22, 300: 24, 600: 18, 1_200: 16, 2_500: 11, 5_000: 6, 10_000: 2, 20_000: 1}
SMALLEST, BOUGHT = 2_500, 590


def booklet(copies: int) -> LedgerSet:
    """A school of about so many copies, with as many pupils as such a school has; the sample
    school cannot be as small as a teaching point.
    """
    if copies < SMALLEST:
        return teaching_point(copies)
    pupils = max(24, min(1_200, copies // 12))
    scale = Scale(max(1, pupils // 220), pupils, max(6, pupils // 18), copies - BOUGHT, BOUGHT, 1, 1, 0.9, False)
    return scaled_school(copies, scale)


def teaching_point(copies: int) -> LedgerSet:
    """A small school that keeps the ledgers of copies and loans and little else; half of its books were lent once."""
    pupils, term = copies // 12, EXAMPLE_SCHOOL.term_start
    days = [term + timedelta(7 * week) for week in range(16)]
    return LedgerSet.of(
        *(example(AccessionRow, accession_no=f"{n:06}") for n in range(1, copies + 1)),
        example(ClassRow, pupils=pupils),
        *(example(ReaderRow, reader_no=f"S{n:04}", name=f"{'王李张刘'[n % 4]}小{chr(0x4E00 + n)}")
          for n in range(1, pupils + 1)),
        *(example(LoanRow, loan_no=f"{n:05}", reader_no=f"S{n % pupils + 1:04}", accession_no=f"{n:06}",
                  name=f"{'王李张刘'[(n % pupils + 1) % 4]}小{chr(0x4E00 + n % pupils + 1)}",
                  lent_on=(day := days[n * 16 // copies // 2 * 2 % 16]), due_on=day + timedelta(14),
                  returned_on=day + timedelta(7))
          for n in range(1, copies // 2 + 1)),
        school=EXAMPLE_SCHOOL,
    )  # fmt: skip


def cut(share: float) -> Callable[[Path], object]:
    """Cut the file short, as a stick that is pulled out does."""
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def holed(at: float) -> Callable[[Path], object]:
    """Zeros where there was something."""

    def broken(path: Path) -> None:
        content = bytearray(path.read_bytes())
        begin = int(len(content) * at)
        content[begin : begin + 4_000] = bytes(len(content[begin : begin + 4_000]))
        path.write_bytes(content)

    return broken


def said(text: bytes) -> Callable[[Path], object]:
    """Something else under the name of a workbook."""
    return lambda path: path.write_bytes(text)


BROKEN = [
    *(cut(share) for share in (0, 0.01, 0.1, 0.5, 0.9, 0.999)),
    *(holed(at) for at in (0.1, 0.3, 0.5, 0.7)),
    *map(said, (b"\0" * 5_000, "这不是账".encode("gb18030"), b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"{}",
                b"MZ" + bytes(400), b"<html><body>404</body></html>", b"Rar!\x1a\x07\x00", os.urandom(9_000))),
]  # fmt: skip


def build(folder: Path, schools: int, largest: int) -> set[str]:
    """The county, in folders of its towns; the workbooks that are broken, by their paths in it."""
    shares = {copies: share for copies, share in SIZES.items() if copies <= largest}
    made = {copies: folder.with_name("made") / f"{copies}.xlsx" for copies in shares}
    sizes = random.Random(1).choices(list(shares), list(shares.values()), k=schools)
    for copies in sorted(set(sizes)):
        write_workbook(booklet(copies), made[copies])
    for number, copies in enumerate(sizes):
        target = folder / f"{number % 17:02}镇" / f"第{number}小学.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(made[copies], target)
        set_cell(target, "基本信息", "B2", f"{number:04}号小学")
    paths = sorted(folder.rglob("*.xlsx"))
    broken = {paths[number * 7 % schools]: breaking for number, breaking in enumerate(BROKEN)}
    for path, breaking in broken.items():
        breaking(path)
    return {path.relative_to(folder).as_posix() for path in broken}


def children(parent: int, named: str) -> list[int]:
    """The processes of this name that a process started."""
    found = subprocess.run(["pgrep", "-P", str(parent), "-f", named], capture_output=True, text=True)
    return [int(number) for number in found.stdout.split()]


@contextmanager
def killed(times: int, victims: Callable[[], list[int]], longest: float) -> Iterator[list[int]]:
    """Kill one of the victims so many times, each at some moment of its work; those that were killed."""
    enough, rng, gone = threading.Event(), random.Random(1), list[int]()

    def kill() -> None:
        while len(gone) < times and not enough.wait(rng.uniform(longest / 10, longest)):
            for number in rng.sample(found := victims(), min(1, len(found))):
                os.kill(number, signal.SIGKILL)
                gone.append(number)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield gone
    finally:
        enough.set()
        thread.join()


class Processes(NamedTuple):
    """A scheduler and two workers, each a process of its own as on a real cluster."""

    address: str
    scheduler: int
    nanny: int

    def workers(self) -> list[int]:
        """The processes that do the work; the nanny starts others for those that are lost."""
        return children(self.nanny, "spawn_main")


@contextmanager
def cluster(folder: Path) -> Iterator[Processes]:
    """Started from the command line, as the county's technician does."""
    place = folder / "scheduler.json"
    with ExitStack() as stack:

        def started(role: str, *options: str) -> int:
            command = [sys.executable, "-m", f"distributed.cli.dask_{role}", "--scheduler-file", str(place), *options]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = stack.enter_context(subprocess.Popen(command, cwd=folder, **quiet))
            stack.callback(process.terminate)
            return process.pid

        scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        while not place.exists():
            time.sleep(0.1)
        nanny = started("worker", "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        running = Processes(json.loads(place.read_text())["address"], scheduler, nanny)
        with Client(running.address) as asking:
            asking.wait_for_workers(2)
        yield running


def resident(process: int) -> float:
    """Memory of a process in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


class Run(NamedTuple):
    """What a county came to, the seconds it took, and the memory of each process watched, at each tenth."""

    rolled: Rolled
    seconds: float
    memory: dict[str, list[float]]


def run(folder: Path, where: Cluster, watched: dict[str, int], order: int = 0) -> Run:
    """Roll the county up, its workbooks in their own order or in another."""
    memory: dict[str, list[float]] = {name: [] for name in watched}

    def heard(done: int, total: int) -> None:
        if done % max(1, total // 10) == 0:
            for name, process in watched.items():
                memory[name].append(resident(process))

    def shuffled(place: Path) -> FolderContents:
        found = look_through(place)
        random.Random(order).shuffle(found.workbooks)
        return found

    begun = time.perf_counter()
    with mock.patch.object(rolling, "look_through", shuffled if order else look_through):
        rolled = roll_up(folder, None, CountyRun(), where, heard)
    return Run(rolled, time.perf_counter() - begun, memory)


def growth(memory: list[float], schools: int) -> float:
    """MiB for each thousand schools, by the second half of a run: what is loaded once is loaded by then."""
    half = memory[len(memory) // 2 - 1 :]
    return (half[-1] - half[0]) / (len(half) - 1) * 10 / schools * 1_000 if len(half) > 1 else 0.0


def alone(folder: Path, _: int) -> tuple[str, Run]:
    """One worker."""
    return "1 worker", run(folder, Cluster(1), {_OWN: os.getpid()})


def two(folder: Path, _: int) -> tuple[str, Run]:
    """Two workers."""
    return "2 workers", run(folder, Cluster(2), {_OWN: os.getpid()})


def three(folder: Path, kills: int) -> tuple[str, Run]:
    """Three workers in another order, their examiners killed meanwhile."""
    with killed(kills, lambda: children(os.getpid(), "county.examiner"), _SECONDS_BETWEEN) as gone:
        done = run(folder, Cluster(3), {_OWN: os.getpid()}, order=7)
    return f"3 workers, another order, {len(gone)} examiners killed", done


def away(folder: Path, kills: int) -> tuple[str, Run]:
    """A cluster that workbooks are shipped to, its workers killed meanwhile."""
    with cluster(folder.parent) as there:
        watched = {"scheduler": there.scheduler, "client": os.getpid()}
        with killed(kills, there.workers, _SECONDS_BETWEEN) as lost:
            done = run(folder, Cluster(2, there.address), watched, order=8)
    return f"a scheduler, 2 workers, a third order, {len(lost)} workers killed", done


_OWN = "client, scheduler and worker"
_SECONDS_BETWEEN = 15
WAYS = {"1": alone, "2": two, "3": three, "cluster": away}


def runs(folder: Path, broken: set[str], asked: argparse.Namespace) -> Iterator[str]:
    """Every way of running it, as lines of Markdown. Raises AssertionError where a way comes to something else, or a
    workbook is refused that is not broken.
    """
    schools, ways = asked.schools, asked.ways
    yield f"{schools} workbooks, {len(broken)} of them broken in as many ways.\n"
    yield "| | seconds | ÷ first | load | MiB at each tenth | MiB more each 1,000 |\n|---|---|---|---|---|---|"
    first = pace = None
    for way in ways:
        name, done = WAYS[way](folder, asked.kills)
        first = first or done
        refused = {one.file for one in done.rolled.failed}
        assert refused <= broken, refused - broken
        assert done.rolled == first.rolled, name
        yield line(name, done, first, schools)
        pace = done if way == "2" else pace or done
    yield f"\n{len(ways)} ways, the same result school by school." if len(ways) > 1 else ""
    yield f"Of the {len(broken)} broken ones {len(refused)} were refused; the damage of others is in no ledger."
    yield f"At this pace 10,000 schools take {pace.seconds / schools * 10_000 / 60:.0f} minutes." if pace else ""


def line(name: str, one: Run, first: Run, schools: int) -> str:
    """One way of running it."""
    memory = "; ".join(f"{whose} {' '.join(f'{each:.0f}' for each in sizes)}" for whose, sizes in one.memory.items())
    more = "; ".join(f"{growth(sizes, schools):.1f}" for sizes in one.memory.values())
    load = os.getloadavg()[0]
    return f"| {name} | {one.seconds:.0f} | {one.seconds / first.seconds:.2f} | {load:.1f} | {memory} | {more} |"


def main() -> None:
    """Build the county, run it each way, print."""
    parser = parser_for(__doc__)
    parser.add_argument("--schools", type=int, default=100)
    parser.add_argument("--largest", type=int, default=max(SIZES), help="copies of the largest school")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=[*WAYS], help="the first is what others must equal")
    parser.add_argument("--name", default="whole county", help="of the table's place in the README")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "全县"
        broken = build(folder, asked.schools, asked.largest)
        lines = []
        for one in runs(folder, broken, asked):
            print(one, flush=True)
            lines.append(one)
    if asked.readme:
        write_table(asked.readme, asked.name, lines)


if __name__ == "__main__":
    main()
