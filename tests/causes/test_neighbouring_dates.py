"""Slips of the pen in a date, up to where the calendar of a computer ends."""

from datetime import date

import pytest

from schoollib_xl.causes.slips import neighbouring_dates


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (date(9999, 12, 31), [date(9998, 12, 31)]),
        (date(1, 1, 1), [date(2001, 1, 1), date(2, 1, 1), date(1, 2, 1)]),
        (date(24, 9, 17), [date(2024, 9, 17), date(25, 9, 17), date(23, 9, 17), date(24, 8, 17), date(24, 10, 17)]),
        (date(1925, 5, 5), [date(2025, 5, 5), date(1926, 5, 5), date(1924, 5, 5), date(1925, 4, 5), date(1925, 6, 5)]),
        (
            date(2026, 3, 5),
            [date(2026, 5, 3), date(2027, 3, 5), date(2025, 3, 5), date(2026, 2, 5), date(2026, 4, 5)],
        ),
        (date(2026, 1, 31), [date(2027, 1, 31), date(2025, 1, 31), date(2025, 12, 31)]),
        (date(2024, 2, 29), [date(2024, 1, 29), date(2024, 3, 29)]),
    ],
)
def test_the_dates_one_slip_away(day: date, near: list[date]) -> None:
    assert list(neighbouring_dates(day)) == near
