"""What the page says of a workbook that is followed: what to do today, the ledgers, the findings, the quotas."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.promises import Promises
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.checking.check_answer import check_answer
from schoollib_xl.wording.checking.summary import MEANING, PASSED
from schoollib_xl.wording.page.serving import CALLS_ITSELF_NEW, checked_on, news, read_at, still_shown, to_copy
from schoollib_xl.wording.progress import progress_answer
from schoollib_xl.wording.quotas.quota_answer import term_sections
from schoollib_xl.wording.quotas.quota_sentences import headline
from schoollib_xl.wording.zh import say

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes

# What names a finding whatever line it stands on: its code, the number of its line, and the field.
Identity = tuple[str, str, str]


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


class Overview(NamedTuple):
    """What the page shows: why the workbook cannot be read now, which state of it is shown, what is to be copied
    first ('' for nothing), and answers: of the check, of quotas and promises, and what 通过 means.
    """

    trouble: tuple[str, ...] = ()
    about: str = ""
    to_copy: str = ""
    answers: tuple[Answer, ...] = ()


class OpenLines(NamedTuple):
    """Lines of the desk that are still to be copied into the ledgers, and that do not fit them."""

    waiting: int = 0
    misfits: int = 0


_NONE = OpenLines()


def overview(seen: Sighting, fresh: Collection[Identity] = (), desk: OpenLines = _NONE) -> Overview:
    """Everything there is to say about the workbook; `fresh` are the findings that the reading before did not have."""
    trouble = (
        (f"{read_at(seen.at)}　{seen.trouble}", CALLS_ITSELF_NEW, still_shown(seen.last.at if seen.last else None))
        if seen.trouble
        else ()
    )
    if seen.last is None:
        return Overview(trouble)
    about = checked_on(seen.workbook, say(seen.last.library.as_of), seen.last.at)
    return Overview(trouble, about, to_copy(*desk), _answers(seen.workbook, seen.last, fresh))


def _answers(workbook: str, read: Reading, fresh: Collection[Identity]) -> tuple[Answer, ...]:
    library = read.library
    checked = check_answer(
        workbook, library, read.report, read.causes, read.cannot_tell, lambda finding: _identity(finding) in fresh
    )
    return (
        checked._replace(sentences=[*checked.sentences, *news(len(fresh))]),
        Answer("借阅定额", (headline(read.quotas),), [*term_sections(read.quotas)]),
        progress_answer(library, read.promised),
        Answer(PASSED, (*MEANING, *([read.cannot_tell] if read.cannot_tell else []))),
    )


def identities(reading: Reading | None) -> Counter[Identity]:
    """How many findings there are of each identity; a line that moved is the same line."""
    return Counter(map(_identity, reading.report.findings if reading else ()))


def _identity(finding: Finding) -> Identity:
    return finding.check.code, str(finding.key), finding.at.field
