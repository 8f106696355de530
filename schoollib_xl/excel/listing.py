"""What a check found, into the open workbook: the sheet 核对结果, and the cells it names in colour."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from schoollib_xl.actions.checking import Checked
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.excel.steps import (
    FINDINGS_NAME,
    POSITION_NAME,
    REFERENCE,
    SAID,
    Formula,
    Look,
    Mark,
    Name,
    Page,
    Say,
    Sheet,
    Show,
    Step,
    Unmark,
    Value,
    Width,
    Write,
)
from schoollib_xl.sheets.books.problem_list import SEVERITY_COLOURS
from schoollib_xl.sheets.cells import letters_and_row
from schoollib_xl.sheets.layout import RESULTS, quoted
from schoollib_xl.sheets.styles import BLUE, PALE, rgb
from schoollib_xl.wording.buttons import MARK_BEGINS
from schoollib_xl.wording.finding_kinds import IN_EXCEL, FindingLine, finding_line
from schoollib_xl.wording.findings import Address, column_letters
from schoollib_xl.wording.first_steps import AGAIN, STEPS, steps_to_take
from schoollib_xl.wording.summary import limits, verdict

_COLOURS = {severity: rgb(colour) for severity, colour in SEVERITY_COLOURS.items()}
# Together as wide as A4 across holds at 8 points and more.
_COLUMNS = {"程度": 6, "哪里": 18, "哪里不对": 38, "怎么改": 32, "为什么要紧": 26, "编码": 9, "说明": 7}
_SEVERITY, _PLACE, _SENTENCES = "A", "B", ("C", "E")
_MEMORY = len(_COLUMNS) + 1
# Kinds whose rest is named in the sentence about what is not listed.
_MOST_KINDS = 8


def listing(checked: Checked) -> Iterator[Step]:
    """The steps that take the last check's marks away, list what this one found, and mark its cells."""
    findings = some_of_every_kind(checked.report.findings, IN_EXCEL)
    lines = [(finding, finding_line(checked.library, finding)) for finding in findings]
    above = [*_above(checked, findings)]
    yield Unmark()
    yield Sheet(RESULTS)
    yield Write(RESULTS, "A1", tuple((line,) for line in above))
    yield Look(RESULTS, "A1", bold=True)
    yield from _table(lines, len(above) + 1)
    yield from _marks(checked, lines, len(above) + 1)
    yield Show(RESULTS, "A1")
    yield Say(_said(checked))


def some_of_every_kind(findings: Sequence[Finding], most: int) -> list[Finding]:
    """At most so many findings, in their order: of every code as many as all codes can have, so that one kind with
    hundreds hides no other.
    """
    kinds: dict[str, int] = {}
    for finding in findings:
        kinds[finding.check.code] = kinds.get(finding.check.code, 0) + 1
    shares, room = {}, most
    for place, code in enumerate(sorted(kinds, key=lambda code: kinds[code])):
        shares[code] = min(kinds[code], room // (len(kinds) - place))
        room -= shares[code]
    taken: Counter[str] = Counter()
    chosen = []
    for finding in findings:
        if taken[finding.check.code] < shares[finding.check.code]:
            taken[finding.check.code] += 1
            chosen.append(finding)
    return chosen


def _above(checked: Checked, listed: Sequence[Finding]) -> Iterator[str]:
    """What stands above the table: what came out, what to do first, what is not listed."""
    yield verdict(checked.library, checked.report)
    yield from limits(checked.library, checked.report)
    if not checked.report.findings:
        yield "没有要改的地方。"
    if checked.cannot_tell:
        yield checked.cannot_tell
    steps = steps_to_take(checked.library, checked.report, checked.causes)
    yield from [f"{STEPS}："] if steps else []
    yield from (f"{number}. {step}" for number, step in enumerate(steps, 1))
    yield from [AGAIN] if steps else []
    if len(listed) < len(checked.report.findings):
        yield _left_out(checked.report.findings, listed)


def _left_out(findings: Sequence[Finding], listed: Sequence[Finding]) -> str:
    rest = Counter(finding.check.code for finding in findings)
    rest.subtract(finding.check.code for finding in listed)
    kinds = [f"{code} {count} 处" for code, count in rest.most_common() if count]
    more = f"等 {len(kinds)} 种" if len(kinds) > _MOST_KINDS else ""
    named = "、".join(kinds[:_MOST_KINDS])
    return f"下面列出 {len(listed)} 处，每一种都有；没有列出的还有：{named}{more}。改完再核对一次。"


def _said(checked: Checked) -> str:
    todo = steps_to_take(checked.library, checked.report, checked.causes)
    steps = [f"{number}. {step}" for number, step in enumerate(todo, 1)]
    return "\n".join([verdict(checked.library, checked.report), *limits(checked.library, checked.report), *steps])


def _table(lines: list[tuple[Finding, FindingLine]], header: int) -> Iterator[Step]:
    last_letters = column_letters(len(_COLUMNS))
    yield Write(RESULTS, f"A{header}", (tuple(_COLUMNS),))
    yield Look(RESULTS, f"A{header}:{last_letters}{header}", bold=True, ground=rgb(PALE))
    if lines:
        yield Write(RESULTS, f"A{header + 1}", tuple(_line(line) for _, line in lines))
        yield from _looks([finding.severity for finding, _ in lines], header + 1)
    for index, width in enumerate([*_COLUMNS.values(), *[0] * (SAID - REFERENCE + 1)], 1):
        yield Width(RESULTS, f"{column_letters(index)}{header}", width)
    yield Page(RESULTS, f"A{header}:{last_letters}{header + max(len(lines), 1)}")


def _looks(severities: list[Severity], first: int) -> Iterator[Step]:
    """Sentences over several lines, places as links, and each line's severity in its colour."""
    last = first + len(severities) - 1
    yield Look(RESULTS, f"{_SENTENCES[0]}{first}:{_SENTENCES[1]}{last}", wrapped=True)
    yield Look(RESULTS, f"{_PLACE}{first}:{_PLACE}{last}", ink=rgb(BLUE), wrapped=True)
    row = first
    for severity, group in groupby(severities):
        end = row + len(list(group))
        yield Look(RESULTS, f"{_SEVERITY}{row}:{_SEVERITY}{end - 1}", ground=_COLOURS[severity])
        row = end


def _line(line: FindingLine) -> tuple[Value, ...]:
    """What is read, then what is remembered of the cell: a formula that follows it, and the words."""
    sheet, cell = quoted(line.at.sheet), line.at.a1
    # An apostrophe inside the text of a link is doubled by the sheet's own quoting already.
    link = Formula(f'=HYPERLINK("#{sheet.replace(chr(34), chr(34) * 2)}!{cell}","{_plain(str(line.at))}")')
    shown = (line.severity, link, line.message, line.fix, line.why, line.code, line.explained)
    return (*shown, Formula(f"={sheet}!{_absolute(cell)}"), f"{line.severity}：{line.message}")


def _marks(checked: Checked, lines: list[tuple[Finding, FindingLine]], header: int) -> Iterator[Step]:
    if not lines:
        return
    present = {part.sheet_name for finding, _ in lines for part in checked.library[finding.at.row_type].parts}
    first, last = (column_letters(_MEMORY + offset) for offset in (0, SAID - REFERENCE))
    yield Name(FINDINGS_NAME, RESULTS, f"{first}{header + 1}:{last}{header + len(lines)}")
    yield Name(POSITION_NAME, RESULTS, f"{first}{header}")
    notes: dict[Address, list[str]] = {}
    for _, line in lines:
        notes.setdefault(line.at, []).append(line.message)
    for finding, line in lines:
        note = notes.pop(line.at, None)
        if note and line.at.sheet in present:
            yield Mark(*line.at, _COLOURS[finding.severity], "\n".join([MARK_BEGINS, *note]))


def _absolute(cell: str) -> str:
    letters, row = letters_and_row(cell)
    return f"${letters}${row}"


def _plain(text: str) -> str:
    return text.replace('"', '""')
