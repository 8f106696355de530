"""The child process: examines one workbook after the other, named on stdin, and answers each in one line.

Run as ``python -m schoollib_xl.actions.county.examiner``; the parent watches its time and its memory.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run_without_hints
from schoollib_xl.county.record import school_record, term_figures
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.unexpected import log_unexpected_error, take_long_numbers

MEGABYTES = 2048
"""A school of 50,000 copies and 100,000 loans takes some 600 MB; half of a four-gigabyte PC for the largest."""

SECONDS = 180
"""A workbook of half a million copies and a million loans takes 40 s on two cores; an old laptop several times that."""
# The parent's clock comes first; this one is for a child that hangs so that it does not hear its parent was killed.
_GRACE = 20
_A_SHEET = "一张工作表"
TOO_LARGE = f"太大，{MEGABYTES} MB 内存读不下，没有算进来。"


def main() -> None:
    """Say the number of this process, then answer every line of stdin: ``{"file", "is_copy", "as_of", "seed"}`` →
    ``{"record"}`` or ``{"why"}``.
    """
    _leave_no_core()
    take_long_numbers()
    # Rows are built without the collector running in between; what a workbook leaves behind goes after each.
    gc.disable()
    answers = sys.stdout
    sys.stdout = sys.stderr
    print(os.getpid(), file=answers, flush=True)
    for line in _questions():
        _be_ended_after(SECONDS + _GRACE)
        print(json.dumps(examined(json.loads(line))), file=answers, flush=True)
        _be_ended_after(0)
        gc.collect()
        if not gc.get_freeze_count():
            # The program itself is there for good: to look through it again cost a fifth of a small school's time.
            gc.freeze()


def _questions() -> Iterator[str]:
    heard: SimpleQueue[str] = SimpleQueue()
    Thread(target=_hear, args=(heard,), daemon=True).start()
    return iter(heard.get, "")


def _hear(heard: SimpleQueue[str]) -> None:
    """Where stdin ends the parent was killed, and with it the watch over this process: it ends at once, whatever it is
    at, and leaves no copy of a school's books.
    """
    line = ""
    for line in sys.stdin:
        heard.put(line)
    with suppress(OSError):
        if line and (last := json.loads(line))["is_copy"]:
            Path(last["file"]).unlink()
    os._exit(0)


def examined(asked: dict[str, Any]) -> dict[str, str]:
    """The record of a workbook as JSON text, or why there is none."""
    workbook = Path(asked["file"])
    try:
        # The workbook alone, as it is shipped: what lies beside it is another machine's. A record asks for no causes,
        # and counts no hints.
        library = load(workbook, date.fromisoformat(asked["as_of"]) if asked["as_of"] else None).library
        report = run_without_hints(library, ALL.values())
        record = school_record(library, report, term_figures(library), asked["seed"])
        library.forget()
    except Unusable as refusal:
        return {"why": _nobody_named(refusal)}
    except MemoryError:
        return {"why": TOO_LARGE}
    except Exception:
        return {"why": log_unexpected_error(without_values=True)}
    finally:
        # No copy of a school's books stays on a machine of others.
        if asked["is_copy"]:
            workbook.unlink(missing_ok=True)
    return {"record": record.model_dump_json()}


def _nobody_named(refusal: Unusable) -> str:
    """What is said of a workbook, without its own words: a sheet may be called by a pupil's name."""
    is_ours = refusal.quoted.strip("“”") in {sheet.name for sheet in ALL_SHEETS}
    return str(refusal) if is_ours or not refusal.quoted else str(refusal).replace(refusal.quoted, _A_SHEET)


def _be_ended_after(seconds: int) -> None:
    """Set the system's clock for this process, or with 0 stop it; Windows has none."""
    if sys.platform != "win32":
        import signal

        signal.alarm(seconds)


def _leave_no_core() -> None:
    """Where the system would write a process that falls over to the disk: a school's books are in it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
