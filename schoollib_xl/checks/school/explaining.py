"""差异说明 (EXP): explanations that explain nothing, or no longer what they were written for."""

from collections.abc import Iterator

from schoollib_xl.checks.check import CHECKS, Alike, Found, Gap, Severity, check, found
from schoollib_xl.checks.explanations import (
    Explained,
    began_on,
    code_of,
    explanations,
    figures_of,
    gap_of,
    is_expired,
    number_of,
    sheet_called,
    shift_of,
    shift_said,
)
from schoollib_xl.checks.report import Finding, outcomes
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import cell, key_of
from schoollib_xl.ledgers.supporting.office import ExplanationRow


class _Compared:
    """The lines of 差异说明 beside what the checks they name find today."""

    def __init__(self, library: Library) -> None:
        codes = {code_of(row) for row in library[ExplanationRow]}
        named = [one for code, one in sorted(CHECKS.items()) if code in codes and not code.startswith("EXP")]
        came_to = outcomes(library, named)
        self.findings: list[Finding] = [finding for outcome in came_to for finding in outcome.findings]
        self.unchecked = {outcome.check.code for outcome in came_to if outcome.unchecked}
        self.lines: list[Explained] = list(explanations(library, self.findings))

    def lacks_its_number(self, line: Explained) -> bool:
        """Whether a line is of no line of a sheet, and what its check finds, unexplained, is of some."""
        if line.named or number_of(line.row):
            return False
        held = {index for one in self.lines for index in one.holds_for}
        code = code_of(line.row)
        return any(one.check.code == code and index not in held for index, one in enumerate(self.findings))


@check(
    "EXP001",
    title="没有这个核对编码",
    message="没有核对编码“{code}”，这一条说明没有用上。",
    why="编码写错，说明就对不上任何一处，那一处还算没有说明。",
    fix="先看核对结果里的编码，再照着改；不用了的说明，填上有效期至。",
    severity=Severity.WARNING,
    reads={},
)
def code_is_unknown(library: Library) -> Iterator[Found]:
    for row in library[ExplanationRow]:
        if code_of(row) not in CHECKS and not is_expired(library, row):
            yield found(cell(row, "code"))


@check(
    "EXP002",
    title="没有这张工作表",
    message="没有工作表“{sheet_name}”，这一条说明没有用上。",
    why="表名写错，说明就对不上任何一处，那一处还算没有说明。",
    fix="先看核对结果里的工作表，再照着改；不用了的说明，填上有效期至。",
    severity=Severity.WARNING,
    reads={},
)
def sheet_is_unknown(library: Library) -> Iterator[Found]:
    for row in library[ExplanationRow]:
        if sheet_called(library, row.sheet_name) is None and not is_expired(library, row):
            yield found(cell(row, "sheet_name"))


@check(
    "EXP003",
    title="表里没有这个编号",
    message="“{sheet_name}”里没有编号“{number}”，这一条说明没有用上。",
    why="编号写错，说明就对不上任何一处，那一处还算没有说明。",
    fix="先看核对结果里那一行的号，再照着改；说的是整张表的，编号写“—”；不用了的说明，填上有效期至。",
    severity=Severity.WARNING,
    reads={},
)
def number_is_unknown(library: Library) -> Iterator[Found]:
    declared = {one.name: one for one in ALL_SHEETS}
    for row in library[ExplanationRow]:
        sheet = declared.get(sheet_called(library, row.sheet_name) or "")
        number = number_of(row)
        if sheet is None or not number or is_expired(library, row) or code_of(row) not in CHECKS:
            continue
        table = library[sheet.row_type]
        numbers = {key_of(one) for one in table} | {str(one.values.get(sheet.key) or "") for one in table.incomplete}
        if table.present and number not in numbers:
            yield found(cell(row, "number"))
    compared = library.derive(_Compared)
    for line in compared.lines:
        if compared.lacks_its_number(line) and _is_sound(library, line.row) and not is_expired(library, line.row):
            yield found(cell(line.row, "number"))


@check(
    "EXP101",
    title="说明过了期，差异还在",
    message="{code}“{number}”的说明到 {valid_until} 为止，差异现在还在。",
    why="过了期的说明不再算数，这一处又要查。",
    fix="先查这一处；还是说得清，就改有效期至；查清了，就照核对结果改账。",
    severity=Severity.HINT,
    reads={},
)
def expired_but_still_there(library: Library) -> Iterator[Found]:
    for line in library.derive(_Compared).lines:
        if line.named and is_expired(library, line.row):
            yield found(cell(line.row, "valid_until"))


@check(
    "EXP102",
    title="说明还没写就过了期",
    message="这条说明是 {written_on} 写的，有效期却只到 {valid_until}。",
    why="有效期在写的那天以前，这条说明一天也没有管用过。",
    fix="先看哪一个日期写错了，再改正。",
    severity=Severity.WARNING,
    reads={ExplanationRow: "written_on valid_until"},
)
def expired_before_written(library: Library) -> Iterator[Found]:
    for row in library[ExplanationRow]:
        if row.valid_until and row.valid_until < row.written_on:
            yield found(cell(row, "valid_until"), cell(row, "written_on"))


@check(
    "EXP103",
    title="说明写在要说明的事以前",
    message="{code}“{number}”的说明是 {written_on} 写的，那一行 {began} 才有。",
    why="事情还没有，说明就写不出来；日期不对，过后看不出是谁在什么时候说的。",
    fix="先看说明的日期和编号哪一个写错了，再改正。",
    severity=Severity.HINT,
    reads={},
)
def written_before_its_row(library: Library) -> Iterator[Found]:
    compared = library.derive(_Compared)
    for line in compared.lines:
        began = [began_on(library, compared.findings[index]) for index in line.holds_for]
        if began and all(day and line.row.written_on < day <= library.as_of for day in began):
            yield found(cell(line.row, "written_on"), cell(line.row, "number"), began=min(filter(None, began)))


@check(
    "EXP201",
    title="说明的数和现在的差异不一样",
    message="{code}“{number}”的说明写的是{said}，现在的差异是{now}。",
    why="说明只管写它的时候那一处差异，数变了就要重新查。",
    fix="先查差异为什么变了；说得清，就照现在的数改说明；说不清，就照核对结果改账。",
    severity=Severity.HINT,
    reads={},
)
def figures_have_changed(library: Library) -> Iterator[Found]:
    compared = library.derive(_Compared)
    for line in compared.lines:
        if line.holds_for or is_expired(library, line.row):
            continue
        named = [compared.findings[index] for index in line.named]
        gaps = [gap for finding in named if (gap := gap_of(finding))]
        if gaps and line.figures:
            said = f" {'、'.join(map(str, sorted(line.figures)))}"
            yield found(cell(line.row, "text"), said=said, now=gaps[0])
        shifts = [days for finding in named if (days := shift_of(library, finding))]
        days_said = shift_said(line.row)
        if shifts and days_said:
            yield found(cell(line.row, "text"), said=f" {days_said} 天", now=Gap(shifts[0], "天"))


@check(
    "EXP202",
    title="说明没有写差多少",
    message="{code}“{number}”现在的差异是{now}，说明里没有写差多少{alike}。",
    why="写了数，以后差异变了才看得出来。",
    fix="在说明里照核对结果写上差多少，连单位一起写。",
    severity=Severity.HINT,
    reads={},
)
def figure_is_not_said(library: Library) -> Iterator[Found]:
    compared = library.derive(_Compared)
    without: list[tuple[ExplanationRow, Gap]] = []
    for line in compared.lines:
        gaps = [gap for index in line.holds_for if (gap := gap_of(compared.findings[index]))]
        if gaps and not figures_of(line.row):
            without.append((line.row, gaps[0]))
    if without:
        (row, gap), *others = without
        yield found(cell(row, "text"), now=gap, alike=Alike(len(others)))


@check(
    "EXP301",
    title="一条说明对得上几处",
    message="{code}“{number}”现在有 {count} 处，这一条说明只管其中一处。",
    why="一条说明管一处，别的几处还要查。",
    fix="先看核对结果里是哪几处；在说明里写明差多少，一处写一行。",
    severity=Severity.HINT,
    reads={},
)
def names_several(library: Library) -> Iterator[Found]:
    lines = library.derive(_Compared).lines
    held = {index for line in lines for index in line.holds_for}
    for line in lines:
        if line.holds_for and any(index not in held for index in line.named):
            yield found(cell(line.row, "number"), count=len(line.named))


@check(
    "EXP901",
    title="说的差异已经没有了",
    message="{code}“{number}”现在没有差异，这一条说明用不着了。",
    why="用不着的说明留着，以后再出同样的差异就看不出来。",
    fix="在有效期至填上今天以前的日子，说明留着备查。",
    severity=Severity.HINT,
    reads={},
)
def explains_nothing(library: Library) -> Iterator[Found]:
    compared = library.derive(_Compared)
    sound = {row.line for row in library[ExplanationRow] if _is_sound(library, row)}
    for line in compared.lines:
        is_judged = code_of(line.row) in CHECKS and code_of(line.row) not in compared.unchecked
        is_of_none = not line.named and not compared.lacks_its_number(line)
        if line.row.line in sound and is_of_none and is_judged and not is_expired(library, line.row):
            yield found(cell(line.row, "code"))


def _is_sound(library: Library, row: ExplanationRow) -> bool:
    """Whether the line names a sheet and a line that there are: otherwise that is said (EXP002, EXP003)."""
    sheet = sheet_called(library, row.sheet_name)
    table = next((library[one.row_type] for one in ALL_SHEETS if one.name == sheet), None)
    if table is None:
        return False
    number = number_of(row)
    return not number or any(key_of(one) == number for one in table)
