"""How long taking over a title list takes, as a ratio to reading the same file with pandas.

Run by hand, in an environment of its own (pandas slows the start of everything else):
``python tests/bench/adoption_and_pandas.py LIST.xlsx``
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from schoollib_xl.actions.adopting import take_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.options import Options

ROUNDS = 7
OPTIONS = Options(date(2025, 10, 8))


def seconds(act: Callable[[], object]) -> float:
    """The median of several rounds, the first one left out."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def written(path: Path) -> None:
    """Everything: read, taken over, written, read back, checked, reported."""
    with tempfile.TemporaryDirectory() as folder:
        take_over([path], Path(folder) / "账.xlsx", OPTIONS, baseline=False)


def main(path: Path) -> None:
    """Print both times and their ratios."""
    base = seconds(lambda: pd.read_excel(path, engine="openpyxl"))
    quick = seconds(lambda: pd.read_excel(path, engine="calamine"))
    for name, act in (
        ("taken over in memory", lambda: adopt([path], OPTIONS)),
        ("written and checked", lambda: written(path)),
    ):
        mine = seconds(act)
        print(f"{name}: {mine:.2f} s, {mine / base:.1f} × pandas with openpyxl, {mine / quick:.1f} × with calamine")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
