"""分类统计 (CLS): the 22 classes, the periods, and the sums within the ledger."""

from collections.abc import Iterator
from decimal import Decimal

from schoollib_xl.checks.check import Alike, Found, Gap, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.rules.class_periods import (
    Measure,
    adds_up,
    class_periods,
    letter_of,
    reckoned_closing,
    span_of,
    stated,
    uncounted_term,
)

# What a difference is counted in.
UNITS: dict[Measure, str] = {"copies": "册", "value": "元"}
PERIOD = "starts_on ends_on class_letter"
_COPIES = "opening_copies added_copies removed_copies closing_copies"
# Of three figures that were rounded the fourth may be off by so many yuan.
_CENTS_LEFT_OFF = 2
_VALUES = "opening_value added_value removed_value closing_value"
_MOVES = "added_copies removed_copies added_value removed_value"


@check(
    "CLS001",
    title="类号不是二十二大类之一",
    message="类号填的是“{letter}”，不是二十二大类的字母。",
    why="中图法没有这个大类，这一行和别的账都对不上。",
    fix="先看这一行统计的是哪一类，再改成那一类的字母（没有 L、M、W、Y）。",
    reads={ClassificationRow: "class_letter"},
)
def letter_is_no_class(library: Library) -> Iterator[Found]:
    for row in library[ClassificationRow]:
        if letter_of(row) not in CLASS_LETTERS:
            yield found(cell(row, "class_letter"), letter=row.class_letter)


@check(
    "CLS002",
    title="一期里同一类有两行",
    message="{starts_on}起的这一期，{letter} 类有两行。",
    why="一类两行，这一类的数会算两遍。",
    fix="先看两行的类号；类号填错了，就改正；真是一类记了两行，就把数并到一行，另一行改记缺的那一类。",
    reads={ClassificationRow: PERIOD},
)
def class_stands_twice(library: Library) -> Iterator[Found]:
    for period in library.derive(class_periods):
        for row in period.rows:
            first = period.by_class.get(letter_of(row), row)
            if first is not row:
                yield found(
                    cell(row, "class_letter"),
                    cell(first, "class_letter"),
                    starts_on=period.span.starts_on,
                    letter=letter_of(row),
                )


@check(
    "CLS003",
    title="一期里缺了大类",
    message="{starts_on}起的这一期，缺这些类：{missing}。",
    why="二十二大类齐全，合计才等于全部馆藏；没有书的类也要有一行，各数填 0。",
    fix="先看是不是漏了行；漏了，就补上这几类，没有书的填 0。",
    reads={ClassificationRow: PERIOD},
)
def class_is_missing(library: Library) -> Iterator[Found]:
    for period in library.derive(class_periods):
        # With 22 lines a class is only missing because another stands twice or is no class: said there.
        if period.missing and len(period.rows) + len(period.incomplete) < len(CLASS_LETTERS):
            yield found(
                cell(period.rows[0], "class_letter"),
                starts_on=period.span.starts_on,
                missing=period.missing,
            )


@check(
    "CLS005",
    title="本学期没有做分类统计",
    message="本学期从 {starts_on} 到 {ends_on}，分类统计账里没有这一期的行。",
    why="一学期一期，缺了一期，这学期增减的书就没有按类对过。",
    fix="照上一期的样子添 22 行：期初抄上一期的期末，再填这学期的增加和减少。",
    severity=Severity.HINT,
    reads={ClassificationRow: "starts_on ends_on"},
)
def term_is_not_counted(library: Library) -> Iterator[Found]:
    if term := uncounted_term(library):
        last = max(library[ClassificationRow], key=lambda row: (row.ends_on, -row.line))
        yield found(cell(last, "ends_on"), starts_on=term.start, ends_on=term.end)


@check(
    "CLS101",
    title="截止日期早于起始日期",
    message="这一期从 {starts_on} 起，却到 {ends_on} 止。",
    why="起止颠倒，这一期有哪些入藏和注销就定不下来。",
    fix="先对照上一期的截止日期，再改起始日期或截止日期；同一期的各行一起改。",
    reads={ClassificationRow: PERIOD},
)
def period_ends_before_it_starts(library: Library) -> Iterator[Found]:
    for period in library.derive(class_periods):
        starts_on, ends_on = period.span
        if ends_on < starts_on:
            first, *rest = period.rows
            others = [cell(first, "starts_on"), *(cell(row, "starts_on") for row in rest)]
            yield found(cell(first, "ends_on"), *others, starts_on=starts_on, ends_on=ends_on)


@check(
    "CLS102",
    title="同一期的起止日期不一样",
    message="这一行是 {own}，同一期别的行都是 {others}。",
    why="日期不一样就成了另一期，这一类会从统计里漏掉。",
    fix="先看这一行属于哪一期，再把日期改成和同期各行一样。",
    reads={ClassificationRow: PERIOD},
)
def dates_differ_within_a_period(library: Library) -> Iterator[Found]:
    for period in library.derive(class_periods):
        fellow = next(row for row in period.rows if span_of(row) == period.span)
        for row in period.strays:
            field = "starts_on" if row.starts_on != fellow.starts_on else "ends_on"
            own, others = getattr(row, field), getattr(fellow, field)
            yield found(cell(row, field), cell(fellow, field), own=own, others=others)


@check(
    "CLS103",
    title="两期的日期重叠",
    message="这一期从 {starts_on} 起，前一期到 {ends_on} 才止，重叠了 {count} 天。",
    why="重叠的日子里入藏和注销的书，说不清算在哪一期。",
    fix="先看前一期是统计到哪天的；前一期没错，就把这一期各行的起始日期改成它的后一天。",
    severity=Severity.WARNING,
    reads={ClassificationRow: PERIOD},
)
def periods_overlap(library: Library) -> Iterator[Found]:
    for period in library.derive(class_periods):
        before = period.previous
        if before and period.days_twice:
            yield found(
                cell(period.rows[0], "starts_on"),
                cell(before.rows[0], "ends_on"),
                *(cell(row, "starts_on") for row in period.rows[1:]),
                starts_on=period.span.starts_on,
                ends_on=before.span.ends_on,
                count=period.days_twice,
            )


@check(
    "CLS201",
    title="期末册数不等于期初加增减",
    message="{letter} 类期末册数填 {stated} 册，期初＋增加－减少是 {reckoned} 册，期末{gap}。",
    why="一行自己加不平，这一类的结存就说不清。",
    fix="先查这一行的增加和减少；都对，就改期末册数。",
    reads={ClassificationRow: f"class_letter {_COPIES}"},
)
def closing_copies_do_not_add_up(library: Library) -> Iterator[Found]:
    return _not_adding_up(library, "copies")


@check(
    "CLS202",
    title="期末金额不等于期初加增减",
    message="{letter} 类期末金额填 {stated}，期初＋增加－减少是 {reckoned}，期末{gap}。",
    why="一行自己加不平，这一类的金额就说不清。",
    fix="先查这一行的增加和减少金额；都对，就改期末金额。",
    reads={ClassificationRow: f"class_letter {_VALUES}"},
    may_read={AccessionRow: "price"},
)
def closing_value_does_not_add_up(library: Library) -> Iterator[Found]:
    return _not_adding_up(library, "value")


def _kept_in_yuan(library: Library) -> bool:
    """Whether the sums were rounded: books have cents in their prices, and no figure here has any."""
    figures = (money for field in _VALUES.split() for money in library[ClassificationRow].distinct(field))
    is_whole = not any(money % 1 for money in figures)
    return is_whole and any((price or 0) % 1 for price in library[AccessionRow].distinct("price"))


def _not_adding_up(library: Library, measure: Measure) -> Iterator[Found]:
    leeway = Decimal(_CENTS_LEFT_OFF) if measure == "value" and library.derive(_kept_in_yuan) else Decimal()
    for row in library[ClassificationRow]:
        closing, reckoned = stated(row, "closing", measure), reckoned_closing(row, measure)
        if not -leeway <= closing - reckoned <= leeway:
            yield found(
                cell(row, f"closing_{measure}"),
                *(cell(row, f"{part}_{measure}") for part in ("opening", "added", "removed")),
                letter=letter_of(row),
                stated=closing,
                reckoned=reckoned,
                gap=Gap(closing - reckoned, UNITS[measure]),
            )


@check(
    "CLS203",
    title="期初册数不等于上期期末",
    message="{letter} 类期初册数填 {stated} 册，上期期末是 {before} 册，期初{gap}{alike}。",
    why="上期的结存就是这期的开头，接不上说明中间改过数。",
    fix="先看上一期的期末是不是后来改过；没改过，就把期初改成上期的期末。",
    reads={ClassificationRow: f"{PERIOD} {_COPIES}"},
    may_read={ClassificationRow: _MOVES},
)
def opening_copies_are_not_the_previous_closing(library: Library) -> Iterator[Found]:
    return _not_carried_over(library, "copies")


@check(
    "CLS204",
    title="期初金额不等于上期期末",
    message="{letter} 类期初金额填 {stated}，上期期末是 {before}，期初{gap}{alike}。",
    why="上期的结存就是这期的开头，接不上说明中间改过数。",
    fix="先看上一期的期末是不是后来改过；没改过，就把期初改成上期的期末。",
    reads={ClassificationRow: f"{PERIOD} {_VALUES}"},
    may_read={ClassificationRow: _MOVES},
)
def opening_value_is_not_the_previous_closing(library: Library) -> Iterator[Found]:
    return _not_carried_over(library, "value")


def _not_carried_over(library: Library, measure: Measure) -> Iterator[Found]:
    """Each class; as one, where a school writes down what there is and never what came and went."""
    table, told = library[ClassificationRow], _openings_otherwise(library, measure)
    return told if any(any(table.distinct(field)) for field in _MOVES.split()) else told_once(told)


def _openings_otherwise(library: Library, measure: Measure) -> Iterator[Found]:
    for period in library.derive(class_periods):
        earlier = period.previous.by_class if period.previous else {}
        for letter, row in period.by_class.items():
            before = earlier.get(letter)
            # A line that does not add up is said to be wrong itself (CLS201, CLS202).
            if before is None or not adds_up(before, measure):
                continue
            opening, closing = stated(row, "opening", measure), stated(before, "closing", measure)
            if opening != closing:
                yield found(
                    cell(row, f"opening_{measure}"),
                    cell(before, f"closing_{measure}"),
                    letter=letter,
                    stated=opening,
                    before=closing,
                    gap=Gap(opening - closing, UNITS[measure]),
                    alike=Alike(0),
                )
