"""Write the lists of a workbook: one workbook for the wall, one for class teachers, and 新书简介."""

from collections.abc import Iterator
from pathlib import Path

from schoollib_xl.actions.filing import file_answer, file_paper
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.quotas.basis.period import period, school_year
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.lists import Lists, lists_of, new_titles_answer, signing_answer


def make_lists(library: Library) -> Lists:
    """Work out the lists of the term up to today; where the term is not known, or its
    dates cannot be right, of the school year.
    """
    year = school_year(library, library.as_of)
    span = period(library)
    window = span.window if span and not span.term.is_too_long else year
    return lists_of(library, window, Term(year.start, library.as_of))


def write_lists(lists: Lists, answer: Answer, workbook: Path, folder: Path) -> Iterator[Path]:
    """Write every list that has anything in it; where each went.

    Raises CannotWrite.
    """
    yield file_answer(answer, lists.library.school, folder)
    if signing := signing_answer(lists):
        yield file_answer(signing, lists.library.school, folder)
    if new := new_titles_answer(lists):
        yield file_paper(new, lists.library, workbook, folder)
