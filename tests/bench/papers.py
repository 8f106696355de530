"""How long a term summary takes from a cold start, as a ratio to docxtpl rendering the same content.

    python tests/bench/papers.py --docxtpl-python /path/to/python --readme README.md

docxtpl has an environment of its own (pip install docxtpl). ``schoollib summary`` reads the workbook, computes the
quotas, runs every check and writes the paper with its charts and its provenance; docxtpl is given the finished texts
and renders paragraphs and tables only, and must come to the same text. Every run is a fresh process, the contenders
take turns, and each ratio is the median over the rounds of the time divided by docxtpl's in the same round. Prints a
Markdown table.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from readme_table import parser_for, tell

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.material import CheckedMaterial
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.building.workbook import write_workbook

DOCXTPL = "docxtpl, template rendered"
ROOT = Path(__file__).parents[2]
OURS = ROOT / "templates" / "工作总结.docx"
_GAP = "\u3000"
RENDER = """
import json, sys
from docxtpl import DocxTemplate
template = DocxTemplate(sys.argv[1])
template.render(json.load(open(sys.argv[2], encoding="utf-8")), autoescape=True)
template.save(sys.argv[3])
"""
FILL = """
import json, sys
from pathlib import Path
from schoollib_xl.documents.filling.blanks import Content, names_of
from filled import fill
from schoollib_xl.documents.papers.summary import TermSummary
facts = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
fill(Path(sys.argv[1]), Content(facts, names_of(TermSummary), {})).save(sys.argv[3])
"""


def for_docxtpl(target: Path) -> None:
    """Write our summary template with docxtpl's loops in place of our rules, without its charts."""
    document = docx.Document(str(OURS))
    body = document.element.body
    for paragraph in list(body.iterchildren(qn("w:p"))):
        if next(paragraph.iter(qn("w:drawing")), None) is not None:
            body.remove(paragraph)
        elif (text := _text(paragraph)).endswith(".内容}}"):
            _in_loop(paragraph, text[2:].partition(".")[0], "p")
    for row in list(body.iter(qn("w:tr"))):
        names = {cell[2:].partition(".")[0] for cell in map(_text, row.iter(qn("w:tc"))) if "." in cell}
        for name in names:
            _in_loop(row, name, "tr")
    _list_annexes(body)
    document.save(str(target))


def _list_annexes(body: Any) -> None:
    """Put the annexes, which our filling numbers and lists, into docxtpl's template as the finished paper has them."""
    texts = {_text(paragraph): paragraph for paragraph in body.iterchildren(qn("w:p"))}
    first, headings = texts["附件："], [text for text in texts if text.startswith("附件") and _GAP in text]
    names = [f"{number}．{text.partition(_GAP)[2]}" for number, text in enumerate(headings, 1)]
    for name in reversed(names[1:]):
        other = deepcopy(first)
        _write(other, name)
        first.addnext(other)
    _write(first, f"附件：{names[0]}")


def _in_loop(element: Any, name: str, kind: str) -> None:
    opening, closing = deepcopy(element), deepcopy(element)
    _write(opening, f"{{%{kind} for one in {name} %}}")
    _write(closing, f"{{%{kind} endfor %}}")
    for text in element.iter(qn("w:t")):
        text.text = (text.text or "").replace(f"{{{{{name}.", "{{one.").replace("{{序号}}", "{{loop.index}}")
    element.addprevious(opening)
    element.addnext(closing)


def _write(element: Any, tag: str) -> None:
    first, *others = element.iter(qn("w:t"))
    first.text = tag
    for text in others:
        text.text = ""


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def process(*words: str | Path, python: str = sys.executable) -> None:
    """One Python process from start to end."""
    search = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "documents")))
    command, environment = [python, *map(str, words)], {**os.environ, "PYTHONPATH": search}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def summary(workbook: Path) -> None:
    """One cold run into a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        process("-m", "schoollib_xl", "summary", workbook, "--into", folder)


def contenders(folder: Path, python: str) -> dict[str, Callable[[], None]]:
    """What is measured, by name, with the files it needs laid into the folder."""
    workbook, template, facts = folder / "七本账.xlsx", folder / "模板.docx", folder / "内容.json"
    write_workbook(clean_school(), workbook)
    library = clean_school().library()
    paper = term_summary(CheckedMaterial(library, statement(library), run(library, ALL.values()))).paper
    facts.write_text(unmarked(json.dumps(content(paper).facts, ensure_ascii=False)), encoding="utf-8")
    for_docxtpl(template)
    return {
        DOCXTPL: lambda: process("-c", RENDER, template, facts, folder / "docxtpl.docx", python=python),
        "schoollib, template filled": lambda: process("-c", FILL, OURS, facts, folder / "ours.docx"),
        "schoollib summary, workbook to Word": lambda: summary(workbook),
    }


def text_of_both(folder: Path) -> str:
    """The text that docxtpl and our filling wrote. Raises AssertionError where they wrote another."""
    theirs, ours = (
        [text for element in docx.Document(str(folder / name)).element.body.iter(qn("w:p")) if (text := _text(element))]
        for name in ("docxtpl.docx", "ours.docx")
    )
    assert theirs == ours, [pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1]][:3]
    return "".join(ours)


def seconds(act: Callable[[], None]) -> float:
    """How long it takes by the clock."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def rounds(acts: dict[str, Callable[[], None]], count: int) -> Iterator[dict[str, float]]:
    """The times of each round in which every contender ran once; the first round warms up and is left out."""
    for number in range(count + 1):
        taken = {name: seconds(act) for name, act in acts.items()}
        if number:
            yield taken


def table(measured: list[dict[str, float]], characters: int) -> Iterator[str]:
    """The times and their ratios as a Markdown table."""
    yield f"| term summary of the sample school, {characters:,} characters in each, cold start | seconds | ÷ docxtpl |"
    yield "|---|---|---|"
    for name in measured[0]:
        ratio = statistics.median(taken[name] / taken[DOCXTPL] for taken in measured)
        yield f"| {name} | {statistics.median(taken[name] for taken in measured):.2f} | {ratio:.2f} |"


def main() -> None:
    """Let the contenders run, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--docxtpl-python", required=True, help="a Python with docxtpl")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measured = list(rounds(contenders(Path(name), asked.docxtpl_python), asked.rounds))
        lines = [*table(measured, len(text_of_both(Path(name))))]
    tell(asked, "papers", lines)
    print(f"\n{asked.rounds} rounds, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
