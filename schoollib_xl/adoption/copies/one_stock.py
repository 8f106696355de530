"""Lists that state one stock several times: titles and their copies, a list that adds up others, a list twice."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.copies.lots import Lot, complete, keys_of
from schoollib_xl.adoption.copies.same_numbers import join_same_numbers
from schoollib_xl.adoption.forms.list_titles import latest_of, may_be_gone, without_version
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.sheets.reading.recognising import plain

_ADDING_UP = re.compile("汇总|合计|总计|总表|总目|总清单|总册|总账|总库|总书目|全校|全部|所有图书")
# So many of the books of the others must stand on a list before it is said to add them up, or of one before another is
# said to be the same once more; fewer titles than three are chance, unless two are all there is on both.
_NEARLY_ALL, _FEWEST, _FEWEST_OF_ALL = 0.8, 3, 2
_HALF = 0.5
TOTALS_DIFFER = (
    "“{total}”是把别的清单加起来的，同一批书没有算两遍；可是有 {books} 种册数不一样（第一处《{first}》"
    "总的写 {stated} 册，各张加起来 {counted} 册），照多的算，看看哪个对。"
)
TOTALS_AGREE = "“{total}”是把别的清单加起来的，同一批书没有算两遍。"
LISTED_TOO = "{one} 一册一行，{other} 写着册数，说的是同一批书，没有算两遍。"
ONE_IN_VERSIONS = (
    "{lists} 像是一张清单的几份：同一种书算一遍，只在一张上的都收了{differing}；不要哪一张，就去掉它再接收。"
)
COUNTS_DIFFER = "；册数不一样的 {books} 种，{taken}（第一处《{first}》：{counts} 册，记 {copies} 册）"
BY_THE_LAST, BY_THE_MOST = "照{latest}记", "看不出哪一份在后，照多的记"
SAID_AGAIN = "{one} 和 {other} 有 {books} 种书一样，册数也一样，都算进了馆藏{more}；是同一批书，就去掉一张再接收。"


class _List(NamedTuple):
    """The lots of one list without numbers, and how many copies of each book it states."""

    lots: list[Lot]
    copies: Mapping[str, int]

    @property
    def name(self) -> str:
        return self.lots[0].record.table.name

    @property
    def heading(self) -> str:
        return plain(self.lots[0].record.table.said_round)

    @property
    def version(self) -> str:
        """Its file and its sheet, by which versions of one list are told."""
        table = self.lots[0].record.table
        return plain(f"{table.file.rpartition('.')[0]} {table.sheet}")

    @property
    def has_counts(self) -> bool:
        """Whether it says of each book how many copies there are."""
        return "held" in self.lots[0].record.table.columns


class OneStock(NamedTuple):
    """What is said of lists that state one stock: for certain, and to be asked."""

    assumed: list[str]
    urgent: list[str]


def join_lists(lots: Sequence[Lot]) -> OneStock:
    """Of copies that several lists state leave one: what stands in another list as well is `listed`. A list of copies
    takes from that of titles what it lacks.
    """
    said = OneStock([], join_same_numbers(lots))
    listed = [lot for lot in lots if lot.is_of_copies and not lot.listed]
    _join_titles([lot for lot in lots if lot.is_of_titles], listed)
    lists = _lists(lot for lot in lots if lot.is_of_titles and lot.copies > lot.listed)
    lists = _without_handled(lists)
    parts = [one for one in lists if not _ADDING_UP.search(one.heading)]
    totals = [one for one in lists if one not in parts and _join_total(one, parts, said)]
    _join_rows(list(_without_versions([one for one in lists if one not in totals], said)), said)
    return said


def _join_titles(titles: Sequence[Lot], listed: Sequence[Lot]) -> None:
    if not titles or not listed:
        return
    by_book: dict[str, list[Lot]] = defaultdict(list)
    for lot in listed:
        for key in keys_of(lot.record):
            by_book[key].append(lot)
    joined: list[_List] = []
    taken: set[int] = set()
    for one in _lists(_of_these_copies(titles, by_book)):
        # What is said of the same copies once more takes no further ones.
        is_again = any(_seem_alike(one, other, _stated_alike(one, other)) for other in joined)
        _join_list(one.lots, by_book, set() if is_again else taken)
        joined.append(one)


def _join_list(titles: Sequence[Lot], by_book: Mapping[str, Sequence[Lot]], taken: set[int]) -> None:
    for title in titles:
        copies = next((by_book[key] for key in keys_of(title.record) if key in by_book), [])
        for lot in copies:
            if id(lot) not in taken and lot.is_titled_alike(title):
                taken.add(id(lot))
                title.listed = min(title.copies, title.listed + lot.copies)
                complete(lot.record, title.record)


def _stated_alike(one: _List, other: _List) -> list[str]:
    """The books of which both lists state as many copies."""
    return [book for book, copies in one.copies.items() if other.copies.get(book) == copies]


def _of_these_copies(titles: Sequence[Lot], by_book: Mapping[str, list[Lot]]) -> Iterator[Lot]:
    """The lots of those lists of titles whose copies the other lists number: a list of new books shares a few titles
    with them, and its copies are others.
    """
    by_table = grouped(titles, lambda lot: id(lot.record.table))
    books = len({plain_title(lot.record.get("title") or "") for lots in by_book.values() for lot in lots})
    for lots in by_table.values():
        shared = sum(any(key in by_book for key in keys_of(lot.record)) for lot in lots)
        if shared >= _HALF * min(len(lots), books):
            yield from lots


def _lists(lots: Iterable[Lot]) -> list[_List]:
    by_table = grouped(lots, lambda lot: id(lot.record.table))
    ids = _Books()
    return [_List(found, ids.counted(found)) for found in by_table.values()]


class _Books:
    """Tells books apart by ISBN and title: what shares either is one."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def of(self, lot: Lot) -> str:
        keys = keys_of(lot.record)
        known = next((self._ids[key] for key in keys if key in self._ids), keys[0] if keys else "")
        for key in keys:
            self._ids.setdefault(key, known)
        return known

    def counted(self, lots: Iterable[Lot]) -> dict[str, int]:
        copies: dict[str, int] = defaultdict(int)
        for lot in lots:
            lot.book = self.of(lot)
            copies[lot.book] += lot.copies - lot.listed
        return dict(copies)


def _without_handled(lists: Sequence[_List]) -> list[_List]:
    """The lists, without such of what is handled or looked through (缺损图书处理表) whose books the others hold: there
    are no further copies of them.
    """
    kept = list(lists)
    handled = [one for one in lists if may_be_gone(one.lots[0].record.table.said_round)]
    for one in sorted(handled, key=lambda one: len(one.copies)):
        others = [other for other in kept if other is not one]
        if all(copies <= sum(other.copies.get(book, 0) for other in others) for book, copies in one.copies.items()):
            _take_off(one.lots, one.copies)
            kept = others
    return kept


def _join_total(total: _List, parts: Sequence[_List], said: OneStock) -> bool:
    """Take off what the parts state, where the list adds them up; whether it does."""
    counted: dict[str, int] = defaultdict(int)
    for part in parts:
        for book, copies in part.copies.items():
            counted[book] += copies
    shared = total.copies.keys() & counted.keys()
    if not shared or len(shared) < _NEARLY_ALL * len(counted):
        return False
    _take_off(total.lots, counted)
    by_book = {lot.book: lot for lot in total.lots}
    for lot in (lot for part in parts for lot in part.lots if lot.book in by_book):
        complete(lot.record, by_book[lot.book].record)
    differing = [book for book in total.copies if book in shared and total.copies[book] != counted[book]]
    if not differing:
        said.assumed.append(TOTALS_AGREE.format(total=total.name))
        return True
    first = by_book[differing[0]]
    said.urgent.append(
        TOTALS_DIFFER.format(
            total=total.name,
            books=len(differing),
            first=first.record.get("title") or first.record.get("isbn"),
            stated=total.copies[differing[0]],
            counted=counted[differing[0]],
        )
    )
    return True


def _take_off(lots: Iterable[Lot], counted: Mapping[str, int]) -> None:
    """Of each book leave so many copies fewer as other lists state."""
    left = dict(counted)
    for lot in lots:
        taken = min(lot.copies - lot.listed, left.get(lot.book, 0))
        lot.listed += taken
        left[lot.book] = left.get(lot.book, 0) - taken


def _without_versions(lists: Sequence[_List], said: OneStock) -> Iterator[_List]:
    """The lists; of several whose names differ by nothing but the words for versions (书目 and 书目（修订）) and that
    hold the same books one, the others' being `listed`.
    """
    by_name = grouped(lists, lambda one: without_version(one.version))
    for own in by_name.values():
        latest = latest_of([one.version for one in own])
        kept = own[latest or 0]
        others = [
            one
            for one in own
            if one.version != kept.version
            and _seem_alike(one, kept, list(one.copies.keys() & kept.copies), _FEWEST_OF_ALL)
        ]
        if others:
            versions = [one for one in own if one is kept or one in others]
            said.urgent.append(_join_versions(versions, None if latest is None else kept))
        yield from (one for one in own if one not in others)


def _join_versions(versions: Sequence[_List], latest: _List | None) -> str:
    """Leave each book on one of the versions, the latest that has it, else that which states most; what is said."""
    differing: list[str] = []
    holders: dict[str, _List] = {}
    for book in dict.fromkeys(book for one in versions for book in one.copies):
        stating = [one for one in versions if book in one.copies]
        holders[book] = latest if latest in stating else max(stating, key=lambda one: one.copies[book])
        if len({one.copies[book] for one in stating}) > 1:
            differing.append(book)
    records = {(id(one), lot.book): lot.record for one in versions for lot in one.lots}
    for one in versions:
        for lot in one.lots:
            holder = holders[lot.book]
            if holder is not one:
                lot.listed = lot.copies
                complete(records[id(holder), lot.book], lot.record)
    return ONE_IN_VERSIONS.format(
        lists="、".join(one.name for one in versions),
        differing=_counts_differ(differing, versions, holders, latest) if differing else "",
    )


def _counts_differ(
    books: Sequence[str], versions: Sequence[_List], holders: Mapping[str, _List], latest: _List | None
) -> str:
    first = books[0]
    record = next(lot.record for lot in holders[first].lots if lot.book == first)
    return COUNTS_DIFFER.format(
        books=len(books),
        taken=BY_THE_LAST.format(latest=latest.name) if latest else BY_THE_MOST,
        first=record.get("title") or record.get("isbn"),
        counts="、".join(str(one.copies[first]) for one in versions if first in one.copies),
        copies=holders[first].copies[first],
    )


def _join_rows(lists: Sequence[_List], said: OneStock) -> None:
    """A list of one row a copy says again what one with numbers of copies says; two others may."""
    again: list[tuple[_List, _List, int]] = []
    for one, other in _pairs(lists):
        shared = _stated_alike(one, other)
        rows, counts = (other, one) if one.has_counts else (one, other)
        if counts.has_counts and not rows.has_counts and _counts_rows(counts, rows, shared):
            said.assumed.append(LISTED_TOO.format(one=rows.name, other=counts.name))
        elif _seem_alike(one, other, shared):
            again.append((one, other, len(shared)))
    if again:
        one, other, books = again[0]
        more = f"（这样的还有 {len(again) - 1} 对清单）" if len(again) > 1 else ""
        said.urgent.append(SAID_AGAIN.format(one=one.name, other=other.name, books=books, more=more))


def _counts_rows(counts: _List, rows: _List, shared: Sequence[str]) -> bool:
    """Take off what stands row by row, where the other list counts the rows; whether it does."""
    if len(shared) < len(rows.copies) or not any(rows.copies[book] > 1 for book in shared):
        return False
    _take_off(counts.lots, rows.copies)
    by_book = {lot.book: lot for lot in counts.lots}
    for lot in rows.lots:
        complete(lot.record, by_book[lot.book].record)
    return True


def _pairs(lists: Sequence[_List]) -> Iterator[tuple[_List, _List]]:
    yield from ((one, other) for at, one in enumerate(lists) for other in lists[at + 1 :])


def _seem_alike(one: _List, other: _List, shared: Sequence[str], fewest: int = _FEWEST) -> bool:
    """Whether one list may be the other once more: the corners of two classes hold the same books by intent."""
    of_classes = {class_in(one.heading), class_in(other.heading)}
    are_corners = None not in of_classes and len(of_classes) > 1
    least = _NEARLY_ALL * min(len(one.copies), len(other.copies))
    are_all = len(shared) == len(one.copies) == len(other.copies) >= _FEWEST_OF_ALL
    return not are_corners and (are_all or len(shared) >= max(fewest, least))
