"""The answer of `plan`, `summary` and `notices` for a terminal and as JSON-ready values; what is said of printing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.answer import Answer, section_of
from schoollib_xl.wording.papers.provenance import Figure, places

_A_PAPER = "“[^”]*”"
# Of more papers in a row no message box has room: two notices for each class are taller than a screen.
_MOST_NAMED = 6
NOTHING_TO_PRINT = "要印的账里还没有记，没有可印的。"


def papers_text(told: Sequence[str], notes: Sequence[str], folder: Path | None) -> Iterator[str]:
    """What was written and where, then what to look at again."""
    yield from told
    if told and folder:
        yield f"文件在：{folder}"
    if notes:
        yield "\n提醒："
    yield from (f"  {number}. {note}" for number, note in enumerate(notes, 1))


def reminders_answer(what: str, said: Sequence[str]) -> Answer:
    """All that is said of papers and to be looked at again in them, for which a message box has no room."""
    lines = [(number, sentence) for number, sentence in enumerate(said, 1)]
    return Answer(f"{what}的提醒", (), [section_of("提醒", {"序号": 6, "提醒": 100}, lines)])


def all_said_in(name: str) -> str:
    """Where all of it stands where only the beginning is shown."""
    return f"要说的这里放不下，全部写在“{name}”里。"


def told_briefly(told: Sequence[str]) -> Iterator[str]:
    """What was written, for a message box: of many papers one after the other the first and how many."""
    for alike, found in groupby(told, lambda sentence: re.sub(_A_PAPER, "", sentence)):
        sentences = [*found]
        if not alike or len(sentences) <= _MOST_NAMED:
            yield from sentences
        else:
            yield re.sub(f"({_A_PAPER})", rf"\1等 {len(sentences)} 份", sentences[0])


def unused_template(name: str, near: str) -> str:
    """That a file among her templates is called like none of ours; `near` is what it may be meant to be called."""
    how = f"改名叫“{near}”" if near else "照使用手册里模板的名字改名"
    return f"templates 里的“{name}”没有用上：没有叫这个名字的模板；要用它，{how}。"


def lint_text(paper: str, notes: Sequence[str]) -> Iterator[str]:
    """What a finished plan says that the workbook does not."""
    yield f"“{paper}”有{len(notes)}处要看：" if notes else f"“{paper}”和工作簿对得上。"
    yield from (f"  {number}. {note}" for number, note in enumerate(notes, 1))


def papers_json(
    library: Library, papers: Sequence[str], files: Sequence[str], figures: Sequence[Figure], notes: Sequence[str]
) -> dict[str, Any]:
    """The papers by name, the files written (relative to the output folder), every figure with its places."""
    return {
        "as_of": library.as_of.isoformat(),
        "papers": list(papers),
        "files": list(files),
        "figures": [_figure(library, figure) for figure in figures],
        "notes": list(notes),
    }


def _figure(library: Library, figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.shown,
        "name": figure.name,
        "definition": figure.definition,
        "filter": "；".join(one.words for one in figure.counted),
        "rows": sum(len(counted.lines) for counted in figure.counted) if figure.counted else None,
        "places": [place.as_json() for place in places(library, figure)],
        "as_of": figure.as_of.isoformat(),
    }


def printing_lines(written: str, pages: int, empty: Sequence[str], incomplete: Mapping[str, int]) -> list[str]:
    """Where the book is, how much paper it takes, and what is not in it."""
    size = f"A4横向，共 {pages} 页，每页有本页小计和累计"
    lines = [f"打印本在：{written}", f"{size}；宽的账分几张，按编号对着装订。"]
    if empty:
        lines.append(f"还没有记的没有印：{'、'.join(empty)}。")
    lines += [f"“{name}”有 {count} 行缺了必填的，没有印；先核对，补上再印。" for name, count in incomplete.items()]
    return lines
