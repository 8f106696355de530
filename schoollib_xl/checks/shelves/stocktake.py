"""盘点记录 and 盘点范围 (STK): whether what was written down can be one stocktake."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from schoollib_xl.checks.check import Alike, Found, Nearest, Severity, check, folded, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, gathered, group_by, grouped
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.copy_numbers import ScannedIsbns
from schoollib_xl.rules.counts import ONE_STOCKTAKE, Stocktake
from schoollib_xl.rules.scopes import Scope, is_upside_down, parts_of
from schoollib_xl.rules.shelves import Sightings
from schoollib_xl.rules.stocktakes import Stocktakes

LOST = {
    LoanRow: "accession_no lent_on returned_on outcome",
    CompensationRow: "accession_no incident registered_on refunded_on",
}
# A number may be a 条码号; of two copies with one, that still in the holdings is meant.
SEEN = {AccessionRow: "accession_no barcode withdrawn_on", WithdrawalRow: "accession_no withdrawn_on"}
# Which scans are one stocktake, and which of their days cannot be right, depends on what they should have seen.
COUNTING = {
    StocktakeRow: "counted_on accession_no place",
    StocktakeScopeRow: "scope starts_on ends_on",
    AccessionRow: "accession_no accessioned_on class_no location barcode withdrawn_on",
    WithdrawalRow: "accession_no withdrawn_on",
    RepairRow: "accession_no sent_on reshelved_on",
    **LOST,
    CompensationRow: f"{LOST[CompensationRow]} replacement_no settled_on",
}
# The longest count a school told of took a term; a year is a slip of the pen.
_LONGEST = 300


@check(
    "STK001",
    title="一次盘点中同一册记了两回",
    message="{accession_no} 这次盘点记了 {times} 回，前面已经记过。",
    why="记两回可能是两册书贴了同一个号。",
    fix="先到架上看是不是两册书同号；是，就把其中一册改成它自己的号；只是多记了一回，就写进“差异说明”。",
    severity=Severity.WARNING,
    reads={StocktakeRow: "counted_on accession_no"},
    may_read={**COUNTING, AccessionRow: f"{COUNTING[AccessionRow]} isbn"},
)
def scanned_twice(library: Library) -> Iterator[Found]:
    isbns = library.derive(ScannedIsbns)
    for stocktake in library.derive(Stocktakes).stocktakes:
        numbers = list(map(attrgetter("accession_no"), stocktake.scans))
        if len(set(numbers)) == len(numbers):
            continue
        # All copies of a book bear its ISBN; that it is scanned in place of their numbers is STK301.
        counted = Counter(number for number in numbers if not isbns.of(number))
        repeated = [scan for scan in stocktake.scans if counted[scan.accession_no] > 1]
        rounds = _days_gone_through_again(stocktake)
        for number, (first, *again) in group_by(repeated, "accession_no").items():
            days = {scan.counted_on for scan in (first, *again)}
            on_one_day = len(days) <= len(again)
            if on_one_day or len(days - rounds) > 1:
                others = (cell(row, "accession_no") for row in (first, *again[1:]))
                # On another day she may well have come to the same shelf again.
                severity = None if on_one_day else Severity.HINT
                at, times = cell(again[0], "accession_no"), 1 + len(again)
                yield found(at, *others, severity=severity, accession_no=number, times=times)


def _days_gone_through_again(stocktake: Stocktake) -> set[date]:
    """The days most of whose copies were seen on another day as well: a spot check, or a second round."""
    by_day = group_by(stocktake.scans, "counted_on")
    times = Counter(number for scans in by_day.values() for number in {scan.accession_no for scan in scans})
    return {
        day
        for day, scans in by_day.items()
        if len(scans) > 1 and 2 * sum(times[scan.accession_no] > 1 for scan in scans) >= len(scans)
    }


@check(
    "STK101",
    title="盘点时还没有登记",
    message="{accession_no} 在 {counted_on} 盘点时已在架上，可是到 {accessioned_on} 才登记{alike}。",
    why="没有登记的书不算馆藏，盘点的数会比账多。",
    fix="先核对盘点日期和登记日期，写错的改正；没有错，就把登记晚的原因写进“差异说明”。",
    severity=Severity.WARNING,
    reads={StocktakeRow: "counted_on accession_no", AccessionRow: "accession_no accessioned_on"},
    may_read=COUNTING,
)
def scanned_before_accession(library: Library) -> Iterator[Found]:
    for stocktake in library.derive(Stocktakes).stocktakes:
        # New books may stand on the shelf while their batch is still being entered.
        days = {day for day in library[AccessionRow].distinct("accessioned_on") if day and day > stocktake.last_day}
        came_later = library[AccessionRow].among("accessioned_on", days)
        later = {copy.accession_no: copy for copy in came_later if library.copies[copy.accession_no] is copy}
        early = [scan for scan in stocktake.scans if scan.accession_no in later] if later else []
        # What was entered on one day was on the shelf together.
        for scans in gathered((later[scan.accession_no].accessioned_on, scan) for scan in early).values():
            at, *others = folded(scans, "counted_on")
            copy = later[min(scans, key=lambda scan: scan.line).accession_no]
            alike = Alike(len(scans) - 1)
            yield found(at, cell(copy, "accessioned_on"), *others, accession_no=copy.accession_no, alike=alike)


@check(
    "STK102",
    title="盘点日期离别的都远",
    message="{accession_no} 的盘点日期是 {counted_on}，离 {first_day} 开始的那次盘点很远{likely}{alike}。",
    why="日期写错的一行会自成一次盘点，那一次该看到的书就像全都不见了。",
    fix="先看是不是年份写错，或月和日写反；写错就改正；确实是那天扫的，一两册不用改，好几册的在盘点范围给那天添一行。",
    severity=Severity.WARNING,
    reads={StocktakeRow: "counted_on accession_no"},
    may_read=COUNTING,
)
def far_from_all_others(library: Library) -> Iterator[Found]:
    for doubt in library.derive(Stocktakes).doubtful:
        at, *others = folded(doubt.scans, "counted_on")
        yield found(
            at,
            *others,
            severity=None if doubt.is_wrong else Severity.HINT,
            first_day=doubt.near_day,
            likely=Nearest(doubt.likely),
            alike=Alike(len(doubt.scans) - 1),
        )


@check(
    "STK103",
    title="盘点范围的结束早于开始",
    message="“{scope}”的盘点 {starts_on} 开始，却写着 {ends_on} 结束。",
    why="起止日期倒了，就不知道哪些盘点记录是这一处的。",
    fix="先核对盘点记录里的日期，再改开始或结束。",
    reads={StocktakeScopeRow: "scope starts_on ends_on"},
)
def ends_before_it_begins(library: Library) -> Iterator[Found]:
    for row in library[StocktakeScopeRow]:
        if is_upside_down(row):
            yield found(cell(row, "ends_on"), cell(row, "starts_on"))


@check(
    "STK104",
    title="盘点范围从头到尾将近一年",
    message="“{scope}”的盘点 {starts_on} 开始，{ends_on} 才结束。",
    why="一次盘点不会做一年，多半是年份写错了，别的日子扫的号也会算进来。",
    fix="先核对盘点记录里的日期，再改写错的年份。",
    severity=Severity.HINT,
    reads={StocktakeScopeRow: "scope starts_on ends_on"},
)
def counted_for_a_year(library: Library) -> Iterator[Found]:
    for row in library[StocktakeScopeRow]:
        if row.ends_on and (row.ends_on - row.starts_on).days > _LONGEST:
            yield found(cell(row, "starts_on"), cell(row, "ends_on"))


@check(
    "STK106",
    title="盘点范围的日子比扫的日子宽得多",
    message="“{scope}”的盘点写着 {starts_on} 到 {ends_on}，可是只在 {days}扫过。",
    why="范围写宽了，以前或以后扫的号也会算进这一次，盘亏就不准。",
    fix="先核对盘点记录里的日期；月和日写反、写错的就改正，真是那几天盘的不用动。",
    severity=Severity.HINT,
    reads={StocktakeRow: "counted_on accession_no place", StocktakeScopeRow: "scope starts_on ends_on"},
    may_read=COUNTING,
)
def scope_wider_than_its_scans(library: Library) -> Iterator[Found]:
    stocktakes, places = library.derive(Stocktakes), library.derive(Sightings).places
    wide = [scope for scope in stocktakes.scopes if _is_wide(scope.row)]
    days = set(map(attrgetter("place", "counted_on"), stocktakes.scans)) if wide else set()
    told: set[int] = set()
    for scope in wide:
        own = sorted({day for place, day in days if places.of(place or "") == scope.part.place and scope.takes_in(day)})
        before = (own[0] - scope.row.starts_on) > ONE_STOCKTAKE if own else False
        after = own and scope.row.ends_on and (scope.row.ends_on - own[-1]) > ONE_STOCKTAKE
        if (before or after) and scope.row.line not in told:
            told.add(scope.row.line)
            fields = ("starts_on", "ends_on") if before else ("ends_on", "starts_on")
            yield found(*(cell(scope.row, name) for name in fields), days=_said(own))


def _is_wide(row: StocktakeScopeRow) -> bool:
    """Whether it is longer than one stocktake; nearly a year is STK104."""
    return row.ends_on is not None and ONE_STOCKTAKE.days < (row.ends_on - row.starts_on).days <= _LONGEST


def _said(days: list[date]) -> str:
    """The only day, or the first and the last of several."""
    ends = [f"{day.year}年{day.month}月{day.day}日" for day in dict.fromkeys((days[0], days[-1]))]
    return f"{ends[0]} " if len(ends) == 1 else f"{ends[0]} 到 {ends[1]} "


@check(
    "STK105",
    title="盘点日期不在盘点范围的日子里",
    message="{accession_no} 在 {counted_on} 扫的，盘点范围里“{scope}”是 {starts_on} {until}{alike}。",
    why="范围里写的是哪天到哪天盘的，另一天扫的就说不清算不算这一次。",
    fix="先看盘点日期有没有写错；写错就改正，后来补点的把范围的结束改到那天。",
    severity=Severity.HINT,
    reads={StocktakeRow: "counted_on accession_no place", StocktakeScopeRow: "scope starts_on ends_on"},
    may_read=COUNTING,
)
def counted_outside_the_days_of_its_place(library: Library) -> Iterator[Found]:
    stocktakes, places = library.derive(Stocktakes), library.derive(Sightings).places
    by_place = grouped(stocktakes.scopes, lambda scope: scope.part.place)
    told = {scan.line for doubt in stocktakes.doubtful for scan in doubt.scans}
    amiss: dict[tuple[str, date], list[StocktakeRow]] = {}
    # Days and places are few, scans many.
    days = set(map(attrgetter("place", "counted_on"), stocktakes.scans)) if by_place else set()
    own = {place: by_place.get(places.of(place or "") or "", []) for place, _ in days}
    outside = {(place, day) for place, day in days if is_outside(own[place], day)}
    for scan in stocktakes.scans if outside else ():
        if (scan.place, scan.counted_on) in outside and scan.line not in told:
            copy = library.copies.get(scan.accession_no)
            # One that stood in the wrong place may have been seen while its own was gone through.
            elsewhere = by_place.get(places.of((copy and copy.location) or "") or "", [])
            if not any(scope.takes_in(scan.counted_on) for scope in elsewhere):
                amiss.setdefault((own[scan.place][0].part.place, scan.counted_on), []).append(scan)
    for (place, day), scans in amiss.items():
        row = min((scope.row for scope in by_place[place]), key=lambda row: abs((row.starts_on - day).days))
        at, *others = folded(scans, "counted_on")
        until = f"到 {row.ends_on.year}年{row.ends_on.month}月{row.ends_on.day}日" if row.ends_on else "开始的"
        number = min(scans, key=lambda scan: scan.line).accession_no
        alike = Alike(len(scans) - 1)
        yield found(at, cell(row, "starts_on"), *others, accession_no=number, until=until, alike=alike)


def is_outside(scopes: list[Scope], day: date) -> bool:
    """Whether the day is in none of the scopes; what is far from the first is another stocktake, which nobody need
    have written there.
    """
    if not scopes or any(scope.takes_in(day) for scope in scopes):
        return False
    row = scopes[0].row
    return row.starts_on - ONE_STOCKTAKE <= day <= (row.ends_on or row.starts_on) + ONE_STOCKTAKE


@check(
    "STK306",
    title="所在位置和馆藏地写得不一样",
    message="所在位置“{place}”不是馆藏地，馆藏地里有“{near}”{alike}。",
    why="一处写成两个名字，就说不清是哪一处盘点过了。",
    fix="先看是不是同一处；是，就照馆藏地的写法改；不是，就不用改。",
    severity=Severity.HINT,
    reads={StocktakeRow: "place", AccessionRow: "location"},
)
def place_spelled_otherwise(library: Library) -> Iterator[Found]:
    places = library.derive(Sightings).places
    table = library[StocktakeRow]
    unknown = {place for place in table.distinct("place") if place and not places.of(place)}
    for place, (first, *others) in group_by(table.among("place", unknown), "place").items():
        if near := places.near(place):
            yield found(cell(first, "place"), near=near, alike=Alike(len(others)))


@check(
    "STK307",
    title="盘点范围认不出是哪一处",
    message="范围“{scope}”不是馆藏地，也不是类号{near}。",
    why="认不出是哪一处，就不知道哪些书该看到。",
    fix="先看个别登记账的馆藏地怎么写；范围写一个馆藏地，或类号如 I、J，或“全部”。",
    severity=Severity.WARNING,
    reads={StocktakeScopeRow: "scope", AccessionRow: "location"},
)
def scope_of_nothing(library: Library) -> Iterator[Found]:
    places = library.derive(Sightings).places
    # Where no copy has a 馆藏地, nobody can say that there is no such place.
    for row in library[StocktakeScopeRow] if any(library[AccessionRow].distinct("location")) else ():
        if not parts_of(row.scope, places):
            yield found(cell(row, "scope"), near=Nearest(places.near(row.scope)))
