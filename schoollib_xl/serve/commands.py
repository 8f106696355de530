"""The commands as buttons: what each may be told is read from its own command line, so there is one table of them."""

import argparse
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from schoollib_xl.cli.arguments import Misspoken, Parser, day, program
from schoollib_xl.cli.program import COMMANDS
from schoollib_xl.names import is_unseen
from schoollib_xl.pages.serving import CommandButton, FormField

# These are not about one workbook that is there: they make one, show one, gather many, or are this program itself.
_NOT_HERE = ("demo", "new", "county", "explain", "serve")
# Where a command's own line is long for a button.
_CAPTIONS = {
    "check": "核对账册",
    "quota": "借阅定额",
    "plan": "工作计划",
    "summary": "工作总结",
    "notices": "通知单",
    "progress": "计划进度",
    "stocktake": "清点",
    "adopt": "接收旧账",
    "new-year": "换学年",
    "roster": "换名册",
    "merge": "合并两份",
    "labels": "印标签",
    "lists": "印清单",
    "print": "打印账册",
    "inspect": "迎检自查",
    "handover": "移交",
}
_NEW_FILE = "into"
_ASKED_OTHERWISE = ("help", "format", _NEW_FILE, "workbook")
# More files than this in one folder nobody looks through; the list says the newest.
_MOST_FILES = 200
_READABLE = (
    ".xlsx",
    ".xlsm",
    ".xls",
    ".ods",
    ".xlsb",
    ".et",
    ".html",
    ".htm",
    ".mht",
    ".mhtml",
    ".xml",
    ".csv",
    ".tsv",
    ".txt",
    ".toml",
    ".json",
    ".jsonl",
    ".mrc",
    ".iso",
    ".docx",
)
# A command as it is told to be typed, and an option, with the value behind it.
_VALUE = r'(?:"[^"]*"|[^\s"；，。]+)'
_TYPED = re.compile(rf" ?schoollib ([a-z-]+)((?: {_VALUE})*)")
# Beside letters or slashes it is a part of the name of a file.
_OPTION = re.compile(
    r" ?(?<![A-Za-z0-9_./\\-])(--[a-z][a-z-]*)(?![A-Za-z0-9_./\\])"
    r'(?:[ =]("[^"]*"|[^\s；，。]+=[^\s；，。]+|\d[\d-]*))? ?'
)


class NotInFolder(Exception):
    """A file that was named is not in the workbook's folder."""


@cache
def buttons() -> Mapping[str, CommandButton]:
    """Every command that is about a workbook, by its name."""
    _, parsers = program({name: summary for name, (summary, _) in COMMANDS.items()})
    return {
        name: _button(name, summary, module, parsers[name])
        for name, (summary, module) in COMMANDS.items()
        if name not in _NOT_HERE
    }


def _button(name: str, summary: str, module: str, parser: Parser) -> CommandButton:
    import_module(f"schoollib_xl.cli.{module}").COMMANDS[name].add_options(parser)
    blanks = tuple(_blank(action) for action in parser.takes if _is_asked(action))
    takes_workbook = any(action.dest == "workbook" for action in parser.takes)
    return CommandButton(name, _CAPTIONS.get(name, summary.split("，")[0]), summary, blanks, takes_workbook)


def _is_asked(action: argparse.Action) -> bool:
    """Outputs go beside the workbook; only a command that makes a new workbook must be told its name."""
    return action.dest not in _ASKED_OTHERWISE or (action.dest == _NEW_FILE and action.required)


def _blank(action: argparse.Action) -> FormField:
    flag = next((option for option in action.option_strings if option.startswith("--")), "")
    label = str(action.metavar or "").split(" ")[0] or re.split("[，：]", str(action.help or action.dest))[0]
    choices = tuple(map(str, action.choices or ()))
    several = action.nargs in ("+", "*") or _is_repeated(action)
    required = bool(action.required)
    return FormField(action.dest, flag, label, action.help or "", _kind(action), choices, several, required)


def _is_repeated(action: argparse.Action) -> bool:
    """Whether the option is said once for each of its values."""
    return isinstance(action.default, list)


def _kind(action: argparse.Action) -> str:
    if action.nargs == 0:
        return "flag"
    if action.choices:
        return "choice"
    if _is_repeated(action):
        return "lines"
    if action.type is Path and action.dest != _NEW_FILE:
        return "file"
    return "day" if action.type is day else "text"


def files_in(folder: Path) -> list[str]:
    """The files a command may be given, newest first."""
    found = [
        (stat.st_mtime, path.relative_to(folder).as_posix())
        for path, stat in files_near(folder)
        if path.suffix.lower() in _READABLE
    ]
    return [name for _, name in sorted(found, reverse=True)[:_MOST_FILES]]


def files_near(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The files beside the workbook and one folder further down. One that goes meanwhile, as the drafts of Excel do,
    is left out, and all of them where the medium is pulled out.
    """
    with suppress(OSError):
        for path in (*folder.glob("*"), *folder.glob("*/*")):
            with suppress(OSError):
                if not is_unseen(path.name) and path.is_file():
                    yield path, path.stat()


def command_line(button: CommandButton, workbook: Path, told: Mapping[str, Sequence[str]]) -> list[str]:
    """The words that run the command with what it was told.

    Raises NotInFolder for a file elsewhere, Misspoken for a day that is none or something that is not asked.
    """
    known = {blank.name for blank in button.blanks}
    if unknown := sorted(told.keys() - known):
        raise Misspoken(f"“{button.caption}”不问“{unknown[0]}”。")
    options: list[str] = []
    positional = [str(workbook)] if button.takes_workbook else []
    for blank in button.blanks:
        values = [line for value in told.get(blank.name, ()) for line in _lines(blank, value) if line.strip()]
        if blank.required and not values:
            raise Misspoken(f"“{button.caption}”还要说明“{blank.label}”。")
        (options if blank.flag else positional).extend(_words(blank, workbook.parent, values))
    # An option that takes several files would take the workbook for one of them.
    return [button.name, *positional, *options]


def _lines(blank: FormField, value: str) -> list[str]:
    return value.splitlines() if blank.kind == "lines" else [value]


def on_the_page(name: str, line: str) -> str:
    """What a command says, in the words of the page, where nobody types: the buttons by their captions, and what may be
    written in addition by the names of its blanks. The files and the new workbook are those she has chosen there.
    """
    shown = buttons()

    def pressed(found: re.Match[str]) -> str:
        if found[1] not in shown:
            return found[0]
        wanted = [option[0] for option in _OPTION.finditer(found[2]) if option[1] != f"--{_NEW_FILE}"]
        return f"“{shown[found[1]].caption}”{''.join(wanted)}"

    def written(found: re.Match[str]) -> str:
        blank = next((one for one in shown[name].blanks if one.flag == found[1]), None)
        value = (found[2] or "").strip('"')
        return f"“{blank.label}”{f'（{value}）' if value else ''}" if blank else found[0]

    return _OPTION.sub(written, _TYPED.sub(pressed, line))


def _words(blank: FormField, folder: Path, values: Sequence[str]) -> Iterator[str]:
    if blank.kind == "flag":
        yield from [blank.flag][: len(values)]
        return
    said = [_said(blank, folder, value) for value in values]
    if blank.flag and blank.several and blank.kind == "file" and said:
        yield from (blank.flag, *said)
    elif blank.flag:
        yield from (f"{blank.flag}={value}" for value in (said if blank.several else said[:1]))
    else:
        yield from said if blank.several else said[:1]


def _said(blank: FormField, folder: Path, value: str) -> str:
    if blank.name == _NEW_FILE:
        return str(new_in_folder(folder, value))
    if blank.kind == "file":
        return str(_in_folder(folder, value))
    if blank.kind == "day":
        found: date = day(value)
        return found.isoformat()
    if value.startswith("-") and not blank.flag:
        raise Misspoken(f"“{value}”不能用减号开头。")
    return value


def new_in_folder(folder: Path, name: str) -> Path:
    """A new file of this name beside the workbook. Raises NotInFolder for a name that leads elsewhere."""
    if Path(name).name != name or name in ("", "..") or any(sign in name for sign in "\\/:"):
        raise NotInFolder(name)
    return folder / name


def _in_folder(folder: Path, name: str) -> Path:
    """The file of this name in the folder. Raises NotInFolder, also for a link that leads out of it."""
    home = folder.resolve()
    try:
        found = (home / name).resolve(strict=True)
    except (OSError, ValueError):
        raise NotInFolder(name) from None
    if not found.is_relative_to(home) or not found.is_file():
        raise NotInFolder(name)
    return found
