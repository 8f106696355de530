"""盘点记录 (STK): what the stocktakes found against what the books say should be there."""

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Condition, LoanMode
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.shelves import Count, Shelves

_OUT = {
    LoanRow: "accession_no lent_on returned_on outcome",
    CompensationRow: "accession_no incident registered_on refunded_on",
}


@check(
    "STK001",
    title="一次盘点中同一册记了两回",
    message="{accession_no} 这次盘点记了 {times} 回，前面已经记过。",
    why="记两回可能是两册书贴了同一个号。",
    fix="先到架上看是不是两册书同号；是，就把其中一册改成它自己的号；只是多记了一回，就写进“差异说明”。",
    severity=Severity.WARNING,
    reads={StocktakeRow: "counted_on accession_no"},
)
def scanned_twice(library: Library) -> Iterator[Found]:
    for stocktake in library.derive(Shelves).stocktakes:
        counted = Counter(map(attrgetter("accession_no"), stocktake.scans))
        if len(counted) == len(stocktake.scans):
            continue
        repeated = [scan for scan in stocktake.scans if counted[scan.accession_no] > 1]
        for number, (first, *again) in group_by(repeated, "accession_no").items():
            if again:
                others = (cell(row, "accession_no") for row in (first, *again[1:]))
                yield found(cell(again[0], "accession_no"), *others, accession_no=number, times=1 + len(again))


@check(
    "STK101",
    title="盘点时还没有登记",
    message="{accession_no} 在 {counted_on} 盘点时已在架上，可是到 {accessioned_on} 才登记。",
    why="没有登记的书不算馆藏，盘点的数会比账多。",
    fix="先核对盘点日期和登记日期，写错的改正；没有错，就把登记晚的原因写进“差异说明”。",
    severity=Severity.WARNING,
    reads={StocktakeRow: "counted_on accession_no", AccessionRow: "accession_no accessioned_on"},
)
def scanned_before_accession(library: Library) -> Iterator[Found]:
    for stocktake in library.derive(Shelves).stocktakes:
        # New books may stand on the shelf while their batch is still being entered.
        later = {no: copy for no, copy in library.copies.items() if copy.held_from > stocktake.last_day}
        for scan in stocktake.scans if later else ():
            if copy := later.get(scan.accession_no):
                yield found(
                    cell(scan, "counted_on"),
                    cell(copy, "accessioned_on"),
                    accession_no=scan.accession_no,
                    counted_on=scan.counted_on,
                    accessioned_on=copy.accessioned_on,
                )


@check(
    "STK201",
    title="盘亏：账上在架，盘点没有看到",
    message="《{title}》（{accession_no}）账上在架，{last_day} 的盘点没有看到。",
    why="账上有、架上没有，就是账物不符。",
    fix="先到书架和还书箱里再找，找到了补记盘点；找不到，就查借阅登记有没有漏记，再报批注销。",
    reads={
        AccessionRow: "accession_no accessioned_on title location withdrawn_on",
        WithdrawalRow: "accession_no withdrawn_on",
        StocktakeRow: "counted_on accession_no place",
        RepairRow: "accession_no sent_on reshelved_on",
        **_OUT,
    },
)
def missing(library: Library) -> Iterator[Found]:
    shelves = library.derive(Shelves)
    unsure = _on_incomplete_lines(library)
    for count in shelves.counts:
        last_day = count.stocktake.last_day
        for copy in count.missing:
            # A copy written off since has been dealt with.
            if not library.written_off(copy) and copy.accession_no not in unsure:
                yield found(
                    cell(copy, "accession_no"),
                    cell(copy, "location"),
                    severity=_how_sure(library, count, copy),
                    title=copy.title,
                    accession_no=copy.accession_no,
                    last_day=last_day,
                )


def _on_incomplete_lines(library: Library) -> set[str]:
    """Numbers on lines that could not be read whole and may say where the copy was."""
    where = (LoanRow, CompensationRow, WithdrawalRow, RepairRow, StocktakeRow)
    return {row.values.get("accession_no") or "" for row_type in where for row in library[row_type].incomplete}


def _repairs_by_copy(library: Library) -> dict[str, list[RepairRow]]:
    return group_by(library[RepairRow], "accession_no")


def _how_sure(library: Library, count: Count, copy: AccessionRow) -> Severity | None:
    """A hint where the copy was seen or lent later on; a doubt where it came back during the stocktake."""
    first_day, last_day = count.stocktake.first_day, count.stocktake.last_day
    loans = library.loans_by_copy.get(copy.accession_no, ())
    later_scan = library.derive(Shelves).latest_scans.get(copy.accession_no)
    if (later_scan and later_scan.counted_on > last_day) or any(loan.lent_on > last_day for loan in loans):
        return Severity.HINT
    repairs = library.derive(_repairs_by_copy).get(copy.accession_no, ())
    came_back = [copy.held_from, *(loan.returned_on for loan in loans), *(row.reshelved_on for row in repairs)]
    return Severity.WARNING if any(day and first_day <= day <= last_day for day in came_back) else None


@check(
    "STK301",
    title="盘盈：架上有，账上没有",
    message="盘点看到 {accession_no}，个别登记账里查不到这个号。",
    why="架上有、账上没有，不是漏登就是号写错了。",
    fix="先对照书上的号，抄错了就改正；没有抄错，就查单据补登到个别登记账。",
    reads={StocktakeRow: "accession_no", AccessionRow: "accession_no"},
)
def surplus(library: Library) -> Iterator[Found]:
    if library[AccessionRow].all_say("accession_no"):
        for scan in library[StocktakeRow]:
            if scan.accession_no not in library.known_copies:
                yield found(cell(scan, "accession_no"), accession_no=scan.accession_no)


@check(
    "STK302",
    title="盘盈：已注销的书还在架上",
    message="{accession_no} 已在 {withdrawn_on} 注销，{counted_on} 盘点时还在架上。",
    why="注销的书留在架上，会被再借出去。",
    fix="先核对号有没有抄错，抄错就改正；没有抄错，就下架盖注销章，写进“差异说明”。",
    reads={
        StocktakeRow: "counted_on accession_no",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no withdrawn_on",
    },
)
def withdrawn_on_shelf(library: Library) -> Iterator[Found]:
    scans = library.derive(Shelves).scans_by_copy
    for number, row in library.written_off_copies.items():
        for scan in scans.get(number, ()):
            # Stocktake and write-off are often done on one day.
            if row.withdrawn_on and row.withdrawn_on < scan.counted_on:
                yield found(
                    cell(scan, "accession_no"),
                    cell(row, "withdrawn_on"),
                    accession_no=number,
                    withdrawn_on=row.withdrawn_on,
                    counted_on=scan.counted_on,
                )


@check(
    "STK303",
    title="在借的书却在架上",
    message="{accession_no} 在 {lent_on} 借出还没还（{loan_no}），{counted_on} 盘点时却在架上。",
    why="书已经回来，借阅账还没有销，读者会被催还。",
    fix="先看书上的号对不对；书确实回来了，就在借阅登记账补填归还日期，不晚于盘点那天。",
    reads={
        StocktakeRow: "counted_on accession_no place",
        AccessionRow: "accession_no location",
        LoanRow: "loan_no accession_no lent_on returned_on outcome mode",
    },
)
def lent_on_shelf(library: Library) -> Iterator[Found]:
    shelves = library.derive(Shelves)
    for scan in library[StocktakeRow] if shelves.lent_when_seen else ():
        loan = shelves.lent_when_seen.get(scan.line)
        # A class corner may be counted where it stands.
        if loan and (loan.mode is not LoanMode.CLASS or (scan.place and shelves.area(scan.place))):
            at, other = cell(scan, "accession_no"), cell(loan, "returned_on")
            yield found(
                at,
                other,
                accession_no=scan.accession_no,
                lent_on=loan.lent_on,
                loan_no=loan.loan_no,
                counted_on=scan.counted_on,
            )


@check(
    "STK304",
    title="报失的书却在架上",
    message="{accession_no} 在 {reported_on} 报失，{counted_on} 盘点时却在架上。",
    why="书找到了，赔的钱或赔的书就要有个交代。",
    fix="先看书上的号对不对；确实找到了，就在赔偿登记账填退款日期，不再注销；没有赔的，把归还情况改成“已还”。",
    severity=Severity.WARNING,
    reads={
        StocktakeRow: "counted_on accession_no",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no withdrawn_on",
        **_OUT,
    },
)
def lost_on_shelf(library: Library) -> Iterator[Found]:
    shelves = library.derive(Shelves)
    for number in sorted(shelves.losses.keys() & library.copies.keys() - library.written_off_copies.keys()):
        for scan in shelves.scans_by_copy.get(number, ()):
            loss = shelves.lost_since(number, scan.counted_on)
            if loss and loss.is_open and loss.reported_on < scan.counted_on:
                yield found(
                    cell(scan, "accession_no"),
                    cell(loss.row, "returned_on" if isinstance(loss.row, LoanRow) else "registered_on"),
                    accession_no=number,
                    reported_on=loss.reported_on,
                    counted_on=scan.counted_on,
                )


@check(
    "STK305",
    title="错架：不在应放的地方",
    message="{accession_no} 应放在{location}，盘点时在{place}。",
    why="放错地方的书，要用时找不到，清点时也会少一册。",
    fix="先把书放回原处，再改这一格；如果是换了存放地，就改个别登记账的馆藏地。",
    severity=Severity.WARNING,
    reads={
        StocktakeRow: "counted_on accession_no place",
        AccessionRow: "accession_no location",
        LoanRow: "accession_no lent_on returned_on outcome",
    },
)
def misplaced(library: Library) -> Iterator[Found]:
    shelves = library.derive(Shelves)
    for stocktake in shelves.stocktakes:
        # Where no scan names a 馆藏地, the places are shelf numbers and tell nothing.
        if not any(scan.place and shelves.area(scan.place) for scan in stocktake.scans):
            continue
        for scan in stocktake.scans:
            copy = library.copies.get(scan.accession_no)
            if copy is None or scan.place == copy.location or not (copy.location and scan.place):
                continue
            is_latest = shelves.latest_scans[scan.accession_no] is scan
            if is_latest and shelves.area(scan.place) != copy.location and scan.line not in shelves.lent_when_seen:
                at, other = cell(scan, "place"), cell(copy, "location")
                yield found(at, other, accession_no=scan.accession_no, location=copy.location, place=scan.place)


@check(
    "STK901",
    title="破损的书没有送修",
    message="{accession_no} 盘点时{condition}，之后没有送修，也没有注销。",
    why="破旧图书要及时修补，拖久了就只能注销。",
    fix="先看还能不能修；能修就记入修补登记，不能修就报批注销。",
    severity=Severity.HINT,
    reads={
        StocktakeRow: "counted_on accession_no condition",
        RepairRow: "accession_no sent_on reshelved_on",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no withdrawn_on",
    },
)
def damaged_and_left(library: Library) -> Iterator[Found]:
    shelves = library.derive(Shelves)
    repairs = library.derive(_repairs_by_copy)
    for number, scan in shelves.latest_scans.items():
        if scan.condition is Condition.GOOD or scan.condition is None:
            continue
        if copy := library.copies.get(number):
            is_mended = any((row.reshelved_on or scan.counted_on) >= scan.counted_on for row in repairs.get(number, ()))
            if not is_mended and not library.written_off(copy):
                at = cell(scan, "condition")
                yield found(at, cell(copy, "accession_no"), accession_no=number, condition=scan.condition)
