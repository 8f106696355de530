"""`handover`."""

from argparse import Namespace

from schoollib_xl.actions.filing import file_paper
from schoollib_xl.actions.handover import hand_over
from schoollib_xl.cli.arguments import Command, add_workbook
from schoollib_xl.cli.output import FINE, folder_for, progress, say_answer, say_more
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.handover import PARTIES, handover_answer, handover_json


def handover(asked: Namespace) -> int:
    """`handover`: what a successor takes over."""
    done = hand_over(asked.workbook, asked.as_of, progress())
    answer = handover_answer(done)
    say_answer(asked, lambda: answer_text(answer), lambda: handover_json(done), done.cannot_tell)
    if folder := folder_for(asked):
        written = file_paper(answer, done.library, asked.workbook, folder, PARTIES)
        say_more(asked, "", f"移交清册在：{written}")
    # The paper is made; what is open stands in it.
    return FINE


COMMANDS = {"handover": Command(add_workbook, handover)}
