"""报刊登记账 (PER): dates, amounts and issues of each subscription."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

from schoollib_xl.checks.check import Alike, Found, Gap, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.identifiers import DAY_IN_NUMBER
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.numerals import COUNT, whole_number
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.rules.likeness import says
from schoollib_xl.rules.periodicals import Issues, issues_due

_MISSING_ISSUE = rf"第(\d{{1,3}}|{COUNT})期"
# What came beside the issues that were due.
_MORE_CAME = ("增刊", "赠刊", "特刊", "专刊", "号外", "补寄", "多寄", "多送")
# Why fewer came out than its frequency tells.
_FEWER = ("停刊", "停办", "停出", "休刊", "合刊", "合期", "减刊")
# From so many others with one period on they are one order.
_AN_ORDER = 4
_A_YEAR = 366
# Days. Papers are ordered within the half year before they come; who pays late does so in the term after.
_LONG_OVER, _FAR_AHEAD = 60, 270
_ISSUES = "title frequency starts_on ends_on due_issues"


@check(
    "PER101",
    title="止订早于起订",
    message="《{title}》从 {starts_on} 订起，却订到 {ends_on} 止。",
    why="起止颠倒，该到几期就算不出来。",
    fix="先查订单上的起止日期，再把错的一个改正。",
    reads={PeriodicalRow: "title starts_on ends_on"},
)
def subscription_ends_before_it_starts(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.ends_on < row.starts_on:
            yield found(cell(row, "ends_on"), cell(row, "starts_on"))


@check(
    "PER201",
    title="金额不等于份数乘单价",
    message="《{title}》金额填 {amount}，{copies} 份×{price}是 {reckoned}，金额{gap}。",
    why="订费要和单据一样，一分也不能差。",
    fix="先查订单上的份数和一份的价钱，再把错的一个改正；单价写的是一期的价，就改成订满的价，或者空着。",
    reads={PeriodicalRow: "title copies price amount"},
    may_read={PeriodicalRow: "frequency starts_on ends_on"},
)
def amount_is_not_copies_times_price(library: Library) -> Iterator[Found]:
    priced = [(row, row.copies * row.price) for row in library[PeriodicalRow] if row.price is not None]
    amiss = [(row, reckoned) for row, reckoned in priced if row.amount != reckoned]
    # Many schools write down what an issue costs, as it is printed on it; where another line is right, one is a slip.
    by_issue = [one for one in amiss if len(amiss) == len(priced) and _is_of_an_issue(*one)]
    for row, reckoned in by_issue[:1]:
        others = folded((one for one, _ in by_issue), "price")
        told = f"是它的 {row.amount / reckoned:.0f} 倍，单价像是一期的价，一共 {len(by_issue)} 行这样"
        yield found(*others, cell(row, "amount"), severity=Severity.HINT, reckoned=reckoned, gap=told)
    for row, reckoned in amiss:
        if (row, reckoned) not in by_issue:
            gap = Gap(row.amount - reckoned, "元")
            yield found(cell(row, "amount"), cell(row, "copies"), cell(row, "price"), reckoned=reckoned, gap=gap)


def _is_of_an_issue(row: PeriodicalRow, reckoned: Decimal) -> bool:
    """Whether the price times the issues of the whole period comes to the amount."""
    is_known = reckoned > 0 and None not in (row.frequency, row.starts_on, row.ends_on)
    times = row.amount / reckoned if is_known else Decimal(1)
    return times > 1 and times == int(times) and int(times) in issues_due(row.frequency, row.starts_on, row.ends_on)


@check(
    "PER202",
    title="实到多于应到",
    message="《{title}》应到 {due} 期，实到 {received} 期，实到{gap}。",
    why="收到的比该到的还多，两个数总有一个不对。",
    fix="先数收到的各期；多的是增刊或补寄，就在备注里写“增刊”或“补寄”；不是，就改实到期数。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: f"{_ISSUES} received_issues"},
    may_read={PeriodicalRow: "missing_note remarks"},
)
def more_issues_than_due(library: Library) -> Iterator[Found]:
    for row in _rightly_due(library):
        is_told = any(says(text, *_MORE_CAME) for text in (row.remarks, row.missing_note))
        if row.received_issues > row.due_issues and not is_told:
            yield found(
                cell(row, "received_issues"),
                cell(row, "due_issues"),
                due=row.due_issues,
                received=row.received_issues,
                gap=Gap(row.received_issues - row.due_issues, "期"),
            )


@check(
    "PER203",
    title="缺期没有说明",
    message="《{title}》应到 {due} 期，实到 {received} 期，缺 {missing} 期，没有写缺期说明{alike}。",
    why="缺了哪几期不写下来，就没法向邮局补要，装订也不全。",
    fix="先查缺的是哪几期，向邮局查询补寄；再在缺期说明里写明哪几期、怎么办。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: f"{_ISSUES} received_issues missing_note"},
    may_read={PeriodicalRow: "remarks"},
)
def missing_issues_are_not_explained(library: Library) -> Iterator[Found]:
    # Where nearly all came short, what came in was not written down.
    return told_once(_come_short(library), len(library[PeriodicalRow]))


def _come_short(library: Library) -> Iterator[Found]:
    for row in _rightly_due(library):
        # 备注 tells as well why fewer came.
        if row.received_issues < row.due_issues and row.missing_note is None and not says(row.remarks, *_FEWER):
            yield found(
                cell(row, "missing_note"),
                cell(row, "received_issues"),
                due=row.due_issues,
                received=row.received_issues,
                missing=row.due_issues - row.received_issues,
            )


@check(
    "PER204",
    title="应到期数和刊期不合",
    message="《{title}》是{frequency}刊，到 {until} 该有 {fewest} 到 {most} 期，应到期数填 {due} 期{whole}{alike}。",
    why="应到期数不对，缺没缺期就看不出来。",
    fix="先看刊期和起止日期填对没有；都对，就照报刊目录数到截止日期的期数，改应到期数。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: f"{_ISSUES} received_issues"},
    may_read={PeriodicalRow: "missing_note remarks"},
)
def due_issues_do_not_fit(library: Library) -> Iterator[Found]:
    return told_once(_due_otherwise(library), len(library[PeriodicalRow]))


def _due_otherwise(library: Library) -> Iterator[Found]:
    amiss = [
        (row, expected)
        for row in library[PeriodicalRow]
        if row.starts_on <= row.ends_on and row.due_issues not in (expected := _expected(library, row))
        # Of one that stopped, or bound two issues in one, no more are due than came out.
        if row.due_issues > expected.most or not any(says(text, *_FEWER) for text in (row.remarks, row.missing_note))
    ]
    whole = [one for one, _ in amiss if one.due_issues in issues_due(one.frequency, one.starts_on, one.ends_on)]
    for row, expected in amiss:
        # The issues of the whole period are one way to keep the column, told once.
        if row not in whole[1:]:
            others = folded(whole, "due_issues")[1:] if row in whole else []
            told = f"，那是订满的期数，一共 {len(whole)} 行这样" if row in whole else ""
            # Nothing due and nothing received: the card was opened and not kept since: late, and no contradiction.
            is_not_begun = row.due_issues == row.received_issues == 0
            yield found(
                cell(row, "due_issues"),
                cell(row, "frequency"),
                *others,
                severity=Severity.HINT if is_not_begun else None,
                until=min(row.ends_on, _cut_offs(library)[1]),
                fewest=expected.fewest,
                most=expected.most,
                due=row.due_issues,
                whole=told,
            )


def _rightly_due(library: Library) -> Iterator[PeriodicalRow]:
    """Subscriptions whose 应到期数 can be right; the others are told of already (PER101, PER204)."""
    for row in library[PeriodicalRow]:
        if row.starts_on <= row.ends_on and row.due_issues in _expected(library, row):
            yield row


def _expected(library: Library, row: PeriodicalRow) -> Issues:
    """The issues due by 截止日期 or by the day of the check: the card may be kept up to either."""
    earlier, later = _cut_offs(library)
    fewest = issues_due(row.frequency, row.starts_on, min(row.ends_on, earlier)).fewest
    most = issues_due(row.frequency, row.starts_on, min(row.ends_on, later)).most
    return Issues(fewest, most)


def _cut_offs(library: Library) -> tuple[date, date]:
    """截止日期 and the day of the check, the earlier first."""
    cut_off = library.school.cut_off or library.as_of
    return min(cut_off, library.as_of), library.school.kept_until(library.as_of)


@check(
    "PER211",
    title="缺的一期不在订的期数里",
    message="《{title}》写着“{missing_note}”，从 {starts_on} 到 {ends_on} 没有第 {number} 期。",
    why="期号写错了，就补不到缺的那一期。",
    fix="先看收到的各期是第几期，再改期号；期号是从创刊算起的，写成“总第几期”。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title frequency starts_on ends_on missing_note"},
)
def missing_issue_of_another_time(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow].saying("missing_note"):
        note = "".join((row.missing_note or "").split())
        # Days the wrong way round are PER101.
        if "第" not in note or "总" in note or row.ends_on < row.starts_on:
            continue
        numbers = map(whole_number, re.findall(_MISSING_ISSUE, note))
        of_year = date(row.starts_on.year, 1, 1)
        # Counted from the first issue of the year or of the order; a double or an extra one moves it.
        before, until = (max(issues_due(row.frequency, of_year, day)) for day in (row.starts_on, row.ends_on))
        ordered = max(issues_due(row.frequency, row.starts_on, row.ends_on))
        for number in numbers:
            if number and not (number <= ordered + 1 or before - 1 <= number <= until + 1):
                yield found(cell(row, "missing_note"), cell(row, "starts_on"), number=number)


@check(
    "PER213",
    title="起止日期和同一张订单的别的报刊不一样",
    message="《{title}》是 {starts_on} 到 {ends_on}，同一张订单 {voucher_no} 别的 {count} 种都是 {usual}。",
    why="一张订单订的是同一段时间，差了，应到期数就算不准。",
    fix="先看订单；日期写错就改正，真是另订的一段，在备注里写“补订”。",
    severity=Severity.HINT,
    reads={PeriodicalRow: "title starts_on ends_on voucher_no"},
    may_read={PeriodicalRow: "remarks"},
)
def another_period_than_its_order(library: Library) -> Iterator[Found]:
    for number, rows in group_by(library[PeriodicalRow], "voucher_no").items():
        spans = Counter((row.starts_on, row.ends_on) for row in rows)
        usual, count = spans.most_common(1)[0]
        if not number or count < _AN_ORDER or sum(spans.values()) - count > 1:
            continue
        for row in rows:
            # One that ends before it begins, or years later, is told of there (PER101, PER103).
            is_told = (row.starts_on, row.ends_on) == usual or not 0 <= (row.ends_on - row.starts_on).days <= _A_YEAR
            if not is_told and not says(row.remarks, "补订", "起订", "续订", "停刊", "中途"):
                first = next(one for one in rows if (one.starts_on, one.ends_on) == usual)
                name = "starts_on" if row.starts_on != usual[0] else "ends_on"
                said = " 到 ".join(f"{day.year}年{day.month}月{day.day}日" for day in usual)
                yield found(cell(row, name), cell(first, name), count=count, usual=said)


@check(
    "PER214",
    title="订期和订单的日子差得远",
    message="《{title}》订的是 {starts_on} 到 {ends_on}，订单 {voucher_no} 却是 {ordered} 的{alike}。",
    why="报刊先订后看；年份写错了，应到期数、报刊种数和征订金额都算到别的一年去。",
    fix="先看订单；起止日期写错就改正，单据号抄错就改号；真是以后补付的，在备注里写明。",
    severity=Severity.HINT,
    reads={PeriodicalRow: "title starts_on ends_on voucher_no"},
    may_read={CashRow: "booked_on voucher_no", PeriodicalRow: "remarks"},
)
def period_of_another_year_than_its_order(library: Library) -> Iterator[Found]:
    booked = group_by(library[CashRow].saying("voucher_no"), "voucher_no")
    for number, rows in group_by(library[PeriodicalRow].saying("voucher_no"), "voucher_no").items():
        paid = [*(entry.booked_on for entry in booked.get(number, ())), *_day_in(number)]
        far = [row for row in rows if paid and not row.remarks and all(_is_far(row, day) for day in paid)]
        if far and len(far) == len(rows):
            at, *others = folded(far, "starts_on")
            yield found(at, cell(far[0], "voucher_no"), *others, ordered=paid[0], alike=Alike(len(far) - 1))


def _is_far(row: PeriodicalRow, day: date) -> bool:
    """Whether it had long ended when it was ordered, or begins most of a year later."""
    return (day - row.ends_on).days > _LONG_OVER or (row.starts_on - day).days > _FAR_AHEAD


def _day_in(number: str) -> Iterator[date]:
    with suppress(ValueError):
        yield from map(date.fromisoformat, DAY_IN_NUMBER.findall(number))
