"""Lists of subscriptions: their period by the year in the title, and a list that was saved anew taken over once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from schoollib_xl.adoption.forms.list_titles import as_named
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import KIND_BY_FREQUENCY, PERIOD_FROM_TITLE
from schoollib_xl.ledgers.vocabulary import PeriodicalKind

BY_TITLE = (
    "报刊清单没写起订、止订日期的 {count} 行（第一处{first}）：照标题上的年份写了 {start} 到 {end}，不是的照订单改。"
)
SAVED_ANEW = "报刊登记账（另一个文件里有同样的一份清单）"
# Subscriptions run by the calendar year, or half of it (中国邮政 takes them so); a school year or a term is not said to
# be one, and of two years nobody can tell which.
_YEAR = re.compile(r"(20\d\d)年度?(上半年|下半年)?(?!\d|[春秋]|第?[一二]?学[年期])")
_ANY_YEAR = re.compile(r"20\d\d")
_HALVES = {None: ((1, 1), (12, 31)), "上半年": ((1, 1), (6, 30)), "下半年": ((7, 1), (12, 31))}
_KINDS = {"报": PeriodicalKind.NEWSPAPER, "刊": PeriodicalKind.MAGAZINE}
_PERIOD = ("starts_on", "ends_on")
_TELLING = ("title", "kind", "postal_code", "frequency", *_PERIOD, "copies", "price", "amount", "voucher_no")


def subscriptions(records: Iterable[Record], journal: Journal) -> list[Record]:
    """The records of lists of subscriptions, each list once, with the period that the title tells where no column
    does.
    """
    kept: list[Record] = []
    seen: list[tuple[FoundTable, list[tuple[Any, ...]]]] = []
    for _, lines in groupby(records, key=lambda record: id(record.table)):
        rows = list(lines)
        _name_kinds(rows, journal)
        journal.assumed += _with_period(rows, journal)
        table, told = rows[0].table, [tuple(map(row.get, _TELLING)) for row in rows]
        if any(_is_same_list(table, other) and told == others for other, others in seen):
            for row in rows:
                journal.merged(row.place, SAVED_ANEW, row.text)
        else:
            seen.append((table, told))
            kept += rows
    return kept


def _name_kinds(rows: Iterable[Record], journal: Journal) -> None:
    """Tell by the word of its frequency what a paper is: 月刊 is a magazine, 周报 a newspaper."""
    for row in rows:
        kind = _KINDS.get(row.said("frequency")[-1:])
        if kind and not row.get("kind") and "kind" not in row.unread:
            row.values["kind"] = kind
            journal.did(KIND_BY_FREQUENCY, row.place, "类别", "", kind.value)


def _is_same_list(one: FoundTable, other: FoundTable) -> bool:
    """Whether two lists are called alike; two of one file are of two classes, say, that take the same papers."""
    return one.file != other.file and (one.sheet, one.heading) == (other.sheet, other.heading)


def _with_period(rows: Sequence[Record], journal: Journal) -> Iterator[str]:
    undated = [row for row in rows if not any(row.get(name) or name in row.unread for name in _PERIOD)]
    period = _period_in(rows[0].table)
    if not undated or period is None:
        return
    start, end = period
    for row in undated:
        row.values |= {"starts_on": start, "ends_on": end}
        journal.did(PERIOD_FROM_TITLE, row.place, "起订日期", "", start.isoformat())
    yield from of_many(BY_TITLE, [row.place for row in undated], start=start.isoformat(), end=end.isoformat())


def _period_in(table: FoundTable) -> tuple[date, date] | None:
    """The year, or half of one, that the words round the list name; None where they name none, or several."""
    said = table.said_round
    found = set(_YEAR.findall(said))
    if len(found) != 1 or len(set(_ANY_YEAR.findall(said))) != 1:
        return None
    ((year, half),) = found
    # A list with columns for both halves is one of each.
    beside = next((one for one in _HALVES if one and one in as_named(table.sheet)), None)
    first, last = _HALVES[beside or half or None]
    return date(int(year), *first), date(int(year), *last)
