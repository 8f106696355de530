"""`new` and `demo`."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from schoollib_xl.actions import demonstration, starting
from schoollib_xl.cli.arguments import Command, Parser, day, new_workbook
from schoollib_xl.cli.output import FINE, say_lines
from schoollib_xl.samples.year import Size


def new(asked: Namespace) -> int:
    """`new`: an empty workbook, ready to be filled."""
    begun = starting.begin(asked.workbook, asked.as_of or date.today())
    say_lines([f"新工作簿在：{begun.workbook}", "先填“基本信息”和“班级”，再从总括登记账记起。"])
    years = "、".join(str(year) for year in begun.unknown_years)
    say_lines([f"{years} 年的放假安排还没有公布，校历里要自己补上。"] if years else [])
    return FINE


def demo(asked: Namespace) -> int:
    """`demo`: the sample school from its workbook to its papers, with a line for each thing made."""
    say_lines(demonstration.demonstrate(asked.into, Size(asked.size)))
    return FINE


def _add_new(parser: Parser) -> None:
    parser.add_argument("workbook", metavar="工作簿", type=new_workbook, help="新文件的名字，如 图书室七本账.xlsx")
    parser.shared.add_argument("--as-of", metavar="日期", type=day, help="哪一天所在的学年，默认今天")


def _add_demo(parser: Parser) -> None:
    parser.shared.add_argument(
        "--into", metavar="文件夹", type=Path, default=Path("schoollib-demo"), help="默认 schoollib-demo"
    )
    parser.shared.add_argument(
        "--size", choices=[size.value for size in Size], default=Size.SCHOOL.value, help="large、stress 只造工作簿"
    )


COMMANDS = {"new": Command(_add_new, new), "demo": Command(_add_demo, demo)}
