"""How long `schoollib watch` takes for a second check after an edit of one cell, as a ratio to its first check.

    python tests/bench/watch.py --rounds 3 --workbook 图书室七本账.xlsx

In every round a fresh watcher checks the workbook, a cell of one sheet is changed in the zip, and the same watcher
checks it again, page included. Each ratio is the median over the rounds. Prints a Markdown table, a line for each
sheet an edit was made in.
"""

import argparse
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

# The zip surgery is the tests' own.
sys.path.append(str(Path(__file__).parents[1]))

from schoollib_xl.actions.watching import Watcher
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.pages.watch_page import watch_page
from schoollib_xl.wording.findings import column_letters
from surgery import rewrite, set_cell

# A text of a line in the middle of each: a small sheet, then the two largest.
EDITS: dict[type[Any], str] = {ReaderRow: "name", AccessionRow: "publisher", LoanRow: "handled_by"}
LINE = 400
NOW = datetime(2026, 7, 3, 12)


class Round(NamedTuple):
    """Seconds of the first check and of the second."""

    first: float
    second: float


def timed_look(watcher: Watcher) -> float:
    """The seconds of one look that finds something new, and of the page about it."""
    began = time.perf_counter()
    seen = watcher.look(NOW)
    assert seen is not None, "there is something new"
    assert not seen.trouble, seen.trouble
    watch_page(seen)
    return time.perf_counter() - began


def run(workbook: Path, row_type: type[Any], text: str) -> Round:
    """Check, edit, check again."""
    declared = SHEETS[row_type]
    cell = f"{column_letters(declared.positions[EDITS[row_type]])}{LINE}"
    watcher = Watcher(workbook, None)
    first = timed_look(watcher)
    set_cell(workbook, declared.name, cell, text)
    assert watcher.look(NOW) is None, "a file just written is let alone"
    return Round(first, timed_look(watcher))


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workbook", type=Path, help="measure with a copy of this one instead of `demo --size large`")
    return parser.parse_args()


def main() -> None:
    """Run the rounds, the edits in turn, and print the table."""
    asked = arguments()
    # As the program itself runs.
    gc.disable()
    runs: dict[type[Any], list[Round]] = {row_type: [] for row_type in EDITS}
    with tempfile.TemporaryDirectory() as passing:
        workbook = Path(passing) / "图书室七本账.xlsx"
        if asked.workbook:
            shutil.copyfile(asked.workbook, workbook)
        else:
            demo = [sys.executable, "-m", "schoollib_xl", "demo", "--size", "large", "--into", passing]
            subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        rewrite(workbook)
        for turn in range(asked.rounds):
            for row_type, own in runs.items():
                own.append(run(workbook, row_type, f"改过 {turn + 1} 次"))
                gc.collect()
            print(f"round {turn + 1} of {asked.rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    print("| edited sheet | second ÷ first | first s | second s |\n|---|---|---|---|")
    for row_type, own in runs.items():
        ratio = statistics.median(one.second / one.first for one in own)
        first, second = (statistics.median(seconds) for seconds in zip(*own, strict=True))
        print(f"| {SHEETS[row_type].name} | {ratio:.2f} | {first:.2f} | {second:.2f} |")
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
