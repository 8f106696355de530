"""借阅规则 and 赔偿规则 (QUO): rules that contradict each other or apply to nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
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
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.rules.calendar import SchoolCalendar, days_later
from schoollib_xl.rules.lending import LoanTerms, lending_rules, specificity

_SCOPE = "reader_kind grade class_name since"
# So many loans alike, and so many of all, are a habit and no slip.
_MANY_LOANS, _NEARLY_ALL = 5, 0.8
# A term has 20 weeks or so: a shorter period ends within the calendar for most of the year's loans.
_TERM = 140
# No school lends longer than from one September to the next. A nought too many makes a period ten times that of every
# other rule, which no school does on purpose for longer than a term and its holidays.
_YEAR, _HALF_A_YEAR, _NOUGHT = 366, 200, 10
# A class that reads one book together may take three times what others take.
_MANY_TIMES = 5


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
    for rule, loans in _not_judged(library):
        yield from _of_another_period(rule, loans)


def _not_judged(library: Library) -> Iterator[tuple[LendingRule, list[LoanRow]]]:
    """The rules by which no loan can be judged, with their loans: the first of these would be due after 校历 ends."""
    calendar, rules = library.derive(SchoolCalendar), library[LendingRule]
    days = _days_of_lending(library[LoanRow])
    if not days or not calendar.has_school or rules.incomplete:
        return
    # Where the calendar knows the day on which the first loan would be due, each loan is judged by itself.
    long = {rule.line for rule in rules if not calendar.knows(days_later(min(days), rule.days))}
    long |= {rule.line for rule in rules if rule.days > _TERM and not calendar.knows(days_later(max(days), rule.days))}
    by_rule = _by_rule(library) if long else {}
    for rule in rules:
        loans = by_rule.get(rule.line, [])
        first = min((loan.lent_on for loan in loans), default=None)
        if rule.line in long and first and not calendar.knows(days_later(first, rule.days)):
            yield rule, loans


def _by_rule(library: Library) -> dict[int, list[LoanRow]]:
    """The loans taken home and not renewed, by the line of the rule that governs them."""
    terms = library.derive(LoanTerms)
    by_rule: defaultdict[int, list[LoanRow]] = defaultdict(list)
    for loan in library[LoanRow]:
        is_judged = loan.is_personal and not loan.renewals and loan.reader_no in library.readers
        if is_judged and (rule := terms.rule(loan)):
            by_rule[rule.line].append(loan)
    return by_rule


def _days_of_lending(loans: LedgerTable[LoanRow]) -> set[date]:
    """The days on which loans began that were taken home and not renewed."""
    columns = map(loans.column, ("lent_on", "mode", "renewals"))
    alone = (LoanMode.PERSONAL, None)
    return {day for day, mode, times in zip(*columns, strict=True) if mode in alone and not times}


def _of_another_period(rule: LendingRule, loans: list[LoanRow]) -> Iterator[Found]:
    """A rule whose loans nearly all have one other, shorter period; a few that a term's end cut short say nothing."""
    periods = Counter((loan.due_on - loan.lent_on).days for loan in loans)
    usual, alike = max(periods.items(), key=lambda pair: pair[1], default=(rule.days, 0))
    if usual < rule.days and alike >= _MANY_LOANS and alike >= _NEARLY_ALL * len(loans):
        others = [cell(loan, "due_on") for loan in loans[:MOST_SHOWN]]
        yield found(cell(rule, "days"), *others, count=len(loans), alike=alike, usual=usual)


@check(
    "QUO307",
    title="借期天数大得少见",
    message="借期天数填的是 {days} 天，一本书很少一次借这么久。",
    why="多打一个 0，应还日期就到了校历外面，催还和逾期都跟着不对。",
    fix="先看本校的借阅制度；天数写错了就改正；真是这样定的，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={LendingRule: f"{_SCOPE} days"},
    may_read={
        LoanRow: "lent_on due_on reader_no class_name mode renewals",
        ReaderRow: "reader_no kind class_name",
        ClassRow: "class_name grade",
        CalendarRow: "starts_on ends_on kind",
    },
)
def period_of_no_school(library: Library) -> Iterator[Found]:
    rules = library[LendingRule]
    long = [rule for rule in rules if _is_too_long(rule, [one.days for one in rules if one is not rule])]
    if not long:
        return
    by_rule = _by_rule(library)
    said = {one.at.line for one in no_loan_has_its_period(library)}
    for rule in long:
        # Loans stamped by it show that it is meant so.
        stamped = any((loan.due_on - loan.lent_on).days >= rule.days for loan in by_rule.get(rule.line, ()))
        if rule.line not in said and not stamped:
            yield found(cell(rule, "days"))


def _is_too_long(rule: LendingRule, others: list[int]) -> bool:
    return rule.days > _YEAR or (bool(others) and rule.days >= max(_HALF_A_YEAR, _NOUGHT * max(others)))


@check(
    "QUO308",
    title="规则的数像是多按了一下",
    message="“{item}”填的是 {number}，{told}。",
    why="多按一下，一个读者手里的书就没有限了，超期超册都查不出来。",
    fix="先看本校的借阅制度；多按了就改正，真是这样定的不用动。",
    severity=Severity.HINT,
    reads={LendingRule: "reader_kind copies renewals"},
)
def figure_typed_twice(library: Library) -> Iterator[Found]:
    rules = list(library[LendingRule])
    for rule, name in product(rules, ("copies", "renewals")):
        number = getattr(rule, name) or 0
        # Who teaches takes a whole shelf home: that tells nothing of pupils, nor what pupils take of him.
        others = [one for one in rules if one is not rule and _is_of_staff(one) is _is_of_staff(rule)]
        most = max((getattr(one, name) or 0 for one in others), default=0)
        # 11 for 1; no school lays down 11 or 22 of either.
        if number in (11, 22, 33):
            yield found(cell(rule, name), item=header_of(LendingRule, name), number=number, told="一个数字写了两遍")
        elif most and number >= max(_NOUGHT, _MANY_TIMES * most):
            told = f"别的各条最多 {most}，像是多打了一个 0"
            yield found(cell(rule, name), item=header_of(LendingRule, name), number=number, told=told)


def _is_of_staff(rule: LendingRule) -> bool:
    return rule.reader_kind not in (None, ReaderKind.PUPIL)
