"""What commands share: where files go, progress on a terminal, printing."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from schoollib_xl.saving import make_folder

FINE, FOUND = 0, 1


def progress() -> Callable[[str], None] | None:
    """Says on a terminal which sheet is being read; nothing where the answer is piped elsewhere."""
    if not sys.stderr.isatty():
        return None

    def reading(sheet_name: str) -> None:
        # \x1b[K wipes what is left of a longer line before.
        print(f"\r正在读 {sheet_name} …\x1b[K", end="", file=sys.stderr, flush=True)

    return reading


def folder_for(asked: Namespace) -> Path | None:
    """Where files go: --into, created if absent, else beside the workbook; nowhere for JSON without --into.

    Raises CannotWrite where the folder cannot be made.
    """
    if asked.into:
        make_folder(asked.into)
        into: Path = asked.into
        return into
    beside: Path = asked.workbook.resolve().parent
    return None if asked.format == "json" else beside


def say_lines(lines: Iterable[str]) -> None:
    """Print the lines of an answer."""
    for line in lines:
        print(line)


def say_json(value: Any) -> None:
    """Print an answer for other programs; nothing else goes to stdout then."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
