"""Days of return of many loans: none written down on a day of lending, or one day pasted over those of many."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind
from schoollib_xl.causes.slips import neighbouring_dates
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome

# Of fewer loans each may have been forgotten by itself.
_LEAST = 4
# What is pasted over so many lines, lent on so many days, came back on one day by no chance.
_LINES, _DAYS = 12, 3
# Of loans without an end so many must be of one day: else days on which nothing came back are many.
_MOST = 0.75
# So many days are tried, and so many others said.
_TRIED, _MOST_OTHERS = 4, 2


def returns_amiss(course: Course) -> None:
    """Name the loans whose day of return was left out, that of a whole day where that is told, and those that one day
    was pasted over.
    """
    if len(named := _named(course)) >= _LEAST:
        _left_out(course, [loan for loan in named if loan.is_open])
        _back_again(course)
        _pasted(course)


def _named(course: Course, is_of_rules: bool = True) -> list[LoanRow]:
    """The loans that findings name which would not be there with another day of return; not of checks that rules bear
    on as well, which name all that a reader had.
    """
    open_ = (one for one in course.open_findings().values() if is_of_rules or LendingRule not in one.check.looks_at)
    cells = (cell for one in open_ for cell in (one.at, *one.see_also))
    lines = {cell.line for cell in cells if cell.row_type is LoanRow and cell.field == "returned_on"}
    return [row for line in sorted(lines) if (row := course.trial.library[LoanRow].sound_at(line))]


def _left_out(course: Course, loans: list[LoanRow]) -> None:
    """The day of lending on which nothing came back, where most of these readers were there and that settles all that
    is found of their loans; others that do as well.
    """
    table = course.trial.library[LoanRow]
    last, returns = course.trial.library.derive(_LastDays), set(table.distinct("returned_on"))
    lent = group_by((loan for loan in table if loan.lent_on not in returns), "lent_on")
    likely = []
    for day, own in lent.items():
        readers, classes = ({getattr(loan, name) for loan in own} for name in ("reader_no", "class_name"))
        back = [one for one in loans if one.class_name in classes and one.lent_on < day <= last.of(one)]
        if len(back) >= max(_LEAST, len(loans) * _MOST) and sum(loan.reader_no in readers for loan in back) * 2 > len(
            back
        ):
            likely.append(_returned(back, day))
    likely.sort(key=lambda one: -len(one.edits))
    if best := course.best_of(likely[:_TRIED]):
        course.accept(best[:1], [best[1 : _MOST_OTHERS + 1]], at_least=_LEAST)


def _returned(loans: list[LoanRow], day: date) -> Correction:
    """All of these loans with that day."""
    values = {"returned_on": day, "outcome": LoanOutcome.RETURNED}
    edits = (Change(Cell(LoanRow, loan.line, name), value) for name, value in values.items() for loan in loans)
    return Correction(SlipKind.COLUMN, tuple(edits), Slip.DAY_LEFT_OUT, Slip.DAY_LEFT_OUT.cost)


def _back_again(course: Course) -> None:
    """Loans without an end whose copies were lent again, or seen on the shelf where most of what was seen is right."""
    open_ = [one.at.row_type for one in course.open_findings().values() if StocktakeRow in one.check.looks_at]
    loans = [loan for loan in _named(course, is_of_rules=False) if loan.is_open]
    if len(loans) >= _LEAST and len(open_) <= 2 * len(loans):
        course.accept([_in_doubt(loans, Slip.BACK_AGAIN)], at_least=_LEAST)


def _pasted(course: Course) -> None:
    """Lines below each other that one day of return stands on, where it cannot have been that of all."""
    back = (loan for loan in course.trial.library[LoanRow] if loan.returned_on)
    lines = {loan.line for loan in _named(course, is_of_rules=False)}
    for _, run in groupby(back, attrgetter("returned_on")):
        loans = list(run)
        is_long = len(loans) >= _LINES and len({loan.lent_on for loan in loans}) >= _DAYS
        if is_long and sum(loan.line in lines for loan in loans) >= _LEAST and not _is_miswritten(course, loans):
            course.accept([_in_doubt(_without_right_ends(loans, lines), Slip.ONE_DAY)], at_least=_LEAST)


def _without_right_ends(loans: list[LoanRow], named: set[int]) -> list[LoanRow]:
    """From the first to the last loan of a day of lending of which one is found fault with: what was lent together
    above the cell that was drawn down came back on that day.
    """
    lent = {loan.lent_on for loan in loans if loan.line in named}
    places = [at for at, loan in enumerate(loans) if loan.lent_on in lent]
    return loans[places[0] : places[-1] + 1]


def _is_miswritten(course: Course, loans: list[LoanRow]) -> bool:
    """Whether all came back on one day, a year or a month away from the one that stands there."""
    cells = {Cell(LoanRow, loan.line, "returned_on") for loan in loans}
    open_ = course.open_findings().items()
    named = {index for index, one in open_ if not cells.isdisjoint((one.at, *one.see_also))}
    days = neighbouring_dates(loans[0].returned_on) if loans[0].returned_on else ()
    edits = (tuple(Change(at, day) for at in cells) for day in days)
    tried = (course.trial.of([Correction(SlipKind.DATE, one, Slip.PLAIN, Slip.PLAIN.cost)]) for one in edits)
    return any(named <= outcome.gone and not outcome.new for outcome in tried)


def _in_doubt(loans: list[LoanRow], slip: Slip) -> Correction:
    """The days of return of these, which nothing tells."""
    untold = tuple(Cell(LoanRow, loan.line, "returned_on") for loan in loans)
    return Correction(SlipKind.COLUMN, (), slip, slip.cost, untold)


class _LastDays:
    """Until when each copy must have come back: it was lent again then, or seen on the shelf."""

    def __init__(self, library: Library) -> None:
        self._as_of = library.as_of
        self._days: dict[str, list[date]] = {}
        for row_type, field in ((LoanRow, "lent_on"), (StocktakeRow, "counted_on")):
            rows: Iterator[Any] = iter(library[row_type])
            for row in rows:
                self._days.setdefault(row.accession_no, []).append(getattr(row, field))

    def of(self, loan: LoanRow) -> date:
        """The last day on which the loan can have ended."""
        later = (day for day in self._days.get(loan.accession_no, ()) if day > loan.lent_on)
        return min(later, default=self._as_of)
