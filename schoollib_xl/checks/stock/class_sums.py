"""分类统计 (CLS) against the other ledgers: what came, what went, what is in force, and the total."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from schoollib_xl.checks.check import MOST_SHOWN, Alike, Found, Gap, Named, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.stock.classification import PERIOD, UNITS
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.class_periods import (
    ClassPeriod,
    Measure,
    Part,
    adds_up,
    class_periods,
    is_rounded,
    letter_of,
    stated,
)
from schoollib_xl.rules.corrections import RED, correcting
from schoollib_xl.rules.holdings import Holdings, Movement, total

# More than this explain a difference no better than none: any of them may be the one.
_MOST_NAMED = 3
_ARRIVALS = {
    AccessionRow: "batch_no accessioned_on class_no price",
    SummaryRow: "batch_no registered_on flow",
}
_REMOVALS = {
    AccessionRow: "accession_no class_no price withdrawn_on withdrawal_no",
    SummaryRow: "batch_no registered_on flow",
    WithdrawalRow: "accession_no withdrawn_on withdrawal_no",
}
_MOVEMENTS = {
    AccessionRow: "accession_no batch_no accessioned_on class_no price withdrawn_on withdrawal_no",
    SummaryRow: "batch_no registered_on flow",
    WithdrawalRow: "accession_no withdrawn_on withdrawal_no",
}


@check(
    "CLS205",
    title="增加册数和个别登记账对不上",
    message="{letter} 类增加册数填 {stated} 册，个别账这一期入藏 {counted} 册，分类账{gap}{named}{alike}。",
    why="分类统计的增加就是这一期入藏的书，两本账要一样。",
    fix="先按批号在个别登记账里数这一类入藏了几册；没有漏记，就改增加册数。",
    reads={ClassificationRow: f"{PERIOD} added_copies", **_ARRIVALS},
)
def added_copies_differ(library: Library) -> Iterator[Found]:
    return _moved_otherwise(library, "added", "copies")


@check(
    "CLS206",
    title="增加金额和个别登记账对不上",
    message="{letter} 类增加金额填 {stated}，个别账这一期入藏 {counted}，分类账{gap}{named}{alike}。",
    why="分类统计的增加就是这一期入藏的书，两本账要一样。",
    fix="先按批号在个别登记账里核对这一类的单价；单价没有错，就改增加金额。",
    reads={ClassificationRow: f"{PERIOD} added_value", **_ARRIVALS},
)
def added_value_differs(library: Library) -> Iterator[Found]:
    return _moved_otherwise(library, "added", "value")


@check(
    "CLS207",
    title="减少册数和注销登记账对不上",
    message="{letter} 类减少册数填 {stated} 册，注销账这一期注销 {counted} 册，分类账{gap}{named}{alike}。",
    why="分类统计的减少就是这一期注销的书，两本账要一样。",
    fix="先在注销登记账里数这一类注销了几册；没有漏记，就改减少册数。",
    reads={ClassificationRow: f"{PERIOD} removed_copies", **_REMOVALS},
)
def removed_copies_differ(library: Library) -> Iterator[Found]:
    return _moved_otherwise(library, "removed", "copies")


@check(
    "CLS208",
    title="减少金额和注销登记账对不上",
    message="{letter} 类减少金额填 {stated}，注销账这一期注销 {counted}，分类账{gap}{named}{alike}。",
    why="分类统计的减少就是这一期注销的书，两本账要一样。",
    fix="先在注销登记账里核对这一类的单价；单价没有错，就改减少金额。",
    reads={ClassificationRow: f"{PERIOD} removed_value", **_REMOVALS},
)
def removed_value_differs(library: Library) -> Iterator[Found]:
    return _moved_otherwise(library, "removed", "value")


@check(
    "CLS209",
    title="期末册数和个别登记账对不上",
    message="{letter} 类期末册数填 {stated} 册，个别账 {ends_on}在册 {counted} 册，分类账{gap}{alike}。",
    why="分类统计的期末就是那天在册的书，两本账要一样。",
    fix="先核对这一类的增加和减少；都对，就按分类号筛选个别登记账，逐册查。",
    reads={ClassificationRow: f"{PERIOD} closing_copies", **_MOVEMENTS},
)
def closing_copies_differ(library: Library) -> Iterator[Found]:
    return _closing_otherwise(library, "copies")


@check(
    "CLS210",
    title="期末金额和个别登记账对不上",
    message="{letter} 类期末金额填 {stated}，个别账 {ends_on}在册 {counted}，分类账{gap}{alike}。",
    why="分类统计的期末就是那天在册的书，两本账要一样。",
    fix="先核对这一类的增加和减少金额；都对，就按分类号筛选个别登记账，逐册查单价。",
    reads={ClassificationRow: f"{PERIOD} closing_value", **_MOVEMENTS},
)
def closing_value_differs(library: Library) -> Iterator[Found]:
    return _closing_otherwise(library, "value")


def _moved_otherwise(library: Library, part: Part, measure: Measure) -> Iterator[Found]:
    return _not_kept_once(library, part, measure, _moves_otherwise(library, part, measure))


def _not_kept_once(library: Library, part: Part, measure: Measure, told: Iterator[Found]) -> Iterator[Found]:
    """The findings of a column; as one, where 0 is all that was ever written there."""
    is_kept = any(library[ClassificationRow].distinct(f"{part}_{measure}"))
    return told if is_kept else told_once(told)


def _moves_otherwise(library: Library, part: Part, measure: Measure) -> Iterator[Found]:
    holdings = library.derive(Holdings)
    is_in = part == "added"
    moved, settled = (holdings.added, holdings.arrivals_settled) if is_in else (holdings.removed, holdings.settled)
    for period, row in _judged(library, settled):
        moves = moved(letter_of(row), period.counts_from, period.span.ends_on)
        counted = _measured(moves, measure)
        figure = stated(row, part, measure)
        # A book kept in whole yuan is told at its closing figures.
        if (gap := figure - counted) and not is_rounded(library, part, figure, counted):
            named = _explaining(moves, measure, gap)
            yield _otherwise(row, part, measure, counted, *_batch_cells(library, moves), named=named)


def _explaining(moves: list[Movement], measure: Measure, gap: int | Decimal) -> Named:
    """What was left out of the figure: the batches that come to just the gap, else the copies that cost it. Nothing
    where none does, or so many that it says nothing, or where the figure is too high: what was counted is right.
    """
    if gap >= 0:
        return Named(())
    whole = [move.occasion.batch_no for move in moves if getattr(move.amount, measure) == -gap]
    copies = (copy for move in moves for copy in move.copies if measure == "value")
    costing = [copy.accession_no for copy in copies if copy.price == -gap]
    named = sorted(set(whole or costing))
    return Named(tuple(named) if len(named) <= _MOST_NAMED else ())


def _closing_otherwise(library: Library, measure: Measure) -> Iterator[Found]:
    return _not_kept_once(library, "closing", measure, _closes_otherwise(library, measure))


def _closes_otherwise(library: Library, measure: Measure) -> Iterator[Found]:
    holdings = library.derive(Holdings)
    rounded: list[Found] = []
    for period, row in _judged(library, holdings.settled):
        day, figure = period.span.ends_on, stated(row, "closing", measure)
        counted = getattr(holdings.in_force(letter_of(row), day), measure)
        if figure == counted:
            continue
        one = _otherwise(row, "closing", measure, counted, ends_on=day)
        if measure == "value" and is_rounded(library, "closing", figure, counted):
            rounded.append(one)
        else:
            yield one
    for one in rounded[:1]:
        told = {**one.facts, "gap": "的金额只记到元", "alike": Alike(len(rounded) - 1, is_habit=True)}
        cells = [other.at for other in rounded[1:MOST_SHOWN]]
        yield one._replace(see_also=(*one.see_also, *cells), facts=told, severity=Severity.HINT)


def _otherwise(
    row: ClassificationRow,
    part: Part,
    measure: Measure,
    counted: int | Decimal,
    *others: Cell,
    **facts: Any,
) -> Found:
    """The finding at a figure that is not what was counted."""
    figure = stated(row, part, measure)
    return found(
        cell(row, f"{part}_{measure}"),
        *others,
        letter=letter_of(row),
        stated=figure,
        counted=counted,
        gap=Gap(figure - counted, UNITS[measure]),
        alike=Alike(0),
        **facts,
    )


def _judged(library: Library, settled: Callable[[str], bool]) -> Iterator[tuple[ClassPeriod, ClassificationRow]]:
    """Every class of every period these books tell of, where all its copies could be read."""
    for period in library.derive(class_periods):
        if _is_told(library, period):
            yield from ((period, row) for letter, row in period.by_class.items() if settled(letter))


def _is_told(library: Library, period: ClassPeriod) -> bool:
    starts_on, ends_on = period.span
    return starts_on <= ends_on and not library.in_older_books(ends_on)


def _measured(moves: list[Movement], measure: Measure) -> int | Decimal:
    figure: int | Decimal = getattr(total(moves), measure)
    return figure


def _batch_cells(library: Library, moves: list[Movement]) -> list[Cell]:
    numbers = dict.fromkeys(move.occasion.batch_no for move in moves)
    return [cell(library.batches[number], "batch_no") for number in numbers if number in library.batches]


@check(
    "CLS211",
    title="各类期末册数合计不等于总括结存",
    message="{ends_on}各类期末共 {stated} 册，总括账结存 {counted} 册，分类账{gap}。",
    why="二十二类加起来就是全部馆藏，要等于总括登记账的结存。",
    fix="先看有没有哪一类的期末和个别登记账对不上；都对得上，就查总括登记账的册数。",
    reads={
        ClassificationRow: f"{PERIOD} opening_copies added_copies removed_copies closing_copies",
        SummaryRow: "registered_on flow copies",
    },
    may_read={**_MOVEMENTS, SummaryRow: f"batch_no {RED[SummaryRow]}"},
)
def total_copies_differ(library: Library) -> Iterator[Found]:
    for period, batches in _totalled(library, "copies"):
        counted = sum(batch.sign * batch.copies for batch in batches)
        yield from _total_otherwise(library, period, batches, "copies", counted)


@check(
    "CLS212",
    title="各类期末金额合计不等于总括结存",
    message="{ends_on}各类期末共 {stated}，总括账结存 {counted}，分类账{gap}。",
    why="二十二类加起来就是全部馆藏，要等于总括登记账的结存。",
    fix="先看有没有哪一类的期末和个别登记账对不上；都对得上，就查总括登记账的码洋。",
    reads={
        ClassificationRow: f"{PERIOD} opening_value added_value removed_value closing_value",
        SummaryRow: "registered_on flow list_value",
    },
    may_read={**_MOVEMENTS, SummaryRow: f"batch_no {RED[SummaryRow]}"},
)
def total_value_differs(library: Library) -> Iterator[Found]:
    for period, batches in _totalled(library, "value"):
        counted = sum((batch.sign * batch.list_value for batch in batches), NO_MONEY)
        yield from _total_otherwise(library, period, batches, "value", counted)


def _totalled(library: Library, measure: Measure) -> Iterator[tuple[ClassPeriod, list[SummaryRow]]]:
    """Periods of these books that can be added up, with the batches registered by their last day."""
    if library[SummaryRow].incomplete:
        return
    corrections = library.derive(correcting)
    for period in library.derive(class_periods):
        adds = period.complete and all(adds_up(row, measure) for row in period.rows)
        if adds and not library.in_older_books(period.span.ends_on):
            # What puts a batch right counts from the day of the batch: that is what it should have been.
            counts_from = ((row, corrections.get(row.line, row).registered_on) for row in library[SummaryRow])
            by_then = [row for row, day in counts_from if day <= period.span.ends_on]
            yield period, sorted(by_then, key=lambda batch: batch.line)


def _total_otherwise(
    library: Library, period: ClassPeriod, batches: list[SummaryRow], measure: Measure, counted: int | Decimal
) -> Iterator[Found]:
    figure = sum(stated(row, "closing", measure) for row in period.rows)
    # Copies that have no class yet are told of where they stand (FMT101).
    unclassified = getattr(library.derive(Holdings).in_force("", period.span.ends_on), measure)
    is_near = measure == "value" and is_rounded(library, "closing", figure, counted, len(period.rows))
    if counted - figure not in (0, unclassified) and not is_near:
        field = "copies" if measure == "copies" else "list_value"
        yield found(
            cell(period.by_class[CLASS_LETTERS[-1]], f"closing_{measure}"),
            *(cell(batch, field) for batch in batches[-1:]),
            ends_on=period.span.ends_on,
            stated=figure,
            counted=counted,
            gap=Gap(figure - counted, UNITS[measure]),
        )
