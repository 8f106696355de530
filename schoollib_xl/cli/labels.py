"""`labels`."""

import re
from argparse import Namespace

from schoollib_xl.actions.labelling import make_labels, write_labels
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_workbook
from schoollib_xl.cli.output import FINE, FOUND, folder_for, progress, say_answer, say_more
from schoollib_xl.labels.contents import NothingToPrint, Wanted
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.labels.sheet import UnknownSheet, sheets
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.labels import labels_answer, labels_json

_SPAN = re.compile(r"(\w+)(?:[-—~～到](\w+))?")


def labels(asked: Namespace) -> int:
    """`labels`: one PDF at true size."""
    # What the desk has not handed on yet changes no label.
    library, cannot_tell = load(asked.workbook, asked.as_of, progress())
    folder = folder_for(asked)
    wanted = Wanted(LabelKind(asked.what), asked.batch, asked.numbers, asked.class_name)
    if wanted.batch and not wanted.kind.is_of_books:
        raise Misspoken("读者证不分批，用 --class 写班级，或者用 --numbers 写读者证号。")
    recorded = folder or asked.workbook.resolve().parent
    try:
        done = make_labels(
            library, asked.workbook, recorded, wanted, asked.sheet, asked.skip, only_new=asked.since_last
        )
    except (NothingToPrint, UnknownSheet) as refusal:
        raise Misspoken(str(refusal)) from refusal
    say_answer(asked, lambda: answer_text(labels_answer(library, done)), lambda: labels_json(done), cannot_tell)
    if folder and done.drawn.labels:
        say_more(asked, f"\n{done.wanted.kind.value}在：{write_labels(done, library, folder)}")
    return FOUND if done.missing or done.drawn.left_out or done.sheet_faults else FINE


def _span(text: str) -> tuple[str, str]:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise Misspoken(f"“{text}”不是号的范围，写成 000101-000150 这样。")
    first, last = found[1], found[2] or found[1]
    if (len(first), first) > (len(last), last):
        raise Misspoken(f"“{text}”从大到小写反了，写成 {last}-{first}。")
    return first, last


def _count(text: str) -> int:
    if not text.isdecimal():
        raise Misspoken(f"“{text}”不是个数，--skip 后面写已经用掉的标签数。")
    return int(text)


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    add = parser.shared.add_argument
    add("--what", required=True, choices=[kind.value for kind in LabelKind], help="印什么")
    add("--batch", metavar="总括登记号", help="只印这一批")
    add("--numbers", metavar="从-到", type=_span, help="只印这些号，如 000101-000150；读者证写读者证号")
    add("--class", dest="class_name", metavar="类或班", help="书标等写分类号开头，如 I287；读者证写班级")
    add("--sheet", metavar="标签纸", help=f"{'、'.join(sheets(None).known)}，或工作簿旁边“标签纸.toml”里的")
    add("--skip", metavar="用掉的个数", type=_count, default=0, help="第一张纸上已经用掉几个标签")
    add("--since-last", action="store_true", help="只印上次以后新添的、账上改过的")


COMMANDS = {"labels": Command(_add_options, labels)}
