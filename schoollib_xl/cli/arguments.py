"""The command line's words, in Chinese."""

import argparse
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from schoollib_xl import __version__

if TYPE_CHECKING:
    from schoollib_xl.sheets.reading.loading import Loaded

# Books are judged on a day of somebody's working life.
_YEARS = range(1900, 2101)


# What Excel and WPS open of what is written here; under any other ending they refuse it or take it for something else.
_WORKBOOKS = (".xlsx", ".xlsm")
# Endings of other formats: whoever writes one wants that format, which a new workbook cannot be. Of tables, texts and
# databases, what Office, WPS and LibreOffice save under; any other ending may be a part of her name (图书室.2026).
_OTHER_FORMATS = frozenset(
    {
        *(".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".xlam", ".ods", ".et", ".ett", ".csv", ".tsv", ".txt"),
        *(".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".ppt", ".pptx", ".dps", ".html", ".htm", ".xml"),
        *(".dbf", ".mdb", ".accdb", ".json", ".zip"),
    }
)
_WORKBOOK_NAME = "图书室七本账.xlsx"
# argparse words its complaints in English; these are the ones a user can meet.
_COMPLAINTS = (
    (r"unrecognized arguments: (.+)", r"多出了 \1"),
    (r"argument \S+: invalid choice: '(.*?)' \(choose from (.+)\)", r"没有“\1”这个选择，有的是 \2"),
    (r"argument (\S+): expected .*", r"\1 后面要跟一个值"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
    (r"argument (\S+): ignored explicit argument .*", r"\1 后面不用写什么"),
)


class Misspoken(Exception):
    """The command line could not be understood; the text is one Chinese sentence."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and raises `Misspoken` where argparse would exit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "要写明"
        self.shared = self.add_argument_group("选项")
        self.shared.add_argument("-h", "--help", action="help", help="显示这段说明")

    @property
    def takes(self) -> tuple[argparse.Action, ...]:
        """Everything that can be said to the command."""
        return tuple(self._actions)

    def error(self, message: str) -> NoReturn:
        meant = self._said_of_option(message) or self._said_of_lacking(message) or _said_of_command(message)
        said = meant or next((match.expand(words) for match, words in _said(message)), message)
        wrong, at, choices = said.partition("，有的是 ")
        said = wrong + at + choices.replace("'", "").replace(", ", "、")
        raise Misspoken(f"没有看懂这条命令：{said}；输入 {self.prog} --help 看用法。")

    def _said_of_option(self, message: str) -> str:
        """What is said of an option that there is not, with the one it was meant for; '' of any other complaint."""
        if not (unknown := re.fullmatch(r"unrecognized arguments: (-[^\s=]+).*", message)):
            return ""
        meant = self.meant_by(unknown[1])
        return f"没有 {unknown[1]} 这个选项{f'，是不是 {meant}' if meant else ''}"

    def _said_of_lacking(self, message: str) -> str:
        """What has to be said and is not, each option with what it is; '' of any other complaint."""
        if not (lacking := re.fullmatch("the following arguments are required: (.+)", message)):
            return ""
        options = {name: action for action in self.takes for name in action.option_strings}
        return f"还缺少 {'、'.join(_with_meaning(name, options.get(name)) for name in lacking[1].split(', '))}"

    def meant_by(self, option: str) -> str | None:
        """The option of the command that was meant by one it does not have."""
        return _nearest(option, (name for action in self.takes for name in action.option_strings))


def _with_meaning(name: str, option: argparse.Action | None) -> str:
    """--what（印什么：书标、条码、读者证、书袋卡）."""
    if option is None:
        return name
    choices = f"：{'、'.join(option.choices)}" if option.choices else ""
    return f"{name}（{option.help}{choices}）"


def _said_of_command(message: str) -> str:
    """What is said of a command that there is not, with the one it was meant for; '' of any other complaint."""
    if not (unknown := re.fullmatch(r"argument 命令: invalid choice: '(.*?)' \(choose from (.+)\)", message)):
        return ""
    meant = _nearest(unknown[1], (name.strip(" '") for name in unknown[2].split(",")))
    return f"没有“{unknown[1]}”这个命令{f'，是不是 {meant}' if meant else ''}"


def _nearest(word: str, words: Iterable[str]) -> str | None:
    # Whoever speaks plainly needs no words compared.
    from schoollib_xl.rules.target_names import nearest

    return nearest(word, words)


def _said(message: str) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, words in _COMPLAINTS:
        if match := re.fullmatch(pattern, message):
            yield match, words


def as_meant(words: Sequence[str]) -> list[str]:
    r"""The words of a command line. In "D:\出 表\" Windows takes the last backslash and the mark after it for a mark
    within the name, which no name there has; it is dropped.

    Raises Misspoken where the words after it became part of the name as well, and for a blank, which an empty variable
    of a script gives: it is no file, no folder and no wish.
    """
    if blank := next(_before_blanks(words), ""):
        raise Misspoken(f"{blank} 后面空着，写上再来一次。")
    if sys.platform != "win32":
        return list(words)
    if swallowed := next((name for name, mark, after in (word.partition('"') for word in words) if mark and after), ""):
        raise Misspoken(f"“{swallowed}\\”最后的反斜杠把引号也算了进去，去掉这个反斜杠再来一次。")
    return [word.removesuffix('"') for word in words]


def _before_blanks(words: Sequence[str]) -> Iterator[str]:
    for before, word in pairwise(("schoollib", *words)):
        option, sign, value = word.partition("=")
        if not word.strip():
            yield before
        # argparse takes -- for the end of the options here as well, and so for no value.
        elif option.startswith("--") and sign and value.strip() in ("", "--"):
            yield option


def day(text: str) -> date:
    """A day as --as-of takes it: 2026-07-03, or as she writes it in a cell with year, month and day in full (2026-7-3).

    Raises Misspoken for anything else.
    """
    try:
        found: date | None = date.fromisoformat(text)
    except ValueError:
        found = _as_in_a_cell(text)
    if found is None or found.year not in _YEARS:
        raise Misspoken(f"“{text}”不是日期，要写成 2026-07-03 这样。")
    return found


def _as_in_a_cell(text: str) -> date | None:
    # Few write it otherwise than YYYY-MM-DD, and the room of dates takes a while to load.
    from schoollib_xl.sheets.reading.dates import typed_moment
    from schoollib_xl.sheets.reading.texts import PUNCTUATION

    moment = typed_moment(text.strip().translate(PUNCTUATION))
    return moment.day if moment and moment.has_full_year and moment.clock is None else None


def seed(text: str) -> int:
    """What a sample is drawn by. It is read back from a cell, which has 15 digits.

    Raises Misspoken where the text is no such number.
    """
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise Misspoken(f"“{text}”不能当抽签号，要写 0 或 15 位以内的正整数。")
    return int(text)


def new_workbook(text: str) -> Path:
    """Where a workbook is to be written: as named, with .xlsx where the name does not say so; in a folder that is
    there, under the usual name. Blanks and dots at the end, which Windows drops, are not taken.

    Raises Misspoken for no name or the ending of another format.
    """
    path = Path(text)
    if _is_folder(path) or text.endswith(("/", "\\")):
        return path / _WORKBOOK_NAME
    name = path.name.rstrip(" .")
    if name.lower() in ("", *_WORKBOOKS):
        raise Misspoken("新工作簿还没有名字，写成 图书室七本账.xlsx 的样子。")
    path = path.with_name(name)
    if path.suffix.lower() in _OTHER_FORMATS:
        raise Misspoken(f"新工作簿要以 .xlsx 或 .xlsm 结尾，“{path.name}”不行。")
    return path if path.suffix.lower() in _WORKBOOKS else path.with_name(f"{path.name}{_WORKBOOKS[0]}")


def _is_folder(path: Path) -> bool:
    with suppress(PermissionError):
        return path.is_dir()
    return False


def add_workbook(parser: Parser) -> None:
    """The workbook a command reads, and the options all such commands share."""
    parser.add_argument("workbook", metavar="工作簿", type=Path, help="七本账所在的文件（xlsx、xlsm、xls、ods、et）")
    parser.shared.add_argument(
        "--as-of", metavar="日期", type=day, help="账算到哪一天，纸上也写这一天；默认截止日期，没有就今天"
    )
    add_output(parser)


def books_of(asked: Namespace) -> "Loaded":
    """The books in the workbook of `add_workbook`. Raises Unusable."""
    from schoollib_xl.actions.kept import telling_of_desk
    from schoollib_xl.cli.output import progress
    from schoollib_xl.sheets.reading.loading import load

    return telling_of_desk(load(asked.workbook, asked.as_of, progress()), asked.workbook)


def add_with_sources(parser: Parser) -> None:
    """The option of commands that write papers with figures."""
    parser.shared.add_argument("--with-sources", action="store_true", help="每个数加一条批注，点开就到它的来源")


def add_output(parser: Parser, usual: str = "工作簿旁边") -> None:
    """Where files go, if not to the `usual` place, and in which form the answer is printed."""
    parser.shared.add_argument("--into", metavar="文件夹", type=Path, help=f"文件写到哪里，默认在{usual}")
    add_format(parser)


def add_format(parser: Parser) -> None:
    """In which form the answer is printed."""
    writes = "，写了 --into 才写文件" if any("--into" in action.option_strings for action in parser.takes) else ""
    parser.shared.add_argument(
        "--format", choices=("text", "json"), default="text", help=f"text 给人看，json 给别的程序用{writes}"
    )


class Command(NamedTuple):
    """What a command takes, and what it does with it: the exit code comes back."""

    add_options: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], int]


def program(summaries: Mapping[str, str]) -> tuple[Parser, Mapping[str, Parser]]:
    """The parser of the program, with a parser for each command: name and one line of help."""
    parser = Parser(prog="schoollib", description="核对小学图书室的七本账，计算借阅定额，写出计划和总结。")
    parser.shared.add_argument("--version", action="version", help="显示版本", version=f"schoollib-xl {__version__}")
    commands = parser.add_subparsers(
        title="命令", metavar="命令", dest="command", required=True, parser_class=Parser, prog=parser.prog
    )
    return parser, {
        name: commands.add_parser(name, help=summary, description=summary) for name, summary in summaries.items()
    }
