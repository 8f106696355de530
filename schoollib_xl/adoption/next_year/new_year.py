"""The books of a new school year: what is carried over, promoted and brought forward."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from schoollib_xl.adoption.copies.opening import NOTHING_HELD, class_rows, held_by_class, opening_number, opening_row
from schoollib_xl.adoption.next_year.carrying import AS_THEY_ARE, CHANGED, Closing, rows_of
from schoollib_xl.adoption.next_year.promotion import Promotion, promote
from schoollib_xl.adoption.opening_days import usual_term
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET
from schoollib_xl.ledgers.school import School, TermName, first_year, usual_start, year_begun
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.class_periods import class_periods
from schoollib_xl.rules.holdings import amount_of
from schoollib_xl.sheets.building.contents import RawCell
from schoollib_xl.sheets.building.prefill import prefill
from schoollib_xl.sheets.building.prompts import setting_rows

_TERM_ITEMS = ("学期开始", "学期结束")
_SETTINGS_NOTE = "换学年时先按通常的日期填的，照本校校历改"
_BROUGHT_FORWARD = "上学年结转"


class CarriedBalance(NamedTuple):
    """A balance of the old books, as stated there, and the opening of the new ones."""

    name: str
    closing: int | Decimal | None
    opening: int | Decimal

    @property
    def agrees(self) -> bool:
        """Whether the new books open with what the old ones state; a balance nobody stated agrees with anything."""
        return self.closing is None or self.closing == self.opening


@dataclass(frozen=True)
class NewYear:
    """The set of ledgers of the new year, cells that are written just as they stood, the balances, who moved where, and
    how many rows of each sheet went over and how many stayed.
    """

    ledger_set: LedgerSet
    raw: list[RawCell]
    balances: list[CarriedBalance]
    promotion: Promotion
    counts: Mapping[type[Any], tuple[int, int]]
    unknown_years: tuple[int, ...]

    @property
    def balanced(self) -> bool:
        """Whether every balance the old books state is the opening of the new ones."""
        return all(balance.agrees for balance in self.balances)


def opening_day(library: Library) -> date:
    """The first day of the school year after the one the books are of."""
    year = year_begun(library.school.school_year)
    return usual_start((first_year(library.as_of) if year is None else year) + 1)


def new_year(library: Library) -> NewYear:
    """The books of the school year after this library's."""
    return _NewYear(library, opening_day(library)).run()


class _NewYear:
    def __init__(self, library: Library, opened_on: date) -> None:
        self._library = library
        self._opened_on = opened_on
        self._closing = Closing(library, opened_on)
        known = [row.batch_no for row in rows_of(library, SummaryRow) if row.batch_no]
        self._batch_no = opening_number(known, opened_on)
        self._rows: dict[type[Any], list[Any]] = {}
        self._origins: dict[type[Any], list[int]] = {}

    def run(self) -> NewYear:
        promotion = self._people()
        self._school = self._settings()
        self._stock()
        for row_type in AS_THEY_ARE:
            self._put(row_type, rows_of(self._library, row_type), self._of_a_class_there_is)
        for row_type, change in CHANGED.items():
            self._put(row_type, rows_of(self._library, row_type), change)
        self._put(PeriodicalRow, self._closing.periodicals())
        self._put(RepairRow, self._closing.repairs())
        self._put(WithdrawalRow, self._closing.late_withdrawals())
        unknown_years = self._calendar()
        self._cash()
        self._explanations()
        ledger_set = LedgerSet(self._school, {row_type: rows for row_type, rows in self._rows.items() if rows})
        ledger_set.rows[SettingRow] = self._setting_rows()
        counts = {
            sheet.row_type: (len(ledger_set.rows.get(sheet.row_type, [])), len(self._library[sheet.row_type]))
            for sheet in ALL_SHEETS
        }
        return NewYear(ledger_set, list(self._raw()), self._balances(), promotion, counts, unknown_years)

    def _put(self, row_type: type[Any], rows: Iterable[Any], change: Callable[[Any], Any | None] | None = None) -> None:
        """Write rows down under new lines, remembering the old ones."""
        kept = [(row.line, changed) for row in rows if (changed := change(row) if change else row) is not None]
        self._rows[row_type] = [row._replace(line=line) for line, (_, row) in enumerate(kept, 2)]
        self._origins[row_type] = [old_line for old_line, _ in kept]

    def _of_a_class_there_is(self, row: Any) -> Any | None:
        """The row, but for one of a class whose name nobody moved up into."""
        name = getattr(row, "class_name", None)
        return None if name and class_key(name) in self._names_gone else row

    @cached_property
    def _names_gone(self) -> set[str]:
        """The names of classes of the old year that no class of the new one has."""
        before, now = rows_of(self._library, ClassRow), self._rows[ClassRow]
        return {class_key(row.class_name) for row in before if row.class_name} - {
            class_key(row.class_name) for row in now
        }

    # -- people and their loans -------------------------------------------------------------------

    def _people(self) -> Promotion:
        loans, incidents = self._closing.loans(), self._closing.incidents()
        readers = self._closing.readers(loans, incidents)
        classes = [row for row in rows_of(self._library, ClassRow) if row.grade is not None and row.class_name]
        promotion = promote(classes, readers, self._opened_on)
        self._rows[ClassRow] = promotion.classes
        self._put(ReaderRow, promotion.readers)

        def moved(row: Any) -> Any:
            return row._replace(class_name=promotion.class_after(row.class_name))

        self._put(LoanRow, loans, moved)
        self._put(CompensationRow, incidents, moved)
        return promotion

    # -- the stock --------------------------------------------------------------------------------

    def _stock(self) -> None:
        copies = [*self._closing.copies, *self._closing.late_copies]
        opening_copies = [self._opening_copy(copy) for copy in self._closing.copies]
        self._put(AccessionRow, sorted(copies, key=lambda copy: copy.line), self._opening_copy)
        highest = self._closing.highest_number
        following = f"；下一个个别登记号从 {str(int(highest) + 1).zfill(len(highest))} 起" if highest else ""
        row = opening_row(opening_copies, self._opened_on, self._batch_no, None, f"{_BROUGHT_FORWARD}{following}")
        self._rows[SummaryRow] = [row, *self._late_batches(row)]
        self._held = held_by_class(opening_copies, self._opened_on)
        self._total = amount_of(opening_copies)
        if self._school.term:
            self._rows[ClassificationRow] = class_rows(self._held, self._school.term)

    def _opening_copy(self, copy: AccessionRow) -> AccessionRow:
        """The copy as one of the opening stock, its own batch kept in 备注; copies of the new year as they are."""
        batch = self._library.batches.get(copy.batch_no)
        if batch in self._closing.late_batches:
            return copy
        was_opening = batch is not None and batch.flow is Flow.OPENING
        origin = None if was_opening or not copy.batch_no else f"原总括登记号 {copy.batch_no}"
        remarks = "；".join(filter(None, (copy.remarks, origin))) or None
        return copy._replace(batch_no=self._batch_no, remarks=remarks)

    def _late_batches(self, opening: SummaryRow) -> Iterable[SummaryRow]:
        """Batches of the new year that stand in the old book already, their running totals reckoned anew."""
        copies, value = opening.copies, opening.list_value
        for line, row in enumerate(self._closing.late_batches, 3):
            copies += row.sign * (row.copies or 0)
            value += row.sign * (row.list_value or 0)
            yield row._replace(line=line, running_copies=copies, running_value=value)

    # -- settings, calendar, money ----------------------------------------------------------------

    def _settings(self) -> School:
        term, old = usual_term(self._opened_on), self._library.school
        return old._replace(
            school_year=term.school_year,
            term_name=TermName.FIRST,
            term_start=term.term.start,
            term_end=term.term.end,
            previous_start=None,
            previous_end=None,
            cut_off=None,
            lending_stops=old.lending_stops if old.lending_stops in term.term else None,
        )

    def _setting_rows(self) -> list[SettingRow]:
        rows = [
            row._replace(note=_SETTINGS_NOTE) if row.item in _TERM_ITEMS else row for row in setting_rows(self._school)
        ]
        known = {row.item for row in rows}
        own = [row for row in rows_of(self._library, SettingRow) if row.item and row.item not in known]
        return [row._replace(line=line) for line, row in enumerate([*rows, *own], 2)]

    def _calendar(self) -> tuple[int, ...]:
        old = self._closing.calendar(self._rows[LoanRow])
        year = self._opened_on.year
        known = prefill(self._opened_on, date(year + 1, 7, 31))
        told = any(row.ends_on and row.ends_on >= self._opened_on for row in old)
        self._put(CalendarRow, old)
        if told or not self._school.term:
            return known.unknown_years
        term = CalendarRow(0, *self._school.term, DayKind.SCHOOL, None, _SETTINGS_NOTE)
        added = [row._replace(line=line) for line, row in enumerate([term, *known.rows], len(old) + 2)]
        self._rows[CalendarRow] += added
        return known.unknown_years

    def _cash(self) -> None:
        by_day = sorted(rows_of(self._library, CashRow), key=lambda row: row.booked_on or date.min)
        balances = [row.balance for row in by_day if row.balance is not None]
        if balances:
            received = balances[-1]
            self._rows[CashRow] = [CashRow(2, self._opened_on, _BROUGHT_FORWARD, None, received, None, received, None)]

    def _explanations(self) -> None:
        kept = {
            sheet.name: frozenset(str(getattr(row, sheet.key)) for row in self._rows.get(sheet.row_type, []))
            for sheet in ALL_SHEETS
        }
        openings = [row.batch_no for row in self._library[SummaryRow] if row.flow is Flow.OPENING]
        self._put(ExplanationRow, self._closing.explanations(kept, dict.fromkeys(openings, self._batch_no)))

    # -- what is said about it --------------------------------------------------------------------

    def _raw(self) -> Iterable[RawCell]:
        """Cells nobody could read, as they stood, in the rows that were carried over."""
        for row_type, lines in self._origins.items():
            new_line = {old: new for new, old in enumerate(lines, 2)}
            for cell in self._library[row_type].flaws:
                if cell.text and not cell.flaw.understood and cell.line in new_line:
                    yield row_type, new_line[cell.line] % LINES_PER_SHEET, cell.field, cell.text

    def _balances(self) -> list[CarriedBalance]:
        said = [row for row in rows_of(self._library, SummaryRow) if row not in self._closing.late_batches]
        last = said[-1] if said else None
        found = [
            CarriedBalance("册数（总括登记账累计）", last.running_copies if last else None, self._total.copies),
            CarriedBalance("金额（总括登记账累计，元）", last.running_value if last else None, self._total.value),
        ]
        # What came or went after the last period that was made up is no difference from it.
        moved_on = max((row.registered_on for row in said if row.registered_on), default=date.min)
        periods = [one for one in class_periods(self._library) if moved_on <= one.span.ends_on < self._opened_on]
        closing = max(periods, key=lambda period: period.span.ends_on).by_class if periods else {}
        for letter in CLASS_LETTERS:
            row, held = closing.get(letter), self._held.get(letter, NOTHING_HELD)
            found.append(CarriedBalance(f"{letter} 类册数", row.closing_copies if row else None, held.copies))
            found.append(CarriedBalance(f"{letter} 类金额（元）", row.closing_value if row else None, held.value))
        return found
