"""应还日期 of 借阅登记账 against 借阅规则 and 校历 (CIR103): of one loan, and of all that were lent by one practice."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.lending.circulation_rules import DAYS, READERS, SCOPE, all_read, days_are_known
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered, grouped
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar, days_later
from schoollib_xl.rules.flat_due_dates import added_flat
from schoollib_xl.rules.lending import LoanTerms

_RightBy = Callable[[LoanTerms, LoanRow], date | None]

_A_YEAR = 366
# What is said of the loans that are due on a day off, once; of a day that nobody knew of.
_OFF = {
    DayKind.HOLIDAY: "：那天放假，要顺延{count}；盖章以后才通知放假的，在校历这一行的说明里写“临时”",
    DayKind.MAKE_UP: "，那天补课{count}；盖章以后才通知补课的，在校历这一行的说明里写“临时”",
}
_SUDDENLY_OFF = {
    DayKind.HOLIDAY: "：那天临时放假，盖过的章不用改，催还时顺延{count}",
    DayKind.MAKE_UP: "，那天临时补课，盖过的章不用改{count}",
}
# What is said, once, of loans whose day fits another way of lending where none is written.
_UNSAID = {
    LoanMode.CLASS: "；借阅方式空着，是送书下班级的填“班级”，一共 {count} 笔这样",
    LoanMode.IN_ROOM: "；借阅方式空着，是在室内看的填“室内”，一共 {count} 笔这样",
}
_FLAT = "：一共 {count} 笔这样，旧系统按天数直加，没有顺延；写好的不用改，催还时顺延"
_ONE_DAY = "：一共 {count} 笔借的日子不同，应还都写这一天；约定好这天还的，写进“差异说明”"
_AS_RETURNED = "：一共 {count} 笔这样，写的都是归还的那一天"
# So many loans alike are a practice; lent over more days than these, no rule makes them due on one.
_PRACTISED, _MONTH = 10, 31


def _earliest_day(terms: LoanTerms, loan: LoanRow) -> date | None:
    """The day before which the loan is not due, whatever days are closed; None where it is due no earlier."""
    if not loan.is_personal:
        return terms.due_on(loan)
    unmoved = terms.unmoved(loan)
    return unmoved if unmoved and loan.due_on < unmoved else None


@check(
    "CIR103",
    title="应还日期不合规则",
    message="{loan_no} 的应还日期写的是 {due_on}，按规则应是 {right}{off}。",
    why="应还日期错了，催还和逾期统计就跟着错。",
    fix="先对照借阅规则和校历算一遍（遇闭馆日顺延）；没有错，就改应还日期；规则改过，就在借阅规则里加一条。",
    reads={
        LoanRow: "loan_no lent_on due_on reader_no class_name mode renewals",
        LendingRule: f"{SCOPE} days",
        **READERS,
        **DAYS,
    },
    may_read={LoanRow: "returned_on"},
)
def due_date_differs(library: Library) -> Iterator[Found]:
    if not all_read(library, LendingRule):
        return
    terms, right_by = library.derive(LoanTerms), LoanTerms.known_due_on if days_are_known(library) else _earliest_day
    differing = terms.where(library[LoanRow], lambda loan: right_by(terms, loan) not in (None, loan.due_on))
    # Of a reader who is not in 读者名册 nobody can tell the rule.
    differing = [one for one in differing if one.reader_no in library.readers and not terms.is_due_by_grade_then(one)]
    by_practice: set[int] = set()
    for practice in (_added_flat, _in_another_way, _until_one_day, _as_it_came_back, _on_a_day_off):
        left = [loan for loan in differing if loan.line not in by_practice]
        for told in practice(library, left, right_by):
            by_practice.update(loan.line for loan in told.loans)
            at, *others = folded(told.loans, told.field)
            first = min(told.loans, key=lambda loan: loan.line)
            right, off = right_by(terms, first), told.off.format(count=len(told.loans))
            yield found(at, *others, *told.besides, severity=told.severity, right=right, off=off)
    for loan in differing:
        if loan.line not in by_practice:
            rule = terms.rule(loan) if loan.is_personal else None
            cells = [cell(loan, name) for name in ("due_on", "lent_on", "renewals")]
            yield found(*cells, *([cell(rule, "days")] if rule else []), right=right_by(terms, loan), off="")


class _Practice(NamedTuple):
    """Loans whose due dates differ for one reason, told once: how bad, at which field, and what is said of them."""

    loans: list[LoanRow]
    severity: Severity
    off: str
    field: str = "due_on"
    besides: tuple[Cell, ...] = ()


def _added_flat(library: Library, loans: list[LoanRow], _: _RightBy) -> Iterator[_Practice]:
    terms = library.derive(LoanTerms)
    if flat := added_flat(library, [loan for loan in loans if loan.due_on == terms.unmoved(loan)]):
        yield _Practice(flat, Severity.HINT, _FLAT)


def _in_another_way(library: Library, loans: list[LoanRow], _: _RightBy) -> Iterator[_Practice]:
    """Loans whose day fits another way of lending, where none is written, or that one on all loans."""
    known = {mode for mode in _UNSAID if library[LoanRow].having("mode", mode)}
    told = ((_mode_meant(library, loan), loan) for loan in loans if loan.is_personal)
    unsaid = gathered(((mode, loan.mode), loan) for mode, loan in told if mode and (not loan.mode or mode not in known))
    for (mode, written), alike in unsaid.items():
        if written is None or len(alike) >= _PRACTISED:
            first = min(alike, key=lambda loan: loan.line)
            off = _UNSAID[mode].replace("空着", f"写的是“{written.value}”" if written else "空着")
            yield _Practice(alike, Severity.WARNING, off, "mode", (cell(first, "due_on"),))


def _until_one_day(_: Library, loans: list[LoanRow], __: _RightBy) -> Iterator[_Practice]:
    """Loans of many days that are all due on one, as at the end of the term, or of the year for class shelves."""
    for alike in grouped(loans, lambda loan: (loan.mode, loan.due_on)).values():
        if len(alike) >= _PRACTISED and (alike[0].mode is LoanMode.CLASS or _days_between(alike) > _MONTH):
            yield _Practice(alike, Severity.WARNING, _ONE_DAY)


def _as_it_came_back(_: Library, loans: list[LoanRow], __: _RightBy) -> Iterator[_Practice]:
    """The due dates were filled in with the books that came back."""
    is_one = all(loan.due_on == loan.returned_on for loan in loans)
    if is_one and len(loans) >= _PRACTISED and _days_between(loans) > _MONTH:
        yield _Practice(loans, Severity.WARNING, _AS_RETURNED)


def _days_between(loans: list[LoanRow]) -> int:
    """From the first day lent to the last."""
    days = [loan.lent_on for loan in loans]
    return (max(days) - min(days)).days


def _on_a_day_off(library: Library, loans: list[LoanRow], right_by: _RightBy) -> Iterator[_Practice]:
    terms = library.derive(LoanTerms)
    dated = ((loan, right_by(terms, loan)) for loan in loans)
    told = ((_announced_late(library, loan, right), loan) for loan, right in dated if right)
    for row, alike in gathered((row, loan) for row, loan in told if row).items():
        is_sudden = SchoolCalendar.is_sudden(row)
        count = f"，一共 {len(alike)} 笔" if len(alike) > 1 else ""
        off = (_SUDDENLY_OFF if is_sudden else _OFF)[row.kind].format(count=count)
        severity = Severity.HINT if is_sudden else Severity.WARNING
        yield _Practice(alike, severity, off, besides=(cell(row, "starts_on"),))


def _mode_meant(library: Library, loan: LoanRow) -> LoanMode | None:
    """How a loan that does not say it was lent: read in the room, or to a teacher, for a class, until the term ends."""
    if loan.due_on == loan.lent_on == loan.returned_on:
        return LoanMode.IN_ROOM
    is_teachers = library.readers[loan.reader_no].kind is not ReaderKind.PUPIL
    until = library.derive(LoanTerms).due_on(loan._replace(mode=LoanMode.CLASS))
    return LoanMode.CLASS if is_teachers and loan.due_on == until else None


def _announced_late(library: Library, loan: LoanRow, right: date) -> CalendarRow | None:
    """The day off, or the day made up for, without which the loan is due when its slip says: the slip was stamped when
    the book went out, and whether the day was announced by then no book says.
    """
    terms, calendar = library.derive(LoanTerms), library.derive(SchoolCalendar)
    unmoved, kind = terms.unmoved(loan), terms.reader_kind(loan)
    if unmoved and (off := calendar.off_as_reckoned(unmoved, loan.due_on, kind)):
        return off
    return calendar.made_up(right) if loan.due_on == calendar.next_open(days_later(right, 1), kind) else None


@check(
    "CIR111",
    title="班级借的书一年多才到期",
    message="{loan_no} 是班级借的，{lent_on} 借出，应还却是 {due_on}，隔了一年多{alike}。",
    why="送书下班级到学期结束要收回，隔了一年多，多半是年份写错了，这个学期就数不到它。",
    fix="先看借出日期的年份，写错就改正；真是上学年放下去的，收回来重新登记一次。",
    severity=Severity.HINT,
    reads={LoanRow: "loan_no lent_on due_on mode"},
)
def lent_to_a_class_for_more_than_a_year(library: Library) -> Iterator[Found]:
    # Of what was lent in a term of 基本信息 CIR103 knows the day.
    long = [
        loan
        for loan in library[LoanRow].having("mode", LoanMode.CLASS)
        if (loan.due_on - loan.lent_on).days > _A_YEAR and not library.school.term_of(loan.lent_on)
    ]
    for loans in grouped(long, lambda loan: (loan.lent_on, loan.due_on)).values():
        at, *others = folded(loans, "lent_on")
        yield found(at, at._replace(field="due_on"), *others, alike=Alike(len(loans) - 1))
