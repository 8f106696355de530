"""How long `schoollib check` takes beside others that do the same, as ratios measured in one interleaved run.

    python tests/bench/check.py --size large --rounds 5 --pandas-python /path/to/python \\
        --frictionless-python /path/to/python --office --readme README.md

Contenders: a bare process that reads the same sheets into lists (1.00), the whole check, the core of it with pandas
and openpyxl (pip install pandas openpyxl, in an environment of its own: openpyxl imports numpy wherever it is
installed), ten of its rules as a Frictionless data package (pip install frictionless[excel]), and eight of them as
formulas that LibreOffice calculates. Every run is a fresh process; each ratio is the median over the rounds of the
contender's time through the raw reader's time in the same round. A contender must count the same faults in a faulty
workbook as the check does, or nothing is printed. Prints Markdown tables.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from readme_table import parser_for, tell
from with_formulas import calculating_profile, counts

from schoollib_xl.samples.scale import Size
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.recognising import Names, declared_for

HERE = Path(__file__).parent
RAW, CHECK, PANDAS, OFFICE = "raw python-calamine read", "schoollib check", "pandas + openpyxl", "LibreOffice formulas"
FRICTIONLESS = "a Frictionless data package"
FOUND = 1
# By kind of rule, how many faults a contender and the check both count.
Faults = dict[str, int]


class Run(NamedTuple):
    """What one process took: seconds by the clock, seconds of processor, MiB at its peak. One that was stopped
    would have taken longer, and nobody counted the other two.
    """

    wall: float
    cpu: float
    peak: float
    stopped: bool = False


MEASURED = ("wall", "cpu", "peak")


def figures(runs: list[Run], figure: str) -> list[float]:
    """One figure of several runs."""
    return [getattr(run, figure) for run in runs]


def measure(command: list[str], at_most: float | None = None) -> Run:
    """Run a command with its output thrown away; after `at_most` seconds it is stopped.

    Raises SystemExit where it fails.
    """
    began = time.perf_counter()
    measuring = [sys.executable, "-I", "-S", str(HERE / "one_run.py"), *command]
    with subprocess.Popen(measuring, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            told, _ = process.communicate(timeout=at_most)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return Run(time.perf_counter() - began, 0.0, 0.0, stopped=True)
    if process.returncode:
        raise SystemExit(f"{command}: failed")
    return Run(*map(float, told.split()))


def check_command(workbook: Path) -> list[str]:
    """The whole check, as the console command runs it."""
    return [sys.executable, "-m", "schoollib_xl", "check", str(workbook), "--format", "json"]


def contenders(workbook: Path, asked: argparse.Namespace, folder: Path) -> dict[str, list[str]]:
    """The commands by their name in the table."""
    with open_workbook(workbook) as opened:
        read = [name for name in opened.sheet_names if declared_for(name, Names())]
    commands = {
        RAW: [sys.executable, "-I", str(HERE / "raw_read.py"), str(workbook), *read],
        CHECK: check_command(workbook),
    }
    commands |= {name: [*script, str(workbook)] for name, script in scripts(asked).items()}
    if asked.office:
        commands[OFFICE] = office_command(asked.size, folder)
    return commands


def scripts(asked: argparse.Namespace) -> dict[str, list[str]]:
    """The contenders in Python that count faults, each in the environment it was given."""
    pythons = {PANDAS: asked.pandas_python, FRICTIONLESS: asked.frictionless_python}
    files = {PANDAS: "with_pandas.py", FRICTIONLESS: "with_frictionless.py"}
    return {name: [python, str(HERE / files[name])] for name, python in pythons.items() if python}


def office_command(size: Size, folder: Path) -> list[str]:
    """LibreOffice loading, calculating and saving the workbook of formulas, which is written first."""
    formulas = folder / "formulas.xlsx"
    # In a process of its own, as the faulty workbook.
    subprocess.run([sys.executable, str(HERE / "with_formulas.py"), size, str(formulas)], check=True)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SystemExit("LibreOffice is not installed")
    profile = calculating_profile(folder)
    out = str(folder / "calculated")
    options = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out]
    return [program, f"-env:UserInstallation={profile.as_uri()}", *options, str(formulas)]


def interleaved(commands: dict[str, list[str]], rounds: int, office_seconds: float) -> dict[str, list[Run]]:
    """The runs of each contender; one after the other in every round, so that all see the same machine."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(rounds):
        for name, command in commands.items():
            if name != OFFICE:
                runs[name].append(measure(command))
            elif turn == 0:
                runs[name].append(measure(command, office_seconds))
        print(f"round {turn + 1} of {rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return runs


def table(runs: dict[str, list[Run]]) -> Iterator[str]:
    """The runs as a Markdown table; ratios are medians of the ratios within a round."""
    yield "| | ÷ raw read | wall s | CPU s | CPU ÷ raw | peak MiB | peak ÷ raw | runs |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, own in runs.items():
        wall, cpu, peak = (statistics.median(figures(own, figure)) for figure in MEASURED)
        by_wall, by_cpu, by_peak = (
            statistics.median(
                mine / raw for mine, raw in zip(figures(own, figure), figures(runs[RAW], figure), strict=False)
            )
            for figure in MEASURED
        )
        said = f"{by_wall:.2f} | {wall:.2f} | {cpu:.2f} | {by_cpu:.2f} | {peak:.0f} | {by_peak:.2f} | {len(own)}"
        yield f"| {name} | {said} |"


def others_table(size: Size, runs: dict[str, list[Run]], agreed: dict[str, Faults]) -> Iterator[str]:
    """The same by other means as a Markdown table: what both count, and how long it takes beside the check."""
    yield f"| the same by other means, `{size}` | rules | faults both count | wall s | ÷ schoollib check | runs |"
    yield "|---|---|---|---|---|---|"
    for name, own in runs.items():
        if name in (RAW, CHECK):
            continue
        times = statistics.median(a.wall / b.wall for a, b in zip(own, runs[CHECK], strict=False))
        wall, over = statistics.median(figures(own, "wall")), "over " if own[0].stopped else ""
        faults = agreed.get(name)
        both = f"{len(faults)} | {sum(faults.values())}" if faults else "8 | stopped before it could say"
        yield f"| {name} | {both} | {over}{wall:.1f} | {over}{times:.1f} | {len(own)} |"


def agreement(size: Size, others: dict[str, list[str]], calculated: Path | None, folder: Path) -> dict[str, Faults]:
    """The faults that the check and each of the others count in a faulty workbook. Raises AssertionError where they
    count other ones.
    """
    faulty = folder / f"faulty-{size}.xlsx"
    if not faulty.exists():
        # In a process of its own: what this one holds would count as the peak of every process it starts.
        subprocess.run([sys.executable, str(HERE / "faulty.py"), size, str(faulty)], check=True)
    answer = subprocess.run(check_command(faulty), capture_output=True, check=False)
    assert answer.returncode == FOUND, "the faulty workbook has findings"
    codes = [finding["code"] for finding in json.loads(answer.stdout)["findings"]]
    told = {
        name: json.loads(subprocess.run([*script, str(faulty)], capture_output=True, check=True).stdout)
        for name, script in others.items()
    }
    if calculated:
        told[OFFICE] = counts(calculated)
    for name, theirs in told.items():
        ours = {code: codes.count(code) for code in theirs}
        differing = {code: (ours[code], theirs[code]) for code in ours if ours[code] != theirs[code]}
        assert not differing, f"{name} counts otherwise: {differing}"
        assert all(ours.values()), f"no fault planted for {[code for code in ours if not ours[code]]}"
    return told


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = parser_for(__doc__)
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.LARGE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pandas-python", help="a Python with pandas and openpyxl")
    parser.add_argument("--frictionless-python", help="a Python with frictionless[excel]")
    parser.add_argument("--office", action="store_true", help="include LibreOffice, one run")
    parser.add_argument("--office-seconds", type=float, default=1800, help="stop LibreOffice after so long")
    parser.add_argument("--folder", type=Path, help="keep the workbooks here and use those that are there")
    return parser.parse_args()


def main() -> None:
    """Build the workbooks, let the contenders run, print the table."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as passing:
        folder = (asked.folder or Path(passing)).resolve() / asked.size
        workbook = folder / "图书室七本账.xlsx"
        if not workbook.exists():
            demo = measure([sys.executable, "-m", "schoollib_xl", "demo", "--size", asked.size, "--into", str(folder)])
            print(f"demo --size {asked.size}: {demo.wall:.1f} s, CPU {demo.cpu:.1f} s, peak {demo.peak:.0f} MiB\n")
        runs = interleaved(contenders(workbook, asked, folder), asked.rounds, asked.office_seconds)
        tables = {f"check {asked.size}": [*table({name: runs[name] for name in (RAW, CHECK)})]}
        if len(runs) > len((RAW, CHECK)):
            ended = asked.office and not runs[OFFICE][0].stopped
            calculated = folder / "calculated" / "formulas.xlsx" if ended else None
            agreed = agreement(asked.size, scripts(asked), calculated, folder)
            tables[f"others {asked.size}"] = [*others_table(asked.size, runs, agreed)]
        for name, lines in tables.items():
            tell(asked, name, lines)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
