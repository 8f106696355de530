"""总括登记账 (SUM): numbering, dates and sums inside the register, and who gave what."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from schoollib_xl.checks.check import Alike, Found, Gap, Severity, check, folded, found
from schoollib_xl.checks.running import Break, breaks
from schoollib_xl.checks.stock.batches import has_borrowed_number, in_order
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.identifiers import batch_parts
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED, correcting, is_red
from schoollib_xl.rules.holdings import unclassified_by_batch
from schoollib_xl.rules.likeness import bare, same_author, says

_LETTERS = " ".join(CLASS_LETTERS)
# Words in 备注 that say why more was paid than the books cost.
_PAID_MORE = ("多付", "运费", "邮费", "加工", "装订", "贴膜", "覆膜", "书标", "手续费", "服务费")
# And that it was not parted by classes.
_NOT_PARTED = ("分类", "分过类", "未分", "不分")
# Somebody who is no single person gave them; several, or one by way of another, are said so.
_GIVER = r"^由?([^等、和与及代转经，,。]{1,14}(?:政府|[会局司校学社站厂团店行馆处队]))(?:捐赠|赠送|捐书|赠书|捐)"


@check(
    "SUM001",
    title="总括登记号重复",
    message="总括登记号 {batch_no} 前面已经用过了。",
    why="一批一号，号重了就分不清个别登记账里的书是哪一批的。",
    fix="先对照单据，看哪一行的号写错了；写错的改成没用过的号，个别登记账里同一批的号也跟着改。",
    reads={SummaryRow: "batch_no"},
    may_read=RED,
)
def batch_no_repeated(library: Library) -> Iterator[Found]:
    corrections = library.derive(correcting)
    own = (row for row in library[SummaryRow] if not has_borrowed_number(row, corrections))
    for rows in group_by(own, "batch_no").values():
        first, *others = sorted(rows, key=lambda row: row.line)
        for row in others:
            yield found(cell(row, "batch_no"), cell(first, "batch_no"))


@check(
    "SUM002",
    title="总括登记号断号",
    message="{batch_no} 接在 {previous} 后面，中间缺 {missing} 个号。",
    why="总括登记号要连续，断号可能是漏登了一批。",
    fix="先翻单据，看缺的号是不是漏登；漏登了就补登，是作废的号就写进“差异说明”。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no flow"},
    may_read=RED,
)
def batch_no_skipped(library: Library) -> Iterator[Found]:
    corrections = library.derive(correcting)
    own = (row for row in library.derive(in_order) if not has_borrowed_number(row, corrections))
    for previous, row in pairwise(own):
        # What the opening stock stands for was numbered before this book began.
        if previous is None or row is None or previous.flow is Flow.OPENING:
            continue
        before, after = batch_parts(previous.batch_no), batch_parts(row.batch_no)
        if before and after and (missing := _skipped(before, after)) > 0:
            yield found(cell(row, "batch_no"), cell(previous, "batch_no"), previous=previous.batch_no, missing=missing)


def _skipped(before: tuple[int, int], after: tuple[int, int]) -> int:
    """Serial numbers left out between two batches; each year begins with 1."""
    (year, serial), (next_year, next_serial) = before, after
    return next_serial - 1 - (serial if next_year == year else 0) if next_year >= year else 0


@check(
    "SUM003",
    title="总括登记号写法不一样",
    message="总括登记号“{batch_no}”和别的行写法不一样。",
    why="写法不一样，排序会乱，也看不出有没有断号。",
    fix="照“年份-三位顺序号”改，如 2025-001；个别登记账里同一批的号也跟着改。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no flow"},
    may_read=RED,
)
def batch_no_in_another_form(library: Library) -> Iterator[Found]:
    corrections = library.derive(correcting)
    rows = [row for row in library[SummaryRow] if row.flow is not Flow.OPENING and row.line not in corrections]
    others = [row for row in rows if batch_parts(row.batch_no) is None]
    if len(others) * 2 >= len(rows):
        # A school that numbers its batches in its own way does so throughout.
        return
    for row in others:
        yield found(cell(row, "batch_no"))


@check(
    "SUM101",
    title="登记日期倒退",
    message="{batch_no} 登记在 {day}，比{beside} {other} 的 {other_day} 还{way}。",
    why="总括登记账按先后记，号在后面的一批日期不会更早。",
    fix="先对照单据，看哪一行的日期写错了，改正；如果是补登的旧单据，登记日期写补登那一天。",
    reads={SummaryRow: "registered_on batch_no flow"},
    may_read=RED,
)
def registered_before_previous_batch(library: Library) -> Iterator[Found]:
    for previous, row in pairwise(library.derive(in_order)):
        if previous and row and row.registered_on < previous.registered_on:
            # 期初 counts before all others; one that stands below them came in the middle.
            is_late = previous.flow is Flow.OPENING and previous.line > row.line
            at, other = (previous, row) if is_late else (row, previous)
            beside, way = (
                ("它后面的一批", "晚：期初只写开账那天的，中途接收的（如并校）收支写“入藏”")
                if is_late
                else ("前一批", "早")
            )
            yield found(
                cell(at, "registered_on"),
                cell(other, "registered_on"),
                *([cell(at, "flow")] if is_late else []),
                day=at.registered_on,
                beside=beside,
                other=other.batch_no,
                other_day=other.registered_on,
                way=way,
            )


@check(
    "SUM201",
    title="各类册数加起来不等于册数",
    message="{batch_no} 二十二类合计 {total} 册，册数写的是 {copies} 册，各类合计{gap}。",
    why="各类的册数加起来就是这一批的册数。",
    fix="先数这一批的书；册数对，就改分类的数；分类的数对，就改册数。",
    reads={SummaryRow: f"batch_no copies {_LETTERS}"},
    may_read={AccessionRow: "accession_no batch_no class_no", WithdrawalRow: "accession_no withdrawal_no"},
)
def classes_do_not_add_up(library: Library) -> Iterator[Found]:
    table, unclassified = library[SummaryRow], library.derive(unclassified_by_batch)
    unreadable = {line for line, name in table.unreadable if name in CLASS_LETTERS}
    for row in table:
        filled = [letter for letter in CLASS_LETTERS if getattr(row, letter) is not None]
        total = sum(getattr(row, letter) for letter in filled)
        # Copies that have no class yet are told of where they stand (FMT101).
        adds_up = row.copies - total in (0, unclassified[row.batch_no])
        if filled and not adds_up and row.line not in unreadable:
            see_also = [cell(row, letter) for letter in filled if getattr(row, letter)]
            gap = Gap(total - row.copies, "册")
            yield found(cell(row, "copies"), *see_also, total=total, gap=gap)


@check(
    "SUM202",
    title="这一批没有分类",
    message="{batch_no} 有 {copies} 册，二十二类都空着，别的{kind}批次分了类{alike}。",
    why="总括账没有分类的一批，和个别登记账、分类统计账就没法按类核对。",
    fix="先按个别登记账数这一批各类的册数，再填上；期初没有分过类的，在备注里写明。",
    severity=Severity.WARNING,
    reads={SummaryRow: f"batch_no flow copies {_LETTERS}"},
    may_read={SummaryRow: "remarks"},
)
def batch_without_classes(library: Library) -> Iterator[Found]:
    batches = [row for row in library[SummaryRow] if row.copies > 0]
    unread = {line for line, name in library[SummaryRow].unreadable if name in CLASS_LETTERS}
    # Some schools part by classes only what comes in.
    for alike in grouped(batches, lambda row: row.sign).values():
        parted = {row.line for row in alike if any(getattr(row, letter) is not None for letter in CLASS_LETTERS)}
        blank = [row for row in alike if row.line not in parted]
        are_few = len(blank) * 2 < len(alike)
        # Where most are blank the school does not part its batches, or it began to at one of them.
        since = min((row.line for row in alike if row.line in parted and row.flow is not Flow.OPENING), default=None)
        told = [row for row in blank if are_few or (since is not None and row.line > since)]
        told = [row for row in told if row.line not in unread and not says(row.remarks, *_NOT_PARTED)]
        if told:
            severity = None if are_few and any(row.flow is not Flow.OPENING for row in told) else Severity.HINT
            kind = Flow.OUT if told[0].flow is Flow.OUT else Flow.IN
            at, *others = folded(told, "copies")
            yield found(at, *others, severity=severity, kind=kind, alike=Alike(len(told) - 1))


def _broken(
    library: Library, total: Callable[[SummaryRow], Any], change: Callable[[SummaryRow], Any], start: Any
) -> list[tuple[SummaryRow, Break]]:
    """Where running totals do not follow. Those that do from line to line are right, whatever the order of the batches
    should be: a second 期初 among them is told of by its day (SUM101).
    """
    batches = library.derive(in_order)
    broken = list(breaks(batches, total, change, start))
    as_written = sorted(filter(None, batches), key=lambda row: row.line) if broken and None not in batches else []
    return broken if not as_written or any(breaks(as_written, total, change, start)) else []


@check(
    "SUM211",
    title="累计册数推算不出来",
    message="{batch_no} 累计册数写的是 {stated} 册，从前面推算是 {expected} 册，写的{gap}。",
    why="累计册数等于前一行的累计加入藏、减注销，错一行，后面的结存都不对。",
    fix="先核对这一行和前一行的册数；册数没错，就重算累计。",
    reads={SummaryRow: "batch_no flow copies running_copies"},
    may_read=RED,
)
def running_copies_do_not_follow(library: Library) -> Iterator[Found]:
    broken = _broken(library, lambda row: row.running_copies, lambda row: row.sign * row.copies, 0)
    for row, (stated, expected) in broken:
        gap = Gap(stated - expected, "册")
        yield found(cell(row, "running_copies"), cell(row, "copies"), stated=stated, expected=expected, gap=gap)


@check(
    "SUM212",
    title="累计金额推算不出来",
    message="{batch_no} 累计金额写的是 {stated}，从前面推算是 {expected}，写的{gap}。",
    why="累计金额等于前一行的累计加入藏、减注销，算的是码洋。",
    fix="先核对这一行和前一行的码洋；码洋没错，就重算累计。",
    reads={SummaryRow: "batch_no flow list_value running_value"},
    may_read=RED,
)
def running_value_does_not_follow(library: Library) -> Iterator[Found]:
    broken = _broken(library, lambda row: row.running_value, lambda row: row.sign * row.list_value, NO_MONEY)
    for row, (stated, expected) in broken:
        gap = Gap(stated - expected, "元")
        yield found(cell(row, "running_value"), cell(row, "list_value"), stated=stated, expected=expected, gap=gap)


@check(
    "SUM221",
    title="实洋大于码洋",
    message="{batch_no} 实洋 {paid}，码洋 {listed}，实洋{gap}。",
    why="实际付的钱一般不会超过定价合计，多半是两个数填反了。",
    fix="先看发票；两个数填反了就对调，确实多付了就在备注里写“多付”和原因。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no list_value paid_value remarks"},
    may_read=RED,
)
def paid_more_than_listed(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow]:
        if row.paid_value is None or is_red(row):
            continue
        if row.paid_value > row.list_value and not says(row.remarks, *_PAID_MORE):
            yield found(
                cell(row, "paid_value"),
                cell(row, "list_value"),
                paid=row.paid_value,
                listed=row.list_value,
                gap=Gap(row.paid_value - row.list_value, "元"),
            )


@check(
    "SUM019",
    title="备注说的赠送单位和供货单位不一样",
    message="{batch_no} 的备注写着“{remarks}”，供货单位填的是{supplier}。",
    why="谁送的有两种说法，感谢信和捐赠清单就对不上。",
    fix="先看捐赠清单，再改写错的一个；几家一起送的，供货单位里都写上。",
    severity=Severity.HINT,
    reads={SummaryRow: "batch_no flow source supplier remarks"},
)
def given_by_another(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow].saying("remarks"):
        is_gift = row.flow is Flow.IN and row.source is SourceOrDestination.DONATION and row.supplier is not None
        match = re.search(_GIVER, row.remarks or "") if is_gift else None
        if match and not _may_be_one(match[1], row.supplier or ""):
            yield found(cell(row, "remarks"), cell(row, "supplier"))


def _may_be_one(said: str, written: str) -> bool:
    """Whether two names of a house may be one, cut short (村委会, 村民委员会), or name one thing behind their place."""
    short, long = sorted((bare(said), bare(written)), key=len)
    signs = iter(long)
    place = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return all(sign in signs for sign in short) or same_author(short[place:], long[place:])
