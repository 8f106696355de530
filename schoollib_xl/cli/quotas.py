"""`quota`."""

from argparse import Namespace

from schoollib_xl.actions.filing import file_answer
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_workbook, books_of
from schoollib_xl.cli.output import FINE, folder_for, say_answer, say_more
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.borrowing.allowance import UnknownReader, allowance
from schoollib_xl.quotas.statement import statement
from schoollib_xl.quotas.week.rotation import rotation
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.desk.allowance import allowance_text, unknown_reader
from schoollib_xl.wording.quotas.quota_answer import quota_answer, rotation_answer
from schoollib_xl.wording.quotas.quota_json import allowance_json, quota_json
from schoollib_xl.wording.quotas.verdicts import unplaced_sentences


def quota(asked: Namespace) -> int:
    """`quota`: what must be borrowed and whether it can be, or what one reader may still borrow."""
    library, cannot_tell = books_of(asked)
    if asked.reader is not None:
        return _one_reader(asked, library, cannot_tell)
    quotas = statement(library)
    answer = quota_answer(library, quotas)
    name = asked.workbook.name
    say_answer(asked, lambda: answer_text(answer, name), lambda: quota_json(library, quotas), cannot_tell)
    if folder := folder_for(asked):
        written = [f"\n定额和名单在：{file_answer(answer, library.school, folder)}"]
        if asked.rotation:
            made = rotation(library)
            written.append(f"轮流表在：{file_answer(rotation_answer(made), library.school, folder)}")
            written += unplaced_sentences(made)
        say_more(asked, *written)
    return FINE


def _one_reader(asked: Namespace, library: Library, cannot_tell: str) -> int:
    try:
        allowed = allowance(library, asked.reader, library.as_of)
    except UnknownReader as error:
        raise Misspoken(unknown_reader(error)) from error
    say_answer(asked, lambda: allowance_text(library, allowed), lambda: allowance_json(library, allowed), cannot_tell)
    return FINE


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.shared.add_argument("--reader", metavar="读者证号", help="只看这一位读者还能借几册，照哪一条规则")
    parser.shared.add_argument("--rotation", action="store_true", help="另排一张借阅轮流表")


COMMANDS = {"quota": Command(_add_options, quota)}
