"""修补登记 (RPR): what went to be mended, when, and whether it came back."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.stock.batches import unknown_copies
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, group_by, grouped, in_order
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Incident, Settlement
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import says

# A book sent before the summer holiday is back in autumn; one away longer than half a year is forgotten.
_LONG_AWAY = 183
_LOAN = "loan_no lent_on accession_no returned_on outcome"


@check(
    "RPR101",
    title="归架早于送修",
    message="{accession_no} 在 {reshelved_on} 归架，可是 {sent_on} 才送修。",
    why="先后颠倒，就说不清书现在在架上还是在修。",
    fix="先核对两个日期，再把写错的改正。",
    reads={RepairRow: "accession_no sent_on reshelved_on"},
)
def reshelved_before_sent(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        if row.reshelved_on and row.reshelved_on < row.sent_on:
            yield found(cell(row, "reshelved_on"), cell(row, "sent_on"))


@check(
    "RPR102",
    title="还没归架又送修",
    message="{accession_no} 在 {sent_on} 送修时，前一次 {before} 送修还没有归架。",
    why="一册书不会同时修两次，前一次多半漏填了归架日期。",
    fix="先看前一次归架在哪天，补填归架日期；记了两遍的，就把后一行移出修补登记。",
    severity=Severity.WARNING,
    reads={RepairRow: "accession_no sent_on reshelved_on"},
)
def sent_again_before_reshelved(library: Library) -> Iterator[Found]:
    for rows in group_by(library[RepairRow], "accession_no").values():
        in_order = sorted(rows, key=lambda row: (row.sent_on, row.line))
        for before, row in pairwise(in_order):
            if before.reshelved_on is None or before.reshelved_on > row.sent_on:
                yield found(cell(row, "sent_on"), cell(before, "reshelved_on"), before=before.sent_on)


@check(
    "RPR103",
    title="送修早于登记",
    message="{accession_no} 在 {sent_on} 送修，可是到 {accessioned_on} 才登记。",
    why="还没入账的书谈不上送修，多半是号或日期写错了。",
    fix="先对照书上的号；号没有错，就核对送修日期和登记日期。",
    severity=Severity.WARNING,
    reads={
        RepairRow: "accession_no sent_on",
        AccessionRow: "accession_no accessioned_on batch_no",
        SummaryRow: "batch_no flow",
    },
)
def sent_before_accession(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        copy = library.copies.get(row.accession_no)
        if copy and row.sent_on < copy.held_from and not library.is_opening(copy):
            yield found(cell(row, "sent_on"), cell(copy, "accessioned_on"))


@check(
    "RPR104",
    title="修了半年以上才归架",
    message="{accession_no} 在 {sent_on} 送修，{reshelved_on} 归架，隔了 {days} 天{alike}。",
    why="修一册书很少要半年，多半有一个日期的年份或月份写错了。",
    fix="先问修补人；日期写错就改正，真修了这么久，就写进“差异说明”。",
    severity=Severity.HINT,
    reads={RepairRow: "accession_no sent_on reshelved_on"},
)
def back_after_half_a_year(library: Library) -> Iterator[Found]:
    late = [row for row in library[RepairRow] if row.reshelved_on and _days_away(row) > _LONG_AWAY]
    for rows in grouped(late, lambda row: (row.sent_on, row.reshelved_on)).values():
        at, *others = folded(rows, "sent_on")
        yield found(at, cell(rows[0], "reshelved_on"), *others, days=_days_away(rows[0]), alike=Alike(len(rows) - 1))


def _days_away(row: RepairRow) -> int:
    return (row.reshelved_on - row.sent_on).days if row.reshelved_on else 0


@check(
    "RPR301",
    title="送修的书账上没有",
    message="修补登记的 {accession_no}，个别登记账里查不到。",
    why="查不到这个号，就不知道修的是哪一册。",
    fix="先对照书上的号，抄错了就改正；没有抄错，就查是不是漏登。",
    reads={RepairRow: "accession_no", AccessionRow: "accession_no"},
)
def repair_of_unknown_copy(library: Library) -> Iterator[Found]:
    return unknown_copies(library, library[RepairRow])


@check(
    "RPR302",
    title="注销的书又送修",
    message="{accession_no} 已在 {withdrawn_on} 注销，{sent_on} 又送修。",
    why="注销的书不再修补，多半是号抄错了。",
    fix="先对照书上的号；号没有错，就核对送修日期和注销日期。",
    severity=Severity.WARNING,
    reads={RepairRow: "accession_no sent_on", AccessionRow: "accession_no withdrawn_on"},
)
def repair_after_withdrawal(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        copy = library.copies.get(row.accession_no)
        if copy and copy.withdrawn_on and copy.withdrawn_on <= row.sent_on:
            yield found(cell(row, "accession_no"), cell(copy, "withdrawn_on"))


@check(
    "RPR306",
    title="报失的书又送修",
    message="{accession_no} 在 {registered_on} 报失（{incident_no}），{sent_on} 又送修。",
    why="丢了的书不会送修，不是号抄错了，就是书找到了，赔的钱或书还没有交代。",
    fix="先对照书上的号，抄错了就改正；确实找到了，就在赔偿登记账填退款日期，或者在备注里写“找回”。",
    severity=Severity.WARNING,
    reads={
        RepairRow: "accession_no sent_on",
        CompensationRow: "incident_no registered_on accession_no incident refunded_on",
        AccessionRow: "accession_no withdrawn_on",
    },
    may_read={CompensationRow: "remarks"},
)
def mended_after_it_was_lost(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        for one in library.incidents_by_copy.get(row.accession_no, ()):
            is_lost = one.incident is Incident.LOST and one.registered_on < row.sent_on
            # One written off by then is RPR302.
            copy = library.copies.get(row.accession_no)
            is_gone = copy is not None and copy.withdrawn_on is not None and copy.withdrawn_on <= row.sent_on
            if is_lost and not is_gone and one.refunded_on is None and not says(one.remarks, "找", "还回"):
                yield found(cell(row, "accession_no"), cell(one, "registered_on"))
                break


@check(
    "RPR303",
    title="在修的书借了出去",
    message="{accession_no} 在 {sent_on} 送修，{lent_on} 又在读者手里（{loan_no}）。",
    why="一册书不能又在修又在读者手里。",
    fix="先看书在哪里；归架了就改归架日期，没借出去就改借阅登记账的号或日期。",
    severity=Severity.WARNING,
    reads={RepairRow: "accession_no sent_on reshelved_on", LoanRow: _LOAN},
)
def lent_while_mended(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        for loan in library.loans_by_copy.get(row.accession_no, ()):
            if _is_out_meanwhile(loan, row):
                yield found(cell(row, "accession_no"), cell(loan, "lent_on"))
                break


def _is_out_meanwhile(loan: LoanRow, row: RepairRow) -> bool:
    """Whether the copy was with a reader between the days it went and came back; the days themselves are both."""
    reshelved = row.reshelved_on or date.max
    back = loan.returned_on or (date.max if loan.is_open else loan.lent_on)
    return loan.lent_on < reshelved and back > row.sent_on and row.sent_on <= reshelved


@check(
    "RPR304",
    title="在修的书盘点时在架上",
    message="{accession_no} 在 {sent_on} 送修，{counted_on} 还没有归架，那天盘点却在架上{alike}。",
    why="书在架上就不在修，归架日期多半漏填了。",
    fix="先到架上找这一册；在架就填归架日期，不在就核对盘点记录的号。",
    severity=Severity.WARNING,
    reads={RepairRow: "accession_no sent_on reshelved_on", StocktakeRow: "accession_no counted_on"},
)
def on_the_shelf_while_mended(library: Library) -> Iterator[Found]:
    amiss = [row for row in library[RepairRow] if _seen_meanwhile(library, row)]
    # Where nobody ever fills the column, that is one matter.
    is_kept = any(library[RepairRow].distinct("reshelved_on") - {None})
    for rows in [[row] for row in amiss] if is_kept else filter(None, [amiss]):
        at, *others = folded(rows, "reshelved_on")
        seen = _seen_meanwhile(library, rows[0])
        yield found(at, cell(seen[0], "counted_on"), *others, alike=Alike(len(rows) - 1))


def _seen_meanwhile(library: Library, row: RepairRow) -> list[StocktakeRow]:
    """The scans of a copy between the days it went and came back."""
    reshelved = row.reshelved_on or date.max
    scans = library.derive(_scans_by_copy).get(row.accession_no, ())
    return [scan for scan in scans if row.sent_on < scan.counted_on < reshelved]


def _scans_by_copy(library: Library) -> dict[str, list[StocktakeRow]]:
    scans, repaired = library[StocktakeRow], library[RepairRow].distinct("accession_no")
    return group_by(scans.among("accession_no", repaired), "accession_no")


@check(
    "RPR305",
    title="送修的不是报损的那一册",
    message="{incident_no} 报损修补的是 {damaged}，修补登记里没有；同一天送修的是 {accession_no}，没有人报损。",
    why="号抄错一处，就说不清修的是哪一册，真在修的书会当成在架。",
    fix="先看修好的书上的号；修补登记抄错就改它，赔偿登记账抄错就改那里；是两册书，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={
        RepairRow: "accession_no sent_on",
        CompensationRow: "incident_no registered_on accession_no settlement",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no",
    },
)
def another_copy_mended(library: Library) -> Iterator[Found]:
    repaired, reported = library[RepairRow].distinct("accession_no"), library[CompensationRow].distinct("accession_no")
    known = library.known_copies
    # One that is not in the books is RPR301, one written off RPR302.
    others = known - reported - library.written_off_copies.keys()
    strangers = library[RepairRow].among("accession_no", others)
    by_day = group_by(strangers, "sent_on")
    lacking = [
        row
        for row in library[CompensationRow]
        if row.settlement is Settlement.REPAIR and row.accession_no in known and row.accession_no not in repaired
    ]
    for day, incidents in group_by(lacking, "registered_on").items():
        # A parcel of several says nothing of any one of them.
        if len(incidents) == len(by_day.get(day, ())) == 1:
            (incident,), (repair,) = incidents, by_day[day]
            at, other = cell(repair, "accession_no"), cell(incident, "accession_no")
            yield found(at, other, damaged=incident.accession_no)


@check(
    "RPR901",
    title="送修半年还没有归架",
    message="{accession_no} 在 {sent_on} 送修，过了 {days} 天还没有归架{alike}。",
    why="送修的书读者借不到，日子一长容易忘了取回来。",
    fix="先问修补人书在哪里；已经归架的，补填归架日期；修不好的，报批注销。",
    severity=Severity.HINT,
    reads={
        RepairRow: "accession_no sent_on reshelved_on",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no",
    },
    may_read={LoanRow: _LOAN, StocktakeRow: "accession_no counted_on"},
)
def away_for_half_a_year(library: Library) -> Iterator[Found]:
    # Of a copy that was sent again only the last time can still be open (RPR102).
    last = {row.accession_no: row for row in in_order(library[RepairRow], "sent_on")}
    long_away = [row for row in last.values() if _is_long_away(library, row)]
    # What went in one parcel is asked for at once.
    for day, rows in group_by(long_away, "sent_on").items():
        days = (library.as_of - day).days
        yield found(*folded(rows, "reshelved_on"), days=days, alike=Alike(len(rows) - 1))


def _is_long_away(library: Library, row: RepairRow) -> bool:
    """Whether a copy is away too long and nothing says that it is back (RPR303, RPR304) or written off."""
    if row.reshelved_on or (library.as_of - row.sent_on).days <= _LONG_AWAY:
        return False
    loans = library.loans_by_copy.get(row.accession_no, ())
    came_back = any(_is_out_meanwhile(loan, row) for loan in loans) or _seen_meanwhile(library, row)
    return not came_back and row.accession_no not in library.written_off_copies
