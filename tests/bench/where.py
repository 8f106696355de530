"""Where the CPU of a check goes, at `school` and at `large`.

    python tests/bench/where.py --rounds 3 --readme tests/bench/README.md

Each run is `steps.py` in a fresh process; medians of the runs, in milliseconds. Prints a Markdown table.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from readme_table import parser_for, tell

from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook

_STEPS = Path(__file__).with_name("steps.py")


def run(workbook: Path) -> dict[str, float]:
    """One check: milliseconds by step."""
    told = subprocess.run([sys.executable, str(_STEPS), str(workbook)], capture_output=True, text=True, check=True)
    lines = (line.split(" ", 1) for line in told.stdout.splitlines())
    return {step: 1000 * float(seconds) for seconds, step in lines}


def table(runs: dict[Size, Sequence[dict[str, float]]]) -> list[str]:
    """The steps of each size as a Markdown table."""
    lines = [f"| CPU, ms | {' | '.join(f'`{size}`' for size in runs)} |", f"|---|{'---|' * len(runs)}"]
    medians = [_medians(own) for own in runs.values()]
    rows = {step: [own[step] for own in medians] for step in medians[0]}
    rows["together"] = [sum(own.values()) for own in medians]
    return [*lines, *(f"| {step} | {' | '.join(f'{ms:,.0f}' for ms in own)} |" for step, own in rows.items())]


def _medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {step: statistics.median(one[step] for one in runs) for step in runs[0]}


def main() -> None:
    """Build the workbooks, measure, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--sizes", type=Size, choices=list(Size), nargs="+", default=[Size.SCHOOL, Size.LARGE])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    runs: dict[Size, Sequence[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            workbook = Path(folder) / f"{size}.xlsx"
            write_workbook(clean_school(size=size), workbook)
            runs[size] = [run(workbook) for _ in range(asked.rounds)]
    lines = table(runs)
    tell(asked, "where", lines)


if __name__ == "__main__":
    main()
