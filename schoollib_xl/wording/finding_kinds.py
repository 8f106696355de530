"""What was found, as every renderer shows it: kind by kind with reason, places and remedy; or line by line."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.answer import Shade
from schoollib_xl.wording.findings import Address, message_of

SHADES = {Severity.ERROR: Shade.RED, Severity.WARNING: Shade.AMBER, Severity.HINT: Shade.BLUE}


class FindingLine(NamedTuple):
    """One finding in words; `see_also` and `explained` are '' where there is nothing to say."""

    code: str
    severity: Severity
    at: Address
    key: str
    message: str
    why: str
    fix: str
    see_also: str
    explained: str

    @property
    def compared(self) -> str:
        """The other cells in a sentence; '' where there are none."""
        return f"对照：{self.see_also}" if self.see_also else ""


def finding_line(library: Library, finding: Finding) -> FindingLine:
    """The finding in words, every cell by its address."""
    said = message_of(library, finding)
    return FindingLine(
        finding.check.code,
        finding.severity,
        said.at,
        finding.key,
        said.message,
        said.why,
        said.fix,
        said.also,
        "已说明" if finding.explained else "",
    )


class FoundKind(NamedTuple):
    """The findings of one check and severity: what is said of all, those shown, and how many there are."""

    code: str
    title: str
    severity: Severity
    why: str
    fix: str
    places: int
    is_explained: bool
    shown: tuple[Finding, ...]

    @property
    def more(self) -> str:
        """How many are not shown, without a full stop; '' where all are."""
        return f"同样的问题还有 {self.places - len(self.shown)} 处" if self.places > len(self.shown) else ""


def found_kinds(
    library: Library, findings: Iterable[Finding], most: int, *, is_new: Callable[[Finding], bool] = lambda _: False
) -> Iterator[FoundKind]:
    """The kinds in the order of the findings, `most` of each shown, what is new before the rest."""
    for (code, severity), group in groupby(findings, key=lambda finding: (finding.check.code, finding.severity)):
        kind = list(group)
        shown = tuple(sorted(kind, key=lambda finding: not is_new(finding))[:most])
        check, fix = kind[0].check, message_of(library, kind[0]).fix
        is_explained = all(finding.explained for finding in kind)
        yield FoundKind(code, check.title, severity, check.why, fix, len(kind), is_explained, shown)
