"""`adopt`, `new-year` and `merge`."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from schoollib_xl.actions import adopting
from schoollib_xl.actions.adopting import Adopted
from schoollib_xl.adoption.mapping_file import read_mapping
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, day
from schoollib_xl.cli.output import FINE, FOUND, say_json, say_lines
from schoollib_xl.saving import make_folder
from schoollib_xl.sheets.vetting import Unusable


def adopt(asked: Namespace) -> int:
    """`adopt`: old lists into a new workbook, with 接收报告.xlsx; or, as a dry run, 账册对照.xlsx alone."""
    options = _options(asked)
    if asked.dry_run:
        return _dry_run(asked, options)
    done = adopting.take_over(asked.sources, asked.into, options, asked.baseline)
    if done.workbook is None:
        raise Unusable(
            f"没有认出一张可以接收的表，工作簿没有写；每一行都列在《{done.report.name}》里，"
            "用 --dry-run 写出账册对照，填好再用 --mapping 接收。"
        )
    if asked.format == "json":
        say_json(_as_json(done))
    else:
        say_lines(_as_text(done))
    return FINE if done.adds_up else FOUND


def _dry_run(asked: Namespace, options: Options) -> int:
    folder = asked.into.resolve().parent
    make_folder(folder)
    written, lines = adopting.map_only(asked.sources, folder, options)
    say_lines([*lines, f"账册对照在：{written}", "改好以后，加上 --mapping 和这个文件名再接收。"])
    return FINE


def _options(asked: Namespace) -> Options:
    names = read_mapping(asked.mapping) if asked.mapping else OwnNames()
    return Options(asked.as_of or date.today(), asked.opened_on, asked.start_number, asked.width, names)


def _as_text(done: Adopted) -> Iterator[str]:
    for total in done.totals:
        verdict = "一致" if total.agrees else "不一致"
        yield f"{total.name}：来源 {total.source}，接收结果 {total.result}，{verdict}"
    if done.records_aside:
        yield f"有 {done.records_aside} 行没有接收，原因在接收报告里。"
    yield from done.sentences
    yield f"新工作簿在：{done.workbook}"
    yield f"接收报告在：{done.report}"


def _as_json(done: Adopted) -> dict[str, Any]:
    outcomes = [fate.outcome.name.lower() for fate in done.adoption.journal.fates.values()]
    return {
        "workbook": str(done.workbook),
        "report": str(done.report),
        "rows": {name: outcomes.count(name) for name in ("adopted", "merged", "aside")},
        "totals": [
            {"name": one.name, "source": str(one.source), "result": str(one.result), "agrees": one.agrees}
            for one in done.totals
        ],
    }


def _number(text: str) -> int:
    if not text.isdigit():
        raise Misspoken(f"“{text}”不是个别登记号，只能用数字，如 000001。")
    return int(text)


def _add_adopt(parser: Parser) -> None:
    parser.add_argument("sources", metavar="旧文件", type=Path, nargs="+", help="xlsx、xls、ods、et、csv 或 CNMARC")
    shared = parser.shared
    shared.add_argument("--into", metavar="新工作簿", type=Path, required=True, help="新文件的名字，如 图书室七本账.xlsx")
    shared.add_argument("--dry-run", action="store_true", help="只写出账册对照.xlsx：每张表、每一栏认作什么")
    shared.add_argument("--mapping", metavar="文件", type=Path, help="改好的账册对照")
    shared.add_argument("--baseline", action="store_true", help="旧账留下、现在说不清的写进“差异说明”")
    shared.add_argument("--opened-on", metavar="日期", type=day, help="启用这本账的日期，默认学年第一天")
    shared.add_argument("--start-number", metavar="号", type=_number, help="从哪个个别登记号编起，默认接着最大的号")
    shared.add_argument("--width", metavar="位数", type=_number, help="个别登记号几位，默认 6 位")
    shared.add_argument("--as-of", metavar="日期", type=day, help="接收的日期，默认今天")
    shared.add_argument("--format", choices=("text", "json"), default="text", help="text 给人看，json 给别的程序用")


COMMANDS = {"adopt": Command(_add_adopt, adopt)}
