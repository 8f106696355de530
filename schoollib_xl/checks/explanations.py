"""差异说明: which findings a line of it explains. It holds for what it was given for, and for nothing more."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from schoollib_xl.checks.check import Check, Gap
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.rules.days_told import days_told

# What stands in 编号 where a finding is about a sheet and not about one of its lines.
_NO_NUMBER = frozenset("-—–－―/无")
# A sum with its unit, as the findings say it: 少 1.00 元, 多 2 册. Dates and document numbers have other units.
_UNITS = "元|册|种|期|个|人|次|天|笔|本"
_FIGURE = rf"(\d[\d,，]*(?:\.\d+)?)\s*({_UNITS})(?!月)"
# 第3期, 第3、4期, 第1至3册 say which, not how many.
_WHICH = rf"第\s*\d+(?:\s*[-—–~～至到、,，和及]\s*第?\s*\d+)*\s*(?:{_UNITS})"
# What stands right before a figure that is said to be a difference: 少交1元, 相差 3 册; 少儿书 3 册 is none.
_OFF = r"(?:[多欠缺短]|少(?![儿年先])|差(?!旅))[^\d，。；：、,;]{0,3}$"
# By how many days a day was put off or moved to, as the text has it: 顺延1天, 推迟到10月9日.
_MOVED_BY = re.compile(r"(?:顺延|推迟|延后|延长|延期|提前|[延晚早迟])(?:了|还了?)?\s*(\d{1,3})\s*天")
_MOVED_TO = re.compile(r"(?:顺延|推迟|延后|延长|延期|提前|[延改])[到至为成](\S*)")
# Days of school may have been counted, and the longest holiday of a term lie between.
_NOT_COUNTED = 14
# Of a name so many characters together are what she calls it by.
_CALLED = 2


class Explicable(Protocol):
    """What a finding must tell to be explained."""

    @property
    def check(self) -> Check: ...
    @property
    def at(self) -> Cell: ...
    @property
    def key(self) -> str: ...
    @property
    def facts(self) -> dict[str, Any]: ...


class Explained(NamedTuple):
    """A line of 差异说明 with the findings it names, and those of them it holds for."""

    row: ExplanationRow
    named: tuple[int, ...]
    holds_for: tuple[int, ...]

    @property
    def figures(self) -> frozenset[Decimal]:
        return figures_of(self.row)


class _Name(NamedTuple):
    code: str
    sheet: str
    number: str


class _Said(NamedTuple):
    amount: Decimal
    before: str

    @property
    def is_difference(self) -> bool:
        return re.search(_OFF, self.before.strip()) is not None


def figures_of(row: ExplanationRow) -> frozenset[Decimal]:
    """The sums an explanation says it is for."""
    return frozenset(said.amount for said in _said_in(row.text))


def _said_in(text: str) -> list[_Said]:
    """The sums in a text, each with the words since the one before it."""
    plain, end = re.sub(_WHICH, "", text), 0
    said: list[_Said] = []
    for match in re.finditer(_FIGURE, plain):
        amount = Decimal(match[1].replace(",", "").replace("，", ""))
        said.append(_Said(amount, plain[end : match.start()]))
        end = match.end()
    return said


def gap_of(finding: Explicable) -> Gap | None:
    """The difference a finding is about, where it is about one."""
    return next((fact for fact in finding.facts.values() if isinstance(fact, Gap)), None)


def shift_of(library: Library, finding: Explicable) -> int | None:
    """By how many days the day a finding is about differs from the right one, where it is about such a day."""
    row = library[finding.at.row_type].row_at(finding.at.line)
    stated, right = getattr(row, finding.at.field, None), finding.facts.get("right")
    return (stated - right).days if isinstance(stated, date) and isinstance(right, date) else None


def shift_said(row: ExplanationRow) -> int | None:
    """By how many days an explanation says that a day was moved, at most."""
    return max(map(int, _MOVED_BY.findall(row.text)), default=None)


def explanations(library: Library, findings: Sequence[Explicable]) -> Iterator[Explained]:
    """Each line of 差异说明 with the findings it names by code, sheet and number; an expired one holds for none."""
    by_name: dict[_Name, list[int]] = {}
    for index, finding in enumerate(findings):
        name = _Name(finding.check.code, SHEETS[finding.at.row_type].name, finding.key)
        by_name.setdefault(name, []).append(index)
    for row in library[ExplanationRow]:
        named = by_name.get(_name(library, row), [])
        holds = [] if is_expired(library, row) else _held(library, row, [(index, findings[index]) for index in named])
        yield Explained(row, tuple(named), tuple(holds))


def is_expired(library: Library, row: ExplanationRow) -> bool:
    """Whether 有效期至 is over."""
    return row.valid_until is not None and row.valid_until < library.as_of


def sheet_called(library: Library, name: str) -> str | None:
    """The standard name of a sheet that is named by it or by the school's own; None where there is none such."""
    plain = name.strip().replace("帐", "账")
    own_names = {part.sheet_name: declared.name for declared in ALL_SHEETS for part in library[declared.row_type].parts}
    standard = {declared.name for declared in ALL_SHEETS}
    return own_names.get(name) or (plain if plain in standard else None)


def with_standard_name(row: ExplanationRow, *books: Library) -> ExplanationRow:
    """The line with the standard name of its sheet, as a new workbook has it, where one of the books knows it."""
    called = (sheet_called(library, row.sheet_name) for library in books if row.sheet_name)
    return row._replace(sheet_name=next(filter(None, called), row.sheet_name))


def code_of(row: ExplanationRow) -> str:
    """核对编码 as checks have it."""
    return row.code.strip().upper()


def number_of(row: ExplanationRow) -> str:
    """编号 as findings have it: nothing for a finding about the sheet."""
    number = row.number.strip()
    return "" if set(number) <= _NO_NUMBER else number


def _name(library: Library, row: ExplanationRow) -> _Name:
    return _Name(code_of(row), sheet_called(library, row.sheet_name) or "", number_of(row))


def _held(library: Library, row: ExplanationRow, named: list[tuple[int, Explicable]]) -> list[int]:
    """Of the findings a line names, those it was given for: of its figures; else, of several, the one it can
    be about, which is of the class it speaks of or had happened when it was written.
    """
    named = [one for one in named if _is_moved_so(library, row, one[1])]
    if said := _said_in(row.text):
        return [index for index, finding in named if _is_of(said, finding)]
    if len({finding.at.line for _, finding in named}) > 1 or any(gap_of(finding) for _, finding in named):
        past = [one for one in named if (_happened(library, one[1]) or date.min) <= row.written_on]
        spoken = [one for one in named if _is_spoken_of(row, one[1])]
        first = next(iter(spoken or past or named))[1]
        named = [one for one in named if one[1].at.line == first.at.line and (one[1] is first or not gap_of(first))]
    return [index for index, _ in named]


def _is_moved_so(library: Library, row: ExplanationRow, finding: Explicable) -> bool:
    """Whether an explanation that says by how many days a day was moved, or to which, is still of the finding."""
    shift = shift_of(library, finding)
    if shift is None:
        return True
    said, at = shift_said(row), library[finding.at.row_type].row_at(finding.at.line)
    told = [day for text in _MOVED_TO.findall(row.text) for day in days_told(text, library.year_begins.year)[:1]]
    return (said is None or abs(shift) <= said + _NOT_COUNTED) and (not told or getattr(at, finding.at.field) in told)


def _is_of(said: list[_Said], finding: Explicable) -> bool:
    """Whether an explanation of these sums is of the finding: it says the difference; or none, and two sums that are
    apart by it, or nothing but sums of the finding by their names. One of its two sums stays as it was when the other
    changes.
    """
    gap = gap_of(finding)
    if gap is None or any(one.amount == abs(gap.amount) for one in said):
        return True
    if any(one.is_difference for one in said):
        return False
    sums = _sums_of(finding)
    known = [one for one in said if one.amount in sums]
    if any(abs(one.amount - other.amount) == abs(gap.amount) for one in known for other in said):
        return True
    return len(known) == len(said) and all(_is_called(one.before, sums[one.amount]) for one in known)


def _sums_of(finding: Explicable) -> dict[Decimal, str]:
    """Every sum that a finding says but the difference, with what the sentence calls it."""
    said = {name: before for before, name in re.findall(r"([^{}，。]*)\{(\w+)\}", finding.check.message)}
    sums: dict[Decimal, str] = {}
    for name, value in finding.facts.items():
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            amount = abs(Decimal(value))
            sums[amount] = sums.get(amount, "") + said.get(name, "")
    return sums


def _is_called(text: str, name: str) -> bool:
    """Whether a text has some characters of a name that stand together there: 个别账 is 个别账单价合计."""
    return any(name[at : at + _CALLED] in text for at in range(len(name) - _CALLED + 1))


def _is_spoken_of(row: ExplanationRow, finding: Explicable) -> bool:
    letter = finding.facts.get("letter")
    return letter is not None and re.search(rf"{letter}\s*类", row.text) is not None


def began_on(library: Library, finding: Explicable) -> date | None:
    """The first date on the finding's line, where the finding is not about it: before that day there was no such line.
    A journal is ordered ahead of its period, and what is opened anew each year was there in the last one.
    """
    row, days = library[finding.at.row_type].row_at(finding.at.line), _days_of(finding)
    first = next(iter(days), None)
    if row is None or first is None or first == finding.at.field or finding.at.row_type is PeriodicalRow:
        return None
    if getattr(row, "flow", None) is Flow.OPENING:
        return None
    return getattr(row, first, None)


def _days_of(finding: Explicable) -> list[str]:
    return [field.name for field in SHEETS[finding.at.row_type].fields if field.kind is Kind.DATE]


def _happened(library: Library, finding: Explicable) -> date | None:
    """The last date on the finding's line that is over; None where it bears none."""
    row = library[finding.at.row_type].row_at(finding.at.line)
    dates: Iterable[Any] = (getattr(row, name, None) for name in _days_of(finding))
    return max((day for day in dates if isinstance(day, date)), default=None)
