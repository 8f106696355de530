"""借阅轮流表: everyone has a turn, nobody is doubled, and what does not fit is said."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rotation_oracle import TICK, Asked, can_all_be_placed
from small_school import SCHOOL, openings, rule, school_class, small_school, turn

from make import row
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.quotas.week.packing import Proof, Turn, TurnPlace, packed
from schoollib_xl.quotas.week.rotation import Rotation, rotation
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.quotas.verdicts import unplaced_sentence, unplaced_sentences

# A busy machine is no fault of the code.
UNHURRIED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

GRADES = "一二三四五六"
TWO_AT_ONCE = SCHOOL._replace(room_capacity=2)


def classes(per_grade: int = 2, pupils: int = 25) -> list[Any]:
    return [
        school_class(f"{GRADES[grade - 1]}（{number}）班", grade, pupils, lending=None)
        for grade in range(1, 7)
        for number in range(1, per_grade + 1)
    ]


def lies_open(books: Library, placed: TurnRow) -> bool:
    return any(
        opening.weekday is placed.weekday
        and opening.audience is not Audience.TEACHERS
        and placed.starts_at is not None
        and placed.ends_at is not None
        and opening.starts_at <= placed.starts_at < placed.ends_at <= opening.ends_at
        for opening in books[OpeningRow]
    )


def clashes(turns: Iterable[TurnRow], capacity: int) -> list[tuple[Weekday, WeekPattern, int]]:
    """The minutes of a week, odd or even, at which too many classes are on, or one class twice."""
    on: defaultdict[tuple[Weekday, WeekPattern, int], list[str]] = defaultdict(list)
    for one in turns:
        for weeks in (WeekPattern.ODD, WeekPattern.EVEN):
            if one.weeks in (weeks, WeekPattern.EVERY):
                for minute in minutes_between(one.starts_at, one.ends_at):
                    on[one.weekday, weeks, minute].append(one.class_name)
    return [at for at, names in on.items() if len(names) > capacity or len(set(names)) < len(names)]


def test_a_school_without_a_table_gets_the_usual_one() -> None:
    books = small_school(*classes(), *openings(time(11, 30), time(16, 0)))
    made = rotation(books)
    assert made.unplaced == ()
    first = [placed for placed in made.turns if placed.class_name == "一（1）班"]
    assert {(placed.weekday, placed.kind, placed.weeks) for placed in first} == {
        (Weekday.MONDAY, TurnKind.READING, WeekPattern.EVERY),
        (Weekday.WEDNESDAY, TurnKind.READING, WeekPattern.EVERY),
    }
    assert all(placed.starts_at and placed.starts_at >= time(13) for placed in first)
    [third] = [placed for placed in made.turns if placed.class_name == "三（1）班"]
    assert third.kind is TurnKind.LENDING
    assert third.weeks in (WeekPattern.ODD, WeekPattern.EVEN)
    assert all(lies_open(books, placed) for placed in made.turns)
    assert clashes(made.turns, 1) == []


def test_a_turn_is_long_enough_for_every_pupil_to_bring_and_take_what_the_rule_allows() -> None:
    made = rotation(small_school(school_class(pupils=23, grade=3), rule(2)))
    [placed] = made.turns
    assert (placed.starts_at, placed.ends_at) == (time(12), time(12, 50))


def test_the_table_asked_for_is_kept_where_it_fits() -> None:
    asked = [
        turn(weeks=WeekPattern.ODD, weekday=Weekday.TUESDAY, ends_at=time(12, 30)),
        turn("三（2）班", weeks=WeekPattern.EVEN, weekday=Weekday.TUESDAY, ends_at=time(12, 30)),
    ]
    made = rotation(small_school(school_class(), school_class("三（2）班"), *asked))
    assert [placed._replace(line=0) for placed in made.turns] == [placed._replace(line=0) for placed in asked]


def test_the_table_of_the_sample_school_is_found_again_as_it_is() -> None:
    books = clean_school().library()

    def places(turns: Iterable[TurnRow]) -> set[tuple[Any, ...]]:
        return {turn[1:] for turn in turns}

    assert places(rotation(books).turns) == places(books[TurnRow])


def test_a_turn_that_clashes_is_moved_to_another_day() -> None:
    asked = [turn(ends_at=time(13)), turn("三（2）班", ends_at=time(13))]
    made = rotation(small_school(school_class(), school_class("三（2）班"), *asked))
    assert [placed.weekday for placed in made.turns] == [Weekday.MONDAY, Weekday.TUESDAY]
    assert clashes(asked, 1) != []
    assert clashes(made.turns, 1) == []


def test_a_room_for_two_classes_takes_two_at_once() -> None:
    asked = [turn(ends_at=time(13)), turn("三（2）班", ends_at=time(13))]
    made = rotation(small_school(school_class(), school_class("三（2）班"), *asked, school=TWO_AT_ONCE))
    assert [placed.weekday for placed in made.turns] == [Weekday.MONDAY, Weekday.MONDAY]


def test_classes_that_come_together_keep_their_one_turn() -> None:
    joint = turn("一（1）班、一（2）班", kind=TurnKind.READING, ends_at=time(12, 40))
    open_all_day = openings(time(11, 30), time(16, 0))
    made = rotation(small_school(*classes(), *open_all_day, joint))
    assert joint[1:] in [placed[1:] for placed in made.turns]
    assert not {"一（1）班", "一（2）班"} & {placed.class_name for placed in made.turns}
    assert made.unplaced == ()
    # Neither comes twice at once, under whichever name.
    again = rotation(small_school(*classes(), joint, turn("一（2）班", ends_at=time(12, 40)), school=TWO_AT_ONCE))
    first, second = [placed for placed in again.turns if "一（2）班" in placed.class_name]
    assert clashes([first, second._replace(class_name=first.class_name)], 2) == []


def test_turns_of_a_class_that_nobody_knows_are_told() -> None:
    made = rotation(small_school(school_class(), turn(), turn("三（9）班")))
    assert [placed.class_name for placed in made.turns] == ["三（1）班"]
    assert unplaced_sentences(made) == ["三（9）班没有排：班级表里没有这样的班。"]


def test_one_class_is_never_in_two_places_even_in_a_large_room() -> None:
    asked = [turn(ends_at=time(13)), turn(ends_at=time(13), kind=TurnKind.READING)]
    made = rotation(small_school(school_class(), *asked, school=SCHOOL._replace(room_capacity=5)))
    assert clashes(asked, 5) != []
    assert clashes(made.turns, 5) == []


def test_what_does_not_fit_is_said_with_what_is_missing() -> None:
    made = rotation(small_school(school_class("一（1）班", 1, 20, lending=None), *openings(time(11), time(11, 30))))
    assert [unplaced_sentence(one) for one in made.unplaced] == [
        "一（1）班的阅览没有排上：要 40 分钟，星期一到星期五空着的最长只有 30 分钟。",
    ] * 2
    # A class with two lessons is told of once.
    assert unplaced_sentences(made) == [
        "一（1）班的阅览有 2 次没有排上：要 40 分钟，星期一到星期五空着的最长只有 30 分钟。",
    ]


@pytest.mark.parametrize(
    ("closes", "why"),
    [
        (time(12, 52), "两周里 11 次一共要 550 分钟，开放时间按阅览室容纳班数算只有 520 分钟，不能全排下。"),
        (time(13), "两周里 11 次一共要 550 分钟，每段开放时间整次地排，只用得上 500 分钟，不能全排下。"),
    ],
)
def test_where_not_every_turn_has_a_place_it_is_said_why(closes: time, why: str) -> None:
    full = [school_class(f"三（{number}）班", 3, 50) for number in range(1, 12)]
    made = rotation(small_school(*full, *openings(ends_at=closes)))
    [first, second] = unplaced_sentences(made)
    assert first == why
    assert second.startswith("三（11）班的借还没有排上：要 50 分钟，星期一到星期五空着的最长只有 ")


def test_a_weekly_turn_is_counted_twice_in_two_weeks() -> None:
    """Times and minutes agree, and where nothing is free it is said in words."""
    made = rotation(small_school(*classes(1, 20), rule(2), *openings(time(12), time(12, 40), list(Weekday)[:1])))
    first, *others = unplaced_sentences(made)
    assert first == "两周里 12 次一共要 480 分钟，开放时间按阅览室容纳班数算只有 80 分钟，不能全排下。"
    assert others[0] == "一（1）班的阅览有 2 次没有排上：要 40 分钟，星期一到星期五开放时间都排满了。"


def test_where_there_is_not_room_for_all_turns_every_class_gets_one() -> None:
    made = rotation(small_school(*classes(5), rule(2), *openings(time(12), time(14)), school=TWO_AT_ONCE))
    assert {placed.class_name for placed in made.turns} == {one.class_name for one in classes(5)}
    assert len(made.turns) == 35


def test_reading_goes_to_another_day_or_the_morning_where_the_usual_afternoons_are_full() -> None:
    lower = [school_class(f"{grade}（{number}）班", 1 + "一二".index(grade), 20, lending=None)
             for grade in "一二" for number in range(1, 6)]  # fmt: skip
    books = small_school(*lower, *openings(time(11), time(14)))
    made = rotation(books)
    # Twenty lessons of forty minutes; five days hold four each.
    assert made.unplaced == ()
    assert len(made.turns) == 20
    assert clashes(made.turns, 1) == []
    assert {placed.weekday for placed in made.turns} == set(tuple(Weekday)[:5])


def test_openings_for_teachers_are_not_for_classes() -> None:
    teachers = [row(OpeningRow, weekday=Weekday.MONDAY, audience=Audience.TEACHERS)]
    assert rotation(small_school(school_class(), *teachers)).turns == ()


TIMES = st.integers(8, 16).map(time)


@st.composite
def schools(draw: st.DrawFn) -> Library:
    school = SCHOOL._replace(room_capacity=draw(st.integers(1, 3)), minutes_per_copy=draw(st.integers(0, 2)))
    names = draw(st.lists(st.integers(1, 30), max_size=14, unique=True))
    rows: list[Any] = [
        school_class(f"{GRADES[number % 6]}（{number}）班", number % 6 + 1, draw(st.integers(1, 45)), lending=None)
        for number in names
    ]
    rows += [
        turn(
            f"{GRADES[number % 6]}（{number}）班",
            draw(st.sampled_from(WeekPattern)),
            weekday=draw(st.sampled_from(Weekday)),
            starts_at=draw(st.none() | TIMES),
            ends_at=draw(st.none() | TIMES),
            kind=draw(st.sampled_from(TurnKind)),
        )
        for number in (draw(st.lists(st.sampled_from(names), max_size=8)) if names else [])
    ]
    rows += [
        row(OpeningRow, weekday=weekday, starts_at=draw(TIMES), ends_at=draw(TIMES))
        for weekday in draw(st.lists(st.sampled_from(Weekday), max_size=8))
    ]
    return small_school(*rows, school=school)


@UNHURRIED
@given(schools())
def test_no_table_double_books_or_leaves_the_hours_and_every_turn_is_placed_or_named(books: Library) -> None:
    made: Rotation = rotation(books)
    named = {placed.class_name for placed in made.turns} | {one.request.class_name for one in made.unplaced}
    assert named == set(books.classes)
    assert clashes(made.turns, books.school.room_capacity or 1) == []
    open_to_pupils = minutes_open(books)
    for placed in made.turns:
        minutes = minutes_between(placed.starts_at, placed.ends_at)
        assert minutes
        assert minutes <= open_to_pupils[placed.weekday]


def minutes_open(books: Library) -> defaultdict[Weekday, set[int]]:
    """Every minute of each weekday that is open to pupils."""
    found: defaultdict[Weekday, set[int]] = defaultdict(set)
    for opening in books[OpeningRow]:
        if opening.audience is not Audience.TEACHERS:
            found[opening.weekday] |= minutes_between(opening.starts_at, opening.ends_at)
    return found


def minutes_between(start: time | None, end: time | None) -> set[int]:
    assert start is not None
    assert end is not None
    return set(range(start.hour * 60 + start.minute, end.hour * 60 + end.minute))


# -- all are placed where any placing exists -------------------------------------------------------


def crowded_week(seed: int) -> Library:
    """A few classes and openings that they nearly, just or not quite fill."""
    draw = random.Random(seed)
    count = draw.randint(2, 12)
    rows: list[Any] = [school_class(f"三（{number}）班", 3, 10) for number in range(1, count + 1)]
    asked = []
    for number in range(1, count + 1):
        for _ in range(draw.choice([1, 1, 1, 2])):
            minutes, weeks = draw.choice([20, 30, 40, 50]), draw.choice(tuple(WeekPattern))
            ends_at = time(*divmod(720 + minutes, 60))
            asked.append(turn(f"三（{number}）班", weeks, line=len(asked) + 2, ends_at=ends_at))
    capacity = draw.choice([1, 1, 1, 2, 3])
    needed = sum(minutes_long(one) * (2 if one.weeks is WeekPattern.EVERY else 1) for one in asked)
    days = tuple(Weekday)[: draw.choice([1, 2, 5])]
    length = max(20, round(needed * draw.uniform(0.95, 1.2) / (20 * len(days) * capacity)) * 10)
    opened = [row(OpeningRow, weekday=day, starts_at=time(8), ends_at=time(*divmod(480 + length, 60))) for day in days]
    return small_school(*rows, *asked, *opened, school=SCHOOL._replace(room_capacity=capacity))


def minutes_long(one: TurnRow) -> int:
    return len(minutes_between(one.starts_at, one.ends_at))


def by_oracle(books: Library) -> bool:
    asked = [Asked(one.class_name, minutes_long(one) // TICK, one.weeks is WeekPattern.EVERY) for one in books[TurnRow]]
    openings: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in books[OpeningRow]:
        minutes = minutes_between(one.starts_at, one.ends_at)
        openings[one.weekday.number].append((min(minutes) // TICK, (max(minutes) + 1) // TICK))
    return can_all_be_placed(asked, openings, books.school.room_capacity or 1)


@pytest.mark.parametrize("seed", [*range(12), 182])  # 182 is as tight as a week can be
def test_every_turn_is_placed_wherever_an_integer_program_can_place_them_all(seed: int) -> None:
    books = crowded_week(seed)
    made = rotation(books)
    assert clashes(made.turns, books.school.room_capacity or 1) == []
    assert (not made.unplaced) is by_oracle(books)
    assert len(made.turns) + len(made.unplaced) == len(books[TurnRow].rows)


def test_a_turn_may_fill_its_opening_to_the_minute_and_no_more() -> None:
    weekly, fortnightly = Turn(40, is_fortnightly=False), Turn(40, is_fortnightly=True)
    assert packed([weekly], [40]) == [TurnPlace(0, in_odd=True)]
    assert packed([fortnightly, fortnightly], [40]) == [TurnPlace(0, in_odd=True), TurnPlace(0, in_odd=False)]
    assert packed([weekly, fortnightly], [40, 40]) == [TurnPlace(0, in_odd=True), TurnPlace(1, in_odd=True)]
    assert packed([weekly, weekly], [79]) is Proof.MINUTES
    assert packed([weekly, weekly], [79, 39]) is Proof.WHOLE_TURNS
