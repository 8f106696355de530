"""`watch`."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import sleep

from schoollib_xl.actions.watching import PAGE_NAME, lay_down, place_of_page
from schoollib_xl.actions.watching import watch as sightings
from schoollib_xl.cli.arguments import Command, Parser, add_workbook
from schoollib_xl.cli.output import FINE, finish_saying, folder_for, say, say_json
from schoollib_xl.pages.watch_page import Sighting
from schoollib_xl.saving import CannotWrite
from schoollib_xl.wording.report_json import check_json
from schoollib_xl.wording.watching import begun, checked_line, ended, trouble_line

# Two looks at which a file is the same show that it is saved: about a second.
_SECONDS_BETWEEN_LOOKS = 0.5


def watch(asked: Namespace) -> int:
    """`watch`: check the workbook each time it is saved, until Ctrl+C."""
    folder = folder_for(asked)
    page = place_of_page(folder) if folder else None
    says_json = asked.format == "json"
    last: Sighting | None = None
    try:
        for last in sightings(asked.workbook, asked.as_of, page, _looks(asked.workbook.name, page, says_json)):
            _say(last, says_json)
    except KeyboardInterrupt:
        if page and last:
            _leave(page, last)
        _tell(ended(asked.workbook.name), says_json)
    return FINE


def _leave(page: Path, last: Sighting) -> None:
    try:
        lay_down(page, last)
    except CannotWrite as refusal:
        say(str(refusal), aside=True)


def _looks(workbook: str, page: Path | None, says_json: bool) -> Iterator[datetime]:
    """The times to look at the workbook, for ever."""
    _tell(begun(workbook, str(page or "")), says_json)
    while True:
        yield datetime.now()
        sleep(_SECONDS_BETWEEN_LOOKS)


def _say(seen: Sighting, says_json: bool) -> None:
    """One line for each check: a sentence, or the whole answer of `check`; a workbook that cannot be read is no
    answer.
    """
    if seen.trouble or seen.last is None:
        _tell(trouble_line(seen.trouble, seen.at), says_json)
        return
    library, report = seen.last.library, seen.last.report
    if says_json:
        say_json(check_json(seen.workbook, library, report, seen.last.causes), None)
    else:
        say(checked_line(seen.workbook, library, report, seen.last.at))
    finish_saying()


def _tell(line: str, says_json: bool) -> None:
    """Whatever is no result stays out of the way of a program that reads the results."""
    say(line, aside=says_json)
    finish_saying()


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.epilog = (
        f"核对的结果和借阅定额在“{PAGE_NAME}”里，用浏览器打开，每次保存以后自己更新；按 Ctrl+C 停止。\n"
        "--format json 每核对一次输出一行，内容同 check 的答案；不写网页，除非给出 --into。"
    )


COMMANDS = {"watch": Command(_add_options, watch)}
