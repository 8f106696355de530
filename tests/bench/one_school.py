"""What one more school costs a county's examiner that is already running, through a raw read of its workbook.

    python tests/bench/one_school.py --rounds 7 --readme README.md

Both in this process, by turns, in seconds of processor of all its threads: the sheets into lists by python-calamine,
and the whole record (read, checked, its quotas worked out), as `actions/county/examiner.py` makes it. What a process
pays once (imports, regular expressions) is paid in a round before the first. Prints a Markdown table.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from python_calamine import CalamineWorkbook
from readme_table import parser_for, tell

from schoollib_xl.actions.county.examiner import examined
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run_without_hints
from schoollib_xl.county.record import school_record, term_figures
from schoollib_xl.ledgers.library import Library
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.sheets.reading.recognising import Names, declared_for

T = TypeVar("T")
RAW, SCHOOL = "raw python-calamine read", "one school in a county"
PHASES = ("read into ledgers", "checked", "quotas worked out", "the record made of them")


class School(NamedTuple):
    """A workbook, and those of its sheets that hold ledgers."""

    workbook: Path
    sheets: tuple[str, ...]


def raw(school: School) -> None:
    """The ledgers into lists."""
    opened = CalamineWorkbook.from_path(school.workbook)
    for name in school.sheets:
        opened.get_sheet_by_name(name).to_python(skip_empty_area=False)


def record(school: School) -> None:
    """The school's record. Raises SystemExit where there is none."""
    answer = examined({"file": str(school.workbook), "is_copy": False, "as_of": None, "seed": 1})
    if "record" not in answer:
        raise SystemExit(answer["why"])


def by_phase(school: School) -> dict[str, float]:
    """The same, step by step: seconds of processor."""
    taken: list[float] = []

    def timed(act: Callable[[], T]) -> T:
        began = time.process_time()
        made = act()
        taken.append(time.process_time() - began)
        return made

    library: Library = timed(lambda: load(school.workbook, None).library)
    report = timed(lambda: run_without_hints(library, ALL.values()))
    figures = timed(lambda: term_figures(library))
    timed(lambda: school_record(library, report, figures, 1))
    return dict(zip(PHASES, taken, strict=True))


def seconds(act: Callable[[School], object], school: School) -> float:
    """Seconds of processor; what was left behind is collected before, as the examiner does between two schools."""
    gc.collect()
    began = time.process_time()
    act(school)
    return time.process_time() - began


def measured(school: School, rounds: int) -> tuple[list[tuple[float, float]], list[dict[str, float]]]:
    """In each round the raw read and the record; and the record by its phases. The first round warms up."""
    pairs, phases = [], []
    for turn in range(rounds + 1):
        pair = (seconds(raw, school), seconds(record, school))
        gc.collect()
        steps = by_phase(school)
        if turn:
            pairs.append(pair)
            phases.append(steps)
    return pairs, phases


def table(pairs: list[tuple[float, float]], phases: list[dict[str, float]]) -> list[str]:
    """The costs as a Markdown table; ratios are medians of those within a round."""
    raws, records = [raw for raw, _ in pairs], [record for _, record in pairs]
    ratio = statistics.median(record / raw for raw, record in pairs)
    lines = ["| | CPU s | ÷ raw read |", "|---|---|---|", f"| {RAW} | {statistics.median(raws):.3f} | 1.00 |"]
    lines.append(f"| {SCHOOL} | {statistics.median(records):.3f} | {ratio:.2f} |")
    for name in PHASES:
        own = [steps[name] for steps in phases]
        share = statistics.median(mine / raw for mine, raw in zip(own, raws, strict=True))
        lines.append(f"| … {name} | {statistics.median(own):.3f} | {share:.2f} |")
    return lines


def main() -> None:
    """Build the workbook, measure, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.SCHOOL)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "图书室七本账.xlsx"
        write_workbook(clean_school(size=asked.size), workbook)
        with open_workbook(workbook) as opened:
            ledgers = tuple(name for name in opened.sheet_names if declared_for(name, Names()))
        lines = table(*measured(School(workbook, ledgers), asked.rounds))
    tell(asked, f"county {asked.size}", lines)


if __name__ == "__main__":
    main()
