"""`county`."""

from argparse import Namespace
from pathlib import Path

from schoollib_xl.actions.county.connecting import NoCluster
from schoollib_xl.actions.county.rolling import Cluster, CountyRun, roll_up, write_county
from schoollib_xl.actions.county.spreading import default_workers
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_output, day, seed
from schoollib_xl.cli.output import FINE, FOUND, LINE, is_watched, say_answer, say_more
from schoollib_xl.inspection.sample import DEFAULT_SEED
from schoollib_xl.saving import CannotWrite
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json

# Each is a process that takes a core as long as it reads; more than a few a core only wait, and fill the memory.
_MOST_PER_CORE = 4


def county(asked: Namespace) -> int:
    """`county`: every workbook of a folder, rolled up."""
    folder: Path = asked.folder
    if not folder.is_dir():
        raise Misspoken(f"“{folder}”不是文件夹，写放着各校工作簿的文件夹。")
    into = asked.into or (folder if asked.format == "text" else None)
    workers = asked.workers or default_workers()
    try:
        heard = _heard if is_watched() else None
        rolled = roll_up(
            folder, into, CountyRun(asked.as_of, asked.seed), Cluster(workers, asked.scheduler or ""), heard
        )
    except NoCluster as refusal:
        raise CannotWrite(str(refusal)) from refusal
    say_answer(asked, lambda: answer_text(county_answer(rolled)), lambda: county_json(rolled))
    if into:
        book, page = write_county(rolled, into)
        say_more(asked, "", f"汇总表在：{book}", f"网页在：{page}")
    return FOUND if rolled.needs_attention else FINE


def _heard(done: int, total: int) -> None:
    LINE.show(f"已读 {done}/{total}")


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise Misspoken(f"“{text}”不是个数，--workers 后面写 1 以上的整数。")
    if int(text) > (most := _MOST_PER_CORE * default_workers()):
        raise Misspoken(f"“{text}”太多，这台电脑读不过来，--workers 最多写 {most}。")
    return int(text)


def _add_options(parser: Parser) -> None:
    parser.add_argument("folder", metavar="文件夹", type=Path, help="各校的工作簿放在这里，可以分小文件夹")
    parser.shared.add_argument("--as-of", metavar="日期", type=day, help="统一核对到哪一天，默认是各校自己的截止日期")
    seed_help = "到校抽查的书照它抽，默认 1；不想让学校事先知道，换一个数"
    parser.shared.add_argument("--seed", metavar="抽签号", type=seed, default=DEFAULT_SEED, help=seed_help)
    where = parser.shared.add_mutually_exclusive_group()
    where.add_argument("--workers", metavar="个数", type=_count, help="这台电脑上同时读几份，默认是处理器的核数")
    where.add_argument("--scheduler", metavar="地址", help="已有的 Dask 调度机，如 tcp://192.168.1.10:8786")
    add_output(parser, "这个文件夹里")


COMMANDS = {"county": Command(_add_options, county)}
