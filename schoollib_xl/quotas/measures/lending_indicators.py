"""Indicators of lending in one term."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, untold
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.table import IncompleteRow
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.quotas.basis.classes import SchoolClass, perhaps_gone, readers_in_use
from schoollib_xl.quotas.basis.period import Period
from schoollib_xl.quotas.basis.stock import copies_in_force
from schoollib_xl.quotas.borrowing.obligation import TermBooks, obligation, term_books
from schoollib_xl.quotas.borrowing.overdue import perhaps_late, was_late
from schoollib_xl.quotas.borrowing.targets import BORROWING
from schoollib_xl.quotas.measures.indicator import DEFINITIONS, LOANS, PER_CENT, PUPILS, Indicator, SourceColumns
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.lending import loans_lent
from schoollib_xl.rules.target_names import TargetName

OF_PUPILS = (*BORROWING, "学生借阅率")
"""The figures of what pupils borrowed."""
_COPIES = SourceColumns(AccessionRow, ("accessioned_on", "withdrawn_on"))
_READERS = SourceColumns(ReaderRow, ("kind", "issued_on", "stopped_on"))


def copies_per_pupil(books: TermBooks, classes: Sequence[SchoolClass]) -> Indicator:
    """生均借书册数 of some classes."""
    definition = "学生个人借书册数 ÷ 学生人数；按借出日期算，续借、室内阅览、班级图书角和教师借书不算。"
    return _per_pupil(books, classes, TargetName.COPIES_PER_PUPIL, "册", definition)


def visits_per_pupil(books: TermBooks, classes: Sequence[SchoolClass]) -> Indicator:
    """生均借书次数 of some classes."""
    definition = "学生借书次数 ÷ 学生人数；一名学生一天借书算一次。"
    return _per_pupil(books, classes, TargetName.VISITS_PER_PUPIL, "次", definition)


def _per_pupil(
    books: TermBooks, classes: Sequence[SchoolClass], name: TargetName, unit: str, definition: str
) -> Indicator:
    """A mean over the classes whose 学生人数 can be read."""
    figures = obligation(books, [school_class for school_class in classes if school_class.pupils is not None])
    done = figures.visits if name is TargetName.VISITS_PER_PUPIL else figures.loans
    return Indicator(name, done, figures.pupils or 0, unit, definition, (LOANS, PUPILS), books.period.cut_off)


def least_copies(books: TermBooks, classes: Sequence[SchoolClass]) -> Indicator:
    """每生最低借书册数: what the pupil with the fewest loans has borrowed."""
    least = None
    if books.counted is not None:
        pupils = books.pupils_in(classes) or ()
        least = min((books.counted.copies_by_pupil[pupil.reader_no] for pupil in pupils), default=None)
    definition = "借书最少的一名学生借了几册（读者名册中在用的学生）。"
    sources = (LOANS, _READERS)
    return Indicator(TargetName.LEAST_COPIES, least, None, "册", definition, sources, books.period.cut_off)


def is_unrecorded(indicator: Indicator, *, others_have: bool) -> bool:
    """Whether a figure tells of loans of which none is on record, where no pupil has one: what pupils borrowed, and
    where nobody else has a loan either, all that is counted from loans.
    """
    of_loans = not others_have and any(source.row_type is LoanRow for source in indicator.source[:1])
    return of_loans or indicator.name in OF_PUPILS


def lending_indicators(library: Library, books: TermBooks) -> Iterator[Indicator]:
    """Everything about the loans of a term up to its cut-off."""
    if books.counted is None:
        return
    yield from library.derive(_of_pupils, books.period)
    yield from _turnover(library, library.derive(loans_to_take_out, books.period), books.period)
    yield from library.derive(_of_readers, books.period)
    yield _open_days(library, books.period)


def loans_to_take_out(library: Library, span: Period) -> list[LoanRow]:
    """Every loan of the term up to the cut-off, class corners included; not what was, or may have been, read in the
    room.
    """
    in_room = LoanMode.IN_ROOM
    return [loan for loan in loans_lent(library, *span.window) if loan.mode is not in_room]


def _of_pupils(library: Library, span: Period) -> tuple[Indicator, Indicator]:
    """What neither a row of 个别登记账 nor one of 注销登记账 bears on."""
    books = library.derive(term_books, span)
    return copies_per_pupil(books, books.classes), visits_per_pupil(books, books.classes)


def _of_readers(library: Library, span: Period) -> tuple[Indicator, ...]:
    """What no row of 个别登记账 bears on."""
    loans = library.derive(loans_to_take_out, span)
    return (*_reach(library, loans, span), *_lateness(library, loans, span))


def _turnover(library: Library, loans: Sequence[LoanRow], span: Period) -> Iterator[Indicator]:
    held = copies_in_force(library, span.cut_off)
    borrowers = set(map(attrgetter("reader_no"), loans))
    number = attrgetter("accession_no")
    numbers = set(map(number, loans))
    used = None if None in numbers else len(numbers.intersection(map(number, held)))
    yield Indicator("流通册次", len(loans), None, "册次", DEFINITIONS["流通册次"], (LOANS,), span.cut_off)
    yield _rate("图书流通率", len(loans), len(held), DEFINITIONS["图书流通率"], (LOANS, _COPIES), span)
    yield Indicator(
        "人均流通册数",
        len(loans),
        len(borrowers),
        "册",
        "流通率的另一种算法：流通册次 ÷ 借过书的人数。",
        (LOANS,),
        span.cut_off,
    )
    definition = DEFINITIONS["藏书利用率"]
    yield _rate(
        "藏书利用率", used, len(held), definition, (SourceColumns(LoanRow, ("accession_no", "lent_on")), _COPIES), span
    )


def _reach(library: Library, loans: Sequence[LoanRow], span: Period) -> Iterator[Indicator]:
    borrowers = {loan.reader_no for loan in loans if loan.is_personal}
    active, is_told = readers_in_use(library, span.cut_off), not library.derive(perhaps_gone, span.cut_off)
    pupils = [reader for reader in active if reader.kind is ReaderKind.PUPIL]
    for name, readers, who in (("读者借阅率", active, "读者"), ("学生借阅率", pupils, "学生")):
        reached = sum(reader.reader_no in borrowers for reader in readers)
        definition = f"借过书的{who} ÷ 在用的{who} × 100%（读者名册，截止日期当天）。"
        yield _rate(name, reached if is_told else None, len(readers), definition, (LOANS, _READERS), span)


def _lateness(library: Library, loans: Sequence[LoanRow], span: Period) -> Iterator[Indicator]:
    personal = [loan for loan in loans if loan.is_personal]
    # Whether a loan came back in time nobody knows where a day is blank, or how it ended cannot be read.
    dated = all(loan.due_on and (loan.returned_on or loan.outcome is None) for loan in personal)
    dated = dated and not perhaps_late(library, span.cut_off)
    late = sum(was_late(library, loan, span.cut_off) for loan in personal) if dated else None
    unread = untold(library[LoanRow], "outcome")
    is_told = not any(loan.line in unread for loan in loans) if unread else True
    lost = sum(loan.is_lost and not _after(loan, span) for loan in loans) if is_told else None
    dates = SourceColumns(LoanRow, ("lent_on", "due_on", "returned_on"))
    yield _rate("逾期率", late, len(personal), DEFINITIONS["逾期率"], (dates,), span)
    definition = "报失的册次 ÷ 流通册次 × 100%。"
    yield _rate("丢失率", lost, len(loans), definition, (SourceColumns(LoanRow, ("lent_on", "outcome")),), span)


def _after(loan: LoanRow, span: Period) -> bool:
    return loan.returned_on is not None and loan.returned_on > span.cut_off


def _open_days(library: Library, span: Period) -> Indicator:
    calendar = library.derive(SchoolCalendar)
    is_unread = any(_may_be_of(line, span.window) for line in library[CalendarRow].incomplete)
    is_known = not (is_unread or calendar.uncovered(span.window) or library[OpeningRow].incomplete)
    days = len(calendar.open_days(*span.window, ReaderKind.PUPIL)) if is_known else None
    sources = (SourceColumns(CalendarRow, ("starts_on", "ends_on", "kind")), SourceColumns(OpeningRow, ("weekday",)))
    return Indicator("开放天数", days, None, "天", "对学生开放的天数（校历和开放时间）。", sources, span.cut_off)


def _may_be_of(line: IncompleteRow, window: Term) -> bool:
    """Whether a line of 校历 that cannot be read may say something of these days."""
    starts_on, ends_on = (line.values.get(name) for name in ("starts_on", "ends_on"))
    return not ((starts_on and starts_on > window.end) or (ends_on and ends_on < window.start))


def _rate(
    name: str, part: int | None, whole: int, definition: str, sources: tuple[SourceColumns, ...], span: Period
) -> Indicator:
    return Indicator(name, part, whole, PER_CENT, definition, sources, span.cut_off)
