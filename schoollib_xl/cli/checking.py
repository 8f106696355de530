"""`check` and `explain`."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from schoollib_xl.actions import checking
from schoollib_xl.actions.checking import Checked
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_format, add_workbook
from schoollib_xl.cli.output import FINE, FOUND, folder_for, progress, say_answer, say_json, say_lines, say_of_the_books

if TYPE_CHECKING:
    from schoollib_xl.wording.answer import Answer

# Behind its letters a code has figures only.
_MEANT = str.maketrans("OIL", "011")


def check(asked: Namespace) -> int:
    """`check`: findings to the screen and into 核对结果.xlsx, or JSON."""
    checked = checking.check(asked.workbook, asked.as_of, progress())
    _say_json(asked, checked) if asked.format == "json" else _say_text(asked, checked)
    return FOUND if checked.report.failed else FINE


def _say_json(asked: Namespace, checked: Checked) -> None:
    from schoollib_xl.wording.checking.check_json import check_json

    say_json(check_json(asked.workbook.name, checked.library, checked.report, checked.causes))
    say_of_the_books(asked, checked.cannot_tell)
    if folder := folder_for(asked):
        _file(checking.answer_of(checked, asked.workbook), checked, asked.workbook, folder)


def _say_text(asked: Namespace, checked: Checked) -> None:
    from schoollib_xl.quotas.jobs import planned_jobs
    from schoollib_xl.wording.answer_text import answer_text
    from schoollib_xl.wording.job_line import progress_line

    answer = checking.answer_of(checked, asked.workbook)
    say_lines(answer_text(answer, asked.workbook.name))
    say_of_the_books(asked, checked.cannot_tell)
    if folder := folder_for(asked):
        say_lines([f"\n全部结果在：{_file(answer, checked, asked.workbook, folder)}"])
    day = checked.library.as_of
    if line := progress_line(planned_jobs(checked.library, day), day):
        say_lines([f"\n{line}"])


def _file(answer: "Answer", checked: Checked, workbook: Path, folder: Path) -> Path:
    from schoollib_xl.actions.filing import file_answer

    return file_answer(answer, checked.library.school, folder, workbook)


def explain(asked: Namespace) -> int:
    """`explain`: one check in full, or all in a line each."""
    from difflib import get_close_matches

    from schoollib_xl.checks.every import ALL
    from schoollib_xl.ledgers.numerals import squeezed
    from schoollib_xl.wording.checking.catalogue import entry, entry_json, overview

    if asked.code is None:
        say_answer(asked, lambda: overview(ALL.values()), lambda: [entry_json(check) for check in ALL.values()])
        return FINE
    code = squeezed(asked.code).upper()
    if code not in ALL:
        near = get_close_matches(code[:3] + code[3:].translate(_MEANT), ALL, 3, 0.5)
        hint = f"，是不是 {'、'.join(near)}" if near else "；只输入 schoollib explain 可以看到全部编码"
        raise Misspoken(f"没有“{asked.code}”这个编码{hint}。")
    say_answer(asked, lambda: entry(ALL[code]), lambda: entry_json(ALL[code]))
    return FINE


def _add_code(parser: Parser) -> None:
    parser.add_argument("code", metavar="编码", nargs="?", help="如 SUM302；不写就列出全部")
    add_format(parser)


COMMANDS = {"check": Command(add_workbook, check), "explain": Command(_add_code, explain)}
