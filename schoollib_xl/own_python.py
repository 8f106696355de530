"""Processes of this program's own: the same Python, in which nothing that lies beside a workbook is ever imported."""

import os
import sys
from pathlib import Path


def own_python(*words: str) -> list[str]:
    """The command that runs these words (a module with -m, a script) by the Python of this process."""
    return [sys.executable, "-P", *words]


def own_environment(**others: str) -> dict[str, str]:
    """The environment of this process, where this package is found first, installed or not, with `others`."""
    search = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": search, **others}
