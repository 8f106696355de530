"""`new` and `demo`."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from schoollib_xl.actions import demonstration, starting
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_format, day, new_workbook
from schoollib_xl.cli.output import FINE, holidays_unknown, say_answer
from schoollib_xl.samples.scale import Size
from schoollib_xl.sheets.reading.clock import computers_day

_FOLDER = Path("schoollib-demo")


def new(asked: Namespace) -> int:
    """`new`: an empty workbook, ready to be filled."""
    begun = starting.begin(asked.workbook, asked.as_of or computers_day())
    lines = [f"新工作簿在：{begun.workbook}", "先填“基本信息”和“班级”，再从总括登记账记起。"]
    say_answer(
        asked,
        lambda: lines + holidays_unknown(begun.unknown_years),
        lambda: {"workbook": begun.workbook.name, "unknown_years": list(begun.unknown_years)},
    )
    return FINE


def demo(asked: Namespace) -> int:
    """`demo`: the sample school from its workbook to its papers, with a line for each thing made."""
    if asked.format == "json" and asked.into is None:
        raise Misspoken("demo 用 --format json 时，要用 --into 写明文件夹。")
    folder = asked.into or _FOLDER
    lines = demonstration.demonstrate(folder, Size(asked.size))
    say_answer(asked, lambda: lines, lambda: _demo_as_json(folder, lines))
    return FINE


def _demo_as_json(folder: Path, lines: Iterable[str]) -> dict[str, list[str]]:
    # The lines are made while the school is: only then are there files.
    said = [line.strip() for line in lines if line]
    return {"files": demonstration.made_in(folder), "notes": said}


def _add_new(parser: Parser) -> None:
    parser.add_argument("workbook", metavar="工作簿", type=new_workbook, help="新文件的名字，如 图书室七本账.xlsx")
    parser.shared.add_argument("--as-of", metavar="日期", type=day, help="哪一天所在的学年，默认今天")
    add_format(parser)


def _add_demo(parser: Parser) -> None:
    parser.shared.add_argument("--into", metavar="文件夹", type=Path, help=f"默认 {_FOLDER}")
    parser.shared.add_argument(
        "--size", choices=[size.value for size in Size], default=Size.SCHOOL.value, help="large、stress 只造工作簿"
    )
    add_format(parser)


COMMANDS = {"new": Command(_add_new, new), "demo": Command(_add_demo, demo)}
