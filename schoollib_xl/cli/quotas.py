"""`quota`."""

from argparse import Namespace

from schoollib_xl.actions.quotas import write_quotas, write_rotation
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_workbook
from schoollib_xl.cli.output import FINE, folder_for, progress, say_json, say_lines
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.allowance import UnknownReader, allowance
from schoollib_xl.quotas.rotation import rotation
from schoollib_xl.quotas.statement import statement
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.allowance import allowance_text, unknown_reader
from schoollib_xl.wording.answer import answer_text
from schoollib_xl.wording.quota_answer import quota_answer
from schoollib_xl.wording.quota_json import allowance_json, quota_json
from schoollib_xl.wording.quotas import unplaced_sentences


def quota(asked: Namespace) -> int:
    """`quota`: what must be borrowed and whether it can be, or what one reader may still borrow."""
    library, cannot_tell = load(asked.workbook, asked.as_of, progress())
    is_text = asked.format == "text"
    if asked.reader is not None:
        return _one_reader(library, asked.reader, is_text)
    quotas = statement(library)
    answer = quota_answer(library, quotas)
    if is_text:
        say_lines(answer_text(answer, asked.workbook.name))
        say_lines([f"\n{cannot_tell}"] if cannot_tell else [])
    else:
        say_json(quota_json(library, quotas))
    if folder := folder_for(asked):
        written = [f"\n定额和名单在：{write_quotas(answer, library, folder)}"]
        if asked.rotation:
            made = rotation(library)
            written.append(f"轮流表在：{write_rotation(made, library, folder)}")
            written += unplaced_sentences(made)
        say_lines(written if is_text else [])
    return FINE


def _one_reader(library: Library, reader_no: str, is_text: bool) -> int:
    try:
        if not reader_no.strip():
            raise Misspoken("读者证号空着，写上证号再算。")
        allowed = allowance(library, reader_no, library.as_of)
    except UnknownReader as error:
        raise Misspoken(unknown_reader(error)) from error
    if is_text:
        say_lines(allowance_text(library, allowed))
    else:
        say_json(allowance_json(library, allowed))
    return FINE


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.shared.add_argument("--reader", metavar="读者证号", help="只看这一位读者还能借几册，照哪一条规则")
    parser.shared.add_argument("--rotation", action="store_true", help="另排一张借阅轮流表")


COMMANDS = {"quota": Command(_add_options, quota)}
