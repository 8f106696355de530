"""Days that words name without a year."""

from datetime import date

import pytest

from schoollib_xl.rules.days_told import days_told, is_ahead


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("8月1日清点", date(2025, 8, 1)),
        ("9月5日开学", date(2025, 9, 5)),
        ("12月31日", date(2025, 12, 31)),
        ("1月1日", date(2026, 1, 1)),
        ("7月31日交", date(2026, 7, 31)),
        ("2024年7月31日交", date(2024, 7, 31)),
    ],
)
def test_a_day_without_a_year_lies_in_the_school_year_from_august_to_july(said: str, day: date) -> None:
    assert days_told(said, 2025) == [day]


def test_what_is_said_of_the_very_day_is_not_ahead() -> None:
    assert is_ahead("3月6日收齐", date(2026, 3, 5), 2025)
    assert not is_ahead("3月6日收齐", date(2026, 3, 6), 2025)
    assert not is_ahead("3月6日收了一半，3月9日收齐", date(2026, 3, 6), 2025)
    assert not is_ahead("收齐了", date(2026, 3, 6), 2025)
