"""借阅登记账 against 借阅规则 and 校历 (CIR): due dates, renewals, copies at once, open days."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter, gt, lt
from typing import Any

from schoollib_xl.checks.check import Found, Severity, check, folded, found
from schoollib_xl.checks.running import month_without_a_line
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind, Weekday
from schoollib_xl.rules.calendar import SchoolCalendar
from schoollib_xl.rules.lending import LoanTerms, specificity
from schoollib_xl.rules.shelves import out_until

SCOPE = "reader_kind grade class_name since"
_LENT_ON, _RETURNED_ON, _CLASS_NAME = map(attrgetter, ("lent_on", "returned_on", "class_name"))
READERS: dict[type[Any], str] = {ReaderRow: "reader_no kind class_name", ClassRow: "class_name grade"}
# On a closed weekday so often, and on half of them, is no slip of the pen.
_WEEKS = 5
DAYS: dict[type[Any], str] = {
    CalendarRow: "starts_on ends_on kind follows",
    OpeningRow: "weekday starts_at ends_at audience",
}


def all_read(library: Library, *sheets: type[Any]) -> bool:
    """Whether every line of these sheets could be read: one that could not might be the one that counts."""
    return not any(library[row_type].incomplete for row_type in sheets)


def days_are_known(library: Library) -> bool:
    """Whether every line that says when the library is open could be read and means certain days."""
    return all_read(library, OpeningRow) and library.derive(SchoolCalendar).is_whole


def _by_kind(library: Library, loans: Iterable[LoanRow]) -> dict[ReaderKind, list[LoanRow]]:
    """Loans of known readers by the kind of reader."""
    return grouped(loans, lambda loan: library.readers[loan.reader_no].kind)


@check(
    "CIR201",
    title="续借次数超过规定",
    message="{loan_no} 续借了 {renewals} 次，规则最多 {allowed} 次。",
    why="一册书长期在一个人手里，别的读者借不到。",
    fix="先核对续借次数；本来就准许的，在借阅规则里加一条；不准许的，收回来，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={
        LoanRow: "loan_no lent_on reader_no class_name mode renewals",
        LendingRule: f"{SCOPE} renewals",
        **READERS,
    },
    ties={LoanRow: "line"},
)
def renewed_too_often(library: Library) -> Iterator[Found]:
    if not all_read(library, LendingRule):
        return
    terms = library.derive(LoanTerms)
    for loan in library[LoanRow].saying("renewals"):
        rule = terms.rule(loan) if loan.is_personal and loan.reader_no in library.readers else None
        if rule and (loan.renewals or 0) > (rule.renewals or 0):
            yield found(cell(loan, "renewals"), cell(rule, "renewals"), allowed=rule.renewals or 0)


@check(
    "CIR203",
    title="室内阅览写了续借",
    message="{loan_no} 是室内阅览，却写着续借了 {renewals} 次。",
    why="室内看的书当天就还，续借过的是借回了家，借阅册数就少算了一笔。",
    fix="先看借书卡；是借回家的，把借阅方式改成个人，应还日期照续借以后的填；真是室内看的，把续借次数清空。",
    severity=Severity.WARNING,
    reads={LoanRow: "loan_no mode renewals"},
    ties={LoanRow: "line"},
)
def renewed_in_the_room(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow].saying("renewals"):
        if loan.mode is LoanMode.IN_ROOM and (loan.renewals or 0) > 0:
            yield found(cell(loan, "renewals"), cell(loan, "mode"))


@check(
    "CIR202",
    title="同时借的册数超过规定",
    message="{lent_on} 借出 {accession_no} 后，{reader_no} 手里有 {held} 册，规则最多 {allowed} 册。",
    why="超过册数，书就少了周转，丢失也多。",
    fix="先看前面借的是不是漏填了归还日期，漏填就补上；没有漏填，就催还多借的，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={
        LoanRow: "lent_on reader_no class_name accession_no mode returned_on outcome",
        LendingRule: f"{SCOPE} copies",
        **READERS,
    },
    ties={LoanRow: "reader_no", ReaderRow: "reader_no"},
)
def too_many_at_once(library: Library) -> Iterator[Found]:
    if not all_read(library, LendingRule):
        return
    fewest = min((rule.copies for rule in library[LendingRule]), default=0)
    for reader_no, loans in library.loans_by_reader.items():
        if reader_no in library.readers and (not fewest or _may_hold_more(loans, fewest)):
            own = _own_limit(library, loans) or fewest
            if own == fewest or _may_hold_more(loans, own):
                yield from _over_the_limit(library, loans, own)


def _may_hold_more(loans: list[LoanRow], fewest: int) -> bool:
    """Whether a reader may ever have had more than the fewest copies: never where, whenever one went out, all but so
    many of those before had come back. Nobody need count them then.
    """
    if len(loans) <= fewest:
        return False
    lent = list(map(_LENT_ON, loans))
    back = [day or date.max for day in map(_RETURNED_ON, loans)]
    # Nor where each of them was back when the one so many after it went out: that is told without sorting.
    return any(map(gt, back, lent[fewest:])) and (any(map(lt, back, lent)) or any(map(gt, sorted(back), lent[fewest:])))


def _own_limit(library: Library, loans: list[LoanRow]) -> int | None:
    """How many copies a reader may have at once, where it is the same for all of these loans, which are in the order
    of their days: of one class, under one rule from the first to the last.
    """
    first, last = map(library.derive(LoanTerms).rule, (loans[0], loans[-1]))
    is_one = first is last and len(set(map(_CLASS_NAME, loans))) == 1
    return first.copies if first and is_one else None


def _over_the_limit(library: Library, loans: list[LoanRow], fewest: int) -> Iterator[Found]:
    """The first loan over the limit for each copy kept too long: one return that was not written down
    puts every later loan over it.
    """
    terms = library.derive(LoanTerms)
    held: list[tuple[date, LoanRow]] = []
    blamed: set[int] = set()
    for loan in loans:
        if not loan.is_personal:
            continue
        day = loan.lent_on
        held = [one for one in held if one[0] > day]
        held.append((out_until(loan), loan))
        rule = terms.rule(loan) if len(held) > fewest and held[0][1].line not in blamed else None
        if rule and len(held) > rule.copies:
            blamed.add(held[0][1].line)
            yield found(
                cell(loan, "accession_no"),
                *(cell(one, "returned_on") for _, one in held[:-1]),
                cell(rule, "copies"),
                held=len(held),
                allowed=rule.copies,
            )


@check(
    "CIR312",
    title="借出那天没有适用的规则",
    message="{lent_on} 借出时，借阅规则里没有一条适用（共 {count} 笔{kind}的借阅）。",
    why="没有规则，册数和应还日期就无从核对。",
    fix="先核对借出日期；没有错，就在借阅规则里补上那时的规则。",
    severity=Severity.WARNING,
    reads={LoanRow: "lent_on due_on reader_no class_name mode", LendingRule: SCOPE, **READERS},
    may_read={SummaryRow: "registered_on flow"},
)
def lent_without_rule(library: Library) -> Iterator[Found]:
    if not (library[LendingRule].rows and all_read(library, LendingRule)):
        return
    terms = library.derive(LoanTerms)
    for_everyone = (rule.since for rule in library[LendingRule] if not any(specificity(rule)))
    covered_from = min(for_everyone, default=date.max)
    table = library[LoanRow]
    early = table.among("lent_on", {day for day in table.distinct("lent_on") if day < covered_from})
    # A loan that was due before these books were opened was brought over from the last ones, with its rule left there.
    early = [loan for loan in early if loan.reader_no in library.readers and not library.in_older_books(loan.due_on)]
    without = (loan for loan in early if loan.is_personal and terms.rule(loan) is None and terms.is_placed(loan))
    for kind, loans in _by_kind(library, without).items():
        first = min(loans, key=lambda loan: loan.line)
        at, *others = folded(loans, "lent_on")
        rules = folded(library[LendingRule], "since")
        yield found(at, *rules, *others, lent_on=first.lent_on, count=len(loans), kind=kind)


@check(
    "CIR901",
    title="闭馆日借出",
    message="{lent_on} {others}不开放，账上有 {count} 笔借给{kind}的书。",
    why="闭馆日的借阅多半是日期写错，或者校历、开放时间没有写全。",
    fix="先核对借出日期；没有错，就补校历或开放时间。",
    severity=Severity.HINT,
    reads={LoanRow: "lent_on reader_no", ReaderRow: "reader_no kind", **DAYS},
)
def lent_on_closed_day(library: Library) -> Iterator[Found]:
    if not days_are_known(library):
        return
    closed = library.derive(_closed_days)
    amiss = [loan for loan in library[LoanRow].among("lent_on", closed) if loan.reader_no in library.readers]
    days_of = grouped(library[LoanRow].distinct("lent_on"), date.weekday)
    for kind, loans_of_kind in _by_kind(library, amiss).items():
        by_day = {day: loans for day, loans in group_by(loans_of_kind, "lent_on").items() if kind in closed[day]}
        for weekday, days in grouped(by_day, date.weekday).items():
            # Who lends every Saturday lacks one line of 开放时间.
            is_habit = len(days) >= max(_WEEKS, len(days_of[weekday]) / 2)
            others = f"等 {len(days)} 个{list(Weekday)[weekday]}" if is_habit else ""
            for told in [days] if is_habit else ([day] for day in days):
                lent = [loan for day in told for loan in by_day[day]]
                first = min(lent, key=attrgetter("line")).lent_on
                yield found(*folded(lent, "lent_on"), lent_on=first, count=len(lent), kind=kind, others=others)


def _closed_days(library: Library) -> dict[date, set[ReaderKind]]:
    """The days with loans on which the library is closed, and to whom. Days 校历 says nothing about are its
    own fault (QUO112), as is a day made up for that follows no day (QUO113), and readers without any opening are
    not shut out on one day.
    """
    calendar = library.derive(SchoolCalendar)
    kinds = [kind for kind in ReaderKind if calendar.opens_for(kind)]
    lent_on = library[LoanRow].distinct("lent_on")
    days = [day for day in lent_on if calendar.covers(day) and not calendar.leaves_untold(day, day)]
    closed = {day: {kind for kind in kinds if not calendar.is_open(day, kind)} for day in days}
    return {day: kinds_out for day, kinds_out in closed.items() if kinds_out}


@check(
    "CIR113",
    title="一整个月没有一笔借阅",
    message="从 {first} 到 {last} 有 {count} 个上课日，借阅登记账里一笔也没有，别的周多半有。",
    why="漏登一段，生均借书就少算了，没有还的书也查不到。",
    fix="先找那一段的借书卡和登记本；记了没有抄的补登；没有开放，写进“差异说明”。",
    severity=Severity.HINT,
    reads={LoanRow: "lent_on", CalendarRow: "starts_on ends_on kind follows"},
)
def month_without_a_loan(library: Library) -> Iterator[Found]:
    return month_without_a_line(library, LoanRow, "lent_on")
