"""What a check costs after one cell of a ledger was edited, through the first check of the same workbook.

    python tests/bench/recheck.py --size large --rounds 3

The workbook is followed as `serve` follows it; seconds are processor time of this process, all its threads. For each
ledger one cell is changed in the file, the file is read and checked again from memory, and the report
must be that of a first check of the changed file. Prints a Markdown table.
"""

import gc
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from readme_table import parser_for, tell

sys.path.insert(0, str(Path(__file__).parents[1]))

from schoollib_xl.actions.following import Rounds
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Kind
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.page.overview import Reading
from schoollib_xl.wording.places import column_letters
from surgery import set_cell

# One ledger that few checks look at, the short ones of the seven, and the two long ones.
EDITED = (RepairRow, CompensationRow, WithdrawalRow, SummaryRow, AccessionRow, LoanRow)
NOW = datetime(2026, 6, 3, 12)


class Cost(NamedTuple):
    """Seconds of processor and by the clock."""

    cpu: float
    wall: float


def costing(act: Callable[[], Reading]) -> tuple[Reading, Cost]:
    """What it came to, and what it cost."""
    # As the program itself: it collects between two readings, never while it reads.
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    made = act()
    return made, Cost(time.process_time() - cpu, time.perf_counter() - wall)


def edit(workbook: Path, books: Library, row_type: type[Any], turn: int) -> None:
    """Another text in a cell of the ledger that may hold any, as if she had typed it."""
    declared, row = SHEETS[row_type], books[row_type].rows[turn]
    free = [field.name for field in declared.fields if field.kind is Kind.TEXT and getattr(row, field.name)]
    address = f"{column_letters(declared.positions[free[-1]])}{row.line}"
    set_cell(workbook, declared.name, address, f"又看了一遍 {turn}")


def measure(workbook: Path, rounds: int) -> dict[str, list[tuple[Cost, Cost]]]:
    """By ledger, the first check and the check after an edit, in every round: each in a process of its own, as the one
    that follows a workbook is, and on a copy of its own, which no earlier round has edited.
    """
    costs: dict[str, list[tuple[Cost, Cost]]] = {}
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
        for turn in range(rounds):
            own = Path(shutil.copy(workbook, workbook.with_stem(f"{workbook.stem}{turn}")))
            for name, both in fresh.submit(measure_once, own, turn).result().items():
                costs.setdefault(name, []).append(both)
    return costs


def measure_once(workbook: Path, turn: int) -> dict[str, tuple[Cost, Cost]]:
    """By ledger, the first check and the check after an edit."""
    gc.disable()
    costs: dict[str, tuple[Cost, Cost]] = {}
    following = Rounds(None)
    again, first = costing(partial(following.check, workbook, NOW, workbook))
    for row_type in EDITED:
        edit(workbook, again.library, row_type, turn)
        again, cost = costing(partial(following.check, workbook, NOW, workbook))
        costs[SHEETS[row_type].name] = first, cost
        print(f"{SHEETS[row_type].name}: {cost.cpu:.2f} of {first.cpu:.2f} s", file=sys.stderr, flush=True)
    same = again.report == Rounds(None).check(workbook, NOW, workbook).report
    assert same, "a check from memory finds what a first check finds"
    return costs


def table(costs: dict[str, list[tuple[Cost, Cost]]]) -> list[str]:
    """The costs as a Markdown table; ratios are medians of those within a round."""
    lines = ["| one cell edited in | CPU s | ÷ first check | wall s | ÷ first check |", "|---|---|---|---|---|"]
    for name, pairs in costs.items():
        cells = []
        for figure in ("cpu", "wall"):
            again = [getattr(cost, figure) for _, cost in pairs]
            ratios = [getattr(cost, figure) / getattr(first, figure) for first, cost in pairs]
            cells += [f"{statistics.median(again):.2f}", f"{statistics.median(ratios):.2f}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Build the workbook, edit and check it again and again, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.LARGE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workbook", type=Path, help="start from a copy of this one, which the sample school wrote")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "图书室七本账.xlsx"
        if asked.workbook:
            shutil.copy(asked.workbook, workbook)
        else:
            write_workbook(clean_school(size=asked.size), workbook)
        lines = table(measure(workbook, asked.rounds))
        tell(asked, f"recheck {asked.size}", lines)


if __name__ == "__main__":
    main()
