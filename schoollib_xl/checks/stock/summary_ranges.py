"""总括登记账 (SUM): the number ranges of the batches, and batches that were written off."""

import re
from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Gap, Named, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.stock.batches import sound_range, stated_range, withdrawal_batches
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED

_RANGE = "batch_no flow copies first_no last_no"
_LETTERED = r"([A-Za-z]+)[0-9]+"
# Words in 备注 that explain numbers left out.
_EXPLAINED = ("作废", "空号", "跳号", "缺号", "废号")
_BATCH = "batch_no flow"
_ROW = "withdrawal_no accession_no"
_COPY = "accession_no withdrawal_no"


@check(
    "SUM011",
    title="起止号和册数对不上",
    message="{batch_no} 从 {first_no} 到 {last_no} 是 {numbers} 个号，册数是 {copies} 册，号{gap}。",
    why="一册一号，止号减起号加一就是这一批的册数。",
    fix="先看个别登记账里这一批的头尾两个号；号写错了改号，号没错就核对册数。",
    reads={SummaryRow: _RANGE},
    may_read=RED,
)
def range_does_not_fit_copies(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow]:
        stated = stated_range(row)
        if stated is None or len(stated) == row.copies or stated.start >= stated.stop:
            continue
        yield found(
            cell(row, "last_no"),
            cell(row, "first_no"),
            cell(row, "copies"),
            numbers=len(stated),
            gap=Gap(len(stated) - row.copies, "个"),
        )


@check(
    "SUM012",
    title="止号小于起号",
    message="{batch_no} 的止号 {last_no} 比起号 {first_no} 还小。",
    why="一批书的号从小到大连着排，止号不会比起号小。",
    fix="先看个别登记账里这一批的头尾两个号；两个号填反了就对调，写错了就改正。",
    reads={SummaryRow: "batch_no flow first_no last_no"},
    may_read=RED,
)
def range_ends_before_it_starts(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow]:
        stated = stated_range(row)
        if stated is not None and stated.start >= stated.stop:
            yield found(cell(row, "last_no"), cell(row, "first_no"))


@check(
    "SUM013",
    title="起止号不完整",
    message="{batch_no} 的起号是{first_no}，止号是{last_no}，看不出从几号到几号{alike}。",
    why="起止号缺一头或不是数字，就查不出这一批有哪些书。",
    fix="先看个别登记账里这一批的头尾两个号，再照着填。",
    reads={SummaryRow: "batch_no flow first_no last_no"},
    may_read=RED,
)
def range_is_incomplete(library: Library) -> Iterator[Found]:
    stated = [row for row in library[SummaryRow] if row.flow is Flow.IN and (row.first_no or row.last_no)]
    amiss = (row for row in stated if stated_range(row) is None and not _is_lettered(row))
    yield from told_once((found(cell(row, "first_no"), cell(row, "last_no")) for row in amiss), len(stated))


def _is_lettered(row: SummaryRow) -> bool:
    """Whether both ends are numbers behind the same letters: what is wrong with such numbers is told once (ACC003)."""
    ends = [re.fullmatch(_LETTERED, text or "") for text in (row.first_no, row.last_no)]
    return all(ends) and len({end[1] for end in ends if end}) == 1


@check(
    "SUM014",
    title="号段重叠",
    message="{batch_no} 从 {first_no} 起，可是 {other} 已经用到 {last_no}，重了 {shared} 个号。",
    why="一册一号，两批书不能用同一个号。",
    fix="先看个别登记账里重叠的号属于哪一批；改写错的那一批的起止号。",
    reads={SummaryRow: _RANGE},
    may_read=RED,
)
def ranges_overlap(library: Library) -> Iterator[Found]:
    for before, other, numbers, row in _neighbours(library):
        if numbers.start < before.stop and other.batch_no != row.batch_no:
            yield found(
                cell(row, "first_no"),
                cell(other, "last_no"),
                other=other.batch_no,
                last_no=other.last_no,
                shared=min(before.stop, numbers.stop) - numbers.start,
            )


@check(
    "SUM015",
    title="号段之间有空号",
    message="{other} 到 {last_no} 为止，{batch_no} 从 {first_no} 起，中间空 {missing} 个号。",
    why="个别登记号要连着用，空着的号说不清是没用过还是漏登了。",
    fix="先找空号的书和单据；漏登了就补登，是作废的号就在备注里写明“作废”和号码。",
    severity=Severity.WARNING,
    reads={SummaryRow: f"{_RANGE} remarks"},
    may_read=RED,
)
def numbers_left_out(library: Library) -> Iterator[Found]:
    for before, other, numbers, row in _neighbours(library):
        missing = numbers.start - before.stop
        if missing > 0 and not _explained(other, row) and not _may_be_filled(library, other, row):
            yield found(
                cell(row, "first_no"),
                cell(other, "last_no"),
                other=other.batch_no,
                last_no=other.last_no,
                missing=missing,
            )


def _neighbours(library: Library) -> Iterator[tuple[range, SummaryRow, range, SummaryRow]]:
    """Each range that fits its batch, in the order of numbers, after the one that reached furthest before."""
    sound = [(numbers, row) for row in library[SummaryRow] if (numbers := sound_range(row))]
    ranges = sorted(sound, key=lambda one: (one[0].start, one[1].line))
    reached = ranges[:1]
    for numbers, row in ranges[1:]:
        yield (*reached[0], numbers, row)
        reached = [max(reached[0], (numbers, row), key=lambda one: one[0].stop)]


def _explained(*rows: SummaryRow) -> bool:
    return any(word in row.remarks for row in rows if row.remarks for word in _EXPLAINED)


def _may_be_filled(library: Library, other: SummaryRow, row: SummaryRow) -> bool:
    """Whether a line between the two may hold the numbers left out: a batch without a sound range."""
    lines = range(min(other.line, row.line) + 1, max(other.line, row.line))
    table = library[SummaryRow]
    rangeless = (batch.line for batch in table if batch.flow is Flow.IN and not sound_range(batch))
    return any(line in lines for line in (*rangeless, *table.incomplete_lines))


@check(
    "SUM351",
    title="注销册数和注销登记账不一样",
    message="{batch_no} 总括账注销 {stated} 册，注销账 {counted} 册，注销账{gap}{numbers}。",
    why="总括账一批注销的册数，就是注销登记账里这一批的行数。",
    fix="先照批准文件数册数；注销账漏登就补登，总括账写错就改册数。",
    reads={SummaryRow: f"{_BATCH} copies", WithdrawalRow: _ROW, AccessionRow: _COPY},
    may_read=RED,
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
        total = sum((row.price for row in rows if row.price), NO_MONEY)
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
    may_read=RED,
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
