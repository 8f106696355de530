"""`progress`."""

from argparse import Namespace

from schoollib_xl.actions.filing import file_answer
from schoollib_xl.cli.arguments import Command, add_workbook, books_of
from schoollib_xl.cli.output import FINE, folder_for, say_answer, say_more
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.progress import progress_answer, progress_json


def promised(asked: Namespace) -> int:
    """`progress`: what 工作安排 and 任务指标 ask by today, on the screen and in 计划进度.xlsx, or JSON."""
    library, cannot_tell = books_of(asked)
    found = promises(library, statement(library))
    answer = progress_answer(library, found)
    say_answer(asked, lambda: answer_text(answer), lambda: progress_json(library, found), cannot_tell)
    if folder := folder_for(asked):
        say_more(asked, f"\n计划进度在：{file_answer(answer, library.school, folder)}")
    # That something is late is no fault of the books; it is said.
    return FINE


COMMANDS = {"progress": Command(add_workbook, promised)}
