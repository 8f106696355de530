"""个别登记账 (ACC): numbers, classes, ISBN and prices of the copies, and the batch each came with."""

import re
from collections import Counter
from collections.abc import Iterator

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.stock.accession_codes import numbers_of
from schoollib_xl.checks.stock.batches import of_another_source, outside_the_range, registered_earlier
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import is_accession_no
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Source
from schoollib_xl.rules.corrections import RED

# In a ledger this large, a width that most copies share is the school's, whatever its setting says.
_TELLING_COPIES = 20


def width_in_use(library: Library) -> int:
    """How many digits a copy number has: the school's setting, or what most copies of a large ledger say. Numbers
    with letters before them say nothing of it: QH00001 is wrong whatever the width.
    """
    numbers = library[AccessionRow].column("accession_no")
    if not "".join(numbers).isdecimal():
        numbers = [number for number in numbers if number.isdecimal()]
    widths, total = Counter(map(len, numbers)), len(numbers)
    for width, copies in widths.most_common(1):
        if total >= _TELLING_COPIES and copies * 2 > total:
            return width
    return library.school.number_width


def repeated_numbers(library: Library) -> frozenset[str]:
    """个别登记号 that stand on several lines."""
    table = library[AccessionRow]
    if len(library.copies) == len(table.rows):
        return frozenset()
    counted = Counter(row.accession_no for row in table)
    return frozenset(number for number, times in counted.items() if times > 1)


def _repeated(library: Library) -> Iterator[tuple[AccessionRow, AccessionRow]]:
    """Each copy whose number an earlier one already has, with that one; earlier by date, then by line."""
    repeated = library.derive(repeated_numbers)
    copies = (row for row in library[AccessionRow] if row.accession_no in repeated) if repeated else ()
    for rows in group_by(copies, "accession_no").values():
        first, *others = sorted(rows, key=lambda row: (row.held_from, row.line))
        yield from ((other, first) for other in others)


def _is_reused(copy: AccessionRow, earlier: AccessionRow) -> bool:
    """Whether the earlier copy had been written off when this one got its number."""
    return earlier.withdrawn_on is not None and earlier.withdrawn_on <= copy.held_from


@check(
    "ACC001",
    title="个别登记号重复",
    message="个别登记号 {accession_no} 有两册在用，另一册是《{title}》。",
    why="一册一号，号重了就分不清借的、丢的是哪一册。",
    fix="先找到这两册书，看书上盖的号；改写错的那一行，书上也重了就给后登的一册换新号。",
    reads={AccessionRow: "accession_no title withdrawn_on"},
    may_read={AccessionRow: "accessioned_on"},
)
def number_repeated(library: Library) -> Iterator[Found]:
    for copy, earlier in _repeated(library):
        # Where a day is not known, two that are both in use are told apart from a number that was given again.
        dated = copy.accessioned_on and earlier.accessioned_on
        if not _is_reused(copy, earlier) and (dated or not (copy.withdrawn_on or earlier.withdrawn_on)):
            at, other = cell(copy, "accession_no"), cell(earlier, "accession_no")
            yield found(at, other, accession_no=copy.accession_no, title=earlier.title)


@check(
    "ACC002",
    title="注销过的号又用了",
    message="个别登记号 {accession_no} 是《{title}》用过的，那一册 {withdrawn_on} 已经注销。",
    why="个别登记号一册一号，注销后也不再用，否则旧账查不清。",
    fix="给这一册换一个没用过的号，书上、卡上和别的账里的号也跟着改。",
    reads={AccessionRow: "accession_no accessioned_on title withdrawn_on"},
)
def number_reused(library: Library) -> Iterator[Found]:
    for copy, earlier in _repeated(library):
        if _is_reused(copy, earlier):
            at, other = cell(copy, "accession_no"), cell(earlier, "withdrawn_on")
            withdrawn_on = earlier.withdrawn_on
            yield found(at, other, accession_no=copy.accession_no, title=earlier.title, withdrawn_on=withdrawn_on)


@check(
    "ACC003",
    title="个别登记号位数不对",
    message="个别登记号“{accession_no}”不是 {width} 位数字{alike}。",
    why="号的位数不一样，排序会乱，别的账也对不上它。",
    fix="先看书上盖的号；少了前面的 0 就补上，写错了就改正；书上盖的就是这样，如前面带字母，就写进“差异说明”。",
    reads={AccessionRow: "accession_no"},
)
def number_of_another_width(library: Library) -> Iterator[Found]:
    width, table = library.derive(width_in_use), library[AccessionRow]
    numbers = table.column("accession_no")
    are_sound = set(map(len, numbers)) == {width} and is_accession_no("".join(numbers), width * len(numbers))
    wrong = [] if are_sound else [row for row in table if not is_accession_no(row.accession_no, width)]
    written_alike = grouped(wrong, _around_figures)
    for around, rows in written_alike.items():
        # The same signs round several numbers, or no zeros, are the school's own way of writing them: said once.
        is_habit = any(around) or (len(rows) > _TELLING_COPIES and all(_is_short(row, width) for row in rows))
        for row in rows[:1] if is_habit else rows:
            others = rows[1:] if is_habit else []
            cells = folded(others, "accession_no")
            yield found(cell(row, "accession_no"), *cells, width=width, alike=Alike(len(others)))


def _is_short(row: AccessionRow, width: int) -> bool:
    return row.accession_no.isdecimal() and len(row.accession_no) < width


def _around_figures(row: AccessionRow) -> tuple[str, str]:
    """What stands before and behind the figures of a number: QH and nothing of QH000001, nothing and 号 of 000001号."""
    figures = re.fullmatch(r"(.*?)\d+(\D*)", row.accession_no)
    return (figures[1], figures[2]) if figures else ("", "")


@check(
    "ACC101",
    title="登记日期早于这一批",
    message="{accession_no} 登记在 {day}，它那一批 {batch_no} 到 {batch_day} 才登记{alike}。",
    why="先登总括账，再登个别账。",
    fix="先看单据上的日期；这一册的日期写错就改，批次写错就改总括登记号。",
    reads={
        AccessionRow: "accession_no accessioned_on batch_no",
        SummaryRow: "registered_on batch_no flow",
    },
    may_read=RED,
)
def registered_before_batch(library: Library) -> Iterator[Found]:
    for batch, copies, wholly in library.derive(registered_earlier):
        other, batch_day = cell(batch, "registered_on"), batch.registered_on
        # More than a few were entered while the batch was still being unpacked: it was registered at the end.
        told = (
            found(cell(copy, "accessioned_on"), other, day=copy.accessioned_on, batch_day=batch_day) for copy in copies
        )
        yield from () if wholly else told_once(told)


@check(
    "ACC201",
    title="单价是负数",
    message="{accession_no} 的单价是 {price}，单价不会小于 0。",
    why="单价是负数，码洋和各类金额都会少算。",
    fix="先看书的定价再改正；如果是想冲减，改用注销登记。",
    reads={AccessionRow: "accession_no price"},
)
def price_negative(library: Library) -> Iterator[Found]:
    table = library[AccessionRow]
    for row in table.among("price", {price for price in table.distinct("price") if price and price < 0}):
        yield found(cell(row, "price"))


def _free(library: Library) -> list[AccessionRow]:
    """The copies that cost 0; a blank is no price at all."""
    table = library[AccessionRow]
    return table.among("price", {price for price in table.distinct("price") if price == 0})


@check(
    "ACC203",
    title="买来的书单价是 0",
    message="{accession_no} 是购入的，单价是 0{alike}。",
    why="买来的书都有定价；单价是 0，码洋和赔偿都会少算。",
    fix="先看书的定价，再填单价；赠送的书，把来源改成捐赠。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no price source"},
)
def bought_for_nothing(library: Library) -> Iterator[Found]:
    free = [row for row in library.derive(_free) if row.source is Source.PURCHASE]
    if free:
        yield found(*(cell(row, "price") for row in free), alike=Alike(len(free) - 1))


@check(
    "ACC204",
    title="送来的书单价是 0",
    message="{accession_no} 的来源是{source}，单价是 0，{batch_no} 这一批的书多半有价{alike}。",
    why="单价是 0，码洋和赔偿都会少算。",
    fix="先看书的定价，有就填上；真的没有定价，就不用动。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no batch_no price source"},
)
def given_for_nothing(library: Library) -> Iterator[Found]:
    free = [row for row in library.derive(_free) if row.source is not Source.PURCHASE]
    for batch_no, copies in group_by(free, "batch_no").items():
        priced = sum(bool(copy.price) for copy in library.copies_by_batch[batch_no])
        # Gifts that are entered without a price all of them are a school's own way.
        if priced > len(library.copies_by_batch[batch_no]) // 2:
            yield found(*(cell(row, "price") for row in copies), alike=Alike(len(copies) - 1))


@check(
    "ACC301",
    title="查不到这一批",
    message="总括登记账里查不到 {batch_no}，个别账写这个号的有 {count} 册{numbers}。",
    why="每一册书都要说得出是哪一批来的。",
    fix="先看这几册的单据；号写错就改，总括账漏登就补登这一批。",
    reads={AccessionRow: "accession_no batch_no", SummaryRow: "batch_no"},
)
def batch_unknown(library: Library) -> Iterator[Found]:
    if not library[SummaryRow].all_say("batch_no"):
        return
    for batch_no, copies in library.copies_by_batch.items():
        if batch_no not in library.known_batches:
            first = min(copies, key=lambda copy: copy.line)
            yield found(cell(first, "batch_no"), batch_no=batch_no, count=len(copies), numbers=numbers_of(copies))


@check(
    "ACC302",
    title="总括登记号是注销的一批",
    message="{batch_no} 是注销的一批，个别账写这个号的有 {count} 册{numbers}。",
    why="这里要写书是哪一批进来的，注销的一批写在“注销批号”里。",
    fix="先看这几册是哪一批入藏的，再改总括登记号；已经注销的，注销批号另填。",
    reads={AccessionRow: "accession_no batch_no", SummaryRow: "batch_no flow"},
)
def batch_is_a_withdrawal(library: Library) -> Iterator[Found]:
    for batch_no, copies in library.copies_by_batch.items():
        batch = library.batches.get(batch_no)
        if batch and batch.flow is Flow.OUT:
            first = min(copies, key=lambda copy: copy.line)
            at, other = cell(first, "batch_no"), cell(batch, "flow")
            yield found(at, other, batch_no=batch_no, count=len(copies), numbers=numbers_of(copies))


@check(
    "ACC303",
    title="号不在这一批的号段里",
    message="{accession_no} 不在它那一批 {batch_no} 的号段里，号段是 {first_no} 到 {last_no}。",
    why="一批书的号连着排，号在段外，多半是号或批次写错了。",
    fix="先看书上盖的号和单据；号写错就改号，批次写错就改总括登记号。",
    reads={
        AccessionRow: "accession_no batch_no",
        SummaryRow: "batch_no flow copies first_no last_no",
    },
    may_read=RED,
)
def number_outside_the_range(library: Library) -> Iterator[Found]:
    for batch, copies, wholly in library.derive(outside_the_range):
        for copy in () if wholly else copies:
            if copy.accession_no in library.derive(repeated_numbers):
                continue
            yield found(
                cell(copy, "accession_no"),
                cell(copy, "batch_no"),
                cell(batch, "first_no"),
                cell(batch, "last_no"),
            )


@check(
    "ACC304",
    title="来源和这一批不一样",
    message="{accession_no} 的来源是{source}，它那一批 {batch_no} 是{batch_source}。",
    why="同一批书，总括账和个别账写的来源要一样。",
    fix="先看单据是发票、捐赠单还是调拨单；来源写错就改，批次写错就改总括登记号。",
    reads={AccessionRow: "accession_no batch_no source", SummaryRow: "batch_no flow source"},
    may_read=RED,
)
def source_differs(library: Library) -> Iterator[Found]:
    for batch, copies, wholly in library.derive(of_another_source):
        for copy in () if wholly else copies:
            yield found(cell(copy, "source"), cell(batch, "source"), batch_source=batch.source)
