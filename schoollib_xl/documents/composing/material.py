"""What a paper rests on: the library, its quotas, and its checks where the paper speaks of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from schoollib_xl.checks.report import Report
from schoollib_xl.checks.status import Later, entered_later, without_later
from schoollib_xl.documents.composing.weeks import months_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.school import Term, TermName, first_year, year_named
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.quotas.basis.period import Period
from schoollib_xl.quotas.borrowing.overdue import OverdueLoan, not_back_by, perhaps_late
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.rules.incidents import open_lines
from schoollib_xl.wording.papers.provenance import Figure

# The second term begins after 春节: from February on, up to the summer holiday; the first in the weeks before it.
_SECOND_TERM = range(2, 8)
_FIRST_TERM = (8, 9, 10, 11, 12, 1)
P = TypeVar("P", covariant=True)


class CannotCompose(Exception):
    """A paper for which something indispensable is missing; says so in one sentence."""


@dataclass(frozen=True)
class SourceMaterial:
    """A library with its quotas; `report` is None where a paper says nothing about the checks."""

    library: Library
    quotas: Statement
    report: Report | None

    @property
    def period(self) -> Period | None:
        return self.quotas.period

    @property
    def cut_off(self) -> date:
        """The day the figures are counted up to."""
        return self.period.cut_off if self.period else self.library.as_of

    @property
    def window(self) -> Term | None:
        """The days of the term up to the cut-off; None where the term is not known."""
        return self.period.window if self.period else None

    @cached_property
    def school(self) -> str:
        """The name on every paper; raises CannotCompose where 基本信息 has none."""
        if name := self.library.school.name:
            return name
        raise CannotCompose("基本信息里没有学校名称，文件没有抬头和落款，填上以后再试。")

    @cached_property
    def later(self) -> Later:
        """The entries of days after the cut-off: the paper is not about them."""
        return entered_later(self.library, self.cut_off)

    @cached_property
    def overdue(self) -> tuple[OverdueLoan, ...] | None:
        """What was not back on the cut-off though due by then (reminders alone are of the day they are written); None
        where a line that cannot be read may be of such a copy.
        """
        return None if perhaps_late(self.library, self.cut_off) else self.library.derive(not_back_by, self.cut_off)

    @cached_property
    def open_incidents(self) -> tuple[int, ...] | None:
        """The lines of the incidents that are not settled on the cut-off; None where that cannot be told."""
        return open_lines(self.library, self.cut_off)

    @cached_property
    def found(self) -> Report | None:
        """What the checks found, but for later entries."""
        return self.report and without_later(self.report, self.later)

    @property
    def signed_by(self) -> str:
        return f"{self.school}图书室"

    @cached_property
    def is_set_term(self) -> bool:
        """Whether the papers are about the term whose name 基本信息 gives."""
        school = self.library.school
        return self.period is None or school.term is None or self.period.term == school.term

    @cached_property
    def school_year(self) -> str:
        """学年 with the dash papers use, 2025—2026; from the dates where 基本信息 does not say."""
        written = self.library.school.school_year if self.is_set_term else None
        year = year_named(written) if written else first_year(self._first_day)
        return f"{year}—{year + 1}" if year else str(written)

    @cached_property
    def term_name(self) -> str:
        """第一学期 or 第二学期; from the dates where 基本信息 does not say."""
        if (written := self.library.school.term_name) and self.is_set_term:
            return written.value
        return (TermName.SECOND if self._first_day.month in _SECOND_TERM else TermName.FIRST).value

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The months of the term in its own order; where its days are not known, those a term of its name has."""
        if self.period:
            return months_of(self.period.term)
        return _FIRST_TERM if self.term_name == TermName.FIRST.value else tuple(_SECOND_TERM)

    @property
    def _first_day(self) -> date:
        return self.period.term.start if self.period else self.library.as_of

    def setting(self, *items: str) -> tuple[Cell, ...]:
        """The cells of some settings."""
        return tuple(Cell(SettingRow, row.line, "value") for row in self.library[SettingRow] if row.item in items)


@dataclass(frozen=True)
class CheckedMaterial(SourceMaterial):
    """Material of a paper that tells what the checks found."""

    report: Report


@dataclass(frozen=True)
class Composed(Generic[P]):
    """`name` is the paper's name without version and date; `template` the name of its template."""

    name: str
    template: str
    paper: P
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
