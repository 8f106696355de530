"""Random small schools, their advice followed on the rows themselves, and what an integer program says of both."""

import random
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from school_oracle import copies_needed
from small_school import FIRST_DAY, SCHOOL, WEEK, rule, school_class, small_school, target, turn

from make import row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, DayKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.quotas.basis.period import period
from schoollib_xl.quotas.borrowing.obligation import term_books
from schoollib_xl.quotas.turns.feasibility import judge_in
from schoollib_xl.quotas.turns.verdict import Feasibility, Limit, NeededChange

BATCH = row(SummaryRow, batch_no="2025-001", registered_on=date(2025, 8, 1))


def random_school(seed: int) -> Library:
    """One to six classes with and without turns, holidays and make-up days, scoped and dated rules, a desk."""
    draw = random.Random(seed)
    end = FIRST_DAY + timedelta(weeks=draw.randint(5, 19), days=-draw.randint(1, 3))
    minutes = Decimal(draw.choice(["0", "0", "0.25", "0.5", "1"]))
    stops = draw.choice([None, None, end - timedelta(days=draw.randint(1, 20))])
    school = SCHOOL._replace(term_end=end, cut_off=end, lending_stops=stops, minutes_per_copy=minutes)
    names = [f"{'三四五'[number % 3]}（{number // 3 + 1}）班" for number in range(draw.randint(1, 6))]
    classes = [
        school_class(name, 3 + "三四五".index(name[0]), draw.randint(5, 45), lending=draw.choice([None, *ClassLending]))
        for name in names
    ]
    turns = [one for name in names for one in _turns(draw, name)]
    rows = [*classes, *turns, *_openings(draw), *_days(draw, end), *_rules(draw, names), *_targets(draw)]
    return small_school(*rows, BATCH, *_copies(draw.choice([0, 5, 20, 60, 150])), school=school, as_of=end)


def _turns(draw: random.Random, name: str) -> list[TurnRow]:
    kinds = draw.choice([(), (TurnKind.LENDING,), (TurnKind.LENDING,), (None,), (TurnKind.READING,), (None, None)])
    days = draw.sample([*WEEK, Weekday.SATURDAY], len(kinds))
    start = draw.choice([None, time(12), time(12, 20)])
    ends = time(*divmod((start or time(12)).hour * 60 + (start or time(12)).minute + draw.choice([20, 40, 60]), 60))
    return [
        turn(
            name,
            draw.choice([*WeekPattern, None]),
            weekday=day,
            starts_at=start,
            ends_at=ends if start else None,
            kind=kind,
        )
        for kind, day in zip(kinds, days, strict=True)
    ]


def _openings(draw: random.Random) -> list[OpeningRow]:
    closes = draw.choice([time(12, 40), time(13), time(14)])
    noon = [row(OpeningRow, weekday=day, starts_at=time(12), ends_at=closes) for day in WEEK if draw.random() < 0.9]
    late = [
        row(OpeningRow, weekday=day, starts_at=time(15), ends_at=time(16), audience=draw.choice(list(Audience)))
        for day in WEEK
        if draw.random() < 0.3
    ]
    return [*noon, *late]


def _days(draw: random.Random, end: date) -> list[CalendarRow]:
    rows = [row(CalendarRow, starts_on=FIRST_DAY, ends_on=end)]
    if draw.random() < 0.5:
        off = FIRST_DAY + timedelta(weeks=draw.randint(1, 4))
        rows.append(row(CalendarRow, starts_on=off, ends_on=off + timedelta(days=6), kind=DayKind.HOLIDAY))
        back = off + timedelta(days=12)
        follows = draw.choice([None, *WEEK])
        rows.append(row(CalendarRow, starts_on=back, ends_on=back, kind=DayKind.MAKE_UP, follows=follows))
    return rows


def _rules(draw: random.Random, names: list[str]) -> list[LendingRule]:
    general = rule(draw.randint(1, 2), draw.choice([7, 14, 14, 30]), since=date(2025, 8, 1))
    # A rule that allowed less than the one before would ask for books back that are out.
    later = rule(general.copies + draw.randint(0, 1), draw.choice([7, 14]), since=FIRST_DAY + timedelta(weeks=3))
    scoped = rule(draw.randint(1, 3), 14, grade=3, since=date(2025, 8, 1))
    own = rule(2, 10, class_name=draw.choice(names), since=date(2025, 8, 1))
    return [general, *(one for one in (later, scoped, own) if draw.random() < 0.3)]


def _targets(draw: random.Random) -> list[TargetRow]:
    name = draw.choice(["生均借书册数", "生均借书册数", "每生最低借书册数", "生均借书次数"])
    value = Decimal(draw.choice(["2", "3.5", "6", "8", "10", "12"]))
    other = (
        [target("生均借书册数", Decimal(draw.randint(1, 12)), draw.choice(["4", "5", "3-4"]))]
        if draw.random() < 0.3
        else []
    )
    return [target(name, value), *other]


def _copies(count: int, first: int = 1) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=f"{number:06}") for number in range(first, first + count)]


# -- what is asked, what is said, what comes of it --------------------------------------------------


def judged(books: Library) -> dict[str, Feasibility]:
    """The verdicts on what governs each class."""
    span = period(books)
    assert span
    return judge_in(books, span.term).verdicts(term_books(books, span).governing_targets())


def needs_of(verdicts: Mapping[str, Feasibility], *, what_can_be: bool) -> dict[str, int]:
    """The loans or visits each class needs; where it cannot have them, what it is said to be able to have. That is
    said of the first thing that limits the class, so that where books are wanting too only STOCK speaks of them.
    """
    wants_books = any(not one.is_feasible and _wants_books(one) for one in verdicts.values())
    found = {}
    for name, one in verdicts.items():
        value, pupils = Fraction(one.target.value or 0), one.school_class.pupils or 0
        each = -(-value.numerator // value.denominator)
        whole = (
            each * pupils
            if one.target.name == "每生最低借书册数"
            else -(-(value * pupils).numerator // (value * pupils).denominator)
        )
        most = 0 if wants_books and one.limit is not Limit.STOCK else one.most
        found[name] = min(whole, most) if what_can_be and not one.is_feasible else whole
    return found


def _wants_books(one: Feasibility) -> bool:
    return one.limit is Limit.STOCK or not one.changes or any(change.more_stock for change in one.changes)


def stock_needed(books: Library, verdicts: Mapping[str, Feasibility], needs: Mapping[str, int]) -> int | None:
    visits = {name: one.target.name == "生均借书次数" for name, one in verdicts.items()}
    return copies_needed(books, needs, visits)


def stock_of(books: Library) -> int | None:
    """How many copies there are; None, where none is written down, for nobody knows how many."""
    return len(books[AccessionRow].rows) or None


def followed(books: Library, change: NeededChange, helped: set[str]) -> Library:
    """The school after the change, made on its own rows: turns, opening hours and rules of the classes it helps.
    Copies are not added.
    """
    sheets = {
        one: list(books[one].rows) for one in (ClassRow, TargetRow, TurnRow, OpeningRow, CalendarRow, LendingRule)
    }
    if change.weekly:
        sheets[TurnRow] = [*_weekly(books, helped)]
        sheets[ClassRow] = [
            one._replace(lending=ClassLending.PERSONAL)
            if one.class_name in helped and one.lending is ClassLending.IN_ROOM
            else one
            for one in sheets[ClassRow]
        ]
    if change.more_minutes:
        turns, lending = (
            sheets[TurnRow],
            {one.class_name for one in sheets[TurnRow] if one.kind is not TurnKind.READING},
        )
        sheets[TurnRow] = [
            _longer(one, change.more_minutes) if one.class_name in helped & lending and one.ends_at else one
            for one in turns
        ]
        sheets[OpeningRow] = [_longer(one, change.more_minutes) for one in sheets[OpeningRow]]
    if change.more_copies:
        sheets[LendingRule] += _larger(books, change.more_copies, helped)
    rows = [one for found in sheets.values() for one in found]
    return LedgerSet.of(*rows, BATCH, *books[AccessionRow].rows, school=books.school).library(books.as_of)


def _longer(one: Any, minutes: int) -> Any:
    return one._replace(ends_at=time(*divmod(one.ends_at.hour * 60 + one.ends_at.minute + minutes, 60)))


def _weekly(books: Library, helped: set[str]) -> list[TurnRow]:
    found = []
    has_turns = any(each.kind is not TurnKind.READING for each in books[TurnRow])
    for one in books[ClassRow]:
        rows = [each for each in books[TurnRow] if each.class_name == one.class_name]
        lending = [each for each in rows if each.kind is not TurnKind.READING]
        every = any(each.weeks in (None, WeekPattern.EVERY) for each in lending)
        if one.class_name not in helped or every:
            found += rows
        elif lending:
            found += [each._replace(weeks=WeekPattern.EVERY) if each in lending else each for each in rows]
        elif one.lending is ClassLending.IN_ROOM and not has_turns:
            found += rows
        elif has_turns and one.lending is not ClassLending.THROUGH_TEACHER:
            opens = [each.weekday for each in books[OpeningRow] if each.audience is not Audience.TEACHERS]
            day = next(day for day in (*(each.weekday for each in rows), *Weekday) if day in opens)
            found += [*rows, turn(one.class_name, weekday=day, starts_at=None, ends_at=None, kind=TurnKind.LENDING)]
        else:
            found += rows
    return found


def _larger(books: Library, copies: int, helped: set[str]) -> list[LendingRule]:
    """A rule of its own for each class and each rule that governs it, from the day that rule holds."""
    found = []
    for one in books[ClassRow]:
        if one.class_name in helped:
            fits = [
                each
                for each in books[LendingRule]
                if each.grade in (None, one.grade) and each.class_name in (None, one.class_name)
            ]
            days = sorted({each.since for each in fits})
            for day in days:
                on = [each for each in fits if each.since <= day]
                best = max(on, key=lambda each: (each.class_name is not None, each.grade is not None, each.since))
                found.append(
                    best._replace(class_name=one.class_name, grade=one.grade, since=day, copies=best.copies + copies)
                )
    return found


def helped_by(verdicts: Mapping[str, Feasibility]) -> set[str]:
    return {name for name, one in verdicts.items() if one.limit not in (None, Limit.NO_RULE, Limit.CLOSED)}


def complaints(seed: int) -> list[str]:
    """What an integer program has against the verdicts on a random school."""
    books = random_school(seed)
    verdicts, stock = judged(books), stock_of(books)
    needs = needs_of(verdicts, what_can_be=False)
    found = []
    least = stock_needed(books, verdicts, needs_of(verdicts, what_can_be=True))
    if not _is_enough(stock, least):
        found.append(f"{seed}: said to be possible with {stock}, needs {least}")
    hindered = [one for one in verdicts.values() if not one.is_feasible]
    helped = helped_by(verdicts)
    served = {
        name: 0 if name in verdicts and not verdicts[name].is_feasible and name not in helped else need
        for name, need in needs.items()
    }
    changes = {change for one in hindered for change in one.changes}
    for change in changes:
        found += _tried(seed, followed(books, change, helped), change, verdicts, served)
    if helped and NeededChange() not in changes:
        free = stock_needed(books, verdicts, served)
        if free is not None and (stock is None or stock >= max(free + 1, free * 1.1)):
            found.append(f"{seed}: called impossible with {stock}, needs {free}")
    return found


def _is_enough(stock: int | None, least: int | None) -> bool:
    """Whether so many copies, None for no bound, are as many as are needed; never where no number would do."""
    return least is not None and (stock is None or stock >= least)


def _tried(
    seed: int, after: Library, change: NeededChange, verdicts: Mapping[str, Feasibility], served: dict[str, int]
) -> list[str]:
    least = stock_needed(after, verdicts, served)
    stock = stock_of(after)
    promised = None if stock is None else stock + change.more_stock
    if least is None or not _is_enough(promised, least):
        return [f"{seed}: {change} promises with {promised}, needs {least}"]
    if change.more_stock and promised is not None and promised > max(least + 1, least * 1.1):
        return [f"{seed}: {change} asks for {promised}, {least} would do"]
    return []
