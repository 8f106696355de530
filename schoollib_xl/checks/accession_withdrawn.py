"""个别登记账 (ACC): 注销日期 and 注销批号 against 注销登记账, both ways."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_COPY = "accession_no withdrawn_on withdrawal_no"
_ROW = "accession_no withdrawn_on withdrawal_no"
_BATCH = "batch_no registered_on flow"


@check(
    "ACC351",
    title="标了注销，注销登记账里没有",
    message="{accession_no} 在个别账里标了注销，注销登记账里没有这一册。",
    why="注销要在注销登记账里记一行，写明原因和批准人。",
    fix="先查批准文件；批准注销了，就在注销登记账补登；没有注销，就把这里的注销日期和批号清空。",
    reads={AccessionRow: _COPY, WithdrawalRow: "accession_no", SummaryRow: "registered_on flow"},
)
def marked_but_not_written_off(library: Library) -> Iterator[Found]:
    if not library[WithdrawalRow].all_say("accession_no"):
        return
    for copy in library[AccessionRow]:
        if copy.withdrawn_on is None and copy.withdrawal_no is None:
            continue
        known = copy.accession_no in library.known_withdrawals
        if not known and not library.in_older_books(copy.withdrawn_on):
            field = "withdrawn_on" if copy.withdrawn_on else "withdrawal_no"
            yield found(cell(copy, field))


@check(
    "ACC352",
    title="注销了，个别登记账没有注销日期",
    message="{accession_no} 在 {withdrawn_on} 注销，个别账里注销日期空着。",
    why="个别登记账不标注销，这一册还会算在馆藏里。",
    fix="先核对注销登记账的个别登记号；号没错，就在这里填上注销日期和注销批号。",
    reads={AccessionRow: "accession_no withdrawn_on", WithdrawalRow: "accession_no withdrawn_on"},
)
def written_off_but_not_marked(library: Library) -> Iterator[Found]:
    for copy, row in _pairs(library):
        if copy.withdrawn_on is None:
            yield found(cell(copy, "withdrawn_on"), cell(row, "withdrawn_on"), withdrawn_on=row.withdrawn_on)


@check(
    "ACC353",
    title="注销日期和注销登记账不一样",
    message="{accession_no} 个别账的注销日期是 {own}，注销账是 {theirs}。",
    why="同一册书哪一天注销，两本账要一样。",
    fix="先看注销登记账和总括登记账的日期，再照它们改这里。",
    reads={AccessionRow: "accession_no withdrawn_on", WithdrawalRow: _ROW, SummaryRow: _BATCH},
)
def dates_of_withdrawal_differ(library: Library) -> Iterator[Found]:
    for copy, row in _pairs(library):
        batch = library.batches.get(row.withdrawal_no)
        # A line of 注销登记账 that is not dated as its batch is itself the fault (WDL102).
        if batch and batch.flow is Flow.OUT and row.withdrawn_on != batch.registered_on:
            continue
        if copy.withdrawn_on and copy.withdrawn_on != row.withdrawn_on:
            yield found(
                cell(copy, "withdrawn_on"), cell(row, "withdrawn_on"), own=copy.withdrawn_on, theirs=row.withdrawn_on
            )


@check(
    "ACC354",
    title="注销批号和注销登记账不一样",
    message="{accession_no} 个别账的注销批号是“{own}”，注销账是“{theirs}”。",
    why="批号不一样，就查不到这一册是随哪一批注销的。",
    fix="先看总括登记账里这两个批号哪一批是注销，再照注销登记账改这里。",
    reads={AccessionRow: _COPY, WithdrawalRow: "accession_no withdrawal_no", SummaryRow: "batch_no flow"},
)
def batches_of_withdrawal_differ(library: Library) -> Iterator[Found]:
    for copy, row in _pairs(library):
        batch = library.batches.get(row.withdrawal_no)
        # A batch that is none, or no withdrawal, is the fault of 注销登记账 (WDL304, WDL305).
        if batch is None or batch.flow is not Flow.OUT:
            continue
        if (copy.withdrawn_on or copy.withdrawal_no) and copy.withdrawal_no != row.withdrawal_no:
            yield found(
                cell(copy, "withdrawal_no"),
                cell(row, "withdrawal_no"),
                own=copy.withdrawal_no,
                theirs=row.withdrawal_no,
            )


def _pairs(library: Library) -> Iterator[tuple[AccessionRow, WithdrawalRow]]:
    """Copies written off, each with its line of 注销登记账."""
    for accession_no, row in library.withdrawals.items():
        if copy := library.copies.get(accession_no):
            yield copy, row
