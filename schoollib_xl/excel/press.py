"""A button was pressed: do its work and answer the macro that waits."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from schoollib_xl import __version__
from schoollib_xl.excel.answer import MOST_SAID, ask_for_copy, write_answer
from schoollib_xl.excel.place import WorkbookPlace, place
from schoollib_xl.excel.refusal import Refused, Unreachable
from schoollib_xl.excel.steps import Say, Step
from schoollib_xl.ledgers.kept import DESK_JOURNAL, lies_in
from schoollib_xl.saving import CannotWrite, beside
from schoollib_xl.sheets.opening.refusing import Unusable

if TYPE_CHECKING:
    from schoollib_xl.desk.lines import DeskLine
    from schoollib_xl.excel.desk import Desk
    from schoollib_xl.ledgers.library import Library
    from schoollib_xl.sheets.reading.loading import Loaded

ANSWERED, FAILED = 0, 2
# How the macros begin the name of the folder they make for a press.
_FOLDER_BEGINS = "schoollib_"


def is_button(name: str) -> bool:
    """Whether there is a button of this name that Python has work for."""
    return name in _BUTTONS


def steps_for(button: str, book: Path, copy: Path, asked: str) -> list[Step]:
    """What a button does and says in a workbook that is open elsewhere, read from a copy of it."""
    words = Namespace(button=button, book=book, copy=copy, asked=asked, day=None, from_xl=None)
    # With a copy nothing is left to ask for.
    return _answer(words) or []


def press(words: Sequence[str]) -> int:
    """Press one button; its answer is a file for the macro. Exit code 0, or 2 where even that cannot be written."""
    asked = _asked(words)
    try:
        _shut(asked.answer.parent)
        steps = _answer(asked)
        if steps is None:
            ask_for_copy(asked.answer)
        else:
            write_answer(steps, asked.answer)
    except CannotWrite:
        return FAILED
    return ANSWERED


def _answer(asked: Namespace) -> list[Step] | None:
    """What the button does and says; None where it needs a copy for it. The workbook is never written to, and where
    a file is kept from being replaced, that is said first.
    """
    with beside([asked.book, *([asked.copy] if asked.copy else [])]) as renamed:
        try:
            found = place(asked)
            if found is None:
                return None
            # All is thought out before anything is done: a refusal halfway leaves the workbook as it was.
            steps = list(_BUTTONS[asked.button](found, asked))
        except Unreachable:
            return None
        except (Unusable, CannotWrite, Refused) as refusal:
            return [Say(_named(str(refusal), asked))]
        except Exception:
            from schoollib_xl.unexpected import log_unexpected_error

            return [Say(log_unexpected_error())]
        return [*(Say(f"{sentence}\n") for sentence in renamed), *steps]


def _named(sentence: str, asked: Namespace) -> str:
    """The sentence about her workbook, not about the copy of it that was read."""
    return sentence.replace(asked.copy.name, asked.book.name) if asked.copy else sentence


def _shut(folder: Path) -> None:
    """Keep others of this machine out of the folder that the macro made for this press."""
    if folder.name.startswith(_FOLDER_BEGINS):
        with suppress(OSError):
            folder.chmod(0o700)


def _check(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    from schoollib_xl.actions.checking import answer_of, judge_when_read
    from schoollib_xl.actions.kept import with_kept

    # A running Excel answers only the thread that found it, so reading stays in this one.
    checked = judge_when_read(lambda: with_kept(_books(found, asked), asked.book))
    from schoollib_xl.excel.listing import listing

    yield from listing(answer_of(checked, asked.book))


def _quotas(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    from schoollib_xl.actions.filing import file_answer
    from schoollib_xl.quotas.statement import statement
    from schoollib_xl.wording.quotas.quota_answer import quota_answer

    library, cannot_tell = _books(found, asked)
    answer = quota_answer(library, statement(library))
    written = file_answer(answer, library.school, asked.book.parent)
    yield Say("\n".join(filter(None, [*answer.sentences, f"定额和名单在：{written}", cannot_tell])))


def _rotation(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    from schoollib_xl.actions.filing import file_answer
    from schoollib_xl.quotas.week.rotation import rotation
    from schoollib_xl.wording.quotas.quota_answer import rotation_answer
    from schoollib_xl.wording.quotas.verdicts import unplaced_sentences

    library = _books(found, asked).library
    made = rotation(library)
    written = file_answer(rotation_answer(made), library.school, asked.book.parent)
    yield Say("\n".join([f"轮流表在：{written}", *unplaced_sentences(made)]))


def _reader(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    from schoollib_xl.quotas.borrowing.allowance import UnknownReader, allowance
    from schoollib_xl.wording.desk.allowance import allowance_text, unknown_reader

    library, cannot_tell = _books(found, asked, asked.day or date.today())
    try:
        allowed = allowance(library, asked.asked, library.as_of)
    except UnknownReader as error:
        raise Refused(unknown_reader(error)) from error
    yield Say("\n".join(filter(None, [*allowance_text(library, allowed), cannot_tell])))


def _papers(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    from schoollib_xl.actions.filing import file_answer
    from schoollib_xl.actions.papers import NOTICES_FOLDER, notices, plan, summary, write_papers
    from schoollib_xl.documents.composing.material import CannotCompose
    from schoollib_xl.wording.papers.papers_answer import all_said_in, papers_text, reminders_answer, told_briefly

    compose, what = {
        "WritePlan": (plan, "工作计划"),
        "WriteSummary": (summary, "工作总结"),
        "WriteNotices": (notices, NOTICES_FOLDER),
    }[asked.button]
    try:
        composed = compose(asked.book, _books(found, asked, _day_of(asked.asked)))
    except CannotCompose as refusal:
        raise Refused(str(refusal)) from refusal
    written = write_papers(composed, asked.book.parent)
    folder = composed.place(asked.book.parent)
    told = [*written.faults, *papers_text([*told_briefly(written.told)], composed.notes, folder)]
    if len("\n".join(told)) > MOST_SAID:
        # A message box cuts off the end, and there the questions stand.
        answer = reminders_answer(what, [*written.faults, *written.told, *composed.notes])
        try:
            told.insert(0, all_said_in(file_answer(answer, composed.library.school, folder, asked.book).name))
        except CannotWrite as refusal:
            told.insert(0, str(refusal))
    yield Say("\n".join(told))


def _day_of(said: str) -> date | None:
    """The day that was typed for a paper; None for the workbook's own. Raises Refused."""
    from schoollib_xl.actions.lookups import LENT_ON, meaning

    if not said.strip():
        return None
    day = meaning(said, LENT_ON)
    if isinstance(day, date):
        return day
    raise Refused(f"“{said}”不是日期，没有写；写成 2026-07-03 这样再按一次。")


def _desk_undo(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    desk = _desk(found, asked)
    with found.opened() as opened:
        grids = dict(opened.grids(sorted({edit.sheet for edit in desk.last_entry()})))
    yield from desk.undo(grids)


def _desk_take_over(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    from schoollib_xl.actions.desk import DeskBook
    from schoollib_xl.excel.taking_over import take_over
    from schoollib_xl.wording.desk.desk_journal import stray_sentences

    library = _books(found, asked, asked.day or date.today()).library
    desk = DeskBook(asked.book.resolve())
    yield from take_over(desk.to_copy(library))
    for sentence in stray_sentences(desk.strays(), desk.journal.path.name):
        yield Say(f"\n{sentence}")


def _desk(found: WorkbookPlace, asked: Namespace) -> "Desk":
    from schoollib_xl.excel.desk import Desk
    from schoollib_xl.sheets.own_sheets import DESK
    from schoollib_xl.sheets.reading.loading import read_books

    day = asked.day or date.today()
    with found.opened() as opened:
        library = read_books(opened, day).library
        grid = dict(opened.grids([DESK]))[DESK] if DESK in opened.sheet_names else []
    return Desk(library, grid, day, _on_the_page(asked.book, library))


def _on_the_page(book: Path, library: "Library") -> "list[DeskLine]":
    """What was entered at the page's desk and is not in the ledgers yet. Raises CannotWrite for a journal that is not
    ours.
    """
    # A link to the workbook has its journal where the workbook is.
    book = book.resolve()
    if not lies_in(book.parent, DESK_JOURNAL):
        return []
    # What reads it takes longer to import than a scan may take.
    from schoollib_xl.actions.desk import DeskBook

    return DeskBook(book).to_copy(library).waiting


def _about(found: WorkbookPlace, asked: Namespace) -> Iterator[Step]:
    how = "直接读打开的工作簿" if found.is_live else "读的是刚存的一份副本"
    yield Say(
        f"schoollib-xl {__version__}，{how}。\n不联网，账只由打开它的表格软件来写；每个编码的意思在“核对目录”里。"
    )


def _books(found: WorkbookPlace, asked: Namespace, day: date | None = None) -> "Loaded":
    from schoollib_xl.actions.kept import telling_of_desk
    from schoollib_xl.sheets.reading.loading import read_books

    with found.opened() as opened:
        return telling_of_desk(read_books(opened, day), asked.book)


_BUTTONS: dict[str, Callable[[WorkbookPlace, Namespace], Iterator[Step]]] = {
    "CheckLedgers": _check,
    "Quotas": _quotas,
    "AskReader": _reader,
    **dict.fromkeys(("WritePlan", "WriteSummary", "WriteNotices"), _papers),
    "RotationTable": _rotation,
    "About": _about,
    "DeskAsk": lambda found, asked: _desk(found, asked).ask(),
    "DeskConfirm": lambda found, asked: _desk(found, asked).confirm(),
    "DeskUndo": _desk_undo,
    "DeskTakeOver": _desk_take_over,
}


def _asked(words: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="schoollib_xl.excel", description=__doc__)
    parser.add_argument("button", choices=_BUTTONS)
    parser.add_argument("--book", type=Path, required=True, help="the open workbook; what is made goes beside it")
    parser.add_argument("--answer", type=Path, required=True, help="where the macro waits for the answer")
    parser.add_argument("--copy", type=Path, help="a copy of the workbook as it is open now")
    parser.add_argument("--asked", default="", help="what was typed into the button's question")
    parser.add_argument("--day", type=date.fromisoformat, default=None, help="the day of the desk; today if not said")
    # These three are xlwings' own: it finds the calling Excel by them.
    for name in ("--wb", "--from_xl", "--hwnd"):
        parser.add_argument(name)
    return parser.parse_args(words)
