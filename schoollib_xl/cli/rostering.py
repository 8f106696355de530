"""`roster`."""

from argparse import Namespace
from pathlib import Path

from schoollib_xl.actions import rostering
from schoollib_xl.adoption.next_year.new_year import NewYear
from schoollib_xl.adoption.next_year.year_report import verdict as verdict_of_year
from schoollib_xl.adoption.roster.report import needs_attention, roster_json
from schoollib_xl.cli.arguments import Command, Parser, add_workbook, books_of
from schoollib_xl.cli.output import FINE, FOUND, folder_for, holidays_unknown, say_answer, say_more
from schoollib_xl.wording.answer_text import answer_text


def roster(asked: Namespace) -> int:
    """`roster`: class lists into a new workbook, with 名册报告.xlsx; or JSON."""
    library, cannot_tell = books_of(asked)
    held = rostering.hold(library, asked.workbook, asked.lists, asked.answers, is_new_year=asked.new_year)
    folder = folder_for(asked)
    written = rostering.write(held, asked.workbook, folder) if folder else None
    year = held.done.year
    files = {"workbook": str(written.workbook), "report": str(written.report)} if written else {}
    say_answer(asked, lambda: answer_text(held.answer), lambda: roster_json(held.done) | files, cannot_tell)
    say_more(asked, *(_about(year) if year else []))
    if written:
        say_more(asked, f"\n新工作簿在：{written.workbook}", f"名册报告在：{written.report}")
        say_more(asked, *([f"换学年清单在：{written.year_report}"] if written.year_report else []))
    return FOUND if needs_attention(held.done) or (year and not year.balanced) else FINE


def _about(year: NewYear) -> list[str]:
    """Whether the balances agree, and the years whose holidays nobody knows yet."""
    return [f"\n{verdict_of_year(year)}", *holidays_unknown(year.unknown_years)]


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.add_argument("lists", metavar="名单", type=Path, nargs="+", help="班级名单（xlsx、xls、csv 等），可以有几个")
    parser.shared.add_argument("--new-year", action="store_true", help="名单是新学年的：先升班、结转，再对名单")
    add_answers(parser)


def add_answers(parser: Parser) -> None:
    """Where the answers to questions of an earlier run stand."""
    parser.shared.add_argument("--answers", metavar="名册报告", type=Path, help="写好“回答”的名册报告.xlsx")


COMMANDS = {"roster": Command(_add_options, roster)}
