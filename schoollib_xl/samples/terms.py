"""The sample's school year 2025-2026: settings, calendar, opening hours, turns and rules."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count

from schoollib_xl.ledgers.school import Layout, School, Term, TermName
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import SCHOOL_WEEK, Incident, ReaderKind, Weekday
from schoollib_xl.rules.calendar import days
from schoollib_xl.samples.people import STAFF
from schoollib_xl.samples.rulebook import Rulebook
from schoollib_xl.samples.scale import Scale

FIRST = Term(date(2025, 9, 1), date(2026, 1, 23))
SECOND = Term(date(2026, 2, 23), date(2026, 7, 3))
YEAR = Term(date(2025, 9, 1), date(2026, 8, 31))
# Which weekday's lessons a make-up day of the State Council's calendar repeats is the school's own choice.
_FOLLOWS = {
    date(2025, 9, 28): Weekday.TUESDAY,
    date(2025, 10, 11): Weekday.WEDNESDAY,
    date(2026, 1, 4): Weekday.FRIDAY,
    date(2026, 2, 28): Weekday.MONDAY,
    date(2026, 5, 9): Weekday.TUESDAY,
}
_HOLIDAYS = {
    "National Day": "国庆节、中秋节",
    "Mid-autumn Festival": "国庆节、中秋节",
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
}


def school(scale: Scale) -> School:
    """The settings of the sample school, at the end of the second term."""
    return School(
        name="青禾小学",
        kind="小学",
        school_year="2025-2026",
        term_name=TermName.SECOND,
        term_start=SECOND.start,
        term_end=SECOND.end,
        previous_start=FIRST.start,
        previous_end=FIRST.end,
        cut_off=SECOND.end,
        principal=STAFF.principal,
        librarian=STAFF.librarian,
        e_books=7_000 * scale.schools,
        accession_width=6,
        standard=None,
        layout=Layout.OFFICIAL,
        minutes_per_copy=Decimal(1),
        room_capacity=scale.classes_per_grade if scale.weekly_turns else 1,
    )


def rulebook(scale: Scale) -> Rulebook:
    """Calendar, hours and rules of the sample school."""
    return Rulebook(
        school(scale),
        tuple(calendar()),
        tuple(_openings()),
        tuple(_lending_rules(scale)),
        tuple(_compensation_rules()),
    )


def calendar() -> Iterator[CalendarRow]:
    """校历: the two terms, the vacations, and every holiday and make-up day within the terms."""
    spans = [
        (FIRST.start, FIRST.end, DayKind.SCHOOL, None, "第一学期"),
        (SECOND.start, SECOND.end, DayKind.SCHOOL, None, "第二学期"),
        (FIRST.end + timedelta(1), SECOND.start - timedelta(1), DayKind.HOLIDAY, None, "寒假"),
        (SECOND.end + timedelta(1), YEAR.end, DayKind.HOLIDAY, None, "暑假"),
        *_holidays(),
        *((day, day, DayKind.MAKE_UP, follows, "调休补课") for day, follows in _FOLLOWS.items()),
    ]
    for line, span in enumerate(sorted(spans, key=lambda span: (span[0], span[2])), 2):
        yield CalendarRow(line, *span)


def _holidays() -> Iterator[tuple[date, date, DayKind, None, str]]:
    """Runs of public holidays within the terms, as the State Council announced them."""
    names: dict[date, str] = {}
    for term in (FIRST, SECOND):
        names |= _public_holidays(term)
    for day, name in names.items():
        if names.get(day - timedelta(1)) != name:
            last = next(end for end in (day + timedelta(n) for n in count()) if names.get(end + timedelta(1)) != name)
            yield day, last, DayKind.HOLIDAY, None, name


def _public_holidays(term: Term) -> dict[date, str]:
    from chinese_calendar import holidays  # slow to import; only the sample needs it

    return {day: _HOLIDAYS[holidays[day]] for day in days(term.start, term.end) if day in holidays}


def _openings() -> Iterator[OpeningRow]:
    hours = [
        (time(8, 30), time(11, 30), Audience.TEACHERS, "备课、查资料"),
        (time(11, 30), time(13, 0), Audience.EVERYONE, "借还图书"),
        (time(13, 0), time(15, 20), Audience.TEACHERS, "备课、查资料"),
        (time(15, 20), time(16, 50), Audience.EVERYONE, "阅览、借还图书"),
    ]
    lines = count(2)
    for weekday in SCHOOL_WEEK:
        for starts_at, ends_at, audience, note in hours:
            yield OpeningRow(next(lines), weekday, starts_at, ends_at, audience, note)


def turns(classes: list[ClassRow], scale: Scale) -> list[TurnRow]:
    """借阅轮流表: grades 1 and 2 read in the room once a week; from grade 2 on every class borrows, at
    noon, in odd or even weeks (in a large school every week).
    """
    rows = [*_reading_turns(classes), *_lending_turns(classes, scale)]
    return [row._replace(line=line) for line, row in enumerate(rows, 2)]


def _reading_turns(classes: list[ClassRow]) -> Iterator[TurnRow]:
    slots = [
        (weekday, starts_at, ends_at)
        for weekday in (Weekday.MONDAY, Weekday.WEDNESDAY)
        for starts_at, ends_at in ((time(15, 20), time(16, 0)), (time(16, 0), time(16, 40)))
    ]
    for index, row in enumerate(row for row in classes if row.grade <= 2):
        weekday, starts_at, ends_at = slots[index % len(slots)]
        yield TurnRow(0, row.class_name, weekday, WeekPattern.EVERY, starts_at, ends_at, TurnKind.READING)


def _lending_turns(classes: list[ClassRow], scale: Scale) -> Iterator[TurnRow]:
    for index, row in enumerate(row for row in classes if row.grade >= 2):
        weeks = (WeekPattern.ODD, WeekPattern.EVEN)[index // 5 % 2]
        yield TurnRow(
            0,
            row.class_name,
            SCHOOL_WEEK[index % 5],
            WeekPattern.EVERY if scale.weekly_turns else weeks,
            time(11, 30),
            time(12, 10),
            TurnKind.LENDING,
        )


def _lending_rules(scale: Scale) -> Iterator[LendingRule]:
    pupil, teacher = ReaderKind.PUPIL, ReaderKind.TEACHER
    since = FIRST.start
    general = scale.general_copies
    yield LendingRule(2, None, None, None, since, general, 14, 1, None, "本校图书借阅制度第三条")
    yield LendingRule(3, pupil, 5, None, since, 2, 14, 1, None, "本校图书借阅制度第四条")
    yield LendingRule(4, pupil, 6, None, since, 2, 14, 1, None, "本校图书借阅制度第四条")
    yield LendingRule(5, pupil, 4, None, SECOND.start, 2, 14, 1, None, "2026年2月24日校务会")
    yield LendingRule(6, pupil, 3, "三（2）班", SECOND.start, 2, 14, 1, None, "三（2）班整本书阅读试点")
    yield LendingRule(7, teacher, None, None, since, 5, 30, 1, None, "本校图书借阅制度第五条")


def _compensation_rules() -> Iterator[CompensationRule]:
    one, half = Decimal("1.00"), Decimal("0.50")
    basis = "本校图书借阅制度第八条"
    lowest = Decimal("2.00")
    yield CompensationRule(2, FIRST.start, Incident.LOST, one, None, None, "否", basis)
    yield CompensationRule(3, FIRST.start, Incident.DAMAGED, half, lowest, None, "否", basis)
