"""Where nobody says a day, the computer's is not believed when the books show that it cannot be right."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from make import EXAMPLE_SCHOOL
from make import row as example
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading import clock

Setting = Callable[[date], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Setting:
    def put(day: date) -> None:
        class Stopped(date):
            @classmethod
            def today(cls) -> date:
                return day

        monkeypatch.setattr(clock, "date", Stopped)

    return put


def judged(day: date, cut_off: date | None = None) -> Library:
    """Books from September to November 2025."""
    rows = [example(AccessionRow, accessioned_on=date(2025, 9, 1)), example(LoanRow, lent_on=date(2025, 11, 17))]
    return LedgerSet.of(*rows, school=EXAMPLE_SCHOOL._replace(cut_off=cut_off)).library(day)


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(1980, 1, 1), date(2019, 3, 1), date(2105, 1, 1)])
def test_a_clock_that_has_stopped_is_named(day: date, set_clock: Setting, tmp_path: Path, capfd: object) -> None:
    set_clock(day)
    with pytest.raises(Unusable, match=f"^电脑上的日期是 {day}，先把电脑的日期改对"):
        clock.computers_day()
    assert main(["new", str(tmp_path / "新.xlsx")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_clock_of_these_years_is_believed(set_clock: Setting) -> None:
    set_clock(date(2026, 3, 2))
    assert clock.computers_day() == date(2026, 3, 2)


@pytest.mark.parametrize("day", [date(2024, 9, 1), date(2025, 2, 1)])
def test_books_that_begin_long_after_today_are_refused_by_naming_the_clock(day: date) -> None:
    with pytest.raises(Unusable, match=f"^电脑上的日期是 {day}，账上最早的一天却是 2025-09-01"):
        clock.refuse_before_the_books(judged(day), None)


@pytest.mark.parametrize(
    ("day", "cut_off", "as_of"),
    [
        # Made ready in the summer, for the school year that begins in September.
        (date(2025, 7, 10), None, None),
        (date(2026, 1, 5), None, None),
        (date(2024, 9, 1), date(2024, 9, 1), None),
        (date(2026, 1, 5), None, date(2026, 1, 5)),
    ],
)
def test_lawful_days_are_not_refused(day: date, cut_off: date | None, as_of: date | None) -> None:
    clock.refuse_before_the_books(judged(day, cut_off), as_of)


@pytest.mark.parametrize(
    ("day", "cut_off", "as_of", "is_said"),
    [
        (date(2099, 1, 1), None, None, True),
        (date(2027, 3, 1), None, None, True),
        (date(2026, 7, 3), None, None, False),
        (date(2099, 1, 1), date(2099, 1, 1), None, False),
        (date(2099, 1, 1), None, date(2099, 1, 1), False),
    ],
)
def test_a_day_long_after_the_last_entry_is_said(
    day: date, cut_off: date | None, as_of: date | None, *, is_said: bool
) -> None:
    said = clock.said_of_the_clock(judged(day, cut_off), as_of)
    assert bool(said) is is_said
    assert not said or f"照电脑上的日期 {day} 算，账上最后一笔却是 2025-11-17" in said


@pytest.mark.parametrize(("days", "is_said"), [(0, False), (4, False), (20, True)])
def test_a_clock_behind_the_entries_is_said(days: int, *, is_said: bool) -> None:
    copies = example(AccessionRow, accessioned_on=date(2011, 9, 1))
    later = [example(LoanRow, line=2 + n, lent_on=date(2025, 11, 1 + n)) for n in range(days)]
    library = LedgerSet.of(copies, *later, school=EXAMPLE_SCHOOL._replace(cut_off=None)).library(date(2012, 3, 1))
    clock.refuse_before_the_books(library, None)
    assert ("好几天记在这天以后" in clock.said_of_the_clock(library, None)) is is_said


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 12, 31), date(2105, 3, 1)])
def test_no_books_are_begun_for_a_school_year_no_ledger_can_hold(day: date) -> None:
    with pytest.raises(Unusable, match="不会是要记账的学年"):
        starting_ledger_set(day)
