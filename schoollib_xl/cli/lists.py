"""`lists`."""

from argparse import Namespace

from schoollib_xl.actions.lists import make_lists, write_lists
from schoollib_xl.cli.arguments import Command, add_workbook, books_of
from schoollib_xl.cli.output import FINE, folder_for, say_answer, say_more
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.lists import lists_answer, lists_json


def lists(asked: Namespace) -> int:
    """`lists`: what is new, read, not read, and out."""
    library, cannot_tell = books_of(asked)
    made = make_lists(library)
    answer = lists_answer(made)
    say_answer(asked, lambda: answer_text(answer), lambda: lists_json(made), cannot_tell)
    if folder := folder_for(asked):
        say_more(asked, "", *(f"写在：{path}" for path in write_lists(made, answer, asked.workbook, folder)))
    return FINE


COMMANDS = {"lists": Command(add_workbook, lists)}
