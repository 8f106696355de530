"""Running the checks: findings, what was left unchecked and why, and what is explained."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from schoollib_xl.checks.check import Check, Found, Severity
from schoollib_xl.checks.explanations import code_of, explanations
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, key_of
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.rules.beginnings import not_begun

if TYPE_CHECKING:
    from schoollib_xl.checks.again import EditedRows

_SHEET_ORDER = {sheet.row_type: index for index, sheet in enumerate(ALL_SHEETS)}
# Entries first, since a cell nobody can read hides what is behind it; then the ledgers as books are kept.
FAMILIES = (
    *("FMT", "SET", "SUM", "ACC", "CLS", "WDL", "PER", "CIR", "CMP", "STK", "CRD", "CSH"),
    *("RDR", "QUO", "PLB", "ACT", "VIS", "RPR", "REC", "EVA", "RVW", "EXP"),
)
_SEVERITY_ORDER = {severity: index for index, severity in enumerate(Severity)}


class Finding(NamedTuple):
    """One disagreement: the check, the cell to look at first, the others, and the facts."""

    check: Check
    severity: Severity
    at: Cell
    key: str
    see_also: tuple[Cell, ...]
    facts: dict[str, Any]
    explained: bool

    @property
    def fails(self) -> bool:
        """Whether it makes the run fail: an 错误 or 存疑 nobody has explained."""
        return self.severity is not Severity.HINT and not self.explained


class Absence(NamedTuple):
    """A sheet (empty header) or a column that a check needs and the workbook does not have; or a sheet that is there
    and not begun, or goes on in another one that was not read (`left_over`).
    """

    sheet: str
    header: str
    is_there: bool = False
    left_over: str = ""


class UnreadColumn(NamedTuple):
    """The lines of a sheet where a field could not be read, in order."""

    row_type: type[Any]
    field: str
    lines: tuple[int, ...]


class Unchecked(NamedTuple):
    """A check that was not done, for want of something (`absent`), or not for the lines of these `columns`, which
    could not be read.
    """

    check: Check
    absent: Absence | None
    columns: tuple[UnreadColumn, ...]

    @property
    def sheet(self) -> str:
        """The sheet it is for want of, of several the first."""
        return self.absent.sheet if self.absent else SHEETS[self.columns[0].row_type].name


class Standing(NamedTuple):
    """What a check finds that may be said, and how much is `withheld` because it leans on a cell nobody could read."""

    check: Check
    found: tuple[Found, ...] = ()
    withheld: int = 0


class CheckOutcome(NamedTuple):
    """What one check came to. Whether a finding is explained is not yet asked: that is for the report to say."""

    check: Check
    findings: tuple[Finding, ...]
    unchecked: Unchecked | None

    @property
    def was_run(self) -> bool:
        """Whether nothing the check needs is absent; some lines may have been left out all the same."""
        return self.unchecked is None or self.unchecked.absent is None

    def holds(self, changed: Collection[type[Any]]) -> bool:
        """Whether the check would come to the same if these sheets, and no others, were not as they were."""
        return bool(self.check.reads) and self.check.looks_at.keys().isdisjoint(changed)


class Report(NamedTuple):
    """What a run found, worst first, and what it did not look at."""

    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    checks_run: int

    @property
    def failed(self) -> bool:
        return any(finding.fails for finding in self.findings)


def run(library: Library, checks: Iterable[Check]) -> Report:
    """Run the checks over the library; the order of the checks does not matter.

    A finding that leans on a cell nobody could read is withheld: the line is listed as unchecked instead.
    Checks without `reads` are about the entries themselves and name such cells.
    """
    return assembled(library, outcomes(library, checks))


def run_without_hints(library: Library, checks: Iterable[Check]) -> Report:
    """The same for who counts no hints: they are looked for only where a line of 差异说明 names their check, so that
    what is explained is counted as ever.
    """
    named = set(map(code_of, library[ExplanationRow]))
    came_to = (_outcome(library, one, not one.is_only_advice or one.code in named) for one in checks)
    return assembled(library, came_to)


def outcomes(
    library: Library,
    checks: Iterable[Check],
    last: Mapping[str, CheckOutcome] | None = None,
    changed: Collection[type[Any]] = (),
    before: Library | None = None,
) -> tuple[CheckOutcome, ...]:
    """What each check comes to. An outcome of the `last` run, by its check's code, is taken over where it is
    about other sheets than those that `changed` since; where it is known what was read `before`, also all findings an
    edit cannot bear on.
    """
    known = last or {}
    kept = {code: outcome for code, outcome in known.items() if outcome.holds(changed)}
    if before:
        from schoollib_xl.checks.again import EditedRows

        edited = EditedRows(library, before, changed)
        tied = [outcome for code, outcome in known.items() if outcome.check.ties and code not in kept]
        kept |= {one.check.code: one for outcome in tied if (one := _mended(library, outcome, changed, edited))}
    return tuple(kept.get(check.code) or _outcome(library, check) for check in checks)


def _mended(
    library: Library, last: CheckOutcome, changed: Collection[type[Any]], edited: "EditedRows"
) -> CheckOutcome | None:
    """The outcome with what is found now about the rows that were edited and those alike; None where the rest of it
    may not stand.
    """
    check = last.check
    part = edited.touched(check.ties, [row_type for row_type in changed if row_type in check.looks_at])
    if not part or last.unchecked or _absence(library, check) or library.seen_by(check.reads) is not library:
        return None
    stands = (finding for finding in last.findings if not part.holds((finding.at, *finding.see_also)))
    return CheckOutcome(check, (*stands, *_findings(part.library, check)), None)


def assembled(library: Library, came_to: Iterable[CheckOutcome]) -> Report:
    """The outcomes as one report, what 差异说明 explains marked."""
    came_to = tuple(came_to)
    findings = _marked(library, [finding for outcome in came_to for finding in outcome.findings])
    unchecked = (outcome.unchecked for outcome in came_to if outcome.unchecked)
    return Report(
        tuple(sorted(findings, key=_worst_first)),
        tuple(sorted(unchecked, key=_by_code)),
        sum(outcome.was_run for outcome in came_to),
    )


def _outcome(library: Library, check: Check, is_sought: bool = True) -> CheckOutcome:
    if absent := _absence(library, check):
        return CheckOutcome(check, (), Unchecked(check, absent, ()))
    half_read = _half_read(library, check)
    stands = _standing(library, check, half_read).found if is_sought else ()
    findings = tuple([finding_of(library, check, one) for one in stands])
    if half_read:
        [(sheet, left_over), *_] = half_read.items()
        return CheckOutcome(check, findings, Unchecked(check, Absence(sheet, "", True, left_over), ()))
    columns = tuple(_unread(library, check))
    return CheckOutcome(check, findings, Unchecked(check, None, columns) if columns else None)


def _half_read(library: Library, check: Check) -> dict[str, str]:
    """Of a check that compares books: those that go on in a sheet that was not read, each with that sheet's name."""
    left_over = library.derive(_left_over)
    if not left_over or len(check.looks_at) == 1:
        return {}
    return {SHEETS[row_type].name: left_over[row_type] for row_type in check.looks_at if row_type in left_over}


def _left_over(library: Library) -> dict[type[Any], str]:
    """By row type of a book that goes on in a sheet that was not read, that sheet's name."""
    return {sheet.row_type: name for sheet in ALL_SHEETS for name in library[sheet.row_type].left_over}


def standing(library: Library, check: Check) -> Standing:
    """What the check finds, before anybody asks for its facts; nothing where something that it needs is absent."""
    return Standing(check) if _absence(library, check) else _standing(library, check, _half_read(library, check))


def _standing(library: Library, check: Check, half_read: Mapping[str, str]) -> Standing:
    found, withheld = [], 0
    for one in check.test(_seen(library, check)):
        if check.reads and any(_is_unreadable(library, cell) for cell in (one.at, *one.see_also)):
            withheld += 1
        # What a row of another book says may stand where nobody read; the rows that were read still speak.
        elif half_read.keys() <= {library[one.at.row_type].declared.name}:
            found.append(one)
    return Standing(check, tuple(found), withheld)


def finding_of(library: Library, check: Check, one: Found) -> Finding:
    """What the check found, with its facts."""
    severity, facts = one.severity or check.severity, check.facts_of(_seen(library, check), one)
    return Finding(check, severity, one.at, _key(library, one), one.see_also, facts, explained=False)


def _findings(library: Library, check: Check) -> Iterator[Finding]:
    return (finding_of(library, check, one) for one in standing(library, check).found)


def _seen(library: Library, check: Check) -> Library:
    """The library as the check sees it; checks without `reads` are about the entries themselves."""
    return library.seen_by(check.reads) if check.reads else library


def _marked(library: Library, findings: list[Finding]) -> list[Finding]:
    for index in {index for line in explanations(library, findings) for index in line.holds_for}:
        findings[index] = findings[index]._replace(explained=True)
    return findings


def _is_unreadable(library: Library, cell: Cell) -> bool:
    return (cell.line, cell.field) in library[cell.row_type].unreadable


def _key(library: Library, found: Found) -> str:
    row = library[found.at.row_type].row_at(found.at.line)
    if row is None:
        return ""
    if isinstance(row, IncompleteRow):
        return str(row.values.get(SHEETS[found.at.row_type].key) or "")
    return key_of(row)


def _absence(library: Library, check: Check) -> Absence | None:
    unbegun = library.derive(not_begun)
    for row_type, fields in check.reads.items():
        table = library[row_type]
        if not table.present and row_type in check.can_lack:
            continue
        if not table.present:
            return Absence(table.declared.name, "")
        if row_type in unbegun:
            return Absence(table.declared.name, "", is_there=True)
        if not table.has(*fields):
            lacks = next(name for name in fields if not table.has(name))
            return Absence(table.declared.name, table.declared.by_name[lacks].header)
    return None


def _unread(library: Library, check: Check) -> Iterator[UnreadColumn]:
    for row_type, fields in check.reads.items():
        table = library[row_type]
        for name in fields:
            lines = (*table.unread_lines.get(name, ()), *table.beyond(name))
            if lines:
                yield UnreadColumn(row_type, name, tuple(sorted(lines)))


def _worst_first(finding: Finding) -> tuple[object, ...]:
    at = finding.at
    position = SHEETS[at.row_type].positions.get(at.field, 0)
    return (
        _SEVERITY_ORDER[finding.severity],
        FAMILIES.index(finding.check.code[:3]),
        finding.check.code,
        _SHEET_ORDER[at.row_type],
        at.line,
        position,
    )


def _by_code(unchecked: Unchecked) -> str:
    return unchecked.check.code
