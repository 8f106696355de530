"""What a new workbook starts with: default rows with their basis, and the public holidays that are known."""

from datetime import date

import pytest

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.rules.lending import governing
from schoollib_xl.rules.target_names import TARGET_NAMES
from schoollib_xl.sheets.building.prefill import prefill
from schoollib_xl.sheets.building.starting import default_rows, starting_ledger_set

HOLIDAY, MAKE_UP = DayKind.HOLIDAY, DayKind.MAKE_UP


def test_the_holidays_and_make_up_days_of_an_autumn_term_are_known() -> None:
    rows, unknown = prefill(date(2025, 9, 1), date(2026, 1, 10))
    assert [(row.starts_on, row.ends_on, row.kind) for row in rows] == [
        (date(2025, 9, 28), date(2025, 9, 28), MAKE_UP),
        (date(2025, 10, 1), date(2025, 10, 8), HOLIDAY),
        (date(2025, 10, 11), date(2025, 10, 11), MAKE_UP),
        (date(2026, 1, 1), date(2026, 1, 3), HOLIDAY),
        (date(2026, 1, 4), date(2026, 1, 4), MAKE_UP),
    ]
    assert [row.line for row in rows] == [2, 3, 4, 5, 6]
    assert unknown == ()


def test_a_make_up_day_follows_the_day_off_it_is_worked_for() -> None:
    rows, _ = prefill(date(2025, 9, 1), date(2025, 10, 31))
    assert [(row.follows, row.note) for row in rows if row.kind is MAKE_UP] == [
        (Weekday.TUESDAY, "国庆节补班日，补 10月7日的课；学校另有安排的照学校改"),
        (Weekday.WEDNESDAY, "国庆节补班日，补 10月8日的课；学校另有安排的照学校改"),
    ]


def test_where_make_up_days_and_days_off_do_not_pair_the_school_decides() -> None:
    # 春节 2018: two days worked, but the notice has another number of days off for them.
    rows, _ = prefill(date(2018, 2, 11), date(2018, 2, 11))
    assert [(row.follows, row.note) for row in rows] == [(None, "春节补班日，照星期几上由学校定")]


def test_a_range_cuts_a_holiday_at_its_ends() -> None:
    rows, _ = prefill(date(2025, 10, 3), date(2025, 10, 5))
    assert [(row.starts_on, row.ends_on) for row in rows] == [(date(2025, 10, 3), date(2025, 10, 5))]


def test_a_week_without_holidays_has_no_rows() -> None:
    assert prefill(date(2025, 11, 3), date(2025, 11, 9)) == ([], ())


def test_years_nobody_knows_yet_are_named_and_never_guessed() -> None:
    rows, unknown = prefill(date(2003, 12, 20), date(2004, 1, 31))
    assert unknown == (2003,)
    assert {row.starts_on.year for row in rows} == {2004}
    # Off by law on the same days every year, whatever the notice says of the rest.
    rows, unknown = prefill(date(2097, 9, 1), date(2098, 1, 31))
    assert unknown == (2097, 2098)
    assert [(str(row.starts_on), str(row.ends_on), row.kind) for row in rows] == [
        ("2097-10-01", "2097-10-03", DayKind.HOLIDAY), ("2098-01-01", "2098-01-01", DayKind.HOLIDAY),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "year"),
    [(date(2025, 7, 31), "2024-2025"), (date(2025, 8, 1), "2025-2026"), (date(2026, 3, 1), "2025-2026")],
)
def test_a_new_workbook_is_for_the_school_year_of_its_day(as_of: date, year: str) -> None:
    ledger_set = starting_ledger_set(as_of).ledger_set
    assert ledger_set.school.school_year == year
    assert ledger_set.rows[LendingRule][0].since == date(int(year[:4]), 9, 1)


def test_a_new_workbook_says_for_which_years_it_knows_no_holidays() -> None:
    assert starting_ledger_set(date(2025, 9, 1)).unknown_years == ()
    assert starting_ledger_set(date(2098, 9, 1)).unknown_years == (2098, 2099)


def test_every_default_rule_and_target_cites_its_basis() -> None:
    rows = default_rows(date(2025, 9, 1))
    assert all(row.basis for kind in (LendingRule, TargetRow) for row in rows[kind])
    assert {row.name for row in rows[TargetRow]} <= set(TARGET_NAMES)


def test_the_default_rules_leave_no_reader_without_a_rule() -> None:
    rules = default_rows(date(2025, 9, 1))[LendingRule]
    found = {kind: governing(rules, kind, None, None, date(2025, 9, 1)) for kind in ReaderKind}
    assert {kind: rule.copies for kind, rule in found.items() if rule} == {
        ReaderKind.PUPIL: 1,
        ReaderKind.TEACHER: 5,
        ReaderKind.STAFF: 1,
    }


def test_the_default_rows_are_numbered_from_the_row_below_the_header() -> None:
    for rows in default_rows(date(2025, 9, 1)).values():
        assert [row.line for row in rows] == list(range(2, 2 + len(rows)))


def test_a_new_workbook_has_nothing_wrong_in_it_but_what_only_the_school_can_fill() -> None:
    ledger_set = starting_ledger_set(date(2025, 9, 1)).ledger_set
    assert {CalendarRow, OpeningRow, ParagraphRow, SentenceRow} <= set(ledger_set.rows)
    assert not run(ledger_set.library(), ALL.values()).failed
