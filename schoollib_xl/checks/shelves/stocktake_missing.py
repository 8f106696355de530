"""盘亏 (STK): copies that should have been on the shelves a stocktake went through, and places not gone through."""

from collections.abc import Iterator
from datetime import date

from schoollib_xl.checks.check import Found, Named, Severity, check, found
from schoollib_xl.checks.explanations import code_of, number_of
from schoollib_xl.checks.shelves.stocktake import COUNTING, LOST
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.counts import ONE_STOCKTAKE, Count
from schoollib_xl.rules.likeness import same_title, says
from schoollib_xl.rules.scopes import ShelfPart
from schoollib_xl.rules.shelves import AWAY_FROM_THE_SHELVES, Sightings, back_before_lent
from schoollib_xl.rules.stocktakes import Stocktakes

_READS = {
    AccessionRow: "accession_no accessioned_on location withdrawn_on",
    WithdrawalRow: "accession_no withdrawn_on",
    StocktakeRow: "counted_on accession_no place",
    RepairRow: "accession_no sent_on reshelved_on",
    **LOST,
}
# A copy that is new may not have come to its shelf, unless it was there when the books were opened.
_NEW = {**COUNTING, AccessionRow: f"{COUNTING[AccessionRow]} batch_no", SummaryRow: "batch_no flow"}
# What 备注 says of copies that are in no shelf any more and not written off yet.
_PUT_ASIDE = ("下架", "待报废", "待注销", "待剔", "拟报废", "拟注销", "拟剔", "封存", "打包", "打捆")
# What it says of copies that were on no shelf for a while: 送修后归架.
_BACK = ("归架", "归还", "还回", "收回", "取回", "修好", "已还")
# So many books that came later are no slips of single numbers.
_SHELF = 10
# Since when a copy is away, on lines of these.
_SINCE = ("lent_on", "registered_on", "withdrawn_on", "sent_on")
_AWAY = (LoanRow, CompensationRow, WithdrawalRow, RepairRow)
# A school that keeps no 修补登记 has nothing under repair.
_CAN_LACK = (RepairRow, StocktakeScopeRow)


@check(
    "STK201",
    title="盘亏：账上在架，盘点没有看到",
    message="《{title}》（{accession_no}）{others}账上在架，{last_day} 的盘点没有看到{before}{unless}。",
    why="账上有、架上没有，就是账物不符。",
    fix="先到书架和还书箱里再找，找到了补记盘点；找不到，就查盘点日期写错没有、借阅登记漏记没有，都没有再报批注销。",
    reads=_READS | {AccessionRow: f"{_READS[AccessionRow]} title"},
    can_lack=_CAN_LACK,
    may_read={**_NEW, AccessionRow: f"{_NEW[AccessionRow]} isbn remarks", ExplanationRow: "code number"},
)
def missing(library: Library) -> Iterator[Found]:
    nameless, seen = _nameless(library), library.derive(Sightings).latest
    stocktakes = library.derive(Stocktakes)
    for count, lacking in library.derive(_lacking).items():
        is_early = _is_before_its_books(library, count)
        copies = [copy for copy in lacking if not stocktakes.came_back(count, copy)]
        if count.is_in_part(len(copies)):
            unscanned, copies = _unscanned(library, count, copies)
            yield from _all_together(count, unscanned)
        for copy in copies:
            last = _last_known(library, copy) if nameless else date.min
            lines = count.unnamed + sum(day >= last and same_title(title, copy.title) for title, day in nameless)
            aside = _said_elsewhere(copy.remarks)
            by_isbn = count.scanned_as(copy)
            is_doubtful = bool(lines or by_isbn or is_early)
            is_hint = bool(aside) or len(lacking) <= lines
            yield found(
                cell(copy, "accession_no"),
                cell(copy, "location"),
                severity=Severity.HINT if is_hint else _how_sure(library, count, copy, is_doubtful=is_doubtful),
                others="",
                last_day=count.last_day,
                before=_seen_before(seen.get(copy.accession_no)),
                unless=_by_isbn(by_isbn) or (_unnamed(lines, "它") if lines else aside),
            )


def _unscanned(
    library: Library, count: Count, copies: list[AccessionRow]
) -> tuple[list[AccessionRow], list[AccessionRow]]:
    """The copies that nothing explains of a place that was not gone through everywhere, and the others."""
    told = {number_of(row) for row in library[ExplanationRow] if code_of(row) == "STK201"}
    lines = {
        copy.line
        for copy in copies
        if copy.accession_no in told or _said_elsewhere(copy.remarks) or count.scanned_as(copy)
    }
    return [copy for copy in copies if copy.line not in lines], [copy for copy in copies if copy.line in lines]


def _all_together(count: Count, copies: list[AccessionRow]) -> Iterator[Found]:
    """They are one finding, of the place: which they are, the shelves tell, and who answers for one of them does not
    answer for all.
    """
    if copies and count.scope:
        share = f"看到 {count.seen} 册（{100 * count.seen // count.expected}%）"
        may_be_unnamed = len(copies) <= count.unnamed
        yield found(
            cell(count.scope, "ends_on"),
            *(cell(copy, "accession_no") for copy in copies),
            severity=Severity.HINT if may_be_unnamed else Severity.WARNING,
            others=f"等 {len(copies)} 册",
            last_day=count.last_day,
            before="",
            unless=_unnamed(count.unnamed, "这些书")
            if may_be_unnamed
            else f"；{count.part.name}该有 {count.expected} 册，{share}，多半没有扫全，先补扫",
        )


def _unnamed(lines: int, what: str) -> str:
    return f"；有 {lines} 行没有写登记号，可能就是{what}"


def _said_elsewhere(remarks: str | None) -> str:
    """What is to be done where 备注 says that the copy is on no shelf any more, or not now."""
    if says(remarks, *_PUT_ASIDE):
        return f"；备注写着“{remarks}”，报批了就登注销"
    is_away = says(remarks, *AWAY_FROM_THE_SHELVES) and not says(remarks, *_BACK)
    return f"；备注写着“{remarks}”，在那里就补记借阅或修补登记" if is_away else ""


def _by_isbn(lines: int) -> str:
    return f"；盘点记录有 {lines} 行是这种书的 ISBN，可能就是它" if lines else ""


def _seen_before(scan: StocktakeRow | None) -> str:
    """The day the copy was last seen on, which may be the day of a scan with a wrong date."""
    day = scan.counted_on if scan else None
    return f"，{day.year}年{day.month}月{day.day}日 还看到过" if day else ""


@check(
    "STK202",
    title="盘点前后才上架的书没有看到",
    message="{place}有 {copies} 册在 {first_day} 到 {last_day} 的盘点前后才上架，没有看到{numbers}。",
    why="上架的时候那一排可能已经点过了，不能说是丢了。",
    fix="先到架上找这几册，看到了补记盘点。",
    severity=Severity.HINT,
    reads=_READS,
    can_lack=_CAN_LACK,
    may_read=_NEW,
)
def back_during_the_stocktake(library: Library) -> Iterator[Found]:
    stocktakes = library.derive(Stocktakes)
    for count, copies in library.derive(_lacking).items():
        if back := [copy for copy in copies if stocktakes.came_back(count, copy)]:
            yield found(
                *(cell(copy, "accession_no") for copy in back),
                place=count.part.name,
                copies=len(back),
                first_day=count.first_day,
                last_day=count.last_day,
                numbers=Named(tuple(copy.accession_no for copy in back)),
            )


def _lacking(library: Library) -> dict[Count, list[AccessionRow]]:
    """What each finished count did not see and nothing explains; of one copy only the last count that looked."""
    unsure = _on_incomplete_lines(library) | _on_contradictory_lines(library)
    lacking: dict[Count, list[AccessionRow]] = {}
    counted: set[str] = set()
    for count in reversed(library.derive(Stocktakes).counts):
        # A copy written off since has been dealt with.
        open_copies = [
            copy
            for copy in count.missing
            if copy.accession_no not in unsure | counted and not library.written_off(copy)
        ]
        if open_copies:
            lacking[count] = open_copies
        counted.update(copy.accession_no for copy in count.missing)
    return lacking


def _on_incomplete_lines(library: Library) -> set[str]:
    """Numbers on lines that could not be read whole and may say where the copy was."""
    return {row.values.get("accession_no") or "" for row_type in _AWAY for row in library[row_type].incomplete}


def _nameless(library: Library) -> list[tuple[str, date]]:
    """The titles on lines that tell of a copy that is away, and not of which, and since when; empty where the line has
    none, which is a part of every title.
    """
    lines = (row.values for row_type in _AWAY for row in library[row_type].incomplete)
    away = (line for line in lines if not any(map(line.get, ("accession_no", "returned_on", "reshelved_on"))))
    return [(line.get("title") or "", next(filter(None, map(line.get, _SINCE)), date.max)) for line in away]


def _last_known(library: Library, copy: AccessionRow) -> date:
    """The last day on which the copy was in the library or in the hands of a reader: it is not on a line of before."""
    scan = library.derive(Sightings).latest.get(copy.accession_no)
    loans = library.loans_by_copy.get(copy.accession_no, ())
    days = [copy.accessioned_on, scan and scan.counted_on]
    days += [day for loan in loans for day in (loan.lent_on, loan.returned_on)]
    return max(filter(None, days), default=date.min)


def _on_contradictory_lines(library: Library) -> set[str]:
    """Numbers on lines whose days cannot be right: back before it left, sent for repair on a day yet to come. When
    the copy was away nobody knows, and the day is a finding of its own.
    """
    lent = {loan.accession_no for loan in library.derive(back_before_lent)}
    return lent | {row.accession_no for row in library[RepairRow] if row.sent_on and _cannot_be(row, library.as_of)}


def _cannot_be(row: RepairRow, as_of: date) -> bool:
    return row.sent_on > as_of or (row.reshelved_on is not None and row.reshelved_on < row.sent_on)


def _how_sure(library: Library, count: Count, copy: AccessionRow, *, is_doubtful: bool) -> Severity | None:
    """A hint where the copy was lent later on, or she is still counting."""
    lent_later = any(loan.lent_on > count.last_day for loan in library.loans_by_copy.get(copy.accession_no, ()))
    if count.is_open or lent_later:
        return Severity.HINT
    return Severity.WARNING if is_doubtful else None


def _is_before_its_books(library: Library, count: Count) -> bool:
    """Whether a shelf of books was seen that came to the library only later, of which STK101 tells."""
    copies = library[AccessionRow]
    later = {day for day in copies.distinct("accessioned_on") if day and day > count.last_day}
    numbers = {copy.accession_no for copy in copies.among("accessioned_on", later)} if later else set()
    return sum(scan.accession_no in numbers for scan in count.scans) > _SHELF if numbers else False


@check(
    "STK203",
    title="有一处还没有盘完",
    message="{place}该有 {expected} 册，扫到 {seen} 册，还没有盘完。",
    why="没有盘完的地方说不上盘亏，也不算进帐物相符率。",
    fix="先看扫的号是不是都抄进了盘点记录；没有盘完就接着盘，盘完在盘点范围填结束日期；只是抽查的，不用管。",
    severity=Severity.HINT,
    reads=_READS,
    can_lack=_CAN_LACK,
    may_read=COUNTING,
)
def not_gone_through(library: Library) -> Iterator[Found]:
    done: set[ShelfPart] = set()
    for count in reversed(library.derive(Stocktakes).counts):
        # Of a place that is said to be done STK308 tells.
        is_open = not (count.finished or count.is_broken_off(library.as_of))
        if count.part not in done and is_open and not _is_made_up_for(library, count):
            at = cell(count.scope, "ends_on") if count.scope else cell(count.scans[0], "counted_on")
            yield found(at, place=count.part.name, seen=count.seen, expected=count.expected)
        done.add(count.part)


def _is_made_up_for(library: Library, count: Count) -> bool:
    """Whether nothing was begun: one scan far from all others, or copies a finished stocktake had not seen."""
    stocktakes = library.derive(Stocktakes)
    lone = {scan.line for doubt in stocktakes.doubtful for scan in doubt.scans}
    unseen = {copy.accession_no for one in stocktakes.counts if one.finished for copy in one.unseen}
    return all(scan.line in lone or scan.accession_no in unseen for scan in count.scans)


@check(
    "STK308",
    title="写着盘完，盘点记录却没有或太少",
    message="盘点范围写着{place}盘完了，盘点记录里这几天{recorded}，账上该有 {expected} 册。",
    why="没有记下看到了哪些书，就没有账物相符的依据。",
    fix="先看记录抄全没有、日期写错没有；没有盘完的，就把结束日期去掉；盘完了真是没有的，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={StocktakeScopeRow: "scope starts_on ends_on", StocktakeRow: "counted_on accession_no place"},
    may_read=COUNTING,
)
def closed_without_its_scans(library: Library) -> Iterator[Found]:
    stocktakes, unread = library.derive(Stocktakes), len(library[StocktakeRow].incomplete)
    counted = {(count.scope.line, count.part): count for count in stocktakes.counts if count.scope}
    for scope in stocktakes.scopes:
        day = scope.row.ends_on
        if day is None or day > library.as_of:
            continue
        count = counted.get((scope.row.line, scope.part))
        # A row for everything beside one for each shelf: the scans are counted under either of them.
        starts = scope.row.starts_on
        elsewhere = (one for one in stocktakes.counts if one.part == scope.part)
        if count is None and any(
            (starts <= one.first_day and one.last_day <= day) or _is_redated(stocktakes, one, day) for one in elsewhere
        ):
            continue
        # Of another place that its scans are of STK305 tells.
        if count is None and stocktakes.was_seen(scope, day):
            continue
        if count is None or not count.finished:
            seen, expected = (count.seen, count.expected) if count else (0, stocktakes.expected_in(scope.part, day))
            # Rows without a day or a number may be of this place.
            if expected > 2 * (seen + unread):
                recorded = f"只有 {seen} 册（{100 * seen // expected}%）" if count else "一册也没有"
                yield found(cell(scope.row, "ends_on"), place=scope.part.name, recorded=recorded, expected=expected)


def _is_redated(stocktakes: Stocktakes, count: Count, day: date) -> bool:
    """Whether the scans are those of about this day with another day written on them, of which STK102 tells."""
    return abs(count.last_day - day) <= ONE_STOCKTAKE and all(scan.line in stocktakes.misdated for scan in count.scans)
