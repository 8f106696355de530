"""取数: the figures an evaluation form may ask for, each with the cells it is worked out from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Flow, LoanMode, Source
from schoollib_xl.quotas.basis.figures import rounded
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.outcomes import activities_between
from schoollib_xl.quotas.promises import Promises
from schoollib_xl.quotas.recorded import as_recorded
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.rules.lending import loans_lent
from schoollib_xl.rules.reviews import reviewed_batches
from schoollib_xl.rules.shelves import Sightings
from schoollib_xl.rules.target_names import FIGURE_NAMES, TARGET_NAMES, activity_of

_CARDS = {
    "著录卡齐全率": "catalogue_card",
    "书袋卡齐全率": "book_card",
    "书标齐全率": "label",
    "馆藏章齐全率": "stamp",
}
# Checks about the shelves and the cards are asked for by figures of their own.
_NOT_BETWEEN_BOOKS = ("STK", "CRD", "RPR")
# A sheet or a column that is lacking is nothing that disagrees: what could not be compared for want of it is unchecked.
_OF_SHEETS = ("FMT001", "FMT003")
# Doubtful and impossible class numbers, and copies classed unlike their sisters.
_CLASSING = ("ACC011", "ACC012", "ACC903")
# Names that are known though nothing in these books records them.
_NAMES = frozenset(name.replace("帐", "账") for name in (*TARGET_NAMES, *FIGURE_NAMES))


class Known(NamedTuple):
    """A figure with its unit and where it comes from; the value is None where nothing records it."""

    name: str
    value: Decimal | None
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Books:
    """What figures are read from; `unconfirmed` are the sheets that only hold what a new workbook starts with, of
    which no mark is made.
    """

    library: Library
    quotas: Statement
    report: Report
    promised: Promises
    unconfirmed: frozenset[type[Any]] = frozenset()

    @cached_property
    def told(self) -> Statement:
        """The quotas as they may be shown."""
        return as_recorded(self.quotas)


def figure(books: Books, name: str) -> Known | None:
    """The figure of this name; None where no figure is called so."""
    known = _figure(books, name)
    rests_on = {at.row_type for at in known.cells} if known else set()
    return known._replace(value=None) if known and rests_on & books.unconfirmed else known


def _figure(books: Books, name: str) -> Known | None:
    same = name.replace("帐", "账")
    if same in _OWN:
        return _OWN[same](books, name)
    indicator = next((one for one in books.told.indicators if one.name.replace("帐", "账") == same), None)
    if indicator := indicator or _promised(books, name):
        return _of_indicator(indicator)
    if activity_of(name):
        return _activities(books, name)
    return Known(name, None, "", ()) if same in _NAMES else None


def _promised(books: Books, name: str) -> Indicator | None:
    """A figure that is worked out only where 任务指标 asks for it: 每生最低借书册数 depends on its grades."""
    found = (outcome.indicator for outcome in books.told.outcomes if outcome.target.name == name)
    return next(filter(None, found), None)


def _of_indicator(indicator: Indicator) -> Known:
    value = None if indicator.value is None else Decimal(indicator.value)
    cells = tuple(Cell(source.row_type, 0, field) for source in indicator.source for field in source.fields)
    return Known(indicator.title, value, indicator.unit, cells)


def _activities(books: Books, name: str) -> Known:
    """How often something was done in the term, by 活动记录."""
    span = books.quotas.period
    rows = activities_between(books.library, name, span.window) if span else None
    cells = _cells(ActivityRow, "kind", rows or ())
    return Known(name, None if rows is None else Decimal(len(rows)), "次", cells)


def _ledgers(books: Books, name: str) -> Known:
    kept = [ledger for ledger in LEDGERS if len(books.library[ledger.row_type])]
    return Known(name, Decimal(len(kept)), "本", tuple(Cell(ledger.row_type, 0) for ledger in kept))


def _errors(books: Books, name: str) -> Known:
    """The errors nobody has explained, those of shelves and cards left out. Nothing is said to agree that is empty or
    could not be compared.
    """
    found = [
        finding.at
        for finding in books.report.findings
        if finding.severity is Severity.ERROR
        and not finding.explained
        and not finding.check.code.startswith((*_NOT_BETWEEN_BOOKS, *_OF_SHEETS))
    ]
    if not books.library.copies or (not found and not _are_compared(books)):
        return Known(name, None, "处", ())
    compared = tuple(Cell(ledger.row_type, 0) for ledger in LEDGERS)
    return Known(name, Decimal(len(found)), "处", tuple(found) or compared)


def _are_compared(books: Books) -> bool:
    """Whether every check of the seven ledgers could look at all it reads."""
    names = {ledger.name for ledger in LEDGERS}
    left = (one for one in books.report.unchecked if not one.check.code.startswith(_NOT_BETWEEN_BOOKS))
    lacking = (unchecked.absent.sheet in names if unchecked.absent else True for unchecked in left)
    return not any(lacking)


def _cards(books: Books, name: str) -> Known:
    """Of the copies whose last scan says something of it, how many have it."""
    field = _CARDS[name]
    scans = books.library.derive(Sightings).latest.values()
    recorded = [scan for scan in scans if getattr(scan, field) is not None]
    present = sum(getattr(scan, field) is Presence.PRESENT for scan in recorded)
    return Known(name, _share(present, len(recorded)), "%", (Cell(StocktakeRow, 0, field),))


def _jobs_done(books: Books, name: str) -> Known:
    asked = [job for job in books.promised.jobs if job.state not in (State.AHEAD, State.PAST_YEAR)]
    if any(job.state is State.UNKNOWN for job in asked):
        return Known(name, None, "%", (Cell(JobRow, 0, "done"),))
    done = sum(job.state is State.DONE for job in asked)
    return Known(name, _share(done, len(asked)), "%", (Cell(JobRow, 0, "done"),))


def _targets_reached(books: Books, name: str) -> Known:
    unjudged = (State.AHEAD, State.UNKNOWN, State.UNCONFIRMED, State.PAST_YEAR)
    judged = [target for target in books.promised.targets if target.state not in unjudged]
    reached = sum(target.state is State.DONE for target in judged)
    return Known(name, _share(reached, len(judged)), "%", tuple(place for target in judged for place in target.cells))


def _bound(books: Books, name: str) -> Known:
    """The bound volumes entered in the term."""
    span = books.quotas.period
    rows = [
        copy
        for copy in books.library[AccessionRow]
        if span and copy.source is Source.BINDING and copy.held_from in span.window
    ]
    cells = _cells(AccessionRow, "source", rows)
    return Known(name, Decimal(len(rows)) if span else None, "册", cells)


def _mended(books: Books, name: str) -> Known:
    span = books.quotas.period
    rows = [row for row in books.library[RepairRow] if span and row.reshelved_on and row.reshelved_on in span.window]
    is_kept = span is not None and len(books.library[RepairRow]) > 0
    cells = _cells(RepairRow, "reshelved_on", rows)
    return Known(name, Decimal(len(rows)) if is_kept else None, "册", cells)


def _sent_to_classes(books: Books, name: str) -> Known:
    span = books.quotas.period
    lent = loans_lent(books.library, *span.window) if span else ()
    rows = [row for row in lent if row.mode is LoanMode.CLASS]
    # Without a word in the column nothing records which they are.
    is_kept = span is not None and any(books.library[LoanRow].column("mode"))
    return Known(name, Decimal(len(rows)) if is_kept else None, "册次", (Cell(LoanRow, 0, "mode"),))


def _reviewed(books: Books, name: str) -> Known:
    batches = [row.batch_no for row in books.library[SummaryRow] if row.flow is not Flow.OUT]
    reviewed = reviewed_batches(books.library)
    is_kept = len(books.library[ReviewRow]) > 0
    is_kept = is_kept and not books.library[SummaryRow].incomplete
    share = _share(sum(number in reviewed for number in batches), len(batches)) if is_kept else None
    return Known(name, share, "%", (Cell(ReviewRow, 0, "scope"),))


def _well_classed(books: Books, name: str) -> Known:
    copies = books.library.copies.values()
    doubtful = {finding.at.line for finding in books.report.findings if finding.check.code in _CLASSING}
    wrong = [copy for copy in copies if copy.line in doubtful or not copy.class_letter]
    # A column that nobody filled tells as little as one that lacks.
    if not any(copy.class_letter for copy in copies):
        return Known(name, None, "%", (Cell(AccessionRow, 0),))
    cells = _cells(AccessionRow, "class_no", wrong)
    return Known(name, _share(len(copies) - len(wrong), len(copies)), "%", cells)


def _cells(row_type: type[Any], field: str, rows: Iterable[Any]) -> tuple[Cell, ...]:
    """Where a figure comes from: the cells of the rows that were counted, of none the column."""
    return tuple(cell(row, field) for row in rows) or (Cell(row_type, 0, field),)


def _share(part: int, whole: int) -> Decimal | None:
    """Part of the whole in per cent; None where there is no whole."""
    return rounded(Fraction(100 * part, whole)) if whole else None


_OWN: dict[str, Callable[[Books, str], Known]] = {
    "账册种数": _ledgers,
    "账账相符错误处数": _errors,
    **dict.fromkeys(_CARDS, _cards),
    "工作安排完成率": _jobs_done,
    "任务指标完成率": _targets_reached,
    "期刊装订册数": _bound,
    "修补册数": _mended,
    "送书下班级册次": _sent_to_classes,
    "图书审查批次率": _reviewed,
    "分类准确率": _well_classed,
}
