"""个别登记账 (ACC): prices and class numbers that are allowed and yet worth a look."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Alike, Found, Named, Severity, check, folded, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.identifiers import is_class_no
from schoollib_xl.ledgers.library import Library, gathered, group_by
from schoollib_xl.ledgers.schema import SHEETS, cell
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.units import CENT, NO_MONEY
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode, Source
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.shelves import AT_THE_MENDER, IN_A_CLASS
from schoollib_xl.rules.titles import TITLE_FIELDS, set_title, titles

_TITLE = " ".join(TITLE_FIELDS)
_SET_READS = "accession_no batch_no title isbn price circulation source"
_PRICE_READS = f"{_SET_READS} author publisher edition"
# A slip of the decimal point makes 34.80 into 3480; atlases and readers' sets stay far below 20 times.
_OUTLYING_TIMES = 20
# The price of a set of volumes, as against the usual price of one copy.
_SET_TIMES = 3


class _Elsewhere(NamedTuple):
    """What 备注 says of a copy that is elsewhere: a word that it has, the whole of it, the sheet it is to be entered
    in, and the lines there that are of such copies.
    """

    word: str
    whole: str
    row_type: type[Any]
    rows: Callable[[Library], Sequence[Any]]


_ELSEWHERE = (
    _Elsewhere(
        "修",
        rf"[\d年月日号.\-/]*(?:正在?|已|在)?(?:{'|'.join(AT_THE_MENDER)}|修补)中?",
        RepairRow,
        lambda library: library[RepairRow].rows,
    ),
    _Elsewhere(
        "班",
        rf"[现放在由]*.{{1,8}}班(?:{'|'.join(one.removeprefix('班') for one in IN_A_CLASS)})",
        LoanRow,
        lambda library: library[LoanRow].having("mode", LoanMode.CLASS),
    ),
)


class _Odd(NamedTuple):
    """Copies of a title that differ from its usual copy, by line."""

    copies: list[AccessionRow]
    usual: AccessionRow


def _differ(copies: list[AccessionRow], field: str) -> bool:
    values = list(map(attrgetter(field), copies))
    return values.count(values[0]) < len(values)


def _odd_copies(copies: list[AccessionRow], field: str) -> Iterator[_Odd]:
    """The copies of one title that differ in a field, one group for each value but the usual one."""
    groups = group_by(sorted(copies, key=lambda copy: copy.line), field)
    usual = max(groups.values(), key=lambda group: (len(group), -group[0].line), default=[])
    for group in groups.values():
        if group is not usual:
            yield _Odd(group, usual[0])


def odd_prices(library: Library) -> list[_Odd]:
    """The copies that cost something else than the others of their title."""
    odd: list[_Odd] = []
    for copies in library.derive(titles):
        if _differ(copies, "price"):
            # A gift without a price is entered as 0; bound volumes of one magazine cost what their issues cost.
            priced = [copy for copy in copies if copy.value > 0 and copy.source is not Source.BINDING]
            if not _is_a_set_shared_out(priced):
                odd.extend(_odd_copies(priced, "price"))
    return odd


def _is_a_set_shared_out(copies: Sequence[AccessionRow]) -> bool:
    """Whether the prices differ by a cent only: the price of a set, shared by its volumes."""
    prices = [copy.value for copy in copies]
    return bool(prices) and max(prices) - min(prices) <= CENT


class _Prices:
    """The usual price of reference copies and of those that are lent: the median of each."""

    def __init__(self, library: Library) -> None:
        reference = Circulation.REFERENCE
        self._copies = library[AccessionRow]
        self._kinds = [copy.circulation is reference for copy in self._copies]
        # A library has few prices: they are compared, not the copies.
        self._prices = Counter(zip(self._kinds, map(attrgetter("price"), self._copies), strict=True))
        self._usual = {kind: _median(self._prices, kind) for kind in set(self._kinds)}

    def usual(self, copy: AccessionRow) -> Decimal:
        """What a copy of this kind usually costs, in yuan."""
        return self._usual[copy.circulation is Circulation.REFERENCE]

    def dearer(self, times: int) -> list[AccessionRow]:
        """The copies that cost this many times the usual price of their kind, or more."""
        lowest = {kind: times * price for kind, price in self._usual.items()}
        dear = {(kind, price) for kind, price in self._prices if (price or NO_MONEY) >= lowest[kind] > 0}
        copies = zip(self._kinds, self._copies, strict=True) if dear else ()
        return [copy for kind, copy in copies if (kind, copy.price) in dear]


def _median(prices: Counter[tuple[bool, Decimal | None]], wanted: bool) -> Decimal:
    """The middle price of the copies of one kind, the lower of two."""
    own = sorted((price or NO_MONEY, count) for (kind, price), count in prices.items() if kind is wanted)
    middle = (sum(count for _, count in own) - 1) // 2
    before = accumulate(count for _, count in own)
    return next(price for (price, _), upto in zip(own, before, strict=True) if upto > middle)


def set_priced(library: Library) -> list[list[AccessionRow]]:
    """The volumes of each set that all carry one price, and that a price for several copies."""
    sets: dict[tuple[str, str, Decimal], list[AccessionRow]] = {}
    for copy in library.derive(_Prices).dearer(_SET_TIMES):
        if title := set_title(copy):
            sets.setdefault((title, copy.batch_no, copy.value), []).append(copy)
    return [sorted(copies, key=lambda copy: copy.line) for copies in sets.values() if _is_one_set(copies)]


def _is_one_set(copies: list[AccessionRow]) -> bool:
    """Whether the copies are several volumes that do not each have their own ISBN and price."""
    return len({copy.title for copy in copies}) > 1 and len({copy.isbn for copy in copies if copy.isbn}) <= 1


@check(
    "ACC901",
    title="单价高得少见",
    message="《{title}》单价 {price}，馆里这类书一般在 {usual}上下，有 {count} 册{numbers}。",
    why="小数点点错一位，码洋和各类金额就会差很多。",
    fix="先看书的定价；点错了就改正，书真的这么贵就不用动。",
    severity=Severity.HINT,
    reads={AccessionRow: _PRICE_READS},
)
def price_outlying(library: Library) -> Iterator[Found]:
    prices = library.derive(_Prices)
    said = {copy.line for copies in library.derive(set_priced) for copy in copies}
    said |= {copy.line for odd in library.derive(odd_prices) for copy in odd.copies}
    dear = gathered(
        ((copy.title, copy.value), copy) for copy in prices.dearer(_OUTLYING_TIMES) if copy.line not in said
    )
    for (title, price), copies in dear.items():
        first = min(copies, key=lambda copy: copy.line)
        yield found(
            cell(first, "price"),
            title=title,
            price=price,
            usual=prices.usual(first),
            count=len(copies),
            numbers=Named(tuple(sorted(copy.accession_no for copy in copies))),
        )


@check(
    "ACC902",
    title="同一种书单价不一样",
    message="《{title}》{accession_no} 单价 {price}，{other} 是 {other_price}。",
    why="同一种书定价一般相同，不同多半是抄错了一个。",
    fix="先看两册书的定价；抄错了就改正，是不同次印刷涨了价就不用动。",
    severity=Severity.HINT,
    reads={AccessionRow: f"accession_no price source {_TITLE}"},
)
def price_differs_within_title(library: Library) -> Iterator[Found]:
    for (copy, *_), usual in library.derive(odd_prices):
        yield found(cell(copy, "price"), cell(usual, "price"), other=usual.accession_no, other_price=usual.price)


@check(
    "ACC903",
    title="同一种书分类号不一样",
    message="《{title}》{accession_no} 的分类号是 {class_no}，{other} 是 {other_class_no}。",
    why="同一种书要排在一处，分类号不一样就分在两个架上了。",
    fix="先定用哪一个分类号，再改另一个，书标也跟着改。",
    severity=Severity.HINT,
    reads={AccessionRow: f"accession_no class_no {_TITLE}"},
)
def class_no_differs_within_title(library: Library) -> Iterator[Found]:
    for copies in library.derive(titles):
        if not _differ(copies, "class_no"):
            continue
        # What is no class number at all is a finding of its own.
        classed = [copy for copy in copies if is_class_no(copy.class_no)]
        for (copy, *_), usual in _odd_copies(classed, "class_no"):
            yield found(
                cell(copy, "class_no"), cell(usual, "class_no"), other=usual.accession_no, other_class_no=usual.class_no
            )


@check(
    "ACC904",
    title="每一册都记了全套的价",
    message="《{title}》这一套 {count} 册每册都是 {price}，像是全套的价{numbers}。",
    why="全套的价记到每一册上，码洋就多算了几倍。",
    fix="先看书上印的是全套价还是一册的价；是全套价，就除以册数分到每一册，一册的价就不用动。",
    severity=Severity.HINT,
    reads={AccessionRow: _SET_READS},
)
def set_price_on_every_volume(library: Library) -> Iterator[Found]:
    for copies in library.derive(set_priced):
        first, *others = copies
        yield found(
            cell(first, "price"),
            *(cell(copy, "price") for copy in others),
            count=len(copies),
            numbers=Named(tuple(copy.accession_no for copy in copies)),
        )


@check(
    "ACC313",
    title="备注说书在别处，那里没有记",
    message="{accession_no} 的备注写着“{remarks}”，{ledger}里没有它{alike}。",
    why="只写在备注里，盘点时它算在架上，找不到就像是丢了。",
    fix="先看书在哪里；真在那里，就补记一行，已经回来的，改掉备注。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no remarks withdrawn_on"},
    may_read={RepairRow: "accession_no", LoanRow: "accession_no mode", WithdrawalRow: "accession_no"},
)
def elsewhere_by_its_remarks_alone(library: Library) -> Iterator[Found]:
    for one in _ELSEWHERE:
        away = [row for row in library[AccessionRow].saying("remarks") if _says(row.remarks or "", one)]
        kept, unread = one.rows(library) if away else (), library[one.row_type].incomplete
        # A school that keeps no such book says it in 备注; a line without a number may be of any copy.
        if not kept or not all(row.values.get("accession_no") for row in unread):
            continue
        known = {*(row.accession_no for row in kept), *(row.values["accession_no"] for row in unread)}
        told = [row for row in away if row.accession_no not in known and not library.written_off(row)]
        for rows in group_by(told, "remarks").values():
            at, *others = folded(rows, "remarks")
            alike = Alike(len(rows) - 1)
            yield found(at, *others, ledger=SHEETS[one.row_type].name, alike=alike)


def _says(remarks: str, one: _Elsewhere) -> bool:
    return one.word in remarks and re.fullmatch(one.whole, "".join(remarks.split())) is not None
