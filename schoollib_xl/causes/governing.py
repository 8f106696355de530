"""Many rows against one: what might be wrong in a rule, the calendar, the opening hours, a setting, a roster row."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schoollib_xl.causes.correction import Addition, Correction, Removal, Slip, SlipKind, changed
from schoollib_xl.causes.evidence import is_to_come
from schoollib_xl.causes.slips import cost_of, neighbouring_dates, slip_between
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell, Field, Kind
from schoollib_xl.ledgers.school import SETTINGS, Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms

GOVERNING = (LendingRule, CompensationRule, CalendarRow, OpeningRow, ClassRow, ReaderRow, SettingRow)
_KINDS = {
    LendingRule: SlipKind.RULE,
    CompensationRule: SlipKind.RULE,
    CalendarRow: SlipKind.CALENDAR,
    OpeningRow: SlipKind.CALENDAR,
    ClassRow: SlipKind.READER,
    ReaderRow: SlipKind.READER,
}
_SCHOOL_DAYS = list(Weekday)[:5]
# Numbers that schools lay down: copies at once, times a loan may be renewed.
_USUAL = (1, 2, 3, 4, 5, 10)
# How often the price is owed, by the rules of schools (contract 2, 赔偿规则: 倍率).
_MULTIPLES = (Decimal("0.5"), Decimal("1.5"))
# What a value costs that no slip makes of the one that stands there: less likely than any that one does.
NO_TRACE = 0.95
# A holiday that is moved whole explains where it is and where it is not: likelier than one that settles as much.
_BOTH_ENDS = 0.05
# Fewer due dates than this may have been stamped before a day was announced closed.
_MANY_LOANS = 5
# A holiday is not longer than the winter holiday; farther days have another reason.
_LONGEST_HOLIDAY = 45


def kind_of(row_type: type[Any]) -> SlipKind:
    """What a correction of a sheet's cell is called."""
    return _KINDS.get(row_type, SlipKind.CELL)


def variants(library: Library, row: Any, field: Field) -> Iterator[Any]:
    """What the cell might have been meant to hold: what the slip turned into something else."""
    value = getattr(row, field.name)
    if field.kind is Kind.DATE and value is not None:
        yield from neighbouring_dates(value)
        days = Counter(getattr(other, field.name) for other in library[type(row)].rows)
        yield from (day for day, _ in days.most_common(3) if day is not None)
    elif field.choices:
        # A day made up for follows the timetable of one that was to be a school day.
        choices = _SCHOOL_DAYS if type(row) is CalendarRow and field.name == "follows" else field.choices
        yield from (choice for choice in choices if choice != value)
    elif field.kind in (Kind.COUNT, Kind.NUMBER, Kind.MONEY) and type(row) in (
        LendingRule,
        CompensationRule,
        ClassRow,
    ):
        others = dict.fromkeys(getattr(other, field.name) for other in library[type(row)].rows)
        numbers = [*_USUAL, *(one for one in others if one is not None), *_respelt(value)]
        yield from dict.fromkeys(type(value)(number) for number in numbers if value is not None)


def _respelt(value: Any) -> Iterator[Any]:
    """The numbers that exchanged digits or a slipped point make this one of."""
    if isinstance(value, Decimal):
        yield from (value / 10, value * 10, *_MULTIPLES)
        return
    text = str(value or 0)
    if len(text) == 2:
        yield int(text[::-1])
    if text.endswith("0") and len(text) > 1:
        yield int(text[:-1])


def corrections_of_cells(library: Library, row: Any, fields: Iterable[str]) -> Iterator[Correction]:
    """Every single cell of the row, of these fields, written otherwise."""
    declared = SHEETS[type(row)]
    if type(row) is CalendarRow:
        yield from ends_exchanged(row)
    for name in fields:
        for value in variants(library, row, declared.by_name[name]):
            if value != getattr(row, name) and not is_to_come(library, row, name, value):
                slip, cost = _trace(declared.by_name[name], getattr(row, name), value)
                if type(row) is ClassRow and name == "grade" and class_key(row.class_name).startswith(f"{value}-"):
                    slip, cost = Slip.NEAREST, cost_of(Slip.OTHER_BOOK)
                yield changed(kind_of(type(row)), row, slip, cost, **{name: value})


def _trace(field: Field, is_: Any, should: Any) -> tuple[Slip, float]:
    """What speaks for another value of a cell: a blank is likelier left out than a word of a list was taken for one
    that differs in a sign, as all days of the week do.
    """
    if field.choices:
        return Slip.MOST_OTHERS, cost_of(Slip.MOST_OTHERS) if is_ is None else NO_TRACE
    slip = slip_between(is_, should)
    return (Slip.MOST_OTHERS, NO_TRACE) if slip is Slip.PLAIN else (slip, cost_of(slip))


def ends_exchanged(row: Any) -> Iterator[Correction]:
    """Of a row whose range ends before it begins: each day in the other's place."""
    if row.ends_on < row.starts_on:
        slip, kind = Slip.ENDS_EXCHANGED, SlipKind.CALENDAR if type(row) is CalendarRow else SlipKind.DATE
        yield changed(kind, row, slip, cost_of(slip), starts_on=row.ends_on, ends_on=row.starts_on)


def corrections_of_settings(library: Library) -> Iterator[Correction]:
    """Dates in 基本信息 that a slip moved, or that the calendar or another row of the name has otherwise. Of a name
    written twice the last row is in force: writing the first otherwise would change nothing.
    """
    ranges = [row for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]
    starts, ends = {row.starts_on for row in ranges}, {row.ends_on for row in ranges}
    in_force = {row.item: row for row in library[SettingRow] if row.value is not None}
    for row in in_force.values():
        field = SETTINGS.get(row.item)
        value = getattr(library.school, field.name) if field and field.kind is Kind.DATE else None
        if not isinstance(value, date):
            continue
        said = {one.value for one in library[SettingRow] if one.item == row.item and isinstance(one.value, date)}
        for day in dict.fromkeys([*neighbouring_dates(value), *sorted(starts | ends | said)]):
            slip = slip_between(value, day)
            if slip is Slip.PLAIN and day in (starts if row.item.endswith("开始") else ends):
                slip = Slip.OTHER_BOOK
            elif slip is Slip.PLAIN and day in said:
                slip = Slip.MOST_OTHERS
            if day != value:
                yield changed(SlipKind.SETTING, row, slip, cost_of(slip), value=day)


def corrections_of_openings(library: Library) -> Iterator[Correction]:
    """A school day without opening hours gets those of another day."""
    rows = list(library[OpeningRow])
    present = Counter(row.weekday for row in rows)
    for weekday in _SCHOOL_DAYS:
        if weekday in present or not present:
            continue
        like = max(present, key=lambda other: present[other])
        additions = tuple(Addition(row._replace(weekday=weekday)) for row in rows if row.weekday is like)
        yield Correction(SlipKind.CALENDAR, additions, Slip.MOST_OTHERS, cost_of(Slip.MOST_OTHERS))


def corrections_of_calendar(library: Library, loans: list[LoanRow]) -> Iterator[Correction]:
    """Days that 校历 should have: closed where due dates were moved past them, open where books were lent."""
    terms, calendar = library.derive(LoanTerms), library.derive(SchoolCalendar)
    closed: Counter[tuple[date, date]] = Counter()
    opened: Counter[date] = Counter()
    for loan in loans:
        due = terms.due_on(loan) if loan.due_on else None
        if due and due < loan.due_on <= due + timedelta(_LONGEST_HOLIDAY):
            closed[due, loan.due_on] += 1
        elif due and loan.due_on < due:
            opened[loan.due_on] += 1
        if calendar.timetable(loan.lent_on) is None:
            opened[loan.lent_on] += 1
    yield from _holidays(calendar, _school_ranges(library), closed)
    yield from _school_days(library, opened)
    yield from _rows_too_many(library, loans, closed)


def _rows_too_many(library: Library, loans: list[LoanRow], closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """A holiday that due dates fall into, or a day made up for that they were moved past: elsewhere, where due dates
    were moved past other days, or not at all, which takes many loans to say.
    """
    due = Counter([*(loan.due_on for loan in loans if loan.due_on), *(first for first, _ in closed.elements())])
    used = {loan.lent_on for loan in loans}.union(loan.due_on for loan in loans if loan.due_on)
    for row in library[CalendarRow]:
        times = sum(number for day, number in due.items() if row.starts_on <= day <= row.ends_on)
        if row.kind is DayKind.SCHOOL or not times:
            continue
        if row.kind is DayKind.HOLIDAY:
            yield from _holiday_moved(row, closed)
            yield from _shorter(row, sorted(day for day in used if row.starts_on <= day <= row.ends_on))
        cost = cost_of(Slip.MOST_OTHERS) if times > _MANY_LOANS else NO_TRACE
        yield Correction(SlipKind.CALENDAR, (Removal(row),), Slip.MOST_OTHERS, cost)


def _holiday_moved(row: CalendarRow, closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """The holiday as long as it is, up to the day that loans were moved to."""
    for last in {moved_to - timedelta(1) for _, moved_to in closed}:
        first = last - (row.ends_on - row.starts_on)
        slip = slip_between(row.starts_on, first)
        slip = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
        yield changed(SlipKind.CALENDAR, row, slip, cost_of(slip) - _BOTH_ENDS, starts_on=first, ends_on=last)


def _shorter(row: CalendarRow, used: list[date]) -> Iterator[Correction]:
    """The holiday up to the first of the days on which books were lent or due, or from after the last of them; to a
    day that differs in a figure, where one does.
    """
    length = (row.ends_on - row.starts_on).days if used else 0
    for days in range(length):
        last, first = row.starts_on + timedelta(days), row.ends_on - timedelta(days)
        for field, day, fits, is_next in (
            ("ends_on", last, last < used[0], last == used[0] - timedelta(1)),
            ("starts_on", first, first > used[-1], first == used[-1] + timedelta(1)),
        ):
            slip = slip_between(getattr(row, field), day)
            if fits and (is_next or slip is not Slip.PLAIN):
                cost = cost_of(Slip.MOST_OTHERS) - _BOTH_ENDS * (slip is not Slip.PLAIN)
                named = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
                yield changed(SlipKind.CALENDAR, row, named, round(cost, 4), **{field: day})


def _school_ranges(library: Library) -> list[Term]:
    return [Term(row.starts_on, row.ends_on) for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]


def _holidays(calendar: SchoolCalendar, terms: list[Term], closed: Counter[tuple[date, date]]) -> Iterator[Correction]:
    """One holiday for each day that loans were moved to: from the first day it would have been."""
    firsts: dict[date, date] = {}
    for first, moved_to in closed:
        firsts[moved_to] = min(first, firsts.get(moved_to, first))
    for moved_to, first in firsts.items():
        while calendar.timetable(first - timedelta(1)) is None and any(first - timedelta(1) in days for days in terms):
            first -= timedelta(1)
        row = CalendarRow(0, first, moved_to - timedelta(1), DayKind.HOLIDAY, None, None)
        yield Correction(SlipKind.CALENDAR, (Addition(row),), Slip.MOST_OTHERS, cost_of(Slip.MOST_OTHERS))


def _school_days(library: Library, opened: Counter[date]) -> Iterator[Correction]:
    for day, _ in opened.most_common(3):
        for follows in _SCHOOL_DAYS:
            row = CalendarRow(0, day, day, DayKind.MAKE_UP, follows, None)
            yield Correction(SlipKind.CALENDAR, (Addition(row),), Slip.MOST_OTHERS, cost_of(Slip.MOST_OTHERS))
    for term in (library.school.term, library.school.previous_term):
        if term and any(day in term for day in opened):
            row = CalendarRow(0, term.start, term.end, DayKind.SCHOOL, None, None)
            yield Correction(SlipKind.CALENDAR, (Addition(row),), Slip.MOST_OTHERS, cost_of(Slip.MOST_OTHERS))


def corrections_of_roster(library: Library, loans: list[LoanRow]) -> Iterator[Correction]:
    """Cards and classes that the loans name and the roster has otherwise or not at all."""
    by_reader: dict[str, list[LoanRow]] = {}
    for loan in loans:
        by_reader.setdefault(loan.reader_no, []).append(loan)
    for number, own in sorted(by_reader.items(), key=lambda pair: -len(pair[1]))[:12]:
        name, class_name = (
            Counter(getattr(loan, field) for loan in own).most_common(1)[0][0] for field in ("name", "class_name")
        )
        reader = library.readers.get(number)
        if reader is None:
            yield from _unknown_card(library, number, name, class_name)
            continue
        for field, value in (("class_name", class_name), ("name", name)):
            if value and value != getattr(reader, field):
                yield changed(SlipKind.READER, reader, Slip.OTHER_BOOK, cost_of(Slip.OTHER_BOOK), **{field: value})
    for missing in {loan.class_name for loan in loans if loan.class_name} - set(library.classes):
        for row in library[ClassRow]:
            if not any(loan.class_name == row.class_name for loan in library[LoanRow]):
                slip = Slip.OTHER_BOOK
                yield changed(SlipKind.READER, row, slip, cost_of(slip), class_name=missing)


def _unknown_card(library: Library, number: str, name: str | None, class_name: str | None) -> Iterator[Correction]:
    for reader in library[ReaderRow]:
        if name and reader.name == name and reader.reader_no not in library.loans_by_reader:
            yield changed(SlipKind.READER, reader, Slip.OTHER_BOOK, 0.7, reader_no=number)
    mate = next((one for one in library[ReaderRow] if one.class_name == class_name), None)
    if mate and name:
        row = mate._replace(reader_no=number, name=name, stopped_on=None, stop_reason=None, remarks=None)
        yield Correction(SlipKind.READER, (Addition(row),), Slip.OTHER_BOOK, cost_of(Slip.OTHER_BOOK))


def repeated_row(library: Library, row: Any) -> Iterator[Correction]:
    """The row is another one once more; the sheet's own number may have been carried on."""
    plain = row._replace(line=0)
    if any(other.line != row.line and other._replace(line=0) == plain for other in library[type(row)].rows):
        yield Correction(SlipKind.TWICE, (Removal(row),), Slip.SAME_ROW, cost_of(Slip.SAME_ROW))


def cells_named(cells: Iterable[Cell]) -> Counter[tuple[type[Any], int]]:
    """How often each row is named among the cells."""
    return Counter((cell.row_type, cell.line) for cell in cells if cell.line)
