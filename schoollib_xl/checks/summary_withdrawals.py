"""总括登记账 (SUM): each batch written off against its lines in 注销登记账."""

from collections.abc import Iterator
from decimal import Decimal

from schoollib_xl.checks.batches import withdrawal_batches
from schoollib_xl.checks.check import Found, Gap, Named, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_BATCH = "batch_no flow"
_ROW = "withdrawal_no accession_no"
_COPY = "accession_no withdrawal_no"


@check(
    "SUM351",
    title="注销册数和注销登记账不一样",
    message="{batch_no} 总括账注销 {stated} 册，注销账 {counted} 册，注销账{gap}{numbers}。",
    why="总括账一批注销的册数，就是注销登记账里这一批的行数。",
    fix="先照批准文件数册数；注销账漏登就补登，总括账写错就改册数。",
    reads={SummaryRow: f"{_BATCH} copies", WithdrawalRow: _ROW, AccessionRow: _COPY},
)
def withdrawn_copies_differ(library: Library) -> Iterator[Found]:
    for batch, rows in withdrawal_batches(library):
        amount = len(rows) - batch.copies
        if amount:
            yield found(
                cell(batch, "copies"),
                stated=batch.copies,
                counted=len(rows),
                gap=Gap(amount, "册"),
                numbers=Named(_explaining(library, batch, rows)),
            )


@check(
    "SUM352",
    title="注销码洋和注销登记账不一样",
    message="{batch_no} 总括账注销码洋 {stated}，注销账单价合计 {total}，注销账{gap}{numbers}。",
    why="注销一批减多少钱，就是这一批每一册单价加起来的数。",
    fix="先照个别登记账核对每一册的单价；单价没错，就改总括账的码洋。",
    reads={
        SummaryRow: f"{_BATCH} copies list_value",
        WithdrawalRow: f"{_ROW} price",
        AccessionRow: f"{_COPY} price",
    },
)
def withdrawn_value_differs(library: Library) -> Iterator[Found]:
    for batch, rows in withdrawal_batches(library):
        total = sum((row.price for row in rows), Decimal("0.00"))
        if amount := total - batch.list_value:
            yield found(
                cell(batch, "list_value"),
                stated=batch.list_value,
                total=total,
                gap=Gap(amount, "元"),
                numbers=Named(_explaining(library, batch, rows) or _mispriced(library, rows)),
            )


@check(
    "SUM353",
    title="注销的一类册数和注销登记账不一样",
    message="{batch_no} 的 {letter} 类总括账注销 {stated} 册，注销账 {counted} 册，注销账{gap}{numbers}。",
    why="总括账各类注销的册数，要和注销登记账按分类号数出来的一样。",
    fix="先核对这一批书的分类号；分类号没错，就改总括账这一类的册数。",
    reads={
        SummaryRow: f"{_BATCH} {' '.join(CLASS_LETTERS)}",
        WithdrawalRow: f"{_ROW} class_no",
        AccessionRow: "accession_no class_no",
    },
)
def withdrawn_class_copies_differ(library: Library) -> Iterator[Found]:
    for batch, rows in withdrawal_batches(library):
        by_class = _numbers_by_class(library, rows)
        # A copy outside the 22 classes is a finding of its own; where it belongs cannot be told.
        if not any(batch.by_class().values()) or set(by_class) - set(CLASS_LETTERS):
            continue
        for letter, stated in batch.by_class().items():
            numbers = by_class.get(letter, [])
            if len(numbers) != stated:
                yield found(
                    cell(batch, letter),
                    letter=letter,
                    stated=stated,
                    counted=len(numbers),
                    gap=Gap(len(numbers) - stated, "册"),
                    numbers=Named(() if stated else tuple(sorted(numbers))),
                )


def _marked_copies(library: Library) -> dict[str, list[AccessionRow]]:
    """Copies by the 注销批号 that 个别登记账 gives them."""
    return group_by((copy for copy in library[AccessionRow] if copy.withdrawal_no), "withdrawal_no")


def _explaining(library: Library, batch: SummaryRow, rows: list[WithdrawalRow]) -> tuple[str, ...]:
    """The numbers too few or too many, where 个别登记账 marks exactly those copies otherwise."""
    marked = {copy.accession_no for copy in library.derive(_marked_copies).get(batch.batch_no, ())}
    listed = {row.accession_no for row in rows}
    amount = len(rows) - batch.copies
    suspects = sorted(listed - marked if amount > 0 else marked - listed)
    return tuple(suspects) if amount and len(suspects) == abs(amount) else ()


def _mispriced(library: Library, rows: list[WithdrawalRow]) -> tuple[str, ...]:
    """The copies whose price is another one in 个别登记账."""
    copies = library.copies
    known = [row for row in rows if row.accession_no in copies]
    return tuple(row.accession_no for row in known if row.price != copies[row.accession_no].price)


def _numbers_by_class(library: Library, rows: list[WithdrawalRow]) -> dict[str, list[str]]:
    """Copy numbers by class letter, as 个别登记账 classes them, else as the line itself does."""
    found_in: dict[str, list[str]] = {}
    for row in rows:
        copy = library.copies.get(row.accession_no)
        letter = copy.class_letter if copy else (row.class_no or "")[:1].upper()
        found_in.setdefault(letter, []).append(row.accession_no)
    return found_in
