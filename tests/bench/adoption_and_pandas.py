"""How long taking over a title list takes, beside reading the same file with pandas.

    python tests/bench/adoption_and_pandas.py --pandas-python /path/to/python --readme tests/bench/README.md

The list holds the sample school's titles with how many copies there are of each. pandas (pip install pandas openpyxl
python-calamine, in an environment of its own) reads it and adds the copies up; `adopt` makes seven ledgers of it,
writes and checks them and reports on every row. Both are fresh processes that take turns, and must count the same
titles and copies. Prints a Markdown table.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from check import Run, figures, measure
from readme_table import parser_for, tell
from xlsxwriter import Workbook

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.samples.year import clean_school

READ = """
import json, sys, pandas
frame = pandas.read_excel(sys.argv[1], engine=sys.argv[2])
print(json.dumps([len(frame), int(frame["册数"].sum())]))
"""
HEADER = ("题名", "著者", "出版社", "ISBN", "分类号", "单价", "册数")
OPENPYXL, CALAMINE, OURS = "pandas with openpyxl, read only", "pandas with calamine, read only", "schoollib adopt"


def write_list(path: Path) -> tuple[int, int]:
    """Write the list; how many titles and copies are on it."""
    copies = clean_school().rows[AccessionRow]
    titles = Counter((c.title, c.author, c.publisher, c.isbn, c.class_no, float(c.price or 0)) for c in copies)
    with Workbook(path) as book:
        sheet = book.add_worksheet("藏书清单")
        for index, row in enumerate([HEADER, *((*title, count) for title, count in titles.items())]):
            sheet.write_row(index, 0, row)
    return len(titles), len(copies)


def contenders(path: Path, pandas_python: str, turn: int) -> dict[str, list[str]]:
    """The commands by their name in the table; `adopt` replaces nothing, so each of its books has its own folder."""
    read = [pandas_python, "-c", READ, str(path)]
    adopt = [sys.executable, "-m", "schoollib_xl", "adopt", str(path), "--format", "json"]
    into = ["--into", str(path.with_name(str(turn)) / "新账.xlsx")]
    return {OPENPYXL: [*read, "openpyxl"], CALAMINE: [*read, "calamine"], OURS: [*adopt, *into]}


def counted(command: list[str]) -> tuple[int, int]:
    """The titles and copies a contender counts."""
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    if isinstance(said, dict):
        totals = {one["what"]: one["out"] for one in said["totals"]}
        said = [totals["titles"], totals["copies"]]
    return said[0], said[1]


def table(runs: dict[str, list[Run]], on_list: tuple[int, int]) -> Iterator[str]:
    """The times as a Markdown table."""
    yield f"| {on_list[0]:,} titles, {on_list[1]:,} copies, counted by each | wall s | ÷ pandas | runs |"
    yield "|---|---|---|---|"
    for name, own in runs.items():
        ratio = statistics.median(a.wall / b.wall for a, b in zip(own, runs[OPENPYXL], strict=True))
        yield f"| {name} | {statistics.median(figures(own, 'wall')):.2f} | {ratio:.2f} | {len(own)} |"


def main() -> None:
    """Write the list, let the contenders run, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--pandas-python", required=True, help="a Python with pandas, openpyxl and python-calamine")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "藏书清单.xlsx"
        on_list = write_list(path)
        for name, command in contenders(path, asked.pandas_python, 0).items():
            assert counted(command) == on_list, f"{name} counts otherwise"
        runs: dict[str, list[Run]] = {OPENPYXL: [], CALAMINE: [], OURS: []}
        for turn in range(1, asked.rounds + 1):
            for name, command in contenders(path, asked.pandas_python, turn).items():
                runs[name].append(measure(command))
    lines = [*table(runs, on_list)]
    tell(asked, "adoption", lines)


if __name__ == "__main__":
    main()
