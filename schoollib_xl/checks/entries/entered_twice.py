"""借阅轮流表, 工作安排, 借阅规则, 赔偿规则 (QUO), 阅览登记 (VIS), 盘点范围 (STK): a line that stands there twice."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Row, cell
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import JobRow, TurnRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import TurnKind, VisitorKind, WeekPattern
from schoollib_xl.rules.likeness import bare

R = TypeVar("R", bound=Row)


def _twice(rows: Iterable[R], says: Callable[[R], object], field: str) -> Iterator[tuple[R, Found]]:
    """Each row that says what an earlier one says, with its finding."""
    first: dict[object, R] = {}
    for row in sorted(rows, key=lambda row: row.line):
        earlier = first.setdefault(says(row), row)
        if earlier is not row:
            yield row, found(cell(row, field), cell(earlier, field))


@check(
    "QUO031",
    title="轮流的一行写了两遍",
    message="{class_name}{weekday}的这一次，前面已经写过一行一样的。",
    why="写两遍的，多半是有一个班抄漏了，或者星期没有改。",
    fix="先看课表；是另一个班或另一天，就改正；是多抄的，就移出借阅轮流表。",
    severity=Severity.WARNING,
    reads={TurnRow: "class_name weekday weeks starts_at ends_at kind"},
)
def turn_twice(library: Library) -> Iterator[Found]:
    for _, one in _twice(library[TurnRow], _turn, "class_name"):
        yield one


def _turn(row: TurnRow) -> object:
    weeks, kind = row.weeks or WeekPattern.EVERY, row.kind or TurnKind.LENDING
    return class_key(row.class_name), row.weekday, weeks, row.starts_at, row.ends_at, kind


@check(
    "QUO032",
    title="一件工作排了两行",
    message="{month} 月的“{task}”，前面已经排过一行一样的。",
    why="一件工作排两行，计划和总结里都会说两遍。",
    fix="先看是不是同一件事；是就只留一行，真要做两回，就填在计划次数里。",
    severity=Severity.WARNING,
    reads={JobRow: "month task"},
    may_read={JobRow: "kind person planned_times done"},
)
def job_twice(library: Library) -> Iterator[Found]:
    for _, one in _twice(library[JobRow], _job, "task"):
        yield one


@check(
    "QUO033",
    title="一条规则写了两遍",
    message="{since} 起的这一条，前面已经有一条范围和规定都一样的。",
    why="写两遍的，多半是另一个年级、另一种读者或另一种情形没有改过来，那里就没有自己的规则。",
    fix="先看制度；是管另一些人或另一种情形的，就改正；是多抄的，就移出这张表。",
    severity=Severity.WARNING,
    reads={LendingRule: "reader_kind grade class_name since copies days renewals"},
    may_read={
        LendingRule: "overdue_stops",
        CompensationRule: "since incident multiple minimum fee whole_set",
    },
)
def rule_twice(library: Library) -> Iterator[Found]:
    rules: list[Any] = [*library[LendingRule], *library[CompensationRule]]
    for _, one in _twice(rules, _rule, "since"):
        yield one


def _rule(row: LendingRule | CompensationRule) -> object:
    """Whom a rule is for and what it lays down, whatever it rests on."""
    if isinstance(row, CompensationRule):
        return row.since, row.incident, row.multiple, row.minimum, row.fee, row.whole_set
    scope = row.reader_kind, row.grade, class_key(row.class_name or ""), row.since
    return scope, row.copies, row.days, row.renewals, row.overdue_stops


def _job(row: JobRow) -> object:
    return row.month, bare(row.task), row.kind, row.person, row.planned_times, row.done


@check(
    "VIS001",
    title="一次阅览记了两行",
    message="{visited_on} 的这一次阅览，前面已经记过一行一样的。",
    why="一次阅览记两行，阅览人次就算多了。",
    fix="先问带班的老师；记了两遍就只留一行，真来了两次，就在内容里写明是哪一次。",
    severity=Severity.WARNING,
    reads={VisitRow: "visited_on visitor class_name people content"},
    may_read={VisitRow: "name"},
)
def visit_twice(library: Library) -> Iterator[Found]:
    # A row that names nobody may well stand for another teacher, and a teacher may come twice a day.
    named = [row for row in library[VisitRow] if row.class_name or row.name]
    for row, one in _twice(named, _visit, "visited_on"):
        yield one if row.visitor is VisitorKind.CLASS else one._replace(severity=Severity.HINT)


def _visit(row: VisitRow) -> object:
    name, content = bare(row.name or ""), bare(row.content or "")
    return row.visited_on, row.visitor, class_key(row.class_name or ""), name, row.people, content


@check(
    "STK002",
    title="盘点范围的一行写了两遍",
    message="“{scope}”{starts_on} 开始的这一次，前面已经写过一行一样的。",
    why="写两遍的，多半是另一处没有改过来，那一处就不算盘过。",
    fix="先看那几天盘了哪几处；是另一处，就改正；是多抄的，就移出盘点范围。",
    severity=Severity.WARNING,
    reads={StocktakeScopeRow: "scope starts_on ends_on"},
)
def scope_twice(library: Library) -> Iterator[Found]:
    for _, one in _twice(library[StocktakeScopeRow], _scope, "scope"):
        yield one


def _scope(row: StocktakeScopeRow) -> object:
    return bare(row.scope), row.starts_on, row.ends_on
