"""The program: exit codes, and the one place where an unexpected exception is caught."""

import errno
import os
import stat
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TextIO

from schoollib_xl.cli.arguments import Command, Misspoken, Parser, as_meant, program
from schoollib_xl.cli.output import finish_saying, say, silence
from schoollib_xl.names import owner_beside
from schoollib_xl.refusals import of_folder
from schoollib_xl.saving import CannotWrite, beside, foresee
from schoollib_xl.sheets.opening.refusing import Unusable, unusable
from schoollib_xl.unexpected import close_gaps, heed_lost_interrupts, log_unexpected_error, take_long_numbers

UNUSABLE = 2
# What a shell reports for a program ended by Ctrl+C.
INTERRUPTED = 130
# Each command: its line of help, and the module of this room that knows it.
COMMANDS = {
    "demo": ("造一个样本学校的工作簿，从核对到总结全做一遍", "starting"),
    "new": ("新建一个空的工作簿", "starting"),
    "check": ("核对七本账，说出哪里对不上、怎么改", "checking"),
    "quota": ("算借阅定额：该借多少、能不能做到、还差多少", "quotas"),
    "plan": ("写图书室工作计划", "papers"),
    "summary": ("写图书室工作总结", "papers"),
    "notices": ("写催还单、未达标名单、赔偿通知、清点报告、注销清册和迎检封面", "papers"),
    "progress": ("照工作安排和任务指标，说出到今天做到了哪些、该做哪些、过期了哪些", "progress"),
    "inspect": ("照评估细则自评，抽一批书去对，写自查自评报告", "inspecting"),
    "stocktake": ("照扫描枪或手机扫的号清点，说出少了哪些、放错哪些、先补扫哪里", "stocktaking"),
    "adopt": ("接收学校原来的书目、名册和借阅记录，写成七本账", "adopting"),
    "new-year": ("换学年：升班、结转，写成新学年的工作簿", "adopting"),
    "roster": ("照班级名单改读者名册：分班、留级、转入、转出，拿不准的问一问", "rostering"),
    "merge": ("把分开改过的两份工作簿合成一份", "adopting"),
    "serve": ("打开图书室的网页：看账、核对、写文书、借书还书，每次保存以后自己更新", "serving"),
    "labels": ("印书标、条码、读者证、书袋卡和期限表", "labels"),
    "lists": ("写清单：新书简介、推荐书目、借阅排行、零借阅、剔旧候选、月借阅表、借书清单", "lists"),
    "print": ("打印账册：A4横向，每页有本页小计和累计", "printing"),
    "handover": ("写移交清册：账册、藏书、没有办完的事，双方签名", "handover"),
    "county": ("把一个文件夹里各校的工作簿汇总成一份", "county"),
    "explain": ("解释一个核对编码；不写编码就列出全部", "checking"),
}
# Whose --into names the file itself and not the folder.
_INTO_A_FILE = ("adopt",)
_WRITES_NOTHING = ("explain",)
_FOLLOWS_EVERY_SAVE = ("serve",)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 nothing wrong, 1 findings, 2 the workbook could not be used,
    130 stopped by Ctrl+C.
    """
    take_long_numbers()
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    try:
        command, asked = _command(as_meant(sys.argv[1:] if words is None else words))
        return _run(command, asked)
    except (Misspoken, Unusable, CannotWrite) as refusal:
        _complain(str(refusal))
        return UNUSABLE
    except KeyboardInterrupt:
        _complain("已经停止。")
        return INTERRUPTED
    except Exception as error:  # the librarian sees a sentence and a log, never a traceback
        _complain(_of_the_folder_worked_in(error) or log_unexpected_error())
        return UNUSABLE


def _of_the_folder_worked_in(error: Exception) -> str:
    """What is said where the folder the command was given in is the cause; '' where it is not."""
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return of_folder(error, Path())
    try:
        Path.cwd()
    except OSError:
        return "现在所在的文件夹没有了（删了，或者盘拔掉了），到别的文件夹里再来一次。"
    return ""


def run() -> None:
    """The console command. A large library is left to the system instead of being taken apart row by row."""
    close_gaps()
    heed_lost_interrupts()
    # pydantic would search every installed package for plugins; none has a say in what is judged here.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    os._exit(main())


def _complain(sentence: str) -> None:
    """One sentence on stderr, if anybody takes it; the answer is over, also where it could not be handed over."""
    _say_no_more()
    with suppress(CannotWrite, OSError):
        say(" ".join(sentence.splitlines()), aside=True)
        finish_saying()


def _say_no_more() -> None:
    try:
        finish_saying()
    except (CannotWrite, OSError):
        with suppress(OSError, ValueError):
            silence(sys.stdout)


def _run(command: Command, asked: Namespace) -> int:
    """Run it; no file that it was given is ever taken for an output, and where one went elsewhere, it is said."""
    files = [*_files(asked)]
    for path in files:
        _ensure_it_ends(path)
    open_elsewhere = [*_said_of_open_ones(asked.command, files)]
    with beside(files) as sentences:
        try:
            into = getattr(asked, "into", None)
            if into or (asked.command not in _WRITES_NOTHING and getattr(asked, "format", "text") == "text"):
                _ensure_names_can_be_written()
            if into:
                foresee(into.parent if asked.command in _INTO_A_FILE else into)
            code = command.run(asked)
            sentences[:0] = open_elsewhere
            return code
        finally:
            for sentence in dict.fromkeys(sentences):
                say(sentence, aside=getattr(asked, "format", "text") == "json")
            finish_saying()


def _said_of_open_ones(command: str, files: Iterable[Path]) -> Iterator[str]:
    """What was read of a file is what was saved of it, and an office program has it open."""
    for path in files if command not in _FOLLOWS_EVERY_SAVE else ():
        if path.is_file() and (owner := owner_beside(path)):
            yield (
                f"“{path.name}”好像开着（旁边有“{owner}”），没有保存的改动这里没有算；改过没保存的，保存了再做一遍；"
                "没有开着的，打开再关上一次，就不再提。"
            )


def _ensure_names_can_be_written() -> None:
    """Raises CannotWrite where the system's encoding has no Chinese: every output is called by a name in it."""
    try:
        os.fsencode("核对结果")
    except UnicodeEncodeError:
        raise CannotWrite("这台电脑现在的系统编码写不了中文文件名，先设好 PYTHONUTF8=1 再运行。") from None


def _ensure_it_ends(path: Path) -> None:
    """Raises Unusable for a device or a pipe, to look into which could wait, or read on, without end; and for a file
    in a folder that nobody may look into.
    """
    with suppress(OSError, ValueError):
        try:
            mode = path.stat().st_mode
        except PermissionError:
            raise unusable(path, "所在的文件夹不让进，换一个文件夹，或者找管电脑的人开了权限再试") from None
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise unusable(path, "不是普通文件，没有读，换一个文件再试")


def _files(asked: Namespace) -> Iterator[Path]:
    for name, value in vars(asked).items():
        # Where the answer goes is no input, although a workbook may be there from the last time.
        if name == "into":
            continue
        yield from (path for path in (value if isinstance(value, list) else [value]) if isinstance(path, Path))


def _command(words: Sequence[str]) -> tuple[Command, Namespace]:
    """The command asked for and its arguments; only its own module is imported, since each press of a
    button starts a new process.
    """
    asked_for = next((word for word in words if word in COMMANDS), None)
    # Where nothing stands before the command, the others are shown nowhere.
    shown = [asked_for] if asked_for and words[0] == asked_for else COMMANDS
    parser, commands = program({name: COMMANDS[name][0] for name in shown})
    _ensure_command_first(parser, words, asked_for)
    if asked_for is None:
        parser.parse_args(words)
        raise AssertionError("argparse accepts no command line without a command")
    module = import_module(f"schoollib_xl.cli.{COMMANDS[asked_for][1]}")
    command: Command = module.COMMANDS[asked_for]
    command.add_options(commands[asked_for])
    asked, too_many = parser.parse_known_args(words)
    if too_many:
        commands[asked_for].error(f"unrecognized arguments: {' '.join(too_many)}")
    return command, asked


def _ensure_command_first(parser: Parser, words: Sequence[str], asked_for: str | None) -> None:
    """Raises Misspoken for an option before the command that is none of the program's own."""
    first = words[0].partition("=")[0] if words else ""
    if not first.startswith("-") or first in (name for action in parser.takes for name in action.option_strings):
        return
    if asked_for and not parser.meant_by(first):
        said = f"先写 {asked_for}，{first} 写在它后面；输入 schoollib {asked_for} --help 看用法"
        raise Misspoken(f"没有看懂这条命令：{said}。")
    parser.error(f"unrecognized arguments: {first}")


def _speak_utf8(stream: TextIO | None) -> None:
    """Piped output is UTF-8 whatever the system's code page; a console gets what it can show."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream and reconfigure:
        reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="replace")
