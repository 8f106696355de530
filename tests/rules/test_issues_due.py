"""How many issues a subscription should have brought by a day."""

from datetime import date

import pytest

from schoollib_xl.ledgers.vocabulary import Frequency
from schoollib_xl.rules.periodicals import Issues, issues_due

AUTUMN = (date(2025, 9, 1), date(2026, 1, 31))
HALF_YEAR = (date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("frequency", "period", "fewest", "most"),
    [
        (Frequency.DAILY, AUTUMN, 74, 153),
        (Frequency.WEEKLY, AUTUMN, 15, 23),
        (Frequency.TEN_DAYS, AUTUMN, 10, 16),
        (Frequency.SEMIMONTHLY, AUTUMN, 7, 11),
        (Frequency.MONTHLY, AUTUMN, 4, 6),
        (Frequency.BIMONTHLY, AUTUMN, 1, 4),
        (Frequency.QUARTERLY, AUTUMN, 0, 3),
        (Frequency.MONTHLY, HALF_YEAR, 4, 7),
        (Frequency.QUARTERLY, HALF_YEAR, 1, 3),
        (Frequency.MONTHLY, (date(2026, 1, 1), date(2026, 12, 31)), 8, 13),
    ],
)
def test_issues_due_by_frequency(frequency: Frequency, period: tuple[date, date], fewest: int, most: int) -> None:
    assert issues_due(frequency, *period) == Issues(fewest, most)


@pytest.mark.parametrize("frequency", Frequency)
def test_nothing_need_be_due_before_a_subscription_begins(frequency: Frequency) -> None:
    due = issues_due(frequency, date(2026, 3, 1), date(2026, 2, 1))
    assert due.fewest == 0
    assert due.most <= 1


def test_a_weekly_may_skip_both_holidays_of_a_half_year() -> None:
    assert 19 in issues_due(Frequency.WEEKLY, date(2026, 2, 1), date(2026, 7, 31))


def test_a_monthly_may_join_the_issues_of_july_and_august() -> None:
    assert 5 in issues_due(Frequency.MONTHLY, date(2026, 7, 1), date(2026, 12, 31))


def test_a_daily_may_come_out_on_weekdays_alone_and_skip_the_festivals() -> None:
    due = issues_due(Frequency.DAILY, *HALF_YEAR)
    assert 118 in due
    assert 182 not in due


def test_a_month_begun_may_bring_its_issue_or_not() -> None:
    due = issues_due(Frequency.MONTHLY, date(2025, 9, 1), date(2026, 1, 2))
    assert 4 in due
    assert 5 in due


@pytest.mark.parametrize(("last", "weekdays"), [(date(2025, 9, 5), 3), (date(2025, 9, 7), 3), (date(2025, 9, 8), 4)])
def test_a_daily_of_weekdays_alone_has_no_issue_at_the_weekend(last: date, weekdays: int) -> None:
    assert issues_due(Frequency.DAILY, date(2025, 9, 3), last).fewest == weekdays - 1
