"""Facts about the holdings: what there is, what came and went in the term, and the money."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from schoollib_xl.documents.composing.confirmed import openings
from schoollib_xl.documents.composing.facts.stating import Fact, days_said, is_told, of_indicator
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.completeness import may_lack, told
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import SCHOOL_WEEK, SourceOrDestination, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.basis.stock import copies_in_force, unnumbered
from schoollib_xl.quotas.measures.holding_indicators import for_pupils_too, weekly_minutes
from schoollib_xl.quotas.measures.indicator import Indicator, SourceColumns
from schoollib_xl.rules.counts import Stocktake
from schoollib_xl.rules.holdings import Amount, Holdings, Movement, added_up, total
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.wording.zh import listed

COPIES = SourceColumns(AccessionRow, ("accessioned_on", "batch_no", "price", "withdrawn_on"))
WITHDRAWN = SourceColumns(WithdrawalRow, ("withdrawn_on", "price", "reason"))
BATCHES = SourceColumns(SummaryRow, ("registered_on", "flow", "source"))
CASH = SourceColumns(CashRow, ("booked_on", "received", "spent"))
_OF_NO_SOURCE, _OF_NO_REASON = "没有写来源的", "没有写原因的"
_INDICATORS = {
    "生均藏书": "生均藏书册数",
    "生均新增": "生均新增册数",
    "报刊种数": "报刊种数",
    "工具书种数": "工具书种数",
    "电子图书册数": "电子图书册数",
}
SCANS = SourceColumns(StocktakeRow, ("counted_on", "accession_no", "place"))
COUNTED_COPIES = SourceColumns(AccessionRow, ("accession_no", "location", "price"))


class ClassMovement(NamedTuple):
    """How one class of books changed in the term: opening + added − removed = closing."""

    opening: Amount
    added: Amount
    removed: Amount
    closing: Amount


def changes(material: SourceMaterial) -> dict[str, ClassMovement]:
    """The change of every class that has or had copies, by its letter; without a term all is opening."""
    holdings = material.library.derive(Holdings)
    first = material.window.start if material.window else material.cut_off + timedelta(days=1)
    found = {letter: _change(holdings, letter, Term(first, material.cut_off)) for letter in sorted(holdings.arrivals)}
    return {letter: change for letter, change in found.items() if any(amount.copies for amount in change)}


def _change(holdings: Holdings, letter: str, window: Term) -> ClassMovement:
    before = holdings.in_force(letter, window.start - timedelta(days=1))
    moves = holdings.arrivals.get(letter, ())
    brought = total(move for move in moves if move.occasion.opening and move.occasion.day in window)
    return ClassMovement(
        added_up((before, brought)),
        total(holdings.added(letter, *window)),
        total(holdings.removed(letter, *window)),
        holdings.in_force(letter, window.end),
    )


def holding_facts(material: SourceMaterial) -> Iterator[Fact]:
    """Everything about the holdings on the cut-off and in the term."""
    known = {indicator.name: indicator for indicator in material.quotas.indicators}
    single = {fact: _of_some(fact, known.get(name)) for fact, name in _INDICATORS.items()}
    yield from single.values()
    for one, other in (("工具书种数", "报刊种数"), ("报刊种数", "工具书种数")):
        if not is_told(material.library, single[other]):
            yield single[one]._replace(name=f"所有{one}")
    if material.library[AccessionRow].present:
        held = added_up(change.closing for change in changes(material).values())
        yield Fact("藏书册数", held.copies, (COPIES,))
        yield Fact("藏书总册数", None if single["生均藏书"].value is not None else held.copies, (COPIES,))
        unpriced = sum(copy.price is None for copy in copies_in_force(material.library, material.cut_off))
        yield from _priced("藏书", held, unpriced, (COPIES,))
        yield Fact("没有登记号册数", len(unnumbered(material.library)) or None, (COPIES,))
        yield from _changes(material)
    yield from _hours(material)
    yield from _incidents(material)
    yield from _money(material)


def money_known(amount: Amount) -> bool:
    """Whether any of the copies has a price: what nobody knows is not 0.00."""
    return bool(amount.value) or not amount.copies


def _priced(what: str, amount: Amount, unpriced: int, sources: tuple[SourceColumns, ...]) -> Iterator[Fact]:
    """The money of copies, and how many of them have no price; where none has one, how many they are."""
    is_known = money_known(amount)
    yield Fact(f"{what}金额", amount.value if is_known else None, sources)
    yield Fact(f"部分未定价{what}册数", (is_known and unpriced) or None, sources)
    yield Fact(f"未定价{what}册数", None if is_known else amount.copies, sources)


def _of_some(name: str, indicator: Indicator | None) -> Fact:
    """An indicator as a fact; what there is none of is not boasted of."""
    return of_indicator(name, indicator if indicator and indicator.numerator else None)


def _hours(material: SourceMaterial) -> Iterator[Fact]:
    """What the library is open in a school week: for pupils, with the hours that are for teachers alone, and what
    these are where there are no others.
    """
    if material.library[OpeningRow].incomplete:
        return
    rows = [row for row in openings(material) if row.weekday in SCHOOL_WEEK]
    minutes, for_pupils = weekly_minutes(rows), weekly_minutes(for_pupils_too(rows))
    sources = (SourceColumns(OpeningRow, ("weekday", "starts_at", "ends_at", "audience")),)
    yield Fact("学生每周开放", duration(for_pupils) if for_pupils else None, sources)
    yield Fact("每周开放", duration(minutes) if minutes > for_pupils > 0 else None, sources)
    yield Fact("教师每周开放", duration(minutes) if minutes and not for_pupils else None, sources)


def duration(minutes: int) -> str:
    """41小时40分钟."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")


def _changes(material: SourceMaterial) -> Iterator[Fact]:
    if material.window is None:
        return
    found, holdings = list(changes(material).values()), material.library.derive(Holdings)
    added, removed = added_up(movement.added for movement in found), added_up(movement.removed for movement in found)
    came = _moves(material, holdings.added, holdings.arrivals)
    went = _moves(material, holdings.removed, holdings.departures)
    yield Fact("期初册数", added_up(movement.opening for movement in found).copies, (COPIES,))
    yield Fact("入藏册数", added.copies, (COPIES, BATCHES))
    yield from _priced("入藏", added, _unpriced(came), (COPIES, BATCHES))
    yield Fact("入藏来源", _by_source(material), (COPIES, BATCHES))
    yield Fact("注销册数", removed.copies, (COPIES, WITHDRAWN))
    yield from _priced("注销", removed, _unpriced(went), (COPIES, WITHDRAWN))
    yield Fact("注销原因", _by_reason(material), (COPIES, WITHDRAWN))
    if material.library[RepairRow].present:
        lines = material.library[RepairRow].seen_by({"reshelved_on"})
        mended = [row for row in lines if row.reshelved_on and row.reshelved_on in material.window]
        yield Fact("修补册数", len(mended) or None, (SourceColumns(RepairRow, ("reshelved_on",)),))


def _moves(
    material: SourceMaterial, moved: Callable[[str, date, date], list[Movement]], letters: Iterable[str]
) -> list[Movement]:
    """What came, or went, in the term."""
    return [move for letter in letters for move in (moved(letter, *material.window) if material.window else ())]


def _unpriced(moves: Iterable[Movement]) -> int:
    return sum(copy.price is None for move in moves for copy in move.copies)


def _by_source(material: SourceMaterial) -> str | None:
    """购入206册、捐赠80册, by what 总括登记账 says of the batches; of a batch it lacks, by what its copies say."""
    batches, holdings = material.library.batches, material.library.derive(Holdings)
    counted: Counter[str] = Counter()
    for move in _moves(material, holdings.added, holdings.arrivals):
        batch = batches.get(move.occasion.batch_no)
        counted.update((batch and batch.source) or copy.source or _OF_NO_SOURCE for copy in move.copies)
    return _listed(counted, (*SourceOrDestination, _OF_NO_SOURCE))


def _by_reason(material: SourceMaterial) -> str | None:
    """剔旧3册、破损9册, by what 注销登记账 says of the copies; 个别登记账 does not say why."""
    holdings = material.library.derive(Holdings)
    copies = [copy for move in _moves(material, holdings.removed, holdings.departures) for copy in move.copies]
    found = [holdings.withdrawals.get(copy.accession_no) for copy in copies]
    counted: Counter[str] = Counter((row and row.reason) or _OF_NO_REASON for row in found)
    return _listed(counted, (*WithdrawalReason, _OF_NO_REASON))


def _listed(counted: Counter[str], order: Iterable[str]) -> str | None:
    return "、".join(f"{name}{counted[name]}册" for name in order if counted[name]) or None


def _incidents(material: SourceMaterial) -> Iterator[Fact]:
    table, window = material.library[CompensationRow], material.window
    if table.present and window:
        sources = (SourceColumns(CompensationRow, ("registered_on", "settled_on")),)
        days, still_open = told(table, "registered_on"), material.open_incidents
        yield Fact("赔偿件数", None if days is None else sum(day in window for (day,) in days), sources)
        if still_open is not None:
            yield Fact("未结清件数", len(still_open), sources)
            seen = table.seen_by({"registered_on"})
            earlier = sum(row.line in still_open and row.registered_on < window.start for row in seen)
            yield Fact("以前未结清件数", earlier or None, sources)


def _money(material: SourceMaterial) -> Iterator[Fact]:
    rows = cash_rows(material)
    if not rows:
        return
    received = sum((row.received or 0 for row in rows), NO_MONEY)
    spent = sum((row.spent or 0 for row in rows), NO_MONEY)
    # A sum below zero, of payments entered with a minus, is no amount that a sentence could tell.
    if received >= 0 and spent >= 0:
        yield Fact("收入金额", received if received and spent else None, (CASH,))
        yield Fact("支出金额", spent if received and spent else None, (CASH,))
        yield Fact("只有收入金额", received or None if not spent else None, (CASH,))
        yield Fact("只有支出金额", spent or None if not received else None, (CASH,))
    balance, cells = rows[-1].balance, (Cell(CashRow, rows[-1].line, "balance"),)
    is_short = balance is not None and balance < 0
    yield Fact("结余金额", None if is_short else balance, cells=cells)
    yield Fact("超支金额", -balance if balance is not None and is_short else None, cells=cells)


def cash_rows(material: SourceMaterial) -> list[CashRow]:
    """The receipts and payments of the term up to the cut-off, by day, on one day by line; none where the day or the
    money of one that may be of the term cannot be read, so that no sum of them can be given.
    """
    table, window = material.library[CashRow].seen_by({"booked_on"}), material.window
    if window is None or may_lack(table, "booked_on", window):
        return []
    unread = {line for name in ("received", "spent") for line in table.unread_lines.get(name, ())}
    rows = [row for row in table if row.booked_on in window]
    return [] if any(row.line in unread for row in rows) else sorted(rows, key=attrgetter("booked_on"))


def last_stocktake(material: SourceMaterial) -> Stocktake | None:
    """The last stocktake up to the cut-off; where the term is known, one that ended in it."""
    stocktakes = [
        stocktake
        for stocktake in material.library.derive(Stocktakes).stocktakes
        if stocktake.last_day <= material.cut_off and (material.window is None or stocktake.last_day in material.window)
    ]
    finished = [stocktake for stocktake in stocktakes if stocktake.finished]
    # A spot check after the stocktake does not take its place.
    return next(reversed(finished or stocktakes), None)


def stocktake_facts(material: SourceMaterial) -> Iterator[Fact]:
    """What was expected, found and missing in the places that were gone through to the end."""
    count = last_stocktake(material)
    if count is None or not count.finished:
        return
    sources = (SCANS, COUNTED_COPIES)
    yield Fact("清点日期", days_said(count.first_day, count.last_day), (SourceColumns(StocktakeRow, ("counted_on",)),))
    left_out = [f"{place}{copies}册" for place, copies in material.library.derive(Stocktakes).left_out(count).items()]
    yield Fact("没有盘到的书", listed(left_out, unit="处") or None, sources)
    yield Fact("应在架册数", count.expected, sources)
    yield Fact("找到册数", count.found, sources)
    if count.unnamed:
        yield Fact("没有看到册数", len(count.missing), sources)
        yield Fact("盘点无号行数", count.unnamed, (SCANS,))
        return
    yield Fact("盘亏册数", len(count.missing), sources)
    is_priced = all(copy.price is not None for copy in count.missing)
    yield Fact("盘亏金额", sum((copy.value for copy in count.missing), NO_MONEY) if is_priced else None, sources)
    rate = next((indicator for indicator in material.quotas.indicators if indicator.name == "帐物相符率"), None)
    yield of_indicator("账物相符率", rate)
