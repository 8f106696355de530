"""One check, step by step, in this process: seconds of processor by step, as JSON.

    python tests/bench/steps.py 图书室七本账.xlsx

`where.py` makes a table of it. Nothing is imported before its turn save what this file needs.
"""

import gc
import sys
import time
from collections.abc import Callable
from importlib import import_module

START = "start of Python"
IMPORTED, CHECKS_IMPORTED = "command line, ledgers, reading rooms imported", "checks imported"
PLAIN, PARSED = "large plain sheets read", "XML of others parsed by python-calamine"
SCANNED = "their XML looked through for errors, formulas, extent"
ROWS, REST = "cells into typed rows", "the rest of reading"
CHECKED, ANSWERED = "the checks", "the answer"
_IMPORTS = {
    IMPORTED: ("schoollib_xl.cli.program", "schoollib_xl.cli.checking", "schoollib_xl.sheets.reading.loading"),
    CHECKS_IMPORTED: ("schoollib_xl.checks.every", "schoollib_xl.checks.report"),
}
# What is counted apart within reading: in which module, of which class, what.
_WITHIN_READING = (
    ("schoollib_xl.sheets.opening.ooxml", None, "plain_sheet", PLAIN),
    ("schoollib_xl.sheets.opening.quick", "QuickBook", "__init__", PARSED),
    ("schoollib_xl.sheets.opening.quick", "QuickBook", "blocks", PARSED),
    ("schoollib_xl.sheets.opening.ooxml", None, "scan", SCANNED),
    ("schoollib_xl.sheets.reading.rows", "PartReader", "read", ROWS),
)


def main(workbook: str) -> dict[str, float]:
    """Seconds of processor by step."""
    taken = {START: time.process_time()}

    def counted(step: str, act: Callable[..., object]) -> Callable[..., object]:
        def timed(*given: object) -> object:
            began = time.process_time()
            try:
                return act(*given)
            finally:
                taken[step] = taken.get(step, 0.0) + time.process_time() - began

        return timed

    for step, names in _IMPORTS.items():
        counted(step, _imported)(*names)
    for module, owner, name, step in _WITHIN_READING:
        place = getattr(import_module(module), owner) if owner else import_module(module)
        setattr(place, name, counted(step, getattr(place, name)))
    loaded = counted(REST, _read)(workbook)
    taken[REST] -= taken[PLAIN] + taken[PARSED] + taken[SCANNED] + taken[ROWS]
    counted(ANSWERED, _answered)(counted(CHECKED, import_module("schoollib_xl.actions.checking").judge)(loaded))
    return taken


def _imported(*names: str) -> None:
    for name in names:
        import_module(name)


def _read(workbook: str) -> object:
    from pathlib import Path

    from schoollib_xl.sheets.reading.loading import load

    return load(Path(workbook), None)


def _answered(checked: tuple[object, ...]) -> object:
    library, report, _, causes = checked
    answer = import_module("schoollib_xl.wording.checking.check_json").check_json(
        "图书室七本账.xlsx", library, report, causes
    )
    return import_module("json").dumps(answer, ensure_ascii=False)


if __name__ == "__main__":
    gc.disable()
    steps = main(sys.argv[1])
    print("\n".join(f"{seconds:.4f} {step}" for step, seconds in steps.items()))
