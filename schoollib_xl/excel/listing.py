"""What a check found, into the open workbook: the sheet 核对结果, and the cells it names in colour."""

from collections.abc import Iterator
from itertools import groupby

from schoollib_xl.actions.checking import Checked
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.excel.steps import (
    COLOUR,
    FINDINGS_NAME,
    POSITION_NAME,
    REFERENCE,
    SAID,
    Formula,
    Look,
    Mark,
    Name,
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
from schoollib_xl.wording.findings import Message, column_letters, message_of
from schoollib_xl.wording.summary import limits, steps_to_take, verdict
from schoollib_xl.wording.zh import SEVERITY

# What she can work through before checking again; marking a cell takes Excel some milliseconds.
MOST_LISTED = 300
_COLOURS = {severity: rgb(colour) for severity, colour in SEVERITY_COLOURS.items()}
_COLUMNS = {"程度": 7, "哪里": 22, "哪里不对": 60, "怎么改": 50, "编码": 10, "说明": 8}
_MEMORY = len(_COLUMNS) + 1
_HEADER_ROW = 4
_FIRST_ROW = _HEADER_ROW + 1


def listing(checked: Checked) -> Iterator[Step]:
    """The steps that take the last check's marks away, list what this one found, and mark its cells."""
    findings = checked.report.findings[:MOST_LISTED]
    told = [(finding, message_of(checked.library, finding)) for finding in findings]
    yield Unmark()
    yield Sheet(RESULTS)
    yield Write(RESULTS, "A1", ((verdict(checked.library, checked.report),), (_below(checked),), (_first(checked),)))
    yield Look(RESULTS, "A1", bold=True)
    yield from _table(told)
    yield from _marks(checked, told)
    yield Show(RESULTS, "A1")
    yield Say(_said(checked))


def _below(checked: Checked) -> str:
    left_out = len(checked.report.findings) - MOST_LISTED
    more = [f"只列出前 {MOST_LISTED} 处，另有 {left_out} 处，改完再核对一次。"] if left_out > 0 else []
    nothing = [] if checked.report.findings else ["没有要改的地方。"]
    return "".join([*limits(checked.report), *more, *nothing, checked.cannot_tell])


def _first(checked: Checked) -> str:
    """What to correct first, in one line; nothing where no cause is known."""
    if not checked.causes or not checked.causes.found:
        return ""
    from schoollib_xl.wording.causes import FIRST, steps

    numbered = (f"{number}. {step}" for number, step in enumerate(steps(checked.library, checked.causes), 1))
    return f"{FIRST}：{'；'.join(numbered)}。"


def _said(checked: Checked) -> str:
    todo = steps_to_take(checked.library, checked.report, checked.causes)
    steps = [f"{number}. {step}" for number, step in enumerate(todo, 1)]
    return "\n".join([verdict(checked.library, checked.report), *limits(checked.report), *steps])


def _table(told: list[tuple[Finding, Message]]) -> Iterator[Step]:
    yield Write(RESULTS, f"A{_HEADER_ROW}", (tuple(_COLUMNS),))
    yield Look(RESULTS, f"A{_HEADER_ROW}:{column_letters(len(_COLUMNS))}{_HEADER_ROW}", bold=True, ground=rgb(PALE))
    if told:
        yield Write(RESULTS, f"A{_FIRST_ROW}", tuple(_line(finding, said) for finding, said in told))
        yield from _looks([finding.severity for finding, _ in told])
    for index, width in enumerate([*_COLUMNS.values(), 0, 0, 0, 0], 1):
        yield Width(RESULTS, f"{column_letters(index)}{_HEADER_ROW}", width)


def _looks(severities: list[Severity]) -> Iterator[Step]:
    """Sentences over several lines, places as links, and each line's severity in its colour; worst come first."""
    last = _FIRST_ROW + len(severities) - 1
    yield Look(RESULTS, f"C{_FIRST_ROW}:D{last}", wrapped=True)
    yield Look(RESULTS, f"B{_FIRST_ROW}:B{last}", ink=rgb(BLUE), wrapped=True)
    row = _FIRST_ROW
    for severity, group in groupby(severities):
        end = row + len(list(group))
        yield Look(RESULTS, f"A{row}:A{end - 1}", ground=_COLOURS[severity])
        row = end


def _line(finding: Finding, said: Message) -> tuple[Value, ...]:
    """What is read, then what is remembered of the cell: a formula that follows it, its colour, its note, the words."""
    sheet, cell = quoted(said.at.sheet), said.at.a1
    # An apostrophe inside the text of a link is doubled by the sheet's own quoting already.
    link = Formula(f'=HYPERLINK("#{sheet.replace(chr(34), chr(34) * 2)}!{cell}","{_plain(str(said.at))}")')
    explained = "已说明" if finding.explained else ""
    words = f"{SEVERITY[finding.severity]}：{said.message}"
    memory: dict[int, Value] = {REFERENCE: Formula(f"={sheet}!{_absolute(cell)}"), SAID: words}
    shown: tuple[Value, ...] = (SEVERITY[finding.severity], link, said.message, said.fix, finding.check.code, explained)
    return (*shown, *(memory.get(column) for column in range(REFERENCE, SAID + 1)))


def _marks(checked: Checked, told: list[tuple[Finding, Message]]) -> Iterator[Step]:
    present = {part.sheet_name for finding, _ in told for part in checked.library[finding.at.row_type].parts}
    first, last = column_letters(_MEMORY), column_letters(_MEMORY + SAID - REFERENCE)
    if not told:
        return
    yield Name(FINDINGS_NAME, RESULTS, f"{first}{_FIRST_ROW}:{last}{_FIRST_ROW + len(told) - 1}")
    yield Name(POSITION_NAME, RESULTS, f"{column_letters(_MEMORY + COLOUR - REFERENCE)}{_HEADER_ROW}")
    notes: dict[tuple[str, str], list[str]] = {}
    for _, said in told:
        notes.setdefault((said.at.sheet, said.at.a1), []).append(said.message)
    for line, (finding, said) in enumerate(told, 1):
        note = notes.pop((said.at.sheet, said.at.a1), None)
        if note and said.at.sheet in present:
            yield Mark(*said.at, _COLOURS[finding.severity], "\n".join(["核对：", *note]), line)


def _absolute(cell: str) -> str:
    letters, row = letters_and_row(cell)
    return f"${letters}${row}"


def _plain(text: str) -> str:
    return text.replace('"', '""')
