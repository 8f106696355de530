"""借阅规则 and 赔偿规则 (QUO): rules that contradict each other or apply to nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from schoollib_xl.checks.check import MOST_SHOWN, Found, Severity, check, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.rules.calendar import SchoolCalendar, days_later
from schoollib_xl.rules.lending import LoanTerms, lending_rules, specificity

_SCOPE = "reader_kind grade class_name since"
# So many loans alike, and so many of all, are a habit and no slip.
_MANY_LOANS, _NEARLY_ALL = 5, 0.8


def _contradicting(rules: list[Any], scope: tuple[str, ...], says: tuple[str, ...]) -> Iterator[tuple[Any, Any, str]]:
    """Each rule with an earlier line of the same scope and day that says something else, and the field."""
    first: defaultdict[tuple[object, ...], list[Any]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.line):
        alike = first[tuple(_exactly(getattr(rule, name)) for name in scope)]
        differs = ((other, name) for other in alike for name in says if _said(rule, name) != _said(other, name))
        if contradiction := next(differs, None):
            yield rule, *contradiction
        alike.append(rule)


def _exactly(scope: object) -> object:
    """A scope told from every other: a rule for grades 3 to 6 is not one for grade 3."""
    return grades_of(scope) if isinstance(scope, int) else scope


def _said(rule: Any, name: str) -> object:
    """What a rule says; a blank is nothing, and so is 否."""
    value = getattr(rule, name)
    return 0 if value in (None, "否") else value


@check(
    "QUO001",
    title="两条借阅规则互相矛盾",
    message="范围和日期都一样的两条规则，“{item}”一条是 {one}，一条是 {other}。",
    why="两条一样具体又同一天生效，说不清照哪一条。",
    fix="先看依据，定下照哪一条；另一条改它的范围或日期。",
    reads={LendingRule: f"{_SCOPE} copies days renewals", ClassRow: "class_name"},
    may_read={LendingRule: "overdue_stops"},
)
def lending_rules_contradict(library: Library) -> Iterator[Found]:
    says = ("copies", "days", "renewals", "overdue_stops")
    for rule, other, name in _contradicting(list(library.derive(lending_rules)), tuple(_SCOPE.split()), says):
        item = header_of(LendingRule, name)
        yield found(cell(rule, name), cell(other, name), item=item, one=_said(other, name), other=_said(rule, name))


@check(
    "QUO003",
    title="两条赔偿规则互相矛盾",
    message="{since} 起的两条“{incident}”规则，“{item}”写得不一样。",
    why="同一天生效的两条说法不同，赔多少就说不清。",
    fix="先看依据，定下照哪一条；另一条改它的日期。",
    reads={CompensationRule: "since incident multiple minimum fee whole_set"},
)
def compensation_rules_contradict(library: Library) -> Iterator[Found]:
    says = ("multiple", "minimum", "fee", "whole_set")
    for rule, other, name in _contradicting(list(library[CompensationRule]), ("since", "incident"), says):
        item = header_of(CompensationRule, name)
        yield found(cell(rule, name), cell(other, name), item=item)


@check(
    "QUO002",
    title="缺一条管所有读者的规则",
    message="借阅规则里没有读者类别、年级、班级都空着的一条。",
    why="别的规则都管不着的读者，就没有规则可照。",
    fix="先加一条三栏都空着的规则；再填册数、天数和依据。",
    reads={LendingRule: "reader_kind grade class_name"},
)
def no_rule_for_everyone(library: Library) -> Iterator[Found]:
    rules = library[LendingRule]
    for_everyone = (rule for rule in rules if not any(specificity(rule)))
    if not rules.incomplete and next(for_everyone, None) is None:
        yield found(Cell(LendingRule, 0, "reader_kind"))


@check(
    "QUO305",
    title="规则的班级和年级不是一回事",
    message="规则写的是{class_name}，年级却是 {grade}，班级表里它是 {right} 年级。",
    why="班级和年级合不到一起，这条规则一个人也管不着。",
    fix="先看依据；只管一个班的，年级空着或改对；管一个年级的，班级空着。",
    reads={LendingRule: "grade class_name", ClassRow: "class_name grade"},
)
def rule_for_nobody(library: Library) -> Iterator[Found]:
    for rule in library[LendingRule]:
        row = library.class_called(rule.class_name)
        if row and rule.grade is not None and int(row.grade) not in grades_of(rule.grade):
            yield found(cell(rule, "grade"), cell(row, "grade"), class_name=row.class_name, right=row.grade)


@check(
    "QUO201",
    title="套书按全套：看不懂的写法",
    message="“套书按全套”填的是“{text}”，应当是“是”或“否”。",
    why="写法不定，就不知道套书丢一册要不要赔全套。",
    fix="照依据填“是”或“否”。",
    severity=Severity.WARNING,
    reads={CompensationRule: "whole_set"},
)
def whole_set_unclear(library: Library) -> Iterator[Found]:
    for rule in library[CompensationRule]:
        if rule.whole_set not in (None, "是", "否"):
            yield found(cell(rule, "whole_set"), text=rule.whole_set)


@check(
    "QUO306",
    title="借期长得没有一笔照它算",
    message="借期天数填的是 {days} 天，照这一条借出的 {count} 笔里有 {alike} 笔写的是借 {usual} 天。",
    why="借期到了校历外面，应还日期就没法核对，催还和逾期也跟着不对。",
    fix="先看本校的借阅制度；天数写错了就改正，改过制度就另加一条新的规则。",
    severity=Severity.WARNING,
    reads={
        LoanRow: "lent_on due_on reader_no class_name mode renewals",
        LendingRule: f"{_SCOPE} days",
        ReaderRow: "reader_no kind class_name",
        ClassRow: "class_name grade",
        CalendarRow: "starts_on ends_on kind",
    },
)
def no_loan_has_its_period(library: Library) -> Iterator[Found]:
    calendar, terms = library.derive(SchoolCalendar), library.derive(LoanTerms)
    first = _first_day(library[LoanRow])
    if first is None or not calendar.has_school or library[LendingRule].incomplete:
        return
    # Where the calendar knows the day on which the first loan would be due, each loan is judged by itself.
    beyond = [rule for rule in library[LendingRule] if not calendar.knows(days_later(first, rule.days))]
    lines = {rule.line for rule in beyond if rule.since <= first}
    by_rule: defaultdict[int, list[LoanRow]] = defaultdict(list)
    for loan in library[LoanRow] if lines else ():
        is_judged = loan.is_personal and not loan.renewals and loan.reader_no in library.readers
        if is_judged and (rule := terms.rule(loan)):
            by_rule[rule.line].append(loan)
    for rule in beyond:
        yield from _of_another_period(rule, by_rule[rule.line])


def _first_day(loans: LedgerTable[LoanRow]) -> date | None:
    """The first day on which a loan began that was taken home and not renewed."""
    columns = map(loans.column, ("lent_on", "mode", "renewals"))
    alone = (LoanMode.PERSONAL, None)
    return min((day for day, mode, times in zip(*columns, strict=True) if mode in alone and not times), default=None)


def _of_another_period(rule: LendingRule, loans: list[LoanRow]) -> Iterator[Found]:
    """A rule whose loans nearly all have one other, shorter period; a few that a term's end cut short say nothing."""
    periods = Counter((loan.due_on - loan.lent_on).days for loan in loans)
    usual, alike = max(periods.items(), key=lambda pair: pair[1], default=(rule.days, 0))
    if usual < rule.days and alike >= _MANY_LOANS and alike >= _NEARLY_ALL * len(loans):
        others = [cell(loan, "due_on") for loan in loans[:MOST_SHOWN]]
        yield found(cell(rule, "days"), *others, count=len(loans), alike=alike, usual=usual)
