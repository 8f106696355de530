"""个别登记账 (ACC): prices and class numbers that are allowed and yet worth a look."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.checks.check import Found, Named, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.vocabulary import Circulation, Source
from schoollib_xl.rules.titles import TITLE_FIELDS, by_title

_TITLE = " ".join(TITLE_FIELDS)
_SET_READS = "accession_no batch_no title isbn price circulation source"
# A slip of the decimal point makes 34.80 into 3480; atlases and readers' sets stay far below 20 times.
_OUTLYING_TIMES = 20
# The price of a set of volumes, as against the usual price of one copy.
_SET_TIMES = 3
_NUMERAL = "(?:[上中下]|[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
# 三国演义（上）, 三国演义.下册, 十万个为什么 第3卷, 《西游记. 2》
_VOLUME = re.compile(
    rf"(.+?)[\s·,，]*(?:[（(]第?{_NUMERAL}[册卷部集辑]?[)）]|[.．]\s*{_NUMERAL}|[.．]?\s*第?{_NUMERAL}[册卷部集辑])》?"
)


class _Odd(NamedTuple):
    """Copies of a title that differ from its usual copy, by line."""

    copies: list[AccessionRow]
    usual: AccessionRow


def titles(library: Library) -> list[list[AccessionRow]]:
    """The copies of each title, by line."""
    groups = by_title(library[AccessionRow]).values()
    return [sorted(copies, key=lambda copy: copy.line) for copies in groups]


def _odd_copies(copies: list[AccessionRow], field: str) -> Iterator[_Odd]:
    """The copies of one title that differ in a field, one group for each other value."""
    counted = Counter(getattr(copy, field) for copy in copies)
    if len(counted) < 2:
        return
    first_of = {value: next(copy for copy in copies if getattr(copy, field) == value) for value in counted}
    usual = max(first_of, key=lambda value: (counted[value], -first_of[value].line))
    for value in first_of:
        if value != usual:
            yield _Odd([copy for copy in copies if getattr(copy, field) == value], first_of[usual])


def usual_prices(library: Library) -> dict[bool, Decimal]:
    """The median price of reference copies (True) and of those that are lent (False)."""
    prices: dict[bool, list[Decimal]] = {True: [], False: []}
    for copy in library[AccessionRow]:
        prices[copy.circulation is Circulation.REFERENCE].append(copy.price)
    return {kind: sorted(found)[(len(found) - 1) // 2] for kind, found in prices.items() if found}


def set_priced(library: Library) -> list[list[AccessionRow]]:
    """The volumes of each set that all carry one price, and that a price for several copies."""
    sets: dict[tuple[str, str, Decimal], list[AccessionRow]] = {}
    usual = library.derive(usual_prices)
    for copy in library[AccessionRow]:
        limit = _SET_TIMES * usual[copy.circulation is Circulation.REFERENCE]
        if copy.price < limit or limit <= 0 or copy.source is Source.BINDING:
            continue
        if volume := _VOLUME.fullmatch(copy.title):
            sets.setdefault((volume[1], copy.batch_no, copy.price), []).append(copy)
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
    reads={AccessionRow: _SET_READS},
)
def price_outlying(library: Library) -> Iterator[Found]:
    usual = library.derive(usual_prices)
    in_sets = {copy.line for copies in library.derive(set_priced) for copy in copies}
    dear: dict[tuple[str, Decimal], list[AccessionRow]] = {}
    for copy in library[AccessionRow]:
        limit = _OUTLYING_TIMES * usual[copy.circulation is Circulation.REFERENCE]
        if copy.price > limit > 0 and copy.line not in in_sets:
            dear.setdefault((copy.title, copy.price), []).append(copy)
    for (title, price), copies in dear.items():
        first = min(copies, key=lambda copy: copy.line)
        yield found(
            cell(first, "price"),
            title=title,
            price=price,
            usual=usual[first.circulation is Circulation.REFERENCE],
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
    for copies in library.derive(titles):
        # A gift without a price is entered as 0; bound volumes of one magazine cost what their issues cost.
        priced = [copy for copy in copies if copy.price and copy.source is not Source.BINDING]
        for odd, usual in _odd_copies(priced, "price"):
            yield found(
                cell(odd[0], "price"),
                cell(usual, "price"),
                title=odd[0].title,
                accession_no=odd[0].accession_no,
                price=odd[0].price,
                other=usual.accession_no,
                other_price=usual.price,
            )


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
        for odd, usual in _odd_copies(copies, "class_no"):
            yield found(
                cell(odd[0], "class_no"),
                cell(usual, "class_no"),
                title=odd[0].title,
                accession_no=odd[0].accession_no,
                class_no=odd[0].class_no,
                other=usual.accession_no,
                other_class_no=usual.class_no,
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
            title=first.title,
            count=len(copies),
            price=first.price,
            numbers=Named(tuple(copy.accession_no for copy in copies)),
        )
