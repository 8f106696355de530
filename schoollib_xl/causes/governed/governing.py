"""Many rows against one: what might be wrong in a rule, the calendar, the opening hours, a setting, a roster row."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schoollib_xl.causes.correction import Addition, Correction, Removal, Slip, SlipKind, changed
from schoollib_xl.causes.evidence import is_in_order, is_to_come
from schoollib_xl.causes.governed.readers import kinds_meant
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.checks.school.settings import ENDS_OF_TERMS
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.schema import SHEETS, Cell, Field, Kind
from schoollib_xl.ledgers.school import SETTINGS, School
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday

GOVERNING = (LendingRule, CompensationRule, CalendarRow, OpeningRow, ClassRow, ReaderRow, SettingRow)
_KINDS = {
    LendingRule: SlipKind.RULE,
    CompensationRule: SlipKind.RULE,
    CalendarRow: SlipKind.CALENDAR,
    OpeningRow: SlipKind.CALENDAR,
    ClassRow: SlipKind.READER,
    ReaderRow: SlipKind.READER,
}
SCHOOL_DAYS = list(Weekday)[:5]
# Numbers that schools lay down: copies at once, times a loan may be renewed.
_USUAL = (1, 2, 3, 4, 5, 10)
# How often the price is owed, by the rules of schools (contract 2, 赔偿规则: 倍率).
_MULTIPLES = (Decimal("0.5"), Decimal("1.5"))
# Terms have 18 to 21 weeks, a few 12; a day that leaves less than eight is not the one that was meant.
_SHORTEST_TERM = timedelta(weeks=8)
# What a value costs that no slip makes of the one that stands there: less likely than any that one does.
NO_TRACE = 0.95
# Of days a slip away the one that another row of the sheet has as well is likelier.
_SHARED = 0.1


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
    elif field.name == "follows" and type(row) is CalendarRow and row.kind is not DayKind.MAKE_UP:
        # Only a day made up for follows the timetable of another.
        return
    elif field.choices:
        yield from (choice for choice in _choices(library, row, field) if choice != value)
    elif field.kind in (Kind.COUNT, Kind.NUMBER, Kind.MONEY) and type(row) in (
        LendingRule,
        CompensationRule,
        ClassRow,
    ):
        others = dict.fromkeys(getattr(other, field.name) for other in library[type(row)].rows)
        numbers = [*_USUAL, *(one for one in others if one is not None), *_respelt(value)]
        yield from dict.fromkeys(type(value)(number) for number in numbers if value is not None)


def _choices(library: Library, row: Any, field: Field) -> Iterable[Any]:
    """The words that the cell may hold: of the days of the week those of school, of the kinds of reader what the other
    cards allow.
    """
    if type(row) is ReaderRow and field.name == "kind":
        return kinds_meant(library, row)
    return SCHOOL_DAYS if type(row) is CalendarRow and field.name == "follows" else field.choices


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
    if type(row) is LendingRule and row.reader_kind is ReaderKind.TEACHER and (row.grade or row.class_name):
        # Teachers are in no class: a rule of theirs for one is in force for nobody.
        for values in (_blanks(row), {"reader_kind": ReaderKind.PUPIL}):
            yield changed(SlipKind.RULE, row, Slip.OWN_ROW, Slip.OWN_ROW.cost, **values)
    if type(row) is ReaderRow and row.stopped_on and row.stop_reason is None:
        yield changed(SlipKind.READER, row, Slip.OWN_ROW, Slip.OWN_ROW.cost, stopped_on=None)
    for name in fields:
        for value in variants(library, row, declared.by_name[name]):
            if value != getattr(row, name) and not (
                is_to_come(library, row, name, value)
                or _ends_early(row, name, value)
                or _leaves_its_order(library, row, name, value)
            ):
                slip, cost = _trace(declared.by_name[name], getattr(row, name), value)
                if slip is not Slip.MOST_OTHERS and isinstance(value, date) and _has_another(library, row, name, value):
                    cost = round(cost - _SHARED, 4)
                if type(row) is ClassRow and name == "grade" and class_key(row.class_name).startswith(f"{value}-"):
                    slip, cost = Slip.NEAREST, Slip.OTHER_BOOK.cost
                yield changed(kind_of(type(row)), row, slip, cost, **{name: value})


def _ends_early(row: Any, name: str, value: Any) -> bool:
    """Whether the range of the row would end before it begins."""
    if name not in ("starts_on", "ends_on"):
        return False
    written = row._replace(**{name: value})
    return bool(written.ends_on < written.starts_on)


def _leaves_its_order(library: Library, row: Any, name: str, value: Any) -> bool:
    """Whether a day of 校历 that stands between those above and below it would not, written otherwise: then the other
    end of its row is off.
    """
    if type(row) is not CalendarRow or not isinstance(value, date):
        return False
    is_ = getattr(row, name)
    return is_in_order(library, row, name, is_) and not is_in_order(library, row, name, value)


def _has_another(library: Library, row: Any, name: str, day: date) -> bool:
    return any(other is not row for other in library[type(row)].among(name, {day}))


def _blanks(rule: LendingRule) -> dict[str, None]:
    """The cells of a rule that are to be left out, of those that say for which class it is."""
    return {name: None for name in ("grade", "class_name") if getattr(rule, name) is not None}


def _trace(field: Field, is_: Any, should: Any) -> tuple[Slip, float]:
    """What speaks for another value of a cell: a blank is likelier left out than a word of a list was taken for one
    that differs in a sign, as all days of the week do.
    """
    if field.choices:
        return Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost if is_ is None else NO_TRACE
    slip = slip_between(is_, should)
    return (Slip.MOST_OTHERS, NO_TRACE) if slip is Slip.PLAIN else (slip, slip.cost)


def ends_exchanged(row: Any) -> Iterator[Correction]:
    """Of a row whose range ends before it begins: each day in the other's place."""
    if row.ends_on < row.starts_on:
        slip, kind = Slip.ENDS_EXCHANGED, SlipKind.CALENDAR if type(row) is CalendarRow else SlipKind.DATE
        yield changed(kind, row, slip, slip.cost, starts_on=row.ends_on, ends_on=row.starts_on)


def corrections_of_settings(library: Library) -> Iterator[Correction]:
    """Dates in 基本信息 that a slip moved, or that the calendar or another row of the name has otherwise, but for
    截止日期 (cut_off.py). Of a name written twice the last row is in force: writing the first otherwise would change
    nothing.
    """
    ranges = [row for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]
    starts, ends = {row.starts_on for row in ranges}, {row.ends_on for row in ranges}
    in_force = {row.item: row for row in library[SettingRow] if row.value is not None}
    for row in in_force.values():
        field = SETTINGS.get(row.item)
        value = getattr(library.school, field.name) if field and field.kind is Kind.DATE else None
        if not isinstance(value, date) or SETTINGS[row.item].name == "cut_off":
            continue
        said = {one.value for one in library[SettingRow] if one.item == row.item and isinstance(one.value, date)}
        for day in dict.fromkeys([*neighbouring_dates(value), *sorted(starts | ends | said)]):
            slip, is_laid_down = slip_between(value, day), day in (starts if row.item.endswith("开始") else ends)
            cost = slip.cost - _SHARED * is_laid_down
            if slip is Slip.PLAIN and (is_laid_down or day in said):
                slip = Slip.OTHER_BOOK if is_laid_down else Slip.MOST_OTHERS
                cost = slip.cost
            if day != value and _is_a_term(library.school, row.item, day):
                yield changed(SlipKind.SETTING, row, slip, round(cost, 4), value=day)


def _is_a_term(school: School, item: str, day: date) -> bool:
    """Whether the term that the setting is an end of lasts as long as one does; any day of no term may be meant."""
    name = SETTINGS[item].name
    for ends in ENDS_OF_TERMS:
        if name in ends:
            first, last = (day if end == name else getattr(school, end) for end in ends)
            return first is None or last is None or last - first >= _SHORTEST_TERM
    return True


def corrections_of_openings(library: Library) -> Iterator[Correction]:
    """A school day without opening hours gets those of another day."""
    rows = list(library[OpeningRow])
    present = Counter(row.weekday for row in rows)
    for weekday in SCHOOL_DAYS:
        if weekday in present or not present:
            continue
        like = max(present, key=lambda other: present[other])
        additions = tuple(Addition(row._replace(weekday=weekday)) for row in rows if row.weekday is like)
        yield Correction(SlipKind.CALENDAR, additions, Slip.MOST_OTHERS, Slip.MOST_OTHERS.cost)


def corrections_of_roster(library: Library, loans: list[LoanRow]) -> Iterator[Correction]:
    """Cards and classes that the loans name and the roster has otherwise or not at all."""
    by_reader = grouped(loans, lambda loan: loan.reader_no)
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
                yield changed(SlipKind.READER, reader, Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost, **{field: value})
    for missing in {loan.class_name for loan in loans if loan.class_name} - set(library.classes):
        for row in library[ClassRow]:
            if not any(loan.class_name == row.class_name for loan in library[LoanRow]):
                slip = Slip.OTHER_BOOK
                yield changed(SlipKind.READER, row, slip, slip.cost, class_name=missing)


def _unknown_card(library: Library, number: str, name: str | None, class_name: str | None) -> Iterator[Correction]:
    for reader in library[ReaderRow]:
        if name and reader.name == name and reader.reader_no not in library.loans_by_reader:
            yield changed(SlipKind.READER, reader, Slip.OTHER_BOOK, 0.7, reader_no=number)
    mate = next((one for one in library[ReaderRow] if one.class_name == class_name), None)
    if mate and name:
        row = mate._replace(reader_no=number, name=name, stopped_on=None, stop_reason=None, remarks=None)
        yield Correction(SlipKind.READER, (Addition(row),), Slip.OTHER_BOOK, Slip.OTHER_BOOK.cost)


def repeated_row(library: Library, row: Any) -> Iterator[Correction]:
    """The row is another one once more; the sheet's own number may have been carried on."""
    plain = row._replace(line=0)
    if any(other.line != row.line and other._replace(line=0) == plain for other in library[type(row)].rows):
        yield Correction(SlipKind.TWICE, (Removal(row),), Slip.SAME_ROW, Slip.SAME_ROW.cost)


def cells_named(cells: Iterable[Cell]) -> Counter[tuple[type[Any], int]]:
    """How often each row is named among the cells."""
    return Counter((cell.row_type, cell.line) for cell in cells if cell.line)
