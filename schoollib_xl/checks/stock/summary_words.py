"""总括登记账 (SUM): what the words of a batch say against its own figures and against 注销登记账."""

from collections import Counter
from collections.abc import Iterator

from schoollib_xl.checks.check import Alike, Found, Gap, Named, Severity, check, folded, found
from schoollib_xl.checks.stock.batches import withdrawal_batches
from schoollib_xl.ledgers.identifiers import batch_parts, is_numbered
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.summary import SOURCES, SummaryRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED, correcting, is_red
from schoollib_xl.rules.likeness import bare, same_name, says

_DESTINATIONS = frozenset(reason.value for reason in WithdrawalReason)
# What is 报废 to some is 剔旧 to others and 破损 to the rest.
_SCRAPPED = frozenset({WithdrawalReason.WEEDED.value, WithdrawalReason.WORN_OUT.value})
_FROM_ELSEWHERE = (SourceOrDestination.PURCHASE, SourceOrDestination.ALLOCATION)
_TO_OTHERS = (SourceOrDestination.TRANSFERRED, SourceOrDestination.OTHER, None)


@check(
    "SUM004",
    title="收支和来源或去向合不到一起",
    message="{batch_no} 的收支是{flow}，来源或去向填的是{source}。",
    why="入藏写从哪里来，注销写到哪里去；写反了，累计就加减错了。",
    fix="先看单据是进书还是出书；收支写错就改收支，来源或去向写错就改它。",
    reads={SummaryRow: "batch_no flow source"},
)
def source_does_not_fit_flow(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow]:
        fitting = _DESTINATIONS if row.flow is Flow.OUT else SOURCES
        # What an opening stock once came from is often not known, and then anything stands there.
        if row.flow is not Flow.OPENING and row.source and row.source not in fitting:
            yield found(cell(row, "source"), cell(row, "flow"))


@check(
    "SUM005",
    title="验收人就是经手人",
    message="{batch_no} 的经手人和验收人都是{handled_by}{alike}。",
    why="一个人经手，另一个人验收，账才有人复核。",
    fix="先看单据上是谁验收的，再改验收人；没有别人验收过，就另找一人补验，填他的名字。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no handled_by received_by"},
)
def received_by_the_one_who_handled(library: Library) -> Iterator[Found]:
    alone = [row for row in library[SummaryRow] if row.received_by and same_name(row.handled_by or "", row.received_by)]
    # Where most have nobody else it is one matter.
    for rows in [alone] if len(alone) * 2 > len(library[SummaryRow]) > 2 else [[row] for row in alone]:
        at, *others = folded(rows, "received_by")
        yield found(at, cell(rows[0], "handled_by"), *others, alike=Alike(len(others), are_lines=True))


@check(
    "SUM006",
    title="一个单据号有两家供货单位",
    message="单据 {voucher_no} 在 {batch_no} 是{supplier}，在 {other} 是{other_supplier}。",
    why="一张单据只有一家开出，号或单位总有一个写错了。",
    fix="先找这两批的单据，再改写错的单据号或供货单位。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no voucher_no supplier"},
)
def voucher_of_two_suppliers(library: Library) -> Iterator[Found]:
    filled = (row for row in library[SummaryRow] if is_numbered(row.voucher_no) and row.supplier)
    for rows in group_by(sorted(filled, key=lambda row: row.line), "voucher_no").values():
        first = rows[0]
        for row in rows[1:]:
            if _differ(row.supplier, first.supplier):
                at, other = cell(row, "voucher_no"), cell(first, "supplier")
                yield found(at, other, other=first.batch_no, other_supplier=first.supplier)


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two names of a supplier are neither the same nor one the other's short form."""
    a, b = bare(one or ""), bare(other or "")
    return a not in b and b not in a


@check(
    "SUM016",
    title="注销的一批写了起止号",
    message="{batch_no} 是注销，个别号起、止填了 {first_no} 和 {last_no}。",
    why="注销的书号不连着，起止号会和入藏的号段弄混。",
    fix="先看这一批是入藏还是注销；是注销就把起止号清空，号记在注销登记账里；是入藏就改收支。",
    severity=Severity.HINT,
    reads={SummaryRow: "batch_no flow first_no last_no"},
)
def withdrawal_with_range(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow]:
        if row.flow is Flow.OUT and (row.first_no or row.last_no):
            yield found(cell(row, "first_no" if row.first_no else "last_no"), cell(row, "flow"))


@check(
    "SUM102",
    title="总括登记号的年份和登记日期不一样",
    message="{batch_no} 登记在 {registered_on}，号里的年份和日期不一样。",
    why="总括登记号每年从头编，年份错了就排到别的年里去了。",
    fix="先看单据上的日期；日期写错就改日期，号写错就改号，个别登记账里同一批的号也跟着改。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no registered_on flow"},
    may_read=RED,
)
def number_of_another_year(library: Library) -> Iterator[Found]:
    table, corrections = library[SummaryRow], library.derive(correcting)
    numbered = [(row, parts) for row in table if row.line not in corrections and (parts := batch_parts(row.batch_no))]
    dated = [(row, parts[0]) for row, parts in numbered if row.flow is not Flow.OPENING]
    amiss = [row for row, year in dated if year != row.registered_on.year]
    # A school that numbers by school years, or in its own way, does so throughout.
    for row in amiss if len(amiss) * 3 < len(dated) else ():
        yield found(cell(row, "registered_on"), cell(row, "batch_no"))


@check(
    "SUM222",
    title="种数多于册数",
    message="{batch_no} 有 {titles} 种、{copies} 册，种数{gap}。",
    why="一种至少一册，种数不会比册数多。",
    fix="先数这一批的书；两个数填反了就对调，写错了就改正。",
    reads={SummaryRow: "batch_no titles copies"},
    may_read=RED,
)
def more_titles_than_copies(library: Library) -> Iterator[Found]:
    for row in library[SummaryRow]:
        if is_red(row):
            continue
        if row.titles is not None and row.titles > row.copies:
            gap = Gap(row.titles - row.copies, "种")
            yield found(cell(row, "titles"), cell(row, "copies"), gap=gap)
        elif row.titles == 0 and row.copies:
            yield found(cell(row, "titles"), cell(row, "copies"), gap=Gap(-1, "种"))


@check(
    "SUM223",
    title="不花钱来的书填了实洋",
    message="{batch_no} 的来源是{source}，实洋填了 {paid_value}。",
    why="捐赠、赔书、合订都不付钱，填了实洋，经费就对不上。",
    fix="先看单据；没有付钱就把实洋清空，付了钱的就改来源，付的是运费就在备注里写“运费”。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no flow source paid_value remarks"},
)
def paid_for_a_gift(library: Library) -> Iterator[Found]:
    free = (SourceOrDestination.DONATION, SourceOrDestination.REPLACEMENT, SourceOrDestination.BINDING)
    for row in library[SummaryRow]:
        is_free = row.flow is Flow.IN and row.source in free
        if is_free and row.paid_value and not says(row.remarks, "运费", "装订费", "邮费", "加工费", "折价"):
            yield found(cell(row, "paid_value"), cell(row, "source"))


@check(
    "SUM355",
    title="去向和注销原因不一样",
    message="{batch_no} 的去向是{source}，注销账这一批没有一册是这个原因，写的是{reasons}。",
    why="一批书为什么注销，两本账要说的一样。",
    fix="先看批准文件；总括账写错就改去向，注销账写错就改注销原因。",
    severity=Severity.WARNING,
    reads={SummaryRow: "batch_no flow source", WithdrawalRow: "withdrawal_no accession_no reason"},
    may_read=RED,
)
def destination_differs(library: Library) -> Iterator[Found]:
    for batch, rows in withdrawal_batches(library):
        reasons = Counter(row.reason.value for row in rows)
        is_named = batch.source in _DESTINATIONS and batch.source is not SourceOrDestination.OTHER
        if reasons and is_named and batch.source not in reasons:
            others = tuple(reason for reason, _ in reasons.most_common())
            severity = Severity.HINT if _SCRAPPED.issuperset((str(batch.source), *others)) else None
            yield found(cell(batch, "source"), cell(rows[0], "reason"), severity=severity, reasons=others)


@check(
    "SUM356",
    title="一批里有几册的注销原因不一样",
    message="{batch_no} 的去向是{source}，注销账有 {count} 册的原因是{reason}{numbers}。",
    why="几种原因并成一批也可以，抄错了一册就要改。",
    fix="先看批准文件；抄错了就改注销原因，真是几种原因并成一批的就不用动。",
    severity=Severity.HINT,
    reads={SummaryRow: "batch_no flow source", WithdrawalRow: "withdrawal_no accession_no reason"},
    may_read=RED,
)
def reasons_differ_within_a_batch(library: Library) -> Iterator[Found]:
    for batch, rows in withdrawal_batches(library):
        if not any(row.reason.value == batch.source for row in rows):
            continue
        for reason, others in group_by(sorted(rows, key=lambda row: row.line), "reason").items():
            if reason.value != batch.source:
                numbers = Named(tuple(row.accession_no for row in others))
                at, other = cell(others[0], "reason"), cell(batch, "source")
                yield found(at, other, count=len(others), numbers=numbers, reason=reason)


@check(
    "SUM007",
    title="供货单位和来源合不到一起",
    message="{batch_no} 的来源是{source}，供货单位“{supplier}”{otherwise}。",
    why="来源填错了，买的、送的就分不清，经费也对不上。",
    fix="先看单据是发票、调拨单还是捐赠清单；来源填错就改来源，单位填错就改单位；真是这一家送的不用动。",
    severity=Severity.HINT,
    reads={SummaryRow: "batch_no flow source supplier"},
    may_read={SummaryRow: "paid_value", SettingRow: "item value"},
)
def supplier_of_another_source(library: Library) -> Iterator[Found]:
    came = [row for row in library[SummaryRow] if row.flow is Flow.IN and row.supplier]
    suppliers = group_by(came, "source")
    own_name = library.school.name or ""
    for supplier, rows in group_by(came, "supplier").items():
        for row in rows:
            others = [one for one in rows if one is not row]
            is_free = row.source is SourceOrDestination.DONATION and not row.paid_value
            usual = {one.source for one in others}
            if row.source in _FROM_ELSEWHERE and same_name(supplier, own_name):
                yield found(cell(row, "supplier"), cell(row, "source"), otherwise="就是本校")
            # A shop gives now and then, and is paid nothing for it.
            elif len(usual) == 1 and row.source not in usual and not is_free and _is_sure(row, others, suppliers):
                otherwise = f"别的几批都是{others[0].source}"
                yield found(cell(row, "source"), cell(row, "supplier"), otherwise=otherwise)


def _is_sure(
    row: SummaryRow, others: list[SummaryRow], by_source: dict[SourceOrDestination | None, list[SummaryRow]]
) -> bool:
    """Whether it is this batch that is wrong: one other of the supplier may be it as well, unless all others that came
    so, two at least, came from somebody else.
    """
    alike = [one for one in by_source[row.source] if one is not row]
    return len(others) > 1 or (
        len(alike) > 1 and {one.supplier for one in alike} == {alike[0].supplier} - {row.supplier}
    )


@check(
    "SUM017",
    title="注销的一批填了入藏才有的栏",
    message="{batch_no} 是注销，“{header}”却填着 {value}。",
    why="注销没有供货单位，也不付书款；填了，买书的经费和实洋合计就多算了。",
    fix="先看这一批是不是入藏；是入藏就改收支；真是注销，把这一格清空，变卖的钱记在经费登记里。",
    severity=Severity.HINT,
    reads={SummaryRow: "batch_no flow"},
    may_read={SummaryRow: "paid_value voucher_no supplier source"},
)
def bought_and_written_off(library: Library) -> Iterator[Found]:
    came = [row for row in library[SummaryRow] if row.flow is Flow.IN]
    vouchers, suppliers = ({getattr(row, name) for row in came} - {None} for name in ("voucher_no", "supplier"))
    for row in library[SummaryRow]:
        # Who books were handed over to may have sent others before.
        is_supplied = row.supplier in suppliers and row.source not in _TO_OTHERS
        amiss = {"paid_value": row.paid_value, "voucher_no": row.voucher_no in vouchers, "supplier": is_supplied}
        name = next((name for name, is_amiss in amiss.items() if is_amiss), None)
        if row.flow is Flow.OUT and name:
            header, value = header_of(SummaryRow, name), getattr(row, name)
            yield found(cell(row, name), cell(row, "flow"), header=header, value=value)


@check(
    "SUM018",
    title="一张单据有两种来源",
    message="单据 {voucher_no} 在 {batch_no} 的来源是{source}，在 {other} 是{other_source}。",
    why="一张发票或清单只说一种来源，号或来源多半有一个写错了。",
    fix="先找这张单据；号写错就改号，来源写错就改来源；买书时一起送的不用动。",
    severity=Severity.HINT,
    reads={SummaryRow: "batch_no flow source voucher_no"},
    may_read={SummaryRow: "supplier"},
)
def voucher_of_two_sources(library: Library) -> Iterator[Found]:
    came = sorted(
        (row for row in library[SummaryRow] if row.flow is Flow.IN and row.voucher_no), key=lambda row: row.line
    )
    for first, *others in group_by(came, "voucher_no").values():
        for row in others:
            # Of two suppliers that is told of there (SUM006).
            is_of_one = row.supplier is None or first.supplier is None or not _differ(row.supplier, first.supplier)
            if row.source is not first.source and is_of_one:
                at, beside = cell(row, "voucher_no"), cell(first, "source")
                yield found(at, cell(row, "source"), beside, other=first.batch_no, other_source=first.source)
