"""账册核对.html: the page kept beside a workbook that is watched. It loads itself anew and nothing else."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.answer import answer_html
from schoollib_xl.pages.document import stylesheet
from schoollib_xl.pages.findings import findings_section, unchecked_section
from schoollib_xl.pages.html import Html, element, together
from schoollib_xl.pages.quotas import quotas_section
from schoollib_xl.pages.tables import table
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.wording.ledger_lines import LEDGER_HEADERS, MEANING, ledger_lines, total_line
from schoollib_xl.wording.summary import first_steps, limits, not_settled, verdict
from schoollib_xl.wording.watching import CALLS_ITSELF_NEW, NO_LONGER_WATCHED, read_at, still_shown
from schoollib_xl.wording.zh import say

if TYPE_CHECKING:
    from schoollib_xl.causes.cause import Causes

TITLE = "账册核对"


@dataclass(frozen=True)
class Reading:
    """What a workbook held when it was read, what was found in it, and what its format cannot tell."""

    library: Library
    report: Report
    stated: Statement
    cannot_tell: str
    at: datetime
    causes: "Causes | None" = None


@dataclass(frozen=True)
class Sighting:
    """A look at a watched workbook: the last reading there is, and what keeps it from being read now ('' for
    nothing) since when.
    """

    workbook: str
    last: Reading | None
    trouble: str
    at: datetime


def watch_page(seen: Sighting, is_watched: bool = True) -> str:
    """The whole page; once the workbook `is_watched` no longer, it says so and stays as it is."""
    head = element("head", *_head(is_watched))
    body = element("body", *_body(seen, is_watched), *([_script()] if is_watched else []))
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='zh-CN')}\n"


def _head(is_watched: bool) -> Iterator[Html]:
    yield element("meta", charset="utf-8")
    # Neither a forgotten escape nor a cell's text can make the page fetch or run anything.
    allowed = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_digest(_text('watch.js'))}'"
    yield element("meta", http_equiv="Content-Security-Policy", content=allowed)
    yield element("meta", name="viewport", content="width=device-width, initial-scale=1")
    if is_watched:
        yield element("noscript", element("meta", http_equiv="refresh", content="2"))
    yield element("title", TITLE)
    yield stylesheet()


def _script() -> Html:
    return element("script", Html(_text("watch.js")))


def _body(seen: Sighting, is_watched: bool) -> Iterator[Html]:
    yield element("h1", TITLE)
    if not is_watched:
        yield element("p", NO_LONGER_WATCHED, class_="trouble")
    if seen.trouble:
        yield element("div", *(element("p", said) for said in _trouble(seen, is_watched)), class_="trouble")
    if seen.last:
        yield from _reading(seen.workbook, seen.last)


def _trouble(seen: Sighting, is_watched: bool) -> Iterator[str]:
    yield f"{read_at(seen.at)}　{seen.trouble}"
    if is_watched:
        yield CALLS_ITSELF_NEW
    yield still_shown(seen.last.at if seen.last else None)


def _reading(workbook: str, read: Reading) -> Iterator[Html]:
    library, report = read.library, read.report
    yield element("p", f"《{workbook}》，核对到 {say(library.as_of)}；{read_at(read.at)} 读的。", class_="aside")
    yield element("p", verdict(library, report), class_="verdict", id="verdict")
    yield from (element("p", said) for said in limits(report))
    yield from _causes(read)
    if steps := first_steps(not_settled(report, read.causes)):
        yield element("section", element("h2", "先做这几件"), element("ol", *(element("li", one) for one in steps)))
    yield findings_section(library, report)
    yield unchecked_section(library, report)
    yield element("section", element("h2", "七本账"), _ledgers(library, report))
    yield quotas_section(read.stated)
    said = (*MEANING, *([read.cannot_tell] if read.cannot_tell else []))
    yield element("section", element("h2", "“通过”是什么意思"), together(*(element("p", text) for text in said)))


def _causes(read: Reading) -> Iterator[Html]:
    """What to correct first; its words are loaded only where there is something to say."""
    if not read.causes or not (read.causes.found or not read.causes.complete):
        return
    from schoollib_xl.wording.answer import Answer
    from schoollib_xl.wording.causes import FIRST, causes_section

    yield answer_html(Answer(FIRST, (), [causes_section(read.library, read.report, read.causes)]))


def _ledgers(library: Library, report: Report) -> Html:
    lines = ledger_lines(library, report)
    rows = [(one.name, str(one.rows), one.until, *map(str, one.counts)) for one in (*lines, total_line(lines, report))]
    return table(LEDGER_HEADERS, rows)


@cache
def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
