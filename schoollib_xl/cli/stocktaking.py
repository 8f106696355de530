"""`stocktake`."""

from argparse import Namespace
from pathlib import Path

from schoollib_xl.actions import stocktaking
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.cli.arguments import Command, Parser, add_workbook, books_of, day
from schoollib_xl.cli.output import FINE, FOUND, folder_for, say, say_answer, say_more
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.stocktake import stocktake_answer, stocktake_json


def stocktake(asked: Namespace) -> int:
    """`stocktake`: what the scans say, on the screen and in 清点结果.xlsx, or JSON."""
    library, cannot_tell = books_of(asked)
    counted = stocktaking.count(library, asked.scans, asked.place, asked.date)
    answer = stocktake_answer(counted.result, counted.refusals)
    say_answer(asked, lambda: answer_text(answer), lambda: stocktake_json(counted.result), cannot_tell)
    for refusal in counted.refusals if asked.format == "json" else ():
        say(refusal, aside=True)
    if folder := folder_for(asked):
        say_more(asked, f"\n清点结果在：{file_answer(answer, library.school, folder)}")
    return FOUND if counted.needs_attention else FINE


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.add_argument(
        "scans", metavar="扫描文件", type=Path, nargs="+", help="扫描枪或手机导出的文件（txt、csv、xlsx），可以有几个"
    )
    parser.shared.add_argument("--place", metavar="馆藏地", help="这些文件都是在哪里扫的")
    parser.shared.add_argument("--date", metavar="扫描日期", type=day, help="哪一天扫的，文件里有日期就照文件")


COMMANDS = {"stocktake": Command(_add_options, stocktake)}
