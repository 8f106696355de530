"""报刊登记账 (PER): what two subscriptions say of one title; how long one runs, and what it says of missing issues."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.identifiers import is_cn, is_issn, is_postal_code
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.numerals import COUNT, whole_number
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.rules.likeness import bare, same_title, says

_CODES = ("postal_code", "issn", "cn")
_NATURE = (*_CODES, "kind", "frequency")
# A code that is malformed is told of by itself (PER011 to PER015).
_WELL_FORMED: dict[str, Callable[[str], bool]] = {
    "postal_code": is_postal_code,
    "issn": is_issn,
    "cn": is_cn,
    "kind": bool,
    "frequency": bool,
}
# What 备注 says of copies ordered besides those of another order.
_ONE_MORE = ("另订", "加订", "增订", "补订", "再订", "追订")
# Post offices take subscriptions for a calendar year at most.
_LONGEST = timedelta(days=366)
# A price so many times the number of copies is taken for no number of copies.
_TIMES = 3
_LACKING = ("缺", "没收到", "没有收到", "未收到", "期没到", "期未到")
# Said of the periodical as a whole, not of one issue, and what tells that it came out again.
_STOPPED = r"(?:已|起|底|后|年|月|刊物|永久|正式|^)停[刊办]"
_GOES_ON = ("复刊", "改名", "更名", "改为", "恢复", "暂", "停刊一", "停刊1", "停刊两", "停刊2")
_MISSING = rf"缺\s*(\d{{1,3}}|{COUNT})\s*期"


@check(
    "PER017",
    title="两种报刊用了同一个刊号",
    message="《{title}》的{header}是“{code}”，《{other}》也是。",
    why="一种报刊一个号，号一样就有一种抄错了。",
    fix="先看两种报刊的封面，再把抄错的改正；其实是一种，就把刊名写成一样。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: f"title {' '.join(_CODES)}"},
)
def code_of_two_titles(library: Library) -> Iterator[Found]:
    rows = sorted(library[PeriodicalRow], key=lambda row: row.line)
    for field in _CODES:
        for alike in group_by((row for row in rows if getattr(row, field)), field).values():
            first = alike[0]
            for title, (row, *_) in group_by(alike, "title").items():
                if not same_title(title, first.title):
                    header = header_of(PeriodicalRow, field)
                    at, *others = cell(row, field), cell(first, field), cell(row, "title"), cell(first, "title")
                    yield found(at, *others, header=header, code=getattr(row, field), other=first.title)


@check(
    "PER018",
    title="同一种报刊写得不一样",
    message="《{title}》的{header}是“{own}”，{other_no} 那一行是“{other}”。",
    why="同一种报刊，号、类别和刊期前后要一样。",
    fix="先看封面或报刊目录，再把抄错的一行改正；真是改了刊期或换了号，就不用动。",
    severity=Severity.HINT,
    reads={PeriodicalRow: f"periodical_no title {' '.join(_NATURE)}"},
)
def title_described_two_ways(library: Library) -> Iterator[Found]:
    for rows in library.derive(_by_title):
        for field in _NATURE:
            filled = [row for row in rows if getattr(row, field) and _WELL_FORMED[field](str(getattr(row, field)))]
            groups = group_by(filled, field)
            if len(groups) > 1:
                usual = max(groups.values(), key=lambda group: (len(group), -group[0].line))[0]
                odd = next(row for row in filled if getattr(row, field) != getattr(usual, field))
                yield found(
                    cell(odd, field),
                    cell(usual, field),
                    header=header_of(PeriodicalRow, field),
                    own=getattr(odd, field),
                    other=getattr(usual, field),
                    other_no=usual.periodical_no,
                )


@check(
    "PER102",
    title="同一种报刊的订期重叠",
    message="《{title}》从 {starts_on} 订起，{other_no} 已经订到 {until}。",
    why="同一段时间订了两回，期数和订费都会算两遍。",
    fix="先看两张订单；是一张记了两遍，就把后一行移出报刊登记账另存；起止日期写错了就改；真是两张订单，单据号要不一样。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "periodical_no title starts_on ends_on voucher_no"},
    may_read={PeriodicalRow: "remarks"},
)
def periods_overlap(library: Library) -> Iterator[Found]:
    for rows in library.derive(_by_title):
        in_order = sorted(rows, key=lambda row: (row.starts_on, row.line))
        for index, row in enumerate(in_order):
            before = [paper for paper in in_order[:index] if paper.ends_on >= row.starts_on and _one_order(paper, row)]
            if before and row.starts_on <= row.ends_on:
                at, other = cell(row, "starts_on"), cell(before[-1], "ends_on")
                yield found(at, other, other_no=before[-1].periodical_no, until=before[-1].ends_on)


def _one_order(paper: PeriodicalRow, other: PeriodicalRow) -> bool:
    """Whether two subscriptions may be one order: more copies ordered later have a voucher of their own, or say so."""
    if says(paper.remarks, *_ONE_MORE) or says(other.remarks, *_ONE_MORE):
        return False
    return paper.voucher_no is None or other.voucher_no is None or paper.voucher_no == other.voucher_no


def _by_title(library: Library) -> list[list[PeriodicalRow]]:
    titles = grouped(library[PeriodicalRow], lambda row: bare(row.title))
    return [rows for rows in titles.values() if len(rows) > 1]


@check(
    "PER104",
    title="停了刊，后来又订",
    message="《{title}》到 {ends_on} 的一期写着“{said}”，{other_no} 从 {again} 又订，到了 {count} 期。",
    why="停了刊就没有期数可收，两行说的不是一回事。",
    fix="先问邮局；没有停刊，就改前一行的说明；复刊、改名或换了别的刊，在后一行备注里写明。",
    severity=Severity.HINT,
    reads={PeriodicalRow: "periodical_no title starts_on ends_on received_issues"},
    may_read={PeriodicalRow: "remarks missing_note"},
)
def taken_again_after_it_stopped(library: Library) -> Iterator[Found]:
    for rows in library.derive(_by_title):
        for row, field in ((row, field) for row in rows for field in ("remarks", "missing_note")):
            said = getattr(row, field)
            if not says(said, "停刊", "停办") or not re.search(_STOPPED, said):
                continue
            later = [one for one in rows if one.starts_on >= row.ends_on and one.received_issues]
            if later and not any(says(text, *_GOES_ON) for text in (said, later[0].remarks, later[0].missing_note)):
                at, *others = (cell(row, field), cell(later[0], "received_issues"))
                again = later[0].starts_on
                facts = {"said": said, "other_no": later[0].periodical_no, "again": again}
                yield found(at, *others, **facts, count=later[0].received_issues)


@check(
    "PER103",
    title="订期超过一年",
    message="《{title}》从 {starts_on} 订到 {ends_on}，超过一年。",
    why="报刊最多订一年，多半是年份写错了。",
    fix="先查订单上的起止日期，再把错的一个改正；真是一次订了几年，就一年记一行。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title starts_on ends_on"},
)
def period_too_long(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.ends_on - row.starts_on > _LONGEST:
            yield found(cell(row, "ends_on"), cell(row, "starts_on"))


@check(
    "PER206",
    title="缺期说明和期数不一样",
    message="《{title}》应到 {due_issues} 期、实到 {received_issues} 期，缺期说明写的是缺 {noted} 期。",
    why="缺几期，数和说明要一样，补要才不会漏。",
    fix="先数收到的各期；说明写错就改说明，期数写错就改实到期数。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title due_issues received_issues missing_note"},
)
def note_contradicts_issues(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        note = row.missing_note or ""
        match = re.search(_MISSING, note) if "缺" in note else None
        noted = whole_number(match[1]) if match else None
        missing = row.due_issues - row.received_issues
        if noted is not None and noted != missing and not (missing == 0 and says(row.missing_note, "补", "齐")):
            yield found(cell(row, "missing_note"), cell(row, "received_issues"), noted=noted)


@check(
    "PER207",
    title="期数齐了，还写着缺期说明",
    message="《{title}》应到 {due_issues} 期都到了，缺期说明写的是“{missing_note}”。",
    why="不缺期就不用说明；真缺了，实到期数就多记了。",
    fix="先数收到的各期；真缺就改实到期数，补到了就在说明里写“已补”。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title due_issues received_issues missing_note"},
)
def note_without_missing_issues(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        is_said = row.missing_note and says(row.missing_note, *_LACKING) and not re.search(_MISSING, row.missing_note)
        none_missing = row.received_issues == row.due_issues
        if is_said and none_missing and not says(row.missing_note, "补", "齐", "不缺", "无缺", "没有缺", "合刊"):
            yield found(cell(row, "missing_note"), cell(row, "received_issues"))


@check(
    "PER210",
    title="份数和单价多半填反了",
    message="《{title}》填的是 {copies} 份、单价 {price}，{other_no} 那一行是 {other_copies} 份、单价 {other_price}。",
    why="填反了金额照样对得上，订了几份、多少钱一份就都错了。",
    fix="先看订单；填反了就对调，真订了这么多份，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "periodical_no title copies price"},
)
def copies_and_price_exchanged(library: Library) -> Iterator[Found]:
    rows = sorted(library[PeriodicalRow], key=lambda row: row.line)
    for alike in group_by(rows, "title").values():
        for row in alike:
            if other := next((other for other in alike if _are_exchanged(row, other)), None):
                at, *others = (cell(row, "copies"), cell(row, "price"), cell(other, "copies"))
                other_no, copies, price = other.periodical_no, other.copies, other.price
                yield found(at, *others, other_no=other_no, other_copies=copies, other_price=price)


def _are_exchanged(row: PeriodicalRow, other: PeriodicalRow) -> bool:
    """Whether the price is the other row's number of copies, and the number of copies about its price."""
    if row.price is None or other.price is None or other.price <= _TIMES * other.copies or row.price != other.copies:
        return False
    return other.price / 2 <= row.copies <= other.price * 2
