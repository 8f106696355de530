"""What commands share: where files go, progress on a terminal, printing."""

import json
import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from schoollib_xl.saving import CannotWrite, make_folder
from schoollib_xl.wording.columns import TERMINAL_WIDTH, display_width

_NOBODY_LISTENS = "答案没有地方写，磁盘满了，或者接收的程序已经关闭；换一个地方再试。"
# What a terminal obeys instead of showing: control characters but tab and line end, and signs that turn the direction
# of writing.
_COMMANDS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
FINE, FOUND = 0, 1


class ProgressLine:
    """Each text takes the place of the one before. Blanks wipe what is left of a longer one: consoles of Windows print
    escape codes as they stand.
    """

    def __init__(self) -> None:
        self._width = 0

    def show(self, text: str) -> None:
        """Show it on stderr."""
        # A line that ran on could not be taken back.
        while display_width(text) >= TERMINAL_WIDTH:
            text = text[:-1]
        self._write(f"\r{text}{' ' * (self._width - display_width(text))}")
        self._width = display_width(text)

    def clear(self) -> None:
        """Leave an empty line to the answer."""
        if self._width:
            self._write(f"\r{' ' * self._width}\r")
        self._width = 0

    def _write(self, text: str) -> None:
        stream: TextIO | None = sys.stderr
        if stream:
            print(text, end="", file=stream, flush=True)


LINE = ProgressLine()


def progress() -> Callable[[str], None] | None:
    """Says on a terminal which sheet is being read; nothing where the answer is piped elsewhere."""
    return (lambda sheet_name: LINE.show(f"正在读 {_harmless(sheet_name)} …")) if is_watched() else None


def is_watched() -> bool:
    """Whether somebody looks at stderr; a program started without a console has none."""
    stream: TextIO | None = sys.stderr
    return stream is not None and stream.isatty()


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


def holidays_unknown(years: Sequence[int]) -> list[str]:
    """That the holidays of these years are not known yet; nothing where there are none such."""
    return [f"{'、'.join(map(str, years))} 年的放假安排还没有公布，校历里要自己补上。"] if years else []


def say_lines(lines: Iterable[str]) -> None:
    """Print the lines of an answer. Raises CannotWrite."""
    for line in lines:
        say(line)


def say_answer(
    asked: Namespace, in_words: Callable[[], Iterable[str]], in_json: Callable[[], Any], cannot_tell: str = ""
) -> None:
    """Print an answer as it was asked for: its lines or its JSON, and what could not be told. Raises CannotWrite."""
    if asked.format == "json":
        say_json(in_json())
    else:
        say_lines(in_words())
    say_of_the_books(asked, cannot_tell)


def say_of_the_books(asked: Namespace, cannot_tell: str) -> None:
    """Print what the books do not tell, if there is any: below an answer in words, beside one for other programs.
    Raises CannotWrite.
    """
    if cannot_tell:
        is_beside = asked.format == "json"
        say(cannot_tell if is_beside else f"\n{cannot_tell}", aside=is_beside)


def say_more(asked: Namespace, *lines: str) -> None:
    """Print what else there is to say to people; JSON is one value, and all of it. Raises CannotWrite."""
    say_lines(lines if asked.format == "text" else ())


def say_json(value: Any) -> None:
    """Print an answer for other programs; nothing else goes to stdout then. Raises CannotWrite."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    _print(_freed(text, lambda found: f"\\u{ord(found[0]):04x}"), sys.stdout)


def say(line: str, *, aside: bool = False) -> None:
    """Print one line, or say it beside the answer (on stderr); what would command the terminal is shown as a sign that
    does nothing. This is where everything a librarian reads on a terminal passes. Raises CannotWrite.
    """
    _print(_harmless(line), sys.stderr if aside else sys.stdout)


def finish_saying() -> None:
    """Hand over what was printed. Raises CannotWrite where nobody takes it."""
    LINE.clear()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        _handed_over(stream.flush, stream)


def silence(stream: TextIO) -> None:
    """Whatever is said on it from now on goes nowhere. Raises OSError, ValueError for one that is no file."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _harmless(text: str) -> str:
    return _freed(text, lambda _: "\N{REPLACEMENT CHARACTER}")


def _freed(text: str, sign: Callable[[re.Match[str]], str]) -> str:
    # Most answers hold none, and are spared the compiling.
    return text if text.replace("\n", "").isprintable() else re.sub(_COMMANDS, sign, text)


def _print(text: str, stream: TextIO | None) -> None:
    LINE.clear()
    if stream is None and sys.stdout is None:
        raise CannotWrite(_NOBODY_LISTENS)
    _handed_over(lambda: print(text, file=stream, flush=stream is not None and stream.isatty()), stream)


def _handed_over(hand_over: Callable[[], None], stream: TextIO | None) -> None:
    try:
        hand_over()
    except BrokenPipeError:
        # Whoever read the answer (head, less) has seen enough; the files it speaks of are still to be written.
        if stream:
            silence(stream)
    except OSError as error:
        raise CannotWrite(_NOBODY_LISTENS) from error
