"""Whether a target can be met, what stands in the way, and the smallest change that would do."""

from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_school import (
    SCHOOL,
    calendar,
    lent,
    openings,
    pupil,
    rule,
    school_class,
    small_school,
    target,
    turn,
)

from make import row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.vocabulary import ClassLending, DayKind, TurnKind, Weekday, WeekPattern
from schoollib_xl.quotas.catch_up import CatchUp
from schoollib_xl.quotas.feasibility import (
    Case,
    Change,
    Feasibility,
    Limit,
    is_smallest,
    one_step_less,
    smallest_changes,
)
from schoollib_xl.quotas.outcomes import Outcome
from schoollib_xl.quotas.statement import statement
from schoollib_xl.quotas.timetable import Occasion
from schoollib_xl.wording.quotas import limit_reason

# A busy machine is no fault of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

PLENTY = 2000


def stock(copies: int = PLENTY) -> list[Any]:
    """So many copies of one batch; the first is 000001."""
    batch = row(SummaryRow, batch_no="2025-001", registered_on=date(2025, 9, 1))
    found = [row(AccessionRow, accession_no=f"{number:06}") for number in range(1, copies + 1)]
    return [batch, *found]


def outcome(*rows: Any, **more: Any) -> Outcome:
    """The outcome of the first target of a school with these rows."""
    own = {type(one) for one in rows}
    books = small_school(*rows, *([] if AccessionRow in own else stock()), **more)
    return statement(books).outcomes[0]


def verdict(*rows: Any, **more: Any) -> Feasibility:
    return outcome(*rows, **more).verdicts[0]


def test_a_turn_every_second_week_and_one_copy_cannot_reach_twelve_in_eighteen_weeks() -> None:
    # 篇六 lets grades 3 to 6 borrow every second week, 篇三 one copy at a time, 篇四 asks for twelve.
    judged = outcome(school_class(pupils=40), turn(weeks=WeekPattern.ODD), target("生均借书册数", Decimal(12)))
    assert judged.is_feasible is False
    assert (judged.verdicts[0].weeks, judged.verdicts[0].turns, judged.verdicts[0].copies) == (18, 9, 1)
    assert judged.verdicts[0].most_each == Decimal("9.00")
    assert judged.verdicts[0].limit is Limit.TURNS
    assert limit_reason(judged) == (
        "三（1）班：全学期 18 周，轮到 9 次，每次 1 册，每人最多 9 册，9 < 12；"
        "改成每周轮一次；或者改成每次可借 2 册，就能完成。"
    )


def test_the_same_turns_reach_nine() -> None:
    judged = outcome(school_class(), turn(weeks=WeekPattern.EVEN), target("生均借书册数", Decimal(9)))
    assert judged.is_feasible is True
    assert limit_reason(judged) is None


@pytest.mark.parametrize("change", [turn(weeks=WeekPattern.EVERY), rule(2)], ids=["every week", "two copies"])
def test_the_changes_named_really_reach_twelve(change: Any) -> None:
    turns = [] if isinstance(change, type(turn())) else [turn(weeks=WeekPattern.ODD)]
    assert verdict(school_class(), *turns, change, target("生均借书册数", Decimal(12))).is_feasible


def test_turns_in_a_week_off_are_lost() -> None:
    off = row(CalendarRow, starts_on=date(2025, 9, 29), ends_on=date(2025, 10, 3), kind=DayKind.HOLIDAY)
    judged = verdict(*calendar(off), school_class(), turn(), target("生均借书册数", Decimal(18)))
    assert (judged.turns, judged.most_each) == (17, Decimal("17.00"))


def test_too_few_minutes_for_the_class_are_named_and_the_minutes_that_would_do() -> None:
    # Forty pupils, a minute each, in a turn of thirty minutes: 30 copies × 18 turns for 40 × 18 wanted.
    short = turn(ends_at=time(12, 30))
    judged = verdict(school_class(pupils=40), short, target("生均借书册数", Decimal(18)))
    assert judged.limit is Limit.MINUTES
    assert judged.most == 30 * 18
    assert judged.changes == (Change(more_minutes=10),)


def test_a_school_that_sets_no_minutes_is_not_limited_by_them() -> None:
    school = SCHOOL._replace(minutes_per_copy=0)
    short = turn(ends_at=time(12, 5))
    assert verdict(school_class(pupils=40), short, target("生均借书册数", Decimal(18)), school=school).is_feasible


def test_too_few_copies_are_named_and_how_many_would_do() -> None:
    judged = verdict(school_class(pupils=40), turn(), target("生均借书册数", Decimal(18)), *stock(30))
    assert judged.limit is Limit.STOCK
    assert judged.changes == (Change(more_stock=10),)


def test_copies_that_stay_in_the_room_cannot_be_lent() -> None:
    [batch, *copies] = stock(40)
    staying = [copy._replace(circulation="仅阅览") for copy in copies[:10]]
    rows = [batch, *staying, *copies[10:]]
    judged = verdict(school_class(pupils=40), turn(), target("生均借书册数", Decimal(18)), *rows)
    assert judged.limit is None or judged.most_each == Decimal("18.00")


def test_two_classes_share_the_stock_while_both_have_copies_out() -> None:
    both = [school_class(pupils=40), school_class("三（2）班", pupils=40), turn(), turn("三（2）班")]
    long, short = rule(days=14), rule(days=1)
    tuesday = turn("三（2）班", weekday=Weekday.TUESDAY)
    wanted = target("生均借书册数", Decimal(18))
    assert verdict(*both, long, wanted, *stock(60)).most_each == Decimal("13.50")
    # With a day's loan the Monday class has brought its copies back before the Tuesday class comes.
    assert verdict(*both[:3], tuesday, short, wanted, *stock(60)).is_feasible


def test_a_class_that_only_reads_in_the_room_cannot_borrow() -> None:
    reading = turn("一（1）班", kind=TurnKind.READING)
    judged = outcome(school_class("一（1）班", 1, 20, lending=None), reading, target("生均借书册数", Decimal(2)))
    assert judged.verdicts[0].limit is Limit.NO_TURN
    assert judged.verdicts[0].changes == (Change(weekly=True),)
    assert limit_reason(judged) == (
        "一（1）班：轮流表里没有排借还，全学期 18 周一次也借不到，0 < 2；每周排一次借还，就能完成。"
    )


def test_a_class_without_a_turn_comes_on_every_open_day() -> None:
    judged = verdict(school_class(pupils=10), target("生均借书册数", Decimal(12)))
    assert (judged.turns, judged.is_feasible) == (90, True)


def test_classes_without_turns_share_the_minutes_of_the_day() -> None:
    two = [school_class(pupils=60), school_class("三（2）班", pupils=60)]
    # An hour a day for 120 pupils is half a copy each day: 45 in 90 days.
    assert verdict(*two, target("生均借书册数", Decimal(46))).most_each == Decimal("45.00")


def test_a_class_whose_teacher_borrows_for_it_is_not_bound_to_reading_turns() -> None:
    reading = turn("一（1）班", kind=TurnKind.READING)
    through = school_class("一（1）班", 1, 20, lending=ClassLending.THROUGH_TEACHER)
    assert verdict(through, reading, target("生均借书册数", Decimal(2))).is_feasible


def test_visits_are_not_helped_by_more_copies() -> None:
    judged = verdict(school_class(), turn(weeks=WeekPattern.ODD), rule(5), target("生均借书次数", Decimal(12)))
    assert judged.most_each == Decimal("9.00")
    assert judged.changes == (Change(weekly=True),)


def test_a_target_is_feasible_only_where_every_class_it_is_for_can_meet_it() -> None:
    judged = outcome(
        school_class(), school_class("四（1）班", 4), turn(weeks=WeekPattern.ODD), target("生均借书册数", Decimal(12))
    )
    assert [one.is_feasible for one in judged.verdicts] == [False, True]
    assert judged.is_feasible is False


def test_no_rule_for_a_class_is_no_verdict_on_its_turns() -> None:
    judged = outcome(school_class(), turn(), rule(grade=5), target("生均借书册数", Decimal(1)))
    assert judged.verdicts[0].limit is Limit.NO_RULE
    assert limit_reason(judged) == "三（1）班：借阅规则里没有一条管得到，不知道能借几册。"


def test_a_rule_that_changes_in_mid_term_counts_from_its_day() -> None:
    later = rule(2, since=date(2025, 11, 3))
    judged = verdict(school_class(), turn(), rule(1), later, target("生均借书册数", Decimal(30)))
    # Nine Mondays of one copy, nine of two.
    assert judged.most_each == Decimal("27.00")


DAYS = st.integers(min_value=0, max_value=125).map(lambda offset: date(2025, 9, 1) + timedelta(days=offset))
OCCASIONS = st.lists(
    st.builds(
        Occasion,
        day=DAYS,
        minutes=st.none() | st.fractions(min_value=0, max_value=90, max_denominator=4),
        copies=st.integers(min_value=0, max_value=3),
        others=st.integers(min_value=0, max_value=80),
    ),
    max_size=12,
).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    now = draw(OCCASIONS)
    more = draw(st.none() | OCCASIONS)
    pupils = draw(st.integers(min_value=1, max_value=50))
    return Case(
        pupils=pupils,
        need=pupils * draw(st.integers(min_value=0, max_value=15)),
        in_visits=draw(st.booleans()),
        minutes_per_copy=draw(st.integers(min_value=0, max_value=3)),
        stock=draw(st.integers(min_value=0, max_value=200)),
        now=now,
        weekly=None if more is None else now + more,
    )


@UNHURRIED
@given(cases())
def test_a_smallest_change_suffices_and_one_step_less_of_it_does_not(case: Case) -> None:
    for change in smallest_changes(case):
        assert case.suffices(change)
        assert not any(case.suffices(less) for less in one_step_less(change))
        assert is_smallest(case, change)


@UNHURRIED
@given(cases())
def test_a_class_that_comes_at_all_can_always_be_helped_unless_visits_are_wanted(case: Case) -> None:
    if case.now and not case.in_visits:
        assert smallest_changes(case)


@UNHURRIED
@given(cases(), st.integers(0, 5), st.integers(0, 60), st.integers(0, 100))
def test_more_of_anything_never_gives_less(case: Case, copies: int, minutes: int, more_stock: int) -> None:
    most = case.most()
    assert case.most(Change(more_copies=copies)) >= most
    assert case.most(Change(more_minutes=minutes)) >= most
    assert case.most(Change(more_stock=more_stock)) >= most
    assert case.most(Change(weekly=True)) >= most


def test_a_share_of_minutes_is_exact() -> None:
    occasion = Occasion(date(2025, 9, 1), Fraction(100, 3), 1, 0)
    case = Case(40, 40, False, 1, PLENTY, (occasion,), None)
    assert case.most() == 33
    assert smallest_changes(case) == (Change(more_minutes=7),)


# -- the way back ---------------------------------------------------------------------------------


def way_back(as_of: date, *loans: Any) -> CatchUp | None:
    books: Library = small_school(
        school_class(pupils=10), pupil("甲"), turn(), target("生均借书册数", Decimal(9)), *stock(), *loans, as_of=as_of
    )
    [quota] = statement(books).classes
    return quota.catch_up


def test_a_class_behind_gets_a_path_by_week_that_adds_up_to_the_gap() -> None:
    path = way_back(date(2025, 10, 31), *[lent("甲", date(2025, 9, 8))] * 10)
    assert path
    assert (path.gap, path.most_left) == (80, 90)
    assert sum(week.copies for week in path.weeks) == 80
    assert [week.number for week in path.weeks] == [*range(10, 19)]
    assert max(week.copies for week in path.weeks) <= 10
    assert path.weeks[0].monday == date(2025, 11, 3)


def test_a_class_that_can_no_longer_catch_up_is_told_so() -> None:
    path = way_back(date(2025, 11, 28), *[lent("甲", date(2025, 9, 8))] * 10)
    assert path
    assert (path.is_possible, path.most_left, path.weeks) == (False, 50, ())


def test_a_class_on_track_needs_no_path() -> None:
    assert way_back(date(2025, 10, 31), *[lent("甲", date(2025, 9, 8))] * 45) is None


def test_an_infeasible_target_has_no_path() -> None:
    books = small_school(
        school_class(pupils=10), pupil("甲"), turn(weeks=WeekPattern.ODD), target("生均借书册数", Decimal(12)),
        *openings(), *stock(), as_of=date(2025, 10, 31),
    )  # fmt: skip
    [quota] = statement(books).classes
    assert quota.verdict
    assert not quota.verdict.is_feasible
    assert quota.catch_up is None
