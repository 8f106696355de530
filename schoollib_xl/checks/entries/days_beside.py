"""借阅登记账 and 个别登记账 (CIR, ACC): a day that does not lie between those of the rows beside it."""

from collections.abc import Iterator
from operator import attrgetter, gt, lt

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.running import ahead
from schoollib_xl.checks.stock.accession_origins import LATEST_ENTRY
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import LoanMode

# So many copies on each side, with one day, were entered in one go.
_BESIDE = 10
# More odd days than this are how the ledger was written.
_FEW = 0.02


@check(
    "CIR110",
    title="借出日期比后面各行晚得多",
    message="{loan_no} 的借出日期是 {lent_on}，后一行 {next_no} 是 {next_day}，别的各行都按先后记。",
    why="记这一行的时候，那一天还没有到，多半是月份写错了。",
    fix="先查借书卡上的日期，写错就改正；另抄过来的一行，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={LoanRow: "loan_no lent_on mode"},
    may_read={LoanRow: "remarks"},
)
def lent_ahead_of_the_rows_below(library: Library) -> Iterator[Found]:
    days = library[LoanRow].column("lent_on")
    if not any(map(gt, days, days[1:])):
        return
    # What goes to a class is entered by lists of its own.
    rows = sorted((loan for loan in library[LoanRow] if loan.mode is not LoanMode.CLASS), key=attrgetter("line"))
    for loan, below in ahead(rows, attrgetter("lent_on")):
        yield found(cell(loan, "lent_on"), cell(below, "lent_on"), next_no=below.loan_no, next_day=below.lent_on)


@check(
    "ACC103",
    title="登记日期和前后各册不一样",
    message="{accession_no} 的登记日期是 {accessioned_on}，同一批前后各册都是 {usual}。",
    why="一批书连着登记，中间一册不会是另一天，多半是日期写错了。",
    fix="先看单据和前后几册；这一册的日期写错就改正；真是另一天登记的，写在备注里。",
    severity=Severity.WARNING,
    reads={
        AccessionRow: "accession_no accessioned_on batch_no",
        SummaryRow: "batch_no registered_on",
    },
    may_read={AccessionRow: "remarks"},
)
def entered_on_another_day(library: Library) -> Iterator[Found]:
    rows = _in_order(library)
    days = [row.accessioned_on for row in rows]
    beside = zip(days, days[1:], days[2:], strict=False)
    odd = [at for at, (one, day, then) in enumerate(beside, 1) if one == then != day and one]
    for at in odd if len(odd) <= max(1, _FEW * len(rows)) else ():
        row, others = rows[at], rows[max(0, at - _BESIDE) : at] + rows[at + 1 : at + 1 + _BESIDE]
        batch = library.batches.get(row.batch_no)
        if batch is None or row.accessioned_on is None:
            continue
        # Before its batch is ACC101, long after it ACC102; what the row says of itself is not asked again.
        is_near = 0 <= (row.accessioned_on - batch.registered_on).days < LATEST_ENTRY
        if is_near and not row.remarks and _is_between(row, others):
            yield found(cell(row, "accessioned_on"), cell(others[0], "accessioned_on"), usual=others[0].accessioned_on)


def _in_order(library: Library) -> list[AccessionRow]:
    """The copies by number; most ledgers are written so."""
    table = library[AccessionRow]
    numbers = table.column("accession_no")
    return list(table) if all(map(lt, numbers, numbers[1:])) else sorted(table, key=attrgetter("accession_no"))


def _is_between(row: AccessionRow, others: list[AccessionRow]) -> bool:
    """Whether the row stands among as many of its batch as are asked, all of one day."""
    alike = {(other.batch_no, other.accessioned_on) for other in others}
    return len(others) == 2 * _BESIDE and len(alike) == 1 and others[0].batch_no == row.batch_no
