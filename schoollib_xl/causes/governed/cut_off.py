"""截止日期 itself: a year or a month off, and every book goes on after it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from schoollib_xl.causes.correction import Correction, SlipKind, changed
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.done import DONE
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import SETTINGS, Term
from schoollib_xl.ledgers.supporting.office import SettingRow

# What is found where the books go on after the day, or the day is in no term.
_CODES = frozenset({"FMT205", "SET103"})
_ITEM = next(item for item, field in SETTINGS.items() if field.name == "cut_off")
# So many days are tried on all the books.
_TRIED = 2


def cut_off_amiss(course: Course) -> None:
    """Name the day that settles most of what is found, where nothing new comes of it."""
    library, open_ = course.trial.library, course.open_findings()
    if library.as_of != library.school.cut_off or _CODES.isdisjoint(one.check.code for one in open_.values()):
        return
    near = islice(_written_otherwise(library, library.as_of), _TRIED)
    outcomes = [(course.trial.of([one]), one) for one in near]
    settle = [(len(outcome.gone & open_.keys()), one) for outcome, one in outcomes if not outcome.new]
    most = max((settles for settles, _ in settle), default=0)
    likeliest = sorted((one for settles, one in settle if settles == most), key=lambda one: one.cost)
    if most * 2 >= len(open_) and likeliest:
        course.accept(likeliest[:1], [likeliest[1:]], at_least=2)


def _written_otherwise(library: Library, cut_off: date) -> Iterator[Correction]:
    """The days of the term that are a slip away: later ones where several sheets go on, and else earlier ones."""
    row = next((row for row in reversed(library[SettingRow].rows) if row.item == _ITEM), None)
    term, goes_on = library.school.term, _sheets_going_on(library, cut_off)
    for day in _near(cut_off, term) if row else ():
        if (day > cut_off) is (goes_on > 0) and goes_on != 1 and (term is None or day in term):
            slip = slip_between(cut_off, day)
            yield changed(SlipKind.SETTING, row, slip, slip.cost, value=day)


def _near(cut_off: date, term: Term | None) -> Iterable[date]:
    """The days that are a slip away, and those of other years in which the term is: 2052 for 2025."""
    is_leap_day = (cut_off.month, cut_off.day) == (2, 29)
    years = {term.start.year, term.end.year} if term and not is_leap_day else ()
    return dict.fromkeys([*neighbouring_dates(cut_off), *(cut_off.replace(year=year) for year in sorted(years))])


def _sheets_going_on(library: Library, cut_off: date) -> int:
    """How many sheets have later days: of a single one, these may be what is wrong."""
    return sum(
        any(day and day > cut_off for field in fields.split() for day in library[row_type].distinct(field))
        for row_type, fields in DONE.items()
    )
