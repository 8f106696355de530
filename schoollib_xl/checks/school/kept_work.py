"""The books in which the work of 工作安排 is kept, and the columns there that tell when it was done."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import says

# What is looked at to know what was done, and when.
LOOKED_UP = {
    JobRow: "planned_times",
    ActivityRow: "held_on kind",
    TargetRow: "name",
    StocktakeRow: "counted_on",
    StocktakeScopeRow: "starts_on ends_on",
    WithdrawalRow: "withdrawn_on",
    RepairRow: "sent_on reshelved_on",
    SummaryRow: "registered_on flow source",
    PeriodicalRow: "starts_on ends_on bound_volumes",
    CashRow: "booked_on summary",
    PupilLibrarianRow: "appointed_on",
    ReviewRow: "reviewed_on",
    ReaderRow: "issued_on",
}
# It is written down elsewhere, or a step towards it; what else is counted, bought, bound or taken off.
_NOT_DONE_HERE = (
    *("见", "另有", "另记", "纸质", "本子", "记在", "方案", "初选", "报批", "待批", "计划", "准备", "表样"),
    *("桌", "椅", "书架", "书柜", "设备", "财产", "钥匙", "电脑", "试卷", "档案", "作业", "手抄报", "胶"),
)


class DayColumn(NamedTuple):
    """A date column of a book, and which of its rows are meant; None for all."""

    row_type: type[Any]
    field: str
    is_meant: Callable[[Any], bool] | None = None

    def days(self, library: Library) -> set[date]:
        table = library[self.row_type]
        if self.is_meant is None:
            return {day for day in table.distinct(self.field) if day}
        return {getattr(row, self.field) for row in table if self.is_meant(row)} - {None}

    def at(self, library: Library, day: date) -> Cell | None:
        """The first cell with the day."""
        meant = filter(self.is_meant, library[self.row_type].rows)
        return next((cell(row, self.field) for row in meant if getattr(row, self.field) == day), None)


class _KeptWork(NamedTuple):
    """What is kept in a book: the words of a job that name it, each with one of the others where these are given, and
    the columns that tell when; the first is that of the book that is named.
    """

    words: tuple[str, ...]
    dated: tuple[DayColumn, ...]
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def _is_bought(row: SummaryRow) -> bool:
    return row.flow is Flow.IN and row.source not in (SourceOrDestination.REPLACEMENT, SourceOrDestination.BINDING)


def _is_bound(row: SummaryRow) -> bool:
    return row.flow is Flow.IN and row.source is SourceOrDestination.BINDING


def _has_volumes(row: PeriodicalRow) -> bool:
    return bool(row.bound_volumes)


def _is_for_periodicals(row: CashRow) -> bool:
    return (
        says(row.summary, "征订", "订报", "订刊", "订阅", "续订", "报刊", "期刊", "杂志") and "装订" not in row.summary
    )


_SUMMARY = DayColumn(SummaryRow, "registered_on", _is_bought)
_KEPT = (
    _KeptWork(
        ("清点", "盘点"),
        (
            DayColumn(StocktakeRow, "counted_on"),
            DayColumn(StocktakeScopeRow, "starts_on"),
            DayColumn(StocktakeScopeRow, "ends_on"),
        ),
    ),
    _KeptWork(("剔旧", "剔除", "注销"), (DayColumn(WithdrawalRow, "withdrawn_on"),), unless=("清单", "名单", "上报")),
    _KeptWork(("修补",), (DayColumn(RepairRow, "sent_on"), DayColumn(RepairRow, "reshelved_on"))),
    _KeptWork(
        ("装订",),
        (DayColumn(SummaryRow, "registered_on", _is_bound), DayColumn(PeriodicalRow, "ends_on", _has_volumes)),
    ),
    _KeptWork(("入藏", "采购", "购书", "购图书", "购买图书", "购新书"), (_SUMMARY,)),
    _KeptWork(("新书",), (_SUMMARY,), ("验收", "登记", "入账", "入帐")),
    _KeptWork(
        ("征订", "续订", "订阅"),
        (DayColumn(PeriodicalRow, "starts_on"), DayColumn(CashRow, "booked_on", _is_for_periodicals)),
        ("报", "刊", "杂志"),
    ),
    _KeptWork(
        ("管理员",),
        (DayColumn(PupilLibrarianRow, "appointed_on"),),
        ("推选", "选聘", "选拔", "聘任", "任命"),
        ("优秀",),
    ),
    _KeptWork(("审查",), (DayColumn(ReviewRow, "reviewed_on"),), ("书", "藏")),
    _KeptWork(("借书证", "借阅证", "读者证", "图书证"), (DayColumn(ReaderRow, "issued_on"),), ("办", "发", "制")),
)
_WORDS = frozenset(word for kept in _KEPT for word in kept.words)


def columns_of_job(row: JobRow, kinds: Collection[str]) -> Iterator[DayColumn]:
    """The columns that tell when what a job is about was done; `kinds` are those of activities."""
    text = f"{row.task}，{row.done}"
    has = text.__contains__
    named = {*filter(has, _WORDS)}
    held = [*filter(row.task.__contains__, kinds)]
    if (named or held) and not any(map(has, _NOT_DONE_HERE)):
        for kept in _KEPT if named else ():
            is_meant = not named.isdisjoint(kept.words) and (not kept.beside or any(map(has, kept.beside)))
            if is_meant and not any(map(has, kept.unless)):
                yield from kept.dated
        if held:
            yield DayColumn(ActivityRow, "held_on", lambda one: one.kind in held)
