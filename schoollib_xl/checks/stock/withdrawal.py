"""注销登记账 (WDL): each line against its copy and its batch."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Alike, Found, Named, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.stock.batches import priced_otherwise, unknown_copies
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import bare

# More copies than this written off before the day of their entry were entered late.
_AT_ONCE = 3


@check(
    "WDL001",
    title="同一册注销了两次",
    message="{accession_no} 在注销登记账里已经有一行，这里又记了一次。",
    why="一册书只能注销一次，记两次就多减了一册。",
    fix="先对照批准文件看这一行是哪一册；号写错了，就改号；真是重复，就把重的一行移出注销登记账另存。",
    reads={WithdrawalRow: "accession_no"},
)
def written_off_twice(library: Library) -> Iterator[Found]:
    for rows in group_by(library.standing_withdrawals, "accession_no").values():
        first, *others = sorted(rows, key=lambda row: row.line) if len(rows) > 1 else rows
        for row in others:
            yield found(cell(row, "accession_no"), cell(first, "accession_no"))


@check(
    "WDL002",
    title="没有批准人",
    message="{accession_no} 注销了，没有写批准人{alike}。",
    why="图书是学校的财产，注销要有人批准。",
    fix="先查批准文件；查得到，就补填批准人；没有批过，就报校领导补批。",
    severity=Severity.WARNING,
    reads={WithdrawalRow: "accession_no approved_by"},
)
def nobody_approved(library: Library) -> Iterator[Found]:
    table = library[WithdrawalRow]
    yield from told_once((found(cell(row, "approved_by")) for row in table.having("approved_by", None)), len(table))


@check(
    "WDL101",
    title="注销早于入账",
    message="{accession_no} 在 {withdrawn_on} 注销，可是到 {accessioned_on} 才登记{alike}。",
    why="没入账的书谈不上注销，两个日期总有一个不对。",
    fix="先对照批准文件改注销日期；注销日期没错，就查个别登记账的登记日期。",
    reads={WithdrawalRow: "accession_no withdrawn_on", AccessionRow: "accession_no accessioned_on"},
    may_read={AccessionRow: "batch_no", SummaryRow: "batch_no flow"},
)
def withdrawn_before_accession(library: Library) -> Iterator[Found]:
    pairs = ((row, library.copies.get(row.accession_no)) for row in library.standing_withdrawals)
    early = [(row, copy) for row, copy in pairs if copy and row.withdrawn_on < copy.held_from]
    for alike in grouped(early, lambda one: (one[1].batch_no, one[1].accessioned_on)).values():
        # Opening stock typed on one day was in the room before: its day is that of the typing.
        is_typing = len(alike) > _AT_ONCE and library.is_opening(alike[0][1])
        for together in [alike] if is_typing else ([one] for one in alike):
            at, *others = folded((row for row, _ in together), "withdrawn_on")
            day = cell(min(together, key=lambda one: one[0].line)[1], "accessioned_on")
            severity, told = Severity.WARNING if is_typing else None, Alike(len(together) - 1)
            yield found(at, day, *others, severity=severity, alike=told)


@check(
    "WDL102",
    title="注销日期和总括登记账不一样",
    message="注销日期填 {withdrawn_on}{numbers}，总括账 {batch_no} 登记在 {registered_on}。",
    why="同一批注销，两本账要记同一天，不然学期末的数对不上。",
    fix="先看批准注销是哪一天；注销账错了，就改括号里各册的日期；总括账错了，就改总括账。",
    reads={
        WithdrawalRow: "accession_no withdrawal_no withdrawn_on",
        SummaryRow: "batch_no registered_on flow",
        AccessionRow: "accession_no accessioned_on",
    },
)
def date_is_not_the_batchs(library: Library) -> Iterator[Found]:
    for batch_no, rows in library.withdrawals_by_batch.items():
        batch = library.batches.get(batch_no)
        if batch is None or batch.flow is not Flow.OUT:
            continue
        for day, same_day in group_by(rows, "withdrawn_on").items():
            off = [row for row in same_day if day != batch.registered_on and _after_accession(library, row)]
            if off:
                first, numbers = _told(off)
                yield found(cell(first, "withdrawn_on"), cell(batch, "registered_on"), numbers=numbers)


def _after_accession(library: Library, row: WithdrawalRow) -> bool:
    """False where the copy was not yet registered: that is WDL101, and the narrower fault."""
    copy = library.copies.get(row.accession_no)
    return copy is None or row.withdrawn_on >= copy.held_from


@check(
    "WDL201",
    title="注销的单价和个别登记账不一样",
    message="{accession_no} 注销账单价 {price}，个别账单价 {entered}{alike}。",
    why="注销时按入账的单价减，价不一样，金额就减错了。",
    fix="先看这个号是不是写对了；号没错，就照个别登记账改单价。",
    reads={WithdrawalRow: "accession_no price", AccessionRow: "accession_no price"},
)
def price_differs(library: Library) -> Iterator[Found]:
    return told_once(priced_otherwise(library, library.standing_withdrawals), len(library[WithdrawalRow]))


@check(
    "WDL301",
    title="注销的书个别登记账里没有",
    message="{accession_no} 在个别登记账里查不到。",
    why="注销的每一册都要先在个别登记账里有一行。",
    fix="先照批准文件核对个别登记号；号没错，就查这一册是不是漏登了。",
    reads={WithdrawalRow: "accession_no", AccessionRow: "accession_no"},
)
def copy_is_unknown(library: Library) -> Iterator[Found]:
    return unknown_copies(library, library[WithdrawalRow])


@check(
    "WDL302",
    title="注销的书名和个别登记账不一样",
    message="{accession_no} 注销账写《{title}》，个别账是《{entered}》{alike}。",
    why="号和书名不是同一册，多半注销错了书。",
    fix="先拿要注销的那一册看书上的号；号写错了，就改号；书名抄错了，就照个别登记账改。",
    reads={WithdrawalRow: "accession_no title", AccessionRow: "accession_no title"},
)
def title_differs(library: Library) -> Iterator[Found]:
    return told_once(_titled_otherwise(library), len(library[WithdrawalRow]))


def _titled_otherwise(library: Library) -> Iterator[Found]:
    for row in library.standing_withdrawals:
        copy = library.copies.get(row.accession_no)
        if copy is None or row.title is None:
            continue
        own, entered = bare(row.title), bare(copy.title)
        if own != entered:
            # A shortened title is a slip of copying, hardly another book.
            severity = Severity.HINT if own in entered or entered in own else None
            yield found(
                cell(row, "title"),
                cell(copy, "title"),
                cell(row, "accession_no"),
                severity=severity,
                entered=copy.title,
            )


@check(
    "WDL303",
    title="注销的分类号和个别登记账不一样",
    message="{accession_no} 注销账分类号是 {class_no}，个别账是 {entered}{alike}。",
    why="分类号不一样，分类统计会减到别的类里。",
    fix="先看这个号是不是写对了；号没错，就照个别登记账改分类号。",
    reads={WithdrawalRow: "accession_no class_no", AccessionRow: "accession_no class_no"},
    may_read={AccessionRow: "book_no"},
)
def class_differs(library: Library) -> Iterator[Found]:
    return told_once(_classed_otherwise(library), len(library[WithdrawalRow]))


def _classed_otherwise(library: Library) -> Iterator[Found]:
    for row in library.standing_withdrawals:
        copy = library.copies.get(row.accession_no)
        if copy is None or row.class_no is None:
            continue
        # A call number's second part, written behind a stroke or a dash, is no part of the class.
        written, entered = (_plain(no).removesuffix(f"-{copy.book_no}") for no in (row.class_no, copy.class_no))
        if written == entered:
            continue
        # Within one of the 22 classes no sum is touched.
        severity = Severity.WARNING if _plain(row.class_no)[:1] == copy.class_letter else None
        yield found(
            cell(row, "class_no"),
            cell(copy, "class_no"),
            cell(row, "accession_no"),
            severity=severity,
            entered=copy.class_no,
        )


def _plain(class_no: str) -> str:
    return "".join(class_no.split()).upper()


@check(
    "WDL304",
    title="注销批号总括登记账里没有",
    message="注销批号 {batch_no} 在总括登记账里查不到{numbers}。",
    why="注销的书要在总括登记账里记一批，累计才会减下来。",
    fix="先看批号是不是写错了；没写错，就在总括登记账补登这一批注销。",
    reads={
        WithdrawalRow: "withdrawal_no withdrawn_on accession_no",
        SummaryRow: "batch_no registered_on flow",
    },
)
def batch_is_unknown(library: Library) -> Iterator[Found]:
    if not library[SummaryRow].all_say("batch_no"):
        return
    for batch_no, rows in library.withdrawals_by_batch.items():
        own = [row for row in rows if not library.in_older_books(row.withdrawn_on)]
        if own and batch_no not in library.known_batches:
            first, numbers = _told(own)
            yield found(cell(first, "withdrawal_no"), batch_no=batch_no, numbers=numbers)


@check(
    "WDL305",
    title="注销批号不是一批注销",
    message="注销批号 {batch_no} 在总括登记账里是{flow}，不是注销{numbers}。",
    why="记在入藏的批号下，总括登记账就没有减这些书。",
    fix="先照批准文件核对批号；批号没错，就查总括登记账这一批的收支。",
    reads={WithdrawalRow: "withdrawal_no accession_no", SummaryRow: "batch_no flow"},
)
def batch_is_no_withdrawal(library: Library) -> Iterator[Found]:
    for batch_no, rows in library.withdrawals_by_batch.items():
        batch = library.batches.get(batch_no)
        if batch and batch.flow is not Flow.OUT:
            first, numbers = _told(rows)
            yield found(cell(first, "withdrawal_no"), cell(batch, "flow"), numbers=numbers)


def _told(rows: list[WithdrawalRow]) -> tuple[WithdrawalRow, Named]:
    """The line to look at first of several with one fault, and the copies of them all."""
    ordered = sorted(rows, key=lambda row: row.line)
    return ordered[0], Named(tuple(row.accession_no for row in ordered))
