"""What no source says: the rows every new workbook starts with, and what the data themselves propose."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, PARAMETERS, READERS
from schoollib_xl.adoption.forms.said_round import schools_over
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.opening_days import OpenDays, usual_term, with_usual_term
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.settings.lending_rules import (
    parameters_in_words,
    rule_in_words,
    with_a_rule_for_all,
    with_old_rules,
    with_one_for_all,
    with_parameters,
    with_usual_copies,
    with_what_a_rule_needs,
)
from schoollib_xl.adoption.settings.parameters import COPIES, DAYS, Parameter, take_parameters
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, School, year_begun
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.sheets.building.prompts import setting_rows
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.wording.zh import say

WIDTH = "个别登记号位数"
NAMED = "学校名称照旧表的标题写“{name}”；要用全称，在基本信息里改。"
_NAME = "学校名称"
_SETTINGS_NOTE = "接收时先按通常的日期填，照本校校历改"
_TERM_ITEMS = ("学年", "学期", "学期开始", "学期结束")


class Defaults:
    """Completes the rows taken over; `open_days` are the weekdays the records of loans tell of."""

    def __init__(
        self, options: Options, journal: Journal, records: Mapping[TableKind, Sequence[Record]], open_days: OpenDays
    ) -> None:
        self._options = options
        self._journal = journal
        self._records = records
        self._open_days = open_days
        self._rows: dict[type[Any], list[Any]] = {}
        self._school = School()

    def complete(self, school: School, rows: dict[type[Any], list[Any]]) -> School:
        """Fill in what the rows lack; the settings with the usual dates of the term where no source says them."""
        name = school.name or self._name_told()
        self._school, self._rows = school._replace(name=name), rows
        self._rules()
        self._shipped()
        if self._lacks_term():
            self._settings()
        if name and not school.name:
            self._enter_name(name)
        self._width()
        self._school_days()
        self._out_of_term()
        return self._school

    def _shipped(self) -> None:
        begun: list[str] = []
        for row_type, shipped in starting_ledger_set(self._options.opening_day).ledger_set.rows.items():
            if not self._rows.get(row_type):
                self._rows[row_type] = _since_the_first_loan(shipped, self._rows[LoanRow])
                begun.append(SHEETS[row_type].name)
                if row_type is OpeningRow:
                    self._rows[row_type] = self._open_days.of(shipped)
        if begun:
            self._journal.assumed.append(
                f"{'、'.join(begun)}，旧表里没有，先放了通行的内容，照本校的改；"
                "不用改的，在基本信息的“已确认”里写上表名。"
            )

    def _lacks_term(self) -> bool:
        """Whether the settings of the sources leave the days of the term to be told by year and term, or by today."""
        school = self._school
        if school.term_start or school.term_end:
            # Where one end is said, the other is the usual one, if that lies on the right side of it.
            whole = with_usual_term(school, self._day).term
            return whole != school.term and whole is not None and whole.start < whole.end and not whole.is_too_long
        return self._is_of_the_day(school)

    @property
    def _day(self) -> date:
        """A day in the term the books are taken over in."""
        told = self._school.term_start or self._school.term_end
        return told or max(self._options.opening_day, self._options.as_of)

    def _is_of_the_day(self, school: School) -> bool:
        """Whether year and term, where only one of them is said, are those of the day the books are taken over."""
        if (school.school_year is None) is (school.term_name is None):
            return True
        usual = usual_term(self._day)
        begun = year_begun(school.school_year)
        return begun == year_begun(usual.school_year) if begun else school.term_name is usual.name

    def _settings(self) -> None:
        self._school = with_usual_term(self._school, self._day)
        known: list[SettingRow] = self._rows.get(SettingRow, [])
        stated = [row for row in known if row.value is not None or row.item not in _TERM_ITEMS]
        told = {row.item for row in stated}
        usual = [
            row._replace(note=_SETTINGS_NOTE) if row.item in _TERM_ITEMS else row for row in setting_rows(self._school)
        ]
        added = [row for row in usual if row.item not in told and (row.item in _TERM_ITEMS or not stated)]
        self._rows[SettingRow] = [row._replace(line=line) for line, row in enumerate([*stated, *added], 2)]
        named = "、".join(row.item for row in added if row.item in _TERM_ITEMS)
        blank = "" if stated else f"；{'校长' if self._school.name else _NAME}等没有填"
        self._journal.assumed.append(f"{named}和校历的上课日期先按通常的日期填，照本校校历改{blank}。")

    def _name_told(self) -> str | None:
        """The school whose lists they are, where all titles that name one name the same; None where they do not."""
        tables = {id(record.table): record.table for records in self._records.values() for record in records}
        found = {name for table in tables.values() for name in schools_over(table)}
        name = found.pop() if len(found) == 1 else None
        # Where one list of books of several is a teaching point's, the school whose point it is, is not named.
        is_of_all = all(any(schools_over(table)) for table in tables.values() if table.kind is BOOKS)
        return None if name and name.endswith("教学点") and not is_of_all else name

    def _enter_name(self, name: str) -> None:
        known: list[SettingRow] = self._rows.get(SettingRow, [])
        (row,) = (row for row in setting_rows(self._school) if row.item == _NAME)
        rows = [row, *(one for one in known if one.item != _NAME)]
        self._rows[SettingRow] = [one._replace(line=line) for line, one in enumerate(rows, 2)]
        self._journal.assumed.append(NAMED.format(name=name))

    def _width(self) -> None:
        """How many digits the numbers of the books have, where the settings of the sources do not say."""
        known: list[SettingRow] = self._rows.get(SettingRow, [])
        told = {row.item for row in known}
        if known and self._school.accession_width != DEFAULT_WIDTH and WIDTH not in told:
            rows = (row for row in setting_rows(self._school) if row.item == WIDTH)
            self._rows[SettingRow] = [*known, *(row._replace(line=known[-1].line + 1) for row in rows)]

    def _out_of_term(self) -> None:
        """Say so where the loans are all older than the term the books begin with."""
        lent = [loan.lent_on for loan in self._rows[LoanRow]]
        term = self._school.term
        if lent and term and max(lent) < term.start:
            self._journal.assumed.append(
                f"借阅记录从 {say(min(lent))} 到 {say(max(lent))}，都在 {say(term.start)} 以前；"
                f"要照那个学期算定额，加 --as-of {max(lent).isoformat()} 重新接收。"
            )

    def _rules(self) -> None:
        """借阅规则 as the sources or the options have it, from the first loan on."""
        first = min((loan.lent_on for loan in self._rows[LoanRow]), default=self._options.opening_day)
        stated = with_what_a_rule_needs(with_a_rule_for_all(self._rows.get(LendingRule, [])), first)
        shipped = starting_ledger_set(self._options.opening_day).ledger_set.rows[LendingRule]
        stated, ours = with_one_for_all(stated, shipped, first), {rule.basis for rule in shipped}
        # Where the school wrote its rules down, nothing else says what they are, but the option.
        records = [] if stated else [*self._records.get(READERS, ()), *self._records.get(LOANS, ())]
        rules = with_old_rules(stated or shipped, self._options, self._rows.get(ReaderRow, []), records)
        rules = with_parameters(rules, self._parameters())
        if not stated:
            rules = with_usual_copies(rules, self._rows[LoanRow], self._rows.get(ReaderRow, []))
        if stated or rules != shipped:
            told = (rule_in_words(rule, is_stated=bool(stated) and rule.basis not in ours) for rule in rules)
            said = "；".join(dict.fromkeys(told))
            self._journal.assumed.append(f"借阅规则照旧表或选项定：{said}；不对就加 --days、--copies 重新接收。")
            self._rows[LendingRule] = rules if stated else _since_the_first_loan(rules, self._rows[LoanRow])

    def _parameters(self) -> list[Parameter]:
        """What the old system was set to, but for what the options say."""
        said = {DAYS: self._options.days, COPIES: self._options.copies}
        lending = [record.table for kind in (LOANS, EVENTS, READERS) for record in self._records.get(kind, ())]
        taken = list(parameters_in_words({id(table): table for table in lending}.values()))
        taken += take_parameters(self._records.get(PARAMETERS, ()), self._journal)
        return [parameter for parameter in taken if not said.get(parameter.field)]

    def _school_days(self) -> None:
        """校历 with the days of the usual term before the public holidays."""
        known: list[CalendarRow] = self._rows.get(CalendarRow, [])
        term = self._school.term or usual_term(self._day).term
        if not any(row.kind is DayKind.SCHOOL for row in known):
            first = CalendarRow(2, term.start, term.end, DayKind.SCHOOL, None, _SETTINGS_NOTE)
            self._rows[CalendarRow] = [first, *(row._replace(line=row.line + 1) for row in known)]


def _since_the_first_loan(rows: list[Any], loans: Sequence[LoanRow]) -> list[Any]:
    """Lending rules laid down from the first loan on, so that every loan has one."""
    if not loans:
        return rows
    first = min(loan.lent_on for loan in loans)
    return [row._replace(since=min(row.since, first)) if isinstance(row, LendingRule) else row for row in rows]
