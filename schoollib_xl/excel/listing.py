"""What a check found, into the open workbook: the sheet 核对结果, and the cells it names in colour."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from schoollib_xl.actions.checking import Checked
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
from schoollib_xl.sheets.cells import letters_and_row
from schoollib_xl.sheets.layout import RESULTS, quoted
from schoollib_xl.sheets.styles import BLUE, GREY, GROUNDS, PALE, rgb
from schoollib_xl.wording import answer
from schoollib_xl.wording.answer import FINDINGS_IN_EXCEL, Shade, Table, in_words, widths_of
from schoollib_xl.wording.buttons import MARK_BEGINS
from schoollib_xl.wording.check_answer import LISTED_IN_EXCEL, findings_table
from schoollib_xl.wording.finding_kinds import SHADES, FindingLine, finding_line
from schoollib_xl.wording.findings import Address, column_letters
from schoollib_xl.wording.first_steps import AGAIN, STEPS, numbered, steps_to_take
from schoollib_xl.wording.summary import limits, verdict
from schoollib_xl.wording.zh import SEVERITY, listed

_GROUNDS = {shade: rgb(colour) for shade, colour in GROUNDS.items()}
_MEMORY = len(LISTED_IN_EXCEL) + 1
# Kinds whose rest is named in the sentence about what is not listed.
_MOST_KINDS = 8


def listing(checked: Checked) -> Iterator[Step]:
    """The steps that take the last check's marks away, list what this one found, and mark its cells."""
    findings = some_of_every_kind(checked.report.findings, FINDINGS_IN_EXCEL)
    lines = [finding_line(checked.library, finding) for finding in findings]
    above = [*_above(checked, findings)]
    present = {part.sheet_name for finding in findings for part in checked.library[finding.at.row_type].parts}
    yield Unmark()
    yield Sheet(RESULTS)
    yield Write(RESULTS, "A1", tuple((line,) for line in above))
    yield Look(RESULTS, "A1", bold=True)
    yield from _table(lines, len(above) + 1)
    yield from _marks(lines, present, len(above) + 1)
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


def _above(checked: Checked, shown: Sequence[Finding]) -> Iterator[str]:
    """What stands above the table: what came out, what to do first, what is not listed."""
    yield verdict(checked.library, checked.report)
    yield from limits(checked.library, checked.report)
    if not checked.report.findings:
        yield "没有要改的地方。"
    if checked.cannot_tell:
        yield checked.cannot_tell
    steps = numbered(steps_to_take(checked.library, checked.report, checked.causes))
    yield from [f"{STEPS}：", *steps, AGAIN] if steps else []
    if len(shown) < len(checked.report.findings):
        yield _left_out(checked.report.findings, shown)


def _left_out(findings: Sequence[Finding], shown: Sequence[Finding]) -> str:
    rest = Counter(finding.check.code for finding in findings)
    rest.subtract(finding.check.code for finding in shown)
    kinds = [f"{code} {count} 处" for code, count in rest.most_common() if count]
    named = listed(kinds, _MOST_KINDS, "种")
    return f"下面列出 {len(shown)} 处，每一种都有；没有列出的还有：{named}。改完再核对一次。"


def _said(checked: Checked) -> str:
    steps = numbered(steps_to_take(checked.library, checked.report, checked.causes))
    return "\n".join([verdict(checked.library, checked.report), *limits(checked.library, checked.report), *steps])


def _table(lines: Sequence[FindingLine], header: int) -> Iterator[Step]:
    """The list as every table of findings is, and beside it, hidden, what is remembered of each cell: a formula that
    follows it, and the words.
    """
    table, last = findings_table(LISTED_IN_EXCEL, lines), column_letters(len(LISTED_IN_EXCEL))
    yield Write(RESULTS, f"A{header}", (tuple(table.header),))
    yield Look(RESULTS, f"A{header}:{last}{header}", bold=True, ground=rgb(PALE))
    if lines:
        rows = [(*map(_shown, row), *_remembered(line)) for row, line in zip(table.rows, lines, strict=True)]
        yield Write(RESULTS, f"A{header + 1}", tuple(rows))
        yield from _looks(table, header + 1)
    for index, width in enumerate([*widths_of(LISTED_IN_EXCEL), *[0] * (SAID - REFERENCE + 1)], 1):
        yield Width(RESULTS, f"{column_letters(index)}{header}", width)
    yield Page(RESULTS, f"A{header}:{last}{header + max(len(lines), 1)}")


def _looks(table: Table, first: int) -> Iterator[Step]:
    """Everything may run over several lines; places as links, colours as the table has them."""
    last, letters = first + len(table.rows) - 1, [column_letters(index) for index in range(1, len(table.header) + 1)]
    yield Look(RESULTS, f"{letters[0]}{first}:{letters[-1]}{last}", wrapped=True)
    for letter, value in zip(letters, table.rows[0], strict=True):
        if isinstance(value, Address):
            yield Look(RESULTS, f"{letter}{first}:{letter}{last}", ink=rgb(BLUE), wrapped=True)
    row = first
    for shades, group in groupby(table.shades):
        end = row + len(list(group)) - 1
        if isinstance(shades, Sequence):
            for letter, shade in zip(letters, shades, strict=True):
                if shade in _GROUNDS:
                    yield Look(RESULTS, f"{letter}{row}:{letter}{end}", ground=_GROUNDS[shade])
        elif shades is Shade.GREY:
            yield Look(RESULTS, f"{letters[0]}{row}:{letters[-1]}{end}", ink=rgb(GREY), wrapped=True)
        row = end + 1


def _shown(value: answer.Value) -> Value:
    """A value as a cell takes it, an address as a link."""
    if not isinstance(value, Address):
        return in_words(value)
    # An apostrophe inside the text of a link is doubled by the sheet's own quoting already.
    target = f"{quoted(value.sheet)}!{value.a1}"
    return Formula(f'=HYPERLINK("#{_plain(target)}","{_plain(str(value))}")')


def _remembered(line: FindingLine) -> tuple[Value, ...]:
    return Formula(f"={quoted(line.at.sheet)}!{_absolute(line.at.a1)}"), f"{SEVERITY[line.severity]}：{line.message}"


def _marks(lines: Sequence[FindingLine], present: Collection[str], header: int) -> Iterator[Step]:
    """What the macros walk through, and each cell in the colour of its worst finding."""
    if not lines:
        return
    first, last = (column_letters(_MEMORY + offset) for offset in (0, SAID - REFERENCE))
    yield Name(FINDINGS_NAME, RESULTS, f"{first}{header + 1}:{last}{header + len(lines)}")
    yield Name(POSITION_NAME, RESULTS, f"{first}{header}")
    notes: dict[Address, list[str]] = {}
    for line in lines:
        notes.setdefault(line.at, []).append(line.message)
    for line in lines:
        note = notes.pop(line.at, None)
        if note and line.at.sheet in present:
            yield Mark(*line.at, _GROUNDS[SHADES[line.severity]], "\n".join([MARK_BEGINS, *note]))


def _absolute(cell: str) -> str:
    letters, row = letters_and_row(cell)
    return f"${letters}${row}"


def _plain(text: str) -> str:
    return text.replace('"', '""')
