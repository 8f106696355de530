"""Opening a workbook at a cell, in the program that is there for workbooks."""

import subprocess
import sys
from pathlib import Path

from schoollib_xl.own_python import own_environment, own_python

# Excel may be showing a dialog, and then answers nobody; so long she waits for a sentence.
_SECONDS = 20


def jump(workbook: Path, sheet: str, cell: str) -> bool:
    """Whether the workbook is open at the cell now. Excel is asked by a process of its own, which can hang alone."""
    if sys.platform != "win32":
        return False
    command, environment = own_python("-m", "schoollib_xl.excel.jump", str(workbook), sheet, cell), own_environment()
    try:
        done = subprocess.run(
            command, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL, capture_output=True, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
