"""`print`."""

from argparse import Namespace

from schoollib_xl.actions.printing import LEDGERS, printable, write_printable
from schoollib_xl.cli.arguments import Command, Parser, add_workbook
from schoollib_xl.cli.output import FINE, FOUND, folder_for, progress, say_json, say_more, say_of_the_books
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.wording.papers.papers_answer import NOTHING_TO_PRINT, printing_lines


def printed(asked: Namespace) -> int:
    """`print`: the ledgers as they are bound."""
    done = printable(asked.workbook, asked.as_of, asked.sheet, progress())
    if asked.format == "json":
        rows = {SHEETS[ledger].name: len(done.library[ledger].rows) for ledger in done.ledgers}
        say_json({"printed": rows, "empty": list(done.empty), "incomplete": done.incomplete, "pages": done.pages})
    if not done.ledgers:
        say_more(asked, NOTHING_TO_PRINT)
        say_of_the_books(asked, done.cannot_tell)
        return FINE
    if folder := folder_for(asked):
        written = write_printable(done, folder)
        say_more(asked, *printing_lines(str(written), done.pages, done.empty, done.incomplete))
    say_of_the_books(asked, done.cannot_tell)
    return FOUND if done.incomplete else FINE


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.shared.add_argument(
        "--sheet", metavar="账册", action="append", default=[], choices=LEDGERS, help="只印这几本，默认七本都印"
    )


COMMANDS = {"print": Command(_add_options, printed)}
