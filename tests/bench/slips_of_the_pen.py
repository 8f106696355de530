"""Slips of the pen for the sample school, at random: one of each kind that contract 13 names, and where it is."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import Addition, Change, Correction, Removal
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import SHEETS, Cell, key_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow, ReaderKind
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_CLASS_FIELDS = tuple(
    f"{part}_{measure}" for part in ("opening", "added", "removed", "closing") for measure in ("copies", "value")
)


def key_cell(row: Any) -> Cell:
    """The cell that names a row."""
    return Cell(type(row), row.line, SHEETS[type(row)].key)


class Slip(NamedTuple):
    """What was done wrong, and the cells of which a correction must name one; for a row left out, its key."""

    kind: str
    cells: frozenset[Cell]
    missing: tuple[type[Any], str] | None = None

    def is_named_by(self, correction: Correction) -> bool:
        """Whether the correction is of the place where the slip is."""
        return any(self._is_at(edit) for edit in correction.edits)

    def _is_at(self, edit: Any) -> bool:
        if isinstance(edit, Change):
            return edit.at in self.cells
        if isinstance(edit, Removal):
            return key_cell(edit.row) in self.cells
        return isinstance(edit, Addition) and self._is_missing(edit.row)

    def _is_missing(self, row: Any) -> bool:
        """Whether it is the row left out; of the calendar, one that holds the day it began."""
        if self.missing and isinstance(row, CalendarRow) and self.missing[0] is CalendarRow:
            return row.starts_on <= date.fromisoformat(self.missing[1]) <= row.ends_on
        return self.missing == (type(row), key_of(row))


class Pen:
    """A copy of the clean school that slips are made in; no row is touched twice."""

    def __init__(self, clean: LedgerSet, seed: int) -> None:
        self.ledger_set = LedgerSet(clean.school, {kind: list(rows) for kind, rows in clean.rows.items()})
        self.rng = Random(seed)
        self._touched: set[tuple[type[Any], int]] = set()

    def rows(self, row_type: type[Any]) -> list[Any]:
        """The rows of a sheet."""
        return self.ledger_set.rows[row_type]

    def pick(self, row_type: type[Any], holds: Callable[[Any], bool] = lambda row: True) -> Any:
        """Some row that no slip has touched."""
        free = [row for row in self.rows(row_type) if holds(row) and (row_type, row.line) not in self._touched]
        row = self.rng.choice(free)
        self._touched.add((row_type, row.line))
        return row

    def change(self, kind: str, row: Any, /, **values: Any) -> Slip:
        """Write cells of a row otherwise."""
        rows = self.rows(type(row))
        rows[rows.index(row)] = row._replace(**values)
        return Slip(kind, frozenset(Cell(type(row), row.line, field) for field in values))

    def drop(self, kind: str, row: Any) -> Slip:
        """Leave a row out; its line stays empty."""
        self.rows(type(row)).remove(row)
        return Slip(kind, frozenset(), (type(row), key_of(row)))

    def double(self, kind: str, row: Any) -> Slip:
        """Write a row once more, below the last."""
        again = row._replace(line=self.rows(type(row))[-1].line + 1)
        self.rows(type(row)).append(again)
        return Slip(kind, frozenset({key_cell(row), key_cell(again)}))


def wrong_figure(rng: Random, value: Any) -> Any:
    """A figure as a slip of the pen leaves it."""
    value = value or type(value)(0)
    digits = [index for index, char in enumerate(str(value)) if char.isdigit()]
    text = list(str(value))
    swaps = [pair for pair in pairwise(digits) if text[pair[0]] != text[pair[1]]]
    slip = rng.randrange(4)
    if slip == 0 and swaps:
        one, other = rng.choice(swaps)
        text[one], text[other] = text[other], text[one]
        return type(value)("".join(text))
    if slip == 1 and value:
        return value * 10
    if slip == 2 and value:
        index = rng.choice(digits)
        text[index] = str((int(text[index]) + rng.randint(1, 9)) % 10)
        return type(value)("".join(text))
    return value + type(value)(rng.choice((1, 2, 3, 5, 10)))


def _figure(kind: str, row_type: type[Any], fields: tuple[str, ...]) -> Callable[[Pen], Slip]:
    def plant(pen: Pen) -> Slip:
        field = pen.rng.choice(fields)
        row = pen.pick(row_type, lambda row: getattr(row, field) is not None)
        return pen.change(kind, row, **{field: wrong_figure(pen.rng, getattr(row, field))})

    return plant


def _neighbour_column(pen: Pen) -> Slip:
    def fits(row: SummaryRow) -> bool:
        return any(getattr(row, one) and not getattr(row, other) for one, other in _NEXT)

    row = pen.pick(SummaryRow, fits)
    one, other = pen.rng.choice([pair for pair in _NEXT if getattr(row, pair[0]) and not getattr(row, pair[1])])
    return pen.change("neighbour's column", row, **{one: None, other: getattr(row, one)})


_NEXT = tuple(pairwise(CLASS_LETTERS))


def _columns_exchanged(pen: Pen) -> Slip:
    row = pen.pick(ClassificationRow, lambda row: row.added_copies != row.removed_copies)
    return pen.change("neighbour's column", row, added_copies=row.removed_copies, removed_copies=row.added_copies)


def _last_years_figures(pen: Pen) -> Slip:
    first = {row.class_letter: row for row in pen.rows(ClassificationRow)[:22]}

    def differs(row: ClassificationRow) -> bool:
        return row.line > 23 and sum(getattr(row, f) != getattr(first[row.class_letter], f) for f in _CLASS_FIELDS) > 4

    row = pen.pick(ClassificationRow, differs)
    figures = {field: getattr(first[row.class_letter], field) for field in _CLASS_FIELDS}
    return pen.change("last year's figures", row, **figures)


def _price(pen: Pen) -> Slip:
    row = pen.pick(AccessionRow)
    return pen.change("copy's price", row, price=wrong_figure(pen.rng, row.price))


def _class(pen: Pen) -> Slip:
    row = pen.pick(AccessionRow)
    letter = pen.rng.choice([one for one in CLASS_LETTERS if one != row.class_letter])
    return pen.change("copy's class", row, class_no=letter + row.class_no[1:])


def _batch(pen: Pen) -> Slip:
    row = pen.pick(AccessionRow)
    others = [one.batch_no for one in pen.rows(SummaryRow) if one.flow is Flow.IN and one.batch_no != row.batch_no]
    return pen.change("copy's batch", row, batch_no=pen.rng.choice(others))


def _copy_missing(pen: Pen) -> Slip:
    return pen.drop("row missing", pen.pick(AccessionRow))


def _copy_of_the_opening_missing(pen: Pen) -> Slip:
    opening = next(row.batch_no for row in pen.rows(SummaryRow) if row.flow is Flow.OPENING)
    return pen.drop("row missing, opening stock", pen.pick(AccessionRow, lambda row: row.batch_no == opening))


def _carried_on(pen: Pen) -> Slip:
    """A running total is wrong, and so is every one reckoned on from it."""
    row = pen.pick(SummaryRow, lambda row: row.flow is not Flow.OPENING)
    rows = pen.rows(SummaryRow)
    field, step = pen.rng.choice((("running_copies", 10), ("running_value", Decimal(9))))
    if row.flow is Flow.OUT:
        # Added where it should have been taken away.
        step = 2 * (row.copies if field == "running_copies" else row.list_value)
    for one in rows[rows.index(row) :]:
        pen.change("", one, **{field: getattr(one, field) + step})
    return Slip("running total carried on", frozenset({Cell(SummaryRow, row.line, field)}))


def _wrong_sign(pen: Pen) -> Slip:
    """What went out was added in the closing figure."""
    row = pen.pick(ClassificationRow, lambda row: row.removed_copies > 0)
    closing = row.opening_copies + row.added_copies + row.removed_copies
    return pen.change("wrong sign", row, closing_copies=closing)


def _copy_twice(pen: Pen) -> Slip:
    return pen.double("row twice", pen.pick(AccessionRow, lambda row: row.withdrawn_on is None))


def _batch_twice(pen: Pen) -> Slip:
    return pen.double("batch twice", pen.pick(SummaryRow, lambda row: row.flow is Flow.IN))


def _line_not_written(pen: Pen) -> Slip:
    return pen.drop("withdrawal in one book", pen.pick(WithdrawalRow))


def _mark_not_written(pen: Pen) -> Slip:
    row = pen.pick(AccessionRow, lambda row: row.withdrawn_on is not None)
    return pen.change("withdrawal in one book", row, withdrawn_on=None, withdrawal_no=None)


def _another_number(pen: Pen) -> Slip:
    row = pen.pick(WithdrawalRow)
    number = str((int(row.accession_no) * 7 + pen.rng.randrange(4000)) % 4000 + 1).zfill(6)
    return pen.change("withdrawal under another number", row, accession_no=number)


def _borrowing_days(pen: Pen) -> Slip:
    row = pen.pick(LendingRule)
    return pen.change("a rule", row, days=pen.rng.choice([row.days + 7, 41, row.days * 10, max(row.days - 7, 1)]))


def _copies_at_once(pen: Pen) -> Slip:
    return pen.change("a rule", pen.pick(LendingRule), copies=0)


def _rule_a_year_late(pen: Pen) -> Slip:
    row = pen.pick(LendingRule, lambda row: row.grade is not None or row.reader_kind is not None)
    return pen.change("a rule", row, since=row.since.replace(year=row.since.year + 1))


def _compensation_rule(pen: Pen) -> Slip:
    row = pen.pick(CompensationRule)
    return pen.change("a rule", row, multiple=row.multiple * pen.rng.choice((10, 2)))


def _weekday_missing(pen: Pen) -> Slip:
    weekday = pen.rng.choice([row.weekday for row in pen.rows(OpeningRow)])
    rows = [row for row in pen.rows(OpeningRow) if row.weekday is weekday]
    for row in rows:
        pen.rows(OpeningRow).remove(row)
    return Slip("opening hours", frozenset(), (OpeningRow, str(weekday)))


def _calendar_missing(pen: Pen) -> Slip:
    return pen.drop("calendar", pen.pick(CalendarRow, lambda row: row.kind is not DayKind.SCHOOL))


def _calendar_date(pen: Pen) -> Slip:
    row = pen.pick(CalendarRow, lambda row: row.kind is DayKind.SCHOOL)
    field = pen.rng.choice(("starts_on", "ends_on"))
    day: date = getattr(row, field)
    return pen.change("calendar", row, **{field: day.replace(year=day.year + pen.rng.choice((1, -1)))})


def _kind_of_reader(pen: Pen) -> Slip:
    row = pen.pick(ReaderRow, lambda row: row.kind is ReaderKind.PUPIL)
    return pen.change("roster", row, kind=ReaderKind.TEACHER)


def _batch_date(pen: Pen) -> Slip:
    row = pen.pick(SummaryRow, lambda row: row.flow is Flow.IN)
    day: date = row.registered_on
    exchanged = day.replace(month=day.day, day=day.month) if day.day <= 12 != day.month else day
    wrong = (
        exchanged
        if exchanged != day
        else pen.rng.choice((day.replace(year=day.year - 1), day + timedelta(days=100), day - timedelta(days=100)))
    )
    return pen.change("a batch's date", row, registered_on=wrong)


SLIPS: tuple[Callable[[Pen], Slip], ...] = (
    _figure("figure in 总括", SummaryRow, ("copies", "list_value", "running_copies", "running_value", *"GIJK")),
    _figure("figure in 分类统计", ClassificationRow, _CLASS_FIELDS),
    _figure("figure in 经费", CashRow, ("received", "spent", "balance")),
    _neighbour_column,
    _columns_exchanged,
    _last_years_figures,
    _price,
    _class,
    _batch,
    _copy_missing,
    _copy_of_the_opening_missing,
    _carried_on,
    _wrong_sign,
    _copy_twice,
    _batch_twice,
    _line_not_written,
    _mark_not_written,
    _another_number,
    _borrowing_days,
    _copies_at_once,
    _rule_a_year_late,
    _compensation_rule,
    _weekday_missing,
    _calendar_missing,
    _calendar_date,
    _kind_of_reader,
    _batch_date,
)
