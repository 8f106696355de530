"""`plan`, `summary` and `notices`."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from schoollib_xl.actions import papers
from schoollib_xl.actions.papers import Papers, WrittenPapers
from schoollib_xl.cli.arguments import Command, Parser, add_with_sources, add_workbook, books_of
from schoollib_xl.cli.output import FINE, folder_for, say, say_json, say_lines
from schoollib_xl.documents.composing.material import CannotCompose
from schoollib_xl.sheets.reading.loading import Loaded
from schoollib_xl.wording.papers.papers_answer import lint_text, papers_json, papers_text

_SOME_LEFT, _NOT_MADE = 1, 2


def _command(compose: Callable[[Namespace, Loaded], Papers]) -> Command:
    def run(asked: Namespace) -> int:
        try:
            composed = compose(asked, books_of(asked))
        except CannotCompose as refusal:
            say(str(refusal), aside=True)
            return _NOT_MADE
        folder = folder_for(asked)
        written = _write(asked, composed, folder) if folder else WrittenPapers()
        _say(asked, composed, written, folder)
        return _NOT_MADE if written.faults else FINE

    return Command(_add_options, run)


def _write(asked: Namespace, composed: Papers, folder: Path) -> WrittenPapers:
    return papers.write_papers(composed, folder, pdf=asked.pdf, with_sources=asked.with_sources)


def _plan() -> Command:
    """`plan`, or with --lint the judgement of a plan that is already written."""
    write = _command(lambda asked, loaded: papers.plan(asked.workbook, loaded, asked.against))

    def add_options(parser: Parser) -> None:
        write.add_options(parser)
        parser.shared.add_argument(
            "--lint", type=Path, metavar="计划.docx", help="不写计划，只看这份写好的计划哪里对不上"
        )
        parser.shared.add_argument(
            "--against", type=Path, metavar="旧计划.docx", help="和去年的计划比（不写就用工作簿旁边的）"
        )

    return Command(add_options, lambda asked: _lint(asked) if asked.lint else write.run(asked))


def _lint(asked: Namespace) -> int:
    try:
        notes = papers.lint(books_of(asked), asked.lint, asked.against)
    except CannotCompose as refusal:
        say(str(refusal), aside=True)
        return _NOT_MADE
    if asked.format == "json":
        say_json({"paper": asked.lint.name, "notes": list(notes)})
    else:
        say_lines(lint_text(asked.lint.name, notes))
    return _SOME_LEFT if notes else FINE


def _say(asked: Namespace, composed: Papers, written: WrittenPapers, folder: Path | None) -> None:
    library = composed.library
    if asked.format == "json":
        names = [path.relative_to(folder).as_posix() for path in written.files] if folder else []
        figures = [figure for one in composed.composed for figure in one.figures]
        titles = [one.name for one in composed.composed]
        say_json(papers_json(library, titles, names, figures, (*written.told, *composed.notes)))
    elif written.files or not written.faults:
        say_lines(papers_text(written.told, composed.notes, composed.place(folder) if folder else None))
    for fault in written.faults:
        say(fault, aside=True)


def _add_options(parser: Parser) -> None:
    add_workbook(parser)
    parser.shared.add_argument("--pdf", action="store_true", help="另存一份PDF（要装有LibreOffice）")
    add_with_sources(parser)


COMMANDS = {
    "plan": _plan(),
    "summary": _command(lambda asked, loaded: papers.summary(asked.workbook, loaded)),
    "notices": _command(lambda asked, loaded: papers.notices(asked.workbook, loaded)),
}
