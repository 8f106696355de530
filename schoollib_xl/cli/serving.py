"""`serve`."""

from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from schoollib_xl.cli.arguments import Command, Misspoken, Parser, day
from schoollib_xl.cli.output import FINE, finish_saying, say
from schoollib_xl.saving import CannotWrite
from schoollib_xl.serve.program import FIRST_PORT, serve


def served(asked: Namespace) -> int:
    """`serve`: the page, until Ctrl+C or the button 关掉."""

    def tell(line: str) -> None:
        # Started without a window there is nobody to tell, and the page is there all the same.
        with suppress(CannotWrite):
            say(line)
            finish_saying()

    serve(asked.served, asked.as_of, asked.port, tell, shows=not asked.no_browser)
    return FINE


def _port(text: str) -> int:
    # Below 1024 the system asks for rights she does not have.
    if not text.isdecimal() or (text != "0" and not 1024 <= int(text) <= 65535):
        raise Misspoken(f"“{text}”不是端口号，写 1024 到 65535 之间的数，0 是随便哪一个。")
    return int(text)


def _add_options(parser: Parser) -> None:
    parser.add_argument("served", metavar="工作簿", type=Path, nargs="?", help="不写就在网页上选")
    add = parser.shared.add_argument
    add("--port", metavar="端口", type=_port, default=FIRST_PORT, help=f"默认 {FIRST_PORT}，有别的程序在用就往后找")
    add("--no-browser", action="store_true", help="不打开浏览器，只说出地址")
    add("--as-of", metavar="日期", type=day, help="核对到哪一天，默认是基本信息里的截止日期")
    parser.epilog = "网页只在这台电脑上看得到；按 Ctrl+C 停止。"


COMMANDS = {"serve": Command(_add_options, served)}
