"""A county of generated schools: serial beside two workers, the same result however it is run, memory that stays flat.

    PYTHONPATH=tests python tests/bench/whole_county.py --schools 1000 --kills 5

A few schools of 100 to 20,000 copies are built once and copied under other names, twenty of them broken in different
ways. Prints Markdown: seconds for each number of workers, memory of the program at each tenth, whether all runs agree
(in any order of the files, and with examiners killed at random moments), and what 10,000 schools would take.
"""

import argparse
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
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

from county.schools import school
from schoollib_xl.actions.county import rolling
from schoollib_xl.actions.county.rolling import Cluster, CountyRun, roll_up
from schoollib_xl.samples.scale import Scale
from schoollib_xl.samples.year import scaled_school
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.county import county_json
from surgery import set_cell

# Copies, and how many schools of a hundred have so many: teaching points are many, town schools few.
SIZES = {100: 22, 300: 24, 600: 18, 1_200: 16, 2_500: 11, 5_000: 6, 10_000: 2, 20_000: 1}
SMALLEST, BOUGHT = 2_500, 590


def booklet(copies: int) -> Any:
    """A school of about so many copies, with as many pupils as such a school has; the sample
    school cannot be as small as a teaching point.
    """
    if copies < SMALLEST:
        return school(copies, copies=copies, pupils=copies // 12, loans=copies // 2)
    pupils = max(24, min(1_200, copies // 12))
    scale = Scale(max(1, pupils // 220), pupils, max(6, pupils // 18), copies - BOUGHT, BOUGHT, 1, 1, 0.9, False)
    return scaled_school(copies, scale)


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


def build(folder: Path, schools: int) -> None:
    """The county, in folders of its towns."""
    made = {copies: folder.with_name("made") / f"{copies}.xlsx" for copies in SIZES}
    sizes = random.Random(1).choices(list(SIZES), list(SIZES.values()), k=schools)
    for copies in sorted(set(sizes)):
        write_workbook(booklet(copies), made[copies])
    for number, copies in enumerate(sizes):
        target = folder / f"{number % 17:02}镇" / f"第{number}小学.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(made[copies], target)
        set_cell(target, "基本信息", "B2", f"{number:04}号小学")
    paths = sorted(folder.rglob("*.xlsx"))
    for number, breaking in enumerate(BROKEN):
        breaking(paths[number * 7 % schools])


@contextmanager
def killed(times: int, seed: int = 1) -> Iterator[None]:
    """Kill an examiner of this process so many times, each at some moment of its work."""
    enough, rng = threading.Event(), random.Random(seed)

    def kill() -> None:
        for _ in range(times):
            if enough.wait(rng.uniform(3, 25)):
                return
            found = subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "county.examiner"], capture_output=True)
            for number in rng.sample(numbers := found.stdout.split(), min(1, len(numbers))):
                os.kill(int(number), signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def resident() -> float:
    """Memory of this process: client, scheduler and worker of a local cluster are one."""
    pages = int(Path(f"/proc/{os.getpid()}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def run(folder: Path, workers: int, kills: int = 0) -> tuple[dict[str, Any], float, list[float]]:
    """What the county comes to, the seconds it took, and the memory at each tenth."""
    memory: list[float] = []

    def heard(done: int, total: int) -> None:
        if done % max(1, total // 10) == 0:
            memory.append(resident())

    begun = time.perf_counter()
    with killed(kills):
        rolled = roll_up(folder, None, CountyRun(), Cluster(workers), heard)
    return county_json(rolled), time.perf_counter() - begun, memory


def shuffled(folder: Path) -> list[Path]:
    """The workbooks in another order."""
    found = ORDERED(folder)
    random.Random(7).shuffle(found)
    return found


ORDERED = rolling.workbooks


def main() -> None:
    """Build the county, run it each way, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=100)
    parser.add_argument("--kills", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "全县"
        build(folder, asked.schools)
        serial, alone, _ = run(folder, 1)
        print(f"{serial['schools']} workbooks, {serial['read']} read, {len(serial['failed'])} not", flush=True)
        together, two, memory = run(folder, 2)
        print(f"| workers | seconds | ÷ serial |\n|---|---|---|\n| 1 | {alone:.0f} | 1 |")
        print(
            f"| 2 | {two:.0f} | {two / alone:.2f} |\n\nMiB at each tenth: {[round(one) for one in memory]}", flush=True
        )
        with mock.patch.object(rolling, "workbooks", shuffled):
            mixed, _, _ = run(folder, 2, asked.kills)
    print(f"equal: two workers {together == serial}; another order, {asked.kills} examiners killed {mixed == serial}")
    print(f"10,000 schools: {two / asked.schools * 10_000 / 60:.0f} minutes with two workers")
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
