"""How long a press of a button takes, cold, on the sample school, beside Python merely importing xlwings.

    python tests/bench/press.py --rounds 7

Every press is what a macro starts: a fresh process that reads a copy of the open workbook, checks it and writes its
answer. Interleaved; each ratio is the median over the rounds. Prints a Markdown table.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from check import measure
from readme_table import parser_for, tell

from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook

IMPORT = "python -c 'import xlwings'"
PRESSES = {"核对账册": "CheckLedgers", "借还台查一查": "DeskAsk", "关于": "About"}


def table(walls: dict[str, list[float]]) -> Iterator[str]:
    """The times as a Markdown table."""
    yield "| pressed, cold, until the answer is there | seconds | ÷ import xlwings |"
    yield "|---|---|---|"
    for name, own in walls.items():
        ratio = statistics.median(mine / base for mine, base in zip(own, walls[IMPORT], strict=True))
        yield f"| {name} | {statistics.median(own):.2f} | {ratio:.1f} |"


def main() -> None:
    """Build the workbook, press, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "图书室七本账.xlsm"
        write_workbook(clean_school(), book)
        copied = ["--book", str(book), "--copy", str(book), "--answer", str(Path(folder) / "answer.txt")]
        commands = {IMPORT: [sys.executable, "-c", "import xlwings"]}
        for caption, button in PRESSES.items():
            commands[caption] = [sys.executable, "-X", "utf8", "-m", "schoollib_xl.excel", button, *copied]
        walls: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(asked.rounds):
            for name, command in commands.items():
                walls[name].append(measure(command).wall)
    lines = [*table(walls)]
    tell(asked, "press", lines)
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
