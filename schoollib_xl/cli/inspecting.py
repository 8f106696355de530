"""`inspect`."""

import re
from argparse import Namespace
from pathlib import Path

from schoollib_xl.actions import inspecting
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_with_sources, add_workbook, books_of, seed
from schoollib_xl.cli.output import FINE, FOUND, folder_for, say, say_answer, say_more
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.inspection.inspection_answer import inspection_json

# As of `plan` and `summary`: a paper that could not be made.
_NOT_MADE = 2


def inspect(asked: Namespace) -> int:
    """`inspect`: marks, a sample and its odds, on the screen and in files, or JSON."""
    loaded = books_of(asked)
    found = inspecting.inspect(asked.workbook, loaded, asked.sample, asked.seed, asked.answers, asked.form)
    say_answer(
        asked,
        lambda: answer_text(found.answer),
        lambda: inspection_json(found.library, found.score, found.sample, found.outcome),
        loaded.cannot_tell,
    )
    for note in found.notes if asked.format == "json" else ():
        say(note, aside=True)
    folder = folder_for(asked)
    if folder and not _write(asked, found, folder):
        return _NOT_MADE
    return FOUND if found.needs_attention else FINE


def _write(asked: Namespace, found: inspecting.Inspected, folder: Path) -> bool:
    """Write everything; whether all of it could be."""
    written = inspecting.write_inspection(found, folder, with_sources=asked.with_sources)
    say_more(asked, "", *written.told, *(f"写好了：{path}" for path in written.files))
    for fault in written.faults:
        say(fault, aside=True)
    return not written.faults


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or not int(text):
        raise Misspoken(f"“{text}”不是册数，--sample 后面写 1 以上的整数，如 20。")
    return int(text)


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.shared.add_argument("--sample", metavar="册数", type=_count, help="抽多少册，默认 20")
    parser.shared.add_argument(
        "--seed", metavar="抽签号", type=seed, help="同一个抽签号抽出同样的书，换一个数就另抽一批，默认 1"
    )
    parser.shared.add_argument("--answers", metavar="抽查表", type=Path, help="填好的抽查表.xlsx，读回来算")
    add_with_sources(parser)
    parser.shared.add_argument("--form", metavar="评估表", help="不用工作簿里的评估细则，用自带的哪一张")


COMMANDS = {"inspect": Command(_add_options, inspect)}
