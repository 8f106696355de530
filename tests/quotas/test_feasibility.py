"""Whether a target can be met, what stands in the way, and the smallest change that would do."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from small_school import (
    FIRST_DAY,
    LAST_DAY,
    NOON,
    SCHOOL,
    SPRING,
    WEEK,
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

from make import row, without
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending, DayKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.statement import statement
from schoollib_xl.quotas.turns.catch_up import CatchUp, Week
from schoollib_xl.quotas.turns.verdict import Feasibility, Limit, NeededChange
from schoollib_xl.wording.quotas.quota_sentences import catch_up_words
from schoollib_xl.wording.quotas.verdicts import limit_reason

PLENTY = 2000
# Books go out until the day before the last, so that a Monday class has all its eighteen Mondays.
LATE = SCHOOL._replace(lending_stops=LAST_DAY)


def stock(copies: int = PLENTY) -> list[Any]:
    """So many copies of one batch; the first is 000001."""
    batch = row(SummaryRow, batch_no="2025-001", registered_on=date(2025, 9, 1))
    found = [row(AccessionRow, accession_no=f"{number:06}") for number in range(1, copies + 1)]
    return [batch, *found]


def outcome(*rows: Any, **more: Any) -> TargetOutcome:
    """The outcome of the first target of a school with these rows."""
    own = {type(one) for one in rows}
    books = small_school(*rows, *([] if AccessionRow in own else stock()), **{"school": LATE} | more)
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


def test_what_is_reached_is_never_called_impossible() -> None:
    # Nine turns of one copy, twelve copies asked; 三（1）班 has them all the same, 三（2）班 has not.
    both = [school_class(name, pupils=1) for name in ("三（1）班", "三（2）班")]
    turns = [turn(one.class_name, weeks=WeekPattern.ODD) for one in both]
    books = [target("生均借书册数", Decimal(12)), *(lent("001", FIRST_DAY) for _ in range(12))]
    reached = outcome(both[0], *turns, *books)
    assert (reached.is_reached, reached.is_feasible, limit_reason(reached)) == (True, True, None)
    half = outcome(*both, *turns, *books)
    assert (half.is_reached, half.is_feasible) == (False, False)
    assert str(limit_reason(half)).startswith("三（2）班：")


@pytest.mark.parametrize(("loans", "is_feasible"), [(9, False), (10, True)])
def test_more_than_a_class_could_is_no_reason_why_it_cannot(loans: int, is_feasible: bool) -> None:
    # Nine turns of one copy, and ten were lent all the same: the turns say no longer what the class can borrow.
    rows = [school_class(pupils=1), turn(weeks=WeekPattern.ODD), *(lent("001", FIRST_DAY) for _ in range(loans))]
    judged = outcome(*rows, target("生均借书册数", Decimal(12)))
    assert (judged.is_reached, judged.is_feasible, limit_reason(judged) is None) == (False, is_feasible, is_feasible)
    [quota] = statement(small_school(*rows, target("生均借书册数", Decimal(12)), *stock(), school=LATE)).classes
    assert quota.verdict is not None
    assert quota.verdict.is_feasible is is_feasible


@pytest.mark.parametrize(("loans", "is_feasible"), [(5, False), (6, True)])
def test_nor_is_what_the_desk_has_done_up_to_now(loans: int, is_feasible: bool) -> None:
    # Five minutes for ten pupils, of whom six came and got a copy each: a copy takes less time than is reckoned.
    rows = [
        school_class(pupils=10),
        turn(weekday=Weekday.TUESDAY, ends_at=time(12, 5)),
        target("生均借书册数", Decimal(18)),
    ]
    done = [lent(f"00{number}", date(2025, 9, 2)) for number in range(loans)]
    judged = outcome(*rows, *done, as_of=date(2025, 9, 5))
    assert judged.verdicts[0].limit is (None if is_feasible else Limit.MINUTES)
    # Nor does it keep another class from it, which comes at other hours.
    other = [school_class("四（1）班", 4, pupils=10), turn("四（1）班", weekday=Weekday.MONDAY, ends_at=time(12, 5))]
    limits = [one.limit for one in outcome(*rows, *done, *other, as_of=date(2025, 9, 5)).verdicts]
    assert limits == ([None, None] if is_feasible else [Limit.MINUTES, Limit.MINUTES])


@pytest.mark.parametrize(("loans", "is_feasible"), [(2, False), (3, True)])
def test_nor_is_what_the_stock_has_done_up_to_now(loans: int, is_feasible: bool) -> None:
    # Two books for ten pupils who come on Mondays, and three went out at once.
    rows = [school_class(pupils=10), turn(weekday=Weekday.MONDAY), target("生均借书册数", Decimal(18)), *stock(2)]
    done = [lent(f"00{number}", FIRST_DAY) for number in range(loans)]
    judged = outcome(*rows, *done, as_of=date(2025, 9, 5))
    assert judged.verdicts[0].limit is (None if is_feasible else Limit.STOCK)


def test_before_a_term_the_books_of_its_first_day_are_there_to_lend() -> None:
    books = [school_class(pupils=7), turn(), target("生均借书册数", Decimal(2))]
    assert outcome(*books, as_of=date(2025, 8, 20)).is_feasible is True


def test_what_half_of_the_pupils_have_done_is_not_impossible() -> None:
    # Nine turns of one copy each: eighteen for both, of whom one has twelve.
    two = [pupil("001"), pupil("002")]
    rows = [school_class(), *two, turn(weeks=WeekPattern.ODD), target("每生最低借书册数", Decimal(12))]
    eleven = [lent("001", FIRST_DAY) for _ in range(11)]
    assert outcome(*rows, *eleven).is_feasible is False
    assert outcome(*rows, *eleven, lent("001", FIRST_DAY)).is_feasible is True


def test_a_class_that_borrows_without_a_turn_is_not_told_that_it_never_can() -> None:
    both = [school_class(pupils=4), school_class("三（2）班", pupils=4), turn(), target("生均借书册数", Decimal(2))]
    one = lent("005", FIRST_DAY, "三（2）班")
    assert outcome(*both, one).verdicts[-1].limit is Limit.NO_TURN
    books = small_school(*both, one, one._replace(line=99), *stock(), school=LATE, as_of=date(2025, 12, 1))
    judged = statement(books)
    assert judged.outcomes[0].is_feasible is True
    assert [quota.catch_up for quota in judged.classes][1:] == [None]


@pytest.mark.parametrize(("loans", "back"), [(55, CatchUp(40, 35)), (56, None)])
def test_nobody_is_too_late_by_minutes_that_the_loans_disprove(loans: int, back: CatchUp | None) -> None:
    # Two classes share five minutes a week; in eleven weeks one has had them all, and seven weeks are left.
    names = ["三（1）班", "三（2）班"]
    turns = [turn(name, weekday=Weekday.TUESDAY, ends_at=time(12, 5)) for name in names]
    rows = [*(school_class(name, pupils=10) for name in names), *turns, target("生均借书册数", Decimal(4)), *stock()]
    done = [lent(f"00{number % 10}", date(2025, 9, 2)) for number in range(loans)]
    first, second = statement(small_school(*rows, *done, school=LATE, as_of=date(2025, 11, 14))).classes
    assert (first.catch_up, second.catch_up) == (None, back)


@pytest.mark.parametrize(("loans", "is_feasible"), [(10, False), (11, True)])
def test_nor_is_what_the_class_did_last_term(loans: int, is_feasible: bool) -> None:
    spring = SPRING._replace(lending_stops=SPRING.term_end)
    weeks = row(CalendarRow, starts_on=SPRING.term_start, ends_on=SPRING.term_end)
    rows = [school_class(pupils=1), turn(weeks=WeekPattern.ODD), *(lent("001", FIRST_DAY) for _ in range(loans))]
    judged = outcome(*rows, *calendar(weeks), target("生均借书册数", Decimal(12)), school=spring)
    assert [one.most for one in judged.verdicts] == [10]
    assert judged.is_feasible is is_feasible


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
    assert judged.changes == (NeededChange(more_minutes=10),)


def test_a_school_that_sets_no_minutes_is_not_limited_by_them() -> None:
    school = LATE._replace(minutes_per_copy=Decimal(0))
    short = turn(ends_at=time(12, 5))
    assert verdict(school_class(pupils=40), short, target("生均借书册数", Decimal(18)), school=school).is_feasible


def test_too_few_copies_are_named_and_how_many_would_do() -> None:
    judged = verdict(school_class(pupils=40), turn(), target("生均借书册数", Decimal(18)), *stock(30))
    assert judged.limit is Limit.STOCK
    assert judged.changes == (NeededChange(more_stock=10),)


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


@pytest.mark.parametrize("lending", [None, ClassLending.PERSONAL])
def test_a_class_that_has_reading_lessons_alone_cannot_borrow_where_others_have_turns_to(
    lending: ClassLending | None,
) -> None:
    two = target("生均借书册数", Decimal(2))
    reads = [school_class("一（1）班", 1, 20, lending=lending), turn("一（1）班", kind=TurnKind.READING)]
    judged = outcome(school_class(), turn(), *reads, two)
    assert [one.limit for one in judged.verdicts] == [None, Limit.NO_TURN]
    assert judged.verdicts[1].changes == (NeededChange(weekly=True),)
    assert limit_reason(judged) == (
        "一（1）班：轮流表里没有排借还，全学期 18 周一次也轮不到，0 < 2；每周排一次借还，就能完成。"
    )
    # A table of reading lessons leaves the other hours to those who borrow, and its advice nobody out.
    assert outcome(school_class(), *reads, two).is_feasible


def test_where_nobody_has_turns_a_class_that_reads_in_the_room_needs_none_to_borrow() -> None:
    reads = school_class("一（1）班", 1, lending=ClassLending.IN_ROOM)
    judged = outcome(school_class(), reads, target("生均借书册数", Decimal(2)))
    assert [one.limit for one in judged.verdicts] == [None, Limit.NO_TURN]
    assert limit_reason(judged) == "一（1）班：只在室内阅览，不借书回家，0 < 2；借阅方式改成个人借阅，就能完成。"


def test_a_class_is_told_what_keeps_it_and_not_what_keeps_another_that_the_same_would_help() -> None:
    rows = [
        school_class("一（1）班", 1, pupils=5, lending=ClassLending.IN_ROOM),
        school_class("二（1）班", 2, pupils=5), turn("二（1）班", kind=TurnKind.READING),
        school_class("三（1）班", 3, pupils=5), turn("三（1）班", weeks=WeekPattern.ODD),
    ]  # fmt: skip
    assert limit_reason(outcome(*rows, target("生均借书册数", Decimal(20)))) == (
        "一（1）班：只在室内阅览，不借书回家，0 < 20；"
        "借阅方式改成个人借阅，并且每周排一次借还，并且改成每次可借 2 册，就能完成。"
        "二（1）班：轮流表里没有排借还，全学期 18 周一次也轮不到，0 < 20；"
        "每周排一次借还，并且改成每次可借 2 册，就能完成。"
        "三（1）班：全学期 18 周，轮到 9 次，每次 1 册，每人最多 9 册，9 < 20；"
        "改成每周轮一次，并且改成每次可借 2 册，就能完成。"
    )


def test_each_class_is_told_what_it_needs_itself() -> None:
    # One comes too seldom, the other has minutes for five of its ten pupils: neither is helped by the other's remedy.
    rows = [
        school_class(pupils=5), turn(weeks=WeekPattern.ODD), rule(1, 7),
        school_class("四（1）班", 4, pupils=10), turn("四（1）班", weekday=Weekday.TUESDAY, ends_at=time(12, 5)),
    ]  # fmt: skip
    judged = outcome(*rows, target("生均借书册数", Decimal(18)))
    first, second = judged.verdicts
    assert first.own == (NeededChange(weekly=True), NeededChange(more_copies=1))
    assert second.own == (NeededChange(more_minutes=5),)
    assert first.changes == second.changes == tuple(replace(one, more_minutes=5) for one in first.own)
    assert limit_reason(judged) == (
        "三（1）班：全学期 18 周，轮到 9 次，每次 1 册，每人最多 9 册，9 < 18；"
        "改成每周轮一次；或者改成每次可借 2 册，就能完成。"
        "四（1）班：全学期 18 周，轮到 18 次，每次 1 册，可是柜台的时间不够借还，平均每人最多 9 册，9 < 18；"
        "每次多留 5 分钟（开放时间不够的也延长），就能完成。"
    )


def test_a_class_without_a_turn_comes_on_every_open_day() -> None:
    judged = verdict(school_class(pupils=10), target("生均借书册数", Decimal(12)))
    assert (judged.turns, judged.is_feasible) == (89, True)


def test_classes_without_turns_share_the_minutes_of_the_day() -> None:
    two = [school_class(pupils=60), school_class("三（2）班", pupils=60)]
    # An hour a day for 120 pupils is half a copy each day: 44.5 in 89 days.
    assert verdict(*two, rule(days=1), target("生均借书册数", Decimal(46))).most_each == Decimal("44.50")


def test_a_class_whose_teacher_borrows_for_it_is_not_bound_to_reading_turns() -> None:
    reading = turn("一（1）班", kind=TurnKind.READING)
    through = school_class("一（1）班", 1, 20, lending=ClassLending.THROUGH_TEACHER)
    assert verdict(through, reading, target("生均借书册数", Decimal(2))).is_feasible


def test_visits_are_not_helped_by_more_copies() -> None:
    judged = verdict(school_class(), turn(weeks=WeekPattern.ODD), rule(5), target("生均借书次数", Decimal(12)))
    assert judged.most_each == Decimal("9.00")
    assert judged.changes == (NeededChange(weekly=True),)


def test_a_target_is_feasible_only_where_every_class_it_is_for_can_meet_it() -> None:
    judged = outcome(
        school_class(), turn(weeks=WeekPattern.ODD), target("生均借书册数", Decimal(12)),
        school_class("四（1）班", 4), turn("四（1）班"),
    )  # fmt: skip
    assert [one.is_feasible for one in judged.verdicts] == [False, True]
    assert judged.is_feasible is False


def test_without_the_sheet_of_rules_no_target_is_called_impossible() -> None:
    books = without(small_school(school_class(), target("每生最低借书册数", 2), pupil("甲")), LendingRule)
    assert [verdict for outcome in statement(books).outcomes for verdict in outcome.hindered] == []


def test_no_rule_for_a_class_is_no_verdict_on_its_turns() -> None:
    judged = outcome(school_class(), turn(), rule(grade=5), target("生均借书册数", Decimal(1)))
    assert judged.verdicts[0].limit is Limit.NO_RULE
    assert limit_reason(judged) == "三（1）班：借阅规则里没有一条管得到，不知道能借几册。"


def test_a_rule_that_changes_in_mid_term_counts_from_its_day() -> None:
    later = rule(2, since=date(2025, 11, 3))
    judged = verdict(school_class(), turn(), rule(1), later, target("生均借书册数", Decimal(30)))
    # Nine Mondays of one copy, nine of two.
    assert judged.most_each == Decimal("27.00")


# -- the way back ---------------------------------------------------------------------------------


def way_back(as_of: date, *loans: Any) -> CatchUp | None:
    books: Library = small_school(
        school_class(pupils=10),
        pupil("甲"),
        turn(),
        target("生均借书册数", Decimal(9)),
        *stock(),
        *loans,
        school=LATE,
        as_of=as_of,
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


def test_the_weeks_of_a_way_back_are_said_together() -> None:
    path = CatchUp(
        17, 30, tuple(Week(number, FIRST_DAY, 1, copies, 0) for number, copies in ((9, 6), (10, 5), (11, 6)))
    )
    [quota] = statement(small_school(school_class(), target("生均借书册数", Decimal(9)))).classes
    assert catch_up_words(replace(quota, catch_up=path)) == "第 9—11 周每周借 5—6 册"
    every_second = replace(path, weeks=(path.weeks[0], path.weeks[2]))
    assert catch_up_words(replace(quota, catch_up=every_second)) == "第 9、11 周每周借 6 册"
    assert catch_up_words(replace(quota, catch_up=replace(path, weeks=path.weeks[:1]))) == "第 9 周借 6 册"


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


# -- advice that is true when followed -------------------------------------------------------------

AUTUMN = SCHOOL._replace(term_end=date(2026, 1, 23), cut_off=date(2026, 1, 23))
TERM = row(CalendarRow, starts_on=FIRST_DAY, ends_on=date(2026, 1, 23))
TEN = target("生均借书册数", Decimal(10))


def school_of(*rows: Any, copies: int, school: Any = AUTUMN) -> TargetOutcome:
    books = small_school(*rows, *(stock(copies) if copies else []), TERM, rule(days=14), school=school)
    return statement(books).outcomes[0]


def follow(copies: int, *rows: Any) -> int:
    """The copies with which the advice says the target can be met, which is then tried."""
    judged = school_of(*rows, copies=copies)
    assert judged.is_feasible is False
    [change] = judged.verdicts[0].changes
    assert change == NeededChange(more_stock=change.more_stock)
    enough = copies + change.more_stock
    assert f"再添 {change.more_stock} 册可外借的书，就能完成" in str(limit_reason(judged))
    assert school_of(*rows, copies=enough).is_feasible
    return enough


def twelve_classes() -> list[Any]:
    """Twelve classes of 25, forty minutes a week each, at three times of five noons."""
    names = [f"{grade}（{number}）班" for grade in "三四五六" for number in (1, 2, 3)]
    classes = [school_class(name, 3 + index // 3, 25) for index, name in enumerate(names)]
    hours = [(time(12 + index // 5), time(12 + index // 5, 40)) for index in range(12)]
    turns = [
        turn(name, weekday=WEEK[index % 5], starts_at=start, ends_at=end)
        for index, (name, (start, end)) in enumerate(zip(names, hours, strict=True))
    ]
    return [*classes, *turns, *openings(NOON, time(15))]


def test_the_copies_named_are_enough_for_all_classes_together() -> None:
    # 3,000 loans in twenty weeks are 150 a week.
    assert 150 <= follow(1, *twelve_classes(), TEN) <= 156
    assert 150 <= follow(144, *twelve_classes(), TEN) <= 156


def test_the_stock_is_shared_by_the_classes_of_a_week() -> None:
    two = [school_class(pupils=40), school_class("三（2）班", pupils=40), turn(), turn("三（2）班", weekday=WEEK[1])]
    stops = AUTUMN._replace(lending_stops=date(2026, 1, 12))
    # 800 loans in nineteen weeks.
    assert school_of(*two, TEN, copies=42, school=stops).is_feasible is False
    assert school_of(*two, TEN, copies=43, school=stops).is_feasible


def test_the_stock_that_is_enough_for_a_rotation_is_never_called_too_small() -> None:
    """Odd copies must go round among the classes: 9 of 31 pupils need 1,953 loans in nineteen weeks of 103."""
    stops = AUTUMN._replace(lending_stops=date(2026, 1, 12))
    for classes, pupils, each in ((9, 31, 7), (6, 29, 11)):
        rows: list[Any] = [target("生均借书册数", Decimal(each)), *openings(NOON, time(15))]
        for number in range(classes):
            name, hour = f"三（{number + 1}）班", 12 + number // 5
            rows += [
                school_class(name, pupils=pupils),
                turn(name, weekday=WEEK[number % 5], starts_at=time(hour), ends_at=time(hour, 40)),
            ]
        enough = -(-classes * pupils * each // 19)
        judged = [school_of(*rows, copies=enough - 1 + more, school=stops).is_feasible for more in (0, 1)]
        assert judged == [False, True]


def test_a_copy_that_is_out_cannot_be_lent() -> None:
    # 600 loans of fourteen days: ten rounds in the term.
    classes = [one for one in twelve_classes() if type(one) is not type(turn())]
    two = target("生均借书册数", Decimal(2))
    assert 55 <= follow(12, *classes, two) <= 62
    reason = str(limit_reason(school_of(*classes, two, copies=12)))
    assert "轮到" not in reason
    assert "没有排借还的轮次" in reason
    assert "每册借满 14 天才还" in reason
    assert school_of(*classes, two, copies=80).is_feasible


def test_a_class_left_out_of_the_turns_of_others_has_none() -> None:
    two = target("生均借书册数", Decimal(2))
    left_out = school_class("三（2）班")
    judged = outcome(school_class(), turn(), left_out, two)
    assert (judged.is_feasible, [one.limit for one in judged.verdicts]) == (False, [None, Limit.NO_TURN])
    # Where nobody has turns to borrow, or the teacher borrows for the class, it comes when the library is open.
    assert outcome(school_class(), turn(kind=TurnKind.READING), left_out, two).verdicts[1].is_feasible
    by_teacher = left_out._replace(lending=ClassLending.THROUGH_TEACHER)
    assert outcome(school_class(), turn(), by_teacher, two).is_feasible


def test_classes_at_one_desk_at_one_time_share_its_minutes() -> None:
    names = [f"三（{number}）班" for number in range(1, 5)]
    classes = [school_class(name, pupils=40) for name in names]
    turns = [turn(name, ends_at=time(12, 40)) for name in names]
    stops = AUTUMN._replace(lending_stops=date(2026, 1, 12))
    judged = school_of(*classes, *turns, TEN, copies=PLENTY, school=stops)
    assert (judged.verdicts[0].limit, judged.verdicts[0].most_each) == (Limit.MINUTES, Decimal("4.75"))
    [change] = judged.verdicts[0].changes
    longer = [turn(name, ends_at=_later(time(12, 40), change.more_minutes)) for name in names]
    assert school_of(*classes, *longer, *openings(NOON, time(15)), TEN, copies=PLENTY, school=stops).is_feasible


def _later(at: time, minutes: int) -> time:
    return time(*divmod(at.hour * 60 + at.minute + minutes, 60))


def test_half_a_minute_a_copy_is_half_a_minute() -> None:
    half = LATE._replace(minutes_per_copy=Decimal("0.5"))
    short = turn(ends_at=time(12, 20))
    assert verdict(school_class(pupils=40), short, target("生均借书册数", Decimal(18)), school=half).is_feasible


def test_books_stay_in_a_week_before_the_term_ends() -> None:
    judged = verdict(school_class(), turn(), target("生均借书册数", Decimal(18)), school=SCHOOL)
    assert (judged.turns, judged.most_each) == (17, Decimal("17.00"))


def test_a_turn_on_a_closed_day_is_named_with_what_to_do() -> None:
    judged = outcome(school_class(), turn(weekday=Weekday.SATURDAY), target("生均借书册数", Decimal(1)))
    assert judged.verdicts[0].limit is Limit.CLOSED
    assert limit_reason(judged) == (
        "三（1）班：轮流表排在星期六，那时不对学生开放，一次也借不到；把它改到开放的时间，或者在开放时间里加上。"
    )


def test_without_a_book_nothing_is_said_about_what_could_be_lent() -> None:
    quotas = statement(small_school(school_class(), target("生均借书册数", Decimal(1))))
    assert quotas.outcomes[0].is_feasible is None
    assert Obstacle.NO_BOOKS in {one.obstacle for one in quotas.not_computed}


def test_an_empty_register_of_copies_is_no_stock_of_none() -> None:
    quotas = statement(small_school(school_class(), turn(), target("生均借书册数", Decimal(1))))
    assert quotas.outcomes[0].is_feasible
    assert Obstacle.STOCK_UNKNOWN in {one.obstacle for one in quotas.not_computed}
