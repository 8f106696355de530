"""A workbook that is followed, as the body of its page: what to do today, the ledgers, the findings, the quotas."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.answer import answer_html, table_html
from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.pages.findings import Identity, findings_section, identity, unchecked_section
from schoollib_xl.quotas.promises import Promises
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.first_steps import AGAIN, first_steps
from schoollib_xl.wording.progress import progress_answer
from schoollib_xl.wording.quota_answer import term_sections
from schoollib_xl.wording.quota_sentences import headline
from schoollib_xl.wording.serving import (
    BEING_READ,
    CALLS_ITSELF_NEW,
    NO_STEPS,
    checked_on,
    news,
    read_at,
    still_shown,
    to_copy,
)
from schoollib_xl.wording.summary import LEDGERS_TITLE, MEANING, PASSED, ledgers_table, limits, not_settled, verdict
from schoollib_xl.wording.zh import say

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes


@dataclass(frozen=True)
class Reading:
    """What a workbook held when it was read, what was found in it, and what its format cannot tell."""

    library: Library
    report: Report
    quotas: Statement
    promised: Promises
    cannot_tell: str
    at: datetime
    causes: "Causes | None" = None


@dataclass(frozen=True)
class Sighting:
    """A look at a followed workbook: the last reading there is, and what keeps it from being read now ('' for
    nothing) since when.
    """

    workbook: str
    last: Reading | None
    trouble: str
    at: datetime


def overview_html(seen: Sighting | None, fresh: Collection[Identity] = (), waiting: int = 0) -> Html:
    """Everything there is to say about the workbook; `fresh` are the findings that the reading before did not have,
    `waiting` is how many lines of the desk are still to be copied.
    """
    if seen is None:
        return element("p", BEING_READ, role="status")
    return together(*_trouble(seen), *(_reading(seen.workbook, seen.last, fresh, waiting) if seen.last else []))


def identities(reading: Reading | None) -> dict[Identity, int]:
    """How many findings there are of each identity; a line that moved is the same line."""
    counts: dict[Identity, int] = {}
    for finding in reading.report.findings if reading else ():
        counts[identity(finding)] = counts.get(identity(finding), 0) + 1
    return counts


def _trouble(seen: Sighting) -> Iterator[Html]:
    if seen.trouble:
        said = (
            f"{read_at(seen.at)}　{seen.trouble}",
            CALLS_ITSELF_NEW,
            still_shown(seen.last.at if seen.last else None),
        )
        yield element("div", *(element("p", sentence) for sentence in said), class_="trouble", role="alert")


def _reading(workbook: str, read: Reading, fresh: Collection[Identity], waiting: int) -> Iterator[Html]:
    library, report = read.library, read.report
    yield element("p", checked_on(workbook, say(library.as_of), read.at), class_="aside")
    yield element("p", verdict(library, report), class_="verdict", id="verdict")
    yield from (element("p", said) for said in (*limits(library, report), news(len(fresh))) if said)
    yield element("section", element("h2", "今天做什么"), *_today(read, waiting), id="today")
    yield element("section", element("h2", LEDGERS_TITLE), *table_html(ledgers_table(library, report)), id="ledgers")
    yield findings_section(library, report, fresh)
    yield unchecked_section(library, report)
    asked = answer_html(Answer("借阅定额", (headline(read.quotas),), [*term_sections(read.quotas)]), "h3")
    yield element("section", element("h2", "借阅定额"), asked, id="quotas")
    promised = answer_html(progress_answer(library, read.promised), "h3")
    yield element("section", element("h2", "计划进度"), promised, id="promises")
    said = (*MEANING, *([read.cannot_tell] if read.cannot_tell else []))
    yield element("section", element("h2", PASSED), together(*(element("p", text) for text in said)))


def _today(read: Reading, waiting: int) -> Iterator[Html]:
    """What to copy, what to correct first, then the first steps of the rest."""
    if waiting:
        yield element("p", element("a", to_copy(waiting), href="desk#pending"))
    causes = list(_causes(read))
    yield from causes
    steps = first_steps(read.library, not_settled(read.report, read.causes))
    if steps:
        yield element("ol", *(element("li", one) for one in steps))
    if steps or causes:
        yield element("p", AGAIN)
    elif not causes and not waiting:
        yield element("p", NO_STEPS)


def _causes(read: Reading) -> Iterator[Html]:
    """The causes; their words are loaded only where there is something to say."""
    if not read.causes or not (read.causes.found or not read.causes.complete):
        return
    from schoollib_xl.wording.causes import FIRST, causes_section

    yield answer_html(Answer(FIRST, (), [causes_section(read.library, read.report, read.causes)]), "h3")
