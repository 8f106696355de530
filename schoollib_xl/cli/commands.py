"""The commands: each calls one action and prints its answer."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from schoollib_xl import actions
from schoollib_xl.checks.every import ALL
from schoollib_xl.cli.arguments import Misspoken
from schoollib_xl.wording.catalogue import entry, overview
from schoollib_xl.wording.report_json import check_json
from schoollib_xl.wording.report_text import check_text

FINE, FOUND = 0, 1


def check(asked: Namespace) -> int:
    """`check`: findings to the screen and into 核对结果.xlsx, or JSON."""
    checked = actions.check(asked.workbook, asked.as_of, progress())
    if asked.format == "json":
        _print_json(check_json(asked.workbook.name, checked.library, checked.report))
    else:
        _print(check_text(asked.workbook.name, checked.library, checked.report))
        _print([f"\n{checked.cannot_tell}"] if checked.cannot_tell else [])
    if folder := _folder(asked):
        written = actions.write_results(checked, asked.workbook, folder)
        _print([f"\n全部结果在：{written}"] if asked.format == "text" else [])
    return FOUND if checked.report.failed else FINE


def explain(asked: Namespace) -> int:
    """`explain`: one check in full, or all in a line each."""
    if asked.code is None:
        _print(overview(ALL.values()))
        return FINE
    code = asked.code.upper()
    if code not in ALL:
        near = get_close_matches(code, ALL, 3, 0.5)
        hint = f"，是不是 {'、'.join(near)}" if near else "；只输入 schoollib explain 可以看到全部编码"
        raise Misspoken(f"没有 {asked.code} 这个编码{hint}。")
    _print(entry(ALL[code]))
    return FINE


def progress() -> Callable[[str], None] | None:
    """Says on a terminal which sheet is being read; nothing where the answer is piped elsewhere."""
    if not sys.stderr.isatty():
        return None

    def reading(sheet_name: str) -> None:
        # \x1b[K wipes what is left of a longer line before.
        print(f"\r正在读 {sheet_name} …\x1b[K", end="", file=sys.stderr, flush=True)

    return reading


def _folder(asked: Namespace) -> Path | None:
    """Where files go: --into, else beside the workbook; nowhere for JSON without --into."""
    if asked.into or asked.format == "json":
        folder: Path | None = asked.into
        return folder
    workbook: Path = asked.workbook
    return workbook.resolve().parent


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
