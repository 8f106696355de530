"""Indicators of the holdings, the subscriptions, the opening hours and the shelves on a day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.completeness import told
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.school import Term, first_year
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience
from schoollib_xl.ledgers.vocabulary import SCHOOL_WEEK, Circulation
from schoollib_xl.quotas.basis.classes import ClassNames, nameless_classes, school_classes
from schoollib_xl.quotas.basis.figures import rounded
from schoollib_xl.quotas.basis.period import Period, school_year
from schoollib_xl.quotas.basis.stock import copies_in_force, is_countable, unnumbered
from schoollib_xl.quotas.measures.indicator import DEFINITIONS, PER_CENT, PUPILS, Indicator, SourceColumns
from schoollib_xl.quotas.measures.standards import GROUPS
from schoollib_xl.quotas.turns.timetable import open_minutes
from schoollib_xl.rules.calendar import Opening
from schoollib_xl.rules.holdings import Holdings, letters_of
from schoollib_xl.rules.placeholders import is_untouched
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.rules.titles import count_titles

_MINUTES = 60
_FIRST_SUBSCRIPTION_MONTH = 7
# An order for a half year or for a term with the days around it; a longer one is for more than a term.
_LONGEST_ORDER_OF_TERM = timedelta(days=214)


def pupils_of_school(library: Library) -> int:
    """学生人数 of all classes together; 0, by which nothing can be divided, where that of a class is not known."""
    known = [school_class.pupils for school_class in school_classes(library)]
    return 0 if None in known or nameless_classes(library) else sum(count or 0 for count in known)


def group_name(group: str) -> str:
    """The name of the indicator of one of the five groups: 藏书比例（C—K 类）."""
    return f"藏书比例（{group.replace('-', '—')} 类）"


def holding_indicators(library: Library, span: Period | None) -> Iterator[Indicator]:
    """Everything about the holdings on the cut-off (as_of where there is no term). A figure whose ledger is
    not in the workbook is left out.
    """
    day = span.cut_off if span else library.as_of
    if library[AccessionRow].present:
        yield from library.derive(_of_copies, day)
    if library[PeriodicalRow].present:
        yield from _periodicals(library, span.window if span else None, day)
    yield _e_books(library, day)
    if library[OpeningRow].present:
        yield _opening_hours(library, day)
    if library[PupilLibrarianRow].present:
        yield _pupil_librarians(library, day)
    yield from _stock_accuracy(library, day)


def _of_copies(library: Library, day: date) -> tuple[Indicator, ...]:
    return (*_copies(library, day), *_proportions(library, day))


def _copies(library: Library, day: date) -> Iterator[Indicator]:
    held = copies_in_force(library, day)
    pupils = pupils_of_school(library)
    sources: tuple[SourceColumns, ...] = (
        SourceColumns(AccessionRow, ("accessioned_on", "batch_no", "withdrawn_on")),
        PUPILS,
    )
    definition = "截止日期在册册数 ÷ 学生人数。"
    yield Indicator(
        TargetName.HOLDINGS, len(held) if is_countable(library) else None, pupils, "册", definition, sources, day
    )
    yield _new_copies(library, school_year(library, day), day)
    reference = Circulation.REFERENCE
    # Without a word in the column nothing records which they are.
    is_told = any(copy.circulation for copy in held) and not _numberless_reference(library)
    titles = count_titles(copy for copy in held if copy.circulation is reference) if is_told else None
    definition = DEFINITIONS[TargetName.REFERENCE_TITLES]
    sources = (SourceColumns(AccessionRow, ("title", "author", "publisher", "edition", "isbn", "circulation")),)
    yield Indicator(TargetName.REFERENCE_TITLES, titles, None, "种", definition, sources, day)


def _numberless_reference(library: Library) -> bool:
    """Whether a line that nobody can tell to be still there is of a book for reading in the room."""
    numberless = set(unnumbered(library))
    lines = (line.values for line in library[AccessionRow].incomplete if line.line in numberless)
    return any(line.get("circulation") is Circulation.REFERENCE for line in lines)


def _new_copies(library: Library, window: Term, day: date) -> Indicator:
    definition = DEFINITIONS[TargetName.NEW_COPIES]
    copies = added_copies(library, window) if is_countable(library) else None
    sources = (
        SourceColumns(AccessionRow, ("batch_no",)),
        SourceColumns(SummaryRow, ("registered_on", "flow")),
        PUPILS,
    )
    return Indicator(TargetName.NEW_COPIES, copies, pupils_of_school(library), "册", definition, sources, day)


def acquired_in_term(library: Library, span: Period) -> dict[str, Indicator]:
    """What else is shown of the school year, of the term alone: copies added and money for subscriptions."""
    copies = _new_copies(library, span.window, span.cut_off)
    money = _subscriptions(library, _half_year(span.term), span.cut_off)
    if any(orders_beyond_term(library, span.term)):
        money = replace(money, numerator=None)
    return {
        indicator.name: replace(indicator, base="本学期", definition=indicator.definition.replace("本学年", "本学期"))
        for indicator in (copies, replace(money, definition="本学期所在半年开始的各订期的金额 ÷ 学生人数。"))
    }


def orders_beyond_term(library: Library, term: Term) -> Iterator[PeriodicalRow]:
    """The subscriptions of a term that run for more than that term, so that nobody can tell its part of the money."""
    half = _half_year(term)
    for row in library[PeriodicalRow]:
        is_of_half = row.starts_on <= half.end and row.ends_on >= half.start
        if is_of_half and row.ends_on - row.starts_on > _LONGEST_ORDER_OF_TERM:
            yield row


def _half_year(term: Term) -> Term:
    """The half of the calendar year a term begins in: that of subscriptions."""
    year = term.start.year
    if term.start.month < _FIRST_SUBSCRIPTION_MONTH:
        return Term(date(year, 1, 1), date(year, _FIRST_SUBSCRIPTION_MONTH, 1) - timedelta(days=1))
    return Term(date(year, _FIRST_SUBSCRIPTION_MONTH, 1), date(year, 12, 31))


def added_copies(library: Library, window: Term) -> int:
    """Copies accessioned in the window, opening stock not counted."""
    holdings = library.derive(Holdings)
    moves = (move for letter in holdings.arrivals for move in holdings.added(letter, *window))
    return sum(move.amount.copies for move in moves)


def _proportions(library: Library, day: date) -> Iterator[Indicator]:
    letters, numberless = letters_of(copies_in_force(library, day)), len(unnumbered(library))
    # What most of the books are nothing records: of them no share can be told.
    is_told = 2 * (letters[""] + numberless) <= letters.total() + numberless
    sources = (SourceColumns(AccessionRow, ("class_no", "accessioned_on", "withdrawn_on")),)
    for group, members in GROUPS.items():
        copies = sum(letters[letter] for letter in members) if is_told else None
        definition = f"{group.replace('-', '—')} 类在册册数 ÷ 在册总册数 × 100%。"
        yield Indicator(group_name(group), copies, letters.total(), PER_CENT, definition, sources, day)


def _periodicals(library: Library, window: Term | None, day: date) -> Iterator[Indicator]:
    """Without a term nobody can tell which run in it. A line that lacks something else counts all the same; a book that
    is not begun does not say that there are none.
    """
    lines = told(library[PeriodicalRow], "title", "starts_on", "ends_on")
    if window is None or not lines:
        count = None
    else:
        count = len({title for title, starts, ends in lines if starts <= window.end and ends >= window.start})
    definition = DEFINITIONS[TargetName.PERIODICALS]
    sources = (SourceColumns(PeriodicalRow, ("title", "starts_on", "ends_on")),)
    yield Indicator(TargetName.PERIODICALS, count, None, "种", definition, sources, day)
    first = date(first_year(day), _FIRST_SUBSCRIPTION_MONTH, 1)
    yield _subscriptions(library, Term(first, day), day)


def _subscriptions(library: Library, window: Term, day: date) -> Indicator:
    """Subscriptions run by halves of the calendar year: those of a school year begin from July to June."""
    lines = told(library[PeriodicalRow], "amount", "starts_on")
    amount = None
    if lines:
        amount = sum((amount for amount, starts in lines if starts in window and starts <= day), Decimal(0))
    definition = "本学年（7 月起）开始的各订期的金额 ÷ 学生人数。"
    sources = (SourceColumns(PeriodicalRow, ("amount", "starts_on")), PUPILS)
    return Indicator(TargetName.SUBSCRIPTIONS, amount, pupils_of_school(library), "元", definition, sources, day)


def _e_books(library: Library, day: date) -> Indicator:
    sources = (SourceColumns(SettingRow, ("value",)),)
    definition = "基本信息里的电子图书册数。"
    return Indicator(TargetName.E_BOOKS, library.school.e_books, None, "册", definition, sources, day)


def _opening_hours(library: Library, day: date) -> Indicator:
    rows = [row for row in library[OpeningRow] if row.weekday in SCHOOL_WEEK]
    minutes, for_pupils = weekly_minutes(rows), weekly_minutes(for_pupils_too(rows))
    # Hours that only a new workbook names are nobody's hours. A sheet that is not begun does not say there are none,
    # nor one with a line that cannot be read how many there are.
    is_told = rows and not library[OpeningRow].incomplete and not is_untouched(library, OpeningRow)
    hours = Decimal(minutes) / _MINUTES if is_told else None
    has_more = minutes > for_pupils
    among_them = f"；其中对学生开放 {rounded(Fraction(for_pupils, _MINUTES))} 小时" if has_more else ""
    definition = f"星期一到星期五对学生、教师或全体开放的时间，重叠的只算一次{among_them}。"
    sources = (SourceColumns(OpeningRow, ("weekday", "starts_at", "ends_at")),)
    base = "师生合计" if has_more and hours is not None else ""
    return Indicator(TargetName.OPENING_HOURS, hours, None, "小时", definition, sources, day, base)


def for_pupils_too(rows: Iterable[OpeningRow]) -> list[OpeningRow]:
    """The openings that are not for teachers alone."""
    return [row for row in rows if row.audience is not Audience.TEACHERS]


def weekly_minutes(rows: Iterable[OpeningRow]) -> int:
    """The minutes of some openings in a week, those at the same time counted once."""
    by_day = group_by(rows, "weekday")
    return sum(open_minutes([Opening(row.starts_at, row.ends_at, row) for row in found]) for found in by_day.values())


def _pupil_librarians(library: Library, day: date) -> Indicator:
    own_name = library.derive(ClassNames)
    table = library[PupilLibrarianRow].seen_by({"class_name", "appointed_on"})
    rows = [row for row in table if row.appointed_on is None or row.appointed_on <= day]
    counted = Counter(own_name[row.class_name] for row in rows)
    # A list that is not begun does not say that there are none, nor one with a line that may be of any class.
    classes = school_classes(library) if len(table) and not table.incomplete else ()
    least = min((counted[one.name] for one in classes if one.pupils), default=None)
    definition = "学生管理员最少的一个班有几名。"
    sources = (SourceColumns(PupilLibrarianRow, ("class_name", "appointed_on")),)
    return Indicator(TargetName.PUPIL_LIBRARIANS, least, None, "名", definition, sources, day)


def _stock_accuracy(library: Library, day: date) -> Iterator[Indicator]:
    finished = [one for one in library.derive(Stocktakes).stocktakes if one.finished and one.last_day <= day]
    if finished:
        definition = "最近一次盘点中盘完的地方，找到的册数 ÷ 应在架册数 × 100%。"
        sources = (SourceColumns(StocktakeRow, ("counted_on", "accession_no")),)
        latest = finished[-1]
        found = None if latest.unnamed else latest.found
        rest = library.derive(Stocktakes).left_out(latest).values()
        base = f"没有盘到的 {sum(rest)} 册不算" if rest else ""
        yield Indicator("帐物相符率", found, latest.expected, PER_CENT, definition, sources, latest.last_day, base)
