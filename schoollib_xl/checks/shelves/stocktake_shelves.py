"""盘点记录 (STK): what was seen on a shelf and does not belong there, or not so."""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.shelves.stocktake import COUNTING, LOST, SEEN, is_outside
from schoollib_xl.checks.stock.batches import unknown_copies
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import Condition, LoanMode
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.copy_numbers import ScannedIsbns
from schoollib_xl.rules.counts import Stocktake
from schoollib_xl.rules.likeness import says
from schoollib_xl.rules.scopes import Scope
from schoollib_xl.rules.shelves import FOR_SOME_DAYS, Shelves, Sightings
from schoollib_xl.rules.stocktakes import Stocktakes

# More copies than this seen in one place instead of another were not each put back wrong.
_SHELF = 10


@check(
    "STK301",
    title="盘盈：架上有，账上没有",
    message="盘点看到 {accession_no}，个别登记账里查不到这个号{book}{alike}。",
    why="架上有、账上没有，不是漏登就是号写错了。",
    fix="先对照书上的号，抄错了或者扫的是 ISBN，就改成书上贴的登记号；没有抄错，就查单据补登到个别登记账。",
    reads={StocktakeRow: "accession_no", AccessionRow: "accession_no"},
    may_read={**SEEN, AccessionRow: f"{SEEN[AccessionRow]} isbn title"},
)
def surplus(library: Library) -> Iterator[Found]:
    scans, books = library.derive(Sightings).scans, library.derive(ScannedIsbns)
    told = unknown_copies(library, scans)
    return told_once((one._replace(facts={"book": _named(books, scans, one)}) for one in told), len(scans))


def _named(books: ScannedIsbns, scans: LedgerTable[StocktakeRow], told: Found) -> str:
    """Which book the number is the ISBN of, if it is one."""
    row = scans.row_at(told.at.line)
    copies = books.of(row.accession_no) if isinstance(row, StocktakeRow) else []
    return f"，是《{copies[0].title}》的 ISBN" if copies else ""


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
    may_read=SEEN,
)
def withdrawn_on_shelf(library: Library) -> Iterator[Found]:
    gone = library.written_off_copies
    scans = library.derive(Sightings).of(gone)
    for number, row in gone.items():
        for scan in scans.get(number, ()):
            # Stocktake and write-off are often done on one day.
            if row.withdrawn_on and row.withdrawn_on < scan.counted_on:
                yield found(cell(scan, "accession_no"), cell(row, "withdrawn_on"), accession_no=number)


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
    may_read=COUNTING,
)
def lent_on_shelf(library: Library) -> Iterator[Found]:
    shelves, scopes = library.derive(Shelves), library.derive(Stocktakes).scopes
    for scan in library.derive(Stocktakes).scans if shelves.lent_when_seen else ():
        loan = shelves.lent_when_seen.get(scan.line)
        # A class corner may be counted where it stands.
        if loan and (loan.mode is not LoanMode.CLASS or (scan.place and shelves.places.of(scan.place))):
            place = shelves.places.of(scan.place or library.copies[scan.accession_no].location or "")
            own = [scope for scope in scopes if scope.part.place == place]
            if not _is_back_by_then(loan, own, scan.counted_on):
                yield found(cell(scan, "accession_no"), cell(loan, "returned_on"))


def _is_back_by_then(loan: LoanRow, scopes: list[Scope], day: date) -> bool:
    """Whether the day is none of 盘点范围, of which STK105 tells, and the copy was back by the days there."""
    back = loan.returned_on
    is_back = back is not None and any(back <= scope.row.starts_on for scope in scopes if scope.row.starts_on > day)
    return is_back and is_outside(scopes, day)


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
        **LOST,
    },
    may_read=COUNTING,
)
def lost_on_shelf(library: Library) -> Iterator[Found]:
    shelves, misdated = library.derive(Shelves), library.derive(Stocktakes).misdated
    seen = shelves.seen.of(shelves.losses)
    for number in sorted(shelves.losses.keys() & library.copies.keys() - library.written_off_copies.keys()):
        for scan in seen.get(number, ()):
            loss = shelves.lost_since(number, scan.counted_on)
            if loss and loss.is_open and loss.reported_on < scan.counted_on and scan.line not in misdated:
                yield found(
                    cell(scan, "accession_no"),
                    cell(loss.row, "returned_on" if isinstance(loss.row, LoanRow) else "registered_on"),
                    accession_no=number,
                    reported_on=loss.reported_on,
                )


@check(
    "STK305",
    title="错架：不在应放的地方",
    message="{accession_no} 应放在{location}，盘点时在{place}{alike}。",
    why="放错地方的书，要用时找不到，清点时也会少一册。",
    fix="先看书现在在哪里：盘点以后搬到应放的地方的，写进“差异说明”；别的放回原处再改这一格，或者照架子改馆藏地。",
    severity=Severity.WARNING,
    reads={
        StocktakeRow: "counted_on accession_no place",
        AccessionRow: "accession_no location",
        LoanRow: "accession_no lent_on returned_on outcome",
    },
    may_read={**COUNTING, StocktakeRow: f"{COUNTING[StocktakeRow]} remarks"},
)
def misplaced(library: Library) -> Iterator[Found]:
    for stocktake in library.derive(Stocktakes).stocktakes:
        elsewhere = seen_elsewhere(library, stocktake)
        for pairs in grouped(elsewhere, lambda pair: (pair[1].location, pair[0].place)).values():
            # A shelf was moved, or is called otherwise now.
            is_moved = len(pairs) > _SHELF
            for scan, copy in pairs[:1] if is_moved else pairs:
                others = folded((one for one, _ in pairs), "place")[1:] if is_moved else []
                alike = Alike(len(pairs) - 1 if is_moved else 0)
                yield found(cell(scan, "place"), cell(copy, "location"), *others, alike=alike)


def seen_elsewhere(library: Library, stocktake: Stocktake) -> list[tuple[StocktakeRow, AccessionRow]]:
    """The scans of a stocktake that were made in another place than that of their copy, and the copy."""
    shelves = library.derive(Shelves)
    # Where no scan names a 馆藏地, the places are shelf numbers and tell nothing.
    if not any(scan.place and shelves.places.of(scan.place) for scan in stocktake.scans):
        return []
    copies = map(library.copies.get, map(attrgetter("accession_no"), stocktake.scans))
    return [
        (scan, copy)
        for scan, copy in zip(stocktake.scans, copies, strict=True)
        if copy and scan.place != copy.location and _is_elsewhere(shelves, scan, copy)
    ]


def _is_elsewhere(shelves: Shelves, scan: StocktakeRow, copy: AccessionRow) -> bool:
    """Whether the copy was last seen in another place than its own, and not in the hands of a reader. A place that is
    only spelled otherwise is the same.
    """
    if not (copy.location and scan.place):
        return False
    own, seen_in = shelves.places.of(copy.location), shelves.places.of(scan.place)
    # What is laid out on a stand for new books, or shown for some weeks, belongs where it did.
    if says(scan.remarks, *FOR_SOME_DAYS) or (seen_in is None and says(scan.place, *FOR_SOME_DAYS)):
        return False
    if own == seen_in or (seen_in is None and shelves.places.near(scan.place) == own):
        return False
    is_latest = shelves.seen.latest[scan.accession_no].line == scan.line
    return is_latest and scan.line not in shelves.lent_when_seen


@check(
    "STK901",
    title="破损的书没有送修",
    message="{accession_no} 盘点时{condition}，之后没有送修，也没有注销。",
    why="破旧图书要及时修补，拖久了就只能注销。",
    fix="先看还能不能修；能修就记入修补登记，不能修就报批注销。",
    severity=Severity.HINT,
    reads={
        StocktakeRow: "counted_on accession_no condition",
        RepairRow: "accession_no reshelved_on",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no",
    },
    may_read=SEEN,
)
def damaged_and_left(library: Library) -> Iterator[Found]:
    repairs, seen = group_by(library[RepairRow], "accession_no"), library.derive(Sightings)
    condition, sound = seen.scans.column("condition"), (None, Condition.GOOD)
    for scan in (scan for scan, said in zip(seen.scans, condition, strict=True) if said not in sound):
        number = scan.accession_no
        copy = library.copies.get(number)
        if copy and seen.latest[number] is scan:
            is_mended = any((row.reshelved_on or scan.counted_on) >= scan.counted_on for row in repairs.get(number, ()))
            if not is_mended and not library.written_off(copy):
                yield found(cell(scan, "condition"), cell(copy, "accession_no"), accession_no=number)
