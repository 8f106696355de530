"""总括登记账 (SUM): each batch, in or out, against its copies in 个别登记账."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from schoollib_xl.checks.check import Found, Gap, Named, check, folded, found
from schoollib_xl.checks.stock.batches import (
    compared_batches,
    of_another_source,
    outside_the_range,
    registered_earlier,
    sound_range,
    stated_titles,
    withdrawal_batches,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED
from schoollib_xl.rules.holdings import letters_of
from schoollib_xl.rules.likeness import bare
from schoollib_xl.rules.titles import TITLE_FIELDS, TitleKey, as_title, by_title, count_titles, title_numbers

# What tells a batch's copies and the numbers it should have.
_BATCH = "batch_no flow registered_on copies first_no last_no"
_COPY = "accession_no batch_no withdrawn_on"


@check(
    "SUM301",
    title="册数和个别登记账不一样",
    message="{batch_no} 总括账 {stated} 册，个别账 {counted} 册，个别账{gap}{numbers}。",
    why="总括账一批的册数，就是个别登记账里这一批的行数。",
    fix="先按号找出多的或少的书；个别账漏登就补登，总括账写错就改册数。",
    reads={SummaryRow: _BATCH, AccessionRow: _COPY},
    may_read=RED,
)
def copies_differ(library: Library) -> Iterator[Found]:
    for batch, copies in library.derive(compared_batches):
        amount = len(copies) - batch.copies
        if not amount or (not copies and batch.flow is Flow.IN):
            continue
        numbers = _explaining(batch, copies)
        yield found(
            cell(batch, "copies"),
            *folded((library.copies[number] for number in numbers if number in library.copies), "batch_no"),
            stated=batch.copies,
            counted=len(copies),
            gap=Gap(amount, "册"),
            numbers=Named(numbers),
        )


@check(
    "SUM302",
    title="码洋和个别登记账不一样",
    message="{batch_no} 总括账码洋 {stated}，个别账单价合计 {total}，个别账{gap}{numbers}。",
    why="码洋就是这一批每一册单价加起来的数，一分也不能差。",
    fix="先照发票清单核对每一册的单价；单价没错，就改总括账的码洋。",
    reads={
        SummaryRow: f"{_BATCH} list_value",
        AccessionRow: f"{_COPY} price {' '.join(TITLE_FIELDS)}",
    },
)
def list_value_differs(library: Library) -> Iterator[Found]:
    for batch, copies in library.derive(compared_batches):
        total = sum((copy.price for copy in copies if copy.price), NO_MONEY)
        if copies and (amount := total - batch.list_value):
            yield found(
                cell(batch, "list_value"),
                stated=batch.list_value,
                total=total,
                gap=Gap(amount, "元"),
                numbers=Named(_explaining(batch, copies) or _mispriced(copies, amount)),
            )


@check(
    "SUM303",
    title="种数和个别登记账不一样",
    message="{batch_no} 总括账 {stated} 种，个别账数出来 {counted} 种，个别账{gap}{numbers}。",
    why="书名、著者、出版社、版次、ISBN 都一样才是同一种。",
    fix="先看括号里的几册是不是同一种书写得不一样；写法统一以后种数还不对，就改总括账的种数。",
    reads={SummaryRow: "batch_no flow registered_on titles", AccessionRow: f"{_COPY} {' '.join(TITLE_FIELDS)}"},
    may_read=RED,
)
def titles_differ(library: Library) -> Iterator[Found]:
    title_of = library.derive(title_numbers)
    for batch, copies in library.derive(compared_batches):
        counted = len({title_of[copy.line] for copy in copies})
        if copies and batch.titles is not None and counted not in stated_titles(library, batch):
            gap = Gap(counted - batch.titles, "种")
            twins = _near_twins(copies, title_of) if counted > batch.titles else Named(())
            yield found(cell(batch, "titles"), stated=batch.titles, counted=counted, gap=gap, numbers=twins)


@check(
    "SUM304",
    title="一类的册数和个别登记账不一样",
    message="{batch_no} 的 {letter} 类总括账 {stated} 册，个别账 {counted} 册，个别账{gap}{numbers}。",
    why="总括账各类的册数，要和个别登记账按分类号数出来的一样。",
    fix="先核对这一批书的分类号；分类号没错，就改总括账这一类的册数。",
    reads={
        SummaryRow: f"batch_no flow registered_on {' '.join(CLASS_LETTERS)}",
        AccessionRow: f"{_COPY} class_no",
    },
    may_read=RED,
)
def class_copies_differ(library: Library) -> Iterator[Found]:
    for batch, copies in library.derive(compared_batches):
        counted = letters_of(copies)
        # A copy outside the 22 classes is a finding of its own; where it belongs cannot be told.
        if not any(batch.by_class().values()) or set(counted) - set(CLASS_LETTERS) or not copies:
            continue
        for letter, stated in batch.by_class().items():
            if counted[letter] != stated:
                # Only where 总括登记账 knows of none are all of the class too many.
                own = () if stated else sorted(copy.accession_no for copy in copies if copy.class_letter == letter)
                yield found(
                    cell(batch, letter),
                    letter=letter,
                    stated=stated,
                    counted=counted[letter],
                    gap=Gap(counted[letter] - stated, "册"),
                    numbers=Named(tuple(own)),
                )


@check(
    "SUM305",
    title="这一批书在个别登记账里没有",
    message="{batch_no} 入藏 {copies} 册，个别登记账里一册也没有。",
    why="入藏的每一册都要在个别登记账里有一行。",
    fix="先看个别登记账里这批书的总括登记号是不是写成了别的；写错了就改，没登就补登。",
    reads={SummaryRow: "batch_no flow registered_on copies", AccessionRow: _COPY},
    may_read=RED,
)
def batch_without_copies(library: Library) -> Iterator[Found]:
    for batch, copies in library.derive(compared_batches):
        if not copies and batch.copies and batch.flow is Flow.IN:
            yield found(cell(batch, "copies"), cell(batch, "batch_no"))


@check(
    "SUM306",
    title="来源和整批书都不一样",
    message="{batch_no} 的来源是{source}，个别账这一批 {count} 册写的都是{others}。",
    why="同一批书，总括账和个别账写的来源要一样。",
    fix="先看单据是发票、捐赠单还是调拨单；总括账写错，就改总括账，个别账写错，就改个别账。",
    reads={SummaryRow: "batch_no flow source", AccessionRow: "batch_no source"},
    may_read=RED,
)
def source_of_all_copies_differs(library: Library) -> Iterator[Found]:
    for batch, copies, wholly in library.derive(of_another_source):
        if wholly:
            others = tuple(sorted({copy.source for copy in copies if copy.source}))
            yield found(cell(batch, "source"), cell(copies[0], "source"), count=len(copies), others=others)


@check(
    "SUM307",
    title="登记日期比整批书都晚",
    message="{batch_no} 登记在 {day}，个别账这一批 {count} 册都登记得更早，第一册在 {first_day}。",
    why="先登总括账，再登个别账。",
    fix="先看单据上的日期；总括账写错，就改总括账，个别账写错，就改个别账。",
    reads={SummaryRow: "batch_no flow registered_on", AccessionRow: "batch_no accessioned_on"},
    may_read=RED,
)
def all_copies_registered_earlier(library: Library) -> Iterator[Found]:
    for batch, copies, wholly in library.derive(registered_earlier):
        if wholly:
            yield found(
                cell(batch, "registered_on"),
                cell(copies[0], "accessioned_on"),
                day=batch.registered_on,
                count=len(copies),
                first_day=copies[0].accessioned_on,
            )


@check(
    "SUM308",
    title="号段和整批书都对不上",
    message="{batch_no} 的号段是 {first_no} 到 {last_no}，个别账这一批 {count} 册的号都不在里面。",
    why="起止号就是个别登记账里这一批的头尾两个号。",
    fix="先看个别登记账里这一批的头尾两个号；起止号写错了就改，个别账写错批次就改总括登记号。",
    reads={SummaryRow: "batch_no flow copies first_no last_no", AccessionRow: "accession_no batch_no"},
    may_read=RED,
)
def all_copies_outside_the_range(library: Library) -> Iterator[Found]:
    for batch, copies, wholly in library.derive(outside_the_range):
        if wholly:
            yield found(
                cell(batch, "first_no"), cell(batch, "last_no"), cell(copies[0], "accession_no"), count=len(copies)
            )


def _explaining(batch: SummaryRow, copies: list[AccessionRow]) -> tuple[str, ...]:
    """The numbers too few or too many, as far as the range of the batch tells."""
    numbers = sound_range(batch)
    if numbers is None or batch.first_no is None or len(copies) == batch.copies:
        return ()
    width = len(batch.first_no)
    wanted = Counter(str(number).zfill(width) for number in numbers)
    counted = Counter(copy.accession_no for copy in copies)
    excess = counted - wanted if len(copies) > batch.copies else wanted - counted
    return tuple(sorted(excess))


def _mispriced(copies: list[AccessionRow], amount: Decimal) -> tuple[str, ...]:
    """The one copy that would explain the difference if it cost what the others of its title cost."""
    suspects = []
    for group in by_title(copies).values():
        prices = {copy.value for copy in group}
        suspects += [copy.accession_no for copy in group if copy.value - amount in prices]
    return tuple(suspects) if len(suspects) == 1 else ()


def _near_twins(copies: Iterable[AccessionRow], title_of: Mapping[int, int]) -> Named:
    """What explains a wrong number of titles: copies, one for each of the titles that differ from another in a single
    field only, a slip of the pen.
    """
    firsts: dict[int, AccessionRow] = {}
    for copy in sorted(copies, key=attrgetter("line")):
        firsts.setdefault(title_of[copy.line], copy)
    alike = gathered((key, first) for first in firsts.values() for key in _keys(as_title(first)))
    twins = {copy.line: copy.accession_no for group in alike.values() if len(group) > 1 for copy in group}
    return Named(tuple(twins[line] for line in sorted(twins)))


# The causes look at a register again and again: so many titles has a school, and a county's examiner keeps no more.
@lru_cache(maxsize=8192)
def _keys(title: TitleKey) -> tuple[tuple[object, ...], ...]:
    """What is said of a title, each time with one field left out; the title or the ISBN must remain."""
    said = [bare(text or "") for text in title]
    keys: list[tuple[object, ...]] = []
    for index, name in enumerate(TITLE_FIELDS):
        rest = (*said[:index], *said[index + 1 :])
        if name != "title" or (title[-1] and any(said[1:4])):
            keys.append((index, *rest))
    return tuple(keys)


@check(
    "SUM354",
    title="注销种数和注销的书不一样",
    message="{batch_no} 总括账注销 {titles} 种，注销的书数出来 {counted} 种，注销账{gap}。",
    why="书名、著者、出版社、版次、ISBN 都一样才是同一种。",
    fix="先照注销登记账的号数一遍有几种，再改总括账的种数。",
    reads={
        SummaryRow: "batch_no flow titles copies",
        WithdrawalRow: "withdrawal_no accession_no",
        AccessionRow: f"accession_no {' '.join(TITLE_FIELDS)}",
    },
    may_read=RED,
)
def withdrawn_titles_differ(library: Library) -> Iterator[Found]:
    for batch, rows in withdrawal_batches(library):
        copies = [copy for row in rows if (copy := library.copies.get(row.accession_no))]
        counted = count_titles(copies)
        is_whole = batch.titles is not None and len(copies) == len(rows) == batch.copies
        if is_whole and counted not in stated_titles(library, batch):
            titles = batch.titles or 0
            yield found(cell(batch, "titles"), titles=titles, counted=counted, gap=Gap(counted - titles, "种"))
