"""What to do today, in the order in which it helps: what keeps sheets and cells from being read, then the worst."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from schoollib_xl.checks.check import Alike, Severity
from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, header_of
from schoollib_xl.rules.known_values import known_values
from schoollib_xl.wording.checking.summary import UNREAD, not_settled
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import listed, say, sentence

if TYPE_CHECKING:
    from schoollib_xl.causes.correction import Causes

# She can do about this much before the next class; the list below holds the rest.
_MOST = 6
# Corrections that settle findings are all shown by themselves; so many of them begin the list, and it says where the
# others are.
_MOST_CAUSES = 3
STEPS, AGAIN = "先做这几件", "以上做完再核对一次。"
# More than so many in one line nobody reads.
_MOST_NAMED = 8
# The check of blank cells; so many are looked up, and so many said: the first ones show how it is done.
_BLANK = "FMT101"
_MOST_LOOKED_UP, _MOST_FILLED = 50, 6
_SEVERITIES = list(Severity)


class Job(NamedTuple):
    """Findings that one thing to do settles: of one check, and of one column where the check is about the entries.
    `unlocks` is how many checks look at these cells once they can be read.
    """

    findings: list[Finding]
    unlocks: int

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """What comes first is least: a sheet that is not read, what most checks wait for, the worse, the more."""
        first = self.findings[0]
        severity = _SEVERITIES.index(first.severity)
        return (first.check.code not in UNREAD, -self.unlocks, severity, -len(self.findings))

    @property
    def _times(self) -> int:
        """How many places it is, with the cells that are told by one like them."""
        return sum(map(times_of, self.findings))

    def sentence(self, library: Library) -> str:
        """What it is, where and how often, how to begin, what it is good for."""
        first = self.findings[0]
        unlocked = f"改好以后，还有 {self.unlocks} 项能核对这些行。" if self.unlocks else ""
        fix = sentence(first.check.fix, first.facts)
        return f"{first.check.title}（{first.check.code}，{self._where(library)}）：{fix}{unlocked}"

    def _where(self, library: Library) -> str:
        """The cell to begin with, how many there are, and the column they are about, where it is one: several jobs of
        one check differ by nothing else.
        """
        first, times = self.findings[0], self._times
        sheet, at = SHEETS[first.at.row_type].name, address(library, first.at)
        is_of_a_column = first.at.field and not first.check.reads
        column = f"“{header_of(first.at.row_type, first.at.field)}”" if is_of_a_column else ""
        if times == 1:
            return f"{at}{column}"
        return f"{f'{sheet}{column}，' if column else ''}{times} 处，第一处 {at}"


def times_of(finding: Finding) -> int:
    """How many places a finding is about: a finding shows at most some twenty of its cells, and its facts count all."""
    if alike := next((fact for fact in finding.facts.values() if isinstance(fact, Alike)), None):
        return 1 + alike.cells
    count = None if finding.check.reads else finding.facts.get("count")
    return count if isinstance(count, int) else 1


def first_steps(library: Library, report: Report, most: int = _MOST) -> list[str]:
    """What to do today, what unlocks most first; last what there is besides, by its name."""
    jobs = sorted(_jobs(report), key=lambda job: job.rank)
    besides = list(dict.fromkeys(f"“{job.findings[0].check.title}”" for job in jobs[most:]))
    etc = "等" if len(besides) > _MOST_NAMED else ""
    return [
        *(f"{job.sentence(library)}{_fills(library, job)}" for job in jobs[:most]),
        *([f"别的还有 {len(jobs) - most} 件：{'、'.join(besides[:_MOST_NAMED])}{etc}。"] if besides else []),
    ]


def _fills(library: Library, job: Job) -> str:
    """What the blanks among the cells would hold by what the books say already: 借阅登记账!I5 → 2026年3月17日."""
    if job.findings[0].check.code != _BLANK:
        return ""
    cells = [cell for finding in job.findings for cell in (finding.at, *finding.see_also)]
    known = known_values(library, cells[:_MOST_LOOKED_UP])
    said = [f"{address(library, cell)} → {say(value)}" for cell, value in known.items()]
    return f"账上查得到的：{listed(said, _MOST_FILLED, '处')}。" if said else ""


def _jobs(report: Report) -> Iterator[Job]:
    kinds: dict[Any, list[Finding]] = {}
    for finding in report.findings:
        if finding.fails:
            own = (finding.at.row_type, finding.at.field) if not finding.check.reads else None
            kinds.setdefault((finding.check.code, own), []).append(finding)
    for findings in kinds.values():
        yield Job(findings, _unlocks(report, findings))


def _unlocks(report: Report, findings: list[Finding]) -> int:
    """How many checks left out lines for want of cells of these columns."""
    if findings[0].check.reads:
        return 0
    columns = {(cell.row_type, cell.field) for finding in findings for cell in (finding.at, *finding.see_also)}
    return sum(any((column.row_type, column.field) in columns for column in one.columns) for one in report.unchecked)


def numbered(steps: Iterable[str]) -> list[str]:
    """The steps with their numbers, as a list of lines."""
    return [f"{number}. {step}" for number, step in enumerate(steps, 1)]


def steps_to_take(library: Library, report: Report, causes: "Causes | None") -> list[str]:
    """What to do today: the corrections that settle most, then what unlocks most of what they leave."""
    rest = not_settled(report, causes)
    if not causes or not causes.found:
        return first_steps(library, rest)
    from schoollib_xl.wording.checking.causes import further, steps

    first = [*steps(library, causes)[:_MOST_CAUSES], *further(library, causes.found[_MOST_CAUSES:])]
    return [*first, *first_steps(library, rest, _MOST - len(first))]
