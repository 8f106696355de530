"""差异说明: which findings a line of it explains. It holds for what it was given for, and for nothing more."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from schoollib_xl.checks.check import Check, Gap
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind
from schoollib_xl.ledgers.supporting.office import ExplanationRow

# What stands in 编号 where a finding is about a sheet and not about one of its lines.
_NO_NUMBER = frozenset("-—–－―/无")
# A sum with its unit, as the findings say it: 少 1.00 元, 多 2 册. Dates and document numbers have other units.
_FIGURE = r"(\d[\d,，]*(?:\.\d+)?)\s*(元|册|种|期|个|人|次|天|笔|本)(?!月)"


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


def figures_of(row: ExplanationRow) -> frozenset[Decimal]:
    """The sums an explanation says it is for."""
    found = re.findall(_FIGURE, row.text)
    return frozenset(abs(Decimal(number.replace(",", "").replace("，", ""))) for number, _ in found)


def gap_of(finding: Explicable) -> Gap | None:
    """The difference a finding is about, where it is about one."""
    return next((fact for fact in finding.facts.values() if isinstance(fact, Gap)), None)


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
    if figures := figures_of(row):
        return [index for index, finding in named if _is_of(figures, finding)]
    if len({finding.at.line for _, finding in named}) > 1 or any(gap_of(finding) for _, finding in named):
        past = [one for one in named if (_happened(library, one[1]) or date.min) <= row.written_on]
        spoken = [one for one in named if _is_spoken_of(row, one[1])]
        first = next(iter(spoken or past or named))[1]
        named = [one for one in named if one[1].at.line == first.at.line and (one[1] is first or not gap_of(first))]
    return [index for index, _ in named]


def _is_of(figures: frozenset[Decimal], finding: Explicable) -> bool:
    """Whether an explanation of these sums is of the finding: it says the difference, or nothing but sums of the
    finding. One of its two sums stays as it was when the other changes.
    """
    gap = gap_of(finding)
    return gap is None or abs(gap.amount) in figures or figures <= _figures_in(finding)


def _figures_in(finding: Explicable) -> set[Decimal]:
    """Every sum that a finding says."""
    gap = gap_of(finding)
    values = [*finding.facts.values(), *([gap.amount] if gap else [])]
    return {abs(Decimal(value)) for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)}


def _is_spoken_of(row: ExplanationRow, finding: Explicable) -> bool:
    letter = finding.facts.get("letter")
    return letter is not None and re.search(rf"{letter}\s*类", row.text) is not None


def _happened(library: Library, finding: Explicable) -> date | None:
    """The last date on the finding's line that is over; None where it bears none."""
    row = library[finding.at.row_type].row_at(finding.at.line)
    dates: Iterable[Any] = (
        getattr(row, f.name, None) for f in SHEETS[finding.at.row_type].fields if f.kind is Kind.DATE
    )
    return max((day for day in dates if isinstance(day, date)), default=None)
